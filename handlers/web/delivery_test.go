package web_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"naikkelas/handlers/web"
	"naikkelas/internal/testportal"
)

const gatewaySecret = "contoh-rahasia-gerbang-pesan-0123456789"

// report posts a report as the gateway does, signed with a secret.
func report(p *testportal.Portal, body, secret string) int {
	r := httptest.NewRequest(http.MethodPost, "/gateway/status", strings.NewReader(body))
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(body))
	r.Header.Set("X-Signature", hex.EncodeToString(mac.Sum(nil)))
	w := httptest.NewRecorder()
	p.Handler.ServeHTTP(w, r)
	return w.Code
}

// The gateway says what became of a message; nobody else can, and no number of a person's comes in with the words.
func TestGatewayReportsWhatBecameOfMessages(t *testing.T) {
	p := testportal.Start(t, func(d *web.Deps) { d.GatewaySecret = gatewaySecret })
	state := func() (state string) {
		p.DB.Raw("SELECT concat_ws(' ', state, refused_at IS NOT NULL, delivered_at, error) FROM notices WHERE id = 41").Scan(&state)
		return state
	}
	insert := func(channel, state, sent string) {
		p.DB.Exec("DELETE FROM notices")
		err := p.DB.Exec(`INSERT INTO notices (id, dedupe, channel, template, language, state, sealed, sent_at, created_at)
			OVERRIDING SYSTEM VALUE
			VALUES (41, 'a', @channel, 'x', 'id', @state, CASE WHEN @sent = '' THEN '\x00'::bytea END, cast(nullif(@sent, '') AS timestamptz),
				'2026-11-01T01:00:00Z')`, map[string]any{"channel": channel, "state": state, "sent": sent}).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	const left = "2026-11-01T02:00:00Z"
	numbered := func(body, id string) string { return strings.ReplaceAll(body, "notice-41", id) }
	arrived := `{"id":"notice-41","state":"delivered","at":"2026-11-01T02:05:00Z"}`
	underway := strings.ReplaceAll(arrived, "delivered", "queued")
	failed := `{"id":"notice-41","state":"failed","at":"2026-11-01T02:05:00Z","reason":"no route to +62 812-3456-7890 (siti@contoh.id)"}`
	for name, tt := range map[string]struct {
		channel, state, sent, body, secret string
		code                               int
		want                               string // beginning of the row
	}{
		"arrived":                  {"phone", "handed_over", left, arrived, gatewaySecret, 204, "delivered f 2026-11-01 02:05"},
		"before it left":           {"phone", "handed_over", "2026-11-01T03:00:00Z", arrived, gatewaySecret, 204, "delivered f 2026-11-01 03:00"},
		"never will":               {"phone", "handed_over", left, failed, gatewaySecret, 204, "failed t gateway: no route to … …"},
		"faster than our record":   {"phone", "queued", "", arrived, gatewaySecret, 409, "queued f"},
		"mail is not its business": {"email", "handed_over", left, arrived, gatewaySecret, 404, "handed_over f"},
		"another secret":           {"phone", "handed_over", left, arrived, strings.Repeat("x", 40), 404, "handed_over f"},
		"no such message":          {"phone", "handed_over", left, numbered(arrived, "notice-42"), gatewaySecret, 404, "handed_over f"},
		"name of another kind":     {"phone", "handed_over", left, numbered(arrived, "41"), gatewaySecret, 404, "handed_over f"},
		"still underway":           {"phone", "handed_over", left, underway, gatewaySecret, 400, "handed_over f"},
		"no JSON":                  {"phone", "handed_over", left, "id=notice-41", gatewaySecret, 400, "handed_over f"},
		"endless":                  {"phone", "handed_over", left, strings.Repeat(" ", 20<<10) + arrived, gatewaySecret, 413, "handed_over f"},
	} {
		t.Run(name, func(t *testing.T) {
			insert(tt.channel, tt.state, tt.sent)
			if code := report(p, tt.body, tt.secret); code != tt.code || !strings.HasPrefix(state(), tt.want) {
				t.Errorf("status %d, then %q; want %d, %q", code, state(), tt.code, tt.want)
			}
			before := state()
			if code := report(p, tt.body, tt.secret); code != tt.code || state() != before {
				t.Errorf("said twice: status %d, then %q", code, state())
			}
		})
	}
}

// Without a secret nobody can say anything.
func TestGatewayWithoutSecretSaysNothing(t *testing.T) {
	p := testportal.Start(t)
	if code := report(p, `{"id":"notice-41","state":"delivered"}`, ""); code != http.StatusNotFound {
		t.Errorf("status %d", code)
	}
}

// Reports about notices to people on cases come the same way, under the name that the gateway got.
func TestGatewayReportsWhatBecameOfNotices(t *testing.T) {
	p := testportal.Start(t, func(d *web.Deps) { d.GatewaySecret = gatewaySecret })
	p.AddReference()
	ref := p.AddCase(nil)
	err := p.DB.Exec(`INSERT INTO case_notices (key, case_id, person_id, kind, channel, state, why, created_at, due_at, handed_at)
		SELECT 'nama-di-gerbang', case_id, id, 'message', 'sms', 'handed_over', '', now(), now(), now()
		FROM case_people
		WHERE case_id = (SELECT id FROM cases WHERE ref = ?)`, ref).Error
	if err != nil {
		t.Fatal(err)
	}
	body := `{"id":"nama-di-gerbang","state":"delivered","at":"2026-11-25T05:05:00Z"}`
	for secret, want := range map[string]int{strings.Repeat("x", 40): 404, gatewaySecret: 204} {
		if code := report(p, body, secret); code != want {
			t.Errorf("%d, want %d", code, want)
		}
	}
	if code := report(p, strings.Replace(body, "nama", "lain", 1), gatewaySecret); code != 404 {
		t.Errorf("a name that nobody has: %d", code)
	}
	if state := p.One("SELECT state FROM case_notices"); state != "delivered" {
		t.Errorf("it is %s", state)
	}
}

//go:build deep

package e2e

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/seal"
	"naikkelas/internal/urls"
)

// The keys change while a seeker and an officer are signed in: both go on, within ten seconds the
// running portal seals with the new keys, and in the background everything comes under them.
func TestKeysChangeWhilePeopleAreSignedIn(t *testing.T) {
	t.Parallel()
	p := start(t)
	seeker, officer := p.person(t, ways[0]), p.person(t, ways[0])
	seeker.signIn("suparmi@contoh.example", demoPassword)
	officer.asOfficer(t)
	const nik, masked = "3175035408940002", "3175********0002"
	id := p.ref(`SELECT id::text FROM users WHERE email = 'suparmi@contoh.example'`)
	ref := p.ref("SELECT ref FROM applications WHERE seeker_id = " + id + " ORDER BY id LIMIT 1")
	reveals := func() {
		t.Helper()
		if text := officer.visit(urls.OfficerApplication(ref)).text("main"); !strings.Contains(text, masked) || strings.Contains(text, nik) {
			t.Errorf("the NIK is not masked in %q", text)
		}
		if text := officer.press(`form[action$="/nik"] button`).text("main"); !strings.Contains(text, nik) {
			t.Errorf("the NIK is not revealed in %q", text)
		}
	}
	sealed := func(column string) string {
		t.Helper()
		return p.ref("SELECT left(encode(" + column + ", 'hex'), 10) FROM profiles WHERE user_id = " + id)
	}
	reveals()
	before := sealed("nik_sealed")

	p.rotateWhile(t, func(n int) { // people go on all the while
		seeker.writesPassport(fmt.Sprintf("C12345%02d", n%100))
	})
	deadline := time.Now().Add(seal.ReadWithin)
	box, err := seal.Open(p.keys)
	if err != nil {
		t.Fatal(err)
	}
	mark := hex.EncodeToString(box.Mark())
	if got := sealed("nik_sealed"); got != before || got == mark {
		t.Errorf("the NIK's key is %s, was %s, and the new one is %s", got, before, mark)
	}
	// Another process seals with the new keys at once; the running one opens that.
	other, err := box.Seal([]byte(nik), seal.At("profiles", id, "nik_sealed"))
	if err != nil {
		t.Fatal(err)
	}
	p.ref("UPDATE profiles SET nik_sealed = '\\x" + hex.EncodeToString(other) + "' WHERE user_id = " + id + " RETURNING nik_masked")
	reveals()
	for n := 0; sealed("passport_sealed") != mark; n++ {
		if time.Now().After(deadline) {
			t.Fatalf("the portal seals with the older key after %s", seal.ReadWithin)
		}
		seeker.writesPassport(fmt.Sprintf("D12345%02d", n%100))
	}

	p.everythingIsSealedAgain(t, mark, box)
	reveals()
	seeker.visit(urls.Uploads()).sees("main img")
	seeker.visit(urls.Me()).at(urls.Me())
}

// writesPassport changes the passport's number, which lies in a folded part of the page where none was given yet.
func (w *person) writesPassport(number string) {
	w.t.Helper()
	w.visit(urls.ProfileSection("identitas"))
	eval[bool](w, `document.querySelector("#f-passport").closest("details").open = true`)
	w.fill("passport", number).send()
}

// everythingIsSealedAgain lets the portal seal everything with the new keys, through a kill in the middle.
func (p *portal) everythingIsSealedAgain(t *testing.T, mark string, box *seal.Box) {
	t.Helper()
	// What rests so that nothing can be under way with the older keys rests no more.
	p.untilLater(t, 2*time.Minute, "sealing again begins", "SELECT (count(*) > 0)::text FROM reseals")
	p.rows("WITH rested AS (UPDATE reseals SET begun_at = begun_at - interval '1 hour' RETURNING 1) SELECT count(*)::text FROM rested")
	p.killed() // the next process goes on
	p.untilLater(t, 2*time.Minute, "everything is sealed again", "SELECT bool_and(done_at IS NOT NULL AND unopened = 0)::text FROM reseals")
	rest := p.rows(`SELECT 'a NIK' FROM profiles WHERE left(encode(nik_sealed, 'hex'), 10) <> $1 OR nik_index_next IS NOT NULL
		UNION ALL SELECT 'a secret' FROM users WHERE left(encode(totp_secret, 'hex'), 10) <> $1
		UNION ALL SELECT 'the index' FROM nik_index_keys WHERE key_id::text IS DISTINCT FROM $2 OR next_key_id IS NOT NULL`,
		mark, fmt.Sprint(box.Primary(seal.Indexes)))
	if len(rest) > 0 {
		t.Errorf("not under the new keys: %v", rest)
	}
	for _, line := range strings.Split(strings.TrimSpace(p.runs("keys", "status")), "\n")[2:] {
		if f := strings.Fields(line); !strings.Contains(line, " done ") || !strings.Contains(line, " 0 ") || len(f) < 4 {
			t.Errorf("the state is %q", line)
		}
	}
}

// rotateWhile changes the keys, and does something again and again until that is done.
func (p *portal) rotateWhile(t *testing.T, goOn func(n int)) {
	t.Helper()
	rotated := make(chan string, 1)
	go func() { rotated <- p.runs("keys", "rotate") }()
	for said, n := "", 0; said == ""; n++ {
		goOn(n)
		select {
		case said = <-rotated:
			if !strings.Contains(said, "The new keys seal") || !strings.Contains(said, "profiles.nik_index") {
				t.Errorf("it said %s", said)
			}
		default:
		}
	}
}

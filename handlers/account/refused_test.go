package account_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Who could not be written to learns of it when they sign in, until the address is another one or takes letters again.
func TestF137RefusedAddressIsSaidAtTheNextSignIn(t *testing.T) {
	for name, tt := range map[string]struct {
		then string // what happens after the refusal
		told bool
	}{
		"refused": {"", true},
		"refused, then sent": {`INSERT INTO notices (dedupe, user_id, channel, template, language, state, created_at)
			SELECT 'b', id, 'email', 'x', 'id', 'handed_over', now()
			FROM users`, false},
		"another address": {`INSERT INTO audit_rows (at, actor_role, action, subject_kind, subject_id, person_id)
			SELECT now(), 'seeker', 'address_changed', 'user', id, id
			FROM users`, false},
		"only out of order": {"UPDATE notices SET refused_at = NULL", false},
	} {
		t.Run(name, func(t *testing.T) {
			p := testportal.Start(t)
			p.AddUser(models.Seeker, "Suparmi")
			p.DB.Exec("UPDATE users SET email = 'suparmi@contoh.id'")
			p.DB.Exec("DELETE FROM notices")
			p.DB.Exec(`INSERT INTO notices (dedupe, user_id, channel, template, language, state, error, refused_at, created_at)
				SELECT 'a', id, 'email', 'application_verified', 'id', 'failed', '550', now(), now() - interval '1 minute'
				FROM users`)
			if tt.then != "" {
				p.DB.Exec(tt.then)
			}
			c := p.Client()
			c.Post(urls.SignIn(), url.Values{"login": {"suparmi@contoh.id"}, "password": {testportal.GoodPassword}}).LeadsTo(urls.Me())
			page := c.Get(urls.Me()).Is(http.StatusOK)
			if tt.told {
				page.Has("body", "ditolak oleh alamat atau nomor Anda")
			} else if page.Find("body:contains('ditolak oleh alamat')").Length() > 0 {
				t.Error("it is said though the address takes letters")
			}
		})
	}
}

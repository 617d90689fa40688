package institution_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// An account of an institution that nobody signs in with is warned after 60 days and locked after 90; an owner unlocks it. The
// last owner is neither.
func TestIdleAccountsAreWarnedThenLocked(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	first := p.AddUser(models.Owner, "Pemilik")
	owner := p.As(first)
	joined(t, owner, p, "dewi@contoh.example", "edit")
	sameHouse(p, "Maria Pemilik")
	p.DB.Exec("UPDATE users SET demo = false, created_at = ?", p.Clock())
	p.DB.Exec("UPDATE devices SET last_seen_at = ?", p.Clock())
	dewi := p.One("SELECT ref FROM users WHERE email = 'dewi@contoh.example'")
	after := func(days int, letters, locked string) {
		t.Helper()
		p.Pass(time.Duration(days) * 24 * time.Hour)
		for range 2 {
			if _, err := p.Store.LockIdle(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		got := p.One(`SELECT coalesce(string_agg(template, ' ' ORDER BY template), '')
			FROM notices
			WHERE template IN ('account_idle', 'account_locked')`)
		if got != letters {
			t.Errorf("the letters are %q, want %q", got, letters)
		}
		if got := p.One("SELECT count(*)::text FROM users WHERE locked_at IS NOT NULL"); got != locked {
			t.Errorf("%s accounts are locked, want %s", got, locked)
		}
	}
	after(59, "", "0")
	after(2, "account_idle account_idle account_idle", "0") // of two owners each could unlock the other
	after(30, "account_idle account_idle account_idle account_locked account_locked", "2")

	in := p.Client().SignInAs("dewi@contoh.example", testportal.GoodPassword)
	in.Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "dikunci")
	left := p.As(p.Client().UserNamed(p.One("SELECT name FROM users WHERE role = 'owner' AND locked_at IS NULL")))
	left.Get(urls.Team()).Is(http.StatusOK).Has("table", "dikunci")
	left.Get(urls.Colleague(dewi)).Has("main form button", "Buka kunci akun ini")
	left.Post(urls.ColleagueUnlock(dewi), url.Values{}).LeadsTo(urls.Team())
	left.Post(urls.ColleagueUnlock(dewi), url.Values{}).LeadsTo(urls.Team())
	if n := p.One("SELECT count(*)::text FROM notices WHERE template = 'account_unlocked'"); n != "1" {
		t.Errorf("%s letters say that the account is open, want 1", n)
	}
	p.Client().SignInAs("dewi@contoh.example", testportal.GoodPassword).LeadsTo(urls.Manage())
	after(0, strings.Repeat("account_idle ", 3)+"account_locked account_locked", "1")
}

// An account that was not used for long before there was this rule is warned first, and locked a month later; letters about its
// institution do not go to it then.
func TestLongUnusedAccountIsWarnedFirst(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	owner := p.AddUser(models.Owner, "Pemilik")
	sameHouse(p, "Maria Lama")
	p.DB.Exec("UPDATE users SET demo = name <> 'Maria Lama', created_at = ?", p.Clock().AddDate(-1, 0, 0))
	p.DB.Exec("UPDATE devices SET last_seen_at = ?", p.Clock().AddDate(0, 0, -200))
	chore := func(days int, want string) {
		t.Helper()
		p.Pass(time.Duration(days) * 24 * time.Hour)
		if _, err := p.Store.LockIdle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := p.One("SELECT coalesce(string_agg(template, ' ' ORDER BY id), '') FROM notices WHERE template LIKE 'account_%'"); got != want {
			t.Errorf("the letters are %q, want %q", got, want)
		}
	}
	chore(0, "account_idle")
	chore(29, "account_idle")
	chore(2, "account_idle account_locked")
	p.DB.Exec("UPDATE institutions SET license_expires_on = ? WHERE id = ?", p.Clock().AddDate(0, 0, 20), *owner.InstitutionID)
	if _, err := p.Store.RemindLicences(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := p.One(`SELECT string_agg(u.name, ', ')
		FROM notices n
		JOIN users u ON u.id = n.user_id
		WHERE n.template = 'licence_ending'`)
	if got != "Pemilik" {
		t.Errorf("letters about the licence go to %s", got)
	}
}

// Who signs in stays in, and whoever is of another institution unlocks nobody.
func TestUsedAccountIsNotLocked(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	owner := p.As(p.AddUser(models.Owner, "Pemilik"))
	joined(t, owner, p, "dewi@contoh.example", "edit")
	p.DB.Exec("UPDATE users SET demo = false, created_at = ?", p.Clock())
	p.Pass(85 * 24 * time.Hour)
	p.Client().SignInAs("dewi@contoh.example", testportal.GoodPassword).LeadsTo(urls.Manage())
	p.Pass(6 * 24 * time.Hour)
	if _, err := p.Store.LockIdle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := p.One("SELECT count(*)::text FROM users WHERE locked_at IS NOT NULL"); n != "0" {
		t.Errorf("%s accounts are locked", n)
	}
	stranger := p.As(p.AddUser(models.Owner, "Orang Lain"))
	dewi := p.One("SELECT ref FROM users WHERE email = 'dewi@contoh.example'")
	stranger.Post(urls.ColleagueUnlock(dewi), url.Values{}).Is(http.StatusNotFound)
}

package account_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/password"
	"naikkelas/internal/testportal"
	"naikkelas/internal/totp"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// A session that somebody left open takes no account over: after ten minutes the password is asked again before the
// contact, the second factor and its picture (F018).
func TestF018PasswordIsAskedAgain(t *testing.T) {
	p := testportal.Start(t)
	c := p.Register("Siti", "siti@contoh.id")
	c.Get(urls.ChangeAddress()).Is(http.StatusOK)
	p.Pass(11 * time.Minute)
	for _, path := range []string{urls.ChangeAddress(), urls.SecondFactorSetup(), urls.SecondFactorPicture()} {
		c.Get(path).LeadsTo(urls.WithQuery(urls.Confirm(), "lanjut", path))
	}
	c.Post(urls.SecondFactorSetup(), url.Values{"code": {"123456"}}).
		LeadsTo(urls.WithQuery(urls.Confirm(), "lanjut", urls.SecondFactorSetup()))
	ask := urls.WithQuery(urls.Confirm(), "lanjut", urls.Resume())
	c.Post(urls.ChangeAddress(), url.Values{"address": {"0812 3456 7890"}}).LeadsTo(ask)
	c.Get(ask).Is(http.StatusOK).Has("h1", "Pastikan ini Anda")
	next := url.Values{"password": {"bukan sandi"}, "next": {urls.Resume()}}
	c.Post(urls.Confirm(), next).Is(http.StatusUnprocessableEntity).Has("#f-password-error", "salah")
	next.Set("password", testportal.GoodPassword)
	c.Post(urls.Confirm(), next).LeadsTo(urls.Resume())
	c.Get(urls.Resume()).Is(http.StatusOK).Shows("form")
	c.Post(urls.ChangeAddress(), url.Values{"address": {"0812 3456 7890"}}).LeadsTo(urls.ChangeAddressCode())
	c.Post(urls.Confirm(), url.Values{"password": {testportal.GoodPassword}, "next": {"https://jahat.example"}}).LeadsTo(urls.Account())
}

// Whoever has a second factor shows it too before the password changes; a new app ends all other sessions, and the
// person is told (F018, F035).
func TestF018FactorIsAskedAgainAndEndsOtherSessions(t *testing.T) {
	p := testportal.Start(t)
	c := p.Register("Siti", "siti@contoh.id") // everybody may choose a second factor (F032)
	other := p.Client()
	other.SignInAs("siti@contoh.id", testportal.GoodPassword).LeadsTo(urls.Me())
	secret := c.FactorSecret()
	c.Post(urls.SecondFactorSetup(), url.Values{"code": {p.AppCode(secret)}}).LeadsTo(urls.RecoveryCodes())
	other.Get(urls.Account()).LeadsTo(urls.WithQuery(urls.SignIn(), "lanjut", urls.Account()))
	if l := p.LastLetter(); l.Template != "factor_changed" {
		t.Errorf("told by %s", l.Template)
	}
	p.Pass(11 * time.Minute)
	c.Get(urls.ChangePassword()).LeadsTo(urls.WithQuery(urls.Confirm(), "lanjut", urls.ChangePassword()))
	c.Get(urls.CloseAccount()).LeadsTo(urls.WithQuery(urls.Confirm(), "lanjut", urls.CloseAccount()))
	half := url.Values{"password": {testportal.GoodPassword}, "code": {"000000"}, "next": {urls.ChangePassword()}}
	c.Post(urls.Confirm(), half).Is(http.StatusUnprocessableEntity).Has("#f-code-error", "salah")
	half.Set("code", p.AppCode(secret))
	c.Post(urls.Confirm(), half).LeadsTo(urls.ChangePassword())
	c.Get(urls.ChangePassword()).Is(http.StatusOK)
}

// The old contact is told of the new one and stops it: the old one holds again, every session ends, and nobody gets in
// with the password that was known (F018). Also try: the first phone on an e-mail account.
func TestF018OldContactStopsTheChange(t *testing.T) {
	p := testportal.Start(t)
	for _, to := range []string{"jahat@contoh.id", "0812 3456 7890"} {
		c, login := p.Register("Siti", "siti"+to[:2]+"@contoh.id"), "siti"+to[:2]+"@contoh.id"
		other := p.Client()
		other.SignInAs(login, testportal.GoodPassword).LeadsTo(urls.Me())
		c.Post(urls.ChangeAddress(), url.Values{"address": {to}}).LeadsTo(urls.ChangeAddressCode())
		c.Post(urls.ChangeAddressCode(), url.Values{"code": {p.LastLetter().Data["Code"]}}).LeadsTo(urls.Account())
		other.Get(urls.Account()).LeadsTo(urls.WithQuery(urls.SignIn(), "lanjut", urls.Account()))
		letter := p.LastLetter()
		if letter.Template != "address_changed" || letter.Address != login {
			t.Fatalf("%s told %s", letter.Template, letter.Address)
		}
		path := letter.Data["Path"]
		owner := p.Client()
		owner.Get(path).Is(http.StatusOK).Has("h1", "Hentikan")
		c.Get(urls.Account()).Is(http.StatusOK) // looking stops nothing
		owner.Post(path, nil).LeadsTo(urls.Recover())
		owner.Get(path).Is(http.StatusGone)
		c.Get(urls.Account()).LeadsTo(urls.WithQuery(urls.SignIn(), "lanjut", urls.Account()))
		for _, name := range []string{login, to} {
			p.Client().SignInAs(name, testportal.GoodPassword).Is(http.StatusUnprocessableEntity)
		}
		owner.Post(urls.Recover(), url.Values{"login": {login}}).LeadsTo(urls.RecoverCode())
		set := url.Values{"code": {p.LastLetter().Data["Code"]}, "password": {"kuda laut hijau"}}
		owner.Post(urls.RecoverCode(), set).LeadsTo(urls.Me())
	}
}

// However a session ended, what a form sent is kept for its person, said on the sign-in page and offered until it is
// sent or dropped (F024, F041).
func TestF024TypedTextIsKeptHoweverTheSessionEnded(t *testing.T) {
	endings := map[string]func(p *testportal.Portal, c *testportal.Client){
		"signed out elsewhere": func(_ *testportal.Portal, c *testportal.Client) {
			other := c.Portal.Client()
			other.Cookies[web.CookieName] = c.Cookies[web.CookieName]
			other.Post(urls.SignOut(), nil)
		},
		"put out as a device": func(p *testportal.Portal, _ *testportal.Client) {
			other := p.Client()
			other.SignInAs("siti@contoh.id", testportal.GoodPassword)
			other.Post(urls.Sessions(), url.Values{"session": {""}}).LeadsTo(urls.Sessions())
		},
		"password changed elsewhere": func(p *testportal.Portal, _ *testportal.Client) {
			other := p.Client()
			other.SignInAs("siti@contoh.id", testportal.GoodPassword)
			other.Post(urls.ChangePassword(), url.Values{"old": {testportal.GoodPassword}, "password": {testportal.GoodPassword}})
		},
		"cookie cleared": func(_ *testportal.Portal, c *testportal.Client) { delete(c.Cookies, web.CookieName) },
	}
	for name, end := range endings {
		t.Run(name, func(t *testing.T) {
			p := testportal.Start(t)
			c := p.Register("Siti", "siti@contoh.id")
			end(p, c)
			c.Post(urls.ChangeAddress(), url.Values{"address": {"baru@contoh.id"}}).LeadsTo(urls.SignIn())
			c.Get(urls.SignIn()).Has("main", "Isian Anda masih kami simpan")
			c.SignInAs("siti@contoh.id", testportal.GoodPassword).LeadsTo(urls.Resume())
			for range 2 { // looking loses nothing
				got := c.Get(urls.Resume()).Is(http.StatusOK)
				if v := got.Find("input[name=address]").AttrOr("value", ""); v != "baru@contoh.id" {
					t.Fatalf("kept %q", v)
				}
			}
			c.Post(urls.ChangeAddress(), url.Values{"address": {"baru@contoh.id"}}).LeadsTo(urls.ChangeAddressCode())
			c.Get(urls.Resume()).LeadsTo(urls.Me())
		})
	}
}

// A code's page opens in another browser and for a day; it says that the code ended, and one press sends a new one
// (F026). It shows what was typed, and the way to change it (F027, F028).
func TestF026F027F028CodePageOutlivesTheCode(t *testing.T) {
	p := testportal.Start(t)
	p.Register("Ani", "0812 0000 0001")
	for start, form := range map[string]url.Values{
		urls.Register(): {"name": {"Siti"}, "login": {"0812 3456 7801"}, "password": {testportal.GoodPassword}, "privacy": {"yes"}},
		urls.Recover():  {"login": {"0812 0000 0001"}},
	} {
		page := p.Client().Post(start, form).Header.Get("Location")
		other := p.Client()
		other.Get(page).Is(http.StatusOK).Has("main", "Kodenya tidak datang?").Has("main", "salah? Ubah").Has("main", "0812 ")
		p.Pass(31 * time.Minute)
		got := other.Get(page).Is(http.StatusOK).Has("main", "Kode sudah berakhir")
		again, _ := got.Find("form[action*=kirim-ulang]").Attr("action")
		change, _ := got.Find("main a[href*='k=']").Attr("href")
		if v := other.Get(change).Is(http.StatusOK).Find("#f-login").AttrOr("value", ""); v != form.Get("login") {
			t.Errorf("%s: the name is gone: %q", start, v)
		}
		fresh := other.Post(again, nil)
		if fresh.Status != http.StatusSeeOther || !strings.HasPrefix(fresh.Header.Get("Location"), start+"/kode?k=") {
			t.Fatalf("%s: asked again: %d to %q", start, fresh.Status, fresh.Header.Get("Location"))
		}
		done := url.Values{"code": {p.LastLetter().Data["Code"]}, "password": {"kuda laut hijau"}}
		other.Post(page, done).LeadsTo(urls.Me())
		p.Client().Get(page).Is(http.StatusOK).Has("main", "sudah dipakai")
		p.Pass(25 * time.Hour)
		p.Client().Get(page).LeadsTo(start)
	}
	// What opens one page opens no other.
	page := p.Client().Post(urls.Recover(), url.Values{"login": {"0812 0000 0001"}}).Header.Get("Location")
	_, k, _ := strings.Cut(page, "?")
	p.Client().Get(urls.RegisterCode() + "?" + k).LeadsTo(urls.Register())
}

// All fields of a form are judged in one go (F029).
func TestF029PasswordIsJudgedWithTheOtherFields(t *testing.T) {
	p := testportal.Start(t)
	got := p.Client().Post(urls.Register(), url.Values{"name": {"Siti"}, "login": {"0812"}, "password": {"pendek"}})
	got.Is(http.StatusUnprocessableEntity).Has("#f-login-error", "pendek").Has("#f-password-error", "10")
	c := p.Client()
	c.Post(urls.Recover(), url.Values{"login": {"siti@contoh.id"}}).LeadsTo(urls.RecoverCode())
	c.Post(urls.RecoverCode(), url.Values{"code": {""}, "password": {"pendek"}}).
		Is(http.StatusUnprocessableEntity).Has("#f-code-error", "kode").Has("#f-password-error", "10")
}

// An old cookie in front of the right one does not sign anybody out (F040).
func TestF040EveryCookieOfTheNameIsTried(t *testing.T) {
	p := testportal.Start(t)
	c := p.Register("Siti", "siti@contoh.id")
	r, err := http.NewRequest(http.MethodGet, urls.Account(), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Cookie", web.CookieName+"=0123456789ABCDEFGHJKMNPQRS; "+web.CookieName+"="+c.Cookies[web.CookieName].Value)
	p.Client().Do(r).Is(http.StatusOK).Has("main", "Siti")
}

// A look writes nothing: no session, no cookie; where it leads stands in the form (F041).
func TestF041LookingWritesNothing(t *testing.T) {
	p := testportal.Start(t)
	for _, path := range []string{urls.SignIn(), urls.Register(), urls.Recover()} {
		got := p.Client().Get(urls.WithQuery(path, "lanjut", urls.Account())).Is(http.StatusOK)
		if got.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", path)
		}
	}
	if n := p.One("SELECT count(*) FROM sessions"); n != "0" {
		t.Errorf("%s sessions", n)
	}
	c := p.Client()
	form := url.Values{"name": {"Siti"}, "login": {"siti@contoh.id"}, "password": {testportal.GoodPassword}, "privacy": {"yes"}}
	form.Set("next", urls.Sessions())
	page := c.Post(urls.Register(), form).Header.Get("Location")
	p.Client().Post(page, url.Values{"code": {p.LastLetter().Data["Code"]}}).LeadsTo(urls.Sessions())
}

// Security events stand in the trail, with the account and from where, and without any secret; the person is told of
// a new device (F035).
func TestF035SecurityEventsAreWrittenDown(t *testing.T) {
	p := testportal.Start(t)
	c := p.Register("Siti", "siti@contoh.id")
	id := c.UserNamed("Siti").ID
	p.Client().SignInAs("siti@contoh.id", "bukan sandi ini")
	p.Client().SignInAs("tidakada@contoh.id", "bukan sandi ini")
	p.Client().SignInAs("siti@contoh.id", testportal.GoodPassword).LeadsTo(urls.Me())
	if l := p.LastLetter(); l.Template != "new_device" {
		t.Errorf("told by %s", l.Template)
	}
	c.Get(urls.Admin()).Is(http.StatusForbidden)
	for range 15 {
		p.Client().SignInAs("siti@contoh.id", "bukan sandi ini")
	}
	officer := p.Client()
	officer.SignInAs(*p.AddUser(models.Officer, "Rina").Email, testportal.GoodPassword)
	officer.Post(urls.SecondFactorSetup(), url.Values{"code": {"000000"}}).Is(http.StatusUnprocessableEntity)
	for _, login := range []string{"siti@contoh.id", "tidakada@contoh.id"} {
		lost := p.Client()
		lost.Post(urls.Recover(), url.Values{"login": {login}}).LeadsTo(urls.RecoverCode())
		lost.Post(urls.RecoverCode(), url.Values{"code": {"12"}, "password": {"sandi baru yang panjang"}}).Is(http.StatusUnprocessableEntity)
	}
	for action, want := range map[string]string{"signed_in": "1", "password_wrong": "11", "tries_rested": "1", "right_refused": "1",
		"code_wrong": "1"} {
		n := p.One("SELECT count(*) FROM audit_rows WHERE action = ? AND person_id = ? AND detail->>'from' = '127.0.0.1'", action, id)
		if n != want {
			t.Errorf("%s: %s rows, want %s", action, n, want)
		}
	}
	if n := p.One("SELECT count(*) FROM audit_rows WHERE action = 'password_wrong' AND person_id IS NULL"); n != "1" {
		t.Errorf("%s rows of a name without an account", n)
	}
	if n := p.One("SELECT count(*) FROM audit_rows WHERE action = 'code_wrong' AND person_id IS NULL"); n != "1" {
		t.Errorf("%s rows of a wrong code for a name without an account", n)
	}
	if n := p.One("SELECT count(*) FROM audit_rows WHERE action = 'factor_wrong'"); n != "1" {
		t.Errorf("%s rows of a wrong factor", n)
	}
	if n := p.One("SELECT count(*) FROM audit_rows WHERE detail::text LIKE '%sandi%' OR detail::text LIKE '%@%'"); n != "0" {
		t.Errorf("%s rows say a secret or an address", n)
	}
}

// busy is a line of passwords into which nobody more is let.
type busy struct{ web.Passwords }

func (busy) Matches(context.Context, string, string) (bool, error) { return false, password.ErrBusy }

func (busy) Waste(context.Context, string) error { return password.ErrBusy }

// When too many wait for their password to be hashed, the page says so with what was typed, and when to come again; the
// answer is the same for known and unknown names (F039).
func TestF039BusyIsSaid(t *testing.T) {
	p := testportal.Start(t, func(d *web.Deps) { d.Passwords = busy{d.Passwords} })
	known := *p.AddUser(models.Seeker, "Siti").Email
	for _, login := range []string{known, "tidakada@contoh.id"} {
		got := p.Client().SignInAs(login, testportal.GoodPassword).Is(http.StatusServiceUnavailable).Has("main", "sedang ramai")
		if got.Header.Get("Retry-After") == "" || got.Find("#f-login").AttrOr("value", "") != login {
			t.Errorf("%s: Retry-After %q, typed %q", login, got.Header.Get("Retry-After"), got.Find("#f-login").AttrOr("value", ""))
		}
	}
}

// A phone whose clock is off is told so, with the portal's time; at the set-up the difference is learned, and its codes
// are right from then on (F030).
func TestF030PhoneWithAWrongClock(t *testing.T) {
	p := testportal.Start(t)
	officer := p.AddUser(models.Officer, "Rina")
	c := p.Client()
	c.SignInAs(*officer.Email, testportal.GoodPassword).LeadsTo(urls.SecondFactorSetup())
	secret := c.FactorSecret()
	slow := func(by time.Duration) url.Values {
		code, err := totp.Code(secret, p.Clock().Add(-by))
		if err != nil {
			t.Fatal(err)
		}
		return url.Values{"code": {code}}
	}
	c.Post(urls.SecondFactorSetup(), slow(9*time.Minute)).Is(http.StatusUnprocessableEntity).
		Has("#f-code-error", "jam ponsel").Has("#f-code-error", "12.00")
	c.Post(urls.SecondFactorSetup(), slow(65*time.Second)).LeadsTo(urls.RecoveryCodes())
	p.Pass(time.Hour)
	again := p.Client()
	again.SignInAs(*officer.Email, testportal.GoodPassword).LeadsTo(urls.SecondFactor())
	again.Post(urls.SecondFactor(), slow(6*time.Minute)).Is(http.StatusUnprocessableEntity).Has("#f-code-error", "jam ponsel")
	again.Post(urls.SecondFactor(), slow(65*time.Second)).LeadsTo(urls.OfficerQueue())
}

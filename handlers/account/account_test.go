package account_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

func TestP013OneWordNameRegistersAndSignsIn(t *testing.T) {
	p := testportal.Start(t)
	c := p.Register("Suparmi", "0812 3456 7890")
	c.Get(urls.Account()).Is(http.StatusOK).Has("main", "Suparmi")
	c.Post(urls.SignOut(), url.Values{}).LeadsTo(urls.Home())
	signIn := urls.WithQuery(urls.SignIn(), "lanjut", urls.Account())
	c.Get(urls.Account()).LeadsTo(signIn)
	next := c.Get(signIn).Is(http.StatusOK).Find("input[name=next]").AttrOr("value", "")
	c.Post(urls.SignIn(), url.Values{"login": {"081234567890"}, "password": {testportal.GoodPassword}, "next": {next}}).LeadsTo(urls.Account())
}

func TestP088ErrorsAreSummarisedAndTied(t *testing.T) {
	p := testportal.Start(t)
	got := p.Client().Post(urls.Register(), url.Values{"name": {"<Ani>"}, "login": {"bukan alamat"}}).Is(http.StatusUnprocessableEntity)
	if title := got.Find("title").Text(); !strings.HasPrefix(title, "Kesalahan:") {
		t.Errorf("title: got %q, want it to begin with Kesalahan:", title)
	}
	for _, field := range []string{"name", "login", "password", "privacy"} {
		got.Shows(`[data-error-summary] a[href="#f-` + field + `"]`)
		if got.Find(`[data-error-summary] a[href="#f-`+field+`"]`).Length() != 1 {
			t.Errorf("the summary does not link to %s", field)
		}
		if described, _ := got.Find("#f-" + field).Attr("aria-describedby"); !strings.Contains(described, "f-"+field+"-error") {
			t.Errorf("%s is not tied to its error: %q", field, described)
		}
	}
	if v, _ := got.Find("#f-name").Attr("value"); v != "<Ani>" {
		t.Errorf("typed name: got %q", v)
	}
}

// Bug report P065: long passwords and emoji work, and the limit is named.
func TestP065LongPasswordsWorkOrAreRefusedByName(t *testing.T) {
	p := testportal.Start(t)
	for _, password := range []string{strings.Repeat("a", 40) + strings.Repeat("b", 40), strings.Repeat("😀", 19)} {
		c := p.Client()
		login := "orang" + url.QueryEscape(password[:1]) + "@contoh.id"
		c.Post(urls.Register(), url.Values{"name": {"Siti"}, "login": {login}, "password": {password}, "privacy": {"yes"}}).
			LeadsTo(urls.RegisterCode())
		c.Post(urls.RegisterCode(), url.Values{"code": {p.LastLetter().Data["Code"]}}).LeadsTo(urls.Me())
		c.Post(urls.SignOut(), url.Values{})
		c.SignInAs(login, password+"x").Is(http.StatusUnprocessableEntity)
		c.SignInAs(login, password).LeadsTo(urls.Me())
	}
	p.Client().Post(urls.Register(), url.Values{
		"name": {"Siti"}, "login": {"b@contoh.id"}, "password": {strings.Repeat("a", 201)}, "privacy": {"yes"},
	}).Is(http.StatusUnprocessableEntity).Has("#f-password-error", "200")
}

// Bug report P047: a cookie that no row knows is signed out, not an error.
func TestP047UnknownCookieIsSignedOut(t *testing.T) {
	p := testportal.Start(t)
	c := p.Client()
	c.Cookies[web.CookieName] = &http.Cookie{Name: web.CookieName, Value: "0123456789ABCDEFGHJKMNPQRS"}
	c.Get(urls.SignIn()).Is(http.StatusOK)
	c.Get(urls.Account()).LeadsTo(urls.WithQuery(urls.SignIn(), "lanjut", urls.Account()))
}

// Guessing a password ends in a wait, and the name stays in the form.
func TestGuessingAPasswordEndsInAWait(t *testing.T) {
	p := testportal.Start(t)
	c := p.Client()
	p.Register("Siti", "siti@contoh.id")
	got := c.SignInAs("siti@contoh.id", "bukan sandi ini")
	for range 20 {
		if got.Status != http.StatusUnprocessableEntity {
			break
		}
		got = c.SignInAs("siti@contoh.id", "bukan sandi ini")
	}
	got.Is(http.StatusTooManyRequests).Has("[data-error-summary]", "Terlalu banyak percobaan")
	if name := got.Find("#f-login").AttrOr("value", ""); name != "siti@contoh.id" {
		t.Errorf("the name reads %q", name)
	}
}

// A code that is asked for again at once waits, on the page that asks for it.
func TestCodeIsNotSentAgainAtOnce(t *testing.T) {
	c := testportal.Start(t).Client()
	c.Post(urls.Register(), url.Values{
		"name": {"Siti"}, "login": {"siti@contoh.id"}, "password": {testportal.GoodPassword}, "privacy": {"yes"},
	}).LeadsTo(urls.RegisterCode())
	c.Post(urls.ResendCode(), nil).Is(http.StatusTooManyRequests).Has("h1", "kode").Has("[data-flash]", "satu menit")
	c.Pass(2 * time.Minute)
	c.Post(urls.ResendCode(), nil).LeadsTo(urls.RegisterCode())
	c.Get(urls.RegisterCode()).Has("[data-flash]", "Kode baru sedang dikirim")
}

// Bug report P117: the cookie's attributes, and a new token at sign-in.
func TestP117CookieIsStrictAndRenewedAtSignIn(t *testing.T) {
	p := testportal.Start(t, func(d *web.Deps) { d.Settings.Production = true })
	c := p.Client()
	c.Post(urls.Register(), url.Values{"name": {"Siti"}, "login": {"a@contoh.id"}, "password": {testportal.GoodPassword}, "privacy": {"yes"}})
	before := c.Cookies[web.SecureCookieName]
	strict := before != nil && before.Secure && before.HttpOnly && before.SameSite == http.SameSiteLaxMode
	if !strict || before.MaxAge > 0 || before.Path != "/" {
		t.Fatalf("cookie: got %+v", before)
	}
	c.Post(urls.RegisterCode(), url.Values{"code": {p.LastLetter().Data["Code"]}})
	if after := c.Cookies[web.SecureCookieName]; after.Value == before.Value {
		t.Error("the token is the same after sign-in")
	}
}

// Bug report P042: what was typed is kept when the session rested too long.
func TestP042TypedTextSurvivesTheSession(t *testing.T) {
	p := testportal.Start(t)
	c := p.Register("Siti", "siti@contoh.id")
	p.Pass(31 * time.Minute)
	c.Post(urls.ChangeAddress(), url.Values{"address": {"baru@contoh.id"}}).LeadsTo(urls.SignIn())
	c.Get(urls.SignIn()).Is(http.StatusOK).Has("main", "Isian Anda masih kami simpan")
	c.SignInAs("siti@contoh.id", testportal.GoodPassword).LeadsTo(urls.Resume())
	got := c.Get(urls.Resume()).Is(http.StatusOK)
	if v, _ := got.Find(`form[action="` + urls.ChangeAddress() + `"] input[name=address]`).Attr("value"); v != "baru@contoh.id" {
		t.Errorf("kept value: got %q", v)
	}
}

// What somebody else was typing on a shared phone is never shown to the next person.
func TestKeptTextIsForTheSamePersonOnly(t *testing.T) {
	p := testportal.Start(t)
	p.Register("Budi", "budi@contoh.id")
	c := p.Register("Siti", "siti@contoh.id")
	p.Pass(31 * time.Minute)
	c.Post(urls.ChangeAddress(), url.Values{"address": {"rahasia@contoh.id"}}).LeadsTo(urls.SignIn())
	c.SignInAs("budi@contoh.id", testportal.GoodPassword).LeadsTo(urls.Resume())
	c.Get(urls.Resume()).LeadsTo(urls.Me())
}

// Bug report P115: another origin cannot send our forms.
func TestP115OtherOriginsAreRefused(t *testing.T) {
	p := testportal.Start(t)
	for _, site := range []string{"same-site", "cross-site"} {
		r, err := http.NewRequest(http.MethodPost, "http://127.0.0.1"+urls.SignIn(), strings.NewReader("login=a&password=b"))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", site)
		p.Client().Do(r).Is(http.StatusForbidden)
	}
}

// Bug report P062: a closed account frees its address at once.
func TestP062ClosedAccountFreesItsAddress(t *testing.T) {
	p := testportal.Start(t)
	c := p.Register("Siti", "siti@contoh.id")
	c.Post(urls.CloseAccount(), url.Values{"password": {"salah salah salah"}, "sure": {"yes"}}).Is(http.StatusUnprocessableEntity)
	c.Post(urls.CloseAccount(), url.Values{"password": {testportal.GoodPassword}, "sure": {"yes"}}).LeadsTo(urls.Home())
	c.SignInAs("siti@contoh.id", testportal.GoodPassword).Is(http.StatusUnprocessableEntity)
	p.Register("Siti", "siti@contoh.id")
}

func TestOfficerNeedsTheSecondFactor(t *testing.T) {
	p := testportal.Start(t)
	officer := p.AddUser(models.Officer, "Rina")
	c := p.Client()
	c.SignInAs(*officer.Email, testportal.GoodPassword).LeadsTo(urls.SecondFactorSetup())
	secret := c.FactorSecret()
	c.Get(urls.Account()).LeadsTo(urls.SecondFactorSetup())
	c.Post(urls.SecondFactorSetup(), url.Values{"code": {"000000"}}).Is(http.StatusUnprocessableEntity)
	c.Post(urls.SecondFactorSetup(), url.Values{"code": {p.AppCode(secret)}}).LeadsTo(urls.RecoveryCodes())
	codes := c.Get(urls.RecoveryCodes()).Is(http.StatusOK).Find("main li")
	if codes.Length() != 10 {
		t.Fatalf("recovery codes: got %d, want 10", codes.Length())
	}
	c.Get(urls.Account()).Is(http.StatusOK)
	again := p.Client()
	again.SignInAs(*officer.Email, testportal.GoodPassword).LeadsTo(urls.SecondFactor())
	again.Post(urls.SecondFactor(), url.Values{"code": {p.AppCode(secret)}}).Is(http.StatusUnprocessableEntity) // the step was used
	again.Post(urls.SecondFactor(), url.Values{"code": {codes.First().Text()}}).LeadsTo(urls.OfficerQueue())
	third := p.Client()
	third.SignInAs(*officer.Email, testportal.GoodPassword)
	third.Post(urls.SecondFactor(), url.Values{"code": {codes.First().Text()}}).Is(http.StatusUnprocessableEntity)
}

package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/urls"
	"naikkelas/models"
)

const goodPassword = "sandi yang panjang"

// register opens an account through the pages, as a person does.
func (p *testPortal) register(name, login string) *client {
	p.t.Helper()
	c := p.client()
	c.post(urls.Register(), url.Values{"name": {name}, "login": {login}, "password": {goodPassword}, "privacy": {"yes"}}).leadsTo(urls.RegisterCode())
	c.get(urls.RegisterCode()).is(http.StatusOK)
	c.post(urls.RegisterCode(), url.Values{"code": {p.lastLetter().Data["Code"]}}).leadsTo(urls.Me())
	return c
}

func (c *client) signInAs(login, password string) page {
	c.t.Helper()
	return c.post(urls.SignIn(), url.Values{"login": {login}, "password": {password}})
}

func TestP013OneWordNameRegistersAndSignsIn(t *testing.T) {
	p := newPortal(t)
	c := p.register("Suparmi", "0812 3456 7890")
	c.get(urls.Account()).is(http.StatusOK).has("main", "Suparmi")
	c.post(urls.SignOut(), url.Values{}).leadsTo(urls.Home())
	signIn := urls.WithQuery(urls.SignIn(), "lanjut", urls.Account())
	c.get(urls.Account()).leadsTo(signIn)
	c.get(signIn).is(http.StatusOK)
	c.signInAs("081234567890", goodPassword).leadsTo(urls.Account())
}

func TestP088ErrorsAreSummarisedAndTied(t *testing.T) {
	p := newPortal(t)
	got := p.client().post(urls.Register(), url.Values{"name": {"R2-D2"}, "login": {"bukan alamat"}}).is(http.StatusUnprocessableEntity)
	if title := got.Find("title").Text(); !strings.HasPrefix(title, "Kesalahan:") {
		t.Errorf("title: got %q, want it to begin with Kesalahan:", title)
	}
	for _, field := range []string{"name", "login", "password", "privacy"} {
		got.has(`[data-error-summary] a[href="#f-`+field+`"]`, "")
		if got.Find(`[data-error-summary] a[href="#f-`+field+`"]`).Length() != 1 {
			t.Errorf("the summary does not link to %s", field)
		}
		if described, _ := got.Find("#f-" + field).Attr("aria-describedby"); !strings.Contains(described, "f-"+field+"-error") {
			t.Errorf("%s is not tied to its error: %q", field, described)
		}
	}
	if v, _ := got.Find("#f-name").Attr("value"); v != "R2-D2" {
		t.Errorf("typed name: got %q", v)
	}
}

// Bug report P065: long passwords and emoji work, and the limit is named.
func TestP065LongPasswordsWorkOrAreRefusedByName(t *testing.T) {
	p := newPortal(t)
	for _, password := range []string{strings.Repeat("a", 40) + strings.Repeat("b", 40), strings.Repeat("😀", 19)} {
		c := p.client()
		login := "orang" + url.QueryEscape(password[:1]) + "@contoh.id"
		c.post(urls.Register(), url.Values{"name": {"Siti"}, "login": {login}, "password": {password}, "privacy": {"yes"}}).leadsTo(urls.RegisterCode())
		c.post(urls.RegisterCode(), url.Values{"code": {p.lastLetter().Data["Code"]}}).leadsTo(urls.Me())
		c.post(urls.SignOut(), url.Values{})
		c.signInAs(login, password+"x").is(http.StatusUnprocessableEntity)
		c.signInAs(login, password).leadsTo(urls.Me())
	}
	p.client().post(urls.Register(), url.Values{"name": {"Siti"}, "login": {"b@contoh.id"}, "password": {strings.Repeat("a", 201)}, "privacy": {"yes"}}).
		is(http.StatusUnprocessableEntity).has("#f-password-error", "200")
}

// Bug report P047: a cookie that no row knows is signed out, not an error.
func TestP047UnknownCookieIsSignedOut(t *testing.T) {
	p := newPortal(t)
	c := p.client()
	c.cookies[cookieName] = &http.Cookie{Name: cookieName, Value: "0123456789ABCDEFGHJKMNPQRS"}
	c.get(urls.SignIn()).is(http.StatusOK)
	c.get(urls.Account()).leadsTo(urls.WithQuery(urls.SignIn(), "lanjut", urls.Account()))
}

// Bug report P117: the cookie's attributes, and a new token at sign-in.
func TestP117CookieIsStrictAndRenewedAtSignIn(t *testing.T) {
	p := newPortal(t, func(d *Deps) { d.Settings.Production = true })
	c := p.client()
	c.post(urls.Register(), url.Values{"name": {"Siti"}, "login": {"a@contoh.id"}, "password": {goodPassword}, "privacy": {"yes"}})
	before := c.cookies[secureCookieName]
	if before == nil || !before.Secure || !before.HttpOnly || before.SameSite != http.SameSiteLaxMode || before.MaxAge > 0 || before.Path != "/" {
		t.Fatalf("cookie: got %+v", before)
	}
	c.post(urls.RegisterCode(), url.Values{"code": {p.lastLetter().Data["Code"]}})
	if after := c.cookies[secureCookieName]; after.Value == before.Value {
		t.Error("the token is the same after sign-in")
	}
}

// Bug report P042: what was typed is kept when the session rested too long.
func TestP042TypedTextSurvivesTheSession(t *testing.T) {
	p := newPortal(t)
	c := p.register("Siti", "siti@contoh.id")
	p.pass(31 * time.Minute)
	c.post(urls.ChangeAddress(), url.Values{"address": {"baru@contoh.id"}}).leadsTo(urls.SignIn())
	c.get(urls.SignIn()).is(http.StatusOK).has("main", "Isian Anda masih kami simpan")
	c.signInAs("siti@contoh.id", goodPassword).leadsTo(urls.Resume())
	got := c.get(urls.Resume()).is(http.StatusOK)
	if v, _ := got.Find(`form[action="` + urls.ChangeAddress() + `"] input[name=address]`).Attr("value"); v != "baru@contoh.id" {
		t.Errorf("kept value: got %q", v)
	}
}

// What somebody else was typing on a shared phone is never shown to the next person.
func TestKeptTextIsForTheSamePersonOnly(t *testing.T) {
	p := newPortal(t)
	p.register("Budi", "budi@contoh.id")
	c := p.register("Siti", "siti@contoh.id")
	p.pass(31 * time.Minute)
	c.post(urls.ChangeAddress(), url.Values{"address": {"rahasia@contoh.id"}}).leadsTo(urls.SignIn())
	c.signInAs("budi@contoh.id", goodPassword).leadsTo(urls.Resume())
	c.get(urls.Resume()).leadsTo(urls.Me())
}

// Bug report P115: another origin cannot send our forms.
func TestP115OtherOriginsAreRefused(t *testing.T) {
	p := newPortal(t)
	for _, site := range []string{"same-site", "cross-site"} {
		r, err := http.NewRequest(http.MethodPost, "http://127.0.0.1"+urls.SignIn(), strings.NewReader("login=a&password=b"))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", site)
		p.client().do(r).is(http.StatusForbidden)
	}
}

func TestNextPageStaysOnThePortal(t *testing.T) {
	for _, next := range []string{"//evil.example", "https://evil.example", `/\evil.example`, "/\t/evil.example", "javascript:alert(1)", "evil"} {
		if isLocal(next) {
			t.Errorf("%q counts as local", next)
		}
	}
	if !isLocal("/saya/profil?x=1") {
		t.Error("a page of ours does not count as local")
	}
}

// Bug report P062: a closed account frees its address at once.
func TestP062ClosedAccountFreesItsAddress(t *testing.T) {
	p := newPortal(t)
	c := p.register("Siti", "siti@contoh.id")
	c.post(urls.CloseAccount(), url.Values{"password": {"salah salah salah"}, "sure": {"yes"}}).is(http.StatusUnprocessableEntity)
	c.post(urls.CloseAccount(), url.Values{"password": {goodPassword}, "sure": {"yes"}}).leadsTo(urls.Home())
	c.signInAs("siti@contoh.id", goodPassword).is(http.StatusUnprocessableEntity)
	p.register("Siti", "siti@contoh.id")
}

func TestOfficerNeedsTheSecondFactor(t *testing.T) {
	p := newPortal(t)
	officer := p.addUser(models.Officer, "Rina")
	c := p.client()
	c.signInAs(*officer.Email, goodPassword).leadsTo(urls.SecondFactorSetup())
	got := c.get(urls.SecondFactorSetup()).is(http.StatusOK)
	secret := strings.ReplaceAll(got.Find("p.font-semibold.break-words").Text(), " ", "")
	c.get(urls.Account()).leadsTo(urls.SecondFactorSetup())
	c.post(urls.SecondFactorSetup(), url.Values{"code": {"000000"}}).is(http.StatusUnprocessableEntity)
	c.post(urls.SecondFactorSetup(), url.Values{"code": {p.appCode(secret)}}).leadsTo(urls.RecoveryCodes())
	codes := c.get(urls.RecoveryCodes()).is(http.StatusOK).Find("main li")
	if codes.Length() != 10 {
		t.Fatalf("recovery codes: got %d, want 10", codes.Length())
	}
	c.get(urls.Account()).is(http.StatusOK)
	again := p.client()
	again.signInAs(*officer.Email, goodPassword).leadsTo(urls.SecondFactor())
	again.post(urls.SecondFactor(), url.Values{"code": {p.appCode(secret)}}).is(http.StatusUnprocessableEntity) // the step was used
	again.post(urls.SecondFactor(), url.Values{"code": {codes.First().Text()}}).leadsTo(urls.OfficerQueue())
	third := p.client()
	third.signInAs(*officer.Email, goodPassword)
	third.post(urls.SecondFactor(), url.Values{"code": {codes.First().Text()}}).is(http.StatusUnprocessableEntity)
}

package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// Bug report P045: a form that was opened before signing out and in again still counts.
func TestP045FormOfAnEarlierSessionStillCounts(t *testing.T) {
	p := testportal.Start(t)
	c := p.Register("Siti", "siti@contoh.id")
	c.Get(urls.ChangeAddress()).Is(http.StatusOK)
	c.Post(urls.SignOut(), url.Values{}).LeadsTo(urls.Home())
	c.SignInAs("siti@contoh.id", testportal.GoodPassword).LeadsTo(urls.Me())
	c.Post(urls.ChangeAddress(), url.Values{"address": {"baru@contoh.id"}}).LeadsTo(urls.ChangeAddressCode())
	if to := p.LastLetter().Data["Code"]; to == "" {
		t.Error("no code was sent to the new address")
	}
}

// Bug report P048: the cookie holds a token alone, however much is remembered.
func TestP048CookieStaysSmall(t *testing.T) {
	p := testportal.Start(t)
	name := strings.Repeat("Nur Aini Rahmawati ", 5) + "Putri"
	login := strings.Repeat("siti", 12) + "@contoh.id"
	c := p.Register(name, login)
	c.Post(urls.SignOut(), url.Values{})
	for i := range 30 {
		c.Get(urls.WithQuery(urls.SignIn(), "lanjut", fmt.Sprintf("%s?tab=%d&isi=%s", urls.Account(), i, strings.Repeat("panjang", 50))))
	}
	c.SignInAs(login, testportal.GoodPassword).Is(http.StatusSeeOther)
	c.Get(urls.Account()).Is(http.StatusOK).Has("main", name)
	for _, cookie := range c.Cookies {
		if size := len(cookie.String()); size > 200 {
			t.Errorf("cookie %s: %d bytes", cookie.Name, size)
		}
	}
}

// Bug report P063: looking at the page does not use the code up; only sending it does.
func TestP063LookingDoesNotUseTheCode(t *testing.T) {
	p := testportal.Start(t)
	p.Register("Siti", "siti@contoh.id")
	c := p.Client()
	c.Post(urls.Recover(), url.Values{"login": {"siti@contoh.id"}}).LeadsTo(urls.RecoverCode())
	code := p.LastLetter().Data["Code"]
	for range 3 {
		c.Get(urls.RecoverCode()).Is(http.StatusOK)
	}
	c.Do(httptest.NewRequest(http.MethodHead, urls.RecoverCode(), nil))
	const fresh = "jalan baru ke sawah"
	c.Post(urls.RecoverCode(), url.Values{"code": {code}, "password": {fresh}}).LeadsTo(urls.Me())
	c.Get(urls.Me()).Has("[data-flash]", "Kata sandi baru sudah berlaku")
	p.Client().SignInAs("siti@contoh.id", fresh).LeadsTo(urls.Me())
	again := p.Client()
	again.Post(urls.RecoverCode(), url.Values{"code": {code}, "password": {"jalan lama ke sawah"}}).LeadsTo(urls.Recover())
}

// Bug report P118: what somebody typed never becomes an attribute that runs.
func TestP118TypedTextNeverRuns(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	c := p.Client()
	const evil = `" onmouseover="alert(1)" hx-on:click="alert(2)"><svg onload=alert(3)>`
	pages := []testportal.Page{ // each is held against pageRules too
		c.Get(urls.WithQuery(urls.Programmes(), "q", evil, "sektor", evil, "urut", evil)),
		c.Get(urls.WithQuery(urls.SignIn(), "lanjut", "/"+evil)),
		c.Post(urls.SignIn(), url.Values{"login": {evil}, "password": {evil}}),
		c.Post(urls.Register(), url.Values{"name": {evil}, "login": {evil}, "password": {evil}}),
	}
	for i, got := range pages {
		if got.Find("main").Length() != 1 {
			t.Errorf("page %d: status %d has no content", i, got.Status)
		}
	}
}

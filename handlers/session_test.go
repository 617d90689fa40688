package handlers

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/urls"
)

// Bug report P045: a form that was opened before signing out and in again still counts.
func TestP045FormOfAnEarlierSessionStillCounts(t *testing.T) {
	p := newPortal(t)
	c := p.register("Siti", "siti@contoh.id")
	c.get(urls.ChangeAddress()).is(http.StatusOK)
	c.post(urls.SignOut(), url.Values{}).leadsTo(urls.Home())
	c.signInAs("siti@contoh.id", goodPassword).leadsTo(urls.Me())
	c.post(urls.ChangeAddress(), url.Values{"address": {"baru@contoh.id"}}).leadsTo(urls.ChangeAddressCode())
	if to := p.lastLetter().Data["Code"]; to == "" {
		t.Error("no code was sent to the new address")
	}
}

// Bug report P048: the cookie holds a token alone, however much is remembered.
func TestP048CookieStaysSmall(t *testing.T) {
	p := newPortal(t)
	name := strings.Repeat("Nur Aini Rahmawati ", 5) + "Putri"
	login := strings.Repeat("siti", 12) + "@contoh.id"
	c := p.register(name, login)
	c.post(urls.SignOut(), url.Values{})
	for i := range 30 {
		c.get(urls.WithQuery(urls.SignIn(), "lanjut", fmt.Sprintf("%s?tab=%d&isi=%s", urls.Account(), i, strings.Repeat("panjang", 50))))
	}
	c.signInAs(login, goodPassword).is(http.StatusSeeOther)
	c.get(urls.Account()).is(http.StatusOK).has("main", name)
	for _, cookie := range c.cookies {
		if size := len(cookie.String()); size > 200 {
			t.Errorf("cookie %s: %d bytes", cookie.Name, size)
		}
	}
}

// Bug report P063: looking at the page does not use the code up; only sending it does.
func TestP063LookingDoesNotUseTheCode(t *testing.T) {
	p := newPortal(t)
	p.register("Siti", "siti@contoh.id")
	c := p.client()
	c.post(urls.Recover(), url.Values{"login": {"siti@contoh.id"}}).leadsTo(urls.RecoverCode())
	code := p.lastLetter().Data["Code"]
	for range 3 {
		c.get(urls.RecoverCode()).is(http.StatusOK)
	}
	c.do(httptest.NewRequest(http.MethodHead, urls.RecoverCode(), nil))
	const fresh = "jalan baru ke sawah"
	c.post(urls.RecoverCode(), url.Values{"code": {code}, "password": {fresh}}).leadsTo(urls.Me())
	p.client().signInAs("siti@contoh.id", fresh).leadsTo(urls.Me())
	again := p.client()
	again.post(urls.RecoverCode(), url.Values{"code": {code}, "password": {"jalan lama ke sawah"}}).leadsTo(urls.Recover())
}

// Bug report P118: what somebody typed never becomes an attribute that runs.
func TestP118TypedTextNeverRuns(t *testing.T) {
	p := newPortal(t)
	p.addReference()
	c := p.client()
	const evil = `" onmouseover="alert(1)" hx-on:click="alert(2)"><svg onload=alert(3)>`
	pages := []page{ // each is held against pageRules too
		c.get(urls.WithQuery(urls.Programmes(), "q", evil, "sektor", evil, "urut", evil)),
		c.get(urls.WithQuery(urls.SignIn(), "lanjut", "/"+evil)),
		c.post(urls.SignIn(), url.Values{"login": {evil}, "password": {evil}}),
		c.post(urls.Register(), url.Values{"name": {evil}, "login": {evil}, "password": {evil}}),
	}
	for i, got := range pages {
		if got.Find("main").Length() != 1 {
			t.Errorf("page %d: status %d has no content", i, got.status)
		}
	}
}

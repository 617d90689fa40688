package officer_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Two accounts of one person are compared, joined by a second officer, read by the one that stays, and separated.
func TestAccountsAreJoinedAtTheDesk(t *testing.T) {
	p, _, rina := testportal.StartInstitution(t)
	joko := p.As(p.AddUser(models.Officer, "Joko"))
	old, fresh := p.AddReadySeeker("Siti Lama"), p.AddReadySeeker("Siti Baru")
	a := p.AddSubmitted(old, p.AddProgramme(nil).Intakes[0])
	pair := urls.AccountPair(old.Ref, fresh.Ref)
	page := rina.Get(pair).Is(http.StatusOK).Has("main", "Siti Lama").Has("main", a.Ref)
	if main := page.Find("main").Text(); strings.Index(main, "Siti Baru") > strings.Index(main, "Siti Lama") {
		t.Error("the old one stands first")
	}
	rina.Post(pair, url.Values{"joined": {"lain"}, "why": {"Sama."}}).Is(http.StatusUnprocessableEntity)
	rina.Post(pair, url.Values{"joined": {old.Ref}}).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "alasan")
	rina.Post(pair, url.Values{"joined": {old.Ref}, "why": {"KTP sama."}}).LeadsTo(pair)
	join := urls.AccountJoin(p.One("SELECT ref FROM account_joins"))
	both := url.Values{"person": {old.Ref}, "other": {fresh.Ref}}
	answer := func(act string) url.Values {
		return url.Values{"person": both["person"], "other": both["other"], "tindakan": {act}, "why": {"Kembar."}}
	}
	rina.Post(join, answer("setuju")).Is(http.StatusUnprocessableEntity)
	joko.Get(urls.AccountJoins()).Is(http.StatusOK).Has("main", "Siti Lama ke Siti Baru")
	joko.Get(pair).Is(http.StatusOK).Has("main", "dikeluarkan dari semua perangkat")
	reads(p, fresh, a, false)
	joko.Post(join, answer("setuju")).LeadsTo(pair)
	reads(p, fresh, a, true)
	p.As(fresh).Get(urls.Application(a.Ref)).Is(http.StatusNotFound)
	p.Client().Post(urls.SignIn(), url.Values{"login": {*old.Email}, "password": {testportal.GoodPassword}}).
		Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "sudah disatukan")
	joko.Post(urls.AccountSeparate(p.One("SELECT ref FROM account_joins")), answer("")).LeadsTo(pair)
	reads(p, fresh, a, false)
	p.As(old).Get(urls.Application(a.Ref)).Is(http.StatusOK)
}

// reads looks whether a person's list shows an application.
func reads(p *testportal.Portal, who models.User, a models.Application, want bool) {
	p.T.Helper()
	if got := strings.Contains(p.As(who).Get(urls.Applications()).Is(http.StatusOK).Find("main").Text(), a.Ref); got != want {
		p.T.Errorf("%s reads %s: %t, want %t", who.Name, a.Ref, got, want)
	}
}

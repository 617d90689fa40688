package e2e

import (
	"strings"
	"testing"
	"time"

	"naikkelas/internal/totp"
	"naikkelas/internal/urls"
)

// worksAs signs a demo account in whose app has a secret of its name, and sees its first page.
func (w *person) worksAs(name, home string) *person {
	w.t.Helper()
	secret := "NAIKKELASCONTOH" + strings.ToUpper(name)
	code, err := totp.Code(secret+strings.Repeat("A", 24-len(secret)), time.Now())
	if err != nil {
		w.t.Fatal(err)
	}
	w.signIn(name+"@contoh.example", demoPassword).at(urls.SecondFactor())
	return w.fill("code", code).send().at(home)
}

// An officer corrects a help number, a colleague publishes it, and a visitor sees it; then an administrator looks at
// the officer's duties.
func TestNumberIsCorrectedByTwoAndSeen(t *testing.T) {
	t.Parallel()
	p := start(t)
	const anew = "0811-1000-110"
	row := urls.DatedRow("nomor", "POLRI")
	rina := p.person(t, ways[0])
	rina.worksAs("rina", urls.OfficerQueue())
	rina.visit(urls.Dated()).picture("dated-tables")
	rina.visit(urls.DatedList("nomor")).picture("dated-list")
	rina.visit(urls.DatedEdit("nomor", "POLRI"))
	rina.fill("number", anew).press("main form button:not([formaction])").sees(".error-summary, [aria-invalid=true]").picture("dated-wrong")
	rina.fill("why", "Ditelepon, dijawab piket.").press("main form button:not([formaction])").at(row)
	rina.sees("#konsep").picture("dated-draft")

	joko := p.person(t, ways[0])
	joko.worksAs("joko", urls.OfficerQueue())
	joko.visit(row).press("form[action$='/terbitkan'] button").at(row)

	visitor := p.person(t, ways[1])
	if got := visitor.visit(urls.Help()).text("main"); !strings.Contains(got, anew) {
		t.Errorf("the visitor reads %q", got)
	}
	visitor.visit(urls.HelpCountries()).press("main a[href$='/MY']").at(urls.HelpCountry("MY"))
	guest := p.person(t, ways[0])
	guest.visit(urls.HelpCountry("MY")).picture("help-country")
	guest.visit(urls.HelpCountry("SG"))
	guest.visit(urls.Places())

	admin := p.person(t, ways[0])
	admin.worksAs("admin", urls.Admin())
	admin.visit(urls.AdminWorker(p.ref("SELECT ref FROM users WHERE name = 'Rina Contoh'"))).picture("duties")
}

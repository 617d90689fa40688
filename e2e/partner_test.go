package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"naikkelas/internal/urls"
)

// An officer refers a case to an office, which accepts it, writes down what it did and is done; then it sees nothing of
// it any more, and the officer reads what came of it.
func TestCaseGoesToAnOfficeAndBack(t *testing.T) {
	t.Parallel()
	p := start(t)
	held := p.ref("SELECT ref FROM cases WHERE state = 'open' AND country_code = 'MY'")
	rina := p.person(t, ways[0])
	rina.worksAs("rina", urls.OfficerQueue())
	rina.visit(urls.CaseRefer(held)).press("main form button:not([name])").sees("[data-error-summary]").picture("refer-wrong")
	rina.choose("office", p.ref("SELECT ref FROM partner_offices")).tick("input[name=parts][value=story]").fill("ask", "Contoh: mohon tiket.")
	rina.writeDay("until", "30", "12", "2026")
	rina.tick("input[name=person]:not([value='-'])").tick("input[name=how][value=spoken]")
	rina.press("main form button:not([name])").at(urls.CaseRefer(held)).picture("refer")

	mitra := p.person(t, ways[0])
	mitra.worksAs("mitra", urls.Partner()).picture("partner-list")
	referral := p.ref("SELECT ref FROM case_referrals ORDER BY id DESC LIMIT 1")
	mitra.visit(urls.PartnerReferral(referral)).picture("partner-new")
	if text := mitra.text("main"); !strings.Contains(text, "tiket belum ada") || strings.Contains(text, "555") {
		t.Errorf("the office reads %q", text)
	}
	mitra.writeDay("due", "20", "12", "2026").press("main form[action$='/terima'] button")
	mitra.at(urls.PartnerReferral(referral)).picture("partner-accepted")
	mitra.fill("outcome", "Contoh: tiket dibeli, terbang besok.").press("main form[action$='/selesai'] button").at(urls.Partner())
	rina.visit(urls.CaseRefer(held))
	if text := rina.text("main"); !strings.Contains(text, "Selesai") {
		t.Errorf("the officer reads %q", text)
	}
}

// writeDay types a day into the three fields of a date.
func (w *person) writeDay(name, day, month, year string) *person {
	w.t.Helper()
	for part, text := range map[string]string{"day": day, "month": month, "year": year} {
		w.do("write "+part, chromedp.SendKeys("input[name='"+name+"."+part+"']", text))
	}
	return w
}

package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"naikkelas/internal/urls"
)

// Somebody abroad writes, an officer refers it on their word, and they see on a small phone without scripts who reads
// it, take their word back, and the office is out at its next page.
func TestPersonTakesTheirWordBack(t *testing.T) {
	t.Parallel()
	p := start(t)
	phone := way{name: "a phone without scripts", width: 360}
	who := p.person(t, phone)
	who.tells("luar-negeri")
	number, pin := who.text(".code dd"), who.text(".code dd:last-child")
	ref := p.ref("SELECT ref FROM cases ORDER BY id DESC LIMIT 1")

	rina := p.person(t, phone)
	rina.worksAs("rina", urls.OfficerQueue())
	rina.visit(urls.Case(ref)).press("form[action$='/ambil'] button").at(urls.Case(ref))
	rina.visit(urls.CaseRefer(ref)).choose("office", p.ref("SELECT ref FROM partner_offices")).tick("input[name=parts][value=story]")
	rina.fill("ask", "Contoh: mohon paspor pengganti.").writeDay("until", "30", "12", "2026")
	rina.tick("input[name=person]:not([value='-'])").tick("input[name=how][value=spoken]")
	rina.press("main form button:not([name])").at(urls.CaseRefer(ref))
	referral := p.ref("SELECT ref FROM case_referrals ORDER BY id DESC LIMIT 1")
	office := p.ref("SELECT name FROM partner_offices")
	mitra := p.person(t, phone)
	mitra.worksAs("mitra", urls.Partner()).visit(urls.PartnerReferral(referral))
	if text := mitra.text("main"); !strings.Contains(text, "Paspor adik saya") {
		t.Errorf("the office reads %q", text)
	}

	enters := func(w way) *person {
		again := p.person(t, w)
		again.visit(urls.HelpEnter()).fill("ref", number).fill("pin", pin).press("main form button").at(urls.HelpAnswers())
		return again
	}
	link := "#pembaca + ul a[href^='/bantuan/jawaban/persetujuan/']"
	enters(ways[0]).picture("help-readers").press(link).sees("main form").picture("help-withdraw")
	again := enters(phone)
	if text := again.text("#pembaca + ul"); !strings.Contains(text, office) || !strings.Contains(text, "Cerita dan tempatnya") {
		t.Errorf("who may read: %q", text)
	}
	done := func(words string) {
		t.Helper()
		again.do("unfold what was done", chromedp.Click("#langkah summary"))
		if text := again.text("#langkah"); !strings.Contains(text, words) {
			t.Errorf("what was done: %q", text)
		}
	}
	done("Diteruskan ke " + office)
	again.press(link).press("main form button")
	if text := again.text("h1"); !strings.Contains(text, office+" tidak boleh membaca lagi") {
		t.Errorf("afterwards: %q", text)
	}
	mitra.visit(urls.PartnerReferral(referral))
	text := mitra.text("body")
	if !strings.Contains(text, "Akses kantor Anda ke kasus ini sudah berakhir") || strings.Contains(text, "Paspor adik") {
		t.Errorf("the office reads %q", text)
	}
	again.press("main a[href='" + urls.HelpAnswers() + "']").at(urls.HelpAnswers())
	if text := again.text("main"); strings.Contains(text, "Tarik persetujuan") {
		t.Errorf("their page reads %q", text)
	}
	done("Anda menarik persetujuan untuk " + office)
}

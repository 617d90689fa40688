package e2e

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/urls"
)

// What a neighbour reports becomes a case in one press; they read by number and PIN how far it is, and nothing of the person.
func TestNeighboursReportBecomesACase(t *testing.T) {
	t.Parallel()
	p := start(t)
	neighbour := p.person(t, ways[0])
	neighbour.visit(urls.Report()).tick("#f-jenis").fill("cerita", "Contoh: ada orang dikurung di rumah sebelah.")
	neighbour.fill("kontak", "081200004411").send()
	rina := p.person(t, ways[0])
	rina.worksAs("rina", urls.OfficerQueue())
	rina.visit(urls.OfficerReport(p.ref("SELECT ref FROM reports ORDER BY id DESC LIMIT 1"))).press("main a[href*='laporan=']")
	rina.press("main form button:not([formaction])").at(urls.CaseNew()).sees("main dl div + div dd")
	number, pin := rina.text("main dl dd"), rina.text("main dl div + div dd")
	rina.press("main a[href$='" + urls.Case(number) + "']").at(urls.Case(number))
	neighbour.visit(urls.HelpEnter()).fill("ref", number).fill("pin", pin).press("main form button").at(urls.HelpAnswers())
	if text := neighbour.text("main"); !strings.Contains(text, "ditangani") && !strings.Contains(text, "Ditangani") {
		t.Errorf("who reported reads %q", text)
	}
}

// writeNextYear types a day of next year's beginning into the three fields of a date.
func (w *person) writeNextYear(name string) *person {
	w.t.Helper()
	return w.writeDay(name, "1", "2", strconv.Itoa(time.Now().Year()+1))
}

// A case goes to the office of another province on paper, which answers by telephone; a colleague who would have had it asked.
func TestCaseGoesToAnotherProvinceOnPaper(t *testing.T) {
	t.Parallel()
	p := start(t)
	held := p.ref("SELECT ref FROM cases WHERE state = 'open' AND country_code = 'MY'")
	joko, rina := p.person(t, ways[0]), p.person(t, ways[0])
	joko.worksAs("joko", urls.OfficerQueue())
	joko.visit(urls.Case(held)).press("main a[href$='/minta']").at(urls.CaseAsk(held))
	joko.fill("why", "Contoh: saya kenal kantornya.").press("main form button:not([formaction])").at(urls.CaseAsk(held))
	joko.picture("case-ask-own")
	rina.worksAs("rina", urls.OfficerQueue())
	rina.visit(urls.Case(held)).press("main p a[href$='/minta']").at(urls.CaseAsk(held)).picture("case-ask")
	rina.pick("main form select", "still_working").press("main form button[value=tidak-setuju]").at(urls.Case(held))
	rina.press("main a[href$='/limpahkan']").at(urls.CaseTransfer(held)).tick("input[name=kind][value=transfer]").choose("office", "-")
	rina.tick("input[name=parts][value=story]").fill("ask", "Contoh: mohon menjemput di terminal.").writeNextYear("until")
	rina.tick("input[name=person]:not([value='-'])").tick("input[name=how][value=spoken]").press("main form button:not([formaction])")
	rina.sees("#f-office_name-error").picture("case-transfer-wrong")
	rina.fill("office_name", "Dinas Contoh Jawa Tengah").choose("office_kind", "province").tick("input[name=keeps][value=on]")
	rina.press("main form button:not([formaction])").at(urls.CaseRefer(held)).picture("case-transferred")
	rina.press("main a[href*='/lembar/']:not([href$='/jawaban'])").picture("case-sheet")
	rina.visit(urls.CaseRefer(held)).press("main a[href$='/jawaban']").tick("input[name=answer][value=accepted]")
	rina.fill("said_by", "Contoh Bu Dinas").fill("source", "Contoh: telepon hari ini").fill("leads", "Contoh Pak Dinas")
	rina.picture("case-sheet-answer").choose("next", "partner").sets("due", time.Now().Add(24*time.Hour))
	rina.press("main form button:not([formaction])").at(urls.CaseRefer(held))
	rina.visit(urls.Case(held)).picture("case-held")
	if text := rina.text("main"); !strings.Contains(text, "Dipegang Dinas Contoh Jawa Tengah") {
		t.Errorf("the case reads %q", text)
	}
}

// After a death a family reads what comes next, once somebody told them and two officers agreed who they are.
func TestFamilyAfterADeath(t *testing.T) {
	t.Parallel()
	p := start(t)
	family := p.person(t, ways[0])
	family.tells("keluarga")
	number, pin := family.text(".code dd"), family.text(".code dd:last-child")
	ref := p.ref("SELECT ref FROM cases ORDER BY id DESC LIMIT 1")
	rina, joko := p.person(t, ways[0]), p.person(t, ways[0])
	rina.worksAs("rina", urls.OfficerQueue())
	rina.visit(urls.Case(ref)).press("form[action$='/ambil'] button").at(urls.Case(ref))
	rina.visit(urls.CaseHomeStep(ref, "rencana")).tick("input[name=kind][value=death]").leavesIt(urls.CaseHome(ref))
	rina.press("main a[href$='/pulang/pembaca']").tick("input[name=person]").tick("input[name=how][value=kin]").writeNextYear("until")
	rina.fill("why", "Contoh: kartu keluarga dilihat, sudah ditelepon.").press("main form button:not([formaction])").at(urls.CaseHome(ref))
	rina.picture("home-kin").visit(urls.CaseMinutes(ref)).picture("home-minutes-death")
	joko.worksAs("joko", urls.OfficerQueue())
	joko.visit(urls.CaseHome(ref)).press("main form button[value=setuju]").at(urls.CaseHome(ref))
	family.visit(urls.HelpEnter()).fill("ref", number).fill("pin", pin).press("main form button").at(urls.HelpAnswers())
	family.press("#pulang ~ p a").at(urls.HelpHome()).picture("home-family")
	english := p.person(t, way{name: "English", scripts: true, english: true, width: 360})
	english.visit(urls.HelpEnter()).fill("ref", number).fill("pin", pin).press("main form button").at(urls.HelpAnswers())
	english.visit(urls.HelpHome())
	if text := english.text("main"); !strings.Contains(text, "We are sorry for your loss") {
		t.Errorf("the family reads %q", text)
	}
}

package e2e

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
)

// sets writes an hour into a field of the browser for day and hour, by the clock of Jakarta.
func (w *person) sets(name string, at time.Time) *person {
	w.t.Helper()
	w.sees("#f-" + name)
	eval[string](w, fmt.Sprintf(`document.querySelector("#f-%s").value = %q`, name, at.In(i18n.WIB).Format("2006-01-02T15:04")))
	return w
}

// writeToday types today into the three fields of a date.
func (w *person) writeToday(name string) *person {
	w.t.Helper()
	today := time.Now().In(i18n.WIB)
	return w.writeDay(name, strconv.Itoa(today.Day()), strconv.Itoa(int(today.Month())), strconv.Itoa(today.Year()))
}

// leavesIt says that whoever holds the case acts next, by tomorrow, and saves.
func (w *person) leavesIt(to string) *person {
	w.t.Helper()
	w.choose("next", "lead").sets("due", time.Now().Add(24*time.Hour))
	return w.press("main form:has(#f-due) button:not([formaction])").at(to)
}

// helpedBy takes somebody's case to first contact, and to an office that accepts it.
func (w *person) helpedBy(mitra *person, ref string) {
	w.t.Helper()
	w.visit(urls.Case(ref)).press("form[action$='/ambil'] button").at(urls.Case(ref))
	w.choose("channel", "phone").tick("input[name=reached][value=ya]").fill("text", "Contoh: ia aman, ingin pulang.").leavesIt(urls.Case(ref))
	w.visit(urls.CaseStep(ref, "nilai")).tick("input[name=urgency][value=life]").tick("input[name=trafficking][value=indicated]")
	w.fill("why", "Contoh: dikurung.").press("main form button:not([formaction])").at(urls.Case(ref))
	w.visit(urls.CaseRefer(ref)).choose("office", w.ref("SELECT ref FROM partner_offices"))
	w.tick("input[name=parts][value=story]").tick("input[name=parts][value=plan]").fill("ask", "Contoh: mohon tiket.")
	w.writeDay("until", "30", "6", strconv.Itoa(time.Now().Year()+1))
	w.tick("input[name=person]:not([value='-'])").tick("input[name=how][value=spoken]")
	w.press("main form button:not([name])").at(urls.CaseRefer(ref))
	mitra.visit(urls.PartnerReferral(w.ref("SELECT ref FROM case_referrals ORDER BY id DESC LIMIT 1")))
	tomorrow := time.Now().Add(48 * time.Hour).In(i18n.WIB)
	mitra.writeDay("due", strconv.Itoa(tomorrow.Day()), strconv.Itoa(int(tomorrow.Month())), strconv.Itoa(tomorrow.Year()))
	mitra.press("main form[action$='/terima'] button").sees("main form[action$='/selesai']")
}

// bringsHome plans how somebody comes home, and writes down flight, arrival and hand-over.
func (w *person) bringsHome(ref string) {
	w.t.Helper()
	w.visit(urls.CaseHome(ref)).press("main a[href$='/pulang/rencana']").at(urls.CaseHomeStep(ref, "rencana"))
	w.tick("input[name=kind][value=problem]").leavesIt(urls.CaseHome(ref)).picture("home-plan")
	w.visit(urls.CaseHomeStep(ref, "penerbangan")).tick("input[name=state][value=booked]").tick("input[name=whose][value=external]")
	w.fill("who", "Contoh KJRI").leavesIt(urls.CaseHomeStep(ref, "penerbangan")).sees("[data-error-summary]").picture("home-step-wrong")
	w.fill("number", "GA 857").sets("at", time.Now().Add(time.Hour)).fill("place", "Hong Kong ke Jakarta").fill("source", "Contoh: surat KJRI")
	w.writeToday("said_on").leavesIt(urls.CaseHome(ref))
	w.visit(urls.CaseHomeStep(ref, "tiba")).tick("input[name=state][value=done]").tick("input[name=whose][value=ours]")
	w.fill("who", "Contoh Rina").sets("at", time.Now().Add(-time.Hour)).writeToday("said_on").leavesIt(urls.CaseHome(ref))
	w.press("main a[href$='/pulang/serah-terima']").tick("input[name=to][value=family]").fill("receiver", "Contoh Ibu Sari")
	w.sets("at", time.Now().Add(-time.Minute)).fill("witness", "Contoh Pak Lurah").picture("home-hand").leavesIt(urls.CaseHome(ref))
	w.picture("home-handed").visit(urls.Case(ref)).picture("home-case")
	w.visit(urls.CaseMinutes(ref)).picture("home-minutes")
	if text := w.text("main"); !strings.Contains(text, "Contoh Pak Lurah") || !strings.Contains(text, "Saksi dari kelurahan") {
		w.t.Errorf("the minutes read %q", text)
	}
}

// From a cry to safe at home, on a phone: the person writes, an officer on duty gets in touch, an office helps, the person comes
// home and is handed over, and two officers close the case. Then the person reads what comes next.
func TestFromACryToSafeAtHome(t *testing.T) {
	t.Parallel()
	p := start(t)
	who := p.person(t, ways[0])
	who.tells("luar-negeri")
	number, pin := who.text(".code dd"), who.text(".code dd:last-child")
	ref := p.ref("SELECT ref FROM cases ORDER BY id DESC LIMIT 1")
	rina, joko, mitra := p.person(t, ways[0]), p.person(t, ways[0]), p.person(t, ways[0])
	rina.worksAs("rina", urls.OfficerQueue())
	mitra.worksAs("mitra", urls.Partner())
	rina.helpedBy(mitra, ref)
	rina.bringsHome(ref)
	rina.visit(urls.CaseStep(ref, "tutup")).tick("input[name=outcome][value=returned]").fill("why", "Contoh: sudah di rumah.")
	rina.press("main form button:not([formaction])").at(urls.Case(ref))
	if state := p.ref("SELECT state FROM cases WHERE ref = '" + ref + "'"); state != "open" {
		t.Errorf("one officer alone made it %s", state)
	}
	joko.worksAs("joko", urls.OfficerQueue())
	joko.visit(urls.CaseStep(ref, "setuju")).tick("input[name=agree][value=ya]").press("main form button:not([formaction])").at(urls.Case(ref))
	if state := p.ref("SELECT state FROM cases WHERE ref = '" + ref + "'"); state != "closed" {
		t.Errorf("two officers made it %s", state)
	}
	who.visit(urls.HelpEnter()).fill("ref", number).fill("pin", pin).press("main form button").at(urls.HelpAnswers()).picture("home-answers")
	who.press("#pulang + p + p a, #pulang ~ p a").at(urls.HelpHome()).picture("home-own")
	if text := who.text("main"); !strings.Contains(text, "Kembali di rumah") || !strings.Contains(text, "GA 857") {
		t.Errorf("the person reads %q", text)
	}
}

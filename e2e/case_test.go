package e2e

import (
	"testing"

	"naikkelas/internal/urls"
)

// An officer on duty takes a case from the list to its end; the head keeps the roster. Every page on the way is without
// fault, narrow and wide.
func TestOfficerTakesACaseFromTheListToItsEnd(t *testing.T) {
	t.Parallel()
	p := start(t)
	rina := p.person(t, ways[0])
	rina.worksAs("rina", urls.OfficerQueue())
	rina.visit(urls.Cases()).picture("case-desk")
	ref := p.ref("SELECT ref FROM cases WHERE state = 'new'")
	rina.visit(urls.Case(ref)).press("form[action$='/ambil'] button").at(urls.Case(ref)).picture("case-taken")
	rina.press("form[action$='/alamat'] button").sees("main").picture("case-number")
	rina.visit(urls.Case(ref)).fill("text", "Kakaknya aman, kota sudah jelas.").press("#catat ~ form button:not([formaction])").
		sees(".error-summary, [aria-invalid=true]").picture("case-log-wrong")
	for _, step := range []string{"catatan", "tulis", "nilai", "tugaskan", "tutup"} {
		rina.visit(urls.CaseStep(ref, step)).picture("case-" + step)
	}
	rina.visit(urls.CasePeople(ref)).picture("case-people")
	rina.visit(urls.CaseNew()).picture("case-new")

	joko := p.person(t, ways[0])
	joko.worksAs("joko", urls.OfficerQueue())
	joko.visit(urls.Roster()).picture("roster")
	shift := p.ref("SELECT ref FROM duty_shifts")
	joko.visit(urls.Shift(shift)).picture("roster-end")
	joko.visit(urls.CaseStep(ref, "ambil-alih")).fill("why", "Rina sedang sakit.").press("main form button:not([formaction])").
		at(urls.Case(ref)).sees("main ol")
	closed := p.ref("SELECT ref FROM cases WHERE state = 'closed'")
	joko.visit(urls.Case(closed)).picture("case-closed")
	joko.visit(urls.CaseStep(closed, "buka")).picture("case-reopen")
	for _, table := range []string{"jenis-kasus", "batas-waktu-kasus", "halaman-keluar", "jam-layanan"} {
		joko.visit(urls.DatedList(table)).picture("dated-" + table)
	}
	joko.visit(urls.DatedEdit("jenis-kasus", "TPPO")).picture("dated-case-type")
}

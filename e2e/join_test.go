package e2e

import (
	"testing"

	"naikkelas/internal/urls"
)

// A person without papers is known by what they say, joined with an account by two officers, and separated again; a shift is
// handed over. Every page on the way is without fault, narrow and wide.
func TestPersonWithoutPapersIsJoinedAndSeparated(t *testing.T) {
	t.Parallel()
	p := start(t)
	rina := p.person(t, ways[0])
	rina.worksAs("rina", urls.OfficerQueue())
	ref := p.ref("SELECT ref FROM cases WHERE state = 'new'")
	rina.visit(urls.Case(ref)).press("form[action$='/ambil'] button").at(urls.Case(ref))
	who := p.ref("SELECT p.ref FROM case_people p JOIN cases c ON c.id = p.case_id WHERE c.ref = '" + ref + "' ORDER BY p.id LIMIT 1")
	page := urls.CasePerson(ref, who)
	rina.press("main a[href$='" + page + "']").at(page).picture("person-unknown")
	account := " FROM users u JOIN profiles f ON f.user_id = u.id WHERE u.email = 'suparmi@contoh.example'"
	rina.fill("name", p.ref("SELECT u.name"+account)).fill("birth_year", p.ref("SELECT extract(year FROM f.birth_date)::text"+account)).
		fill("mother", "Contoh Tarni").fill("passport", "C7654321").press("#diri ~ form button:not([formaction])").at(page)
	rina.press("#mirip ~ article a[href*='dengan=akun']").picture("person-alike").fill("why", "Contoh: cerita dan tahun lahir cocok.").
		press("#mirip ~ article form button:not([formaction])").at(page).picture("person-waits")

	joko := p.person(t, ways[0])
	joko.worksAs("joko", urls.OfficerQueue())
	joko.visit(page).picture("person-second").press("form button[value=setuju]").at(page)
	rina.visit(urls.Case(ref)).picture("case-joined")
	rina.visit(page).press("a[href*='tindakan=pisah']").fill("why", "Contoh: ternyata kakaknya.").
		press("#tautan ~ div form button:not([formaction])").at(page).sees("#mirip")

	rina.visit(urls.ShiftNotes()).picture("shift-note").fill("word", "Contoh: tenang hari ini.").
		press("#serahkan ~ form button:not([formaction])").at(urls.ShiftNotes())
	joko.visit(urls.Cases()).picture("case-desk-notes")
	joko.visit(urls.ShiftNotes()).picture("shift-notes").press("article form button").at(urls.Cases())
	joko.visit(urls.Cases()).tick("tbody input[name=picked]").fill("why", "Contoh: libur.").press("#tugaskan button").
		sees(".error-summary, [aria-invalid=true]").picture("case-many-wrong")
}

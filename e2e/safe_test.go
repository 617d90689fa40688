package e2e

import (
	"testing"

	"naikkelas/internal/urls"
)

// Who lost their PIN gets another one after a check, reads with it, and says a month after the end whether it helped; the
// officer sees how they were told, and the figures of a month. Every page on the way is without fault, narrow and wide.
func TestPersonIsReachedSafelyToTheEnd(t *testing.T) {
	t.Parallel()
	p := start(t)
	rina := p.person(t, ways[0])
	rina.worksAs("rina", urls.OfficerQueue())
	ref := p.ref("SELECT ref FROM cases WHERE state = 'new'")
	rina.visit(urls.Case(ref)).press("form[action$='/ambil'] button").at(urls.Case(ref))
	rina.visit(urls.CaseStep(ref, "tulis")).tick("[name=person]").fill("text", "Kami menelepon besok.").choose("next", "person").
		fill("due", "").press("main form button:not([formaction])").sees(".error-summary, [aria-invalid=true]").picture("safe-write-wrong")
	rina.visit(urls.CaseStep(ref, "pin")).picture("safe-pin").tick("[name=person]").tick("[value=called_back]").
		fill("why", "Menyebut nama majikannya.").press("main form button:not([formaction])").sees("main dd").picture("safe-pin-shown")
	pin := rina.text("main dl dd:last-of-type")

	ani := p.person(t, ways[0])
	ani.visit(urls.HelpEnter()).fill("ref", ref).fill("pin", pin).press("main form button[type=submit]").at(urls.HelpAnswers())
	p.exec(`UPDATE cases
		SET state = 'closed', closed_at = now() - interval '31 days', created_at = now() - interval '60 days', outcome = 'helped',
			next_actor = '', waiting_since = NULL, due_at = NULL
		WHERE ref = $1`, ref)
	p.exec(`INSERT INTO case_followups (case_id, person_id, asked_at)
		SELECT case_id, id, now()
		FROM case_people
		WHERE pin_index IS NOT NULL
			AND case_id = (SELECT id FROM cases WHERE ref = $1)`, ref)
	p.exec(`INSERT INTO case_notices (key, case_id, person_id, kind, channel, state, why, created_at, due_at)
		SELECT 'x' || id, case_id, id, 'asked', 'sms', 'by_hand', 'no_sender', now(), now()
		FROM case_people
		WHERE pin_index IS NOT NULL
			AND case_id = (SELECT id FROM cases WHERE ref = $1)`, ref)
	ani.visit(urls.HelpAnswers()).picture("safe-asked").press("section[aria-labelledby=sesudah] button[type=submit]").sees(".err").
		picture("safe-asked-wrong")

	rina.visit(urls.Case(ref)).picture("safe-case")
	rina.visit(urls.CaseStep(ref, "kabar")).picture("safe-after")
	ani.visit(urls.HelpAnswers()).tick("[name=after][value=partly]").press("section[aria-labelledby=sesudah] button[type=submit]").
		at(urls.HelpAnswers()).sees("section[aria-labelledby=sesudah] p")
	rina.visit(urls.CaseFigures()).picture("safe-figures")

	suparmi := p.person(t, ways[0])
	suparmi.signIn("suparmi@contoh.example", demoPassword)
	suparmi.visit(urls.HelpEnter()).fill("ref", ref).fill("pin", pin).press("main form button[type=submit]").at(urls.HelpAnswers())
	suparmi.visit(urls.HelpTie()).picture("safe-tie").tick("[name=tie]").press("main form button[type=submit]").at(urls.HelpTie())
}

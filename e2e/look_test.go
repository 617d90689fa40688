package e2e

import (
	"testing"

	"naikkelas/internal/urls"
)

// Whatever folds has one look, on the pages of seekers and at the desks; every sign is drawn; the second action beside
// a button is seen to be one.
func TestF202OneLookForFoldingSignsAndSecondActions(t *testing.T) {
	t.Parallel()
	p := start(t)
	application := p.applicationOf("suparmi@contoh.example")
	intake, _ := p.openIntake()
	for _, desk := range []struct {
		name  string
		enter func(*person)
		paths []string
	}{
		{"seeker", func(w *person) { w.signIn("suparmi@contoh.example", demoPassword) }, []string{
			urls.Help(), urls.Occupations(), urls.NewCertificate(), urls.ProfileSection("foto-ktp"), urls.ProfileSection("identitas"),
			urls.Application(application), urls.ApplicationWithdraw(application), urls.Account(), urls.Me(),
		}},
		{"officer", func(w *person) { w.asOfficer(t) }, []string{urls.OfficerApplication(application), urls.OfficerQueue(), urls.Account()}},
		{"staff", func(w *person) { w.asStaff() }, []string{urls.Manage(), urls.ManageApplicants(intake), urls.Account()}},
	} {
		w := p.person(t, way{name: desk.name, scripts: true, width: 360})
		desk.enter(w)
		for _, path := range desk.paths {
			w.visit(path)
			for what, fault := range map[string]string{
				"fold with another sign": `[...document.querySelectorAll("main summary:not(.btn)")].filter((line) =>
					getComputedStyle(line).display === "list-item" || getComputedStyle(line, "::after").content !== '""' || line.querySelector(".icon"))`,
				"sign without a drawing": `[...document.querySelectorAll("svg.icon")].filter((sign) => !sign.firstElementChild)`,
				"second action as plain words": `[...document.querySelectorAll("main .btn-quiet")].filter((link) =>
					!getComputedStyle(link).textDecorationLine.includes("underline"))`,
				"notice that touches what follows": `[...document.querySelectorAll("main .notice + *")].filter((next) => next.checkVisibility() &&
					next.getBoundingClientRect().top - next.previousElementSibling.getBoundingClientRect().bottom < 12)`,
			} {
				if n := eval[int](w, fault+`.length`); n > 0 {
					t.Errorf("%s: %s: %d", path, what, n)
				}
			}
		}
	}
}

// The notice above the form that asks to sign in again keeps away from the first label.
func TestF202NoticeKeepsAwayFromTheForm(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, way{name: "phone", scripts: true, width: 360})
	w.signIn("maria@contoh.example", demoPassword).at(urls.Me())
	w.visit(urls.ChangeAddress()).fill("address", "baru@contoh.example")
	p.rows(`UPDATE sessions SET expires_at = now() - interval '1 minute', last_seen_at = now() - interval '1 hour' RETURNING id::text`)
	w.send().at(urls.SignIn()).sees("main .notice")
	gap := eval[float64](w, `document.querySelector("label[for=f-login]").getBoundingClientRect().top -
		document.querySelector("main .notice").getBoundingClientRect().bottom`)
	if gap < 16 {
		t.Errorf("%v pixels between the notice and the label", gap)
	}
}

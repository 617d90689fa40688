package e2e

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/totp"
	"naikkelas/internal/urls"
)

const (
	adminSecret = "NAIKKELASCONTOHADMINAAAA"
	staffSecret = "NAIKKELASCONTOHSTAFAAAAA"
)

// asStaff signs the demo staff of an institution in with the code of the app.
func (w *person) asStaff() *person {
	w.t.Helper()
	w.signIn("staf@contoh.example", demoPassword).at(urls.SecondFactor())
	return w.withCode(staffSecret).at(urls.Manage())
}

var invitationLink = regexp.MustCompile(`/undangan/[0-9A-Z]+`)

// withCode types the code that an app shows now.
func (w *person) withCode(secret string) *person {
	w.t.Helper()
	code, err := totp.Code(secret, time.Now())
	if err != nil {
		w.t.Fatal(err)
	}
	return w.fill("code", code).send()
}

// tellsOfDanger reports somebody who is held, first with a contact that nobody can call.
func tellsOfDanger(w *person) {
	w.visit(urls.Report()).tick("#f-jenis").fill("cerita", "Adik saya disekap.").fill("kontak", "kakak").send().
		sees("[data-error-summary]").fill("kontak", "+855 12 345 678").send().sees(`main a[href^="tel:+"]`)
}

// suspendsAndVerifies takes an institution out and lets it in again.
func (w *person) suspendsAndVerifies() {
	w.press(`main a[href$="ke=suspended"]`).fill("note", "Izin diperiksa ulang.").picture("officer-institution-step").send().
		press(`form button[value="verified"]`)
}

// desk is how somebody comes to work here and what they do for people who stand at the counter or
// report something; it gives the rows it ends in.
func desk(t *testing.T, w way) []string {
	p := start(t)
	admin, officer, seeker := p.person(t, w), p.person(t, w), p.person(t, w)
	const mail = "dewi@contoh.example"

	tellsOfDanger(seeker)

	admin.signIn("admin@contoh.example", demoPassword).at(urls.SecondFactor())
	admin.withCode(adminSecret).at(urls.Admin()).picture("admin").visit(urls.AdminNotices())
	admin.visit(urls.AdminInvite()).send().sees("[data-error-summary]")
	admin.tick("#f-role").fill("name", "Dewi Contoh").fill("email", mail).picture("admin-invite").send().at(urls.Admin())
	officer.visit(invitationLink.FindString(officer.mails.next(mail))).
		picture("invitation").fill("password", goodPassword).send().at(urls.SecondFactorSetup())
	secret := strings.ReplaceAll(officer.text("main .grid p.font-semibold"), " ", "")
	officer.withCode(secret).at(urls.RecoveryCodes()).press("main form button").at(urls.OfficerQueue())

	officer.visit(urls.Counter()).fill("q", "tidak@ada.example").send().sees("[data-error-summary]")
	officer.visit(urls.CounterRegister()).fill("name", "Mbah Sarinem").tick("#f-privacy").send().at(urls.CounterSlip()).picture("counter-slip")
	name, password := officer.text("main dl > div:nth-child(2) dd"), officer.text("main .font-mono")
	officer.press("main form button[type=submit]").at(urls.Counter())
	seeker.signIn(name, password).at(urls.ChangePassword())
	seeker.fill("old", password).fill("password", goodPassword).send().at(urls.Account())

	officer.visit(urls.Counter()).fill("q", name).send()
	officer.tick("#f-ktp").tick("#f-asked").fill("login", "sarinem@contoh.example").picture("counter-person").send().at(urls.CounterSlip())
	password = officer.text("main .font-mono")
	seeker.visit(urls.Me()).at(urls.SignIn())
	seeker.signIn("sarinem@contoh.example", password).at(urls.ChangePassword())

	officer.visit(urls.OfficerCertificates()).picture("officer-certificates").press(`main form button`).picture("officer-certificate").
		pick("select[name=method]", "qr").press(`form:has(input[value="verified"]) button`).at(urls.OfficerCertificates())
	officer.visit(urls.OfficerReports()).press("tbody th a").
		fill("note", "Lembaga ditelepon.").picture("officer-report").send().at(urls.OfficerReports())
	officer.visit(urls.Holidays()).date("day", time.Now().AddDate(0, 0, 30)).fill("name", "Libur Contoh").send().at(urls.Holidays())
	officer.visit(urls.WithQuery(urls.OfficerInstitutions(), "keadaan", "verified")).
		picture("officer-institutions").press("tbody th a").picture("officer-institution")
	officer.suspendsAndVerifies()

	admin.visit(urls.Admin()).press("tbody th a").press(`main form button`).at(urls.Admin())
	officer.visit(urls.OfficerQueue()).at(urls.SignIn())
	return p.rows(`SELECT concat_ws(' ', role, name, email, phone, must_set_password, registered_by IS NOT NULL,
			totp_confirmed_at IS NOT NULL, closed_at IS NOT NULL)
		FROM users
		WHERE name IN ('Dewi Contoh', 'Mbah Sarinem')
		UNION ALL
		SELECT concat_ws(' ', kind, state, handled_note)
		FROM reports
		UNION ALL
		SELECT string_agg(from_state || '>' || to_state || coalesce(nullif(note, ''), '-'), ',' ORDER BY id)
		FROM institution_events
		UNION ALL
		SELECT concat_ws(' ', c.state, c.method, string_agg(e.from_state || '>' || e.to_state, ',' ORDER BY e.id))
		FROM certificates c
		JOIN certificate_events e ON e.certificate_id = c.id
		GROUP BY c.id
		UNION ALL
		SELECT name_id
		FROM holidays
		ORDER BY 1`)
}

// Working at the desk ends in the same rows with scripts and without, in Indonesian and in English.
func TestDeskInEachWay(t *testing.T) {
	t.Parallel()
	var outcomes []string
	for _, w := range ways {
		t.Run(w.name, func(t *testing.T) {
			outcomes = append(outcomes, strings.Join(desk(t, w), "\n"))
		})
	}
	for i, outcome := range outcomes {
		if outcome != outcomes[0] || !strings.Contains(outcome, "Dewi Contoh") || !strings.Contains(outcome, "verified>suspended") {
			t.Errorf("%s ends in\n%s\nwant\n%s", ways[i].name, outcome, outcomes[0])
		}
	}
}

// At a desk's screen the bar is one row, with every entry in sight and none to be rolled to, in both languages.
func TestBarOfADeskIsOneRow(t *testing.T) {
	t.Parallel()
	p := start(t)
	for name, enter := range map[string]func(*person){
		"officer": func(w *person) { w.asOfficer(t) },
		"staff":   func(w *person) { w.asStaff() },
	} {
		w := p.person(t, way{name: name, width: wide})
		enter(w)
		here := w.path()
		for _, w.english = range []bool{false, true} {
			w.visit(here)
			for _, fault := range eval[[]string](w, `(() => {
				const row = document.querySelector("header .head-row").getBoundingClientRect();
				const nav = document.querySelector("header nav");
				const faults = [...nav.children].filter((a) => {
					const b = a.getBoundingClientRect();
					return b.top > row.top + row.height / 2 || b.right > nav.getBoundingClientRect().right + 1;
				}).map((a) => a.textContent.trim());
				if (row.height > 64) faults.push("the bar is " + row.height + " high");
				if (nav.scrollWidth > nav.clientWidth) faults.push("the entries roll to " + nav.scrollWidth + " in " + nav.clientWidth);
				return faults;
			})()`) {
				t.Errorf("%s, english %v: %s", name, w.english, fault)
			}
			w.keep("bar-"+name, wide)
		}
	}
}

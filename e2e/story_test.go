package e2e

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"naikkelas/internal/i18n"
	"naikkelas/internal/totp"
	"naikkelas/internal/urls"
)

// The demo accounts, as `portal seed demo` makes them.
const (
	demoPassword  = "contoh-naik-kelas"
	officerSecret = "NAIKKELASCONTOHRINAAAAAA"
)

// photo writes a JPEG that nobody has sent before.
func photo(t *testing.T, name string) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 800, 500))
	for y := range 500 {
		for x := range 800 {
			img.Set(x, y, color.RGBA{uint8(x / 4), uint8(y / 2), uint8(len(name) * 9), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// until waits until a query gives one row that says true.
func (p *portal) until(t *testing.T, what, query string, args ...any) {
	t.Helper()
	p.untilLater(t, patience, what, query, args...)
}

// untilLater waits as until does, for as long as is given.
func (p *portal) untilLater(t *testing.T, patience time.Duration, what, query string, args ...any) {
	t.Helper()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(patience); ; {
		if rows := p.rows(query, args...); len(rows) == 1 && rows[0] == "true" {
			return
		}
		select {
		case <-deadline:
			t.Fatalf("%s: never", what)
		case <-tick.C:
		}
	}
}

// date fills a day's three fields.
func (w *person) date(name string, day time.Time) *person {
	w.t.Helper()
	for part, value := range map[string]int{"": day.Day(), "-month": int(day.Month()), "-year": day.Year()} {
		w.sees("#" + cssID("f-"+name+part))
		eval[string](w, fmt.Sprintf(`document.getElementById(%q).value = %q`, "f-"+name+part, strconv.Itoa(value)))
	}
	return w
}

// set writes into a field whose name has dots or brackets.
func (w *person) set(name, value string) *person {
	w.t.Helper()
	eval[string](w, fmt.Sprintf(`{
		const f = document.getElementById(%q);
		f.value = %q;
		f.dispatchEvent(new Event("change", {bubbles: true}));
		f.value
	}`, "f-"+name, value))
	return w
}

// cssID escapes an id for a selector.
func cssID(id string) string {
	return strings.NewReplacer(".", `\\.`, "[", `\\[`, "]", `\\]`).Replace(id)
}

// fillProfile goes through every section of the profile.
func (w *person) fillProfile() *person {
	w.t.Helper()
	born := time.Date(1989, 3, 2, 0, 0, 0, 0, time.UTC)
	w.visit(urls.Me()).picture("me-new")
	w.visit(urls.ProfileSection("identitas")).fill("nik", "3175014203890001").
		fill("birth_place", "Jakarta").date("birth", born).tick("#f-sex-2").send().at(urls.ProfileSection("foto-ktp"))
	w.attach("ktp", photo(w.t, "ktp.jpg")).send().at(urls.ProfileSection("foto-ktp")).
		picture("profile-photo").press(fmt.Sprintf(`#periksa a[href$="%s"]`, urls.Profile())).at(urls.Profile())
	w.visit(urls.ProfileSection("alamat")).set("ktp.street", "Jl. Melati 1").
		set("ktp.rt", "1").set("ktp.rw", "12").set("ktp.village", "Duren Sawit").set("ktp.district", "Duren Sawit").
		set("ktp.regency", "31.75").tick("#f-same").picture("profile-address").send().at(urls.Profile())
	w.visit(urls.ProfileSection("pendidikan")).choose("code", "SMA").send().at(urls.Profile())
	w.visit(urls.ProfileSection("bahasa")).tick("#f-none").send().at(urls.Profile())
	w.visit(urls.ProfileSection("pengalaman")).tick("#f-none").send().at(urls.Profile())
	w.visit(urls.ProfileSection("kontak-darurat"))
	for i, name := range []string{"Ibu Contoh", "Kakak Contoh"} {
		row := "rows[" + strconv.Itoa(i) + "]"
		w.set(row+".name", name).set(row+".relation", "parent").set(row+".phone", "0857 1234 567"+strconv.Itoa(i))
	}
	return w.send().at(urls.Profile()).picture("profile")
}

// addCertificate uploads a certificate, looks at what arrived, and sends it.
func (w *person) addCertificate(account string) *person {
	w.t.Helper()
	issued := time.Now().AddDate(-1, 0, 0)
	w.visit(urls.Certificates()).visit(urls.NewCertificate()).picture("certificate-types").
		visit(urls.NewCertificateOf("BNSP_LSP")).send().at(urls.NewCertificate()).sees("[data-error-summary]")
	w.attach("files", photo(w.t, "sertifikat.jpg")).choose("level", "BNSP_LSP-OKUPASI").
		fill("issuer", "LSP Contoh").fill("number", "12/2025").date("issued", issued).picture("certificate-new").send()
	w.until(w.t, "images are made", `SELECT bool_and(state = 'ready')::text
		FROM uploads u
		JOIN users p ON p.id = u.owner_id
		WHERE p.name = $1`, account)
	w.visit(w.path()).sees("main img").picture("certificate-review")
	w.press(`form[action$="/kirim"] button`).at(urls.Certificates())
	return w.visit(urls.Uploads()).picture("files")
}

// asOfficer signs a demo officer in with the code of the app.
func (w *person) asOfficer(t *testing.T) *person {
	t.Helper()
	w.signIn("rina@contoh.example", demoPassword).at(urls.SecondFactor())
	code, err := totp.Code(officerSecret, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return w.fill("code", code).send().at(urls.OfficerQueue())
}

// openIntake is an intake of the city's own centre that nobody has applied for, and its programme.
func (p *portal) openIntake() (intake, programme string) {
	p.t.Helper()
	row := p.ref(`SELECT n.ref || ' ' || p.ref
		FROM intakes n
		JOIN programmes p ON p.id = n.programme_id
		JOIN institutions i ON i.id = p.institution_id
		WHERE i.external_key = 'PPKPI'
			AND n.selection = 'test'
			AND now() BETWEEN n.opens_at AND n.closes_at
			AND p.state = 'published'
			AND p.required_certificates = '{}'
			AND coalesce(p.age_max, 99) >= 40
			AND NOT EXISTS (SELECT 1 FROM applications a WHERE a.intake_id = n.id)
		ORDER BY n.id
		LIMIT 1`)
	intake, programme, _ = strings.Cut(row, " ")
	return intake, programme
}

// declares ticks every statement under an application.
func (w *person) declares() *person {
	w.t.Helper()
	w.tick("#f-statements")
	for i := 2; i <= 4; i++ {
		w.tick("#f-statements-" + strconv.Itoa(i))
	}
	return w
}

// applies sends an application to an intake and gives its reference.
func (w *person) applies(intake, programme string) (ref string) {
	w.t.Helper()
	w.visit(urls.WithQuery(urls.Programmes(), "q", "las")).visit(urls.Programme(programme)).
		press(fmt.Sprintf(`a[href$="%s"]`, urls.Apply(intake))).picture("apply-start")
	w.send().tick("#f-certificates").send()
	w.fill("motivation", "Saya ingin bekerja sebagai juru las.").send()
	ref = strings.Split(w.path(), "/")[3]
	w.send().sees("[data-error-summary]")
	w.declares().picture("apply-check").send().at(urls.ApplicationReceipt(ref)).picture("receipt")
	return ref
}

// compares finds each field of a file as it is on the card.
func (w *person) compares() *person {
	w.t.Helper()
	for _, field := range []string{"nik", "name", "birth_date", "ktp_address"} {
		w.press(fmt.Sprintf(`#cek form:has(input[value=%q]):not(:has([name=differs])) button`, field))
	}
	return w
}

// A cast are the people of the story.
type cast struct{ seeker, officer, staff *person }

// review is what officers do with an application: they ask for something to be mended, answer, and let it pass.
func (c cast) review(t *testing.T, ref string) {
	t.Helper()
	seeker, officer := c.seeker, c.officer
	officer.asOfficer(t).picture("officer-queue").visit(urls.OfficerApplication(ref)).
		press(`form[action$="/ambil"] button`).at(urls.OfficerApplication(ref)).picture("officer-file")
	officer.compares().at(urls.OfficerApplication(ref))
	officer.pick("#sertifikat select[name=method]", "qr").press(`#sertifikat form button`).at(urls.OfficerApplication(ref))
	eval[bool](officer, `document.querySelectorAll("#keputusan details").forEach((d) => (d.open = true)) ?? true`)
	officer.set("fixes[0].target", "address").set("fixes[0].reason", "answer_incomplete").press(`#f-fixes button`).picture("officer-decide").
		press(`form[action$="/putuskan"] button`).at(urls.OfficerQueue())
	seeker.visit(urls.Application(ref)).picture("status-fix")
	seeker.visit(urls.ProfileSection("alamat")).set("ktp.postal", "13440").send().at(urls.Profile())
	seeker.visit(urls.ApplicationCheck(ref)).declares().send().at(urls.ApplicationReceipt(ref))
	seeker.visit(urls.Application(ref)).do("unfold the question", chromedp.Click("#tanya details > summary"))
	seeker.fill("text", "Kapan tesnya?").press("#tanya form button").at(urls.Application(ref))

	// Another look: an answer, and everything is right.
	officer.visit(urls.OfficerApplication(ref)).press(`form[action$="/ambil"] button`)
	officer.fill("message", "Lembaga akan mengundang Anda.").press("#pesan form button")
	officer.compares().press("#f-outcome button").
		press(`form[action$="/putuskan"] button`).at(urls.OfficerQueue())
	officer.press(`form[action$="` + urls.OfficerNext() + `"] button`).press(`form[action$="/lepas"] button`) // the oldest of the demo's
}

// selection is what the institution does with an application: it invites, tests, accepts and enrols.
func (c cast) selection(p *portal, ref, intake string) {
	seeker, staff := c.seeker, c.staff
	staff.asStaff().picture("manage")
	test := time.Now().In(i18n.WIB).AddDate(0, 0, 5)
	staff.visit(urls.ManageApplicants(intake)).tick("input[name=orang]").picture("manage-applicants").
		press("button[value=invited]").at(urls.ManageChoose(intake))
	staff.date("at", test).fill("hour", "09.00").fill("place", "Bengkel Las").picture("manage-choose").send().at(urls.ManageApplicants(intake))
	seeker.visit(urls.Application(ref)).picture("status-invited")
	// The day of the test has come, and so has that of the announcement.
	p.rows("UPDATE applications SET test_at = now() WHERE ref = $1 RETURNING ref", ref)
	p.rows("UPDATE intakes SET announce_on = NULL WHERE ref = $1 RETURNING ref", intake)
	staff.visit(urls.ManageApplicant(ref)).press(`#f-outcome form button`).at(urls.ManageApplicant(ref))
	staff.press("#f-outcome a").picture("manage-record").press("main form button").at(urls.ManageApplicant(ref))
	staff.visit(urls.ManageAnnounce(intake)).picture("manage-announce").send().at(urls.ManageAnnounce(intake))
	p.until(p.t, "the outcome is known", "SELECT (state = 'accepted')::text FROM applications WHERE ref = $1", ref)
	seeker.visit(urls.Application(ref)).picture("status-accepted").press(`form[action$="/ambil-kursi"] button`).at(urls.Application(ref))
	staff.visit(urls.ManageRecordOf(ref, "enrolled")).press("main form button").at(urls.ManageApplicant(ref)).picture("manage-applicant")
	seeker.visit(urls.Application(ref)).visit(urls.ApplicationPrint(ref)).picture("application-print")
	seeker.visit(urls.Me()).picture("me")
}

// addition is how a programme comes into the catalogue: the institution adds it, an officer lets it out.
func (c cast) addition() {
	staff := c.staff
	staff.visit(urls.ManageProgrammes()).fill("title", "Las Pipa Contoh").send()
	added := strings.Split(staff.path(), "/")[3]
	staff.visit(urls.ManageEditProgramme(added)).fill("description", "Belajar mengelas pipa.").choose("sector", "teknik").
		fill("hours", "240").fill("days", "30").
		fill("age_min", "18").choose("education", "SMP").choose("funding", "apbd").
		choose("method", "onsite").choose("regency", "31.75").picture("manage-edit").send().at(urls.ManageProgramme(added))
	staff.visit(urls.ManageNewIntake(added))
	day := func(n int) time.Time { return time.Now().In(i18n.WIB).AddDate(0, 0, n) }
	staff.date("opens", day(0)).date("closes", day(10)).date("starts", day(20)).date("ends", day(50)).send().at(urls.ManageProgramme(added))
	staff.visit(urls.ManagePreview(added)).
		visit(urls.ManageProgramme(added)).picture("manage-programme").
		visit(urls.ManageSubmitProgramme(added)).press(`form[action$="/ajukan"] button`).at(urls.ManageProgramme(added))
	c.officer.visit(urls.OfficerProgrammes()).
		visit(urls.OfficerProgramme(added)).picture("officer-programme").press(`form[action$="/terbitkan"] button`).at(urls.OfficerProgrammes())
	c.seeker.visit(urls.Programme(added))
}

// ends are the rows of an application, its person and its programme, and of the programmes of the spreadsheet.
const ends = `
	SELECT concat_ws(' ', a.state, a.motivation, a.test_place,
		(SELECT string_agg(e.to_state, ',' ORDER BY e.id)
			FROM application_events e
			WHERE e.application_id = a.id),
		(SELECT string_agg(m.author_role || ':' || m.body, ',' ORDER BY m.id)
			FROM messages m
			JOIN conversations t ON t.id = m.conversation_id
			WHERE t.application_id = a.id),
		(SELECT string_agg(c.state || c.method, ',')
			FROM application_certificates ac
			JOIN certificates c ON c.id = ac.certificate_id
			WHERE ac.application_id = a.id))
	FROM applications a
	WHERE a.ref = $1
	UNION ALL
	SELECT concat_ws(' ', u.role, pr.nik_masked, pr.nik_verified, pr.education_code,
		(SELECT count(*) FROM emergency_contacts e WHERE e.user_id = u.id),
		(SELECT count(*) FROM identity_checks i WHERE i.user_id = u.id AND superseded_at IS NULL))
	FROM users u
	JOIN profiles pr ON pr.user_id = u.id
	WHERE u.name = $2
	UNION ALL
	SELECT concat_ws(' ', title, state, cost_total, hours_jp,
		(SELECT count(*) FROM intakes n WHERE n.programme_id = p.id AND n.state = 'published'))
	FROM programmes p
	WHERE p.ref = $3
	UNION ALL
	SELECT concat_ws(' ', code, title, state, cost_total)
	FROM programmes
	WHERE code LIKE 'LEMBAR%'`

// story is the whole main job: a seeker's profile, certificate and application, officers' review
// with a mending between, the institution's selection, and a new programme; it gives the rows it ends in.
func story(t *testing.T, w way) []string {
	p := start(t)
	c := cast{seeker: p.person(t, w), officer: p.person(t, w), staff: p.person(t, w)}
	const name = "Suparmi Berani"
	c.seeker.register(name, "0812 3456 7890").at(urls.Me())
	c.seeker.fillProfile().addCertificate(name)
	intake, programme := p.openIntake()
	ref := c.seeker.applies(intake, programme)
	c.review(t, ref)
	c.selection(p, ref, intake)
	c.addition()
	c.staff.uploadSheet()
	return p.rows(ends, ref, name, programme)
}

// uploadSheet sends a spreadsheet of three programmes, one of them wrong, looks at the faults, and keeps
// the good ones.
func (w *person) uploadSheet() *person {
	w.t.Helper()
	day := func(n int) string { return time.Now().In(i18n.WIB).AddDate(0, 0, n).Format("2006-01-02") }
	text := "Nama pelatihan;Kode;Keterangan;Bidang;Jumlah JP;Jumlah hari;Usia paling muda;Sekolah paling rendah;" +
		"Sumber biaya;Biaya peserta;Aturan uang kembali;Cara belajar;Kota;" +
		"Pendaftaran dibuka;Pendaftaran ditutup;Pelatihan mulai;Pelatihan selesai;Kuota\n"
	for i, cost := range []string{"Rp1.250.000", "1,25 juta", "0"} {
		text += fmt.Sprintf("Las Lembar Contoh;LEMBAR%d;Belajar mengelas.;Teknik;240;30;18;SMP;mandiri;%s;"+
			"Uang kembali penuh.;tatap muka;Jakarta Timur;%s;%s;%s;%s;16\n", i+1, cost, day(1), day(40), day(60), day(100))
	}
	path := filepath.Join(w.t.TempDir(), "daftar.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
	w.visit(urls.Imports()).attach("file", path).send()
	w.sees("table").picture("manage-import")
	return w.press(`form[action$="/simpan"] button`).visit(urls.ManageProgrammes())
}

// The whole story ends in the same rows with scripts and without, in Indonesian and in English.
func TestWholeStoryInEachWay(t *testing.T) {
	t.Parallel()
	outcomes := make([]string, len(ways))
	t.Run("side by side", func(t *testing.T) {
		for i, w := range ways {
			t.Run(w.name, func(t *testing.T) {
				t.Parallel()
				outcomes[i] = strings.Join(story(t, w), "\n")
			})
		}
	})
	for i, outcome := range outcomes {
		if outcome != outcomes[0] || !strings.Contains(outcome, "enrolled") || !strings.Contains(outcome, "published") {
			t.Errorf("%s ends in\n%s\nwant\n%s", ways[i].name, outcome, outcomes[0])
		}
	}
}

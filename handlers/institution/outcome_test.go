package institution_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// A course is an intake with people in a state, and the clients of its people.
type course struct {
	*testportal.Portal
	staff  *testportal.Client
	intake string
	refs   []string
}

// inCourse is a course that runs from 14 to 30 December with room for three, and these people in a state.
func inCourse(t *testing.T, state string, names ...string) *course {
	t.Helper()
	p, staff, officer := testportal.StartInstitution(t)
	publishedProgramme(staff, officer)
	c := &course{Portal: p, staff: staff, intake: p.One("SELECT ref FROM intakes"), refs: passed(p, names...)}
	p.DB.Exec("UPDATE intakes SET quota = 3, reserve_seats = 2")
	p.DB.Exec("UPDATE applications SET state = ?, test_at = CASE WHEN ? THEN now() END", state, state == "invited")
	return c
}

// after lets time pass and signs in again.
func (c *course) after(d time.Duration) {
	c.Pass(d)
	c.staff = c.As(c.staff.UserNamed("Staf"))
}

func (c *course) record(ref string, what ...string) testportal.Page {
	v := url.Values{"version": {c.Version(ref)}}
	for i := 0; i < len(what); i += 2 {
		v.Set(what[i], what[i+1])
	}
	return c.staff.Post(urls.ManageApplicant(ref), v)
}

// announce lets the outcomes that wait become known.
func (c *course) announce() { c.Announce(c.staff.UserNamed("Staf"), c.intake) }

func (c *course) state(ref string) string {
	return c.One("SELECT state FROM applications WHERE ref = ?", ref)
}

// F081, F074: an outcome of which the person reads is asked before, with the words; a wrong one is corrected with a
// reason and a letter, and what is right is recorded then: absence, acceptance, refusal, results exchanged.
func TestF081OutcomesAreAskedAndCorrected(t *testing.T) {
	c := inCourse(t, "attended", "Suparmi", "Tini")
	one, two := c.refs[0], c.refs[1]
	page := c.staff.Get(urls.ManageApplicant(one)).Is(http.StatusOK)
	for _, what := range []string{"accepted", "reserve", "not_selected"} {
		if n := page.Find("input[value='" + what + "'], button[value='" + what + "']").Length(); n != 0 {
			t.Errorf("%s is recorded at one press", what)
		}
	}
	c.staff.Get(urls.ManageRecordOf(one, "accepted")).Is(http.StatusOK).Has("[data-whom]", "Suparmi").Has("[data-letter]", "keputusan")
	c.record(one, "outcome", "accepted").LeadsTo(urls.ManageApplicant(one))
	c.announce()
	c.staff.Get(urls.ManageRecordOf(one, "corrected")).Is(http.StatusOK).Has("[data-letter]", "tidak berlaku")
	c.record(one, "outcome", "corrected").Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Tulis alasannya")
	c.record(one, "outcome", "corrected", "text", "Salah orang.").LeadsTo(urls.ManageApplicant(one))
	if got := c.state(one); got != "attended" {
		t.Errorf("who was accepted wrongly is %s", got)
	}
	if l := c.LastLetter(); l.Template != "application_corrected" {
		t.Errorf("told %+v", l)
	}
	c.As(c.Client().UserNamed("Suparmi")).Get(urls.Application(one)).Has("ol", "Catatan dikoreksi").Has("ol", "Salah orang.")
	c.record(two, "outcome", "not_selected", "reason", "not_selected_x").LeadsTo(urls.ManageApplicant(two))
	c.record(two, "outcome", "corrected", "text", "Tertukar.").LeadsTo(urls.ManageApplicant(two))
	c.record(two, "outcome", "accepted").LeadsTo(urls.ManageApplicant(two))
	c.record(two, "outcome", "enrolled").LeadsTo(urls.ManageApplicant(two))
	c.after(36 * 24 * time.Hour)
	c.record(two, "outcome", "failed").LeadsTo(urls.ManageApplicant(two))
	c.record(two, "outcome", "corrected", "text", "Nilainya tertukar.").LeadsTo(urls.ManageApplicant(two))
	c.record(two, "outcome", "passed").LeadsTo(urls.ManageApplicant(two))
	if got := c.One("SELECT course_result FROM applications WHERE ref = ?", two); got != "passed" {
		t.Errorf("the result is %s", got)
	}
}

// F081: who was marked absent wrongly, or needs a second date, is invited again; a moved test is told.
func TestF081AbsentAndInvitedAreInvitedAgain(t *testing.T) {
	c := inCourse(t, "verified", "Suparmi", "Tini")
	invite := func(day, hour string) testportal.Page {
		return c.staff.Post(urls.ManageInvite(c.intake), url.Values{
			"applications": c.refs, "at.day": {day}, "at.month": {"12"}, "at.year": {"2026"}, "hour": {hour}, "place": {"Bengkel"},
		})
	}
	invite("7", "09.00").LeadsTo(urls.ManageApplicants(c.intake))
	invite("7", "10.30").LeadsTo(urls.ManageApplicants(c.intake)) // a mistyped hour
	seeker := c.As(c.Client().UserNamed("Suparmi"))
	seeker.Get(urls.Application(c.refs[0])).Has("main", "7 Desember 2026 pukul 10.30 WIB").Has("ol", "Tes dipindah").
		Has("ol", "pada Senin, 7 Desember 2026") // F095: an appointment is no deadline
	if page := seeker.Get(urls.Application(c.refs[0])); strings.Contains(page.Find("ol").Text(), "paling lambat Senin, 7") {
		t.Error("a test is shown as a deadline")
	}
	c.after(12 * 24 * time.Hour)
	c.record(c.refs[1], "outcome", "absent").LeadsTo(urls.ManageApplicant(c.refs[1]))
	c.announce()
	invite("9", "13.00").LeadsTo(urls.ManageApplicants(c.intake))
	for _, ref := range c.refs {
		if got := c.state(ref); got != "invited" {
			t.Errorf("%s is %s", ref, got)
		}
	}
	invite("20", "09.00").Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "sebelum hari pelatihan mulai") // F082
}

// F082: no outcome before its day, and no decision before the day of announcement.
func TestF082NoOutcomeBeforeItsDay(t *testing.T) {
	c := inCourse(t, "attended", "Suparmi")
	ref := c.refs[0]
	c.DB.Exec("UPDATE intakes SET announce_on = '2026-12-09'")
	for _, what := range []string{"reserve", "not_selected", "accepted"} { // each is taken back but the last
		c.record(ref, "outcome", what, "reason", what+"_x").LeadsTo(urls.ManageApplicant(ref))
		seen, _ := c.staff.Get(urls.ManageAnnounce(c.intake)).Find("input[name=seen]").Attr("value")
		c.staff.Post(urls.ManageAnnounce(c.intake), url.Values{"when": {"now"}, "seen": {seen}}).Is(http.StatusUnprocessableEntity).
			Has("[data-error-summary]", "9 Desember 2026")
		if what != "accepted" {
			c.staff.Post(urls.ManageRecall(ref), url.Values{"why": {"Keliru."}}).LeadsTo(urls.ManageApplicant(ref))
		}
	}
	if got := c.state(ref); got != "attended" {
		t.Errorf("before the day of announcement the person is %s", got)
	}
	c.after(14 * 24 * time.Hour)
	c.announce()
	c.record(ref, "outcome", "enrolled").LeadsTo(urls.ManageApplicant(ref))
	c.record(ref, "outcome", "passed").Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "30 Desember 2026")
	c.record(ref, "outcome", "assessment", "assessment", "competent", "on.day", "4", "on.month", "4", "on.year", "2030").
		Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "sebelum hari ujinya")
}

// F083, F084: the form of the competence test shows what is kept and keeps it, a day that is none is refused at its
// field, and the result stands on the person's page, in a letter, in the history and in the list.
func TestF083F084CompetenceTestIsKeptAndTold(t *testing.T) {
	c := inCourse(t, "enrolled", "Suparmi")
	ref := c.refs[0]
	assess := func(result, day, month string) testportal.Page {
		return c.record(ref, "outcome", "assessment", "assessment", result, "lsp", "LSP Las", "on.day", day, "on.month", month, "on.year", "2027")
	}
	assess("scheduled", "31", "2").Is(http.StatusUnprocessableEntity).Shows("#f-on-error")
	assess("scheduled", "4", "1").LeadsTo(urls.ManageApplicant(ref))
	page := c.staff.Get(urls.ManageApplicant(ref))
	if day, _ := page.Find("input[name='on.day']").Attr("value"); day != "4" {
		t.Errorf("the form shows the day %q", day)
	}
	if lsp, _ := page.Find("input[name=lsp]").Attr("value"); lsp != "LSP Las" {
		t.Errorf("the form shows the LSP %q", lsp)
	}
	seeker := func() *testportal.Client { return c.As(c.Client().UserNamed("Suparmi")) }
	seeker().Get(urls.Application(ref)).Has("main", "Dijadwalkan, Senin, 4 Januari 2027, LSP Las")
	c.after(45 * 24 * time.Hour)
	assess("not_yet", "4", "1").LeadsTo(urls.ManageApplicant(ref))
	seeker().Get(urls.Application(ref)).Has("main", "Belum kompeten, Senin, 4 Januari 2027").Has("ol", "Uji kompetensi: Belum kompeten")
	assess("competent", "4", "1").LeadsTo(urls.ManageApplicant(ref))
	last := seeker().Get(urls.Application(ref)).Has("main", "Kompeten, Senin, 4 Januari 2027")
	if strings.Contains(last.Body, "gagal") {
		t.Error("the page says gagal")
	}
	if l := c.LastLetter(); l.Template != "application_assessed" {
		t.Errorf("told %+v", l)
	}
	c.staff.Get(urls.ManageApplicants(c.intake)).Has("table", "Kompeten, Senin, 4 Januari 2027")
}

// F091: who comes too late is refused with the day; putting it off is a step with a reason, and gives no seat that
// went on to a reserve.
func TestF091LateEnrolmentNamesTheDayAndIsPutOff(t *testing.T) {
	c := inCourse(t, "attended", "Suparmi", "Tini")
	c.DB.Exec("UPDATE intakes SET quota = 1")
	one, two := c.refs[0], c.refs[1]
	c.record(one, "outcome", "accepted").LeadsTo(urls.ManageApplicant(one))
	c.announce()
	c.after(6 * 24 * time.Hour)
	c.record(one, "outcome", "enrolled").Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "30 November 2026 pukul 23.59")
	c.record(one, "outcome", "extended", "text", " ").Is(http.StatusUnprocessableEntity)
	c.record(one, "outcome", "extended", "text", "Sakit, ada surat dokter.").LeadsTo(urls.ManageApplicant(one))
	c.As(c.Client().UserNamed("Suparmi")).Get(urls.Application(one)).Has("main", "4 Desember 2026").Has("ol", "Sakit, ada surat dokter.")
	c.record(two, "outcome", "reserve").LeadsTo(urls.ManageApplicant(two))
	c.after(5 * 24 * time.Hour)
	for more := true; more; {
		var err error
		if more, err = c.Store.ExpireEnrolments(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	c.staff.Get(urls.ManageApplicant(one)).Has("main", "Perpanjang daftar ulang")
	c.record(one, "outcome", "extended", "text", "Terlambat lagi.").Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "Kuota sudah penuh")
	if c.state(one) != "expired" || c.state(two) != "accepted" {
		t.Errorf("they are %s and %s", c.state(one), c.state(two))
	}
}

// F094: a person says that they take their seat, or that they do not; a participant leaves with a reason that the
// institution is told, the seat goes on, and the account can be closed then.
func TestF094SeatIsConfirmedAndLeft(t *testing.T) {
	c := inCourse(t, "attended", "Suparmi", "Tini")
	c.DB.Exec("UPDATE intakes SET quota = 1")
	one, two := c.refs[0], c.refs[1]
	c.record(one, "outcome", "accepted").LeadsTo(urls.ManageApplicant(one))
	c.record(two, "outcome", "reserve").LeadsTo(urls.ManageApplicant(two))
	c.announce()
	seeker := c.As(c.Client().UserNamed("Suparmi"))
	c.staff.Get(urls.ManageApplicant(one)).Has("main", "Belum dijawab")
	seeker.Get(urls.Application(one)).Has("main", "Ya, saya ambil kursi ini").Has("main", "Saya tidak jadi ikut")
	seeker.Post(urls.ApplicationConfirm(one), url.Values{}).LeadsTo(urls.Application(one))
	seeker.Get(urls.Application(one)).Has("main", "Anda menyatakan mengambil kursi ini")
	c.As(c.Client().UserNamed("Tini")).Post(urls.ApplicationConfirm(two), url.Values{}).Is(http.StatusUnprocessableEntity)
	if got := c.state(one); got != "accepted" {
		t.Errorf("who confirmed is %s: enrolled is the institution's act", got)
	}
	c.record(one, "outcome", "enrolled").LeadsTo(urls.ManageApplicant(one))
	seeker.Get(urls.ApplicationWithdraw(one)).Is(http.StatusOK).Has("h1", "Undurkan diri dari pelatihan")
	seeker.Post(urls.ApplicationWithdraw(one), url.Values{}).Is(http.StatusUnprocessableEntity)
	seeker.Post(urls.ApplicationWithdraw(one), url.Values{"reason": {"withdraw_x"}}).LeadsTo(urls.Application(one))
	if c.state(one) != "dropped" || c.state(two) != "accepted" {
		t.Errorf("they are %s and %s", c.state(one), c.state(two))
	}
	if n := c.One("SELECT count(*)::text FROM notices WHERE template = 'seat_left'"); n != "1" {
		t.Errorf("%s of the institution were told", n)
	}
}

// F088: every state of an application is shown with its values, in both languages.
func TestF088EveryStateIsShownWithItsValues(t *testing.T) {
	c := inCourse(t, "verified", "Suparmi")
	ref := c.refs[0]
	seeker := c.As(c.Client().UserNamed("Suparmi"))
	for state, more := range map[string]string{
		"draft": "", "submitted": "", "in_review": "", "needs_fix": ", fix_by = now()", "verified": "",
		"not_eligible": ", reason_code = 'x', reason_text = 'x'", "invited": ", test_at = now(), test_place = 'Bengkel'",
		"attended": "", "absent": "",
		"accepted": ", enrol_by = now() + interval '1 day'", "reserve": "", "not_selected": "", "enrolled": "",
		"completed": "", "dropped": "", "withdrawn": "", "expired": "",
		"cancelled": ", reason_code = 'intake_cancelled', reason_text = 'x'", "deferred": ", reason_code = 'institution_suspended'",
	} {
		c.DB.Exec("UPDATE applications SET state = @s, reserve_rank = CASE WHEN @s = 'reserve' THEN 2 END, "+
			"course_result = CASE WHEN @s = 'completed' THEN 'passed' END"+more+" WHERE ref = @ref", map[string]any{"s": state, "ref": ref})
		if got := c.state(ref); got != state {
			t.Fatalf("the application is %s, want %s", got, state)
		}
		seeker.Get(urls.Application(ref)).Is(http.StatusOK)
		page := seeker.Get("/en" + urls.Application(ref)).Is(http.StatusOK)
		if state == "reserve" {
			page.Has("main", "2")
		}
	}
}

// F089, F075: of a suspended institution, and of a closed listing, no page says that an intake is open, and nothing is
// offered there that fails.
func TestF075F089NothingIsOpenWhereNothingIsTaken(t *testing.T) {
	for name, statement := range map[string]string{
		"suspended": "UPDATE institutions SET state = 'suspended'", "closed": "UPDATE programmes SET state = 'closed'",
	} {
		t.Run(name, func(t *testing.T) {
			p, staff, officer := testportal.StartInstitution(t)
			ref := publishedProgramme(staff, officer)
			intake := p.One("SELECT ref FROM intakes")
			seeker := p.As(p.AddReadySeeker("Suparmi"))
			seeker.Post(urls.Apply(intake), url.Values{}).Is(http.StatusSeeOther)
			p.DB.Exec(statement)
			draft := p.One("SELECT ref FROM applications")
			for what, page := range map[string]testportal.Page{
				"public": p.Client().Get(urls.Programme(ref)), "draft": seeker.Get(urls.Application(draft)),
				"staff": staff.Get(urls.ManageProgramme(ref)), "start": p.As(p.AddReadySeeker("Tini")).Get(urls.Apply(intake)),
			} {
				text := page.Is(http.StatusOK).Find("main").Text()
				if strings.Contains(text, "Buka sampai") || strings.Contains(text, "kirim paling lambat") {
					t.Errorf("the %s page says that it is open", what)
				}
			}
			added := staff.Get(urls.ManageProgramme(ref)).Find("a[href='" + urls.ManageNewIntake(ref) + "']").Length()
			if name == "closed" && added != 0 {
				t.Error("a closed listing offers another intake")
			}
		})
	}
}

package institution_test

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// publicAt are the fields of a moment ahead of the test's clock.
func publicAt(p *testportal.Portal, ahead time.Duration) url.Values {
	at := p.Clock().Add(ahead).In(i18n.WIB)
	return url.Values{
		"when": {"later"}, "hour": {at.Format("15.04")}, "version": {p.One("SELECT version::text FROM programmes ORDER BY id DESC LIMIT 1")},
		"at.day": {strconv.Itoa(at.Day())}, "at.month": {strconv.Itoa(int(at.Month()))}, "at.year": {strconv.Itoa(at.Year())},
	}
}

// comes lets the time pass and does what the jobs of publications do whose moment has come. Both sign in anew.
func comes(p *testportal.Portal, d time.Duration) (staff, officer *testportal.Client) {
	p.T.Helper()
	p.Pass(d)
	if _, err := p.Store.PublishProgrammes(context.Background()); err != nil {
		p.T.Fatal(err)
	}
	return p.As(p.Client().UserNamed("Staf")), p.As(p.Client().UserNamed("Rina"))
}

// wholeDraft is a programme that can be handed over.
func wholeDraft(staff *testportal.Client) string {
	staff.T.Helper()
	ref := draftProgramme(staff)
	staff.Post(urls.ManageEditProgramme(ref), wholeProgramme()).LeadsTo(urls.ManageProgramme(ref))
	staff.Post(urls.ManageNewIntake(ref), wholeIntake()).LeadsTo(urls.ManageProgramme(ref))
	return ref
}

// known says whether a listing is found by whoever searches, and has its page.
func known(p *testportal.Portal, ref string) bool {
	p.T.Helper()
	list := p.Client().Get(urls.Programmes() + "?q=pengelasan").Is(http.StatusOK)
	listed := list.Find(`a[href="`+urls.Programme(ref)+`"]`).Length() > 0
	if page := p.Client().Get(urls.Programme(ref)).Status == http.StatusOK; page != listed {
		p.T.Errorf("listed is %t, its page %t", listed, page)
	}
	return listed
}

// A new listing is public from the moment that its institution chose, not before and without a press: catalogue, search and
// page know it then, and so do those who are told. Until then the moment is changed, by nobody from elsewhere.
func TestListingIsPublicFromItsMoment(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	ref := wholeDraft(staff)
	staff.Get(urls.ManageSubmitProgramme(ref)).Has("main form", "Kapan terbit?").Shows("input[name=when][value=now][checked]")
	wrong := publicAt(p, time.Hour)
	wrong.Set("hour", "pagi")
	staff.Post(urls.ManageSubmitProgramme(ref), wrong).Is(http.StatusUnprocessableEntity).Shows("#f-hour-error").
		Shows("input[name=hour][value=pagi]").Shows("input[name=when][value=later][checked]")
	for ahead, why := range map[time.Duration]string{
		-time.Hour: "setelah sekarang", 20 * 24 * time.Hour: "angkatan yang sudah tutup", 400 * 24 * time.Hour: "setahun",
	} {
		staff.Post(urls.ManageSubmitProgramme(ref), publicAt(p, ahead)).Is(http.StatusUnprocessableEntity).Has("#f-at-error", why)
	}
	staff.Post(urls.ManageSubmitProgramme(ref), publicAt(p, 2*time.Hour)).LeadsTo(urls.ManageProgramme(ref))
	staff.Get(urls.ManageProgramme(ref)).Has("[data-moment]", "setelah disetujui petugas")
	officer.Get(urls.OfficerProgramme(ref)).Is(http.StatusOK).Has("main form button", "Setujui, terbit")
	officer.Post(urls.OfficerPublishProgramme(ref), url.Values{}).LeadsTo(urls.OfficerProgrammes())
	officer.Get(urls.OfficerProgrammes()).Has("[data-scheduled]", "Pengelasan SMAW 3G").Has("main", "Tidak ada yang menunggu")
	officer.Post(urls.OfficerPublishProgramme(ref), url.Values{}).Is(http.StatusConflict)
	staff.Get(urls.Manage()).Shows(`main a[href="` + urls.ManageProgrammes() + `?daftar=approved"]`)
	staff.Get(urls.ManageProgrammes()+"?daftar=approved").Has("table", "Pengelasan SMAW 3G")
	staff.Get(urls.ManageEditProgramme(ref)).LeadsTo(urls.ManageProgramme(ref))

	sent := formValues(staff.Get(urls.ManageMoment(ref)).Is(http.StatusOK).Shows("input[name=when][value=later][checked]").
		Find("main form[method=post]"))
	p.As(p.AddUser(models.Owner, "Lain")).Post(urls.ManageMoment(ref), publicAt(p, time.Hour)).Is(http.StatusNotFound)
	staff.Post(urls.ManageMoment(ref), publicAt(p, 3*time.Hour)).LeadsTo(urls.ManageProgramme(ref))
	staff.Post(urls.ManageMoment(ref), sent).Is(http.StatusConflict).Shows("[data-overtaken]")

	told := func() string {
		return p.One("SELECT coalesce(string_agg(DISTINCT template, ' ' ORDER BY template), '') FROM notices WHERE template LIKE 'programme_%'")
	}
	const waiting = `SELECT count(*)::text
		FROM river_job
		WHERE kind = 'publish_programme'
			AND scheduled_at = (SELECT publish_at FROM programmes)`
	if n := p.One(waiting); n != "1" {
		t.Errorf("%s jobs wait for the moment that holds", n)
	}
	comes(p, 2*time.Hour) // the moment that was chosen first
	if known(p, ref) || told() != "programme_approved" {
		t.Errorf("before its moment it is known, or %q were sent", told())
	}
	comes(p, time.Hour)
	if !known(p, ref) || told() != "programme_approved programme_published" {
		t.Errorf("from its moment on it is not known, or %q were sent", told())
	}
	staff, _ = comes(p, time.Hour)
	got := p.One("SELECT state || (publish_at IS NULL) || version || (SELECT state FROM intakes) FROM programmes")
	if got != "publishedtrue6published" {
		t.Errorf("it is %s", got)
	}
	staff.Get(urls.ManageMoment(ref)).LeadsTo(urls.ManageProgramme(ref))
}

// The change of a public listing waits for its moment too: till then everybody reads the old one, and those who applied hear
// nothing. It can be published at once instead.
func TestChangeIsPublicFromItsMoment(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	ref := publishedProgramme(staff, officer)
	p.AddSubmitted(p.AddReadySeeker("Suparmi"), p.One("SELECT ref FROM intakes"))
	change := func(cost string, ahead time.Duration) {
		t.Helper()
		staff.Post(urls.ManageEditProgramme(ref), wholeProgramme("costs[0].amount", cost)).LeadsTo(urls.ManageProgramme(ref))
		staff.Post(urls.ManageSubmitProgramme(ref), publicAt(p, ahead)).LeadsTo(urls.ManageProgramme(ref))
		officer.Post(urls.OfficerPublishProgramme(ref), url.Values{}).LeadsTo(urls.OfficerProgrammes())
		p.Client().Get(urls.Programme(ref)).Has("main", "Rp1.250.000")
	}
	tellings := func() string { return p.One("SELECT count(*)::text FROM tellings") }
	change("2.000.000", 26*time.Hour)
	staff, _ = comes(p, 25*time.Hour)
	p.Client().Get(urls.Programme(ref)).Has("main", "Rp1.250.000")
	if tellings() != "0" {
		t.Error("people are told before its moment")
	}
	staff.Get(urls.ManageMoment(ref)).Has("[data-whom]", "1 orang").Has("[data-letter]", "Rp2.000.000")
	now := url.Values{"when": {"now"}, "version": {p.One("SELECT version::text FROM programmes")}}
	staff.Post(urls.ManageMoment(ref), now).LeadsTo(urls.ManageProgramme(ref))
	p.Client().Get(urls.Programme(ref)).Has("main", "Rp2.000.000")
	staff.Post(urls.ManageMoment(ref), now).Is(http.StatusConflict)
	p.Tell()
	comes(p, 2*time.Hour)
	got := p.One("SELECT string_agg(content->'Costs'->0->>'Amount', ' ' ORDER BY number) FROM programme_versions")
	if got != "1250000 2000000" {
		t.Errorf("its versions cost %s", got)
	}
}

// What is approved is taken back until its moment, by its institution or by an officer with a reason; and what has come to
// lack something by then is not published but told.
func TestApprovedIsTakenBackUntilItsMoment(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	ref := wholeDraft(staff)
	approved := func() {
		t.Helper()
		staff.Post(urls.ManageSubmitProgramme(ref), publicAt(p, time.Hour)).LeadsTo(urls.ManageProgramme(ref))
		officer.Post(urls.OfficerPublishProgramme(ref), url.Values{}).LeadsTo(urls.OfficerProgrammes())
	}
	state := func() string { return p.One("SELECT state FROM programmes") }
	approved()
	staff.Get(urls.ManageWithdraw(ref)).Has("main", "perlu disetujui petugas sekali lagi")
	staff.Post(urls.ManageWithdraw(ref), url.Values{}).LeadsTo(urls.ManageProgramme(ref))
	if staff, officer = comes(p, 2*time.Hour); state() != "draft" {
		t.Errorf("taken back it becomes %s", state())
	}
	approved()
	officer.Get(urls.OfficerProgramme(ref)).Has("main", "masih bisa dikembalikan").
		Lacks(`form[action="` + urls.OfficerPublishProgramme(ref) + `"]`)
	officer.Post(urls.OfficerReturnProgramme(ref), url.Values{"reason": {"programme_refused_x"}}).LeadsTo(urls.OfficerProgrammes())
	if staff, officer = comes(p, 2*time.Hour); state() != "draft" {
		t.Errorf("sent back it becomes %s", state())
	}
	approved()
	if err := p.DB.Exec("UPDATE institutions SET state = 'suspended'").Error; err != nil {
		t.Fatal(err)
	}
	staff.Get(urls.ManageProgramme(ref)).Shows("[data-faults]")
	comes(p, 2*time.Hour)
	if n := p.One("SELECT count(*)::text FROM notices WHERE template = 'programme_held_back'"); state() != "draft" || n == "0" {
		t.Errorf("of a suspended institution it becomes %s, with %s letters", state(), n)
	}
}

// Officers see old and new of a change side by side, by the words of the form, with whom it concerns and what they will read.
func TestOfficersSeeBothSidesOfAChange(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	ref := publishedProgramme(staff, officer)
	officer.Get(urls.OfficerProgramme(ref)).Lacks("[data-changes]")
	p.AddSubmitted(p.AddReadySeeker("Suparmi"), p.One("SELECT ref FROM intakes"))
	staff.Post(urls.ManageEditProgramme(ref), wholeProgramme("method", "online", "costs[0].amount", "2.000.000")).
		LeadsTo(urls.ManageProgramme(ref))
	staff.Post(urls.ManageSubmitProgramme(ref), url.Values{}).LeadsTo(urls.ManageProgramme(ref))
	page := officer.Get(urls.OfficerProgramme(ref)).Is(http.StatusOK).Has(`[data-changes] tr[data-field="method"]`, "Daring").
		Has("[data-changes]", "Rp1.250.000").Has("[data-changes]", "Rp2.000.000").
		Has("[data-whom]", "1 orang").Has("[data-letter]", "Biaya: Rp1.250.000, sekarang Rp2.000.000")
	if n := page.Find("[data-changes] tbody tr").Length(); n != 2 {
		t.Errorf("%d fields differ", n)
	}
}

// The officers' list of what waits for its moment takes as many queries for many as for one, the next moment first.
func TestListOfApprovedListingsTakesNoQueryEach(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	manyDrafts(staff, 5)
	approve := func(codes string) {
		t.Helper()
		err := p.DB.Exec(`UPDATE programmes
			SET state = 'approved', submitted_at = now(),
				publish_at = timestamptz '2027-01-01' - ascii(right(code, 1)) * interval '1 hour'
			WHERE code SIMILAR TO ?`, codes).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	counter := p.Counted()
	list := func() (first string, rows int) {
		found := officer.Get(urls.OfficerProgrammes()).Is(http.StatusOK).Find("[data-scheduled] tbody th")
		return found.First().Text(), found.Length()
	}
	approve("KA")
	one := counter.Count(func() { list() })
	approve("K[A-E]")
	many := counter.Count(func() {
		if first, rows := list(); first != "Las KE" || rows != 5 {
			t.Errorf("%d rows, the first is %s", rows, first)
		}
	})
	if many > one {
		t.Errorf("%d queries for one, %d for five", one, many)
	}
}

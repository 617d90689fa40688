package institution_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// F216: the history names the colleague, also one whose account is closed, and says the reason with which a person
// left; the person reads only that it was the institution.
func TestF216HistoryNamesColleaguesAndReasons(t *testing.T) {
	c := inCourse(t, "verified", "Suparmi")
	ref := c.refs[0]
	invite := url.Values{
		"applications": {ref}, "at.day": {"7"}, "at.month": {"12"}, "at.year": {"2026"}, "hour": {"09.00"}, "place": {"Bengkel"},
	}
	c.staff.Post(urls.ManageInvite(c.intake), invite).LeadsTo(urls.ManageApplicants(c.intake))
	c.DB.Exec(`INSERT INTO application_events (application_id, actor_role, at, from_state, to_state)
		SELECT id, 'officer', now(), 'in_review', 'verified' FROM applications`)
	seeker := c.As(c.Client().UserNamed("Suparmi"))
	if strings.Contains(seeker.Get(urls.Application(ref)).Body, "Lembaga: Staf") {
		t.Error("the person reads who it was")
	}
	seeker.Post(urls.ApplicationWithdraw(ref), url.Values{"reason": {"withdraw_x"}, "note": {"Sudah bekerja."}}).LeadsTo(urls.Application(ref))
	colleague := sameHouse(c.Portal, "Maria Pemilik")
	c.DB.Exec("UPDATE users SET closed_at = now() WHERE name = 'Staf'")
	page := colleague.Get(urls.ManageApplicant(ref)).Is(http.StatusOK).Has("main", "Lembaga: Staf").Has("main", "Sudah bekerja.")
	if reason := c.One("SELECT text_id FROM reason_codes WHERE code = 'withdraw_x'"); !strings.Contains(page.Find("main").Text(), reason) {
		t.Errorf("the reason %q is not shown", reason)
	}
}

// F213: each intake of the first page says what waits for staff and its next day.
func TestF213IntakesSayWhatIsNextAndByWhen(t *testing.T) {
	c := inCourse(t, "verified", "Suparmi", "Tini")
	next := func() string {
		return strings.ReplaceAll(c.staff.Get(urls.Manage()).Find("#angkatan tbody").Text(), "\u00a0", " ")
	}
	for _, step := range []struct{ change, want string }{
		{"", "2 orang menunggu undangan tes"},
		{"", "Pendaftaran ditutup Senin, 30 November 2026"},
		{"UPDATE intakes SET opens_at = opens_at - interval '20 days', closes_at = closes_at - interval '10 days'", "Tes 7 Desember 2026"},
		{"UPDATE intakes SET test_on = '2026-11-22'", "Mulai 14 Desember 2026"},
		{"UPDATE applications SET state = 'accepted', enrol_by = now()", "2 orang diterima"},
		{"UPDATE intakes SET starts_on = '2026-11-24'", "Selesai 30 Desember 2026"},
	} {
		if step.change != "" {
			c.DB.Exec(step.change)
		}
		if got := next(); !strings.Contains(got, step.want) {
			t.Errorf("after %q: %q, want %q", step.change, got, step.want)
		}
	}
}

// F214: a field that is needed before the programme is submitted says so, and only what may stay empty says that.
func TestF214WordsSayWhenAFieldIsNeeded(t *testing.T) {
	_, staff, officer := testportal.StartInstitution(t)
	ref := draftProgramme(staff)
	const later, never = "(perlu sebelum diajukan)", "(boleh dikosongkan)"
	page := staff.Get(urls.ManageEditProgramme(ref)).Is(http.StatusOK)
	for _, name := range []string{"description", "sector", "hours", "days", "age_min", "education", "funding", "method", "regency"} {
		page.Has("label[for=f-"+name+"]", later)
	}
	page.Has("label[for=f-scheme]", never).Has("label[for=f-age_max]", never)
	dates := func(page testportal.Page) string { return page.Find("fieldset:has(#f-opens) legend").Text() }
	if got := dates(staff.Get(urls.ManageNewIntake(ref))); !strings.Contains(got, later) {
		t.Errorf("of a draft the opening says %q", got)
	}
	got := dates(staff.Get(urls.ManageNewIntake(publishedProgramme(staff, officer))))
	if strings.Contains(got, later) || strings.Contains(got, never) {
		t.Errorf("of a public programme the opening says %q", got)
	}
}

// F015: a passed file whose certificate does not count, because it was suspended after the decision or has ended, says
// so wherever its tag shows.
func TestF015TagSaysWithoutACertificateThatCounts(t *testing.T) {
	c := inCourse(t, "verified", "Suparmi")
	ref, u := c.refs[0], c.Client().UserNamed("Suparmi")
	paper := c.AddCertificate(u)
	c.DB.Exec(`UPDATE certificates
		SET state = 'verified', method = 'qr', decided_at = updated_at, officer_id = (SELECT id FROM users WHERE name = 'Rina')
		WHERE id = ?`, paper.ID)
	c.DB.Exec(`INSERT INTO application_certificates (application_id, certificate_id, decided)
		SELECT a.id, c.id, to_jsonb(c) FROM applications a, certificates c`)
	officer := c.As(c.Client().UserNamed("Rina"))
	everywhere := func() map[string]string {
		seen := map[string]string{}
		for path, client := range map[string]*testportal.Client{
			urls.Applications(): c.As(u), urls.Application(ref): c.As(u), urls.ManageApplicants(c.intake): c.staff,
			urls.ManageApplicant(ref): c.staff, urls.OfficerApplication(ref): officer, urls.OfficerQueue() + "?keadaan=verified": officer,
		} {
			seen[path] = client.Get(path).Is(http.StatusOK).Find("main .tag, main .tag-plain").Text()
		}
		return seen
	}
	const without = "tanpa sertifikat yang berlaku"
	for path, tags := range everywhere() {
		if strings.Contains(tags, without) {
			t.Errorf("%s says so of a certificate that counts: %s", path, tags)
		}
	}
	c.DB.Exec("UPDATE certificates SET state = 'suspended', reason_code = 'x', taken_away_at = now(), taken_away_as = 'suspended'")
	for path, tags := range everywhere() {
		if !strings.Contains(tags, without) {
			t.Errorf("%s does not say it of a suspended one: %s", path, tags)
		}
	}
	c.DB.Exec(`UPDATE certificates
		SET state = 'verified', taken_away_at = NULL, taken_away_as = '', valid_until = '2026-11-01'`)
	if tags := everywhere()[urls.ManageApplicant(ref)]; !strings.Contains(tags, without) {
		t.Errorf("the institution does not read it of one that ended: %s", tags)
	}
}

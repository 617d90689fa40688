package e2e

import (
	"strings"
	"testing"

	"naikkelas/internal/urls"
)

// lightPage is what the page of a paper may cost a stranger who comes for the first time, all in all.
const lightPage = 15 << 10

// graduates has the applicants of an intake of the demo staff's centre pass its course; it gives the intake.
func (p *portal) graduates() (intake string) {
	p.t.Helper()
	intake = p.ref("SELECT n.ref" + staffed)
	p.exec(`UPDATE applications SET state = 'completed', course_result = 'passed'
		WHERE state = 'verified' AND intake_id = (SELECT id FROM intakes WHERE ref = $1)`, intake)
	p.exec(`UPDATE intakes SET starts_on = coalesce(starts_on, current_date - 60), ends_on = coalesce(ends_on, current_date - 20)
		WHERE ref = $1`, intake)
	p.exec(`INSERT INTO application_identities (application_id, name, nik_masked, address, at)
		SELECT a.id, u.name, '', '', now()
		FROM applications a
		JOIN users u ON u.id = a.seeker_id
		WHERE a.state = 'completed'
			AND NOT EXISTS (SELECT 1 FROM application_identities i WHERE i.application_id = a.id AND i.superseded_at IS NULL)`)
	return intake
}

// An institution issues the papers of a class in three presses; a stranger without an account checks one on a slow phone,
// and reads that it holds no more once it was withdrawn. It works without scripts.
func TestPapersOfAClassAreIssuedAndChecked(t *testing.T) {
	t.Parallel()
	for _, w := range []way{ways[0], {name: "no scripts", width: 360}} {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			p := start(t)
			intake := p.graduates()
			staff := p.person(t, w).asStaff()
			staff.visit(urls.Papers(intake)).picture("papers").send().sees("[data-letter]").picture("papers-check")
			staff.send().at(urls.Papers(intake)).sees("table a[href*='/kelola/surat-tamat/']").picture("papers-issued")
			paper := p.ref("SELECT ref FROM course_certificates ORDER BY id LIMIT 1")
			staff.visit(urls.Paper(paper)).picture("paper")
			check := eval[string](staff, `document.querySelector("a[href*='/cek/']").getAttribute("href")`)

			stranger := p.person(t, w).scale()
			if weight := stranger.weigh(check); weight > lightPage || weight == 0 {
				t.Errorf("the page of a paper costs %d bytes, at most %d are allowed", weight, lightPage)
			}
			stranger.sees(".tag.g").picture("check")
			code := check[strings.LastIndex(check, "/")+1:]
			stranger.visit(urls.Check()).fill("code", strings.ToLower(code)).press("main form button").at(urls.CheckedPaper(code))
			stranger.visit(urls.CheckedPaper("7F3K92QDAB7F3K92QDAB7F3K92")).sees("input[name=code]").picture("check-unknown")

			staff.visit(urls.PaperWithdraw(paper)).fill("reason", "Contoh: tertukar orang.").picture("paper-withdraw").
				send().at(urls.Paper(paper))
			stranger.visit(check).sees(".tag.r").picture("check-withdrawn")
		})
	}
}

// A class is recorded in three presses for each of enrolment, results and competence test, however many it has. It works
// without scripts.
func TestClassIsRecordedInFewPresses(t *testing.T) {
	t.Parallel()
	p := start(t)
	intake := p.graduates()
	p.exec(`UPDATE intakes SET opens_at = now() - interval '100 days', closes_at = now() - interval '70 days', test_on = NULL,
			announce_on = NULL, starts_on = current_date - 60, ends_on = current_date - 20
		WHERE ref = $1`, intake)
	p.exec(`UPDATE applications SET state = 'accepted', course_result = NULL, enrol_by = NULL
		WHERE state = 'completed' AND intake_id = (SELECT id FROM intakes WHERE ref = $1)`, intake)
	w := ways[0]
	staff := p.person(t, w).asStaff()
	record := func(act string) {
		staff.picture("class-" + act).send().sees("[data-whom]").picture("class-check-" + act)
		staff.press("main form button[value=save]").at(urls.ClassOf(intake, act))
	}
	staff.visit(urls.ManageApplicants(intake)).visit(urls.ClassOf(intake, "enrol"))
	record("enrol")
	staff.visit(urls.ClassOf(intake, "result"))
	record("result")
	staff.visit(urls.WithQuery(urls.ClassOf(intake, "assess"), "semua", "competent")).writeToday("on").fill("lsp", "LSP Contoh")
	record("assess")
	if got := p.ref(`SELECT string_agg(DISTINCT concat_ws(' ', a.state, a.course_result, a.assessment), ',')
		FROM applications a
		JOIN intakes n ON n.id = a.intake_id
		WHERE n.ref = $1 AND a.assessment IS NOT NULL`, intake); got != "completed passed competent" {
		t.Errorf("the class ends as %q", got)
	}
}

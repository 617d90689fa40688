package e2e

import (
	"strconv"
	"strings"
	"testing"

	"naikkelas/internal/urls"
)

// crowdAtTest puts sixty visibly invented people into an intake who have been to its test.
func (p *portal) crowdAtTest(intake string) {
	p.t.Helper()
	p.exec(`WITH crowd AS (
			INSERT INTO users (ref, role, name, username, phone, password_hash, language, created_at, updated_at)
			SELECT 'AK-' || n, 'seeker', (ARRAY['Agus', 'Bunga', 'Candra', 'Dewi', 'Eko'])[1 + n % 5] || ' Contoh ' || n, 'contoh' || n,
				'+62812' || lpad(n::text, 8, '0'), '-', 'id', now(), now()
			FROM generate_series(1, 60) n
			RETURNING id, ref)
		INSERT INTO applications (ref, intake_id, seeker_id, state, submitted_at, first_submitted_at, created_at, updated_at)
		SELECT 'NK' || substr(ref, 3), (SELECT id FROM intakes WHERE ref = $1), id, 'attended', now(), now(), now(), now()
		FROM crowd`, intake)
	p.exec(`INSERT INTO consents (user_id, kind, version, given_at, institution_id)
		SELECT a.seeker_id, 'share_with_institution', '1', now(), p.institution_id
		FROM applications a
		JOIN intakes n ON n.id = a.intake_id
		JOIN programmes p ON p.id = n.programme_id
		WHERE n.ref = $1`, intake)
	p.exec("UPDATE intakes SET announce_on = NULL, quota = 3 WHERE ref = $1", intake)
}

// Staff set criteria, type scores, accept the best, and announce, on a phone and on a desk, with and without scripts.
func TestChoosingFromCriteriaToAnnouncement(t *testing.T) {
	t.Parallel()
	for _, w := range []way{ways[0], {name: "bare", width: 360}} {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			p := start(t)
			intake, _ := p.openIntake()
			p.crowdAtTest(intake)
			staff := p.person(t, w).asStaff()
			staff.visit(urls.ManageCriteria(intake))
			for i, row := range [][3]string{{"Teori", "1", "50"}, {"Praktik", "2", "100"}} {
				for k, field := range []string{"name", "weight", "best"} {
					staff.set("criteria["+strconv.Itoa(i)+"]."+field, row[k])
				}
			}
			staff.fill("pass_mark", "40").picture("manage-criteria").send().at(urls.ManageApplicants(intake))
			staff.visit(urls.ManageScores(intake))
			first := eval[string](staff, `document.querySelector("input[name=people]").value`)
			staff.fill("s-"+first+"-1", "40,5").fill("s-"+first+"-2", "88").picture("manage-scores").send().at(urls.ManageScores(intake))
			p.exec(`INSERT INTO application_scores (application_id, criterion_id, score, given_by, at)
				SELECT a.id, k.id, round((a.id * 7) % 50, 0), (SELECT min(id) FROM users), now()
				FROM applications a
				JOIN intakes n ON n.id = a.intake_id AND n.ref = $1
				JOIN intake_criteria k ON k.intake_id = n.id
				WHERE a.ref LIKE 'NK-%' AND a.ref <> $2
				ON CONFLICT DO NOTHING`, intake, first)
			staff.visit(urls.ManageApplicants(intake)).picture("manage-table").tick("input[name=orang][value='" + first + "']").
				press("button[value=accepted]").at(urls.ManageChoose(intake))
			staff.picture("manage-choose").send().at(urls.ManageApplicants(intake))
			staff.press(`a[href$="` + urls.ManageAnnounce(intake) + `"]`).picture("manage-announce")
			if text := eval[string](staff, `document.querySelector("main").textContent`); !strings.Contains(text, "59 orang belum diputuskan") {
				t.Errorf("the check says %q", text)
			}
			staff.send().at(urls.ManageAnnounce(intake))
			p.until(t, "the outcome is known", "SELECT (state = 'accepted')::text FROM applications WHERE ref = $1", first)
		})
	}
}

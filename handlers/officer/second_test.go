package officer_test

import (
	"net/url"
	"testing"

	"naikkelas/internal/urls"
)

// A refusal that waits for a second officer is counted above the queue and stands in a list of its own; the file says
// for which reason it waits.
func TestF009QueueListsWhatNeedsASecondOfficer(t *testing.T) {
	p, a, _, officer := reviewed(t)
	officer.Get(urls.OfficerQueue()).Has("select[name=keadaan]", "Perlu petugas kedua (0)").Lacks("a[href*='petugas-kedua']")
	officer.Post(urls.OfficerNext(), url.Values{}).LeadsTo(urls.OfficerApplication(a.Ref))
	err := p.DB.Exec(`INSERT INTO desk_events (application_id, actor_id, at, what, note)
		SELECT id, assignee_id, submitted_at, 'asked', (SELECT min(code) FROM reason_codes WHERE kind = 'not_eligible')
		FROM applications`).Error
	if err != nil {
		t.Fatal(err)
	}
	page := officer.Get(urls.OfficerQueue()).Has("main p a", "1 perlu petugas kedua").Has("select[name=keadaan]", "Perlu petugas kedua (1)")
	list := officer.Get(page.Find("main p a[href*='petugas-kedua']").AttrOr("href", ""))
	list.Has("table", a.Ref).Lacks("main p a[href*='petugas-kedua']")
	reason := p.One("SELECT text_id FROM reason_codes WHERE kind = 'not_eligible' ORDER BY code LIMIT 1")
	officer.Get(urls.OfficerApplication(a.Ref)).Has("#meja", "Minta persetujuan petugas kedua").Has("#meja", reason)
}

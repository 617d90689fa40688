package officer_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"naikkelas/internal/urls"
	"naikkelas/models"
)

// A whole number of sixteen digits lies in no free text, of officers and of seekers, and who wrote it is told.
func TestF059NumberInFreeTextIsHiddenAndSaid(t *testing.T) {
	p, a, seeker, officer := reviewed(t)
	const said = "Sebagian nomor 16 angka"
	officer.Post(urls.OfficerNext(), url.Values{}).LeadsTo(urls.OfficerApplication(a.Ref))

	seeker.Post(urls.ApplicationAsk(a.Ref), url.Values{"token": {uuid.NewString()}, "text": {"NIK saya 3174 0142 0389 0001."}}).
		LeadsTo(urls.Application(a.Ref))
	seeker.Get(urls.Application(a.Ref)).Has("[data-flash]", said).Has("#tanya", "3174 **** **** 0001")
	officer.Post(urls.OfficerAnswer(a.Ref), url.Values{"token": {uuid.NewString()}, "message": {"KTP: 3174.0142.0389.0002"}}).
		LeadsTo(urls.OfficerApplication(a.Ref) + "#pesan")
	officer.Get(urls.OfficerApplication(a.Ref)).Has("[data-flash]", said)
	officer.Post(urls.OfficerCheck(a.Ref), url.Values{
		"field": {"name"}, "differs": {"yes"}, "name": {"3174014203890003"}, "note": {"lihat 3174014203890004"},
	}).LeadsTo(urls.OfficerApplication(a.Ref) + "#cek")
	officer.Get(urls.OfficerApplication(a.Ref)).Has("[data-flash]", said)
	officer.Post(urls.OfficerWeigh(a.Ref), url.Values{
		"outcome": {"needs_fix"}, "version": {p.Version(a.Ref)},
		"fixes[0].target": {"identity"}, "fixes[0].reason": {"needs_fix_x"}, "fixes[0].note": {"di KTP 3174-0142-0389-0005"},
	}).Is(http.StatusOK).Has("main", "3174-****-****-0005").Has("[data-flash]", said)
	officer.Post(urls.OfficerDecide(a.Ref), url.Values{
		"outcome": {"needs_fix"}, "version": {p.Version(a.Ref)},
		"fixes[0].target": {"identity"}, "fixes[0].reason": {"needs_fix_x"}, "fixes[0].note": {"di KTP 3174-0142-0389-0005"},
	}).LeadsTo(urls.OfficerQueue())

	lies := p.One(`SELECT (SELECT string_agg(to_jsonb(m)::text, ' ') FROM messages m)
		|| (SELECT string_agg(to_jsonb(c)::text, ' ') FROM identity_checks c)
		|| (SELECT string_agg(to_jsonb(f)::text, ' ') FROM application_fixes f)
		|| (SELECT string_agg(to_jsonb(d)::text, ' ') FROM decisions d)`)
	digits := strings.NewReplacer(" ", "", ".", "", "-", "").Replace(lies)
	if strings.Contains(digits, "01420389") {
		t.Errorf("a number lies in clear in %s", lies)
	}
}

// Where a reason was chosen, its own sentence and what can be done now are read, in the reader's language, and what
// was added below.
func TestF008ReasonIsReadWithItsAdvice(t *testing.T) {
	p, a, seeker, officer := reviewed(t)
	err := p.DB.Exec(`UPDATE reason_codes
		SET fix_id = 'Coba lagi tahun depan.', fix_en = 'Try again next year.'
		WHERE code IN ('not_eligible_x', 'not_selected_x')`).Error
	if err != nil {
		t.Fatal(err)
	}
	officer.Post(urls.OfficerNext(), url.Values{}).LeadsTo(urls.OfficerApplication(a.Ref))
	refusal := url.Values{"outcome": {"not_eligible"}, "version": {p.Version(a.Ref)}, "reason": {"not_eligible_x"}, "text": {"Lahir 2012."}}
	officer.Post(urls.OfficerWeigh(a.Ref), refusal).Has("main", "Coba lagi tahun depan.").Has("main", "Lahir 2012.")
	officer.Post(urls.OfficerDecide(a.Ref), refusal).LeadsTo(urls.OfficerQueue())
	for _, path := range []string{urls.Application(a.Ref), urls.ApplicationContest(a.Ref), urls.ApplicationPrint(a.Ref)} {
		seeker.Get(path).Has("main", "Alasan").Has("main", "Coba lagi tahun depan.").Has("main", "Lahir 2012.")
	}
	seeker.Get("/en"+urls.Application(a.Ref)).Has("main", "Try again next year.").Has("main", "Lahir 2012.")

	// The institution's reasons too.
	second := p.AddReadySeeker("Orang Kedua")
	b := p.AddSubmitted(second, p.One("SELECT ref FROM intakes"))
	err = p.DB.Exec(`WITH moved AS (
			UPDATE applications
			SET state = 'not_selected'
			WHERE ref = ?
			RETURNING id)
		INSERT INTO application_events (application_id, actor_role, at, from_state, to_state, reason_code, note)
		SELECT id, 'staff', now(), 'verified', 'not_selected', 'not_selected_x', 'Semua kursi terisi.'
		FROM moved`, b.Ref).Error
	if err != nil {
		t.Fatal(err)
	}
	p.As(second).Get(urls.Application(b.Ref)).Has("main", "Coba lagi tahun depan.").Has("main", "Semua kursi terisi.")
}

// A colleague's file can be taken over where it stands, for a reason.
func TestF226ColleaguesFileIsTakenOver(t *testing.T) {
	p, a, _, officer := reviewed(t)
	officer.Post(urls.OfficerNext(), url.Values{}).LeadsTo(urls.OfficerApplication(a.Ref))
	colleague := p.As(p.AddUser(models.Officer, "Joko"))
	colleague.Get(urls.OfficerApplication(a.Ref)).Has("main", "Ambil alih").Lacks("#keputusan")
	colleague.Post(urls.OfficerTakeOver(a.Ref), url.Values{}).Is(http.StatusUnprocessableEntity).Has("#f-why-error", "Tulis mengapa")
	colleague.Post(urls.OfficerTakeOver(a.Ref), url.Values{"why": {"Rina cuti"}}).LeadsTo(urls.OfficerApplication(a.Ref))
	colleague.Get(urls.OfficerApplication(a.Ref)).Has("#keputusan", "Verifikasi").Has("#meja", "Rina cuti")
	officer.Get(urls.OfficerApplication(a.Ref)).Has("#meja", "Joko").Lacks("#keputusan")
}

package handlers

import (
	"bytes"
	"context"
	"encoding/csv"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"naikkelas/internal/urls"
	"naikkelas/models"
	viewofficer "naikkelas/views/officer"
)

// addReasons puts in one reason of each kind that officers and staff choose from.
func (p *testPortal) addReasons() {
	p.t.Helper()
	var list []models.ReasonCode
	for _, kind := range []string{"needs_fix", "not_eligible", "certificate_needs_fix", "certificate_rejected", "certificate_suspended", "withdraw", "not_selected", "dropped", "programme_refused"} {
		list = append(list, models.ReasonCode{Kind: kind, Code: kind + "_x", Text: models.Text{ID: "Alasan " + kind, EN: "Reason " + kind}, ValidFrom: noon.AddDate(-1, 0, 0)})
	}
	if err := p.store.SeedReference(context.Background(), models.ReferenceData{ReasonCodes: list}); err != nil {
		p.t.Fatal(err)
	}
}

// reviewed is a portal with one file in the queue and an officer.
func reviewed(t *testing.T) (p *testPortal, a models.Application, seeker, officer *client) {
	t.Helper()
	p, l, u, seeker := applicant(t)
	p.addReasons()
	return p, p.addSubmitted(u, l.intakes[0]), seeker, p.as(p.addUser(models.Officer, "Rina"))
}

func (p *testPortal) version(ref string) string {
	p.t.Helper()
	var n int
	if err := p.db.Raw("SELECT version FROM applications WHERE ref = ?", ref).Scan(&n).Error; err != nil {
		p.t.Fatal(err)
	}
	return strconv.Itoa(n)
}

func TestOfficerVerifiesAndSeekerSeesIt(t *testing.T) {
	p, a, seeker, officer := reviewed(t)
	officer.get(urls.OfficerQueue()).is(http.StatusOK).has("table", a.Ref).has("table", "Suparmi").has("table", "Menunggu diperiksa")
	officer.get(urls.OfficerApplication(a.Ref)).is(http.StatusOK).has("main", "Ambil berkas ini").lacks("#keputusan")
	officer.post(urls.OfficerNext(), url.Values{}).leadsTo(urls.OfficerApplication(a.Ref))
	officer.post(urls.OfficerDecide(a.Ref), url.Values{"outcome": {"verified"}, "version": {p.version(a.Ref)}}).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "Tandai dulu NIK")
	officer.post(urls.OfficerCheck(a.Ref), url.Values{"field": {"all"}}).leadsTo(urls.OfficerApplication(a.Ref) + "#cek")
	officer.get(urls.OfficerApplication(a.Ref)).has("#cek", "Sama dengan KTP")
	officer.post(urls.OfficerDecide(a.Ref), url.Values{"outcome": {"verified"}, "version": {p.version(a.Ref)}}).leadsTo(urls.OfficerQueue())
	seeker.get(urls.Application(a.Ref)).has("main", "Berkas lengkap dan benar").has("main", "Petugas")
}

func TestOfficerAsksToMendAndSeekerSendsAgain(t *testing.T) {
	p, a, seeker, officer := reviewed(t)
	officer.post(urls.OfficerTake(a.Ref), url.Values{"version": {p.version(a.Ref)}}).leadsTo(urls.OfficerApplication(a.Ref))
	page := officer.get(urls.OfficerApplication(a.Ref)).is(http.StatusOK)
	if day, _ := page.Find(`[name="fix_by.day"]`).Attr("value"); day != "30" {
		t.Errorf("the proposed day is %q, want Monday the 30th", day)
	}
	values := url.Values{"outcome": {"needs_fix"}, "version": {p.version(a.Ref)}, "fixes[0].target": {"address"}, "fixes[0].reason": {"needs_fix_x"}, "fixes[0].note": {"RT tidak terbaca."},
		"fix_by.day": {"1"}, "fix_by.month": {"11"}, "fix_by.year": {"2026"}}
	officer.post(urls.OfficerDecide(a.Ref), values).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "setelah hari ini").has("main", "Perbaikan 1")
	values.Set("fix_by.month", "12")
	officer.post(urls.OfficerDecide(a.Ref), values).leadsTo(urls.OfficerQueue())
	seeker.get(urls.Application(a.Ref)).has("main", "RT tidak terbaca.").has("main", "Selasa, 1 Desember 2026 pukul 23.59 WIB").has("main", "Perlu diperbaiki")
	seeker.get(urls.ApplicationCheck(a.Ref)).is(http.StatusOK)
	seeker.post(urls.ApplicationCheck(a.Ref), allStatements).leadsTo(urls.ApplicationReceipt(a.Ref))
	officer.get(urls.OfficerQueue()).has("table", a.Ref)
	officer.get(urls.OfficerApplication(a.Ref)).has(".notice", "Pernah diminta").has(".notice", "RT tidak terbaca.").has("#cek li:nth-child(2) strong", "Suparmi").has("#cek li:first-child strong", "****")
}

// What is wrong in the list of things to mend is said at its own field, with all that was typed kept.
func TestWrongListOfThingsToMend(t *testing.T) {
	p, a, _, officer := reviewed(t)
	officer.post(urls.OfficerTake(a.Ref), url.Values{}).leadsTo(urls.OfficerApplication(a.Ref))
	tests := []struct {
		name   string
		values url.Values
		field  string
		want   string
	}{
		{"nothing", url.Values{}, "fixes[0].target", "Pilih"},
		{"no reason", url.Values{"fixes[1].target": {"address"}}, "fixes[1].reason", "Pilih alasan"},
		{"no part", url.Values{"fixes[0].reason": {"needs_fix_x"}}, "fixes[0].target", "Pilih bagian"},
		{"a day that is none", url.Values{"fixes[0].target": {"address"}, "fixes[0].reason": {"needs_fix_x"}, "fix_by.day": {"31"}, "fix_by.month": {"2"}, "fix_by.year": {"2027"}}, "fix_by", "kalender"},
		{"in more than a year", url.Values{"fixes[0].target": {"address"}, "fixes[0].reason": {"needs_fix_x"}, "fix_by.day": {"1"}, "fix_by.month": {"1"}, "fix_by.year": {"2028"}}, "fix_by", "90 hari"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.values.Set("outcome", "needs_fix")
			tt.values.Set("fixes[2].note", "Tulisan saya.")
			tt.values.Set("fixes[2].target", "education")
			tt.values.Set("fixes[2].reason", "needs_fix_x")
			if tt.name == "nothing" {
				tt.values = url.Values{"outcome": {"needs_fix"}}
			}
			page := officer.post(urls.OfficerDecide(a.Ref), tt.values).is(http.StatusUnprocessableEntity)
			page.has(`[data-error-summary] a[href="#f-`+tt.field+`"]`, tt.want)
			if tt.name != "nothing" {
				page.has("#keputusan details[open] details[open]", "Tulisan saya.")
			}
		})
	}
	if got := p.one("SELECT state FROM applications"); got != "in_review" {
		t.Errorf("the file is %s", got)
	}
}

// A file whose certificate does not count is verified only when the officer says to know it.
func TestApplicationWithACertificateThatDoesNotCount(t *testing.T) {
	p, a, _, officer := reviewed(t)
	c := p.addCertificate(officer.userNamed("Suparmi"))
	p.db.Exec("UPDATE certificates SET state = 'rejected', reason_code = 'x', taken_away_as = 'rejected', taken_away_at = updated_at, decided_at = updated_at")
	p.db.Exec("INSERT INTO application_certificates (application_id, certificate_id) SELECT a.id, c.id FROM applications a, certificates c")
	officer.post(urls.OfficerTake(a.Ref), url.Values{}).leadsTo(urls.OfficerApplication(a.Ref))
	officer.post(urls.OfficerCheck(a.Ref), url.Values{"field": {"all"}}).leadsTo(urls.OfficerApplication(a.Ref) + "#cek")
	officer.get(urls.OfficerApplication(a.Ref)).has("main .notice", "Sertifikat BNSP: Sertifikat ini ditolak").has("#"+viewofficer.CertificateAnchor(c.Ref), "Ditolak")
	verified := url.Values{"outcome": {"verified"}}
	officer.post(urls.OfficerDecide(a.Ref), verified).is(http.StatusUnprocessableEntity).has("#f-without-error", "tidak dihitung").has("label[for='f-without'], #keputusan label", "Sertifikat BNSP (Ditolak)")
	verified.Set("without", "yes")
	officer.post(urls.OfficerDecide(a.Ref), verified).leadsTo(urls.OfficerQueue())
}

// Bug report P057: two officers on one file: the second is told who decided what, and nothing changes.
func TestP057SecondOfficerIsShownTheFirstDecision(t *testing.T) {
	p, a, seeker, first := reviewed(t)
	second := p.as(p.addUser(models.Officer, "Joko"))
	first.post(urls.OfficerTake(a.Ref), url.Values{}).leadsTo(urls.OfficerApplication(a.Ref))
	second.post(urls.OfficerTake(a.Ref), url.Values{}).is(http.StatusConflict).has("[role=alert]", "Rina").has("[role=alert]", "Sedang diperiksa")
	no := url.Values{"outcome": {"not_eligible"}, "version": {p.version(a.Ref)}, "reason": {"not_eligible_x"}, "text": {"KTP bukan DKI."}}
	first.post(urls.OfficerDecide(a.Ref), no).leadsTo(urls.OfficerQueue())
	no.Set("text", "Lain.")
	second.post(urls.OfficerDecide(a.Ref), no).is(http.StatusConflict).has("[role=alert]", "Rina").has("[role=alert]", "Tidak memenuhi syarat")
	seeker.get(urls.Application(a.Ref)).has("main", "KTP bukan DKI.")
}

func TestNIKIsShownOnlyOnRequestAndWrittenDown(t *testing.T) {
	p, a, _, officer := reviewed(t)
	if strings.Contains(officer.get(urls.OfficerApplication(a.Ref)).body, "31750142") {
		t.Error("the file shows the whole NIK")
	}
	officer.post(urls.OfficerReveal(a.Ref), url.Values{}).is(http.StatusOK).has("main", "31750142")
	var n int64
	p.db.Raw("SELECT count(*) FROM audit_rows WHERE action = 'nik_revealed'").Scan(&n)
	if n != 1 {
		t.Errorf("%d reveals are written down", n)
	}
}

func TestSearchFindsByNameNumberAndNIK(t *testing.T) {
	p, a, _, officer := reviewed(t)
	var nikDigits string
	u := officer.userNamed("Suparmi")
	nikDigits, _, _, err := p.store.OwnNumbers(context.Background(), u)
	if err != nil {
		t.Fatal(err)
	}
	officer.post(urls.OfficerSearch(), url.Values{"q": {"supar"}}).leadsTo(urls.OfficerApplication(a.Ref))
	officer.post(urls.OfficerSearch(), url.Values{"q": {strings.ToLower(a.Ref)}}).leadsTo(urls.OfficerApplication(a.Ref))
	officer.post(urls.OfficerSearch(), url.Values{"q": {nikDigits}}).is(http.StatusOK).has("table", a.Ref)
	officer.post(urls.OfficerSearch(), url.Values{"q": {"tidak ada orangnya"}}).leadsTo(urls.OfficerSearch())
	officer.get(urls.OfficerSearch()).has("main", "Tidak ada berkas di sini").has("main", "Periksa tulisannya")
	// What may be most of a NIK is not kept.
	officer.post(urls.OfficerSearch(), url.Values{"q": {nikDigits[:15]}}).is(http.StatusOK).has("main", "Tidak ada berkas di sini")
	if n := p.one("SELECT count(*)::text FROM sessions s WHERE s::text LIKE '%" + nikDigits[:15] + "%'"); n != "0" {
		t.Error("the session keeps digits of a NIK")
	}
}

func TestOfficerAnswersOnTheApplication(t *testing.T) {
	_, a, seeker, officer := reviewed(t)
	seeker.post(urls.ApplicationAsk(a.Ref), url.Values{"token": {uuid.NewString()}, "text": {"Kapan tesnya?"}}).leadsTo(urls.Application(a.Ref))
	officer.get(urls.OfficerQueue()).has("table", "1 pesan belum dibaca")
	officer.post(urls.OfficerAnswer(a.Ref), url.Values{"message": {""}}).is(http.StatusUnprocessableEntity).has("#f-message-error", "Tulis pesan")
	officer.post(urls.OfficerAnswer(a.Ref), url.Values{"token": {uuid.NewString()}, "message": {"Minggu depan."}}).leadsTo(urls.OfficerApplication(a.Ref) + "#pesan")
	seeker.get(urls.Applications()).has("main", "1 pesan baru")
	seeker.get(urls.Application(a.Ref)).has("#tanya", "Minggu depan.")
}

func TestQueueIsExportedInBothFormats(t *testing.T) {
	p, a, _, officer := reviewed(t)
	p.db.Exec("UPDATE users SET name = '=1+1' WHERE name = 'Suparmi'")
	got := officer.get(urls.OfficerExport("csv")).is(http.StatusOK)
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(got.body, "\ufeff")))
	reader.Comma = ';'
	rows, err := reader.ReadAll()
	if err != nil || len(rows) != 2 || rows[1][0] != a.Ref || strings.HasPrefix(rows[1][1], "=") || rows[1][6] != "2026-11-25 12:00" {
		t.Errorf("csv: %q, %v", rows, err)
	}
	if strings.Contains(got.body, "3175") {
		t.Error("the export holds a NIK")
	}
	book, err := excelize.OpenReader(bytes.NewReader([]byte(officer.get(urls.OfficerExport("xlsx")).is(http.StatusOK).body)))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if ref, err := book.GetCellValue(book.GetSheetName(0), "A2"); err != nil || ref != a.Ref {
		t.Errorf("xlsx: %q, %v", ref, err)
	}
	officer.get(urls.OfficerExport("pdf")).is(http.StatusNotFound)
}

func TestFiltersNarrowTheQueue(t *testing.T) {
	_, a, _, officer := reviewed(t)
	for query, there := range map[string]bool{"": true, "?keadaan=submitted": true, "?keadaan=verified": false, "?kota=31.75": true, "?kota=31.74": false, "?bidang=teknik": true, "?bidang=kreatif": false, "?saya=ya": false, "?sesudah=rusak": true} {
		got := officer.get(urls.OfficerQueue() + query).is(http.StatusOK)
		if shown := strings.Contains(got.Find("table").Text(), a.Ref); shown != there {
			t.Errorf("%q: shown %v, want %v", query, shown, there)
		}
	}
}

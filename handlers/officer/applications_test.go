package officer_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
	viewofficer "naikkelas/views/officer"
)

// reviewed is a portal with one file in the queue and an officer.
func reviewed(t *testing.T) (p *testportal.Portal, a models.Application, seeker, officer *testportal.Client) {
	t.Helper()
	p, l, u, seeker := testportal.StartApplicant(t)
	p.AddReasons()
	return p, p.AddSubmitted(u, l.Intakes[0]), seeker, p.As(p.AddUser(models.Officer, "Rina"))
}

func TestOfficerVerifiesAndSeekerSeesIt(t *testing.T) {
	p, a, seeker, officer := reviewed(t)
	officer.Get(urls.OfficerQueue()).Is(http.StatusOK).Has("table", a.Ref).Has("table", "Suparmi").Has("table", "Menunggu diperiksa")
	officer.Get(urls.OfficerApplication(a.Ref)).Is(http.StatusOK).Has("main", "Ambil berkas ini").Lacks("#keputusan")
	officer.Post(urls.OfficerNext(), url.Values{}).LeadsTo(urls.OfficerApplication(a.Ref))
	officer.Post(urls.OfficerDecide(a.Ref), url.Values{"outcome": {"verified"}, "version": {p.Version(a.Ref)}}).
		Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Tandai dulu NIK")
	officer.Post(urls.OfficerCheck(a.Ref), url.Values{"field": {"all"}}).LeadsTo(urls.OfficerApplication(a.Ref) + "#cek")
	officer.Get(urls.OfficerApplication(a.Ref)).Has("#cek", "Sama dengan KTP")
	officer.Post(urls.OfficerDecide(a.Ref), url.Values{"outcome": {"verified"}, "version": {p.Version(a.Ref)}}).LeadsTo(urls.OfficerQueue())
	seeker.Get(urls.Application(a.Ref)).Has("main", "Berkas lengkap dan benar").Has("main", "Petugas")
}

// A NIK that is somebody else's stands at its field; the press for all fields is not there, and records nothing.
func TestF012FieldsOfOnePressAreCheckedTogether(t *testing.T) {
	p, a, _, officer := reviewed(t)
	other := p.AddReadySeeker("Orang Lain")
	err := p.DB.Exec(`UPDATE profiles SET nik_index = (SELECT nik_index FROM profiles WHERE user_id = ?), nik_verified = true
		WHERE user_id = ?`, a.SeekerID, other.ID).Error
	if err != nil {
		t.Fatal(err)
	}
	officer.Post(urls.OfficerNext(), url.Values{}).LeadsTo(urls.OfficerApplication(a.Ref))
	officer.Get(urls.OfficerApplication(a.Ref)).Lacks("#cek input[value=all]")
	for field, said := range map[string]string{"all": "Tandai satu per satu", "nik": "terverifikasi untuk Orang Lain"} {
		page := officer.Post(urls.OfficerCheck(a.Ref), url.Values{"field": {field}}).Is(http.StatusUnprocessableEntity)
		page.Has("[data-error-summary] a[href='#f-"+field+"']", said).Has("#cek #f-"+field+"-error", said)
		if n := page.Find("#cek .field-error").Length(); n != 1 {
			t.Errorf("%d fields are refused, want one", n)
		}
		if n := p.One("SELECT count(*)::text FROM identity_checks"); n != "0" {
			t.Errorf("%s: %s fields were recorded", field, n)
		}
	}
	officer.Post(urls.OfficerCheck(a.Ref), url.Values{"field": {"name"}}).LeadsTo(urls.OfficerApplication(a.Ref) + "#cek")
}

// What the card says stands beside what was typed, with who saw it, for a colleague too, and in the request to mend it.
func TestF005WhatTheCardSaysIsShownAndAskedFor(t *testing.T) {
	p, a, _, officer := reviewed(t)
	officer.Post(urls.OfficerNext(), url.Values{}).LeadsTo(urls.OfficerApplication(a.Ref))
	for _, values := range []url.Values{
		{"field": {"name"}, "differs": {"yes"}, "name": {"Nur Ayni"}},
		{"field": {"nik"}, "differs": {"yes"}, "number": {"3174 0142 0389 9999"}},
		{"field": {"ktp_address"}},
		{"field": {"birth_date"}, "differs": {"yes"}, "date.day": {"5"}, "date.month": {"6"}, "date.year": {"2009"}},
	} {
		officer.Post(urls.OfficerCheck(a.Ref), values).LeadsTo(urls.OfficerApplication(a.Ref) + "#cek")
	}
	page := officer.Get(urls.OfficerApplication(a.Ref)).Lacks("#cek input[value=all]")
	page.Has("#cek", "diisi: Suparmi · di KTP: Nur Ayni").Has("#cek", "Rina").Has("#cek", "3174014203899999").Has("#cek", "2009")
	note := page.Find(`#f-fixes textarea[name="fixes[0].note"]`).Text()
	if !strings.Contains(note, "Nur Ayni") || !strings.Contains(note, "3174********9999") || strings.Contains(note, "3174014203899999") {
		t.Errorf("the request says %q", note)
	}
	colleague := p.As(p.AddUser(models.Officer, "Joko"))
	colleague.Get(urls.OfficerApplication(a.Ref)).Has("#cek", "di KTP: Nur Ayni").Has("#cek", "3174********9999").
		Lacks("#cek:contains('3174014203899999')")
	officer.Post(urls.OfficerWeigh(a.Ref), url.Values{"outcome": {"verified"}, "version": {p.Version(a.Ref)}}).
		Is(http.StatusUnprocessableEntity).Has("#cek #f-nik-error", "NIK berbeda dengan KTP").Has("#cek #f-name-error", "Sebutkan mengapa")
}

// The next file is the one that waits longest; when none waits, the officer is told.
func TestOfficerTakesOneAfterTheOther(t *testing.T) {
	p, a, _, officer := reviewed(t)
	p.Pass(time.Minute)
	second := p.AddSubmitted(p.AddReadySeeker("Orang Kedua"), p.One("SELECT ref FROM intakes"))
	for _, want := range []string{a.Ref, second.Ref} {
		for range 2 { // one's own open file comes first
			officer.Post(urls.OfficerNext(), url.Values{}).LeadsTo(urls.OfficerApplication(want))
		}
		if err := p.DB.Exec("UPDATE applications SET state = 'verified' WHERE ref = ?", want).Error; err != nil {
			t.Fatal(err)
		}
	}
	officer.Post(urls.OfficerNext(), url.Values{}).LeadsTo(urls.OfficerQueue())
	officer.Get(urls.OfficerQueue()).Has("[data-flash]", "Tidak ada")
}

func TestOfficerAsksToMendAndSeekerSendsAgain(t *testing.T) {
	p, a, seeker, officer := reviewed(t)
	officer.Post(urls.OfficerTake(a.Ref), url.Values{"version": {p.Version(a.Ref)}}).LeadsTo(urls.OfficerApplication(a.Ref))
	page := officer.Get(urls.OfficerApplication(a.Ref)).Is(http.StatusOK)
	if day, _ := page.Find(`[name="fix_by.day"]`).Attr("value"); day != "30" {
		t.Errorf("the proposed day is %q, want Monday the 30th", day)
	}
	values := url.Values{
		"outcome": {"needs_fix"}, "version": {p.Version(a.Ref)},
		"fixes[0].target": {"address"}, "fixes[0].reason": {"needs_fix_x"}, "fixes[0].note": {"RT tidak terbaca."},
		"fix_by.day": {"1"}, "fix_by.month": {"11"}, "fix_by.year": {"2026"},
	}
	officer.Post(urls.OfficerDecide(a.Ref), values).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "setelah hari ini").Has("main", "Perbaikan 1")
	values.Set("fix_by.month", "12")
	officer.Post(urls.OfficerDecide(a.Ref), values).LeadsTo(urls.OfficerQueue())
	seeker.Get(urls.Application(a.Ref)).
		Has("main", "RT tidak terbaca.").Has("main", "Selasa, 1 Desember 2026 pukul 23.59 WIB").Has("main", "Perlu diperbaiki")
	seeker.Get(urls.ApplicationCheck(a.Ref)).Is(http.StatusOK)
	seeker.Post(urls.ApplicationCheck(a.Ref), testportal.AllStatements).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary] a[href='#f-unchanged']", "belum diubah").Has("label:has(#f-unchanged)", "Belum diubah: Alamat. Tetap kirim?")
	seeker.Post(urls.ApplicationCheck(a.Ref), url.Values{"statements": models.Statements, "unchanged": {"1"}}).
		LeadsTo(urls.ApplicationReceipt(a.Ref))
	officer.Get(urls.OfficerQueue()).Has("table", a.Ref)
	officer.Get(urls.OfficerApplication(a.Ref)).Has(".notice", "Pernah diminta").Has(".notice blockquote", "RT tidak terbaca.").
		Has(".notice .tag-fix", "Dikirim lagi tanpa diubah").
		Has("#cek li:nth-child(2) strong", "Suparmi").Has("#cek li:first-child strong", "****")
}

// What is wrong in the list of things to mend is said at its own field, with all that was typed kept.
func TestWrongListOfThingsToMend(t *testing.T) {
	p, a, _, officer := reviewed(t)
	officer.Post(urls.OfficerTake(a.Ref), url.Values{}).LeadsTo(urls.OfficerApplication(a.Ref))
	tests := []struct {
		name   string
		values url.Values
		field  string
		want   string
	}{
		{"nothing", url.Values{}, "fixes[0].target", "Pilih"},
		{"no reason", url.Values{"fixes[1].target": {"address"}}, "fixes[1].reason", "Pilih alasan"},
		{"no part", url.Values{"fixes[0].reason": {"needs_fix_x"}}, "fixes[0].target", "Pilih bagian"},
		{"a day that is none", url.Values{
			"fixes[0].target": {"address"}, "fixes[0].reason": {"needs_fix_x"}, "fix_by.day": {"31"}, "fix_by.month": {"2"}, "fix_by.year": {"2027"},
		}, "fix_by", "kalender"},
		{"in more than a year", url.Values{
			"fixes[0].target": {"address"}, "fixes[0].reason": {"needs_fix_x"}, "fix_by.day": {"1"}, "fix_by.month": {"1"}, "fix_by.year": {"2028"},
		}, "fix_by", "90 hari"},
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
			page := officer.Post(urls.OfficerDecide(a.Ref), tt.values).Is(http.StatusUnprocessableEntity)
			page.Has(`[data-error-summary] a[href="#f-`+tt.field+`"]`, tt.want)
			if tt.name != "nothing" {
				page.Has("#keputusan details[open] details[open]", "Tulisan saya.")
			}
		})
	}
	if got := p.One("SELECT state FROM applications"); got != "in_review" {
		t.Errorf("the file is %s", got)
	}
}

// A file whose certificate does not count is verified only when the officer says to know it.
func TestApplicationWithACertificateThatDoesNotCount(t *testing.T) {
	p, a, _, officer := reviewed(t)
	c := p.AddCertificate(officer.UserNamed("Suparmi"))
	p.DB.Exec(`UPDATE certificates
		SET state = 'rejected', reason_code = 'x', taken_away_as = 'rejected', taken_away_at = updated_at, decided_at = updated_at`)
	p.DB.Exec("INSERT INTO application_certificates (application_id, certificate_id) SELECT a.id, c.id FROM applications a, certificates c")
	officer.Post(urls.OfficerTake(a.Ref), url.Values{}).LeadsTo(urls.OfficerApplication(a.Ref))
	officer.Post(urls.OfficerCheck(a.Ref), url.Values{"field": {"all"}}).LeadsTo(urls.OfficerApplication(a.Ref) + "#cek")
	officer.Get(urls.OfficerApplication(a.Ref)).
		Has("main .notice", "Sertifikat BNSP: Sertifikat ini ditolak").Has("#"+viewofficer.CertificateAnchor(c.Ref), "Ditolak")
	verified := url.Values{"outcome": {"verified"}}
	officer.Post(urls.OfficerDecide(a.Ref), verified).Is(http.StatusUnprocessableEntity).
		Has("#f-without-error", "tidak dihitung").Has("label[for='f-without'], #keputusan label", "Sertifikat BNSP (Ditolak)")
	verified.Set("without", "yes")
	officer.Post(urls.OfficerDecide(a.Ref), verified).LeadsTo(urls.OfficerQueue())
}

// Bug report P057: two officers on one file: the second is told who decided what, and nothing changes.
func TestP057SecondOfficerIsShownTheFirstDecision(t *testing.T) {
	p, a, seeker, first := reviewed(t)
	second := p.As(p.AddUser(models.Officer, "Joko"))
	first.Post(urls.OfficerTake(a.Ref), url.Values{}).LeadsTo(urls.OfficerApplication(a.Ref))
	second.Post(urls.OfficerTake(a.Ref), url.Values{}).Is(http.StatusConflict).
		Has("[role=alert]", "Rina").Has("[role=alert]", "Sedang diperiksa")
	no := url.Values{"outcome": {"not_eligible"}, "version": {p.Version(a.Ref)}, "reason": {"not_eligible_x"}, "text": {"KTP bukan DKI."}}
	first.Post(urls.OfficerDecide(a.Ref), no).LeadsTo(urls.OfficerQueue())
	no.Set("text", "Lain.")
	second.Post(urls.OfficerDecide(a.Ref), no).Is(http.StatusConflict).Has("[role=alert]", "Rina").Has("[role=alert]", "Tidak memenuhi syarat")
	seeker.Get(urls.Application(a.Ref)).Has("main", "KTP bukan DKI.")
}

// A decision that was contested is for another officer; who made it reads so on the file.
func TestContestedFileIsForAnotherOfficer(t *testing.T) {
	p, a, _, officer := reviewed(t)
	p.DB.Exec("UPDATE applications SET contested_at = updated_at, decided_by = (SELECT id FROM users WHERE name = 'Rina')")
	officer.Post(urls.OfficerTake(a.Ref), url.Values{}).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Petugas lain")
	p.As(p.AddUser(models.Officer, "Joko")).Post(urls.OfficerTake(a.Ref), url.Values{}).LeadsTo(urls.OfficerApplication(a.Ref))
}

func TestNIKIsShownOnlyOnRequestAndWrittenDown(t *testing.T) {
	p, a, _, officer := reviewed(t)
	if strings.Contains(officer.Get(urls.OfficerApplication(a.Ref)).Body, "31750142") {
		t.Error("the file shows the whole NIK")
	}
	officer.Post(urls.OfficerReveal(a.Ref), url.Values{}).Is(http.StatusOK).Has("main", "31750142")
	var n int64
	p.DB.Raw("SELECT count(*) FROM audit_rows WHERE action = 'nik_revealed'").Scan(&n)
	if n != 1 {
		t.Errorf("%d reveals are written down", n)
	}
}

// The page with the number answers the look that was written down, and is kept nowhere: another look is another line.
func TestF172PageOfARevealedNumberIsNotKept(t *testing.T) {
	p, a, _, officer := reviewed(t)
	reveal := testportal.FormRequest(urls.OfficerReveal(a.Ref), url.Values{})
	reveal.Header.Set("Sec-Fetch-Mode", "navigate")
	officer.Do(reveal).Is(http.StatusOK).Has("main", "31750142")
	refused := testportal.FormRequest(urls.OfficerDecide(a.Ref), url.Values{"outcome": {"not_eligible"}})
	if page := officer.Navigate(refused).Is(http.StatusConflict); strings.Contains(page.Body, "31750142") {
		t.Error("the page of a refused decision shows the whole NIK")
	}
	if n := p.One("SELECT count(*) FROM session_answers"); n != "1" {
		t.Errorf("%s pages are kept, want that of the decision alone", n)
	}
}

func TestSearchFindsByNameNumberAndNIK(t *testing.T) {
	p, a, _, officer := reviewed(t)
	var nikDigits string
	u := officer.UserNamed("Suparmi")
	nikDigits, _, _, err := p.Store.OwnNumbers(context.Background(), u)
	if err != nil {
		t.Fatal(err)
	}
	officer.Post(urls.OfficerSearch(), url.Values{"q": {"supar"}}).LeadsTo(urls.OfficerApplication(a.Ref))
	officer.Post(urls.OfficerSearch(), url.Values{"q": {strings.ToLower(a.Ref)}}).LeadsTo(urls.OfficerApplication(a.Ref))
	officer.Post(urls.OfficerSearch(), url.Values{"q": {nikDigits}}).Is(http.StatusOK).Has("table", a.Ref)
	officer.Post(urls.OfficerSearch(), url.Values{"q": {"tidak ada orangnya"}}).LeadsTo(urls.OfficerSearch())
	officer.Get(urls.OfficerSearch()).Has("main", "Tidak ada berkas di sini").Has("main", "Periksa tulisannya")
	// What may be most of a NIK is not kept.
	officer.Post(urls.OfficerSearch(), url.Values{"q": {nikDigits[:15]}}).Is(http.StatusOK).Has("main", "Tidak ada berkas di sini")
	if n := p.One("SELECT count(*)::text FROM sessions s WHERE s::text LIKE '%" + nikDigits[:15] + "%'"); n != "0" {
		t.Error("the session keeps digits of a NIK")
	}
}

func TestOfficerAnswersOnTheApplication(t *testing.T) {
	_, a, seeker, officer := reviewed(t)
	seeker.Post(urls.ApplicationAsk(a.Ref), url.Values{"token": {uuid.NewString()}, "text": {"Kapan tesnya?"}}).
		LeadsTo(urls.Application(a.Ref))
	officer.Get(urls.OfficerQueue()).Has("table", "Dijawab paling lambat").Has("table", "1 pesan belum dijawab")
	officer.Get(urls.InEnglish(urls.OfficerQueue())).Has("table", "1 message not answered yet")
	seeker.Post(urls.ApplicationAsk(a.Ref), url.Values{"token": {uuid.NewString()}, "text": {"Di mana?"}}).LeadsTo(urls.Application(a.Ref))
	officer.Get(urls.OfficerQueue()).Has("table", "2 pesan belum dijawab")
	officer.Post(urls.OfficerAnswer(a.Ref), url.Values{"message": {""}}).Is(http.StatusUnprocessableEntity).
		Has("#f-message-error", "Tulis pesan")
	read := officer.Get(urls.OfficerApplication(a.Ref)).Find("#pesan input[name=seen]").AttrOr("value", "")
	officer.Post(urls.OfficerAnswer(a.Ref), url.Values{"token": {uuid.NewString()}, "message": {"Minggu depan."}, "seen": {read}}).
		LeadsTo(urls.OfficerApplication(a.Ref) + "#pesan")
	if queue := officer.Get(urls.OfficerQueue()).Has("table", a.Ref); strings.Contains(queue.Body, "belum dijawab") {
		t.Error("after the answer a message still counts as not answered")
	}
	seeker.Get(urls.Applications()).Has("main", "1 pesan baru")
	seeker.Get(urls.Application(a.Ref)).Has("#tanya", "Minggu depan.")
}

func TestQueueIsExportedInBothFormats(t *testing.T) {
	p, a, _, officer := reviewed(t)
	p.DB.Exec("UPDATE users SET name = '=1+1' WHERE name = 'Suparmi'")
	got := officer.Get(urls.OfficerExport("csv")).Is(http.StatusOK)
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(got.Body, "\ufeff")))
	reader.Comma = ';'
	rows, err := reader.ReadAll()
	if err != nil || len(rows) != 2 || rows[1][0] != a.Ref || strings.HasPrefix(rows[1][1], "=") || rows[1][6] != "2026-11-25 12:00" {
		t.Errorf("csv: %q, %v", rows, err)
	}
	if strings.Contains(got.Body, "3175") {
		t.Error("the export holds a NIK")
	}
	book, err := excelize.OpenReader(bytes.NewReader([]byte(officer.Get(urls.OfficerExport("xlsx")).Is(http.StatusOK).Body)))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if ref, err := book.GetCellValue(book.GetSheetName(0), "A2"); err != nil || ref != a.Ref {
		t.Errorf("xlsx: %q, %v", ref, err)
	}
	officer.Get(urls.OfficerExport("pdf")).Is(http.StatusNotFound)
}

func TestFiltersNarrowTheQueue(t *testing.T) {
	_, a, _, officer := reviewed(t)
	for query, there := range map[string]bool{
		"": true, "?keadaan=submitted": true, "?keadaan=verified": false, "?kota=31.75": true,
		"?kota=31.74": false, "?bidang=teknik": true, "?bidang=kreatif": false, "?saya=ya": false, "?sesudah=rusak": true,
	} {
		got := officer.Get(urls.OfficerQueue() + query).Is(http.StatusOK)
		if shown := strings.Contains(got.Find("table").Text(), a.Ref); shown != there {
			t.Errorf("%q: shown %v, want %v", query, shown, there)
		}
	}
}

// Before the press stands what the person will read; after it the desk alone sees the decision, and can take it back.
func TestF007DecisionIsLookedAtAnnouncedLaterAndTakenBack(t *testing.T) {
	p, a, seeker, officer := reviewed(t)
	p.AnnounceAfter(10)
	officer.Post(urls.OfficerNext(), url.Values{}).LeadsTo(urls.OfficerApplication(a.Ref))
	refusal := url.Values{
		"outcome": {"not_eligible"}, "version": {p.Version(a.Ref)}, "reason": {"not_eligible_x"}, "text": {"KTP Anda dari Depok."},
	}
	check := officer.Post(urls.OfficerWeigh(a.Ref), refusal).Is(http.StatusOK)
	check.Has("main", "KTP Anda dari Depok.").Has("main", "pukul 12.10 WIB").Has("main", "Siapa yang terkena")
	values := url.Values{}
	check.Find(`form[action$="/putuskan"] input`).Each(func(_ int, s *goquery.Selection) {
		values.Add(s.AttrOr("name", ""), s.AttrOr("value", ""))
	})
	values.Set("change", "yes")
	officer.Post(urls.OfficerWeigh(a.Ref), values).Is(http.StatusOK).Has("#keputusan textarea[name=text]", "KTP Anda dari Depok.")
	values.Del("change")
	officer.Post(urls.OfficerDecide(a.Ref), values).LeadsTo(urls.OfficerQueue())
	officer.Get(urls.OfficerQueue()).Has("table", "diumumkan pukul 12.10 WIB")
	seeker.Get(urls.Application(a.Ref)).Lacks("main:contains('Depok')").Has("main", "Sedang diperiksa")

	colleague := p.As(p.AddUser(models.Officer, "Joko"))
	colleague.Get(urls.OfficerApplication(a.Ref)).Has("#diputuskan", "KTP Anda dari Depok.").Has("#diputuskan", "Rina").Lacks("#keputusan")
	colleague.Post(urls.OfficerRecall(a.Ref), url.Values{}).LeadsTo(urls.OfficerApplication(a.Ref))
	colleague.Get(urls.OfficerApplication(a.Ref)).Has("#meja", "Ditarik kembali").Has("#meja", "Joko").Lacks("#diputuskan")
	colleague.Post(urls.OfficerRecall(a.Ref), url.Values{}).Is(http.StatusUnprocessableEntity)
	seeker.Get(urls.Application(a.Ref)).Lacks("main:contains('Ditarik')")

	officer.Post(urls.OfficerWeigh(a.Ref), url.Values{"outcome": {"verified"}, "version": {p.Version(a.Ref)}}).
		Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Tandai dulu NIK")
}

// Somebody whom officers passed changes their name: the queue leads to the file, which shows both sides and ends the look.
func TestF001ChangedFilesAreLookedAtAgain(t *testing.T) {
	p, a, seeker, officer := reviewed(t)
	officer.Post(urls.OfficerNext(), url.Values{}).LeadsTo(urls.OfficerApplication(a.Ref))
	officer.Post(urls.OfficerCheck(a.Ref), url.Values{"field": {"all"}}).LeadsTo(urls.OfficerApplication(a.Ref) + "#cek")
	officer.Post(urls.OfficerDecide(a.Ref), url.Values{"outcome": {"verified"}, "version": {p.Version(a.Ref)}}).LeadsTo(urls.OfficerQueue())
	p.Pass(time.Minute)
	form := url.Values{
		"name": {"Suparmi Dewi"}, "birth_place": {"Jakarta"}, "sex": {"P"},
		"birth.day": {"2"}, "birth.month": {"3"}, "birth.year": {"1989"},
	}
	seeker.Post(urls.ProfileSection("identitas"), form).LeadsTo(urls.Profile())
	seeker.Get(urls.Application(a.Ref)).Has("main", "Petugas akan mengecek data Anda lagi")
	officer.Get(urls.OfficerQueue()).Has("main", "1 perlu dicek lagi")
	officer.Get(urls.OfficerQueue()+"?keadaan=cek-lagi").Has("table", a.Ref)
	file := officer.Get(urls.OfficerApplication(a.Ref))
	file.Has("#berubah", "Suparmi").Has("#berubah", "Suparmi Dewi").Has("#berubah", "Baru bagi Anda").Has("#dicek", "Rina")
	officer.Post(urls.OfficerLookAgain(a.Ref), url.Values{"outcome": {"keep"}}).
		Is(http.StatusUnprocessableEntity).Has("#dicek #f-note-error", "Tulis mengapa")
	officer.Post(urls.OfficerCheck(a.Ref), url.Values{"field": {"name"}}).LeadsTo(urls.OfficerApplication(a.Ref) + "#cek")
	officer.Post(urls.OfficerLookAgain(a.Ref), url.Values{"outcome": {"renew"}}).LeadsTo(urls.OfficerApplication(a.Ref))
	officer.Get(urls.OfficerQueue()).Lacks("main a[href*='cek-lagi']")
	officer.Get(urls.OfficerApplication(a.Ref)).Has("#dicek", "Suparmi Dewi").Has("#meja", "data baru dipakai")
}

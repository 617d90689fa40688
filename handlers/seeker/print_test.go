package seeker_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// The copy for the counter says what the screen says, with the person's answers, the test, the school and where to go on.
func TestF176CopyHasTheAnswersAndWhatIsToBeDone(t *testing.T) {
	p, l, _, c := testportal.StartApplicant(t)
	set := func(query string, args ...any) {
		t.Helper()
		if err := p.DB.Exec(query, args...).Error; err != nil {
			t.Fatal(err)
		}
	}
	set(`UPDATE institutions SET street = 'Jl. Pemuda 7', phone = '+62215550177'`)
	set(`UPDATE programmes SET place = 'Gedung B lantai 2'`)
	set(`UPDATE intakes SET test_on = '2026-12-07'`)
	ref := walk(c, l.Intakes[0])
	c.Post(urls.ApplicationCheck(ref), testportal.AllStatements).LeadsTo(urls.ApplicationReceipt(ref))
	c.Post(urls.ApplicationAsk(ref), url.Values{"text": {"Bolehkah membawa anak?"}}).LeadsTo(urls.Application(ref))
	copy := c.Get(urls.ApplicationPrint(ref)).Is(http.StatusOK)
	for _, want := range []string{
		"Jl. Melati 1, RT 001/RW 012, Duren Sawit", "SMP Contoh", "Ibu", "ktp.jpg", "Saya ingin jadi juru las.",
		"Saya akan mengikuti pelatihan dari awal sampai selesai.", "Senin, 7 Desember 2026", "Jl. Pemuda 7", "+62215550177",
		"Gedung B lantai 2", "Menunggu petugas", "diperiksa paling lambat", "Bolehkah membawa anak?", ref,
		"http://127.0.0.1" + urls.Application(ref),
	} {
		copy.Has("main", want)
	}
	copy.Lacks("main form").Lacks("main a[href^='#']")
	c.Get(urls.InEnglish(urls.ApplicationPrint(ref))).Has("main", urls.InEnglish(urls.Application(ref))).Has("main", "SMP Contoh")

	// Invited: the hour and the place of the test.
	at := time.Date(2026, 12, 8, 9, 30, 0, 0, i18n.WIB)
	set(`UPDATE applications SET state = 'invited', test_at = ?, test_place = 'Bengkel Las' WHERE ref = ?`, at, ref)
	c.Get(urls.ApplicationPrint(ref)).Has("main", "8 Desember 2026 pukul 09.30 WIB, Bengkel Las")
}

// A withdrawn application and one against whose refusal the person objects say why.
func TestF176CopyOfAWithdrawnAndAContestedApplication(t *testing.T) {
	p, l, _, c := testportal.StartApplicant(t)
	p.AddReasons()
	ref := walk(c, l.Intakes[0])
	c.Post(urls.ApplicationCheck(ref), testportal.AllStatements).LeadsTo(urls.ApplicationReceipt(ref))
	c.Post(urls.ApplicationWithdraw(ref), url.Values{"reason": {"withdraw_x"}, "note": {"Mulai Senin."}}).LeadsTo(urls.Application(ref))
	c.Get(urls.ApplicationPrint(ref)).Has("main", "Alasan Anda membatalkan").Has("main", "Mulai Senin.").Has("main", "Dibatalkan")

	second := walk(c, l.Intakes[0])
	c.Post(urls.ApplicationCheck(second), testportal.AllStatements).LeadsTo(urls.ApplicationReceipt(second))
	err := p.DB.Exec(`UPDATE applications
		SET state = 'not_eligible', reason_code = 'not_eligible_x', reason_text = 'Umur kurang.', decided_at = ?
		WHERE ref = ?`, testportal.Noon, second).Error
	if err != nil {
		t.Fatal(err)
	}
	c.Get(urls.ApplicationPrint(second)).Has("main", "Umur kurang.").Has("main", "Keberatan bisa diajukan sampai")
	c.Post(urls.ApplicationContest(second), url.Values{"text": {"KTP saya baru."}}).LeadsTo(urls.Application(second))
	c.Get(urls.ApplicationPrint(second)).Has("main", "Keberatan Anda").Has("main", "KTP saya baru.")
}

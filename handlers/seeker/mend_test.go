package seeker_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// sentBack puts an application back to be mended: a number, a photo, a certificate and the motivation.
func sentBack(t *testing.T, notes string) (p *testportal.Portal, c *testportal.Client, ref, certificate string) {
	t.Helper()
	p, l, u, _ := testportal.StartApplicant(t)
	var reasons []models.ReasonCode
	for _, code := range []string{"nik_differs", "scan_cut_off", "answer_incomplete", "page_missing"} {
		text := models.Text{ID: "Alasan " + code + ".", EN: "Reason."}
		reasons = append(reasons, models.ReasonCode{
			Kind: "needs_fix", Code: code, Text: text,
			Fix:       models.Text{ID: "Saran " + code + ".", EN: "Advice."},
			ValidFrom: testportal.Noon.AddDate(-1, 0, 0),
		})
	}
	if err := p.Store.SeedReference(context.Background(), models.ReferenceData{ReasonCodes: reasons}); err != nil {
		t.Fatal(err)
	}
	cert := p.AddCertificate(u)
	ref = p.AddSubmitted(u, l.Intakes[0]).Ref
	p.DB.Exec("UPDATE certificates SET state = 'needs_fix'")
	p.DB.Exec(`INSERT INTO application_certificates (application_id, certificate_id)
		SELECT id, ? FROM applications WHERE ref = ?`, cert.ID, ref)
	p.Pass(time.Hour)
	p.DB.Exec("UPDATE applications SET state = 'needs_fix', fix_by = '2026-12-03T16:59:59Z' WHERE ref = ?", ref)
	for _, f := range []struct{ target, reason string }{
		{"identity", "nik_differs"}, {"identity", "scan_cut_off"}, {"application", "answer_incomplete"}, {"certificate", "page_missing"},
	} {
		p.DB.Exec(`INSERT INTO application_fixes (application_id, target, certificate_id, reason_code, note, created_at)
			SELECT id, ?, CASE ? WHEN 'certificate' THEN ?::bigint END, ?, ?, ? FROM applications WHERE ref = ?`,
			f.target, f.target, cert.ID, f.reason, notes, p.Store.Now(), ref)
	}
	p.Pass(time.Hour)
	return p, p.As(u), ref, cert.Ref
}

// Each thing to be mended is a card with the officer's own words and the button to exactly that field; it is ticked
// once the person was there, who comes back to the cards from everywhere. The page before sending shows them too.
func TestF159EachRepairIsACardThatLeadsToItsField(t *testing.T) {
	p, c, ref, cert := sentBack(t, "Angka ke-7 salah.")
	along, page := "?pendaftaran="+ref, urls.Application(ref)
	identity := urls.ProfileSection("identitas") + along
	photo := urls.ProfileSection("foto-ktp") + along
	for _, path := range []string{page, urls.ApplicationCheck(ref)} {
		c.Get(path).Is(http.StatusOK).
			Has("#perbaikan blockquote", "Angka ke-7 salah.").Has("#perbaikan", "0 dari 4").
			Has("#perbaikan li:nth-child(1) a[href='"+identity+"#f-nik']", "Buka data diri").
			Has("#perbaikan li:nth-child(2) a[href='"+photo+"#f-ktp']", "Buka foto").
			Has("#perbaikan li:nth-child(3) a[href='"+urls.ApplicationMotivation(ref)+"#f-motivation']", "Buka alasan").
			Has("#perbaikan li:nth-child(4) a[href='"+urls.Certificate(cert)+along+"']", "Buka sertifikat")
	}
	c.Get(identity).Shows("#f-nik").Has("button[name=leave]", "Kembali")
	c.Post(identity, url.Values{"leave": {"1"}}).Is(http.StatusUnprocessableEntity).Has("a[href='"+page+"']", "kembali")
	c.Get(photo).Shows("#f-ktp").Has("a[href='"+page+"']", "Kembali")
	c.Get(urls.Certificate(cert)+along).Has("a[href='"+page+"']", "Kembali ke pendaftaran")

	c.Post(identity, identityValues()).LeadsTo(page)
	c.Get(page).Has("#perbaikan", "0 dari 4") // the same was kept again
	c.Post(identity, identityValues("birth_place", "Bekasi")).LeadsTo(page)
	c.Post(urls.ApplicationMotivation(ref), url.Values{"motivation": {"Saya mau jadi juru las."}}).LeadsTo(urls.ApplicationCheck(ref))
	c.Get(page).Has("#perbaikan", "2 dari 4").
		Has("#perbaikan li:nth-child(1)", "Sudah Anda ubah").Has("#perbaikan li:nth-child(2)", "Belum diperbaiki").
		Has("#perbaikan li:nth-child(3)", "Sudah Anda ubah").Has("#perbaikan li:nth-child(4)", "Belum diperbaiki")
	c.Get(urls.ApplicationCheck(ref)).Has("label:has(#f-unchanged)", "Belum diubah: Data diri")
	mended, err := p.Store.AddUploads(context.Background(), c.UserNamed("Suparmi"), models.NewUpload{
		Purpose: "certificate", Name: "halaman.jpg", MediaType: "image/jpeg", Size: 11, SHA256: make([]byte, 32), BlobKey: "halaman/2",
	})
	if err != nil {
		t.Fatal(err)
	}
	c.Post(urls.AttachUpload(cert, mended[0].Ref), url.Values{}).Is(http.StatusSeeOther)
	_, err = p.Store.AddUploads(context.Background(), c.UserNamed("Suparmi"), models.NewUpload{
		Purpose: "ktp", Name: "baru.jpg", MediaType: "image/jpeg", Size: 11, SHA256: make([]byte, 32), BlobKey: "ktp/baru",
	})
	if err != nil {
		t.Fatal(err)
	}
	c.Get(page).Has("#perbaikan", "4 dari 4").Lacks("#perbaikan .tag-fix")
	c.Get(urls.ApplicationCheck(ref)).Lacks("#f-unchanged")
}

// What was saved before officers asked does not count as mended, nor does another part, nor another application's.
func TestF159OnlyWhatWasMendedSinceIsTicked(t *testing.T) {
	p, c, ref, _ := sentBack(t, "")
	c.Get(urls.Application(ref)).Has("#perbaikan", "0 dari 4").Lacks("#perbaikan blockquote")
	p.DB.Exec("UPDATE application_fixes SET reason_code = 'lain', target = 'guardian' WHERE reason_code = 'nik_differs'")
	c.Post(urls.ProfileSection("bahasa"), url.Values{"none": {"1"}})
	guardian := urls.ProfileSection("wali") + "?pendaftaran=" + ref
	c.Get(urls.Application(ref)).Has("#perbaikan", "0 dari 4").Has("#perbaikan a[href='"+guardian+"']", "Buka data wali")
}

// Why something was decided stands in parts: the reason, what can be done now, and somebody's own words, quoted and with
// whose they are. So it is for a refusal and the objection to it, for what an institution wrote, and for a certificate.
func TestF160ReasonAdviceAndOwnWordsStandApart(t *testing.T) {
	p, c, ref, cert := sentBack(t, "Angka ke-7 salah.")
	parts := func(path, where, note string) {
		t.Helper()
		page := c.Get(path).Is(http.StatusOK).Has(where+" p", "Alasan nik_differs.").Has(where+" p", "Saran nik_differs.").
			Has(where+" blockquote", "Angka ke-7 salah.").Has(where, note)
		if strings.Contains(page.Body, "Alasan nik_differs. Saran") || strings.Contains(page.Body, "nik_differs. Angka") {
			t.Errorf("%s runs the parts together", path)
		}
	}
	parts(urls.Application(ref), "#perbaikan li:first-child", "Catatan petugas:")
	p.DB.Exec("UPDATE certificates SET reason_code = 'nik_differs', note = 'Angka ke-7 salah.'")
	parts(urls.Certificate(cert), ".notice-fix", "Catatan petugas:")
	p.DB.Exec(`UPDATE applications SET state = 'not_eligible', reason_code = 'nik_differs', reason_text = 'Angka ke-7 salah.',
		decided_at = ? WHERE ref = ?`, p.Store.Now(), ref)
	parts(urls.Application(ref), "main .panel", "Catatan petugas:")
	parts(urls.ApplicationContest(ref), "main .panel", "Catatan petugas:")
	p.DB.Exec("UPDATE applications SET state = 'not_selected' WHERE ref = ?", ref)
	p.DB.Exec(`INSERT INTO application_events (application_id, actor_role, at, from_state, to_state, reason_code, note)
		SELECT id, 'staff', ?, 'attended', 'not_selected', 'nik_differs', 'Angka ke-7 salah.'
		FROM applications WHERE ref = ?`, p.Store.Now(), ref)
	parts(urls.Application(ref), "main .panel", "Catatan lembaga:")
	c.Get(urls.Application(ref)).Has("main", "“Angka ke-7 salah.”")
}

package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/urls"
	"naikkelas/models"
)

func TestOwnerSeesWhoLookedAtTheirFiles(t *testing.T) {
	p, deps, u, c := filesPortal(t)
	c.get(urls.Looks()).is(http.StatusOK).has("main", "Belum ada yang melihat")
	c.postFiles(urls.Uploads(), url.Values{}, sentFile{"ijazah.jpg", "image/jpeg", photo(t, 300, 200, 90)}).leadsTo(urls.Uploads())
	p.renderAll(deps)
	ref := p.one("SELECT ref FROM uploads")
	c.get(urls.UploadImage(ref, "1")).is(http.StatusOK) // one's own look is no news
	officer := p.as(p.addUser(models.Officer, "Rina Petugas"))
	officer.get(urls.UploadImage(ref, "1")).is(http.StatusOK)
	officer.get(urls.UploadImage(ref, "1")).is(http.StatusOK)
	officer.get(urls.UploadOriginal(ref)).is(http.StatusOK)
	officer.get(urls.CounterPerson(u.Ref)).is(http.StatusOK)
	page := c.get(urls.Looks()).has("main", "Melihat ijazah.jpg").has("main", "Mengunduh ijazah.jpg").has("main li", "Petugas")
	if n := page.Find("main .rows li").Length(); n != 3 {
		t.Errorf("%d looks, want three: two looks at one page one after the other are one", n)
	}
	if strings.Contains(page.body, "Rina") {
		t.Error("the log names the officer, as no history here does")
	}
	if other := p.as(p.addUser(models.Seeker, "Orang Lain")).get(urls.Looks()); strings.Contains(other.body, "ijazah.jpg") {
		t.Error("another person sees the log")
	}
}

// A later look never takes the place of an earlier one: each has its row, also that of a second officer,
// and a long one says from when until when.
func TestEveryLookHasItsRow(t *testing.T) {
	p, deps, _, c := filesPortal(t)
	c.postFiles(urls.Uploads(), url.Values{}, sentFile{"ijazah.jpg", "image/jpeg", photo(t, 300, 200, 90)}).leadsTo(urls.Uploads())
	p.renderAll(deps)
	ref := p.one("SELECT ref FROM uploads")
	rina, joko := p.as(p.addUser(models.Officer, "Rina")), p.as(p.addUser(models.Officer, "Joko"))
	look := func(officer *client, after time.Duration) {
		p.pass(after)
		officer.get(urls.UploadImage(ref, "1")).is(http.StatusOK)
	}
	look(rina, 0)
	look(joko, time.Minute)
	look(rina, 4*time.Minute)
	look(rina, 11*time.Minute)
	page := c.get(urls.Looks())
	var got []string
	page.Find("main .rows li p:nth-child(2)").Each(func(_ int, s *goquery.Selection) { got = append(got, s.Text()) })
	want := []string{"Petugas · Rabu, 25 November 2026 pukul 12.16 WIB", "Petugas · Rabu, 25 November 2026 pukul 12.01 WIB", "Petugas · Rabu, 25 November 2026 pukul 12.00 sampai 12.05 WIB"}
	if !slices.Equal(got, want) {
		t.Errorf("the log says %q, want %q", got, want)
	}
	for range 50 {
		p.db.Exec("INSERT INTO audit_rows (at, actor_id, actor_role, action, subject_kind, subject_id, person_id, detail) SELECT max(at) + interval '11 minutes', min(actor_id), 'officer', 'upload_page_seen', 'upload', min(subject_id), min(person_id), '{}' FROM audit_rows WHERE action = 'upload_page_seen'")
	}
	first := c.get(urls.Looks())
	next := first.Find("main a[rel=next]").AttrOr("href", "")
	if n := first.Find("main .rows li").Length(); n != 50 || next == "" {
		t.Fatalf("%d rows, then %q", n, next)
	}
	if rest := c.get(next).has("main li", "12.01 WIB").lacks("a[rel=next]"); rest.Find("main .rows li").Length() != 3 {
		t.Errorf("the second part has %d rows, want 3", rest.Find("main .rows li").Length())
	}
	c.get(urls.Looks()+"?sesudah=rusak").is(http.StatusOK).has("a[rel=next]", "")
}

// A link to somebody's work is shown to them and to officers, and nothing here ever opens it.
func TestLinkToWorkIsOnlyShown(t *testing.T) {
	_, _, _, c := filesPortal(t)
	values := certificateValues()
	for _, bad := range []string{"javascript:alert(1)", "ftp://contoh.id", "https://", "karya saya", "https://a b.id", "data:text/html,x", "//contoh.id/x", "https://contoh.id/" + strings.Repeat("x", 500)} {
		values.Set("link", bad)
		page := c.postFiles(urls.NewCertificate(), values, sentFile{"karya.jpg", "image/jpeg", photo(t, 30, 30, 90)}).is(http.StatusUnprocessableEntity).has("#f-link-error", "tautan lengkap")
		if got := page.Find("#f-link").AttrOr("value", ""); got != bad {
			t.Errorf("%q came back as %q", bad, got)
		}
	}
	values.Set("link", " https://contoh.id/karya?a=1&b=2 ")
	to := c.postFiles(urls.NewCertificate(), values, sentFile{"karya.jpg", "image/jpeg", photo(t, 30, 30, 90)}).is(http.StatusSeeOther).header.Get("Location")
	link := c.get(to).is(http.StatusOK).Find("main dd a[href='https://contoh.id/karya?a=1&b=2']")
	if link.Length() != 1 || link.AttrOr("rel", "") != "noopener noreferrer nofollow" {
		t.Errorf("%d links, rel %q", link.Length(), link.AttrOr("rel", ""))
	}
}

func TestPagesOfACertificateChangePlaces(t *testing.T) {
	p, _, _, c := filesPortal(t)
	to := c.postFiles(urls.NewCertificate(), certificateValues(), sentFile{"depan.jpg", "image/jpeg", photo(t, 30, 30, 90)}, sentFile{"belakang.jpg", "image/jpeg", photo(t, 30, 30, 91)}).header.Get("Location")
	order := func() string {
		return p.one("SELECT string_agg(u.name, ' ' ORDER BY f.position) FROM certificate_files f JOIN uploads u ON u.id = f.upload_id")
	}
	if n := c.get(to).Find("form[action$='/naikkan']").Length(); n != 1 {
		t.Fatalf("%d buttons move a file up, want one: the first is on top", n)
	}
	ref := strings.TrimPrefix(to, urls.Certificates()+"/")
	back := p.one("SELECT ref FROM uploads WHERE name = 'belakang.jpg'")
	for range 2 {
		c.post(urls.RaiseUpload(ref), url.Values{"upload": {back}}).leadsTo(to + "#berkas-" + back)
		c.get(to).has("#berkas-"+back+"[data-flash]", "sudah dinaikkan")
	}
	if got := order(); got != "belakang.jpg depan.jpg" {
		t.Errorf("the order is %s", got)
	}
	c.post(urls.RaiseUpload(ref), url.Values{"upload": {"BK-TIDAKADA"}}).is(http.StatusNotFound)
	p.as(p.addUser(models.Seeker, "Orang Lain")).post(urls.RaiseUpload(ref), url.Values{"upload": {back}}).is(http.StatusNotFound)
}

// A file taken out of a certificate comes back by the button beside the message.
func TestFileTakenOutOfACertificateComesBack(t *testing.T) {
	p, _, _, c := filesPortal(t)
	to := c.postFiles(urls.NewCertificate(), certificateValues(), sentFile{"depan.jpg", "image/jpeg", photo(t, 30, 30, 90)}).header.Get("Location")
	upload, ref := p.one("SELECT ref FROM uploads"), strings.TrimPrefix(to, urls.Certificates()+"/")
	c.post(urls.DetachUpload(ref), url.Values{"upload": {upload}}).leadsTo(to)
	page := c.get(to).has("[data-flash]", "tetap ada di Berkas saya").lacks("#berkas-" + upload)
	page.has("[data-flash] button", "Masukkan lagi").has("main", "Tambahkan foto atau PDF sertifikat sebelum mengirim")
	page.lacks("form[action$='/kirim']").lacks("main:contains('Sudah terbaca jelas')")
	undo := page.Find("[data-flash] form").AttrOr("action", "")
	p.as(p.addUser(models.Seeker, "Orang Lain")).post(undo, url.Values{}).is(http.StatusNotFound)
	c.post(undo, url.Values{}).leadsTo(to + "#berkas-" + upload)
	c.get(to).has("#berkas-"+upload+"[data-flash]", "bagian sertifikat ini lagi")
}

// A form whose only file of the library is part of it already does not point to a list that is not there.
func TestFieldPointsOnlyToAListThatIsThere(t *testing.T) {
	_, _, _, c := filesPortal(t)
	values := certificateValues()
	values.Set("holder", "")
	page := c.postFiles(urls.NewCertificate(), values, sentFile{"depan.jpg", "image/jpeg", photo(t, 30, 30, 90)}).is(http.StatusUnprocessableEntity)
	if strings.Contains(page.body, "di bawah ini") {
		t.Error("the page points to files below")
	}
}

// The page of a certificate that its owner deleted, and what is pressed on an old copy of it, say so and offer
// it back for a day. To anybody else there is none.
func TestDeletedCertificateSaysSo(t *testing.T) {
	p, _, _, c := filesPortal(t)
	to := c.postFiles(urls.NewCertificate(), certificateValues(), sentFile{"depan.jpg", "image/jpeg", photo(t, 30, 30, 90)}).header.Get("Location")
	ref := strings.TrimPrefix(to, urls.Certificates()+"/")
	c.post(urls.DeleteCertificate(ref), url.Values{}).leadsTo(urls.Certificates())
	other := p.as(p.addUser(models.Seeker, "Orang Lain"))
	for _, answer := range []func(c *client) page{
		func(c *client) page { return c.get(to) },
		func(c *client) page { return c.post(urls.SubmitCertificate(ref), url.Values{}) },
		func(c *client) page { return c.post(urls.DeleteCertificate(ref), url.Values{}) },
	} {
		answer(c).is(http.StatusGone).has("h1", "Sertifikat ini sudah dihapus").has("form[action='"+urls.RestoreCertificate(ref)+"'] button", "Kembalikan").has("main a[href='"+urls.Certificates()+"']", "Sertifikat saya")
		answer(other).is(http.StatusNotFound)
	}
	c.post(urls.RestoreCertificate(ref), url.Values{}).leadsTo(to)
	c.get(to).is(http.StatusOK)
	c.post(urls.DeleteCertificate(ref), url.Values{}).leadsTo(urls.Certificates())
	p.pass(models.UndoTime + time.Minute)
	p.as(c.userNamed("Suparmi")).get(to).is(http.StatusNotFound)
}

// A page is enlarged on a page of the portal, with its name and the way back to the file among the others.
func TestPageIsEnlargedWithAWayBack(t *testing.T) {
	p, deps, _, c := filesPortal(t)
	to := c.postFiles(urls.NewCertificate(), certificateValues(), sentFile{"depan.jpg", "image/jpeg", photo(t, 30, 30, 90)}).header.Get("Location")
	p.renderAll(deps)
	upload := p.one("SELECT ref FROM uploads")
	link := c.get(to).Find("main a:has(img)").AttrOr("href", "")
	page := c.get(link).is(http.StatusOK).has("h1", "Halaman 1 dari depan.jpg")
	if page.Find("main img").AttrOr("src", "") != urls.UploadImage(upload, "1") || page.Find("main a[href='"+to+"#berkas-"+upload+"']").Length() != 2 {
		t.Errorf("no image or no way back: %s", page.body)
	}
	c.get(urls.WithQuery(urls.UploadPage(upload, "1"), "kembali", "https://jahat.example/")).is(http.StatusOK).lacks("main a[href*='jahat']")
	c.get(urls.UploadPage(upload, "2")).is(http.StatusNotFound)
	p.as(p.addUser(models.Seeker, "Orang Lain")).get(link).is(http.StatusNotFound)
}

// Sending to officers stands before adding further pages, and pages that are being made hold nobody up.
func TestSendingStandsBeforeAddingPages(t *testing.T) {
	_, _, _, c := filesPortal(t)
	to := c.postFiles(urls.NewCertificate(), certificateValues(), sentFile{"depan.jpg", "image/jpeg", photo(t, 30, 30, 90)}).header.Get("Location")
	page := c.get(to).has("main", "Anda boleh melanjutkan sekarang")
	if send, add := strings.Index(page.body, "/kirim"), strings.Index(page.body, "data-upload="); send < 0 || add < send {
		t.Errorf("sending stands at %d, adding at %d", send, add)
	}
}

// What a machine read on a certificate is asked about until the person has written the same.
func TestWhatWasReadIsAsked(t *testing.T) {
	p, deps, _, c := filesPortal(t)
	to := c.postFiles(urls.NewCertificate(), certificateValues(), sentFile{"ijazah.jpg", "image/jpeg", photo(t, 300, 200, 90)}).header.Get("Location")
	p.renderAll(deps)
	c.get(to).lacks("main .notice-info")
	if err := p.store.HintUpload(t.Context(), 1, "Siti Aminah", "99/2025", []string{"2025-01-31", "2024-05-05"}); err != nil {
		t.Fatal(err)
	}
	c.get(to).has("main .notice-info", "Nomor 99/2025").has("main .notice-info", "5 Mei 2024").has("main .notice-info", "Nama Siti Aminah").lacks("main .notice-info li:nth-child(4)")
	hint := urls.CertificateHint(strings.TrimPrefix(to, urls.Certificates()+"/"))
	c.post(hint, url.Values{"field": {"number"}, "value": {"99/2025"}}).leadsTo(to + "#isian")
	c.post(hint, url.Values{"field": {"until"}, "value": {"2024-05-05"}}).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "sebelum tanggal terbit")
	c.post(hint, url.Values{"field": {"type"}, "value": {"JLPT"}}).is(http.StatusBadRequest)
	if got := p.one("SELECT number || ' ' || holder_name FROM certificates"); got != "99/2025 Suparmi" {
		t.Errorf("written: %s", got)
	}
	if page := c.get(to); strings.Contains(page.body, "Nomor 99/2025") {
		t.Error("the number is asked about though it is written already")
	}
}

// Who photographed a paper lying down turns it; officers see it as its owner left it.
func TestOwnerTurnsAPage(t *testing.T) {
	p, deps, _, c := filesPortal(t)
	c.postFiles(urls.Uploads(), url.Values{}, sentFile{"ijazah.jpg", "image/jpeg", photo(t, 300, 200, 90)}).leadsTo(urls.Uploads())
	p.renderAll(deps)
	ref := p.one("SELECT ref FROM uploads")
	before := c.get(urls.UploadImage(ref, "1")).body
	action := c.get(urls.Upload(ref)).Find("main form[action$='/putar']").AttrOr("action", "")
	c.post(action, url.Values{"back": {"https://jahat.example/"}}).leadsTo(urls.Upload(ref) + "#berkas-" + ref)
	c.get(urls.Upload(ref)).has("#berkas-"+ref+"[data-flash]", "sudah diputar")
	if size := p.one("SELECT width || 'x' || height FROM upload_pages"); size != "200x300" {
		t.Errorf("the page is %s, want it upright", size)
	}
	officer := p.as(p.addUser(models.Officer, "Rina"))
	if after := officer.get(urls.UploadImage(ref, "1")).is(http.StatusOK).body; after == before || !strings.HasPrefix(after, "\xff\xd8") {
		t.Error("the officer sees the page as it lay")
	}
	for range 3 {
		c.post(action, url.Values{"back": {urls.Uploads()}}).leadsTo(urls.Uploads() + "#berkas-" + ref)
	}
	if size := p.one("SELECT width || 'x' || height FROM upload_pages"); size != "300x200" {
		t.Errorf("after four turns the page is %s", size)
	}
	if original := c.get(urls.UploadOriginal(ref)); original.body != string(photo(t, 300, 200, 90)) {
		t.Error("the original was changed")
	}
}

func TestDeletedFileIsTakenBackWithinADay(t *testing.T) {
	p, _, _, c := filesPortal(t)
	send := func() {
		c.postFiles(urls.Uploads(), url.Values{}, sentFile{"ijazah.jpg", "image/jpeg", photo(t, 300, 200, 90)}).leadsTo(urls.Uploads())
	}
	send()
	ref := p.one("SELECT ref FROM uploads")
	c.post(urls.DeleteUpload(ref), nil).leadsTo(urls.Uploads())
	c.get(urls.Uploads()).has("main", "Baru dihapus").has("main", "Belum ada berkas")
	other := p.as(p.addUser(models.Seeker, "Orang Lain"))
	other.post(urls.RestoreUpload(ref), nil).is(http.StatusNotFound)
	c.post(urls.RestoreUpload(ref), nil).leadsTo(urls.Uploads())
	c.get(urls.Uploads()).has("main h2", "ijazah.jpg")
	c.post(urls.RestoreUpload(ref), nil).is(http.StatusNotFound)

	c.post(urls.DeleteUpload(ref), nil).leadsTo(urls.Uploads())
	send() // the same photo again, instead of taking it back
	c.post(urls.RestoreUpload(ref), nil).leadsTo(urls.Uploads())
	if n := p.one("SELECT count(*)::text FROM uploads WHERE deleted_at IS NULL"); n != "1" {
		t.Errorf("%s files, want 1", n)
	}
	p.pass(25 * time.Hour)
	c = p.as(c.userNamed("Suparmi"))
	c.post(urls.RestoreUpload(ref), nil).is(http.StatusNotFound)
}

func TestOfficersLearnOfTheSameCertificateOnTwoAccounts(t *testing.T) {
	p, _, officer := institution(t)
	programme := p.addProgramme(nil)
	var ref string
	for _, name := range []string{"Suparmi", "Budi"} {
		u := p.addReadySeeker(name)
		certificate := p.addCertificate(u)
		p.db.Exec("UPDATE certificates SET number = ?, state = 'submitted', submitted_at = updated_at WHERE id = ?", map[string]string{"Suparmi": "12/2025", "Budi": "12 - 2025"}[name], certificate.ID)
		a, err := p.store.StartApplication(t.Context(), u, programme.intakes[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := p.store.ChooseCertificates(t.Context(), u, a.Ref, []string{certificate.Ref}, false); err != nil {
			t.Fatal(err)
		}
		if err := p.store.SaveMotivation(t.Context(), u, a.Ref, "Saya ingin."); err != nil {
			t.Fatal(err)
		}
		if _, err := p.store.SubmitApplication(t.Context(), u, a.Ref, models.Statements); err != nil {
			t.Fatal(err)
		}
		if page := officer.get(urls.OfficerApplication(a.Ref)); strings.Contains(page.body, "sertifikat lain, milik Suparmi") != (name == "Budi") {
			t.Errorf("%s: the officer is told %t", name, name != "Budi")
		}
		ref = a.Ref
	}
	if own := p.as(officer.userNamed("Budi")).get(urls.Application(ref)).is(http.StatusOK); strings.Contains(own.body, "milik Suparmi") {
		t.Error("the seeker learns of the other account")
	}
}

package seeker_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// openFiles lets an officer say why they open the files of the owner of one.
func openFiles(officer *testportal.Client, ref string) {
	officer.T.Helper()
	officer.Post(urls.OfficerFile(ref), url.Values{"reason": {"Ditanyakan di loket."}}).LeadsTo(urls.UploadImage(ref, "1"))
}

func TestOwnerSeesWhoLookedAtTheirFiles(t *testing.T) {
	p, u, c := testportal.StartFiles(t)
	c.Get(urls.Looks()).Is(http.StatusOK).Has("main", "Belum ada yang melihat")
	c.PostFiles(urls.Uploads(), url.Values{}, testportal.Sent("ijazah.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 90))).
		LeadsTo(urls.Uploads())
	p.RenderAll()
	ref := p.One("SELECT ref FROM uploads")
	c.Get(urls.UploadImage(ref, "1")).Is(http.StatusOK) // one's own look is no news
	officer := p.As(p.AddUser(models.Officer, "Rina Petugas"))
	openFiles(officer, ref)
	officer.Get(urls.UploadImage(ref, "1")).Is(http.StatusOK)
	officer.Get(urls.UploadImage(ref, "1")).Is(http.StatusOK)
	officer.Get(urls.UploadOriginal(ref)).Is(http.StatusOK)
	officer.Get(urls.CounterPerson(u.Ref)).Is(http.StatusOK)
	page := c.Get(urls.Looks()).Has("main", "Melihat ijazah.jpg").Has("main", "Mengunduh ijazah.jpg").Has("main li", "Petugas")
	if n := page.Find("main .rows li").Length(); n != 4 {
		t.Errorf("%d looks, want four: why they were opened is one, and two looks at one page one after the other are one", n)
	}
	if strings.Contains(page.Body, "Rina") {
		t.Error("the log names the officer, as no history here does")
	}
	if other := p.As(p.AddUser(models.Seeker, "Orang Lain")).Get(urls.Looks()); strings.Contains(other.Body, "ijazah.jpg") {
		t.Error("another person sees the log")
	}
}

// A later look never takes the place of an earlier one: each has its row, also that of a second officer,
// and a long one says from when until when.
func TestEveryLookHasItsRow(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	c.PostFiles(urls.Uploads(), url.Values{}, testportal.Sent("ijazah.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 90))).
		LeadsTo(urls.Uploads())
	p.RenderAll()
	ref := p.One("SELECT ref FROM uploads")
	rina, joko := p.As(p.AddUser(models.Officer, "Rina")), p.As(p.AddUser(models.Officer, "Joko"))
	openFiles(rina, ref)
	openFiles(joko, ref)
	look := func(officer *testportal.Client, after time.Duration) {
		p.Pass(after)
		officer.Get(urls.UploadImage(ref, "1")).Is(http.StatusOK)
	}
	look(rina, 0)
	look(joko, time.Minute)
	look(rina, 4*time.Minute)
	look(rina, 11*time.Minute)
	page := c.Get(urls.Looks())
	var got []string
	page.Find("main .rows li p:nth-child(2)").Each(func(_ int, s *goquery.Selection) { got = append(got, s.Text()) })
	want := []string{
		"Petugas · Rabu, 25 November 2026 pukul 12.16 WIB",
		"Petugas · Rabu, 25 November 2026 pukul 12.01 WIB",
		"Petugas · Rabu, 25 November 2026 pukul 12.00 sampai 12.05 WIB",
		"Petugas · Rabu, 25 November 2026 pukul 12.00 WIB", // Joko says why
		"Petugas · Rabu, 25 November 2026 pukul 12.00 WIB",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the log says %q, want %q", got, want)
	}
	for range 50 {
		p.DB.Exec(`INSERT INTO audit_rows (at, actor_id, actor_role, action, subject_kind, subject_id, person_id, detail)
			SELECT max(at) + interval '11 minutes', min(actor_id), 'officer', 'upload_page_seen', 'upload',
				min(subject_id), min(person_id), '{}'
			FROM audit_rows
			WHERE action = 'upload_page_seen'`)
	}
	first := c.Get(urls.Looks())
	next := first.Find("main a[rel=next]").AttrOr("href", "")
	if n := first.Find("main .rows li").Length(); n != 50 || next == "" {
		t.Fatalf("%d rows, then %q", n, next)
	}
	if rest := c.Get(next).Has("main li", "12.01 WIB").Lacks("a[rel=next]"); rest.Find("main .rows li").Length() != 5 {
		t.Errorf("the second part has %d rows, want 5", rest.Find("main .rows li").Length())
	}
	c.Get(urls.Looks() + "?sesudah=rusak").Is(http.StatusOK).Shows("a[rel=next]")
}

// A link to somebody's work is shown to them and to officers, and nothing here ever opens it.
func TestLinkToWorkIsOnlyShown(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	values := testportal.CertificateValues()
	for _, bad := range []string{
		"javascript:alert(1)", "ftp://contoh.id", "https://",
		"karya saya", "https://a b.id", "data:text/html,x", "//contoh.id/x", "https://contoh.id/" + strings.Repeat("x", 500),
	} {
		values.Set("link", bad)
		page := c.PostFiles(urls.NewCertificate(), values, testportal.Sent("karya.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).
			Is(http.StatusUnprocessableEntity).Has("#f-link-error", "tautan lengkap")
		if got := page.Find("#f-link").AttrOr("value", ""); got != bad {
			t.Errorf("%q came back as %q", bad, got)
		}
	}
	values.Set("link", " https://contoh.id/karya?a=1&b=2 ")
	to := c.PostFiles(urls.NewCertificate(), values, testportal.Sent("karya.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).
		Is(http.StatusSeeOther).Header.Get("Location")
	link := c.Get(to).Is(http.StatusOK).Find("main dd a[href='https://contoh.id/karya?a=1&b=2']")
	if link.Length() != 1 || link.AttrOr("rel", "") != "noopener noreferrer nofollow" {
		t.Errorf("%d links, rel %q", link.Length(), link.AttrOr("rel", ""))
	}
}

func TestPagesOfACertificateChangePlaces(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	to := c.PostFiles(urls.NewCertificate(), testportal.CertificateValues(),
		testportal.Sent("depan.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90)),
		testportal.Sent("belakang.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 91))).Header.Get("Location")
	order := func() string {
		return p.One(`SELECT string_agg(u.name, ' ' ORDER BY f.position)
			FROM certificate_files f
			JOIN uploads u ON u.id = f.upload_id`)
	}
	if n := c.Get(to).Find("form[action$='/naikkan']").Length(); n != 1 {
		t.Fatalf("%d buttons move a file up, want one: the first is on top", n)
	}
	ref := strings.TrimPrefix(to, urls.Certificates()+"/")
	back := p.One("SELECT ref FROM uploads WHERE name = 'belakang.jpg'")
	for range 2 {
		c.Post(urls.RaiseUpload(ref), url.Values{"upload": {back}}).LeadsTo(to + "#berkas-" + back)
		c.Get(to).Has("#berkas-"+back+"[data-flash]", "sudah dinaikkan")
	}
	if got := order(); got != "belakang.jpg depan.jpg" {
		t.Errorf("the order is %s", got)
	}
	c.Post(urls.RaiseUpload(ref), url.Values{"upload": {"BK-TIDAKADA"}}).Is(http.StatusNotFound)
	p.As(p.AddUser(models.Seeker, "Orang Lain")).Post(urls.RaiseUpload(ref), url.Values{"upload": {back}}).Is(http.StatusNotFound)
}

// A file taken out of a certificate comes back by the button beside the message.
func TestFileTakenOutOfACertificateComesBack(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	to := c.PostFiles(urls.NewCertificate(), testportal.CertificateValues(),
		testportal.Sent("depan.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).Header.Get("Location")
	upload, ref := p.One("SELECT ref FROM uploads"), strings.TrimPrefix(to, urls.Certificates()+"/")
	c.Post(urls.DetachUpload(ref), url.Values{"upload": {upload}}).LeadsTo(to)
	page := c.Get(to).Has("[data-flash]", "tetap ada di Berkas saya").Lacks("#berkas-" + upload)
	page.Has("[data-flash] button", "Masukkan lagi").Has("main", "Tambahkan foto atau PDF sertifikat sebelum mengirim")
	page.Lacks("form[action$='/kirim']").Lacks("main:contains('Sudah terbaca jelas')")
	undo := page.Find("[data-flash] form").AttrOr("action", "")
	p.As(p.AddUser(models.Seeker, "Orang Lain")).Post(undo, url.Values{}).Is(http.StatusNotFound)
	c.Post(undo, url.Values{}).LeadsTo(to + "#berkas-" + upload)
	c.Get(to).Has("#berkas-"+upload+"[data-flash]", "bagian sertifikat ini lagi")
}

// A form whose only file of the library is part of it already does not point to a list that is not there.
func TestFieldPointsOnlyToAListThatIsThere(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	values := testportal.CertificateValues()
	values.Set("holder", "")
	page := c.PostFiles(urls.NewCertificate(), values, testportal.Sent("depan.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).
		Is(http.StatusUnprocessableEntity)
	if strings.Contains(page.Body, "di bawah ini") {
		t.Error("the page points to files below")
	}
}

// The page of a certificate that its owner deleted, and what is pressed on an old copy of it, say so and offer
// it back for a day. To anybody else there is none.
func TestDeletedCertificateSaysSo(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	to := c.PostFiles(urls.NewCertificate(), testportal.CertificateValues(),
		testportal.Sent("depan.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).Header.Get("Location")
	ref := strings.TrimPrefix(to, urls.Certificates()+"/")
	c.Post(urls.DeleteCertificate(ref), url.Values{}).LeadsTo(urls.Certificates())
	other := p.As(p.AddUser(models.Seeker, "Orang Lain"))
	for _, answer := range []func(c *testportal.Client) testportal.Page{
		func(c *testportal.Client) testportal.Page { return c.Get(to) },
		func(c *testportal.Client) testportal.Page { return c.Post(urls.SubmitCertificate(ref), url.Values{}) },
		func(c *testportal.Client) testportal.Page { return c.Post(urls.DeleteCertificate(ref), url.Values{}) },
	} {
		answer(c).Is(http.StatusGone).
			Has("h1", "Sertifikat ini sudah dihapus").Has("form[action='"+urls.RestoreCertificate(ref)+"'] button", "Kembalikan").
			Has("main a[href='"+urls.Certificates()+"']", "Sertifikat saya")
		answer(other).Is(http.StatusNotFound)
	}
	c.Post(urls.RestoreCertificate(ref), url.Values{}).LeadsTo(to)
	c.Get(to).Is(http.StatusOK)
	c.Post(urls.DeleteCertificate(ref), url.Values{}).LeadsTo(urls.Certificates())
	p.Pass(models.UndoTime + time.Minute)
	p.As(c.UserNamed("Suparmi")).Get(to).Is(http.StatusNotFound)
}

// A page is enlarged on a page of the portal, with its name and the way back to the file among the others.
func TestPageIsEnlargedWithAWayBack(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	to := c.PostFiles(urls.NewCertificate(), testportal.CertificateValues(),
		testportal.Sent("depan.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).Header.Get("Location")
	p.RenderAll()
	upload := p.One("SELECT ref FROM uploads")
	link := c.Get(to).Find("main a:has(img)").AttrOr("href", "")
	page := c.Get(link).Is(http.StatusOK).Has("h1", "Halaman 1 dari depan.jpg")
	ways := page.Find("main a[href='" + to + "#berkas-" + upload + "']")
	if page.Find("main img").AttrOr("src", "") != urls.UploadImage(upload, "1") || ways.Length() != 2 {
		t.Errorf("no image or no way back: %s", page.Body)
	}
	c.Get(urls.WithQuery(urls.UploadPage(upload, "1"), "kembali", "https://jahat.example/")).Is(http.StatusOK).Lacks("main a[href*='jahat']")
	c.Get(urls.UploadPage(upload, "2")).Is(http.StatusNotFound)
	p.As(p.AddUser(models.Seeker, "Orang Lain")).Get(link).Is(http.StatusNotFound)
}

// Sending to officers stands before adding further pages, and pages that are being made hold nobody up.
func TestSendingStandsBeforeAddingPages(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	to := c.PostFiles(urls.NewCertificate(), testportal.CertificateValues(),
		testportal.Sent("depan.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).Header.Get("Location")
	page := c.Get(to).Has("main", "Anda boleh melanjutkan sekarang")
	if send, add := strings.Index(page.Body, "/kirim"), strings.Index(page.Body, "data-upload="); send < 0 || add < send {
		t.Errorf("sending stands at %d, adding at %d", send, add)
	}
}

// What a machine read on a certificate is asked about until the person has written the same.
func TestWhatWasReadIsAsked(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	to := c.PostFiles(urls.NewCertificate(), testportal.CertificateValues(),
		testportal.Sent("ijazah.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 90))).Header.Get("Location")
	p.RenderAll()
	c.Get(to).Lacks("main .notice-info")
	if err := p.Store.HintUpload(t.Context(), 1, "Siti Aminah", "99/2025", []string{"2025-01-31", "2024-05-05"}); err != nil {
		t.Fatal(err)
	}
	c.Get(to).Has("main .notice-info", "Nomor 99/2025").Has("main .notice-info", "5 Mei 2024").
		Has("main .notice-info", "Nama Siti Aminah").Lacks("main .notice-info li:nth-child(4)")
	hint := urls.CertificateHint(strings.TrimPrefix(to, urls.Certificates()+"/"))
	c.Post(hint, url.Values{"field": {"number"}, "value": {"99/2025"}}).LeadsTo(to + "#isian")
	c.Post(hint, url.Values{"field": {"until"}, "value": {"2024-05-05"}}).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "sebelum tanggal terbit")
	c.Post(hint, url.Values{"field": {"type"}, "value": {"JLPT"}}).Is(http.StatusBadRequest)
	if got := p.One("SELECT number || ' ' || holder_name FROM certificates"); got != "99/2025 Suparmi" {
		t.Errorf("written: %s", got)
	}
	if page := c.Get(to); strings.Contains(page.Body, "Nomor 99/2025") {
		t.Error("the number is asked about though it is written already")
	}
}

// Who photographed a paper lying down turns it; officers see it as its owner left it.
func TestOwnerTurnsAPage(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	c.PostFiles(urls.Uploads(), url.Values{}, testportal.Sent("ijazah.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 90))).
		LeadsTo(urls.Uploads())
	p.RenderAll()
	ref := p.One("SELECT ref FROM uploads")
	before := c.Get(urls.UploadImage(ref, "1")).Body
	action := c.Get(urls.Upload(ref)).Find("main form[action$='/putar']").AttrOr("action", "")
	c.Post(action, url.Values{"back": {"https://jahat.example/"}}).LeadsTo(urls.Upload(ref) + "#berkas-" + ref)
	c.Get(urls.Upload(ref)).Has("#berkas-"+ref+"[data-flash]", "sudah diputar")
	if size := p.One("SELECT width || 'x' || height FROM upload_pages"); size != "200x300" {
		t.Errorf("the page is %s, want it upright", size)
	}
	officer := p.As(p.AddUser(models.Officer, "Rina"))
	openFiles(officer, ref)
	if after := officer.Get(urls.UploadImage(ref, "1")).Is(http.StatusOK).Body; after == before || !strings.HasPrefix(after, "\xff\xd8") {
		t.Error("the officer sees the page as it lay")
	}
	for range 3 {
		c.Post(action, url.Values{"back": {urls.Uploads()}}).LeadsTo(urls.Uploads() + "#berkas-" + ref)
	}
	if size := p.One("SELECT width || 'x' || height FROM upload_pages"); size != "300x200" {
		t.Errorf("after four turns the page is %s", size)
	}
	if original := c.Get(urls.UploadOriginal(ref)); original.Body != string(testportal.Photo(t, 300, 200, 90)) {
		t.Error("the original was changed")
	}
}

func TestDeletedFileIsTakenBackWithinADay(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	send := func() {
		c.PostFiles(urls.Uploads(), url.Values{}, testportal.Sent("ijazah.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 90))).
			LeadsTo(urls.Uploads())
	}
	send()
	ref := p.One("SELECT ref FROM uploads")
	c.Post(urls.DeleteUpload(ref), nil).LeadsTo(urls.Uploads())
	c.Get(urls.Uploads()).Has("main", "Baru dihapus").Has("main", "Belum ada berkas")
	other := p.As(p.AddUser(models.Seeker, "Orang Lain"))
	other.Post(urls.RestoreUpload(ref), nil).Is(http.StatusNotFound)
	c.Post(urls.RestoreUpload(ref), nil).LeadsTo(urls.Uploads())
	c.Get(urls.Uploads()).Has("main h2", "ijazah.jpg")
	c.Post(urls.RestoreUpload(ref), nil).Is(http.StatusNotFound)

	c.Post(urls.DeleteUpload(ref), nil).LeadsTo(urls.Uploads())
	send() // the same photo again, instead of taking it back
	c.Post(urls.RestoreUpload(ref), nil).LeadsTo(urls.Uploads())
	if n := p.One("SELECT count(*)::text FROM uploads WHERE deleted_at IS NULL"); n != "1" {
		t.Errorf("%s files, want 1", n)
	}
	p.Pass(25 * time.Hour)
	c = p.As(c.UserNamed("Suparmi"))
	c.Post(urls.RestoreUpload(ref), nil).Is(http.StatusNotFound)
}

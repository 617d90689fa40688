package seeker_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/testdb"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// blobs counts what the store of files has.
func blobs(p *testportal.Portal) (n int) {
	p.T.Helper()
	if err := p.Deps.Blobs.List(p.T.Context(), "", func(string, time.Time) error { n++; return nil }); err != nil {
		p.T.Fatal(err)
	}
	return n
}

func photo(t *testing.T, name string, shade uint8) testportal.File {
	t.Helper()
	return testportal.Sent(name, "image/jpeg", testportal.Photo(t, 30, 30, shade))
}

// The portal is killed between the photos and the certificate: the form has made nothing, and sent again it makes
// the certificate with its photos, chosen for the application from which its owner came.
func TestKilledFormOfACertificateIsSentAgain(t *testing.T) {
	p, _, c, application := applying(t)
	path := urls.NewCertificate() + "?pendaftaran=" + application
	values := testportal.CertificateValues()
	values.Set("type", "SCHOOL")
	files := []testportal.File{photo(t, "depan.jpg", 90), photo(t, "belakang.jpg", 91)}
	before := p.One("SELECT count(*)::text FROM uploads")
	for _, table := range []string{"certificates", "certificate_files", "application_certificates"} {
		mend := testdb.Broken(t, p.DB, table)
		c.PostFiles(path, values, files...).Is(http.StatusInternalServerError)
		mend()
		if made := p.One("SELECT (SELECT count(*) FROM certificates) || ' and ' || (SELECT count(*) FROM uploads)"); made != "0 and "+before {
			t.Errorf("%s broken: certificates and files are %s", table, made)
		}
	}
	to := c.PostFiles(path, values, files...).Is(http.StatusSeeOther).Header.Get("Location")
	made := c.Get(to).Is(http.StatusOK).Has("main", "ikut dikirim bersamanya")
	made.Has("main", "Sudah diunggah: depan.jpg").Has("main", "Sudah diunggah: belakang.jpg")
	c.Get(urls.ApplicationCertificates(application)).Has("label:has(input[name=certificates][checked])", "Ijazah")
}

// Of the files of a form the good ones are kept, whatever is wrong with the others and with what was typed, and
// each fault has its sentence.
func TestGoodFilesOfAFaultyFormAreKept(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	kinds(p)
	page := testportal.Sent("halaman.jpg", "image/jpeg", []byte("<!DOCTYPE html><html></html>"))
	values := testportal.CertificateValues()
	for name, value := range map[string]string{
		"type": "WELD", "issued.year": "2026", "confirmed.day": "1", "confirmed.month": "9", "confirmed.year": "2026", "destination": "ZZ",
	} {
		values.Set(name, value)
	}
	send := func(files ...testportal.File) testportal.Page {
		t.Helper()
		got := c.PostFiles(urls.NewCertificate(), values, files...)
		values.Del("uploads")
		got.Find("input[type=hidden][name=uploads]").Each(func(_ int, s *goquery.Selection) {
			ref, _ := s.Attr("value")
			values.Add("uploads", ref)
		})
		return got
	}
	bad := send(photo(t, "depan.jpg", 90), page).Is(http.StatusUnprocessableEntity)
	bad.Has("#f-files-error", "halaman.jpg adalah halaman web").Has("main form", "Sudah diunggah: depan.jpg")
	// Only the country is wrong now, which the Store alone knows.
	wrong := send(photo(t, "belakang.jpg", 91)).Is(http.StatusUnprocessableEntity)
	wrong.Shows("#f-destination-error").Lacks("#f-files-error")
	wrong.Has("main form", "Sudah diunggah: depan.jpg").Has("main form", "Sudah diunggah: belakang.jpg")
	if n := p.One("SELECT count(*)::text FROM certificates"); n != "0" {
		t.Errorf("%s certificates were made", n)
	}
	values.Set("destination", "KR")
	to := send().Is(http.StatusSeeOther).Header.Get("Location")
	// The certificate's own page takes the good ones too.
	more := c.PostFiles(to+"/berkas", url.Values{}, photo(t, "tiga.jpg", 92), page).Is(http.StatusUnprocessableEntity)
	more.Has("#f-files-error", "halaman.jpg adalah halaman web").Has("main", "Sudah diunggah: tiga.jpg")
	if n, m := p.One("SELECT count(*)::text FROM certificate_files"), p.One("SELECT count(*)::text FROM uploads"); n != "3" || m != "3" {
		t.Errorf("%s files attached of %s, want all 3", n, m)
	}
}

// The same photo again, and one that a rule refuses, leave nothing in the store of files.
func TestFilesThatAreNotTakenLeaveNoBlob(t *testing.T) {
	p, u, c := testportal.StartFiles(t)
	same := photo(t, "a.jpg", 90)
	to := c.PostFiles(urls.NewCertificate(), testportal.CertificateValues(), same).Is(http.StatusSeeOther).Header.Get("Location")
	c.PostFiles(urls.NewCertificate(), testportal.CertificateValues(), same).Is(http.StatusSeeOther)
	c.PostFiles(to+"/berkas", url.Values{}, same).LeadsTo(to)
	wrong := testportal.CertificateValues()
	wrong.Del("issuer")
	c.PostFiles(urls.NewCertificate(), wrong, same).Is(http.StatusUnprocessableEntity)
	partial := begin(c, "a.jpg", "certificate", len(same.Content))
	piece(c, partial, 0, bytes.NewReader(same.Content)).Is(http.StatusNoContent)
	if n := blobs(p); n != 2 { // the photo, and the piece, which the sweeper removes
		t.Errorf("%d blobs, want 2", n)
	}
	err := p.DB.Exec(`INSERT INTO uploads (ref, owner_id, purpose, name, media_type, size, sha256, blob_key, state, created_at)
		SELECT 'BK-' || n, ?, 'other', 'a', 'image/png', 1, sha256(n::text::bytea), 'full/' || n, 'waiting', now()
		FROM generate_series(2, 200) n`, u.ID).Error
	if err != nil {
		t.Fatal(err)
	}
	another := photo(t, "b.jpg", 91)
	for _, path := range []string{urls.NewCertificate(), to + "/berkas", urls.Uploads()} {
		c.PostFiles(path, testportal.CertificateValues(), another).Is(http.StatusUnprocessableEntity).Shows("#f-files-error")
	}
	if n := blobs(p); n != 2 {
		t.Errorf("%d blobs after refusals, want 2", n)
	}
}

// The portal is killed while it makes a file of the pieces: it is in the library once its sender asks again, once.
func TestKilledPiecesBecomeOneFile(t *testing.T) {
	p, u, c := testportal.StartFiles(t)
	content := testportal.Photo(t, 300, 200, 90)
	path := begin(c, "ijazah.jpg", "certificate", len(content))
	partial, err := p.Store.Partial(t.Context(), u, path[strings.LastIndex(path, "/")+1:])
	if err != nil {
		t.Fatal(err)
	}
	p.LastPiece(u, partial, content)
	mend := testdb.Broken(t, p.DB, "partial_uploads")
	look(c, path).Is(http.StatusInternalServerError)
	mend()
	if n := p.One("SELECT count(*)::text FROM uploads"); n != "0" {
		t.Errorf("%s files without the end of their pieces", n)
	}
	arrived := look(c, path).Is(http.StatusNoContent).Header.Get(arrivedHeader)
	if again := askTus(c, http.MethodHead, path, nil).Is(http.StatusOK).Header.Get(arrivedHeader); arrived == "" || again != arrived {
		t.Errorf("arrived as %q, asked again as %q", arrived, again)
	}
	if n := p.One("SELECT count(*)::text FROM uploads"); n != "1" {
		t.Errorf("%s files, want 1", n)
	}
}

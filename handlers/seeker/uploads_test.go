package seeker_test

import (
	"bytes"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"naikkelas/internal/filetype"
	"naikkelas/internal/i18n"
	"naikkelas/internal/render"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

const pdfType = "application/pdf"

// lockedCertificate is a PDF with a password, made once: pdfcpu has one setting for all that run beside each other.
var lockedCertificate = sync.OnceValues(func() ([]byte, error) {
	model.ConfigPath = "disable" // keeps pdfcpu out of the home folder
	var b bytes.Buffer
	err := api.Encrypt(bytes.NewReader(pdfOf("3 0 R")), &b, model.NewAESConfiguration("rahasia", "pemilik", 256))
	return b.Bytes(), err
})

func TestCertificateFromPhotoToOfficers(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	c.Get(urls.Certificates()).Is(http.StatusOK).Has("main", "Belum ada sertifikat")
	c.Get(urls.NewCertificate()).Is(http.StatusOK)
	to := c.PostFiles(urls.NewCertificate(), testportal.CertificateValues(),
		testportal.Sent("ijazah.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 90)),
		testportal.Sent("halaman 2.pdf", pdfType, pdfOf("3 0 R"))).
		Is(http.StatusSeeOther).Header.Get("Location")
	c.Get(to).Is(http.StatusOK).Has("main", "Halaman sedang disiapkan").Has("main", "Sudah diunggah: ijazah.jpg")
	p.RenderAll()
	review := c.Get(to).Is(http.StatusOK).Has("main", "31 Januari 2028")
	images := review.Find("main img")
	if images.Length() != 2 {
		t.Fatalf("%d pages, want 2", images.Length())
	}
	src, _ := images.First().Attr("src")
	image := c.Get(src).Is(http.StatusOK)
	private := image.Header.Get("Cache-Control") == "private, no-store"
	if !private || image.Header.Get("Content-Type") != "image/jpeg" || !strings.HasPrefix(image.Body, "\xff\xd8") {
		t.Errorf("image: %v", image.Header)
	}
	ref := strings.TrimPrefix(to, urls.Certificates()+"/")
	c.Post(urls.SubmitCertificate(ref), url.Values{}).LeadsTo(urls.Certificates())
	c.Get(urls.Certificates()).Has("main", "Menunggu diperiksa")
	c.Get(to).Lacks("form[action='" + urls.SubmitCertificate(ref) + "']")
	c.Get(urls.EditCertificate(ref)).LeadsTo(to)
	c.Get(urls.Uploads()).Is(http.StatusOK).Has("main", "ijazah.jpg").Has("main", "Bisa dibuka")
}

// Bug report P034: a fault elsewhere on the form keeps the files; sending again sends them once.
func TestP034FilesSurviveAnotherFieldsFault(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	values := testportal.CertificateValues()
	values.Del("issuer")
	page := c.PostFiles(urls.NewCertificate(), values, testportal.Sent("ijazah.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 90))).
		Is(http.StatusUnprocessableEntity).
		Has("form", "Sudah diunggah: ijazah.jpg").Has("[data-error-summary]", "Penerbit: Tulis siapa")
	values.Set("issuer", "LSP Las")
	kept, _ := page.Find("input[name=uploads]").Attr("value")
	values.Set("uploads", kept)
	to := c.PostFiles(urls.NewCertificate(), values).Is(http.StatusSeeOther).Header.Get("Location")
	c.Get(to).Has("main", "Sudah diunggah: ijazah.jpg")
	var n int64
	p.DB.Raw("SELECT count(*) FROM uploads").Scan(&n)
	if n != 1 {
		t.Errorf("%d files, want 1", n)
	}
}

// Bug report P036: back on the form, or opening it again, what arrived is shown.
func TestP036WhatArrivedIsShownAgain(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	values := testportal.CertificateValues()
	to := c.PostFiles(urls.NewCertificate(), values,
		testportal.Sent("ijazah.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 90))).Header.Get("Location")
	again := c.PostFiles(urls.NewCertificate(), values,
		testportal.Sent("ijazah.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 90))).Header.Get("Location")
	if again != to {
		t.Errorf("the second press leads to %s, want %s", again, to)
	}
	if n := c.Get(to).Has("main", "Sudah diunggah: ijazah.jpg").Find("main article").Length(); n != 1 {
		t.Errorf("%d files, want 1", n)
	}
}

// Bug reports P038, P093, P107: what cannot be used is refused at once by what it is, whatever its
// name or the browser says, and the rest of the form is kept.
func TestP038P093P107FilesAreRefusedByWhatTheyAre(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	locked, err := lockedCertificate()
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		file testportal.File
		want string
	}{
		"locked": {testportal.Sent("ijazah.pdf", pdfType, locked), "dikunci kata sandi"},
		"empty":  {testportal.Sent("kosong.jpg", "image/jpeg", nil), "kosong"},
		"too large": {
			testportal.Sent("besar.jpg", "image/jpeg", append(testportal.Photo(t, 10, 10, 1), make([]byte, 20<<20)...)),
			"Foto paling besar 20 MB",
		},
		"too large pdf":    {testportal.Sent("besar.pdf", pdfType, append(pdfOf("3 0 R"), make([]byte, 5<<20)...)), "PDF paling besar 5 MB"},
		"starts a program": {testportal.Sent("a.pdf", pdfType, pdfOf("3 0 R", "/OpenAction<</S/Launch/F(calc.exe)>>")), "menjalankan program"},
		"web page": {
			testportal.Sent("foto.jpg", "image/jpeg", []byte("<!DOCTYPE html><html><body><script>alert(1)</script></body></html>")),
			"halaman web",
		},
		"php as pdf": {testportal.Sent("a.html", pdfType, []byte("<?php echo 1; ?>")), "berkas tulisan"},
		"drawing":    {testportal.Sent("foto.png", "image/png", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`)), "SVG"},
		"heic": {
			testportal.Sent("IMG_1.HEIC", "image/heic", append([]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), make([]byte, 64)...)),
			"Paling Kompatibel",
		},
		"cut off":     {testportal.Sent("foto.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 7)[:200]), "foto.jpg"},
		"loop of pdf": {testportal.Sent("putaran.pdf", pdfType, pdfOf("2 0 R")), "putaran.pdf"},
	} {
		t.Run(name, func(t *testing.T) {
			page := c.PostFiles(urls.NewCertificate(), testportal.CertificateValues(), tt.file).Is(http.StatusUnprocessableEntity).
				Has("#f-files-error", tt.want).Has("[data-error-summary]", tt.want)
			if holder, _ := page.Find("#f-issuer").Attr("value"); holder != "LSP Las" {
				t.Errorf("the issuer reads %q", holder)
			}
		})
	}
}

func TestEveryRefusalHasItsSentence(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.ID, i18n.EN} {
		ctx := i18n.With(t.Context(), lang)
		keys := []string{}
		for _, r := range filetype.Reasons() {
			keys = append(keys, string(r))
		}
		for _, f := range render.Failures() {
			keys = append(keys, string(f))
		}
		for _, key := range keys {
			if text := i18n.T(ctx, "upload.refused."+key, "Name", "ijazah.pdf"); !strings.Contains(text, "ijazah.pdf") {
				t.Errorf("%s: %s: %q", lang, key, text)
			}
		}
	}
}

// Bug reports P040, P109: a name is only ever text, however long or strange it is.
func TestP040P109NamesAreOnlyText(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	for i, name := range []string{
		strings.Repeat("字", 120) + ".pdf", strings.Repeat("a", 251) + ".jpg",
		`"><svg onload=alert(1)>.jpg`, "../../etc/passwd.jpg", "foto\u202egpj.exe.jpg", "a/b\\c.jpg",
	} {
		c.PostFiles(urls.Uploads(), url.Values{}, testportal.Sent(name, "image/jpeg", testportal.Photo(t, 30, 30, uint8(i+1)))).
			LeadsTo(urls.Uploads())
		library := c.Get(urls.Uploads()).Is(http.StatusOK).Lacks("main svg[onload]")
		var stored, key, ref string
		if err := p.DB.Raw("SELECT name, blob_key, ref FROM uploads ORDER BY id DESC LIMIT 1").Row().Scan(&stored, &key, &ref); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(library.Find("main h2").Text(), stored) {
			t.Errorf("%q is not shown as text", stored)
		}
		if strings.Contains(key, "passwd") || strings.Contains(key, "..") {
			t.Errorf("%q is stored under %q", name, key)
		}
		got := c.Get(urls.UploadOriginal(ref)).Is(http.StatusOK)
		if d := got.Header.Get("Content-Disposition"); d != "attachment; filename="+ref+".jpg" {
			t.Errorf("%q is downloaded as %q", name, d)
		}
		if got.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(got.Header.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("download: %v", got.Header)
		}
	}
}

// clearWebP is one clear pixel, without loss.
const clearWebP = "RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"

// heicPhoto is a photo that comes with the decoder's own module: nothing here writes HEIC.
func heicPhoto(t *testing.T) []byte {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/gen2brain/heic").Output()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "testdata", "test8.heic"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What the form says of its file field is true: a file must come, from the phone or from the library; pickers
// offer every kind that is taken; and files that came together stand in their order.
func TestFileFieldSaysWhatIsTrue(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	form := urls.NewCertificateOf("BNSP")
	first := c.Form(form).Is(http.StatusOK)
	if _, must := first.Find("#f-files").Attr("required"); !must {
		t.Error("without a library the field is not required")
	}
	if accept, _ := first.Find("#f-files").Attr("accept"); !strings.Contains(accept, "image/heic,image/heif,.heic,.heif") {
		t.Errorf("pickers offer %q", accept)
	}
	c.PostFiles(urls.Uploads(), url.Values{}, testportal.Sent("depan.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90)),
		testportal.Sent("belakang.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 91))).LeadsTo(urls.Uploads())
	second := c.Form(form).Is(http.StatusOK).Has("#f-files-hint", "Pilih dari berkas Anda di bawah ini")
	if label := second.Find("label[for=f-files]").Text(); strings.Contains(label, "boleh") {
		t.Errorf("the label says %q of a field that may not be left empty", label)
	}
	values := testportal.CertificateValues()
	c.Post(urls.NewCertificate(), values).Is(http.StatusUnprocessableEntity).Has("#f-files-error", "Pilih foto")
	values.Set("uploads", p.One("SELECT ref FROM uploads ORDER BY id LIMIT 1"))
	c.Post(urls.NewCertificate(), values).Is(http.StatusSeeOther)
	for _, path := range []string{urls.Uploads(), form} {
		text := c.Get(path).Find("main").Text()
		if strings.Index(text, "depan.jpg") > strings.Index(text, "belakang.jpg") {
			t.Errorf("%s shows the files in reverse", path)
		}
	}
}

// Photos of other kinds, and those larger than a document may be, are kept as a JPEG of a size that
// everybody can open.
func TestPhotosOfOtherKindsAreKeptAsJPEG(t *testing.T) {
	p, u, c := testportal.StartFiles(t)
	large := append(testportal.Photo(t, 4000, 3000, 250), make([]byte, 6<<20)...)
	sent := map[string][]byte{"IMG_1.HEIC": heicPhoto(t), "tangkapan.webp": []byte(clearWebP), "besar.jpg": large}
	for name, content := range sent {
		c.PostFiles(urls.Uploads(), url.Values{}, testportal.Sent(name, "application/octet-stream", content)).LeadsTo(urls.Uploads())
	}
	p.RenderAll()
	list, err := p.Store.Uploads(t.Context(), u)
	if err != nil || len(list) != 3 {
		t.Fatalf("%d files, %v", len(list), err)
	}
	for _, f := range list {
		if f.State != models.UploadReady || f.MediaType != "image/jpeg" || f.Size > 5<<20 || sent[f.Name] == nil {
			t.Errorf("%s: %s, %s, %d bytes", f.Name, f.State, f.MediaType, f.Size)
		}
		if got := c.Get(urls.UploadOriginal(f.Ref)).Is(http.StatusOK); !strings.HasPrefix(got.Body, "\xff\xd8\xff") {
			t.Errorf("%s: what is kept is no JPEG", f.Name)
		}
	}
	for name, content := range map[string][]byte{"IMG_2.HEIC": heicPhoto(t)[:9000], "rusak.webp": []byte(clearWebP)[:24]} {
		c.PostFiles(urls.Uploads(), url.Values{}, testportal.Sent(name, "image/heic", content)).Is(http.StatusUnprocessableEntity).
			Has("[data-error-summary]", name)
	}
}

// Bug report P096: a photo of twelve megapixels is taken without any script.
func TestP096LargePhotoNeedsNoScript(t *testing.T) {
	p, u, c := testportal.StartFiles(t)
	c.PostFiles(urls.Uploads(), url.Values{}, testportal.Sent("foto.jpg", "image/jpeg", testportal.Photo(t, 4000, 3000, 120))).
		LeadsTo(urls.Uploads())
	p.RenderAll()
	list, err := p.Store.Uploads(t.Context(), u)
	if err != nil || len(list) != 1 || list[0].State != models.UploadReady {
		t.Fatalf("%+v, %v", list, err)
	}
	page, err := p.Store.UploadPage(t.Context(), u, list[0].Ref, 1)
	if err != nil || page.Width > 2000 {
		t.Errorf("page %+v, %v", page, err)
	}
}

// Bug report P095: what was sent before the browser was killed is there in another one.
func TestP095EarlierStepsAreThereInAnotherBrowser(t *testing.T) {
	p, u, c := testportal.StartFiles(t)
	to := c.PostFiles(urls.NewCertificate(), testportal.CertificateValues(),
		testportal.Sent("ijazah.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 90))).Header.Get("Location")
	p.As(u).Get(to).Is(http.StatusOK).Has("main", "ijazah.jpg").Has("main", "LSP Las")
}

// Bug report P105: another person's file, page, thumbnail and download are not there, signed in as
// anybody or signed out; an officer's look is written down.
func TestP105AnothersFilesAreNotFound(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	c.PostFiles(urls.Uploads(), url.Values{}, testportal.Sent("foto.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 90))).
		LeadsTo(urls.Uploads())
	p.RenderAll()
	var ref string
	p.DB.Raw("SELECT ref FROM uploads").Scan(&ref)
	paths := []string{urls.UploadImage(ref, "1"), urls.UploadThumb(ref, "1"), urls.UploadOriginal(ref)}
	others := map[string]*testportal.Client{"signed out": p.Client()}
	for _, role := range []models.Role{models.Seeker, models.Staff, models.Owner, models.Admin} {
		others[string(role)] = p.As(p.AddUser(role, "Orang Lain "+string(role)))
	}
	for who, other := range others {
		for _, path := range paths {
			if got := other.Get(path); got.Status != http.StatusNotFound {
				t.Errorf("%s: %s: status %d, want 404", who, path, got.Status)
			}
		}
	}
	c.Get(urls.UploadImage(ref, "2")).Is(http.StatusNotFound)
	c.Get(urls.UploadImage(ref, "x")).Is(http.StatusNotFound)
	officer := p.AddUser(models.Officer, "Petugas")
	openFiles(p.As(officer), ref)
	for _, path := range paths {
		p.As(officer).Get(path).Is(http.StatusOK)
	}
	var looks int64
	p.DB.Raw(`SELECT count(*)
		FROM audit_rows
		WHERE actor_id = ? AND action IN ('upload_page_seen', 'upload_downloaded')`, officer.ID).Scan(&looks)
	if looks != 3 {
		t.Errorf("%d looks are written down, want 3", looks)
	}
}

func TestFileIsDeletedByItsOwner(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	c.PostFiles(urls.Uploads(), url.Values{}).Is(http.StatusUnprocessableEntity).Has("#f-files-error", "Pilih foto")
	c.PostFiles(urls.Uploads(), url.Values{}, testportal.Sent("foto.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 90))).
		LeadsTo(urls.Uploads())
	var ref string
	p.DB.Raw("SELECT ref FROM uploads").Scan(&ref)
	c.Get(urls.Upload(ref)).Is(http.StatusOK)
	c.Post(urls.DeleteUpload(ref), url.Values{}).LeadsTo(urls.Uploads())
	c.Get(urls.Upload(ref)).Is(http.StatusNotFound)
	c.Get(urls.UploadOriginal(ref)).Is(http.StatusNotFound)
	c.Get(urls.Uploads()).Has("main", "Belum ada berkas")
}

// Too many files in a short time are refused in words, by form and in pieces; what arrived stays.
func TestTooManyFilesAreRefusedInWords(t *testing.T) {
	p, u, c := testportal.StartFiles(t)
	c.PostFiles(urls.Uploads(), url.Values{}, testportal.Sent("a.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).LeadsTo(urls.Uploads())
	for err := error(nil); err == nil; {
		err = p.Store.MaySend(t.Context(), u)
	}
	c.PostFiles(urls.Uploads(), url.Values{}, testportal.Sent("b.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 91))).
		Is(http.StatusUnprocessableEntity).Has("#f-files-error", "Tunggu sepuluh menit").Has("main", "a.jpg")
	pieces := askTus(c, http.MethodPost, urls.Partials(), nil, "Upload-Length", "100",
		"Upload-Metadata", "filename Yy5qcGc=,purpose b3RoZXI=").Is(http.StatusUnprocessableEntity)
	if !strings.Contains(pieces.Body, "Tunggu sepuluh menit") {
		t.Errorf("pieces: %s", pieces.Body)
	}
}

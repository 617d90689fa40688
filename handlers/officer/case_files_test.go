package officer_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models/protection"
)

// voice is a recording as phones make it, different for each word.
func voice(word string) []byte {
	return append([]byte("OggS\x00\x02"+strings.Repeat("\x00", 20)+"\x01\x13OpusHead\x01\x01\x00\x00\x80\xbb\x00\x00\x00\x00\x00"), word...)
}

// startFiles is a desk of a portal that takes files, with a case that Rina holds.
func startFiles(t *testing.T) (d caseDesk, ref string) {
	t.Helper()
	d = startCases(t, testportal.WithFiles(t))
	ref = d.AddCase(nil)
	d.rina.Post(urls.CaseTake(ref), d.press(d.rina.Get(urls.Case(ref)), nil)).LeadsTo(urls.Case(ref))
	return d, ref
}

// adds sends a file with the form of the case's page, as it stands now.
func (d caseDesk) adds(c *testportal.Client, ref, name string, content []byte) testportal.Page {
	d.T.Helper()
	form := url.Values{"version": {d.One("SELECT version::text FROM cases WHERE ref = ?", ref)}}
	return c.PostFiles(urls.CaseFiles(ref), form, testportal.Sent(name, "application/octet-stream", content))
}

// A file that an officer added by mistake goes again, for a reason; what the person gave stays theirs.
func TestFileAddedByMistakeIsTakenOff(t *testing.T) {
	d, ref := startFiles(t)
	d.adds(d.rina, ref, "salah.png", testportal.Photo(t, 60, 40, 90)).LeadsTo(urls.Case(ref))
	file := d.One("SELECT ref FROM case_attachments")
	ask := d.rina.Get(urls.CaseFileTake(ref, file)).Is(http.StatusOK).Has("main", "salah.png")
	d.rina.Post(urls.CaseFileTake(ref, file), d.press(ask, nil)).Is(http.StatusUnprocessableEntity).Shows("#f-why-error")
	d.joko.Post(urls.CaseFileTake(ref, file), d.press(ask, url.Values{"why": {"Salah."}})).Lacks(".alert-success")
	if d.One("SELECT count(*)::text FROM case_attachments") != "1" {
		t.Error("the file went without a reason, or by somebody who does not hold the case")
	}
	gone := d.press(ask, url.Values{"why": {"Berkas milik kasus lain."}})
	d.rina.Post(urls.CaseFileTake(ref, file), gone).LeadsTo(urls.Case(ref))
	d.rina.Post(urls.CaseFileTake(ref, file), gone).LeadsTo(urls.Case(ref))
	d.rina.Get(urls.Case(ref)).Has("main", "Berkas milik kasus lain.").Lacks("main:contains('salah.png')")
	d.rina.Get(urls.CaseFileTake(ref, file)).Is(http.StatusNotFound)
	person := d.One("SELECT min(id)::text FROM case_people")
	d.adds(d.rina, ref, "milik.png", testportal.Photo(t, 60, 40, 90)).LeadsTo(urls.Case(ref))
	own := d.One("SELECT ref FROM case_attachments")
	if err := d.DB.Exec("UPDATE case_attachments SET person_id = ?::bigint, added_by = NULL", person).Error; err != nil {
		t.Fatal(err)
	}
	d.rina.Get(urls.CaseFileTake(ref, own)).Is(http.StatusNotFound)
	d.rina.Post(urls.CaseFileTake(ref, own), d.press(d.rina.Get(urls.Case(ref)), url.Values{"why": {"Salah."}})).Is(http.StatusNotFound)
}

// An officer adds what reached them, hears and sees it once it was looked into, and each look is written down.
func TestFilesOnACaseAreHeardAndSeen(t *testing.T) {
	d, ref := startFiles(t)
	d.rina.Get(urls.CaseFiles(ref)).Is(http.StatusOK).Shows("form[enctype='multipart/form-data'] input[type=file]")
	file := voice("malam")
	d.adds(d.rina, ref, "suara.opus", file).LeadsTo(urls.Case(ref))
	d.adds(d.rina, ref, "pintu.png", testportal.Photo(t, 60, 40, 90)).LeadsTo(urls.Case(ref))
	d.adds(d.rina, ref, "lama.amr", []byte("#!AMR\n\x3c\x00\x00")).LeadsTo(urls.Case(ref))
	d.rina.Get(urls.Case(ref)).Has("#berkas ~ ul", "Sedang diperiksa").Lacks("audio")
	d.CheckAttachments()
	page := d.rina.Get(urls.Case(ref)).Is(http.StatusOK).Has("#berkas ~ ul", "suara.opus").Has("#berkas ~ ul", "Rina")
	if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "; media-src 'self'") ||
		strings.Contains(policy, "blob:") || strings.Contains(page.Header.Get("Permissions-Policy"), "microphone=(self)") {
		t.Errorf("the page may %s", policy)
	}
	if got := d.rina.Get(urls.Cases()).Header.Get("Content-Security-Policy"); strings.Contains(got, "media-src") {
		t.Errorf("the list may play: %s", got)
	}
	sound := page.Find("audio").AttrOr("src", "")
	if got := d.rina.Get(sound).Is(http.StatusOK); got.Body != string(file) || got.Header.Get("Content-Type") != "audio/ogg" ||
		!strings.HasPrefix(got.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%d bytes, %v", len(got.Body), got.Header)
	}
	fetch := page.Find("a[download]").AttrOr("href", "")
	if got := d.rina.Get(fetch).Is(http.StatusOK).Header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment; filename=LK-") ||
		!strings.HasSuffix(got, ".amr") {
		t.Errorf("fetched as %q", got)
	}
	view := page.Find("#berkas ~ ul a:not([download]):not([href$=keluarkan])").AttrOr("href", "")
	image := d.rina.Get(view).Is(http.StatusOK).Shows("[data-papers] img").Find("[data-papers] img").AttrOr("src", "")
	if got := d.rina.Get(image).Is(http.StatusOK).Header.Get("Content-Type"); got != "image/jpeg" {
		t.Errorf("the page is %s", got)
	}
	d.rina.Get(view + "/halaman/2").Is(http.StatusNotFound)
	d.rina.Get(view + "/suara").Is(http.StatusNotFound) // what a camera adds to a picture is shown to nobody
	d.rina.Get(view + "/unduh").Is(http.StatusNotFound)
	if n := d.One("SELECT count(*)::text FROM audit_rows WHERE action = 'case_file_seen'"); n != "7" {
		t.Errorf("%s looks are written down", n)
	}
}

// Who may not see a case hears nothing of it, by whatever case the address names; who sees it but does not work on it adds
// nothing.
func TestFilesOfACaseByEveryWrongRole(t *testing.T) {
	d, ref := startFiles(t)
	d.adds(d.rina, ref, "suara.opus", voice("malam")).LeadsTo(urls.Case(ref))
	d.CheckAttachments()
	file := d.One("SELECT ref FROM case_attachments")
	other := d.AddCase(nil)
	paths := []string{urls.CaseFile(ref, file), urls.CaseSound(ref, file), urls.CaseFetch(ref, file), urls.CaseFilePage(ref, file, "1")}
	d.joko.Get(urls.CaseSound(ref, file)).Is(http.StatusOK) // a case that is not sensitive is every helper's to see
	d.adds(d.joko, ref, "lain.opus", voice("lain")).Is(http.StatusUnprocessableEntity).Has("main", "bukan bagian Anda")
	d.rina.Get(urls.CaseSound(other, file)).Is(http.StatusNotFound)
	if err := d.DB.Exec("UPDATE cases SET sensitive = true WHERE ref = ?", ref).Error; err != nil {
		t.Fatal(err)
	}
	for who, c := range map[string]*testportal.Client{"a colleague": d.joko, "another officer": d.As(d.AddDesk("Lain"))} {
		for _, path := range paths {
			if got := c.Get(path); got.Status != http.StatusNotFound {
				t.Errorf("%s of %s: %d", path, who, got.Status)
			}
		}
		d.adds(c, ref, "lain.opus", voice("lain")).Is(http.StatusNotFound)
	}
	if n := d.One("SELECT count(*)::text FROM case_attachments"); n != "1" {
		t.Errorf("%s files", n)
	}
	d.adds(d.rina, ref, "virus.exe", []byte("MZ\x90 program")).Is(http.StatusUnprocessableEntity).Has("main", "virus.exe")
	added := "SELECT count(*)::text FROM case_events WHERE kind = ? AND actor_id = ?"
	if d.One(added, protection.EventFileAdded, d.users["rina"].ID) != "1" {
		t.Error("the history does not say who added it")
	}
}

package help_test

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// stored counts what lies in the store of files.
func (d door) stored() (n int) {
	d.T.Helper()
	err := d.Deps.Blobs.List(d.T.Context(), "", func(string, time.Time) error { n++; return nil })
	if err != nil {
		d.T.Fatal(err)
	}
	return n
}

// What is not kept on a case does not stay in the store: the same file again, a form sent twice, a file beside a wrong one,
// pieces that were joined, refused or given up.
func TestNothingIsStoredThatIsNotKept(t *testing.T) {
	d := newFileDoor(t)
	form := said()
	form.Set("token", uuid.NewString())
	for range 3 {
		d.who.PostFiles(urls.HelpWrite("luar-negeri"), form, testportal.Sent("a.ogg", "audio/ogg", voice("tolong"))).Is(http.StatusSeeOther)
	}
	stays := func(want int, what string) {
		t.Helper()
		if n := d.stored(); n != want {
			t.Errorf("%d blobs after %s, want %d", n, what, want)
		}
	}
	stays(1, "a form sent three times")
	for range 3 {
		d.who.PostFiles(urls.HelpFiles(), nil, testportal.Sent("b.ogg", "audio/ogg", voice("malam"))).LeadsTo(urls.HelpFiles())
	}
	stays(2, "the same file three times")
	d.who.PostFiles(urls.HelpFiles(), nil, testportal.Sent("c.ogg", "audio/ogg", voice("pagi")),
		testportal.Sent("d.exe", "audio/ogg", []byte("MZ\x90\x00 program"))).Is(http.StatusUnprocessableEntity)
	stays(2, "a file beside a wrong one")
	file := voice("dapur")
	path := d.begins("e.ogg", len(file))
	d.piece(path, 0, file[:20]).Is(http.StatusNoContent)
	d.piece(path, 20, file[20:]).Is(http.StatusNoContent)
	d.ask(http.MethodPost, path+"/periksa", nil).Is(http.StatusNoContent)
	stays(3, "pieces that were joined")
	path = d.begins("e.ogg", len(file))
	d.piece(path, 0, file).Is(http.StatusNoContent)
	d.ask(http.MethodPost, path+"/periksa", nil).Is(http.StatusNoContent)
	stays(3, "the same file in pieces again")
	path = d.begins("f.mp3", 10)
	d.piece(path, 0, []byte("bukan lagu")).Is(http.StatusNoContent)
	d.ask(http.MethodPost, path+"/periksa", nil).Is(http.StatusUnprocessableEntity)
	path = d.begins("f.mp3", 10)
	d.piece(path, 0, []byte("bukan lagu")).Is(http.StatusNoContent)
	d.JoinAttachments()
	path = d.begins("g.ogg", len(file))
	d.piece(path, 0, file[:20]).Is(http.StatusNoContent)
	d.ask(http.MethodDelete, path, nil).Is(http.StatusNoContent)
	stays(3, "pieces that were refused or given up")
}

// Of many who ask at once for the same file one joins it, and the others are told to wait.
func TestOneJoinsAFile(t *testing.T) {
	d := newFileDoor(t)
	d.sends("luar-negeri", said())
	file := voice("dapur")
	path := d.begins("a.ogg", len(file))
	d.piece(path, 0, file).Is(http.StatusNoContent)
	answers := make([]int, 12)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			r := httptest.NewRequest(http.MethodPost, path+"/periksa", nil)
			r.Header.Set("Sec-Fetch-Site", "same-origin")
			for _, cookie := range d.who.Cookies {
				r.AddCookie(cookie)
			}
			w := httptest.NewRecorder()
			d.Handler.ServeHTTP(w, r)
			answers[i] = w.Code
		})
	}
	all.Wait()
	joined := 0
	for _, code := range answers {
		if code == http.StatusNoContent {
			joined++
		} else if code != http.StatusServiceUnavailable {
			t.Errorf("status %d", code)
		}
	}
	if n := d.stored(); n != 1 || joined == 0 {
		t.Errorf("%d blobs, joined %d times", n, joined)
	}
	if n := d.One("SELECT count(*)::text FROM case_attachments"); n != "1" {
		t.Errorf("%s files", n)
	}
}

// Files of one address are taken up to a measure an hour, however many cases they are for; forms are taken all the same.
func TestFilesOfOneAddressHaveAMeasure(t *testing.T) {
	d := newFileDoor(t)
	for i := range 19 { // 20 MB each, five on a case
		if i%5 == 0 {
			d.sends("luar-negeri", said())
		}
		d.begins("a.ogg", 20<<20)
	}
	d.sends("luar-negeri", said())
	d.ask(http.MethodPost, urls.HelpParts(), nil, "Upload-Length", "20971520", "Upload-Metadata", "filename YQ==").
		Is(http.StatusUnprocessableEntity)
	d.who.PostFiles(urls.HelpFiles(), nil, testportal.Sent("b.ogg", "audio/ogg", voice("malam"))).
		Is(http.StatusUnprocessableEntity).Has("main", "satu jam lagi")
	cases := d.One("SELECT count(*)::text FROM cases")
	other := door{d.Portal, d.Client()}
	to := other.who.PostFiles(urls.HelpWrite("luar-negeri"), said(), testportal.Sent("c.ogg", "audio/ogg", voice("lagi"))).
		Is(http.StatusSeeOther).Header.Get("Location")
	other.who.Get(to).Is(http.StatusOK).Shows("main .note[role=status]")
	if n := d.One("SELECT count(*)::text FROM cases"); n == cases || d.stored() != 0 {
		t.Errorf("%s cases after %s, %d blobs", n, cases, d.stored())
	}
	d.Pass(time.Hour)
	other.sends("luar-negeri", said())
	other.begins("a.ogg", 1<<20)
}

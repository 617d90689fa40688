package institution_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/internal/urls"
	"naikkelas/models"
)

// invitedToSession invites everybody to a session on 7 December and gives its reference.
func (c *course) invitedToSession() string {
	c.T.Helper()
	ref := c.addsSession("7", "09.00", "5")
	c.staff.Post(urls.ManageInvite(c.intake), url.Values{
		"applications": c.refs, "token": {uuid.NewString()}, "session": {ref},
		"seen": {c.One("SELECT id || '.1.5 ' FROM test_sessions")},
	}).LeadsTo(urls.ManageApplicants(c.intake))
	return ref
}

// At the door all came but who is ticked; the page names nobody in full, and the press is taken back by another.
func TestPresenceAtTheDoorByException(t *testing.T) {
	c := inCourse(t, "verified", "Suparmi Dewi", "Tini Astuti")
	ref := c.invitedToSession()
	door := urls.TestDoor(c.intake, ref)
	c.staff.Post(door, url.Values{}).Is(http.StatusUnprocessableEntity).Has(".err", "Kehadiran baru bisa dicatat mulai")
	c.after(12 * 24 * time.Hour)
	page := c.staff.Get(door).Is(http.StatusOK).Has(".opts", "1. Suparmi D.").Lacks(".opts:contains('Dewi')")
	token, _ := page.Find("input[name=token]").Attr("value")
	for range 2 {
		c.staff.Post(door, url.Values{"token": {token}, "absent": {"2", "x"}}).LeadsTo(urls.TestSession(c.intake, ref))
	}
	c.staff.Get(urls.TestSession(c.intake, ref)).Has("[data-standing]", "Kehadiran dicatat").Has("table", "Tidak hadir")
	if a, b := c.state(c.refs[0]), c.state(c.refs[1]); a != "attended" || b != "invited" {
		t.Errorf("they are %s and %s", a, b)
	}
	c.staff.Post(door, url.Values{"token": {uuid.NewString()}}).Is(http.StatusUnprocessableEntity).Has(".err", "sudah dicatat")
	for range 2 {
		c.staff.Post(urls.TestDoorUndo(c.intake, ref), url.Values{}).LeadsTo(urls.TestSession(c.intake, ref))
	}
	if a := c.state(c.refs[0]); a != "invited" {
		t.Errorf("taken back they are %s", a)
	}
}

// The list of a door is for a phone to keep on the day of its session, until that day ends or presence is recorded; the
// script that keeps it names nobody, and is nobody else's.
func TestListOfTheDoorIsKeptOnItsDayAlone(t *testing.T) {
	c := inCourse(t, "verified", "Suparmi Dewi", "Tini Astuti")
	ref := c.invitedToSession()
	door, worker := urls.TestDoor(c.intake, ref), urls.TestDoorWorker(c.intake, ref)
	kept := func(status int, until string) {
		t.Helper()
		if got, _ := c.staff.Get(door).Is(http.StatusOK).Find("[data-door='" + worker + "']").Attr("data-until"); got != until {
			t.Errorf("the page is kept until %q, want %q", got, until)
		}
		c.staff.Get(worker).Is(status)
	}
	kept(http.StatusNotFound, "")
	c.after(time.Date(2026, 12, 7, 5, 0, 0, 0, time.UTC).Sub(c.Store.Now()))
	end := strconv.FormatInt(time.Date(2026, 12, 7, 16, 59, 59, 0, time.UTC).UnixMilli(), 10)
	kept(http.StatusOK, end)
	got := c.staff.Get(worker)
	if want := `self.kept = {"page":"` + door + `","until":` + end + `,"files":["/static/help`; !strings.HasPrefix(string(got.Body), want) {
		t.Errorf("%q, want %q", got.Body, want)
	}
	if scope, kind := got.Header.Get("Service-Worker-Allowed"), got.Header.Get("Cache-Control"); scope != door || kind != "no-store" {
		t.Errorf("it is allowed %q and is kept %q", scope, kind)
	}
	english := urls.InEnglish(door)
	c.staff.Get(english).Shows("[data-door='" + english + "/sw.js']")
	c.As(c.AddUser(models.Staff, "Lain")).Get(worker).Is(http.StatusNotFound)
	c.staff.Post(door, url.Values{"token": {uuid.NewString()}}).LeadsTo(urls.TestSession(c.intake, ref))
	kept(http.StatusNotFound, "")
	c.staff.Post(urls.TestDoorUndo(c.intake, ref), url.Values{}).LeadsTo(urls.TestSession(c.intake, ref))
	kept(http.StatusOK, end)
	c.after(12 * time.Hour)
	kept(http.StatusNotFound, "")
}

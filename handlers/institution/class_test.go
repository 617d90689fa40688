package institution_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// sheet is what staff type of a class: for each of its people, in order, pairs of field and value.
func (c *course) sheet(rows ...[]string) url.Values {
	c.T.Helper()
	v := url.Values{}
	for i, row := range rows {
		field := func(name string) string { return fmt.Sprintf("rows[%d].%s", i, name) }
		v.Set(field("ref"), c.refs[i])
		v.Set(field("version"), c.Version(c.refs[i]))
		for n := 0; n < len(row); n += 2 {
			v.Set(field(row[n]), row[n+1])
		}
	}
	return v
}

// saves looks at the check of a sheet and records it.
func (c *course) saves(act string, v url.Values) testportal.Page {
	c.T.Helper()
	page := c.staff.Post(urls.ClassOf(c.intake, act), v).Is(http.StatusOK).Shows("[data-whom]")
	again := url.Values{"step": {"save"}}
	page.Find("main form input[type=hidden]").Each(func(_ int, field *goquery.Selection) {
		again.Add(field.AttrOr("name", ""), field.AttrOr("value", ""))
	})
	return c.staff.Post(urls.ClassOf(c.intake, act), again)
}

// A class is enrolled and gets its results in three steps each: a sheet in which only exceptions are changed, a check with
// counts and letters, and the end. Sent twice it changes nothing more.
func TestClassIsRecordedAtOnce(t *testing.T) {
	c := inCourse(t, "accepted", "Suparmi", "Tini", "Wati")
	form := c.staff.Get(urls.ClassOf(c.intake, "enrol")).Is(http.StatusOK)
	if n := form.Find("input[type=radio][value=enrolled][checked]").Length(); n != 3 {
		t.Errorf("%d are proposed to have come, want 3", n)
	}
	came := c.sheet([]string{"what", "enrolled"}, []string{"what", "enrolled"}, []string{"what", ""})
	c.staff.Post(urls.ClassOf(c.intake, "enrol"), came).Is(http.StatusOK).Has("main", "Hadir: 2").Has("main", "Lewati dulu: 1").
		Has("[data-letter]", "resmi menjadi peserta")
	if got := c.state(c.refs[0]); got != "accepted" {
		t.Errorf("the check alone makes it %s", got)
	}
	back := c.sheet([]string{"what", ""}, []string{"what", "enrolled"}, []string{"what", ""})
	back.Set("step", "edit")
	edited := c.staff.Post(urls.ClassOf(c.intake, "enrol"), back).Is(http.StatusOK)
	if edited.Find("input[value=enrolled][checked]").Length() != 1 {
		t.Error("the way back from the check loses what was chosen")
	}
	for range 2 {
		c.saves("enrol", came).LeadsTo(urls.ClassOf(c.intake, "enrol"))
	}
	if n := c.One("SELECT count(*) FROM notices WHERE template = 'application_enrolled'"); n != "2" {
		t.Errorf("%s letters", n)
	}
	c.after(36 * 24 * time.Hour)
	ended := c.sheet([]string{"what", "passed"}, []string{"what", "dropped", "text", "Pindah kota."})
	c.staff.Post(urls.ClassOf(c.intake, "result"), ended).Is(http.StatusUnprocessableEntity).
		Shows("[data-error-summary] a[href='#f-rows[1].reason']").Has("textarea", "Pindah kota.")
	ended.Set("rows[1].reason", "dropped_x")
	c.AnnounceAfter(10)
	for range 2 {
		c.saves("result", ended).LeadsTo(urls.ClassOf(c.intake, "result"))
	}
	c.staff.Get(urls.ClassOf(c.intake, "result")).Is(http.StatusOK).Has("main", "Lulus").Lacks("input[type=radio]")
	if n := c.One("SELECT count(*) FROM decisions WHERE act = 'record'"); n != "2" || c.state(c.refs[0]) != "enrolled" {
		t.Errorf("%s outcomes wait to be announced, and one is %s", n, c.state(c.refs[0]))
	}
}

// One row that is refused keeps the others back; each says what stands against it, and what was typed stays.
func TestClassIsRecordedWholeOrNotAtAll(t *testing.T) {
	c := inCourse(t, "enrolled", "Suparmi", "Tini")
	v := c.sheet([]string{"what", "passed"}, []string{"what", "failed", "text", "Belum bisa."})
	v.Set("step", "save")
	c.staff.Post(urls.ClassOf(c.intake, "result"), v).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "30 Desember 2026").Has("textarea", "Belum bisa.")
	c.after(36 * 24 * time.Hour)
	v.Set("rows[1].version", "99")
	c.staff.Post(urls.ClassOf(c.intake, "result"), v).Is(http.StatusConflict).
		Shows("[data-error-summary] a[href='#f-rows[1].what']").Has("textarea", "Belum bisa.")
	if got := c.state(c.refs[0]); got != "enrolled" {
		t.Errorf("half of the class is recorded: %s", got)
	}
	nothing := c.sheet([]string{"what", ""}, []string{"what", ""})
	c.staff.Post(urls.ClassOf(c.intake, "result"), nothing).Is(http.StatusUnprocessableEntity)
	odd := c.sheet([]string{"what", "accepted"})
	c.staff.Post(urls.ClassOf(c.intake, "result"), odd).Is(http.StatusUnprocessableEntity)
}

// The competence test of a class is recorded with its day, LSP and place; a number of a paper is for who is competent.
func TestCompetenceTestOfAClassIsRecorded(t *testing.T) {
	c := inCourse(t, "enrolled", "Suparmi", "Tini")
	c.after(50 * 24 * time.Hour)
	v := c.sheet(
		[]string{"what", "competent", "number", "62012 3456 7 0001 2027"}, []string{"what", "not_yet", "number", "62012 3456 7 0002 2027"})
	for name, value := range map[string]string{
		"on.day": "5", "on.month": "1", "on.year": "2027", "lsp": "LSP Contoh", "place": "Bengkel Contoh",
	} {
		v.Set(name, value)
	}
	c.staff.Post(urls.ClassOf(c.intake, "assess"), v).Is(http.StatusUnprocessableEntity).
		Shows("[data-error-summary] a[href='#f-rows[1].number']")
	v.Set("rows[1].number", "")
	for range 2 {
		c.saves("assess", v).LeadsTo(urls.ClassOf(c.intake, "assess"))
	}
	got := c.One(`SELECT string_agg(concat_ws(', ', assessment, assessment_lsp, assessment_place, assessment_number), '; ' ORDER BY id)
		FROM applications`)
	if got != "competent, LSP Contoh, Bengkel Contoh, 62012 3456 7 0001 2027; not_yet, LSP Contoh, Bengkel Contoh, " {
		t.Errorf("kept %q", got)
	}
	if n := c.One("SELECT count(*) FROM application_events WHERE kind = 'assessed'"); n != "2" {
		t.Errorf("%s events", n)
	}
	c.As(c.Client().UserNamed("Suparmi")).Get(urls.Application(c.refs[0])).Is(http.StatusOK).Has("main", "62012 3456 7 0001 2027").
		Has("main", "Bengkel Contoh")
	all := c.staff.Get(urls.WithQuery(urls.ClassOf(c.intake, "assess"), "semua", "scheduled")).Is(http.StatusOK)
	if n := all.Find("input[value=scheduled][checked]").Length(); n != 2 {
		t.Errorf("%d are proposed, want 2", n)
	}
}

// Nobody records of another institution's class, or of somebody who is in another one.
func TestClassOfOthersIsNotFound(t *testing.T) {
	c := inCourse(t, "enrolled", "Suparmi")
	c.after(36 * 24 * time.Hour)
	v := c.sheet([]string{"what", "passed"})
	other := c.As(c.AddUser("staff", "Staf Lain"))
	other.Get(urls.ClassOf(c.intake, "result")).Is(http.StatusNotFound)
	other.Post(urls.ClassOf(c.intake, "result"), v).Is(http.StatusNotFound)
	c.staff.Get(urls.ManageIntake(c.intake) + "/kelas/lain").Is(http.StatusNotFound)
	v.Set("rows[0].ref", "NK-TIDAKADA")
	c.staff.Post(urls.ClassOf(c.intake, "result"), v).Is(http.StatusNotFound)
	if got := c.state(c.refs[0]); got != "enrolled" {
		t.Errorf("it is %s", got)
	}
}

// The page of a class asks the same few questions for one and for many.
func TestClassIsReadInFewQuestions(t *testing.T) {
	c := inCourse(t, "enrolled", "Suparmi", "Tini", "Wati", "Budi")
	counter := c.Counted()
	staff := c.As(c.staff.UserNamed("Staf"))
	before := counter.Total()
	page := staff.Get(urls.ClassOf(c.intake, "result")).Is(http.StatusOK)
	if n := counter.Total() - before; n > 12 {
		t.Errorf("the page asks %d questions", n)
	}
	if !strings.Contains(page.Body, "Budi") {
		t.Error("somebody is missing")
	}
}

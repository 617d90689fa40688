package institution_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// many is a course with so many people in a state.
func many(t *testing.T, state string, people int) *course {
	t.Helper()
	c := inCourse(t, state, "Suparmi")
	err := c.DB.Exec(`WITH crowd AS (
			INSERT INTO users (ref, role, name, username, phone, password_hash, language, created_at, updated_at)
			SELECT 'AK-' || n, 'seeker', 'Contoh ' || lpad(n::text, 3, '0'), 'contoh' || n, '+62812' || lpad(n::text, 8, '0'),
				'-', 'id', now(), now()
			FROM generate_series(2, ?) n
			RETURNING id, ref, name)
		INSERT INTO applications (ref, intake_id, seeker_id, state, submitted_at, first_submitted_at, created_at, updated_at)
		SELECT 'NK' || substr(ref, 3), (SELECT min(id) FROM intakes), id, ?, now(), now(), now(), now()
		FROM crowd
		ORDER BY name`, people, state).Error
	if err != nil {
		t.Fatal(err)
	}
	err = c.DB.Exec(`INSERT INTO consents (user_id, kind, version, given_at, institution_id)
		SELECT a.seeker_id, 'share_with_institution', '1', now(), (SELECT min(institution_id) FROM programmes)
		FROM applications a
		ON CONFLICT DO NOTHING`).Error
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// F218, F219: each applicant stands in the table once, with the box to choose them; lists have counts; on paper it is a
// list for the door.
func TestF218F219TableOfApplicantsStandsOnceAndPrintsForTheDoor(t *testing.T) {
	c := many(t, "verified", 60)
	path := urls.ManageApplicants(c.intake)
	page := c.staff.Get(path).Is(http.StatusOK).Has("nav[aria-label='Daftar pendaftar menurut keadaan']", "Lolos pemeriksaan (60)").
		Has("main", "1 sampai 50 dari 60 orang")
	boxes := page.Find("form table tbody input[type=checkbox][name=orang]").Length()
	if links := page.Find("main form a[href*='/kelola/pendaftar/']").Length(); boxes != 50 || links != 50 {
		t.Errorf("%d boxes and %d links of 50 people", boxes, links)
	}
	next, _ := page.Find("a[rel=next]").Attr("href")
	second := c.staff.Get(next).Is(http.StatusOK).Has("main", "51 sampai 60 dari 60 orang")
	paper := second.Find(".print-only table")
	heads := paper.Find("thead th").Map(func(_ int, head *goquery.Selection) string { return strings.TrimSpace(head.Text()) })
	if !slices.Equal(heads, []string{"No.", "Nama", "Nomor HP", "Tanda tangan"}) {
		t.Errorf("the list on paper has the columns %q", heads)
	}
	row := paper.Find("tbody tr").First()
	if row.Find(".num").Text() != "51" || row.Find("td").Length() != 3 || !strings.HasPrefix(row.Find("td").Eq(1).Text(), "0812") {
		t.Errorf("the first row on paper is %q", row.Text())
	}
	c.staff.Get(path+"?q=contoh+017").Is(http.StatusOK).Has("form tbody", "Contoh 017").Has("main", "1 sampai 1 dari 1 orang")
	c.staff.Get(path+"?q=tidakada").Is(http.StatusOK).Has("main", "Tidak ada pendaftar yang cocok")
	c.staff.Get(path+"?urut=name&turun=ya&kolom=sent&sesudah=rusak.1").Is(http.StatusOK).Has("form tbody tr:first-child", "Suparmi").
		Has("form thead", "Mendaftar").Lacks("form tbody td[data-label='Usia']")
}

// Choosing, checking and the result: for those who were ticked and for all whom a filter finds; what cannot be done is
// named with its reason, and what was typed is kept.
func TestChoosingManyIsCheckedAndSaysWhatFailed(t *testing.T) {
	c := many(t, "verified", 60)
	c.DB.Exec("UPDATE applications SET state = 'enrolled' WHERE ref = 'NK-2'")
	choose := urls.ManageChoose(c.intake)
	c.staff.Get(choose+"?aksi=invited").Is(http.StatusOK).Has("[data-error-summary]", "paling sedikit satu orang")
	c.staff.Get(choose+"?aksi=invited&orang=NK-3&orang=NK-4").Is(http.StatusOK).Has("h1", "Undang 2 orang ke tes").
		Has("main", "Contoh 003, Contoh 004").Has("[data-letter]", "tes")
	page := c.staff.Get(choose+"?aksi=invited&semua=ya").Is(http.StatusOK).Has("h1", "Undang 59 orang").
		Has("main", "1 orang tidak bisa diproses").Has("main", "Contoh 002: Peserta")
	form := url.Values{"token": {uuid.NewString()}, "semua": {"ya"}, "at.day": {"7"}, "at.month": {"12"}, "at.year": {"2026"}}
	count, _ := page.Find("input[name=banyak]").Attr("value")
	form.Set("banyak", count)
	c.staff.Post(urls.ManageInvite(c.intake), form).Is(http.StatusUnprocessableEntity).Shows("#f-hour-error").Shows("#f-place-error")
	form.Set("hour", "09.00")
	form.Set("place", "Bengkel")
	stale := url.Values{}
	for key, value := range form {
		stale[key] = value
	}
	stale.Set("banyak", "3")
	stale.Set("token", uuid.NewString())
	c.staff.Post(urls.ManageInvite(c.intake), stale).Is(http.StatusConflict).Has("main", "Daftarnya berubah")
	var result string
	for range 2 { // a double click
		result = c.staff.Post(urls.ManageInvite(c.intake), form).Is(http.StatusSeeOther).Header.Get("Location")
	}
	c.staff.Get(result).Is(http.StatusOK).Has("[data-done]", "59 dari 60 orang").Has("table", "Contoh 002")
	if n := c.One("SELECT count(*)::text FROM selection_runs"); n != "1" {
		t.Errorf("pressed twice it was done %s times", n)
	}
	if n := c.One("SELECT count(*)::text FROM applications WHERE state = 'invited'"); n != "59" {
		t.Errorf("%s are invited", n)
	}
}

// A note is written on the applicant's page and counted in the table; an empty one is asked for again.
func TestTeamNoteIsWrittenOnTheApplicantsPage(t *testing.T) {
	c := inCourse(t, "attended", "Suparmi")
	note := func(text string) testportal.Page {
		return c.staff.Post(urls.ManageNote(c.refs[0]), url.Values{"note": {text}, "token": {uuid.NewString()}})
	}
	note(" ").Is(http.StatusUnprocessableEntity).Shows("#f-note-error")
	note("Teliti dan rapi.").Is(http.StatusSeeOther)
	c.staff.Get(urls.ManageApplicant(c.refs[0])).Has("#catatan li", "Teliti dan rapi.").Has("#catatan li", "Staf")
	c.staff.Get(urls.ManageApplicants(c.intake)).Has("form tbody", "1 catatan")
	seeker := c.As(c.Client().UserNamed("Suparmi"))
	if page := seeker.Get(urls.Application(c.refs[0])); strings.Contains(page.Body, "Teliti") {
		t.Error("its person reads it")
	}
}

package institution_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/urls"
)

// Somebody with a seat asks for a later intake, the institution offers one after seeing what it means here and there, and the
// person takes it: here the reserve moves up. What is refused keeps what was typed.
func TestAnApplicantGoesToALaterIntake(t *testing.T) {
	c := inCourse(t, "accepted", "Suparmi", "Tini")
	going, waiting := c.refs[0], c.refs[1]
	c.DB.Exec("UPDATE intakes SET quota = 1")
	c.DB.Exec("UPDATE applications SET enrol_by = ? WHERE ref = ?", c.Clock().AddDate(0, 0, 5), going)
	c.DB.Exec("UPDATE applications SET state = 'reserve', reserve_rank = 1 WHERE ref = ?", waiting)
	c.DB.Exec(`INSERT INTO intakes (ref, programme_id, number, state, selection, opens_at, closes_at, starts_on, ends_on, quota,
			reserve_seats, enrol_days, version, created_at, updated_at)
		SELECT 'AN-NANTI', programme_id, number + 1, state, selection, opens_at, closes_at, starts_on + 60, ends_on + 60, 2,
			reserve_seats, enrol_days, 1, created_at, updated_at
		FROM intakes`)
	person := c.As(c.staff.UserNamed("Suparmi"))
	person.Get(urls.Application(going)).Has("a[href='"+urls.ApplicationLater(going)+"']", "Pindah ke angkatan")
	person.Post(urls.ApplicationLater(going), url.Values{"text": {" "}}).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "alasannya")
	person.Post(urls.ApplicationLater(going), url.Values{"text": {"Ibu sakit."}}).LeadsTo(urls.Application(going))
	person.Get(urls.ApplicationLater(going)).Is(http.StatusOK).Has("main", "Ibu sakit.")

	c.staff.Get(urls.ManageApplicant(going)).Has("a[href='"+urls.ManageLater(going)+"']", "Jawab permintaan")
	c.staff.Get(urls.ManageLater(going)).Is(http.StatusOK).Has("main", "Ibu sakit.").Has("main", "2 kursi kosong")
	c.staff.Get(urls.ManageLaterTo(going, "AN-NANTI")).Is(http.StatusOK).Has("main", "Tini naik").
		Has("[data-letter]", "angkatan lain")
	offer := url.Values{"intake": {"AN-NANTI"}, "version": {c.Version(going)}, "text": {""}}
	c.staff.Post(urls.ManageLater(going), offer).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "alasannya")
	offer.Set("text", "Mulai Februari.")
	c.staff.Post(urls.ManageLater(going), offer).LeadsTo(urls.ManageApplicant(going))
	c.staff.Get(urls.ManageLater(going)).Is(http.StatusOK).Has("main", "disimpan untuknya")

	person.Get(urls.Application(going)).Has("main", "Tawaran pindah angkatan")
	person.Get(urls.ApplicationLater(going)).Is(http.StatusOK).Has("main", "Mulai Februari.")
	for range 2 { // the second press changes nothing
		person.Post(urls.ApplicationLaterTake(going), url.Values{}).LeadsTo(urls.Application(going))
	}
	where := "SELECT n.ref || ' ' || a.state FROM applications a JOIN intakes n ON n.id = a.intake_id WHERE a.ref = ?"
	if got := c.One(where, going); got != "AN-NANTI accepted" {
		t.Errorf("who went is %s", got)
	}
	if got := c.state(waiting); got != "accepted" {
		t.Errorf("the reserve is %s", got)
	}
	person.Get(urls.Application(going)).Is(http.StatusOK).Has("main", "Pindah ke angkatan berikutnya")
}

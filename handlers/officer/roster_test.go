package officer_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// shiftForm puts an officer on duty on 25 November 2026.
func shiftForm(officer models.User, from, to string) url.Values {
	return url.Values{"officer": {officer.Ref}, "phone": {"0812 3456 7890"}, "day.day": {"25"}, "day.month": {"11"}, "day.year": {"2026"},
		"from": {from}, "to": {to}, "token": {uuid.NewString()}}
}

// The head puts an officer on duty, over midnight too; the empty roster says what that means for people at the door.
func TestHeadKeepsTheRoster(t *testing.T) {
	p := testportal.Start(t)
	rina, hana := p.AddDesk("Rina", models.DutyProtection), p.AddHead("Hana")
	head := p.As(hana)
	head.Get(urls.Roster()).Is(http.StatusOK).Has(".notice", "Sekarang tidak ada petugas jaga").Has(".notice", "tidak menjanjikan jam").
		Has("option", "Rina")
	wrong := shiftForm(rina, "kapan saja", "20.00")
	wrong.Set("phone", "021 555")
	head.Post(urls.Roster(), wrong).Is(http.StatusUnprocessableEntity).Has("main", "Tulis jam seperti 08.00").
		Has("[name=phone][value='021 555']", "")
	wrong.Set("from", "11.00")
	head.Post(urls.Roster(), wrong).Is(http.StatusUnprocessableEntity).Has("main", "Tulis nomor HP yang dibawa")
	head.Post(urls.Roster(), shiftForm(rina, "11.00", "20.00")).LeadsTo(urls.RosterWeek("2026-11-25"))
	night := shiftForm(hana, "20:00", "08:00")
	head.Post(urls.Roster(), night).Is(http.StatusSeeOther)
	head.Post(urls.Roster(), night).Is(http.StatusSeeOther) // the second press
	head.Post(urls.Roster(), shiftForm(rina, "19.00", "21.00")).Is(http.StatusUnprocessableEntity).Has("main", "sudah berjaga pada jam itu")
	page := p.As(rina).Get(urls.Roster()).Is(http.StatusOK).Has("main", "Jaga sekarang:").Has("main", "20.00–08.00").
		Has("main", "Rina sampai").
		Lacks("form[action='" + urls.Roster() + "']").Lacks("a[href^='/petugas/jaga/']")
	if n := page.Find("main ul ul li").Length(); n != 2 {
		t.Errorf("%d shifts are shown", n)
	}
	head.Get(urls.RosterWeek("2026-12-01")).Is(http.StatusOK).Has("main", "Tidak ada yang berjaga").Lacks("main ul ul li")
	head.Get(urls.RosterWeek("besok")).Is(http.StatusOK).Has("main", "hari ini")
}

// A shift that has begun ends now, one that has not is removed; each asks why first.
func TestShiftEndsWithAReason(t *testing.T) {
	p := testportal.Start(t)
	hana := p.AddHead("Hana")
	running, coming := p.AddShift(hana, -time.Hour, time.Hour), p.AddShift(hana, 2*time.Hour, 3*time.Hour)
	head := p.As(hana)
	for ref, want := range map[string]string{running: "Akhiri jaga ini sekarang", coming: "Hapus jaga ini dari jadwal"} {
		p.Pass(time.Minute)
		form := url.Values{"seen": {head.Get(urls.Shift(ref)).Is(http.StatusOK).Has("h1", want).Find("[name=seen]").AttrOr("value", "")}}
		head.Post(urls.Shift(ref), form).Is(http.StatusUnprocessableEntity).Has("main", "Tulis alasannya")
		form.Set("why", "Sakit")
		stale := url.Values{"why": {"Sakit"}, "seen": {"1"}}
		head.Post(urls.Shift(ref), stale).Is(http.StatusUnprocessableEntity).Has("body", "Jadwal ini sudah berubah")
		head.Post(urls.Shift(ref), form).LeadsTo(urls.Roster())
		head.Get(urls.Shift(ref)).Is(http.StatusOK).Has("main", "sudah selesai atau sudah dihapus").Lacks("main form")
	}
	head.Get(urls.Roster()).Has("main", "diakhiri lebih awal: Sakit").Has(".notice", "Sekarang tidak ada petugas jaga")
}

// Who does not help people in trouble has no business on the roster, and no entry for it in the bar.
func TestRosterIsForTheDesk(t *testing.T) {
	p := testportal.Start(t)
	hana, rina := p.AddHead("Hana"), p.AddDesk("Rina", models.DutyProtection)
	ref := p.AddShift(hana, time.Hour, 2*time.Hour)
	other := p.As(p.AddDesk("Joko", models.DutyReference))
	other.Get(urls.OfficerQueue()).Is(http.StatusOK).Lacks("nav a[href='" + urls.Cases() + "']")
	p.As(rina).Get(urls.OfficerQueue()).Has("nav a[href='"+urls.Cases()+"']", "Kasus")
	p.As(rina).Get(urls.Cases()).Has("main a[href='"+urls.Roster()+"']", "Jadwal jaga")
	for _, path := range []string{urls.Roster(), urls.Shift(ref)} {
		other.Get(path).Is(http.StatusForbidden)
		other.Post(path, shiftForm(rina, "13.00", "14.00")).Is(http.StatusForbidden)
		p.As(rina).Post(path, url.Values{"why": {"x"}, "seen": {"1"}, "from": {"13.00"}, "to": {"14.00"}, "day.day": {"25"},
			"day.month": {"11"}, "day.year": {"2026"}}).Is(http.StatusForbidden)
	}
	p.As(rina).Get(urls.Shift("JG-TIDAKADA")).Is(http.StatusNotFound)
	if n := p.One("SELECT count(*)::text FROM duty_shifts WHERE changed_at IS NULL"); n != "1" {
		t.Errorf("%s shifts", n)
	}
}

package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"naikkelas/internal/urls"
	"naikkelas/models"
)

func TestRegisteredAtTheCounterWithoutPhoneOrMail(t *testing.T) {
	p, _, officer := institution(t)
	officer.get(urls.Counter()).is(http.StatusOK)
	form := officer.get(urls.CounterRegister()).is(http.StatusOK)
	token := form.Find("input[name=token]").AttrOr("value", "")
	bad := officer.post(urls.CounterRegister(), url.Values{"token": {token}, "name": {"Mbah Sarinem"}, "login": {"bukan nomor"}}).is(http.StatusUnprocessableEntity)
	bad.has("[data-error-summary]", "privasi").has("[data-error-summary]", "nomor")
	values := url.Values{"token": {token}, "name": {" Mbah  Sarinem "}, "privacy": {"yes"}}
	officer.post(urls.CounterRegister(), values).leadsTo(urls.CounterSlip())
	officer.post(urls.CounterRegister(), values).leadsTo(urls.CounterSlip())
	if n := p.one("SELECT count(*)::text FROM users WHERE name = 'Mbah Sarinem' AND registered_by IS NOT NULL"); n != "1" {
		t.Fatalf("%s accounts from two presses, want 1", n)
	}
	slip := officer.get(urls.CounterSlip()).is(http.StatusOK).has("main", "Mbah Sarinem")
	username := p.one("SELECT username FROM users WHERE name = 'Mbah Sarinem'")
	slip.has("main", username)
	password := strings.TrimSpace(slip.Find(".font-mono").Text())
	if data := p.one("SELECT data::text FROM sessions WHERE data::text LIKE '%slip%'"); strings.Contains(data, password) {
		t.Error("the slip lies open in the session")
	}
	p.as(p.addUser(models.Officer, "Yanto")).get(urls.CounterSlip()).leadsTo(urls.Counter())
	officer.post(urls.CounterSlip(), nil).leadsTo(urls.Counter())
	officer.get(urls.CounterSlip()).leadsTo(urls.Counter())

	seeker := p.client()
	seeker.post(urls.SignIn(), url.Values{"login": {username}, "password": {password}}).leadsTo(urls.ChangePassword())
	seeker.get(urls.Me()).leadsTo(urls.ChangePassword())
	seeker.post(urls.ChangePassword(), url.Values{"old": {password}, "password": {goodPassword}}).leadsTo(urls.Account())
	seeker.get(urls.Me()).is(http.StatusOK)
	if n := p.one("SELECT count(*)::text FROM consents c JOIN users u ON u.id = c.user_id WHERE u.name = 'Mbah Sarinem' AND kind = 'privacy_notice'"); n != "1" {
		t.Errorf("%s privacy notices kept, want 1", n)
	}
}

func TestLostPhoneIsReplacedAfterSeeingTheKTP(t *testing.T) {
	p, _, officer := institution(t)
	seeker := p.addReadySeeker("Suparmi")
	other := p.addUser(models.Seeker, "Budi Lain")
	browser := p.as(seeker)
	officer.post(urls.Counter(), url.Values{"q": {"tidak@ada.id"}}).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "Tidak ada pencari kerja")
	officer.post(urls.Counter(), url.Values{"q": {p.one("SELECT email FROM users WHERE name = 'Rina'")}}).is(http.StatusUnprocessableEntity)
	officer.post(urls.Counter(), url.Values{"q": {strings.ToUpper(*seeker.Email)}}).leadsTo(urls.CounterPerson(seeker.Ref))
	officer.get(urls.CounterPerson(seeker.Ref)).is(http.StatusOK).has("h1", "Suparmi").has("main", *seeker.Email)
	path := urls.CounterPerson(seeker.Ref)
	officer.post(path, url.Values{"login": {"baru@contoh.id"}}).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "KTP asli")
	officer.post(path, url.Values{"login": {*other.Email}, "ktp": {"yes"}}).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "sudah dipakai")
	browser.get(urls.Me()).is(http.StatusOK)
	officer.post(path, url.Values{"login": {"baru@contoh.id"}, "ktp": {"yes"}}).leadsTo(urls.CounterSlip())
	if l := p.lastLetter(); l.Template != "address_changed" || l.Address != *seeker.Email {
		t.Errorf("the last letter is %s to %s, want the old address told", l.Template, l.Address)
	}
	browser.get(urls.Me()).is(http.StatusSeeOther)
	password := strings.TrimSpace(officer.get(urls.CounterSlip()).has("main", "baru@contoh.id").Find(".font-mono").Text())
	p.client().post(urls.SignIn(), url.Values{"login": {*seeker.Email}, "password": {goodPassword}}).is(http.StatusUnprocessableEntity)
	p.client().post(urls.SignIn(), url.Values{"login": {"baru@contoh.id"}, "password": {password}}).leadsTo(urls.ChangePassword())
	if n := p.one("SELECT count(*)::text FROM audit_rows WHERE action IN ('contact_replaced_at_counter', 'person_seen', 'person_searched') AND actor_id IS NOT NULL"); n < "4" {
		t.Errorf("%s rows of audit", n)
	}
	staff := p.addUser(models.Staff, "Staf Lain")
	officer.get(urls.CounterPerson(staff.Ref)).is(http.StatusNotFound)
	officer.post(urls.CounterPerson(staff.Ref), url.Values{"login": {"x@contoh.id"}, "ktp": {"yes"}}).is(http.StatusNotFound)
}

func TestPersonIsFoundByCheckedNIKOnly(t *testing.T) {
	p, _, officer := institution(t)
	seeker := p.addReadySeeker("Suparmi")
	number, _, _, err := p.store.OwnNumbers(t.Context(), seeker)
	if err != nil {
		t.Fatal(err)
	}
	officer.post(urls.Counter(), url.Values{"q": {number}}).is(http.StatusUnprocessableEntity)
	p.db.Exec("UPDATE profiles SET nik_verified = true WHERE user_id = ?", seeker.ID)
	officer.post(urls.Counter(), url.Values{"q": {number}}).leadsTo(urls.CounterPerson(seeker.Ref))
	if strings.Contains(officer.get(urls.CounterPerson(seeker.Ref)).body, number) {
		t.Error("the whole NIK stands on the page")
	}
	if n := p.one("SELECT count(*)::text FROM audit_rows WHERE detail::text LIKE ?", "%"+number+"%"); n != "0" {
		t.Error("the NIK stands in the audit trail")
	}
}

func TestHolidayIsAddedOnceAndRemoved(t *testing.T) {
	_, _, officer := institution(t)
	officer.get(urls.Holidays()).is(http.StatusOK).has("main", "Belum ada hari libur tahun ini")
	officer.post(urls.Holidays(), url.Values{"day.day": {"31"}, "day.month": {"2"}, "day.year": {"2026"}}).is(http.StatusUnprocessableEntity)
	values := url.Values{"day.day": {"25"}, "day.month": {"12"}, "day.year": {"2026"}, "name": {"Hari Natal"}, "name_en": {"Christmas Day"}}
	officer.post(urls.Holidays(), values).leadsTo(urls.Holidays())
	officer.post(urls.Holidays(), values).leadsTo(urls.Holidays())
	page := officer.get(urls.Holidays()).has("li", "25 Desember 2026").lacks("main .notice-fix")
	if n := page.Find("main li").Length(); n != 1 {
		t.Errorf("%d days, want 1", n)
	}
	officer.get("/en"+urls.Holidays()).has("li", "Christmas Day")
	remove := url.Values{"day.day": {"25"}, "day.month": {"12"}, "day.year": {"2026"}}
	officer.post(urls.RemoveHoliday(), remove).leadsTo(urls.Holidays())
	officer.post(urls.RemoveHoliday(), remove).is(http.StatusNotFound)
	officer.post(urls.RemoveHoliday(), url.Values{"token": {uuid.NewString()}}).is(http.StatusNotFound)
}

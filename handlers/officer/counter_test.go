package officer_test

import (
	"context"
	"naikkelas/handlers/web"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

func TestRegisteredAtTheCounterWithoutPhoneOrMail(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	officer.Get(urls.Counter()).Is(http.StatusOK)
	form := officer.Get(urls.CounterRegister()).Is(http.StatusOK)
	token := form.Find("input[name=token]").AttrOr("value", "")
	bad := officer.Post(urls.CounterRegister(), url.Values{"token": {token}, "name": {"Mbah Sarinem"}, "login": {"bukan nomor"}}).
		Is(http.StatusUnprocessableEntity)
	bad.Has("[data-error-summary]", "privasi").Has("[data-error-summary]", "nomor")
	values := url.Values{"token": {token}, "name": {" Mbah  Sarinem "}, "privacy": {"yes"}}
	officer.Post(urls.CounterRegister(), values).LeadsTo(urls.CounterSlip())
	officer.Post(urls.CounterRegister(), values).LeadsTo(urls.CounterSlip())
	if n := p.One("SELECT count(*)::text FROM users WHERE name = 'Mbah Sarinem' AND registered_by IS NOT NULL"); n != "1" {
		t.Fatalf("%s accounts from two presses, want 1", n)
	}
	slip := officer.Get(urls.CounterSlip()).Is(http.StatusOK).Has("main", "Mbah Sarinem")
	username := p.One("SELECT username FROM users WHERE name = 'Mbah Sarinem'")
	slip.Has("main", username)
	password := strings.TrimSpace(slip.Find(".font-mono").Text())
	if data := p.One("SELECT data::text FROM sessions WHERE data::text LIKE '%slip%'"); strings.Contains(data, password) {
		t.Error("the slip lies open in the session")
	}
	p.As(p.AddUser(models.Officer, "Yanto")).Get(urls.CounterSlip()).LeadsTo(urls.Counter())
	officer.Post(urls.CounterSlip(), nil).LeadsTo(urls.Counter())
	officer.Get(urls.CounterSlip()).LeadsTo(urls.Counter())

	seeker := p.Client()
	seeker.Post(urls.SignIn(), url.Values{"login": {username}, "password": {password}}).LeadsTo(urls.ChangePassword())
	seeker.Get(urls.Me()).LeadsTo(urls.ChangePassword())
	seeker.Post(urls.ChangePassword(), url.Values{"old": {password}, "password": {testportal.GoodPassword}}).LeadsTo(urls.Account())
	seeker.Get(urls.Me()).Is(http.StatusOK)
	n := p.One(`SELECT count(*)::text
		FROM consents c
		JOIN users u ON u.id = c.user_id
		WHERE u.name = 'Mbah Sarinem' AND kind = 'privacy_notice'`)
	if n != "1" {
		t.Errorf("%s privacy notices kept, want 1", n)
	}
}

func TestLostPhoneIsReplacedAfterSeeingTheKTP(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	seeker := p.AddReadySeeker("Suparmi")
	other := p.AddUser(models.Seeker, "Budi Lain")
	browser := p.As(seeker)
	officer.Post(urls.Counter(), url.Values{"q": {"tidak@ada.id"}}).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "Tidak ada pencari kerja")
	officer.Post(urls.Counter(), url.Values{"q": {p.One("SELECT email FROM users WHERE name = 'Rina'")}}).Is(http.StatusUnprocessableEntity)
	officer.Post(urls.Counter(), url.Values{"q": {strings.ToUpper(*seeker.Email)}}).LeadsTo(urls.CounterPerson(seeker.Ref))
	officer.Get(urls.CounterPerson(seeker.Ref)).Is(http.StatusOK).Has("h1", "Suparmi").Has("main", *seeker.Email).
		Has("a[href='"+urls.StayFor(seeker.Ref)+"']", "Tempat menunggu")
	path := urls.CounterPerson(seeker.Ref)
	officer.Post(path, url.Values{"login": {"baru@contoh.id"}}).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "KTP asli")
	officer.Post(path, url.Values{"login": {*other.Email}, "ktp": {"yes"}, "asked": {"yes"}}).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "sudah dipakai")
	browser.Get(urls.Me()).Is(http.StatusOK)
	officer.Post(path, url.Values{"login": {"baru@contoh.id"}, "ktp": {"yes"}, "asked": {"yes"}}).LeadsTo(urls.CounterSlip())
	if l := p.LastLetter(); l.Template != "address_changed_counter" || l.Address != *seeker.Email {
		t.Errorf("the last letter is %s to %s, want the old address told", l.Template, l.Address)
	}
	browser.Get(urls.Me()).Is(http.StatusSeeOther)
	password := strings.TrimSpace(officer.Get(urls.CounterSlip()).Has("main", "baru@contoh.id").Find(".font-mono").Text())
	p.Client().Post(urls.SignIn(), url.Values{"login": {*seeker.Email}, "password": {testportal.GoodPassword}}).
		Is(http.StatusUnprocessableEntity)
	p.Client().Post(urls.SignIn(), url.Values{"login": {"baru@contoh.id"}, "password": {password}}).LeadsTo(urls.ChangePassword())
	n := p.One(`SELECT count(*)::text
		FROM audit_rows
		WHERE action IN ('contact_replaced_at_counter', 'person_seen', 'person_searched') AND actor_id IS NOT NULL`)
	if n < "4" {
		t.Errorf("%s rows of audit", n)
	}
	staff := p.AddUser(models.Staff, "Staf Lain")
	officer.Get(urls.CounterPerson(staff.Ref)).Is(http.StatusNotFound)
	officer.Post(urls.CounterPerson(staff.Ref), url.Values{"login": {"x@contoh.id"}, "ktp": {"yes"}, "asked": {"yes"}}).Is(http.StatusNotFound)
}

// F033: a NIK that nobody has checked yet finds the person too, so that no second account is made.
func TestF033PersonIsFoundByNIKCheckedOrNot(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	seeker := p.AddReadySeeker("Suparmi")
	number, _, _, err := p.Store.OwnNumbers(t.Context(), seeker)
	if err != nil {
		t.Fatal(err)
	}
	officer.Post(urls.Counter(), url.Values{"q": {number}}).LeadsTo(urls.CounterPerson(seeker.Ref))
	officer.Post(urls.Counter(), url.Values{"q": {"3175035408940002"}}).Is(http.StatusUnprocessableEntity)
	p.DB.Exec("UPDATE profiles SET nik_verified = true WHERE user_id = ?", seeker.ID)
	officer.Post(urls.Counter(), url.Values{"q": {number}}).LeadsTo(urls.CounterPerson(seeker.Ref))
	if strings.Contains(officer.Get(urls.CounterPerson(seeker.Ref)).Body, number) {
		t.Error("the whole NIK stands on the page")
	}
	if n := p.One("SELECT count(*)::text FROM audit_rows WHERE detail::text LIKE ?", "%"+number+"%"); n != "0" {
		t.Error("the NIK stands in the audit trail")
	}
}

func TestHolidayIsAddedOnceAndRemoved(t *testing.T) {
	_, _, officer := testportal.StartInstitution(t)
	officer.Get(urls.Holidays()).Is(http.StatusOK).Has("main", "Belum ada hari libur tahun ini")
	officer.Post(urls.Holidays(), url.Values{"day.day": {"31"}, "day.month": {"2"}, "day.year": {"2026"}}).Is(http.StatusUnprocessableEntity)
	values := url.Values{"day.day": {"25"}, "day.month": {"12"}, "day.year": {"2026"}, "name": {"Hari Natal"}, "name_en": {"Christmas Day"}}
	officer.Post(urls.Holidays(), values).LeadsTo(urls.Holidays())
	officer.Post(urls.Holidays(), values).LeadsTo(urls.Holidays())
	page := officer.Get(urls.Holidays()).Has("li", "25 Desember 2026").Lacks("main .notice-fix")
	if n := page.Find("main li").Length(); n != 1 {
		t.Errorf("%d days, want 1", n)
	}
	officer.Get("/en"+urls.Holidays()).Has("li", "Christmas Day")
	remove := url.Values{"day.day": {"25"}, "day.month": {"12"}, "day.year": {"2026"}, "seen": {"Hari Natal"}}
	officer.Post(urls.RemoveHoliday(), remove).LeadsTo(urls.Holidays())
	officer.Post(urls.RemoveHoliday(), remove).LeadsTo(urls.Holidays()) // the second press
	officer.Post(urls.RemoveHoliday(), url.Values{"token": {uuid.NewString()}}).Is(http.StatusNotFound)
}

// An account is found by a NIK that nobody has checked, and by name and birth date, so that nobody is registered
// twice; several stand side by side (F033).
func TestF033UncheckedNIKAndNameWithBirthDateFindAccounts(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	birth := time.Date(1985, 3, 2, 0, 0, 0, 0, time.UTC)
	var people []models.User
	for _, name := range []string{"Siti Nurhaliza", "Nurhaliza, Siti"} {
		u := p.AddUser(models.Seeker, name)
		number, err := models.ParseNIK("3174014203850003")
		if err != nil {
			t.Fatal(err)
		}
		in := models.Identity{Name: name, NIK: number, BirthPlace: "Jakarta", BirthDate: birth, Sex: "P"}
		if err := p.Store.SaveIdentity(t.Context(), u, in); err != nil {
			t.Fatal(err)
		}
		people = append(people, u)
	}
	born := url.Values{"q": {"siti nurhaliza"}, "birth.day": {"2"}, "birth.month": {"3"}, "birth.year": {"1985"}}
	for _, form := range []url.Values{{"q": {"3174 0142 0385 0003"}}, born} {
		got := officer.Post(urls.Counter(), form).Is(http.StatusOK).Has("main", "Beberapa akun cocok")
		for _, u := range people {
			if got.Find(`a[href="`+urls.CounterPerson(u.Ref)+`"]`).Length() != 1 {
				t.Errorf("%v: %s is not found", form, u.Name)
			}
		}
	}
	born.Set("birth.day", "3")
	officer.Post(urls.Counter(), born).Is(http.StatusUnprocessableEntity).Has("#f-q-error", "tanggal lahir")
}

// A contact is replaced after two checks; codes that wait at the old one end, and the slip lapses (F034).
func TestF034ContactNeedsTwoChecksAndSlipsLapse(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	seeker := p.AddUser(models.Seeker, "Suparmi Lama")
	page := p.Client().Post(urls.Recover(), url.Values{"login": {*seeker.Email}}).Header.Get("Location")
	code := p.LastLetter().Data["Code"]
	path := urls.CounterPerson(seeker.Ref)
	officer.Post(path, url.Values{"login": {"baru@contoh.id"}, "ktp": {"yes"}}).
		Is(http.StatusUnprocessableEntity).Has("#f-asked-error", "Dua pemeriksaan")
	officer.Post(path, url.Values{"login": {"baru@contoh.id"}, "ktp": {"yes"}, "asked": {"yes"}}).LeadsTo(urls.CounterSlip())
	thief := url.Values{"code": {code}, "password": {"kuda laut hijau"}}
	p.Client().Post(page, thief).Is(http.StatusUnprocessableEntity)
	slip := strings.TrimSpace(officer.Get(urls.CounterSlip()).Find(".font-mono").Text())
	p.Pass(8 * 24 * time.Hour)
	p.Client().SignInAs("baru@contoh.id", slip).Is(http.StatusUnprocessableEntity).Has("#f-login-error", "lewat waktunya")
	p.Client().SignInAs("baru@contoh.id", "bukan itu").Is(http.StatusUnprocessableEntity).Has("#f-login-error", "salah")
}

// An officer lets somebody in at once whose tries a stranger used up (F020).
func TestF020OfficerLiftsARestAtTheCounter(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	seeker := p.AddUser(models.Seeker, "Suparmi Lama")
	for range 11 {
		p.Client().SignInAs(*seeker.Email, "bukan sandi ini")
	}
	p.Client().SignInAs(*seeker.Email, testportal.GoodPassword).Is(http.StatusTooManyRequests).Has("[data-error-summary]", "mulai pukul")
	officer.Post(urls.CounterLiftRest(seeker.Ref), nil).LeadsTo(urls.CounterPerson(seeker.Ref))
	p.Client().SignInAs(*seeker.Email, testportal.GoodPassword).LeadsTo(urls.Me())
}

// ending ends every session while a password is hashed.
type ending struct {
	web.Passwords
	end func()
}

func (e *ending) Hash(ctx context.Context, plain string) (string, error) {
	e.end()
	return e.Passwords.Hash(ctx, plain)
}

// A form whose session is ended elsewhere while it is under way is answered like one that came after: with the sign-in
// page, and what was typed kept (F025).
func TestF025FormInFlightWhileItsSessionEnds(t *testing.T) {
	hook := &ending{}
	p := testportal.Start(t, func(d *web.Deps) { hook.Passwords, d.Passwords = d.Passwords, hook })
	officer := p.As(p.AddUser(models.Officer, "Rina"))
	token := officer.Get(urls.CounterRegister()).Is(http.StatusOK).Find("input[name=token]").AttrOr("value", "")
	hook.end = func() {
		if err := p.DB.Exec("UPDATE sessions SET ended_at = now()").Error; err != nil {
			t.Error(err)
		}
	}
	form := url.Values{"token": {token}, "name": {"Mbah Sarinem"}, "privacy": {"yes"}}
	officer.Post(urls.CounterRegister(), form).LeadsTo(urls.SignIn())
	officer.Get(urls.SignIn()).Is(http.StatusOK).Has("main", "Isian Anda masih kami simpan")
}

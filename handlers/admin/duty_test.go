package admin_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// holds asks whether an officer has a duty.
func holds(p *testportal.Portal, u models.User, duty models.Duty) bool {
	p.T.Helper()
	held, err := p.Store.Holds(p.T.Context(), u, duty)
	if err != nil {
		p.T.Fatal(err)
	}
	return held
}

func TestDutyIsGivenAndEndedWithAReason(t *testing.T) {
	p := testportal.Start(t)
	admin := p.As(p.AddUser(models.Admin, "Admin Utama"))
	officer := p.AddUser(models.Officer, "Rina")
	give := urls.AdminDuties(officer.Ref)

	admin.Get(urls.AdminWorker(officer.Ref)).Is(http.StatusOK).Has("main", "Belum punya tugas tambahan")
	admin.Post(give, url.Values{"reason": {"Surat tugas 12"}}).Is(http.StatusUnprocessableEntity).Has("main", "Pilih satu tugas").
		Has("textarea", "Surat tugas 12")
	admin.Post(give, url.Values{"duty": {"reference"}, "reason": {"  "}}).
		Is(http.StatusUnprocessableEntity).Has("main", "Tulis alasannya").Has("input[value=reference][checked]", "")
	admin.Post(give, url.Values{"duty": {"everything"}, "reason": {"x"}}).Is(http.StatusUnprocessableEntity)
	admin.Post(give, url.Values{"duty": {"reference"}, "reason": {strings.Repeat("x", 501)}}).Is(http.StatusUnprocessableEntity)
	if holds(p, officer, models.DutyReference) {
		t.Fatal("a duty was given without a reason")
	}
	admin.Post(give, url.Values{"duty": {"reference"}, "reason": {"Surat tugas <12>"}}).LeadsTo(urls.AdminWorker(officer.Ref))
	admin.Get(urls.AdminWorker(officer.Ref)).Is(http.StatusOK).Has("main", "Data acuan").Has("main", "Surat tugas <12>").
		Has("main", "Diberikan Admin Utama")
	if !holds(p, officer, models.DutyReference) || holds(p, officer, models.DutyProtection) {
		t.Error("not this duty alone is held")
	}
	// The second press is the first one; whoever gives what is held already is told so, and nothing changes.
	admin.Post(give, url.Values{"duty": {"reference"}, "reason": {"Surat tugas <12>"}}).LeadsTo(urls.AdminWorker(officer.Ref))
	admin.Get(urls.AdminWorker(officer.Ref)).Has("[data-flash]", "Tugas diberikan")
	other := p.As(p.AddUser(models.Admin, "Admin Kedua"))
	for _, late := range []struct {
		who *testportal.Client
		why string
	}{{other, "Surat tugas <12>"}, {admin, "Surat tugas 13"}} {
		late.who.Post(give, url.Values{"duty": {"reference"}, "reason": {late.why}}).LeadsTo(urls.AdminWorker(officer.Ref))
		told := late.who.Get(urls.AdminWorker(officer.Ref)).Has("[data-flash]", "sudah punya tugas itu").Has("main", "Diberikan Admin Utama")
		if strings.Contains(told.Find("[data-flash]").Text(), "Tugas diberikan") {
			t.Error("what was held is said to be given")
		}
	}
	page := admin.Get(give).Is(http.StatusOK)
	if page.Find("input[value=reference]").Length() != 0 || page.Find("input[value=protection]").Length() != 1 {
		t.Error("the form offers what is held, or not what is not")
	}

	end := urls.AdminDuty(officer.Ref, "reference")
	admin.Get(end).Is(http.StatusOK).Has("main", "Surat tugas <12>")
	admin.Post(end, url.Values{}).Is(http.StatusUnprocessableEntity).Has("main", "Tulis alasannya")
	admin.Post(end, url.Values{"reason": {"Pindah bagian"}}).LeadsTo(urls.AdminWorker(officer.Ref))
	admin.Get(urls.AdminWorker(officer.Ref)).Is(http.StatusOK).Has("main", "Pindah bagian").Has("main", "Tugas sebelumnya")
	if holds(p, officer, models.DutyReference) {
		t.Error("a duty that ended is held")
	}
	admin.Get(end).Is(http.StatusNotFound)
	n := p.One("SELECT count(*)::text FROM audit_rows WHERE action IN ('duty_given', 'duty_ended') AND detail->>'duty' = 'reference'")
	if n != "2" {
		t.Errorf("the trail has %s rows", n)
	}
	admin.Post(give, url.Values{"duty": {"reference"}, "reason": {"Kembali"}}).LeadsTo(urls.AdminWorker(officer.Ref))
	if !holds(p, officer, models.DutyReference) {
		t.Error("a duty is not given a second time")
	}
}

func TestOnlyOfficersHaveDuties(t *testing.T) {
	p := testportal.Start(t)
	boss := p.AddUser(models.Admin, "Admin Utama")
	staff, officer := p.AddUser(models.Staff, "Staf"), p.AddUser(models.Officer, "Rina")
	p.As(boss).Get(urls.AdminDuties(staff.Ref)).Is(http.StatusNotFound)
	for _, worker := range []models.User{staff, boss} {
		if err := p.Store.GiveDuty(t.Context(), boss, worker.Ref, models.DutyHead, "x"); !errors.Is(err, models.ErrForbidden) {
			t.Errorf("%s is given a duty: %v", worker.Role, err)
		}
	}
	if err := p.Store.GiveDuty(t.Context(), officer, officer.Ref, models.DutyHead, "x"); !errors.Is(err, models.ErrForbidden) {
		t.Errorf("an officer gives a duty: %v", err)
	}
	p.DB.Exec("INSERT INTO duties (user_id, duty, given_by, given_at, given_why) VALUES (?, 'head', ?, now(), 'x')", staff.ID, boss.ID)
	if holds(p, staff, models.DutyHead) {
		t.Error("staff hold a duty")
	}
}

// Two presses give a duty once, and an account that closes meanwhile keeps none.
func TestDutyIsGivenOnceAndEndsWithTheAccount(t *testing.T) {
	p := testportal.Start(t)
	boss, officer := p.AddUser(models.Admin, "Admin Utama"), p.AddUser(models.Officer, "Rina")
	p.AddUser(models.Officer, "Joko")
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if err := p.Store.GiveDuty(t.Context(), boss, officer.Ref, models.DutyHead, "Surat tugas"); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if n := p.One("SELECT count(*)::text FROM duties"); n != "1" {
		t.Errorf("the duty was given %s times", n)
	}
	if n := p.One("SELECT count(*)::text FROM audit_rows WHERE action = 'duty_given'"); n != "1" {
		t.Errorf("and written down %s times", n)
	}
	wait.Go(func() { _ = p.Store.GiveDuty(t.Context(), boss, officer.Ref, models.DutyProtection, "Surat tugas") })
	wait.Go(func() { _ = p.Store.CloseWorker(t.Context(), boss, officer.Ref) })
	wait.Wait()
	if n := p.One("SELECT count(*)::text FROM duties WHERE ended_at IS NULL"); n != "0" {
		t.Errorf("a closed account holds %s duties", n)
	}
}

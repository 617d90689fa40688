package officer_test

import (
	"errors"
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/urls"
	"naikkelas/models"
)

// A file shows by when it is decided, when the intake runs and what else the person sent. Phone and e-mail stand there
// only once they were opened, which is written down each time and read by the person.
func TestF227FileHasWhatADecisionAndACallNeed(t *testing.T) {
	p, a, seeker, officer := reviewed(t)
	p.DB.Exec("UPDATE users SET phone = '+6281155566677' WHERE id = ?", a.SeekerID)
	page := officer.Get(urls.OfficerApplication(a.Ref)).Has("main dl", "Diputuskan paling lambat").Has("main dl", "Pendaftaran ditutup").
		Has("main dl", "Pelatihan berlangsung")
	page.Lacks("main:contains('5556')").Lacks("#pendaftaran-lain")
	for range 2 {
		officer.Post(urls.OfficerContact(a.Ref), nil).Is(http.StatusOK).Has("#kontak", "0811 5556 6677").Has("#kontak", "@")
	}
	officer.Get(urls.OfficerApplication(a.Ref)).Lacks("#kontak dl")
	if n := p.One("SELECT count(*) FROM audit_rows WHERE action = 'contact_opened' AND person_id = ?", a.SeekerID); n != "2" {
		t.Errorf("%s openings are written down, want 2", n)
	}
	seeker.Get(urls.Looks()).Has("main", "Membuka nomor telepon dan e-mail")
	paper := officer.Get(urls.OfficerPrint(a.Ref)).Is(http.StatusOK).Has("main", a.Ref).Has("main", "Diputuskan paling lambat")
	paper.Lacks("main:contains('5556')")
	seeker.Post(urls.OfficerContact(a.Ref), nil).Is(http.StatusForbidden)
}

// An account of the counter says that it cannot be reached; of somebody who is not of age the guardian is reached.
func TestF227ContactOfACounterAccountAndOfAMinor(t *testing.T) {
	p, a, _, officer := reviewed(t)
	p.DB.Exec("UPDATE users SET email = NULL, phone = NULL, username = 'suparmi-17' WHERE id = ?", a.SeekerID)
	officer.Post(urls.OfficerContact(a.Ref), url.Values{}).Has("#kontak", "Tidak ada nomor atau e-mail").Has("#kontak", "suparmi-17").
		Lacks("#kontak:contains('wali')")
	err := errors.Join(
		p.DB.Exec("UPDATE profiles SET birth_date = '2010-01-01' WHERE user_id = ?", a.SeekerID).Error,
		p.Store.SaveGuardian(t.Context(), models.User{ID: a.SeekerID, Role: models.Seeker}, "Ibu Wali", "parent", "+6281211112222"),
	)
	if err != nil {
		t.Fatal(err)
	}
	officer.Post(urls.OfficerContact(a.Ref), url.Values{}).Has("#kontak", "Ibu Wali").Has("#kontak", "0812 1111 2222")
}

// The person's other applications are linked with their states, but no draft.
func TestF227OtherApplicationsStandOnTheFile(t *testing.T) {
	p, a, _, officer := reviewed(t)
	other := p.AddProgramme(func(d *models.DemoProgramme) { d.Programme.Title = "Tata boga" })
	u := models.User{ID: a.SeekerID, Role: models.Seeker}
	draft, err := p.Store.StartApplication(t.Context(), u, other.Intakes[0])
	if err != nil {
		t.Fatal(err)
	}
	officer.Get(urls.OfficerApplication(a.Ref)).Lacks("#pendaftaran-lain")
	p.DB.Exec("UPDATE applications SET state = 'withdrawn', first_submitted_at = created_at WHERE ref = ?", draft.Ref)
	officer.Get(urls.OfficerApplication(a.Ref)).Has("#pendaftaran-lain a[href$='"+draft.Ref+"']", "Tata boga").
		Has("#pendaftaran-lain", "Dibatalkan")
}

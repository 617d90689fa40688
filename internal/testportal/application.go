package testportal

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/nik"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// AddReadySeeker is a seeker of Jakarta Timur, born in 1989, whose profile is complete. Needs
// addReference.
func (p *Portal) AddReadySeeker(name string) models.User {
	p.T.Helper()
	ctx := context.Background()
	u := p.AddUser(models.Seeker, name)
	number, err := nik.Parse(fmt.Sprintf("317501420389%04d", u.ID))
	if err != nil {
		p.T.Fatal(err)
	}
	err = errors.Join(
		p.Store.SaveIdentity(ctx, u, models.Identity{Name: name, NIK: number, BirthPlace: "Jakarta", BirthDate: Day(1989, 3, 2), Sex: "P"}),
		p.Store.SaveAddresses(ctx, u, models.Address{
			Street: "Jl. Melati 1", RT: "001", RW: "012", Village: "Duren Sawit", District: "Duren Sawit", RegencyCode: "31.75",
		}, true, models.Address{}),
		p.Store.SaveEducation(ctx, u, models.Education{Code: "SMP", School: "SMP Contoh", Year: new(2004)}),
		p.Store.SaveLanguages(ctx, u, nil),
		p.Store.SaveExperiences(ctx, u, nil),
		p.Store.SaveContacts(ctx, u, []models.EmergencyContact{
			{Position: 1, Name: "Ibu", Relation: "parent", Phone: "+6281200000001"},
			{Position: 2, Name: "Kakak", Relation: "sibling", Phone: "+6281200000002"},
		}),
	)
	if err != nil {
		p.T.Fatal(err)
	}
	_, err = p.Store.AddUploads(ctx, u, models.NewUpload{
		Purpose: "ktp", Name: "ktp.jpg", MediaType: "image/jpeg", Size: 10, SHA256: fmt.Appendf(nil, "%032d", u.ID), BlobKey: "ktp/" + u.Ref,
	})
	if err != nil {
		p.T.Fatal(err)
	}
	return u
}

// AddSubmitted is an application of somebody that waits for an officer.
func (p *Portal) AddSubmitted(u models.User, intakeRef string) models.Application {
	p.T.Helper()
	ctx := context.Background()
	a, err := p.Store.StartApplication(ctx, u, intakeRef)
	if err != nil {
		p.T.Fatal(err)
	}
	err = errors.Join(
		p.Store.ChooseCertificates(ctx, u, a.Ref, nil, true),
		p.Store.SaveMotivation(ctx, u, a.Ref, "Saya ingin bekerja sebagai juru las."),
	)
	if err != nil {
		p.T.Fatal(err)
	}
	if a, err = p.Store.SubmitApplication(ctx, u, a.Ref, models.Statements); err != nil {
		p.T.Fatal(err)
	}
	return a
}

// AddCertificate is a draft of somebody's certificate.
func (p *Portal) AddCertificate(u models.User) models.Certificate {
	p.T.Helper()
	p.addCertificateType()
	return p.AddCertificateOf(u, models.CertificateInput{
		TypeCode: "BNSP", HolderName: u.Name, Issuer: "LSP Las", IssuedOn: new(Day(2025, 1, 31)),
	})
}

// AddCertificateOf is a draft of somebody's certificate with what is typed of it.
func (p *Portal) AddCertificateOf(u models.User, in models.CertificateInput) models.Certificate {
	p.T.Helper()
	c, _, err := p.Store.CreateCertificate(context.Background(), u, models.NewCertificate{Token: uuid.NewString(), Input: in})
	if err != nil {
		p.T.Fatal(err)
	}
	return c
}

// StartApplicant is a portal with one open intake and somebody who is ready to apply to it.
func StartApplicant(t *testing.T) (*Portal, Listed, models.User, *Client) {
	t.Helper()
	p := Start(t)
	p.AddReference()
	l := p.AddProgramme(nil)
	u := p.AddReadySeeker("Suparmi")
	return p, l, u, p.As(u)
}

// AllStatements ticks every statement before an application is sent.
var AllStatements = url.Values{"statements": models.Statements}

// StartInstitution is a portal that takes files, with staff of a verified institution and an officer. Options may
// change its parts first.
func StartInstitution(t *testing.T, options ...func(*web.Deps)) (p *Portal, staff, officer *Client) {
	t.Helper()
	p = Start(t, append([]func(*web.Deps){WithFiles(t)}, options...)...)
	p.AddReference()
	p.AddReasons()
	return p, p.As(p.AddUser(models.Staff, "Staf")), p.As(p.AddUser(models.Officer, "Rina"))
}

// Version is an application's version, as its forms carry it.
func (p *Portal) Version(ref string) string {
	p.T.Helper()
	var n int
	if err := p.DB.Raw("SELECT version FROM applications WHERE ref = ?", ref).Scan(&n).Error; err != nil {
		p.T.Fatal(err)
	}
	return strconv.Itoa(n)
}

// AddReport files a report as a visitor does and gives its reference.
func (p *Portal) AddReport(about string) string {
	p.T.Helper()
	token := uuid.NewString()
	p.Client().Post(urls.Report(), url.Values{
		"token": {token}, "tentang": {about}, "jenis": {models.ReportMoney},
		"cerita": {"Diminta lima juta di luar daftar."}, "kontak": {"0812 0000 1111"},
	}).Is(http.StatusSeeOther)
	return p.One("SELECT ref FROM reports WHERE form_token = ?", token)
}

// Tell writes to all whom something concerns, as the jobs would after the request.
func (p *Portal) Tell() {
	p.T.Helper()
	var ids []int64
	if err := p.DB.Raw("SELECT id FROM tellings").Scan(&ids).Error; err != nil || len(ids) != 1 {
		p.T.Fatalf("tellings: %v, %v; want one", ids, err)
	}
	for more := true; more; {
		var err error
		if more, err = p.Store.TellNext(context.Background(), ids[0]); err != nil {
			p.T.Fatal(err)
		}
	}
}

// End ends the applications that a cancelled intake or another act leaves, as the jobs would when its time has come.
func (p *Portal) End() {
	p.T.Helper()
	var ids []int64
	if err := p.DB.Raw("SELECT id FROM endings").Scan(&ids).Error; err != nil || len(ids) == 0 {
		p.T.Fatalf("endings: %v, %v", ids, err)
	}
	p.Pass(10 * time.Minute)
	for _, id := range ids {
		for more := true; more; {
			var err error
			if more, err = p.Store.EndNext(context.Background(), id); err != nil {
				p.T.Fatal(err)
			}
		}
	}
}

// Announce announces the outcomes that wait in an intake, as staff and the jobs do when its moment has come.
func (p *Portal) Announce(staff models.User, intakeRef string) {
	p.T.Helper()
	ctx := context.Background()
	check, err := p.Store.CheckAnnouncement(ctx, staff, intakeRef)
	if err != nil {
		p.T.Fatal(err)
	}
	if err := p.Store.AskAnnouncement(ctx, staff, intakeRef, check.Seen, nil); err != nil {
		p.T.Fatal(err)
	}
	p.Pass(time.Duration(check.Minutes) * time.Minute)
	p.WorkAnnouncement()
}

// WorkAnnouncement does what the jobs of announcements do whose moment has come.
func (p *Portal) WorkAnnouncement() {
	p.T.Helper()
	var ids []int64
	err := p.DB.Raw("SELECT id FROM announcements WHERE taken_back_at IS NULL AND done_at IS NULL").Scan(&ids).Error
	if err != nil || len(ids) == 0 {
		p.T.Fatalf("announcements: %v, %v", ids, err)
	}
	for _, id := range ids {
		for more := true; more; {
			var err error
			if more, err = p.Store.AnnounceNext(context.Background(), id); err != nil {
				p.T.Fatal(err)
			}
		}
	}
}

package handlers

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"naikkelas/internal/nik"
	"naikkelas/models"
)

// addReadySeeker is a seeker of Jakarta Timur, born in 1989, whose profile is complete. Needs
// addReference.
func (p *testPortal) addReadySeeker(name string) models.User {
	p.t.Helper()
	ctx := context.Background()
	u := p.addUser(models.Seeker, name)
	number, err := nik.Parse(fmt.Sprintf("317501420389%04d", u.ID))
	if err != nil {
		p.t.Fatal(err)
	}
	err = errors.Join(
		p.store.SaveIdentity(ctx, u, models.Identity{Name: name, NIK: number, BirthPlace: "Jakarta", BirthDate: time.Date(1989, 3, 2, 0, 0, 0, 0, time.UTC), Sex: "P"}),
		p.store.SaveAddresses(ctx, u, models.Address{Street: "Jl. Melati 1", RT: "001", RW: "012", Village: "Duren Sawit", District: "Duren Sawit", RegencyCode: "31.75"}, true, models.Address{}),
		p.store.SaveEducation(ctx, u, models.Education{Code: "SMP", School: "SMP Contoh", Year: ptr(2004)}),
		p.store.SaveLanguages(ctx, u, nil),
		p.store.SaveExperiences(ctx, u, nil),
		p.store.SaveContacts(ctx, u, []models.EmergencyContact{{Position: 1, Name: "Ibu", Relation: "parent", Phone: "+6281200000001"}, {Position: 2, Name: "Kakak", Relation: "sibling", Phone: "+6281200000002"}}),
	)
	if err != nil {
		p.t.Fatal(err)
	}
	_, _, err = p.store.AddUpload(ctx, u, models.NewUpload{Purpose: "ktp", Name: "ktp.jpg", MediaType: "image/jpeg", Size: 10, SHA256: []byte(fmt.Sprintf("%032d", u.ID)), BlobKey: "ktp/" + u.Ref})
	if err != nil {
		p.t.Fatal(err)
	}
	return u
}

// addSubmitted is an application of somebody that waits for an officer.
func (p *testPortal) addSubmitted(u models.User, intakeRef string) models.Application {
	p.t.Helper()
	ctx := context.Background()
	a, err := p.store.StartApplication(ctx, u, intakeRef)
	if err != nil {
		p.t.Fatal(err)
	}
	err = errors.Join(p.store.ChooseCertificates(ctx, u, a.Ref, nil, true), p.store.SaveMotivation(ctx, u, a.Ref, "Saya ingin bekerja sebagai juru las."))
	if err != nil {
		p.t.Fatal(err)
	}
	if a, err = p.store.SubmitApplication(ctx, u, a.Ref, models.Statements); err != nil {
		p.t.Fatal(err)
	}
	return a
}

// addCertificate is a draft of somebody's certificate.
func (p *testPortal) addCertificate(u models.User) models.Certificate {
	p.t.Helper()
	ctx := context.Background()
	err := p.store.SeedReference(ctx, models.ReferenceData{CertificateTypes: []models.CertificateType{
		{Code: "BNSP", Category: "competence", Name: models.Text{ID: "Sertifikat BNSP", EN: "BNSP certificate"}, ValidityMonths: ptr(36), ValidFromBasis: "issue_date", HasExpiry: true, Position: 1}}})
	if err != nil {
		p.t.Fatal(err)
	}
	c, err := p.store.CreateCertificate(ctx, u, uuid.NewString(), models.CertificateInput{TypeCode: "BNSP", HolderName: u.Name, Issuer: "LSP Las", IssuedOn: ptr(time.Date(2025, 1, 31, 0, 0, 0, 0, time.UTC))})
	if err != nil {
		p.t.Fatal(err)
	}
	return c
}

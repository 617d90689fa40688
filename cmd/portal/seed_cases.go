package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"naikkelas/internal/blob"
	"naikkelas/internal/nik"
	"naikkelas/models"
	"naikkelas/models/record"
)

// demoCase is how far a demo seeker has come. The NIK is invented: well-formed, and of nobody.
type demoCase struct {
	mailbox     string
	nik         string
	born        time.Time
	sex         string
	regency     string
	district    string
	education   string
	programme   string // code of the demo programme applied to; empty for none
	intake      int
	certificate bool
	verified    bool // an officer has passed the application
}

func demoCases() []demoCase {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	return []demoCase{
		{
			mailbox: "suparmi", nik: "3175035408940002", born: day(1994, time.August, 14), sex: "P",
			regency: "31.75", district: "Jatinegara", education: "SMA",
			programme: "T01", intake: 2, certificate: true,
		},
		{
			mailbox: "budi", nik: "3174052105960003", born: day(1996, time.May, 21), sex: "L",
			regency: "31.74", district: "Kebayoran Lama", education: "SMA",
			programme: "T07", intake: 1, verified: true,
		},
	}
}

// seedCases brings the demo seekers to different places, by the same steps that people take: one
// waits in the officers' queue, one waits for the institution's invitation, one has just begun.
func (p *portal) seedCases(ctx context.Context) error {
	for _, c := range demoCases() {
		u, err := p.store.DemoUser(ctx, c.mailbox+demoDomain)
		if err != nil {
			return fmt.Errorf("demo case %s: %w", c.mailbox, err)
		}
		if err := p.seedCase(ctx, u, c); err != nil {
			return fmt.Errorf("demo case %s: %w", c.mailbox, err)
		}
	}
	return nil
}

func (p *portal) seedCase(ctx context.Context, u models.User, c demoCase) error {
	intake, err := p.store.DemoIntake(ctx, c.programme, c.intake)
	if err != nil {
		return err
	}
	if err := p.seedProfile(ctx, u, c); err != nil {
		return err
	}
	var certificates []string
	if c.certificate {
		ref, err := p.seedCertificate(ctx, u)
		if err != nil {
			return err
		}
		certificates = append(certificates, ref)
	}
	a, err := p.store.StartApplication(ctx, u, intake)
	if err != nil {
		return err
	}
	if err := p.store.ChooseCertificates(ctx, u, a.Ref, certificates, len(certificates) == 0); err != nil {
		return err
	}
	if err := p.store.SaveMotivation(ctx, u, a.Ref, "Contoh: saya ingin pindah dari pekerjaan rumah tangga ke pekerjaan teknik."); err != nil {
		return err
	}
	if _, err := p.store.SubmitApplication(ctx, u, a.Ref, models.Statements); err != nil || !c.verified {
		return err
	}
	return p.seedVerification(ctx, a.Ref)
}

// seedProfile fills in every section, the picture of the KTP included.
func (p *portal) seedProfile(ctx context.Context, u models.User, c demoCase) error {
	number, err := nik.Parse(c.nik)
	if err != nil {
		return err
	}
	year := c.born.Year() + 18
	home := models.Address{
		Street: "Jalan Contoh 5", RT: "003", RW: "007", Village: "Contoh", District: c.district, RegencyCode: c.regency,
	}
	err = errors.Join(
		p.store.SaveIdentity(ctx, u, models.Identity{Name: u.Name, NIK: number, BirthPlace: "Jakarta", BirthDate: c.born, Sex: c.sex}),
		p.store.SaveAddresses(ctx, u, home, true, models.Address{}),
		p.store.SaveEducation(ctx, u, models.Education{Code: c.education, School: "Sekolah Contoh", Year: &year}),
		p.store.SaveLanguages(ctx, u, nil),
		p.store.SaveExperiences(ctx, u, nil),
		p.store.SaveContacts(ctx, u, []models.EmergencyContact{
			{Position: 1, Name: "Ibu Contoh", Relation: "parent", Phone: "+6281200000001"},
			{Position: 2, Name: "Kakak Contoh", Relation: "sibling", Phone: "+6281200000002"},
		}),
	)
	if err != nil {
		return err
	}
	picture, err := demoPicture("CONTOH, BUKAN KTP", "NIK  "+c.nik, "Nama "+u.Name,
		"Lahir Jakarta, "+c.born.Format("02-01-2006"),
		"Alamat Jalan Contoh 5", "RT/RW 003/007", "Kecamatan "+c.district)
	if err != nil {
		return err
	}
	file, err := p.seedFile(ctx, "ktp", "ktp-contoh.jpg", picture)
	if err != nil {
		return err
	}
	kept, err := p.store.AddUploads(ctx, u, file)
	return p.seeded(ctx, file, kept, err)
}

// demoToken is the form that made the demo certificate: the same one twice is one certificate.
const demoToken = "00000000-0000-4000-8000-000000000001"

// seedCertificate hands in a drawn certificate.
func (p *portal) seedCertificate(ctx context.Context, u models.User) (ref string, err error) {
	issued := record.DayOf(p.store.Now()).Date().AddDate(-1, 0, 0)
	day := issued.Format("02-01-2006")
	picture, err := demoPicture("CONTOH SERTIFIKAT", "LSP Contoh", "Nomor CONTOH/001", u.Name, "Juru las SMAW", "Kompeten", "Terbit "+day)
	if err != nil {
		return "", err
	}
	file, err := p.seedFile(ctx, "certificate", "sertifikat-contoh.jpg", picture)
	if err != nil {
		return "", err
	}
	c, kept, err := p.store.CreateCertificate(ctx, u, models.NewCertificate{
		Token: demoToken, Files: models.SentFiles{New: []models.NewUpload{file}},
		Input: models.CertificateInput{
			TypeCode: "BNSP_LSP", Title: "Juru las SMAW", Number: "CONTOH/001", HolderName: u.Name, Issuer: "LSP Contoh", IssuedOn: &issued,
		},
	})
	if err := p.seeded(ctx, file, kept, err); err != nil {
		return "", err
	}
	return c.Ref, p.store.SubmitCertificate(ctx, u, c.Ref)
}

// seedFile seals a picture into the store of files, as an upload does.
func (p *portal) seedFile(ctx context.Context, purpose, name string, content []byte) (models.NewUpload, error) {
	sum := sha256.Sum256(content)
	file := models.NewUpload{
		Purpose: purpose, Name: name, MediaType: "image/jpeg", Size: int64(len(content)), SHA256: sum[:], BlobKey: blob.NewKey(),
	}
	sealed := p.box.SealReader(bytes.NewReader(content), models.OriginalPlace(file.BlobKey))
	return file, errors.Join(p.blobs.Put(ctx, file.BlobKey, sealed), sealed.Close())
}

// seeded removes a picture that was not kept: the same one was there already.
func (p *portal) seeded(ctx context.Context, file models.NewUpload, kept []models.Upload, err error) error {
	if err != nil || kept[0].BlobKey != file.BlobKey {
		err = errors.Join(err, p.blobs.Delete(ctx, file.BlobKey))
	}
	return err
}

// seedVerification is what an officer does with a file that is right.
func (p *portal) seedVerification(ctx context.Context, ref string) error {
	officer, err := p.store.DemoUser(ctx, "joko"+demoDomain)
	if err != nil {
		return err
	}
	if err := p.store.Take(ctx, officer, ref, 0); err != nil {
		return err
	}
	var checks []models.CheckInput
	for _, field := range models.CheckedFields {
		checks = append(checks, models.CheckInput{Field: field})
	}
	if err := p.store.CheckIdentity(ctx, officer, ref, checks...); err != nil {
		return err
	}
	file, err := p.store.ReviewApplication(ctx, officer, ref)
	if err != nil {
		return err
	}
	err = p.store.Decide(ctx, officer, ref, models.Decision{Outcome: models.Verified, Version: file.Application.Version})
	return errors.Join(err, p.store.AnnounceDemo(ctx, ref))
}

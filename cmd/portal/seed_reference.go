package main

import (
	"errors"
	"time"

	"naikkelas/internal/refdata"
	"naikkelas/models"
)

// referenceStart is the day from which seeded rows that have a period hold.
var referenceStart = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

// referenceData reads the embedded reference files into the portal's own rows.
func referenceData() (models.ReferenceData, error) {
	var d models.ReferenceData
	var errs []error
	errs = append(errs, regions(&d), occupations(&d), certificates(&d), support(&d))
	return d, errors.Join(errs...)
}

func text(t refdata.Text) models.Text { return models.Text{ID: t.ID, EN: t.EN} }

// optional turns a number for which zero means "none" into one that may be nil.
func optional(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

func day(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func regions(d *models.ReferenceData) error {
	provinces, err1 := refdata.Provinces()
	for _, p := range provinces {
		d.Provinces = append(d.Provinces, models.Province{Code: p.Code, Name: p.Name})
	}
	regencies, err2 := refdata.Regencies()
	for _, r := range regencies {
		d.Regencies = append(d.Regencies, models.Regency{Code: r.Code, ProvinceCode: r.Province, Name: regencyName(r), Jakarta: r.Jakarta})
	}
	districts, err3 := refdata.Districts()
	for _, r := range districts {
		d.Districts = append(d.Districts, models.District{Code: r.Code, RegencyCode: r.Regency, Name: r.Name, NIKPrefix: r.NIKPrefix})
	}
	villages, err4 := refdata.Villages()
	for _, v := range villages {
		d.Villages = append(d.Villages, models.Village{Code: v.Code, DistrictCode: v.District, Name: v.Name})
	}
	countries, err5 := refdata.Countries()
	for _, c := range countries {
		d.Countries = append(d.Countries, models.Country{Code: c.Code, Name: text(c.Name), CallingCode: c.CallingCode, Destination: c.Destination,
			Caution: c.Caution, Note: text(c.Note), CheckedOn: day(c.Checked.On)})
	}
	return errors.Join(err1, err2, err3, err4, err5)
}

// regencyName is short for Jakarta's own cities, which everybody knows, and full elsewhere,
// where a city and a regency may share a name.
func regencyName(r refdata.Regency) string {
	if r.Jakarta {
		return r.Name
	}
	return r.FullName
}

func occupations(d *models.ReferenceData) error {
	sectors, err1 := refdata.Sectors()
	for i, s := range sectors {
		d.Sectors = append(d.Sectors, models.Sector{Code: s.Code, Name: text(s.Name), About: text(s.Summary), Icon: s.Icon, Position: i + 1})
	}
	jobs, err2 := refdata.Occupations()
	for _, o := range jobs {
		d.Occupations = append(d.Occupations, models.Occupation{
			Code: o.Code, SectorCode: o.Sector, Name: text(o.Name), ISCO08: o.ISCO08,
			Training: text(o.Training), Demand: text(o.Demand), Note: text(o.Note), Destinations: o.Destinations,
		})
	}
	levels, err3 := refdata.EducationLevels()
	for _, l := range levels {
		d.EducationLevels = append(d.EducationLevels, models.EducationLevel{Code: l.Code, Rank: l.Rank, Name: text(l.Name)})
	}
	return errors.Join(err1, err2, err3)
}

func certificates(d *models.ReferenceData) error {
	types, err1 := refdata.CertificateTypes()
	for i, t := range types {
		d.CertificateTypes = append(d.CertificateTypes, models.CertificateType{
			Code: t.Code, Category: t.Category, Name: text(t.Name), Issuer: text(t.Issuer), Position: i + 1,
			LevelHint: text(t.Scale), NumberHint: text(t.Number), Verify: text(t.HowVerified),
			Validity: text(t.Rule), ValidityMonths: optional(t.ValidityMonths), ValidFromBasis: string(t.ValidFrom),
			ConfirmEveryMonths: optional(t.ConfirmEveryMonths), HasExpiry: t.HasExpiry,
		})
	}
	tests, err2 := refdata.LanguageLevels()
	for _, l := range tests {
		row := models.CertificateLevel{
			Code: l.Code, CertificateType: l.CertificateType, Test: l.Test, Level: l.Level, Rank: l.Rank,
			Name: text(l.Name), CEFR: l.CEFR, Note: text(l.Note),
		}
		if l.Scored() {
			row.Score, row.ScoreMin, row.ScoreMax = &l.Score, &l.ScoreMin, &l.ScoreMax
		}
		d.CertificateLevels = append(d.CertificateLevels, row)
	}
	levels, err3 := refdata.CertificateLevels()
	for _, l := range levels {
		d.CertificateLevels = append(d.CertificateLevels, models.CertificateLevel{
			Code: l.Code, CertificateType: l.CertificateType, Level: l.Level, Rank: l.Rank, Name: text(l.Name),
		})
	}
	schools, err4 := refdata.EducationLevels()
	for _, l := range schools {
		if l.Rank > 0 {
			d.CertificateLevels = append(d.CertificateLevels, models.CertificateLevel{
				Code: schoolCertificate + "-" + l.Code, CertificateType: schoolCertificate,
				Level: l.Code, Rank: l.Rank, Name: text(l.Name),
			})
		}
	}
	return errors.Join(err1, err2, err3, err4)
}

// schoolCertificate is the kind of certificate whose levels are those of education.
const schoolCertificate = "IJAZAH"

func support(d *models.ReferenceData) error {
	reasons, err := refdata.ReasonCodes()
	for i, r := range reasons {
		d.ReasonCodes = append(d.ReasonCodes, models.ReasonCode{
			Kind: string(r.Kind), Code: r.Code, Text: text(r.Text), Fix: text(r.Fix), NeedsNote: r.NeedsNote,
			Position: i + 1, ValidFrom: referenceStart,
		})
	}
	return err
}

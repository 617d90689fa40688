package testportal

import (
	"context"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// Listed is a catalogue of one institution and one programme with its intakes.
type Listed struct {
	Institution, Programme string   // references
	Intakes                []string // references, in the order given
}

// AddReference puts in the few rows of reference data that programmes name.
func (p *Portal) AddReference() {
	p.T.Helper()
	text := func(id, en string) models.Text { return models.Text{ID: id, EN: en} }
	err := p.Store.SeedReference(context.Background(), models.ReferenceData{
		Sectors: []models.Sector{{
			Code: "teknik", Name: text("Teknik", "Engineering"), About: text("Las dan listrik", "Welding and electrics"),
			Icon: "wrench", Position: 1,
		}},
		EducationLevels: []models.EducationLevel{
			{Code: "SMP", Rank: 2, Name: text("SMP", "Junior secondary")},
			{Code: "SD", Rank: 1, Name: text("SD", "Primary")},
		},
		Provinces: []models.Province{{Code: "31", Name: "DKI Jakarta"}, {Code: "36", Name: "Banten"}},
		Regencies: []models.Regency{
			{Code: "36.71", ProvinceCode: "36", Name: "Kota Tangerang"},
			{Code: "31.75", ProvinceCode: "31", Name: "Kota Administrasi Jakarta Timur", Jakarta: true},
		},
		Countries: []models.Country{
			{Code: "JP", Name: text("Jepang", "Japan"), CallingCode: "+81", Destination: true, Note: text("Catatan Jepang.", "Note on Japan.")},
			{Code: "KH", Name: text("Kamboja", "Cambodia"), CallingCode: "+855", Caution: true, Note: text("Hati-hati.", "Be careful.")},
		},
		Occupations: []models.Occupation{{
			Code: "ENG01", SectorCode: "teknik", Name: text("Juru las", "Welder"),
			Training: text("Kelas las.", "A welding course."), Destinations: record.Codes{"JP"},
		}},
	})
	if err != nil {
		p.T.Fatal(err)
	}
	hotline := func(code, id, en, number string) dated.Seed {
		return dated.Seed{Code: code, From: Noon.AddDate(-1, 0, 0), Says: dated.Values{
			"name_id": id, "name_en": en, "kind": "phone", "number": number, "public": "true",
		}}
	}
	numbers := []dated.Seed{
		hotline("A", "Halo KP2MI", "KP2MI", "0800-1000"), hotline("B", "Polisi", "Police", "110"),
		hotline("C", "Jakarta Siaga", "Emergencies", "112"),
		hotline("D", "Pelindungan WNI", "Protection of citizens", "+62 812-0000-0027"),
	}
	numbers[0].Checked = new(Day(2025, 4, 1))
	if err := p.Dated.Follow(context.Background(), "hotlines", numbers); err != nil {
		p.T.Fatal(err)
	}
}

// AddProgramme publishes a free welding course; change adjusts it and its intakes first.
func (p *Portal) AddProgramme(change func(*models.DemoProgramme)) Listed {
	p.T.Helper()
	ctx := context.Background()
	key := "uji"
	if err := p.Store.SeedInstitutions(ctx, []models.Institution{{Kind: "lpk", Name: "LPK Uji", ExternalKey: &key}}); err != nil {
		p.T.Fatal(err)
	}
	d := models.DemoProgramme{Institution: key, Programme: models.Programme{ProgrammeContent: models.ProgrammeContent{
		Title: "Pengelasan SMAW 3G", Description: "Belajar mengelas pelat.", SectorCode: new("teknik"), OccupationCode: new("ENG01"),
		HoursJP: new(240), MinutesPerJP: 45, Days: new(30), Funding: new(models.FundingAPBD),
		AgeMin: new(17), AgeMax: new(50), EducationMin: new("SMP"), RequiresDKI: true, Method: new("onsite"), RegencyCode: new("31.75"),
		OutcomeTraining: true, Destinations: record.Codes{"JP"},
	}}, Intakes: []models.Intake{OpenIntake(1)}}
	if change != nil {
		change(&d)
	}
	if err := p.Store.SeedDemo(ctx, []models.DemoProgramme{d}, nil); err != nil {
		p.T.Fatal(err)
	}
	var l Listed
	p.DB.Raw("SELECT ref FROM institutions WHERE external_key = ?", key).Scan(&l.Institution)
	p.DB.Raw("SELECT ref FROM programmes ORDER BY id DESC LIMIT 1").Scan(&l.Programme)
	p.DB.Raw("SELECT ref FROM intakes WHERE programme_id = (SELECT max(id) FROM programmes) ORDER BY id").Scan(&l.Intakes)
	return l
}

// OpenIntake opened yesterday and closes on 30 November at 23.59.59 WIB.
func OpenIntake(number int) models.Intake {
	return models.Intake{
		Number: number, Selection: models.ByTest, Quota: 20, ReserveSeats: 3, EnrolDays: 3,
		OpensAt: new(Noon.AddDate(0, 0, -1)), ClosesAt: new(record.DateDay(Day(2026, 11, 30)).End()),
		StartsOn: new(Day(2026, 12, 14)), EndsOn: new(Day(2026, 12, 30)),
	}
}

// Day is a day as the database keeps it.
func Day(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// AddReasons puts in one reason of each kind that officers and staff choose from.
func (p *Portal) AddReasons() {
	p.T.Helper()
	var list []models.ReasonCode
	for _, kind := range []string{
		"needs_fix", "not_eligible", "certificate_needs_fix", "certificate_rejected", "certificate_suspended",
		"withdraw", "not_selected", "dropped", "programme_refused",
	} {
		text := models.Text{ID: "Alasan " + kind, EN: "Reason " + kind}
		list = append(list, models.ReasonCode{Kind: kind, Code: kind + "_x", Text: text, ValidFrom: Noon.AddDate(-1, 0, 0)})
	}
	if err := p.Store.SeedReference(context.Background(), models.ReferenceData{ReasonCodes: list}); err != nil {
		p.T.Fatal(err)
	}
}

// addCertificateType puts in the type of certificate that people here have.
func (p *Portal) addCertificateType() {
	p.T.Helper()
	err := p.Store.SeedReference(context.Background(), models.ReferenceData{CertificateTypes: []models.CertificateType{{
		Code: "BNSP", Category: "competence", Name: models.Text{ID: "Sertifikat BNSP", EN: "BNSP certificate"},
		ValidityMonths: new(36), ValidFromBasis: "issue_date", HasExpiry: true, Position: 1,
	}}})
	if err != nil {
		p.T.Fatal(err)
	}
}

package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"naikkelas/internal/refdata"
	"naikkelas/models"
	"naikkelas/models/record"
)

// The demo accounts: invented people, each marked as an example. Their password is printed
// at the start and works nowhere but in demo data.
const demoPassword = "contoh-naik-kelas"

// demoDomain is the reserved domain of their addresses.
const demoDomain = "@contoh.example"

// demoAccounts is what the start prints.
const demoAccounts = `
Akun contoh (kata sandi: ` + demoPassword + `)
  pencari kerja       suparmi@contoh.example   budi@contoh.example   maria@contoh.example
  lembaga (pemilik)   pemilik@contoh.example   kode masuk: /dev/kotak-keluar
  lembaga (staf)      staf@contoh.example      kode masuk: /dev/kotak-keluar
  petugas DKI         rina@contoh.example      joko@contoh.example   kode masuk: /dev/kotak-keluar
  kantor mitra        mitra@contoh.example     kode masuk: /dev/kotak-keluar
  administrator       admin@contoh.example     kode masuk: /dev/kotak-keluar

`

// publicCentres are the training centres of the city that are known to exist; only what is
// confirmed of them is told.
func publicCentres() ([]models.Institution, error) {
	list, err := refdata.Centres()
	var out []models.Institution
	for _, c := range list {
		kind := "ppkd"
		if c.Code == "PPKPI" {
			kind = "ppkpi"
		}
		code, regency := c.Code, c.Regency
		out = append(out, models.Institution{
			Kind: kind, Name: c.Name, Street: c.Address, RegencyCode: &regency, About: c.About.ID, ExternalKey: &code,
		})
	}
	return out, err
}

func (p *portal) seedDemo(ctx context.Context) error {
	has, err := p.store.HasDemo(ctx)
	if err != nil || has {
		return err
	}
	if err := p.seedDemoCatalogue(ctx); err != nil {
		return err
	}
	if err := p.seedCases(ctx); err != nil {
		return err
	}
	return p.seedHelp(ctx)
}

// seedDemoCatalogue adds the demo institutions, programmes and accounts.
func (p *portal) seedDemoCatalogue(ctx context.Context) error {
	now := p.store.Now()
	institutions, err := demoInstitutions(now)
	if err != nil {
		return err
	}
	if err := p.store.SeedInstitutions(ctx, institutions); err != nil {
		return err
	}
	programmes, err := demoProgrammes(now)
	if err != nil {
		return err
	}
	hash, err := p.hasher.Hash(ctx, demoPassword)
	if err != nil {
		return err
	}
	if err := p.store.SeedDemo(ctx, programmes, demoPeople(hash)); err != nil {
		return err
	}
	return p.giveDemoDuties(ctx)
}

// giveDemoDuties lets the demo officers keep the rows that everybody reads: two, because one writes and one publishes. Both look
// at institutions, too.
func (p *portal) giveDemoDuties(ctx context.Context) error {
	admin, err := p.store.DemoUser(ctx, "admin@contoh.example")
	if err != nil {
		return err
	}
	for _, name := range []string{"rina", "joko"} {
		officer, err := p.store.DemoUser(ctx, name+"@contoh.example")
		if err != nil {
			return err
		}
		for _, duty := range []models.Duty{models.DutyReference, models.DutyInstitutions} {
			err = p.store.GiveDuty(ctx, admin, officer.Ref, duty, "Contoh: tugas untuk mencoba portal.")
			if err != nil && !errors.Is(err, models.ErrDutyHeld) {
				return err
			}
		}
	}
	return nil
}

func demoInstitutions(now time.Time) ([]models.Institution, error) {
	list, err := refdata.DemoInstitutions()
	var out []models.Institution
	for _, d := range list {
		code, regency := d.Code, d.Regency
		out = append(out, models.Institution{
			Kind: "lpk", Name: d.Name, NIB: d.NIB, VIN: d.VIN, About: d.About, Demo: true, ExternalKey: &code,
			LicenseNo: d.LicenceNumber, LicenseExpiresOn: dateIn(now, d.LicenceEndsIn),
			AccreditationNo: d.AccreditationNumber, AccreditationExpiresOn: dateIn(now, d.AccreditationEndsIn),
			Street: d.Address, RegencyCode: &regency, ResponsiblePerson: d.Responsible, Email: d.Email,
		})
	}
	return out, err
}

// dateIn is the calendar day in Jakarta some days from now.
func dateIn(now time.Time, days int) *time.Time {
	day := record.DayOf(now).Date().AddDate(0, 0, days)
	return &day
}

func demoProgrammes(now time.Time) ([]models.DemoProgramme, error) {
	programmes, err1 := refdata.DemoProgrammes()
	costs, err2 := refdata.DemoCosts()
	intakes, err3 := refdata.DemoIntakes()
	byCode := make(map[string]*models.DemoProgramme, len(programmes))
	out := make([]models.DemoProgramme, len(programmes))
	for i, d := range programmes {
		out[i] = models.DemoProgramme{Institution: d.Institution, Programme: demoProgramme(d)}
		byCode[d.Code] = &out[i]
	}
	for _, c := range costs {
		p := byCode[c.Programme]
		p.Costs = append(p.Costs, models.ProgrammeCost{Label: c.Item, Amount: int64(c.Amount)})
	}
	for _, in := range intakes {
		p := byCode[in.Programme]
		p.Intakes = append(p.Intakes, demoIntake(in, now))
	}
	return out, errors.Join(err1, err2, err3)
}

func demoProgramme(d refdata.DemoProgramme) models.Programme {
	funding, method := string(d.Funding), string(d.Method)
	physical := d.PhysicalNeed
	if d.PhysicalReason != "" {
		physical += ". " + d.PhysicalReason
	}
	return models.Programme{Code: d.Code, CostTotal: int64(d.CostTotal), ProgrammeContent: models.ProgrammeContent{
		Title: d.Title, Description: d.Description, SectorCode: &d.Sector, OccupationCode: &d.Occupation, KKNILevel: optional(d.KKNI),
		HoursJP: &d.HoursJP, MinutesPerJP: d.MinutesPerJP, Days: &d.Days, Funding: &funding, RefundRule: d.RefundRule,
		AgeMin: &d.AgeMin, AgeMax: optional(d.AgeMax), EducationMin: &d.EducationMin, RequiresDKI: d.RequiresDKI,
		Requirements: lines(d.Requirements), PhysicalNeeds: physical, Prepare: lines(d.Prepare),
		Method: &method, Place: d.Place, RegencyCode: &d.Regency, Facilities: lines(d.Facilities), Accessibility: d.Accessibility,
		OutcomeTraining: d.TrainingCertificate, OutcomeBNSP: d.BNSPTest, OutcomeLanguage: demoLanguage(d),
		Destinations: d.Destinations,
	}}
}

func demoLanguage(d refdata.DemoProgramme) string {
	if d.LanguageTest {
		return "Tes bahasa di akhir kelas"
	}
	return ""
}

func lines(list []string) string { return strings.Join(list, "\n") }

func demoIntake(in refdata.DemoIntake, now time.Time) models.Intake {
	opens := record.DateDay(*dateIn(now, in.OpensIn)).Start().Add(8 * time.Hour)
	closes := record.DateDay(*dateIn(now, in.ClosesIn)).End()
	out := models.Intake{
		Number: in.Number, Session: map[string]string{"pagi": "morning", "malam": "evening"}[in.Session],
		Selection: models.Selection(in.Selection), AnnounceOn: dateIn(now, in.AnnounceIn),
		OpensAt: &opens, ClosesAt: &closes, StartsOn: dateIn(now, in.StartsIn), EndsOn: dateIn(now, in.EndsIn),
		Quota: in.Quota, ReserveSeats: in.Reserve, EnrolDays: 3,
	}
	if out.Selection == models.ByTest {
		out.TestOn = dateIn(now, in.TestIn)
	}
	return out
}

// demoPeople are the invented accounts. The keys of their sign-in apps are public on
// purpose: the development page shows the codes.
func demoPeople(hash string) []models.DemoAccount {
	person := func(role models.Role, name, mailbox, institution, secret string) models.DemoAccount {
		email := mailbox + demoDomain
		u := models.User{Role: role, Name: name, Email: &email, PasswordHash: hash}
		return models.DemoAccount{Institution: institution, TOTPSecret: secret, User: u}
	}
	list := []models.DemoAccount{
		person(models.Seeker, "Suparmi Contoh", "suparmi", "", ""),
		person(models.Seeker, "Budi Contoh", "budi", "", ""),
		person(models.Seeker, "Maria Contoh", "maria", "", ""),
		person(models.Owner, "Pemilik Contoh", "pemilik", "LPK_BOGA", "NAIKKELASCONTOHPEMILIKAA"),
		person(models.Staff, "Staf Contoh", "staf", "PPKPI", "NAIKKELASCONTOHSTAFAAAAA"),
		person(models.Officer, "Rina Contoh", "rina", "", "NAIKKELASCONTOHRINAAAAAA"),
		person(models.Officer, "Joko Contoh", "joko", "", "NAIKKELASCONTOHJOKOAAAAA"),
		person(models.Admin, "Admin Contoh", "admin", "", "NAIKKELASCONTOHADMINAAAA"),
		person(models.Partner, "Mitra Contoh", "mitra", "", "NAIKKELASCONTOHMITRAAAAA"),
	}
	list[8].Office, list[8].OfficeKind = "BP3MI Contoh", "bp3mi"
	east, south := "31.75", "31.74"
	list[5].User.RegencyCode, list[6].User.RegencyCode = &east, &south
	return list
}

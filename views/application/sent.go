package application

import (
	"context"
	"strconv"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/certificate"
	"naikkelas/views/components"
)

// Sent is what a person sends of themselves with an application, and what the codes in it are called.
type Sent struct {
	Profile   models.WholeProfile
	Regencies []models.Regency
	Levels    []models.EducationLevel
	Countries []models.Country
}

// A sentPart is a part of what is sent: who sees it, what stands in it, and where it is changed.
type sentPart struct {
	Title  string
	Seen   string
	Change string
	Rows   []components.SummaryRow
}

func (p *sentPart) add(label, text string) {
	if text = strings.TrimSpace(text); text != "" {
		p.Rows = append(p.Rows, components.SummaryRow{Label: label, Text: text})
	}
}

// checking is a page that leads back to the last one before sending.
func checking(ctx context.Context, v models.ApplicationView, path string) string {
	return ambient.Href(ctx, alongside(v, path)+"&"+ambient.CheckParam+"="+ambient.CheckValue)
}

// parts are everything that goes along: the profile, the certificates, and why.
func (s Sent) parts(ctx context.Context, v models.ApplicationView, types map[string]models.CertificateType) []sentPart {
	return append(s.profile(ctx, v), certificatesPart(ctx, v, types), motivationPart(ctx, v))
}

// profile is what goes along of the profile, in its order.
func (s Sent) profile(ctx context.Context, v models.ApplicationView) []sentPart {
	part := func(name, seen, path string) sentPart {
		return sentPart{
			Title: i18n.T(ctx, "profile.section."+name), Change: checking(ctx, v, path),
			Seen: i18n.T(ctx, "application.seen."+seen, "Institution", v.Offer.Institution.Name),
		}
	}
	section := func(name, seen string, rows func(context.Context, *sentPart)) sentPart {
		p := part(name, seen, urls.ProfilePart(name))
		rows(ctx, &p)
		return p
	}
	contact := part("account", "contact", urls.ChangeAddress())
	contact.Title = i18n.T(ctx, "application.sent.contact")
	s.contact(ctx, &contact)
	list := []sentPart{
		section(models.SectionIdentity, "identity", s.identity), contact,
		section(models.SectionPhoto, "officers", s.documents("ktp", "kk")),
		section(models.SectionAddress, "officers", s.addresses),
		section(models.SectionEducation, "education", s.education),
		section(models.SectionLanguages, "officers", s.languages),
		section(models.SectionExperience, "officers", s.jobs),
		section(models.SectionContacts, "contacts", s.contacts),
	}
	if s.Profile.Profile.GuardianName != "" {
		list = append(list, section(models.SectionGuardian, "officers", s.guardian))
	}
	if s.Profile.Profile.SpecialNeeds != "" {
		list = append(list, section("needs", "officers", func(ctx context.Context, p *sentPart) {
			p.add(i18n.T(ctx, "profile.section.needs"), s.Profile.Profile.SpecialNeeds)
		}))
	}
	return list
}

//i18n:family application.seen.*

func (s Sent) identity(ctx context.Context, p *sentPart) {
	d := s.Profile.Profile
	p.add(i18n.T(ctx, "application.check.name"), s.Profile.User.Name)
	p.add(i18n.T(ctx, "profile.title"), d.Title)
	p.add(i18n.T(ctx, "application.check.nik"), d.NIKMasked)
	p.add(i18n.T(ctx, "profile.birth_place"), d.BirthPlace)
	if d.BirthDate != nil {
		p.add(i18n.T(ctx, "application.check.birth"), i18n.Date(ctx, *d.BirthDate))
	}
	if d.Sex != nil {
		p.add(i18n.T(ctx, "profile.sex"), i18n.T(ctx, "profile.sex."+strings.ToLower(*d.Sex)))
	}
	p.add(i18n.T(ctx, "profile.kk"), d.KKMasked)
	p.add(i18n.T(ctx, "profile.passport_name"), d.PassportName)
	p.add(i18n.T(ctx, "profile.passport"), d.PassportMasked)
}

func (s Sent) contact(ctx context.Context, p *sentPart) {
	phone, email := "", ""
	if n := s.Profile.User.Phone; n != nil {
		phone = models.FormatPhone(*n)
	}
	if e := s.Profile.User.Email; e != nil {
		email = *e
	}
	p.add(i18n.T(ctx, "application.sent.phone"), phone)
	p.add(i18n.T(ctx, "application.sent.email"), email)
}

// documents names the files of the purposes.
func (s Sent) documents(purposes ...string) func(context.Context, *sentPart) {
	return func(ctx context.Context, p *sentPart) {
		for _, purpose := range purposes {
			for _, u := range s.Profile.Documents {
				if u.Purpose == purpose {
					p.add(i18n.T(ctx, "application.sent.file."+purpose), u.Name)
				}
			}
		}
	}
}

//i18n:family application.sent.file.*

func (s Sent) addresses(ctx context.Context, p *sentPart) {
	p.add(i18n.T(ctx, "profile.address.ktp"), s.addressText(s.Profile.KTP))
	if s.Profile.Profile.DomicileSame {
		p.add(i18n.T(ctx, "profile.address.domicile"), i18n.T(ctx, "profile.address.same_yes"))
	} else {
		p.add(i18n.T(ctx, "profile.address.domicile"), s.addressText(s.Profile.Domicile))
	}
}

func (s Sent) addressText(a *models.Address) string {
	if a == nil {
		return ""
	}
	block := ""
	if a.RT != "" || a.RW != "" {
		block = "RT " + a.RT + "/RW " + a.RW
	}
	return Listed(a.Street, block, a.Village, a.District, s.regency(a.RegencyCode), a.PostalCode)
}

func (s Sent) regency(code string) string {
	for _, r := range s.Regencies {
		if r.Code == code {
			return r.Name
		}
	}
	return code
}

func (s Sent) education(ctx context.Context, p *sentPart) {
	d := s.Profile.Profile
	if d.EducationCode != nil {
		p.add(i18n.T(ctx, "profile.education.level"), LevelName(ctx, s.Levels, *d.EducationCode))
	}
	p.add(i18n.T(ctx, "profile.education.school"), d.EducationSchool)
	p.add(i18n.T(ctx, "profile.education.major"), d.EducationMajor)
	if d.EducationYear != nil {
		p.add(i18n.T(ctx, "profile.education.year"), strconv.Itoa(*d.EducationYear))
	}
	p.add(i18n.T(ctx, "profile.education.name"), d.EducationName)
}

func (s Sent) languages(ctx context.Context, p *sentPart) {
	for _, l := range s.Profile.Languages {
		p.add(l.Language, i18n.T(ctx, "profile.ability."+l.Ability))
	}
	if len(s.Profile.Languages) == 0 && s.Profile.Profile.NoLanguages {
		p.add(p.Title, i18n.T(ctx, "profile.languages.none"))
	}
}

func (s Sent) jobs(ctx context.Context, p *sentPart) {
	for _, e := range s.Profile.Experiences {
		p.add(e.Position, strings.TrimSpace(JobText(ctx, s.Countries, e)+"\n"+e.Description))
	}
	if len(s.Profile.Experiences) == 0 && s.Profile.Profile.NoExperience {
		p.add(p.Title, i18n.T(ctx, "profile.jobs.none"))
	}
}

func (s Sent) contacts(ctx context.Context, p *sentPart) {
	for _, c := range s.Profile.Contacts {
		p.add(c.Name, PersonText(ctx, c.Relation, c.Phone, c.Address))
	}
}

func (s Sent) guardian(ctx context.Context, p *sentPart) {
	d := s.Profile.Profile
	p.add(d.GuardianName, PersonText(ctx, d.GuardianRelation, d.GuardianPhone, ""))
	s.documents("guardian_consent")(ctx, p)
}

func certificatesPart(ctx context.Context, v models.ApplicationView, types map[string]models.CertificateType) sentPart {
	p := sentPart{
		Title: i18n.T(ctx, "application.step.certificates"), Change: checking(ctx, v, urls.ApplicationCertificates(v.Ref)),
		Seen: i18n.T(ctx, "application.seen.certificates", "Institution", v.Offer.Institution.Name),
	}
	for _, c := range v.Certificates {
		var parts []string
		for _, row := range [][2]string{{"holder", c.HolderName}, {"number", c.Number}, {"issuer", c.Issuer}} {
			if row[1] != "" {
				parts = append(parts, i18n.T(ctx, "application.sent."+row[0])+": "+row[1])
			}
		}
		p.Rows = append(p.Rows, components.SummaryRow{
			Label: certificate.Name(ctx, c, types), Text: strings.Join(parts, "\n"),
			Change: checking(ctx, v, urls.Certificate(c.Ref)), Action: i18n.T(ctx, "application.next.certificate.open"),
		})
	}
	if len(p.Rows) == 0 {
		p.add(p.Title, noCertificates(ctx, v))
	}
	return p
}

//i18n:family application.sent.*

func motivationPart(ctx context.Context, v models.ApplicationView) sentPart {
	p := sentPart{
		Title: i18n.T(ctx, "application.step.motivation"), Change: checking(ctx, v, urls.ApplicationMotivation(v.Ref)),
		Seen: i18n.T(ctx, "application.seen.officers"),
	}
	p.add(i18n.T(ctx, "application.motivation.label"), v.Motivation)
	return p
}

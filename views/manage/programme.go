// Package manage shows institution staff their programmes, intakes and applicants.
package manage

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family manage.programme_state.* manage.home.* manage.pending.* publication.fault.* programme.funding.* programme.method.*

// A CostRow is one line of the cost table as it is typed.
type CostRow struct {
	Label  string `form:"label"`
	Amount string `form:"amount"`
}

// ProgrammeForm is a programme as it is typed.
type ProgrammeForm struct {
	Version       int       `form:"version"`
	Title         string    `form:"title"`
	Code          string    `form:"code"`
	Description   string    `form:"description"`
	Sector        string    `form:"sector"`
	Occupation    string    `form:"occupation"`
	Scheme        string    `form:"scheme"`
	Units         string    `form:"units"`
	KKNI          string    `form:"kkni"`
	Hours         string    `form:"hours"`
	Minutes       string    `form:"minutes"`
	Days          string    `form:"days"`
	AgeMin        string    `form:"age_min"`
	AgeMax        string    `form:"age_max"`
	Education     string    `form:"education"`
	DKI           string    `form:"dki"`
	Certificates  []string  `form:"certificate"`
	Requirements  string    `form:"requirements"`
	Physical      string    `form:"physical"`
	LanguageNeeds string    `form:"language_needs"`
	Funding       string    `form:"funding"`
	Costs         []CostRow `form:"costs"`
	Refund        string    `form:"refund"`
	Facilities    string    `form:"facilities"`
	Allowance     string    `form:"allowance"`
	Method        string    `form:"method"`
	Place         string    `form:"place"`
	Address       string    `form:"street"`
	Regency       string    `form:"regency"`
	Mobile        string    `form:"mobile"`
	Prepare       string    `form:"prepare"`
	Accessibility string    `form:"accessibility"`
	Contact       string    `form:"contact"`
	Training      string    `form:"outcome_training"`
	BNSP          string    `form:"outcome_bnsp"`
	Language      string    `form:"outcome_language"`
	Destinations  []string  `form:"destinations"`
}

// RowsForm says that whoever sent a form of a programme wants room for more rows: it is kept, and comes again with some.
type RowsForm struct {
	More string `form:"more"`
}

const (
	maxLine = 200
	maxText = 3000
)

// Check says what is wrong in itself; a draft may leave almost everything open.
func (f ProgrammeForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("title", form.Required(f.Title))
	for _, field := range []struct{ name, value string }{
		{"title", f.Title}, {"code", f.Code}, {"description", f.Description}, {"requirements", f.Requirements}, {"physical", f.Physical},
		{"language_needs", f.LanguageNeeds}, {"refund", f.Refund}, {"facilities", f.Facilities}, {"prepare", f.Prepare},
		{"accessibility", f.Accessibility}, {"units", f.Units}, {"scheme", f.Scheme}, {"place", f.Place}, {"contact", f.Contact},
		{"outcome_language", f.Language}, {"street", f.Address}, {"allowance", f.Allowance},
	} {
		most := models.ProgrammeTextMost[field.name]
		errs.Add(field.name, form.MaxRunes(field.value, most), "Max", most)
	}
	for _, field := range []struct{ name, value string }{
		{"hours", f.Hours}, {"days", f.Days}, {"age_min", f.AgeMin}, {"age_max", f.AgeMax}, {"kkni", f.KKNI},
	} {
		if strings.TrimSpace(field.value) != "" {
			r := models.ProgrammeRanges[field.name]
			errs.Add(field.name, form.Integer(field.value, r.Min, r.Max), "Min", r.Min, "Max", r.Max)
		}
	}
	f.checkCosts(&errs)
	for _, fault := range f.Content().Contradictions() {
		switch fault.Key {
		case models.FaultAgeOrder:
			errs.Add(fault.Field, "manage.age_order")
		case models.FaultPublicMoney:
			errs.Add(fault.Field, "manage.public_money")
		case models.FaultTooMany:
			errs.Add(fault.Field, "manage.too_many", "Max", models.ProgrammeRowsMost)
		}
	}
	return errs
}

func (f ProgrammeForm) checkCosts(errs *form.Errors) {
	for i, row := range f.Costs {
		if row.empty() {
			continue
		}
		name := "costs[" + strconv.Itoa(i) + "]"
		errs.Add(name+".label", form.Required(row.Label))
		errs.Add(name+".label", form.MaxRunes(row.Label, models.CostLabelMost), "Max", models.CostLabelMost)
		if _, ok := rupiah(row.Amount); !ok {
			errs.Add(name+".amount", "manage.money")
		}
	}
}

func (r CostRow) empty() bool { return strings.TrimSpace(r.Label+r.Amount) == "" }

// rupiah reads Rp1.250.000, 1.250.000 or 1250000; anything else is refused, because a comma or
// decimals would be guessed.
func rupiah(text string) (int64, bool) {
	text = strings.TrimSpace(text)
	if rest, ok := strings.CutPrefix(strings.ToLower(text), "rp"); ok {
		text = strings.TrimSpace(strings.TrimPrefix(rest, "."))
	}
	n, ok := form.Int(text)
	return n, ok && n >= 0 && n <= models.RupiahMost
}

func number(text string) *int {
	n, ok := form.Int(strings.TrimSpace(text))
	if !ok || strings.TrimSpace(text) == "" {
		return nil
	}
	v := int(n)
	return &v
}

func optional(text string) *string {
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	return &text
}

// Content is the form as the Store takes it; what Check refuses is left out.
func (f ProgrammeForm) Content() models.ProgrammeContent {
	c := models.ProgrammeContent{
		Title: strings.TrimSpace(f.Title), Description: clean(f.Description),
		SectorCode: optional(f.Sector), OccupationCode: optional(f.Occupation),
		Scheme: strings.TrimSpace(f.Scheme), Units: clean(f.Units), KKNILevel: number(f.KKNI),
		HoursJP: number(f.Hours), MinutesPerJP: 45, Days: number(f.Days),
		Funding: optional(f.Funding), RefundRule: clean(f.Refund),

		AgeMin: number(f.AgeMin), AgeMax: number(f.AgeMax), EducationMin: optional(f.Education), RequiresDKI: f.DKI != "",
		RequiredCertificates: f.Certificates, Requirements: clean(f.Requirements),
		PhysicalNeeds: clean(f.Physical), LanguageNeeds: clean(f.LanguageNeeds), Prepare: clean(f.Prepare),

		Method: optional(f.Method), Place: strings.TrimSpace(f.Place), Address: oneLine(f.Address), RegencyCode: optional(f.Regency),
		MobileUnit: f.Mobile != "", Facilities: clean(f.Facilities), Allowance: strings.TrimSpace(f.Allowance),
		Accessibility: clean(f.Accessibility), Contact: strings.TrimSpace(f.Contact),

		OutcomeTraining: f.Training != "", OutcomeBNSP: f.BNSP != "", OutcomeLanguage: strings.TrimSpace(f.Language),
		Destinations: f.Destinations,
	}
	if f.Minutes == "60" {
		c.MinutesPerJP = 60
	}
	for _, row := range f.Costs {
		if !row.empty() {
			n, _ := rupiah(row.Amount)
			c.Costs = append(c.Costs, models.CostLine{Label: oneLine(row.Label), Amount: n})
		}
	}
	return c
}

// oneLine is a text without its line ends and doubled blanks, as a spreadsheet keeps it among others.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func clean(text string) string { return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")) }

// FormOf fills the form with what is kept.
func FormOf(ctx context.Context, d models.ProgrammeDraft) ProgrammeForm {
	c := d.Content
	f := ProgrammeForm{
		Version: d.Programme.Version, Title: c.Title, Code: d.Programme.Code, Description: c.Description,
		Sector: text(c.SectorCode), Occupation: text(c.OccupationCode),
		Scheme: c.Scheme, Units: c.Units, KKNI: digits(c.KKNILevel),
		Hours: digits(c.HoursJP), Minutes: strconv.Itoa(c.MinutesPerJP), Days: digits(c.Days),
		Funding: text(c.Funding), Refund: c.RefundRule,

		AgeMin: digits(c.AgeMin), AgeMax: digits(c.AgeMax), Education: text(c.EducationMin), DKI: tick(c.RequiresDKI),
		Certificates: c.RequiredCertificates, Requirements: c.Requirements,
		Physical: c.PhysicalNeeds, LanguageNeeds: c.LanguageNeeds, Prepare: c.Prepare,

		Method: text(c.Method), Place: c.Place, Address: c.Address, Regency: text(c.RegencyCode), Mobile: tick(c.MobileUnit),
		Facilities: c.Facilities, Allowance: c.Allowance, Accessibility: c.Accessibility, Contact: c.Contact,

		Training: tick(c.OutcomeTraining), BNSP: tick(c.OutcomeBNSP), Language: c.OutcomeLanguage,
		Destinations: c.Destinations,
	}
	for _, line := range c.Costs {
		f.Costs = append(f.Costs, CostRow{Label: line.Label, Amount: i18n.Rupiah(ctx, line.Amount)})
	}
	return f
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func digits(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func tick(yes bool) string {
	if yes {
		return "yes"
	}
	return ""
}

// Lists are what staff choose from.
type Lists struct {
	Sectors      []models.Sector
	Occupations  []models.Occupation
	Education    []models.EducationLevel
	Certificates []models.CertificateType
	Regencies    []models.Regency
	Countries    []models.Country
}

// EditPage is the form of a programme.
type EditPage struct {
	Draft  models.ProgrammeDraft
	Form   ProgrammeForm
	Lists  Lists
	Errors form.Errors
	Stale  bool // somebody else was faster
	Edits  []models.Edit
}

// needed says whether a field may be empty now but not when the programme is handed to officers; of the rule about
// refunds the hint says when.
func (p EditPage) needed(field string) bool {
	faults := models.PublicationFaults(models.ProgrammeContent{}, nil, models.InstitutionVerified, time.Time{})
	return field == "refund" || slices.ContainsFunc(faults, func(f models.Fault) bool { return f.Field == field })
}

// costs are the rows of costs with room for two more, while there may be more.
func (p EditPage) costs() []CostRow {
	rows := make([]CostRow, max(len(p.Form.Costs), min(max(len(p.Form.Costs)+2, 4), models.ProgrammeRowsMost)))
	copy(rows, p.Form.Costs)
	return rows
}

// ProgrammesPage lists the institution's programmes.
type ProgrammesPage struct {
	Programmes []models.Programme
	Reasons    map[string]models.ReasonCode // of what came back
	Filter     models.OwnFilter
	More       bool
	Token      string
	Title      string
	Errors     form.Errors
}

// nextPage is the list from the last programme shown on.
func (p ProgrammesPage) nextPage() string {
	return urls.WithQuery(ownProgrammes(p.Filter), "sesudah", p.Programmes[len(p.Programmes)-1].Ref)
}

// ownProgrammes is the institution's list within a filter.
func ownProgrammes(f models.OwnFilter) string {
	return urls.WithQuery(urls.ManageProgrammes(), "daftar", f.List, "q", f.Text)
}

func listOptions(ctx context.Context) []components.Option {
	lists := []string{models.OwnReturned, models.OwnDraft, models.OwnSubmitted, models.OwnApproved, models.OwnPublished, models.OwnClosed}
	return options(lists, func(list string) (string, string) {
		if list == models.OwnReturned {
			return list, i18n.T(ctx, "manage.home.returned")
		}
		return list, i18n.T(ctx, "manage.programme_state."+list)
	})
}

// ProgrammePage is one programme with its intakes.
type ProgrammePage struct {
	Draft  models.ProgrammeDraft
	Reason *models.ReasonCode // why it was sent back
	Errors form.Errors
	Stale  bool // somebody else was faster
	Edits  []models.Edit
}

// StateTag says where a programme stands. One that officers sent back is to be mended; of the others none is wrong.
func StateTag(ctx context.Context, p models.Programme) components.TagProps {
	tag := components.TagProps{Label: i18n.T(ctx, "manage.programme_state."+string(p.State)), When: components.ChangedOn(ctx, &p.UpdatedAt)}
	switch {
	case p.PendingState != nil:
		tag.Label = i18n.T(ctx, "manage.pending."+*p.PendingState)
	case p.State == models.ProgrammePublished:
		tag.When = components.Since(ctx, p.PublishedAt)
	}
	switch {
	case p.Submitted():
		tag.When = components.Since(ctx, p.SubmittedAt)
	case p.Scheduled():
		tag.When = components.On(ctx, p.PublishAt)
	case p.RefusalCode != "":
		tag.Kind = components.TagFix
	}
	return tag
}

// dayOf is a typed day, nil while it is not one.
func dayOf(d form.Date) *time.Time {
	if t, ok := d.Time(); ok {
		return &t
	}
	return nil
}

func options[T any](list []T, value func(T) (code, label string)) []components.Option {
	out := make([]components.Option, len(list))
	for i, item := range list {
		out[i].Value, out[i].Label = value(item)
	}
	return out
}

func fundingOptions(ctx context.Context) []components.Option {
	return options(models.Fundings, func(code string) (string, string) {
		return code, i18n.T(ctx, "programme.funding."+code)
	})
}

func methodOptions(ctx context.Context) []components.Option {
	return options(models.Methods, func(code string) (string, string) {
		return code, i18n.T(ctx, "programme.method."+code)
	})
}

// certificateOptions are the types of certificates, with those that the programme asks for although the list has them no more.
func (p EditPage) certificateOptions(ctx context.Context) []components.Option {
	list := options(p.Lists.Certificates, func(t models.CertificateType) (string, string) { return t.Code, t.Name.In(i18n.Of(ctx)) })
	for _, code := range p.Form.Certificates {
		if !slices.ContainsFunc(list, func(o components.Option) bool { return o.Value == code }) {
			list = append(list, components.Option{Value: code, Label: code})
		}
	}
	return list
}

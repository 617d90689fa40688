// Package join holds the pages on which an institution asks to join. Nobody there has an account: a link of a letter is the
// permission to write and follow a request.
package join

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/programme"
)

//i18n:family join.state.* join.field.* join.paper.kind.*

// Lengths of what is typed, in characters.
const (
	maxLine   = 200
	maxPerson = 100
	maxText   = 1000
)

// BeginForm is who asks, and for which institution.
type BeginForm struct {
	Token  string `form:"token"`
	Called string `form:"called"`
	Name   string `form:"name"`
	Email  string `form:"email"`
	Phone  string `form:"phone"`
}

// Check says what is missing or wrong.
func (f BeginForm) Check() form.Errors {
	var errs form.Errors
	line(&errs, "called", f.Called, maxLine, true)
	line(&errs, "name", f.Name, maxPerson, true)
	errs.Add("email", form.Required(f.Email))
	_, err := models.ParseEmail(f.Email)
	errs.Refuse("email", err)
	phone(&errs, "phone", f.Phone)
	return errs
}

func line(errs *form.Errors, field, value string, most int, required bool) {
	if required {
		errs.Add(field, form.Required(value))
	}
	errs.Add(field, form.MaxRunes(value, most), "Max", most)
}

func phone(errs *form.Errors, field, value string) {
	if strings.TrimSpace(value) == "" {
		return
	}
	_, err := models.ParsePhone(value)
	errs.Refuse(field, err)
}

// BeginPage is the page on which a request begins.
type BeginPage struct {
	Form   BeginForm
	Errors form.Errors
}

// RequestForm is what an applicant tells of the institution. What is needed before it can be sent may be missing while it is
// kept; only what cannot be kept is wrong.
type RequestForm struct {
	Version            int       `form:"version"`
	ApplicantPhone     string    `form:"applicant_phone"`
	Kind               string    `form:"kind"`
	Name               string    `form:"name"`
	NIB                string    `form:"nib"`
	VIN                string    `form:"vin"`
	LicenseNo          string    `form:"license_no"`
	LicenseEnds        form.Date `form:"license_ends"`
	AccreditationNo    string    `form:"accreditation_no"`
	AccreditationScope string    `form:"accreditation_scope"`
	AccreditationEnds  form.Date `form:"accreditation_ends"`
	SOPermit           string    `form:"so_permit"`
	SOPermitNo         string    `form:"so_permit_no"`
	SOPermitEnds       form.Date `form:"so_permit_ends"`
	Street             string    `form:"street"`
	Regency            string    `form:"regency"`
	ResponsiblePerson  string    `form:"responsible_person"`
	Phone              string    `form:"phone"`
	Email              string    `form:"email"`
	ComplaintContact   string    `form:"complaint_contact"`
	Answer             string    `form:"answer"`
}

// The answers to a question of yes or no.
const (
	yes = "yes"
	no  = "no"
)

// RequestFormOf shows what is kept of a request.
func RequestFormOf(r models.InstitutionRequest) RequestForm {
	c := r.RequestContent
	f := RequestForm{
		Version: r.Version, ApplicantPhone: r.ApplicantPhone, Kind: c.Kind, Name: c.Name, NIB: c.NIB, VIN: c.VIN, LicenseNo: c.LicenseNo,
		LicenseEnds: DateFields(c.LicenseExpiresOn), AccreditationNo: c.AccreditationNo, AccreditationScope: c.AccreditationScope,
		AccreditationEnds: DateFields(c.AccreditationExpiresOn), SOPermitNo: c.SOPermitNo, SOPermitEnds: DateFields(c.SOPermitExpiresOn),
		Street: c.Street, ResponsiblePerson: c.ResponsiblePerson, Phone: c.Phone, Email: c.Email, ComplaintContact: c.ComplaintContact,
		Answer: c.Answer,
	}
	if c.RegencyCode != nil {
		f.Regency = *c.RegencyCode
	}
	if c.SOPermit != nil {
		f.SOPermit = no
		if *c.SOPermit {
			f.SOPermit = yes
		}
	}
	return f
}

// DateFields are the fields that show a day; none leaves them empty.
func DateFields(day *time.Time) form.Date {
	if day == nil {
		return form.Date{}
	}
	return form.DateOf(*day)
}

// Check says what cannot be kept.
func (f RequestForm) Check() form.Errors {
	var errs form.Errors
	if f.Kind != "" {
		errs.Add("kind", form.OneOf(f.Kind, models.InstitutionKinds()...))
	}
	line(&errs, "name", f.Name, maxLine, false)
	_, err := models.ParseNIB(f.NIB)
	errs.Refuse("nib", err)
	line(&errs, "vin", f.VIN, maxPerson, false)
	line(&errs, "license_no", f.LicenseNo, maxLine, false)
	errs.Add("license_ends", f.LicenseEnds.Check())
	line(&errs, "accreditation_no", f.AccreditationNo, maxLine, false)
	line(&errs, "accreditation_scope", f.AccreditationScope, maxText, false)
	errs.Add("accreditation_ends", f.AccreditationEnds.Check())
	if f.SOPermit != "" {
		errs.Add("so_permit", form.OneOf(f.SOPermit, yes, no))
	}
	line(&errs, "so_permit_no", f.SOPermitNo, maxLine, false)
	errs.Add("so_permit_ends", f.SOPermitEnds.Check())
	line(&errs, "street", f.Street, maxLine, false)
	line(&errs, "responsible_person", f.ResponsiblePerson, maxPerson, false)
	line(&errs, "phone", f.Phone, maxPerson, false)
	if strings.TrimSpace(f.Email) != "" {
		_, err = models.ParseEmail(f.Email)
		errs.Refuse("email", err)
	}
	line(&errs, "complaint_contact", f.ComplaintContact, maxLine, false)
	phone(&errs, "applicant_phone", f.ApplicantPhone)
	line(&errs, "answer", f.Answer, maxText, false)
	return errs
}

// Content is the form as the Store takes it.
func (f RequestForm) Content() models.RequestContent {
	nib, _ := models.ParseNIB(f.NIB) // Check has looked at it
	trim := strings.TrimSpace
	c := models.RequestContent{
		Kind: f.Kind, Name: trim(f.Name), Street: trim(f.Street), ResponsiblePerson: trim(f.ResponsiblePerson), Phone: trim(f.Phone),
		Email: trim(f.Email), ComplaintContact: trim(f.ComplaintContact), Answer: trim(f.Answer),
		LicenceData: models.LicenceData{
			NIB: nib, VIN: trim(f.VIN), LicenseNo: trim(f.LicenseNo), LicenseExpiresOn: day(f.LicenseEnds),
			AccreditationNo: trim(f.AccreditationNo), AccreditationScope: trim(f.AccreditationScope),
			AccreditationExpiresOn: day(f.AccreditationEnds),
		},
	}
	if f.Regency != "" {
		c.RegencyCode = &f.Regency
	}
	if f.SOPermit != "" {
		has := f.SOPermit == yes
		if c.SOPermit = &has; has { // who has none has no number and no end of it
			c.SOPermitNo, c.SOPermitExpiresOn = trim(f.SOPermitNo), day(f.SOPermitEnds)
		}
	}
	return c
}

func day(d form.Date) *time.Time {
	if t, ok := d.Time(); ok {
		return &t
	}
	return nil
}

// Page is a request as whoever has its link sees it. Word is what officers wrote last.
type Page struct {
	Token     string
	Request   models.InstitutionRequest
	Papers    []models.PagedPaper
	Regency   string
	Regencies []models.Regency
	Provinces []models.Province
	Word      string
	Form      RequestForm
	PaperKind string
	Errors    form.Errors
	Stale     bool // another window of the applicant was faster
}

// StateTag says where a request stands, as its applicant reads it.
func StateTag(ctx context.Context, s models.RequestState) components.TagProps {
	kind := components.TagPlain
	switch s {
	case models.RequestBegun, models.RequestAsked:
		kind = components.TagYours
	case models.RequestVerified:
		kind = components.TagOpen
	case models.RequestRefused:
		kind = components.TagRefused
	}
	return components.TagProps{Kind: kind, Label: i18n.T(ctx, "join.state."+string(s))}
}

func (p Page) missing() []string { return p.Request.Missing(p.Papers) }

// needs says whether anything but the papers is missing, and the paper of the licence.
func (p Page) needs() (fields, paper bool) {
	for _, m := range p.missing() {
		if m == models.PaperLicence {
			paper = true
		} else {
			fields = true
		}
	}
	return fields, paper
}

func (p Page) title(ctx context.Context) string {
	if p.Request.Name == "" {
		return i18n.T(ctx, "join.title")
	}
	return p.Request.Name
}

// tasks are the pages of a request, with what is still missing.
func (p Page) tasks(ctx context.Context) []components.Task {
	state := func(open bool) components.TagProps {
		if open {
			return components.TagProps{Kind: components.TagYours, Label: i18n.T(ctx, "join.task.open")}
		}
		return components.TagProps{Kind: components.TagOpen, Label: i18n.T(ctx, "join.task.done")}
	}
	fields, paper := p.needs()
	return []components.Task{
		task(ctx, "form", urls.JoinForm(p.Token), state(fields)),
		task(ctx, "papers", urls.JoinPapers(p.Token), state(paper)),
		task(ctx, "check", urls.JoinCheck(p.Token), components.TagProps{Kind: components.TagPlain, Label: i18n.T(ctx, "join.task.last")}),
	}
}

//i18n:family join.task.*
func task(ctx context.Context, name, path string, tag components.TagProps) components.Task {
	return components.Task{
		Title: i18n.T(ctx, "join.task."+name), Hint: i18n.T(ctx, "join.task."+name+"_hint"), Href: ambient.Href(ctx, path), Tag: tag,
	}
}

// place is where something that is missing is given.
func (p Page) place(ctx context.Context, missing string) string {
	if missing == models.PaperLicence {
		return ambient.Href(ctx, urls.JoinPapers(p.Token))
	}
	return ambient.Href(ctx, urls.JoinForm(p.Token)) + "#f-" + missing
}

func missingWord(ctx context.Context, field string) string {
	if field == models.PaperLicence {
		return i18n.T(ctx, "join.paper.licence_missing")
	}
	return i18n.T(ctx, "join.field."+field)
}

// Facts are what a request says, in the order of its form. What is empty is said to be so.
func Facts(ctx context.Context, r models.InstitutionRequest, regency string) []components.Fact {
	c := r.RequestContent
	kind, permit := "", ""
	if c.Kind != "" {
		kind = programme.Kind(ctx, c.Kind)
	}
	if c.SOPermit != nil {
		permit = i18n.T(ctx, "components.no")
		if *c.SOPermit {
			permit = i18n.T(ctx, "components.yes")
		}
	}
	facts := []components.Fact{
		fact(ctx, "kind", kind), fact(ctx, "name", c.Name), fact(ctx, "nib", c.NIB), fact(ctx, "vin", c.VIN),
		fact(ctx, "license_no", c.LicenseNo), fact(ctx, "license_ends", ends(ctx, c.LicenseExpiresOn)),
		fact(ctx, "accreditation_no", c.AccreditationNo), fact(ctx, "accreditation_scope", c.AccreditationScope),
		fact(ctx, "accreditation_ends", ends(ctx, c.AccreditationExpiresOn)), fact(ctx, "so_permit", permit),
	}
	if c.SOPermit != nil && *c.SOPermit {
		facts = append(facts, fact(ctx, "so_permit_no", c.SOPermitNo), fact(ctx, "so_permit_ends", ends(ctx, c.SOPermitExpiresOn)))
	}
	facts = append(facts, fact(ctx, "street", c.Street), fact(ctx, "regency", regency),
		fact(ctx, "responsible_person", c.ResponsiblePerson), fact(ctx, "phone", c.Phone), fact(ctx, "email", c.Email),
		fact(ctx, "complaint_contact", c.ComplaintContact))
	if c.Answer != "" {
		facts = append(facts, fact(ctx, "answer", c.Answer))
	}
	return facts
}

func fact(ctx context.Context, field, text string) components.Fact {
	if text == "" {
		text = i18n.T(ctx, "join.empty")
	}
	return components.Fact{Label: i18n.T(ctx, "join.field."+field), Text: text}
}

func ends(ctx context.Context, day *time.Time) string {
	if day == nil {
		return ""
	}
	return i18n.Date(ctx, *day)
}

func (p Page) rows(ctx context.Context) []components.SummaryRow {
	var rows []components.SummaryRow
	for _, f := range Facts(ctx, p.Request, p.Regency) {
		rows = append(rows, components.SummaryRow{Label: f.Label, Text: f.Text})
	}
	return rows
}

func (p Page) kindOptions(ctx context.Context) []components.Option {
	var list []components.Option
	for _, kind := range models.InstitutionKinds() {
		list = append(list, components.Option{Value: kind, Label: programme.Kind(ctx, kind)})
	}
	return list
}

func (p Page) regencyOptions() []components.Option {
	names := map[string]string{}
	for _, v := range p.Provinces {
		names[v.Code] = v.Name
	}
	list := make([]components.Option, len(p.Regencies))
	for i, r := range p.Regencies {
		list[i] = components.Option{Value: r.Code, Label: r.Name, Group: names[r.ProvinceCode]}
	}
	return list
}

func paperOptions(ctx context.Context) []components.Option {
	var list []components.Option
	for _, kind := range models.PaperKinds() {
		list = append(list, components.Option{Value: kind, Label: PaperKind(ctx, kind)})
	}
	return list
}

// PaperKind is what a kind of paper is called.
func PaperKind(ctx context.Context, kind string) string {
	return i18n.T(ctx, "join.paper.kind."+kind)
}

//i18n:family upload.refused.*

// PaperState says where a paper stands: looked into, to be seen, or not to be opened.
func PaperState(ctx context.Context, p models.PagedPaper) string {
	switch p.State {
	case models.UploadReady:
		return i18n.T(ctx, "join.paper.ready", "Count", p.Pages)
	case models.UploadRefused:
		return i18n.T(ctx, "upload.refused."+p.Refusal, "Name", p.Name)
	}
	return i18n.T(ctx, "join.paper.waiting")
}

// Package certificate shows certificates to their owners, and holds the words for their states
// that officers share.
package certificate

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family certificate.state.*

// StateTag says where a certificate stands; one that is past its end, or past the day of its next
// signature, says that first.
func StateTag(ctx context.Context, c models.Certificate) components.TagProps {
	if c.State == models.CertificateVerified && c.Expired(ambient.From(ctx).Now) {
		return components.TagProps{Kind: components.TagRefused, Label: i18n.T(ctx, "certificate.state.expired")}
	}
	if c.State == models.CertificateVerified && c.Unconfirmed(ambient.From(ctx).Now) {
		return components.TagProps{Kind: components.TagFix, Label: i18n.T(ctx, "certificate.state.unconfirmed")}
	}
	kind := components.TagWait
	switch c.State {
	case models.CertificateDraft, models.CertificateNeedsFix:
		kind = components.TagFix
	case models.CertificateVerified:
		kind = components.TagOpen
	case models.CertificateRejected, models.CertificateSuspended:
		kind = components.TagRefused
	}
	return components.TagProps{Kind: kind, Label: i18n.T(ctx, "certificate.state."+string(c.State))}
}

// EventKind says how a step in a certificate's history is to be shown.
func EventKind(to models.CertificateState) components.EventKind {
	switch to {
	case models.CertificateNeedsFix:
		return components.EventFix
	case models.CertificateVerified:
		return components.EventGood
	case models.CertificateRejected, models.CertificateSuspended:
		return components.EventBad
	}
	return components.EventPlain
}

// Name is what a certificate is called: its own title, or that of its type.
func Name(ctx context.Context, c models.Certificate, types map[string]models.CertificateType) string {
	if c.Title != "" {
		return c.Title
	}
	if t, ok := types[c.TypeCode]; ok {
		return t.Name.In(i18n.Of(ctx))
	}
	return c.TypeCode
}

// Form is what the owner types of a certificate. Level is the code of a level, or scored: and the test
// whose score stands in Score; Detail is the level in words.
type Form struct {
	Token       string    `form:"token"`
	Type        string    `form:"type"`
	Title       string    `form:"title"`
	Holder      string    `form:"holder"`
	Issuer      string    `form:"issuer"`
	Number      string    `form:"number"`
	Level       string    `form:"level"`
	Score       string    `form:"score"`
	Detail      string    `form:"detail"`
	Destination string    `form:"destination"`
	Link        string    `form:"link"`
	Issued      form.Date `form:"issued"`
	Until       form.Date `form:"until"`
	Confirmed   form.Date `form:"confirmed"`
	Uploads     []string  `form:"uploads"` // references of files that were received already
	Retype      string    `form:"retype"`  // asks for the fields of another type, and changes nothing
}

// scored stands before a test in Form.Level whose certificates have a score instead of levels.
const scored = "scored:"

// The longest texts, in letters, as the database has them.
const (
	maxText  = 200
	maxScore = 9999
)

// Check says what is missing or wrong in itself.
func (f Form) Check() form.Errors {
	var errs form.Errors
	errs.Add("type", form.Required(f.Type))
	for _, field := range []struct{ name, value string }{{"title", f.Title}, {"holder", f.Holder}, {"issuer", f.Issuer}, {"number", f.Number}, {"detail", f.Detail}} {
		errs.Add(field.name, form.MaxRunes(field.value, maxText), "Max", maxText)
	}
	errs.Add("holder", form.Required(f.Holder))
	errs.Add("issuer", form.Required(f.Issuer))
	errs.Add("issued", f.Issued.CheckRequired())
	errs.Add("until", f.Until.Check())
	errs.Add("confirmed", f.Confirmed.Check())
	if strings.HasPrefix(f.Level, scored) {
		errs.Add("score", form.Required(f.Score))
		errs.Add("score", form.Integer(f.Score, 0, maxScore), "Min", 0, "Max", maxScore)
	} else if strings.TrimSpace(f.Score) != "" {
		errs.Add("level", "certificate.score.of_what")
	}
	errs.Add("link", checkLink(f.Link))
	return errs
}

// Input is the form as the Store takes it.
func (f Form) Input() models.CertificateInput {
	in := models.CertificateInput{TypeCode: f.Type, Title: f.Title, Number: f.Number, HolderName: f.Holder, Issuer: f.Issuer, Level: f.Detail, Link: strings.TrimSpace(f.Link),
		IssuedOn: dayOf(f.Issued), ValidUntil: dayOf(f.Until), Confirmed: dayOf(f.Confirmed)}
	if f.Destination != "" {
		in.Destination = &f.Destination
	}
	if test, ok := strings.CutPrefix(f.Level, scored); ok {
		n, _ := form.Int(f.Score)
		score := int(n)
		in.Test, in.Score = test, &score
	} else if f.Level != "" {
		in.LevelCode = &f.Level
	}
	return in
}

// checkLink wants an address that a browser opens as a page, and nothing else.
func checkLink(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.ContainsAny(text, " \t\r\n") || len([]rune(text)) > 500 {
		return "certificate.link.wrong"
	}
	return ""
}

func dayOf(d form.Date) *time.Time {
	if t, ok := d.Time(); ok {
		return &t
	}
	return nil
}

// FormOf fills the form with a certificate.
func FormOf(c models.Certificate) Form {
	f := Form{Type: c.TypeCode, Title: c.Title, Holder: c.HolderName, Issuer: c.Issuer, Number: c.Number, Detail: c.Level, Link: c.Link}
	if c.IssuedOn != nil {
		f.Issued = form.DateOf(*c.IssuedOn)
	}
	if c.ValidUntil != nil {
		f.Until = form.DateOf(*c.ValidUntil)
	}
	if c.ConfirmedOn != nil {
		f.Confirmed = form.DateOf(*c.ConfirmedOn)
	}
	if c.Destination != nil {
		f.Destination = *c.Destination
	}
	if c.Score != nil {
		f.Level, f.Score = scored+c.Test, strconv.Itoa(*c.Score)
	} else if c.LevelCode != nil {
		f.Level = *c.LevelCode
	}
	return f
}

// ListPage lists the owner's certificates.
type ListPage struct {
	Certificates []models.OwnCertificate
	Types        map[string]models.CertificateType
}

// listFacts are what matters of a certificate in the list: until when it holds, and where it is used.
func listFacts(ctx context.Context, c models.OwnCertificate) []components.Fact {
	var facts []components.Fact
	if c.ValidUntil != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "certificate.field.until"), Text: i18n.Date(ctx, *c.ValidUntil)})
	}
	if n := len(c.Applications); n > 0 {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "certificate.used"), Text: i18n.Number(ctx, int64(n))})
	}
	return facts
}

// TypesPage asks which kind of certificate it is.
type TypesPage struct {
	Types []models.CertificateType
}

// A typeGroup is the kinds of one category.
type typeGroup struct {
	Category string
	Types    []models.CertificateType
}

func (g typeGroup) id() string { return "jenis-" + g.Category }

// usual are the categories that most people have something of; they stand first.
var usual = []string{"education", "training", "competence", "language"}

// groups are the kinds by category, the usual ones first.
func (p TypesPage) groups() []typeGroup {
	var list []typeGroup
	for _, category := range usual {
		if slices.ContainsFunc(p.Types, func(t models.CertificateType) bool { return t.Category == category }) {
			list = append(list, typeGroup{Category: category})
		}
	}
	for _, t := range p.Types {
		i := slices.IndexFunc(list, func(g typeGroup) bool { return g.Category == t.Category })
		if i < 0 {
			list = append(list, typeGroup{Category: t.Category})
			i = len(list) - 1
		}
		list[i].Types = append(list[i].Types, t)
	}
	return list
}

//i18n:family certificate.category.* certificate.none.*

// EditPage is the form for a new certificate, or for one that can be changed (Ref).
type EditPage struct {
	Ref       string
	Types     []models.CertificateType
	Levels    []models.CertificateLevel // of the chosen type
	Countries []models.Country          // to which Indonesian workers usually go
	Received  []models.Upload
	Library   []models.Upload // to be used again
	Form      Form
	Errors    form.Errors
}

func (p EditPage) taken() []string {
	var refs []string
	for _, u := range p.Received {
		refs = append(refs, u.Ref)
	}
	return refs
}

// Type is the chosen type; ok is false when there is none such.
func (p EditPage) Type() (t models.CertificateType, ok bool) {
	i := slices.IndexFunc(p.Types, func(t models.CertificateType) bool { return t.Code == p.Form.Type })
	if i < 0 {
		return t, false
	}
	return p.Types[i], true
}

func (p EditPage) typeOptions(ctx context.Context) []components.Option {
	list := make([]components.Option, len(p.Types))
	for i, t := range p.Types {
		list[i] = components.Option{Value: t.Code, Label: t.Name.In(i18n.Of(ctx))}
	}
	return list
}

// levelOptions are the levels of the type; a test with scores is one option, whose score is typed.
func (p EditPage) levelOptions(ctx context.Context) []components.Option {
	var list []components.Option
	for _, l := range p.Levels {
		o := components.Option{Value: l.Code, Label: l.Name.In(i18n.Of(ctx))}
		if l.Score != nil {
			o = components.Option{Value: scored + l.Test, Label: testName(l.Test)}
		}
		if !slices.ContainsFunc(list, func(have components.Option) bool { return have.Value == o.Value }) {
			list = append(list, o)
		}
	}
	return list
}

// hasScores says whether the type has a test that knows only scores.
func (p EditPage) hasScores() bool {
	return slices.ContainsFunc(p.Levels, func(l models.CertificateLevel) bool { return l.Score != nil })
}

// testName is what a test is called: its code has an underscore for each space.
func testName(test string) string { return strings.ReplaceAll(test, "_", " ") }

// schemes are the categories in which a certificate can be for one country only.
var schemes = []string{"competence", "skill"}

func (p EditPage) boundToCountries() bool { return p.of(schemes) }

// named are the categories in which one kind has many schemes, so that a name of its own helps.
var named = []string{"competence", "skill", "training", "licence", "creative", "education", "safety", "food_safety", "other"}

func (p EditPage) isNamed() bool { return p.of(named) }

// works are the categories in which work can be shown: the creative sector has papers of these kinds.
var works = []string{"creative", "competence", "training", "other"}

func (p EditPage) showsWork() bool { return p.of(works) }

func (p EditPage) of(categories []string) bool {
	t, _ := p.Type()
	return slices.Contains(categories, t.Category)
}

func (p EditPage) countryOptions(ctx context.Context) []components.Option {
	list := make([]components.Option, len(p.Countries))
	for i, c := range p.Countries {
		list[i] = components.Option{Value: c.Code, Label: c.Name.In(i18n.Of(ctx))}
	}
	return list
}

// issuedLabel names the day from which the type counts.
func (p EditPage) issuedLabel(ctx context.Context) string {
	if t, _ := p.Type(); t.ValidFromBasis == models.FromAnnouncement {
		return i18n.T(ctx, "certificate.field.announced")
	}
	return i18n.T(ctx, "certificate.field.issued")
}

func (p EditPage) issuedHint(ctx context.Context) string {
	if t, _ := p.Type(); t.ValidFromBasis == models.FromAnnouncement {
		return i18n.T(ctx, "certificate.new.announced_hint")
	}
	return i18n.T(ctx, "certificate.new.issued_hint")
}

// ReviewPage shows a certificate with its files, to send or to mend.
type ReviewPage struct {
	Certificate models.CertificateView
	Library     []models.Upload    // to be used again
	Warnings    []string           // see models.PaperWarnings
	Name        string             // of the account
	Passport    string             // the name in the passport, empty when not filled in
	Reason      *models.ReasonCode // why it was returned, rejected or suspended
	Errors      form.Errors
}

func (p ReviewPage) taken() []string {
	var refs []string
	for _, f := range p.Certificate.Files {
		refs = append(refs, f.Ref)
	}
	return refs
}

// turnedDown says whether an officer's reason stands above the page: not when the owner took a good
// certificate back by themselves.
func (p ReviewPage) turnedDown() bool {
	switch p.Certificate.State {
	case models.CertificateNeedsFix, models.CertificateRejected, models.CertificateSuspended:
		return p.Certificate.ReasonCode != ""
	}
	return false
}

// doubts are what officers will ask about, in sentences.
func (p ReviewPage) doubts(ctx context.Context) []string {
	var lines []string
	for _, w := range p.Warnings {
		switch w {
		case models.WarningNames:
			lines = append(lines, i18n.T(ctx, "certificate.doubt.name", "Name", p.Name))
		case models.WarningPassport:
			lines = append(lines, i18n.T(ctx, "certificate.doubt.passport", "Name", p.Passport))
		case models.WarningExpired:
			lines = append(lines, i18n.T(ctx, "certificate.doubt.expired"))
		case models.WarningUnconfirmed:
			lines = append(lines, i18n.T(ctx, "certificate.doubt.unconfirmed"))
		}
	}
	return lines
}

// events are the certificate's history as its owner reads it.
func (p ReviewPage) events(ctx context.Context) []components.Event {
	now := ambient.From(ctx).Now
	list := make([]components.Event, len(p.Certificate.Events))
	for i, e := range p.Certificate.Events {
		who := "application.role.officer"
		if e.ActorID != nil && *e.ActorID == p.Certificate.SeekerID {
			who = "application.role.seeker"
		}
		//i18n:family certificate.event.* certificate.returned.*
		list[len(list)-1-i] = components.Event{Title: i18n.T(ctx, "certificate.event."+string(e.ToState)), When: i18n.Near(ctx, now, e.At) + " · " + i18n.T(ctx, who), ISO: e.At.Format(time.RFC3339), Text: e.Note, Kind: EventKind(e.ToState)}
	}
	return list
}

func (p ReviewPage) types() map[string]models.CertificateType {
	return map[string]models.CertificateType{p.Certificate.TypeCode: p.Certificate.Type}
}

// LevelText is the level or score with what was written beside it, and what it is about in Europe's scale.
func LevelText(ctx context.Context, c models.CertificateView) string {
	var parts []string
	switch {
	case c.Score != nil:
		parts = append(parts, i18n.T(ctx, "certificate.level.score", "Test", testName(c.Test), "Score", i18n.Number(ctx, int64(*c.Score))))
	case c.Reached != nil:
		parts = append(parts, c.Reached.Name.In(i18n.Of(ctx)))
	}
	if c.Level != "" {
		parts = append(parts, c.Level)
	}
	if c.Reached != nil && c.Reached.CEFR != "" && c.Reached.CEFR != c.Reached.Level {
		parts = append(parts, i18n.T(ctx, "certificate.level.cefr", "Level", c.Reached.CEFR))
	}
	return strings.Join(parts, ", ")
}

func facts(ctx context.Context, c models.CertificateView) []components.SummaryRow {
	row := func(key, text string) components.SummaryRow {
		if text == "" {
			text = i18n.T(ctx, "certificate.fact.empty")
		}
		return components.SummaryRow{Label: i18n.T(ctx, "certificate.field."+key), Text: text}
	}
	rows := []components.SummaryRow{row("type", c.Type.Name.In(i18n.Of(ctx))), row("holder", c.HolderName), row("issuer", c.Issuer), row("number", c.Number)}
	if level := LevelText(ctx, c); level != "" {
		rows = append(rows, row("level", level))
	}
	if c.Only != nil {
		rows = append(rows, row("destination", c.Only.Name.In(i18n.Of(ctx))))
	}
	if c.Link != "" {
		rows = append(rows, components.SummaryRow{Label: i18n.T(ctx, "certificate.field.link"), Value: Work(c.Link)})
	}
	issued := "issued"
	if c.Type.ValidFromBasis == models.FromAnnouncement {
		issued = "announced"
	}
	rows = append(rows, row(issued, date(ctx, c.IssuedOn)))
	until := date(ctx, c.ValidUntil)
	if c.ValidUntil == nil && c.IssuedOn != nil {
		until = i18n.T(ctx, "certificate.fact.no_end")
	}
	rows = append(rows, row("until", until))
	if c.NextConfirmationDue != nil {
		rows = append(rows, row("confirm", date(ctx, c.NextConfirmationDue)))
	}
	return rows
}

//i18n:family certificate.field.* certificate.hint.use.*

func date(ctx context.Context, t *time.Time) string {
	if t == nil {
		return ""
	}
	return i18n.Date(ctx, *t)
}

// A hint is what a machine read and the person did not write. Fields are those of HintForm that it may
// belong to; Value is what they would become.
type hint struct {
	Line   string
	Value  string
	Fields []string
}

// hints are the name, number and days that a machine read on the pages, each once.
func (p ReviewPage) hints(ctx context.Context) []hint {
	var list []hint
	add := func(h hint) {
		if !slices.ContainsFunc(list, func(have hint) bool { return have.Line == h.Line }) {
			list = append(list, h)
		}
	}
	c := p.Certificate
	for _, f := range c.Files {
		if f.HintName != "" && !models.SameName(f.HintName, c.HolderName) {
			add(hint{i18n.T(ctx, "certificate.hint.name", "Name", f.HintName), f.HintName, []string{"holder"}})
		}
		if f.HintNumber != "" && !strings.EqualFold(f.HintNumber, strings.TrimSpace(c.Number)) {
			add(hint{i18n.T(ctx, "certificate.hint.number", "Number", f.HintNumber), f.HintNumber, []string{"number"}})
		}
		for _, text := range f.HintDays {
			day, err := time.Parse(time.DateOnly, text)
			if err != nil || sameDay(c.IssuedOn, day) || sameDay(c.ValidUntil, day) {
				continue
			}
			h := hint{i18n.T(ctx, "certificate.hint.day", "Date", i18n.Date(ctx, day)), text, []string{"issued"}}
			if c.Type.HasExpiry {
				h.Fields = append(h.Fields, "until")
			}
			add(h)
		}
	}
	return list
}

// HintForm takes over what a machine read, because its owner says that it is right.
type HintForm struct {
	Field string `form:"field"` // holder, number, issued or until
	Value string `form:"value"` // days as 2026-11-27
}

// Into writes the hint into the form of the certificate; false says that it fits nowhere.
func (h HintForm) Into(f *Form) bool {
	day, err := time.Parse(time.DateOnly, h.Value)
	switch {
	case h.Field == "holder":
		f.Holder = h.Value
	case h.Field == "number":
		f.Number = h.Value
	case h.Field == "issued" && err == nil:
		f.Issued = form.DateOf(day)
	case h.Field == "until" && err == nil:
		f.Until = form.DateOf(day)
	default:
		return false
	}
	return true
}

func sameDay(written *time.Time, read time.Time) bool { return written != nil && written.Equal(read) }

// hint is what the chosen type says of a field, or a general sentence when it says nothing.
func (p EditPage) hint(ctx context.Context, general string, of func(models.CertificateType) models.Text) string {
	if t, ok := p.Type(); ok && of(t).ID != "" {
		return of(t).In(i18n.Of(ctx))
	}
	return i18n.T(ctx, general)
}

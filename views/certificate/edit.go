package certificate

import (
	"context"
	"slices"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/upload"
)

// EditPage is the form for a new certificate, or for one that can be changed (Ref).
type EditPage struct {
	Ref       string
	Types     []models.CertificateType
	Levels    []models.CertificateLevel // of the chosen type
	Countries []models.Country          // to which Indonesian workers usually go
	Received  []models.Upload
	Library   []models.Upload // to be used again
	// Unfinished are files that did not arrive whole.
	Unfinished []models.Partial
	Form       Form
	Answer     bool // to the form as it was sent: it holds what was typed
	Errors     form.Errors
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
	var list []components.Option
	for _, g := range groupsOf(p.Types) { // in the order of the page that asks for the kind
		for _, t := range g.Types {
			list = append(list, components.Option{Value: t.Code, Label: t.Name.In(i18n.Of(ctx))})
		}
	}
	return list
}

// levelOptions are the levels of the type; a test with scores is one option, whose score is typed.
func (p EditPage) levelOptions(ctx context.Context) []components.Option {
	var list []components.Option
	for _, l := range p.Levels {
		o := components.Option{Value: levelValue(l), Label: l.Name.In(i18n.Of(ctx))}
		if l.Score != nil {
			o.Label = testName(l.Test)
		}
		if !slices.ContainsFunc(list, func(have components.Option) bool { return have.Value == o.Value }) {
			list = append(list, o)
		}
	}
	return list
}

// levelValue is the level as the form sends it; one that is reached by a score is its test.
func levelValue(l models.CertificateLevel) string {
	if l.Score != nil {
		return scored + l.Test
	}
	return l.Code
}

// hasScores says whether the type has a test that knows only scores.
func (p EditPage) hasScores() bool {
	return slices.ContainsFunc(p.Levels, func(l models.CertificateLevel) bool { return l.Score != nil })
}

// schemes are the categories in which a certificate can be for one country only.
var schemes = []string{"competence", "skill"}

func (p EditPage) boundToCountries() bool { return p.of(schemes) }

// named are the categories in which one kind has many schemes, so that a name of its own helps.
var named = []string{"competence", "skill", "training", "licence", "creative", "education", "safety", "food_safety", "other"}

func (p EditPage) isNamed() bool { return p.of(named) }

// mustBeNamed says whether only its own name tells what the certificate is.
func (p EditPage) mustBeNamed() bool { return p.of([]string{"other"}) }

// titleHint is an example of what papers of the category are called.
func (p EditPage) titleHint(ctx context.Context) string {
	if !p.isNamed() {
		return ""
	}
	t, _ := p.Type()
	//i18n:family certificate.title_hint.*
	return i18n.T(ctx, "certificate.title_hint."+t.Category)
}

// works are the categories in which work can be shown: the creative sector has papers of these kinds. Most
// people with a paper of another category than creative have no work to show, so the field is folded there.
var works = []string{"creative", "competence", "training", "other"}

func (p EditPage) showsWork() bool { return p.of(works) }

func (p EditPage) isCreative() bool { return p.of([]string{"creative"}) }

// Check says what is missing or wrong in itself, for the chosen kind.
func (p EditPage) Check() form.Errors {
	errs := p.Form.Check()
	if p.mustBeNamed() && form.Required(p.Form.Title) != "" {
		errs.Add("title", "certificate.title.missing")
	}
	return errs
}

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

// kindLabels are the fields that papers of a category call otherwise than certificates do.
var kindLabels = map[string][]string{
	"education": {"title", "holder", "issuer", "number"}, "licence": {"title", "issuer", "number"},
	"language": {"issuer"}, "creative": {"title", "issuer"},
}

// FieldLabel names a field of the form as papers of the kind name it.
//
//i18n:family certificate.kind.*
func FieldLabel(ctx context.Context, t models.CertificateType, field string) string {
	if slices.Contains(kindLabels[t.Category], field) {
		return i18n.T(ctx, "certificate.kind."+t.Category+"."+field)
	}
	return i18n.T(ctx, "certificate.field."+field)
}

func (p EditPage) label(ctx context.Context, field string) string {
	t, _ := p.Type()
	return FieldLabel(ctx, t, field)
}

// IssuedLabel names the day from which a certificate of the type counts.
func IssuedLabel(ctx context.Context, t models.CertificateType) string {
	switch t.ValidFromBasis {
	case models.FromAnnouncement:
		return i18n.T(ctx, "certificate.field.announced")
	case models.FromTest:
		return i18n.T(ctx, "certificate.field.tested")
	}
	if t.Category == "education" {
		return i18n.T(ctx, "certificate.field.graduated")
	}
	return i18n.T(ctx, "certificate.field.issued")
}

func (p EditPage) issuedLabel(ctx context.Context) string {
	t, _ := p.Type()
	return IssuedLabel(ctx, t)
}

func (p EditPage) issuedHint(ctx context.Context) string {
	if t, _ := p.Type(); t.ValidFromBasis == models.FromAnnouncement {
		return i18n.T(ctx, "certificate.new.announced_hint")
	}
	return i18n.T(ctx, "certificate.new.issued_hint")
}

// untilHint says what the kind knows of its end, and what an empty field means.
func (p EditPage) untilHint(ctx context.Context) string {
	text := p.hint(ctx, "certificate.new.until_hint", func(t models.CertificateType) models.Text { return t.Validity })
	t, _ := p.Type()
	if t.ValidityMonths == nil {
		return text
	}
	day := ""
	if until, _ := t.Lasts(dayOf(p.Form.Issued), nil, nil); until != nil {
		day = i18n.Date(ctx, *until)
	}
	return text + " " + i18n.T(ctx, "certificate.new.until_empty", "Months", *t.ValidityMonths, "Date", day)
}

func (p EditPage) detailLabel(ctx context.Context) string {
	if p.of([]string{"language"}) {
		return i18n.T(ctx, "certificate.field.detail_score")
	}
	return i18n.T(ctx, "certificate.field.detail")
}

// detailHint is an example of what stands beside a level on papers of the category.
func (p EditPage) detailHint(ctx context.Context) string {
	switch t, _ := p.Type(); t.Category {
	case "language":
		return i18n.T(ctx, "certificate.new.detail_score_hint")
	case "skill":
		return i18n.T(ctx, "certificate.new.detail_skill_hint")
	case "competence":
		return i18n.T(ctx, "certificate.new.detail_competence_hint")
	}
	return i18n.T(ctx, "certificate.new.detail_hint")
}

// hint is what the chosen type says of a field, or a general sentence when it says nothing.
func (p EditPage) hint(ctx context.Context, general string, of func(models.CertificateType) models.Text) string {
	if t, ok := p.Type(); ok && of(t).ID != "" {
		return of(t).In(i18n.Of(ctx))
	}
	return i18n.T(ctx, general)
}

// look is what certificates of a kind look like from afar.
func look(t models.CertificateType) string {
	switch t.Category {
	case "language":
		return upload.LookScores
	case "licence":
		return "ktp" // a card with a photo
	}
	return "certificate"
}

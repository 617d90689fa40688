package certificate

import (
	"strconv"
	"strings"
	"time"

	"naikkelas/internal/intext"
	"naikkelas/models"
	"naikkelas/views/form"
)

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
	Aside       []string  `form:"aside"`   // what the kind has no field for, see EditPage.Settle
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
	for _, field := range []struct{ name, value string }{
		{"title", f.Title}, {"holder", f.Holder}, {"issuer", f.Issuer}, {"number", f.Number}, {"detail", f.Detail},
	} {
		errs.Add(field.name, form.MaxRunes(field.value, maxText), "Max", maxText)
	}
	if form.Required(f.Holder) != "" {
		errs.Add("holder", "certificate.holder.missing")
	}
	if form.Required(f.Issuer) != "" {
		errs.Add("issuer", "certificate.issuer.missing")
	}
	errs.Add("issued", f.Issued.CheckRequired())
	errs.Add("until", f.Until.Check())
	errs.Add("confirmed", f.Confirmed.Check())
	if strings.HasPrefix(f.Level, scored) {
		if form.Required(f.Score) != "" {
			errs.Add("score", "certificate.score.missing")
		}
		errs.Add("score", form.Integer(f.Score, 0, maxScore), "Min", 0, "Max", maxScore)
	} else if strings.TrimSpace(f.Score) != "" {
		errs.Add("level", "certificate.score.of_what")
	}
	errs.Add("link", checkLink(f.Link))
	return errs
}

// Input is the form as the Store takes it.
func (f Form) Input() models.CertificateInput {
	in := models.CertificateInput{
		TypeCode: f.Type, Title: f.Title, Number: f.Number, HolderName: f.Holder, Issuer: f.Issuer, Level: f.Detail,
		Link: strings.TrimSpace(f.Link), IssuedOn: dayOf(f.Issued), ValidUntil: dayOf(f.Until), Confirmed: dayOf(f.Confirmed),
	}
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
	if _, ok := intext.WebHost(text); !ok {
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

// FormOf fills the form with a certificate. A last day that was worked out from the type is left empty: it
// follows the day of issue.
func FormOf(c models.CertificateView) Form {
	f := Form{
		Type: c.TypeCode, Title: c.Title, Holder: c.HolderName, Issuer: c.Issuer, Number: c.Number,
		Detail: c.Certificate.Level, Link: c.Link,
	}
	if c.IssuedOn != nil {
		f.Issued = form.DateOf(*c.IssuedOn)
	}
	if c.ValidUntil != nil && c.UntilPrinted {
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

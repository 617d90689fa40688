package certificate

import (
	"slices"
	"strings"

	"naikkelas/models"
	"naikkelas/views/form"
)

// What was laid aside is kept under these names, each with its value after a colon.
const (
	asideLevel     = "level:"
	asideScore     = "score:"
	asideUntil     = "until:"
	asideConfirmed = "confirmed:"
)

// Settle fits what was typed to the chosen kind. What the kind has no field for is laid aside and goes
// round with the form, and comes back with a kind that asks for it: nobody loses anything by trying kinds.
func (p *EditPage) Settle() {
	t, known := p.Type()
	if !known {
		return
	}
	f := &p.Form
	f.lay(asideLevel, &f.Level, p.offers)
	f.lay(asideScore, &f.Score, func(string) bool { return p.hasScores() })
	f.layDay(asideUntil, &f.Until, t.HasExpiry)
	f.layDay(asideConfirmed, &f.Confirmed, t.ConfirmEveryMonths != nil)
}

// offers says whether the level is one of the kind's.
func (p *EditPage) offers(level string) bool {
	return slices.ContainsFunc(p.Levels, func(l models.CertificateLevel) bool { return levelValue(l) == level })
}

// lay puts a value that does not fit aside, and takes the first one that fits back into an empty field.
func (f *Form) lay(name string, value *string, fits func(string) bool) {
	if *value != "" && !fits(*value) {
		f.Aside = append(f.Aside, name+*value)
		*value = ""
	}
	if *value != "" {
		return
	}
	i := slices.IndexFunc(f.Aside, func(kept string) bool {
		text, ok := strings.CutPrefix(kept, name)
		return ok && fits(text)
	})
	if i >= 0 {
		*value = strings.TrimPrefix(f.Aside[i], name)
		f.Aside = slices.Delete(f.Aside, i, i+1)
	}
}

// layDay is lay for a day, which is kept as it was typed.
func (f *Form) layDay(name string, day *form.Date, fits bool) {
	text := ""
	if !day.Empty() {
		text = day.Day + "/" + day.Month + "/" + day.Year
	}
	f.lay(name, &text, func(string) bool { return fits })
	parts := append(strings.SplitN(text, "/", 3), "", "")
	*day = form.Date{Day: parts[0], Month: parts[1], Year: parts[2]}
}

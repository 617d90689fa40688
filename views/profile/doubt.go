package profile

import (
	"slices"
	"strings"

	"naikkelas/models"
)

//i18n:family profile.doubt.*

// doubts are what is possible of what was typed and hardly ever is so.
func (p *IdentityPage) doubts() []models.Doubt {
	return p.Kept.Doubts(p.Form.Identity(), p.Today, func(code string) bool {
		return slices.ContainsFunc(p.Provinces, func(known models.Province) bool { return known.Code == code })
	})
}

// sure is what the person says yes to: the days in the numbers that were typed and what was typed beside them. Another
// number or date is asked about again.
func (p *IdentityPage) sure() string {
	in := p.Form.Identity()
	parts := []string{in.Sex, p.Form.Birth.Day, p.Form.Birth.Month, p.Form.Birth.Year}
	if !in.NIK.IsZero() {
		parts = append(parts, in.NIK.Plain()[6:12])
	}
	if !in.KK.IsZero() {
		parts = append(parts, in.KK.Plain()[:4])
	}
	return strings.Join(parts, " ")
}

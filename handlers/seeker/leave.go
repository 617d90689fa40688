package seeker

import (
	"maps"
	"strings"

	"naikkelas/handlers/web"
	"naikkelas/models"
	"naikkelas/views/ambient"
	viewform "naikkelas/views/form"
)

// A leaving form was sent by Kembali: what was typed is kept, and the person goes back. Only what cannot be kept as it
// is brings the form again, which then asks.
type leaving struct {
	Leave string `form:"leave"`
}

// leaves says whether a form was sent by Kembali, and lets its page know.
func (d *desk) leaves(c web.Context) (bool, error) {
	var f leaving
	if err := web.ReadForm(c, &f); err != nil || f.Leave == "" {
		return false, err
	}
	a := ambient.From(c.Request().Context())
	a.Leaving = true
	c.SetRequest(c.Request().WithContext(ambient.With(c.Request().Context(), a)))
	return true, nil
}

// untouched says whether a section came back as it was shown, so that there is nothing to keep.
func untouched(c web.Context, shown any) bool {
	r := c.Request()
	if r.MultipartForm != nil {
		for _, files := range r.MultipartForm.File {
			for _, f := range files {
				if f.Filename != "" {
					return false
				}
			}
		}
	}
	typed := map[string]string{}
	for name, values := range r.PostForm {
		text := strings.TrimSpace(strings.ReplaceAll(strings.Join(values, "\n"), "\r\n", "\n"))
		if text != "" && name != "leave" && name != "seen" {
			typed[name] = text
		}
	}
	return maps.Equal(typed, viewform.Filled(shown))
}

// leaveSection answers Kembali on a section of the profile; handled says that nothing is left to do.
func (d *desk) leaveSection(c web.Context, section profileSection, w models.WholeProfile) (handled bool, err error) {
	left, err := d.leaves(c)
	if err != nil || !left || section.kept == nil || !untouched(c, section.kept(w)) {
		return false, err
	}
	return true, d.Redirect(c, ambient.From(c.Request().Context()).Leave())
}

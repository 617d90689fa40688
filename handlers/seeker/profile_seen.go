package seeker

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/models"
	"naikkelas/views/profile"
)

// seeSection lets the page of a section know what is kept of it, and on what it was filled in.
func seeSection(c web.Context, w models.WholeProfile) error {
	kept := profile.KeptOf(c.Param("section"), w)
	if r := c.Request(); r.Method == http.MethodPost {
		var f struct {
			Seen string `form:"seen"`
		}
		if err := web.ReadForm(c, &f); err != nil {
			return err
		}
		if f.Seen != "" {
			kept.Seen = f.Seen
		}
	}
	setKept(c, kept)
	return nil
}

func setKept(c web.Context, k profile.Kept) {
	c.SetRequest(c.Request().WithContext(profile.WithKept(c.Request().Context(), k)))
}

// keep ends the form of a section. Who filled it in over what another device or window has changed meanwhile sees
// first what is kept now: what they typed stays on the page, and is kept when they press again.
func (d *desk) keep(c web.Context, f web.Form, act func() (web.Next, error)) error {
	kept := profile.KeptIn(c.Request().Context())
	if f.Errors.Any() || kept.Seen == kept.Mark {
		return d.Act(c, f, act)
	}
	kept.Seen, kept.Overtaken = kept.Mark, true
	setKept(c, kept)
	f.Errors.Add("", "profile.overtaken.error")
	return f.Again(http.StatusConflict)
}

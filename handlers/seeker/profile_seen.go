package seeker

import (
	"errors"
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
// first what is kept now beside what they typed, which stays on the page and is kept when they press again.
func (d *desk) keep(c web.Context, typed any, f web.Form, act func() (web.Next, error)) error {
	section, seen := c.Param("section"), profile.KeptIn(c.Request().Context()).Seen
	c.SetRequest(c.Request().WithContext(models.WithSeen(c.Request().Context(), func(now models.WholeProfile) bool {
		return profile.KeptOf(section, now).Mark == seen
	})))
	var overtaken bool
	again := f.Again
	f.Again = func(status int) error {
		if overtaken {
			if err := d.showKept(c, section, typed); err != nil {
				return err
			}
		}
		return again(status)
	}
	return d.Act(c, f, func() (web.Next, error) {
		next, err := act()
		overtaken = errors.Is(err, models.ErrOvertaken)
		return next, err
	})
}

// showKept lets the page of a section that was overtaken know what is kept now, and what was typed over it.
func (d *desk) showKept(c web.Context, section string, typed any) error {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	now, err := d.Store.OwnProfile(ctx, u)
	if err != nil {
		return err
	}
	kept := profile.KeptOf(section, now)
	kept.Typed = typed
	if _, numbered := typed.(profile.IdentityForm); numbered {
		if kept.Numbers, err = d.Store.KeptNumbers(ctx, u, now.Profile); err != nil {
			return err
		}
	}
	setKept(c, kept)
	return nil
}

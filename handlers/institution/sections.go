package institution

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/manage"
)

// sectionForm answers GET /kelola/program/:programme/ubah/:section: one decision about a programme.
func (d *desk) sectionForm(c web.Context) error {
	page, err := d.section(c)
	if err != nil {
		return err
	}
	if !page.Draft.Editable() {
		return d.Redirect(c, urls.ManageProgramme(page.Draft.Programme.Ref))
	}
	return d.sectionPage(c, http.StatusOK, page)
}

// section is the section that an address names, as it is kept.
func (d *desk) section(c web.Context) (page manage.SectionPage, err error) {
	known := false
	if page.Section, known = manage.SectionOf(c.Param("part")); !known {
		return page, models.ErrNotFound
	}
	ctx := c.Request().Context()
	page.Draft, err = d.Store.OwnProgramme(ctx, d.CurrentUser(c), c.Param("programme"))
	page.Form = manage.FormOf(ctx, page.Draft)
	return page, err
}

func (d *desk) sectionPage(c web.Context, status int, page manage.SectionPage) (err error) {
	if page.Lists, err = d.ProgrammeLists(c, page.Form.Regency); err != nil {
		return err
	}
	if page.Preview, err = d.Store.Preview(c.Request().Context(), page.Draft); err != nil {
		return err
	}
	return d.Render(c, status, manage.SectionForm(page))
}

// saveSection answers POST /kelola/program/:programme/ubah/:section and leads to the next one, or to the same for a
// script that keeps what is typed. What is the same as before makes no change.
func (d *desk) saveSection(c web.Context) error {
	var typed manage.ProgrammeForm
	var stay manage.SectionStay
	if err := errors.Join(web.ReadForm(c, &typed), web.ReadForm(c, &stay)); err != nil {
		return err
	}
	page, err := d.section(c)
	if err != nil {
		return err
	}
	page.Stay = stay
	ctx, u, ref := c.Request().Context(), d.CurrentUser(c), c.Param("programme")
	page.Form = page.Section.Take(page.Form, typed)
	page.Form.Version, page.Errors = typed.Version, page.Check()
	next := page.Next()
	if rows, err := moreRows(c); err != nil {
		return err
	} else if rows != "" {
		next = page.Again(rows)
	}
	again := func(status int) error { return d.sectionAgain(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		if page.Same(ctx) {
			return web.To(next), nil
		}
		said := web.Said(next, "profile.saved")
		if stay.Asked != "" {
			said = web.To(next) // the script says it
		}
		return said, d.saveContent(ctx, u, ref, page.Form)
	})
}

// saveContent keeps what a form of a programme says.
func (d *desk) saveContent(ctx context.Context, u models.User, ref string, f manage.ProgrammeForm) error {
	return d.Store.SaveProgramme(ctx, u, ref, f.Version, strings.TrimSpace(f.Code), f.Content())
}

// moreRows says of which rows whoever sent a form wants more, empty for none.
func moreRows(c web.Context) (string, error) {
	var rows manage.RowsForm
	err := web.ReadForm(c, &rows)
	if rows.More != "costs" {
		rows.More = ""
	}
	return rows.More, err
}

// sectionAgain shows a section again. Where somebody else was faster only this section is typed anew, over what they saved.
func (d *desk) sectionAgain(c web.Context, status int, page manage.SectionPage) (err error) {
	if page.Stale {
		ctx := c.Request().Context()
		page.Edits, err = d.Store.EditsSince(ctx, d.CurrentUser(c), models.EditProgramme, page.Draft.Programme.ID, page.Form.Version)
		if err != nil {
			return err
		}
		page.Form.Version = page.Draft.Programme.Version
	}
	return d.sectionPage(c, status, page)
}

// copyForm answers GET /kelola/program/:programme/salin.
func (d *desk) copyForm(c web.Context) error {
	draft, err := d.Store.OwnProgramme(c.Request().Context(), d.CurrentUser(c), c.Param("programme"))
	if err != nil {
		return err
	}
	page := manage.CopyPage{Draft: draft, Form: manage.CopyForm{Token: uuid.NewString()}}
	return d.Render(c, http.StatusOK, manage.Copy(page))
}

// copyProgramme answers POST /kelola/program/:programme/salin.
func (d *desk) copyProgramme(c web.Context) error {
	var f manage.CopyForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		p, err := d.Store.CopyProgramme(c.Request().Context(), d.CurrentUser(c), web.ValidToken(f.Token), c.Param("programme"), f.Intakes != "")
		return web.Said(urls.ManageProgramme(p.Ref), "manage.copy.done"), err
	})
}

// takeForm answers GET /kelola/program/:programme/ambil: what would be replaced by sections of another programme.
func (d *desk) takeForm(c web.Context) error {
	q := c.QueryParams()
	page := manage.TakePage{Form: manage.TakeForm{Text: q.Get("q"), From: q.Get("asal"), Sections: q["bagian"]}}
	if err := d.readTake(c, &page); err != nil {
		return err
	}
	if !page.Draft.Editable() {
		return d.Redirect(c, urls.ManageProgramme(page.Draft.Programme.Ref))
	}
	return d.Render(c, http.StatusOK, manage.Take(page))
}

// readTake reads both programmes, and from which others can be taken.
func (d *desk) readTake(c web.Context, page *manage.TakePage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if page.Draft, err = d.Store.OwnProgramme(ctx, u, c.Param("programme")); err != nil {
		return err
	}
	others, err := d.Store.OwnProgrammes(ctx, u, models.OwnFilter{Text: page.Form.Text}, nil)
	if err != nil {
		return err
	}
	for _, other := range others {
		if other.Ref != page.Draft.Programme.Ref {
			page.Others = append(page.Others, other)
		}
	}
	if page.Form.From != "" {
		from, err := d.Store.OwnProgramme(ctx, u, page.Form.From)
		if err != nil {
			return err
		}
		page.From = &from
	}
	page.Lists, err = d.ProgrammeLists(c, manage.FormOf(ctx, page.Draft).Regency)
	return err
}

// takeSections answers POST /kelola/program/:programme/ambil.
func (d *desk) takeSections(c web.Context) error {
	var page manage.TakePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	if err := d.readTake(c, &page); err != nil {
		return err
	}
	if page.From == nil || len(page.Form.Sections) == 0 {
		page.Errors.Add("bagian", "manage.take.choose")
	}
	ctx, u, ref := c.Request().Context(), d.CurrentUser(c), c.Param("programme")
	again := func(status int) (err error) {
		if page.Stale {
			page.Edits, err = d.Store.EditsSince(ctx, u, models.EditProgramme, page.Draft.Programme.ID, page.Form.Version)
			if err != nil {
				return err
			}
		}
		return d.Render(c, status, manage.Take(page))
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		taken := page.Form.Taken(manage.FormOf(ctx, page.Draft), manage.FormOf(ctx, *page.From))
		taken.Version = page.Form.Version
		return web.Said(urls.ManageProgramme(ref), "profile.saved"), d.saveContent(ctx, u, ref, taken)
	})
}

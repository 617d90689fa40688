package institution

import (
	"errors"

	"naikkelas/handlers/web"
	"naikkelas/internal/importsheet"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// saveImport answers POST /kelola/impor/berkas/:import/simpan: all rows, or the good ones when asked. Nothing is saved
// while a question is open. A long one is saved by a job.
func (d *desk) saveImport(c web.Context) error {
	var f struct {
		GoodOnly string `form:"good_only"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	o, err := d.openImport(c)
	if err != nil {
		return err
	}
	save := func() error {
		return d.Store.SaveLongImport(c.Request().Context(), d.CurrentUser(c), o.Ref, f.GoodOnly != "")
	}
	form := d.preview(c)
	if o.Run == nil {
		save = func() error { return d.saveShort(c, o) }
		if o.State == "uploaded" {
			if refusal := o.refuses(f.GoodOnly != ""); refusal != "" {
				form.Errors.Add("", refusal)
			}
		}
	}
	return d.Act(c, form, func() (web.Next, error) {
		err := save()
		if errors.Is(err, models.ErrImportSaved) {
			err = nil // the second press
		}
		return web.To(urls.Import(o.Ref)), err
	})
}

// refuses is the key of what keeps the import from being saved, empty for nothing.
func (o opened) refuses(goodOnly bool) string {
	switch {
	case !o.Sure:
		return "imports.map_first"
	case importsheet.Open(o.Questions) > 0:
		return models.ErrImportAsks.Key
	case o.bad() > 0 && !goodOnly:
		return models.ErrImportBad.Key
	}
	return ""
}

// bad counts the rows that cannot be saved.
func (o opened) bad() int {
	return o.counts[models.StagedRefused] + o.counts[models.StagedWaiting] + o.counts[string(models.ImportLocked)]
}

// saveShort saves an import at once.
func (d *desk) saveShort(c web.Context, o opened) error {
	var good []models.ImportedProgramme
	for _, r := range o.Rows {
		if len(r.Problems) == 0 {
			good = append(good, r.Import)
		}
	}
	return d.Store.SaveImportedProgrammes(
		c.Request().Context(), d.CurrentUser(c), o.Ref, good, len(o.Rows)-len(good), o.LeftAside())
}

// stopImport answers POST /kelola/impor/berkas/:import/hentikan.
func (d *desk) stopImport(c web.Context) error {
	again := func(int) error { return d.Redirect(c, urls.Import(c.Param("import"))) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		ref := c.Param("import")
		return web.Said(urls.Import(ref), "imports.run.was_stopped"), d.Store.StopImport(c.Request().Context(), d.CurrentUser(c), ref)
	})
}

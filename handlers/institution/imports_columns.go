package institution

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/importsheet"
	"naikkelas/internal/sheet"
	"naikkelas/internal/urls"
	"naikkelas/models"
	viewform "naikkelas/views/form"
	"naikkelas/views/imports"
)

// importColumns answers GET /kelola/impor/berkas/:import/kolom.
func (d *desk) importColumns(c web.Context) error {
	return d.columnsPage(c, http.StatusOK, nil)
}

func (d *desk) columnsPage(c web.Context, status int, errs viewform.Errors) error {
	o, err := d.openImport(c)
	if err != nil {
		return err
	}
	if o.Run.Working() {
		return d.Redirect(c, urls.Import(o.Ref))
	}
	page := imports.ColumnsPage{Import: o.Import, Layout: web.ImportLayout(o.Layout), Errors: errs}
	page.Fields = web.ImportFields(importsheet.ProgrammeColumns())
	return d.Render(c, status, imports.Columns(page))
}

// mapImport answers POST /kelola/impor/berkas/:import/kolom: which column is which, remembered for the institution's
// next list.
func (d *desk) mapImport(c web.Context) error {
	o, err := d.openImport(c)
	if err != nil {
		return err
	}
	codes, _ := importsheet.ProgrammeColumns()
	answers, err := web.PostedColumns(c, codes, o.Layout)
	if err != nil {
		return err
	}
	headings := map[string]string{}
	for _, col := range o.Columns {
		if !strings.ContainsAny(col.Key, "@#") {
			headings[col.Key] = ""
		}
	}
	for _, code := range codes {
		if key := answers[importsheet.ColumnAnswer(code)]; key != "" && !strings.ContainsAny(key, "@#") {
			headings[key] = code
		}
	}
	var errs viewform.Errors
	if answers[importsheet.ColumnAnswer("title")] == "" {
		errs.Add(importsheet.ColumnAnswer("title"), "imports.title_missing")
	}
	again := func(status int) error { return d.columnsPage(c, status, errs) }
	return d.Act(c, web.Form{Errors: &errs, Again: again}, func() (web.Next, error) {
		ref := c.Param("import")
		return web.To(urls.Import(ref)), d.Store.MapImport(c.Request().Context(), d.CurrentUser(c), ref, answers, headings)
	})
}

// undoImport answers POST /kelola/impor/berkas/:import/batalkan.
func (d *desk) undoImport(c web.Context) error {
	return d.Act(c, d.preview(c), func() (web.Next, error) {
		ref := c.Param("import")
		return web.Said(urls.Import(ref), "imports.undone"), d.Store.UndoImport(c.Request().Context(), d.CurrentUser(c), ref)
	})
}

// refusedRows answers GET /kelola/impor/berkas/:import/ditolak/:format: the rows that are not saved as they stood, with
// a column of remarks that reading ignores.
func (d *desk) refusedRows(c web.Context) error {
	return d.remarkedRows(c, "baris-ditolak", false)
}

// resultRows answers GET /kelola/impor/berkas/:import/hasil/:format: every row as it stood, with that column.
func (d *desk) resultRows(c web.Context) error {
	return d.remarkedRows(c, "hasil-impor", true)
}

func (d *desk) remarkedRows(c web.Context, name string, all bool) error {
	o, err := d.openImport(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	w, err := d.SheetWriter(c, name, append(o.Headings(), sheet.Field{Name: importsheet.RemarksHeading}))
	if err != nil {
		return err
	}
	write := func(text string, rows ...[]sheet.Cell) error {
		for _, cells := range rows {
			if err := w.Write(append(cells, sheet.TextCell(text))); err != nil {
				return err
			}
		}
		return nil
	}
	err = d.each(c, o, func(r importsheet.ProgrammeRow, m models.ImportMatch) error {
		text, bad := remarks(ctx, r, m)
		if !bad && !all {
			return nil
		}
		return write(text, r.Cells...)
	})
	if err != nil {
		return errors.Join(err, w.Close())
	}
	for _, a := range o.Aside {
		if all && !a.Taken {
			err = errors.Join(err, write(i18n.T(ctx, "imports.aside."+a.Why), a.Cells))
		}
	}
	return errors.Join(err, w.Close())
}

// remarks says what saving a row does or did, or what keeps it from being saved.
func remarks(ctx context.Context, r importsheet.ProgrammeRow, m models.ImportMatch) (text string, bad bool) {
	parts := make([]string, len(r.Problems))
	for i, p := range r.Problems {
		//i18n:family imports.problem.*
		parts[i] = p.Column + ": " + i18n.T(ctx, "imports.problem."+p.Key, "Value", p.Value)
	}
	switch {
	case len(parts) > 0:
		return strings.Join(parts, "; "), true
	case m.Outcome == models.ImportLocked:
		//i18n:family imports.locked.*
		return i18n.T(ctx, "imports.locked."+m.Why), true
	}
	//i18n:family imports.outcome.* imports.aside.*
	text = i18n.T(ctx, "imports.outcome."+string(m.Outcome))
	if list := changed(m.Changes); len(list) > 0 {
		text += ": " + strings.Join(list, ", ")
	}
	return text, false
}

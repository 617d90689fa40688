package institution

import (
	"context"
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
	i, s, err := d.openImport(c)
	if err != nil {
		return err
	}
	page := imports.ColumnsPage{Import: i, Layout: web.ImportLayout(s.Layout), Errors: errs}
	page.Fields = web.ImportFields(importsheet.ProgrammeColumns())
	return d.Render(c, status, imports.Columns(page))
}

// mapImport answers POST /kelola/impor/berkas/:import/kolom: which column is which, remembered for the institution's
// next list.
func (d *desk) mapImport(c web.Context) error {
	_, s, err := d.openImport(c)
	if err != nil {
		return err
	}
	codes, _ := importsheet.ProgrammeColumns()
	answers, err := web.PostedColumns(c, codes, s.Layout)
	if err != nil {
		return err
	}
	headings := map[string]string{}
	for _, col := range s.Columns {
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
	_, s, err := d.openImport(c)
	if err != nil {
		return err
	}
	matches, err := d.matchRows(c, s)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	fields := append(s.Headings(), sheet.Field{Name: importsheet.RemarksHeading})
	w, err := d.SheetWriter(c, "baris-ditolak", fields)
	if err != nil {
		return err
	}
	for n, r := range s.Rows {
		text := remarks(ctx, r.Problems)
		if matches[n].Outcome == models.ImportLocked {
			//i18n:family imports.locked.*
			text = i18n.T(ctx, "imports.locked."+matches[n].Why)
		}
		if text == "" {
			continue
		}
		for _, cells := range r.Cells {
			if err := w.Write(append(cells, sheet.TextCell(text))); err != nil {
				return err
			}
		}
	}
	return w.Close()
}

func remarks(ctx context.Context, list []importsheet.Problem) string {
	parts := make([]string, len(list))
	for i, p := range list {
		//i18n:family imports.problem.*
		parts[i] = p.Column + ": " + i18n.T(ctx, "imports.problem."+p.Key, "Value", p.Value)
	}
	return strings.Join(parts, "; ")
}

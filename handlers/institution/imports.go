package institution

import (
	"bytes"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"naikkelas/handlers/web"
	"naikkelas/internal/importsheet"
	"naikkelas/internal/urls"
	"naikkelas/models"
	viewform "naikkelas/views/form"
	"naikkelas/views/imports"
)

// importsForm answers GET /kelola/impor.
func (d *desk) importsForm(c web.Context) error {
	return d.importsPage(c, http.StatusOK, nil)
}

func (d *desk) importsPage(c web.Context, status int, errs viewform.Errors) error {
	list, err := d.Store.OwnImports(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	return d.Render(c, status, imports.Upload(imports.UploadPage{Errors: errs, Most: importsheet.MostRows, Earlier: list}))
}

// importTemplate answers GET /kelola/impor/templat/:format.
func (d *desk) importTemplate(c web.Context) error {
	w, err := d.SheetWriter(c, "templat-pelatihan", importsheet.Fields())
	if err != nil {
		return err
	}
	return errors.Join(w.Write(importsheet.Example()), w.Close())
}

// exportProgrammes answers GET /kelola/impor/unduh/:format: what the institution has, in the columns of the template.
func (d *desk) exportProgrammes(c web.Context) error {
	ctx := c.Request().Context()
	lists, err := d.ImportLists(ctx)
	if err != nil {
		return err
	}
	export := importsheet.NewProgrammeExport(lists)
	w, err := d.SheetWriter(c, "pelatihan", export.Fields())
	if err != nil {
		return err
	}
	err = d.Store.ExportProgrammes(ctx, d.CurrentUser(c), func(p models.ImportedProgramme) error {
		for _, row := range export.Rows(p) {
			if err := w.Write(row); err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(err, w.Close())
}

// uploadImport answers POST /kelola/impor: the sheet is looked into at once, then kept sealed until
// the person has decided.
func (d *desk) uploadImport(c web.Context) error {
	var errs viewform.Errors
	again := func(status int) error { return d.importsPage(c, status, errs) }
	return d.Act(c, web.Form{Errors: &errs, Again: again}, func() (web.Next, error) {
		made, err := d.ReceiveSheet(c, importsheet.MostRows, func(content []byte, name string) error {
			_, err := d.readImport(c, content, name, nil)
			return err
		})
		return web.To(urls.Import(made.Ref)), err
	})
}

func (d *desk) readImport(c web.Context, content []byte, name string, answers map[string]string) (importsheet.ProgrammeSheet, error) {
	ctx := c.Request().Context()
	lists, err := d.ImportLists(ctx)
	if err != nil {
		return importsheet.ProgrammeSheet{}, err
	}
	known, err := d.Store.KnownHeadings(ctx, d.CurrentUser(c))
	if err != nil {
		return importsheet.ProgrammeSheet{}, err
	}
	return importsheet.ReadProgrammes(importsheet.File{
		Content: bytes.NewReader(content), Size: int64(len(content)), Name: name, Answers: answers, Known: known,
	}, lists)
}

// openImport reads an import of the acting person again, with their answers.
func (d *desk) openImport(c web.Context) (models.Import, importsheet.ProgrammeSheet, error) {
	ctx := c.Request().Context()
	i, err := d.Store.OwnImport(ctx, d.CurrentUser(c), c.Param("import"))
	if err != nil {
		return i, importsheet.ProgrammeSheet{}, err
	}
	content, err := d.ImportContent(ctx, i)
	if err != nil {
		return i, importsheet.ProgrammeSheet{}, err
	}
	s, err := d.readImport(c, content, i.FileName, i.Answers())
	return i, s, err
}

// showImport answers GET /kelola/impor/berkas/:import.
func (d *desk) showImport(c web.Context) error {
	return d.previewPage(c, http.StatusOK, nil)
}

func (d *desk) previewPage(c web.Context, status int, errs viewform.Errors) error {
	i, s, err := d.openImport(c)
	if err != nil {
		return err
	}
	if !s.Sure && i.State == "uploaded" && status == http.StatusOK {
		return d.Redirect(c, urls.ImportColumns(i.Ref))
	}
	ctx := c.Request().Context()
	page := imports.PreviewPage{
		Import: i, Layout: web.ImportLayout(s.Layout), Open: importsheet.Open(s.Questions), Errors: errs,
		Questions: web.ImportQuestions(ctx, s.Questions), Number: 1, Most: importsheet.MostRows,
	}
	page.Refused, page.Waiting = s.Refused()
	if n, err := strconv.Atoi(c.QueryParam("halaman")); err == nil {
		page.Number = n
	}
	for _, a := range s.Aside {
		page.Aside = append(page.Aside, imports.Aside{Name: a.Name, Label: rowLabel(a.Sheet, a.Number), Why: a.Why, Text: a.Text, Taken: a.Taken})
	}
	if page.Rows, err = d.previewRows(c, i, s); err != nil {
		return err
	}
	return d.Render(c, status, imports.Preview(page))
}

// previewRows are the programmes of a file beside what the institution has.
func (d *desk) previewRows(c web.Context, i models.Import, s importsheet.ProgrammeSheet) ([]imports.Row, error) {
	ctx := c.Request().Context()
	matches, err := d.matchRows(c, s)
	if err != nil {
		return nil, err
	}
	rows := make([]imports.Row, len(s.Rows))
	for n, r := range s.Rows {
		row := imports.Row{
			Label: rowLabel(r.Sheet, r.Numbers...), Title: r.Import.Content.Title, Runs: len(r.Import.Intakes),
			Facts: web.ImportFacts(ctx, r.Values), Problems: web.ImportProblems(r.Problems),
		}
		switch m := matches[n]; {
		case r.Waits():
			row.Outcome = imports.Waiting
		case len(r.Problems) > 0:
			row.Outcome = imports.Refused
		default:
			row.Outcome, row.Ref, row.There, row.Public, row.Why = string(m.Outcome), m.Ref, m.Title, m.Public, m.Why
			row.Changes = changed(m.Changes)
		}
		rows[n] = row
	}
	return rows, nil
}

// matchRows sets the rows without problems beside what is there; the others match nothing.
func (d *desk) matchRows(c web.Context, s importsheet.ProgrammeSheet) ([]models.ImportMatch, error) {
	var list []models.ImportedProgramme
	var at []int
	for n, r := range s.Rows {
		if len(r.Problems) == 0 {
			list, at = append(list, r.Import), append(at, n)
		}
	}
	found, err := d.Store.MatchImported(c.Request().Context(), d.CurrentUser(c), list)
	matches := make([]models.ImportMatch, len(s.Rows))
	for n, m := range found {
		matches[at[n]] = m
	}
	return matches, err
}

// changed are the headings of what would become another; a new intake has none.
func changed(codes []string) []string {
	all, headings := importsheet.ProgrammeColumns()
	var list []string
	seen := map[string]bool{}
	for _, code := range codes {
		for n, c := range all {
			if c == code && !seen[code] {
				list, seen[code] = append(list, headings[n]), true
			}
		}
	}
	return list
}

// rowLabel names rows of a sheet as a person finds them.
func rowLabel(sheet string, numbers ...int) string {
	list := make([]string, len(numbers))
	for i, n := range numbers {
		list[i] = strconv.Itoa(n)
	}
	return strings.TrimSpace(sheet + " " + strings.Join(list, ", "))
}

// answerImport answers POST /kelola/impor/berkas/:import: what the file leaves open, and which rows that read like
// something else are wanted all the same.
func (d *desk) answerImport(c web.Context) error {
	_, s, err := d.openImport(c)
	if err != nil {
		return err
	}
	names := web.QuestionNames(s.Questions)
	for _, a := range s.Aside {
		names = append(names, a.Name)
	}
	answers, err := web.PostedAnswers(c, names)
	if err != nil {
		return err
	}
	return d.Act(c, d.preview(c), func() (web.Next, error) {
		ref := c.Param("import")
		return web.To(urls.Import(ref)), d.Store.AnswerImport(c.Request().Context(), d.CurrentUser(c), ref, answers)
	})
}

// preview is the page of an import as the form that it holds.
func (d *desk) preview(c web.Context) web.Form {
	var errs viewform.Errors
	return web.Form{Errors: &errs, Again: func(status int) error { return d.previewPage(c, status, errs) }}
}

// saveImport answers POST /kelola/impor/berkas/:import/simpan: all rows, or the good ones when asked. Nothing is saved
// while a question is open.
func (d *desk) saveImport(c web.Context) error {
	i, s, err := d.openImport(c)
	if err != nil {
		return err
	}
	var f struct {
		GoodOnly string `form:"good_only"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	matches, err := d.matchRows(c, s)
	if err != nil {
		return err
	}
	form := d.preview(c)
	refused, locked := len(s.Rows), 0
	var good []models.ImportedProgramme
	for n, r := range s.Rows {
		if len(r.Problems) == 0 {
			good, refused = append(good, r.Import), refused-1
		}
		if matches[n].Outcome == models.ImportLocked {
			locked++
		}
	}
	switch {
	case i.State == "saved": // the second press
	case !s.Sure:
		form.Errors.Add("", "imports.map_first")
	case importsheet.Open(s.Questions) > 0:
		form.Errors.Add("", models.ErrImportAsks.Key)
	case refused+locked > 0 && f.GoodOnly == "":
		form.Errors.Add("", "imports.fix_first")
	}
	return d.Act(c, form, func() (web.Next, error) {
		err := d.Store.SaveImportedProgrammes(c.Request().Context(), d.CurrentUser(c), i.Ref, good, refused, leftAside(s))
		if errors.Is(err, models.ErrImportSaved) {
			err = nil // the second press
		}
		return web.To(urls.Import(i.Ref)), err
	})
}

// leftAside counts the rows that are no listings.
func leftAside(s importsheet.ProgrammeSheet) (n int) {
	for _, a := range s.Aside {
		if !a.Taken {
			n++
		}
	}
	return n
}

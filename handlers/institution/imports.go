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
	lists, err := d.Imports().Lists(ctx)
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

// uploadImport answers POST /kelola/impor: a short sheet is looked into on its page, a long one by a job. It is kept sealed
// until the person has decided.
func (d *desk) uploadImport(c web.Context) error {
	var errs viewform.Errors
	again := func(status int) error { return d.importsPage(c, status, errs) }
	return d.Act(c, web.Form{Errors: &errs, Again: again}, func() (web.Next, error) {
		known, err := d.Store.KnownHeadings(c.Request().Context(), d.CurrentUser(c))
		if err != nil {
			return web.Next{}, err
		}
		made, err := d.ReceiveSheet(c, importsheet.MostRows, func(content []byte, name string) (int, error) {
			return importsheet.CountProgrammes(importsheet.File{
				Content: bytes.NewReader(content), Size: int64(len(content)), Name: name, Known: known,
			})
		})
		return web.To(urls.Import(made.Ref)), err
	})
}

// opened is an import of the acting person as it was read with their answers: now, or, of a long one, by a job. Then its
// rows lie in the database.
type opened struct {
	models.Import
	importsheet.ProgrammeSheet
	matches []models.ImportMatch
	counts  map[string]int // of rows by outcome
}

func (d *desk) openImport(c web.Context) (o opened, err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if o.Import, err = d.Store.OwnImport(ctx, u, c.Param("import")); err != nil {
		return o, err
	}
	if o.Run != nil {
		if o.ProgrammeSheet, err = importsheet.Staged(*o.Run); err != nil {
			return o, err
		}
		o.counts, err = d.Store.StagedCounts(ctx, o.Import)
		return o, err
	}
	o.ProgrammeSheet, o.matches, err = d.Imports().Programmes(ctx, u, o.Import)
	o.counts = map[string]int{}
	for n, r := range o.Rows {
		o.counts[r.Outcome(o.matches[n])]++
	}
	return o, err
}

// each gives every row with what it is set beside.
func (d *desk) each(c web.Context, o opened, do func(importsheet.ProgrammeRow, models.ImportMatch) error) error {
	if o.Run != nil {
		return d.Store.EachStaged(c.Request().Context(), o.Import, func(row models.ImportRow) error {
			r, m, err := importsheet.StagedRow(row)
			if err != nil {
				return err
			}
			return do(r, m)
		})
	}
	for n, r := range o.Rows {
		if err := do(r, o.matches[n]); err != nil {
			return err
		}
	}
	return nil
}

// showImport answers GET /kelola/impor/berkas/:import. While a job has a long one the page says how far it is and asks
// again by itself.
func (d *desk) showImport(c web.Context) error {
	i, err := d.Store.OwnImport(c.Request().Context(), d.CurrentUser(c), c.Param("import"))
	switch {
	case err != nil:
		return err
	case i.Run.Working():
		c.Response().Header().Set("Refresh", lookAgain)
		return d.Render(c, http.StatusOK, imports.Progress(i))
	case i.Run != nil && i.Run.Phase == models.RunStopped:
		return d.Render(c, http.StatusOK, imports.Stopped(i))
	}
	return d.previewPage(c, http.StatusOK, nil)
}

// lookAgain is after how many seconds the page of a job under way is asked for again.
const lookAgain = "5"

func (d *desk) previewPage(c web.Context, status int, errs viewform.Errors) error {
	o, err := d.openImport(c)
	if err != nil {
		return err
	}
	if o.Run.Working() { // a form of an older page: what is under way is on its own
		return d.Redirect(c, urls.Import(o.Ref))
	}
	if !o.Sure && o.State == "uploaded" && status == http.StatusOK {
		return d.Redirect(c, urls.ImportColumns(o.Ref))
	}
	page := imports.PreviewPage{
		Import: o.Import, Layout: web.ImportLayout(o.Layout), Open: importsheet.Open(o.Questions), Errors: errs, Counts: o.counts,
		Questions: web.ImportQuestions(c.Request().Context(), o.Questions), Number: 1, Most: importsheet.MostRows,
	}
	if n, err := strconv.Atoi(c.QueryParam("halaman")); err == nil {
		page.Number = n
	}
	for _, a := range o.Aside {
		page.Aside = append(page.Aside, imports.Aside{Name: a.Name, Label: rowLabel(a.Sheet, a.Number), Why: a.Why, Text: a.Text, Taken: a.Taken})
	}
	if o.Run == nil {
		for n, r := range o.Rows {
			page.Rows = append(page.Rows, previewRow(c, r, o.matches[n]))
		}
	} else if err := d.stagedRows(c, &page); err != nil {
		return err
	}
	return d.Render(c, status, imports.Preview(page))
}

// stagedRows are the rows of a long spreadsheet that one page shows: the first of those that need something done, and a part
// of the others.
func (d *desk) stagedRows(c web.Context, page *imports.PreviewPage) error {
	ctx := c.Request().Context()
	after, err := strconv.Atoi(c.QueryParam("sesudah"))
	if err != nil {
		after = 0
	}
	todo, _, err := d.Store.StagedRows(ctx, page.Import, true, 0)
	if err != nil {
		return err
	}
	good, more, err := d.Store.StagedRows(ctx, page.Import, false, after)
	if err != nil {
		return err
	}
	if more {
		page.After = strconv.Itoa(good[len(good)-1].Position)
	}
	if page.Todo, err = readStaged(c, todo); err != nil {
		return err
	}
	page.Rows, err = readStaged(c, good)
	return err
}

func readStaged(c web.Context, list []models.ImportRow) ([]imports.Row, error) {
	rows := make([]imports.Row, len(list))
	for n, staged := range list {
		r, m, err := importsheet.StagedRow(staged)
		if err != nil {
			return nil, err
		}
		rows[n] = previewRow(c, r, m)
	}
	return rows, nil
}

// previewRow is a programme of a file beside what the institution has.
func previewRow(c web.Context, r importsheet.ProgrammeRow, m models.ImportMatch) imports.Row {
	row := imports.Row{
		Label: rowLabel(r.Sheet, r.Numbers...), Title: r.Import.Content.Title, Runs: len(r.Import.Intakes), Outcome: r.Outcome(m),
		Facts: web.ImportFacts(c.Request().Context(), r.Values), Problems: web.ImportProblems(r.Problems),
	}
	if len(r.Problems) == 0 {
		row.Ref, row.There, row.Public, row.Why, row.Changes = m.Ref, m.Title, m.Public, m.Why, changed(m.Changes)
	}
	return row
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
	o, err := d.openImport(c)
	if err != nil {
		return err
	}
	names := web.QuestionNames(o.Questions)
	for _, a := range o.Aside {
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

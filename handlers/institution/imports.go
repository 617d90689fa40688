package institution

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"slices"
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

// importsForm answers GET /kelola/impor.
func (d *desk) importsForm(c web.Context) error {
	return d.Render(c, http.StatusOK, imports.Upload(imports.UploadPage{}))
}

// importTemplate answers GET /kelola/impor/templat/:format.
func (d *desk) importTemplate(c web.Context) error {
	w, err := d.SheetWriter(c, "templat-pelatihan", importsheet.Fields())
	if err != nil {
		return err
	}
	return errors.Join(w.Write(importsheet.Example()), w.Close())
}

// uploadImport answers POST /kelola/impor: the sheet is looked into at once, then kept sealed until
// the person has decided.
func (d *desk) uploadImport(c web.Context) error {
	var page imports.UploadPage
	again := func(status int) error { return d.Render(c, status, imports.Upload(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		made, err := d.ReceiveSheet(c, func(content []byte, name string) error {
			_, err := d.readImport(c.Request().Context(), content, name, nil)
			return err
		})
		return web.To(urls.Import(made.Ref)), err
	})
}

func (d *desk) readImport(ctx context.Context, content []byte, name string, answers map[string]string) (importsheet.ProgrammeSheet, error) {
	lists, err := d.ImportLists(ctx)
	if err != nil {
		return importsheet.ProgrammeSheet{}, err
	}
	return importsheet.ReadProgrammes(bytes.NewReader(content), int64(len(content)), name, lists, answers)
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
	s, err := d.readImport(ctx, content, i.FileName, i.Answers())
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
	page := imports.PreviewPage{Import: i, Refused: s.Refused(), Unknown: s.Unknown, Errors: errs}
	for _, q := range s.Questions {
		page.Questions = append(page.Questions, imports.Question{Code: q.Code, Heading: q.Heading, Example: q.Example})
	}
	for _, r := range s.Rows {
		page.Rows = append(page.Rows, imports.Row{
			Number: r.Number, Title: r.Import.Content.Title, Note: intakeNote(c.Request().Context(), r.Import.Intake),
			Problems: web.ImportProblems(r.Problems),
		})
	}
	return d.Render(c, status, imports.Preview(page))
}

// intakeNote shows how the dates of a row were read.
func intakeNote(ctx context.Context, in *models.IntakeInput) string {
	if in == nil || in.ClosesAt == nil {
		return ""
	}
	return i18n.T(ctx, "imports.closes", "Date", i18n.Date(ctx, *in.ClosesAt))
}

// answerImport answers POST /kelola/impor/berkas/:import: how dates are to be read.
func (d *desk) answerImport(c web.Context) error {
	_, s, err := d.openImport(c)
	if err != nil {
		return err
	}
	var nothing struct{}
	if err := web.ReadForm(c, &nothing); err != nil {
		return err
	}
	answers := map[string]string{}
	for _, q := range s.Questions {
		answers[q.Code] = c.Request().PostForm.Get(q.Code)
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

// saveImport answers POST /kelola/impor/berkas/:import/simpan: all rows, or the good ones when asked.
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
	form := d.preview(c)
	if s.Refused() > 0 && f.GoodOnly == "" {
		form.Errors.Add("", "imports.fix_first")
	}
	return d.Act(c, form, func() (web.Next, error) {
		var good []models.ImportedProgramme
		for _, r := range s.Rows {
			if len(r.Problems) == 0 {
				good = append(good, r.Import)
			}
		}
		err := d.Store.SaveImportedProgrammes(c.Request().Context(), d.CurrentUser(c), i.Ref, good, s.Refused())
		if errors.Is(err, models.ErrImportSaved) {
			err = nil // the second press
		}
		return web.To(urls.Import(i.Ref)), err
	})
}

// refusedRows answers GET /kelola/impor/berkas/:import/ditolak/:format: the refused rows as they
// stood, with a column of remarks.
func (d *desk) refusedRows(c web.Context) error {
	_, s, err := d.openImport(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	var fields []sheet.Field
	ours := -1 // the column of remarks of a file that was handed back before
	for i, name := range s.Headings {
		if name == importsheet.RemarksHeading {
			ours = i
			continue
		}
		fields = append(fields, sheet.Field{Name: name})
	}
	w, err := d.SheetWriter(c, "baris-ditolak", append(fields, sheet.Field{Name: importsheet.RemarksHeading}))
	if err != nil {
		return err
	}
	for _, r := range s.Rows {
		if len(r.Problems) == 0 {
			continue
		}
		cells := make([]sheet.Cell, len(s.Headings))
		copy(cells, r.Cells)
		if ours >= 0 {
			cells = slices.Delete(cells, ours, ours+1)
		}
		if err := w.Write(append(cells, sheet.TextCell(remarks(ctx, r.Problems)))); err != nil {
			return err
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

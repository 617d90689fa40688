package handlers

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/blob"
	"naikkelas/internal/i18n"
	"naikkelas/internal/importsheet"
	"naikkelas/internal/sheet"
	"naikkelas/internal/urls"
	"naikkelas/models"
	viewform "naikkelas/views/form"
	"naikkelas/views/imports"
)

// bodySheet is the largest spreadsheet with its form.
const bodySheet = 6 << 20

// importsForm answers GET /kelola/impor.
func (h *Handlers) importsForm(c echo.Context) error {
	return h.render(c, http.StatusOK, imports.Upload(imports.UploadPage{}))
}

// importTemplate answers GET /kelola/impor/templat/:format.
func (h *Handlers) importTemplate(c echo.Context) error {
	w, err := h.sheetWriter(c, "templat-pelatihan", importsheet.Fields())
	if err != nil {
		return err
	}
	return errors.Join(w.Write(importsheet.Example()), w.Close())
}

// uploadImport answers POST /kelola/impor: the sheet is looked into at once, then kept sealed until
// the person has decided.
func (h *Handlers) uploadImport(c echo.Context) error {
	var page imports.UploadPage
	made, err := h.receiveSheet(c, &page.Errors, func(content []byte, name string) error {
		_, err := h.readImport(c.Request().Context(), content, name, nil)
		return err
	})
	if err != nil {
		return err
	}
	if page.Errors.Any() {
		return h.render(c, http.StatusUnprocessableEntity, imports.Upload(page))
	}
	return h.redirect(c, urls.Import(made.Ref))
}

// receiveSheet takes the spreadsheet of the form's field file. look refuses what cannot be read.
func (h *Handlers) receiveSheet(c echo.Context, errs *viewform.Errors, look func(content []byte, name string) error) (models.Import, error) {
	var nothing struct{}
	if err := readForm(c, &nothing); err != nil {
		return models.Import{}, err
	}
	form := c.Request().MultipartForm
	if form == nil || len(form.File["file"]) == 0 {
		errs.Add("file", "imports.none")
		return models.Import{}, nil
	}
	header := form.File["file"][0]
	file, err := header.Open()
	if err != nil {
		return models.Import{}, err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, bodySheet))
	if err != nil {
		return models.Import{}, err
	}
	if err := look(content, header.Filename); err != nil {
		r, ok := errors.AsType[*sheet.Refusal](err)
		if !ok {
			return models.Import{}, err
		}
		errs.Add("file", "imports.refused."+string(r.Reason), "Row", r.Row)
		return models.Import{}, nil
	}
	ctx, key := c.Request().Context(), blob.NewKey()
	sealed := h.Box.SealReader(bytes.NewReader(content), models.OriginalPlace(key))
	defer sealed.Close()
	if err := h.Blobs.Put(ctx, key, sealed); err != nil {
		return models.Import{}, err
	}
	return h.Store.CreateImport(ctx, h.currentUser(c), header.Filename, key)
}

// importContent opens the sealed file of an import, at most bodySheet bytes.
func (h *Handlers) importContent(ctx context.Context, i models.Import) ([]byte, error) {
	sealed, err := h.Blobs.Get(ctx, i.BlobKey)
	if err != nil {
		return nil, err
	}
	defer sealed.Close()
	plain, err := h.Box.UnsealReader(sealed, models.OriginalPlace(i.BlobKey))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(plain, bodySheet))
}

func (h *Handlers) lists(ctx context.Context) (importsheet.Lists, error) {
	var l importsheet.Lists
	var errs [3]error
	l.Sectors, errs[0] = h.Store.Sectors(ctx)
	l.Education, errs[1] = h.Store.EducationLevels(ctx)
	l.Regencies, errs[2] = h.Store.Regencies(ctx)
	return l, errors.Join(errs[:]...)
}

func (h *Handlers) readImport(ctx context.Context, content []byte, name string, answers map[string]string) (importsheet.ProgrammeSheet, error) {
	lists, err := h.lists(ctx)
	if err != nil {
		return importsheet.ProgrammeSheet{}, err
	}
	return importsheet.ReadProgrammes(bytes.NewReader(content), int64(len(content)), name, lists, answers)
}

// openImport reads an import of the acting person again, with their answers.
func (h *Handlers) openImport(c echo.Context) (models.Import, importsheet.ProgrammeSheet, error) {
	ctx := c.Request().Context()
	i, err := h.Store.OwnImport(ctx, h.currentUser(c), c.Param("import"))
	if err != nil {
		return i, importsheet.ProgrammeSheet{}, err
	}
	content, err := h.importContent(ctx, i)
	if err != nil {
		return i, importsheet.ProgrammeSheet{}, err
	}
	s, err := h.readImport(ctx, content, i.FileName, i.Answers())
	return i, s, err
}

// showImport answers GET /kelola/impor/berkas/:import.
func (h *Handlers) showImport(c echo.Context) error {
	return h.previewPage(c, http.StatusOK, nil)
}

func (h *Handlers) previewPage(c echo.Context, status int, errs viewform.Errors) error {
	i, s, err := h.openImport(c)
	if err != nil {
		return err
	}
	page := imports.PreviewPage{Import: i, Refused: s.Refused(), Unknown: s.Unknown, Errors: errs}
	for _, q := range s.Questions {
		page.Questions = append(page.Questions, imports.Question{Code: q.Code, Heading: q.Heading, Example: q.Example})
	}
	for _, r := range s.Rows {
		page.Rows = append(page.Rows, imports.Row{Number: r.Number, Title: r.Import.Content.Title, Note: intakeNote(c.Request().Context(), r.Import.Intake), Problems: problems(r.Problems)})
	}
	return h.render(c, status, imports.Preview(page))
}

// intakeNote shows how the dates of a row were read.
func intakeNote(ctx context.Context, in *models.IntakeInput) string {
	if in == nil || in.ClosesAt == nil {
		return ""
	}
	return i18n.T(ctx, "imports.closes", "Date", i18n.Date(ctx, *in.ClosesAt))
}

func problems(list []importsheet.Problem) []imports.Problem {
	out := make([]imports.Problem, len(list))
	for i, p := range list {
		out[i] = imports.Problem(p)
	}
	return out
}

// answerImport answers POST /kelola/impor/berkas/:import: how dates are to be read.
func (h *Handlers) answerImport(c echo.Context) error {
	_, s, err := h.openImport(c)
	if err != nil {
		return err
	}
	var nothing struct{}
	if err := readForm(c, &nothing); err != nil {
		return err
	}
	answers := map[string]string{}
	for _, q := range s.Questions {
		answers[q.Code] = c.Request().PostForm.Get(q.Code)
	}
	if err := h.Store.AnswerImport(c.Request().Context(), h.currentUser(c), c.Param("import"), answers); err != nil {
		return err
	}
	return h.redirect(c, urls.Import(c.Param("import")))
}

// saveImport answers POST /kelola/impor/berkas/:import/simpan: all rows, or the good ones when asked.
func (h *Handlers) saveImport(c echo.Context) error {
	i, s, err := h.openImport(c)
	if err != nil {
		return err
	}
	var f struct {
		GoodOnly string `form:"good_only"`
	}
	if err := readForm(c, &f); err != nil {
		return err
	}
	var errs viewform.Errors
	if s.Refused() > 0 && f.GoodOnly == "" {
		errs.Add("", "imports.fix_first")
		return h.previewPage(c, http.StatusUnprocessableEntity, errs)
	}
	var good []models.ImportedProgramme
	for _, r := range s.Rows {
		if len(r.Problems) == 0 {
			good = append(good, r.Import)
		}
	}
	err = h.Store.SaveImportedProgrammes(c.Request().Context(), h.currentUser(c), i.Ref, good, s.Refused())
	if errors.Is(err, models.ErrImportSaved) {
		err = nil // the second press
	}
	if err == nil {
		return h.redirect(c, urls.Import(i.Ref))
	}
	r, ok := errors.AsType[*models.Refusal](err)
	if !ok {
		return err
	}
	errs.Add("", r.Key, r.Args...)
	return h.previewPage(c, http.StatusUnprocessableEntity, errs)
}

// refusedRows answers GET /kelola/impor/berkas/:import/ditolak/:format: the refused rows as they
// stood, with a column of remarks.
func (h *Handlers) refusedRows(c echo.Context) error {
	_, s, err := h.openImport(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	var fields []sheet.Field
	for _, name := range s.Headings {
		fields = append(fields, sheet.Field{Name: name})
	}
	w, err := h.sheetWriter(c, "baris-ditolak", append(fields, sheet.Field{Name: i18n.T(ctx, "imports.remarks")}))
	if err != nil {
		return err
	}
	for _, r := range s.Rows {
		if len(r.Problems) == 0 {
			continue
		}
		cells := make([]sheet.Cell, len(s.Headings))
		copy(cells, r.Cells)
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

// institutionImportsForm answers GET /petugas/lembaga/impor.
func (h *Handlers) institutionImportsForm(c echo.Context) error {
	return h.render(c, http.StatusOK, imports.InstitutionUpload(imports.UploadPage{}))
}

// uploadInstitutions answers POST /petugas/lembaga/impor.
func (h *Handlers) uploadInstitutions(c echo.Context) error {
	var page imports.UploadPage
	made, err := h.receiveSheet(c, &page.Errors, func(content []byte, name string) error {
		_, err := importsheet.PreviewInstitutions(bytes.NewReader(content), int64(len(content)), name)
		return err
	})
	if err != nil {
		return err
	}
	if page.Errors.Any() {
		return h.render(c, http.StatusUnprocessableEntity, imports.InstitutionUpload(page))
	}
	return h.redirect(c, urls.InstitutionImport(made.Ref))
}

// columnsOf are the columns that the person chose, or those that the names suggest.
func columnsOf(guess []int, answers map[string]string) []int {
	codes, _ := importsheet.InstitutionColumns()
	columns := make([]int, len(codes))
	for i, code := range codes {
		columns[i] = guess[i]
		if answer, ok := answers[code]; ok {
			columns[i] = -1
			if n, err := strconv.Atoi(answer); err == nil {
				columns[i] = n
			}
		}
	}
	return columns
}

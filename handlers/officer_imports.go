package handlers

import (
	"bytes"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/importsheet"
	"naikkelas/internal/urls"
	"naikkelas/models"
	viewform "naikkelas/views/form"
	"naikkelas/views/imports"
)

// openInstitutions reads a list of the acting officer again, with the columns that they chose.
func (h *Handlers) openInstitutions(c echo.Context) (i models.Import, p importsheet.InstitutionPreview, columns []int, rows []importsheet.InstitutionRow, err error) {
	ctx := c.Request().Context()
	if i, err = h.Store.OwnImport(ctx, h.currentUser(c), c.Param("import")); err != nil {
		return i, p, nil, nil, err
	}
	content, err := h.importContent(ctx, i)
	if err != nil {
		return i, p, nil, nil, err
	}
	if p, err = importsheet.PreviewInstitutions(bytes.NewReader(content), int64(len(content)), i.FileName); err != nil {
		return i, p, nil, nil, err
	}
	lists, err := h.lists(ctx)
	if err != nil {
		return i, p, nil, nil, err
	}
	columns = columnsOf(p.Guess, i.Answers())
	rows, err = importsheet.ReadInstitutions(bytes.NewReader(content), int64(len(content)), i.FileName, columns, lists)
	return i, p, columns, rows, err
}

// showInstitutionImport answers GET /petugas/lembaga/impor/:import.
func (h *Handlers) showInstitutionImport(c echo.Context) error {
	return h.mappingPage(c, http.StatusOK, nil)
}

func (h *Handlers) mappingPage(c echo.Context, status int, errs viewform.Errors) error {
	i, preview, columns, rows, err := h.openInstitutions(c)
	if err != nil {
		return err
	}
	page := imports.MappingPage{Import: i, Errors: errs}
	for _, col := range preview.Columns {
		page.Columns = append(page.Columns, col.Name)
	}
	for _, row := range preview.Sample {
		var values []string
		for n := range preview.Columns {
			values = append(values, row.Cell(n).Value())
		}
		page.Sample = append(page.Sample, values)
	}
	codes, headings := importsheet.InstitutionColumns()
	for n, code := range codes {
		page.Fields = append(page.Fields, imports.Field{Code: code, Heading: headings[n], Column: columns[n]})
	}
	known, err := h.knownInstitutions(c, rows)
	if err != nil {
		return err
	}
	for _, r := range rows {
		switch {
		case len(r.Problems) > 0:
			page.Refused++
		case r.Institution.ExternalKey != nil && known[*r.Institution.ExternalKey]:
			page.Known++
			continue
		}
		page.Rows = append(page.Rows, imports.Row{Number: r.Number, Title: r.Institution.Name, Problems: problems(r.Problems)})
	}
	return h.render(c, status, imports.Mapping(page))
}

func (h *Handlers) knownInstitutions(c echo.Context, rows []importsheet.InstitutionRow) (map[string]bool, error) {
	var keys []string
	for _, r := range rows {
		if r.Institution.ExternalKey != nil {
			keys = append(keys, *r.Institution.ExternalKey)
		}
	}
	return h.Store.KnownInstitutionKeys(c.Request().Context(), keys)
}

// mapInstitutions answers POST /petugas/lembaga/impor/:import: which column is which.
func (h *Handlers) mapInstitutions(c echo.Context) error {
	ctx, u := c.Request().Context(), h.currentUser(c)
	if _, err := h.Store.OwnImport(ctx, u, c.Param("import")); err != nil {
		return err
	}
	var nothing struct{}
	if err := readForm(c, &nothing); err != nil {
		return err
	}
	codes, _ := importsheet.InstitutionColumns()
	answers := map[string]string{}
	for _, code := range codes {
		answers[code] = c.Request().PostForm.Get(code)
	}
	if answers["name"] == "" {
		var errs viewform.Errors
		errs.Add("name", "imports.name_missing")
		return h.mappingPage(c, http.StatusUnprocessableEntity, errs)
	}
	if err := h.Store.AnswerImport(ctx, u, c.Param("import"), answers); err != nil {
		return err
	}
	return h.redirect(c, urls.InstitutionImport(c.Param("import")))
}

// saveInstitutions answers POST /petugas/lembaga/impor/:import/simpan: the good rows enter as
// submitted, the others stand named on the page.
func (h *Handlers) saveInstitutions(c echo.Context) error {
	i, _, _, rows, err := h.openInstitutions(c)
	if err != nil {
		return err
	}
	known, err := h.knownInstitutions(c, rows)
	if err != nil {
		return err
	}
	var good []models.Institution
	refused := 0
	for _, r := range rows {
		switch {
		case len(r.Problems) > 0:
			refused++
		case r.Institution.ExternalKey == nil || !known[*r.Institution.ExternalKey]:
			good = append(good, r.Institution)
		}
	}
	err = h.Store.SaveImportedInstitutions(c.Request().Context(), h.currentUser(c), i.Ref, good, refused)
	if err == nil || errors.Is(err, models.ErrImportSaved) {
		return h.redirect(c, urls.InstitutionImport(i.Ref))
	}
	var errs viewform.Errors
	if err := refusal(err, &errs); err != nil {
		return err
	}
	return h.mappingPage(c, http.StatusUnprocessableEntity, errs)
}

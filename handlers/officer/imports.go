package officer

import (
	"bytes"
	"errors"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/importsheet"
	"naikkelas/internal/urls"
	"naikkelas/models"
	viewform "naikkelas/views/form"
	"naikkelas/views/imports"
)

// institutionImportsForm answers GET /petugas/lembaga/impor.
func (d *desk) institutionImportsForm(c web.Context) error {
	return d.Render(c, http.StatusOK, imports.InstitutionUpload(imports.UploadPage{}))
}

// uploadInstitutions answers POST /petugas/lembaga/impor.
func (d *desk) uploadInstitutions(c web.Context) error {
	var page imports.UploadPage
	again := func(status int) error { return d.Render(c, status, imports.InstitutionUpload(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		made, err := d.ReceiveSheet(c, func(content []byte, name string) error {
			_, err := importsheet.PreviewInstitutions(bytes.NewReader(content), int64(len(content)), name)
			return err
		})
		return web.To(urls.InstitutionImport(made.Ref)), err
	})
}

// openInstitutions reads a list of the acting officer again, with the columns that they chose.
func (d *desk) openInstitutions(c web.Context) (
	i models.Import, p importsheet.InstitutionPreview, columns []int, rows []importsheet.InstitutionRow, err error,
) {
	ctx := c.Request().Context()
	if i, err = d.Store.OwnImport(ctx, d.CurrentUser(c), c.Param("import")); err != nil {
		return i, p, nil, nil, err
	}
	content, err := d.ImportContent(ctx, i)
	if err != nil {
		return i, p, nil, nil, err
	}
	if p, err = importsheet.PreviewInstitutions(bytes.NewReader(content), int64(len(content)), i.FileName); err != nil {
		return i, p, nil, nil, err
	}
	lists, err := d.ImportLists(ctx)
	if err != nil {
		return i, p, nil, nil, err
	}
	columns = columnsOf(p.Guess, i.Answers())
	rows, err = importsheet.ReadInstitutions(bytes.NewReader(content), int64(len(content)), i.FileName, columns, lists)
	return i, p, columns, rows, err
}

// showInstitutionImport answers GET /petugas/lembaga/impor/:import.
func (d *desk) showInstitutionImport(c web.Context) error {
	return d.mappingPage(c, http.StatusOK, nil)
}

func (d *desk) mappingPage(c web.Context, status int, errs viewform.Errors) error {
	i, preview, columns, rows, err := d.openInstitutions(c)
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
	known, err := d.knownInstitutions(c, rows)
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
		page.Rows = append(page.Rows, imports.Row{Number: r.Number, Title: r.Institution.Name, Problems: web.ImportProblems(r.Problems)})
	}
	return d.Render(c, status, imports.Mapping(page))
}

func (d *desk) knownInstitutions(c web.Context, rows []importsheet.InstitutionRow) (map[string]bool, error) {
	var keys []string
	for _, r := range rows {
		if r.Institution.ExternalKey != nil {
			keys = append(keys, *r.Institution.ExternalKey)
		}
	}
	return d.Store.KnownInstitutionKeys(c.Request().Context(), keys)
}

// mapInstitutions answers POST /petugas/lembaga/impor/:import: which column is which.
func (d *desk) mapInstitutions(c web.Context) error {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if _, err := d.Store.OwnImport(ctx, u, c.Param("import")); err != nil {
		return err
	}
	var nothing struct{}
	if err := web.ReadForm(c, &nothing); err != nil {
		return err
	}
	codes, _ := importsheet.InstitutionColumns()
	answers := map[string]string{}
	for _, code := range codes {
		answers[code] = c.Request().PostForm.Get(code)
	}
	var errs viewform.Errors
	if answers["name"] == "" {
		errs.Add("name", "imports.name_missing")
	}
	again := func(status int) error { return d.mappingPage(c, status, errs) }
	return d.Act(c, web.Form{Errors: &errs, Again: again}, func() (web.Next, error) {
		ref := c.Param("import")
		return web.To(urls.InstitutionImport(ref)), d.Store.AnswerImport(ctx, u, ref, answers)
	})
}

// saveInstitutions answers POST /petugas/lembaga/impor/:import/simpan: the good rows enter as
// submitted, the others stand named on the page.
func (d *desk) saveInstitutions(c web.Context) error {
	i, _, _, rows, err := d.openInstitutions(c)
	if err != nil {
		return err
	}
	known, err := d.knownInstitutions(c, rows)
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
	var errs viewform.Errors
	again := func(status int) error { return d.mappingPage(c, status, errs) }
	return d.Act(c, web.Form{Errors: &errs, Again: again}, func() (web.Next, error) {
		err := d.Store.SaveImportedInstitutions(c.Request().Context(), d.CurrentUser(c), i.Ref, good, refused)
		if errors.Is(err, models.ErrImportSaved) {
			err = nil // the second press
		}
		return web.To(urls.InstitutionImport(i.Ref)), err
	})
}

// columnsOf are the columns that the person chose, or those that the names suggest.
func columnsOf(guess []int, answers map[string]string) []int {
	codes, _ := importsheet.InstitutionColumns()
	columns := make([]int, len(codes))
	for i, code := range codes {
		columns[i] = guess[i]
		if answer, ok := answers[code]; ok {
			columns[i] = -1
			if n, ok := web.Number(answer); ok {
				columns[i] = n
			}
		}
	}
	return columns
}

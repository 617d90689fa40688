package officer

import (
	"bytes"
	"errors"
	"fmt"
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

// institutionImportsForm answers GET /petugas/lembaga/impor.
func (d *desk) institutionImportsForm(c web.Context) error {
	return d.institutionImportsPage(c, http.StatusOK, nil)
}

func (d *desk) institutionImportsPage(c web.Context, status int, errs viewform.Errors) error {
	list, err := d.Store.OwnImports(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	page := imports.UploadPage{Errors: errs, Most: importsheet.MostInstitutions, Earlier: list}
	return d.Render(c, status, imports.InstitutionUpload(page))
}

// uploadInstitutions answers POST /petugas/lembaga/impor.
func (d *desk) uploadInstitutions(c web.Context) error {
	var errs viewform.Errors
	again := func(status int) error { return d.institutionImportsPage(c, status, errs) }
	return d.Act(c, web.Form{Errors: &errs, Again: again}, func() (web.Next, error) {
		made, err := d.ReceiveSheet(c, importsheet.MostInstitutions, func(content []byte, name string) (int, error) {
			read, err := d.readInstitutions(c, content, name, nil)
			return len(read.Rows), err
		})
		return web.To(urls.InstitutionImport(made.Ref)), err
	})
}

func (d *desk) readInstitutions(
	c web.Context, content []byte, name string, answers map[string]string,
) (importsheet.InstitutionSheet, error) {
	lists, err := d.Imports().Lists(c.Request().Context())
	if err != nil {
		return importsheet.InstitutionSheet{}, err
	}
	return importsheet.ReadInstitutions(importsheet.File{
		Content: bytes.NewReader(content), Size: int64(len(content)), Name: name, Answers: answers,
	}, lists)
}

// sourceAnswer is the name of the answer that says which list a file is of.
const sourceAnswer = "source"

// list is a list of institutions of the acting officer, read with their answers and set beside what is there.
type list struct {
	models.Import
	importsheet.InstitutionSheet
	source  string
	matches []models.InstitutionMatch
}

func (d *desk) openInstitutions(c web.Context) (l list, err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if l.Import, err = d.Store.OwnImport(ctx, u, c.Param("import")); err != nil {
		return l, err
	}
	content, err := d.Imports().Content(ctx, l.Import)
	if err != nil {
		return l, err
	}
	answers := l.Answers()
	if l.InstitutionSheet, err = d.readInstitutions(c, content, l.FileName, answers); err != nil {
		return l, err
	}
	l.source = answers[sourceAnswer]
	institutions := make([]models.Institution, len(l.Rows))
	for n, r := range l.Rows {
		institutions[n] = r.Institution
	}
	l.matches, err = d.Store.MatchInstitutions(ctx, u, l.source, institutions)
	for n := range l.Rows {
		if len(l.Rows[n].Problems) == 0 && l.matches[n].Same == nil && l.matches[n].Other != nil {
			l.askSameKey(n, answers)
		}
	}
	return l, err
}

// The answers to a number that another institution has.
const (
	sameInstitution  = "same"
	otherInstitution = "other"
)

// askSameKey sets two institutions with one number side by side and asks whether they are one.
func (l *list) askSameKey(n int, answers map[string]string) {
	row, there := &l.Rows[n], l.matches[n].Other
	q := importsheet.Question{
		Name: fmt.Sprintf("same-%d", row.Number), Kind: "same_key", Heading: *row.Institution.ExternalKey, Rows: 1,
		Values: []string{row.Institution.Name, there.Name},
		Options: []importsheet.Option{
			{Value: sameInstitution, Key: "same_institution"}, {Value: otherInstitution, Key: "other_institution"}, {Value: "reject", Key: "reject"},
		},
	}
	switch q.Answer = answers[q.Name]; q.Answer {
	case sameInstitution:
		l.matches[n] = models.InstitutionMatch{Same: there}
	case otherInstitution:
		row.Institution.ExternalKey = nil
	case "reject":
		row.Problems = append(row.Problems, importsheet.Problem{
			Row: row.Number, Column: "Nomor unik pada daftar", Key: "key_taken", Value: *row.Institution.ExternalKey,
		})
	default:
		q.Answer = ""
		row.Problems = append(row.Problems, importsheet.Problem{
			Row: row.Number, Column: "Nomor unik pada daftar", Key: "asked", Value: *row.Institution.ExternalKey, Asked: true,
		})
	}
	l.Questions = append(l.Questions, q)
}

// showInstitutionImport answers GET /petugas/lembaga/impor/:import.
func (d *desk) showInstitutionImport(c web.Context) error {
	return d.mappingPage(c, http.StatusOK, nil)
}

func (d *desk) mappingPage(c web.Context, status int, errs viewform.Errors) error {
	l, err := d.openInstitutions(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	page := imports.MappingPage{
		Import: l.Import, Layout: web.ImportLayout(l.Layout), Source: l.source, Errors: errs, Number: 1,
		Fields:    web.ImportFields(importsheet.InstitutionColumns()),
		Questions: web.ImportQuestions(ctx, l.Questions), Open: importsheet.Open(l.Questions),
	}
	if n, err := strconv.Atoi(c.QueryParam("halaman")); err == nil {
		page.Number = n
	}
	for n, r := range l.Rows {
		row := imports.Row{
			Label: strings.TrimSpace(r.Sheet + " " + strconv.Itoa(r.Number)), Title: r.Institution.Name,
			Facts: web.ImportFacts(ctx, r.Values), Problems: web.ImportProblems(r.Problems), Outcome: string(models.ImportNew),
		}
		switch same := l.matches[n].Same; {
		case len(r.Problems) > 0:
			page.Refused++
			row.Outcome = imports.Refused
		case same != nil:
			page.Known++
			row.Outcome, row.There = string(models.ImportSame), same.Name
		}
		page.Rows = append(page.Rows, row)
	}
	return d.Render(c, status, imports.Mapping(page))
}

// mapInstitutions answers POST /petugas/lembaga/impor/:import: which column is which, which list it is, and what the
// list leaves open.
func (d *desk) mapInstitutions(c web.Context) error {
	l, err := d.openInstitutions(c)
	if err != nil {
		return err
	}
	codes, _ := importsheet.InstitutionColumns()
	columns, err := web.PostedColumns(c, codes, l.Layout)
	if err != nil {
		return err
	}
	others, err := web.PostedAnswers(c, append(web.QuestionNames(l.Questions), sourceAnswer))
	if err != nil {
		return err
	}
	answers, sent := map[string]string{}, c.Request().PostForm
	for _, list := range []map[string]string{columns, others} {
		for name, value := range list {
			if sent.Has(name) {
				answers[name] = strings.TrimSpace(value)
			}
		}
	}
	var errs viewform.Errors
	name := importsheet.ColumnAnswer("name")
	if sent.Has(name) && answers[name] == "" {
		errs.Add(name, "imports.name_missing")
	}
	if len([]rune(answers[sourceAnswer])) > 100 {
		errs.Add(sourceAnswer, "form.too_long", "Max", 100)
	}
	again := func(status int) error { return d.mappingPage(c, status, errs) }
	return d.Act(c, web.Form{Errors: &errs, Again: again}, func() (web.Next, error) {
		ref := c.Param("import")
		return web.To(urls.InstitutionImport(ref)), d.Store.AnswerImport(c.Request().Context(), d.CurrentUser(c), ref, answers)
	})
}

// saveInstitutions answers POST /petugas/lembaga/impor/:import/simpan: the good rows enter as
// submitted, the others stand named on the page. Nothing is saved while a question is open.
func (d *desk) saveInstitutions(c web.Context) error {
	l, err := d.openInstitutions(c)
	if err != nil {
		return err
	}
	var good []models.Institution
	refused, same := 0, 0
	for n, r := range l.Rows {
		switch {
		case len(r.Problems) > 0:
			refused++
		case l.matches[n].Same != nil:
			same++
		default:
			good = append(good, r.Institution)
		}
	}
	var errs viewform.Errors
	if l.State == "uploaded" && importsheet.Open(l.Questions) > 0 {
		errs.Add("", models.ErrImportAsks.Key)
	}
	again := func(status int) error { return d.mappingPage(c, status, errs) }
	return d.Act(c, web.Form{Errors: &errs, Again: again}, func() (web.Next, error) {
		err := d.Store.SaveImportedInstitutions(c.Request().Context(), d.CurrentUser(c), l.Ref, l.source, good, same, refused)
		if errors.Is(err, models.ErrImportSaved) {
			err = nil // the second press
		}
		return web.To(urls.InstitutionImport(l.Ref)), err
	})
}

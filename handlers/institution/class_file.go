package institution

import (
	"bytes"
	"errors"
	"net/http"
	"strings"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/importsheet"
	"naikkelas/models"
	"naikkelas/views/application"
	viewform "naikkelas/views/form"
	"naikkelas/views/manage"
)

// exportApplicants answers GET /kelola/angkatan/:intake/pendaftar/unduh/:format.
func (d *desk) exportApplicants(c web.Context) error {
	ctx := c.Request().Context()
	reasons, err := d.Store.Reasons(ctx, models.RecordDropped)
	if err != nil {
		return err
	}
	if _, _, err := d.Store.OwnIntake(ctx, d.CurrentUser(c), c.Param("intake")); err != nil {
		return err // before the answer has begun
	}
	indonesian := i18n.With(ctx, i18n.ID)
	export := importsheet.NewApplicantExport(reasons, func(a models.ApplicantLine) string {
		return application.StateTag(indonesian, models.Application{State: a.State, CourseResult: a.CourseResult}).Label
	})
	w, err := d.SheetWriter(c, "pendaftar", export.Fields())
	if err != nil {
		return err
	}
	err = d.Store.ExportApplicants(ctx, d.CurrentUser(c), c.Param("intake"), func(a models.ApplicantLine) error {
		return w.Write(export.Row(a))
	})
	return errors.Join(err, w.Close())
}

// classWords are the words of the file in which the address's act is recorded.
func (d *desk) classWords(c web.Context) (importsheet.ClassWords, error) {
	reasons, err := d.Store.Reasons(c.Request().Context(), models.RecordDropped)
	return importsheet.NewClassWords(classAct(c), reasons), err
}

// classTemplate answers GET /kelola/angkatan/:intake/kelas/:act/templat/:format: the names, with what is recorded already.
func (d *desk) classTemplate(c web.Context) error {
	list, err := d.Store.ClassFile(c.Request().Context(), d.CurrentUser(c), c.Param("intake"), classAct(c))
	if err != nil {
		return err
	}
	words, err := d.classWords(c)
	if err != nil {
		return err
	}
	w, err := d.SheetWriter(c, c.Param("act"), words.Fields())
	if err != nil {
		return err
	}
	for _, r := range list {
		if err := w.Write(words.Row(r)); err != nil {
			return err
		}
	}
	return w.Close()
}

// classFileForm answers GET /kelola/angkatan/:intake/kelas/:act/berkas.
func (d *desk) classFileForm(c web.Context) error {
	f := classFile{desk: d, c: c}
	return f.show(http.StatusOK)
}

// classFile is a file in which something is recorded of a class, between its arrival and the check of what it says.
type classFile struct {
	*desk
	c     web.Context
	page  manage.ClassFilePage
	words importsheet.ClassWords
	rows  []importsheet.ClassLine // of the form's rows
}

func (f *classFile) show(status int) (err error) {
	if f.words, err = f.classWords(f.c); err != nil {
		return err
	}
	if err := f.readClass(f.c, &f.page.ClassPage); err != nil {
		return err
	}
	f.page.Words = f.words.Known(f.words.Heading("what"))
	return f.Render(f.c, status, manage.ClassFile(f.page))
}

// readClassFile answers POST /kelola/angkatan/:intake/kelas/:act/berkas: it shows what would be recorded, as the form of
// the class does, or what is wrong in each row. Nothing is recorded by it.
func (d *desk) readClassFile(c web.Context) error {
	f := classFile{desk: d, c: c, page: manage.ClassFilePage{ClassPage: manage.ClassPage{Act: classAct(c)}}}
	err := f.read()
	if err == nil && !f.wrong() {
		if err = f.blame(d.saveClass(c, f.page.ClassPage, true)); err == nil && !f.wrong() {
			return d.checkClass(c, f.page.ClassPage)
		}
	}
	if n := len(f.page.Faults); n > 0 {
		f.page.Errors.Add("file", "class.file.wrong", "Count", n)
	}
	return d.Act(c, web.Form{Errors: &f.page.Errors, Again: f.show}, func() (web.Next, error) { return web.Next{}, err })
}

func (f *classFile) wrong() bool { return len(f.page.Faults) > 0 || f.page.Errors.Any() }

// read reads the file into the page's form.
func (f *classFile) read() (err error) {
	ctx := f.c.Request().Context()
	content, name, err := web.PostedSheet(f.c)
	if err != nil {
		return err
	}
	if err := web.ReadForm(f.c, &f.page.Form); err != nil {
		return err
	}
	f.page.Form.Rows = nil
	if f.words, err = f.classWords(f.c); err != nil {
		return err
	}
	lines, err := f.words.Read(importsheet.File{Content: bytes.NewReader(content), Size: int64(len(content)), Name: name})
	if err != nil {
		return web.SheetRefusal(ctx, err, models.ClassAtOnce)
	}
	refs := make([]string, len(lines))
	for i, l := range lines {
		refs[i] = l.Ref
	}
	named, err := f.Store.ClassNamed(ctx, f.CurrentUser(f.c), f.c.Param("intake"), f.page.Act, refs)
	if err != nil {
		return err
	}
	for _, l := range lines {
		f.take(l, named)
	}
	if len(f.page.Faults) == 0 {
		return f.blame(errorsOf(f.page.Form.Check(f.page.Act)))
	}
	return nil
}

// errorsOf are the faults of a form as refusals.
func errorsOf(errs viewform.Errors) error {
	var list []error
	for _, e := range errs {
		list = append(list, &models.Refusal{Key: e.Key, Field: e.Field, Args: e.Args})
	}
	return errors.Join(list...)
}

// take puts a row of the file into the form, or says what is wrong in it. Whoever stands recorded as it says is left out,
// so that a file may come again.
func (f *classFile) take(l importsheet.ClassLine, named map[string]models.ClassRecord) {
	ctx := f.c.Request().Context()
	for _, p := range l.Problems {
		text := i18n.T(ctx, "imports.problem."+p.Key, "Value", p.Value)
		if p.Key == "unknown_word" {
			text = i18n.T(ctx, "class.file.unknown", "Value", p.Value, "Words", f.words.Known(p.Column))
		}
		f.page.Faults = append(f.page.Faults, manage.ClassFault{Row: l.Number, Column: p.Column, Text: text})
	}
	r, there := named[l.Ref]
	switch {
	case len(l.Problems) > 0:
	case !there:
		f.fault(l, "ref", i18n.T(ctx, "class.file.stranger", "Value", l.Ref))
	case !l.SameName(r.Name):
		f.fault(l, "name", i18n.T(ctx, "class.file.other_name", "Value", l.Ref))
	case l.What != "" && !recordedSo(r, l):
		f.rows = append(f.rows, l)
		f.page.Form.Rows = append(f.page.Form.Rows, manage.ClassRow{
			Ref: l.Ref, Version: r.Version, What: l.What, Reason: l.Reason, Text: l.Text, Number: l.Paper,
		})
	}
}

// recordedSo says whether somebody stands recorded as a row says. Reasons and notes of what is known already are not kept
// where a file could say them again, so an empty cell says nothing else.
func recordedSo(r models.ClassRecord, l importsheet.ClassLine) bool {
	same := func(said, stands string) bool { return said == "" || said == stands }
	known := r.State == models.Dropped || r.State == models.Completed
	return r.What == l.What && (known || same(l.Reason, r.Reason) && same(l.Text, r.Text)) && same(l.Paper, r.Number)
}

func (f *classFile) fault(l importsheet.ClassLine, column, text string) {
	f.page.Faults = append(f.page.Faults, manage.ClassFault{Row: l.Number, Column: f.words.Heading(column), Text: text})
}

// blame turns what is refused of the form's rows into faults of the file's. What is refused of anything else stays.
func (f *classFile) blame(err error) error {
	var errs viewform.Errors
	web.AddRefusals(&errs, err)
	if len(errs) == 0 {
		return err
	}
	for i, l := range f.rows {
		for _, column := range []string{"what", "reason", "text", "number"} {
			if text := errs.Text(f.c.Request().Context(), manage.RowField(i, column)); text != "" {
				f.fault(l, column, text)
			}
		}
	}
	for _, e := range errs {
		if !strings.HasPrefix(e.Field, "rows[") {
			f.page.Errors.Add(e.Field, e.Key, e.Args...)
		}
	}
	return nil
}

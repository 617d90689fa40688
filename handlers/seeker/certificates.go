package seeker

import (
	"context"
	"errors"
	"net/http"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/certificate"
	viewform "naikkelas/views/form"
	"naikkelas/views/upload"
)

// listCertificates answers GET /saya/sertifikat.
func (d *desk) listCertificates(c web.Context) error {
	list, err := d.Store.CertificateLibrary(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	deleted, err := d.Store.DeletedCertificates(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	types, err := d.CertificateTypes(c)
	if err != nil {
		return err
	}
	other, err := d.Store.OtherCertificates(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	page := certificate.ListPage{Certificates: list, Deleted: deleted, Types: types, Other: other}
	if err := d.addPapers(c, &page); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, certificate.List(page))
}

// noCertificate answers GET /saya/sertifikat/belum-ada.
func (d *desk) noCertificate(c web.Context) error {
	return d.Render(c, http.StatusOK, certificate.None())
}

// newCertificateForm answers GET /saya/sertifikat/baru: first the kinds, then the form of the one in
// the address. The form's token stands in the address too, so that the browser's Back leads to what was saved.
func (d *desk) newCertificateForm(c web.Context) (err error) {
	form := certificate.Form{Token: c.QueryParam("token"), Type: c.QueryParam("jenis"), Holder: d.CurrentUser(c).Name}
	page := certificate.EditPage{Form: form}
	if page.Types, err = d.Store.CertificateTypes(c.Request().Context()); err != nil {
		return err
	}
	if _, ok := page.Type(); !ok {
		return d.editCertificatePage(c, http.StatusOK, page)
	}
	saved, err := d.savedBy(c, &page.Form)
	switch {
	case err != nil:
		return err
	case saved != "":
		return d.Lead(c, web.Told(urls.Certificate(saved), "info", "certificate.new.saved_already"))
	case page.Form.Token != c.QueryParam("token"):
		return d.Redirect(c, ambient.From(c.Request().Context()).Along(urls.NewCertificateForm(page.Form.Type, page.Form.Token)))
	}
	return d.editCertificatePage(c, http.StatusOK, page)
}

// savedBy finds the certificate that the form has made, empty for none yet. A token that is none, or whose
// certificate was deleted, is exchanged for a new one.
func (d *desk) savedBy(c web.Context, f *certificate.Form) (ref string, err error) {
	var made models.Certificate
	if uuid.Validate(f.Token) == nil {
		made, err = d.Store.CertificateOfForm(c.Request().Context(), d.CurrentUser(c), f.Token)
		if errors.Is(err, models.ErrNotFound) {
			return "", nil
		}
		if err != nil || made.DeletedAt == nil {
			return made.Ref, err
		}
	}
	f.Token = uuid.NewString()
	return "", nil
}

// editCertificatePage shows the form for the chosen type, or the list of types when there is none such.
func (d *desk) editCertificatePage(c web.Context, status int, page certificate.EditPage) (err error) {
	ctx := c.Request().Context()
	if page.Types == nil {
		if page.Types, err = d.Store.CertificateTypes(ctx); err != nil {
			return err
		}
	}
	if _, ok := page.Type(); !ok {
		return d.Render(c, status, certificate.Types(certificate.TypesPage{Types: page.Types}))
	}
	if page.Levels, err = d.Store.CertificateLevels(ctx, page.Form.Type); err != nil {
		return err
	}
	page.Settle()
	if page.Countries, err = d.Store.Destinations(ctx); err != nil {
		return err
	}
	if page.Ref == "" {
		if page.Library, err = d.Store.ReusableUploads(ctx, d.CurrentUser(c)); err != nil {
			return err
		}
		if page.Unfinished, err = d.Store.UnfinishedPartials(ctx, d.CurrentUser(c), "certificate"); err != nil {
			return err
		}
	}
	return d.Render(c, status, certificate.Edit(page))
}

// newCertificate answers POST /saya/sertifikat/baru. Files that are good are kept even when the
// rest of the form is not.
func (d *desk) newCertificate(c web.Context) error {
	page := certificate.EditPage{Answer: true}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	saved, err := d.savedBy(c, &page.Form)
	if err != nil {
		return err
	}
	if saved != "" {
		return d.Redirect(c, urls.Certificate(saved))
	}
	files, err := d.receiveForCertificate(c, &page)
	if err != nil {
		return err
	}
	if page.Form.Retype != "" {
		if err := d.keepForCertificate(c, &page, files); err != nil {
			return err
		}
		if web.NotTaken(c, "files") == nil {
			page.Errors = nil
		}
		return d.editCertificatePage(c, http.StatusOK, page)
	}
	if page.Types, err = d.Store.CertificateTypes(c.Request().Context()); err != nil {
		return err
	}
	if err := d.checkCertificate(c, &page); err != nil {
		return err
	}
	if page.Errors.Any() {
		if err := d.keepForCertificate(c, &page, files); err != nil {
			return err
		}
	}
	again := func(status int) error { return d.editCertificatePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ref, err := d.createCertificate(c, &page, files)
		return web.To(urls.Certificate(ref)), err
	})
}

// receiveForCertificate stores the new files of the form, and finds those of an earlier try again.
func (d *desk) receiveForCertificate(c web.Context, page *certificate.EditPage) ([]models.NewUpload, error) {
	for _, ref := range page.Form.Uploads {
		u, err := d.Store.Upload(c.Request().Context(), d.CurrentUser(c), ref)
		if err != nil {
			return nil, err
		}
		page.Received = append(page.Received, u)
	}
	files, err := d.storeFiles(c, "files", "certificate", &page.Errors)
	if err == nil && len(page.Received)+len(files) == 0 && !page.Errors.Any() {
		page.Errors.Add("files", "upload.none")
	}
	return files, err
}

// keepForCertificate takes the new files into the library, for the form that is shown again with them.
func (d *desk) keepForCertificate(c web.Context, page *certificate.EditPage, files []models.NewUpload) error {
	kept, err := d.keepFiles(c, "files", files, &page.Errors)
	page.Received = append(page.Received, kept...)
	return err
}

// createCertificate makes the draft of the whole form, with its files. They stay in the form when what was typed
// is refused.
func (d *desk) createCertificate(c web.Context, page *certificate.EditPage, files []models.NewUpload) (ref string, err error) {
	ctx := c.Request().Context()
	in := models.NewCertificate{
		Token: page.Form.Token, Input: page.Form.Input(), Files: models.SentFiles{Library: page.Form.Uploads, New: files},
	}
	if a := ambient.From(ctx).Applying; a != nil {
		in.Application = a.Ref
	}
	made, kept, err := d.Store.CreateCertificate(ctx, d.CurrentUser(c), in)
	d.files.DropUnused(ctx, files, kept, err)
	if len(kept) > 0 {
		page.Received = kept
	}
	return made.Ref, err
}

// showCertificate answers GET /saya/sertifikat/:certificate.
func (d *desk) showCertificate(c web.Context) error {
	return d.reviewPage(c, http.StatusOK, nil)
}

func (d *desk) reviewPage(c web.Context, status int, errs viewform.Errors) error {
	ctx := c.Request().Context()
	v, err := d.Store.Certificate(ctx, d.CurrentUser(c), c.Param("certificate"))
	if err != nil {
		return err
	}
	whole, err := d.Store.OwnProfile(ctx, d.CurrentUser(c))
	if err != nil {
		return err
	}
	page := certificate.ReviewPage{Certificate: v, Errors: errs, Name: whole.User.Name, Passport: whole.Profile.PassportName}
	page.Warnings = models.CertificateWarnings(v, whole, d.Store.Now())
	if v.Editable() {
		if page.Library, err = d.Store.ReusableUploads(ctx, d.CurrentUser(c)); err != nil {
			return err
		}
		if page.Unfinished, err = d.Store.UnfinishedPartials(ctx, d.CurrentUser(c), "certificate"); err != nil {
			return err
		}
	}
	if page.Reasons, err = d.Store.ReasonTexts(ctx); err != nil {
		return err
	}
	return d.Render(c, status, certificate.Review(page))
}

// addCertificateUploads answers POST /saya/sertifikat/:certificate/berkas.
func (d *desk) addCertificateUploads(c web.Context) error {
	var form struct {
		Uploads []string `form:"uploads"`
	}
	if err := web.ReadForm(c, &form); err != nil {
		return err
	}
	ctx, ref := c.Request().Context(), c.Param("certificate")
	v, err := d.Store.Certificate(ctx, d.CurrentUser(c), ref)
	if err != nil {
		return err
	}
	if !v.Editable() {
		return d.Redirect(c, urls.Certificate(ref))
	}
	var errs viewform.Errors
	files, err := d.storeFiles(c, "files", "certificate", &errs)
	if err != nil {
		return err
	}
	sent := models.SentFiles{Library: form.Uploads, New: files} // of the library are those that came before the form, in pieces
	if !sent.Any() && !errs.Any() {
		errs.Add("files", "upload.none")
	}
	kept, err := d.attachFiles(c, ref, sent, &errs)
	if err != nil {
		return err
	}
	again := func(status int) error { return d.reviewPage(c, status, errs) }
	return d.Act(c, web.Form{Errors: &errs, Again: again}, func() (web.Next, error) {
		return received(kept, urls.Certificate(ref)), nil
	})
}

// attachFiles ties files to a certificate; what refuses them is added to errs.
func (d *desk) attachFiles(c web.Context, ref string, sent models.SentFiles, errs *viewform.Errors) ([]models.Upload, error) {
	if !sent.Any() {
		return nil, nil
	}
	ctx := c.Request().Context()
	list, err := d.Store.AttachUploads(ctx, d.CurrentUser(c), ref, sent)
	d.files.DropUnused(ctx, sent.New, list, err)
	if _, refused := errors.AsType[*models.Refusal](err); refused {
		web.AddRefusals(errs, err)
		return nil, nil
	}
	return list, err
}

// raiseUpload answers POST /saya/sertifikat/:certificate/naikkan.
func (d *desk) raiseUpload(c web.Context) error {
	var f uploadForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	next := web.SaidAt(urls.Certificate(c.Param("certificate")), upload.PartID(f.Upload), "certificate.review.raised")
	return d.certificateAct(c, next, f.of(d.Store.RaiseUpload))
}

// An uploadForm is a button beside one file of a certificate.
type uploadForm struct {
	Upload string `form:"upload"`
}

// of makes an act on the file that the form names one on its certificate.
func (f uploadForm) of(act func(context.Context, models.User, string, string) error) func(context.Context, models.User, string) error {
	return func(ctx context.Context, u models.User, ref string) error { return act(ctx, u, ref, f.Upload) }
}

// detachUpload answers POST /saya/sertifikat/:certificate/lepas.
func (d *desk) detachUpload(c web.Context) error {
	var f uploadForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ref := c.Param("certificate")
	next := web.Undoable(urls.Certificate(ref), "certificate.review.detached", urls.AttachUpload(ref, f.Upload), "certificate.review.attach")
	return d.certificateAct(c, next, f.of(d.Store.DetachUpload))
}

// attachUpload answers POST /saya/sertifikat/:certificate/berkas/:upload: a file that was taken out is part of it
// again, as its last.
func (d *desk) attachUpload(c web.Context) error {
	f := uploadForm{c.Param("upload")}
	next := web.SaidAt(urls.Certificate(c.Param("certificate")), upload.PartID(f.Upload), "certificate.review.attached")
	return d.certificateAct(c, next, f.of(d.Store.AttachUpload))
}

// editCertificateForm answers GET /saya/sertifikat/:certificate/ubah.
func (d *desk) editCertificateForm(c web.Context) error {
	v, err := d.Store.Certificate(c.Request().Context(), d.CurrentUser(c), c.Param("certificate"))
	if err != nil {
		return err
	}
	if !v.Editable() {
		return d.Redirect(c, urls.Certificate(v.Ref))
	}
	return d.editCertificatePage(c, http.StatusOK, certificate.EditPage{Ref: v.Ref, Form: certificate.FormOf(v)})
}

// editCertificate answers POST /saya/sertifikat/:certificate/ubah.
func (d *desk) editCertificate(c web.Context) error {
	page := certificate.EditPage{Ref: c.Param("certificate")}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if _, err := d.Store.Certificate(ctx, u, page.Ref); err != nil {
		return err
	}
	if page.Form.Retype != "" {
		return d.editCertificatePage(c, http.StatusOK, page)
	}
	return d.saveCertificate(c, page, urls.Certificate(page.Ref))
}

// takeHint answers POST /saya/sertifikat/:certificate/terbaca: what a machine read is right, says the
// owner. It is checked like what they type, and stands in the form where it does not fit.
func (d *desk) takeHint(c web.Context) error {
	var hint certificate.HintForm
	if err := web.ReadForm(c, &hint); err != nil {
		return err
	}
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	v, err := d.Store.Certificate(ctx, u, c.Param("certificate"))
	if err != nil {
		return err
	}
	page := certificate.EditPage{Ref: v.Ref, Form: certificate.FormOf(v)}
	if !hint.Into(&page.Form) {
		return web.ErrBadForm
	}
	return d.saveCertificate(c, page, urls.Certificate(v.Ref)+"#isian")
}

// saveCertificate checks and saves a changed certificate and leads on, or shows the form again.
func (d *desk) saveCertificate(c web.Context, page certificate.EditPage, to string) error {
	var err error
	if page.Types, err = d.Store.CertificateTypes(c.Request().Context()); err != nil {
		return err
	}
	if err := d.checkCertificate(c, &page); err != nil {
		return err
	}
	again := func(status int) error { return d.editCertificatePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return web.To(to), d.Store.UpdateCertificate(c.Request().Context(), d.CurrentUser(c), page.Ref, page.Form.Input())
	})
}

// checkCertificate notes all that is wrong with what was typed, the days among it, beside what is wrong with
// the files.
func (d *desk) checkCertificate(c web.Context, page *certificate.EditPage) error {
	for _, e := range page.Check() {
		page.Errors.Add(e.Field, e.Key, e.Args...)
	}
	wrong, err := d.Store.CertificateDates(c.Request().Context(), d.CurrentUser(c), page.Form.Input())
	for _, r := range wrong {
		page.Errors.Add(r.Field, r.Key, r.Args...)
	}
	return err
}

package handlers

import (
	"errors"
	"net/http"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/certificate"
	viewform "naikkelas/views/form"
	"naikkelas/views/upload"
)

// listCertificates answers GET /saya/sertifikat.
func (h *Handlers) listCertificates(c echo.Context) error {
	list, err := h.Store.CertificateLibrary(c.Request().Context(), h.currentUser(c))
	if err != nil {
		return err
	}
	deleted, err := h.Store.DeletedCertificates(c.Request().Context(), h.currentUser(c))
	if err != nil {
		return err
	}
	types, err := h.certificateTypes(c)
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, certificate.List(certificate.ListPage{Certificates: list, Deleted: deleted, Types: types}))
}

// noCertificate answers GET /saya/sertifikat/belum-ada.
func (h *Handlers) noCertificate(c echo.Context) error {
	return h.render(c, http.StatusOK, certificate.None())
}

// newCertificateForm answers GET /saya/sertifikat/baru: first the kinds, then the form of the one in
// the address. The form's token stands in the address too, so that the browser's Back leads to what was saved.
func (h *Handlers) newCertificateForm(c echo.Context) (err error) {
	page := certificate.EditPage{Form: certificate.Form{Token: c.QueryParam("token"), Type: c.QueryParam("jenis"), Holder: h.currentUser(c).Name}}
	if page.Types, err = h.Store.CertificateTypes(c.Request().Context()); err != nil {
		return err
	}
	if _, ok := page.Type(); !ok {
		return h.editCertificatePage(c, http.StatusOK, page)
	}
	saved, err := h.savedBy(c, &page.Form)
	switch {
	case err != nil:
		return err
	case saved != "":
		if err := h.flash(c, "info", "certificate.new.saved_already"); err != nil {
			return err
		}
		return h.redirect(c, urls.Certificate(saved))
	case page.Form.Token != c.QueryParam("token"):
		return h.redirect(c, ambient.From(c.Request().Context()).Along(urls.NewCertificateForm(page.Form.Type, page.Form.Token)))
	}
	return h.editCertificatePage(c, http.StatusOK, page)
}

// savedBy finds the certificate that the form has made, empty for none yet. A token that is none, or whose
// certificate was deleted, is exchanged for a new one.
func (h *Handlers) savedBy(c echo.Context, f *certificate.Form) (ref string, err error) {
	var made models.Certificate
	if uuid.Validate(f.Token) == nil {
		made, err = h.Store.CertificateOfForm(c.Request().Context(), h.currentUser(c), f.Token)
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
func (h *Handlers) editCertificatePage(c echo.Context, status int, page certificate.EditPage) (err error) {
	ctx := c.Request().Context()
	if page.Types == nil {
		if page.Types, err = h.Store.CertificateTypes(ctx); err != nil {
			return err
		}
	}
	if _, ok := page.Type(); !ok {
		return h.render(c, status, certificate.Types(certificate.TypesPage{Types: page.Types}))
	}
	if page.Levels, err = h.Store.CertificateLevels(ctx, page.Form.Type); err != nil {
		return err
	}
	page.Settle()
	if page.Countries, err = h.Store.Destinations(ctx); err != nil {
		return err
	}
	if page.Ref == "" {
		if page.Library, err = h.Store.ReusableUploads(ctx, h.currentUser(c)); err != nil {
			return err
		}
		if page.Unfinished, err = h.Store.UnfinishedPartials(ctx, h.currentUser(c), "certificate"); err != nil {
			return err
		}
	}
	return h.render(c, status, certificate.Edit(page))
}

// newCertificate answers POST /saya/sertifikat/baru. Files that are good are kept even when the
// rest of the form is not.
func (h *Handlers) newCertificate(c echo.Context) error {
	page := certificate.EditPage{Answer: true}
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	saved, err := h.savedBy(c, &page.Form)
	if err != nil {
		return err
	}
	if saved != "" {
		return h.redirect(c, urls.Certificate(saved))
	}
	if err := h.receiveForCertificate(c, &page); err != nil {
		return err
	}
	if page.Form.Retype != "" {
		page.Errors = nil
		return h.editCertificatePage(c, http.StatusOK, page)
	}
	if page.Types, err = h.Store.CertificateTypes(c.Request().Context()); err != nil {
		return err
	}
	if err := h.checkCertificate(c, &page); err != nil {
		return err
	}
	if !page.Errors.Any() {
		ref, err := h.createCertificate(c, page)
		if err == nil {
			return h.redirect(c, urls.Certificate(ref))
		}
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
	}
	return h.editCertificatePage(c, http.StatusUnprocessableEntity, page)
}

// receiveForCertificate takes the new files of the form, and finds those of an earlier try again.
func (h *Handlers) receiveForCertificate(c echo.Context, page *certificate.EditPage) error {
	for _, ref := range page.Form.Uploads {
		u, err := h.Store.Upload(c.Request().Context(), h.currentUser(c), ref)
		if err != nil {
			return err
		}
		page.Received = append(page.Received, u)
	}
	kept, err := h.receiveFiles(c, "files", "certificate", &page.Errors)
	page.Received = append(page.Received, kept...)
	if err == nil && len(page.Received) == 0 && !page.Errors.Any() {
		page.Errors.Add("files", "upload.none")
	}
	return err
}

// createCertificate makes the draft and ties the files to it.
func (h *Handlers) createCertificate(c echo.Context, page certificate.EditPage) (ref string, err error) {
	ctx, u := c.Request().Context(), h.currentUser(c)
	made, err := h.Store.CreateCertificate(ctx, u, page.Form.Token, page.Form.Input())
	if err != nil {
		return "", err
	}
	if err := h.attach(c, made.Ref, page.Received); err != nil {
		return "", err
	}
	if a := ambient.From(ctx).Applying; a != nil {
		if err := h.Store.AddToApplication(ctx, u, a.Ref, made.Ref); err != nil && !errors.Is(err, models.ErrNotEditable) {
			return "", err
		}
	}
	return made.Ref, nil
}

func (h *Handlers) attach(c echo.Context, ref string, uploads []models.Upload) error {
	for _, upload := range uploads {
		if err := h.Store.AttachUpload(c.Request().Context(), h.currentUser(c), ref, upload.Ref); err != nil {
			return err
		}
	}
	return nil
}

// showCertificate answers GET /saya/sertifikat/:certificate.
func (h *Handlers) showCertificate(c echo.Context) error {
	return h.reviewPage(c, http.StatusOK, nil)
}

func (h *Handlers) reviewPage(c echo.Context, status int, errs viewform.Errors) error {
	ctx := c.Request().Context()
	v, err := h.Store.Certificate(ctx, h.currentUser(c), c.Param("certificate"))
	if err != nil {
		return err
	}
	whole, err := h.Store.OwnProfile(ctx, h.currentUser(c))
	if err != nil {
		return err
	}
	page := certificate.ReviewPage{Certificate: v, Errors: errs, Name: whole.User.Name, Passport: whole.Profile.PassportName}
	page.Warnings = models.CertificateWarnings(v, whole, h.Store.Now())
	if v.Editable() {
		if page.Library, err = h.Store.ReusableUploads(ctx, h.currentUser(c)); err != nil {
			return err
		}
		if page.Unfinished, err = h.Store.UnfinishedPartials(ctx, h.currentUser(c), "certificate"); err != nil {
			return err
		}
	}
	if page.Reasons, err = h.Store.ReasonTexts(ctx); err != nil {
		return err
	}
	return h.render(c, status, certificate.Review(page))
}

// addCertificateUploads answers POST /saya/sertifikat/:certificate/berkas.
func (h *Handlers) addCertificateUploads(c echo.Context) error {
	var form struct {
		Uploads []string `form:"uploads"`
	}
	if err := readForm(c, &form); err != nil {
		return err
	}
	ctx, ref := c.Request().Context(), c.Param("certificate")
	v, err := h.Store.Certificate(ctx, h.currentUser(c), ref)
	if err != nil {
		return err
	}
	if !v.Editable() {
		return h.redirect(c, urls.Certificate(ref))
	}
	var errs viewform.Errors
	kept, err := h.receiveFiles(c, "files", "certificate", &errs)
	if err != nil {
		return err
	}
	for _, upload := range form.Uploads { // sent before the form, in pieces
		u, err := h.Store.Upload(c.Request().Context(), h.currentUser(c), upload)
		if err != nil {
			return err
		}
		kept = append(kept, u)
	}
	if err := h.attach(c, ref, kept); err != nil {
		return err
	}
	if len(kept) == 0 && !errs.Any() {
		errs.Add("files", "upload.none")
	}
	if errs.Any() {
		return h.reviewPage(c, http.StatusUnprocessableEntity, errs)
	}
	return h.received(c, kept, urls.Certificate(ref))
}

// raiseUpload answers POST /saya/sertifikat/:certificate/naikkan.
func (h *Handlers) raiseUpload(c echo.Context) error {
	var f struct {
		Upload string `form:"upload"`
	}
	if err := readForm(c, &f); err != nil {
		return err
	}
	ref := c.Param("certificate")
	if err := h.Store.RaiseUpload(c.Request().Context(), h.currentUser(c), ref, f.Upload); err != nil {
		return h.afterAct(c, err, "", urls.Certificate(ref))
	}
	return h.doneAt(c, "certificate.review.raised", urls.Certificate(ref), upload.PartID(f.Upload))
}

// detachUpload answers POST /saya/sertifikat/:certificate/lepas.
func (h *Handlers) detachUpload(c echo.Context) error {
	var f struct {
		Upload string `form:"upload"`
	}
	if err := readForm(c, &f); err != nil {
		return err
	}
	ref := c.Param("certificate")
	if err := h.Store.DetachUpload(c.Request().Context(), h.currentUser(c), ref, f.Upload); err != nil {
		return err
	}
	return h.undoable(c, "certificate.review.detached", urls.Certificate(ref), urls.AttachUpload(ref, f.Upload), "certificate.review.attach")
}

// attachUpload answers POST /saya/sertifikat/:certificate/berkas/:upload: a file that was taken out is part of it
// again, as its last.
func (h *Handlers) attachUpload(c echo.Context) error {
	ref, attached := c.Param("certificate"), c.Param("upload")
	if err := h.Store.AttachUpload(c.Request().Context(), h.currentUser(c), ref, attached); err != nil {
		return h.afterAct(c, err, "", urls.Certificate(ref))
	}
	return h.doneAt(c, "certificate.review.attached", urls.Certificate(ref), upload.PartID(attached))
}

// editCertificateForm answers GET /saya/sertifikat/:certificate/ubah.
func (h *Handlers) editCertificateForm(c echo.Context) error {
	v, err := h.Store.Certificate(c.Request().Context(), h.currentUser(c), c.Param("certificate"))
	if err != nil {
		return err
	}
	if !v.Editable() {
		return h.redirect(c, urls.Certificate(v.Ref))
	}
	return h.editCertificatePage(c, http.StatusOK, certificate.EditPage{Ref: v.Ref, Form: certificate.FormOf(v)})
}

// editCertificate answers POST /saya/sertifikat/:certificate/ubah.
func (h *Handlers) editCertificate(c echo.Context) error {
	page := certificate.EditPage{Ref: c.Param("certificate")}
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	ctx, u := c.Request().Context(), h.currentUser(c)
	if _, err := h.Store.Certificate(ctx, u, page.Ref); err != nil {
		return err
	}
	if page.Form.Retype != "" {
		return h.editCertificatePage(c, http.StatusOK, page)
	}
	return h.saveCertificate(c, page, urls.Certificate(page.Ref))
}

// takeHint answers POST /saya/sertifikat/:certificate/terbaca: what a machine read is right, says the
// owner. It is checked like what they type, and stands in the form where it does not fit.
func (h *Handlers) takeHint(c echo.Context) error {
	var hint certificate.HintForm
	if err := readForm(c, &hint); err != nil {
		return err
	}
	ctx, u := c.Request().Context(), h.currentUser(c)
	v, err := h.Store.Certificate(ctx, u, c.Param("certificate"))
	if err != nil {
		return err
	}
	page := certificate.EditPage{Ref: v.Ref, Form: certificate.FormOf(v)}
	if !hint.Into(&page.Form) {
		return echo.NewHTTPError(http.StatusBadRequest)
	}
	return h.saveCertificate(c, page, urls.Certificate(v.Ref)+"#isian")
}

// saveCertificate checks and saves a changed certificate and leads on, or shows the form again.
func (h *Handlers) saveCertificate(c echo.Context, page certificate.EditPage, to string) error {
	var err error
	if page.Types, err = h.Store.CertificateTypes(c.Request().Context()); err != nil {
		return err
	}
	if err := h.checkCertificate(c, &page); err != nil {
		return err
	}
	if !page.Errors.Any() {
		err := h.Store.UpdateCertificate(c.Request().Context(), h.currentUser(c), page.Ref, page.Form.Input())
		if err == nil {
			return h.redirect(c, to)
		}
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
	}
	return h.editCertificatePage(c, http.StatusUnprocessableEntity, page)
}

// checkCertificate notes all that is wrong with what was typed, the days among it, beside what is wrong with
// the files.
func (h *Handlers) checkCertificate(c echo.Context, page *certificate.EditPage) error {
	for _, e := range page.Check() {
		page.Errors.Add(e.Field, e.Key, e.Args...)
	}
	wrong, err := h.Store.CertificateDates(c.Request().Context(), h.currentUser(c), page.Form.Input())
	for _, r := range wrong {
		page.Errors.Add(r.Field, r.Key, r.Args...)
	}
	return err
}

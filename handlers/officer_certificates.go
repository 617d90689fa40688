package handlers

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
	viewform "naikkelas/views/form"
	"naikkelas/views/officer"
)

// certificateDesk answers GET /petugas/sertifikat.
func (h *Handlers) certificateDesk(c echo.Context) error {
	page := officer.CertificatesPage{List: models.CertificateList(c.QueryParam("daftar"))}
	var err error
	if page.Onward, err = h.chooses(c, officer.OnwardParam, onwardKey); err != nil {
		return err
	}
	if !slices.Contains(models.CertificateLists, page.List) {
		page.List = models.CertificatesWaiting
	}
	if page.Page, err = h.Store.CertificateDesk(c.Request().Context(), h.currentUser(c), page.List, c.QueryParam("sesudah")); err != nil {
		return err
	}
	if page.Types, err = h.certificateTypes(c); err != nil {
		return err
	}
	return h.render(c, http.StatusOK, officer.Certificates(page))
}

// takeNextCertificate answers POST /petugas/sertifikat: the oldest that waits is taken and shown.
func (h *Handlers) takeNextCertificate(c echo.Context) error {
	ref, err := h.Store.TakeNextCertificate(c.Request().Context(), h.currentUser(c))
	if errors.Is(err, models.ErrNotFound) {
		return h.done(c, "officer.queue.empty", urls.OfficerCertificates())
	}
	if err != nil {
		return err
	}
	return h.redirect(c, urls.OfficerCertificate(ref))
}

// showOfficerCertificate answers GET /petugas/sertifikat/:certificate.
func (h *Handlers) showOfficerCertificate(c echo.Context) error {
	return h.officerCertificate(c, http.StatusOK, officer.CertificatePage{})
}

func (h *Handlers) officerCertificate(c echo.Context, status int, page officer.CertificatePage) (err error) {
	ctx, u := c.Request().Context(), h.currentUser(c)
	page.Me = u.ID
	if page.Compare, err = h.compares(c); err != nil {
		return err
	}
	if page.Certificate, err = h.Store.ReviewCertificate(ctx, u, c.Param("certificate")); err != nil {
		return h.certificateGone(c, err)
	}
	if page.Reasons, err = h.certificateReasons(ctx); err != nil {
		return err
	}
	if page.Texts, err = h.Store.ReasonTexts(ctx); err != nil {
		return err
	}
	return h.render(c, status, officer.Certificate(page))
}

// What an officer chooses for the way they work lasts from page to page: two panes, and that the next
// certificate comes by itself.
const (
	compareKey = "compare"
	onwardKey  = "onward"
)

// compares says whether papers stand in two panes.
func (h *Handlers) compares(c echo.Context) (bool, error) {
	return h.chooses(c, officer.CompareParam, compareKey)
}

// chooses says whether an officer wants what key keeps; the address changes it by its parameter.
func (h *Handlers) chooses(c echo.Context, param, key string) (bool, error) {
	switch c.QueryParam(param) {
	case officer.ChoiceOn:
		return true, h.remember(c, key, officer.ChoiceOn)
	case officer.ChoiceOff:
		return false, h.remember(c, key, "")
	}
	return h.remembered(c, key) != "", nil
}

// certificateReasons are the lists of reasons that belong to the decisions about a certificate.
func (h *Handlers) certificateReasons(ctx context.Context) (map[models.CertificateState][]models.ReasonCode, error) {
	lists := map[models.CertificateState][]models.ReasonCode{}
	for outcome, kinds := range models.CertificateReasons {
		list, err := h.Store.Reasons(ctx, kinds[0])
		if err != nil {
			return nil, err
		}
		lists[outcome] = list
	}
	return lists, nil
}

// takeCertificate answers POST /petugas/sertifikat/:certificate/ambil.
func (h *Handlers) takeCertificate(c echo.Context) error {
	var f struct {
		Version int `form:"version"`
	}
	if err := readForm(c, &f); err != nil {
		return err
	}
	err := h.Store.TakeCertificate(c.Request().Context(), h.currentUser(c), c.Param("certificate"), f.Version)
	if err != nil {
		return h.certificateOvertaken(c, err)
	}
	return h.redirect(c, urls.OfficerCertificate(c.Param("certificate")))
}

// releaseCertificate answers POST /petugas/sertifikat/:certificate/lepas.
func (h *Handlers) releaseCertificate(c echo.Context) error {
	err := h.Store.ReleaseCertificate(c.Request().Context(), h.currentUser(c), c.Param("certificate"))
	if err != nil {
		return h.certificateOvertaken(c, err)
	}
	return h.done(c, "officer.certificates.released", urls.OfficerCertificates(), "Ref", c.Param("certificate"))
}

// certificateOvertaken shows the certificate as it is now to an officer whom a colleague forestalled.
func (h *Handlers) certificateOvertaken(c echo.Context, err error) error {
	if overtaken(err) || errors.Is(err, models.ErrCertificateNow) {
		return h.officerCertificate(c, http.StatusConflict, officer.CertificatePage{Stale: true})
	}
	return h.certificateGone(c, err)
}

// certificateGone leads back to the list when the owner has deleted the certificate meanwhile.
func (h *Handlers) certificateGone(c echo.Context, err error) error {
	if !errors.Is(err, models.ErrCertificateGone) {
		return err
	}
	if err := h.flash(c, "error", models.ErrCertificateGone.Key); err != nil {
		return err
	}
	return h.redirect(c, urls.OfficerCertificates())
}

// decideCertificate answers POST /petugas/sertifikat/:certificate/putuskan.
func (h *Handlers) decideCertificate(c echo.Context) error {
	var page officer.CertificatePage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	var err error
	page.Errors, err = h.decide(c, page.Form)
	switch {
	case err == nil && !page.Errors.Any():
		return h.afterCertificate(c, page.Form)
	case err == nil:
		return h.officerCertificate(c, http.StatusUnprocessableEntity, page)
	case overtaken(err):
		page.Stale = true
		return h.officerCertificate(c, http.StatusConflict, page)
	}
	return h.certificateGone(c, err)
}

// afterCertificate says what was decided, and leads to the next certificate where the officer wants that.
func (h *Handlers) afterCertificate(c echo.Context, f officer.CertificateForm) error {
	next := urls.OfficerCertificates()
	if f.Next != "" && h.remembered(c, onwardKey) != "" {
		ref, err := h.Store.NextCertificate(c.Request().Context(), h.currentUser(c))
		switch {
		case err == nil:
			next = urls.OfficerCertificate(ref)
		case !errors.Is(err, models.ErrNotFound):
			return err
		}
	}
	//i18n:family officer.certificates.decided.*
	return h.done(c, "officer.certificates.decided."+f.Outcome, next, "Ref", c.Param("certificate"))
}

// decide records a decision about the certificate in the address. Errors are what the officer can mend;
// a stale decision stays an error.
func (h *Handlers) decide(c echo.Context, f officer.CertificateForm) (errs viewform.Errors, err error) {
	ref := c.Param("certificate")
	errs = f.Check()
	if !errs.Any() {
		err = h.Store.DecideCertificate(c.Request().Context(), h.currentUser(c), ref, f.Decision())
		if overtaken(err) {
			return nil, err
		}
	}
	if err != nil {
		err = refusal(err, &errs)
	}
	return officer.CertificateErrors(errs, f, ref), err
}

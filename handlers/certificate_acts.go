package handlers

import (
	"errors"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/certificate"
	viewform "naikkelas/views/form"
)

// submitCertificate answers POST /saya/sertifikat/:certificate/kirim.
func (h *Handlers) submitCertificate(c echo.Context) error {
	ref := c.Param("certificate")
	err := h.Store.SubmitCertificate(c.Request().Context(), h.currentUser(c), ref)
	if err == nil {
		return h.submitted(c, ref)
	}
	var errs viewform.Errors
	if err := refusal(err, &errs); err != nil {
		return err
	}
	return h.reviewPage(c, http.StatusUnprocessableEntity, errs)
}

// submitted leads back to the certificate when an application waits for it, which it names, and to the library
// otherwise.
func (h *Handlers) submitted(c echo.Context, ref string) error {
	v, err := h.Store.Certificate(c.Request().Context(), h.currentUser(c), ref)
	if err != nil {
		return err
	}
	to := urls.Certificates()
	if v.Awaited() != nil {
		to = urls.Certificate(ref)
	}
	return h.done(c, "certificate.review.submitted", to)
}

// renewCertificate answers POST /saya/sertifikat/:certificate/perbarui.
func (h *Handlers) renewCertificate(c echo.Context) error {
	ref := c.Param("certificate")
	if err := h.Store.RenewCertificate(c.Request().Context(), h.currentUser(c), ref); err != nil {
		return h.afterAct(c, err, "", urls.Certificate(ref))
	}
	return h.done(c, "certificate.review.renewed", urls.Certificate(ref))
}

// takeBackCertificate answers POST /saya/sertifikat/:certificate/tarik.
func (h *Handlers) takeBackCertificate(c echo.Context) error {
	ref := c.Param("certificate")
	return h.afterAct(c, h.Store.TakeBackCertificate(c.Request().Context(), h.currentUser(c), ref), "certificate.review.taken_back", urls.Certificate(ref))
}

// deleteCertificate answers POST /saya/sertifikat/:certificate/hapus. The sentence after it takes it back.
func (h *Handlers) deleteCertificate(c echo.Context) error {
	ref := c.Param("certificate")
	if err := h.Store.DeleteCertificate(c.Request().Context(), h.currentUser(c), ref); err != nil {
		return h.afterAct(c, err, "", urls.Certificate(ref))
	}
	return h.undoable(c, "certificate.review.deleted", urls.Certificates(), urls.RestoreCertificate(ref), "layouts.undo")
}

// unlessDeleted answers with next, and where there is no such certificate any more, with its way back as long as
// its owner can take the deletion back.
func (h *Handlers) unlessDeleted(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		if !errors.Is(err, models.ErrNotFound) {
			return err
		}
		deleted, failed := h.Store.DeletedCertificates(c.Request().Context(), h.currentUser(c))
		if failed != nil {
			return failed
		}
		i := slices.IndexFunc(deleted, func(d models.Certificate) bool { return d.Ref == c.Param("certificate") })
		if i < 0 {
			return err
		}
		types, failed := h.certificateTypes(c)
		if failed != nil {
			return failed
		}
		return h.render(c, http.StatusGone, certificate.Gone(certificate.GonePage{Certificate: deleted[i], Types: types}))
	}
}

// restoreCertificate answers POST /saya/sertifikat/:certificate/kembalikan.
func (h *Handlers) restoreCertificate(c echo.Context) error {
	ref := c.Param("certificate")
	if err := h.Store.RestoreCertificate(c.Request().Context(), h.currentUser(c), ref); err != nil {
		return err
	}
	return h.done(c, "certificate.review.restored", urls.Certificate(ref))
}

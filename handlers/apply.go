package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/application"
)

// applyForm answers GET /saya/daftar/:intake: what the intake asks for and how the person stands.
func (h *Handlers) applyForm(c echo.Context) error {
	fit, err := h.Store.Fit(c.Request().Context(), h.currentUser(c), c.Param("intake"))
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, application.Start(application.StartPage{Fit: fit}))
}

// startApplication answers POST /saya/daftar/:intake. A second press leads to the same draft.
func (h *Handlers) startApplication(c echo.Context) error {
	a, err := h.Store.StartApplication(c.Request().Context(), h.currentUser(c), c.Param("intake"))
	if err != nil {
		return err
	}
	if !a.Editable() {
		return h.redirect(c, urls.Application(a.Ref))
	}
	return h.redirect(c, urls.ApplicationCertificates(a.Ref))
}

// editable loads the person's own application for a step of the form. One that is sent leads to
// its page: the back button shows where it stands instead of an old form.
func (h *Handlers) editable(c echo.Context) (v models.ApplicationView, sent bool, err error) {
	v, err = h.Store.OwnApplication(c.Request().Context(), h.currentUser(c), c.Param("application"))
	return v, err == nil && !v.Editable(), err
}

// applicationCertificatesForm answers GET /saya/pendaftaran/:application/sertifikat.
func (h *Handlers) applicationCertificatesForm(c echo.Context) error {
	page := application.CertificatesPage{}
	sent, err := h.fillCertificatesPage(c, &page)
	if err != nil {
		return err
	}
	if sent {
		return h.redirect(c, urls.Application(page.Application.Ref))
	}
	page.Chosen()
	return h.render(c, http.StatusOK, application.Certificates(page))
}

func (h *Handlers) fillCertificatesPage(c echo.Context, page *application.CertificatesPage) (sent bool, err error) {
	ctx := c.Request().Context()
	if page.Application, sent, err = h.editable(c); err != nil {
		return false, err
	}
	if page.Own, err = h.Store.Certificates(ctx, h.currentUser(c)); err != nil {
		return false, err
	}
	page.Types, err = h.certificateTypes(c)
	return sent, err
}

// certificateTypes are the types of certificate by code.
func (h *Handlers) certificateTypes(c echo.Context) (map[string]models.CertificateType, error) {
	list, err := h.Store.CertificateTypes(c.Request().Context())
	types := make(map[string]models.CertificateType, len(list))
	for _, t := range list {
		types[t.Code] = t
	}
	return types, err
}

// chooseCertificates answers POST /saya/pendaftaran/:application/sertifikat.
func (h *Handlers) chooseCertificates(c echo.Context) error {
	var page application.CertificatesPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	ref := c.Param("application")
	err := h.Store.ChooseCertificates(c.Request().Context(), h.currentUser(c), ref, page.Form.Certificates, page.Form.None != "")
	if err == nil {
		return h.redirect(c, urls.ApplicationMotivation(ref))
	}
	why, refused := errors.AsType[*models.Refusal](err)
	if !refused || why.Field != models.ErrCertificateAnswer.Field {
		return err
	}
	if _, err := h.fillCertificatesPage(c, &page); err != nil {
		return err
	}
	page.Errors.Add(page.AnswerField(), why.Key)
	return h.render(c, http.StatusUnprocessableEntity, application.Certificates(page))
}

// motivationForm answers GET /saya/pendaftaran/:application/alasan.
func (h *Handlers) motivationForm(c echo.Context) error {
	v, sent, err := h.editable(c)
	if err != nil {
		return err
	}
	if sent {
		return h.redirect(c, urls.Application(v.Ref))
	}
	page := application.MotivationPage{Application: v, Form: application.MotivationForm{Motivation: v.Motivation}}
	return h.render(c, http.StatusOK, application.Motivation(page))
}

// saveMotivation answers POST /saya/pendaftaran/:application/alasan.
func (h *Handlers) saveMotivation(c echo.Context) error {
	var page application.MotivationPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	ref := c.Param("application")
	page.Errors = page.Form.Check()
	if !page.Errors.Any() {
		err := h.Store.SaveMotivation(c.Request().Context(), h.currentUser(c), ref, page.Form.Motivation)
		if err != nil {
			return err
		}
		return h.redirect(c, urls.ApplicationCheck(ref))
	}
	var err error
	if page.Application, _, err = h.editable(c); err != nil {
		return err
	}
	return h.render(c, http.StatusUnprocessableEntity, application.Motivation(page))
}

// applicationCheck answers GET /saya/pendaftaran/:application/periksa.
func (h *Handlers) applicationCheck(c echo.Context) error {
	var page application.CheckPage
	sent, err := h.fillCheckPage(c, &page)
	if err != nil {
		return err
	}
	if sent {
		return h.redirect(c, urls.Application(page.Application.Ref))
	}
	return h.render(c, http.StatusOK, application.Check(page))
}

func (h *Handlers) fillCheckPage(c echo.Context, page *application.CheckPage) (sent bool, err error) {
	ctx, u := c.Request().Context(), h.currentUser(c)
	if page.Application, sent, err = h.editable(c); err != nil {
		return false, err
	}
	if page.Fit, err = h.Store.Fit(ctx, u, page.Application.Offer.Intake.Ref); err != nil {
		return false, err
	}
	if page.Profile, err = h.Store.OwnProfile(ctx, u); err != nil {
		return false, err
	}
	page.Types, err = h.certificateTypes(c)
	return sent, err
}

// submitApplication answers POST /saya/pendaftaran/:application/periksa. Pressing again leads to
// the receipt of what was sent.
func (h *Handlers) submitApplication(c echo.Context) error {
	var page application.CheckPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	a, err := h.Store.SubmitApplication(c.Request().Context(), h.currentUser(c), c.Param("application"), page.Form.Statements)
	if err == nil {
		return h.redirect(c, urls.ApplicationReceipt(a.Ref))
	}
	if err := refusal(err, &page.Errors); err != nil {
		return err
	}
	if _, err := h.fillCheckPage(c, &page); err != nil {
		return err
	}
	page.NameUnsent(c.Request().Context())
	return h.render(c, http.StatusUnprocessableEntity, application.Check(page))
}

// applicationReceipt answers GET /saya/pendaftaran/:application/terkirim.
func (h *Handlers) applicationReceipt(c echo.Context) error {
	v, err := h.Store.OwnApplication(c.Request().Context(), h.currentUser(c), c.Param("application"))
	if err != nil {
		return err
	}
	if v.State == models.Draft {
		return h.redirect(c, urls.ApplicationCheck(v.Ref))
	}
	return h.render(c, http.StatusOK, application.Receipt(application.ReceiptPage{Application: v}))
}

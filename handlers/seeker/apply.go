package seeker

import (
	"errors"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/application"
)

// applyForm answers GET /saya/daftar/:intake: what the intake asks for and how the person stands.
func (d *desk) applyForm(c web.Context) error {
	fit, err := d.Store.Fit(c.Request().Context(), d.CurrentUser(c), c.Param("intake"))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, application.Start(application.StartPage{Fit: fit}))
}

// startApplication answers POST /saya/daftar/:intake. A second press leads to the same draft.
func (d *desk) startApplication(c web.Context) error {
	a, err := d.Store.StartApplication(c.Request().Context(), d.CurrentUser(c), c.Param("intake"))
	if err != nil {
		return err
	}
	if !a.Editable() {
		return d.Redirect(c, urls.Application(a.Ref))
	}
	return d.Redirect(c, urls.ApplicationCertificates(a.Ref))
}

// editable loads the person's own application for a step of the form. One that is sent leads to
// its page: the back button shows where it stands instead of an old form.
func (d *desk) editable(c web.Context) (v models.ApplicationView, sent bool, err error) {
	v, err = d.Store.OwnApplication(c.Request().Context(), d.CurrentUser(c), c.Param("application"))
	return v, err == nil && !v.Editable(), err
}

// applicationCertificatesForm answers GET /saya/pendaftaran/:application/sertifikat.
func (d *desk) applicationCertificatesForm(c web.Context) error {
	page := application.CertificatesPage{}
	sent, err := d.fillCertificatesPage(c, &page)
	if err != nil {
		return err
	}
	if sent {
		return d.Redirect(c, urls.Application(page.Application.Ref))
	}
	page.Chosen()
	return d.Render(c, http.StatusOK, application.Certificates(page))
}

func (d *desk) fillCertificatesPage(c web.Context, page *application.CertificatesPage) (sent bool, err error) {
	ctx := c.Request().Context()
	if page.Application, sent, err = d.editable(c); err != nil {
		return false, err
	}
	if page.Own, err = d.Store.Certificates(ctx, d.CurrentUser(c)); err != nil {
		return false, err
	}
	page.Types, err = d.CertificateTypes(c)
	return sent, err
}

// chooseCertificates answers POST /saya/pendaftaran/:application/sertifikat.
func (d *desk) chooseCertificates(c web.Context) error {
	var page application.CertificatesPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	ref := c.Param("application")
	err := d.Store.ChooseCertificates(c.Request().Context(), d.CurrentUser(c), ref, page.Form.Certificates, page.Form.None != "")
	if err == nil {
		return d.Redirect(c, urls.ApplicationMotivation(ref))
	}
	why, refused := errors.AsType[*models.Refusal](err)
	if !refused || why.Field != models.ErrCertificateAnswer.Field {
		return err
	}
	if _, err := d.fillCertificatesPage(c, &page); err != nil {
		return err
	}
	page.Errors.Add(page.AnswerField(), why.Key)
	return d.Render(c, http.StatusUnprocessableEntity, application.Certificates(page))
}

// motivationForm answers GET /saya/pendaftaran/:application/alasan.
func (d *desk) motivationForm(c web.Context) error {
	v, sent, err := d.editable(c)
	if err != nil {
		return err
	}
	if sent {
		return d.Redirect(c, urls.Application(v.Ref))
	}
	page := application.MotivationPage{Application: v, Form: application.MotivationForm{Motivation: v.Motivation}}
	return d.Render(c, http.StatusOK, application.Motivation(page))
}

// saveMotivation answers POST /saya/pendaftaran/:application/alasan.
func (d *desk) saveMotivation(c web.Context) error {
	var page application.MotivationPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	ref := c.Param("application")
	page.Errors = page.Form.Check()
	if !page.Errors.Any() {
		err := d.Store.SaveMotivation(c.Request().Context(), d.CurrentUser(c), ref, page.Form.Motivation)
		if err != nil {
			return err
		}
		return d.Redirect(c, urls.ApplicationCheck(ref))
	}
	var err error
	if page.Application, _, err = d.editable(c); err != nil {
		return err
	}
	return d.Render(c, http.StatusUnprocessableEntity, application.Motivation(page))
}

// applicationCheck answers GET /saya/pendaftaran/:application/periksa.
func (d *desk) applicationCheck(c web.Context) error {
	var page application.CheckPage
	sent, err := d.fillCheckPage(c, &page)
	if err != nil {
		return err
	}
	if sent {
		return d.Redirect(c, urls.Application(page.Application.Ref))
	}
	return d.Render(c, http.StatusOK, application.Check(page))
}

func (d *desk) fillCheckPage(c web.Context, page *application.CheckPage) (sent bool, err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if page.Application, sent, err = d.editable(c); err != nil {
		return false, err
	}
	if page.Fit, err = d.Store.Fit(ctx, u, page.Application.Offer.Intake.Ref); err != nil {
		return false, err
	}
	if page.Profile, err = d.Store.OwnProfile(ctx, u); err != nil {
		return false, err
	}
	page.Types, err = d.CertificateTypes(c)
	return sent, err
}

// submitApplication answers POST /saya/pendaftaran/:application/periksa. Pressing again leads to
// the receipt of what was sent.
func (d *desk) submitApplication(c web.Context) error {
	var page application.CheckPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	a, err := d.Store.SubmitApplication(c.Request().Context(), d.CurrentUser(c), c.Param("application"), page.Form.Statements)
	if err == nil {
		return d.Redirect(c, urls.ApplicationReceipt(a.Ref))
	}
	if err := web.Refusal(err, &page.Errors); err != nil {
		return err
	}
	if _, err := d.fillCheckPage(c, &page); err != nil {
		return err
	}
	page.NameUnsent(c.Request().Context())
	return d.Render(c, http.StatusUnprocessableEntity, application.Check(page))
}

// applicationReceipt answers GET /saya/pendaftaran/:application/terkirim.
func (d *desk) applicationReceipt(c web.Context) error {
	v, err := d.Store.OwnApplication(c.Request().Context(), d.CurrentUser(c), c.Param("application"))
	if err != nil {
		return err
	}
	if v.State == models.Draft {
		return d.Redirect(c, urls.ApplicationCheck(v.Ref))
	}
	return d.Render(c, http.StatusOK, application.Receipt(application.ReceiptPage{Application: v}))
}

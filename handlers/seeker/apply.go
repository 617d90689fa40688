package seeker

import (
	"errors"
	"net/http"
	"strings"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/application"
)

// applyForm answers GET /saya/daftar/:intake: what the intake asks for and how the person stands.
func (d *desk) applyForm(c web.Context) error { return d.applyPage(c, http.StatusOK) }

func (d *desk) applyPage(c web.Context, status int) error {
	fit, err := d.Store.Fit(c.Request().Context(), d.CurrentUser(c), c.Param("intake"))
	if err != nil {
		return err
	}
	return d.Render(c, status, application.Start(application.StartPage{Fit: fit}))
}

// startApplication answers POST /saya/daftar/:intake. A second press leads to the same draft.
func (d *desk) startApplication(c web.Context) error {
	again := func(status int) error { return d.applyPage(c, status) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		a, err := d.Store.StartApplication(c.Request().Context(), d.CurrentUser(c), c.Param("intake"))
		if !a.Editable() {
			return web.To(urls.Application(a.Ref)), err
		}
		return web.To(urls.ApplicationCertificates(a.Ref)), err
	})
}

// editable loads the person's own application for a step of the form. One that is sent, or cannot be any more, leads to
// its page: the back button shows where it stands instead of an old form.
func (d *desk) editable(c web.Context) (v models.ApplicationView, sent bool, err error) {
	v, err = d.Store.OwnApplication(c.Request().Context(), d.CurrentUser(c), c.Param("application"))
	return v, err == nil && (!v.Editable() || v.Shut(d.Store.Now())), err
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
	if page.Lacks, err = d.Store.CertificateLacks(ctx, d.CurrentUser(c)); err != nil {
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
	left, err := d.leaves(c)
	if err != nil {
		return err
	}
	if ref := c.Param("application"); left && len(page.Form.Certificates) == 0 && page.Form.None == "" {
		if d.checks(c) {
			return d.Redirect(c, urls.ApplicationCheck(ref))
		}
		return d.Redirect(c, urls.Application(ref)) // nothing chosen is no fault of who goes back
	}
	again := func(status int) error {
		if _, err := d.fillCertificatesPage(c, &page); err != nil {
			return err
		}
		for i, e := range page.Errors {
			if e.Field == models.ErrCertificateAnswer.Field {
				page.Errors[i].Field = page.AnswerField() // the choice is not there for somebody without certificates
			}
		}
		return d.Render(c, status, application.Certificates(page))
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		f, ref := page.Form, c.Param("application")
		err := d.Store.ChooseCertificates(c.Request().Context(), d.CurrentUser(c), ref, f.Certificates, f.None != "")
		switch {
		case d.checks(c):
			return web.To(urls.ApplicationCheck(ref)), err
		case left:
			return web.To(urls.Application(ref)), err
		}
		return web.To(urls.ApplicationMotivation(ref)), err
	})
}

// checks says whether the reader came from the last page before sending.
func (d *desk) checks(c web.Context) bool {
	a := ambient.From(c.Request().Context()).Applying
	return a != nil && a.Checks
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
	left, err := d.leaves(c)
	if err != nil {
		return err
	}
	if page.Errors = page.Form.Check(); left && strings.TrimSpace(page.Form.Motivation) == "" {
		page.Errors = nil // nothing typed yet is no fault of who goes back
	}
	again := func(status int) (err error) {
		if page.Application, _, err = d.editable(c); err != nil {
			return err
		}
		return d.Render(c, status, application.Motivation(page))
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ref := c.Param("application")
		to := urls.ApplicationCheck(ref)
		if left && !d.checks(c) {
			to = urls.ApplicationCertificates(ref)
		}
		return web.To(to), d.Store.SaveMotivation(c.Request().Context(), d.CurrentUser(c), ref, page.Form.Motivation)
	})
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
	if page.Sent, err = d.sent(c); err != nil {
		return false, err
	}
	if page.Reasons, err = d.Store.ReasonTexts(ctx); err != nil {
		return false, err
	}
	if page.Lacks, err = d.Store.CertificateLacks(ctx, u); err != nil {
		return false, err
	}
	page.Types, err = d.CertificateTypes(c)
	return sent, err
}

// sent is everything that the person sends of themselves, with what its codes are called.
func (d *desk) sent(c web.Context) (s application.Sent, err error) {
	ctx := c.Request().Context()
	if s.Profile, err = d.Store.OwnProfile(ctx, d.CurrentUser(c)); err != nil {
		return s, err
	}
	if s.Regencies, err = d.Store.Regencies(ctx); err != nil {
		return s, err
	}
	if s.Levels, err = d.Store.EducationLevels(ctx); err != nil {
		return s, err
	}
	s.Countries, err = d.Store.Countries(ctx)
	return s, err
}

// submitApplication answers POST /saya/pendaftaran/:application/periksa. Pressing again leads to
// the receipt of what was sent.
func (d *desk) submitApplication(c web.Context) error {
	var page application.CheckPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error {
		if _, err := d.fillCheckPage(c, &page); err != nil {
			return err
		}
		page.NameUnsent(c.Request().Context())
		return d.Render(c, status, application.Check(page))
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		a, err := d.Store.SubmitApplication(c.Request().Context(), d.CurrentUser(c), c.Param("application"), page.Form.Said())
		if errors.Is(err, models.ErrNotOpen) { // nothing on the page mends that; the application's own says what is left
			return web.Told(urls.Application(c.Param("application")), "warning", "application.closed_kept"), nil
		}
		return web.To(urls.ApplicationReceipt(a.Ref)), err
	})
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

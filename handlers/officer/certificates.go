package officer

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	viewform "naikkelas/views/form"
	"naikkelas/views/officer"
)

// certificateDesk answers GET /petugas/sertifikat.
func (d *desk) certificateDesk(c web.Context) error {
	page := officer.CertificatesPage{List: models.CertificateList(c.QueryParam("daftar"))}
	var err error
	if page.Onward, err = d.chooses(c, officer.OnwardParam, onwardKey); err != nil {
		return err
	}
	if !slices.Contains(models.CertificateLists, page.List) {
		page.List = models.CertificatesWaiting
	}
	if page.Page, err = d.Store.CertificateDesk(c.Request().Context(), d.CurrentUser(c), page.List, c.QueryParam("sesudah")); err != nil {
		return err
	}
	if page.Types, err = d.CertificateTypes(c); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Certificates(page))
}

// takeNextCertificate answers POST /petugas/sertifikat: the oldest that waits is taken and shown.
func (d *desk) takeNextCertificate(c web.Context) error {
	ref, err := d.Store.TakeNextCertificate(c.Request().Context(), d.CurrentUser(c))
	if errors.Is(err, models.ErrNotFound) {
		return d.Done(c, "officer.queue.empty", urls.OfficerCertificates())
	}
	if err != nil {
		return err
	}
	return d.Redirect(c, urls.OfficerCertificate(ref))
}

// showOfficerCertificate answers GET /petugas/sertifikat/:certificate.
func (d *desk) showOfficerCertificate(c web.Context) error {
	return d.officerCertificate(c, http.StatusOK, officer.CertificatePage{})
}

func (d *desk) officerCertificate(c web.Context, status int, page officer.CertificatePage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	page.Me = u.ID
	if page.Compare, err = d.compares(c); err != nil {
		return err
	}
	if page.Certificate, err = d.Store.ReviewCertificate(ctx, u, c.Param("certificate")); err != nil {
		return d.certificateGone(c, err)
	}
	if page.Reasons, err = d.certificateReasons(ctx); err != nil {
		return err
	}
	if page.Texts, err = d.Store.ReasonTexts(ctx); err != nil {
		return err
	}
	return d.Render(c, status, officer.Certificate(page))
}

// What an officer chooses for the way they work lasts from page to page: two panes, and that the next
// certificate comes by itself.
const (
	compareKey = "compare"
	onwardKey  = "onward"
)

// compares says whether papers stand in two panes.
func (d *desk) compares(c web.Context) (bool, error) {
	return d.chooses(c, officer.CompareParam, compareKey)
}

// chooses says whether an officer wants what key keeps; the address changes it by its parameter.
func (d *desk) chooses(c web.Context, param, key string) (bool, error) {
	switch c.QueryParam(param) {
	case officer.ChoiceOn:
		return true, d.Remember(c, key, officer.ChoiceOn)
	case officer.ChoiceOff:
		return false, d.Remember(c, key, "")
	}
	return d.Remembered(c, key) != "", nil
}

// certificateReasons are the lists of reasons that belong to the decisions about a certificate.
func (d *desk) certificateReasons(ctx context.Context) (map[models.CertificateState][]models.ReasonCode, error) {
	lists := map[models.CertificateState][]models.ReasonCode{}
	for outcome, kinds := range models.CertificateReasons {
		list, err := d.Store.Reasons(ctx, kinds[0])
		if err != nil {
			return nil, err
		}
		lists[outcome] = list
	}
	return lists, nil
}

// takeCertificate answers POST /petugas/sertifikat/:certificate/ambil.
func (d *desk) takeCertificate(c web.Context) error {
	var f struct {
		Version int `form:"version"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := d.Store.TakeCertificate(c.Request().Context(), d.CurrentUser(c), c.Param("certificate"), f.Version)
	if err != nil {
		return d.certificateOvertaken(c, err)
	}
	return d.Redirect(c, urls.OfficerCertificate(c.Param("certificate")))
}

// releaseCertificate answers POST /petugas/sertifikat/:certificate/lepas.
func (d *desk) releaseCertificate(c web.Context) error {
	err := d.Store.ReleaseCertificate(c.Request().Context(), d.CurrentUser(c), c.Param("certificate"))
	if err != nil {
		return d.certificateOvertaken(c, err)
	}
	return d.Done(c, "officer.certificates.released", urls.OfficerCertificates(), "Ref", c.Param("certificate"))
}

// certificateOvertaken shows the certificate as it is now to an officer whom a colleague forestalled.
func (d *desk) certificateOvertaken(c web.Context, err error) error {
	if overtaken(err) || errors.Is(err, models.ErrCertificateNow) {
		return d.officerCertificate(c, http.StatusConflict, officer.CertificatePage{Stale: true})
	}
	return d.certificateGone(c, err)
}

// certificateGone leads back to the list when the owner has deleted the certificate meanwhile.
func (d *desk) certificateGone(c web.Context, err error) error {
	if !errors.Is(err, models.ErrCertificateGone) {
		return err
	}
	if err := d.Flash(c, "error", models.ErrCertificateGone.Key); err != nil {
		return err
	}
	return d.Redirect(c, urls.OfficerCertificates())
}

// decideCertificate answers POST /petugas/sertifikat/:certificate/putuskan.
func (d *desk) decideCertificate(c web.Context) error {
	var page officer.CertificatePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	var err error
	page.Errors, err = d.decide(c, page.Form)
	switch {
	case err == nil && !page.Errors.Any():
		return d.afterCertificate(c, page.Form)
	case err == nil:
		return d.officerCertificate(c, http.StatusUnprocessableEntity, page)
	case overtaken(err):
		page.Stale = true
		return d.officerCertificate(c, http.StatusConflict, page)
	}
	return d.certificateGone(c, err)
}

// afterCertificate says what was decided, and leads to the next certificate where the officer wants that.
func (d *desk) afterCertificate(c web.Context, f officer.CertificateForm) error {
	next := urls.OfficerCertificates()
	if f.Next != "" && d.Remembered(c, onwardKey) != "" {
		ref, err := d.Store.NextCertificate(c.Request().Context(), d.CurrentUser(c))
		switch {
		case err == nil:
			next = urls.OfficerCertificate(ref)
		case !errors.Is(err, models.ErrNotFound):
			return err
		}
	}
	//i18n:family officer.certificates.decided.*
	return d.Done(c, "officer.certificates.decided."+f.Outcome, next, "Ref", c.Param("certificate"))
}

// decide records a decision about the certificate in the address. Errors are what the officer can mend;
// a stale decision stays an error.
func (d *desk) decide(c web.Context, f officer.CertificateForm) (errs viewform.Errors, err error) {
	ref := c.Param("certificate")
	errs = f.Check()
	if !errs.Any() {
		err = d.Store.DecideCertificate(c.Request().Context(), d.CurrentUser(c), ref, f.Decision())
		if overtaken(err) {
			return nil, err
		}
	}
	if err != nil {
		err = web.Refusal(err, &errs)
	}
	return officer.CertificateErrors(errs, f, ref), err
}

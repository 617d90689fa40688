package officer

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
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
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		ref, err := d.Store.TakeNextCertificate(c.Request().Context(), d.CurrentUser(c))
		if errors.Is(err, models.ErrNotFound) {
			return web.Said(urls.OfficerCertificates(), "officer.queue.empty"), nil
		}
		return web.To(urls.OfficerCertificate(ref)), err
	})
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
	page.Errors = officer.CertificateErrors(page.Errors, page.Form, c.Param("certificate"))
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

// certificateAct does something with the certificate in the address, and shows it again with what is wrong, or
// with who was faster.
func (d *desk) certificateAct(c web.Context, page *officer.CertificatePage, act func() (web.Next, error)) error {
	again := func(status int) error { return d.officerCertificate(c, status, *page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, act)
}

// readCertificate answers POST /petugas/sertifikat/:certificate/baca: what stands on the paper is kept and counts.
func (d *desk) readCertificate(c web.Context) error {
	var page officer.CertificatePage
	if err := web.ReadForm(c, &page.Read); err != nil {
		return err
	}
	page.Errors = page.Read.Check()
	return d.certificateAct(c, &page, func() (web.Next, error) {
		ref := c.Param("certificate")
		err := d.Store.ReadCertificate(c.Request().Context(), d.CurrentUser(c), ref, page.Read.Read())
		return web.Said(urls.OfficerCertificate(ref), "officer.certificate_read.done"), err
	})
}

// takeCertificate answers POST /petugas/sertifikat/:certificate/ambil.
func (d *desk) takeCertificate(c web.Context) error {
	var page officer.CertificatePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	ref := c.Param("certificate")
	err := d.Store.TakeCertificate(c.Request().Context(), d.CurrentUser(c), ref, page.Form.Version)
	if err == nil && page.Form.Outcome != "" { // what came too late stands in its form again
		return d.officerCertificate(c, http.StatusOK, page)
	}
	return d.certificateAct(c, &page, func() (web.Next, error) { return web.To(urls.OfficerCertificate(ref)), err })
}

// releaseCertificate answers POST /petugas/sertifikat/:certificate/lepas.
func (d *desk) releaseCertificate(c web.Context) error {
	return d.certificateAct(c, &officer.CertificatePage{}, func() (web.Next, error) {
		ref := c.Param("certificate")
		next := web.Said(urls.OfficerCertificates(), "officer.certificates.released", "Ref", ref)
		return next, d.Store.ReleaseCertificate(c.Request().Context(), d.CurrentUser(c), ref)
	})
}

// certificateGone leads back to the list when the owner has deleted the certificate meanwhile.
func (d *desk) certificateGone(c web.Context, err error) error {
	if !errors.Is(err, models.ErrCertificateGone) {
		return err
	}
	return d.Lead(c, web.Told(urls.OfficerCertificates(), "error", models.ErrCertificateGone.Key))
}

// decideCertificate answers POST /petugas/sertifikat/:certificate/putuskan.
func (d *desk) decideCertificate(c web.Context) error {
	var page officer.CertificatePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	return d.certificateAct(c, &page, func() (web.Next, error) {
		err := d.Store.DecideCertificate(c.Request().Context(), d.CurrentUser(c), c.Param("certificate"), page.Form.Decision())
		if err != nil {
			return web.Next{}, err
		}
		return d.afterCertificate(c, page.Form)
	})
}

// afterCertificate says what was decided, and leads to the next certificate where the officer wants that.
func (d *desk) afterCertificate(c web.Context, f officer.CertificateForm) (web.Next, error) {
	next := urls.OfficerCertificates()
	if f.Next != "" && d.Remembered(c, onwardKey) != "" {
		ref, err := d.Store.NextCertificate(c.Request().Context(), d.CurrentUser(c))
		switch {
		case err == nil:
			next = urls.OfficerCertificate(ref)
		case !errors.Is(err, models.ErrNotFound):
			return web.Next{}, err
		}
	}
	//i18n:family officer.certificates.decided.*
	return web.Said(next, "officer.certificates.decided."+f.Outcome, "Ref", c.Param("certificate")), nil
}

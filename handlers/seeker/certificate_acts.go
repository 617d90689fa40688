package seeker

import (
	"errors"
	"net/http"
	"slices"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/certificate"
	viewform "naikkelas/views/form"
)

// submitCertificate answers POST /saya/sertifikat/:certificate/kirim.
func (d *desk) submitCertificate(c web.Context) error {
	ref := c.Param("certificate")
	err := d.Store.SubmitCertificate(c.Request().Context(), d.CurrentUser(c), ref)
	if err == nil {
		return d.submitted(c, ref)
	}
	var errs viewform.Errors
	if err := web.Refusal(err, &errs); err != nil {
		return err
	}
	return d.reviewPage(c, http.StatusUnprocessableEntity, errs)
}

// submitted leads back to the certificate when an application waits for it, which it names, and to the library
// otherwise.
func (d *desk) submitted(c web.Context, ref string) error {
	v, err := d.Store.Certificate(c.Request().Context(), d.CurrentUser(c), ref)
	if err != nil {
		return err
	}
	to := urls.Certificates()
	if v.Awaited() != nil {
		to = urls.Certificate(ref)
	}
	return d.Done(c, "certificate.review.submitted", to)
}

// renewCertificate answers POST /saya/sertifikat/:certificate/perbarui.
func (d *desk) renewCertificate(c web.Context) error {
	ref := c.Param("certificate")
	if err := d.Store.RenewCertificate(c.Request().Context(), d.CurrentUser(c), ref); err != nil {
		return d.AfterAct(c, err, "", urls.Certificate(ref))
	}
	return d.Done(c, "certificate.review.renewed", urls.Certificate(ref))
}

// takeBackCertificate answers POST /saya/sertifikat/:certificate/tarik.
func (d *desk) takeBackCertificate(c web.Context) error {
	ref := c.Param("certificate")
	return d.AfterAct(c, d.Store.TakeBackCertificate(c.Request().Context(), d.CurrentUser(c), ref), "certificate.review.taken_back", urls.Certificate(ref))
}

// deleteCertificate answers POST /saya/sertifikat/:certificate/hapus. The sentence after it takes it back.
func (d *desk) deleteCertificate(c web.Context) error {
	ref := c.Param("certificate")
	if err := d.Store.DeleteCertificate(c.Request().Context(), d.CurrentUser(c), ref); err != nil {
		return d.AfterAct(c, err, "", urls.Certificate(ref))
	}
	return d.Undoable(c, "certificate.review.deleted", urls.Certificates(), urls.RestoreCertificate(ref), "layouts.undo")
}

// unlessDeleted answers with next, and where there is no such certificate any more, with its way back as long as
// its owner can take the deletion back.
func (d *desk) unlessDeleted(next web.Handler) web.Handler {
	return func(c web.Context) error {
		err := next(c)
		if !errors.Is(err, models.ErrNotFound) {
			return err
		}
		deleted, failed := d.Store.DeletedCertificates(c.Request().Context(), d.CurrentUser(c))
		if failed != nil {
			return failed
		}
		i := slices.IndexFunc(deleted, func(d models.Certificate) bool { return d.Ref == c.Param("certificate") })
		if i < 0 {
			return err
		}
		types, failed := d.CertificateTypes(c)
		if failed != nil {
			return failed
		}
		return d.Render(c, http.StatusGone, certificate.Gone(certificate.GonePage{Certificate: deleted[i], Types: types}))
	}
}

// restoreCertificate answers POST /saya/sertifikat/:certificate/kembalikan.
func (d *desk) restoreCertificate(c web.Context) error {
	ref := c.Param("certificate")
	if err := d.Store.RestoreCertificate(c.Request().Context(), d.CurrentUser(c), ref); err != nil {
		return err
	}
	return d.Done(c, "certificate.review.restored", urls.Certificate(ref))
}

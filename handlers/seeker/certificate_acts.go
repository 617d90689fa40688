package seeker

import (
	"context"
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
	var errs viewform.Errors
	again := func(status int) error { return d.reviewPage(c, status, errs) }
	return d.Act(c, web.Form{Errors: &errs, Again: again}, func() (web.Next, error) {
		ref := c.Param("certificate")
		if err := d.Store.SubmitCertificate(c.Request().Context(), d.CurrentUser(c), ref); err != nil {
			return web.Next{}, err
		}
		return d.submitted(c, ref)
	})
}

// submitted leads back to the certificate when an application waits for it, which it names, and to the library
// otherwise.
func (d *desk) submitted(c web.Context, ref string) (web.Next, error) {
	v, err := d.Store.Certificate(c.Request().Context(), d.CurrentUser(c), ref)
	to := urls.Certificates()
	if err == nil && v.Awaited() != nil {
		to = urls.Certificate(ref)
	}
	return web.Said(to, "certificate.review.submitted"), err
}

// certificateAct is what a button on a certificate's page does; what refuses it is said on top of that page.
func (d *desk) certificateAct(c web.Context, next web.Next, act func(ctx context.Context, u models.User, ref string) error) error {
	again := func(status int) error { return d.reviewPage(c, status, nil) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		return next, act(c.Request().Context(), d.CurrentUser(c), c.Param("certificate"))
	})
}

// renewCertificate answers POST /saya/sertifikat/:certificate/perbarui.
func (d *desk) renewCertificate(c web.Context) error {
	next := web.Said(urls.Certificate(c.Param("certificate")), "certificate.review.renewed")
	return d.certificateAct(c, next, d.Store.RenewCertificate)
}

// takeBackCertificate answers POST /saya/sertifikat/:certificate/tarik.
func (d *desk) takeBackCertificate(c web.Context) error {
	next := web.Said(urls.Certificate(c.Param("certificate")), "certificate.review.taken_back")
	return d.certificateAct(c, next, d.Store.TakeBackCertificate)
}

// deleteCertificate answers POST /saya/sertifikat/:certificate/hapus. The sentence after it takes it back.
func (d *desk) deleteCertificate(c web.Context) error {
	undo := urls.RestoreCertificate(c.Param("certificate"))
	next := web.Undoable(urls.Certificates(), "certificate.review.deleted", undo, "layouts.undo")
	return d.certificateAct(c, next, d.Store.DeleteCertificate)
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
	next := web.Said(urls.Certificate(c.Param("certificate")), "certificate.review.restored")
	return d.certificateAct(c, next, d.Store.RestoreCertificate)
}

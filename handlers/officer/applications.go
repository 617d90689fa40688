package officer

import (
	"errors"
	"net/http"
	"unicode"

	"naikkelas/handlers/web"
	"naikkelas/internal/nik"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// queueForm reads the filters of the queue from the address.
func queueForm(c web.Context) officer.QueueForm {
	return officer.QueueForm{State: c.QueryParam("keadaan"), Regency: c.QueryParam("kota"), Sector: c.QueryParam("bidang"), Mine: c.QueryParam("saya")}
}

// showQueue answers GET /petugas.
func (d *desk) showQueue(c web.Context) error {
	page := officer.QueuePage{Form: queueForm(c)}
	ctx := c.Request().Context()
	var err error
	if page.Page, err = d.Store.Queue(ctx, d.CurrentUser(c), page.Form.Filter(), c.QueryParam("sesudah")); err != nil {
		return err
	}
	if page.Regencies, err = d.Store.JakartaRegencies(ctx); err != nil {
		return err
	}
	if page.Sectors, err = d.Store.Sectors(ctx); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Queue(page))
}

// searchApplications answers POST /petugas/cari: by NIK when that is typed, else by name or number, for showSearch.
func (d *desk) searchApplications(c web.Context) error {
	var f struct {
		Q string `form:"q"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	page := officer.QueuePage{Searched: true}
	if number, err := nik.Parse(f.Q); err == nil {
		if page.Page.Items, err = d.Store.FindByNIK(ctx, u, number); err != nil {
			return err
		}
		return d.Render(c, http.StatusOK, officer.Queue(page))
	}
	page, err := d.found(c, f.Q)
	if err != nil {
		return err
	}
	applications, certificates := page.Page.Items, page.Certificates
	switch {
	case len(applications) == 1 && len(certificates) == 0:
		return d.Redirect(c, urls.OfficerApplication(applications[0].Ref))
	case len(applications) == 0 && len(certificates) == 1:
		return d.Redirect(c, urls.OfficerCertificate(certificates[0].Ref))
	case digits(f.Q) > mostSearchDigits:
		return d.Render(c, http.StatusOK, officer.Queue(page))
	}
	// A name stands in no address, so the session keeps it: the browser's Back then leads to the results.
	if err := d.Remember(c, searchKey, f.Q); err != nil {
		return err
	}
	return d.Redirect(c, urls.OfficerSearch())
}

// searchKey keeps what an officer searched for last. What has more digits than mostSearchDigits may be most of a
// NIK and is not kept.
const (
	searchKey        = "search"
	mostSearchDigits = 11
)

func digits(text string) (n int) {
	for _, r := range text {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// showSearch answers GET /petugas/cari: what fits the last search.
func (d *desk) showSearch(c web.Context) error {
	page, err := d.found(c, d.Remembered(c, searchKey))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Queue(page))
}

// found are the applications and certificates that fit a number or a name.
func (d *desk) found(c web.Context, text string) (page officer.QueuePage, err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	page.Searched, page.Sought = true, text
	if page.Page.Items, err = d.Store.SearchApplications(ctx, u, text); err != nil {
		return page, err
	}
	if page.Certificates, err = d.Store.SearchCertificates(ctx, u, text); err != nil {
		return page, err
	}
	page.Types, err = d.CertificateTypes(c)
	return page, err
}

// takeNextApplication answers POST /petugas/berikutnya: the oldest file that waits is taken and shown.
func (d *desk) takeNextApplication(c web.Context) error {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	waiting, err := d.Store.Queue(ctx, u, models.QueueFilter{State: models.Submitted}, "")
	if err != nil {
		return err
	}
	for _, item := range waiting.Items {
		err := d.Store.Take(ctx, u, item.Ref, item.Version)
		if err == nil {
			return d.Redirect(c, urls.OfficerApplication(item.Ref))
		}
		if _, refused := errors.AsType[*models.Refusal](err); !refused {
			return err
		}
	}
	return d.Done(c, "officer.queue.empty", urls.OfficerQueue())
}

// showOfficerApplication answers GET /petugas/pendaftaran/:application.
func (d *desk) showOfficerApplication(c web.Context) error {
	return d.officerApplication(c, http.StatusOK, officer.ApplicationPage{})
}

func (d *desk) officerApplication(c web.Context, status int, page officer.ApplicationPage) error {
	if err := d.fillOfficerApplication(c, &page); err != nil {
		return err
	}
	return d.Render(c, status, officer.Application(page))
}

// takeApplication answers POST /petugas/pendaftaran/:application/ambil.
func (d *desk) takeApplication(c web.Context) error {
	var f struct {
		Version int `form:"version"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := d.Store.Take(c.Request().Context(), d.CurrentUser(c), c.Param("application"), f.Version)
	return d.afterOfficerAct(c, err, "")
}

// releaseApplication answers POST /petugas/pendaftaran/:application/lepas.
func (d *desk) releaseApplication(c web.Context) error {
	err := d.Store.Release(c.Request().Context(), d.CurrentUser(c), c.Param("application"))
	return d.afterOfficerAct(c, err, "")
}

// checkIdentity answers POST /petugas/pendaftaran/:application/cek.
func (d *desk) checkIdentity(c web.Context) error {
	var f officer.CheckForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	for _, in := range f.Inputs() {
		err := d.Store.CheckIdentity(c.Request().Context(), d.CurrentUser(c), c.Param("application"), in)
		if err != nil {
			return d.afterOfficerAct(c, err, "")
		}
	}
	return d.afterOfficerAct(c, nil, "#cek")
}

// decideApplicationCertificate answers POST /petugas/pendaftaran/:application/sertifikat/:certificate.
func (d *desk) decideApplicationCertificate(c web.Context) error {
	var f officer.CertificateForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	errs, err := d.decide(c, f)
	if err == nil && !errs.Any() {
		return d.Redirect(c, urls.OfficerApplication(c.Param("application"))+"#"+officer.CertificateAnchor(c.Param("certificate")))
	}
	page := officer.ApplicationPage{CertificateForm: f, CertificateOf: c.Param("certificate"), Errors: errs, Stale: overtaken(err)}
	if err != nil && !page.Stale {
		return err
	}
	if !page.Stale {
		return d.officerApplication(c, http.StatusUnprocessableEntity, page)
	}
	return d.officerApplication(c, http.StatusConflict, page)
}

// afterOfficerAct leads back to the file; a refusal is shown on it, and a stale act shows who was
// faster.
func (d *desk) afterOfficerAct(c web.Context, err error, fragment string) error {
	if err == nil {
		return d.Redirect(c, urls.OfficerApplication(c.Param("application"))+fragment)
	}
	var page officer.ApplicationPage
	if err := web.Refusal(err, &page.Errors); err != nil {
		return err
	}
	page.Stale = overtaken(err)
	if page.Stale {
		page.Errors = nil
	}
	return d.officerApplication(c, http.StatusConflict, page)
}

// overtaken says whether a colleague was faster.
func overtaken(err error) bool {
	return errors.Is(err, models.ErrStale) || errors.Is(err, models.ErrTaken) || errors.Is(err, models.ErrNotTaken)
}

// decideApplication answers POST /petugas/pendaftaran/:application/putuskan.
func (d *desk) decideApplication(c web.Context) error {
	var page officer.ApplicationPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	if page.Errors = page.Form.Check(); page.Errors.Any() {
		return d.officerApplication(c, http.StatusUnprocessableEntity, page)
	}
	err := d.Store.Decide(c.Request().Context(), d.CurrentUser(c), c.Param("application"), page.Form.Decision())
	if err == nil {
		return d.Done(c, "officer.decide.done", urls.OfficerQueue(), "Ref", c.Param("application"))
	}
	if err := web.Refusal(err, &page.Errors); err != nil {
		return err
	}
	if page.Stale = overtaken(err); page.Stale {
		page.Errors = nil
		return d.officerApplication(c, http.StatusConflict, page)
	}
	return d.officerApplication(c, http.StatusUnprocessableEntity, page)
}

// revealNIK answers POST /petugas/pendaftaran/:application/nik. The look is written down first.
func (d *desk) revealNIK(c web.Context) error {
	var page officer.ApplicationPage
	if err := d.fillOfficerApplication(c, &page); err != nil {
		return err
	}
	var err error
	if page.NIK, err = d.Store.RevealNIK(c.Request().Context(), d.CurrentUser(c), page.Application.SeekerID); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Application(page))
}

// answerSeeker answers POST /petugas/pendaftaran/:application/jawab.
func (d *desk) answerSeeker(c web.Context) error {
	var f struct {
		Token   string `form:"token"`
		Message string `form:"message"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ref := c.Param("application")
	err := d.Store.Answer(c.Request().Context(), d.CurrentUser(c), ref, web.ValidToken(f.Token), f.Message)
	if err == nil {
		return d.Done(c, "application.message.sent", urls.OfficerApplication(ref)+"#pesan")
	}
	r, ok := errors.AsType[*models.Refusal](err)
	if !ok {
		return err
	}
	var page officer.ApplicationPage
	page.Message.Text = f.Message
	page.Errors.Add("message", r.Key)
	return d.officerApplication(c, http.StatusUnprocessableEntity, page)
}

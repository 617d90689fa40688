package handlers

import (
	"errors"
	"net/http"
	"unicode"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/nik"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// queueForm reads the filters of the queue from the address.
func queueForm(c echo.Context) officer.QueueForm {
	return officer.QueueForm{State: c.QueryParam("keadaan"), Regency: c.QueryParam("kota"), Sector: c.QueryParam("bidang"), Mine: c.QueryParam("saya")}
}

// showQueue answers GET /petugas.
func (h *Handlers) showQueue(c echo.Context) error {
	page := officer.QueuePage{Form: queueForm(c)}
	ctx := c.Request().Context()
	var err error
	if page.Page, err = h.Store.Queue(ctx, h.currentUser(c), page.Form.Filter(), c.QueryParam("sesudah")); err != nil {
		return err
	}
	if page.Regencies, err = h.Store.JakartaRegencies(ctx); err != nil {
		return err
	}
	if page.Sectors, err = h.Store.Sectors(ctx); err != nil {
		return err
	}
	return h.render(c, http.StatusOK, officer.Queue(page))
}

// searchApplications answers POST /petugas/cari: by NIK when that is typed, else by name or number, for showSearch.
func (h *Handlers) searchApplications(c echo.Context) error {
	var f struct {
		Q string `form:"q"`
	}
	if err := readForm(c, &f); err != nil {
		return err
	}
	ctx, u := c.Request().Context(), h.currentUser(c)
	page := officer.QueuePage{Searched: true}
	if number, err := nik.Parse(f.Q); err == nil {
		if page.Page.Items, err = h.Store.FindByNIK(ctx, u, number); err != nil {
			return err
		}
		return h.render(c, http.StatusOK, officer.Queue(page))
	}
	page, err := h.found(c, f.Q)
	if err != nil {
		return err
	}
	applications, certificates := page.Page.Items, page.Certificates
	switch {
	case len(applications) == 1 && len(certificates) == 0:
		return h.redirect(c, urls.OfficerApplication(applications[0].Ref))
	case len(applications) == 0 && len(certificates) == 1:
		return h.redirect(c, urls.OfficerCertificate(certificates[0].Ref))
	case digits(f.Q) > mostSearchDigits:
		return h.render(c, http.StatusOK, officer.Queue(page))
	}
	// A name stands in no address, so the session keeps it: the browser's Back then leads to the results.
	if err := h.remember(c, searchKey, f.Q); err != nil {
		return err
	}
	return h.redirect(c, urls.OfficerSearch())
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
func (h *Handlers) showSearch(c echo.Context) error {
	page, err := h.found(c, h.remembered(c, searchKey))
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, officer.Queue(page))
}

// found are the applications and certificates that fit a number or a name.
func (h *Handlers) found(c echo.Context, text string) (page officer.QueuePage, err error) {
	ctx, u := c.Request().Context(), h.currentUser(c)
	page.Searched, page.Sought = true, text
	if page.Page.Items, err = h.Store.SearchApplications(ctx, u, text); err != nil {
		return page, err
	}
	if page.Certificates, err = h.Store.SearchCertificates(ctx, u, text); err != nil {
		return page, err
	}
	page.Types, err = h.certificateTypes(c)
	return page, err
}

// takeNextApplication answers POST /petugas/berikutnya: the oldest file that waits is taken and shown.
func (h *Handlers) takeNextApplication(c echo.Context) error {
	ctx, u := c.Request().Context(), h.currentUser(c)
	waiting, err := h.Store.Queue(ctx, u, models.QueueFilter{State: models.Submitted}, "")
	if err != nil {
		return err
	}
	for _, item := range waiting.Items {
		err := h.Store.Take(ctx, u, item.Ref, item.Version)
		if err == nil {
			return h.redirect(c, urls.OfficerApplication(item.Ref))
		}
		if _, refused := errors.AsType[*models.Refusal](err); !refused {
			return err
		}
	}
	return h.done(c, "officer.queue.empty", urls.OfficerQueue())
}

// showOfficerApplication answers GET /petugas/pendaftaran/:application.
func (h *Handlers) showOfficerApplication(c echo.Context) error {
	return h.officerApplication(c, http.StatusOK, officer.ApplicationPage{})
}

func (h *Handlers) officerApplication(c echo.Context, status int, page officer.ApplicationPage) error {
	if err := h.fillOfficerApplication(c, &page); err != nil {
		return err
	}
	return h.render(c, status, officer.Application(page))
}

// takeApplication answers POST /petugas/pendaftaran/:application/ambil.
func (h *Handlers) takeApplication(c echo.Context) error {
	var f struct {
		Version int `form:"version"`
	}
	if err := readForm(c, &f); err != nil {
		return err
	}
	err := h.Store.Take(c.Request().Context(), h.currentUser(c), c.Param("application"), f.Version)
	return h.afterOfficerAct(c, err, "")
}

// releaseApplication answers POST /petugas/pendaftaran/:application/lepas.
func (h *Handlers) releaseApplication(c echo.Context) error {
	err := h.Store.Release(c.Request().Context(), h.currentUser(c), c.Param("application"))
	return h.afterOfficerAct(c, err, "")
}

// checkIdentity answers POST /petugas/pendaftaran/:application/cek.
func (h *Handlers) checkIdentity(c echo.Context) error {
	var f officer.CheckForm
	if err := readForm(c, &f); err != nil {
		return err
	}
	for _, in := range f.Inputs() {
		err := h.Store.CheckIdentity(c.Request().Context(), h.currentUser(c), c.Param("application"), in)
		if err != nil {
			return h.afterOfficerAct(c, err, "")
		}
	}
	return h.afterOfficerAct(c, nil, "#cek")
}

// decideApplicationCertificate answers POST /petugas/pendaftaran/:application/sertifikat/:certificate.
func (h *Handlers) decideApplicationCertificate(c echo.Context) error {
	var f officer.CertificateForm
	if err := readForm(c, &f); err != nil {
		return err
	}
	errs, err := h.decide(c, f)
	if err == nil && !errs.Any() {
		return h.redirect(c, urls.OfficerApplication(c.Param("application"))+"#"+officer.CertificateAnchor(c.Param("certificate")))
	}
	page := officer.ApplicationPage{CertificateForm: f, CertificateOf: c.Param("certificate"), Errors: errs, Stale: overtaken(err)}
	if err != nil && !page.Stale {
		return err
	}
	if !page.Stale {
		return h.officerApplication(c, http.StatusUnprocessableEntity, page)
	}
	return h.officerApplication(c, http.StatusConflict, page)
}

// afterOfficerAct leads back to the file; a refusal is shown on it, and a stale act shows who was
// faster.
func (h *Handlers) afterOfficerAct(c echo.Context, err error, fragment string) error {
	if err == nil {
		return h.redirect(c, urls.OfficerApplication(c.Param("application"))+fragment)
	}
	var page officer.ApplicationPage
	if err := refusal(err, &page.Errors); err != nil {
		return err
	}
	page.Stale = overtaken(err)
	if page.Stale {
		page.Errors = nil
	}
	return h.officerApplication(c, http.StatusConflict, page)
}

// overtaken says whether a colleague was faster.
func overtaken(err error) bool {
	return errors.Is(err, models.ErrStale) || errors.Is(err, models.ErrTaken) || errors.Is(err, models.ErrNotTaken)
}

// decideApplication answers POST /petugas/pendaftaran/:application/putuskan.
func (h *Handlers) decideApplication(c echo.Context) error {
	var page officer.ApplicationPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	if page.Errors = page.Form.Check(); page.Errors.Any() {
		return h.officerApplication(c, http.StatusUnprocessableEntity, page)
	}
	err := h.Store.Decide(c.Request().Context(), h.currentUser(c), c.Param("application"), page.Form.Decision())
	if err == nil {
		return h.done(c, "officer.decide.done", urls.OfficerQueue(), "Ref", c.Param("application"))
	}
	if err := refusal(err, &page.Errors); err != nil {
		return err
	}
	if page.Stale = overtaken(err); page.Stale {
		page.Errors = nil
		return h.officerApplication(c, http.StatusConflict, page)
	}
	return h.officerApplication(c, http.StatusUnprocessableEntity, page)
}

// revealNIK answers POST /petugas/pendaftaran/:application/nik. The look is written down first.
func (h *Handlers) revealNIK(c echo.Context) error {
	var page officer.ApplicationPage
	if err := h.fillOfficerApplication(c, &page); err != nil {
		return err
	}
	var err error
	if page.NIK, err = h.Store.RevealNIK(c.Request().Context(), h.currentUser(c), page.Application.SeekerID); err != nil {
		return err
	}
	return h.render(c, http.StatusOK, officer.Application(page))
}

// answerSeeker answers POST /petugas/pendaftaran/:application/jawab.
func (h *Handlers) answerSeeker(c echo.Context) error {
	var f struct {
		Token   string `form:"token"`
		Message string `form:"message"`
	}
	if err := readForm(c, &f); err != nil {
		return err
	}
	ref := c.Param("application")
	err := h.Store.Answer(c.Request().Context(), h.currentUser(c), ref, validToken(f.Token), f.Message)
	if err == nil {
		return h.done(c, "application.message.sent", urls.OfficerApplication(ref)+"#pesan")
	}
	r, ok := errors.AsType[*models.Refusal](err)
	if !ok {
		return err
	}
	var page officer.ApplicationPage
	page.Message.Text = f.Message
	page.Errors.Add("message", r.Key)
	return h.officerApplication(c, http.StatusUnprocessableEntity, page)
}

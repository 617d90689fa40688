package officer

import (
	"errors"
	"net/http"
	"unicode"

	"naikkelas/handlers/web"
	"naikkelas/internal/nik"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/views/officer"
)

// queueForm reads the filters of the queue from the address.
func queueForm(c web.Context) officer.QueueForm {
	return officer.QueueForm{
		State: c.QueryParam("keadaan"), Regency: c.QueryParam("kota"), Sector: c.QueryParam("bidang"), Mine: c.QueryParam("saya"),
	}
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
	applications, certificates, cases := page.Page.Items, page.Certificates, page.Cases
	switch one := len(applications)+len(certificates)+len(cases) == 1; {
	case one && len(applications) == 1:
		return d.Redirect(c, urls.OfficerApplication(applications[0].Ref))
	case one && len(certificates) == 1:
		return d.Redirect(c, urls.OfficerCertificate(certificates[0].Ref))
	case one:
		return d.Redirect(c, urls.Case(cases[0].Ref))
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

// found are the applications and certificates that fit a number or a name, and the cases for who helps people in trouble:
// their numbers look alike, and whoever calls says one number.
func (d *desk) found(c web.Context, text string) (page officer.QueuePage, err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	page.Searched, page.Sought = true, text
	if page.Page.Items, err = d.Store.SearchApplications(ctx, u, text); err != nil {
		return page, err
	}
	if page.Certificates, err = d.Store.SearchCertificates(ctx, u, text); err != nil {
		return page, err
	}
	if page.Types, err = d.CertificateTypes(c); err != nil || text == "" {
		return page, err
	}
	found, err := d.Protection.Cases(ctx, u, protection.CaseFilter{Tab: protection.TabAll, Words: text})
	if errors.Is(err, models.ErrNotFound) { // the desk of cases is not theirs
		return page, nil
	}
	page.Cases = found.Rows
	return page, err
}

// takeNextApplication answers POST /petugas/berikutnya: the officer's own open file, or the oldest that waits within
// the filter, which the session keeps for the one after it.
func (d *desk) takeNextApplication(c web.Context) error {
	var f officer.QueueForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	if err := d.Remember(c, filterKey, f.Kept()); err != nil {
		return err
	}
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		ref, err := d.Store.TakeNextApplication(c.Request().Context(), d.CurrentUser(c), f.Filter())
		if errors.Is(err, models.ErrNotFound) {
			return web.Said(f.Path(), "officer.queue.empty"), nil
		}
		return web.To(urls.OfficerApplication(ref)), err
	})
}

// filterKey keeps the filter within which an officer goes from file to file.
const filterKey = "queue_filter"

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

// applicationAct does something with the file in the address, and shows the file again with what is wrong, or
// with who was faster.
func (d *desk) applicationAct(c web.Context, page *officer.ApplicationPage, act func() (web.Next, error)) error {
	again := func(status int) error { return d.officerApplication(c, status, *page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, act)
}

// takeApplication answers POST /petugas/pendaftaran/:application/ambil.
func (d *desk) takeApplication(c web.Context) error {
	var page officer.ApplicationPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	ref := c.Param("application")
	return d.takenAgain(c, page, d.Store.Take(c.Request().Context(), d.CurrentUser(c), ref, page.Form.Version))
}

// takenAgain shows a file that was taken. What was typed into a decision that came too late stands in its form again.
func (d *desk) takenAgain(c web.Context, page officer.ApplicationPage, err error) error {
	if err == nil && page.Form.Outcome != "" {
		return d.officerApplication(c, http.StatusOK, page)
	}
	return d.applicationAct(c, &page, func() (web.Next, error) {
		return web.To(urls.OfficerApplication(c.Param("application"))), err
	})
}

// releaseApplication answers POST /petugas/pendaftaran/:application/lepas.
func (d *desk) releaseApplication(c web.Context) error {
	return d.applicationAct(c, &officer.ApplicationPage{}, func() (web.Next, error) {
		ref := c.Param("application")
		return web.To(urls.OfficerApplication(ref)), d.Store.Release(c.Request().Context(), d.CurrentUser(c), ref)
	})
}

// checkIdentity answers POST /petugas/pendaftaran/:application/cek.
func (d *desk) checkIdentity(c web.Context) error {
	var f officer.CheckForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	return d.applicationAct(c, &officer.ApplicationPage{}, func() (web.Next, error) {
		ref := c.Param("application")
		err := d.Store.CheckIdentity(c.Request().Context(), d.CurrentUser(c), ref, f.Inputs()...)
		return web.To(urls.OfficerApplication(ref) + "#cek"), err
	})
}

// decideApplicationCertificate answers POST /petugas/pendaftaran/:application/sertifikat/:certificate.
func (d *desk) decideApplicationCertificate(c web.Context) error {
	ref := c.Param("certificate")
	page := officer.ApplicationPage{CertificateOf: ref}
	if err := web.ReadForm(c, &page.CertificateForm); err != nil {
		return err
	}
	f := page.CertificateForm
	page.Errors = f.Check()
	again := func(status int) error {
		page.Errors = officer.CertificateErrors(page.Errors, f, ref)
		return d.officerApplication(c, status, page)
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		next := web.To(urls.OfficerApplication(c.Param("application")) + "#" + officer.CertificateAnchor(ref))
		return next, d.Store.DecideCertificate(c.Request().Context(), d.CurrentUser(c), ref, f.Decision())
	})
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

// openContact answers POST /petugas/pendaftaran/:application/kontak. The look is written down first.
func (d *desk) openContact(c web.Context) error {
	contact, err := d.Store.OpenContact(c.Request().Context(), d.CurrentUser(c), c.Param("application"))
	if err != nil {
		return err
	}
	return d.officerApplication(c, http.StatusOK, officer.ApplicationPage{Contact: &contact})
}

// openFamily answers POST /petugas/pendaftaran/:application/keluarga. The look is written down first.
func (d *desk) openFamily(c web.Context) error {
	family, err := d.Store.OpenFamily(c.Request().Context(), d.CurrentUser(c), c.Param("application"))
	if err != nil {
		return err
	}
	return d.officerApplication(c, http.StatusOK, officer.ApplicationPage{Family: &family})
}

// printApplication answers GET /petugas/pendaftaran/:application/cetak.
func (d *desk) printApplication(c web.Context) error {
	var page officer.ApplicationPage
	if err := d.fillOfficerApplication(c, &page); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Print(page))
}

// answerSeeker answers POST /petugas/pendaftaran/:application/jawab.
func (d *desk) answerSeeker(c web.Context) error {
	var f struct {
		Token   string `form:"token"`
		Message string `form:"message"`
		Seen    int64  `form:"seen"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	var page officer.ApplicationPage
	page.Message.Text = f.Message
	return d.applicationAct(c, &page, func() (web.Next, error) {
		ref := c.Param("application")
		reply := models.Reply{Token: web.ValidToken(f.Token), Text: f.Message, Seen: f.Seen}
		err := d.Store.Answer(c.Request().Context(), d.CurrentUser(c), ref, reply)
		if r, ok := errors.AsType[*models.Refusal](err); ok {
			err = &models.Refusal{Key: r.Key, Field: "message", Args: r.Args} // the seeker's form calls it text
		}
		return web.Said(urls.OfficerApplication(ref)+"#pesan", "application.message.sent"), err
	})
}

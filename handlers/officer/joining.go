package officer

import (
	"cmp"
	"errors"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// joinRoutes are institutions that ask to join.
func (d *desk) joinRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.JoinListPattern, d.listRequests, web.Officers),
		web.Get(urls.JoinFilePattern, d.showRequest, web.Officers),
		web.Post(urls.JoinItemsPattern, d.checkRequest, web.Officers),
		web.Get(urls.JoinStepPattern, d.requestStep, web.Officers),
		web.Post(urls.JoinStepPattern, d.decideRequest, web.Officers),
		web.Post(urls.JoinInvitePattern, d.inviteRequester, web.Officers),
		web.Get(urls.JoinPaperPattern, d.showPaper, web.Officers),
		web.Get(urls.JoinPagePattern, d.paperImage, web.Officers),
		web.Get(urls.LicenceChangesPattern, d.listLicenceChanges, web.Officers),
		web.Get(urls.LicenceChangePattern, d.showLicenceChange, web.Officers),
		web.Get(urls.LicenceStepPattern, d.licenceStep, web.Officers),
		web.Post(urls.LicenceStepPattern, d.decideLicenceChange, web.Officers),
	}
}

// listRequests answers GET /petugas/permohonan-lembaga: what waits for officers, or what is in another state.
func (d *desk) listRequests(c web.Context) (err error) {
	page := officer.RequestsPage{State: models.RequestState(cmp.Or(c.QueryParam("keadaan"), string(models.RequestSubmitted)))}
	page.List, err = d.Store.InstitutionRequests(c.Request().Context(), d.CurrentUser(c), page.State, c.QueryParam("sesudah"))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Requests(page))
}

// showRequest answers GET /petugas/permohonan-lembaga/:request.
func (d *desk) showRequest(c web.Context) error {
	return d.requestPage(c, http.StatusOK, officer.RequestPage{})
}

func (d *desk) requestPage(c web.Context, status int, page officer.RequestPage) (err error) {
	if page.File, err = d.Store.RequestForOfficer(c.Request().Context(), d.CurrentUser(c), c.Param("request")); err != nil {
		return err
	}
	if len(page.Items.Rows) == 0 {
		page.Items = officer.ItemsFormOf(page.File)
	}
	return d.Render(c, status, officer.Request(page))
}

// checkRequest answers POST /petugas/permohonan-lembaga/:request/cek: what an officer found, of all items or of some.
func (d *desk) checkRequest(c web.Context) error {
	var page officer.RequestPage
	if err := web.ReadForm(c, &page.Items); err != nil {
		return err
	}
	page.Errors = page.Items.Check()
	ref := c.Param("request")
	again := func(status int) error { return d.requestPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		err := d.Store.CheckRequest(c.Request().Context(), d.CurrentUser(c), ref, page.Items.Findings())
		return web.Said(urls.JoinFile(ref), "join.check.saved"), err
	})
}

// requestStep answers GET /petugas/permohonan-lembaga/:request/langkah?ke=: what the applicant will read.
func (d *desk) requestStep(c web.Context) error {
	return d.requestStepPage(c, http.StatusOK, officer.RequestPage{Form: officer.RequestStepForm{To: c.QueryParam("ke")}})
}

func (d *desk) requestStepPage(c web.Context, status int, page officer.RequestPage) (err error) {
	if page.File, err = d.Store.RequestForOfficer(c.Request().Context(), d.CurrentUser(c), c.Param("request")); err != nil {
		return err
	}
	if !page.Asks() {
		return d.requestPage(c, status, page)
	}
	return d.Render(c, status, officer.RequestStep(page))
}

// decideRequest answers POST /petugas/permohonan-lembaga/:request/langkah.
func (d *desk) decideRequest(c web.Context) error {
	var page officer.RequestPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	ref := c.Param("request")
	again := func(status int) error { return d.requestStepPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		err := d.Store.DecideRequest(c.Request().Context(), d.CurrentUser(c), ref, page.Form.Decision())
		if errors.Is(err, models.ErrNotNow) {
			err = models.ErrStale
		}
		return web.Said(urls.JoinFile(ref), "join.decided"), err
	})
}

// inviteRequester answers POST /petugas/permohonan-lembaga/:request/undang.
func (d *desk) inviteRequester(c web.Context) error {
	ref := c.Param("request")
	again := func(status int) error { return d.requestPage(c, status, officer.RequestPage{}) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		err := d.Store.InviteRequester(c.Request().Context(), d.CurrentUser(c), ref)
		return web.Said(urls.JoinFile(ref), "manage.team.invited_again"), err
	})
}

// showPaper answers GET /petugas/berkas-lembaga/:paper; the look is written down.
func (d *desk) showPaper(c web.Context) error {
	paper, err := d.Store.PaperForOfficer(c.Request().Context(), d.CurrentUser(c), c.Param("paper"))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Paper(officer.PaperPage{Paper: paper}))
}

// paperImage answers GET /petugas/berkas-lembaga/:paper/:page.
func (d *desk) paperImage(c web.Context) error {
	number, ok := web.Number(c.Param("page"))
	if !ok {
		return models.ErrNotFound
	}
	page, err := d.Store.PaperPage(c.Request().Context(), d.CurrentUser(c), c.Param("paper"), number)
	if err != nil {
		return err
	}
	return d.SendBlob(c, page.ViewKey, models.PaperImagePlace(page.ViewKey), "image/jpeg", "inline")
}

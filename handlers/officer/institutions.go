package officer

import (
	"errors"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// listOfficerInstitutions answers GET /petugas/lembaga.
func (d *desk) listOfficerInstitutions(c web.Context) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	page := officer.InstitutionsPage{Form: officer.ReadInstitutionsForm(c.QueryParams())}
	if page.Counts, err = d.Store.InstitutionCounts(ctx, u); err != nil {
		return err
	}
	if page.Joins, err = d.Store.Holds(ctx, u, models.DutyInstitutions); err != nil {
		return err
	}
	f := page.Form
	if page.Page, err = d.Store.InstitutionsForOfficer(ctx, u, f.State, f.Text, f.After); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Institutions(page))
}

// showOfficerInstitution answers GET /petugas/lembaga/:institution.
func (d *desk) showOfficerInstitution(c web.Context) error {
	return d.officerInstitutionPage(c, http.StatusOK, officer.InstitutionPage{})
}

func (d *desk) officerInstitutionPage(c web.Context, status int, page officer.InstitutionPage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if page.Institution, err = d.Store.InstitutionForOfficer(ctx, u, c.Param("institution")); err != nil {
		return err
	}
	if page.Events, err = d.Store.InstitutionEvents(ctx, u, page.Institution); err != nil {
		return err
	}
	return d.Render(c, status, officer.Institution(page))
}

// institutionStep answers GET /petugas/lembaga/:institution/langkah?ke=: whom it touches to suspend or revoke it.
func (d *desk) institutionStep(c web.Context) error {
	to := models.InstitutionState(c.QueryParam("ke"))
	return d.institutionStepPage(c, http.StatusOK, officer.InstitutionPage{Form: officer.InstitutionForm{To: string(to)}})
}

func (d *desk) institutionStepPage(c web.Context, status int, page officer.InstitutionPage) (err error) {
	ctx, u, to := c.Request().Context(), d.CurrentUser(c), models.InstitutionState(page.Form.To)
	if page.Institution, err = d.Store.InstitutionForOfficer(ctx, u, c.Param("institution")); err != nil {
		return err
	}
	if page.Stale {
		page.Edits, err = d.Store.EditsSince(ctx, u, models.EditInstitution, page.Institution.ID, page.Form.Version)
		if err != nil {
			return err
		}
	}
	if !page.Asks() {
		return d.officerInstitutionPage(c, status, page)
	}
	if page.Preview, err = d.Store.InstitutionPreview(ctx, u, page.Institution, to); err != nil {
		return err
	}
	return d.Render(c, status, officer.InstitutionStep(page))
}

// decideInstitution answers POST /petugas/lembaga/:institution: the officer verifies, suspends or
// revokes it. A step that is not on its way any more is one that a colleague took.
func (d *desk) decideInstitution(c web.Context) error {
	var page officer.InstitutionPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.institutionStepPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		ref := c.Param("institution")
		err := d.Store.DecideInstitution(c.Request().Context(), d.CurrentUser(c), ref, page.Form.Decision())
		if errors.Is(err, models.ErrNotNow) {
			err = models.ErrStale
		}
		return web.Said(urls.OfficerInstitution(ref), "officer.institution.done"), err
	})
}

package institution

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/manage"
)

// criteriaForm answers GET /kelola/angkatan/:intake/kriteria.
func (d *desk) criteriaForm(c web.Context) error {
	return d.criteriaPage(c, http.StatusOK, manage.CriteriaPage{})
}

// criteriaPage shows what is kept, or what was typed where something is wrong with it.
func (d *desk) criteriaPage(c web.Context, status int, page manage.CriteriaPage) (err error) {
	page.Intake, page.Programme, page.Scoring, err = d.Store.IntakeScoring(c.Request().Context(), d.CurrentUser(c), c.Param("intake"))
	if err != nil {
		return err
	}
	if status == http.StatusOK {
		page.Form = manage.CriteriaFormOf(page.Scoring)
	}
	page.Form.Version = page.Scoring.Version()
	return d.Render(c, status, manage.Criteria(page))
}

// saveCriteria answers POST /kelola/angkatan/:intake/kriteria.
func (d *desk) saveCriteria(c web.Context) error {
	var page manage.CriteriaPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	list, passMark, errs := page.Form.Read()
	page.Errors = errs
	again := func(status int) error { return d.criteriaPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		intake := c.Param("intake")
		err := d.Store.SetScoring(c.Request().Context(), d.CurrentUser(c), intake, page.Form.Version, list, passMark)
		return web.Said(urls.ManageApplicants(intake), "scoring.set"), err
	})
}

// scoreSheet answers GET /kelola/angkatan/:intake/nilai.
func (d *desk) scoreSheet(c web.Context) error {
	return d.scorePage(c, http.StatusOK, manage.ScoresPage{Cursor: c.QueryParam("sesudah")})
}

func (d *desk) scorePage(c web.Context, status int, page manage.ScoresPage) (err error) {
	page.Sheet, err = d.Store.Sheet(c.Request().Context(), d.CurrentUser(c), c.Param("intake"), page.Cursor)
	if err != nil {
		return err
	}
	return d.Render(c, status, manage.Scores(page))
}

// saveScores answers POST /kelola/angkatan/:intake/nilai: a page of the sheet.
func (d *desk) saveScores(c web.Context) error {
	var f manage.ScoresForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	var names []string
	for _, ref := range f.Refs {
		for position := 1; position <= models.CriteriaMost; position++ {
			if name := models.ScoreField(ref, position); c.Request().PostForm.Has(name) { // what was not on the page stays as it is
				names = append(names, name)
			}
		}
	}
	page := manage.ScoresPage{Cursor: f.Cursor, Typed: web.TypedFields(c, names)}
	list, errs := f.Read(page.Typed)
	page.Errors = errs
	again := func(status int) error { return d.scorePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		intake := c.Param("intake")
		err := d.Store.SaveScores(c.Request().Context(), d.CurrentUser(c), intake, f.Seen, list)
		if f.Next != "" {
			return web.Said(urls.WithQuery(urls.ManageScores(intake), "sesudah", f.Next), "scoring.saved"), err
		}
		return web.Said(urls.ManageApplicants(intake), "scoring.saved"), err
	})
}

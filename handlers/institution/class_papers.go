package institution

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/pdf"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/manage"
)

// papers answers GET /kelola/angkatan/:intake/surat-tamat: those of a class who passed, and their papers.
func (d *desk) papers(c web.Context) error {
	return d.papersPage(c, http.StatusOK, manage.PapersPage{})
}

func (d *desk) papersPage(c web.Context, status int, page manage.PapersPage) (err error) {
	page.Intake, page.Programme, page.List, page.More, err = d.Store.PaperDrafts(
		c.Request().Context(), d.CurrentUser(c), c.Param("intake"), c.QueryParam("sesudah"), pdf.Lacks)
	if err != nil {
		return err
	}
	return d.Render(c, status, manage.Papers(page))
}

// checkPapers answers GET /kelola/angkatan/:intake/surat-tamat/periksa: what the papers will say, before they are issued.
func (d *desk) checkPapers(c web.Context) error {
	var page manage.PapersPage
	if page.Form.Applications = c.QueryParams()["applications"]; len(page.Form.Applications) == 0 {
		page.Errors.Add("applications", models.ErrNobodyChosen.Key)
		return d.papersPage(c, http.StatusUnprocessableEntity, page)
	}
	return d.checkPapersPage(c, http.StatusOK, page)
}

func (d *desk) checkPapersPage(c web.Context, status int, page manage.PapersPage) (err error) {
	page.Intake, page.Programme, page.List, err = d.Store.ChosenPapers(
		c.Request().Context(), d.CurrentUser(c), c.Param("intake"), page.Form.Applications, pdf.Lacks)
	if err != nil {
		return err
	}
	return d.Render(c, status, manage.CheckPapers(page))
}

// issuePapers answers POST /kelola/angkatan/:intake/surat-tamat.
func (d *desk) issuePapers(c web.Context) error {
	var page manage.PapersPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error {
		if len(page.Form.Applications) == 0 {
			return d.papersPage(c, status, page)
		}
		return d.checkPapersPage(c, status, page)
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		intake := c.Param("intake")
		done, err := d.Store.IssuePapers(
			c.Request().Context(), d.CurrentUser(c), intake, page.Form.Applications, page.Form.Seen, pdf.Lacks)
		return web.Said(urls.Papers(intake), "class.papers.done", "Issued", done.Issued, "Already", done.Already, "Stopped", done.Stopped), err
	})
}

// paperOf reads a paper of the institution.
func (d *desk) paperOf(c web.Context, page *manage.PaperPage) (err error) {
	page.Paper, page.Intake, page.Now, err = d.Store.InstitutionPaper(
		c.Request().Context(), d.CurrentUser(c), c.Param("paper"), pdf.Lacks)
	if err != nil {
		return err
	}
	code, err := d.Store.PaperCode(page.Paper)
	page.Link = urls.CheckedPaper(code)
	return err
}

// paper answers GET /kelola/surat-tamat/:paper.
func (d *desk) paper(c web.Context) error {
	var page manage.PaperPage
	if err := d.paperOf(c, &page); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, manage.Paper(page))
}

// printPaper answers GET /kelola/surat-tamat/:paper/pdf.
func (d *desk) printPaper(c web.Context) error {
	var page manage.PaperPage
	if err := d.paperOf(c, &page); err != nil {
		return err
	}
	return d.SendPaper(c, page.Paper)
}

// withdrawPaperForm answers GET /kelola/surat-tamat/:paper/cabut.
func (d *desk) withdrawPaperForm(c web.Context) error {
	return d.withdrawPaperPage(c, http.StatusOK, manage.PaperPage{})
}

func (d *desk) withdrawPaperPage(c web.Context, status int, page manage.PaperPage) error {
	if err := d.paperOf(c, &page); err != nil {
		return err
	}
	return d.Render(c, status, manage.WithdrawPaper(page))
}

// withdrawPaper answers POST /kelola/surat-tamat/:paper/cabut.
func (d *desk) withdrawPaper(c web.Context) error {
	var page manage.PaperPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.withdrawPaperPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		ref := c.Param("paper")
		err := d.Store.WithdrawPaper(c.Request().Context(), d.CurrentUser(c), ref, page.Form.Version, page.Form.Reason)
		return web.Said(urls.Paper(ref), "class.paper.withdrawn"), err
	})
}

// correctPaperForm answers GET /kelola/surat-tamat/:paper/perbaiki: the paper beside the one that would take its place.
func (d *desk) correctPaperForm(c web.Context) error {
	return d.correctPaperPage(c, http.StatusOK, manage.PaperPage{})
}

func (d *desk) correctPaperPage(c web.Context, status int, page manage.PaperPage) error {
	if err := d.paperOf(c, &page); err != nil {
		return err
	}
	return d.Render(c, status, manage.CorrectPaper(page))
}

// correctPaper answers POST /kelola/surat-tamat/:paper/perbaiki.
func (d *desk) correctPaper(c web.Context) error {
	var page manage.PaperPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.correctPaperPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		next, err := d.Store.CorrectPaper(
			c.Request().Context(), d.CurrentUser(c), c.Param("paper"), page.Form.Version, page.Form.Reason, pdf.Lacks)
		return web.Said(urls.Paper(next), "class.paper.corrected"), err
	})
}

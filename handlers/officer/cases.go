package officer

import (
	"errors"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/views/officer"
)

// caseRoutes are the desk for people in trouble. Who may see which case, and do what, is for the Store; for everybody
// else there is no such page.
func (d *desk) caseRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.CasesPattern, d.cases, web.Officers),
		web.Get(urls.CaseSearchPattern, d.caseSearch, web.Officers),
		web.Post(urls.CaseSearchPattern, d.searchCases, web.Officers),
		web.Post(urls.CaseAssignPattern, d.assignCases, web.Officers),
		web.Get(urls.ShiftNotesPattern, d.shiftNotes, web.Officers),
		web.Post(urls.ShiftNotesPattern, d.handOverShift, web.Officers),
		web.Post(urls.ShiftNotePattern, d.takeOverShift, web.Officers),
		web.Get(urls.CaseNewPattern, d.newCase, web.Officers),
		web.Post(urls.CaseNewPattern, d.openCase, web.Officers),
		web.Get(urls.CaseFiguresPattern, d.caseFigures, web.Officers),
		web.Get(urls.CasePattern, d.ofCase(d.showCase), web.Officers),
		web.Post(urls.CasePattern, d.ofCase(d.logContact), web.Officers),
		web.Post(urls.CaseTakePattern, d.ofCase(d.takeCase), web.Officers),
		web.Post(urls.CaseRevealPattern, d.ofCase(d.revealAddress), web.Officers),
		web.Get(urls.CasePeoplePattern, d.ofCase(d.casePeople), web.Officers),
		web.Post(urls.CasePeoplePattern, d.ofCase(d.addCasePerson), web.Officers),
		web.Get(urls.CasePersonPattern, d.ofCase(d.casePerson), web.Officers),
		web.Post(urls.CasePersonPattern, d.ofCase(d.identify), web.Officers),
		web.Post(urls.CaseJoinPattern, d.ofCase(d.askJoin), web.Officers),
		web.Post(urls.CaseJoinedPattern, d.ofCase(d.changeJoin), web.Officers),
		web.Get(urls.CaseFilesPattern, d.ofCase(d.caseFiles), web.Officers),
		web.Post(urls.CaseFilesPattern, d.ofCase(d.addCaseFile), web.Officers).UpTo(web.BodyFiles),
		web.Get(urls.CaseFilePattern, d.ofCase(d.showCaseFile), web.Officers),
		web.Get(urls.CaseFilePagePattern, d.ofCase(d.caseFilePage), web.Officers),
		web.Get(urls.CaseFileTakePattern, d.ofCase(d.takeOffForm), web.Officers),
		web.Post(urls.CaseFileTakePattern, d.ofCase(d.takeOff), web.Officers),
		web.Get(urls.CaseSoundPattern, d.ofCase(d.caseSound), web.Officers),
		web.Get(urls.CaseFetchPattern, d.ofCase(d.fetchCaseFile), web.Officers),
		web.Get(urls.CaseStepPattern, d.ofCase(d.caseStep), web.Officers),
		web.Post(urls.CaseStepPattern, d.ofCase(d.doCaseStep), web.Officers),
	}
}

// ofCase lets the pages of a case play what people recorded, and writes down that somebody asked for a case that is not theirs
// to see; to them it is not there.
func (d *desk) ofCase(handle web.Handler) web.Handler {
	return func(c web.Context) error {
		web.MayPlay(c)
		err := handle(c)
		if !errors.Is(err, models.ErrNotFound) {
			return err
		}
		if noted := d.Protection.Refused(c.Request().Context(), d.CurrentUser(c), c.Param("case")); noted != nil {
			return noted
		}
		return err
	}
}

// cases answers GET /petugas/kasus.
func (d *desk) cases(c web.Context) error {
	page := officer.CasesPage{Form: officer.ReadCasesForm(c.QueryParam)}
	return d.casesPage(c, http.StatusOK, page, page.Form.Filter())
}

func (d *desk) casesPage(c web.Context, status int, page officer.CasesPage, filter protection.CaseFilter) (err error) {
	ctx := c.Request().Context()
	if page.Desk, err = d.Protection.Cases(ctx, d.CurrentUser(c), filter); err != nil {
		return err
	}
	if page.Kinds, err = d.Protection.CaseTypes(ctx); err != nil {
		return err
	}
	if page.Countries, err = d.Store.Countries(ctx); err != nil {
		return err
	}
	if page.Offices, err = d.Protection.CaseOffices(ctx); err != nil {
		return err
	}
	if page.Officers, err = d.Protection.Protectors(ctx); err != nil {
		return err
	}
	if page.OnDuty, err = d.Protection.OnDuty(ctx); err != nil {
		return err
	}
	if page.Next, err = d.Protection.NextShift(ctx); err != nil {
		return err
	}
	page.Many.Token = web.ValidToken(page.Many.Token)
	return d.Render(c, status, officer.Cases(page))
}

// caseSearch answers GET /petugas/kasus/cari: whoever comes back to a search begins anew.
func (d *desk) caseSearch(c web.Context) error { return d.Redirect(c, urls.Cases()) }

// searchCases answers POST /petugas/kasus/cari: in open and closed cases alike. What was sought never stands in an address;
// what one case alone has leads to it.
func (d *desk) searchCases(c web.Context) error {
	var form struct {
		Words string `form:"words"`
	}
	if err := web.ReadForm(c, &form); err != nil {
		return err
	}
	if form.Words == "" {
		return d.Redirect(c, urls.Cases())
	}
	filter := protection.CaseFilter{Tab: protection.TabAll, Words: form.Words}
	found, err := d.Protection.Cases(c.Request().Context(), d.CurrentUser(c), filter)
	if err != nil {
		return err
	}
	if len(found.Rows) == 1 {
		return d.Redirect(c, urls.Case(found.Rows[0].Ref))
	}
	return d.casesPage(c, http.StatusOK, officer.CasesPage{Searched: true, Words: form.Words}, filter)
}

package officer

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// casePerson answers GET /petugas/kasus/:case/orang/:person.
func (d *desk) casePerson(c web.Context) error {
	page := officer.IdentityPage{Join: officer.JoinForm{Target: c.QueryParam("dengan"), Act: c.QueryParam("tindakan")}}
	return d.identityPage(c, http.StatusOK, page, c.Param("person"))
}

func (d *desk) identityPage(c web.Context, status int, page officer.IdentityPage, person string) (err error) {
	page.PersonPage, err = d.Protection.PersonFor(c.Request().Context(), d.CurrentUser(c), c.Param("case"), person)
	if err != nil {
		return err
	}
	if page.Form.Token == "" { // nothing was sent: the form says what is there
		page.Form = officer.IdentityFormOf(page.Person)
	}
	page.Form.Token = web.ValidToken(page.Form.Token)
	return d.Render(c, status, officer.Identity(page))
}

// identify answers POST /petugas/kasus/:case/orang/:person: who somebody is, as far as it is known.
func (d *desk) identify(c web.Context) error {
	var page officer.IdentityPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Form.Token = web.ValidToken(page.Form.Token)
	page.Errors = page.Form.Check()
	ref, person := c.Param("case"), c.Param("person")
	again := func(status int) error { return d.identityPage(c, status, page, person) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Protection.Identify(c.Request().Context(), d.CurrentUser(c), page.Form.Press(ref), person, page.Form.Identity())
		return web.Said(urls.CasePerson(ref, person), "case.find.saved"), err
	})
}

// askJoin answers POST /petugas/kasus/:case/orang/:person/satukan.
func (d *desk) askJoin(c web.Context) error {
	var page officer.IdentityPage
	if err := web.ReadForm(c, &page.Join); err != nil {
		return err
	}
	page.Join.Act = ""
	ref, person := c.Param("case"), c.Param("person")
	again := func(status int) error { return d.identityPage(c, status, page, person) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Protection.AskJoin(c.Request().Context(), d.CurrentUser(c), page.Join.Press(ref), person, page.Join.To(), page.Join.Why)
		return web.Said(urls.CasePerson(ref, person), "case.join.asked"), err
	})
}

// changeJoin answers POST /petugas/kasus/:case/satukan/:join: the second officer's word, or that it is undone.
func (d *desk) changeJoin(c web.Context) error {
	var page officer.IdentityPage
	if err := web.ReadForm(c, &page.Join); err != nil {
		return err
	}
	ref := c.Param("case")
	again := func(status int) error { return d.identityPage(c, status, page, page.Join.Person) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ctx, u, press := c.Request().Context(), d.CurrentUser(c), page.Join.Press(ref)
		to := urls.CasePerson(ref, page.Join.Person)
		switch page.Join.Act {
		case officer.JoinAgree, officer.JoinDecline:
			err := d.Protection.AnswerCaseJoin(ctx, u, press, c.Param("join"), page.Join.Act == officer.JoinAgree)
			return web.Said(to, "case.join.answered"), err
		case officer.JoinUndo:
			return web.Said(to, "case.join.undone"), d.Protection.UndoCaseJoin(ctx, u, press, c.Param("join"), page.Join.Why)
		}
		return web.Next{}, models.ErrNotFound
	})
}

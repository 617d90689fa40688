package officer

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// accountJoins answers GET /petugas/satukan.
func (d *desk) accountJoins(c web.Context) error {
	list, err := d.Store.WaitingJoins(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.AccountJoins(list))
}

// accountPair answers GET /petugas/satukan/:person/:other.
func (d *desk) accountPair(c web.Context) error {
	return d.accountPairPage(c, http.StatusOK, officer.AccountPairPage{}, c.Param("person"), c.Param("other"))
}

func (d *desk) accountPairPage(c web.Context, status int, page officer.AccountPairPage, person, other string) (err error) {
	if page.AccountPair, err = d.Store.AccountPair(c.Request().Context(), d.CurrentUser(c), person, other); err != nil {
		return err
	}
	return d.Render(c, status, officer.Pair(page))
}

// askAccountJoin answers POST /petugas/satukan/:person/:other.
func (d *desk) askAccountJoin(c web.Context) error {
	var page officer.AccountPairPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	person, other := c.Param("person"), c.Param("other")
	again := func(status int) error { return d.accountPairPage(c, status, page, person, other) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return web.Said(urls.AccountPair(person, other), "person.join.asked"),
			d.Store.AskToJoin(c.Request().Context(), d.CurrentUser(c), page.Form.Ask(person, other))
	})
}

// answerAccountJoin answers POST /petugas/satukan/putusan/:join: the second officer's word.
func (d *desk) answerAccountJoin(c web.Context) error {
	return d.changeAccountJoin(c, "person.join.done", func(u models.User, f officer.AccountJoinForm) error {
		if f.Act != officer.JoinAgree && f.Act != officer.JoinDecline {
			return models.ErrNotFound
		}
		return d.Store.AnswerJoin(c.Request().Context(), u, c.Param("join"), f.Act == officer.JoinAgree)
	})
}

// separateAccounts answers POST /petugas/satukan/pisah/:join.
func (d *desk) separateAccounts(c web.Context) error {
	return d.changeAccountJoin(c, "person.join.undone", func(u models.User, f officer.AccountJoinForm) error {
		return d.Store.UndoJoin(c.Request().Context(), u, c.Param("join"), f.Why)
	})
}

// changeAccountJoin runs one act on a link and leads back to its two accounts.
func (d *desk) changeAccountJoin(c web.Context, said string, do func(u models.User, f officer.AccountJoinForm) error) error {
	var page officer.AccountPairPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	f := page.Form
	again := func(status int) error { return d.accountPairPage(c, status, page, f.Person, f.Other) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return web.Said(urls.AccountPair(f.Person, f.Other), said), do(d.CurrentUser(c), f)
	})
}

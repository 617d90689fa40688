package help

import (
	"errors"
	"net/http"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/views/help"
)

// receipt answers GET /bantuan/diterima: number and PIN of what was just sent, and what happens now.
func (d *desk) receipt(c web.Context) error {
	ctx := c.Request().Context()
	r, err := d.Protection.Receipt(ctx, d.token(c))
	if err != nil {
		return err
	}
	p := help.ReceiptPage{Receipt: r, FileLost: c.QueryParam("berkas") != ""}
	if p.Contacts, err = d.contactsIn(ctx, r.Country); err != nil {
		return err
	}
	if p.Hotlines, err = d.knownHotlines(ctx); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, help.Receipt(p))
}

// enterForm answers GET /bantuan/kabar.
func (d *desk) enterForm(c web.Context) error {
	return d.Render(c, http.StatusOK, help.Enter(help.EnterPage{}))
}

// enter answers POST /bantuan/kabar: number and PIN open what was written and answered. A form that came when the pages
// had closed stands there filled in again.
func (d *desk) enter(c web.Context) error {
	var p help.EnterPage
	if err := web.ReadForm(c, &p.Form); err != nil {
		return err
	}
	if err := readUnsent(c, &p); err != nil {
		return err
	}
	p.Errors = p.Form.Check()
	again := func(status int) error { return d.Render(c, status, help.Enter(p)) }
	token := ""
	err := d.Act(c, web.Form{Errors: &p.Errors, Again: again}, func() (next web.Next, err error) {
		if token, err = d.Protection.Enter(c.Request().Context(), p.Form.Ref, p.Form.PIN, c.RealIP()); err != nil {
			return next, err
		}
		d.keepToken(c, token)
		if p.Unsent() {
			return next, errUnsent
		}
		return web.To(urls.HelpAnswers()), nil
	})
	if errors.Is(err, errUnsent) {
		return d.unsent(c, token, p)
	}
	return err
}

// answers answers GET /bantuan/jawaban.
func (d *desk) answers(c web.Context) error {
	return d.answersPage(c, http.StatusOK, d.token(c), help.AnswersPage{Form: help.MessageForm{Token: uuid.NewString()}})
}

func (d *desk) answersPage(c web.Context, status int, token string, p help.AnswersPage) (err error) {
	p.Account = d.account(c)
	if p.Own, err = d.Protection.OwnCase(c.Request().Context(), token); err != nil {
		return err
	}
	return d.Render(c, status, help.Answers(p))
}

// write answers POST /bantuan/jawaban/pesan. When the pages have closed meanwhile the message goes on to number and PIN.
func (d *desk) write(c web.Context) error {
	var p help.AnswersPage
	if err := web.ReadForm(c, &p.Form); err != nil {
		return err
	}
	p.Form.Token = web.ValidToken(p.Form.Token)
	again := func(status int) error { return d.answersPage(c, status, d.token(c), p) }
	err := d.Act(c, web.Form{Errors: &p.Errors, Again: again}, func() (web.Next, error) {
		return web.To(urls.HelpAnswers() + "#surat"), d.Protection.Write(c.Request().Context(), d.token(c), p.Form.Token, p.Form.Text)
	})
	return d.closed(c, err, help.EnterPage{Form: help.EnterForm{Text: p.Form.Text}})
}

// moreForm answers GET /bantuan/jawaban/tambahan.
func (d *desk) moreForm(c web.Context) error {
	return d.morePage(c, http.StatusOK, d.token(c), help.MorePage{Form: help.MoreForm{Token: uuid.NewString()}})
}

func (d *desk) morePage(c web.Context, status int, token string, p help.MorePage) error {
	own, err := d.Protection.OwnCase(c.Request().Context(), token)
	if err != nil {
		return err
	}
	p.ForOthers = own.ForOthers
	return d.Render(c, status, help.More(p))
}

// more answers POST /bantuan/jawaban/tambahan.
func (d *desk) more(c web.Context) error {
	var p help.MorePage
	if err := web.ReadForm(c, &p.Form); err != nil {
		return err
	}
	p.Form.Token, p.Errors = web.ValidToken(p.Form.Token), p.Form.Check()
	again := func(status int) error { return d.morePage(c, status, d.token(c), p) }
	err := d.Act(c, web.Form{Errors: &p.Errors, Again: again}, func() (web.Next, error) {
		ctx := c.Request().Context()
		return web.To(urls.HelpAnswers()), d.Protection.TellMore(ctx, d.token(c), p.Form.Token, p.Form.Answers(ctx))
	})
	return d.closed(c, err, help.EnterPage{More: p.Form})
}

// reachForm answers GET /bantuan/jawaban/cara.
func (d *desk) reachForm(c web.Context) error {
	own, err := d.Protection.OwnCase(c.Request().Context(), d.token(c))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, help.Reach(help.ReachPage{Form: help.ReachFormOf(own.Reach)}))
}

// reach answers POST /bantuan/jawaban/cara.
func (d *desk) reach(c web.Context) error {
	var p help.ReachPage
	if err := web.ReadForm(c, &p.Form); err != nil {
		return err
	}
	p.Errors = p.Form.Check()
	again := func(status int) error { return d.Render(c, status, help.Reach(p)) }
	err := d.Act(c, web.Form{Errors: &p.Errors, Again: again}, func() (web.Next, error) {
		return web.To(urls.HelpAnswers() + "#cara"), d.Protection.SetReach(c.Request().Context(), d.token(c), p.Form.Reach())
	})
	return d.closed(c, err, help.EnterPage{Reach: p.Form})
}

// stopForm answers GET /bantuan/jawaban/jangan.
func (d *desk) stopForm(c web.Context) error {
	if _, err := d.Protection.OwnCase(c.Request().Context(), d.token(c)); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, help.Stop())
}

// stop answers POST /bantuan/jawaban/jangan.
func (d *desk) stop(c web.Context) error {
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		return web.To(urls.HelpAnswers()), d.Protection.StopContact(c.Request().Context(), d.token(c))
	})
}

// consented is for the page of a consent. Without a help session they are led to number and PIN; a consent that is not
// theirs is not found.
func (d *desk) consented(handle func(web.Context, protection.OwnConsent) error) web.Handler {
	return func(c web.Context) error {
		k, err := d.Protection.OwnConsent(c.Request().Context(), d.token(c), c.Param("consent"))
		switch {
		case errors.Is(err, models.ErrNotFound):
			return d.Redirect(c, urls.HelpEnter())
		case err != nil:
			return err
		case k.Ref == "":
			return models.ErrNotFound
		}
		return handle(c, k)
	}
}

// consent answers GET /bantuan/jawaban/persetujuan/:consent: what happens when it is taken back, and afterwards that it is.
func (d *desk) consent(c web.Context, k protection.OwnConsent) error {
	return d.Render(c, http.StatusOK, help.Withdraw(k))
}

// withdraw answers POST /bantuan/jawaban/persetujuan/:consent. A second press says the same.
func (d *desk) withdraw(c web.Context, k protection.OwnConsent) error {
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		return web.To(urls.HelpConsent(k.Ref)), d.Protection.WithdrawConsent(c.Request().Context(), d.token(c), k.Ref)
	})
}

// copy answers GET /bantuan/jawaban/salinan.
func (d *desk) copy(c web.Context) error {
	ctx := c.Request().Context()
	own, err := d.Protection.OwnCase(ctx, d.token(c))
	if err != nil {
		return err
	}
	country := ""
	if in, err := d.contactsIn(ctx, own.Country); err != nil {
		return err
	} else if in != nil {
		country = in.Country.Name.In(i18n.Of(ctx))
	}
	return d.Render(c, http.StatusOK, help.Copy(own, country))
}

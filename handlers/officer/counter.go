package officer

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// slipKey keeps the last slip, sealed, until the officer has handed it over.
const slipKey = "slip"

// counter answers GET /petugas/loket.
func (d *desk) counter(c web.Context) error {
	return d.counterPage(c, http.StatusOK, officer.CounterPage{})
}

func (d *desk) counterPage(c web.Context, status int, page officer.CounterPage) error {
	waiting, err := d.Store.WaitingJoins(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	page.Joins = len(waiting)
	return d.Render(c, status, officer.Counter(page))
}

// findPerson answers POST /petugas/loket: what was typed never stands in an address.
func (d *desk) findPerson(c web.Context) error {
	var page officer.CounterPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.counterPage(c, status, page) }
	page.Errors = page.Form.Check()
	if page.Errors.Any() {
		return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, nil)
	}
	list, err := d.Store.FindPeople(c.Request().Context(), d.CurrentUser(c), page.Form.Text, page.Form.BirthDate())
	if err == nil && len(list) > 1 {
		page.Found = list
		return again(http.StatusOK)
	}
	if err == nil && len(list) == 0 {
		err = &models.Refusal{Key: "officer.counter.nobody"}
	}
	page.Errors.Refuse("q", err)
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		if err != nil {
			return web.Next{}, err
		}
		return web.To(urls.CounterPerson(list[0].Ref)), nil
	})
}

// counterRegisterForm answers GET /petugas/loket/daftar.
func (d *desk) counterRegisterForm(c web.Context) error {
	form := officer.CounterRegisterForm{Token: uuid.NewString()}
	return d.Render(c, http.StatusOK, officer.CounterRegister(officer.CounterRegisterPage{Form: form}))
}

// counterRegister answers POST /petugas/loket/daftar.
func (d *desk) counterRegister(c web.Context) error {
	var page officer.CounterRegisterPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	f := page.Form
	page.Errors = f.Check()
	again := func(status int) error { return d.Render(c, status, officer.CounterRegister(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		password, hash, err := d.newSlip(c)
		if err != nil {
			return web.Next{}, err
		}
		u, err := d.Store.RegisterAtCounter(c.Request().Context(), d.CurrentUser(c),
			models.CounterRegistration{Token: f.Token, Name: f.Name, Login: f.ParsedLogin(), PasswordHash: hash})
		switch {
		case errors.Is(err, models.ErrRegistered):
			// The first press made the account, and its slip waits in the session.
			return web.To(urls.CounterSlip()), nil
		case err != nil:
			return web.Next{}, err
		}
		return web.To(urls.CounterSlip()), d.keepSlip(c, officer.Slip{Name: u.Name, Login: officer.SignInName(u), Password: password})
	})
}

// newSlip makes a one-time password that is easy to copy from paper: sixty random bits.
func (d *desk) newSlip(c web.Context) (password, hash string, err error) {
	text := strings.ToLower(rand.Text()[:12])
	password = text[:4] + "-" + text[4:8] + "-" + text[8:]
	hash, err = d.Passwords.Hash(c.Request().Context(), password)
	return password, hash, err
}

// keepSlip keeps the slip for the page that prints it.
func (d *desk) keepSlip(c web.Context, slip officer.Slip) error {
	plain, err := json.Marshal(slip)
	if err != nil {
		return err
	}
	sealed, err := d.Store.SealDraft(plain)
	if err != nil {
		return err
	}
	return d.Remember(c, slipKey, sealed)
}

// counterSlip answers GET /petugas/loket/kertas.
func (d *desk) counterSlip(c web.Context) error {
	sealed := d.Remembered(c, slipKey)
	if sealed == "" {
		return d.Redirect(c, urls.Counter())
	}
	plain, err := d.Store.OpenDraft(sealed)
	if err != nil {
		return err
	}
	page := officer.SlipPage{Base: d.Settings.BaseURL}
	if err := json.Unmarshal(plain, &page.Slip); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.SlipSheet(page))
}

// slipHandedOver answers POST /petugas/loket/kertas: the slip is forgotten.
func (d *desk) slipHandedOver(c web.Context) error {
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		return web.To(urls.Counter()), d.Remember(c, slipKey, "")
	})
}

// showPerson answers GET /petugas/loket/:person.
func (d *desk) showPerson(c web.Context) error {
	return d.personPage(c, http.StatusOK, officer.PersonPage{})
}

func (d *desk) personPage(c web.Context, status int, page officer.PersonPage) (err error) {
	if page.Person, err = d.Store.PersonForOfficer(c.Request().Context(), d.CurrentUser(c), c.Param("person")); err != nil {
		return err
	}
	if page.Line, err = d.lineOf(c, page.Person.User.Ref); err != nil {
		return err
	}
	return d.Render(c, status, officer.Person(page))
}

// replaceContact answers POST /petugas/loket/:person.
func (d *desk) replaceContact(c web.Context) error {
	var page officer.PersonPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.personPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		password, hash, err := d.newSlip(c)
		if err != nil {
			return web.Next{}, err
		}
		login, err := models.ParseAddress(page.Form.Login)
		if err != nil {
			return web.Next{}, err
		}
		u, err := d.Store.ReplaceContact(c.Request().Context(), d.CurrentUser(c), c.Param("person"),
			models.ContactReplacement{Login: login, SeenKTP: page.Form.KTP != "", Asked: page.Form.Asked != "", PasswordHash: hash})
		if err != nil {
			return web.Next{}, err
		}
		// The new contact is the one name that the person surely knows: the other may be the lost one.
		_, address := login.Channel()
		return web.To(urls.CounterSlip()), d.keepSlip(c, officer.Slip{Name: u.Name, Login: models.ShownAddress(address), Password: password})
	})
}

// liftRest answers POST /petugas/loket/:person/buka.
func (d *desk) liftRest(c web.Context) error {
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		ref := c.Param("person")
		return web.Said(urls.CounterPerson(ref), "officer.counter.lifted"), d.Store.LiftRest(c.Request().Context(), d.CurrentUser(c), ref)
	})
}

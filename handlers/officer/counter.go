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
	return d.Render(c, http.StatusOK, officer.Counter(officer.CounterPage{}))
}

// findPerson answers POST /petugas/loket: what was typed never stands in an address.
func (d *desk) findPerson(c web.Context) error {
	var page officer.CounterPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	u, err := d.Store.FindPerson(c.Request().Context(), d.CurrentUser(c), page.Form.Text)
	if errors.Is(err, models.ErrNotFound) {
		page.Errors.Add("q", "officer.counter.nobody")
		return d.Render(c, http.StatusUnprocessableEntity, officer.Counter(page))
	}
	if err != nil {
		return err
	}
	return d.Redirect(c, urls.CounterPerson(u.Ref))
}

// counterRegisterForm answers GET /petugas/loket/daftar.
func (d *desk) counterRegisterForm(c web.Context) error {
	return d.Render(c, http.StatusOK, officer.CounterRegister(officer.CounterRegisterPage{Form: officer.CounterRegisterForm{Token: uuid.NewString()}}))
}

// counterRegister answers POST /petugas/loket/daftar.
func (d *desk) counterRegister(c web.Context) error {
	var page officer.CounterRegisterPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	if page.Errors = page.Form.Check(); page.Errors.Any() {
		return d.Render(c, http.StatusUnprocessableEntity, officer.CounterRegister(page))
	}
	ctx := c.Request().Context()
	password, hash, err := d.newSlip(c)
	if err != nil {
		return err
	}
	u, err := d.Store.RegisterAtCounter(ctx, d.CurrentUser(c), models.CounterRegistration{Token: page.Form.Token, Name: page.Form.Name, Login: page.Form.ParsedLogin(), PasswordHash: hash})
	if errors.Is(err, models.ErrRegistered) {
		// The first press made the account, and its slip waits in the session.
		return d.Redirect(c, urls.CounterSlip())
	}
	if err != nil {
		if err := web.Refusal(err, &page.Errors); err != nil {
			return err
		}
		return d.Render(c, http.StatusUnprocessableEntity, officer.CounterRegister(page))
	}
	return d.showSlip(c, officer.Slip{Name: u.Name, Login: officer.SignInName(u), Password: password})
}

// newSlip makes a one-time password that is easy to copy from paper: sixty random bits.
func (d *desk) newSlip(c web.Context) (password, hash string, err error) {
	text := strings.ToLower(rand.Text()[:12])
	password = text[:4] + "-" + text[4:8] + "-" + text[8:]
	hash, err = d.Passwords.Hash(c.Request().Context(), password)
	return password, hash, err
}

// showSlip keeps the slip for the page that prints it.
func (d *desk) showSlip(c web.Context, slip officer.Slip) error {
	plain, err := json.Marshal(slip)
	if err != nil {
		return err
	}
	sealed, err := d.Store.SealDraft(plain)
	if err != nil {
		return err
	}
	if err := d.Remember(c, slipKey, sealed); err != nil {
		return err
	}
	return d.Redirect(c, urls.CounterSlip())
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
	if err := d.Remember(c, slipKey, ""); err != nil {
		return err
	}
	return d.Redirect(c, urls.Counter())
}

// showPerson answers GET /petugas/loket/:person.
func (d *desk) showPerson(c web.Context) error {
	return d.personPage(c, http.StatusOK, officer.PersonPage{})
}

func (d *desk) personPage(c web.Context, status int, page officer.PersonPage) (err error) {
	if page.Person, err = d.Store.PersonForOfficer(c.Request().Context(), d.CurrentUser(c), c.Param("person")); err != nil {
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
	if page.Errors = page.Form.Check(); page.Errors.Any() {
		return d.personPage(c, http.StatusUnprocessableEntity, page)
	}
	password, hash, err := d.newSlip(c)
	if err != nil {
		return err
	}
	login := models.ParseLogin(page.Form.Login)
	u, err := d.Store.ReplaceContact(c.Request().Context(), d.CurrentUser(c), c.Param("person"),
		models.ContactReplacement{Login: login, SeenKTP: page.Form.KTP != "", PasswordHash: hash})
	if err != nil {
		if err := web.Refusal(err, &page.Errors); err != nil {
			return err
		}
		return d.personPage(c, http.StatusUnprocessableEntity, page)
	}
	// The new contact is the one name that the person surely knows: the other may be the lost one.
	_, address := login.Channel()
	return d.showSlip(c, officer.Slip{Name: u.Name, Login: address, Password: password})
}

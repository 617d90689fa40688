package handlers

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// slipKey keeps the last slip, sealed, until the officer has handed it over.
const slipKey = "slip"

// counter answers GET /petugas/loket.
func (h *Handlers) counter(c echo.Context) error {
	return h.render(c, http.StatusOK, officer.Counter(officer.CounterPage{}))
}

// findPerson answers POST /petugas/loket: what was typed never stands in an address.
func (h *Handlers) findPerson(c echo.Context) error {
	var page officer.CounterPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	u, err := h.Store.FindPerson(c.Request().Context(), h.currentUser(c), page.Form.Text)
	if errors.Is(err, models.ErrNotFound) {
		page.Errors.Add("q", "officer.counter.nobody")
		return h.render(c, http.StatusUnprocessableEntity, officer.Counter(page))
	}
	if err != nil {
		return err
	}
	return h.redirect(c, urls.CounterPerson(u.Ref))
}

// counterRegisterForm answers GET /petugas/loket/daftar.
func (h *Handlers) counterRegisterForm(c echo.Context) error {
	return h.render(c, http.StatusOK, officer.CounterRegister(officer.CounterRegisterPage{Form: officer.CounterRegisterForm{Token: uuid.NewString()}}))
}

// counterRegister answers POST /petugas/loket/daftar.
func (h *Handlers) counterRegister(c echo.Context) error {
	var page officer.CounterRegisterPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	if page.Errors = page.Form.Check(); page.Errors.Any() {
		return h.render(c, http.StatusUnprocessableEntity, officer.CounterRegister(page))
	}
	ctx := c.Request().Context()
	password, hash, err := h.newSlip(c)
	if err != nil {
		return err
	}
	u, err := h.Store.RegisterAtCounter(ctx, h.currentUser(c), models.CounterRegistration{Token: page.Form.Token, Name: page.Form.Name, Login: page.Form.ParsedLogin(), PasswordHash: hash})
	if errors.Is(err, models.ErrRegistered) {
		// The first press made the account, and its slip waits in the session.
		return h.redirect(c, urls.CounterSlip())
	}
	if err != nil {
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
		return h.render(c, http.StatusUnprocessableEntity, officer.CounterRegister(page))
	}
	return h.showSlip(c, officer.Slip{Name: u.Name, Login: officer.SignInName(u), Password: password})
}

// newSlip makes a one-time password that is easy to copy from paper: sixty random bits.
func (h *Handlers) newSlip(c echo.Context) (password, hash string, err error) {
	text := strings.ToLower(rand.Text()[:12])
	password = text[:4] + "-" + text[4:8] + "-" + text[8:]
	hash, err = h.Passwords.Hash(c.Request().Context(), password)
	return password, hash, err
}

// showSlip keeps the slip for the page that prints it.
func (h *Handlers) showSlip(c echo.Context, slip officer.Slip) error {
	plain, err := json.Marshal(slip)
	if err != nil {
		return err
	}
	sealed, err := h.Store.SealDraft(plain)
	if err != nil {
		return err
	}
	if err := h.remember(c, slipKey, sealed); err != nil {
		return err
	}
	return h.redirect(c, urls.CounterSlip())
}

// counterSlip answers GET /petugas/loket/kertas.
func (h *Handlers) counterSlip(c echo.Context) error {
	sealed := h.remembered(c, slipKey)
	if sealed == "" {
		return h.redirect(c, urls.Counter())
	}
	plain, err := h.Store.OpenDraft(sealed)
	if err != nil {
		return err
	}
	page := officer.SlipPage{Base: h.Settings.BaseURL}
	if err := json.Unmarshal(plain, &page.Slip); err != nil {
		return err
	}
	return h.render(c, http.StatusOK, officer.SlipSheet(page))
}

// slipHandedOver answers POST /petugas/loket/kertas: the slip is forgotten.
func (h *Handlers) slipHandedOver(c echo.Context) error {
	if err := h.remember(c, slipKey, ""); err != nil {
		return err
	}
	return h.redirect(c, urls.Counter())
}

// showPerson answers GET /petugas/loket/:person.
func (h *Handlers) showPerson(c echo.Context) error {
	return h.personPage(c, http.StatusOK, officer.PersonPage{})
}

func (h *Handlers) personPage(c echo.Context, status int, page officer.PersonPage) (err error) {
	if page.Person, err = h.Store.PersonForOfficer(c.Request().Context(), h.currentUser(c), c.Param("person")); err != nil {
		return err
	}
	return h.render(c, status, officer.Person(page))
}

// replaceContact answers POST /petugas/loket/:person.
func (h *Handlers) replaceContact(c echo.Context) error {
	var page officer.PersonPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	if page.Errors = page.Form.Check(); page.Errors.Any() {
		return h.personPage(c, http.StatusUnprocessableEntity, page)
	}
	password, hash, err := h.newSlip(c)
	if err != nil {
		return err
	}
	login := models.ParseLogin(page.Form.Login)
	u, err := h.Store.ReplaceContact(c.Request().Context(), h.currentUser(c), c.Param("person"),
		models.ContactReplacement{Login: login, SeenKTP: page.Form.KTP != "", PasswordHash: hash})
	if err != nil {
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
		return h.personPage(c, http.StatusUnprocessableEntity, page)
	}
	// The new contact is the one name that the person surely knows: the other may be the lost one.
	_, address := login.Channel()
	return h.showSlip(c, officer.Slip{Name: u.Name, Login: address, Password: password})
}

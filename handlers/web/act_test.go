package web_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"naikkelas/handlers/web"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/account"
)

// formPath is where the forms of these tests are sent.
const formPath = "/uji"

// A sent is a form and what its act gives; page is the page that it stands on.
type sent struct {
	err   error
	page  account.SignInPage
	form  func(f *web.Form) // leaves a part out of it
	stale bool
	acted bool
}

// send sends the form to a portal whose only route ends as all forms do.
func (s *sent) send(p *testportal.Portal) testportal.Page {
	portal := web.New(p.Deps)
	p.Handler = portal.Handler([]web.Route{
		web.Get(urls.HomePattern, func(c web.Context) error {
			return portal.Render(c, http.StatusOK, account.SignIn(account.SignInPage{}))
		}, web.Anyone),
		web.Post(formPath, func(c web.Context) error {
			again := func(status int) error { return portal.Render(c, status, account.SignIn(s.page)) }
			f := web.Form{Errors: &s.page.Errors, Again: again}
			if s.form != nil {
				s.form(&f)
			}
			return portal.Act(c, f, func() (web.Next, error) {
				s.acted = true
				return web.Said(urls.Home(), "profile.saved"), s.err
			})
		}, web.Anyone),
	})
	return p.Client().Post(formPath, url.Values{})
}

func TestDoneFormLeadsOnWithAWord(t *testing.T) {
	p := testportal.Start(t)
	var s sent
	s.send(p).LeadsTo(urls.Home())
	c := p.Client()
	c.Post(formPath, url.Values{}).LeadsTo(urls.Home())
	c.Get(urls.Home()).Has("[data-flash]", "Tersimpan")
	c.Get(urls.Home()).Lacks("[data-flash]")
}

// A form that is not done is shown again, with the status that says why, and with what is wrong where its page has
// a place for it.
func TestFormIsShownAgain(t *testing.T) {
	wrong := func(f *web.Form) { f.Errors.Add("login", "account.login.wrong") }
	button := func(f *web.Form) { f.Errors = nil }
	noPage := func(f *web.Form) { f.Again = nil }
	for name, tt := range map[string]struct {
		err    error
		form   func(f *web.Form)
		status int
		where  string // selector of what is said
		says   string
	}{
		"wrong before": {nil, wrong, http.StatusUnprocessableEntity, "[data-error-summary] a[href='#f-login']", ""},
		"refused": {
			models.ErrSignInWrong, nil, http.StatusUnprocessableEntity, "[data-error-summary] a[href='#f-login']", "sandi salah",
		},
		"refused button": {
			models.ErrCertificateChecked, button, http.StatusUnprocessableEntity, "[data-flash] .notice-error", "Petugas sedang memeriksa",
		},
		"overtaken":            {models.ErrStale, nil, http.StatusConflict, "[data-error-summary]", "sudah diubah"},
		"overtaken, wrapped":   {fmt.Errorf("decide: %w", models.ErrTaken), nil, http.StatusConflict, "[data-error-summary]", ""},
		"overtaken button":     {models.ErrCertificateNow, button, http.StatusConflict, "[data-flash] .notice-error", ""},
		"too often":            {models.ErrTooOften, nil, http.StatusTooManyRequests, "[data-error-summary]", ""},
		"too often button":     {models.ErrCodeTooSoon, button, http.StatusTooManyRequests, "[data-flash] .notice:not(.notice-error)", ""},
		"no page to show":      {models.ErrStale, noPage, http.StatusConflict, "h1", ""},
		"too often, no page":   {models.ErrReportTooOften, noPage, http.StatusTooManyRequests, "h1", ""},
		"somebody else's":      {models.ErrNotFound, nil, http.StatusNotFound, "h1", "tidak ada"},
		"something is broken":  {errors.New("disk full"), nil, http.StatusInternalServerError, "h1", ""},
		"a form of no page":    {web.ErrBadForm, nil, http.StatusBadRequest, "h1", ""},
		"not for this account": {models.ErrForbidden, button, http.StatusForbidden, "h1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := sent{err: tt.err, form: tt.form}
			page := s.send(testportal.Start(t)).Is(tt.status)
			page.Has(tt.where, tt.says)
			if page.Find(tt.where).Length() != 1 {
				t.Errorf("%d at %s, want one", page.Find(tt.where).Length(), tt.where)
			}
			if s.acted != (name != "wrong before") {
				t.Errorf("acted: %v", s.acted)
			}
		})
	}
}

// What several rules refuse is said of each, at its field, or on top of a page without fields.
func TestRefusalsOfOnePressAreAllSaid(t *testing.T) {
	p := testportal.Start(t)
	taken := fmt.Errorf("save: %w", errors.Join(models.ErrSignInWrong, &models.Refusal{Key: "account.password.old_wrong", Field: "password"}))
	s := sent{err: taken}
	page := s.send(p).Is(http.StatusUnprocessableEntity)
	page.Has("[data-error-summary] a[href='#f-login']", "sandi salah").Shows("[data-error-summary] a[href='#f-password']")
	s = sent{err: taken, form: func(f *web.Form) { f.Errors = nil }}
	if n := s.send(p).Is(http.StatusUnprocessableEntity).Find(".notice-error").Length(); n != 2 {
		t.Errorf("%d refusals are said, want 2", n)
	}
}

// A page that shows by itself who was faster gets no sentence for it, and one for everything else.
func TestPageShowsWhoWasFaster(t *testing.T) {
	p := testportal.Start(t)
	s := sent{err: models.ErrNotTaken}
	s.form = func(f *web.Form) { f.Stale = &s.stale }
	s.send(p).Is(http.StatusConflict).Lacks("[data-error-summary]")
	if !s.stale {
		t.Error("the page does not know that somebody was faster")
	}
	s.err, s.stale = models.ErrSignInWrong, false
	s.send(p).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "sandi salah")
	if s.stale {
		t.Error("the page says that somebody was faster")
	}
}

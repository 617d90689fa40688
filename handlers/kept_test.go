package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// mayBeKept are the pages that read the same for everyone who is not signed in.
var mayBeKept = map[string]bool{
	urls.HomePattern: true, urls.ProgrammesPattern: true, urls.ProgrammePattern: true, urls.InstitutionsPattern: true,
	urls.InstitutionPattern: true, urls.OccupationsPattern: true, urls.HelpPattern: true, urls.SafetyPattern: true, urls.TransitPattern: true,
	urls.HelpCountriesPattern: true, urls.HelpSafelyPattern: true, urls.QuestionsPattern: true,
	urls.HelpCountryPattern: true, urls.HelpCardPattern: true, urls.HelpWorkerPattern: true, urls.PlacesPattern: true,
	urls.PrivacyPattern: true, urls.AccessibilityPattern: true, urls.RobotsPattern: true, urls.SitemapPattern: true,
	urls.ManifestPattern: true,
}

// notStored says whether browsers and proxies are told to keep nothing of the answer.
func notStored(page testportal.Page) bool {
	return strings.Contains(page.Header.Get("Cache-Control"), "no-store")
}

// Whoever asks for whatever and whatever comes of it: only the public pages, without a name or a message, may be kept.
func TestF070OnlyPublicPagesAreKept(t *testing.T) {
	w := newAccessWorld(t)
	for _, r := range allRoutes() {
		for _, role := range []models.Role{"", models.Seeker, models.Officer} {
			got := w.send(r, role)
			keeps := role == "" && r.Method == http.MethodGet && mayBeKept[r.Pattern]
			if notStored(got) == keeps {
				t.Errorf("%s %s as %q: status %d, Cache-Control %q", r.Method, r.Pattern, role, got.Status, got.Header.Get("Cache-Control"))
			}
		}
	}
}

// Before signing in, pages hold addresses, names and typed text as well.
func TestF070PagesBeforeSigningInAreNotKept(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	c := p.Client()
	registers := url.Values{
		"name": {"Siti Aminah"}, "login": {"siti@contoh.example"}, "password": {testportal.GoodPassword}, "privacy": {"yes"},
	}
	tells := url.Values{"jenis": {models.ReportMoney}, "cerita": {"Diminta membayar lagi."}, "kontak": {"+6281234567890"}}
	pages := map[string]testportal.Page{
		"registering with a fault": c.Post(urls.Register(), url.Values{"name": {"Siti Aminah"}}).Is(http.StatusUnprocessableEntity),
		"registered":               c.Post(urls.Register(), registers).LeadsTo(urls.RegisterCode()),
		"code":                     c.Get(urls.RegisterCode()).Is(http.StatusOK).Has("main", "siti@contoh.example"),
		"wrong code":               c.Post(urls.RegisterCode(), url.Values{"code": {"1"}}).Is(http.StatusUnprocessableEntity),
		"wrong password":           c.SignInAs("siti@contoh.example", "salah sekali").Is(http.StatusUnprocessableEntity),
		"receipt":                  c.Get(c.Post(urls.Report(), tells).Header.Get("Location")).Is(http.StatusOK),
		"nothing there":            c.Get(urls.Programme("PL-TIDAKADA")).Is(http.StatusNotFound),
	}
	for name, page := range pages {
		if !notStored(page) {
			t.Errorf("%s: Cache-Control %q", name, page.Header.Get("Cache-Control"))
		}
	}
}

// Passwords and codes that were typed stand on no page of a refused form, so none is kept either.
func TestF172NoSecretStandsOnARefusedForm(t *testing.T) {
	w := newAccessWorld(t)
	const password, code = "kuda besi naik tangga", "918273"
	typed := url.Values{
		"password": {password}, "old": {password}, "code": {code}, "name": {"Siti Aminah"}, "login": {"siti@contoh.example"},
	}
	refused := map[string]bool{}
	sends := func(c *testportal.Client, path string) {
		page := c.Navigate(testportal.FormRequest(path, typed))
		if page.Status != http.StatusUnprocessableEntity {
			return
		}
		path, _, _ = strings.Cut(path, "?")
		refused[path] = true
		if strings.Contains(page.Body, password) || strings.Contains(page.Body, code) {
			t.Errorf("%s shows what is secret", path)
		}
	}
	for _, r := range allRoutes() {
		if r.Method != http.MethodPost {
			continue
		}
		sends(w.Client(), w.path(r.Pattern))
		for _, role := range []models.Role{models.Seeker, models.Officer} {
			sends(w.As(w.strangers[role]), w.path(r.Pattern))
		}
	}
	for path, asks := range map[string]url.Values{
		urls.Register(): {"name": {"Ani"}, "login": {"ani@contoh.example"}, "password": {testportal.GoodPassword}, "privacy": {"yes"}},
		urls.Recover():  {"login": {*w.strangers[models.Seeker].Email}},
	} {
		c := w.Client()
		sends(c, c.Post(path, asks).Is(http.StatusSeeOther).Header.Get("Location"))
	}
	c := w.As(w.AddUser(models.Officer, "Rina"))
	c.SetUpFactor()
	sends(c, urls.SecondFactor())
	for _, path := range []string{
		urls.SignIn(), urls.Register(), urls.RegisterCode(), urls.Confirm(), urls.SecondFactor(), urls.SecondFactorSetup(),
		urls.RecoverCode(), urls.ChangePassword(), urls.CloseAccount(),
	} {
		if !refused[path] {
			t.Errorf("no form was refused at %s", path)
		}
	}
}

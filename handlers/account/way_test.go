package account_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Who presses to apply learns for what an account is needed, is offered to make one first, and gets back.
func TestF183SignInSaysForWhat(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	l := p.AddProgramme(func(d *models.DemoProgramme) { d.Programme.Title = "Las <dasar>" })
	for _, english := range []bool{false, true} {
		apply := urls.Apply(l.Intakes[0]) // the language is added on the way
		in := func(path string) string {
			if english {
				return urls.InEnglish(path)
			}
			return path
		}
		to := p.Client().Get(in(apply)).Is(http.StatusSeeOther).Header.Get("Location")
		page := p.Client().Get(to).Is(http.StatusOK).Has("main h2", "Las <dasar>").Has("main", "KTP")
		register := page.Find("main a.btn-primary").First().AttrOr("href", "")
		if want := urls.WithQuery(in(urls.Register()), "lanjut", apply); register != want {
			t.Errorf("an account is made at %q, want %q", register, want)
		}
		if page.Find("main form button.btn-primary").Length() != 0 {
			t.Error("two buttons are filled")
		}
		made := p.Client().Get(register).Is(http.StatusOK).Has("main", "Las <dasar>").Shows("input[name=next]")
		if got := made.Find("input[name=next]").AttrOr("value", ""); got != apply {
			t.Errorf("after making an account it goes on at %q", got)
		}
	}
	// Other pages say that they need an account, and the form by itself says nothing.
	p.Client().Get(urls.WithQuery(urls.SignIn(), "lanjut", urls.Uploads())).Has("main h2", "perlu akun")
	p.Client().Get(urls.WithQuery(urls.SignIn(), "lanjut", urls.Apply("TIDAKADA"))).Has("main h2", "perlu akun")
	p.Client().Get(urls.SignIn()).Lacks("main h2")
	wrong := url.Values{"next": {urls.Apply(l.Intakes[0])}, "login": {"a@contoh.id"}, "password": {"salah salah"}}
	p.Client().Post(urls.SignIn(), wrong).Is(http.StatusUnprocessableEntity).Has("main h2", "Las <dasar>")
}

// The page of a code says how its letter is found, and nothing of whether there is an account.
func TestF140CodePagesNameSenderAndSubject(t *testing.T) {
	p := testportal.Start(t)
	p.Register("Siti", "siti@contoh.id")
	for login, wants := range map[string][]string{
		"baru@contoh.id": {"kabar@contoh.example", "Kode untuk membuat akun Anda"},
		"siti@contoh.id": {"kabar@contoh.example", "Kode untuk membuat akun Anda"},
		"0812 3456 7899": {"Naik Kelas"},
	} {
		c := p.Client()
		sent := c.Post(urls.Register(), url.Values{"name": {"Ani"}, "login": {login}, "password": {testportal.GoodPassword}, "privacy": {"yes"}})
		page := c.Get(sent.Is(http.StatusSeeOther).Header.Get("Location")).Is(http.StatusOK)
		for _, want := range wants {
			page.Has("main", want)
		}
	}
	c := p.Client()
	sent := c.Post(urls.Recover(), url.Values{"login": {"tidak-ada@contoh.id"}}).Is(http.StatusSeeOther)
	c.Get(sent.Header.Get("Location")).Has("main", "kabar@contoh.example").Has("main", "Kode untuk kata sandi baru")
}

// Whoever is signed in chooses the language of letters; a page in the other language offers it.
func TestF141LanguageOfLettersIsChosen(t *testing.T) {
	p := testportal.Start(t)
	for _, role := range []models.Role{models.Seeker, models.Officer, models.Admin} {
		u := p.AddUser(role, "Orang "+string(role))
		c := p.As(u)
		language := func() string { return p.One("SELECT language FROM users WHERE id = ?", u.ID) }
		c.Get(urls.Account()).Is(http.StatusOK).Has("main", "Bahasa Indonesia").Has("main form button", "Bahasa Inggris")
		c.Get(urls.InEnglish(urls.Account())).Has("main form", "another language than your letters")
		c.Post(urls.Account(), url.Values{"language": {"en"}}).LeadsTo(urls.Account())
		if language() != "en" {
			t.Errorf("%s: letters come in %q", role, language())
		}
		c.Get(urls.InEnglish(urls.Account())).Has("main form button", "Indonesian").Lacks("main form p")
		if c.Post(urls.Account(), url.Values{"language": {"fr"}}).Is(http.StatusNotFound); language() != "en" {
			t.Errorf("%s: a language that the portal does not have is taken", role)
		}
	}
}

// A session on a shared phone says after how long it ends, and one press moves that.
func TestF205PagesSayWhenTheSessionEnds(t *testing.T) {
	p := testportal.Start(t)
	c := p.Register("Siti", "siti@contoh.id")
	left := func(page testportal.Page) string { return page.Find("[data-stay]").AttrOr("data-left", "") }
	page := c.Get(urls.Me()).Is(http.StatusOK).Has("noscript", "30 menit").Has("dialog[data-idle] button", "Tetap masuk")
	if got := left(page); got != "1800" {
		t.Errorf("the session ends after %s seconds without a press", got)
	}
	p.Pass(29 * time.Minute)
	want := "1800 " + seconds(models.SharedLength-29*time.Minute)
	if got := strings.TrimSpace(string(c.Get(urls.Stay()).Is(http.StatusOK).Body)); got != want {
		t.Errorf("after the press it ends in %q seconds, want %q", got, want)
	}
	p.Pass(29 * time.Minute)
	c.Get(urls.Me()).Is(http.StatusOK)
	p.Pass(31 * time.Minute)
	c.Get(urls.Stay()).Is(http.StatusSeeOther)
	own := p.Client()
	own.Post(urls.SignIn(), url.Values{"login": {"siti@contoh.id"}, "password": {testportal.GoodPassword}, "own_device": {"yes"}})
	own.Get(urls.Me()).Is(http.StatusOK).Lacks("[data-stay]")
	p.Client().Get(urls.Help()).Lacks("[data-stay]")
}

func seconds(d time.Duration) string { return strconv.Itoa(int(d.Seconds())) }

// Near the end that no press moves nobody is offered to stay: they hear that they have to sign in again, and that what
// they typed is kept, as it is.
func TestNobodyIsOfferedToStayPastTheEnd(t *testing.T) {
	for role, length := range map[models.Role]time.Duration{models.Seeker: models.SharedLength, models.Officer: models.DeskLength} {
		p := testportal.Start(t)
		c := p.As(p.AddUser(role, "Rina Contoh"))
		home := web.HomeOf(role)
		idle := map[bool]time.Duration{true: models.SharedIdle, false: models.DeskIdle}[role == models.Seeker]
		pass := func(until time.Duration) {
			for passed := time.Duration(0); passed < until; passed += idle / 2 {
				p.Pass(min(idle/2, until-passed))
				c.Get(home).Is(http.StatusOK)
			}
		}
		pass(length - idle - 5*time.Minute)
		c.Get(home).Has("dialog[data-idle] button", "Tetap masuk")
		pass(time.Minute)
		page := c.Get(home).Is(http.StatusOK).Lacks("dialog[data-idle]").Lacks("[data-keep]").
			Has("dialog[data-ending]", "harus masuk kembali").Has("dialog[data-ending]", "tidak hilang").
			Has("noscript", strconv.Itoa(int(idle.Minutes())+4)+" menit lagi Anda harus masuk kembali")
		if got, want := page.Find("[data-stay]").AttrOr("data-most", ""), seconds(idle+4*time.Minute); got != want {
			t.Errorf("%s: the page says that the session ends in %s seconds at most, want %s", role, got, want)
		}
		pass(idle + 3*time.Minute)
		if got, want := strings.TrimSpace(string(c.Get(urls.Stay()).Is(http.StatusOK).Body)), "60 60"; got != want {
			t.Errorf("%s: a minute before the end a press gives %q, want %q", role, got, want)
		}
		p.Pass(2 * time.Minute)
		c.Get(urls.Stay()).Is(http.StatusSeeOther)
		c.Post(urls.Account(), url.Values{"language": {"en"}}).Is(http.StatusSeeOther)
		c.Get(urls.SignIn()).Is(http.StatusOK).Has("main", "masih kami simpan")
	}
}

// Who cannot apply is not offered to; a link that was meant for somebody else says so, and leads to signing in anew.
func TestF212WhoCannotApplyIsNotOfferedTo(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	l := p.AddProgramme(nil)
	apply := urls.Apply(l.Intakes[0])
	for _, role := range []models.Role{models.Officer, models.Admin} {
		c := p.As(p.AddUser(role, "Rina "+string(role)))
		page := c.Get(urls.Programme(l.Programme)).Is(http.StatusOK).Lacks("a[href='"+apply+"']").Has("main", "hanya untuk akun pencari kerja")
		if got := page.Find("main form input[name=next]").AttrOr("value", ""); got != apply {
			t.Errorf("%s: signing in as somebody else leads to %q", role, got)
		}
		refused := c.Get(urls.Uploads()).Is(http.StatusForbidden).Has("main", "Anda masuk sebagai Rina "+string(role))
		if got := refused.Find("main form input[name=next]").AttrOr("value", ""); got != urls.Uploads() {
			t.Errorf("%s: the refused page leads on to %q", role, got)
		}
		c.Post(urls.SignOut(), url.Values{"next": {apply}}).LeadsTo(urls.WithQuery(urls.SignIn(), "lanjut", apply))
		c.Get(urls.Account()).Is(http.StatusSeeOther)
	}
	siti := p.AddUser(models.Seeker, "Siti")
	for _, evil := range []string{"https://jahat.example", "//jahat.example", ""} {
		p.As(siti).Post(urls.SignOut(), url.Values{"next": {evil}}).LeadsTo(urls.Home())
	}
	p.As(p.AddUser(models.Seeker, "Budi")).Get(urls.Programme(l.Programme)).Has("a[href='"+apply+"']", "Daftar pelatihan")
	p.Client().Get(urls.Programme(l.Programme)).Has("a[href='"+apply+"']", "Daftar pelatihan")
}

package help_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/static"
)

// press is a press on a case as it stands now.
func press(p *testportal.Portal, ref string) protection.Press {
	version, err := strconv.Atoi(p.One("SELECT version::text FROM cases WHERE ref = ?", ref))
	if err != nil {
		p.T.Fatal(err)
	}
	return protection.Press{Ref: ref, Version: version, Form: uuid.NewString()}
}

// A month after the end the page asks once whether it helped; the answer stands there, what was added is a message, and
// what was typed is kept where something is missing or the pages had closed.
func TestPageAsksAfterTheEnd(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	rina := p.AddDesk("Rina", models.DutyProtection)
	ref := p.AddHeldCase(rina)
	pin, err := p.Protection.NewPIN(t.Context(), rina, press(p, ref), p.One("SELECT ref FROM case_people"), "paper", "Paspor.")
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Protection.Close(t.Context(), rina, press(p, ref), "helped", "Sudah pulang."); err != nil {
		t.Fatal(err)
	}
	enter := func() *testportal.Client {
		c := p.Client()
		c.Post(urls.HelpEnter(), url.Values{"ref": {ref}, "pin": {pin}}).LeadsTo(urls.HelpAnswers())
		return c
	}
	enter().Get(urls.HelpAnswers()).Is(http.StatusOK).Lacks("#sesudah")
	p.Pass(31 * 24 * time.Hour)
	if _, err := p.Protection.AskAfter(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := enter()
	page := c.Get(urls.HelpAnswers()).Is(http.StatusOK).Has("section[aria-labelledby=sesudah]", "Apakah bantuan kami menolong")
	var packed bytes.Buffer
	gz := gzip.NewWriter(&packed)
	_, err = gz.Write([]byte(page.Body))
	if err = errors.Join(err, gz.Close()); err != nil {
		t.Fatal(err)
	}
	if n := packed.Len() + encoded(t, p, static.Path("help.css"), "gzip"); n > mostText {
		t.Errorf("the page weighs %d bytes with its stylesheet", n)
	}
	if !strings.HasPrefix(page.Find("title").Text(), "Informasi:") {
		t.Error(page.Find("title").Text())
	}
	form := url.Values{"token": {uuid.NewString()}, "added": {"Gaji terakhir belum dibayar."}}
	c.Post(urls.HelpAfter(), form).Is(http.StatusUnprocessableEntity).Has("textarea[name=added]", "Gaji terakhir")
	p.Client().Post(urls.HelpAfter(), form).Is(http.StatusUnprocessableEntity).Shows("input[name=say][value*='Gaji terakhir']")
	form.Set("after", protection.AfterPartly)
	c.Post(urls.HelpAfter(), form).LeadsTo(urls.HelpAnswers() + "#sesudah")
	c.Get(urls.HelpAnswers()).Is(http.StatusOK).Has("section[aria-labelledby=sesudah]", "Sebagian saja").Lacks("textarea[name=added]").
		Has("main", "Gaji terakhir belum dibayar.")
	c.Get(urls.HelpCopy()).Is(http.StatusOK).Has("main", "Sebagian saja")
}

// Whoever is signed in beside can tie what they wrote to their account by a tick and cut it again; the account shows nothing
// of it, officers see only that there is a tie, and closing the account, which says so before, leaves the rest.
func TestTieToAnAccount(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	rina := p.AddDesk("Rina", models.DutyProtection)
	ref := p.AddHeldCase(rina)
	pin, err := p.Protection.NewPIN(t.Context(), rina, press(p, ref), p.One("SELECT ref FROM case_people"), "paper", "Paspor.")
	if err != nil {
		t.Fatal(err)
	}
	enter := url.Values{"ref": {ref}, "pin": {pin}}
	stranger := p.Client()
	stranger.Post(urls.HelpEnter(), enter).LeadsTo(urls.HelpAnswers())
	stranger.Get(urls.HelpAnswers()).Lacks("a[href='" + urls.HelpTie() + "']")
	stranger.Get(urls.HelpTie()).LeadsTo(urls.HelpAnswers())
	sari := p.AddUser(models.Seeker, "Sari")
	c := p.As(sari)
	c.Post(urls.HelpEnter(), enter).LeadsTo(urls.HelpAnswers())
	c.Get(urls.HelpAnswers()).Is(http.StatusOK).Shows("a[href='" + urls.HelpTie() + "']")
	c.Get(urls.HelpTie()).Is(http.StatusOK).Lacks("main input[checked]")
	c.Post(urls.HelpTie(), nil).Is(http.StatusUnprocessableEntity).Has("main", "Tanpa itu tidak ada yang diikat")
	c.Post(urls.HelpTie(), url.Values{"tie": {"ya"}}).LeadsTo(urls.HelpTie())
	c.Get(urls.HelpTie()).Is(http.StatusOK).Has("main", "Terikat ke sebuah akun")
	for _, path := range []string{urls.Me(), urls.Account(), urls.MyData(), urls.Looks(), urls.CloseAccount()} {
		if page := c.Get(path).Is(http.StatusOK); strings.Contains(page.Body, strings.TrimPrefix(ref, "NK-")) {
			t.Errorf("%s shows the case", path)
		}
	}
	c.Get(urls.CloseAccount()).Has("main", "ikatannya putus")
	p.As(rina).Get(urls.Case(ref)).Is(http.StatusOK).Has("main", "Terikat ke sebuah akun").Lacks("main a:contains('Sari')")
	stranger.Get(urls.HelpTie()).Is(http.StatusOK) // the same person on another phone cuts it
	stranger.Post(urls.HelpTie(), url.Values{"cut": {"ya"}}).LeadsTo(urls.HelpTie())
	c.Post(urls.HelpTie(), url.Values{"tie": {"ya"}}).LeadsTo(urls.HelpTie())
	err = p.Store.CloseAccount(t.Context(), sari, func(string) (bool, string, error) { return true, "", nil })
	if tied := p.One("SELECT count(*)::text FROM case_people WHERE user_id IS NOT NULL"); err != nil || tied != "0" {
		t.Errorf("%s tied after the account was closed, %v", tied, err)
	}
	stranger.Post(urls.HelpEnter(), enter).LeadsTo(urls.HelpAnswers()) // the pages closed with the account, and open again
}

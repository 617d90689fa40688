package account_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// A mistyped number is told at its field, with everything else kept; it reaches neither a counter nor the
// database, however often it is sent (F046).
func TestF046MistypedNumberReachesNoCounter(t *testing.T) {
	p := testportal.Start(t)
	c := p.Client()
	for text, want := range map[string]string{
		"12345678": "bukan nomor HP", "0812345678901234": "terlalu panjang: Anda menulis 16 angka",
		"08123456": "terlalu pendek: Anda menulis 8 angka", "O812 3456 78O1": "huruf O", "+44 79": "terlalu pendek",
		"0812/3456/7801": "satu nomor saja", "siti@x": "alamat e-mail yang lengkap", "siti@@contoh.id": "satu tanda @",
	} {
		for range 7 {
			form := url.Values{"name": {"Siti"}, "login": {text}, "password": {testportal.GoodPassword}, "privacy": {"yes"}}
			got := c.Post(urls.Register(), form).Is(http.StatusUnprocessableEntity).Has("#f-login-error", want)
			if got.Find("#f-name").AttrOr("value", "") != "Siti" || got.Find("#f-login").AttrOr("value", "") != text {
				t.Fatalf("%q: the form was not kept", text)
			}
			c.Post(urls.Recover(), url.Values{"login": {text}}).Is(http.StatusUnprocessableEntity).Has("#f-login-error", want)
			c.SignInAs(text, "sandi apa saja").Is(http.StatusUnprocessableEntity).Has("#f-login-error", want)
		}
	}
	if n := p.One("SELECT count(*) FROM attempts"); n != "0" {
		t.Errorf("%s tries were counted", n)
	}
	p.Register("Siti", "0812 3456 7801")
}

// A number stands everywhere as people read it (F048).
func TestF048NumbersAreShownAsPeopleReadThem(t *testing.T) {
	p := testportal.Start(t)
	c := p.Client()
	form := url.Values{"name": {"Siti"}, "login": {"+62812-3456-7801"}, "password": {testportal.GoodPassword}, "privacy": {"yes"}}
	c.Post(urls.Register(), form).LeadsTo(urls.RegisterCode())
	c.Get(urls.RegisterCode()).Has("main", "0812 3456 7801")
	c.Post(urls.RegisterCode(), url.Values{"code": {p.LastLetter().Data["Code"]}}).LeadsTo(urls.Me())
	c.Get(urls.Account()).Has("main", "0812 3456 7801")
	officer := p.As(p.AddUser(models.Officer, "Rina"))
	officer.Get(urls.CounterPerson(c.UserNamed("Siti").Ref)).Has("main", "0812 3456 7801")
}

// Fields of addresses, numbers, codes and names carry the keyboard that fits; every page is held against the
// rule, here the ways in are (F037).
func TestF037FieldsHaveTheirKeyboard(t *testing.T) {
	p := testportal.Start(t)
	for _, path := range []string{urls.Register(), urls.SignIn(), urls.Recover()} {
		field := p.Client().Get(path).Is(http.StatusOK).Find("#f-login")
		if field.AttrOr("inputmode", "") != "email" || field.AttrOr("autocapitalize", "") != "none" || field.AttrOr("spellcheck", "") != "false" {
			t.Errorf("%s: the keyboard of the name is another", path)
		}
	}
	name := p.Client().Get(urls.Register()).Find("#f-name")
	if name.AttrOr("autocapitalize", "") != "words" || name.AttrOr("spellcheck", "") != "false" {
		t.Error("a person's name is corrected")
	}
}

package testportal

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"naikkelas/internal/password"
	"naikkelas/internal/totp"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// goodHash is the hash of GoodPassword. It takes long to make on purpose, so that all accounts of a run have the same.
var goodHash = sync.OnceValues(func() (string, error) {
	return password.NewHasher(1).Hash(context.Background(), GoodPassword)
})

// AddUser makes an open account with GoodPassword, as the seeder does; staff and owners get
// an institution of their own, partners an office.
func (p *Portal) AddUser(role models.Role, name string) models.User {
	p.T.Helper()
	ctx := context.Background()
	email := strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@contoh.example"
	hash, err := goodHash()
	if err != nil {
		p.T.Fatal(err)
	}
	account := models.DemoAccount{User: models.User{Role: role, Name: name, Email: &email, PasswordHash: hash}}
	if role == models.Staff || role == models.Owner {
		account.Institution = "uji-" + email
		key := account.Institution
		if err := p.Store.SeedInstitutions(ctx, []models.Institution{{Kind: "lpk", Name: "LPK " + name, ExternalKey: &key}}); err != nil {
			p.T.Fatal(err)
		}
	}
	if role == models.Partner {
		account.Office, account.OfficeKind = "Kantor "+name, "other"
	}
	if err := p.Store.SeedDemo(ctx, nil, []models.DemoAccount{account}); err != nil {
		p.T.Fatal(err)
	}
	var u models.User
	if err := p.DB.Take(&u, "email = ?", email).Error; err != nil {
		p.T.Fatal(err)
	}
	return u
}

// AppCode is what the person's app shows now.
func (p *Portal) AppCode(secret string) string {
	p.T.Helper()
	code, err := totp.Code(secret, p.Clock())
	if err != nil {
		p.T.Fatal(err)
	}
	return code
}

// GoodPassword is the password of everybody here.
const GoodPassword = "sandi yang panjang"

// Register opens an account through the pages, as a person does.
func (p *Portal) Register(name, login string) *Client {
	p.T.Helper()
	c := p.Client()
	form := url.Values{"name": {name}, "login": {login}, "password": {GoodPassword}, "privacy": {"yes"}}
	c.Post(urls.Register(), form).LeadsTo(urls.RegisterCode())
	c.Get(urls.RegisterCode()).Is(http.StatusOK)
	c.Post(urls.RegisterCode(), url.Values{"code": {p.LastLetter().Data["Code"]}}).LeadsTo(urls.Me())
	return c
}

// SignInAs sends the form of the sign-in page.
func (c *Client) SignInAs(login, password string) Page {
	c.T.Helper()
	return c.Post(urls.SignIn(), url.Values{"login": {login}, "password": {password}})
}

// UserNamed finds a person by their whole name.
func (c *Client) UserNamed(name string) models.User {
	c.T.Helper()
	var u models.User
	if err := c.DB.Take(&u, "name = ?", name).Error; err != nil {
		c.T.Fatal(err)
	}
	return u
}

// FactorSecret is the key that the set-up of the sign-in app shows.
func (c *Client) FactorSecret() string {
	c.T.Helper()
	shown := c.Get(urls.SecondFactorSetup()).Is(http.StatusOK).Find("p.font-semibold.break-words").Text()
	return strings.ReplaceAll(shown, " ", "")
}

// SetUpFactor sets the sign-in app up, as the person does.
func (c *Client) SetUpFactor() Page {
	c.T.Helper()
	return c.Post(urls.SecondFactorSetup(), url.Values{"code": {c.AppCode(c.FactorSecret())}})
}

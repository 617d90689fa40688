package handlers

import (
	"context"
	"strings"

	"naikkelas/internal/password"
	"naikkelas/internal/totp"
	"naikkelas/models"
)

// addUser makes an open account with goodPassword, as the seeder does; staff and owners get
// an institution of their own.
func (p *testPortal) addUser(role models.Role, name string) models.User {
	p.t.Helper()
	ctx := context.Background()
	email := strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@contoh.example"
	hash, err := password.NewHasher(1).Hash(ctx, goodPassword)
	if err != nil {
		p.t.Fatal(err)
	}
	account := models.DemoAccount{User: models.User{Role: role, Name: name, Email: &email, PasswordHash: hash}}
	if role == models.Staff || role == models.Owner {
		account.Institution = "uji-" + email
		key := account.Institution
		if err := p.store.SeedInstitutions(ctx, []models.Institution{{Kind: "lpk", Name: "LPK " + name, ExternalKey: &key}}); err != nil {
			p.t.Fatal(err)
		}
	}
	if err := p.store.SeedDemo(ctx, nil, []models.DemoAccount{account}); err != nil {
		p.t.Fatal(err)
	}
	var u models.User
	if err := p.db.Take(&u, "email = ?", email).Error; err != nil {
		p.t.Fatal(err)
	}
	return u
}

// appCode is what the person's app shows now.
func (p *testPortal) appCode(secret string) string {
	p.t.Helper()
	code, err := totp.Code(secret, p.clock())
	if err != nil {
		p.t.Fatal(err)
	}
	return code
}

package testportal

import (
	"time"

	"github.com/google/uuid"

	"naikkelas/models"
	"naikkelas/models/protection"
)

// AddHelper is an officer who helps people in trouble, by the duty that an administrator gave them.
func (p *Portal) AddHelper(name string) models.User {
	p.T.Helper()
	admin, officer := p.AddUser(models.Admin, "Admin dari "+name), p.AddUser(models.Officer, name)
	if err := p.Store.GiveDuty(p.T.Context(), admin, officer.Ref, models.DutyProtection, "Uji"); err != nil {
		p.T.Fatal(err)
	}
	return officer
}

// AddCase files a case by the door for oneself, which the officer takes, and gives its number.
func (p *Portal) AddCase(officer models.User) string {
	p.T.Helper()
	ctx := p.T.Context()
	token, err := p.Protection.File(ctx, protection.Filing{
		FormToken: uuid.NewString(), Door: protection.DoorAbroad, Danger: protection.DangerAfraid, CountryUnknown: true,
		Place: "Kota Contoh", Story: "Paspor saya disimpan majikan.", Language: "id", From: "203.0.113.9",
		Reach: protection.Reach{Channel: protection.ChannelPhone, Address: "+852 5550 1234"},
	}, "")
	if err != nil {
		p.T.Fatal(err)
	}
	r, err := p.Protection.Receipt(ctx, token)
	if err == nil {
		err = p.Protection.Take(ctx, officer, protection.Press{Ref: r.Ref, Version: 1})
	}
	if err != nil {
		p.T.Fatal(err)
	}
	return r.Ref
}

// AddReferral refers a case that the officer holds to the office of a partner, with the consent of the person concerned,
// and gives its reference.
func (p *Portal) AddReferral(officer, partner models.User, ref string, parts ...string) string {
	p.T.Helper()
	ctx := p.T.Context()
	seen, err := p.Protection.Referrals(ctx, officer, ref)
	if err != nil {
		p.T.Fatal(err)
	}
	office, err := p.Store.PartnerOfficeOf(ctx, partner)
	if err != nil {
		p.T.Fatal(err)
	}
	press := protection.Press{Ref: ref, Version: seen.Case.Version, Form: uuid.NewString()}
	err = p.Protection.Refer(ctx, officer, press, protection.ReferralInput{
		Office: office.Ref, Parts: parts, Ask: "Mohon bantuan.", Until: p.Clock().Add(30 * 24 * time.Hour), Person: seen.People[0].Ref,
		How: "spoken",
	})
	if err != nil {
		p.T.Fatal(err)
	}
	return p.One("SELECT ref FROM case_referrals ORDER BY id DESC LIMIT 1")
}

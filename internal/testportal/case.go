package testportal

import (
	"context"
	"time"

	"github.com/google/uuid"

	"naikkelas/models"
	"naikkelas/models/protection"
)

// AddCase has somebody in Japan write at the door that they are not paid, and gives the number of the case. They may be
// called at any hour; change adjusts what they say.
func (p *Portal) AddCase(change func(*protection.Filing)) string {
	p.T.Helper()
	f := protection.Filing{FormToken: uuid.NewString(), Door: protection.DoorAbroad, Danger: protection.DangerNo, Country: "JP",
		Story: "Gaji saya tidak dibayar tiga bulan.", Language: "id", From: "198.51.100.7",
		Reach: protection.Reach{Channel: protection.ChannelPhone, Address: "+81 90 1234 5678", Hours: []string{protection.HoursAny}}}
	if change != nil {
		change(&f)
	}
	if _, err := p.Protection.File(context.Background(), f, ""); err != nil {
		p.T.Fatal(err)
	}
	return p.One("SELECT ref FROM cases ORDER BY id DESC LIMIT 1")
}

// AddHeldCase is such a case that an officer has taken.
func (p *Portal) AddHeldCase(officer models.User) string {
	p.T.Helper()
	ref := p.AddCase(nil)
	if err := p.Protection.Take(p.T.Context(), officer, protection.Press{Ref: ref, Version: 1}); err != nil {
		p.T.Fatal(err)
	}
	return ref
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

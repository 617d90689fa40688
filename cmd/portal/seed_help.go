package main

import (
	"context"
	"fmt"
	"time"

	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/models/record"
)

// A demoHelp is an invented cry for help, visibly an example, and how far the desk has come with it.
type demoHelp struct {
	filing protection.Filing
	kinds  []string
	taken  bool
	called bool   // an officer called, and now waits for somebody outside
	refer  bool   // parts of it lie before the demo's partner office
	home   bool   // a plan to come home is begun
	ended  string // the outcome
}

func demoHelps() []demoHelp {
	reach := func(channel protection.Channel, address string, hours ...string) protection.Reach {
		return protection.Reach{Channel: channel, Address: address, Hours: hours}
	}
	return []demoHelp{
		{filing: protection.Filing{Door: protection.DoorFamily, Danger: protection.DangerNow, Country: "KH", Place: "Contoh: kota pantai",
			Story: "Contoh: adik saya dijanjikan kerja restoran, sekarang tidak boleh keluar gedung.",
			Reach: reach(protection.ChannelWhatsApp, "+62 812 0000 0101", protection.HoursEvening)}},
		{filing: protection.Filing{Door: protection.DoorAbroad, Danger: protection.DangerAfraid, Country: "HK", Place: "Contoh: Kowloon",
			Story: "Contoh: paspor saya disimpan majikan dan gaji dua bulan belum dibayar.",
			Reach: reach(protection.ChannelWhatsApp, "+852 5550 0102", protection.HoursEvening)},
			kinds: []string{"DOKUMEN_DITAHAN", "GAJI"}, taken: true, refer: true},
		{filing: protection.Filing{Door: protection.DoorReturning, Danger: protection.DangerNo, Country: "MY", Place: "Contoh: Johor",
			Story: "Contoh: saya ingin pulang, kontrak sudah selesai tetapi tiket belum ada.",
			Reach: reach(protection.ChannelPhone, "+60 17 555 0103", protection.HoursAny)},
			kinds: []string{"PULANG"}, taken: true, called: true, home: true},
		{filing: protection.Filing{Door: protection.DoorNearby, Danger: protection.DangerNo, CountryUnknown: true,
			Story: "Contoh: tetangga ditawari kerja dengan biaya besar. Sudah kami jelaskan.", Reach: reach(protection.ChannelNone, "")},
			kinds: []string{"PENIPUAN"}, taken: true, called: true, ended: "no_matter"},
	}
}

// seedHelp puts the demo officers on duty, and cases into different states by the steps that people take.
func (p *portal) seedHelp(ctx context.Context) error {
	rina, joko, err := p.seedDesk(ctx)
	if err != nil {
		return err
	}
	now := p.store.Now()
	shift := protection.NewShift{Officer: rina.Ref, Phone: "081200000100", StartsAt: now, EndsAt: now.Add(12 * time.Hour), Token: demoShift}
	if err := p.protection.AddShift(ctx, joko, shift); err != nil {
		return err
	}
	for i, h := range demoHelps() {
		h.filing.Language, h.filing.From = "id", "192.0.2.1"
		if err := p.seedOneHelp(ctx, rina, h); err != nil {
			return fmt.Errorf("demo help %d: %w", i+1, err)
		}
	}
	return nil
}

// demoShift is the form's name of the demo's shift.
const demoShift = "0a9a3a1c-6d1c-4d0e-9f4c-0c5f6c1f0d11"

// seedDesk gives the demo officers their duties: Rina helps people in trouble, Joko is the head.
func (p *portal) seedDesk(ctx context.Context) (rina, joko models.User, err error) {
	admin, err := p.store.DemoUser(ctx, "admin"+demoDomain)
	if err != nil {
		return rina, joko, err
	}
	for _, o := range []struct {
		name string
		duty models.Duty
		into *models.User
	}{{"rina", models.DutyProtection, &rina}, {"joko", models.DutyHead, &joko}} {
		if *o.into, err = p.store.DemoUser(ctx, o.name+demoDomain); err != nil {
			return rina, joko, err
		}
		if err = p.store.GiveDuty(ctx, admin, o.into.Ref, o.duty, "Contoh: tugas untuk mencoba portal."); err != nil {
			return rina, joko, err
		}
	}
	return rina, joko, nil
}

func (p *portal) seedOneHelp(ctx context.Context, officer models.User, h demoHelp) error {
	token, err := p.protection.File(ctx, h.filing, "")
	if err != nil || !h.taken {
		return err
	}
	r, err := p.protection.Receipt(ctx, token)
	if err != nil {
		return err
	}
	press := protection.Press{Ref: r.Ref}
	steps := []func() error{
		func() error { return p.protection.Take(ctx, officer, press) },
		func() error {
			return p.protection.Judge(ctx, officer, press, protection.Judgement{Kinds: h.kinds, Urgency: protection.UrgencyUrgent,
				Trafficking: protection.TraffickingNotAssessed, Why: "Contoh: dari ceritanya."})
		},
		func() error {
			return p.protection.LogContact(ctx, officer, press, protection.Contact{Channel: "phone", Reached: true,
				Text: "Contoh: perwakilan menerima kabar ini dan memeriksanya.",
				Due:  protection.Due{Next: protection.ActorExternal, By: p.store.Now().Add(48 * time.Hour)}})
		},
		func() error {
			return p.protection.Close(ctx, officer, press, h.ended, "Contoh: selesai dengan penjelasan.")
		},
	}
	for i, step := range steps {
		if i >= 2 && !h.called || i == 3 && h.ended == "" {
			break
		}
		c, err := p.protection.CaseFor(ctx, officer, r.Ref, false)
		if err != nil {
			return err
		}
		press.Version = c.Version
		if err := step(); err != nil {
			return err
		}
	}
	switch {
	case h.refer:
		return p.seedReferral(ctx, officer, r.Ref)
	case h.home:
		return p.seedHome(ctx, officer, r.Ref)
	}
	return nil
}

// seedHome begins a plan to come home: the papers are under way.
func (p *portal) seedHome(ctx context.Context, officer models.User, ref string) error {
	due := protection.Due{Next: protection.ActorExternal, By: p.store.Now().Add(48 * time.Hour)}
	c, err := p.protection.CaseFor(ctx, officer, ref, false)
	if err != nil {
		return err
	}
	press := protection.Press{Ref: ref, Version: c.Version}
	if err := p.protection.PlanHome(ctx, officer, press, protection.ReturnPlanned, due); err != nil {
		return err
	}
	press.Version++
	return p.protection.SaveHomeStep(ctx, officer, press, protection.HomeStepInput{
		Kind: protection.HomePapers, State: "underway", Choice: "splp", Who: "Contoh: KJRI Johor Bahru",
		SaidOn: record.DayOf(p.store.Now()).Date(), Source: "Contoh: telepon perwakilan", Due: due,
	})
}

// seedReferral shows the demo's partner office a part of a case, with the consent of whom it happens to.
func (p *portal) seedReferral(ctx context.Context, officer models.User, ref string) error {
	seen, err := p.protection.Referrals(ctx, officer, ref)
	if err != nil {
		return err
	}
	partner, err := p.store.DemoUser(ctx, "mitra"+demoDomain)
	if err != nil {
		return err
	}
	office, err := p.store.PartnerOfficeOf(ctx, partner)
	if err != nil {
		return err
	}
	return p.protection.Refer(ctx, officer, protection.Press{Ref: ref, Version: seen.Case.Version}, protection.ReferralInput{
		Office: office.Ref, Parts: []string{protection.ShowStory, protection.ShowReach}, Ask: "Contoh: mohon bantu surat pengganti paspor.",
		Until: p.store.Now().AddDate(0, 1, 0), Person: seen.People[0].Ref, How: "spoken",
	})
}

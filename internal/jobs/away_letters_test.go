package jobs

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/record"
)

// awayLetters are the letters of leaving, of check-ins and to relatives: what their link begins with, and how one comes to be
// written to the only address of somebody. It says whose address that is.
var awayLetters = map[string]struct {
	leads string
	write func(t *testing.T, p *postOffice, u models.User, channel string) models.User
}{
	"checkin_ask": {"/kabar/", func(t *testing.T, p *postOffice, u models.User, channel string) models.User {
		p.asksBy(t, u, channel, nil, nil)
		return u
	}},
	"checkin_remind": {"/kabar/", func(t *testing.T, p *postOffice, u models.User, channel string) models.User {
		p.asksBy(t, u, channel, new(1), nil)
		p.passes(t, 24*time.Hour)
		return u
	}},
	"checkin_relative": {"/keluarga/", func(t *testing.T, p *postOffice, u models.User, channel string) models.User {
		sari := p.trusts(t, u, channel)
		p.asksBy(t, u, channel, nil, new(1))
		p.passes(t, 24*time.Hour)
		return sari
	}},
	"relative_named": {"/keluarga/", func(t *testing.T, p *postOffice, u models.User, channel string) models.User {
		return p.trusts(t, u, channel)
	}},
	"checkin_stuck": {"/saya/kabar", func(t *testing.T, p *postOffice, u models.User, channel string) models.User {
		p.switchesOn(t, u, channel, nil, nil)
		u = p.moves(t, u, channel)
		p.chores(t)
		return u
	}},
	"departure_contract": {"/saya/berangkat", func(t *testing.T, p *postOffice, u models.User, _ string) models.User {
		return p.leaves(t, u, func(in *journey.DepartureInput, on *time.Time) { in.ContractTo = on })
	}},
	"departure_visa": {"/saya/berangkat", func(t *testing.T, p *postOffice, u models.User, _ string) models.User {
		return p.leaves(t, u, func(in *journey.DepartureInput, on *time.Time) { in.VisaUntil = on })
	}},
	"departure_passport": {"/saya/berangkat", func(t *testing.T, p *postOffice, u models.User, _ string) models.User {
		return p.leaves(t, u, func(in *journey.DepartureInput, on *time.Time) { in.PassportUntil = on })
	}},
}

// alone makes somebody who is reached by one channel only.
func (p *postOffice) alone(t *testing.T, channel string) models.User {
	t.Helper()
	u, err := p.person()
	if err == nil {
		err = p.db.Raw("UPDATE users SET "+map[string]string{"email": "phone", "phone": "email"}[channel]+" = NULL WHERE id = ? RETURNING *",
			u.ID).Scan(&u).Error
	}
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// moves gives somebody another address, which nobody told the check-in of.
func (p *postOffice) moves(t *testing.T, u models.User, channel string) models.User {
	t.Helper()
	p.people++
	address := fmt.Sprintf("baru-%d@contoh.example", p.people)
	if channel == "phone" {
		address = fmt.Sprintf("+62813%07d", p.people)
	}
	if err := p.db.Raw("UPDATE users SET "+channel+" = ? WHERE id = ? RETURNING *", address, u.ID).Scan(&u).Error; err != nil {
		t.Fatal(err)
	}
	return u
}

func (p *postOffice) switchesOn(t *testing.T, u models.User, channel string, remind, relative *int) {
	t.Helper()
	err := p.deps.Journey.SwitchOn(t.Context(), u, journey.CheckinInput{
		Channel: channel, EveryDays: 28, FromHour: 0, ToHour: 23, RemindDays: remind, RelativeDays: relative, CaseDays: 5, Agreed: true,
	})
	if err != nil {
		t.Fatal(err)
	}
}

// asksBy switches somebody's check-ins on and asks them at once.
func (p *postOffice) asksBy(t *testing.T, u models.User, channel string, remind, relative *int) {
	t.Helper()
	p.switchesOn(t, u, channel, remind, relative)
	p.chores(t)
}

// trusts makes somebody whom a person names.
func (p *postOffice) trusts(t *testing.T, u models.User, channel string) models.User {
	t.Helper()
	sari := p.alone(t, channel)
	if err := p.deps.Journey.Trust(t.Context(), u, journey.RelativeInput{Name: "Sari", Address: sari.Ways()[0].Address}); err != nil {
		t.Fatal(err)
	}
	return sari
}

// leaves keeps a departure with something that ends soon, and with words that no letter says.
func (p *postOffice) leaves(t *testing.T, u models.User, ends func(in *journey.DepartureInput, on *time.Time)) models.User {
	t.Helper()
	on := record.DayOf(p.at).PlusMonths(2).Date()
	in := journey.DepartureInput{Said: journey.Said{Agency: "PT Rahasia Contoh", City: "Kowloon"}, Country: "HK"}
	ends(&in, &on)
	err := p.deps.Journey.BeginDeparture(t.Context(), u, "", "", true)
	if err == nil {
		err = p.deps.Journey.SaveDeparture(t.Context(), u, "", 1, in)
	}
	if err != nil {
		t.Fatal(err)
	}
	p.chores(t)
	return u
}

// passes has the letters of before leave, and time pass.
func (p *postOffice) passes(t *testing.T, d time.Duration) {
	t.Helper()
	if err := p.work(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.at = p.at.Add(d)
	p.chores(t)
}

func (p *postOffice) chores(t *testing.T) {
	t.Helper()
	j := p.deps.Journey
	for _, chore := range []func() (bool, error){
		func() (bool, error) { return j.AskCheckins(t.Context()) }, func() (bool, error) { return j.WatchCheckins(t.Context()) },
		func() (bool, error) { return j.TellEnds(t.Context()) },
	} {
		if _, err := chore(); err != nil {
			t.Fatal(err)
		}
	}
}

// Every letter of this area is sent to each rule of an address, by mail and by phone. What arrives leads to its page and names
// neither an agency nor a place; where we may not be named it says nothing of us and has no link; it waits for the hours;
// and where none may come none comes, which is shown as one that did not arrive.
func TestEveryLetterOfBeingAwayKeepsEachRule(t *testing.T) {
	evening, late := 20, 22
	rules := map[string]models.ContactInput{
		"anything":         {Allowed: true, MayNameUs: true, MayLeaveMessage: true},
		"not named":        {Allowed: true, MayLeaveMessage: true},
		"in the evening":   {Allowed: true, MayNameUs: true, MayLeaveMessage: true, FromHour: &evening, ToHour: &late},
		"nothing left":     {Allowed: true, MayNameUs: true},
		"nobody may reach": {MayNameUs: true, MayLeaveMessage: true},
	}
	for template, letter := range awayLetters {
		for _, channel := range []string{"email", "phone"} {
			t.Run(template+" by "+channel, func(t *testing.T) {
				p := newPostOffice(t)
				if err := p.db.Create(&models.Country{Code: "HK", Name: models.Text{ID: "Hong Kong", EN: "Hong Kong"}}).Error; err != nil {
					t.Fatal(err)
				}
				for name, rule := range rules {
					p.at = farOff.AddDate(0, 0, 7*p.people)
					u := p.alone(t, channel)
					holder := letter.write(t, p, u, channel)
					one := sending{t: t, postOffice: p, name: name, template: template, leads: letter.leads, rule: rule, person: u, holder: holder}
					one.leaves()
					one.shown()
					if err := p.deps.Journey.SwitchOff(t.Context(), u); err != nil {
						t.Fatal(err)
					}
				}
			})
		}
	}
}

// A sending is one letter at an address with a rule.
type sending struct {
	*postOffice
	t              *testing.T
	name           string
	template       string
	leads          string
	rule           models.ContactInput
	person, holder models.User
}

func (s sending) forbidden() bool { return !s.rule.Allowed || !s.rule.MayLeaveMessage }

// leaves gives the address its rule while the letter waits, and looks at what arrives and when.
func (s sending) leaves() {
	s.t.Helper()
	address := s.holder.Ways()[0].Address
	s.rule.Address = address
	s.left = nil
	err := s.deps.Store.SetContactRule(s.t.Context(), s.holder, s.holder.Ref, s.rule)
	if err == nil {
		err = s.work(s.t.Context())
	}
	if err == nil && s.rule.FromHour != nil {
		if n := len(s.arrivedAt(address)); n != 0 {
			s.t.Errorf("%s: %d letters at noon", s.name, n)
		}
		s.at = s.at.Add(8 * time.Hour)
		err = s.work(s.t.Context())
	}
	if err != nil {
		s.t.Fatal(err)
	}
	got, want := s.arrivedAt(address), 1
	if s.forbidden() {
		want = 0
	}
	if len(got) != want {
		s.t.Fatalf("%s: %d letters, want %d: %+v", s.name, len(got), want, got)
	}
	for _, l := range got {
		s.says(l)
	}
}

// arrivedAt are the letters that arrived at an address.
func (s sending) arrivedAt(address string) (list []sentLetter) {
	for _, l := range s.left {
		if l.to == address {
			list = append(list, l)
		}
	}
	return list
}

// says looks at what a letter says.
func (s sending) says(l sentLetter) {
	s.t.Helper()
	never := []string{"Rahasia", "Kowloon", "Hong Kong"}
	if !s.rule.MayNameUs {
		never = append(never, portalName, portalURL, "contoh.id", "http", portalOwner, "Suparmi", "kabar berkala", "kontrak", "visa", "paspor")
	}
	for _, word := range never {
		if strings.Contains(strings.ToLower(l.words), strings.ToLower(word)) {
			s.t.Errorf("%s: it says %q: %s", s.name, word, l.words)
		}
	}
	if l.neutral == s.rule.MayNameUs {
		s.t.Errorf("%s: neutral %t", s.name, l.neutral)
	}
	if leads := strings.Contains(l.words, portalURL+s.leads); leads != s.rule.MayNameUs {
		s.t.Errorf("%s: the link is there: %t: %s", s.name, leads, l.words)
	}
}

// shown looks at what is said of a letter that was reported as delivered, or that never left, half an hour later.
func (s sending) shown() {
	s.t.Helper()
	err := s.db.Exec("UPDATE notices SET state = 'delivered', delivered_at = now() WHERE state = 'handed_over'").Error
	if err != nil {
		s.t.Fatal(err)
	}
	s.at = s.at.Add(31 * time.Minute)
	s.chores(s.t)
	missing := s.forbidden()
	switch {
	case s.template == "relative_named":
		list, err := s.deps.Journey.Relatives(s.t.Context(), s.person)
		if err != nil || len(list) != 1 || list[0].Undelivered != missing {
			s.t.Errorf("%s: %+v, %v", s.name, list, err)
		}
	case s.template == "checkin_relative":
		missing = missing || !s.rule.MayNameUs // it leads nowhere
		fallthrough
	case s.template == "checkin_ask", s.template == "checkin_remind":
		own, err := s.deps.Journey.OwnCheckin(s.t.Context(), s.person)
		step := strings.TrimPrefix(s.template, "checkin_")
		var marked bool
		s.db.Raw("SELECT missing FROM checkin_steps WHERE step = ? ORDER BY round_id DESC LIMIT 1", step).Scan(&marked)
		if err != nil || len(own.Rounds) != 1 || marked != missing || missing && !own.Rounds[0].Missing {
			s.t.Errorf("%s: missing %t, shown %+v, %v", s.name, marked, own.Rounds, err)
		}
	}
	withheld := 0
	s.db.Raw("SELECT count(*) FROM notices WHERE template = ? AND state = 'withheld' AND created_at > ?", s.template,
		s.at.AddDate(0, 0, -3)).Scan(&withheld)
	if (withheld == 1) != s.forbidden() {
		s.t.Errorf("%s: %d letters were withheld", s.name, withheld)
	}
}

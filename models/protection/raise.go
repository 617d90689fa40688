package protection

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"naikkelas/models"
	"naikkelas/models/record"
)

// Raise makes the case that another area asks for, in its transaction: clocks and alarms are those of the door. The same
// trouble again is the same case. It is a models.RaiseCase.
func Raise(ctx context.Context, db *record.DB, t models.Trouble) (models.Raised, error) {
	s := NewStore(db)
	var before Case
	err := db.With(ctx).Take(&before, "form_token = ?", t.Form).Error
	if err != nil && !missing(err) {
		return models.Raised{}, err
	}
	known := err == nil
	token, err := s.file(ctx, filingOf(t, db.Now()), t.Form, false)
	if err != nil {
		return models.Raised{}, err
	}
	var p Person
	err = db.With(ctx).Where("id = (SELECT person_id FROM help_sessions WHERE token_hash = ?)", record.TokenHash(token)).Take(&p).Error
	if err != nil {
		return models.Raised{}, err
	}
	var c Case
	if err := locked(db.With(ctx)).Take(&c, p.CaseID).Error; err != nil {
		return models.Raised{}, err
	}
	switch {
	case !known:
		err = s.whose(ctx, c, p, t)
	case t.Added != "":
		err = s.wrote(ctx, p, c, uuid.NewSHA1(uuid.NameSpaceOID, []byte(t.Form+t.Added)).String(), t.Added)
	}
	if err != nil {
		return models.Raised{}, err
	}
	out := models.Raised{Ref: c.Ref, Token: token}
	if t.Why != models.TroubleHelp {
		out.Token = ""
		err = s.EndHelpSession(ctx, token) // nobody is at the help pages
	}
	return out, err
}

// filingOf is the trouble as the form at the door would say it.
func filingOf(t models.Trouble, now time.Time) Filing {
	f := Filing{Door: DoorCheckin, Country: t.Country, Place: t.Place, Story: t.Story, Language: t.Person.Language}
	if t.Why == models.TroubleSignal {
		f.Danger = DangerNow
	}
	f.Reach = reachBy(t.Way, t.Rule, zoneOf(t.Country), now)
	if t.Why == models.TroubleSignal { // who watches them may read what comes there
		f.Reach.Channel, f.Reach.MayLeaveMessage, f.Reach.MayNameUs = ChannelUnsaid, false, false
	}
	return f
}

// reachBy is the core's word on an address as a word on a case: the hours of the portal's clock become those parts of the
// day, at their place, in which every hour is allowed.
func reachBy(w record.Way, rule record.ContactRule, zone *time.Location, now time.Time) Reach {
	r := Reach{Channel: ChannelSMS, Address: w.Address, MayLeaveMessage: rule.Allowed && rule.MayLeaveMessage, MayNameUs: rule.MayNameUs,
		OthersAnswer: rule.OthersAnswer}
	if w.Channel == "email" {
		r.Channel = ChannelEmail
	}
	if !rule.Allowed {
		r.Channel = ChannelUnsaid
	}
	switch {
	case rule.FromHour == nil:
		r.Hours = []string{HoursAny}
	case zone != nil:
		r.Hours = slices.DeleteFunc([]string{HoursMorning, HoursDay, HoursEvening}, func(word string) bool {
			return !allOpen(rule, hoursOfDay[word], now.In(zone))
		})
	}
	return r
}

// allOpen says whether a rule allows every hour from one to another of the day of an instant.
func allOpen(rule record.ContactRule, hours [2]int, day time.Time) bool {
	for h := hours[0]; h < hours[1]; h++ {
		at := time.Date(day.Year(), day.Month(), day.Day(), h, 0, 0, 0, day.Location())
		if !rule.Opens(at).Equal(at) {
			return false
		}
	}
	return true
}

// whose adds to a case that was just raised who it is about and whom they trust.
func (s *Store) whose(ctx context.Context, c Case, p Person, t models.Trouble) error {
	if err := s.name(ctx, p, t.Person.Name, "", "", 0); err != nil {
		return err
	}
	for _, r := range t.Relatives {
		reach := Reach{Channel: ChannelUnsaid, Address: r.Way.Address}
		relative, err := s.addPerson(ctx, c, PartRelative, reach, false)
		if err != nil {
			return err
		}
		if err := s.onto(&relative, reach); err != nil {
			return err
		}
		if err := s.saveReach(ctx, relative); err != nil {
			return err
		}
		if err := s.name(ctx, relative, r.Name, "", r.Relation, 0); err != nil {
			return err
		}
	}
	if !t.Ties {
		return nil
	}
	return s.tie(ctx, p, c, &t.Person.ID, EventTied)
}

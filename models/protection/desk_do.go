package protection

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"naikkelas/models/record"
)

// The kinds of event that the desk makes.
const (
	EventTaken       = "taken"
	EventAssigned    = "assigned"
	EventContacted   = "contacted" // or tried to: Reached says which
	EventNoted       = "noted"     // read inside the desk alone
	EventAnswered    = "answered"  // a message to somebody on the case
	EventUrgency     = "urgency"
	EventKinds       = "kinds"
	EventTrafficking = "trafficking"
	EventChild       = "child"
	EventAsked       = "closing_asked"
	EventDeclined    = "closing_declined"
	EventReopened    = "reopened"
	EventRevealed    = "revealed"
	EventPersonAdded = "person_added"

	EventReferAsked      = "refer_asked" // without consent: a second officer has to agree
	EventReferDeclined   = "refer_declined"
	EventReferred        = "referred"
	EventReferWithdrawn  = "refer_withdrawn"
	EventPartnerAccepted = "partner_accepted"
	EventPartnerRefused  = "partner_refused"
	EventPartnerLogged   = "partner_logged"
	EventPartnerDone     = "partner_done"
	EventReferralOver    = "referral_over"     // its time passed
	EventConsentOver     = "consent_withdrawn" // by the person, on the page of their case

	EventByHand        = "by_hand"        // no notice leaves by itself: an officer reaches them
	EventNoticeMissing = "notice_missing" // one left and nobody said that it arrived, or it never will
	EventNoticeArrived = "notice_arrived" // that was reported late
	EventAskedAfter    = "asked_after"    // whether it helped, when the case had ended
	EventAnsweredAfter = "answered_after"
	EventTied          = "tied" // to an account, by the person
	EventUntied        = "untied"
	EventPINGiven      = "pin_given" // anew, to who lost it

	EventHomePlanned  = "home_planned"
	EventHomeStep     = "home_step"
	EventHandedOver   = "handed_over"
	EventHomeShared   = "home_shared"
	EventHomeUnshared = "home_unshared"
	EventKinAsked     = "kin_asked" // after a death: a second officer has to agree
	EventKinDeclined  = "kin_declined"

	EventTransferSent     = "transfer_sent"
	EventTransferAccepted = "transfer_accepted" // the office leads the case
	EventAskedFor         = "asked_for"
	EventAskRefused       = "ask_refused"
	EventAskWithdrawn     = "ask_withdrawn"
)

// firstContactFrom gives the desk a time for the next contact of a case that goes to somebody: the hour that the case has
// already, also one that has passed, so that nothing late becomes punctual by changing hands.
func (s *Store) firstContactFrom(ctx context.Context, c Case) (*time.Time, error) {
	if c.DueAt != nil {
		return c.DueAt, nil
	}
	term, _, err := s.within(ctx, c.Urgency.term())
	return new(s.db.Now().Add(term)), err
}

// Take makes an officer hold a case that nobody holds. Who has it already has it.
func (s *Store) Take(ctx context.Context, officer record.User, p Press) error {
	return s.press(ctx, officer, ActTake, p, func(tx *Store, v viewer, c *Case) error {
		due, err := tx.firstContactFrom(ctx, *c)
		if err != nil {
			return err
		}
		return tx.hold(ctx, v, c, p, v.ID, EventTaken, due, "")
	})
}

// TakeOff takes a case from a colleague, with a reason that the desk reads: they are ill, or it is late.
func (s *Store) TakeOff(ctx context.Context, officer record.User, p Press, why string) error {
	why, err := inWords(why, ErrWhyMissing)
	if err != nil {
		return err
	}
	return s.press(ctx, officer, ActTakeOff, p, func(tx *Store, v viewer, c *Case) error {
		return tx.hold(ctx, v, c, p, v.ID, EventTaken, c.DueAt, why)
	})
}

// Assign gives a case to a colleague with the duty, with a word on why.
func (s *Store) Assign(ctx context.Context, officer record.User, p Press, to, why string) error {
	why, err := inWords(why, ErrWhyMissing)
	if err != nil {
		return err
	}
	return s.press(ctx, officer, ActAssign, p, func(tx *Store, v viewer, c *Case) error {
		colleague, err := tx.protector(ctx, to)
		if err != nil {
			return err
		}
		due, err := tx.firstContactFrom(ctx, *c)
		if err != nil {
			return err
		}
		return tx.hold(ctx, v, c, p, colleague.ID, EventAssigned, due, why)
	})
}

// hold makes somebody the lead of a case, who acts next.
func (s *Store) hold(ctx context.Context, v viewer, c *Case, p Press, lead int64, kind string, due *time.Time, why string) error {
	if err := s.join(ctx, *c, lead, v.ID); err != nil {
		return err
	}
	c.State, c.LeadID = CaseOpen, &lead
	return s.did(ctx, v, c, p, Event{Kind: kind, NextActor: ActorLead, DueAt: due}, why)
}

// A Contact is a call, a visit, a message on a phone: with whom, by what, whether they were reached and what was said.
type Contact struct {
	Person  string // reference; empty for somebody who is not on the case
	Channel string
	Reached bool
	Text    string
	Due     Due
}

// ContactChannels lists by what people are contacted.
func ContactChannels() []string {
	return []string{string(ChannelPhone), string(ChannelWhatsApp), string(ChannelSMS), string(ChannelEmail), "visit", "office"}
}

// Check says all that is missing in what somebody logs.
func (in Contact) Check(now time.Time) error {
	_, said := inWords(in.Text, ErrSaidMissing)
	var channel error
	if !slices.Contains(ContactChannels(), in.Channel) {
		channel = &record.Refusal{Key: ErrChoice.Key, Field: "channel"}
	}
	return errors.Join(channel, said, in.Due.check(now))
}

// LogContact records a contact, whoever began it, and who must act next and by when.
func (s *Store) LogContact(ctx context.Context, officer record.User, p Press, in Contact) error {
	if err := in.Check(s.db.Now()); err != nil {
		return err
	}
	text := strings.TrimSpace(in.Text)
	return s.press(ctx, officer, ActLog, p, func(tx *Store, v viewer, c *Case) error {
		e := Event{Kind: EventContacted, Channel: in.Channel, Reached: &in.Reached, NextActor: in.Due.Next, DueAt: &in.Due.By}
		if in.Person != "" {
			person, err := tx.chosenOn(ctx, *c, in.Person)
			if err != nil {
				return err
			}
			e.PersonID = &person.ID
			if in.Reached {
				if err := tx.reachedByHand(ctx, person); err != nil {
					return err
				}
			}
		}
		if in.Reached && c.ContactedAt == nil {
			c.ContactedAt = new(tx.db.Now())
		}
		return tx.did(ctx, v, c, p, e, text)
	})
}

// Note adds something that the desk alone reads. It changes nobody's turn.
func (s *Store) Note(ctx context.Context, officer record.User, p Press, text string) error {
	text, err := inWords(text, ErrSaidMissing)
	if err != nil {
		return err
	}
	return s.press(ctx, officer, ActLog, p, func(tx *Store, v viewer, c *Case) error {
		return tx.did(ctx, v, c, p, Event{Kind: EventNoted}, text)
	})
}

// Answer writes to somebody on the case, who reads it behind number and PIN, and says who acts next.
func (s *Store) Answer(ctx context.Context, officer record.User, p Press, person, text string, due Due) error {
	text, err := inWords(text, ErrSaidMissing)
	if err != nil {
		return err
	}
	if err := due.check(s.db.Now()); err != nil {
		return err
	}
	return s.press(ctx, officer, ActWrite, p, func(tx *Store, v viewer, c *Case) error {
		to, err := tx.chosenOn(ctx, *c, person)
		if err != nil {
			return err
		}
		if to.PINIndex == nil {
			return &record.Refusal{Key: "case.no_pin", Field: "person"}
		}
		m := Message{CaseID: c.ID, PersonID: to.ID, AuthorID: &v.ID, At: tx.db.Now(), FormToken: formOf(p.Form)}
		if _, err := tx.addMessage(ctx, m, text); err != nil {
			return err
		}
		e := Event{Kind: EventAnswered, PersonID: &to.ID, NextActor: due.Next, DueAt: &due.By}
		if err := tx.did(ctx, v, c, p, e, ""); err != nil {
			return err
		}
		return tx.tellOf(ctx, c, to, NoticeMessage)
	})
}

// Reveal shows the whole address of somebody on a case, and writes down who looked.
func (s *Store) Reveal(ctx context.Context, officer record.User, ref, person string) (address string, err error) {
	err = s.transact(ctx, "reveal an address", func(tx *Store) error {
		v, c, _, err := tx.acting(ctx, officer, ActReveal, ref)
		if err != nil {
			return err
		}
		p, err := tx.personOn(ctx, c, person)
		if err != nil {
			return err
		}
		if p.silent() && !v.head {
			return ErrSilent
		}
		if address, err = tx.opened(p.AddressSealed, people, p.ID, "address_sealed"); err != nil {
			return err
		}
		return tx.db.Audit(ctx, v.User, record.Act{
			Action: "case_" + EventRevealed, SubjectKind: "case", SubjectID: c.ID, Detail: map[string]any{"person": p.Ref},
		})
	})
	return address, err
}

package protection

import (
	"context"
	"slices"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
)

// The states of asking for a case.
const (
	AskAsked     = "asked"
	AskAccepted  = "accepted"
	AskRefused   = "refused"
	AskWithdrawn = "withdrawn"
)

// AskReasons lists why somebody who holds a case does not give it away.
func AskReasons() []string {
	return []string{"still_working", "no_consent", "unclear", "double", "other"}
}

// The refusals of asking for a case.
var (
	ErrAskedTwice = &record.Refusal{Key: "case.ask.twice"}
	ErrAskOffice  = &record.Refusal{Key: "case.ask.by_transfer"}
)

// Ask says that somebody would have a case that somebody else holds: an officer themselves, or an office.
type Ask struct {
	ID         int64
	Ref        string
	CaseID     int64
	AskedBy    int64
	OfficeID   *int64
	WhySealed  []byte
	AskedAt    time.Time
	State      string
	Reason     string
	AnsweredBy *int64
	AnsweredAt *time.Time
}

// TableName is where those wishes lie.
func (Ask) TableName() string { return "case_asks" }

// AskFor asks whoever holds a case for it, with a reason. Nobody's turn changes; who holds it hears of it.
func (s *Store) AskFor(ctx context.Context, officer record.User, p Press, why string) error {
	why, err := inWords(why, ErrWhyMissing)
	if err != nil {
		return err
	}
	return s.press(ctx, officer, ActAsk, p, func(tx *Store, v viewer, c *Case) error {
		return tx.ask(ctx, v, c, p, nil, why)
	})
}

// AskByOffice asks that a case, of which the office of a partner sees parts, goes over to it.
func (s *Store) AskByOffice(ctx context.Context, partner record.User, p PartnerPress, why string) error {
	why, err := inWords(why, &record.Refusal{Key: ErrWhyMissing.Key, Field: "ask"})
	if err != nil {
		return err
	}
	return s.transact(ctx, "an office asks for a case", func(tx *Store) error {
		if done, err := tx.taken(ctx, p.Form); err != nil || done {
			return err
		}
		r, c, err := tx.living(ctx, partner, p.Ref)
		if err != nil {
			return err
		}
		if r.Version != p.Version || r.State != ReferralAccepted || r.Kind != KindRefer {
			return models.ErrStale
		}
		return tx.ask(ctx, viewer{User: partner}, &c, Press{Form: p.Form}, &r.OfficeID, why)
	})
}

// ask writes the wish down and alarms who holds the case.
func (s *Store) ask(ctx context.Context, v viewer, c *Case, p Press, office *int64, why string) error {
	a := Ask{Ref: record.NewRef("MK"), CaseID: c.ID, AskedBy: v.ID, OfficeID: office, AskedAt: s.db.Now(), State: AskAsked}
	err := s.db.With(ctx).Create(&a).Error
	if record.Violates(err, "case_asks_once") {
		return ErrAskedTwice
	}
	if err == nil {
		err = s.sealInto(ctx, &Ask{ID: a.ID}, "case_asks", a.ID, map[string]string{"why_sealed": why})
	}
	if err != nil {
		return err
	}
	if err := s.did(ctx, v, c, p, Event{Kind: EventAskedFor, Detail: a.Ref}, ""); err != nil {
		return err
	}
	return s.alarmNow(ctx, *c, AlarmSecond, c.level())
}

// AnswerAsk gives a case to the officer who asked for it, or refuses with a reason. An office gets a case by a transfer alone,
// which needs a consent.
func (s *Store) AnswerAsk(ctx context.Context, officer record.User, p Press, ref string, agree bool, reason string) error {
	if agree {
		reason = ""
	} else if !slices.Contains(AskReasons(), reason) {
		return &record.Refusal{Key: "case.transfer.reason_missing", Field: "reason"}
	}
	return s.press(ctx, officer, ActAnswerAsk, p, func(tx *Store, v viewer, c *Case) error {
		a, err := tx.askOf(ctx, *c, ref)
		switch {
		case err != nil:
			return err
		case a.State != AskAsked:
			return models.ErrStale
		case a.AskedBy == v.ID:
			return ErrNotYours
		case agree && a.OfficeID != nil:
			return ErrAskOffice
		}
		a.State, a.Reason, a.AnsweredBy, a.AnsweredAt = AskRefused, reason, &v.ID, new(tx.db.Now())
		if agree {
			a.State = AskAccepted
		}
		if err := tx.db.With(ctx).Save(&a).Error; err != nil {
			return err
		}
		if !agree {
			return tx.did(ctx, v, c, p, Event{Kind: EventAskRefused, Detail: a.Ref}, "")
		}
		var asker record.User
		if err := tx.db.With(ctx).Take(&asker, a.AskedBy).Error; err != nil {
			return err
		}
		if asker, err = tx.protector(ctx, asker.Ref); err != nil { // who has the duty still
			return err
		}
		return tx.hold(ctx, v, c, p, asker.ID, EventAssigned, c.DueAt, "")
	})
}

// WithdrawAsk takes one's own wish back.
func (s *Store) WithdrawAsk(ctx context.Context, officer record.User, p Press, ref string) error {
	return s.press(ctx, officer, ActAsk, p, func(tx *Store, v viewer, c *Case) error {
		a, err := tx.askOf(ctx, *c, ref)
		switch {
		case err != nil:
			return err
		case a.AskedBy != v.ID:
			return record.ErrNotFound
		case a.State != AskAsked:
			return models.ErrStale
		}
		if err := tx.db.With(ctx).Model(&a).Update("state", AskWithdrawn).Error; err != nil {
			return err
		}
		return tx.did(ctx, v, c, p, Event{Kind: EventAskWithdrawn, Detail: a.Ref}, "")
	})
}

// askOf finds and locks a wish for a case.
func (s *Store) askOf(ctx context.Context, c Case, ref string) (a Ask, err error) {
	err = locked(s.db.With(ctx)).Where("case_id = ? AND ref = ?", c.ID, ref).Take(&a).Error
	return a, err
}

// answerAsks gives an office what it asked for: the case goes over to it.
func (s *Store) answerAsks(ctx context.Context, v viewer, c Case, office int64) error {
	return s.db.With(ctx).Exec(`UPDATE case_asks
		SET state = 'accepted',
			answered_by = ?,
			answered_at = ?
		WHERE case_id = ?
			AND office_id = ?
			AND state = 'asked'`, v.ID, s.db.Now(), c.ID, office).Error
}

// DeskAsk is a wish for a case as the desk reads it. Own says that it is the viewer's.
type DeskAsk struct {
	Ask
	Why        string
	AskedName  string
	OfficeName string
	OfficeRef  string
	Own        bool
}

// HeldBy is the office that leads a case, and who does there.
type HeldBy struct {
	Office string
	Leads  string
	Since  time.Time
}

// openAsks opens which office leads a case, and who waits for it.
func (s *Store) openAsks(ctx context.Context, v viewer, d *DeskCase) error {
	held, err := s.heldBy(ctx, d.Case)
	if err != nil {
		return err
	}
	d.HeldBy = held
	err = s.db.With(ctx).Raw(`SELECT a.*,
			u.name AS asked_name,
			coalesce(o.name, '') AS office_name,
			coalesce(o.ref, '') AS office_ref,
			a.asked_by = @me AS own
		FROM case_asks a
		JOIN users u ON u.id = a.asked_by
		LEFT JOIN partner_offices o ON o.id = a.office_id
		WHERE a.case_id = @case
			AND a.state = 'asked'
		ORDER BY a.id
		LIMIT 50`, map[string]any{"case": d.ID, "me": v.ID}).Scan(&d.Asks).Error
	for i, a := range d.Asks {
		if err == nil {
			d.Asks[i].Why, err = s.opened(a.WhySealed, "case_asks", a.ID, "why_sealed")
		}
	}
	return err
}

// heldBy says which office leads a case; nil where the desk does.
func (s *Store) heldBy(ctx context.Context, c Case) (*HeldBy, error) {
	if c.OfficeID == nil {
		return nil, nil
	}
	var r Referral
	err := s.db.With(ctx).Raw(`SELECT r.*, o.name AS office_name
		FROM case_referrals r
		JOIN partner_offices o ON o.id = r.office_id
		WHERE r.case_id = ?
			AND r.office_id = ?
			AND r.kind = 'transfer'
			AND r.state = 'accepted'`, c.ID, *c.OfficeID).Scan(&r).Error
	if err != nil || r.AnsweredAt == nil {
		return nil, err
	}
	h := HeldBy{Office: r.OfficeName, Since: *r.AnsweredAt}
	h.Leads, err = s.opened(r.LeadsSealed, "case_referrals", r.ID, "leads_sealed")
	return &h, err
}

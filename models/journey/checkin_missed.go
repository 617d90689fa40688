package journey

import (
	"context"
	"fmt"
	"time"

	"naikkelas/models/record"
)

// missed marks the letters of which nobody said in time that they arrived, and asks the person by another contact.
func (s *Store) missed(ctx context.Context, u record.User, c Checkin, r Round, steps []Step) error {
	now := s.db.Now()
	for _, st := range steps {
		if st.Missing || st.Step == stepCase || st.At.Add(arrivesWithin).After(now) {
			continue
		}
		arrived, err := s.arrived(ctx, c, r, st)
		if err != nil {
			return err
		}
		if arrived {
			continue
		}
		err = s.db.With(ctx).Model(&Step{}).Where("round_id = ? AND step = ?", r.ID, st.Step).Update("missing", true).Error
		if err != nil {
			return err
		}
		if st.Step != stepOther && st.Step != stepRelative {
			if err := s.byAnother(ctx, u, c, r, st); err != nil {
				return err
			}
		}
	}
	return nil
}

// arrived says whether somebody reported that a letter of a step was delivered.
func (s *Store) arrived(ctx context.Context, c Checkin, r Round, st Step) (bool, error) {
	keys := []string{st.Dedupe}
	if st.Step == stepRelative {
		keys = nil
		list, err := s.trusted(ctx, c.UserID)
		if err != nil {
			return false, err
		}
		for _, rel := range list {
			if rule, err := s.relativeRule(ctx, rel); err != nil {
				return false, err
			} else if rule.MayNameUs { // else what arrives says neither why nor where to answer
				keys = append(keys, relativeKey(r, rel))
			}
		}
	}
	var n int64
	err := s.db.With(ctx).Model(&record.Notice{}).Where("dedupe IN ? AND state = 'delivered'", keys).Limit(1).Count(&n).Error
	return n > 0, err
}

// byAnother asks once by a contact of the person that is not the one of a step: of the account that was asked, else of the
// one into which it is joined.
func (s *Store) byAnother(ctx context.Context, u record.User, c Checkin, r Round, st Step) error {
	main, err := s.mainAccount(ctx, u)
	if err != nil {
		return err
	}
	for _, other := range []record.User{u, main} {
		for _, w := range other.Ways() {
			if w.Channel == st.Channel && other.ID == u.ID {
				continue
			}
			why, err := s.stuckAt(ctx, other, w)
			if err != nil {
				return err
			}
			if why == "" {
				return s.ask(ctx, other, c, r, w, stepOther, "checkin_ask")
			}
		}
	}
	return nil
}

// askRelatives asks everybody whom the person trusts now, once.
func (s *Store) askRelatives(ctx context.Context, c Checkin, r Round) error {
	list, err := s.trusted(ctx, c.UserID)
	if err != nil || len(list) == 0 {
		return err
	}
	at, err := s.relativesOpen(ctx, list)
	if err != nil {
		return err
	}
	done, err := s.did(ctx, Step{RoundID: r.ID, Step: stepRelative, At: at, Channel: list[0].Channel, Dedupe: relativeKey(r, list[0])})
	if err != nil || !done {
		return err
	}
	for _, rel := range list {
		if err := s.askRelative(ctx, c, r, rel, relativeKey(r, rel)); err != nil {
			return err
		}
	}
	return nil
}

// relativesOpen is when a letter to the first of several relatives may leave, by the rules at their addresses.
func (s *Store) relativesOpen(ctx context.Context, list []Relative) (first time.Time, err error) {
	for _, rel := range list {
		rule, err := s.relativeRule(ctx, rel)
		if err != nil {
			return first, err
		}
		if opens := rule.Opens(s.db.Now()); first.IsZero() || opens.Before(first) {
			first = opens
		}
	}
	return first, nil
}

// relativeRule is the rule at a relative's address: that of whoever has it.
func (s *Store) relativeRule(ctx context.Context, rel Relative) (rule record.ContactRule, err error) {
	w, _, err := s.reachRelative(rel)
	if err != nil {
		return rule, err
	}
	return s.db.ContactRuleAt(ctx, 0, w)
}

func relativeKey(r Round, rel Relative) string {
	return fmt.Sprintf("checkin:%d:relative:%d", r.ID, rel.ID)
}

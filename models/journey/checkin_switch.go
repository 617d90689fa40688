package journey

import (
	"bytes"
	"context"
	"slices"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models"
	"naikkelas/models/record"
)

// SwitchOn begins a check-in, or changes the one that is on: each time the person agrees to the steps anew. It needs a
// contact of theirs that was confirmed and lets a word be left there. One that runs under a joined account ends with it: a
// person has one. models.ErrStale says that another one is on than stood on the page.
func (s *Store) SwitchOn(ctx context.Context, actor record.User, in CheckinInput) error {
	if err := in.check(); err != nil {
		return err
	}
	return s.transact(ctx, "switch a check-in on", func(tx *Store) error {
		u, err := tx.lockedUser(ctx, actor)
		if err != nil {
			return err
		}
		list, err := tx.checkinsOn(ctx, u.ID)
		if err != nil {
			return err
		}
		var shown, c Checkin
		if len(list) > 0 {
			shown = list[0]
		}
		switch {
		case shown.Ref == in.Shown && shown.Version == in.Version:
		case tx.chosen(u, shown, in):
			return nil // the same form was pressed twice
		default:
			return models.ErrStale
		}
		if c, err = tx.replaceJoined(ctx, u, list, in); err != nil {
			return err
		}
		return tx.switchOn(ctx, u, c, in)
	})
}

// replaceJoined ends the check-ins of joined accounts, which a new choice replaces, and gives the one of the person's own
// account, empty where there is none. A word cannot come along, since it is known by its hash alone: it is typed again.
func (s *Store) replaceJoined(ctx context.Context, u record.User, list []Checkin, in CheckinInput) (own Checkin, err error) {
	for _, c := range list {
		switch {
		case c.UserID == u.ID:
			own = c
		case len(c.WordIndex) > 0 && foldWord(in.Word) == "" && !in.NoWord:
			return own, ErrCheckinWordAgain
		default:
			if err := s.endCheckin(ctx, u, c, "checkin.case.changed"); err != nil {
				return own, err
			}
		}
	}
	return own, nil
}

// switchOn keeps what a person chose in the check-in of their own account.
func (s *Store) switchOn(ctx context.Context, u record.User, c Checkin, in CheckinInput) error {
	if err := s.choose(ctx, u, &c, in); err != nil {
		return err
	}
	now := s.db.Now()
	if c.RaisedAt != nil {
		if err := s.tellRaised(ctx, c, "checkin.case.changed"); err != nil {
			return err
		}
	}
	c.AgreedAt, c.AgreedWords, c.RaisedAt, c.StuckWhy = now, CheckinWords, nil, ""
	c.NextAt = window(c.FromHour, c.ToHour).Opens(now)
	var err error
	if c.ID == 0 {
		c.Ref, c.UserID, c.Version = record.NewRef("KB"), u.ID, 1
		err = s.db.With(ctx).Create(&c).Error
	} else {
		c.Version++
		err = s.db.With(ctx).Save(&c).Error
	}
	if err != nil {
		return err
	}
	if err := s.setWord(ctx, c, in); err != nil {
		return err
	}
	if err := s.lookNow(ctx, c); err != nil {
		return err
	}
	return s.auditCheckin(ctx, u, c, "checkin_on")
}

// chosen says whether a check-in that is on is what was chosen.
func (s *Store) chosen(u record.User, c Checkin, in CheckinInput) bool {
	same := func(a, b *int) bool { return a == b || a != nil && b != nil && *a == *b }
	w, ok := wayBy(u, in.Channel)
	if !ok || !slices.ContainsFunc(s.addressIndexes(w), func(i []byte) bool { return bytes.Equal(i, c.AddressIndex) }) {
		return false
	}
	word := foldWord(in.Word)
	hasWord := word == "" && !in.NoWord || in.NoWord && word == "" && len(c.WordIndex) == 0 ||
		word != "" && slices.ContainsFunc(s.db.Box().Indexes(word, wordPurpose(c)), func(i []byte) bool { return bytes.Equal(i, c.WordIndex) })
	return c.ID != 0 && hasWord && c.Channel == in.Channel && c.EveryDays == in.EveryDays && c.FromHour == in.FromHour &&
		c.ToHour == in.ToHour && same(c.RemindDays, in.RemindDays) && same(c.RelativeDays, in.RelativeDays) &&
		c.CaseDays == in.CaseDays && c.TiesAccount == in.TiesAccount
}

// lookNow has the open asking looked at by the steps that hold now: shorter ones may be due.
func (s *Store) lookNow(ctx context.Context, c Checkin) error {
	return s.db.With(ctx).Model(&Round{}).Where("checkin_id = ? AND closed_at IS NULL", c.ID).Update("look_at", s.db.Now()).Error
}

// lockedUser is the acting seeker's own row, locked: one act about their check-in after the other.
func (s *Store) lockedUser(ctx context.Context, actor record.User) (record.User, error) {
	var u record.User
	if actor.Role != record.Seeker {
		return u, record.ErrForbidden
	}
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&u, "id = ? AND closed_at IS NULL", actor.ID).Error
	return u, err
}

// checkinsOn are the check-ins of a person that are not switched off, under whichever of their accounts, that of the account
// itself first, locked.
func (s *Store) checkinsOn(ctx context.Context, userID int64) (list []Checkin, err error) {
	ids, err := s.accounts(ctx, userID)
	if err != nil {
		return nil, err
	}
	err = s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where("user_id IN ? AND ended_at IS NULL", ids).
		Order("id").Find(&list).Error // in one order, so that two who lock them do not wait for each other
	ownFirst(list, userID)
	return list, err
}

// ownFirst puts the check-in of an account before those of accounts that are joined into it.
func ownFirst(list []Checkin, userID int64) {
	slices.SortStableFunc(list, func(a, b Checkin) int {
		switch {
		case a.UserID == userID && b.UserID != userID:
			return -1
		case b.UserID == userID && a.UserID != userID:
			return 1
		}
		return 0
	})
}

// choose puts what a person chose into their check-in.
func (s *Store) choose(ctx context.Context, u record.User, c *Checkin, in CheckinInput) error {
	w, ok := wayBy(u, in.Channel)
	if !ok {
		return ErrCheckinContact
	}
	switch why, err := s.stuckAt(ctx, u, w); {
	case err != nil:
		return err
	case why == StuckConsent:
		return ErrCheckinConsent
	case why == StuckRefused:
		return ErrCheckinRefused
	}
	if in.RelativeDays != nil {
		list, err := s.trusted(ctx, u.ID)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return ErrNoRelative
		}
	}
	c.Channel, c.AddressIndex = w.Channel, s.addressIndexes(w)[0]
	c.EveryDays, c.FromHour, c.ToHour = in.EveryDays, in.FromHour, in.ToHour
	c.RemindDays, c.RelativeDays, c.CaseDays, c.TiesAccount = in.RemindDays, in.RelativeDays, in.CaseDays, in.TiesAccount
	return nil
}

// setWord keeps the hash of the word by which the person calls for help unseen.
func (s *Store) setWord(ctx context.Context, c Checkin, in CheckinInput) error {
	word := foldWord(in.Word)
	if word == "" && !in.NoWord {
		return nil
	}
	var index []byte
	if word != "" {
		index = s.db.Box().Index(word, wordPurpose(c))
	}
	return s.db.With(ctx).Model(&c).Update("word_index", index).Error
}

// SwitchOff ends the acting person's check-ins, under whichever of their accounts, and takes back their consent: no letter
// that waits will leave.
func (s *Store) SwitchOff(ctx context.Context, actor record.User) error {
	return s.transact(ctx, "switch a check-in off", func(tx *Store) error {
		u, err := tx.lockedUser(ctx, actor)
		if err != nil {
			return err
		}
		return tx.endAll(ctx, u, "checkin.case.off")
	})
}

// endAll ends the check-ins of a person under whichever of their accounts. A case that silence made is told why, by the key
// of its words.
func (s *Store) endAll(ctx context.Context, u record.User, why string) error {
	list, err := s.checkinsOn(ctx, u.ID)
	for _, c := range list {
		if err == nil {
			err = s.endCheckin(ctx, u, c, why)
		}
	}
	return err
}

// endCheckin ends a locked check-in of a person.
func (s *Store) endCheckin(ctx context.Context, u record.User, c Checkin, why string) error {
	if c.RaisedAt != nil {
		if err := s.tellRaised(ctx, c, why); err != nil {
			return err
		}
	}
	now := s.db.Now()
	c.EndedAt = &now
	if err := s.db.With(ctx).Model(&c).Updates(map[string]any{"ended_at": now, "version": c.Version + 1}).Error; err != nil {
		return err
	}
	if err := s.stopRound(ctx, c); err != nil {
		return err
	}
	return s.auditCheckin(ctx, u, c, "checkin_off")
}

// Quiet keeps the acting person's check-ins from asking from one day to another, for a pause or a holiday; without days they
// ask again from now on. An asking that is open ends.
func (s *Store) Quiet(ctx context.Context, actor record.User, from, until *time.Time) error {
	today := record.DayOf(s.db.Now())
	if (from == nil) != (until == nil) || from != nil && (until.Before(*from) || until.Before(today.Date()) ||
		until.After(today.Plus(MostQuiet).Date())) {
		return ErrCheckinQuiet
	}
	return s.transact(ctx, "pause a check-in", func(tx *Store) error {
		u, err := tx.lockedUser(ctx, actor)
		if err != nil {
			return err
		}
		list, err := tx.checkinsOn(ctx, u.ID)
		if err == nil && len(list) == 0 {
			err = record.ErrNotFound
		}
		for _, c := range list {
			if err == nil {
				err = tx.pause(ctx, u, c, from, until)
			}
		}
		return err
	})
}

// pause keeps one check-in from asking.
func (s *Store) pause(ctx context.Context, u record.User, c Checkin, from, until *time.Time) error {
	set := map[string]any{"quiet_from": from, "quiet_until": until, "version": c.Version + 1}
	if from == nil {
		set["next_at"] = window(c.FromHour, c.ToHour).Opens(s.db.Now())
	}
	if err := s.db.With(ctx).Model(&c).Updates(set).Error; err != nil {
		return err
	}
	c.QuietFrom, c.QuietUntil = from, until
	if c.quiet(record.DayOf(s.db.Now())) {
		if err := s.stopRound(ctx, c); err != nil {
			return err
		}
	}
	return s.auditCheckin(ctx, u, c, "checkin_paused")
}

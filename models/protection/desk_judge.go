package protection

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"naikkelas/models/record"
)

// A Judgement is what the desk thinks of a case: its kinds, how urgent it is, whether there are signs of trafficking in
// persons, whether a child is involved. Why is needed where the urgency changes, or the signs are judged.
type Judgement struct {
	Kinds       []string
	Urgency     Urgency
	Trafficking string
	Child       bool
	Why         string
}

// Judge keeps what the desk thinks of a case; each thing that changes is an event. A case once sensitive stays so.
func (s *Store) Judge(ctx context.Context, officer record.User, p Press, j Judgement) error {
	j.Why = strings.TrimSpace(j.Why)
	if utf8.RuneCountInString(j.Why) > MessageLength {
		return &record.Refusal{Key: ErrTextLong.Key, Field: "why"}
	}
	if !slices.Contains(Urgencies(), j.Urgency) {
		return &record.Refusal{Key: ErrChoice.Key, Field: "urgency"}
	}
	if !slices.Contains([]string{TraffickingNotAssessed, TraffickingIndicated, TraffickingNo}, j.Trafficking) {
		return &record.Refusal{Key: ErrChoice.Key, Field: "trafficking"}
	}
	return s.press(ctx, officer, ActJudge, p, func(tx *Store, v viewer, c *Case) error {
		if j.Why == "" && (j.Urgency != c.Urgency || j.Trafficking != c.Trafficking) {
			return ErrWhyMissing
		}
		changed, err := tx.judgeKinds(ctx, v, c, p, j)
		if err != nil {
			return err
		}
		if changed {
			p = Press{} // one event carries the form's name
		}
		for _, change := range []struct {
			is           bool
			kind, detail string
		}{
			{j.Urgency != c.Urgency, EventUrgency, string(c.Urgency) + ":" + string(j.Urgency)},
			{j.Trafficking != c.Trafficking, EventTrafficking, j.Trafficking},
			{j.Child != c.InvolvesChild, EventChild, ""},
		} {
			if !change.is {
				continue
			}
			e := Event{Kind: change.kind, Detail: change.detail}
			if change.kind == EventUrgency && j.Urgency == UrgencyLife {
				if err := tx.hurry(ctx, c, &e); err != nil {
					return err
				}
			}
			if err := tx.did(ctx, v, c, p, e, j.Why); err != nil {
				return err
			}
			p = Press{}
		}
		return tx.judged(ctx, c, j)
	})
}

// hurry makes a case whose urgency rises to life the lead's to act on within the term of life, unless it is already.
func (s *Store) hurry(ctx context.Context, c *Case, e *Event) error {
	life, _, err := s.within(ctx, TermLife)
	due := s.db.Now().Add(life)
	if c.DueAt != nil && c.DueAt.Before(due) {
		due = *c.DueAt
	}
	e.NextActor, e.DueAt = ActorLead, &due
	if err != nil {
		return err
	}
	return s.alarmNow(ctx, *c, AlarmUrgent, LevelLead)
}

// judged writes the new values into the case.
func (s *Store) judged(ctx context.Context, c *Case, j Judgement) error {
	c.LifeOnce = c.LifeOnce || j.Urgency == UrgencyLife
	c.Sensitive = c.Sensitive || j.Urgency == UrgencyLife || j.Trafficking == TraffickingIndicated || j.Child
	c.Urgency, c.Trafficking, c.InvolvesChild = j.Urgency, j.Trafficking, j.Child
	return s.db.With(ctx).Save(c).Error
}

// judgeKinds sets the kinds of a case to those that were chosen, all of which must be on the list of today or were set
// before, and says whether they are others than before.
func (s *Store) judgeKinds(ctx context.Context, v viewer, c *Case, p Press, j Judgement) (changed bool, err error) {
	types, err := s.CaseTypes(ctx)
	if err != nil {
		return false, err
	}
	kinds := slices.Compact(slices.Sorted(slices.Values(j.Kinds)))
	var before []string
	if err := s.db.With(ctx).Table("case_kinds").Where("case_id = ?", c.ID).Order("code").Pluck("code", &before).Error; err != nil {
		return false, err
	}
	slices.Sort(before) // as Go sorts
	for _, k := range kinds {
		at := slices.IndexFunc(types, func(t CaseType) bool { return t.Code == k })
		if at < 0 && !slices.Contains(before, k) {
			return false, &record.Refusal{Key: ErrChoice.Key, Field: "kinds"}
		}
		c.Sensitive = c.Sensitive || at >= 0 && types[at].Sensitive
	}
	if slices.Equal(before, kinds) {
		return false, nil
	}
	if err := s.setKinds(ctx, v, *c, kinds); err != nil {
		return false, err
	}
	return true, s.did(ctx, v, c, p, Event{Kind: EventKinds, Detail: short(strings.Join(kinds, " "))}, "")
}

func (s *Store) setKinds(ctx context.Context, v viewer, c Case, kinds []string) error {
	if err := s.db.With(ctx).Exec("DELETE FROM case_kinds WHERE case_id = ?", c.ID).Error; err != nil {
		return err
	}
	for _, k := range kinds {
		row := map[string]any{"case_id": c.ID, "code": k, "set_by": v.ID, "set_at": s.db.Now()}
		if err := s.db.With(ctx).Table("case_kinds").Create(row).Error; err != nil {
			return err
		}
	}
	return nil
}

// short cuts a list of codes to what an event holds.
func short(s string) string { return s[:min(len(s), 200)] }

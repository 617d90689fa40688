package models

import (
	"context"
	"strconv"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// ErrIntakeConcerns says that a change of an intake concerns people who applied: whoever makes it sees first whom,
// and what they will read.
var ErrIntakeConcerns = &Refusal{Key: "intake.concerns"}

// IntakeChange is what changed of the dates and the place of an intake to which people had applied, by field.
type IntakeChange struct {
	ID       int64
	IntakeID int64
	At       time.Time
	Was      map[string]string `gorm:"serializer:json"`
	Becomes  map[string]string `gorm:"serializer:json"`
}

// changeFields are the fields of a change in the order in which they are read.
var changeFields = []string{"selection", "closes", "test", "announce", "starts", "ends", "place", "class", "absence"}

// changed is what of an intake differs for those who applied; nil when nothing does.
func (in Intake) changed(next Intake) *IntakeChange {
	c := IntakeChange{IntakeID: in.ID, Was: map[string]string{}, Becomes: map[string]string{}}
	was, becomes := in.told(), next.told()
	for _, field := range changeFields {
		if was[field] != becomes[field] {
			c.Was[field], c.Becomes[field] = was[field], becomes[field]
		}
	}
	if len(c.Was) == 0 {
		return nil
	}
	return &c
}

// told are the values of an intake as a change keeps them: days as dates, empty for none.
func (in Intake) told() map[string]string {
	values := map[string]string{"selection": string(in.Selection), "place": in.Place, "class": in.class()}
	for field, day := range in.days() {
		if day != nil {
			values[field] = day.Format(time.DateOnly)
		}
	}
	if in.AbsenceIn != "" {
		values["absence"] = strconv.Itoa(in.AbsenceMost) + " " + in.AbsenceIn
	}
	if in.ClosesAt != nil {
		values["closes"] = record.DayOf(*in.ClosesAt).Date().Format(time.DateOnly)
	}
	return values
}

//i18n:family intake.changed.* programme.selection.*

// Lines say the change in words, a line for each field, old and new.
func (c IntakeChange) Lines(ctx context.Context) []string {
	var lines []string
	for _, field := range changeFields {
		if _, changed := c.Was[field]; changed {
			was, now := changeValue(ctx, field, c.Was[field]), changeValue(ctx, field, c.Becomes[field])
			lines = append(lines, i18n.T(ctx, "intake.changed."+field, "Was", was, "Now", now))
		}
	}
	return lines
}

func changeValue(ctx context.Context, field, value string) string {
	if value == "" {
		return i18n.T(ctx, "intake.changed.none")
	}
	switch field {
	case "selection":
		return i18n.T(ctx, "programme.selection."+value)
	case "class":
		return classText(ctx, value)
	}
	if most, of, is := strings.Cut(value, " "); is && field == "absence" {
		count, _ := strconv.Atoi(most)
		return Intake{AbsenceIn: of, AbsenceMost: count}.AbsenceRule(ctx)
	}
	if day, err := time.Parse(time.DateOnly, value); err == nil && field != "place" {
		return i18n.DateLong(ctx, day)
	}
	return value
}

// liveIn counts the live applications to an intake.
func (s *Store) liveIn(ctx context.Context, intakeID int64) (n int64, err error) {
	err = s.db.With(ctx).Model(&Application{}).Where("intake_id = ? AND "+endedStates.notIn("state"), intakeID).Count(&n).Error
	return n, err
}

// ChangePreview says what a change of an intake means for those who applied, and how many they are.
func (s *Store) ChangePreview(ctx context.Context, actor User, ref string, in IntakeInput) (lines []string, people int64, err error) {
	i, _, err := s.OwnIntake(ctx, actor, ref)
	if err != nil {
		return nil, 0, err
	}
	if c := i.changed(in.onto(i.Intake)); c != nil {
		lines = c.Lines(ctx)
	}
	people, err = s.liveIn(ctx, i.ID)
	return lines, people, err
}

// tellChange tells everybody who applied what changed of their intake; a job does it. Without their being told it is
// refused, unless there is nobody.
func (s *Store) tellChange(ctx context.Context, was, next Intake, told bool) error {
	c := was.changed(next)
	if c == nil || was.State != IntakePublished {
		return nil
	}
	people, err := s.liveIn(ctx, was.ID)
	if err != nil || people == 0 {
		return err
	}
	if !told {
		return ErrIntakeConcerns
	}
	c.At = s.db.Now()
	if err := s.db.With(ctx).Create(c).Error; err != nil {
		return err
	}
	if err := s.moveSessions(ctx, was, next); err != nil {
		return err
	}
	return s.tellAll(ctx, telling{Template: "intake_changed", IntakeID: &was.ID, ChangeID: &c.ID})
}

// followChange is what a change means for one person: their letter says old and new, and who is invited to a session that
// moved with the day of the test has a letter about that.
func (s *Store) followChange(ctx context.Context, t telling, r recipient, data map[string]string) error {
	var c IntakeChange
	if err := s.db.With(ctx).Take(&c, "id = ?", *t.ChangeID).Error; err != nil {
		return err
	}
	data["Change"] = strings.Join(c.Lines(i18n.With(ctx, i18n.Lang(r.User.Language))), "\n")
	if c.Becomes["test"] == "" {
		return nil
	}
	_, a, err := s.lockSeat(ctx, r.ApplicationID, 0)
	if err != nil || a.State != Invited || a.SessionID == nil {
		return err
	}
	var session TestSession
	if err := s.db.With(ctx).Take(&session, "id = ?", *a.SessionID).Error; err != nil {
		return err
	}
	return s.followSession(ctx, SystemUser, session, &a)
}

// changesSince are what changed of an application's intake after it was begun, newest first.
func (s *Store) changesSince(ctx context.Context, a Application) (list []IntakeChange, err error) {
	if !a.State.Live() {
		return nil, nil
	}
	err = s.db.With(ctx).Where("intake_id = ? AND at >= ?", a.IntakeID, a.CreatedAt).Order("id DESC").Limit(3).Find(&list).Error
	return list, err
}

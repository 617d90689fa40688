package models

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// The refusals around announcing an intake.
var (
	ErrNothingToAnnounce = &Refusal{Key: "announce.nothing"}
	ErrAnnouncing        = &Refusal{Key: "announce.asked"}
	ErrAnnouncePast      = &Refusal{Key: "announce.past", Field: "at"}
	ErrNoAnnouncement    = &Refusal{Key: "announce.none"}
	ErrRecallReason      = &Refusal{Key: "announce.recall_reason", Field: "why"}
)

// Announcement is the moment at which outcomes of an intake become known, all together. Which those are is written down
// when it is asked for; what is decided later waits for the next one.
type Announcement struct {
	ID          int64
	IntakeID    int64
	AskedBy     *int64 // nil: before intakes were announced
	AskedAt     time.Time
	AnnouncesAt time.Time
	TakenBackAt *time.Time
	TakenBackBy *int64
	DoneAt      *time.Time
}

const openAnnouncement = "taken_back_at IS NULL AND done_at IS NULL"

// AnnounceIntake carries out what an announcement is about.
type AnnounceIntake struct {
	AnnouncementID int64 `json:"announcement_id"`
}

// Kind names the job.
func (AnnounceIntake) Kind() string { return "announce_intake" }

// Announceable are the outcomes that wait for the moment of their intake, in the order in which they are carried out.
var Announceable = []string{RecordAccepted, RecordReserve, RecordNotSelected, RecordAbsent}

// awaits says whether an outcome waits for its intake's moment. One that is recorded for many always does; a single
// one only until the intake was announced, and has its own minutes after that.
func (s *Store) awaits(ctx context.Context, in Intake, a Application, o Outcome) (bool, error) {
	if in.Selection != ByTest || !choosingStates.has(a.State) || !slices.Contains(Announceable, o.What) {
		return false, nil
	}
	if o.RunID != 0 {
		return true, nil
	}
	var done int64
	err := s.db.With(ctx).Model(&Announcement{}).Where("intake_id = ? AND done_at IS NOT NULL", in.ID).Limit(1).Count(&done).Error
	return done == 0, err
}

// await records an outcome that waits for its intake's moment. What would refuse it then refuses it now.
func (s *Store) await(ctx context.Context, actor User, a Application, o Outcome) error {
	if err := s.refuseDecided(ctx, a); err != nil {
		return err
	}
	plain, err := json.Marshal(o)
	if err != nil {
		return fmt.Errorf("record %s: %w", o.What, err)
	}
	d := DecisionRow{ApplicationID: a.ID, Act: actRecord, Arguments: plain, ActorID: actor.ID, DecidedAt: s.db.Now()}
	if err := s.rehearse(ctx, actor, d, a, nil); err != nil {
		return err
	}
	return s.keepDecision(ctx, actor, &d)
}

// AnnounceCheck is what announcing an intake would do.
type AnnounceCheck struct {
	Intake       PublicIntake
	Programme    Programme
	Open         *Announcement    // that is on its way, nil for none
	Counts       map[string]int64 // of the outcomes that wait, or are on their way
	OutOfOrder   []Applicant      // accepted before somebody with more points, with the reason
	Undecided    []Applicant      // the first of those who wait without an outcome
	UndecidedAll int64
	Seen         string // tells these outcomes from those that are recorded later
	Minutes      int    // for how long an announcement can be taken back that is made now
}

// All is how many outcomes wait.
func (v AnnounceCheck) All() (n int64) {
	for _, count := range v.Counts {
		n += count
	}
	return n
}

// CheckAnnouncement says what announcing an intake of the acting staff's institution would do.
func (s *Store) CheckAnnouncement(ctx context.Context, actor User, intakeRef string) (v AnnounceCheck, err error) {
	if !actor.Selects() {
		return v, ErrForbidden
	}
	if v.Intake, v.Programme, err = s.OwnIntake(ctx, actor, intakeRef); err != nil {
		return v, err
	}
	if v.Open, err = s.announcing(ctx, v.Intake.ID); err != nil {
		return v, err
	}
	if v.Minutes, err = s.setting(ctx, settingAnnounce); err != nil {
		return v, err
	}
	var rows []struct {
		What string
		N    int64
	}
	err = s.toAnnounce(ctx, v.Intake.ID).Select("d.arguments->>'What' AS what, count(*) AS n").Group("d.arguments->>'What'").Scan(&rows).Error
	if err != nil {
		return v, err
	}
	v.Counts = map[string]int64{}
	for _, r := range rows {
		v.Counts[r.What] = r.N
	}
	if v.Seen, err = s.announceSeen(ctx, v.Intake.ID); err != nil {
		return v, err
	}
	people := func(where string) *gorm.DB {
		return s.applicantsFrom(ctx, actor).Where("a.intake_id = ?", v.Intake.ID).Where(where).Session(&gorm.Session{})
	}
	undecided := people(choosingStates.in("a.state") + " AND d.id IS NULL")
	named := "a.*, coalesce(ci.name, u.name) AS name, coalesce(d.arguments->>'Why', '') AS why"
	return v, errors.Join(
		undecided.Count(&v.UndecidedAll).Error,
		undecided.Select(named).Order("a.first_submitted_at, a.id").Limit(checkNames).Scan(&v.Undecided).Error,
		people("d.arguments->>'Why' <> '' AND d.announced_at IS NULL").Select(named).Order("a.id").Limit(checkNames).Scan(&v.OutOfOrder).Error,
	)
}

// toAnnounce are the decisions d of an intake that wait for its moment, but for those about people who left meanwhile.
func (s *Store) toAnnounce(ctx context.Context, intakeID int64) *gorm.DB {
	return s.db.With(ctx).Table("decisions d").Joins("JOIN applications a ON a.id = d.application_id").
		Where("a.intake_id = ? AND d.announced_at IS NULL AND d.recalled_at IS NULL AND "+endedStates.notIn("a.state"), intakeID)
}

func (s *Store) announceSeen(ctx context.Context, intakeID int64) (seen string, err error) {
	err = s.toAnnounce(ctx, intakeID).Select("count(*) || '.' || coalesce(max(d.id), 0)").Scan(&seen).Error
	return seen, err
}

// announcing is the announcement of an intake that is on its way, nil for none.
func (s *Store) announcing(ctx context.Context, intakeID int64) (*Announcement, error) {
	var list []Announcement
	err := s.db.With(ctx).Where("intake_id = ? AND "+openAnnouncement, intakeID).Limit(1).Find(&list).Error
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// AskAnnouncement asks for the announcement of the outcomes that wait: after the minutes that are set, or at a moment ahead.
// seen is what the check page said of them.
func (s *Store) AskAnnouncement(ctx context.Context, actor User, intakeRef, seen string, at *time.Time) error {
	if !actor.Selects() {
		return ErrForbidden
	}
	return s.transact(ctx, "announce intake", func(tx *Store) error {
		own, _, err := tx.OwnIntake(ctx, actor, intakeRef)
		if err != nil {
			return err
		}
		in, err := tx.lockIntake(ctx, own.ID)
		if err != nil {
			return err
		}
		switch open, err := tx.announcing(ctx, in.ID); {
		case err != nil:
			return err
		case open != nil:
			return ErrAnnouncing
		}
		n, err := tx.announcement(ctx, actor, in, at)
		if err != nil {
			return err
		}
		switch now, err := tx.announceSeen(ctx, in.ID); {
		case err != nil:
			return err
		case now == "0.0":
			return ErrNothingToAnnounce
		case now != seen:
			return ErrStale
		}
		if err := tx.db.With(ctx).Create(&n).Error; err != nil {
			return err
		}
		err = tx.db.With(ctx).Exec(`UPDATE decisions d
			SET announcement_id = ?
			FROM applications a
			WHERE a.id = d.application_id
				AND a.intake_id = ?
				AND d.announced_at IS NULL
				AND d.recalled_at IS NULL`, n.ID, in.ID).Error
		if err != nil {
			return err
		}
		err = tx.db.Audit(ctx, actor, record.Act{Action: "announcement_asked", SubjectKind: "intake", SubjectID: in.ID})
		if err != nil {
			return err
		}
		return tx.db.EnqueueAt(ctx, AnnounceIntake{AnnouncementID: n.ID}, n.AnnouncesAt)
	})
}

// announcement is a new one. It can lie ahead, but not before the day of which people were told.
func (s *Store) announcement(ctx context.Context, actor User, in Intake, at *time.Time) (n Announcement, err error) {
	minutes, err := s.setting(ctx, settingAnnounce)
	now := s.db.Now()
	n = Announcement{IntakeID: in.ID, AskedBy: &actor.ID, AskedAt: now, AnnouncesAt: now.Add(time.Duration(minutes) * time.Minute)}
	if at != nil {
		if n.AnnouncesAt.After(*at) {
			return n, ErrAnnouncePast
		}
		n.AnnouncesAt = *at
	}
	if day := in.AnnounceOn; day != nil && n.AnnouncesAt.Before(record.DateDay(*day).Start()) {
		return n, &Refusal{Key: "announce.before_day", Field: "at", Args: []any{"Day", i18n.DateLong(ctx, *day)}}
	}
	return n, err
}

// TakeBackAnnouncement takes an announcement back whose moment has not come: the outcomes wait on.
func (s *Store) TakeBackAnnouncement(ctx context.Context, actor User, intakeRef string) error {
	if !actor.Selects() {
		return ErrForbidden
	}
	return s.transact(ctx, "take back announcement", func(tx *Store) error {
		own, _, err := tx.OwnIntake(ctx, actor, intakeRef)
		if err != nil {
			return err
		}
		if _, err := tx.lockIntake(ctx, own.ID); err != nil {
			return err
		}
		n, err := tx.announcing(ctx, own.ID)
		switch {
		case err != nil:
			return err
		case n == nil || !tx.db.Now().Before(n.AnnouncesAt):
			return ErrNoAnnouncement
		}
		err = tx.db.With(ctx).Model(n).Updates(map[string]any{"taken_back_at": tx.db.Now(), "taken_back_by": actor.ID}).Error
		if err != nil {
			return err
		}
		if err := tx.db.With(ctx).Exec("UPDATE decisions SET announcement_id = NULL WHERE announcement_id = ?", n.ID).Error; err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{Action: "announcement_taken_back", SubjectKind: "intake", SubjectID: own.ID})
	})
}

// AnnounceNext carries out the next outcomes of an announcement, each in a transaction of its own: acceptances first,
// then reserves by their scores and the order in which they were chosen, then the others. *record.TooEarly says that it
// has to wait longer. One that was taken back or is done stays as it is.
func (s *Store) AnnounceNext(ctx context.Context, id int64) (more bool, err error) {
	end := time.Now().Add(stepTime)
	for range actStep {
		err := s.transact(ctx, fmt.Sprintf("announce, announcement %d", id), func(tx *Store) (err error) {
			more, err = tx.announceOne(ctx, id)
			return err
		})
		if err != nil || !more {
			return false, err
		}
		if time.Now().After(end) {
			break
		}
	}
	return true, nil
}

func (s *Store) announceOne(ctx context.Context, id int64) (more bool, err error) {
	var n Announcement
	err = s.db.With(ctx).Take(&n, "id = ?", id).Error
	if errors.Is(err, ErrNotFound) {
		return false, nil // its intake is gone
	}
	if err != nil {
		return false, err
	}
	if _, err := s.lockIntake(ctx, n.IntakeID); err != nil {
		return false, err
	}
	if err := s.db.With(ctx).Take(&n, "id = ?", id).Error; err != nil || n.TakenBackAt != nil || n.DoneAt != nil {
		return false, err
	}
	if wait := n.AnnouncesAt.Sub(s.db.Now()); wait > 0 {
		return false, &record.TooEarly{Wait: wait}
	}
	var next []int64
	err = s.db.With(ctx).Table("decisions d").
		Joins("LEFT JOIN "+ranking+" sc ON sc.application_id = d.application_id", n.IntakeID, n.IntakeID, n.IntakeID).
		Where("d.announcement_id = ? AND d.recalled_at IS NULL AND d.done_at IS NULL AND d.void_at IS NULL", id).
		Order("array_position(ARRAY['accepted', 'reserve', 'not_selected', 'absent'], d.arguments->>'What'), sc.total DESC NULLS LAST, d.id").
		Limit(1).Pluck("d.id", &next).Error
	if err != nil {
		return false, err
	}
	if len(next) == 0 {
		return false, s.db.With(ctx).Model(&n).Update("done_at", s.db.Now()).Error
	}
	d, a, err := s.lockDecision(ctx, "id = ?", next[0])
	if err != nil {
		return false, err
	}
	return true, s.announce(ctx, d, a)
}

// AnnounceIntakes goes on with announcements whose job was lost, some in each step.
func (s *Store) AnnounceIntakes(ctx context.Context) (more bool, err error) {
	due := s.db.With(ctx).Model(&Announcement{}).Where("announces_at <= ? AND "+openAnnouncement, s.db.Now())
	return s.act(ctx, "announce_intakes", due, func(id int64) error {
		_, err := s.AnnounceNext(ctx, id)
		return err
	})
}

package models

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// The refusals of a moment at which a programme is to be public.
var (
	ErrPublishPast = &Refusal{Key: "publication.past", Field: "at"}
	ErrPublishLate = &Refusal{Key: "publication.late", Field: "at"}
	ErrPublishFar  = &Refusal{Key: "publication.far", Field: "at"}
)

// publishAhead is how many days a publication may lie ahead: officers looked at what was true when they did.
const publishAhead = 366

// PublishProgramme publishes an approved programme at its moment.
type PublishProgramme struct {
	ProgrammeID int64 `json:"programme_id"`
}

// Kind names the job.
func (PublishProgramme) Kind() string { return "publish_programme" }

// refusesMoment says why a programme cannot be public from a moment on; nil, for as soon as may be, is never refused.
func (s *Store) refusesMoment(d ProgrammeDraft, at *time.Time) error {
	switch now := s.db.Now(); {
	case at == nil:
		return nil
	case !at.After(now):
		return ErrPublishPast
	case at.After(now.AddDate(0, 0, publishAhead)):
		return ErrPublishFar
	}
	if len(d.faultsAt(*at)) > 0 {
		return ErrPublishLate
	}
	return nil
}

// ScheduleProgramme changes the moment at which a programme, or its change, is to be public: while it lies with the
// officers, and after their approval until it is. Nil is as soon as may be, which for what is approved is now.
func (s *Store) ScheduleProgramme(ctx context.Context, actor User, ref string, version int, at *time.Time) error {
	return s.withOwnProgramme(ctx, actor, ref, version, func(tx *Store, d ProgrammeDraft) error {
		p := d.Programme
		if !p.Submitted() && !p.Scheduled() {
			return ErrProgrammeState
		}
		if err := tx.refusesMoment(d, at); err != nil {
			return err
		}
		if at != nil || !p.Scheduled() {
			return tx.setMoment(ctx, actor, p, map[string]any{"publish_at": at}, at, "programme_moment_changed")
		}
		if len(d.faultsAt(tx.db.Now())) > 0 {
			return ErrNotWhole
		}
		return tx.publish(ctx, actor, d)
	})
}

// approve keeps that officers agree to what waits, until its moment. The institution is told; nobody else knows.
func (s *Store) approve(ctx context.Context, officer User, d ProgrammeDraft) error {
	p := d.Programme
	set := map[string]any{"state": ProgrammeApproved, "refusal_code": "", "refusal_note": ""}
	if p.PendingState != nil {
		set = map[string]any{"pending_state": ProgrammeApproved}
	}
	if err := s.setMoment(ctx, officer, p, set, p.PublishAt, "programme_approved"); err != nil {
		return err
	}
	if err := s.programmeEvent(ctx, officer, p, p.State, ProgrammeApproved, "", ""); err != nil {
		return err
	}
	return s.tellEditors(ctx, p, "programme_approved")
}

// setMoment changes a programme and lets the job of its moment wait for it. One for an earlier moment finds that it has
// changed.
func (s *Store) setMoment(ctx context.Context, actor User, p Programme, set map[string]any, at *time.Time, action string) error {
	if err := s.setProgramme(ctx, actor, p, set, action); err != nil || at == nil {
		return err
	}
	return s.db.EnqueueAt(ctx, PublishProgramme{ProgrammeID: p.ID}, *at)
}

// PublishScheduled publishes an approved programme, or its change, once its moment has come. What has come to lack something
// since it was approved becomes a draft again, and its institution is told. *record.TooEarly says that it has to wait longer;
// one that was taken back or is public stays as it is.
func (s *Store) PublishScheduled(ctx context.Context, id int64) error {
	return s.transact(ctx, fmt.Sprintf("publish programme %d", id), func(tx *Store) error {
		var p Programme
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&p, "id = ?", id).Error
		if errors.Is(err, ErrNotFound) || err == nil && !p.Scheduled() {
			return nil
		}
		if err != nil {
			return err
		}
		if wait := p.PublishAt.Sub(tx.db.Now()); wait > 0 {
			return &record.TooEarly{Wait: wait}
		}
		d, err := tx.programmeDraft(ctx, p)
		if err != nil {
			return err
		}
		if len(d.Faults) == 0 {
			return tx.publish(ctx, User{}, d)
		}
		return tx.holdBack(ctx, p)
	})
}

// holdBack makes a draft again of what cannot be published at its moment.
func (s *Store) holdBack(ctx context.Context, p Programme) error {
	set := p.draftAgain()
	set["publish_at"] = nil
	if err := s.setProgramme(ctx, User{}, p, set, "programme_held_back"); err != nil {
		return err
	}
	if err := s.programmeEvent(ctx, User{}, p, p.State, ProgrammeDrafted, "", ""); err != nil {
		return err
	}
	return s.tellEditors(ctx, p, "programme_held_back")
}

// PublishProgrammes goes on with programmes whose moment has come and whose job was lost, some in each step.
func (s *Store) PublishProgrammes(ctx context.Context) (more bool, err error) {
	due := s.db.With(ctx).Model(&Programme{}).
		Where("(state = 'approved' OR pending_state = 'approved') AND publish_at <= ?", s.db.Now())
	return s.act(ctx, "publish_programmes", due, func(id int64) error { return s.PublishScheduled(ctx, id) })
}

package models

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/internal/urls"
)

// ErrRefusalReason refuses to send a programme back without a reason.
var ErrRefusalReason = &Refusal{Key: "publication.reason", Field: "reason"}

// WaitingProgramme is a programme that waits for an officer: a new one, or a change of a public one.
type WaitingProgramme struct {
	Programme
	InstitutionName string
}

// WaitingProgrammes lists what waits for approval, oldest first, at most a hundred.
func (s *Store) WaitingProgrammes(ctx context.Context, officer User) ([]WaitingProgramme, error) {
	if officer.Role != Officer {
		return nil, ErrForbidden
	}
	return s.waiting(ctx, ProgrammeSubmitted, "p.submitted_at, p.id")
}

// ScheduledProgrammes lists what is approved and waits for its moment, the next first, at most a hundred.
func (s *Store) ScheduledProgrammes(ctx context.Context, officer User) ([]WaitingProgramme, error) {
	if officer.Role != Officer {
		return nil, ErrForbidden
	}
	return s.waiting(ctx, ProgrammeApproved, "p.publish_at, p.id")
}

// waiting lists the programmes that stand in a state, or whose change does. The state stands in the words of the query,
// by which its index is found.
func (s *Store) waiting(ctx context.Context, state ProgrammeState, order string) (list []WaitingProgramme, err error) {
	err = s.db.With(ctx).Table("programmes p").
		Select("p.*, i.name AS institution_name").
		Joins("JOIN institutions i ON i.id = p.institution_id").
		Where(fmt.Sprintf("p.state = '%s' OR p.pending_state = '%[1]s'", state)).
		Order(order).Limit(100).Scan(&list).Error
	return list, err
}

// ProgrammeForOfficer loads a programme that was handed to the officers, with what is new in it.
func (s *Store) ProgrammeForOfficer(ctx context.Context, officer User, ref string) (ProgrammeDraft, error) {
	if officer.Role != Officer {
		return ProgrammeDraft{}, ErrForbidden
	}
	var p Programme
	if err := s.db.With(ctx).Where("ref = ? AND submitted_at IS NOT NULL", ref).Take(&p).Error; err != nil {
		return ProgrammeDraft{}, err
	}
	return s.programmeDraft(ctx, p)
}

// PublishProgramme approves what waits, as publish does. Where its institution chose a moment that has not come, it waits
// for that, which is then given.
func (s *Store) PublishProgramme(ctx context.Context, officer User, ref string, version int) (at *time.Time, err error) {
	err = s.withWaiting(ctx, officer, ref, version, func(tx *Store, d ProgrammeDraft) error {
		switch {
		case !d.Programme.Submitted():
			return ErrStale // a colleague approved it
		case len(d.Faults) > 0:
			return ErrNotWhole
		case d.Programme.PublishAt != nil && d.Programme.PublishAt.After(tx.db.Now()):
			at = d.Programme.PublishAt
			return tx.approve(ctx, officer, d)
		}
		return tx.publish(ctx, officer, d)
	})
	return at, err
}

// publish lets a new programme out with its intakes, and a change take the place of the old version. Where it changes what
// people rely on, a job tells everybody with a live application.
func (s *Store) publish(ctx context.Context, actor User, d ProgrammeDraft) error {
	p, now := d.Programme, s.db.Now()
	set := map[string]any{"state": ProgrammePublished, "published_at": now, "refusal_code": "", "refusal_note": ""}
	change := p.PendingState != nil
	was, err := s.publicContent(ctx, p)
	if err != nil {
		return err
	}
	if change {
		if set, err = d.Content.columns(ctx); err != nil {
			return err
		}
		set["pending"], set["pending_state"] = nil, nil
	}
	set["publish_at"] = nil
	if err := s.setProgramme(ctx, actor, p, set, "programme_published"); err != nil {
		return err
	}
	if change {
		if err := s.replaceCosts(ctx, p.ID, d.Content.Costs); err != nil {
			return err
		}
	}
	err = s.db.With(ctx).Exec(`UPDATE intakes
		SET state = 'published', updated_at = ?
		WHERE programme_id = ?
			AND state = 'draft'`, now, p.ID).Error
	if err != nil {
		return err
	}
	if err := s.programmeEvent(ctx, actor, p, p.State, ProgrammePublished, "", ""); err != nil {
		return err
	}
	if err := s.keepVersion(ctx, p, was, d.Content); err != nil {
		return err
	}
	if change {
		if err := s.tellProgrammeChange(ctx, p, was, d.Content); err != nil {
			return err
		}
	}
	return s.tellEditors(ctx, p, "programme_published")
}

// publicContent is the content of a programme as it stands in its row, without a change that waits.
func (s *Store) publicContent(ctx context.Context, p Programme) (ProgrammeContent, error) {
	var costs []ProgrammeCost
	err := s.db.With(ctx).Where("programme_id = ?", p.ID).Order("position").Limit(100).Find(&costs).Error
	return contentOf(p, costs), err
}

// draftAgain are the columns that make it, or the change of it, a draft again.
func (p Programme) draftAgain() map[string]any {
	if p.PendingState != nil {
		return map[string]any{"pending_state": ProgrammeDrafted}
	}
	return map[string]any{"state": ProgrammeDrafted}
}

// ReturnProgramme sends a programme, or its change, back with a reason that the institution reads; also one that is
// approved, until its moment.
func (s *Store) ReturnProgramme(ctx context.Context, officer User, ref string, version int, reason, note string) error {
	return s.withWaiting(ctx, officer, ref, version, func(tx *Store, d ProgrammeDraft) error {
		known, err := tx.reasonKnown(ctx, reason, "programme_refused")
		if err != nil {
			return err
		}
		if !known {
			return ErrRefusalReason
		}
		p, note := d.Programme, strings.TrimSpace(note)
		set := p.draftAgain()
		set["refusal_code"], set["refusal_note"] = reason, note
		if err := tx.setProgramme(ctx, officer, p, set, "programme_returned"); err != nil {
			return err
		}
		if err := tx.programmeEvent(ctx, officer, p, p.State, ProgrammeDrafted, reason, note); err != nil {
			return err
		}
		return tx.tellEditors(ctx, p, "programme_returned")
	})
}

// withWaiting runs f over a locked programme that waits for an officer, or for its moment. What a colleague has decided
// meanwhile is ErrStale.
func (s *Store) withWaiting(ctx context.Context, officer User, ref string, version int, f func(tx *Store, d ProgrammeDraft) error) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, "decide on programme "+ref, func(tx *Store) error {
		var p Programme
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where("ref = ? AND submitted_at IS NOT NULL", ref).Take(&p).Error
		if err != nil {
			return err
		}
		if !p.Submitted() && !p.Scheduled() || version != 0 && version != p.Version {
			return ErrStale
		}
		d, err := tx.programmeDraft(ctx, p)
		if err != nil {
			return err
		}
		return f(tx, d)
	})
}

// tellEditors writes to those who write the institution's programmes.
func (s *Store) tellEditors(ctx context.Context, p Programme, template string) error {
	return s.tellTeam(ctx, teamNews{
		Institution: p.InstitutionID, Topic: NewsProgrammes, Template: template,
		Key:  fmt.Sprintf("%s:%d:%d", template, p.ID, s.db.Now().UnixMicro()),
		Data: map[string]string{"Programme": p.Title, "Path": urls.ManageProgramme(p.Ref)},
	})
}

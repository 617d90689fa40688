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
	var list []WaitingProgramme
	err := s.db.With(ctx).Table("programmes p").
		Select("p.*, i.name AS institution_name").
		Joins("JOIN institutions i ON i.id = p.institution_id").
		Where("p.state = 'submitted' OR p.pending_state = 'submitted'").
		Order("p.submitted_at, p.id").Limit(100).Scan(&list).Error
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

// PublishProgramme approves what waits: a new programme goes out with its intakes, a change takes the
// place of the old version. Where it changes what people rely on, a job tells everybody with a live application.
func (s *Store) PublishProgramme(ctx context.Context, officer User, ref string, version int) error {
	return s.withWaiting(ctx, officer, ref, version, func(tx *Store, d ProgrammeDraft) error {
		if len(d.Faults) > 0 {
			return ErrNotWhole
		}
		p, now := d.Programme, tx.db.Now()
		set := map[string]any{"state": ProgrammePublished, "published_at": now, "refusal_code": "", "refusal_note": ""}
		change := p.PendingState != nil
		was, err := tx.publicContent(ctx, p)
		if err != nil {
			return err
		}
		if change {
			if set, err = d.Content.columns(ctx); err != nil {
				return err
			}
			set["pending"], set["pending_state"] = nil, nil
		}
		if err := tx.setProgramme(ctx, officer, p, set, "programme_published"); err != nil {
			return err
		}
		if change {
			if err := tx.replaceCosts(ctx, p.ID, d.Content.Costs); err != nil {
				return err
			}
		}
		err = tx.db.With(ctx).Exec(`UPDATE intakes
			SET state = 'published', updated_at = ?
			WHERE programme_id = ?
				AND state = 'draft'`, now, p.ID).Error
		if err != nil {
			return err
		}
		if err := tx.programmeEvent(ctx, officer, p, p.State, ProgrammePublished, "", ""); err != nil {
			return err
		}
		if err := tx.keepVersion(ctx, p, was, d.Content); err != nil {
			return err
		}
		if change {
			if err := tx.tellProgrammeChange(ctx, p, was, d.Content); err != nil {
				return err
			}
		}
		return tx.tellEditors(ctx, p, now, "programme_published")
	})
}

// publicContent is the content of a programme as it stands in its row, without a change that waits.
func (s *Store) publicContent(ctx context.Context, p Programme) (ProgrammeContent, error) {
	var costs []ProgrammeCost
	err := s.db.With(ctx).Where("programme_id = ?", p.ID).Order("position").Limit(100).Find(&costs).Error
	return contentOf(p, costs), err
}

// ReturnProgramme sends a programme, or its change, back with a reason that the institution reads.
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
		set := map[string]any{"refusal_code": reason, "refusal_note": note, "state": ProgrammeDrafted}
		if p.PendingState != nil {
			set = map[string]any{"refusal_code": reason, "refusal_note": note, "pending_state": "draft"}
		}
		if err := tx.setProgramme(ctx, officer, p, set, "programme_returned"); err != nil {
			return err
		}
		if err := tx.programmeEvent(ctx, officer, p, p.State, ProgrammeDrafted, reason, note); err != nil {
			return err
		}
		return tx.tellEditors(ctx, p, tx.db.Now(), "programme_returned")
	})
}

// withWaiting runs f over a locked programme that waits for an officer. What a colleague has decided
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
		waits := p.State == ProgrammeSubmitted || p.PendingState != nil && *p.PendingState == "submitted"
		if !waits || version != 0 && version != p.Version {
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
func (s *Store) tellEditors(ctx context.Context, p Programme, at time.Time, template string) error {
	return s.tellTeam(ctx, teamNews{
		Institution: p.InstitutionID, Topic: NewsProgrammes, Key: fmt.Sprintf("%s:%d:%d", template, p.ID, at.UnixMicro()), Template: template,
		Data: map[string]string{"Programme": p.Title, "Path": urls.ManageProgramme(p.Ref)},
	})
}

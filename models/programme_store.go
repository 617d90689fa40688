package models

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// The refusals of programmes.
var (
	ErrProgrammeState = &Refusal{Key: "publication.not_now"}
	ErrCodeTwice      = &Refusal{Key: "publication.code_twice", Field: "code"}
	ErrTitleMissing   = &Refusal{Key: "publication.title", Field: "title"}
)

// ProgrammeDraft is a programme as its institution edits it: what stands in the row, or the change of a
// published one that is being written.
type ProgrammeDraft struct {
	Programme   Programme
	Content     ProgrammeContent
	Intakes     []PublicIntake
	Institution Institution
	Faults      []Fault
}

// Pending says whether the content is a change that is not public yet.
func (d ProgrammeDraft) Pending() bool { return d.Programme.PendingState != nil }

// Editable says whether the institution may change the content now: not while officers look at it.
func (d ProgrammeDraft) Editable() bool {
	p := d.Programme
	if p.State == ProgrammePublished {
		return p.PendingState == nil || *p.PendingState == "draft"
	}
	return p.State == ProgrammeDrafted
}

// RefusesSubmit says why it cannot be handed to the officers now, nil where it can.
func (d ProgrammeDraft) RefusesSubmit() error {
	p := d.Programme
	switch {
	case p.Scheduled() || p.State != ProgrammeDrafted && !(p.State == ProgrammePublished && p.PendingState != nil):
		return ErrProgrammeState
	case len(d.Faults) > 0:
		return ErrNotWhole
	}
	return nil
}

// RefusesDelete says why it cannot be deleted, nil where it can: it is a draft that never was public.
func (d ProgrammeDraft) RefusesDelete() error {
	if d.Programme.State != ProgrammeDrafted || d.Programme.PublishedAt != nil {
		return ErrProgrammeState
	}
	return nil
}

// RefusesClose says why it cannot be closed, nil where it can: it is public.
func (d ProgrammeDraft) RefusesClose() error {
	if d.Programme.State != ProgrammePublished {
		return ErrProgrammeState
	}
	return nil
}

// OwnProgramme loads a programme of the acting staff's institution for editing.
func (s *Store) OwnProgramme(ctx context.Context, actor User, ref string) (ProgrammeDraft, error) {
	if !actor.Manages() {
		return ProgrammeDraft{}, ErrForbidden
	}
	var p Programme
	if err := s.db.With(ctx).Where("ref = ? AND institution_id = ?", ref, *actor.InstitutionID).Take(&p).Error; err != nil {
		return ProgrammeDraft{}, err
	}
	return s.programmeDraft(ctx, p)
}

func (s *Store) programmeDraft(ctx context.Context, p Programme) (ProgrammeDraft, error) {
	d := ProgrammeDraft{Programme: p}
	db := s.db.With(ctx)
	var costs []ProgrammeCost
	err := errors.Join(
		db.Where("programme_id = ?", p.ID).Order("position").Limit(100).Find(&costs).Error,
		db.Raw(`SELECT n.*, `+intakeTaken+` AS taken
			FROM intakes n
			WHERE n.programme_id = ?
			ORDER BY n.number DESC, n.session, n.id
			LIMIT 60`, p.ID).Scan(&d.Intakes).Error,
		db.Take(&d.Institution, "id = ?", p.InstitutionID).Error,
	)
	if err != nil {
		return d, err
	}
	d.Content = contentOf(p, costs)
	if p.PendingState != nil {
		if d.Content, err = d.Content.changedBy(p.Pending); err != nil {
			return d, fmt.Errorf("pending change of programme %d: %w", p.ID, err)
		}
	}
	now := s.db.Now()
	if at := p.PublishAt; at != nil && at.After(now) && (p.Submitted() || p.Scheduled()) {
		now = *at
	}
	d.Faults = d.faultsAt(now)
	return d, nil
}

// faultsAt lists what would keep it from being published at a moment.
func (d ProgrammeDraft) faultsAt(moment time.Time) []Fault {
	intakes := make([]Intake, len(d.Intakes))
	for i, in := range d.Intakes {
		intakes[i] = in.Intake
	}
	return PublicationFaults(d.Content, intakes, d.Institution.State, moment)
}

// changedBy is the content with a pending change in it. It shares no pointer with the old one, because JSON is read
// through pointers: the row beside it would seem to have changed already.
func (c ProgrammeContent) changedBy(pending []byte) (ProgrammeContent, error) {
	var changed ProgrammeContent
	old, err := json.Marshal(c)
	if err == nil {
		err = json.Unmarshal(old, &changed)
	}
	if err == nil {
		err = json.Unmarshal(pending, &changed)
	}
	return changed, err
}

// Preview is the programme as a seeker would see it.
func (s *Store) Preview(ctx context.Context, d ProgrammeDraft) (ProgrammeDetail, error) {
	detail := ProgrammeDetail{Programme: d.Content.as(d.Programme), Institution: d.Institution, Intakes: d.Intakes}
	err := s.programmeParts(ctx, &detail)
	detail.Costs, detail.Intakes = nil, d.Intakes
	for i, line := range d.Content.Costs {
		detail.Costs = append(detail.Costs, ProgrammeCost{Position: i + 1, Label: line.Label, Amount: line.Amount})
	}
	return detail, err
}

// CreateProgramme makes a draft; the same token makes one.
func (s *Store) CreateProgramme(ctx context.Context, actor User, token, title string) (Programme, error) {
	content := ProgrammeContent{
		Title: cut(strings.TrimSpace(title), ProgrammeTextMost["title"]), MinutesPerJP: 45, OutcomeTraining: true,
		Destinations: record.Codes{},
	}
	if actor.Edits() && content.Title == "" {
		return Programme{}, ErrTitleMissing
	}
	return s.createProgramme(ctx, actor, token, content, func(*Store, Programme) error { return nil })
}

// createProgramme makes a draft that says something already, and then what f adds to it; the same token makes one.
func (s *Store) createProgramme(
	ctx context.Context, actor User, token string, content ProgrammeContent, f func(tx *Store, p Programme) error,
) (Programme, error) {
	if !actor.Edits() {
		return Programme{}, ErrForbidden
	}
	now := s.db.Now()
	p := Programme{
		Ref: record.NewRef("PL"), InstitutionID: *actor.InstitutionID, State: ProgrammeDrafted, CostTotal: content.Total(),
		FormToken: &token, Version: 1, CreatedAt: now, UpdatedAt: now, ProgrammeContent: content,
	}
	err := s.transact(ctx, "create programme", func(tx *Store) error {
		r := tx.db.With(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "institution_id"}, {Name: "form_token"}},
			TargetWhere: clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "form_token IS NOT NULL"}}}, DoNothing: true}).Create(&p)
		if r.Error != nil {
			return r.Error
		}
		if r.RowsAffected == 0 {
			p = Programme{}
			return tx.db.With(ctx).Take(&p, "institution_id = ? AND form_token = ?", *actor.InstitutionID, token).Error
		}
		if err := tx.programmeEvent(ctx, actor, p, "", ProgrammeDrafted, "", ""); err != nil {
			return err
		}
		return f(tx, p)
	})
	return p, err
}

// SaveProgramme keeps the content: in the row of a draft, as a pending change of a published
// programme, whose old version stays visible meanwhile. The code is the institution's own and on no public page, so it is
// another at once.
func (s *Store) SaveProgramme(ctx context.Context, actor User, ref string, version int, code string, c ProgrammeContent) error {
	if c.Title = strings.TrimSpace(c.Title); c.Title == "" {
		return ErrTitleMissing
	}
	return s.withOwnProgramme(ctx, actor, ref, version, func(tx *Store, d ProgrammeDraft) error {
		if !d.Editable() {
			return ErrProgrammeState
		}
		if err := tx.codesListed(ctx, c); err != nil {
			return err
		}
		fields := editedFields(d.Content, c)
		rewrite := len(fields) > 0
		if code != d.Programme.Code {
			fields = append(fields, "code")
		}
		if d.Programme.State == ProgrammePublished {
			set := map[string]any{"code": code}
			if rewrite {
				pending, err := json.Marshal(c)
				if err != nil {
					return err
				}
				set["pending"], set["pending_state"] = pending, "draft"
			}
			return tx.setProgramme(ctx, actor, d.Programme, set, "programme_changed", fields...)
		}
		set, err := c.columns(ctx)
		if err != nil {
			return err
		}
		set["code"] = code
		if err := tx.setProgramme(ctx, actor, d.Programme, set, "programme_saved", fields...); err != nil {
			return err
		}
		return tx.replaceCosts(ctx, d.Programme.ID, c.Costs)
	})
}

func (s *Store) replaceCosts(ctx context.Context, programmeID int64, costs []CostLine) error {
	err := s.db.With(ctx).Exec("DELETE FROM programme_costs WHERE programme_id = ?", programmeID).Error
	if err != nil {
		return err
	}
	for i, line := range costs {
		row := ProgrammeCost{ProgrammeID: programmeID, Position: i + 1, Label: line.Label, Amount: line.Amount}
		if err := s.db.With(ctx).Create(&row).Error; err != nil {
			return err
		}
	}
	return nil
}

// SubmitProgramme hands a draft, or the change of a published programme, to the officers. It is to be public at a moment
// ahead, or as soon as they approve it (nil). ErrNotWhole says that something is missing; the draft's Faults say what.
func (s *Store) SubmitProgramme(ctx context.Context, actor User, ref string, version int, at *time.Time) error {
	return s.withOwnProgramme(ctx, actor, ref, version, func(tx *Store, d ProgrammeDraft) error {
		p := d.Programme
		if p.Submitted() || p.Scheduled() {
			return nil // the second press
		}
		if err := d.RefusesSubmit(); err != nil {
			return err
		}
		if err := tx.refusesMoment(d, at); err != nil {
			return err
		}
		set := map[string]any{"submitted_at": tx.db.Now(), "publish_at": at, "refusal_code": "", "refusal_note": ""}
		if p.State == ProgrammePublished {
			set["pending_state"] = ProgrammeSubmitted
			return tx.setProgramme(ctx, actor, p, set, "programme_change_submitted")
		}
		set["state"] = ProgrammeSubmitted
		if err := tx.setProgramme(ctx, actor, p, set, "programme_submitted"); err != nil {
			return err
		}
		return tx.programmeEvent(ctx, actor, p, p.State, ProgrammeSubmitted, "", "")
	})
}

// WithdrawProgramme takes back what lies with the officers, or was approved and waits for its moment: a programme, or the
// change of a published one, is a draft again, and nobody else had seen it.
func (s *Store) WithdrawProgramme(ctx context.Context, actor User, ref string, version int) error {
	return s.withOwnProgramme(ctx, actor, ref, 0, func(tx *Store, d ProgrammeDraft) error {
		p := d.Programme
		switch {
		case d.Editable():
			return nil // the second press
		case !p.Submitted() && !p.Scheduled():
			return ErrProgrammeState
		case version != 0 && version != p.Version:
			return ErrStale
		case p.State == ProgrammePublished:
			return tx.setProgramme(ctx, actor, p, p.draftAgain(), "programme_change_withdrawn")
		}
		if err := tx.setProgramme(ctx, actor, p, p.draftAgain(), "programme_withdrawn"); err != nil {
			return err
		}
		return tx.programmeEvent(ctx, actor, p, p.State, ProgrammeDrafted, "", "")
	})
}

// DiscardChange takes back the change of a published programme, whether it is being written, waits for officers or was
// sent back by them: the institution goes on from what is public.
func (s *Store) DiscardChange(ctx context.Context, actor User, ref string, version int) error {
	return s.withOwnProgramme(ctx, actor, ref, 0, func(tx *Store, d ProgrammeDraft) error {
		switch {
		case d.Programme.State != ProgrammePublished:
			return ErrProgrammeState
		case !d.Pending():
			return nil // the second press
		case version != d.Programme.Version:
			return ErrStale
		}
		return tx.setProgramme(ctx, actor, d.Programme, map[string]any{
			"pending": nil, "pending_state": nil, "publish_at": nil, "refusal_code": "", "refusal_note": "",
		}, "programme_change_discarded")
	})
}

// withOwnProgramme runs f over a locked programme of the acting staff's institution. version is what
// they saw, 0 when it does not matter.
func (s *Store) withOwnProgramme(
	ctx context.Context, actor User, ref string, version int, f func(tx *Store, d ProgrammeDraft) error,
) error {
	if !actor.Edits() {
		return ErrForbidden
	}
	return s.transact(ctx, "change own programme", func(tx *Store) error {
		d, err := tx.lockOwnProgramme(ctx, actor, ref, version)
		if err != nil {
			return err
		}
		return f(tx, d)
	})
}

// lockOwnProgramme locks a programme as withOwnProgramme does, in the current transaction.
func (s *Store) lockOwnProgramme(ctx context.Context, actor User, ref string, version int) (ProgrammeDraft, error) {
	if !actor.Edits() {
		return ProgrammeDraft{}, ErrForbidden
	}
	var p Programme
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).
		Where("ref = ? AND institution_id = ?", ref, *actor.InstitutionID).Take(&p).Error
	if err != nil {
		return ProgrammeDraft{}, err
	}
	if version != 0 && version != p.Version {
		return ProgrammeDraft{}, ErrStale
	}
	return s.programmeDraft(ctx, p)
}

// setProgramme changes columns of a programme; fields are those of its form that the act changes.
func (s *Store) setProgramme(
	ctx context.Context, actor User, p Programme, set map[string]any, action string, fields ...string,
) error {
	set["version"], set["updated_at"] = p.Version+1, s.db.Now()
	r := s.db.With(ctx).Model(&Programme{}).Where("id = ? AND version = ?", p.ID, p.Version).Updates(set)
	if record.Violates(r.Error, "programmes_code") {
		return ErrCodeTwice
	}
	if err := record.Changed(r, ErrStale); err != nil {
		return err
	}
	return s.db.Audit(ctx, actor, record.Act{Action: action, SubjectKind: EditProgramme, SubjectID: p.ID,
		Detail: editDetail(p.Version+1, fields)})
}

func (s *Store) programmeEvent(ctx context.Context, actor User, p Programme, from, to ProgrammeState, reason, note string) error {
	return s.db.With(ctx).Exec(`INSERT INTO programme_events
			(programme_id, actor_id, at, from_state, to_state, reason_code, note)
		VALUES (?, ?, ?, ?, ?, ?, ?)`,
		p.ID, actorID(actor), s.db.Now(), from, to, reason, note).Error
}

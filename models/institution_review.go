package models

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/internal/urls"
	"naikkelas/models/record"
)

// ErrInstitutionNote refuses to suspend or revoke without saying why.
var ErrInstitutionNote = &Refusal{Key: "officer.institution.note_missing", Field: "note"}

// institutionSteps are the ways of an institution (design.md section 3).
var institutionSteps = map[InstitutionState][]InstitutionState{
	InstitutionSubmitted: {InstitutionVerified, InstitutionRevoked},
	InstitutionVerified:  {InstitutionSuspended, InstitutionRevoked},
	InstitutionSuspended: {InstitutionVerified, InstitutionRevoked},
}

// CanBecome says whether an institution can take the step.
func (s InstitutionState) CanBecome(next InstitutionState) bool {
	return slices.Contains(institutionSteps[s], next)
}

// OfficerInstitutions is a page of institutions: After is the reference of the last one when the list
// goes on.
type OfficerInstitutions struct {
	Institutions []Institution
	After        string
}

// institutionsPage is how many institutions an officer's page shows.
const institutionsPage = 50

// InstitutionsForOfficer lists the institutions in a state whose name holds every word of the text, by name, after
// the one of a reference, fifty at a time.
func (s *Store) InstitutionsForOfficer(
	ctx context.Context, officer User, state InstitutionState, text, after string,
) (OfficerInstitutions, error) {
	var page OfficerInstitutions
	if officer.Role != Officer {
		return page, ErrForbidden
	}
	q := s.db.With(ctx).Where("state = ?", state)
	if strings.TrimSpace(text) != "" {
		q = nameHolds(q, text)
	}
	if after != "" {
		q = q.Where("(name, id) > (SELECT name, id FROM institutions WHERE ref = ?)", after)
	}
	err := q.Order("name, id").Limit(institutionsPage + 1).Find(&page.Institutions).Error
	if len(page.Institutions) > institutionsPage {
		page.Institutions = page.Institutions[:institutionsPage]
		page.After = page.Institutions[institutionsPage-1].Ref
	}
	return page, err
}

// InstitutionCounts says how many institutions are in each state.
func (s *Store) InstitutionCounts(ctx context.Context, officer User) (map[InstitutionState]int, error) {
	if officer.Role != Officer {
		return nil, ErrForbidden
	}
	var rows []struct {
		State InstitutionState
		N     int
	}
	err := s.db.With(ctx).Raw(`SELECT state, count(*) AS n
		FROM institutions
		GROUP BY state`).Scan(&rows).Error
	counts := map[InstitutionState]int{}
	for _, r := range rows {
		counts[r.State] = r.N
	}
	return counts, err
}

// InstitutionForOfficer finds an institution in any state.
func (s *Store) InstitutionForOfficer(ctx context.Context, officer User, ref string) (Institution, error) {
	var i Institution
	if officer.Role != Officer {
		return i, ErrForbidden
	}
	err := s.db.With(ctx).Take(&i, "ref = ?", ref).Error
	return i, err
}

// InstitutionEvent is a step of an institution, with who took it and why.
type InstitutionEvent struct {
	At        time.Time
	ActorName string
	FromState InstitutionState
	ToState   InstitutionState
	Note      string
}

// InstitutionEvents lists the steps of an institution, newest first, at most fifty.
func (s *Store) InstitutionEvents(ctx context.Context, officer User, i Institution) ([]InstitutionEvent, error) {
	if officer.Role != Officer {
		return nil, ErrForbidden
	}
	var list []InstitutionEvent
	err := s.db.With(ctx).Table("institution_events e").Select("e.at, coalesce(u.name, '') AS actor_name, e.from_state, e.to_state, e.note").
		Joins("LEFT JOIN users u ON u.id = e.actor_id").Where("e.institution_id = ?", i.ID).Order("e.id DESC").Limit(50).Scan(&list).Error
	return list, err
}

// InstitutionDecision is a step that an officer takes on an institution. Version is the one that they
// saw; suspending and revoking need a note, which the institution reads.
type InstitutionDecision struct {
	To      InstitutionState
	Version int
	Note    string
}

// DecideInstitution verifies, suspends or revokes an institution, and tells the people who work there.
// ErrStale says that somebody changed it meanwhile, ErrNotNow that the step is not on its way.
func (s *Store) DecideInstitution(ctx context.Context, officer User, ref string, d InstitutionDecision) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	d.Note = strings.TrimSpace(d.Note)
	return s.transact(ctx, "decide institution", func(tx *Store) error {
		var i Institution
		if err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&i, "ref = ?", ref).Error; err != nil {
			return err
		}
		switch {
		case i.Version != d.Version:
			return ErrStale
		case !i.State.CanBecome(d.To):
			return ErrNotNow
		case d.To != InstitutionVerified && d.Note == "":
			return ErrInstitutionNote
		}
		return tx.stepInstitution(ctx, officer, i, d)
	})
}

func (s *Store) stepInstitution(ctx context.Context, officer User, i Institution, d InstitutionDecision) error {
	now := s.db.Now()
	set := map[string]any{"state": d.To, "version": i.Version + 1, "updated_at": now}
	if d.To == InstitutionVerified {
		set["verified_at"] = now
	}
	if err := s.db.With(ctx).Model(&Institution{}).Where("id = ?", i.ID).Updates(set).Error; err != nil {
		return err
	}
	err := s.db.With(ctx).Exec(`INSERT INTO institution_events (institution_id, actor_id, at, from_state, to_state, note)
		VALUES (?, ?, ?, ?, ?, ?)`, i.ID, officer.ID, now, i.State, d.To, d.Note).Error
	if err != nil {
		return err
	}
	err = s.db.Audit(ctx, officer, record.Act{
		Action: "institution_" + string(d.To), SubjectKind: EditInstitution, SubjectID: i.ID, Detail: editDetail(i.Version+1, nil),
	})
	if err != nil {
		return err
	}
	if err := s.endInstitution(ctx, officer, i, d.To); err != nil {
		return err
	}
	people, err := s.letterTo(ctx, i.ID, Owner, Staff)
	if err != nil {
		return err
	}
	for _, u := range people {
		key := fmt.Sprintf("institution_decided:%d:%d:%d", i.ID, i.Version+1, u.ID)
		if err := s.db.Tell(ctx, u, key, "institution_decided", map[string]string{"Institution": i.Name, "Path": urls.Manage()}); err != nil {
			return err
		}
	}
	return nil
}

// LastInstitutionNote is what the officer wrote at the latest step of the acting staff's institution.
func (s *Store) LastInstitutionNote(ctx context.Context, actor User) (string, error) {
	if !actor.Manages() {
		return "", ErrForbidden
	}
	var note string
	err := s.db.With(ctx).Raw(`SELECT note
		FROM institution_events
		WHERE institution_id = ?
		ORDER BY id DESC
		LIMIT 1`, *actor.InstitutionID).Scan(&note).Error
	return note, err
}

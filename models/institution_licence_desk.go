package models

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm/clause"

	"naikkelas/internal/urls"
	"naikkelas/models/record"
)

// ListedChange is a proposed change with the name of its institution.
type ListedChange struct {
	LicenceChange
	Name string
}

// ChangeList is a page of proposed changes; Next is the cursor of the page after.
type ChangeList struct {
	Items []ListedChange
	Next  string
}

// LicenceChanges lists the changes that wait for officers, the one that was sent first comes first.
func (s *Store) LicenceChanges(ctx context.Context, officer User, cursor string) (page ChangeList, err error) {
	if err := s.atInstitutions(ctx, officer); err != nil {
		return page, err
	}
	q := s.db.With(ctx).Table("licence_changes c").Select("c.*, i.name").Joins("JOIN institutions i ON i.id = c.institution_id").
		Where("c.state = ?", ChangeSent)
	if at, id, ok := readQueueCursor(cursor); ok {
		q = q.Where("(c.sent_at, c.id) > (?, ?)", at, id)
	}
	if err := q.Order("c.sent_at, c.id").Limit(requestsPage + 1).Scan(&page.Items).Error; err != nil {
		return page, err
	}
	if len(page.Items) > requestsPage {
		page.Items = page.Items[:requestsPage]
		last := page.Items[requestsPage-1]
		page.Next = queueCursor(*last.SentAt, last.ID)
	}
	return page, nil
}

// ChangeFile is a proposed change beside what is kept. Differs names what is another.
type ChangeFile struct {
	LicenceChange
	Institution Institution
	Papers      []PagedPaper
	Differs     []string
	Proposer    string
	Decider     string
}

// LicenceChangeForOfficer finds a change that was sent.
func (s *Store) LicenceChangeForOfficer(ctx context.Context, officer User, ref string) (f ChangeFile, err error) {
	if err := s.atInstitutions(ctx, officer); err != nil {
		return f, err
	}
	if err := s.db.With(ctx).Take(&f.LicenceChange, "ref = ? AND state <> ?", ref, ChangeDraft).Error; err != nil {
		return f, err
	}
	if err := s.db.With(ctx).Take(&f.Institution, "id = ?", f.InstitutionID).Error; err != nil {
		return f, err
	}
	if f.Papers, err = s.papersOf(ctx, "change_id", f.ID); err != nil {
		return f, err
	}
	f.Differs = f.LicenceData.Differs(f.Institution.Licence())
	var names []struct {
		ID   int64
		Name string
	}
	err = s.db.With(ctx).Model(&User{}).Where("id = ? OR id = ?", f.ProposedBy, f.DecidedBy).Scan(&names).Error
	for _, n := range names {
		if n.ID == f.ProposedBy {
			f.Proposer = n.Name
		} else {
			f.Decider = n.Name
		}
	}
	return f, err
}

// ChangeDecision confirms a proposed change or sends it back. Version is the one that the officer saw; sending back needs a note,
// which the owners read.
type ChangeDecision struct {
	Confirm bool
	Version int
	Note    string
}

// ErrChangeNote refuses to send back without saying why.
var ErrChangeNote = &Refusal{Key: "join.licence.note_missing", Field: "note"}

// DecideLicenceChange writes a proposed change into the institution, or sends it back with a reason, and tells the owners.
func (s *Store) DecideLicenceChange(ctx context.Context, officer User, ref string, d ChangeDecision) error {
	if err := s.atInstitutions(ctx, officer); err != nil {
		return err
	}
	d.Note = strings.TrimSpace(d.Note)
	return s.transact(ctx, "decide licence change", func(tx *Store) error {
		var c LicenceChange
		if err := tx.db.With(ctx).Take(&c, "ref = ? AND state <> ?", ref, ChangeDraft).Error; err != nil {
			return err
		}
		// The institution first, as its owners lock it.
		var i Institution
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&i, "id = ?", c.InstitutionID).Error
		if err != nil {
			return err
		}
		if err := tx.db.With(ctx).Take(&c, "id = ?", c.ID).Error; err != nil {
			return err
		}
		switch {
		case c.State != ChangeSent || c.Version != d.Version:
			return ErrStale
		case !d.Confirm && d.Note == "":
			return ErrChangeNote
		}
		to, template := ChangeReturned, "licence_returned"
		if d.Confirm {
			to, template = ChangeConfirmed, "licence_confirmed"
			if err := tx.writeLicence(ctx, officer, i, c); err != nil {
				return err
			}
		}
		now := tx.db.Now()
		err = tx.db.With(ctx).Model(&LicenceChange{}).Where("id = ?", c.ID).Updates(map[string]any{
			"state": to, "version": c.Version + 1, "updated_at": now, "decided_at": now, "decided_by": officer.ID, "reason": d.Note,
		}).Error
		if err != nil {
			return err
		}
		err = tx.db.Audit(ctx, officer, record.Act{Action: "licence_change_" + string(to), SubjectKind: "licence_change", SubjectID: c.ID})
		if err != nil {
			return err
		}
		return tx.tellOwners(ctx, i, fmt.Sprintf("%s:%d:%d", template, c.ID, c.Version+1), template,
			map[string]string{"Institution": i.Name, "Path": urls.ManageLicence()})
	})
}

// writeLicence keeps what was proposed in the locked institution.
func (s *Store) writeLicence(ctx context.Context, officer User, i Institution, c LicenceChange) error {
	l := c.LicenceData
	err := s.db.With(ctx).Model(&Institution{}).Where("id = ?", i.ID).Updates(map[string]any{
		"nib": l.NIB, "vin": l.VIN, "license_no": l.LicenseNo, "license_expires_on": l.LicenseExpiresOn,
		"accreditation_no": l.AccreditationNo, "accreditation_scope": l.AccreditationScope,
		"accreditation_expires_on": l.AccreditationExpiresOn, "so_permit_no": l.SOPermitNo, "so_permit_expires_on": l.SOPermitExpiresOn,
		"version": i.Version + 1, "updated_at": s.db.Now(),
	}).Error
	if err != nil {
		return err
	}
	return s.db.Audit(ctx, officer, record.Act{Action: "institution_licence_changed", SubjectKind: EditInstitution, SubjectID: i.ID,
		Detail: editDetail(i.Version+1, l.Differs(i.Licence()))})
}

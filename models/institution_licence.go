package models

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// ChangeState is where a proposed change of an institution's permits stands.
type ChangeState string

// The states of a proposed change. Draft and returned are the owners' turn, sent the officers'.
const (
	ChangeDraft     ChangeState = "draft"
	ChangeSent      ChangeState = "sent"
	ChangeReturned  ChangeState = "returned"
	ChangeConfirmed ChangeState = "confirmed"
)

// LicenceChange is what an owner proposes to keep of the institution's permits. Note is the owner's word to the officers, and
// Reason theirs when they sent it back.
type LicenceChange struct {
	ID            int64
	Ref           string
	InstitutionID int64
	State         ChangeState
	Version       int
	LicenceData   `gorm:"embedded"`
	Note          string
	Reason        string
	ProposedBy    int64
	CreatedAt     time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt     time.Time `gorm:"autoUpdateTime:false"`
	SentAt        *time.Time
	DecidedBy     *int64
	DecidedAt     *time.Time
}

// Editable says that it is the owners' turn.
func (c LicenceChange) Editable() bool { return c.State != ChangeSent && c.State != ChangeConfirmed }

// The refusals of proposed changes.
var (
	ErrLicenceTurn  = &Refusal{Key: "join.licence.not_turn"}
	ErrLicencePaper = &Refusal{Key: "join.licence.paper_missing", Field: "paper"}
	ErrLicenceSame  = &Refusal{Key: "join.licence.same"}
)

// Licence is what permits the institution to train.
func (i Institution) Licence() LicenceData {
	return LicenceData{
		NIB: i.NIB, VIN: i.VIN, LicenseNo: i.LicenseNo, LicenseExpiresOn: i.LicenseExpiresOn, AccreditationNo: i.AccreditationNo,
		AccreditationScope: i.AccreditationScope, AccreditationExpiresOn: i.AccreditationExpiresOn, SOPermitNo: i.SOPermitNo,
		SOPermitExpiresOn: i.SOPermitExpiresOn,
	}
}

// Differs names what is another in the proposal than in what is kept, by the fields of its form.
func (l LicenceData) Differs(kept LicenceData) []string {
	fields := editedFields(kept, l)
	for _, d := range []struct {
		field     string
		was, will *time.Time
	}{
		{"license_ends", kept.LicenseExpiresOn, l.LicenseExpiresOn},
		{"accreditation_ends", kept.AccreditationExpiresOn, l.AccreditationExpiresOn},
		{"so_permit_ends", kept.SOPermitExpiresOn, l.SOPermitExpiresOn},
	} {
		if (d.was == nil) != (d.will == nil) || d.was != nil && !d.was.Equal(*d.will) {
			fields = append(fields, d.field)
		}
	}
	return fields
}

// OwnLicenceChange finds the change that the acting person's institution proposes and that is not decided, with its papers; one
// without a Ref says that there is none.
func (s *Store) OwnLicenceChange(ctx context.Context, actor User) (c LicenceChange, papers []PagedPaper, err error) {
	if !actor.Manages() {
		return c, nil, ErrForbidden
	}
	c, err = s.undecidedChange(ctx, *actor.InstitutionID)
	if errors.Is(err, ErrNotFound) {
		return LicenceChange{}, nil, nil
	}
	if err != nil {
		return c, nil, err
	}
	papers, err = s.papersOf(ctx, "change_id", c.ID)
	return c, papers, err
}

func (s *Store) undecidedChange(ctx context.Context, institution int64) (c LicenceChange, err error) {
	err = s.db.With(ctx).Take(&c, "institution_id = ? AND state <> ?", institution, ChangeConfirmed).Error
	return c, err
}

// lockOwnChange locks the institution of the acting owner and then its undecided change; fresh says that there is none yet.
func (s *Store) lockOwnChange(ctx context.Context, actor User) (i Institution, c LicenceChange, fresh bool, err error) {
	if !actor.Owns() {
		return i, c, false, ErrForbidden
	}
	err = s.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&i, "id = ?", *actor.InstitutionID).Error
	if err != nil {
		return i, c, false, err
	}
	c, err = s.undecidedChange(ctx, i.ID)
	if errors.Is(err, ErrNotFound) {
		return i, LicenceChange{}, true, nil
	}
	if err == nil && !c.Editable() {
		err = ErrLicenceTurn
	}
	return i, c, false, err
}

// SaveLicenceChange keeps what the acting owner proposes. version is that of the proposal as they saw it, none for the first.
func (s *Store) SaveLicenceChange(ctx context.Context, actor User, version int, l LicenceData, note string) error {
	return s.transact(ctx, "save licence change", func(tx *Store) error {
		i, c, fresh, err := tx.lockOwnChange(ctx, actor)
		if err != nil {
			return err
		}
		now := tx.db.Now()
		if !fresh && c.Version != version {
			return ErrStale
		}
		if fresh {
			c = LicenceChange{Ref: record.NewRef("UI"), InstitutionID: i.ID, State: ChangeDraft, CreatedAt: now}
		}
		c.LicenceData, c.Note, c.ProposedBy, c.Version, c.UpdatedAt = l, note, actor.ID, c.Version+1, now
		if fresh {
			return tx.db.With(ctx).Create(&c).Error
		}
		return tx.db.With(ctx).Select("*").Omit("id", "created_at").Where("id = ?", c.ID).Updates(&c).Error
	})
}

// MayBringChangePaper says whether the acting owner's proposal takes a file now, and counts it.
func (s *Store) MayBringChangePaper(ctx context.Context, actor User, size int64) error {
	c, _, err := s.OwnLicenceChange(ctx, actor)
	switch {
	case err != nil:
		return err
	case !actor.Owns():
		return ErrForbidden
	case c.Ref == "":
		return ErrNotFound
	case !c.Editable():
		return ErrLicenceTurn
	}
	may, err := s.db.Spend(ctx, papersFrom, "institution:"+c.Ref, int(max(size, 0)>>10)+1)
	if err == nil && !may {
		err = ErrPaperAddress
	}
	return err
}

// AddChangePaper keeps a paper of the acting owner's proposal, see AddPaper.
func (s *Store) AddChangePaper(ctx context.Context, actor User, kind string, in NewUpload) (kept bool, err error) {
	err = s.transact(ctx, "add paper of a licence change", func(tx *Store) error {
		_, c, fresh, err := tx.lockOwnChange(ctx, actor)
		if err == nil && fresh {
			err = ErrNotFound
		}
		if err != nil {
			return err
		}
		kept, err = tx.keepPaper(ctx, InstitutionPaper{ChangeID: &c.ID, Kind: kind}, "change_id", c.ID, in)
		if err != nil || !kept {
			return err
		}
		return tx.touchChange(ctx, c)
	})
	return kept, err
}

func (s *Store) touchChange(ctx context.Context, c LicenceChange) error {
	return s.db.With(ctx).Model(&LicenceChange{}).Where("id = ?", c.ID).
		Updates(map[string]any{"version": c.Version + 1, "updated_at": s.db.Now()}).Error
}

// RemoveChangePaper takes a paper off the acting owner's proposal; one that is gone stays gone.
func (s *Store) RemoveChangePaper(ctx context.Context, actor User, ref string) error {
	return s.transact(ctx, "remove paper of a licence change", func(tx *Store) error {
		_, c, fresh, err := tx.lockOwnChange(ctx, actor)
		if err == nil && fresh {
			err = ErrNotFound
		}
		if err != nil {
			return err
		}
		gone := tx.db.With(ctx).Where("ref = ? AND change_id = ?", ref, c.ID).Delete(&InstitutionPaper{})
		if err := record.Changed(gone, ErrNotFound); err != nil {
			return err
		}
		return tx.touchChange(ctx, c)
	})
}

// SendLicenceChange hands the acting owner's proposal to the officers: it says something new, and has a paper.
func (s *Store) SendLicenceChange(ctx context.Context, actor User, version int) error {
	return s.transact(ctx, "send licence change", func(tx *Store) error {
		i, c, fresh, err := tx.lockOwnChange(ctx, actor)
		switch {
		case errors.Is(err, ErrLicenceTurn):
			return nil // the other press of the same button
		case err != nil:
			return err
		case fresh:
			return ErrNotFound
		case c.Version != version:
			return ErrStale
		case len(c.Differs(i.Licence())) == 0:
			return ErrLicenceSame
		}
		papers, err := tx.papersOf(ctx, "change_id", c.ID)
		if err != nil {
			return err
		}
		good := 0
		for _, p := range papers {
			if p.State != UploadRefused {
				good++
			}
		}
		if good == 0 {
			return ErrLicencePaper
		}
		now := tx.db.Now()
		err = tx.db.With(ctx).Model(&LicenceChange{}).Where("id = ?", c.ID).Updates(map[string]any{
			"state": ChangeSent, "sent_at": now, "updated_at": now, "version": c.Version + 1, "proposed_by": actor.ID,
		}).Error
		if err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{Action: "licence_change_sent", SubjectKind: EditInstitution, SubjectID: i.ID,
			Detail: map[string]any{"change": c.Ref}})
	})
}

// tellOwners writes to the owners of an institution.
func (s *Store) tellOwners(ctx context.Context, i Institution, key, template string, data map[string]string) error {
	owners, err := s.letterTo(ctx, i.ID, Owner)
	for _, u := range owners {
		if err == nil {
			err = s.db.Tell(ctx, u, fmt.Sprintf("%s:%d", key, u.ID), template, data)
		}
	}
	return err
}

package protection

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/internal/seal"
	"naikkelas/models"
	"naikkelas/models/record"
)

// mostAttachmentPartials is how many files one person may have on their way to a case.
const mostAttachmentPartials = 5

// AttachmentPartial is a file of a person on a case on its way in pieces. Received counts the bytes that are there. Once all
// are, the file is looked into: AttachmentRef is what became of it, or Refusal the key of the sentence that says why nothing
// did. PartKeys are the pieces in the store of files, in the order of the file.
type AttachmentPartial struct {
	ID            int64
	Ref           string
	PersonID      int64
	NameSealed    []byte
	Size          int64
	Received      int64
	PartKeys      record.Codes `gorm:"type:text[]"`
	AttachmentRef string
	Refusal       string
	CreatedAt     time.Time `gorm:"autoCreateTime:false"`
	JoiningAt     *time.Time
	Name          string `gorm:"-"`
}

// TableName is where files on their way to a case lie.
func (AttachmentPartial) TableName() string { return "case_attachment_partials" }

// Reached says whether all of the file is here.
func (p AttachmentPartial) Reached() bool { return p.Received == p.Size }

// AttachmentPartPlace is where a piece is sealed for.
func AttachmentPartPlace(key string) seal.Place {
	return seal.At("case_attachment_partials", key, "blob")
}

// JoinAttachment looks into a file that came in pieces, after whose last one nobody asked for it.
type JoinAttachment struct {
	PartialID int64 `json:"partial_id"`
}

// Kind names the job.
func (JoinAttachment) Kind() string { return "join_attachment" }

// joinAfter is how long whoever sent the last piece has to ask for the file; then a job looks into it.
const joinAfter = 30 * time.Second

// StartAttachment begins a file of the person of a help session, which comes from an address.
func (s *Store) StartAttachment(ctx context.Context, token, from, name string, size int64) (part AttachmentPartial, err error) {
	switch {
	case name == "" || size < 0:
		return part, models.ErrPartialUnknown
	case size == 0:
		return part, models.ErrPartialEmpty
	}
	if err := s.MayBring(ctx, from, size); err != nil {
		return part, err
	}
	name = firstRunes(name, NameLength)
	err = s.asOwner(ctx, "begin a file on a case", token, func(tx *Store, p Person, c Case) error {
		var under struct{ Files, Bytes int64 }
		err := tx.db.With(ctx).Model(&AttachmentPartial{}).Where("person_id = ? AND attachment_ref = '' AND refusal = ''", p.ID).
			Select("count(*) AS files, coalesce(sum(size), 0) AS bytes").Scan(&under).Error
		switch {
		case err != nil:
			return err
		case under.Files >= mostAttachmentPartials:
			return models.ErrPartialMany
		case under.Bytes+size > c.room():
			return ErrAttachmentFull
		}
		part = AttachmentPartial{Ref: record.NewRef("KL"), PersonID: p.ID, Size: size, CreatedAt: tx.db.Now(), Name: name}
		if err := tx.db.With(ctx).Omit("ID").Create(&part).Error; err != nil {
			return err
		}
		if part.NameSealed, err = tx.sealed(name, "case_attachment_partials", part.ID, "name_sealed"); err != nil {
			return err
		}
		return tx.db.With(ctx).Model(&part).Update("name_sealed", part.NameSealed).Error
	})
	return part, err
}

// AttachmentPartial finds a file of the person of a help session that is on its way, or has arrived lately.
func (s *Store) AttachmentPartial(ctx context.Context, token, ref string) (part AttachmentPartial, err error) {
	p, _, err := s.own(ctx, token, false)
	if err != nil {
		return part, err
	}
	if err := s.db.With(ctx).Take(&part, "ref = ? AND person_id = ?", ref, p.ID).Error; err != nil {
		return part, err
	}
	return s.named(part)
}

// named opens the name of a file on its way.
func (s *Store) named(part AttachmentPartial) (AttachmentPartial, error) {
	var err error
	part.Name, err = s.opened(part.NameSealed, "case_attachment_partials", part.ID, "name_sealed")
	return part, err
}

// AddAttachmentPart records a piece that lies sealed under the key. models.ErrStale says that the piece does not begin where
// the file ends so far. With the last piece the file has reached us, and is looked into whether its sender stays or not.
func (s *Store) AddAttachmentPart(ctx context.Context, part AttachmentPartial, start, size int64, key string) error {
	return s.transact(ctx, "add a piece to a file on a case", func(tx *Store) error {
		r := tx.db.With(ctx).Exec(`UPDATE case_attachment_partials
			SET received = received + ?,
				part_keys = part_keys || ?::text
			WHERE id = ?
				AND received = ?
				AND attachment_ref = ''`, size, key, part.ID, start)
		if err := record.Changed(r, models.ErrStale); err != nil {
			return err
		}
		if start+size < part.Size {
			return nil
		}
		return tx.db.EnqueueAt(ctx, JoinAttachment{PartialID: part.ID}, tx.db.Now().Add(joinAfter))
	})
}

// ReachedAttachment finds a file that has reached us and that nobody has looked into yet; ErrNotFound when there is nothing
// left to do.
func (s *Store) ReachedAttachment(ctx context.Context, id int64) (part AttachmentPartial, err error) {
	err = s.db.With(ctx).Take(&part, "id = ? AND received = size AND attachment_ref = '' AND refusal = ''", id).Error
	if err != nil {
		return part, err
	}
	return s.named(part)
}

// joiningFor is how long whoever joins a file has for it; then they are taken for dead.
const joiningFor = 2 * time.Minute

// ErrJoining says that somebody else joins the pieces of a file at this moment.
var ErrJoining = errors.New("the file is being joined")

// ClaimAttachmentPartial gives the pieces of a file to one of all who would join them; ErrJoining to the others. Of a file
// that was joined meanwhile the reference is there.
func (s *Store) ClaimAttachmentPartial(ctx context.Context, id int64) (part AttachmentPartial, err error) {
	now := s.db.Now()
	r := s.db.With(ctx).Model(&part).Clauses(clause.Returning{}).
		Where("id = ? AND attachment_ref = '' AND (joining_at IS NULL OR joining_at <= ?)", id, now.Add(-joiningFor)).Update("joining_at", now)
	if r.Error != nil {
		return part, r.Error
	}
	if r.RowsAffected == 0 {
		if err := s.db.With(ctx).Take(&part, id).Error; err != nil {
			return part, err
		}
		if part.AttachmentRef == "" {
			return part, ErrJoining
		}
	}
	return s.named(part)
}

// ReleaseAttachmentPartial lets others join a file again that was not joined.
func (s *Store) ReleaseAttachmentPartial(ctx context.Context, id int64) error {
	return s.db.With(ctx).Model(&AttachmentPartial{}).Where("id = ?", id).Update("joining_at", nil).Error
}

// JoinedAttachment puts the file that became of the pieces onto the case and forgets them, in one; their blobs are the
// caller's to remove. Whoever joins a second time gets the file of the first. A file that its person took away since then is gone.
func (s *Store) JoinedAttachment(ctx context.Context, id int64, file NewAttachment) (a Attachment, err error) {
	err = s.transact(ctx, "join a file on a case", func(tx *Store) error {
		var part AttachmentPartial
		if err := tx.db.With(ctx).Take(&part, id).Error; err != nil {
			return err
		}
		var p Person
		var c Case
		if err := tx.db.With(ctx).Take(&p, part.PersonID).Error; err != nil {
			return err
		}
		if err := locked(tx.db.With(ctx)).Take(&c, p.CaseID).Error; err != nil { // the case first, as everywhere
			return err
		}
		if err := locked(tx.db.With(ctx)).Take(&part, id).Error; err != nil {
			return err
		}
		if part.AttachmentRef != "" {
			return tx.db.With(ctx).Take(&a, "ref = ?", part.AttachmentRef).Error
		}
		kept, err := tx.given(ctx, p, c, []NewAttachment{file})
		if err != nil {
			return err
		}
		a = kept[0]
		return tx.db.With(ctx).Model(&part).Updates(map[string]any{"attachment_ref": a.Ref, "part_keys": record.Codes{}}).Error
	})
	return a, err
}

// RefuseAttachmentPartial keeps why nothing became of a file, as the key of a sentence with its Name, and forgets its pieces;
// their blobs are the caller's to remove.
func (s *Store) RefuseAttachmentPartial(ctx context.Context, id int64, key string) error {
	r := s.db.With(ctx).Model(&AttachmentPartial{}).Where("id = ? AND attachment_ref = ''", id).
		Updates(map[string]any{"refusal": key, "part_keys": record.Codes{}})
	return record.Changed(r, record.ErrNotFound)
}

// DropAttachmentPartial forgets a file of the person of a help session that will not arrive, and gives the keys of its
// pieces, whose blobs are the caller's to remove.
func (s *Store) DropAttachmentPartial(ctx context.Context, token, ref string) (pieces []string, err error) {
	p, _, err := s.own(ctx, token, false)
	if err != nil {
		return nil, err
	}
	var gone AttachmentPartial
	err = record.Changed(s.db.With(ctx).Clauses(clause.Returning{}).Where("ref = ? AND person_id = ?", ref, p.ID).Delete(&gone),
		record.ErrNotFound)
	return gone.PartKeys, err
}

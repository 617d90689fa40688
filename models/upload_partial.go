package models

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// The refusals of files that come in pieces.
var (
	ErrPartialUnknown = &Refusal{Key: "upload.partial.wrong"}
	ErrPartialEmpty   = &Refusal{Key: "upload.refused.empty"}
	ErrPartialMany    = &Refusal{Key: "upload.partial.many"}
)

const (
	// mostPartials is how many files one person may have on their way.
	mostPartials = 20
	// partialTime is how long a file may be on its way.
	partialTime = 24 * time.Hour
	// LargestPart is the most bytes of one piece: what a phone sends in some seconds, and what fits
	// into memory while it is sealed.
	LargestPart = 1 << 20
)

// UploadPurposes are what a file can be for.
var UploadPurposes = []string{"ktp", "kk", "certificate", "guardian_consent", "other"}

// Partial is a file on its way in pieces. Received counts the bytes that are there. Once all are, the file is looked
// into: UploadRef is what became of it, or Refusal is the key of the sentence that says why nothing did.
type Partial struct {
	ID        int64
	Ref       string
	OwnerID   int64
	Purpose   string
	Name      string
	Size      int64
	Received  int64
	UploadRef string
	Refusal   string
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
}

// Reached says whether all of the file is here.
func (p Partial) Reached() bool { return p.Received == p.Size }

// TableName is where partial uploads lie.
func (Partial) TableName() string { return "partial_uploads" }

// Part is one sealed piece, by the place of its first byte in the file.
type Part struct {
	PartialID int64
	Start     int64
	BlobKey   string
}

// TableName is where the pieces' keys lie.
func (Part) TableName() string { return "partial_upload_parts" }

// PartPlace is where a piece is sealed for.
func PartPlace(key string) seal.Place { return seal.At("partial_upload_parts", key, "blob") }

// StartPartial begins a file of a person.
func (s *Store) StartPartial(ctx context.Context, actor User, purpose, name string, size int64) (Partial, error) {
	if actor.Role != Seeker {
		return Partial{}, ErrForbidden
	}
	if !slices.Contains(UploadPurposes, purpose) || name == "" || size < 0 {
		return Partial{}, ErrPartialUnknown
	}
	if size == 0 {
		return Partial{}, ErrPartialEmpty
	}
	p := Partial{Ref: record.NewRef("KR"), OwnerID: actor.ID, Purpose: purpose, Name: cut(name, 255), Size: size, CreatedAt: s.db.Now()}
	err := s.transact(ctx, "start partial", func(tx *Store) error {
		var n int64
		onTheirWay := tx.db.With(ctx).Model(&Partial{}).Where("owner_id = ? AND upload_ref = '' AND refusal = ''", actor.ID)
		if err := onTheirWay.Count(&n).Error; err != nil {
			return err
		}
		if n >= mostPartials {
			return ErrPartialMany
		}
		return tx.db.With(ctx).Omit("ID").Create(&p).Error
	})
	return p, err
}

// Partial finds a file of the acting person that is on its way, or has arrived lately.
func (s *Store) Partial(ctx context.Context, actor User, ref string) (Partial, error) {
	var p Partial
	err := s.db.With(ctx).Take(&p, "ref = ? AND owner_id = ?", ref, actor.ID).Error
	return p, err
}

// UnfinishedPartials lists files of the acting person for some purposes of which a part is there and that are not in
// the library: on their way, being looked into, or refused. Oldest first.
func (s *Store) UnfinishedPartials(ctx context.Context, actor User, purposes ...string) ([]Partial, error) {
	var list []Partial
	err := s.db.With(ctx).
		Where("owner_id = ? AND purpose IN ?", actor.ID, purposes).
		Where("received > 0 AND upload_ref = '' AND created_at > ?", s.db.Now().Add(-partialTime)).
		Order("id").Limit(mostPartials).Find(&list).Error
	return list, err
}

// finishAfter is how long whoever sent the last piece has to ask for the file to be looked into; then a job does it.
const finishAfter = 30 * time.Second

// AddPart records a piece that lies sealed under the key. ErrStale says that the piece does not begin
// where the file ends so far: another request was faster. With the last piece the file has reached us, and is looked
// into whether its sender stays or not.
func (s *Store) AddPart(ctx context.Context, actor User, p Partial, start, size int64, key string) error {
	return s.transact(ctx, "add part", func(tx *Store) error {
		r := tx.db.With(ctx).Exec(`UPDATE partial_uploads
			SET received = received + ?
			WHERE id = ?
				AND owner_id = ?
				AND received = ?
				AND upload_ref = ''`, size, p.ID, actor.ID, start)
		if err := record.Changed(r, ErrStale); err != nil {
			return err
		}
		if err := tx.db.With(ctx).Create(&Part{PartialID: p.ID, Start: start, BlobKey: key}).Error; err != nil {
			return err
		}
		if start+size < p.Size {
			return nil
		}
		return tx.db.EnqueueAt(ctx, FinishPartial{PartialID: p.ID}, tx.db.Now().Add(finishAfter))
	})
}

// Parts lists the pieces of a file in their order.
func (s *Store) Parts(ctx context.Context, p Partial) ([]Part, error) {
	var list []Part
	err := s.db.With(ctx).Where("partial_id = ?", p.ID).Order("start").Limit(20000).Find(&list).Error
	return list, err
}

// ReachedPartial finds a file that has reached us and that nobody has looked into yet, with its owner; ErrNotFound when
// there is nothing left to do.
func (s *Store) ReachedPartial(ctx context.Context, id int64) (p Partial, owner User, err error) {
	err = s.db.With(ctx).Take(&p, "id = ? AND received = size AND upload_ref = '' AND refusal = ''", id).Error
	if err == nil {
		err = s.db.With(ctx).Take(&owner, p.OwnerID).Error
	}
	return p, owner, err
}

// FinishPartial puts the file that became of the pieces into the library and forgets them, in one; their blobs go
// with the next sweep. Somebody whose answer got lost can still ask for it, and whoever finishes a second time gets
// the file of the first.
func (s *Store) FinishPartial(ctx context.Context, actor User, ref string, file NewUpload) (u Upload, err error) {
	err = s.transact(ctx, "finish partial", func(tx *Store) error {
		var p Partial
		q := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"})
		if err := q.Take(&p, "ref = ? AND owner_id = ?", ref, actor.ID).Error; err != nil {
			return err
		}
		if p.UploadRef != "" {
			u, err = tx.Upload(ctx, actor, p.UploadRef)
			return err
		}
		list, err := tx.takeFiles(ctx, actor, SentFiles{New: []NewUpload{file}})
		if err != nil {
			return err
		}
		u = list[0]
		if err := tx.db.With(ctx).Model(&Partial{}).Where("id = ?", p.ID).Update("upload_ref", u.Ref).Error; err != nil {
			return err
		}
		return tx.db.With(ctx).Where("partial_id = ?", p.ID).Delete(&Part{}).Error
	})
	if err != nil {
		return Upload{}, err
	}
	return u, nil
}

// RefusePartial keeps why nothing became of a file, as the key of a sentence with its Name, and forgets its pieces.
func (s *Store) RefusePartial(ctx context.Context, id int64, key string) error {
	return s.transact(ctx, "refuse partial", func(tx *Store) error {
		r := tx.db.With(ctx).Model(&Partial{}).Where("id = ? AND upload_ref = ''", id).Update("refusal", key)
		if err := record.Changed(r, ErrNotFound); err != nil {
			return err
		}
		return tx.db.With(ctx).Where("partial_id = ?", id).Delete(&Part{}).Error
	})
}

// DropPartial forgets a file that will not arrive; its blobs go with the next sweep.
func (s *Store) DropPartial(ctx context.Context, actor User, ref string) error {
	return record.Changed(s.db.With(ctx).Where("ref = ? AND owner_id = ?", ref, actor.ID).Delete(&Partial{}), ErrNotFound)
}

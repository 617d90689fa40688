package models

import (
	"context"
	"errors"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// The refusals of deleting a file on which officers rely.
var (
	ErrUploadSent     = &Refusal{Key: "upload.kept.sent"}
	ErrUploadDecided  = &Refusal{Key: "upload.kept.decided"}
	ErrUploadIdentity = &Refusal{Key: "upload.kept.identity"}
)

// mayGo refuses to delete a file on which officers rely.
func (s *Store) mayGo(ctx context.Context, u Upload) error {
	var held struct{ Sent, Decided, Identity bool }
	err := s.db.With(ctx).Raw(`SELECT
			EXISTS (SELECT 1
				FROM certificate_files f
				JOIN certificates c ON c.id = f.certificate_id
				WHERE f.upload_id = ?
					AND c.deleted_at IS NULL
					AND c.state NOT IN ?) AS sent,
			EXISTS (SELECT 1 FROM application_certificate_files WHERE upload_id = ?) AS decided,
			? IN ('ktp', 'kk', 'guardian_consent')
				AND EXISTS (SELECT 1
					FROM applications
					WHERE seeker_id = ?
						AND `+waitingStates.in("state")+`) AS identity`,
		u.ID, editable, u.ID, u.Purpose, u.OwnerID).Scan(&held).Error
	switch {
	case err != nil:
		return err
	case held.Decided:
		return ErrUploadDecided
	case held.Sent:
		return ErrUploadSent
	case held.Identity:
		return ErrUploadIdentity
	}
	return nil
}

// UploadKept says why the acting person cannot delete a file of theirs, nil when they can.
func (s *Store) UploadKept(ctx context.Context, u Upload) (*Refusal, error) {
	err := s.mayGo(ctx, u)
	if why, ok := errors.AsType[*Refusal](err); ok {
		return why, nil
	}
	return nil, err
}

// ReplaceUpload puts another file of the acting person in the place of a document of identity. The old one is
// deleted; where officers rely on it, it stays for them, and is no longer among the person's documents.
func (s *Store) ReplaceUpload(ctx context.Context, actor User, ref, by string) error {
	if ref == by {
		return nil // the same photo again
	}
	return s.transact(ctx, "replace upload", func(tx *Store) error {
		fresh, err := tx.Upload(ctx, actor, by)
		if err != nil {
			return err
		}
		var old Upload
		err = tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).
			Where("ref = ? AND owner_id = ?", ref, actor.ID).
			Where("purpose = ? AND deleted_at IS NULL", fresh.Purpose).Take(&old).Error
		if err != nil {
			return err
		}
		why, err := tx.UploadKept(ctx, old)
		if err != nil {
			return err
		}
		column := "deleted_at"
		if why != nil {
			column = "replaced_at"
		}
		if err := tx.db.With(ctx).Model(&Upload{}).Where("id = ?", old.ID).Update(column, tx.db.Now()).Error; err != nil {
			return err
		}
		if old.Purpose == "ktp" {
			if err := tx.notePhoto(ctx, actor.ID, old.Name, fresh.Name); err != nil {
				return err
			}
		}
		return tx.db.Audit(ctx, actor, record.Act{Action: "upload_replaced", SubjectKind: "upload", SubjectID: old.ID, PersonID: actor.ID})
	})
}

// A UploadUse is a certificate or an application of which a file is part. Title is the certificate's own name,
// empty for that of its Kind, or the programme's.
type UploadUse struct {
	UploadID int64
	Ref      string
	Title    string
	Kind     Text `gorm:"embedded;embeddedPrefix:kind_"`
}

// UploadUses finds where files are used, in two queries: in certificates, and in applications that rely on them.
func (s *Store) UploadUses(ctx context.Context, ids []int64) (certificates, applications map[int64][]UploadUse, err error) {
	find := func(query string, args ...any) map[int64][]UploadUse {
		var list []UploadUse
		err = errors.Join(err, s.db.With(ctx).Raw(query, args...).Scan(&list).Error)
		found := map[int64][]UploadUse{}
		for _, use := range list {
			found[use.UploadID] = append(found[use.UploadID], use)
		}
		return found
	}
	if len(ids) == 0 {
		return nil, nil, nil
	}
	certificates = find(`SELECT f.upload_id, c.ref, c.title, t.name_id AS kind_id, t.name_en AS kind_en
		FROM certificate_files f
		JOIN certificates c ON c.id = f.certificate_id
		JOIN certificate_types t ON t.code = c.type_code
		WHERE f.upload_id IN ?
			AND c.deleted_at IS NULL
		ORDER BY c.id
		LIMIT 1000`, ids)
	applications = find(`SELECT used.upload_id, a.ref, p.title
		FROM (
			SELECT upload_id, application_id
			FROM application_certificate_files
			WHERE upload_id IN ?
			UNION
			SELECT f.upload_id, ac.application_id
			FROM certificate_files f
			JOIN application_certificates ac ON ac.certificate_id = f.certificate_id AND ac.decided IS NULL
			WHERE f.upload_id IN ?
			UNION
			SELECT u.id, a.id
			FROM uploads u
			JOIN applications a ON a.seeker_id = u.owner_id AND `+waitingStates.in("a.state")+`
			WHERE u.id IN ?
				AND u.purpose IN ('ktp', 'kk', 'guardian_consent')
		) used
		JOIN applications a ON a.id = used.application_id
		JOIN intakes n ON n.id = a.intake_id
		JOIN programmes p ON p.id = n.programme_id
		ORDER BY a.id
		LIMIT 1000`, ids, ids, ids)
	return certificates, applications, err
}

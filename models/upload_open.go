package models

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"naikkelas/models/record"
)

// The refusals of opening a file that is not at the desk.
var (
	ErrNotAtDesk      = &Refusal{Key: "upload.open.not_at_desk"}
	ErrOpenReason     = &Refusal{Key: "upload.open.reason_missing", Field: "reason"}
	ErrOpenReasonLong = &Refusal{Key: "upload.open.reason_long", Field: "reason", Args: []any{"Most", OpenReasonMost}}
)

const (
	// OpenReasonMost is how many letters say why files are opened.
	OpenReasonMost = 300
	// openFor is how long a person's files stay open to the officer who said why.
	openFor = time.Hour
)

// A fileOpening is that an officer said why they open files of a person that are not at the desk.
type fileOpening struct {
	ID        int64
	PersonID  int64
	OfficerID int64
	Reason    string
	OpenedAt  time.Time
	EndsAt    time.Time
}

// TableName is where openings lie.
func (fileOpening) TableName() string { return "file_openings" }

// atDesk says of the file whose row is u whether it is at the desk: part of a certificate that waits for officers, or
// of an application that was sent and is not decided, or that they have to look at again. The papers of identity go
// with each of these. What a closed application or a decided certificate holds is not at the desk.
var atDesk = `(EXISTS (SELECT 1
		FROM certificates c
		WHERE c.seeker_id = u.owner_id
			AND c.deleted_at IS NULL
			AND c.state IN ('submitted', 'checking')
			AND (u.purpose IN ('ktp', 'kk', 'guardian_consent')
				OR EXISTS (SELECT 1 FROM certificate_files f WHERE f.certificate_id = c.id AND f.upload_id = u.id)))
	OR EXISTS (SELECT 1
		FROM applications a
		WHERE a.seeker_id = u.owner_id
			AND a.first_submitted_at IS NOT NULL
			AND (` + undecidedStates.in("a.state") + " OR a.recheck_since IS NOT NULL AND " + endedStates.notIn("a.state") + `)
			AND (u.purpose IN ('ktp', 'kk', 'guardian_consent')
				OR EXISTS (SELECT 1 FROM application_certificate_files f WHERE f.application_id = a.id AND f.upload_id = u.id)
				OR EXISTS (SELECT 1
					FROM application_certificates ac
					JOIN certificate_files f ON f.certificate_id = ac.certificate_id
					WHERE ac.application_id = a.id
						AND f.upload_id = u.id))))`

// openable is what an officer may do with a file, and by which opening, zero where none is needed.
type openable struct {
	ID      int64
	AtDesk  bool
	Opening int64
}

// openTo says of files which an officer may open now. It is the one answer to that: for a file by its reference, and
// for the page on which it stands.
func (s *Store) openTo(ctx context.Context, officer User, ids []int64) (map[int64]openable, error) {
	open := map[int64]openable{}
	if officer.Role != Officer {
		return open, ErrForbidden
	}
	if len(ids) == 0 {
		return open, nil
	}
	var list []openable
	err := s.db.With(ctx).Raw(`SELECT *
		FROM (
			SELECT u.id, `+atDesk+` AS at_desk, coalesce((SELECT max(o.id)
				FROM file_openings o
				WHERE o.person_id = u.owner_id
					AND o.officer_id = ?
					AND o.ends_at > ?), 0) AS opening
			FROM uploads u
			WHERE u.id IN ?
				AND u.deleted_at IS NULL
		) files
		WHERE at_desk OR opening > 0`, officer.ID, s.db.Now(), ids).Scan(&list).Error
	for _, f := range list {
		open[f.ID] = f
	}
	return open, err
}

// closeFiles marks those files that an officer may not open without saying why.
func (s *Store) closeFiles(ctx context.Context, officer User, documents []PagedUpload, views ...CertificateView) error {
	lists := [][]PagedUpload{documents}
	for _, v := range views {
		lists = append(lists, v.Files)
	}
	var ids []int64
	for _, list := range lists {
		for _, f := range list {
			ids = append(ids, f.ID)
		}
	}
	open, err := s.openTo(ctx, officer, ids)
	for _, list := range lists {
		for i, f := range list {
			_, may := open[f.ID]
			list[i].Closed = !may
		}
	}
	return err
}

// openedByOfficer hands out a file that an officer may open, and writes the look down before, with the opening by
// which a file that is not at the desk was open. ErrNotAtDesk says that a reason is to be given first.
func (s *Store) openedByOfficer(
	ctx context.Context, actor User, ref, action string, detail map[string]any, open func(tx *Store, u Upload) error,
) error {
	if actor.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, "open upload for an officer", func(tx *Store) error {
		u, err := tx.fileForOfficer(ctx, actor, ref)
		if err != nil {
			return err
		}
		files, err := tx.openTo(ctx, actor, []int64{u.ID})
		if err != nil {
			return err
		}
		may, is := files[u.ID]
		if !is {
			return ErrNotAtDesk
		}
		if err := open(tx, u); err != nil {
			return err
		}
		if !may.AtDesk {
			detail["opening"] = may.Opening
		}
		return tx.db.Audit(ctx, actor, record.Act{Action: action, SubjectKind: "upload", SubjectID: u.ID, PersonID: u.OwnerID, Detail: detail})
	})
}

func (s *Store) fileForOfficer(ctx context.Context, officer User, ref string) (u Upload, err error) {
	if officer.Role != Officer {
		return u, ErrForbidden
	}
	err = s.db.With(ctx).Where("ref = ? AND deleted_at IS NULL", ref).Take(&u).Error
	return u, err
}

// FileToOpen says whether there is a file of the reference for which an officer can say why they open it.
func (s *Store) FileToOpen(ctx context.Context, officer User, ref string) error {
	_, err := s.fileForOfficer(ctx, officer, ref)
	return err
}

// OpenFiles opens the files of the owner of one of them to an officer for an hour, who says why. Their owner reads it.
func (s *Store) OpenFiles(ctx context.Context, officer User, ref, reason string) error {
	reason = strings.Join(strings.Fields(reason), " ")
	switch {
	case reason == "":
		return ErrOpenReason
	case utf8.RuneCountInString(reason) > OpenReasonMost:
		return ErrOpenReasonLong
	}
	return s.transact(ctx, "open files", func(tx *Store) error {
		u, err := tx.fileForOfficer(ctx, officer, ref)
		if err != nil {
			return err
		}
		now := tx.db.Now()
		o := fileOpening{PersonID: u.OwnerID, OfficerID: officer.ID, Reason: reason, OpenedAt: now, EndsAt: now.Add(openFor)}
		if err := tx.db.With(ctx).Omit("ID").Create(&o).Error; err != nil {
			return err
		}
		return tx.db.Audit(ctx, officer, record.Act{
			Action: "files_opened", SubjectKind: "file_opening", SubjectID: o.ID, PersonID: u.OwnerID, Detail: map[string]any{"file": u.Ref},
		})
	})
}

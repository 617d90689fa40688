package protection

import (
	"context"

	"naikkelas/models"
	"naikkelas/models/record"
)

// DeskAttachment is a file on a case as the desk lists it: Person is the reference of who gave it, AddedByName the officer
// who added it.
type DeskAttachment struct {
	Attachment
	Name        string
	Person      string
	AddedByName string
	Pages       int
}

// openAttachments lists the files of a case, the newest first.
func (s *Store) openAttachments(ctx context.Context, d *DeskCase) error {
	err := s.db.With(ctx).Raw(`SELECT a.*,
			coalesce(p.ref, '') AS person,
			coalesce(u.name, '') AS added_by_name,
			(SELECT count(*) FROM case_attachment_pages g WHERE g.attachment_id = a.id) AS pages
		FROM case_attachments a
		LEFT JOIN case_people p ON p.id = a.person_id
		LEFT JOIN users u ON u.id = a.added_by
		WHERE a.case_id = ?
		ORDER BY a.id DESC
		LIMIT 300`, d.ID).Scan(&d.Files).Error
	for i, f := range d.Files {
		if err == nil {
			d.Files[i].Name, err = s.attachmentName(f.Attachment)
		}
	}
	return err
}

// AttachAtDesk adds a file that reached an officer in another way. It changes nobody's turn.
func (s *Store) AttachAtDesk(ctx context.Context, officer record.User, p Press, in NewAttachment) (a Attachment, err error) {
	err = s.press(ctx, officer, ActFiles, p, func(tx *Store, v viewer, c *Case) error {
		fresh := false
		if a, fresh, err = tx.attach(ctx, *c, giver{officer: &v.ID}, in); err != nil || !fresh {
			return err
		}
		return tx.did(ctx, v, c, p, Event{Kind: EventFileAdded, Detail: a.Ref}, "")
	})
	return a, err
}

// LookAtAttachment hands a file of a case to an officer who may see the case, once it was looked into and found good, and
// writes the look down before. Page is 0 for the file itself.
func (s *Store) LookAtAttachment(ctx context.Context, officer record.User, ref, file string, page int) (
	a Attachment, p AttachmentPage, err error,
) {
	err = s.transact(ctx, "look at a file of a case", func(tx *Store) error {
		v, c, _, err := tx.acting(ctx, officer, ActView, ref)
		if err != nil {
			return err
		}
		if a, p, err = tx.readyAttachment(ctx, c, file, page); err != nil {
			return err
		}
		return tx.db.Audit(ctx, v.User, record.Act{
			Action: "case_file_seen", SubjectKind: "case", SubjectID: c.ID, Detail: map[string]any{"file": a.Ref, "page": page},
		})
	})
	return a, p, err
}

// readyAttachment finds a file of a case that is ready, and one of its pages unless page is 0.
func (s *Store) readyAttachment(ctx context.Context, c Case, ref string, page int) (a Attachment, p AttachmentPage, err error) {
	err = s.db.With(ctx).Where("case_id = ? AND ref = ? AND state = ?", c.ID, ref, models.UploadReady).Take(&a).Error
	if err == nil && page > 0 {
		p, err = s.attachmentPage(ctx, a, page)
	}
	return a, p, err
}

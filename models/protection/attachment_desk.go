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

// TakeOffAtDesk takes a file off a case that an officer added by mistake, for everybody and for a reason. Its bytes go with the
// next sweep. What the person gave themselves, they alone take away.
func (s *Store) TakeOffAtDesk(ctx context.Context, officer record.User, p Press, file, why string) error {
	why, err := inWords(why, ErrWhyMissing)
	if err != nil {
		return err
	}
	return s.press(ctx, officer, ActFiles, p, func(tx *Store, v viewer, c *Case) error {
		gone := tx.db.With(ctx).Where("case_id = ? AND ref = ? AND person_id IS NULL", c.ID, file).Delete(&Attachment{})
		switch {
		case gone.Error != nil:
			return gone.Error
		case gone.RowsAffected == 0:
			return record.ErrNotFound
		}
		return tx.did(ctx, v, c, p, Event{Kind: EventFileTaken, Detail: file}, why)
	})
}

// OpenedAttachment is a file that somebody who may see it opens, with its pages.
type OpenedAttachment struct {
	Attachment
	Name  string
	Pages []AttachmentPage
}

// LookAtAttachment opens a file of a case to an officer who may see the case, once it was looked into and found good, and
// writes the look down before. Page is the one that is looked at, 0 for the whole.
func (s *Store) LookAtAttachment(ctx context.Context, officer record.User, ref, file string, page int) (o OpenedAttachment, err error) {
	err = s.transact(ctx, "look at a file of a case", func(tx *Store) error {
		v, c, _, err := tx.acting(ctx, officer, ActView, ref)
		if err != nil {
			return err
		}
		if o, err = tx.opensAttachment(ctx, "a.case_id = @case", map[string]any{"case": c.ID, "ref": file}); err != nil {
			return err
		}
		return tx.db.Audit(ctx, v.User, record.Act{
			Action: "case_file_seen", SubjectKind: "case", SubjectID: c.ID, Detail: map[string]any{"file": o.Ref, "page": page},
		})
	})
	return o, err
}

// mostAttachmentPages is how many pages a paper has at most.
const mostAttachmentPages = 30

// opensAttachment finds a file a by its reference under a condition, if it is ready.
func (s *Store) opensAttachment(ctx context.Context, where string, args map[string]any) (o OpenedAttachment, err error) {
	args["ready"] = models.UploadReady
	err = s.db.With(ctx).Raw("SELECT a.* FROM case_attachments a WHERE a.ref = @ref AND a.state = @ready AND "+where, args).
		Scan(&o.Attachment).Error
	if err == nil && o.ID == 0 {
		err = record.ErrNotFound
	}
	if err != nil {
		return o, err
	}
	if o.Name, err = s.attachmentName(o.Attachment); err != nil {
		return o, err
	}
	err = s.db.With(ctx).Where("attachment_id = ?", o.ID).Order("number").Limit(mostAttachmentPages).Find(&o.Pages).Error
	return o, err
}

// Page is one page of the file, ErrNotFound where it has none of that number.
func (o OpenedAttachment) Page(number int) (AttachmentPage, error) {
	for _, p := range o.Pages {
		if p.Number == number {
			return p, nil
		}
	}
	return AttachmentPage{}, record.ErrNotFound
}

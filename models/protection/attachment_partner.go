package protection

import (
	"context"

	"naikkelas/models"
	"naikkelas/models/record"
)

// ErrReferFile says that a file that was chosen for an office is not there any more.
var ErrReferFile = &record.Refusal{Key: "attach.refer_gone", Field: "files"}

// lend puts files of a case, chosen one by one, before the office of a referral.
func (s *Store) lend(ctx context.Context, r Referral, files []string) error {
	if len(files) == 0 {
		return nil
	}
	lent := s.db.With(ctx).Exec(`INSERT INTO case_referral_files (referral_id, attachment_id)
		SELECT ?, id
		FROM case_attachments
		WHERE case_id = ?
			AND ref IN ?
			AND state = ?`, r.ID, r.CaseID, files, models.UploadReady)
	if lent.Error == nil && lent.RowsAffected != int64(len(files)) {
		return ErrReferFile
	}
	return lent.Error
}

// lendable lists the files of a case that can be put before an office.
func (s *Store) lendable(ctx context.Context, c Case) (list []DeskAttachment, err error) {
	d := DeskCase{Case: c}
	err = s.openAttachments(ctx, &d)
	for _, f := range d.Files {
		if f.State == models.UploadReady {
			list = append(list, f)
		}
	}
	return list, err
}

// lentTo is the condition on files a of a case that a referral shows.
const lentTo = `a.id IN (SELECT f.attachment_id FROM case_referral_files f WHERE f.referral_id = @referral)`

// partnerFiles lists the files that an office is shown. Who gave them it is not told.
func (s *Store) partnerFiles(ctx context.Context, d *PartnerCase) error {
	err := s.db.With(ctx).Raw("SELECT a.* FROM case_attachments a WHERE a.state = @ready AND "+lentTo+" ORDER BY a.id DESC LIMIT 300",
		map[string]any{"ready": models.UploadReady, "referral": d.ID}).Scan(&d.Files).Error
	for i, f := range d.Files {
		if err == nil {
			d.Files[i].Name, err = s.attachmentName(f.Attachment)
		}
	}
	return err
}

// PartnerAttachment opens a file that the office of a partner is shown now, and writes the look down before. Page is the one
// that is looked at, 0 for the whole.
func (s *Store) PartnerAttachment(ctx context.Context, partner record.User, ref, file string, page int) (o OpenedAttachment, err error) {
	err = s.transact(ctx, "look at a file of a referral", func(tx *Store) error {
		r, c, err := tx.living(ctx, partner, ref)
		if err != nil {
			return err
		}
		if o, err = tx.opensAttachment(ctx, lentTo, map[string]any{"referral": r.ID, "ref": file}); err != nil {
			return err
		}
		return tx.db.Audit(ctx, partner, record.Act{
			Action: "referral_file_seen", SubjectKind: "case", SubjectID: c.ID,
			Detail: map[string]any{"referral": r.Ref, "file": o.Ref, "page": page},
		})
	})
	return o, err
}

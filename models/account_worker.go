package models

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// Worker is the account of somebody who works here, as administrators see it. InstitutionName is also that of a
// partner's office.
type Worker struct {
	User
	InstitutionName string
}

// workersPage is how many accounts one page shows.
const workersPage = 50

// WorkersPage is a part of the list of accounts; After is the reference of the last one when the list
// goes on.
type WorkersPage struct {
	Workers []Worker
	After   string
}

// Workers lists the open accounts of officers, administrators and institution staff, newest first,
// after the one of a reference, fifty at a time. Seekers are nobody's list.
func (s *Store) Workers(ctx context.Context, admin User, after string) (WorkersPage, error) {
	var page WorkersPage
	if admin.Role != Admin {
		return page, ErrForbidden
	}
	q := s.db.With(ctx).Table("users u").
		Select("u.*, coalesce(i.name, o.name, '') AS institution_name").
		Joins("LEFT JOIN institutions i ON i.id = u.institution_id").
		Joins("LEFT JOIN partner_offices o ON o.id = u.partner_office_id").
		Where("u.role <> 'seeker' AND u.closed_at IS NULL")
	if after != "" {
		q = q.Where("u.id < (SELECT id FROM users WHERE ref = ?)", after)
	}
	err := q.Order("u.id DESC").Limit(workersPage + 1).Scan(&page.Workers).Error
	if len(page.Workers) > workersPage {
		page.Workers = page.Workers[:workersPage]
		page.After = page.Workers[workersPage-1].Ref
	}
	return page, err
}

// Worker finds one such account.
func (s *Store) Worker(ctx context.Context, admin User, ref string) (Worker, error) {
	var w Worker
	if admin.Role != Admin {
		return w, ErrForbidden
	}
	err := s.db.With(ctx).Table("users u").
		Select("u.*, coalesce(i.name, o.name, '') AS institution_name").
		Joins("LEFT JOIN institutions i ON i.id = u.institution_id").
		Joins("LEFT JOIN partner_offices o ON o.id = u.partner_office_id").
		Where("u.ref = ? AND u.role <> 'seeker' AND u.closed_at IS NULL", ref).Take(&w).Error
	return w, err
}

// The refusals of closing an account whose work nobody else could do.
var (
	ErrLastOwner   = &Refusal{Key: "admin.worker.last_owner"}
	ErrLastOfficer = &Refusal{Key: "admin.worker.last_officer"}
	ErrLastAdmin   = &Refusal{Key: "admin.worker.last_admin"}
)

// lockWorkers lets one act on the accounts of those who work here go after the other.
func (s *Store) lockWorkers(ctx context.Context) error {
	return s.db.With(ctx).Exec("SELECT pg_advisory_xact_lock(hashtext('close worker'))").Error
}

// refuseLast refuses to close the only account that answers for an institution, or the only one of its role: somebody
// has to be invited first. Accounts are closed one after the other, so that two presses do not close the last two.
func (s *Store) refuseLast(ctx context.Context, w Worker) error {
	if err := s.lockWorkers(ctx); err != nil {
		return err
	}
	refusal := map[Role]error{Owner: ErrLastOwner, Officer: ErrLastOfficer, Admin: ErrLastAdmin}[w.Role]
	if refusal == nil {
		return nil
	}
	var others int64
	q := s.db.With(ctx).Model(&User{}).Where("role = ? AND closed_at IS NULL AND locked_at IS NULL AND id <> ?", w.Role, w.ID)
	if w.Role == Owner {
		var over int64
		err := s.db.With(ctx).Model(&Institution{}).Where("id = ? AND state = ?", w.InstitutionID, InstitutionRevoked).Count(&over).Error
		if err != nil || over > 0 {
			return err // a revoked institution needs nobody
		}
		q = q.Where("institution_id = ?", w.InstitutionID)
	}
	if err := q.Count(&others).Error; err != nil {
		return err
	}
	if others == 0 {
		return refusal
	}
	return nil
}

// closedWhy is why duties end with an account.
const closedWhy = "Akun ditutup."

// CloseWorker closes the account of somebody who works here no more: the files that they had taken go
// back into the queue, their duties and sessions end at once and letters to them that wait are dropped. What they
// did stays, with their name. Nobody closes their own, nor the last one that an institution or the office has.
func (s *Store) CloseWorker(ctx context.Context, admin User, ref string) error {
	w, err := s.Worker(ctx, admin, ref)
	if err != nil {
		return err
	}
	if w.ID == admin.ID {
		return ErrForbidden
	}
	return s.transact(ctx, "close worker", func(tx *Store) error {
		return tx.closeWork(ctx, admin, w, "account_closed_by_admin")
	})
}

// closeWork closes the account of somebody at work, unless it is the last one that answers.
func (s *Store) closeWork(ctx context.Context, actor User, w Worker, action string) error {
	if err := s.refuseLast(ctx, w); err != nil {
		return err
	}
	if err := s.releaseAll(ctx, actor, w.User); err != nil {
		return err
	}
	if err := s.releaseCertificates(ctx, actor, w.User); err != nil {
		return err
	}
	r := s.db.With(ctx).Model(&User{}).Where("id = ? AND closed_at IS NULL", w.ID).
		Updates(map[string]any{"closed_at": s.db.Now(), "updated_at": s.db.Now()})
	if err := record.Changed(r, ErrNotFound); err != nil {
		return err
	}
	// Whoever gives a duty waits for this or was before it.
	if err := s.endDuties(ctx, actor, w.User, closedWhy, record.Duties()...).Error; err != nil {
		return err
	}
	if err := s.EndOtherSessions(ctx, w.ID, nil); err != nil {
		return err
	}
	if err := s.db.With(ctx).Where("user_id = ?", w.ID).Delete(&DigestLine{}).Error; err != nil {
		return err
	}
	err := s.db.With(ctx).Exec(`DELETE FROM notices
		WHERE user_id = ?
			AND NOT `+record.NoticeGone, w.ID).Error
	if err != nil {
		return err
	}
	return s.db.Audit(ctx, actor, record.Act{Action: action, SubjectKind: "user", SubjectID: w.ID, PersonID: w.ID})
}

// releaseAll puts the files that an officer had taken back into the queue. Intakes are locked in the
// order of their ids, so that two such acts never wait for each other in a circle.
func (s *Store) releaseAll(ctx context.Context, admin, officer User) error {
	var ids []int64
	err := s.db.With(ctx).Model(&Application{}).
		Where("assignee_id = ? AND state = ?", officer.ID, InReview).
		Order("intake_id, id").Limit(1000).Pluck("id", &ids).Error
	if err != nil {
		return err
	}
	for _, id := range ids {
		_, a, err := s.lockSeat(ctx, id, 0)
		if err != nil {
			return err
		}
		if a.takenBy(officer) != nil {
			continue
		}
		if err := s.move(ctx, admin, &a, step{to: Submitted, set: map[string]any{"assignee_id": nil}}); err != nil {
			return err
		}
	}
	return nil
}

// releaseCertificates puts the certificates that an officer had taken back among those that wait.
func (s *Store) releaseCertificates(ctx context.Context, admin, officer User) error {
	var list []Certificate
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).
		Where("officer_id = ? AND state = ?", officer.ID, CertificateChecking).
		Order("id").Limit(1000).Find(&list).Error
	if err != nil {
		return err
	}
	for _, c := range list {
		if err := s.releaseCertificate(ctx, admin, c); err != nil {
			return err
		}
	}
	return nil
}

// InstitutionNames lists the names of verified institutions, for choosing one, at most three hundred.
func (s *Store) InstitutionNames(ctx context.Context, admin User) ([]string, error) {
	if admin.Role != Admin {
		return nil, ErrForbidden
	}
	var names []string
	err := s.db.With(ctx).Model(&Institution{}).Where("state = ?", InstitutionVerified).
		Order("name, id").Limit(300).Pluck("name", &names).Error
	return names, err
}

// FailedNotice is a letter that did not leave, with why; its words and its address stay sealed, or are gone.
type FailedNotice struct {
	ID        int64
	Template  string
	Channel   string
	Error     string
	CreatedAt time.Time
	Waiting   bool // its words are still there, so it can be tried again
}

// FailedNotices lists letters that could not be sent, newest first, at most a hundred.
func (s *Store) FailedNotices(ctx context.Context, admin User) ([]FailedNotice, error) {
	return s.unsent(ctx, admin, "failed")
}

// WithheldNotices lists letters that a contact rule did not let leave, newest first, at most a hundred.
func (s *Store) WithheldNotices(ctx context.Context, admin User) ([]FailedNotice, error) {
	return s.unsent(ctx, admin, "withheld")
}

func (s *Store) unsent(ctx context.Context, admin User, state string) ([]FailedNotice, error) {
	if admin.Role != Admin {
		return nil, ErrForbidden
	}
	var list []FailedNotice
	err := s.db.With(ctx).Model(&record.Notice{}).Select("*, sealed IS NOT NULL AS waiting").Where("state = ?", state).
		Order("created_at DESC, id DESC").Limit(100).Find(&list).Error
	return list, err
}

// RetryNotice sends a failed letter again. ErrStale says that it waits or has left already.
func (s *Store) RetryNotice(ctx context.Context, admin User, id int64) error {
	if admin.Role != Admin {
		return ErrForbidden
	}
	return s.transact(ctx, "retry notice", func(tx *Store) error {
		r := tx.db.With(ctx).Model(&record.Notice{}).Where("id = ? AND state = 'failed' AND sealed IS NOT NULL", id).
			Updates(map[string]any{"state": "queued", "error": "", "refused_at": nil})
		if err := record.Changed(r, ErrStale); err != nil {
			return err
		}
		if err := tx.db.Audit(ctx, admin, record.Act{Action: "notice_retried", SubjectKind: "notice", SubjectID: id}); err != nil {
			return err
		}
		return tx.db.Enqueue(ctx, record.SendNotice{NoticeID: id})
	})
}

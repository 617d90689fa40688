package models

import (
	"context"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// WithdrawPaper ends a paper that should not have come out, for a reason that its person reads.
func (s *Store) WithdrawPaper(ctx context.Context, actor User, ref string, version int, reason string) error {
	return s.withPaper(ctx, actor, ref, version, reason, func(tx *Store, c CourseCertificate, a Application, why string) error {
		if err := tx.endPaper(ctx, actor, c, a, PaperWithdrawn, why); err != nil {
			return err
		}
		return tx.tellOfPaper(ctx, a.SeekerID, c, "paper_withdrawn")
	})
}

// CorrectPaper issues another paper in the place of one on which something is wrong, with what officers checked and the
// listing says today. Where both would say the same there is nothing to correct. It gives the new number.
func (s *Store) CorrectPaper(
	ctx context.Context, actor User, ref string, version int, reason string, lacks Lacks,
) (next string, err error) {
	err = s.withPaper(ctx, actor, ref, version, reason, func(tx *Store, c CourseCertificate, a Application, why string) error {
		if err := tx.refuseHalted(ctx, a, Completed); err != nil {
			return err
		}
		list, err := tx.chosenPapers(ctx, actor, a.IntakeID, []string{a.Ref}, lacks)
		if err != nil {
			return err
		}
		switch d := list[0]; {
		case d.Stop != nil:
			return d.Stop
		case d.same(c.CoursePaper):
			return ErrPaperSame
		}
		if err := tx.endPaper(ctx, actor, c, a, PaperCorrected, why); err != nil {
			return err
		}
		issued, err := tx.issuePaper(ctx, actor, list[0], &c)
		if err != nil {
			return err
		}
		next = issued.Ref
		return tx.tellOfPaper(ctx, a.SeekerID, issued, "paper_corrected")
	})
	return next, err
}

// withPaper runs f over a paper of the acting staff's institution that holds, with its intake, application and itself locked.
func (s *Store) withPaper(
	ctx context.Context, actor User, ref string, version int, reason string,
	f func(tx *Store, c CourseCertificate, a Application, why string) error,
) error {
	if !actor.Selects() {
		return ErrForbidden
	}
	why := strings.TrimSpace(strings.ReplaceAll(reason, "\r\n", "\n"))
	return s.transact(ctx, "end course certificate "+ref, func(tx *Store) error {
		c, err := tx.paperOfInstitution(ctx, actor, ref)
		if err != nil {
			return err
		}
		_, a, err := tx.lockSeat(ctx, c.ApplicationID, 0)
		if err != nil {
			return err
		}
		err = tx.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&c, "id = ?", c.ID).Error
		switch {
		case err != nil:
			return err
		case !c.Valid():
			return ErrPaperEnded
		case c.Version != version:
			return ErrStale
		case why == "" || utf8.RuneCountInString(why) > PaperReasonMost:
			return ErrPaperReason
		}
		return f(tx, c, a, why)
	})
}

// endPaper writes down that a locked paper holds no more. Who is told is the caller's.
func (s *Store) endPaper(
	ctx context.Context, actor User, c CourseCertificate, a Application, state CourseCertificateState, why string,
) error {
	r := s.db.With(ctx).Model(&CourseCertificate{}).Where("id = ? AND state = 'issued'", c.ID).Updates(map[string]any{
		"state": state, "ended_at": s.db.Now(), "ended_by": actor.ID, "end_reason": why, "version": c.Version + 1,
	})
	if err := record.Changed(r, ErrPaperEnded); err != nil {
		return err
	}
	return s.db.Audit(ctx, actor, record.Act{
		Action: "course_certificate_" + string(state), SubjectKind: "course_certificate", SubjectID: c.ID, PersonID: a.SeekerID,
	})
}

// withdrawPaperOf withdraws the paper of an application whose result is taken back, where there is one: the letter about
// the result says why.
func (s *Store) withdrawPaperOf(ctx context.Context, actor User, a Application, why string) error {
	var list []CourseCertificate
	err := s.db.With(ctx).Where("application_id = ? AND state = 'issued'", a.ID).Limit(1).Find(&list).Error
	if err != nil || len(list) == 0 {
		return err
	}
	if err := s.endPaper(ctx, actor, list[0], a, PaperWithdrawn, why); err != nil {
		return err
	}
	return s.tellOfPaper(ctx, a.SeekerID, list[0], "paper_withdrawn")
}

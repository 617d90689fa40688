package models

import (
	"context"
	"errors"
	"slices"
	"time"
)

// The refusals of reviewing.
var (
	ErrTaken                  = &Refusal{Key: "review.taken"}
	ErrNotTaken               = &Refusal{Key: "review.not_taken"}
	ErrOwnDecision            = &Refusal{Key: "review.own_decision"}
	ErrChecksOpen             = &Refusal{Key: "review.checks_open", Field: "outcome"}
	ErrCertificatesOpen       = &Refusal{Key: "review.certificates_open", Field: "outcome"}
	ErrCertificatesBack       = &Refusal{Key: "review.certificates_back", Field: "outcome"}
	ErrCertificatesDoNotCount = &Refusal{Key: "review.certificates_do_not_count", Field: "without"}
	ErrUnmet                  = &Refusal{Key: "review.unmet", Field: "outcome"}
	ErrFixesMissing           = &Refusal{Key: "review.fixes_missing", Field: "fixes"}
	ErrFixTarget              = &Refusal{Key: "review.fix_target", Field: "fixes"}
	ErrFixByFar               = &Refusal{Key: "review.fix_by_far", Field: "fix_by"}
	ErrFixElsewhere           = &Refusal{Key: "review.fix_elsewhere", Field: "fixes"}
	ErrFixNote                = &Refusal{Key: "review.reason_note", Field: "fixes"}
	ErrFixByPast              = &Refusal{Key: "review.fix_by_past", Field: "fix_by"}
	ErrDecisionReason         = &Refusal{Key: "review.reason_missing", Field: "reason"}
	ErrDecisionText           = &Refusal{Key: "review.text_missing", Field: "text"}
)

// fixDaysMost is how many days an officer may give a seeker to mend something.
const fixDaysMost = 90

// fixDays is how many working days a seeker gets to mend something unless the officer chooses.
const fixDays = 3

// OfficerApplication is everything that an officer needs to decide about one application.
type OfficerApplication struct {
	ApplicationView
	Profile      WholeProfile
	Documents    []PagedUpload     // the KTP and other papers of the person, with pages
	Views        []CertificateView // the certificates that go with the application
	Requirements []Requirement
	Sent         []ApplicationRow // what else the person sent, newest first
	Mended       []Fix            // what officers asked for before and the person sent again
	Alikes       []Alike          // who may be the same person
	MoreAlikes   bool             // there may be others
	Warnings     []string         // about the person, see the Warning... constants; a certificate has its own
	Identity     *CheckedIdentity // who the person was when officers passed it, nil before
	Changes      []ProfileChange  // what the person changed since sending, newest first
	Checked      []CheckBy        // what officers compared with the card, newest first
	NIK, SeenNIK string           // the number, and the one on the card, whole for who has the file
	Assignee     string           // name of the officer who took it
	DecidedBy    string           // name of who decided last
	FixBy        time.Time        // what is proposed when something is to be mended
	Pending      *DecisionPreview // the decision that waits to be announced, nil for none
	Desk         []DeskEvent      // what happened inside the desk, newest first
}

// ReviewApplication loads one file for an officer and writes the look down. A draft is nobody's business.
func (s *Store) ReviewApplication(ctx context.Context, officer User, ref string) (OfficerApplication, error) {
	var f OfficerApplication
	if officer.Role != Officer {
		return f, ErrForbidden
	}
	if err := s.db.With(ctx).Where("ref = ? AND first_submitted_at IS NOT NULL", ref).Take(&f.Application).Error; err != nil {
		return f, err
	}
	if err := s.applicationParts(ctx, &f.ApplicationView, Officer); err != nil {
		return f, err
	}
	var err error
	if f.Profile, err = s.ProfileForOfficer(ctx, officer, f.SeekerID); err != nil {
		return f, err
	}
	if err := s.officerParts(ctx, officer, &f); err != nil {
		return f, err
	}
	if err := s.closeFiles(ctx, officer, f.Documents, f.Views...); err != nil {
		return f, err
	}
	if f.takenBy(officer) == nil {
		if err := s.openNumbers(ctx, officer, &f); err != nil {
			return f, err
		}
	}
	if f.Desk, err = s.deskEvents(ctx, f.Application); err != nil || len(f.Desk) == 0 {
		return f, err // without events nothing was decided
	}
	f.Pending, err = s.pendingPreview(ctx, officer, ref)
	return f, err
}

func (s *Store) officerParts(ctx context.Context, officer User, f *OfficerApplication) error {
	candidate, err := s.candidateOf(ctx, f.Profile)
	if err != nil {
		return err
	}
	f.Requirements = candidate.Requirements(f.Offer.Terms())
	if f.Sent, err = s.otherApplications(ctx, f.Application); err != nil {
		return err
	}
	if f.Documents, err = s.WithPages(ctx, f.Profile.Documents); err != nil {
		return err
	}
	if f.Views, err = s.applicationCertificateViews(ctx, f.ApplicationView); err != nil {
		return err
	}
	if f.Warnings, err = s.IdentityWarnings(ctx, officer, f.SeekerID); err != nil {
		return err
	}
	if err := s.lookAtAlikes(ctx, officer, f); err != nil {
		return err
	}
	for _, d := range f.Profile.Documents {
		if d.State == UploadRefused && !slices.Contains(f.Warnings, WarningUnreadable) {
			f.Warnings = append(f.Warnings, WarningUnreadable)
		}
	}
	if f.Identity, err = s.checkedIdentity(ctx, f.ID); err != nil {
		return err
	}
	if f.Changes, err = s.profileChanges(ctx, f.Application); err != nil {
		return err
	}
	if f.Checked, err = s.checksOf(ctx, f.SeekerID); err != nil {
		return err
	}
	if f.Mended, err = s.fixes(ctx, f.Application, "f.resolved_at IS NOT NULL"); err != nil {
		return err
	}
	if err := s.officersKnow(ctx, f.Views, f.Profile); err != nil {
		return err
	}
	var names []string
	err = s.db.With(ctx).Raw(`SELECT coalesce((SELECT name FROM users WHERE id = ?), '')
		UNION ALL
		SELECT coalesce((SELECT name FROM users WHERE id = ?), '')`,
		f.AssigneeID, f.Application.DecidedBy).Scan(&names).Error
	if err != nil {
		return err
	}
	f.Assignee, f.DecidedBy = names[0], names[1]
	f.FixBy, err = s.deadline(ctx, fixDays)
	return err
}

// Take gives the file to the acting officer. Taking one's own again changes nothing; one that a
// colleague has is ErrTaken, and a contested one is for another officer than who refused.
func (s *Store) Take(ctx context.Context, officer User, ref string, version int) error {
	return s.withApplication(ctx, officer, ref, func(tx *Store, a Application) error {
		switch {
		case a.State == InReview && a.AssigneeID != nil && *a.AssigneeID == officer.ID:
			return nil
		case a.State == InReview:
			return ErrTaken
		case a.ContestedAt != nil && a.DecidedBy != nil && *a.DecidedBy == officer.ID:
			return ErrOwnDecision
		case version != 0 && a.Version != version:
			return ErrStale
		}
		return tx.takeApplication(ctx, officer, a)
	})
}

// takeApplication gives a locked file to an officer.
func (s *Store) takeApplication(ctx context.Context, officer User, a Application) error {
	return s.move(ctx, officer, &a, step{to: InReview, set: map[string]any{"assignee_id": officer.ID}})
}

// Release puts the acting officer's file back into the queue.
func (s *Store) Release(ctx context.Context, officer User, ref string) error {
	return s.withApplication(ctx, officer, ref, func(tx *Store, a Application) error {
		if err := errors.Join(a.takenBy(officer), tx.refuseDecided(ctx, a)); err != nil {
			return err
		}
		return tx.move(ctx, officer, &a, step{to: Submitted, set: map[string]any{"assignee_id": nil}})
	})
}

func (a Application) takenBy(officer User) error {
	if a.State != InReview {
		return ErrNotTaken
	}
	if a.AssigneeID == nil || *a.AssigneeID != officer.ID {
		return ErrTaken
	}
	return nil
}

// withApplication runs f over a locked file that was sent to officers, the intake locked before it.
func (s *Store) withApplication(ctx context.Context, officer User, ref string, f func(tx *Store, a Application) error) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, "review application", func(tx *Store) error {
		var id int64
		err := tx.db.With(ctx).Model(&Application{}).Select("id").
			Where("ref = ? AND first_submitted_at IS NOT NULL", ref).Take(&id).Error
		if err != nil {
			return err
		}
		_, a, err := tx.lockSeat(ctx, id, 0)
		if err != nil {
			return err
		}
		return f(tx, a)
	})
}

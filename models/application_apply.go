package models

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"naikkelas/models/record"
)

// The refusals of applying.
var (
	ErrNotOpen           = &Refusal{Key: "application.not_open"}
	ErrRequirementsUnmet = &Refusal{Key: "application.requirements_unmet"}
	ErrProfileIncomplete = &Refusal{Key: "application.profile_incomplete"}
	ErrMotivationMissing = &Refusal{Key: "application.motivation_missing", Field: "motivation"}
	ErrMotivationLong    = &Refusal{Key: "application.motivation_long", Field: "motivation"}
	ErrStatementsMissing = &Refusal{Key: "application.statements_missing", Field: "statements"}
	ErrCertificateUnsent = &Refusal{Key: "application.certificate_unsent", Field: "certificates"}
	ErrCertificateAsked  = &Refusal{Key: "application.certificate_asked", Field: "certificates"}
	ErrCertificateAnswer = &Refusal{Key: "application.certificate_answer", Field: "certificates"}
	ErrCertificateBoth   = &Refusal{Key: "application.certificate_both", Field: "certificates"}
	ErrNotEditable       = &Refusal{Key: "application.not_editable"}
	ErrFixLapsed         = &Refusal{Key: "application.fix_lapsed"}
)

// MotivationLength is how many letters a motivation may have.
const MotivationLength = 1000

// Statements are what a person declares when they send an application, each by itself: the
// data is true, they will attend, they are in no other course, and who will see their data.
var Statements = []string{"true", "attend", "no_other", "shared"}

// StartApplication begins a draft for the acting seeker, or gives the application that is
// there already: two devices and two presses share one.
func (s *Store) StartApplication(ctx context.Context, actor User, intakeRef string) (Application, error) {
	f, err := s.Fit(ctx, actor, intakeRef)
	if err != nil {
		return Application{}, err
	}
	if f.Application != nil {
		return *f.Application, nil
	}
	if !f.Offer.Takes(s.db.Now()) {
		return Application{}, ErrNotOpen
	}
	if !f.Possible() {
		return Application{}, ErrRequirementsUnmet
	}
	now := s.db.Now()
	a := Application{
		Ref: record.NewRef("NK"), IntakeID: f.Offer.Intake.ID, SeekerID: actor.ID,
		State: Draft, Version: 1, CreatedAt: now, UpdatedAt: now,
	}
	err = s.transact(ctx, "start application", func(tx *Store) error {
		if err := tx.notElsewhere(ctx, actor, a.IntakeID); err != nil {
			return err
		}
		if err := tx.db.With(ctx).Create(&a).Error; err != nil {
			return err
		}
		event := ApplicationEvent{ApplicationID: a.ID, ActorID: &actor.ID, ActorRole: actor.Role, At: now, FromState: "", ToState: Draft}
		if err := tx.db.With(ctx).Create(&event).Error; err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{Action: "application_started", SubjectKind: "application", SubjectID: a.ID, PersonID: actor.ID})
	})
	if record.Violates(err, "applications_one_live") { // the other press was first
		return s.liveApplication(ctx, actor, f.Offer.Intake.ID)
	}
	return a, err
}

// Editable says whether the seeker may change the application: before it is sent, and while
// something has to be mended.
func (a Application) Editable() bool { return a.State == Draft || a.State == NeedsFix }

// SaveMotivation keeps why the person wants the course, at most MotivationLength letters.
func (s *Store) SaveMotivation(ctx context.Context, actor User, ref, text string) error {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if utf8.RuneCountInString(text) > MotivationLength {
		return ErrMotivationLong
	}
	return s.withOwnDraft(ctx, actor, ref, func(tx *Store, a Application) error {
		err := tx.db.With(ctx).Model(&Application{}).Where("id = ?", a.ID).
			Updates(map[string]any{"motivation": text, "updated_at": tx.db.Now()}).Error
		if err != nil || text == a.Motivation {
			return err
		}
		return tx.noteFilled(ctx, actor, a, MendMotivation)
	})
}

// ChooseCertificates replaces the certificates that go with the application by the acting
// person's own of these references; another's is ErrNotFound. Without any, the person has to
// say that they have none: an empty list could have been overlooked. Both cannot be meant.
func (s *Store) ChooseCertificates(ctx context.Context, actor User, ref string, certificates []string, none bool) error {
	if len(certificates) == 0 && !none {
		return ErrCertificateAnswer
	}
	if len(certificates) > 0 && none {
		return ErrCertificateBoth
	}
	return s.withOwnDraft(ctx, actor, ref, func(tx *Store, a Application) error {
		db := tx.db.With(ctx)
		var ids, before []int64
		if len(certificates) > 0 {
			err := db.Model(&Certificate{}).
				Where("ref IN ? AND seeker_id = ? AND deleted_at IS NULL", certificates, actor.ID).
				Limit(200).Pluck("id", &ids).Error
			if err != nil {
				return err
			}
			slices.Sort(certificates)
			if len(ids) != len(slices.Compact(certificates)) {
				return ErrNotFound
			}
		}
		err := db.Raw("DELETE FROM application_certificates WHERE application_id = ? RETURNING certificate_id", a.ID).Scan(&before).Error
		if err != nil {
			return err
		}
		for _, id := range ids {
			err := db.Exec(`INSERT INTO application_certificates (application_id, certificate_id)
				VALUES (?, ?)`, a.ID, id).Error
			if err != nil {
				return err
			}
		}
		err = db.Model(&Application{}).Where("id = ?", a.ID).
			Updates(map[string]any{"no_certificate": len(ids) == 0, "updated_at": tx.db.Now()}).Error
		if err != nil || sameNumbers(before, ids) {
			return err
		}
		return tx.noteFilled(ctx, actor, a, MendCertificates)
	})
}

// sameNumbers says whether two lists hold the same numbers, whatever their order.
func sameNumbers(a, b []int64) bool {
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// addToApplication adds a new certificate to those that go with the acting person's application of the reference.
// No reference is none; one that can no longer be changed stays as it is.
func (s *Store) addToApplication(ctx context.Context, actor User, ref string, c Certificate) error {
	if ref == "" {
		return nil
	}
	a, err := s.lockOwnApplication(ctx, actor, ref)
	if err != nil || !a.Editable() {
		return err
	}
	db := s.db.With(ctx)
	err = db.Exec("INSERT INTO application_certificates (application_id, certificate_id) VALUES (?, ?)", a.ID, c.ID).Error
	if err != nil {
		return err
	}
	err = db.Model(&Application{}).Where("id = ?", a.ID).
		Updates(map[string]any{"no_certificate": false, "updated_at": s.db.Now()}).Error
	if err != nil {
		return err
	}
	return s.noteFilled(ctx, actor, a, MendCertificates)
}

// withOwnDraft runs f over the acting person's locked application, which must be editable.
func (s *Store) withOwnDraft(ctx context.Context, actor User, ref string, f func(tx *Store, a Application) error) error {
	return s.withOwnApplication(ctx, actor, ref, func(tx *Store, a Application) error {
		if !a.Editable() {
			return ErrNotEditable
		}
		return f(tx, a)
	})
}

func (s *Store) withOwnApplication(ctx context.Context, actor User, ref string, f func(tx *Store, a Application) error) error {
	return s.transact(ctx, "change own application", func(tx *Store) error {
		a, err := tx.lockOwnApplication(ctx, actor, ref)
		if err != nil {
			return err
		}
		return f(tx, a)
	})
}

func (s *Store) lockOwnApplication(ctx context.Context, actor User, ref string) (Application, error) {
	id, err := s.ownApplicationID(ctx, actor, ref)
	if err != nil {
		return Application{}, err
	}
	return s.lockApplication(ctx, id, 0)
}

func (s *Store) ownApplicationID(ctx context.Context, actor User, ref string) (int64, error) {
	var id int64
	err := s.db.With(ctx).Model(&Application{}).Select("id").Where("ref = ? AND seeker_id = ?", ref, actor.ID).Take(&id).Error
	return id, err
}

// SubmitApplication sends a draft, or one that was mended, to the officers. Sending what is
// sent already changes nothing and is no error, so that five presses are one. Everything is
// checked again here, whatever the pages before have shown. Who has not changed all that was
// asked for says so among the statements by StatementUnchanged.
func (s *Store) SubmitApplication(ctx context.Context, actor User, ref string, statements []string) (Application, error) {
	var sent Application
	err := s.withOwnApplication(ctx, actor, ref, func(tx *Store, a Application) error {
		sent = a
		if a.State != Draft && a.State != NeedsFix {
			if a.SubmittedAt != nil {
				return nil
			}
			return ErrNotEditable
		}
		if err := tx.readyToSend(ctx, actor, a, statements); err != nil {
			return err
		}
		now := tx.db.Now()
		first := a.FirstSubmittedAt
		if first == nil {
			first = &now
		}
		if err := tx.resolveFixes(ctx, a, slices.Contains(statements, StatementUnchanged)); err != nil {
			return err
		}
		err := tx.move(ctx, actor, &a, step{to: Submitted, notice: "application_submitted",
			set: map[string]any{"submitted_at": now, "first_submitted_at": first, "statements": record.Codes(Statements), "fix_by": nil}})
		if err != nil {
			return err
		}
		a.SubmittedAt, a.FirstSubmittedAt, a.FixBy = &now, first, nil
		sent = a
		return tx.shareByStatement(ctx, actor, a)
	})
	return sent, err
}

// readyToSend sends the certificates that go along and checks every rule of sending.
func (s *Store) readyToSend(ctx context.Context, actor User, a Application, statements []string) error {
	var in Intake
	if err := s.db.With(ctx).Take(&in, "id = ?", a.IntakeID).Error; err != nil {
		return err
	}
	o, err := s.offerOf(ctx, in)
	if err != nil {
		return err
	}
	if err := a.inTime(o, s.db.Now()); err != nil {
		return err
	}
	chosen, err := s.chosenCertificates(ctx, a)
	if err != nil {
		return err
	}
	if err := s.sendCertificates(ctx, actor, chosen); err != nil {
		return err
	}
	f, err := s.fit(ctx, actor, o)
	if err != nil {
		return err
	}
	switch {
	case !f.ProfileComplete():
		return ErrProfileIncomplete
	case !Eligible(f.Requirements):
		return ErrRequirementsUnmet
	case strings.TrimSpace(a.Motivation) == "":
		return ErrMotivationMissing
	}
	if err := certificatesReady(chosen, a, o); err != nil {
		return err
	}
	for _, code := range Statements {
		if !slices.Contains(statements, code) {
			return ErrStatementsMissing
		}
	}
	return nil
}

// inTime holds a draft to the intake's window, and a file to mend to its own deadline, which
// may lie after the closing (design.md section 3).
func (a Application) inTime(o Offer, at time.Time) error {
	if a.State == NeedsFix {
		if a.overdue(at) {
			return ErrFixLapsed
		}
		return nil
	}
	if !o.Takes(at) {
		return ErrNotOpen
	}
	return nil
}

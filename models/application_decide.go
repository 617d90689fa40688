package models

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
)

// FixInput is one thing to be mended. Certificate is a reference, of target certificate only.
type FixInput struct {
	Target      string
	Certificate string
	Reason      string
	Note        string
}

// Decision is what an officer decides about a file. Version is what the officer saw.
type Decision struct {
	Outcome ApplicationState // Verified, NeedsFix or NotEligible
	Version int
	Reason  string // of NotEligible
	Text    string // what the seeker reads, of NotEligible
	Fixes   []FixInput
	FixBy   time.Time // of NeedsFix; a calendar day's end
	Despite bool      // of NotEligible: the officer knows that the findings contradict the reason
	Without bool      // of Verified: the officer knows that some certificates do not count
}

// Decide records the acting officer's decision about a file that they have taken; it is announced later, see
// DecisionRow. ErrStale says that the file changed since the officer saw it.
func (s *Store) Decide(ctx context.Context, officer User, ref string, d Decision) error {
	err := s.withApplication(ctx, officer, ref, func(tx *Store, a Application) error {
		row, err := tx.decisionOf(ctx, officer, a, d)
		if err != nil {
			return err
		}
		return tx.decide(ctx, officer, a, row.Act, d)
	})
	return s.askSecond(ctx, officer, ref, d.Reason, err)
}

// decisionOf is a decision of an officer about a locked file, which they must have taken and seen as it is.
func (s *Store) decisionOf(ctx context.Context, officer User, a Application, d Decision) (DecisionRow, error) {
	act, known := map[ApplicationState]string{Verified: actVerify, NeedsFix: actAskFix, NotEligible: actRefuse}[d.Outcome]
	arguments, err := json.Marshal(d)
	switch {
	case err != nil:
		return DecisionRow{}, err
	case d.Version != 0 && a.Version != d.Version:
		return DecisionRow{}, ErrStale
	case !known:
		return DecisionRow{}, ErrNotNow
	}
	if err := a.takenBy(officer); err != nil {
		return DecisionRow{}, err
	}
	return DecisionRow{Act: act, Arguments: arguments}, s.refuseDecided(ctx, a)
}

// decideApplication carries an officer's decision out.
func (s *Store) decideApplication(ctx context.Context, officer User, a Application, d Decision) error {
	if err := a.takenBy(officer); err != nil {
		return err
	}
	err := s.lockCertificates(ctx, a)
	if err != nil {
		return err
	}
	switch d.Outcome {
	case Verified:
		err = s.verify(ctx, officer, a, d.Without)
	case NotEligible:
		err = s.refuse(ctx, officer, a, d)
	case NeedsFix:
		return s.askFix(ctx, officer, a, d)
	default:
		return ErrNotNow
	}
	if err != nil {
		return err
	}
	return s.snapshotCertificates(ctx, a)
}

// verify says that person and papers are right; certificates that do not count need the officer's word that
// they do not matter here. Where seats go to those found right first, it gives the seat or a place on the
// reserve list at once.
func (s *Store) verify(ctx context.Context, officer User, a Application, without bool) error {
	in, err := s.readyToVerify(ctx, officer, a, without)
	if err != nil {
		return err
	}
	if in.Selection != ByFirstCome {
		return s.move(ctx, officer, &a, step{
			to: Verified, notice: "application_verified",
			set: map[string]any{"decided_by": officer.ID, "decided_at": s.db.Now()},
		})
	}
	err = s.giveSeat(ctx, officer, in, &a, step{})
	if errors.Is(err, ErrQuotaFull) {
		err = s.giveReserve(ctx, officer, in, &a, "")
	}
	if !errors.Is(err, ErrReserveFull) {
		return err
	}
	err = s.move(ctx, officer, &a, step{
		to: Verified, set: map[string]any{"decided_by": officer.ID, "decided_at": s.db.Now()},
	})
	if err != nil {
		return err
	}
	return s.move(ctx, SystemUser, &a, step{to: NotSelected, reason: "quota_full", notice: "application_not_selected"})
}

// readyToVerify wants identity and certificates looked at, and every requirement met by the
// checked values; who the person was then is kept. The intake is locked already.
func (s *Store) readyToVerify(ctx context.Context, officer User, a Application, without bool) (Intake, error) {
	var in Intake
	if err := s.db.With(ctx).Take(&in, "id = ?", a.IntakeID).Error; err != nil {
		return in, err
	}
	if err := s.lockProfile(ctx, a.SeekerID); err != nil {
		return in, err
	}
	whole, err := s.wholeProfile(ctx, a.SeekerID)
	if err != nil {
		return in, err
	}
	if err := s.identityChecked(ctx, a, whole.Checks); err != nil {
		return in, err
	}
	if err := s.certificatesDecided(ctx, a, without); err != nil {
		return in, err
	}
	if err := s.requirementsMet(ctx, a, whole); err != nil {
		return in, err
	}
	return in, s.snapshotIdentity(ctx, officer, a, whole)
}

// certificatesDecided wants every certificate of a file decided; and those that do not count, known.
func (s *Store) certificatesDecided(ctx context.Context, a Application, without bool) error {
	list, err := s.applicationCertificates(ctx, a)
	if err != nil {
		return err
	}
	var refused error
	for _, c := range list {
		switch {
		case c.State == CertificateSubmitted || c.State == CertificateChecking:
			return ErrCertificatesOpen
		case c.State == CertificateNeedsFix:
			refused = ErrCertificatesBack
		case refused == nil && !c.Counts(s.db.Now()) && !without:
			refused = ErrCertificatesDoNotCount
		}
	}
	return refused
}

// askFix returns the file with a list of what to mend and until when.
func (s *Store) askFix(ctx context.Context, officer User, a Application, d Decision) error {
	by := d.FixBy
	if by.IsZero() {
		var err error
		if by, err = s.deadline(ctx, fixDays); err != nil {
			return err
		}
	}
	if !by.After(s.db.Now()) {
		return ErrFixByPast
	}
	if by.After(s.db.Now().AddDate(0, 0, fixDaysMost+1)) {
		return ErrFixByFar
	}
	if len(d.Fixes) == 0 {
		return ErrFixesMissing
	}
	for _, f := range d.Fixes {
		if err := s.addFix(ctx, officer, a, f); err != nil {
			return err
		}
	}
	return s.move(ctx, officer, &a, step{to: NeedsFix, note: strings.TrimSpace(d.Text), until: &by, notice: "application_needs_fix",
		set: map[string]any{"fix_by": by, "decided_by": officer.ID, "decided_at": s.db.Now(), "assignee_id": nil}})
}

func (s *Store) addFix(ctx context.Context, officer User, a Application, f FixInput) error {
	reason, err := s.reason(ctx, f.Reason, "needs_fix")
	if err != nil {
		return err
	}
	if reason == nil || !slices.Contains(FixTargets, f.Target) {
		return ErrDecisionReason
	}
	if reason.NeedsNote && strings.TrimSpace(f.Note) == "" {
		return ErrFixNote
	}
	row := Fix{ApplicationID: a.ID, Target: f.Target, ReasonCode: f.Reason, Note: strings.TrimSpace(f.Note), CreatedAt: s.db.Now()}
	if f.Target == "certificate" && f.Certificate != "" {
		var c Certificate
		err := s.db.With(ctx).
			Joins(`JOIN application_certificates ac
				ON ac.certificate_id = certificates.id AND ac.application_id = ?`, a.ID).
			Take(&c, "ref = ?", f.Certificate).Error
		if err != nil {
			return err
		}
		row.CertificateID = &c.ID
		if c.State.CanBecome(CertificateNeedsFix) { // a verified one too: its owner could not change it otherwise
			_, err = s.decideCertificate(ctx, officer, c, CertificateDecision{Outcome: CertificateNeedsFix, Reason: f.Reason, Note: f.Note})
			if errors.Is(err, ErrTaken) { // of the certificate, not of the file
				return ErrFixElsewhere
			}
			if err != nil {
				return err
			}
		}
	}
	return s.db.With(ctx).Create(&row).Error
}

// FixTargets are the parts of a file that can be asked to be mended.
var FixTargets = []string{"identity", "address", "education", "certificate", "application", "guardian"}

// refuse says that the person is not eligible, with a reason and a text that they read.
func (s *Store) refuse(ctx context.Context, officer User, a Application, d Decision) error {
	known, err := s.reasonKnown(ctx, d.Reason, "not_eligible")
	if err != nil {
		return err
	}
	if !known {
		return ErrDecisionReason
	}
	text := strings.TrimSpace(d.Text)
	if text == "" {
		return ErrDecisionText
	}
	if err := s.mayContradict(ctx, officer, a, d); err != nil {
		return err
	}
	return s.move(ctx, officer, &a, step{
		to: NotEligible, reason: d.Reason, note: text, notice: "application_not_eligible",
		set: map[string]any{
			"reason_code": d.Reason, "reason_text": text,
			"decided_by": officer.ID, "decided_at": s.db.Now(), "assignee_id": nil,
		},
	})
}

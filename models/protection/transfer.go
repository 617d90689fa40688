package protection

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"naikkelas/models"
	"naikkelas/models/record"
)

// What goes to an office: parts of a case, while the desk leads it; or the case, which the office leads once it accepts.
const (
	KindRefer    = "refer"
	KindTransfer = "transfer"
)

// transferVersion names the words by which people agree that their case goes over; they stand under case.transfer.text.
const transferVersion = "2026-11-30/over"

// The refusals of transfers.
var (
	ErrTransferredTwice = &record.Refusal{Key: "case.transfer.twice"}
	ErrKeeps            = &record.Refusal{Key: "case.transfer.keeps_missing", Field: "keeps"}
	ErrOfficeName       = &record.Refusal{Key: "case.transfer.office_missing", Field: "office_name"}
	ErrOfficeReads      = &record.Refusal{Key: "case.transfer.office_reads", Field: "office_name"}
	ErrLeads            = &record.Refusal{Key: "case.transfer.leads_missing", Field: "leads"}
	ErrSaidBy           = &record.Refusal{Key: "case.transfer.said_by_missing", Field: "said_by"}
	ErrSheetSource      = &record.Refusal{Key: "case.home.source_missing", Field: "source"}
	ErrSheetFiles       = &record.Refusal{Key: "case.transfer.no_files", Field: "files"}
	ErrNoSheet          = &record.Refusal{Key: "case.transfer.no_sheet"}
)

// What becomes of the desk's part once an office leads a case, as the consent says.
const (
	KeepsOn   = "on"  // our officers go on reading and helping
	KeepsEnds = "end" // the case ends at the desk
)

// TransferInput is what goes to an office with more than a referral says: whether the case goes over, what the desk keeps, and
// an office without an account, by its name, to which a sheet of paper goes.
type TransferInput struct {
	ReferralInput
	Kind       string
	Keeps      string
	Sheet      bool
	OfficeName string
	OfficeKind string
}

func (in *TransferInput) check(now time.Time) error {
	var errs []error
	if in.Kind != KindRefer && in.Kind != KindTransfer {
		errs = append(errs, &record.Refusal{Key: ErrChoice.Key, Field: "kind"})
	}
	if in.Kind == KindTransfer && in.Keeps != KeepsOn && in.Keeps != KeepsEnds {
		errs = append(errs, ErrKeeps)
	}
	if in.Sheet {
		in.OfficeName, in.Office = strings.TrimSpace(in.OfficeName), "-"
		if n := utf8.RuneCountInString(in.OfficeName); n < 3 || n > 150 {
			errs = append(errs, ErrOfficeName)
		}
		if !slices.Contains(models.PartnerKinds(), in.OfficeKind) {
			errs = append(errs, &record.Refusal{Key: ErrChoice.Key, Field: "office_kind"})
		}
		if len(in.Files) > 0 {
			errs = append(errs, ErrSheetFiles)
		}
	}
	return errors.Join(append(errs, in.ReferralInput.check(now))...)
}

// Transfer hands a case over to an office, or brings parts of it to one on paper. With the consent of the person concerned it is
// sent; without, or where the case would end here and a second officer has to agree to that, it waits for them.
func (s *Store) Transfer(ctx context.Context, officer record.User, p Press, in TransferInput) error {
	if err := in.check(s.db.Now()); err != nil {
		return err
	}
	return s.press(ctx, officer, ActTransfer, p, func(tx *Store, v viewer, c *Case) error {
		office, err := tx.officeFor(ctx, v, in)
		if err != nil {
			return err
		}
		r := Referral{
			Ref: record.NewRef("RJ"), CaseID: c.ID, OfficeID: office.ID, Parts: in.Parts, State: ReferralProposed, Until: in.Until,
			LeadID: *c.LeadID, SentBy: v.ID, SentAt: tx.db.Now(), Version: 1, Kind: in.Kind, BySheet: in.Sheet,
			Ends: in.Kind == KindTransfer && in.Keeps == KeepsEnds,
		}
		if in.Kind == KindTransfer {
			in.version = transferVersion
		}
		if !in.WithoutConsent {
			consent, err := tx.consent(ctx, v, *c, office, in.ReferralInput)
			if err != nil {
				return err
			}
			r.ConsentID = &consent.ID
			if !r.Ends || !c.NeedsSecond() {
				r.State = ReferralSent
			}
		}
		return tx.refer(ctx, v, c, p, r, in.ReferralInput)
	})
}

// officeFor finds the office, or writes down one without an account. One whose people read here gets no sheet: they would find
// before them, or miss, what our officers answer for in their name.
func (s *Store) officeFor(ctx context.Context, v viewer, in TransferInput) (office models.PartnerOffice, err error) {
	if !in.Sheet {
		err = s.db.With(ctx).Take(&office, "ref = ?", in.Office).Error
		if missing(err) {
			err = ErrNoOffice
		}
		return office, err
	}
	err = s.db.With(ctx).Raw(`INSERT INTO partner_offices (ref, kind, name, created_by, created_at)
		VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (lower(name)) DO UPDATE SET name = partner_offices.name
		RETURNING *`, record.NewRef("KM"), in.OfficeKind, in.OfficeName, v.ID, s.db.Now()).Scan(&office).Error
	if err != nil {
		return office, err
	}
	readers, err := s.peopleOf(ctx, office.ID)
	if err == nil && len(readers) > 0 {
		err = ErrOfficeReads
	}
	return office, err
}

// takesOver makes an office lead a case that was handed over to it: who leads it there, and by when they act. Where the consent
// says so the case ends at the desk.
func (s *Store) takesOver(ctx context.Context, v viewer, c *Case, p Press, r *Referral, leads string, by time.Time) error {
	r.State, r.AnsweredBy, r.AnsweredAt = ReferralAccepted, &v.ID, new(s.db.Now())
	if err := s.saveReferral(ctx, r); err != nil {
		return err
	}
	if err := s.sealInto(ctx, &Referral{ID: r.ID}, "case_referrals", r.ID, map[string]string{"leads_sealed": leads}); err != nil {
		return err
	}
	c.OfficeID = &r.OfficeID
	e := Event{Kind: EventTransferAccepted, Detail: r.Ref, NextActor: ActorPartner, DueAt: &by}
	ends := r.Ends && (!c.NeedsSecond() || r.AgreedBy != nil) // it may have become worse since it was sent
	if err := s.did(ctx, v, c, p, e, ""); err != nil || !ends {
		return err
	}
	if err := s.endOthers(ctx, v, *c, r.ID); err != nil {
		return err
	}
	c.State, c.Outcome, c.ClosedAt = CaseClosed, OutcomeTransferred, new(s.db.Now())
	return s.did(ctx, v, c, Press{}, Event{Kind: EventClosed, Detail: OutcomeTransferred}, "")
}

// OutcomeTransferred is how a case ended at the desk that an office leads now.
const OutcomeTransferred = "transferred"

// endOthers ends what waits on a case that ends here, but for one referral: other offices see nothing more, nobody asks for it,
// and no second officer has to agree to anything on it, lest an old wish is agreed to once the case is opened again. A closing
// that nobody answered is refused by nobody.
func (s *Store) endOthers(ctx context.Context, v viewer, c Case, but int64) error {
	err := s.db.With(ctx).Exec(`UPDATE case_referrals
		SET state = 'ended',
			version = version + 1
		WHERE case_id = ?
			AND id <> ?
			AND state IN ('proposed', 'sent', 'accepted')`, c.ID, but).Error
	if err != nil {
		return err
	}
	args := map[string]any{"case": c.ID, "by": v.ID, "now": s.db.Now()}
	for _, waits := range []string{
		"UPDATE case_asks SET state = 'ended' WHERE case_id = @case AND state = 'asked'",
		"UPDATE case_closings SET agreed = false, answered_at = @now WHERE case_id = @case AND agreed IS NULL",
		"UPDATE case_joins SET undone_by = @by, undone_at = @now WHERE case_id = @case AND agreed IS NULL AND undone_at IS NULL",
		`UPDATE case_consents
		SET withdrawn_at = @now
		WHERE case_id = @case
			AND how = 'kin'
			AND agreed_by IS NULL
			AND withdrawn_at IS NULL`,
	} {
		if err := s.db.With(ctx).Exec(waits, args).Error; err != nil {
			return err
		}
	}
	return nil
}

// back makes the desk lead a case again whose transfer is over.
func (c *Case) back(r Referral) {
	if r.Kind == KindTransfer && !r.open() && c.OfficeID != nil && *c.OfficeID == r.OfficeID {
		c.OfficeID = nil
	}
}

// AcceptTransfer makes the office of a partner lead a case: who leads it there, and by when they act.
func (s *Store) AcceptTransfer(ctx context.Context, partner record.User, p PartnerPress, leads string, by time.Time) error {
	leads = strings.TrimSpace(leads)
	var errs []error
	if n := utf8.RuneCountInString(leads); n == 0 || n > AnswerLength {
		errs = append(errs, ErrLeads)
	}
	if err := errors.Join(append(errs, (Due{ActorPartner, by}).check(s.db.Now()))...); err != nil {
		return err
	}
	return s.transact(ctx, "partner accepts a transfer", func(tx *Store) error {
		if done, err := tx.taken(ctx, p.Form); err != nil || done {
			return err
		}
		r, c, err := tx.living(ctx, partner, p.Ref)
		if err != nil {
			return err
		}
		if r.Kind != KindTransfer || r.Version != p.Version || r.State != ReferralSent {
			return models.ErrStale
		}
		return tx.takesOver(ctx, viewer{User: partner}, &c, Press{Form: p.Form}, &r, leads, by)
	})
}

// A SheetAnswer is what an office without an account said to a sheet: who said it and how it came. Leads says who leads the case
// there; Reason why they refuse.
type SheetAnswer struct {
	State  string // accepted, refused or done
	Reason string
	SaidBy string
	Source string
	Leads  string
	Due    Due
}

func (a *SheetAnswer) check(now time.Time) error {
	for _, text := range []*string{&a.SaidBy, &a.Source, &a.Leads} {
		*text = strings.TrimSpace(*text)
	}
	var errs []error
	if !slices.Contains([]string{ReferralAccepted, ReferralRefused, ReferralDone}, a.State) {
		errs = append(errs, &record.Refusal{Key: ErrChoice.Key, Field: "answer"})
	}
	if (a.State == ReferralRefused) != slices.Contains(RefusalReasons(), a.Reason) {
		errs = append(errs, &record.Refusal{Key: "case.transfer.reason_missing", Field: "reason"})
	}
	if a.SaidBy == "" {
		errs = append(errs, ErrSaidBy)
	}
	if a.Source == "" {
		errs = append(errs, ErrSheetSource)
	}
	errs = append(errs, tooLong(map[string]string{"said_by": a.SaidBy, "source": a.Source, "leads": a.Leads}), a.Due.check(now))
	return errors.Join(errs...)
}

// RecordAnswer writes down what an office without an account answered to a sheet.
func (s *Store) RecordAnswer(ctx context.Context, officer record.User, p Press, ref string, a SheetAnswer) error {
	if err := a.check(s.db.Now()); err != nil {
		return err
	}
	return s.press(ctx, officer, ActTransfer, p, func(tx *Store, v viewer, c *Case) error {
		r, err := tx.referral(ctx, *c, ref)
		switch {
		case err != nil:
			return err
		case !r.BySheet:
			return ErrNoSheet
		case a.State == ReferralDone && r.State != ReferralAccepted, a.State != ReferralDone && r.State != ReferralSent:
			return models.ErrStale
		case r.Kind == KindTransfer && a.State == ReferralAccepted && a.Leads == "":
			return ErrLeads
		}
		texts := map[string]string{"said_by_sealed": a.SaidBy, "source_sealed": a.Source}
		if err := tx.sealInto(ctx, &Referral{ID: r.ID}, "case_referrals", r.ID, texts); err != nil {
			return err
		}
		if r, err = tx.referral(ctx, *c, ref); err != nil { // with what was sealed into it
			return err
		}
		if r.Kind == KindTransfer && a.State == ReferralAccepted {
			return tx.takesOver(ctx, v, c, p, &r, a.Leads, a.Due.By)
		}
		kinds := map[string]string{
			ReferralAccepted: EventPartnerAccepted, ReferralRefused: EventPartnerRefused, ReferralDone: EventPartnerDone,
		}
		r.State, r.Reason, r.AnsweredBy, r.AnsweredAt = a.State, a.Reason, &v.ID, new(tx.db.Now())
		if err := tx.saveReferral(ctx, &r); err != nil {
			return err
		}
		c.back(r)
		return tx.did(ctx, v, c, p, Event{Kind: kinds[a.State], Detail: r.Ref, NextActor: a.Due.Next, DueAt: &a.Due.By}, "")
	})
}

// Sheet is what of a case goes to an office on paper: the parts that were chosen and nothing else, as its people would read it
// here. The look is written down.
func (s *Store) Sheet(ctx context.Context, officer record.User, ref, referral string) (d PartnerCase, err error) {
	err = s.transact(ctx, "print a sheet", func(tx *Store) error {
		v, c, _, err := tx.acting(ctx, officer, ActTransfer, ref)
		if err != nil {
			return err
		}
		r, err := tx.livingOf(ctx, c, referral)
		if err != nil {
			return err
		}
		if !r.BySheet {
			return record.ErrNotFound
		}
		d = PartnerCase{PartnerRow: PartnerRow{Referral: r, CaseRef: c.Ref, Urgency: c.Urgency, Lives: true}}
		if err := tx.openParts(ctx, &d, c); err != nil {
			return err
		}
		return tx.db.Audit(ctx, v.User, record.Act{
			Action: "sheet_printed", SubjectKind: "case", SubjectID: c.ID, Detail: map[string]any{"referral": r.Ref},
		})
	})
	return d, err
}

// livingOf finds a referral of a case that its office may see now.
func (s *Store) livingOf(ctx context.Context, c Case, ref string) (r Referral, err error) {
	err = s.db.With(ctx).Raw(`SELECT r.* FROM case_referrals r WHERE r.ref = @ref AND r.case_id = @case AND `+lives,
		map[string]any{"ref": ref, "case": c.ID, "now": s.db.Now()}).Scan(&r).Error
	if err == nil && r.ID == 0 {
		err = record.ErrNotFound
	}
	return r, err
}

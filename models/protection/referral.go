package protection

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
)

// The states of a referral: without consent it waits for a second officer; it is sent; the office accepted it; its part
// is done; it refused; somebody took it back; it ended with its day or with its case.
const (
	ReferralProposed  = "proposed"
	ReferralSent      = "sent"
	ReferralAccepted  = "accepted"
	ReferralDone      = "done"
	ReferralRefused   = "refused"
	ReferralWithdrawn = "withdrawn"
	ReferralEnded     = "ended"
)

// The parts of a case that an office can be shown.
const (
	ShowWho   = "who"   // who she is
	ShowReach = "reach" // how to reach her
	ShowStory = "story" // where she is and what happened
	ShowLog   = "log"   // what was done, but for notes inside the desk

	ShowPlan   = "plan"   // of coming home
	ShowPapers = "papers" // passport or SPLP, and leave to go
)

// Shown lists the parts in the order of the form.
func Shown() []string { return []string{ShowWho, ShowReach, ShowStory, ShowLog, ShowPlan, ShowPapers} }

// ConsentVersion names the words by which people agree that an office may read of their case; they stand in the
// catalogue under case.consent.text.
const ConsentVersion = "2026-11-30"

// ConsentWays lists how somebody can say so: to an officer who writes it down, or on paper.
func ConsentWays() []string { return []string{"spoken", "written"} }

// RefusalReasons lists why an office refuses.
func RefusalReasons() []string {
	return []string{"not_ours", "no_capacity", "unclear", "double", "other"}
}

// The refusals of referrals.
var (
	ErrNoParts       = &record.Refusal{Key: "case.refer.parts_missing", Field: "parts"}
	ErrNoOffice      = &record.Refusal{Key: "case.refer.office_missing", Field: "office"}
	ErrReferredTwice = &record.Refusal{Key: "case.refer.twice", Field: "office"}
	ErrReferralOver  = &record.Refusal{Key: "case.refer.over"}
	ErrConsentOf     = &record.Refusal{Key: "case.refer.consent_of", Field: "person"}
	ErrUntil         = &record.Refusal{Key: "case.refer.until_wrong", Field: "until"}
)

// longestAccess is how long an office may see a case at most before it is referred anew.
const longestAccess = 365 * 24 * time.Hour

// Referral is a case, or parts of it, before the eyes of another office until an instant.
type Referral struct {
	ID           int64
	Ref          string
	CaseID       int64
	OfficeID     int64
	ConsentID    *int64
	Parts        record.Codes `gorm:"type:text[]"`
	AskSealed    []byte
	WhySealed    []byte
	State        string
	Until        time.Time
	LeadID       int64
	SentBy       int64
	SentAt       time.Time
	AgreedBy     *int64
	AgreedAt     *time.Time
	AnsweredBy   *int64
	AnsweredAt   *time.Time
	Reason       string
	Version      int
	Kind         string
	Ends         bool // the case ends at the desk once the office has it
	BySheet      bool // on paper: the office has no account
	LeadsSealed  []byte
	SaidBySealed []byte
	SourceSealed []byte
	OfficeName   string `gorm:"->;-:migration"`
	OfficeKind   string `gorm:"->;-:migration"`
}

// TableName is where referrals lie.
func (Referral) TableName() string { return "case_referrals" }

// Consent is somebody's word that an office may read of their case, or somebody else on it the plan to come home.
type Consent struct {
	ID          int64
	Ref         string
	CaseID      int64
	PersonID    int64
	OfficeID    *int64
	ReaderID    *int64
	How         string
	Version     string
	Until       time.Time
	RecordedBy  int64
	GivenAt     time.Time
	AgreedBy    *int64
	AgreedAt    *time.Time
	WithdrawnAt *time.Time
}

// TableName is where consents on cases lie.
func (Consent) TableName() string { return "case_consents" }

// ReferralInput is what an officer refers: to which office (its reference), which parts, what is asked, until when; and
// who agreed how, or why it goes without consent.
type ReferralInput struct {
	Office string
	Parts  []string
	Files  []string // references of files of the case, chosen one by one
	Ask    string
	Until  time.Time
	Person string // reference of who agreed
	How    string
	// WithoutConsent is said on purpose; Why is its reason.
	WithoutConsent bool
	Why            string

	version string // of the words of the consent; empty for those of a referral
}

func (in ReferralInput) check(now time.Time) error {
	var errs []error
	if len(in.Parts)+len(in.Files) == 0 || slices.ContainsFunc(in.Parts, func(p string) bool { return !slices.Contains(Shown(), p) }) {
		errs = append(errs, ErrNoParts)
	}
	if in.Office == "" {
		errs = append(errs, ErrNoOffice)
	}
	if !in.Until.After(now) || in.Until.Sub(now) > longestAccess {
		errs = append(errs, ErrUntil)
	}
	if _, err := inWords(in.Ask, &record.Refusal{Key: "case.refer.ask_missing", Field: "ask"}); err != nil {
		errs = append(errs, err)
	}
	switch {
	case in.Person == "" && !in.WithoutConsent:
		errs = append(errs, &record.Refusal{Key: "case.refer.consent_missing", Field: "person"})
	case in.WithoutConsent && strings.TrimSpace(in.Why) == "":
		errs = append(errs, ErrWhyMissing)
	case in.Person != "" && !slices.Contains(ConsentWays(), in.How):
		errs = append(errs, &record.Refusal{Key: "case.refer.how_missing", Field: "how"})
	}
	return errors.Join(errs...)
}

// Refer shows parts of a case to an office. With the consent of somebody on the case it is sent; without, it waits until
// a second officer agrees to the reason. Nothing is shown that was not chosen.
func (s *Store) Refer(ctx context.Context, officer record.User, p Press, in ReferralInput) error {
	return s.press(ctx, officer, ActRefer, p, func(tx *Store, v viewer, c *Case) error {
		if err := in.check(tx.db.Now()); err != nil {
			return err
		}
		var office models.PartnerOffice
		if err := tx.db.With(ctx).Take(&office, "ref = ?", in.Office).Error; err != nil {
			if missing(err) {
				return ErrNoOffice
			}
			return err
		}
		now := tx.db.Now()
		r := Referral{
			Ref: record.NewRef("RJ"), CaseID: c.ID, OfficeID: office.ID, Parts: in.Parts, State: ReferralProposed, Until: in.Until,
			LeadID: *c.LeadID, SentBy: v.ID, SentAt: now, Version: 1, Kind: KindRefer,
		}
		if !in.WithoutConsent {
			consent, err := tx.consent(ctx, v, *c, office, in)
			if err != nil {
				return err
			}
			r.State, r.ConsentID = ReferralSent, &consent.ID
		}
		return tx.refer(ctx, v, c, p, r, in)
	})
}

func (s *Store) consent(ctx context.Context, v viewer, c Case, office models.PartnerOffice, in ReferralInput) (Consent, error) {
	person, err := s.personOn(ctx, c, in.Person)
	if err != nil {
		return Consent{}, err
	}
	if person.Part != PartSubject {
		return Consent{}, ErrConsentOf // nobody else's word opens what happens to somebody
	}
	k := Consent{
		Ref: record.NewRef("ST"), CaseID: c.ID, PersonID: person.ID, OfficeID: &office.ID, How: in.How,
		Version: cmp.Or(in.version, ConsentVersion), Until: in.Until, RecordedBy: v.ID, GivenAt: s.db.Now(),
	}
	return k, s.db.With(ctx).Create(&k).Error
}

// refer writes the referral down. One that was sent waits for the office until the end of the third working day.
func (s *Store) refer(ctx context.Context, v viewer, c *Case, p Press, r Referral, in ReferralInput) error {
	err := s.db.With(ctx).Omit("OfficeName", "OfficeKind").Create(&r).Error
	if record.Violates(err, "case_referrals_one_at_a_time") {
		return ErrReferredTwice
	}
	if record.Violates(err, "case_referrals_one_transfer") {
		return ErrTransferredTwice
	}
	if err == nil {
		err = s.lend(ctx, r, in.Files)
	}
	if err != nil {
		return err
	}
	for column, text := range map[string]string{"ask_sealed": strings.TrimSpace(in.Ask), "why_sealed": strings.TrimSpace(in.Why)} {
		sealed, err := s.sealed(text, "case_referrals", r.ID, column)
		if err == nil {
			err = s.db.With(ctx).Model(&Referral{ID: r.ID}).Update(column, sealed).Error
		}
		if err != nil {
			return err
		}
	}
	if r.State == ReferralProposed {
		return s.askSecond(ctx, v, c, p, Event{Kind: EventReferAsked, Detail: r.Ref}, "")
	}
	return s.sentTo(ctx, v, c, p, r)
}

// sentTo makes it the office's turn and tells its people. Where the case goes over, what the office asked for is granted, and not
// before: a second officer may refuse what is only proposed.
func (s *Store) sentTo(ctx context.Context, v viewer, c *Case, p Press, r Referral) error {
	due, err := models.Deadline(ctx, s.db, 3)
	if err != nil {
		return err
	}
	kind := EventReferred
	if r.Kind == KindTransfer {
		kind = EventTransferSent
		if err := s.answerAsks(ctx, v, *c, r.OfficeID); err != nil {
			return err
		}
	}
	if err := s.did(ctx, v, c, p, Event{Kind: kind, Detail: r.Ref, NextActor: ActorPartner, DueAt: &due}, ""); err != nil {
		return err
	}
	return s.tellOffice(ctx, r)
}

// peopleOf are the people of an office who have an account.
func (s *Store) peopleOf(ctx context.Context, office int64) (list []record.User, err error) {
	err = s.db.With(ctx).Where("partner_office_id = ? AND closed_at IS NULL", office).Order("id").Limit(100).Find(&list).Error
	return list, err
}

// tellOffice writes to the people of an office that something was referred, and nothing else. What goes on paper is told to none.
func (s *Store) tellOffice(ctx context.Context, r Referral) error {
	if r.BySheet {
		return nil
	}
	list, err := s.peopleOf(ctx, r.OfficeID)
	for _, u := range list {
		if err == nil {
			err = s.db.Tell(ctx, u, "referral:"+r.Ref+":"+u.Ref, "referral", map[string]string{"Path": partnerPath(r.Ref)})
		}
	}
	return err
}

// AgreeReferral is the second officer's word on a referral without consent: it is sent, or taken back.
func (s *Store) AgreeReferral(ctx context.Context, officer record.User, p Press, ref string, agree bool) error {
	return s.press(ctx, officer, ActAgreeRefer, p, func(tx *Store, v viewer, c *Case) error {
		r, err := tx.referral(ctx, *c, ref)
		if err != nil {
			return err
		}
		switch {
		case r.State != ReferralProposed:
			return models.ErrStale
		case r.SentBy == v.ID:
			return ErrNotYours
		case agree && !r.Until.After(tx.db.Now()):
			return ErrReferralOver
		}
		now := tx.db.Now()
		r.State, r.AgreedBy, r.AgreedAt = ReferralWithdrawn, &v.ID, &now
		if agree {
			r.State = ReferralSent
		}
		if err := tx.saveReferral(ctx, &r); err != nil {
			return err
		}
		if !agree {
			return tx.did(ctx, v, c, p, backToLead(c, Event{Kind: EventReferDeclined, Detail: r.Ref}), "")
		}
		return tx.sentTo(ctx, v, c, p, r)
	})
}

// WithdrawReferral takes a referral back that is not finished: the office sees nothing from its next press on.
func (s *Store) WithdrawReferral(ctx context.Context, officer record.User, p Press, ref, why string) error {
	why, err := inWords(why, &record.Refusal{Key: ErrWhyMissing.Key, Field: "back"})
	if err != nil {
		return err
	}
	return s.press(ctx, officer, ActRefer, p, func(tx *Store, v viewer, c *Case) error {
		r, err := tx.referral(ctx, *c, ref)
		if err != nil {
			return err
		}
		if !r.open() {
			return models.ErrStale
		}
		r.State = ReferralWithdrawn
		if err := tx.saveReferral(ctx, &r); err != nil {
			return err
		}
		c.back(r)
		due, err := tx.firstContactFrom(ctx, *c)
		if err != nil {
			return err
		}
		return tx.did(ctx, v, c, p, Event{Kind: EventReferWithdrawn, Detail: r.Ref, NextActor: ActorLead, DueAt: due}, why)
	})
}

// open says whether the referral still goes on.
func (r Referral) open() bool {
	return r.State == ReferralProposed || r.State == ReferralSent || r.State == ReferralAccepted
}

// referral finds and locks a referral of a case.
func (s *Store) referral(ctx context.Context, c Case, ref string) (r Referral, err error) {
	err = locked(s.db.With(ctx)).Where("case_id = ? AND ref = ?", c.ID, ref).Take(&r).Error
	return r, err
}

func (s *Store) saveReferral(ctx context.Context, r *Referral) error {
	r.Version++
	return s.db.With(ctx).Omit("OfficeName", "OfficeKind").Save(r).Error
}

package models

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"naikkelas/models/record"
)

// Offer is an intake as somebody applies to it, with what it belongs to. Education is nil, and Certificates are
// empty, when the programme asks for none.
type Offer struct {
	Intake       Intake
	Programme    Programme
	Institution  Institution
	Education    *EducationLevel
	Certificates []CertificateType
}

// Takes says whether the intake takes applications at an instant: it is open, the programme
// is published, and its institution verified and licensed.
func (o Offer) Takes(at time.Time) bool {
	return o.Window(at) == Open
}

// Window is where the intake stands.
func (o Offer) Window(at time.Time) Window {
	return WindowOf(o.Intake, o.Programme.State, o.Institution, at)
}

// Terms are the offer's conditions for eligibility.
func (o Offer) Terms() Terms {
	t := Terms{AgeMin: o.Programme.AgeMin, AgeMax: o.Programme.AgeMax, RequiresDKI: o.Programme.RequiresDKI}
	if o.Education != nil {
		t.EducationMin, t.EducationRank = o.Education.Code, o.Education.Rank
	}
	for _, c := range o.Certificates {
		t.Certificates = append(t.Certificates, c.Code)
	}
	if o.Intake.StartsOn != nil {
		t.StartsOn = *o.Intake.StartsOn
	}
	return t
}

// Offer finds a published intake by its reference; a draft is ErrNotFound.
func (s *Store) Offer(ctx context.Context, intakeRef string) (Offer, error) {
	var in Intake
	if err := s.db.With(ctx).Where("ref = ? AND state <> ?", intakeRef, IntakeDraft).Take(&in).Error; err != nil {
		return Offer{}, err
	}
	return s.offerOf(ctx, in)
}

// offerOf adds to an intake what it belongs to.
func (s *Store) offerOf(ctx context.Context, in Intake) (Offer, error) {
	o := Offer{Intake: in}
	db := s.db.With(ctx)
	if err := db.Take(&o.Programme, "id = ? AND published_at IS NOT NULL", in.ProgrammeID).Error; err != nil {
		return o, err
	}
	errs := []error{db.Take(&o.Institution, "id = ?", o.Programme.InstitutionID).Error}
	if code := o.Programme.EducationMin; code != nil {
		o.Education = &EducationLevel{}
		errs = append(errs, db.Take(o.Education, "code = ?", *code).Error)
	}
	var err error
	o.Certificates, err = s.certificateTypesOf(ctx, o.Programme.RequiredCertificates)
	errs = append(errs, err)
	return o, errors.Join(errs...)
}

// Fit is how a seeker stands towards an offer: every requirement, the profile's sections, and
// the application that is there already, nil when there is none.
type Fit struct {
	Offer        Offer
	Requirements []Requirement
	Sections     []Section
	Application  *Application
}

// Possible says that nothing stands in the way for good: a requirement may wait for the profile,
// a certificate or a guardian, but none of age, schooling and residence is unmet.
func (f Fit) Possible() bool {
	for _, r := range f.Requirements {
		if r.Met == MetNo && !r.Mendable() {
			return false
		}
	}
	return true
}

// ProfileComplete says whether every section of the profile is there.
func (f Fit) ProfileComplete() bool {
	for _, section := range f.Sections {
		if section.State != SectionComplete {
			return false
		}
	}
	return true
}

// Fit compares the acting seeker with an offer. It asks a fixed number of questions.
func (s *Store) Fit(ctx context.Context, actor User, intakeRef string) (Fit, error) {
	o, err := s.Offer(ctx, intakeRef)
	if err != nil {
		return Fit{}, err
	}
	return s.fit(ctx, actor, o)
}

func (s *Store) fit(ctx context.Context, actor User, o Offer) (Fit, error) {
	f := Fit{Offer: o}
	whole, err := s.wholeProfile(ctx, actor.ID)
	if err != nil {
		return f, err
	}
	candidate, err := s.ownCandidate(ctx, whole)
	if err != nil {
		return f, err
	}
	f.Requirements = candidate.Requirements(o.Terms())
	day := record.DayOf(s.db.Now()).Date()
	if o.Intake.StartsOn != nil {
		day = *o.Intake.StartsOn
	}
	f.Sections = ProfileSections(whole, day)
	a, err := s.liveApplication(ctx, actor, o.Intake.ID)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return f, nil
	}
	f.Application = &a
	return f, err
}

// liveApplication finds the person's application to an intake that is not over.
func (s *Store) liveApplication(ctx context.Context, actor User, intakeID int64) (Application, error) {
	var a Application
	err := s.db.With(ctx).Where("intake_id = ? AND seeker_id = ? AND "+endedStates.notIn("state"), intakeID, actor.ID).Take(&a).Error
	return a, err
}

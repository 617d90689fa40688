package models

import (
	"context"
	"slices"
	"time"

	"naikkelas/models/record"
)

// SectionState says how far a section of the profile is.
type SectionState string

// A section has nothing in it, something, or everything that is asked.
const (
	SectionNotStarted SectionState = "not_started"
	SectionInProgress SectionState = "in_progress"
	SectionComplete   SectionState = "complete"
)

// The sections of a profile, each one page.
const (
	SectionIdentity   = "identity"
	SectionPhoto      = "photo"
	SectionAddress    = "address"
	SectionEducation  = "education"
	SectionLanguages  = "languages"
	SectionExperience = "experience"
	SectionContacts   = "contacts"
	SectionGuardian   = "guardian"
)

// Section is one line of the profile's task list.
type Section struct {
	Name  string
	State SectionState
}

// ProfileSections is the task list in its order. The guardian's section is there only for
// somebody under 18 on the day.
func ProfileSections(w WholeProfile, day time.Time) []Section {
	p := w.Profile
	list := []Section{
		{SectionIdentity, progress(len(p.NIKSealed) > 0, p.BirthPlace != "", p.BirthDate != nil, p.Sex != nil)},
		{SectionPhoto, progress(w.HasDocument("ktp"))},
		{SectionAddress, progress(w.KTP != nil, w.KTP != nil && (p.DomicileSame || w.Domicile != nil))},
		{SectionEducation, progress(p.EducationCode != nil)},
		{SectionLanguages, progress(p.NoLanguages || len(w.Languages) > 0)},
		{SectionExperience, progress(p.NoExperience || len(w.Experiences) > 0)},
		{SectionContacts, progress(len(w.Contacts) > 0, len(w.Contacts) > 1)},
	}
	if p.BirthDate != nil && p.AgeOn(day) < adult {
		list = append(list, Section{SectionGuardian, w.guardian()})
	}
	return list
}

// Complete says whether every section has everything that is asked on the day.
func (w WholeProfile) Complete(day time.Time) bool {
	return !slices.ContainsFunc(ProfileSections(w, day), func(s Section) bool { return s.State != SectionComplete })
}

// guardian says how far what is wanted of a minor's guardian is.
func (w WholeProfile) guardian() SectionState {
	p := w.Profile
	return progress(len(p.GuardianNameSealed) > 0, p.GuardianRelation != "", len(p.GuardianPhoneSealed) > 0, w.HasDocument("guardian_consent"))
}
func progress(parts ...bool) SectionState {
	done := 0
	for _, p := range parts {
		if p {
			done++
		}
	}
	switch done {
	case 0:
		return SectionNotStarted
	case len(parts):
		return SectionComplete
	}
	return SectionInProgress
}

// certificateCounts are the states in which a certificate counts for officers: it was sent, and no officer rejected or
// suspended it. One that is to be mended counts.
var certificateCounts = []CertificateState{CertificateSubmitted, CertificateChecking, CertificateVerified, CertificateNeedsFix}

// ownCandidate is the person as their own path to an application looks at them. A draft counts too: it is sent with the
// application that names it.
func (s *Store) ownCandidate(ctx context.Context, w WholeProfile) (Candidate, error) {
	return s.candidateWith(ctx, w, append([]CertificateState{CertificateDraft}, certificateCounts...))
}

// candidateOf is the person as officers look at them, and all that is decided.
func (s *Store) candidateOf(ctx context.Context, w WholeProfile) (Candidate, error) {
	return s.candidateWith(ctx, w, certificateCounts)
}

// candidateWith is the person as eligibility looks at them: an officer's checked values where there are some, their own
// words elsewhere, and of their certificates those in the given states.
func (s *Store) candidateWith(ctx context.Context, w WholeProfile, counts []CertificateState) (Candidate, error) {
	c := Candidate{BirthDate: w.Profile.BirthDate, EducationRank: -1}
	if check, ok := w.Checks[CheckBirthDate]; ok {
		c.BirthChecked = true
		if check.Outcome == "differs" && check.SeenDate != nil {
			c.BirthDate = check.SeenDate
		}
	}
	regency := ""
	if w.KTP != nil {
		regency = w.KTP.RegencyCode
	}
	if check, ok := w.Checks[CheckKTPAddress]; ok {
		c.AddressChecked = true
		if check.Outcome == "differs" && check.SeenRegency != nil {
			regency = *check.SeenRegency
		}
	}
	c.GuardianComplete = w.guardian() == SectionComplete
	if err := s.lookUpCandidate(ctx, w.Profile, regency, &c); err != nil {
		return c, err
	}
	return c, s.certificatesThatCount(ctx, w.Profile, counts, &c)
}

// lookUpCandidate adds what reference data say.
func (s *Store) lookUpCandidate(ctx context.Context, p Profile, regency string, c *Candidate) error {
	db := s.db.With(ctx)
	if p.EducationCode != nil {
		if err := db.Model(&EducationLevel{}).Where("code = ?", *p.EducationCode).Select("rank").Scan(&c.EducationRank).Error; err != nil {
			return err
		}
	}
	if regency != "" {
		var r Regency
		if err := db.Where("code = ?", regency).Take(&r).Error; err != nil {
			return err
		}
		c.InJakarta = &r.Jakarta
	}
	return nil
}

// certificatesThatCount adds the types of the certificates in the given states that prove something today.
func (s *Store) certificatesThatCount(ctx context.Context, p Profile, counts []CertificateState, c *Candidate) error {
	today := record.DayOf(s.db.Now()).Date()
	return s.db.With(ctx).Model(&Certificate{}).Distinct("type_code").
		Where("seeker_id = ? AND deleted_at IS NULL AND state IN ?", p.UserID, counts).
		Where("(valid_until IS NULL OR valid_until >= ?)", today).
		Where("(next_confirmation_due IS NULL OR next_confirmation_due >= ?)", today).
		Pluck("type_code", &c.CertificateTypes).Error
}

package models

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"naikkelas/internal/nik"
	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// WholeProfile is everything a seeker has said of themselves, with what officers have seen.
// KTP and Domicile are nil until they are filled in.
type WholeProfile struct {
	User        User
	Profile     Profile
	KTP         *Address
	Domicile    *Address
	Languages   []KnownLanguage
	Experiences []Experience
	Contacts    []EmergencyContact
	Checks      map[string]IdentityCheck // the live check of each field, by Check... name
	Documents   []Upload                 // KTP, family card and the guardian's signed consent, newest first; not those that another replaced
	NeedsAgreed bool                     // the consent to keep Profile.SpecialNeeds is given
}

// HasDocument says whether a file of the purpose is there and was not refused.
func (w WholeProfile) HasDocument(purpose string) bool {
	for _, u := range w.Documents {
		if u.Purpose == purpose && u.State != UploadRefused {
			return true
		}
	}
	return false
}

// CardName is the name on the person's KTP as an officer read it; ok is false while nobody has, or where an officer
// found another name there and did not note it.
func (w WholeProfile) CardName() (name string, ok bool) {
	check, ok := w.Checks[CheckName]
	switch {
	case !ok:
		return "", false
	case check.Outcome == "differs":
		return check.SeenName, check.SeenName != ""
	case check.Typed != "":
		return check.Typed, true
	}
	return w.User.Name, true // checks of before the typed name was kept with them end when it changes
}

// OwnProfile loads the acting seeker's profile, with what they told of health and family opened.
func (s *Store) OwnProfile(ctx context.Context, actor User) (WholeProfile, error) {
	if actor.Role != Seeker {
		return WholeProfile{}, ErrNotFound
	}
	w, err := s.profileOf(ctx, actor)
	if err != nil {
		return w, err
	}
	return w, s.openTold(&w.Profile)
}

// ProfileForOfficer loads a seeker's profile for an officer and records the look. What was told of health and family
// stays sealed: OpenFamily and OpenContact open it.
func (s *Store) ProfileForOfficer(ctx context.Context, officer User, userID int64) (WholeProfile, error) {
	if officer.Role != Officer {
		return WholeProfile{}, ErrForbidden
	}
	var w WholeProfile
	err := s.transact(ctx, "profile for officer", func(tx *Store) error {
		var err error
		if w, err = tx.wholeProfile(ctx, userID); err != nil {
			return err
		}
		return tx.db.Audit(ctx, officer, record.Act{Action: "profile_seen", SubjectKind: "profile", SubjectID: userID, PersonID: userID})
	})
	return w, err
}

// wholeProfile is profileOf for somebody who is known by their id alone.
func (s *Store) wholeProfile(ctx context.Context, userID int64) (WholeProfile, error) {
	var u User
	if err := s.db.With(ctx).Where("id = ? AND role = ? AND closed_at IS NULL", userID, Seeker).Take(&u).Error; err != nil {
		return WholeProfile{}, err
	}
	return s.profileOf(ctx, u)
}

// profileOf asks a fixed number of questions, however much the person has filled in.
func (s *Store) profileOf(ctx context.Context, u User) (WholeProfile, error) {
	w := WholeProfile{User: u, Checks: map[string]IdentityCheck{}}
	db, userID := s.db.With(ctx), u.ID
	w.Profile = Profile{UserID: userID, DomicileSame: true}
	if err := db.Where("user_id = ?", userID).Take(&w.Profile).Error; err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return w, err
	}
	var addresses []Address
	var checks []IdentityCheck
	for _, q := range []struct {
		into  any
		order string
		where string
	}{
		{&addresses, "kind", "user_id = ?"},
		{&w.Languages, "id", "user_id = ?"},
		{&w.Experiences, "start_year DESC, id", "user_id = ?"},
		{&w.Contacts, "position", "user_id = ?"},
		{&checks, "id", "user_id = ? AND superseded_at IS NULL"},
		{&w.Documents, "id DESC", `owner_id = ?
			AND purpose IN ('ktp', 'kk', 'guardian_consent')
			AND deleted_at IS NULL
			AND replaced_at IS NULL`},
	} {
		if err := db.Where(q.where, userID).Order(q.order).Limit(100).Find(q.into).Error; err != nil {
			return w, err
		}
	}
	for i, a := range addresses {
		if a.Kind == "ktp" {
			w.KTP = &addresses[i]
		} else {
			w.Domicile = &addresses[i]
		}
	}
	for _, c := range checks {
		w.Checks[c.Field] = c
	}
	var err error
	w.NeedsAgreed, err = s.db.HasConsent(ctx, userID, "special_needs")
	return w, err
}

// OwnNumbers opens the acting seeker's own numbers, for the form that shows them on demand.
func (s *Store) OwnNumbers(ctx context.Context, actor User) (nikPlain, kkPlain, passport string, err error) {
	var p Profile
	if err := s.db.With(ctx).Where("user_id = ?", actor.ID).Take(&p).Error; err != nil {
		return "", "", "", err
	}
	for _, n := range []struct {
		sealed []byte
		column string
		into   *string
	}{{p.NIKSealed, "nik_sealed", &nikPlain}, {p.KKSealed, "kk_sealed", &kkPlain}, {p.PassportSealed, "passport_sealed", &passport}} {
		if *n.into, err = s.openNumber(p.UserID, n.column, n.sealed); err != nil {
			return "", "", "", err
		}
	}
	return nikPlain, kkPlain, passport, nil
}

// RevealNIK opens a seeker's NIK for an officer. The look is recorded before the number is
// handed out. A seeker without a NIK is not found.
func (s *Store) RevealNIK(ctx context.Context, officer User, userID int64) (string, error) {
	if officer.Role != Officer {
		return "", ErrForbidden
	}
	var plain string
	err := s.transact(ctx, "reveal nik", func(tx *Store) error {
		var p Profile
		if err := tx.db.With(ctx).Where("user_id = ? AND nik_sealed IS NOT NULL", userID).Take(&p).Error; err != nil {
			return err
		}
		var err error
		if plain, err = tx.openNumber(userID, "nik_sealed", p.NIKSealed); err != nil {
			return err
		}
		return tx.db.Audit(ctx, officer, record.Act{Action: "nik_revealed", SubjectKind: "profile", SubjectID: userID, PersonID: userID})
	})
	if err != nil {
		return "", err
	}
	return plain, nil
}

// openNumbers opens the NIK of a file for the officer who has it, and the one that stands on the card where it is
// another. One look is written down for each time that they took the file.
func (s *Store) openNumbers(ctx context.Context, officer User, f *OfficerApplication) error {
	return s.transact(ctx, "open numbers", func(tx *Store) (err error) {
		if f.NIK, err = tx.openNumber(f.SeekerID, "nik_sealed", f.Profile.Profile.NIKSealed); err != nil || f.NIK == "" {
			return err
		}
		if c := f.Profile.Checks[CheckNIK]; len(c.SeenSealed) > 0 {
			plain, err := tx.db.Box().Unseal(c.SeenSealed, seal.At("identity_checks", c.ID, "seen_sealed"))
			if err != nil {
				return err
			}
			f.SeenNIK = string(plain)
		}
		var seen bool
		err = tx.db.With(ctx).Raw(`SELECT EXISTS (SELECT 1
			FROM audit_rows
			WHERE person_id = ?
				AND actor_id = ?
				AND action = 'nik_revealed'
				AND at >= (SELECT max(e.at)
					FROM application_events e
					WHERE e.application_id = ?
						AND e.to_state = 'in_review'))`, f.SeekerID, officer.ID, f.ID).Scan(&seen).Error
		if err != nil || seen {
			return err
		}
		return tx.db.Audit(ctx, officer, record.Act{
			Action: "nik_revealed", SubjectKind: "profile", SubjectID: f.SeekerID, PersonID: f.SeekerID,
		})
	})
}

func (s *Store) openNumber(userID int64, column string, sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	plain, err := s.db.Box().Unseal(sealed, seal.At("profiles", userID, column))
	if err != nil {
		return "", fmt.Errorf("open %s of %d: %w", column, userID, err)
	}
	return string(plain), nil
}

// WarningTwice says that another account gave the same NIK; the other person is not named.
const WarningTwice = "claimed_twice"

// WarningOnCard says that officers read the NIK on the card of somebody else.
const WarningOnCard = "on_other_card"

// IdentityWarnings lists what an officer should look at: the soft checks of internal/nik and
// WarningTwice and WarningOnCard. It never holds the number, and no warning refuses.
func (s *Store) IdentityWarnings(ctx context.Context, officer User, userID int64) ([]string, error) {
	if officer.Role != Officer {
		return nil, ErrForbidden
	}
	var p Profile
	err := s.db.With(ctx).Where("user_id = ? AND nik_sealed IS NOT NULL", userID).Take(&p).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	plain, err := s.openNumber(userID, "nik_sealed", p.NIKSealed)
	if err != nil {
		return nil, err
	}
	number, err := nik.Parse(plain)
	if err != nil {
		return nil, err
	}
	list, err := s.nikWarnings(ctx, p, number)
	if err != nil {
		return nil, err
	}
	indexes, err := s.nikIndexes(ctx, number)
	if err != nil {
		return nil, err
	}
	var others int64
	err = s.db.With(ctx).Model(&Profile{}).Where(ofNIK("profiles")+" AND user_id <> ?", indexes, indexes, userID).Count(&others).Error
	if err != nil {
		return nil, err
	}
	if others > 0 {
		list = append(list, WarningTwice)
	}
	var onCard int64
	err = s.db.With(ctx).Model(&IdentityCheck{}).
		Where("seen_index IN ? AND user_id <> ? AND superseded_at IS NULL", s.db.Box().Indexes(number.Plain(), "nik"), userID).
		Count(&onCard).Error
	if onCard > 0 {
		list = append(list, WarningOnCard)
	}
	return list, err
}

func (s *Store) nikWarnings(ctx context.Context, p Profile, number nik.NIK) ([]string, error) {
	region := number.Region()
	var known int64
	err := s.db.With(ctx).Model(&Regency{}).Where("code = ?", region[:2]+"."+region[2:4]).Count(&known).Error
	if err != nil {
		return nil, err
	}
	var birth time.Time
	if p.BirthDate != nil {
		birth = *p.BirthDate
	}
	var sex nik.Sex
	if p.Sex != nil {
		sex = nik.Sex(*p.Sex)
	}
	var list []string
	for _, w := range nik.Warnings(number, birth, sex, func(string) bool { return known > 0 }) {
		list = append(list, string(w))
	}
	return list, nil
}

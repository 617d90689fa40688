package models

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/internal/nik"
	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// Identity is the identity section as a form gives it. A zero NIK or KK and an empty passport
// number keep what is there, because the form shows only their masked forms.
type Identity struct {
	Name         string // as on the KTP, one field; one word is a whole name
	Title        string
	PassportName string
	NIK          nik.NIK
	KK           nik.KK
	Passport     string
	BirthPlace   string
	BirthDate    time.Time // calendar day, UTC midnight
	Sex          string    // L or P
}

// SaveIdentity saves the section. Another NIK is unverified again, and what an officer has
// checked before counts no more where the field changed. A NIK that somebody else gave too is
// taken, and only officers are told (design.md section 4, Secrets of people).
func (s *Store) SaveIdentity(ctx context.Context, actor User, in Identity) error {
	return s.saveSection(ctx, actor, "identity", func(tx *Store, p Profile) error {
		set := map[string]any{
			"title": in.Title, "passport_name": in.PassportName, "birth_place": in.BirthPlace,
			"birth_date": in.BirthDate, "sex": in.Sex,
		}
		if err := tx.sealNumbers(actor.ID, in, set); err != nil {
			return err
		}
		other, err := tx.setNIKIndex(ctx, p, in.NIK, set)
		if err != nil {
			return err
		}
		var stale []string
		if other {
			set["nik_verified"] = false
			stale = append(stale, CheckNIK)
		}
		if p.BirthDate == nil || record.DateDay(*p.BirthDate) != record.DateDay(in.BirthDate) {
			stale = append(stale, CheckBirthDate)
		}
		renamed := tx.db.With(ctx).Model(&User{}).Where("id = ? AND name <> ?", actor.ID, in.Name).
			Updates(map[string]any{"name": in.Name, "updated_at": tx.db.Now()})
		if renamed.Error != nil {
			return renamed.Error
		}
		if renamed.RowsAffected > 0 {
			stale = append(stale, CheckName)
		}
		if err := tx.supersede(ctx, actor.ID, stale...); err != nil {
			return err
		}
		return tx.setProfile(ctx, actor.ID, set)
	})
}

// sealNumbers adds the sealed and masked forms of the numbers that were typed.
func (s *Store) sealNumbers(userID int64, in Identity, set map[string]any) error {
	seals := func(column, plain, masked string) error {
		sealed, err := s.db.Box().Seal([]byte(plain), seal.At("profiles", userID, column+"_sealed"))
		set[column+"_sealed"], set[column+"_masked"] = sealed, masked
		return err
	}
	if !in.NIK.IsZero() {
		if err := seals("nik", in.NIK.Plain(), in.NIK.String()); err != nil {
			return err
		}
	}
	if !in.KK.IsZero() {
		if err := seals("kk", in.KK.Plain(), in.KK.String()); err != nil {
			return err
		}
	}
	if in.Passport != "" {
		return seals("passport", in.Passport, maskPassport(in.Passport))
	}
	return nil
}

// maskPassport leaves the letter and the last two signs: C*****21.
func maskPassport(number string) string {
	masked := []byte(number)
	for i := 1; i < len(masked)-2; i++ {
		masked[i] = '*'
	}
	return string(masked)
}

// SaveAddresses saves the KTP address and the domicile; same means that the person lives at
// the KTP address, and domicile is then not looked at.
func (s *Store) SaveAddresses(ctx context.Context, actor User, ktp Address, same bool, domicile Address) error {
	return s.saveSection(ctx, actor, "address", func(tx *Store, _ Profile) error {
		var before []Address
		if err := tx.db.With(ctx).Where("user_id = ? AND kind = 'ktp'", actor.ID).Limit(1).Find(&before).Error; err != nil {
			return err
		}
		ktp.UserID, ktp.Kind = actor.ID, "ktp"
		if len(before) == 0 || before[0] != ktp {
			if err := tx.supersede(ctx, actor.ID, CheckKTPAddress); err != nil {
				return err
			}
		}
		list := []Address{ktp}
		if !same {
			domicile.UserID, domicile.Kind = actor.ID, "domicile"
			list = append(list, domicile)
		}
		if err := replaceOf(ctx, tx, actor.ID, &Address{}, list); err != nil {
			return err
		}
		return tx.setProfile(ctx, actor.ID, map[string]any{"domicile_same": same})
	})
}

// Education is the education section. Year is nil while the school lasts; NameOnDiploma is
// empty when it is the name on the KTP.
type Education struct {
	Code          string
	School        string
	Major         string
	Year          *int
	NameOnDiploma string
}

// SaveEducation saves the section.
func (s *Store) SaveEducation(ctx context.Context, actor User, in Education) error {
	return s.saveSection(ctx, actor, "education", func(tx *Store, _ Profile) error {
		return tx.setProfile(ctx, actor.ID, map[string]any{
			"education_code": in.Code, "education_school": in.School, "education_major": in.Major,
			"education_year": in.Year, "education_name": in.NameOnDiploma,
		})
	})
}

// SaveLanguages replaces the languages; an empty list says that the person knows none beside Indonesian.
func (s *Store) SaveLanguages(ctx context.Context, actor User, list []KnownLanguage) error {
	return s.saveSection(ctx, actor, "languages", func(tx *Store, _ Profile) error {
		for i := range list {
			list[i].UserID = actor.ID
		}
		if err := replaceOf(ctx, tx, actor.ID, &KnownLanguage{}, list); err != nil {
			if record.Violates(err, "known_languages_once") {
				return &Refusal{Key: "profile.languages.twice", Field: "language"}
			}
			return err
		}
		return tx.setProfile(ctx, actor.ID, map[string]any{"no_languages": len(list) == 0})
	})
}

// SaveExperiences replaces the jobs; an empty list says that there were none.
func (s *Store) SaveExperiences(ctx context.Context, actor User, list []Experience) error {
	return s.saveSection(ctx, actor, "experience", func(tx *Store, _ Profile) error {
		for i := range list {
			list[i].UserID = actor.ID
		}
		if err := replaceOf(ctx, tx, actor.ID, &Experience{}, list); err != nil {
			return err
		}
		return tx.setProfile(ctx, actor.ID, map[string]any{"no_experience": len(list) == 0})
	})
}

// SaveContacts replaces the emergency contacts, at most two, in their order.
func (s *Store) SaveContacts(ctx context.Context, actor User, list []EmergencyContact) error {
	return s.saveSection(ctx, actor, "contacts", func(tx *Store, _ Profile) error {
		for i := range list {
			list[i].UserID, list[i].Position = actor.ID, i+1
		}
		return replaceOf(ctx, tx, actor.ID, &EmergencyContact{}, list)
	})
}

// SaveGuardian saves who answers for a person under 18; phone is E.164.
func (s *Store) SaveGuardian(ctx context.Context, actor User, name, relation, phone string) error {
	return s.saveSection(ctx, actor, "guardian", func(tx *Store, p Profile) error {
		set := map[string]any{"guardian_relation": relation}
		if err := tx.sealTold(p, map[string]any{"guardian_name": name, "guardian_phone": phone}, set); err != nil {
			return err
		}
		return tx.setProfile(ctx, actor.ID, set)
	})
}

// SaveSpecialNeeds keeps what the person needs, in their own words, only with their consent;
// without it the text is erased.
func (s *Store) SaveSpecialNeeds(ctx context.Context, actor User, text string, agreed bool) error {
	if !agreed {
		text = ""
	}
	return s.saveSection(ctx, actor, "special_needs", func(tx *Store, p Profile) error {
		if err := tx.setConsent(ctx, actor, "special_needs", agreed); err != nil {
			return err
		}
		set := map[string]any{}
		if err := tx.sealTold(p, map[string]any{"special_needs": text}, set); err != nil {
			return err
		}
		return tx.setProfile(ctx, actor.ID, set)
	})
}

// saveSection runs save over the seeker's locked profile row, made when it is not there yet,
// and records that the section was saved.
func (s *Store) saveSection(ctx context.Context, actor User, section string, save func(tx *Store, p Profile) error) error {
	if actor.Role != Seeker {
		return ErrForbidden
	}
	return s.transact(ctx, "save section", func(tx *Store) error {
		sent, err := tx.lockSent(ctx, actor.ID)
		if err != nil {
			return err
		}
		before, err := tx.stated(ctx, actor.ID)
		if err != nil {
			return err
		}
		was, err := tx.profilePrint(ctx, actor.ID)
		if err != nil {
			return err
		}
		err = tx.db.With(ctx).Exec(`INSERT INTO profiles (user_id, updated_at)
			VALUES (?, ?)
			ON CONFLICT DO NOTHING`, actor.ID, tx.db.Now()).Error
		if err != nil {
			return err
		}
		var p Profile
		err = tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where("user_id = ?", actor.ID).Take(&p).Error
		if err != nil {
			return err
		}
		if err := tx.stillSeen(ctx, actor); err != nil {
			return err
		}
		if err := save(tx, p); err != nil {
			return err
		}
		if err := tx.noteChanges(ctx, actor.ID, sent, before); err != nil {
			return err
		}
		becomes, err := tx.profilePrint(ctx, actor.ID)
		if err != nil {
			return err
		}
		if err := tx.setProfile(ctx, actor.ID, map[string]any{"version": gorm.Expr("version + 1")}); err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{
			Action: "profile_saved", SubjectKind: "profile", SubjectID: actor.ID, PersonID: actor.ID,
			Detail: map[string]any{"section": section, "changed": was != becomes},
		})
	})
}

func (s *Store) setProfile(ctx context.Context, userID int64, set map[string]any) error {
	set["updated_at"] = s.db.Now()
	return record.Changed(s.db.With(ctx).Model(&Profile{}).Where("user_id = ?", userID).Updates(set), ErrNotFound)
}

// supersede ends what officers have checked of the fields: the person changed them since.
func (s *Store) supersede(ctx context.Context, userID int64, fields ...string) error {
	if len(fields) == 0 {
		return nil
	}
	return s.db.With(ctx).Model(&IdentityCheck{}).Where("user_id = ? AND field IN ? AND superseded_at IS NULL", userID, fields).
		Update("superseded_at", s.db.Now()).Error
}

// replaceOf puts the list in the place of the person's rows of that table.
func replaceOf[T any](ctx context.Context, tx *Store, userID int64, table *T, list []T) error {
	if err := tx.db.With(ctx).Where("user_id = ?", userID).Delete(table).Error; err != nil {
		return err
	}
	if len(list) == 0 {
		return nil
	}
	return tx.db.With(ctx).Omit("ID").Create(&list).Error
}

package models

import (
	"context"
	"slices"

	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// What people tell of their health and family is sealed as their numbers are. It is opened for themselves, and for an
// officer who says so, which is written down.

// told are the columns of it that are sealed, each with its text where it was opened. The column in clear beside each
// is empty: only a portal of before it was sealed wrote there.
func (p *Profile) told() []toldText {
	return []toldText{
		{"special_needs", &p.SpecialNeedsSealed, &p.SpecialNeeds},
		{"guardian_name", &p.GuardianNameSealed, &p.GuardianName},
		{"guardian_phone", &p.GuardianPhoneSealed, &p.GuardianPhone},
	}
}

type toldText struct {
	column string
	sealed *[]byte
	text   *string
}

// openTold puts what is sealed into a profile as it reads.
func (s *Store) openTold(p *Profile) (err error) {
	for _, t := range p.told() {
		if *t.text, err = s.openNumber(p.UserID, t.column+"_sealed", *t.sealed); err != nil {
			return err
		}
	}
	return nil
}

// sealTold adds the sealed forms of texts, by their columns. What is told again as it was stays as it lies, so that the
// profile did not change.
func (s *Store) sealTold(p Profile, texts, set map[string]any) error {
	if err := s.openTold(&p); err != nil {
		return err
	}
	for _, t := range p.told() {
		text, given := texts[t.column].(string)
		if !given || text == *t.text {
			continue
		}
		set[t.column+"_sealed"] = nil
		if text == "" {
			continue
		}
		sealed, err := s.db.Box().Seal([]byte(text), seal.At("profiles", p.UserID, t.column+"_sealed"))
		if err != nil {
			return err
		}
		set[t.column+"_sealed"] = sealed
	}
	return nil
}

// SealTold seals what a portal of before wrote in clear. It runs before anything is served, and has nothing to do but
// once, and after an older backup came back. The columns in clear stay for that: a migration, which could take them off,
// has no keys and would lose what stands in them.
func (s *Store) SealTold(ctx context.Context) error {
	for {
		var sealed int
		err := s.transact(ctx, "seal what people told", func(tx *Store) (err error) {
			sealed, err = tx.sealToldBatch(ctx)
			return err
		})
		if err != nil || sealed == 0 {
			return err
		}
	}
}

func (s *Store) sealToldBatch(ctx context.Context) (sealed int, err error) {
	var rows []struct {
		UserID                                    int64
		SpecialNeeds, GuardianName, GuardianPhone string
	}
	err = s.db.With(ctx).Raw(`SELECT user_id, special_needs, guardian_name, guardian_phone
		FROM profiles
		WHERE special_needs <> '' OR guardian_name <> '' OR guardian_phone <> ''
		ORDER BY user_id
		LIMIT ?
		FOR UPDATE`, record.ResealBatch).Scan(&rows).Error
	for i := 0; i < len(rows) && err == nil; i++ {
		r := rows[i]
		texts, set := map[string]any{}, map[string]any{}
		for column, text := range map[string]string{
			"special_needs": r.SpecialNeeds, "guardian_name": r.GuardianName, "guardian_phone": r.GuardianPhone,
		} {
			if text != "" {
				texts[column], set[column] = text, ""
			}
		}
		if err = s.sealTold(Profile{UserID: r.UserID}, texts, set); err == nil {
			err = s.db.With(ctx).Table("profiles").Where("user_id = ?", r.UserID).Updates(set).Error
		}
	}
	return len(rows), err
}

// ApplicantFamily is what somebody who applied told of their family and health. Needs are empty without the consent to
// keep them.
type ApplicantFamily struct {
	Contacts         []EmergencyContact
	Guardian         string
	GuardianRelation string
	GuardianPhone    string
	Needs            string
}

// ToldOfFamily says whether there is something that OpenFamily opens.
func (w WholeProfile) ToldOfFamily() bool {
	p := w.Profile
	sealed := slices.ContainsFunc(p.told(), func(t toldText) bool { return len(*t.sealed) > 0 })
	return sealed || len(w.Contacts) > 0
}

// OpenFamily gives an officer what the person of an application told of their family and health. Each opening is
// written down before, and the person reads of it.
func (s *Store) OpenFamily(ctx context.Context, officer User, ref string) (f ApplicantFamily, err error) {
	err = s.openApplicant(ctx, officer, ref, "family_opened", func(w WholeProfile) {
		p := w.Profile
		f = ApplicantFamily{
			Contacts: w.Contacts, Guardian: p.GuardianName, GuardianRelation: p.GuardianRelation, GuardianPhone: p.GuardianPhone,
		}
		if w.NeedsAgreed {
			f.Needs = p.SpecialNeeds
		}
	})
	return f, err
}

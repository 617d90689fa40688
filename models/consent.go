package models

import (
	"context"
	"strconv"

	"naikkelas/models/record"
)

// PrivacyVersion is the version of the privacy notice and of the words of consents that are shown today. With other
// words it is raised, and they are added under the new version to internal/refdata/data/consents.csv, where those of
// older versions stay.
const PrivacyVersion = "2026-11"

func (s *Store) recordConsent(ctx context.Context, userID int64, kind string) error {
	c := record.Consent{UserID: userID, Kind: kind, Version: PrivacyVersion, GivenAt: s.db.Now()}
	return s.db.With(ctx).Create(&c).Error
}

// Consents lists what the person agreed to, newest first.
func (s *Store) Consents(ctx context.Context, actor User) ([]record.Consent, error) {
	var list []record.Consent
	err := s.db.With(ctx).Where("user_id = ?", actor.ID).Order("given_at DESC, id DESC").Limit(100).Find(&list).Error
	return list, err
}

// Consent is one consent of the person, with the name of the institution that it is about.
func (s *Store) Consent(ctx context.Context, actor User, id string) (c record.Consent, institution string, err error) {
	number, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return c, "", ErrNotFound
	}
	if err := s.db.With(ctx).Take(&c, "id = ? AND user_id = ?", number, actor.ID).Error; err != nil || c.InstitutionID == nil {
		return c, "", err
	}
	err = s.db.With(ctx).Model(&Institution{}).Where("id = ?", *c.InstitutionID).Pluck("name", &institution).Error
	return c, institution, err
}

// SetConsent gives or withdraws one consent. With a withdrawal goes what the consent covered.
func (s *Store) SetConsent(ctx context.Context, actor User, kind string, given bool) error {
	return s.transact(ctx, "set consent", func(tx *Store) error { return tx.setConsent(ctx, actor, kind, given) })
}

// setConsent is SetConsent in the current transaction.
func (s *Store) setConsent(ctx context.Context, actor User, kind string, given bool) error {
	has, err := s.db.HasConsent(ctx, actor.ID, kind)
	if err != nil || has == given {
		return err
	}
	action := "consent_withdrawn"
	if given {
		action = "consent_given"
		err = s.recordConsent(ctx, actor.ID, kind)
	} else {
		err = s.withdrawConsent(ctx, actor, kind)
	}
	if err != nil {
		return err
	}
	return s.db.Audit(ctx, actor, record.Act{Action: action, SubjectKind: "user", SubjectID: actor.ID, PersonID: actor.ID,
		Detail: map[string]any{"kind": kind}})
}

func (s *Store) withdrawConsent(ctx context.Context, actor User, kind string) error {
	err := s.db.With(ctx).Model(&record.Consent{}).Where("user_id = ? AND kind = ? AND withdrawn_at IS NULL", actor.ID, kind).
		Update("withdrawn_at", s.db.Now()).Error
	if err != nil {
		return err
	}
	return s.db.EraseCovered(ctx, s.personal, actor.ID, kind)
}

package models

import (
	"context"
	"time"
)

// PrivacyVersion is the version of the privacy notice that is shown today; the text is the
// page /privasi. Raise it with every change of meaning.
const PrivacyVersion = "2026-11"

// Consent is one agreement, or one notice that was shown, with its version and time
// (UU 27/2022 art. 20 and 22). Kinds: privacy_notice, share_with_institution,
// phone_messages, special_needs.
type Consent struct {
	ID          int64
	UserID      int64
	Kind        string
	Version     string
	GivenAt     time.Time
	WithdrawnAt *time.Time
}

func (s *Store) recordConsent(ctx context.Context, userID int64, kind string) error {
	c := Consent{UserID: userID, Kind: kind, Version: PrivacyVersion, GivenAt: s.now()}
	return s.db.WithContext(ctx).Omit("id").Create(&c).Error
}

// Consents lists what the person agreed to, newest first.
func (s *Store) Consents(ctx context.Context, actor User) ([]Consent, error) {
	var list []Consent
	err := s.db.WithContext(ctx).Where("user_id = ?", actor.ID).Order("given_at DESC, id DESC").Limit(100).Find(&list).Error
	return list, err
}

// SetConsent gives or withdraws one consent.
func (s *Store) SetConsent(ctx context.Context, actor User, kind string, given bool) error {
	return s.transact(ctx, func(tx *Store) error {
		has, err := tx.hasConsent(ctx, actor.ID, kind)
		if err != nil || has == given {
			return err
		}
		action := "consent_withdrawn"
		if given {
			action = "consent_given"
			err = tx.recordConsent(ctx, actor.ID, kind)
		} else {
			err = tx.db.WithContext(ctx).Model(&Consent{}).Where("user_id = ? AND kind = ? AND withdrawn_at IS NULL", actor.ID, kind).
				Update("withdrawn_at", tx.now()).Error
		}
		if err != nil {
			return err
		}
		return tx.audit(ctx, actor, act{Action: action, SubjectKind: "user", SubjectID: actor.ID, PersonID: actor.ID, Detail: map[string]any{"kind": kind}})
	})
}

package models

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/internal/urls"
	"naikkelas/models/record"
)

// contactUndo is for how long a replaced contact can be put back from the old one.
const contactUndo = 7 * 24 * time.Hour

// ContactChange is a contact of an account that was replaced. Address is the one before, nil where there was none.
type ContactChange struct {
	ID        int64
	UserID    int64
	Channel   string
	Address   *string
	TokenHash []byte
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
	ExpiresAt time.Time
	UndoneAt  *time.Time
}

// StartChangeAddress sends a code to a new e-mail address or phone number.
func (s *Store) StartChangeAddress(ctx context.Context, actor User, to Login) (token string, err error) {
	holder, err := s.askForCode(ctx, to)
	if err != nil {
		return "", err
	}
	channel, address := to.Channel()
	err = s.transact(ctx, "start change address", func(tx *Store) error {
		l := codeLetter{template: "change_address_code", language: actor.Language, right: holder.ID == 0}
		if holder.ID != 0 {
			l.template = "change_address_known"
		}
		c := Code{Purpose: forChange, Channel: channel, Address: address, UserID: &actor.ID}
		token, err = tx.sendCode(ctx, c, l, recovery{to})
		return err
	})
	return token, err
}

// ConfirmChangeAddress makes the confirmed address the account's. The old contacts are told and can stop it, and
// every session ends but the one that is kept.
func (s *Store) ConfirmChangeAddress(ctx context.Context, actor User, keep []byte, token, digits string) error {
	return s.withCode(ctx, token, forChange, digits, func(tx *Store, c Code) error {
		if c.UserID == nil || *c.UserID != actor.ID {
			return ErrNotFound
		}
		if err := tx.replaceAddress(ctx, actor, actor, c.Channel, c.Address); err != nil {
			return err
		}
		if err := tx.spendCodes(ctx, actor.ID, c.ID); err != nil {
			return err
		}
		return tx.EndOtherSessions(ctx, actor.ID, keep)
	})
}

// replaceAddress puts a new e-mail or phone on the account and tells the old contacts.
func (s *Store) replaceAddress(ctx context.Context, actor, u User, channel, address string) error {
	err := s.db.With(ctx).Model(&User{}).Where("id = ?", u.ID).Updates(map[string]any{channel: address, "updated_at": s.db.Now()}).Error
	if record.Violates(err, "users_email_open") || record.Violates(err, "users_phone_open") {
		return ErrAddressTaken
	}
	if err != nil {
		return err
	}
	err = s.db.Audit(ctx, actor, record.Act{
		Action: "address_changed", SubjectKind: "user", SubjectID: u.ID, PersonID: u.ID,
		Detail: map[string]any{"channel": channel, "from": record.OriginOf(ctx).Address},
	})
	if err != nil {
		return err
	}
	token, hash := record.NewToken()
	now := s.db.Now()
	change := ContactChange{
		UserID: u.ID, Channel: channel, Address: wayOf(u, channel), TokenHash: hash, CreatedAt: now, ExpiresAt: now.Add(contactUndo),
	}
	if err := s.db.With(ctx).Create(&change).Error; err != nil {
		return err
	}
	for _, w := range u.Ways() {
		key := fmt.Sprintf("address:%d:%s:%d", u.ID, w.Channel, now.UnixNano())
		if err := s.db.TellAt(ctx, u, w, key, "address_changed", map[string]string{"Path": urls.StopContactChange(token)}); err != nil {
			return err
		}
	}
	return nil
}

// wayOf is the account's address of a channel, nil where it has none.
func wayOf(u User, channel string) *string {
	if channel == "email" {
		return u.Email
	}
	return u.Phone
}

// spendCodes ends the codes of an account that still wait, but for the one that is being used: they may lie at a
// contact that is no longer its own.
func (s *Store) spendCodes(ctx context.Context, userID, but int64) error {
	return s.db.With(ctx).Model(&Code{}).Where("user_id = ? AND id <> ? AND used_at IS NULL", userID, but).Update("used_at", s.db.Now()).Error
}

// ContactChangeByToken finds a change that can still be stopped. Looking changes nothing.
func (s *Store) ContactChangeByToken(ctx context.Context, token string) (ContactChange, error) {
	var c ContactChange
	err := s.db.With(ctx).Take(&c, "token_hash = ? AND undone_at IS NULL AND expires_at > ?", record.TokenHash(token), s.db.Now()).Error
	return c, err
}

// StopContactChange puts the contact back that was there before, for whoever got the letter about it. All sessions
// end, and the password goes, because whoever changed the contact knew it: a new one is made by a code to
// the old contact.
func (s *Store) StopContactChange(ctx context.Context, token string) error {
	return s.transact(ctx, "stop contact change", func(tx *Store) error {
		var c ContactChange
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).
			Take(&c, "token_hash = ? AND undone_at IS NULL AND expires_at > ?", record.TokenHash(token), tx.db.Now()).Error
		if err != nil {
			return err
		}
		u, err := tx.User(ctx, c.UserID)
		if err != nil {
			return err
		}
		err = tx.db.With(ctx).Model(&User{}).Where("id = ?", u.ID).
			Updates(map[string]any{c.Channel: c.Address, "password_hash": "", "updated_at": tx.db.Now()}).Error
		if record.Violates(err, "users_email_open") || record.Violates(err, "users_phone_open") {
			return ErrAddressTaken
		}
		if err != nil {
			return err
		}
		if err := tx.db.With(ctx).Model(&ContactChange{}).Where("id = ?", c.ID).Update("undone_at", tx.db.Now()).Error; err != nil {
			return err
		}
		err = errors.Join(tx.EndOtherSessions(ctx, u.ID, nil), tx.spendCodes(ctx, u.ID, 0))
		if err != nil {
			return err
		}
		return tx.securityEventOf(ctx, SystemUser, "address_change_stopped", u, map[string]any{"channel": c.Channel})
	})
}

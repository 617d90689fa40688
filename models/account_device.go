package models

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// Origin is where a request comes from, see record.Origin.
type Origin = record.Origin

// WithOrigin notes where a request comes from, see record.WithOrigin.
func WithOrigin(ctx context.Context, o Origin) context.Context { return record.WithOrigin(ctx, o) }

// deviceKnown is how long a browser stays known that nobody signs in with.
const deviceKnown = 180 * 24 * time.Hour

// Device is a browser in which somebody signed in; the database keeps the hash of its token.
type Device struct {
	ID         int64
	UserID     int64
	TokenHash  []byte
	CreatedAt  time.Time `gorm:"autoCreateTime:false"`
	LastSeenAt time.Time
}

// knownDevice says whether the account was signed in before in the browser that asks.
func (s *Store) knownDevice(ctx context.Context, userID int64) (bool, error) {
	var n int64
	err := s.db.With(ctx).Model(&Device{}).
		Where("user_id = ? AND token_hash = ?", userID, record.TokenHash(record.OriginOf(ctx).Device)).
		Where("last_seen_at > ?", s.db.Now().Add(-deviceKnown)).
		Count(&n).Error
	return n > 0, err
}

// DeviceUser is the only person who signed in with a browser, 0 when there were several or none.
func (s *Store) DeviceUser(ctx context.Context, token string) (int64, error) {
	var ids []int64
	err := s.db.With(ctx).Model(&Device{}).Where("token_hash = ?", record.TokenHash(token)).Limit(2).Pluck("user_id", &ids).Error
	if err != nil || len(ids) != 1 {
		return 0, err
	}
	return ids[0], nil
}

// RememberDevice notes that somebody has signed in with the browser of the request, and gives its token, a new one
// where it had none. A browser that is new to somebody who had another one is told to them.
func (s *Store) RememberDevice(ctx context.Context, u User) (token string, err error) {
	token = record.OriginOf(ctx).Device
	if token == "" {
		token, _ = record.NewToken()
	}
	err = s.transact(ctx, "remember device", func(tx *Store) error {
		now := tx.db.Now()
		var others int64
		if err := tx.db.With(ctx).Model(&Device{}).Where("user_id = ?", u.ID).Count(&others).Error; err != nil {
			return err
		}
		d := Device{UserID: u.ID, TokenHash: record.TokenHash(token), CreatedAt: now, LastSeenAt: now}
		once := clause.OnConflict{Columns: []clause.Column{{Name: "user_id"}, {Name: "token_hash"}}, DoNothing: true}
		r := tx.db.With(ctx).Clauses(once).Create(&d)
		if r.Error != nil {
			return r.Error
		}
		if r.RowsAffected == 0 {
			return tx.db.With(ctx).Model(&Device{}).Where("user_id = ? AND token_hash = ?", u.ID, d.TokenHash).Update("last_seen_at", now).Error
		}
		if others == 0 {
			return nil
		}
		return tx.db.Tell(ctx, u, fmt.Sprintf("new_device:%d", d.ID), "new_device", nil)
	})
	return token, err
}

// securityEvent writes down what concerns the safety of an account: what happened, to whom and from where, without
// any secret. owner is the reference of the account, or nothing that is one for a name that has none.
func (s *Store) securityEvent(ctx context.Context, action, owner string, detail map[string]any) error {
	var u User
	err := s.db.With(ctx).Select("id", "role").Take(&u, "ref = ?", owner).Error
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	return s.securityEventOf(ctx, SystemUser, action, u, detail)
}

// securityEventOf is securityEvent for an account that is at hand, zero for none. actor is the person where it is
// known that it is them; whoever does not know the password is nobody.
func (s *Store) securityEventOf(ctx context.Context, actor User, action string, u User, detail map[string]any) error {
	if detail == nil {
		detail = map[string]any{}
	}
	detail["from"] = record.OriginOf(ctx).Address
	return s.db.Audit(ctx, actor, record.Act{Action: action, SubjectKind: "user", SubjectID: u.ID, PersonID: u.ID, Detail: detail})
}

// Refused writes down that somebody asked for what is not theirs to see or do, so many times an hour.
func (s *Store) Refused(ctx context.Context, u User, route string) error {
	if ok, err := s.db.Attempt(ctx, refusedLimit, u.Ref); err != nil || !ok {
		return err
	}
	return s.securityEventOf(ctx, u, "right_refused", u, map[string]any{"route": route})
}

package models

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/internal/seal"
)

// Notice is a message on its way to a person. Address and data lie sealed until it is sent
// and are emptied then.
type Notice struct {
	ID        int64
	Dedupe    string
	UserID    *int64
	Channel   string
	Template  string
	Language  string
	Sealed    []byte
	State     string
	Error     string
	SentAt    *time.Time
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
}

// Letter is what a notice says and to whom: a template's name with its values.
type Letter struct {
	Channel  string            `json:"-"` // email or phone
	Template string            `json:"-"` // a template of views/mail, such as "register_code"
	Language string            `json:"-"`
	Address  string            `json:"address"`
	Data     map[string]string `json:"data"`
}

// notify writes the letter down and enqueues its sending. The same dedupe key never makes a
// second letter: one event, one message (bug report P128).
func (s *Store) notify(ctx context.Context, dedupe string, userID *int64, l Letter) error {
	n := Notice{Dedupe: dedupe, UserID: userID, Channel: l.Channel, Template: l.Template, Language: l.Language, State: "queued", CreatedAt: s.now()}
	r := s.db.WithContext(ctx).Omit("id").Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "dedupe"}}, DoNothing: true}).Create(&n)
	if r.Error != nil || r.RowsAffected == 0 {
		return r.Error
	}
	plain, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("notice %s: %w", l.Template, err)
	}
	sealed, err := s.box.Seal(plain, seal.At("notices", n.ID, "sealed"))
	if err != nil {
		return fmt.Errorf("notice %s: %w", l.Template, err)
	}
	if err := s.db.WithContext(ctx).Model(&Notice{}).Where("id = ?", n.ID).Update("sealed", sealed).Error; err != nil {
		return err
	}
	return s.enqueue(ctx, SendNotice{NoticeID: n.ID})
}

// tell notifies a person in their language on the way that reaches them. Phone messages
// other than codes need their consent (UU 27/2022 art. 20); without a way, the portal
// itself is where they see it.
func (s *Store) tell(ctx context.Context, u User, dedupe, template string, data map[string]string) error {
	channel, address := u.Channel()
	if channel == "" {
		return nil
	}
	if channel == "phone" {
		agreed, err := s.hasConsent(ctx, u.ID, "phone_messages")
		if err != nil || !agreed {
			return err
		}
	}
	return s.notify(ctx, dedupe, &u.ID, Letter{Channel: channel, Template: template, Language: u.Language, Address: address, Data: data})
}

// NoticeLetter opens a queued notice for sending. A notice that was sent or does not exist
// any more is ErrNotFound: the job has nothing left to do.
func (s *Store) NoticeLetter(ctx context.Context, id int64) (Letter, error) {
	var n Notice
	if err := s.db.WithContext(ctx).Where("id = ? AND state <> 'sent'", id).Take(&n).Error; err != nil {
		return Letter{}, err
	}
	plain, err := s.box.Unseal(n.Sealed, seal.At("notices", n.ID, "sealed"))
	if err != nil {
		return Letter{}, fmt.Errorf("open notice %d: %w", id, err)
	}
	l := Letter{Channel: n.Channel, Template: n.Template, Language: n.Language}
	if err := json.Unmarshal(plain, &l); err != nil {
		return Letter{}, fmt.Errorf("open notice %d: %w", id, err)
	}
	return l, nil
}

// MarkNotice records the outcome of a try. failure is nil when it was sent; its text must
// hold no personal data and is shown to administrators.
func (s *Store) MarkNotice(ctx context.Context, id int64, failure error) error {
	now := s.now()
	set := map[string]any{"state": "sent", "sent_at": now, "sealed": nil, "error": ""}
	if failure != nil {
		set = map[string]any{"state": "failed", "error": cut(failure.Error(), 300)}
	}
	return s.db.WithContext(ctx).Model(&Notice{}).Where("id = ? AND state <> 'sent'", id).Updates(set).Error
}

func (s *Store) hasConsent(ctx context.Context, userID int64, kind string) (bool, error) {
	var c Consent
	err := s.db.WithContext(ctx).Where("user_id = ? AND kind = ?", userID, kind).Order("given_at DESC, id DESC").Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return false, nil
	}
	return err == nil && c.WithdrawnAt == nil, err
}

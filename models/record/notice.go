package record

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

// SendNotice is the job that sends one row of notices. It carries an id, never personal data,
// because finished jobs stay in the table for a day.
type SendNotice struct {
	NoticeID int64 `json:"notice_id"`
}

// Kind names the job.
func (SendNotice) Kind() string { return "send_notice" }

// Notify writes the letter down and enqueues its sending. The same dedupe key never makes a
// second letter: one event, one message (bug report P128).
func (d *DB) Notify(ctx context.Context, dedupe string, userID *int64, l Letter) error {
	n := Notice{
		Dedupe: dedupe, UserID: userID, Channel: l.Channel, Template: l.Template, Language: l.Language,
		State: "queued", CreatedAt: d.now(),
	}
	once := clause.OnConflict{Columns: []clause.Column{{Name: "dedupe"}}, DoNothing: true}
	r := d.With(ctx).Clauses(once).Create(&n)
	if r.Error != nil || r.RowsAffected == 0 {
		return r.Error
	}
	plain, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("notice %s: %w", l.Template, err)
	}
	sealed, err := d.box.Seal(plain, seal.At("notices", n.ID, "sealed"))
	if err != nil {
		return fmt.Errorf("notice %s: %w", l.Template, err)
	}
	if err := d.With(ctx).Model(&Notice{}).Where("id = ?", n.ID).Update("sealed", sealed).Error; err != nil {
		return err
	}
	return d.Enqueue(ctx, SendNotice{NoticeID: n.ID})
}

// Tell notifies a person in their language on the way that reaches them. Phone messages
// other than codes need their consent (UU 27/2022 art. 20); without a way, the portal
// itself is where they see it.
func (d *DB) Tell(ctx context.Context, u User, dedupe, template string, data map[string]string) error {
	channel, address := u.Channel()
	if channel == "" {
		return nil
	}
	if channel == "phone" {
		agreed, err := d.HasConsent(ctx, u.ID, "phone_messages")
		if err != nil || !agreed {
			return err
		}
	}
	return d.Notify(ctx, dedupe, &u.ID, Letter{Channel: channel, Template: template, Language: u.Language, Address: address, Data: data})
}

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

// HasConsent says whether the person's last word on a kind of consent is yes.
func (d *DB) HasConsent(ctx context.Context, userID int64, kind string) (bool, error) {
	var c Consent
	err := d.With(ctx).Where("user_id = ? AND kind = ?", userID, kind).Order("given_at DESC, id DESC").Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return false, nil
	}
	return err == nil && c.WithdrawnAt == nil, err
}

package record

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/internal/seal"
)

// Notice is a message on its way to a person: queued, handed over to whoever carries it, delivered (when that was
// reported), failed, withheld (by a contact rule, or because it came too late or a newer one took its place), or held
// after a restore. Address and data lie sealed until it left or was withheld and are emptied then; Error is why it
// failed or was withheld. SentAt is when it was handed over. UsefulUntil is the last moment at which it may leave.
// RefusedAt says since when its address is known to take nothing.
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

	UsefulUntil *time.Time
	Topic       []byte // which letters a newer one replaces, under the key for indexes
	RefusedAt   *time.Time

	DeliveredAt *time.Time
	MessageID   *string // what a mail server calls it, when it was handed to one
}

// NoticeGone is the condition on notices that have left: nothing of them is sealed any more.
const NoticeGone = "state IN ('handed_over', 'delivered')"

// usefulFor is how long a letter is of use whose writer did not say.
const usefulFor = 14 * 24 * time.Hour

// The kinds of letters, by what a contact rule does with them. A letter of before there were kinds
// has none and is treated like addressed.
const (
	news      = "news"      // goes where the person can be reached when it leaves; waits for the hours
	addressed = "addressed" // is for one address; waits for the hours too
	alarm     = "alarm"     // is for somebody at work: it does not wait for the hours
	nobodys   = "nobodys"   // is made so that no work is missed where there is nobody, and dropped when it leaves
	answer    = "answer"    // says something to whoever is at the portal at this moment: now or never
	code      = "code"      // opens the account to whoever is at the portal at this moment: always, at once
)

// Letter is what a notice says and to whom: a template's name with its values.
type Letter struct {
	Channel  string            `json:"-"` // email or phone
	Template string            `json:"-"` // a template of views/mail, such as "register_code"
	Language string            `json:"-"`
	Nobody   bool              `json:"-"` // it is made, and dropped when it should leave
	Neutral  bool              `json:"-"` // it must name neither us nor the matter, by the rule when it leaves
	Kind     string            `json:"kind"`
	Address  string            `json:"address"` // of news only when it leaves
	Data     map[string]string `json:"data"`

	Until time.Time `json:"-"` // the last moment at which it is of use; the zero one is two weeks from now
	Topic string    `json:"-"` // letters of a topic that have not left fall when a newer one is written; may be empty
}

// SendNotice is the job that sends one row of notices. It carries an id, never personal data,
// because finished jobs stay in the table for a day.
type SendNotice struct {
	NoticeID int64 `json:"notice_id"`
}

// Kind names the job.
func (SendNotice) Kind() string { return "send_notice" }

// InsertOpts gives the tries about a day, with ever longer waits between them.
func (SendNotice) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 13} }

// Tell brings news to a person in their language, on the way that reaches them and as their contact
// rules allow; without a way, the portal itself is where they see it.
func (d *DB) Tell(ctx context.Context, u User, dedupe, template string, data map[string]string) error {
	return d.TellOf(ctx, u, "", dedupe, template, data)
}

// TellOf is Tell for news of a topic: it falls with the letters of the topic, such as when the person takes back that they
// want them.
func (d *DB) TellOf(ctx context.Context, u User, topic, dedupe, template string, data map[string]string) error {
	w, rule, err := d.wayTo(ctx, u)
	if err != nil || w.Channel == "" {
		return err
	}
	return d.write(ctx, dedupe, &u.ID, rule, Letter{
		Kind: news, Channel: w.Channel, Template: template, Language: u.Language, Data: data, Topic: topic,
	})
}

// TellAt warns a person at one of the addresses that u still has, though the account may have another one by the
// time when the letter leaves. Nobody's consent is asked: it may not be theirs any more.
func (d *DB) TellAt(ctx context.Context, u User, w Way, dedupe, template string, data map[string]string) error {
	l := Letter{Kind: addressed, Channel: w.Channel, Template: template, Language: u.Language, Address: w.Address, Data: data}
	return d.writeTo(ctx, dedupe, &u.ID, l)
}

// TellBy writes to a person at one of the addresses that u still has what they asked to be told there. It is of use until
// l.Until and falls with the letters of its topic; whether its phone has consented the caller has asked.
func (d *DB) TellBy(ctx context.Context, u User, dedupe string, l Letter) error {
	l.Kind, l.Language = addressed, u.Language
	return d.writeTo(ctx, dedupe, &u.ID, l)
}

// Alarm tells somebody at work what cannot wait, at one of their addresses and whatever the hour; after until it is of no
// use any more. left is false where a rule of theirs withheld it.
func (d *DB) Alarm(
	ctx context.Context, u User, w Way, until time.Time, dedupe, template string, data map[string]string,
) (left bool, err error) {
	err = d.writeTo(ctx, dedupe, &u.ID, Letter{
		Kind: alarm, Channel: w.Channel, Template: template, Language: u.Language, Address: w.Address, Data: data, Until: until,
	})
	if err != nil {
		return false, err
	}
	var n int64
	err = d.With(ctx).Model(&Notice{}).Where("dedupe = ? AND state <> 'withheld'", dedupe).Limit(1).Count(&n).Error
	return n > 0, err
}

// SendInvitation writes to somebody who has no account.
func (d *DB) SendInvitation(ctx context.Context, dedupe string, l Letter) error {
	l.Kind = addressed
	return d.writeTo(ctx, dedupe, nil, l)
}

// SendAnswer writes to the address that somebody gave at the portal just now: a code where Data has
// one, else that there is nothing to confirm.
func (d *DB) SendAnswer(ctx context.Context, dedupe string, userID *int64, l Letter) error {
	l.Kind = answer
	switch {
	case l.Nobody:
		l.Kind = nobodys
	case l.Data["Code"] != "":
		l.Kind = code
	}
	return d.writeTo(ctx, dedupe, userID, l)
}

// writeTo writes a letter to the address in it.
func (d *DB) writeTo(ctx context.Context, dedupe string, userID *int64, l Letter) error {
	rule, err := d.ruleOf(ctx, userID, l)
	if err != nil {
		return err
	}
	return d.write(ctx, dedupe, userID, rule, l)
}

// ruleOf is the rule at a letter's address.
func (d *DB) ruleOf(ctx context.Context, userID *int64, l Letter) (ContactRule, error) {
	var id int64
	if userID != nil {
		id = *userID
	}
	return d.ContactRuleAt(ctx, id, Way{l.Channel, l.Address})
}

// write writes the letter down and enqueues its sending for when the rule allows it, or only writes
// down that it was withheld. The same dedupe key never makes a second letter: one event, one message
// (bug report P128). The rule is asked again when the letter leaves, see DueLetter.
func (d *DB) write(ctx context.Context, dedupe string, userID *int64, rule ContactRule, l Letter) error {
	v := rule.judge(l.Kind, d.now())
	if l.Until.IsZero() {
		l.Until = d.now().Add(usefulFor)
	}
	if err := d.DropLetters(ctx, l.Topic); err != nil {
		return err
	}
	n := Notice{
		Dedupe: dedupe, UserID: userID, Channel: l.Channel, Template: l.Template, Language: l.Language,
		State: "queued", CreatedAt: d.now(), UsefulUntil: &l.Until,
	}
	if l.Topic != "" {
		n.Topic = d.topicIndexes(l.Topic)[0]
	}
	if v.withheld != "" {
		n.State, n.Error = "withheld", v.withheld
	}
	once := clause.OnConflict{Columns: []clause.Column{{Name: "dedupe"}}, DoNothing: true}
	r := d.With(ctx).Clauses(once).Create(&n)
	if r.Error != nil || r.RowsAffected == 0 || v.withheld != "" {
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
	return d.EnqueueAt(ctx, SendNotice{NoticeID: n.ID}, v.at)
}

func (d *DB) topicIndexes(topic string) [][]byte { return d.box.Indexes(topic, "notice:topic") }

// DropLetters withholds the letters of a topic that have not left: a code that comes after a newer one, or an
// invitation that was taken back, would only mislead. The empty topic has none.
func (d *DB) DropLetters(ctx context.Context, topic string) error {
	if topic == "" {
		return nil
	}
	return d.With(ctx).Model(&Notice{}).Where("topic IN ? AND state IN ('queued', 'failed')", d.topicIndexes(topic)).
		Updates(withhold(withheldReplaced)).Error
}

// withhold is what becomes of a letter that must not leave.
func withhold(why string) map[string]any {
	return map[string]any{"state": "withheld", "sealed": nil, "error": why, "refused_at": nil}
}

// SettleHeld lets letters go that a restore has held, or drops them, the oldest first and at most so many; it says
// which.
func (d *DB) SettleHeld(ctx context.Context, release bool, most int) ([]int64, error) {
	set := map[string]any{"state": "withheld", "why": withheldRestored, "release": release, "most": most}
	if release {
		set["state"], set["why"] = "queued", ""
	}
	var ids []int64
	err := d.With(ctx).Raw(`UPDATE notices
		SET state = @state,
			error = @why,
			sealed = CASE WHEN @release THEN sealed END
		WHERE id IN (
			SELECT id
			FROM notices
			WHERE state = 'held'
			ORDER BY id
			LIMIT @most
			FOR UPDATE SKIP LOCKED)
		RETURNING id`, set).Scan(&ids).Error
	if err != nil || !release {
		return ids, err
	}
	for _, id := range ids {
		if err := d.Enqueue(ctx, SendNotice{NoticeID: id}); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// TooEarly says that a letter has to wait for the hours of its address.
type TooEarly struct {
	Wait time.Duration
}

// Error says how long.
func (e *TooEarly) Error() string { return fmt.Sprintf("too early by %s", e.Wait) }

// DueLetter opens a queued notice for sending, to where the person can be reached now and as the rule
// there is now: rules, consents and addresses change while a letter waits. *TooEarly says that it has
// to wait (longer); ErrNotFound that there is nothing to send, any more or from now on.
func (d *DB) DueLetter(ctx context.Context, id int64) (Letter, error) {
	var n Notice
	if err := d.With(ctx).Where("id = ? AND state IN ('queued', 'failed')", id).Take(&n).Error; err != nil {
		return Letter{}, err
	}
	l, err := d.unseal(n)
	if err != nil {
		return Letter{}, fmt.Errorf("open notice %d: %w", id, err)
	}
	if l.Kind == nobodys {
		return Letter{}, cmp.Or(d.With(ctx).Delete(&Notice{}, n.ID).Error, error(ErrNotFound))
	}
	now := d.now()
	if n.UsefulUntil != nil && now.After(*n.UsefulUntil) {
		return Letter{}, cmp.Or(d.setNotice(ctx, id, withhold(withheldLate)), error(ErrNotFound))
	}
	v, err := d.judgeAgain(ctx, n.UserID, &l, now)
	switch {
	case err != nil:
		return Letter{}, fmt.Errorf("notice %d: %w", id, err)
	case v.withheld != "":
		return Letter{}, cmp.Or(d.setNotice(ctx, id, withhold(v.withheld)), error(ErrNotFound))
	case v.at.After(now):
		return Letter{}, &TooEarly{Wait: v.at.Sub(now)}
	}
	l.Neutral = v.neutral
	if l.Channel != n.Channel {
		err = d.setNotice(ctx, id, map[string]any{"channel": l.Channel})
	}
	return l, err
}

func (d *DB) unseal(n Notice) (Letter, error) {
	l := Letter{Channel: n.Channel, Template: n.Template, Language: n.Language}
	plain, err := d.box.Unseal(n.Sealed, seal.At("notices", n.ID, "sealed"))
	if err != nil {
		return l, err
	}
	return l, json.Unmarshal(plain, &l)
}

// judgeAgain applies the rules of this instant, and gives news the address of this instant.
func (d *DB) judgeAgain(ctx context.Context, userID *int64, l *Letter, now time.Time) (verdict, error) {
	if userID != nil {
		var u User
		err := d.With(ctx).Where("id = ? AND closed_at IS NULL", *userID).Take(&u).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return verdict{withheld: withheldClosed}, nil
		}
		if err != nil {
			return verdict{}, err
		}
		if l.Kind == news {
			w, rule, err := d.wayTo(ctx, u)
			if err != nil {
				return verdict{}, err
			}
			if w.Channel == "" {
				return verdict{withheld: withheldNoWay}, nil
			}
			l.Channel, l.Address = w.Channel, w.Address
			return rule.judge(l.Kind, now), nil
		}
	}
	rule, err := d.ruleOf(ctx, userID, *l)
	return rule.judge(l.Kind, now), err
}

// setNotice changes a notice that has neither left nor was withheld.
func (d *DB) setNotice(ctx context.Context, id int64, set map[string]any) error {
	return d.With(ctx).Model(&Notice{}).Where("id = ? AND state IN ('queued', 'failed')", id).Updates(set).Error
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
	// InstitutionID is whom share_with_institution is about. Older rows without one stand for no institution.
	InstitutionID *int64
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

package record

import (
	"context"
	"time"

	"naikkelas/internal/i18n"
)

// ContactRule is somebody's word on how they may be reached at one of their addresses. It belongs to
// the address, of which it holds a keyed index only: at another one the default applies, and when the
// person comes back to this one, so does the rule. A new word ends the rule before it.
type ContactRule struct {
	ID           int64 // 0: nobody said anything, it is the default
	UserID       int64
	Channel      string // email or phone
	AddressIndex []byte
	Allowed      bool
	FromHour     *int // in WIB, 0 to 23; nil with ToHour for any hour
	ToHour       *int // the first hour that is too late; smaller than FromHour when they pass midnight
	MayNameUs    bool
	// MayLeaveMessage allows what stays there and can be read or heard later, as all letters do.
	// Without it somebody may call, but the portal writes nothing.
	MayLeaveMessage bool
	OthersAnswer    string // who else may pick up or read
	Note            string
	SetBy           int64
	SetAt           time.Time
	EndedAt         *time.Time
}

// DefaultContactRule is the rule of an address about which nobody said anything.
func DefaultContactRule() ContactRule {
	return ContactRule{Allowed: true, MayNameUs: true, MayLeaveMessage: true}
}

// Opens is the first instant from at on that lies within the hours: at itself when it does.
func (r ContactRule) Opens(at time.Time) time.Time {
	if r.FromHour == nil || r.ToHour == nil {
		return at
	}
	from, to, local := *r.FromHour, *r.ToHour, at.In(i18n.WIB)
	late, early := local.Hour() >= to, local.Hour() < from
	if !late && !early || from > to && (!late || !early) {
		return at
	}
	y, m, d := local.Date()
	if !early {
		d++
	}
	return time.Date(y, m, d, from, 0, 0, 0, i18n.WIB)
}

// takesLetters says whether the portal may write there of itself, at one hour or another.
func (r ContactRule) takesLetters() bool { return r.Allowed && r.MayLeaveMessage }

// Why a letter was withheld, as the desk sees it.
const (
	withheldRefused   = "refused"    // the person does not want to be reached there
	withheldNoMessage = "no_message" // nothing may be left there
	withheldHour      = "hour"       // an answer that makes no sense later came outside the hours
	withheldNoWay     = "no_way"     // the consent or the address is gone since
	withheldClosed    = "closed"     // the account is
	withheldLate      = "late"       // the last moment at which it was of use has passed
	withheldRestored  = "restored"   // it waited when a backup was made, and was not let go after the restore
	withheldReplaced  = "replaced"   // a newer letter of its topic was asked for
)

// A verdict is what a rule says about one letter at one instant.
type verdict struct {
	withheld string    // why it must not leave; empty when it may
	at       time.Time // from when on it may
	neutral  bool      // it must name neither us nor the matter
}

// judge applies the rule to a letter that would leave at an instant. A code is neither refused nor kept:
// without it the person could not get into the account, where all else can be read. But a place where
// nothing may be left, or where nobody may be reached, does not learn from whom it is.
func (r ContactRule) judge(kind string, at time.Time) verdict {
	v := verdict{at: at, neutral: !r.MayNameUs || !r.takesLetters()}
	opens := r.Opens(at)
	switch {
	case kind == code, kind == nobodys:
	case !r.Allowed:
		v.withheld = withheldRefused
	case !r.MayLeaveMessage:
		v.withheld = withheldNoMessage
	case kind == answer && opens.After(at):
		v.withheld = withheldHour
	case kind == alarm:
	default:
		v.at = opens
	}
	return v
}

// ContactRuleAt finds the rule of an address, or the default. Whoever has the address now reads what comes
// there, so their word goes first; then that of the person with that id, whose it was. At an address that
// nobody has any more the last word stays: strangers can still make the portal write there.
func (d *DB) ContactRuleAt(ctx context.Context, userID int64, w Way) (ContactRule, error) {
	var r ContactRule
	err := d.With(ctx).Raw(`SELECT r.*
		FROM contact_rules r
		JOIN users u ON u.id = r.user_id AND u.closed_at IS NULL
		WHERE r.address_index IN @indexes
			AND r.ended_at IS NULL
			AND (u.id = @user
				OR @address IN (u.email, u.phone)
				OR NOT EXISTS (SELECT 1
					FROM users o
					WHERE o.closed_at IS NULL
						AND (o.email = @address OR o.phone = @address)))
		ORDER BY @address IN (u.email, u.phone) DESC NULLS LAST, u.id = @user DESC, r.id DESC
		LIMIT 1`,
		map[string]any{"indexes": d.contactIndexes(w), "user": userID, "address": w.Address}).Scan(&r).Error
	if r.ID == 0 {
		return DefaultContactRule(), err
	}
	return r, err
}

// PutContactRule makes r the rule of a person at an address, by the id in it, and ends the one before.
// The caller has locked the person's row.
func (d *DB) PutContactRule(ctx context.Context, w Way, r ContactRule) error {
	indexes := d.contactIndexes(w)
	r.Channel, r.AddressIndex, r.SetAt = w.Channel, indexes[0], d.now()
	err := d.With(ctx).Model(&ContactRule{}).Where("user_id = ? AND address_index IN ? AND ended_at IS NULL", r.UserID, indexes).
		Update("ended_at", r.SetAt).Error
	if err != nil {
		return err
	}
	return d.With(ctx).Create(&r).Error
}

// contactIndexes name an address without saying it: under the newest key first, then under those before it, so
// that a rule holds through a change of keys.
func (d *DB) contactIndexes(w Way) [][]byte {
	address := w.Address
	if w.Channel == "email" {
		address = FoldEmail(address)
	}
	return d.box.Indexes(address, "contact:"+w.Channel)
}

// wayTo is how news reaches a person now, with the rule there; the Way is empty when there is none. It
// is the usual address, unless that takes no letters and another one does by a rule of its own: where
// nobody said so, the portal does not go on its own. A phone needs its consent (UU 27/2022 art. 20).
func (d *DB) wayTo(ctx context.Context, u User) (Way, ContactRule, error) {
	var usual Way
	var rule ContactRule
	for i, w := range u.Ways() {
		if w.Channel == "phone" {
			agreed, err := d.HasConsent(ctx, u.ID, "phone_messages")
			if err != nil {
				return Way{}, ContactRule{}, err
			}
			if !agreed {
				continue
			}
		}
		r, err := d.ContactRuleAt(ctx, u.ID, w)
		if err != nil {
			return Way{}, ContactRule{}, err
		}
		if i == 0 {
			usual, rule = w, r
		}
		if r.takesLetters() && (i == 0 || r.ID != 0) {
			return w, r, nil
		}
	}
	return usual, rule, nil
}

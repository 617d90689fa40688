package models

import (
	"context"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// NoticeKeyPrefix stands before a notice's id where the gateway for phones names it.
const NoticeKeyPrefix = "notice-"

// MailKey names a notice for mail servers, the same for each try. It is made with a key of ours: the names of letters
// cannot be guessed, or anybody could report what became of them.
func (s *Store) MailKey(id int64) (string, error) {
	box := s.db.Box()
	sum, err := box.IndexUnder(box.Oldest(seal.Indexes), strconv.FormatInt(id, 10), "mail")
	if err != nil {
		return "", fmt.Errorf("name notice %d: %w", id, err)
	}
	return hex.EncodeToString(sum), nil
}

// NoticeReport is what a carrier says became of a notice that was handed to it.
type NoticeReport struct {
	Key       string // what the gateway calls the notice: NoticeKeyPrefix and the id
	MessageID string // or what a mail server calls it: its Message-ID up to the @
	Delivered bool   // it lies with the person; else it never will
	Refused   bool   // the address takes nothing, now or later
	At        time.Time
	Reason    string // for administrators; what may be a number of a person's is left out
}

// numbers are what may be a phone number or an address in the words of a carrier.
var numbers = regexp.MustCompile(`\+?[0-9][0-9 .-]{5,}[0-9]|\S+@\S+`)

// ReportNotice writes down what a carrier reported; the same report twice changes nothing, and what was delivered
// stays delivered. ErrStale says that the notice has not left yet as far as we know, so that the carrier must say it
// again; ErrNotFound, that there is none of this name.
func (s *Store) ReportNotice(ctx context.Context, r NoticeReport) error {
	return s.transact(ctx, "report of a notice", func(tx *Store) error {
		n, err := tx.reported(ctx, r)
		switch {
		case err != nil:
			return err
		case n.State == "delivered" || n.State == "failed" && n.SentAt != nil && !r.Delivered:
			return nil
		case n.SentAt == nil || n.Sealed != nil:
			return ErrStale
		}
		return tx.db.With(ctx).Model(&record.Notice{}).Where("id = ?", n.ID).Updates(reportedNotice(n, r, tx.db.Now())).Error
	})
}

// reported is the notice that a report is about, locked.
func (s *Store) reported(ctx context.Context, r NoticeReport) (record.Notice, error) {
	var n record.Notice
	q := s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"})
	if r.MessageID != "" {
		q = q.Where("message_id = ?", r.MessageID)
	} else {
		id, err := strconv.ParseInt(strings.TrimPrefix(r.Key, NoticeKeyPrefix), 10, 64)
		if err != nil || !strings.HasPrefix(r.Key, NoticeKeyPrefix) {
			return n, ErrNotFound
		}
		q = q.Where("id = ? AND channel = 'phone'", id)
	}
	return n, q.Take(&n).Error
}

// reportedNotice is what a report changes. A carrier's clock may be wrong: nothing arrives before it left, or after now.
func reportedNotice(n record.Notice, r NoticeReport, now time.Time) map[string]any {
	at := r.At
	if at.After(now) || at.IsZero() {
		at = now
	}
	if at.Before(*n.SentAt) {
		at = *n.SentAt
	}
	if r.Delivered {
		return map[string]any{"state": "delivered", "delivered_at": at, "error": "", "refused_at": nil}
	}
	set := map[string]any{"state": "failed", "error": cut(numbers.ReplaceAllString(r.Reason, "…"), 300), "refused_at": nil}
	if r.Refused {
		set["refused_at"] = at
	}
	return set
}

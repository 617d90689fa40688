package protection

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
)

const (
	// reportWithin is how long a notice may be on its way before it counts as not delivered.
	reportWithin = 30 * time.Minute
	// noticeUseful is for how long a notice is of use.
	noticeUseful = 3 * 24 * time.Hour
	// noticesAtOnce is how many notices that nobody heard of one step looks at.
	noticesAtOnce = 200
)

// Ways are the ways by which this installation can write: to phones, and from a sender that names nobody.
type Ways struct {
	Phones  bool
	Neutral bool
}

// DueNotice opens a notice for sending, by the word of the person as it is at this moment: where it forbids it, or there
// is no way, it does not leave. *record.TooEarly says that it has to wait for the hours; ErrNotFound, that there is
// nothing to send any more.
func (s *Store) DueNotice(ctx context.Context, id int64, ways Ways) (l record.Letter, err error) {
	var early *record.TooEarly
	err = s.onNotice(ctx, "send a notice of a case", id, func(tx *Store, c *Case, n *Notice) error {
		if n.State != NoticeWaiting {
			return nil
		}
		v, neutral, err := tx.judgeNotice(ctx, *c, *n, ways)
		switch {
		case err != nil:
			return err
		case v.state == NoticeWaiting && v.at.After(tx.db.Now()):
			early = &record.TooEarly{Wait: v.at.Sub(tx.db.Now())}
			n.DueAt = v.at
			return tx.db.With(ctx).Save(n).Error
		case v.state == NoticeWaiting:
			l = noticeLetter(*c, *n, v, neutral)
			return nil
		}
		n.State, n.Why = v.state, v.why
		if v.state != NoticeByHand {
			return tx.db.With(ctx).Save(n).Error
		}
		return tx.leaveToOfficer(ctx, c, n, EventByHand)
	})
	switch {
	case err != nil:
		return l, err
	case early != nil:
		return l, early
	case l.Template == "":
		return l, record.ErrNotFound
	}
	return l, nil
}

// onNotice runs an act on a notice, whose case is locked first, as every act on a case does.
func (s *Store) onNotice(ctx context.Context, doing string, id int64, act func(tx *Store, c *Case, n *Notice) error) error {
	return s.transact(ctx, doing, func(tx *Store) error {
		var n Notice
		var c Case
		if err := tx.db.With(ctx).Take(&n, id).Error; err != nil {
			return err
		}
		if err := locked(tx.db.With(ctx)).Take(&c, n.CaseID).Error; err != nil {
			return err
		}
		if err := locked(tx.db.With(ctx)).Take(&n, id).Error; err != nil {
			return err
		}
		return act(tx, &c, &n)
	})
}

// judgeNotice says what becomes of a notice now.
func (s *Store) judgeNotice(ctx context.Context, c Case, n Notice, ways Ways) (v verdict, neutral bool, err error) {
	var p Person
	if err := s.db.With(ctx).Take(&p, n.PersonID).Error; err != nil {
		return v, false, err
	}
	if v, err = s.noticeVerdict(p, c); err != nil || v.state != NoticeWaiting {
		return v, false, err
	}
	neutral = !p.MayNameUs
	unread := int64(1)
	if n.Kind == NoticeMessage {
		err = s.db.With(ctx).Model(&Message{}).Where("person_id = ? AND author_id IS NOT NULL AND read_at IS NULL", p.ID).
			Limit(1).Count(&unread).Error
	}
	switch {
	case unread == 0:
		v.state, v.why = NoticeRead, ""
	case n.Kind == NoticeAsked && !c.Closed():
		v.state, v.why = NoticeRefused, whyOpen
	case s.db.Now().Sub(n.CreatedAt) > noticeUseful:
		v.state, v.why = NoticeFailed, whyLate
	case neutral && !ways.Neutral:
		v.state, v.why = NoticeByHand, whyNoSender
	case v.channel == "phone" && !ways.Phones:
		v.state, v.why = NoticeByHand, whyNoWay
	}
	return v, neutral, err
}

// noticeLetter is what leaves: that there is something, and where it is read; of the case nothing.
func noticeLetter(c Case, n Notice, v verdict, neutral bool) record.Letter {
	l := record.Letter{
		Channel: v.channel, Template: "case_notice", Language: c.Language, Address: v.address, Neutral: neutral,
		Data: map[string]string{"Path": urls.HelpEnter()},
	}
	if n.Kind == NoticeAsked {
		l.Template = "case_asked"
	}
	return l
}

// leaveToOfficer keeps a notice that did not arrive by itself and makes it the desk's turn, once for each notice.
func (s *Store) leaveToOfficer(ctx context.Context, c *Case, n *Notice, kind string) error {
	if n.AskedAt != nil {
		return s.db.With(ctx).Save(n).Error
	}
	n.AskedAt = new(s.db.Now())
	if err := s.db.With(ctx).Save(n).Error; err != nil {
		return err
	}
	return s.askOfficer(ctx, c, *n, kind)
}

// NoticeKey is the name of a notice for whoever carries it, the same for each try.
func (s *Store) NoticeKey(ctx context.Context, id int64) (string, error) {
	var n Notice
	err := s.db.With(ctx).Take(&n, id).Error
	return n.Key, err
}

// MarkNotice records the outcome of a try. failure is nil when the notice was handed over, to a mail server under
// messageID; refused says that another try is of no use.
func (s *Store) MarkNotice(ctx context.Context, id int64, messageID string, failure error, refused bool) error {
	return s.onNotice(ctx, "mark a notice of a case", id, func(tx *Store, _ *Case, n *Notice) error {
		if n.State != NoticeWaiting {
			return nil
		}
		switch {
		case failure == nil:
			n.State, n.Why, n.HandedAt = NoticeHanded, "", new(tx.db.Now())
			if messageID != "" {
				n.MessageID = &messageID
			}
		case refused:
			n.State, n.Why = NoticeFailed, whyCarrier
		default:
			n.Why = whyCarrier
		}
		return tx.db.With(ctx).Save(n).Error
	})
}

// ReportNotice writes down what a carrier reported of a notice: what was delivered stays delivered, and a report that
// comes late mends what counted as missing. models.ErrStale says that it has not left yet as far as we know; ErrNotFound,
// that there is none of this name.
func (s *Store) ReportNotice(ctx context.Context, r models.NoticeReport) error {
	var found []int64
	q := s.db.With(ctx).Model(&Notice{})
	if r.MessageID != "" {
		q = q.Where("message_id = ?", r.MessageID)
	} else {
		q = q.Where("key = ?", r.Key)
	}
	if err := q.Limit(1).Pluck("id", &found).Error; err != nil {
		return err
	}
	if len(found) == 0 {
		return record.ErrNotFound
	}
	return s.onNotice(ctx, "report of a notice of a case", found[0], func(tx *Store, c *Case, n *Notice) error {
		switch {
		case n.State == NoticeDelivered:
			return nil
		case n.HandedAt == nil:
			return models.ErrStale
		case !r.Delivered:
			n.State, n.Why = NoticeFailed, whyCarrier
			return tx.db.With(ctx).Save(n).Error
		}
		n.State, n.Why, n.DeliveredAt = NoticeDelivered, "", new(tx.db.Now())
		if err := tx.db.With(ctx).Save(n).Error; err != nil || n.AskedAt == nil {
			return err
		}
		return tx.happened(ctx, c, Event{Kind: EventNoticeArrived, PersonID: &n.PersonID, Channel: string(n.Channel)}, "")
	})
}

// AskForNotices gives what did not arrive to an officer: what failed, and what nobody reported as delivered half an hour
// after it left, or could have left. Each once. It is a step of a chore.
func (s *Store) AskForNotices(ctx context.Context) (more bool, err error) {
	var ids []int64
	err = s.db.With(ctx).Raw(`SELECT id
		FROM case_notices
		WHERE state = 'handed_over' AND handed_at <= @before
			OR state = 'waiting' AND due_at <= @before AND created_at < @stale
			OR asked_at IS NULL
				AND (state = 'failed' OR state = 'waiting' AND due_at <= @before)
		ORDER BY id
		LIMIT @most`, map[string]any{
		"before": s.db.Now().Add(-reportWithin), "stale": s.db.Now().Add(-noticeUseful), "most": noticesAtOnce,
	}).Scan(&ids).Error
	if err != nil {
		return false, fmt.Errorf("notices that did not arrive: %w", err)
	}
	var failed []error
	for _, id := range ids {
		failed = append(failed, s.onNotice(ctx, "ask for a notice of a case", id, func(tx *Store, c *Case, n *Notice) error {
			switch {
			case n.State == NoticeHanded:
				n.State, n.Why = NoticeMissing, whyNoReport
			case n.State == NoticeWaiting && tx.db.Now().Sub(n.CreatedAt) > noticeUseful:
				n.State, n.Why = NoticeFailed, whyLate // its tries are over: it must not keep the next one from leaving
			}
			if n.State != NoticeMissing && n.State != NoticeFailed && n.State != NoticeWaiting {
				return nil // it arrived meanwhile
			}
			if n.Why == "" {
				n.Why = whyCarrier
			}
			return tx.leaveToOfficer(ctx, c, n, EventNoticeMissing)
		}))
	}
	return len(ids) == noticesAtOnce, errors.Join(failed...)
}

// openNotices puts to the people of a case what was sent to tell them, the newest first.
func (s *Store) openNotices(ctx context.Context, d *DeskCase) error {
	var rows []Notice
	err := s.db.With(ctx).Where("case_id = ?", d.ID).Order("id DESC").Limit(100).Find(&rows).Error
	for _, n := range rows {
		at := slices.IndexFunc(d.People, func(p DeskPerson) bool { return p.ID == n.PersonID })
		if at >= 0 {
			d.People[at].Notices = append(d.People[at].Notices, n)
		}
	}
	return err
}

// Word is the code of what a screen says of a notice: its state, and why where that tells more.
func (n Notice) Word() string {
	if n.Why == "" || n.State == NoticeMissing || n.State == NoticeReached {
		return n.State
	}
	return strings.Join([]string{n.State, n.Why}, "_")
}

package protection

import (
	"context"
	netmail "net/mail"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"naikkelas/internal/phone"
	"naikkelas/models"
)

// What a notice is about: a message of the desk, or the question whether it helped.
const (
	NoticeMessage = "message"
	NoticeAsked   = "asked"
)

// The states of a notice.
const (
	NoticeWaiting   = "waiting"     // for the hours, or for its way
	NoticeHanded    = "handed_over" // to whoever carries it
	NoticeDelivered = "delivered"   // that was reported
	NoticeMissing   = "missing"     // no such report came in time
	NoticeFailed    = "failed"      // it never will arrive
	NoticeRefused   = "refused"     // the person's word forbids it
	NoticeByHand    = "by_hand"     // an officer reaches the person
	NoticeReached   = "reached"     // and did
	NoticeRead      = "read"        // the person read the message before the notice left
)

// Why a notice did not leave by itself.
const (
	whySilent    = "silent"     // the person wants no contact
	whyChannel   = "channel"    // they called a channel safe by which nothing leaves by itself
	whyNoMessage = "no_message" // nothing may be left there
	whyAddress   = "address"    // there is none, or none that can be written to
	whyHours     = "hours"      // nobody knows which hours are safe there
	whyNoSender  = "no_sender"  // there is no sender that names nobody
	whyNoWay     = "no_way"     // this installation writes to no phones
	whyCarrier   = "carrier"    // whoever carries it could not
	whyNoReport  = "no_report"  // nobody said that it arrived
	whyLate      = "late"       // it could not leave for days
	whyOpen      = "open"       // the case was opened again
)

// A Notice tells somebody on a case, outside the portal, that a word for them is there. Key is its name for whoever
// carries it; DueAt is from when on it may leave; AskedAt, when it became an officer's matter.
type Notice struct {
	ID          int64
	Key         string
	CaseID      int64
	PersonID    int64
	Kind        string
	Channel     Channel
	State       string
	Why         string
	CreatedAt   time.Time `gorm:"autoCreateTime:false"`
	DueAt       time.Time
	HandedAt    *time.Time
	DeliveredAt *time.Time
	AskedAt     *time.Time
	MessageID   *string
}

// TableName is where the notices of cases lie.
func (Notice) TableName() string { return "case_notices" }

// SendCaseNotice is the job that sends one notice of a case. It carries an id, never personal data.
type SendCaseNotice struct {
	NoticeID int64 `json:"notice_id"`
}

// Kind names the job.
func (SendCaseNotice) Kind() string { return "send_case_notice" }

// InsertOpts gives the tries about a day, with ever longer waits between them.
func (SendCaseNotice) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 13} }

// A verdict is what a person's word on how they may be reached says of a notice at one instant.
type verdict struct {
	state   string // waiting where it may leave by itself
	why     string
	at      time.Time // from when on
	channel string    // of the letter: email or phone
	address string
}

// judge applies a person's word. By themselves only SMS and e-mail leave, where a message may be left and in hours that
// are known to be safe; in all else an officer decides. Who wants no contact is not contacted.
func judge(p Person, r Reach, zone *time.Location, now time.Time) verdict {
	byHand := func(why string) verdict { return verdict{state: NoticeByHand, why: why, at: now} }
	switch {
	case p.silent():
		return verdict{state: NoticeRefused, why: whySilent, at: now}
	case r.Address == "":
		return verdict{state: NoticeRefused, why: whyAddress, at: now}
	case r.Channel != ChannelSMS && r.Channel != ChannelEmail:
		return byHand(whyChannel)
	case !r.MayLeaveMessage:
		return byHand(whyNoMessage)
	}
	v := verdict{state: NoticeWaiting, channel: "phone"}
	var err error
	if r.Channel == ChannelEmail {
		v.channel, v.address = "email", r.Address
		_, err = netmail.ParseAddress(r.Address)
	} else {
		v.address, err = phone.Parse(r.Address)
	}
	if err != nil {
		return byHand(whyAddress)
	}
	safe := safeHours(r.Hours, zone)
	if safe == nil {
		return byHand(whyHours)
	}
	v.at = safe.opens(now)
	return v
}

// noticeVerdict applies the word of a person as it is now.
func (s *Store) noticeVerdict(p Person, c Case) (verdict, error) {
	r, err := s.reachOf(p)
	if err != nil {
		return verdict{}, err
	}
	return judge(p, r, clockOf(p.Part != PartSubject, country(c), r.Address), s.db.Now()), nil
}

// tellOf has somebody on a locked case told that there is a word for them, by themselves or by an officer's hand. While
// one notice of a kind waits to leave there is no second; where an officer is to reach them, each further word is the
// officer's turn again.
func (s *Store) tellOf(ctx context.Context, c *Case, p Person, kind string) error {
	n := Notice{Key: uuid.NewString(), CaseID: c.ID, PersonID: p.ID, Kind: kind}
	err := locked(s.db.With(ctx)).Take(&n, "person_id = ? AND kind = ? AND state IN ('waiting', 'by_hand')", p.ID, kind).Error
	if err != nil && !missing(err) || n.State == NoticeWaiting {
		return err
	}
	v, err := s.noticeVerdict(p, *c)
	if err != nil {
		return err
	}
	return s.judgeAs(ctx, c, n, p, v)
}

// judgeAs keeps what is to become of a notice from now on, and begins it.
func (s *Store) judgeAs(ctx context.Context, c *Case, n Notice, p Person, v verdict) error {
	n.Channel, n.State, n.Why, n.CreatedAt, n.DueAt, n.AskedAt = p.Channel, v.state, v.why, s.db.Now(), v.at, nil
	if v.state == NoticeByHand {
		n.AskedAt = new(s.db.Now())
	}
	if err := s.db.With(ctx).Save(&n).Error; err != nil {
		return err
	}
	switch v.state {
	case NoticeByHand:
		return s.askOfficer(ctx, c, n, EventByHand)
	case NoticeWaiting:
		return s.db.EnqueueAt(ctx, SendCaseNotice{NoticeID: n.ID}, v.at)
	}
	return nil
}

// judgeAgain puts what somebody on a locked case was not told of yet under their new word: what their new word lets leave
// by itself is no officer's any more, and who wants no contact is not reached by hand either.
func (s *Store) judgeAgain(ctx context.Context, c *Case, p Person) error {
	var open []Notice
	err := locked(s.db.With(ctx)).Where("person_id = ? AND state IN ('waiting', 'by_hand')", p.ID).Order("id").Find(&open).Error
	if err != nil || len(open) == 0 {
		return err
	}
	v, err := s.noticeVerdict(p, *c)
	for _, n := range open {
		if err == nil && (n.State == NoticeByHand || v.state == NoticeRefused) { // another one that waits is judged when it leaves
			err = s.judgeAs(ctx, c, n, p, v)
		}
	}
	return err
}

// askOfficer makes it the desk's turn to reach somebody whom no notice reached, by the hour at which a message of
// theirs would be looked at.
func (s *Store) askOfficer(ctx context.Context, c *Case, n Notice, kind string) error {
	e := Event{Kind: kind, PersonID: &n.PersonID, Channel: string(n.Channel), Detail: n.Why}
	if !c.Closed() {
		closed, err := models.ClosedDays(ctx, s.db)
		if err != nil {
			return err
		}
		life, _, err := s.within(ctx, TermLife)
		if err != nil {
			return err
		}
		due := answerBy(s.db.Now(), c.Urgency, life, closed)
		e.NextActor, e.DueAt = ActorDuty, &due
		if c.LeadID != nil {
			e.NextActor = ActorLead
		}
	}
	return s.happened(ctx, c, e, "")
}

// reachedByHand notes that an officer reached somebody whom they were to reach.
func (s *Store) reachedByHand(ctx context.Context, p Person) error {
	return s.db.With(ctx).Model(&Notice{}).Where("person_id = ? AND state = 'by_hand'", p.ID).Update("state", NoticeReached).Error
}

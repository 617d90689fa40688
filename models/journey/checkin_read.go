package journey

import (
	"context"
	"time"

	"naikkelas/models/record"
)

// OwnCheckin is a check-in as its person reads it: nothing of it tells of the word. Joined says that it runs under an account
// that is joined into theirs; Others are those that run beside it.
type OwnCheckin struct {
	Checkin
	State     string
	Why       string // of a stuck one
	HasWord   bool
	Ways      []record.Way
	Relatives int
	Joined    bool
	Others    []OwnCheckin
	Link      string // token of the open asking, or of the one whose silence made a case
	Rounds    []OwnRound
}

// OwnRound is an asking in the person's list.
type OwnRound struct {
	AskedAt    time.Time
	Answer     string // empty where there was none
	AnsweredAt *time.Time
	Note       string
	Raised     bool // nothing was heard, and a case was made
	Missing    bool // nobody reported that a letter arrived
	Open       bool
}

// OwnCheckin reads the acting person's check-in. It is on only where it can ask and raise the alarm at this moment.
func (s *Store) OwnCheckin(ctx context.Context, actor record.User) (o OwnCheckin, err error) {
	u, err := s.userOf(ctx, actor.ID)
	if err != nil {
		return o, err
	}
	o.Ways, o.State = u.Ways(), CheckinOff
	list, err := s.trusted(ctx, u.ID)
	if err != nil {
		return o, err
	}
	on, err := s.readCheckins(ctx, u.ID)
	if err != nil {
		return o, err
	}
	word := false
	for i, c := range on {
		one, err := s.readCheckin(ctx, u, c)
		if err != nil {
			return o, err
		}
		word = word || len(c.WordIndex) > 0
		if i > 0 {
			o.Others = append(o.Others, one)
			continue
		}
		one.Ways, one.Relatives = u.Ways(), len(list)
		o = one
	}
	o.HasWord = word
	return o, nil
}

// readCheckins are the check-ins of a person that are not switched off, that of the account itself first.
func (s *Store) readCheckins(ctx context.Context, userID int64) (list []Checkin, err error) {
	ids, err := s.accounts(ctx, userID)
	if err != nil {
		return nil, err
	}
	err = s.db.With(ctx).Where("user_id IN ? AND ended_at IS NULL", ids).Order("id").Find(&list).Error
	ownFirst(list, userID)
	return list, err
}

// readCheckin reads how one check-in of a person stands, and its last askings.
func (s *Store) readCheckin(ctx context.Context, u record.User, c Checkin) (o OwnCheckin, err error) {
	o.Checkin, o.Joined = c, c.UserID != u.ID
	if o.Joined {
		if u, err = s.userOf(ctx, c.UserID); err != nil {
			return o, err
		}
	}
	if o.State, o.Why, err = s.stateOf(ctx, u, c); err != nil {
		return o, err
	}
	return o, s.ownRounds(ctx, &o)
}

// stateOf is how a check-in stands at this moment.
func (s *Store) stateOf(ctx context.Context, u record.User, c Checkin) (state, why string, err error) {
	_, why, err = s.stuck(ctx, u, c)
	switch {
	case err != nil:
		return "", "", err
	case c.RaisedAt != nil:
		return CheckinRaised, "", nil
	case why != "":
		return CheckinStuck, why, nil
	case c.quiet(record.DayOf(s.db.Now())):
		return CheckinQuiet, "", nil
	}
	return CheckinOn, "", nil
}

// ownRounds reads the last askings of a check-in.
func (s *Store) ownRounds(ctx context.Context, o *OwnCheckin) error {
	var rounds []Round
	if err := s.db.With(ctx).Where("checkin_id = ?", o.ID).Order("id DESC").Limit(12).Find(&rounds).Error; err != nil {
		return err
	}
	for _, r := range rounds {
		own := OwnRound{AskedAt: r.AskedAt, AnsweredAt: r.AnsweredAt, Open: r.ClosedAt == nil, Raised: r.Answer == nil && r.ClosedAt != nil}
		if r.Answer != nil {
			own.Answer = *r.Answer
		}
		var err error
		if own.Note, err = s.opened(r.NoteSealed, "checkin_rounds", r.ID, "note_sealed"); err != nil {
			return err
		}
		steps, err := s.steps(ctx, r)
		if err != nil {
			return err
		}
		for _, st := range steps {
			own.Missing = own.Missing || st.Missing
		}
		if own.Open || o.RaisedAt != nil && own.Raised && o.Link == "" {
			if o.Link, err = s.opened(r.TokenSealed, "checkin_rounds", r.ID, "token_sealed"); err != nil {
				return err
			}
		}
		o.Rounds = append(o.Rounds, own)
	}
	return nil
}

// OverdueCheckin is a check-in that nobody answered and of which there is no case yet, or one that cannot ask, as the desk
// reads it. CaseAt is when a case will be made.
type OverdueCheckin struct {
	ID         int64 // of the check-in
	PersonID   int64
	PersonRef  string
	PersonName string
	Country    string
	Since      time.Time
	CaseAt     time.Time
	Reminded   bool
	Relative   bool
	Missing    bool
	StuckWhy   string
}

// OverdueCheckins lists them, the one whose case comes first first, for who helps people in trouble and the head; each look
// at somebody is written down.
func (s *Store) OverdueCheckins(ctx context.Context, officer record.User) (list []OverdueCheckin, err error) {
	if err := s.protects(ctx, officer); err != nil {
		return nil, err
	}
	err = s.transact(ctx, "read overdue check-ins", func(tx *Store) error {
		if list, err = tx.overdueList(ctx); err != nil || len(list) == 0 {
			return err
		}
		acts := make([]record.Act, len(list))
		for i, l := range list {
			acts[i] = record.Act{Action: "checkin_read", SubjectKind: "checkin", SubjectID: l.ID, PersonID: l.PersonID}
		}
		return tx.db.Audit(ctx, officer, acts...)
	})
	return list, err
}

func (s *Store) overdueList(ctx context.Context) (list []OverdueCheckin, err error) {
	err = s.db.With(ctx).Raw(`SELECT c.id,
			u.id AS person_id,
			u.ref AS person_ref,
			u.name AS person_name,
			coalesce((SELECT d.country
				FROM departures d
				WHERE d.user_id IN (u.id, c.user_id)
					AND d.over_at IS NULL
				ORDER BY d.user_id = u.id DESC
				LIMIT 1), '') AS country,
			coalesce(r.due_at, c.next_at) AS since,
			coalesce(r.due_at, c.next_at) + c.case_days * interval '1 day' AS case_at,
			EXISTS (SELECT FROM checkin_steps s WHERE s.round_id = r.id AND s.step = 'remind') AS reminded,
			EXISTS (SELECT FROM checkin_steps s WHERE s.round_id = r.id AND s.step = 'relative') AS relative,
			EXISTS (SELECT FROM checkin_steps s WHERE s.round_id = r.id AND s.missing) AS missing,
			c.stuck_why
		FROM figures_silent_checkins w
		JOIN checkins c ON c.id = w.checkin_id
		JOIN users u ON u.id = w.person_id
		LEFT JOIN checkin_rounds r ON r.checkin_id = c.id AND r.closed_at IS NULL
		WHERE w.since <= ?
		ORDER BY case_at, u.id
		LIMIT 200`, s.db.Now()).Scan(&list).Error
	return list, err
}

// protects refuses who neither helps people in trouble nor is the head.
func (s *Store) protects(ctx context.Context, officer record.User) error {
	for _, duty := range []record.Duty{record.DutyProtection, record.DutyHead} {
		if held, err := s.db.Holds(ctx, officer, duty); err != nil || held {
			return err
		}
	}
	return record.ErrForbidden
}

// CheckinOf is how the check-in of a person stands, for an officer who opened their departure: whether it is on, and the
// last asking, never what was answered but for whether.
func (s *Store) CheckinOf(ctx context.Context, officer record.User, ref string) (state string, last *time.Time, err error) {
	u, err := s.person(ctx, officer, ref)
	if err != nil {
		return "", nil, err
	}
	on, err := s.readCheckins(ctx, u.ID)
	if err != nil || len(on) == 0 {
		return CheckinOff, nil, err
	}
	owner, err := s.userOf(ctx, on[0].UserID)
	if err != nil {
		return "", nil, err
	}
	state, _, err = s.stateOf(ctx, owner, on[0])
	if err != nil {
		return "", nil, err
	}
	var answered []time.Time
	err = s.db.With(ctx).Model(&Round{}).Where("checkin_id = ? AND answer IN ('well', 'advice', 'help')", on[0].ID).
		Order("answered_at DESC").Limit(1).Pluck("answered_at", &answered).Error
	if err == nil && len(answered) > 0 {
		last = &answered[0]
	}
	return state, last, err
}

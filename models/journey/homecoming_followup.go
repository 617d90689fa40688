package journey

import (
	"context"
	"slices"
	"strconv"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/internal/urls"
	"naikkelas/models/record"
)

// The bounds of asking: for how many days after its day a question is still asked, after how many without an answer an
// officer looks, and how many people one step asks.
const (
	homeAskLate   = 60
	homeUnheard   = 14
	homesAtOnce   = 100
	homesListed   = 100
	answerNeed    = "need"
	answerSettled = "settled"
	answerLooking = "looking"
)

// HomeAnswers lists what somebody can answer, in the order of the form.
func HomeAnswers() []string { return []string{answerSettled, answerLooking, answerNeed} }

// A HomeFollowup is the question how somebody is, so many months after they came back, and the answer.
type HomeFollowup struct {
	ID           int64
	Ref          string
	HomecomingID int64
	Months       int
	AskedAt      time.Time
	Answer       *string
	AnsweredAt   *time.Time
	LookedBy     *int64
	LookedAt     *time.Time
}

// TableName is where those questions lie.
func (HomeFollowup) TableName() string { return "homecoming_followups" }

// toAskHome are the questions q of homecomings h that are due and were not asked. Who agreed later than a question's day is
// asked the next one.
const toAskHome = `FROM homecomings h
	JOIN users u ON u.id = h.user_id AND u.closed_at IS NULL
	CROSS JOIN (VALUES (3), (6), (12)) q (months)
	WHERE h.asked_since IS NOT NULL
		AND h.closed_at IS NULL
		AND (h.returned_on + make_interval(months => q.months))::date <= @today
		AND (h.returned_on + make_interval(months => q.months))::date > @late
		AND (h.returned_on + make_interval(months => q.months))::date >= (h.asked_since AT TIME ZONE 'Asia/Jakarta')::date
		AND NOT EXISTS (SELECT FROM homecoming_followups f WHERE f.homecoming_id = h.id AND f.months = q.months)`

// AskHomes asks people who came back how they are, three, six and twelve months after, each once, as long as they agree. It
// is a step of a chore.
func (s *Store) AskHomes(ctx context.Context) (more bool, err error) {
	today := record.DayOf(s.db.Now())
	args := map[string]any{"today": today.Date(), "late": today.Plus(-homeAskLate).Date(), "most": homesAtOnce}
	var ids []int64
	err = s.db.With(ctx).Raw("SELECT DISTINCT h.id "+toAskHome+" ORDER BY h.id LIMIT @most", args).Scan(&ids).Error
	for _, id := range ids {
		if err == nil {
			err = s.askHome(ctx, id, args)
		}
	}
	return len(ids) == homesAtOnce, err
}

func (s *Store) askHome(ctx context.Context, id int64, args map[string]any) error {
	return s.transact(ctx, "ask who came home", func(tx *Store) error {
		var h Homecoming
		if err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&h, id).Error; err != nil {
			return err
		}
		args["home"] = id
		var due []int
		if err := tx.db.With(ctx).Raw("SELECT q.months "+toAskHome+" AND h.id = @home ORDER BY q.months", args).Scan(&due).Error; err != nil {
			return err
		}
		var u record.User
		if err := tx.db.With(ctx).Take(&u, h.UserID).Error; err != nil {
			return err
		}
		for _, months := range due {
			f := HomeFollowup{Ref: record.NewRef("KP"), HomecomingID: id, Months: months, AskedAt: tx.db.Now()}
			if err := tx.db.With(ctx).Create(&f).Error; err != nil {
				return err
			}
			data := map[string]string{"Path": urls.Homecoming()}
			err := tx.db.TellOf(ctx, u, h.topic(), "homecoming "+h.Ref+" "+strconv.Itoa(months), "homecoming_asked", data)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// topic names the letters that ask how somebody is.
func (h Homecoming) topic() string { return "homecoming:" + h.Ref }

// asking begins or ends that somebody is asked: who takes it back gets no letter of it that waits.
func (s *Store) asking(ctx context.Context, h *Homecoming, ask bool) error {
	if ask && h.AskedSince == nil {
		h.AskedSince = new(s.db.Now())
	}
	if ask {
		return nil
	}
	h.AskedSince = nil
	return s.db.DropLetters(ctx, h.topic())
}

// AnswerHome keeps how the acting person is, as the answer to the question that waits; a new word takes the place of the
// one before.
func (s *Store) AnswerHome(ctx context.Context, u record.User, ref, answer string) error {
	if !slices.Contains(HomeAnswers(), answer) {
		return ErrHomeAnswer
	}
	return s.transact(ctx, "answer how it is at home", func(tx *Store) error {
		h, err := tx.openHome(ctx, u.ID)
		if err != nil {
			return err
		}
		var f HomeFollowup
		err = tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&f, "ref = ? AND homecoming_id = ?", ref, h.ID).Error
		if err != nil {
			return err
		}
		f.Answer, f.AnsweredAt, f.LookedAt, f.LookedBy = &answer, new(tx.db.Now()), nil, nil
		if answer != answerNeed {
			f.LookedAt = f.AnsweredAt
		}
		if err := tx.db.With(ctx).Save(&f).Error; err != nil {
			return err
		}
		return tx.auditHome(ctx, u, "home_answered", h)
	})
}

// A HomeRow is somebody who was asked and does not answer, or who needs something, as officers see it.
type HomeRow struct {
	HomeFollowup
	PersonID   int64
	PersonRef  string
	PersonName string
	ReturnedOn time.Time
	Needs      record.Codes `gorm:"type:text[]"`
}

// Unheard are the people who came back, were asked and need something, or did not answer within two weeks; who needs
// something comes first. Only who helps people in trouble reads them; that they did is written down.
func (s *Store) Unheard(ctx context.Context, officer record.User) ([]HomeRow, error) {
	if err := s.mayHelp(ctx, officer); err != nil {
		return nil, err
	}
	var list []HomeRow
	err := s.transact(ctx, "read who came home", func(tx *Store) error {
		err := tx.db.With(ctx).Raw(`SELECT f.*, u.id AS person_id, u.ref AS person_ref, u.name AS person_name, h.returned_on, h.needs
			FROM homecoming_followups f
			JOIN homecomings h ON h.id = f.homecoming_id
			JOIN users u ON u.id = coalesce((SELECT t.into_id
				FROM account_joins t
				WHERE t.joined_id = h.user_id AND `+record.JoinStands+`), h.user_id)
			WHERE f.looked_at IS NULL
				AND (f.answer = 'need' OR f.answer IS NULL AND f.asked_at <= ?)
			ORDER BY f.answer NULLS LAST, f.asked_at, f.id
			LIMIT ?`, tx.db.Now().Add(-homeUnheard*24*time.Hour), homesListed).Scan(&list).Error
		if err != nil || len(list) == 0 {
			return err
		}
		acts := make([]record.Act, len(list))
		for i, r := range list {
			acts[i] = record.Act{Action: "home_read", SubjectKind: "homecoming", SubjectID: r.HomecomingID, PersonID: r.PersonID}
		}
		return tx.db.Audit(ctx, officer, acts...)
	})
	return list, err
}

// LookedHome notes that an officer saw to somebody who needs something or does not answer.
func (s *Store) LookedHome(ctx context.Context, officer record.User, ref string) error {
	if err := s.mayHelp(ctx, officer); err != nil {
		return err
	}
	return s.transact(ctx, "look after who came home", func(tx *Store) error {
		var f HomeFollowup
		if err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&f, "ref = ?", ref).Error; err != nil {
			return err
		}
		if f.LookedAt != nil {
			return nil
		}
		f.LookedAt, f.LookedBy = new(tx.db.Now()), &officer.ID
		if err := tx.db.With(ctx).Save(&f).Error; err != nil {
			return err
		}
		var h Homecoming
		if err := tx.db.With(ctx).Take(&h, f.HomecomingID).Error; err != nil {
			return err
		}
		return tx.auditHome(ctx, officer, "home_looked_after", h)
	})
}

// mayHelp lets officers act who help people in trouble, or answer for the desk.
func (s *Store) mayHelp(ctx context.Context, officer record.User) error {
	held, err := s.db.Holds(ctx, officer, record.DutyProtection)
	if err == nil && !held {
		held, err = s.db.Holds(ctx, officer, record.DutyHead)
	}
	if err == nil && !held {
		return record.ErrForbidden
	}
	return err
}

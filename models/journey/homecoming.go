package journey

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/models"
	"naikkelas/models/record"
)

// HomeNeeds lists what somebody who came back may need.
func HomeNeeds() []string { return []string{"money", "health", "papers", "child", "work", "talk"} }

// HomeWishes lists with what they may begin anew.
func HomeWishes() []string { return []string{"course", "work", "business", "abroad"} }

// homeSkills is how many letters the skills have at most.
const homeSkills = 1000

// The refusals of coming back.
var (
	ErrHomeDay    = &record.Refusal{Key: "homecoming.day_wrong", Field: "day"}
	ErrHomeYears  = &record.Refusal{Key: "homecoming.years_wrong", Field: "years"}
	ErrHomeSkills = &record.Refusal{Key: "homecoming.skills_long", Field: "skills"}
	ErrHomeJob    = &record.Refusal{Key: "form.choose", Field: "occupation"}
	ErrHomeAnswer = &record.Refusal{Key: "form.choose", Field: "answer"}
	ErrHomeRise   = &record.Refusal{Key: "form.choose", Field: "rise"}
)

// A Homecoming is that somebody is back: what they need and wish, what they learned abroad, since when they agree to be
// asked how they are, and with what they began anew.
type Homecoming struct {
	ID           int64
	Ref          string
	UserID       int64
	DepartureID  *int64
	ReturnedOn   time.Time
	RoseOn       *time.Time
	RoseBy       *string
	RecordedBy   int64
	RecordedAt   time.Time
	ClosedAt     *time.Time
	Version      int
	Needs        record.Codes `gorm:"type:text[]"`
	Wishes       record.Codes `gorm:"type:text[]"`
	Occupation   *string
	Years        *int
	SkillsSealed []byte
	AskedSince   *time.Time
	Skills       string `gorm:"-"`
}

// TableName is where they lie.
func (Homecoming) TableName() string { return "homecomings" }

// NewHomecoming is what somebody who came back says.
type NewHomecoming struct {
	ReturnedOn    time.Time
	Needs, Wishes []string
	Occupation    string
	Years         *int
	Skills        string
	Ask           bool // they agree to be asked how they are
}

// earliestHome is how many years ago somebody came back at most.
const earliestHome = 20

func (n NewHomecoming) check(today record.Day) error {
	var errs []error
	day := record.DateDay(n.ReturnedOn)
	if n.ReturnedOn.IsZero() || day.After(today) || today.After(day.PlusMonths(12*earliestHome)) {
		errs = append(errs, ErrHomeDay)
	}
	if n.Years != nil && (*n.Years < 0 || *n.Years > 60) {
		errs = append(errs, ErrHomeYears)
	}
	if utf8.RuneCountInString(n.Skills) > homeSkills {
		errs = append(errs, ErrHomeSkills)
	}
	return errors.Join(errs...)
}

// known keeps the codes of a list that are known, each once.
func known(codes, list []string) record.Codes {
	kept := record.Codes{}
	for _, c := range list {
		if slices.Contains(codes, c) && !slices.Contains(kept, c) {
			kept = append(kept, c)
		}
	}
	return kept
}

// ComeHome keeps that the acting person is back, or changes what they said. The open departure is over with it.
func (s *Store) ComeHome(ctx context.Context, u record.User, n NewHomecoming) error {
	n.Skills = strings.TrimSpace(n.Skills)
	if err := n.check(record.DayOf(s.db.Now())); err != nil {
		return err
	}
	return s.transact(ctx, "come home", func(tx *Store) error {
		if _, err := tx.personOf(ctx, u, ""); err != nil {
			return err
		}
		h, err := tx.openHome(ctx, u.ID)
		if err != nil {
			return err
		}
		if h.ID == 0 {
			h = Homecoming{Ref: record.NewRef("PL"), UserID: u.ID, RecordedBy: u.ID, RecordedAt: tx.db.Now()}
			if h.DepartureID, err = tx.departureOver(ctx, u); err != nil {
				return err
			}
			if err := tx.endAll(ctx, u, "homecoming.case"); err != nil {
				return err
			}
		}
		h.ReturnedOn, h.Needs, h.Wishes, h.Years = n.ReturnedOn, known(HomeNeeds(), n.Needs), known(HomeWishes(), n.Wishes), n.Years
		if h.RoseOn != nil && h.RoseOn.Before(h.ReturnedOn) {
			h.RoseOn, h.RoseBy = nil, nil
		}
		if h.Occupation, err = tx.occupation(ctx, n.Occupation); err != nil {
			return err
		}
		if err := tx.asking(ctx, &h, n.Ask); err != nil {
			return err
		}
		h.Version++
		if err := tx.db.With(ctx).Save(&h).Error; err != nil {
			return err
		}
		if h.SkillsSealed, err = tx.sealed(n.Skills, "homecomings", h.ID, "skills_sealed"); err != nil {
			return err
		}
		if err := tx.db.With(ctx).Model(&h).Update("skills_sealed", h.SkillsSealed).Error; err != nil {
			return err
		}
		return tx.auditHome(ctx, u, "came_home", h)
	})
}

// occupation is a code that is there, nil for none.
func (s *Store) occupation(ctx context.Context, code string) (*string, error) {
	if code == "" {
		return nil, nil
	}
	var there bool
	err := s.db.With(ctx).Raw("SELECT EXISTS (SELECT FROM occupations WHERE code = ?)", code).Scan(&there).Error
	if err == nil && !there {
		err = ErrHomeJob
	}
	return &code, err
}

// departureOver ends the open departures of somebody who is back, under whichever of their accounts, and says which it was.
func (s *Store) departureOver(ctx context.Context, u record.User) (*int64, error) {
	var ids []int64
	err := s.db.With(ctx).Raw(`UPDATE departures
		SET over_at = @now, ended = @how, version = version + 1
		WHERE over_at IS NULL
			AND `+theirs+`
		RETURNING id`, map[string]any{"now": s.db.Now(), "how": endedBack, "me": u.ID}).Scan(&ids).Error
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	acts := make([]record.Act, len(ids))
	for i, id := range ids {
		acts[i] = record.Act{Action: "departure_over", SubjectKind: "departure", SubjectID: id, PersonID: u.ID}
	}
	return &ids[0], s.db.Audit(ctx, u, acts...)
}

// openHomes are the open homecomings of a person, also those that they kept under an account that is joined into theirs; their
// own comes first.
func (s *Store) openHomes(ctx context.Context, userID int64) *gorm.DB {
	return s.db.With(ctx).Where("closed_at IS NULL").Where(theirs, map[string]any{"me": userID}).Order(ownRowsFirst(userID))
}

// openHome is the open homecoming of a person, locked; none where it has no id.
func (s *Store) openHome(ctx context.Context, userID int64) (h Homecoming, err error) {
	err = s.openHomes(ctx, userID).Clauses(clause.Locking{Strength: "UPDATE"}).Limit(1).Find(&h).Error
	return h, err
}

// IsHome says whether the acting person is noted as back, which a new plan or departure closes.
func (s *Store) IsHome(ctx context.Context, u record.User) (bool, error) {
	var n int64
	err := s.db.With(ctx).Model(&Homecoming{}).Where("closed_at IS NULL").Where(theirs, map[string]any{"me": u.ID}).Count(&n).Error
	return n > 0, err
}

// homeNoMore closes the homecoming of somebody who sets out again, with the letters of it that wait.
func (s *Store) homeNoMore(ctx context.Context, actor record.User, userID int64) error {
	ids, err := s.accounts(ctx, userID)
	if err != nil {
		return err
	}
	var list []Homecoming
	err = s.openHomes(ctx, ids[0]).Clauses(clause.Locking{Strength: "UPDATE"}).Find(&list).Error
	for _, h := range list {
		if err == nil {
			err = s.db.With(ctx).Model(&h).Updates(map[string]any{"closed_at": s.db.Now(), "version": h.Version + 1}).Error
		}
		if err == nil {
			err = s.db.DropLetters(ctx, h.topic())
		}
		if err == nil {
			err = s.auditHome(ctx, actor, "homecoming_closed", h)
		}
	}
	return err
}

func (s *Store) auditHome(ctx context.Context, actor record.User, action string, h Homecoming) error {
	return s.db.Audit(ctx, actor, record.Act{Action: action, SubjectKind: "homecoming", SubjectID: h.ID, PersonID: h.UserID})
}

// Rise keeps with what the acting person began anew; the day is today. An empty word takes it back.
func (s *Store) Rise(ctx context.Context, u record.User, by string) error {
	if by == "" {
		return s.withHome(ctx, u, "rose_not", func(_ *Store, h *Homecoming) error {
			h.RoseBy, h.RoseOn = nil, nil
			return nil
		})
	}
	if !slices.Contains(HomeWishes(), by) {
		return ErrHomeRise
	}
	return s.withHome(ctx, u, "rose", func(tx *Store, h *Homecoming) error {
		if h.RoseBy != nil && *h.RoseBy == by {
			return nil
		}
		h.RoseBy, h.RoseOn = &by, new(record.DayOf(tx.db.Now()).Date())
		return nil
	})
}

// AskHome begins or ends that the acting person is asked how they are.
func (s *Store) AskHome(ctx context.Context, u record.User, ask bool) error {
	return s.withHome(ctx, u, "home_asking", func(tx *Store, h *Homecoming) error {
		return tx.asking(ctx, h, ask)
	})
}

// withHome changes the open homecoming of the acting person; without one there is nothing to find.
func (s *Store) withHome(ctx context.Context, u record.User, action string, f func(tx *Store, h *Homecoming) error) error {
	return s.transact(ctx, "change homecoming", func(tx *Store) error {
		h, err := tx.openHome(ctx, u.ID)
		if err == nil && h.ID == 0 {
			err = record.ErrNotFound
		}
		if err != nil {
			return err
		}
		if err := f(tx, &h); err != nil {
			return err
		}
		h.Version++
		if err := tx.db.With(ctx).Save(&h).Error; err != nil {
			return err
		}
		return tx.auditHome(ctx, u, action, h)
	})
}

// A HomePage is all that somebody who came back reads: what they said, who is asked, and what is there for them.
type HomePage struct {
	Home       Homecoming
	Followups  []HomeFollowup
	Courses    []HomeCourse
	Proofs     []HomeCertificate
	Certifiers []Certifier // for the job
	Job        models.Text
	Training   models.Text // the usual way to the job
	Support    []Support
	Checkin    bool // a check-in is on, which ends once they say that they are back
}

// Open is the question that waits for an answer, nil where none does.
func (p HomePage) Open() *HomeFollowup {
	for i := range p.Followups {
		if p.Followups[i].Answer == nil {
			return &p.Followups[i]
		}
	}
	return nil
}

// OwnHome is the open homecoming of the acting person, none where it has no id, with what fits what they did.
func (s *Store) OwnHome(ctx context.Context, u record.User) (p HomePage, err error) {
	if err = s.openHomes(ctx, u.ID).Limit(1).Find(&p.Home).Error; err != nil {
		return p, fmt.Errorf("find homecoming: %w", err)
	}
	err = s.db.With(ctx).Raw("SELECT EXISTS (SELECT FROM checkins WHERE ended_at IS NULL AND "+theirs+")",
		map[string]any{"me": u.ID}).Scan(&p.Checkin).Error
	if err != nil {
		return p, fmt.Errorf("find check-in of who came home: %w", err)
	}
	if p.Support, err = s.Support(ctx, "", SupportClaim, SupportCapital, SupportBusiness, SupportStart); err != nil || p.Home.ID == 0 {
		return p, err
	}
	if p.Home.Skills, err = s.opened(p.Home.SkillsSealed, "homecomings", p.Home.ID, "skills_sealed"); err != nil {
		return p, err
	}
	if err = s.db.With(ctx).Order("months DESC").Limit(10).Find(&p.Followups, "homecoming_id = ?", p.Home.ID).Error; err != nil {
		return p, err
	}
	err = s.propose(ctx, &p)
	return p, err
}

package journey

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"naikkelas/models"
	"naikkelas/models/record"
)

// Change is who changed what of a departure, and what stood there before. By is the officer's name, for the desk alone.
type Change struct {
	ID          int64
	DepartureID int64
	At          time.Time
	ByID        int64
	Source      string
	Fields      record.Codes `gorm:"type:text[]"`
	WasSealed   []byte
	Was         map[string]string `gorm:"-"`
}

// TableName is where changes of departures lie.
func (Change) TableName() string { return "departure_changes" }

// changes are the last changes of a departure, the newest first.
func (s *Store) changes(ctx context.Context, id int64) (list []Change, err error) {
	err = s.db.With(ctx).Where("departure_id = ?", id).Order("id DESC").Limit(30).Find(&list).Error
	for i, c := range list {
		text, openErr := s.opened(c.WasSealed, "departure_changes", c.ID, "was_sealed")
		if openErr != nil {
			return nil, openErr
		}
		if text != "" {
			if err := json.Unmarshal([]byte(text), &list[i].Was); err != nil {
				return nil, err
			}
		}
	}
	return list, err
}

// Confirmation is what somebody outside said or decided about a departure. It is recorded, never approved.
type Confirmation struct {
	ID          int64
	DepartureID int64
	Kind        string
	SaidBy      string
	SaidOn      time.Time
	RecordedBy  int64
	RecordedAt  time.Time
	FormToken   string
}

// TableName is where those words of others lie.
func (Confirmation) TableName() string { return "departure_confirmations" }

// Confirmations lists what can be confirmed.
func Confirmations() []string {
	return []string{"contract", "visa", "orientation", "insurance", "departed", "arrived", "registered", "other"}
}

// The refusals of recording what others said.
var (
	ErrSaidBy = &record.Refusal{Key: "departure.said_by_missing", Field: "said_by"}
	ErrSaidOn = &record.Refusal{Key: "departure.said_on_wrong", Field: "said_on"}
)

// saidByLength is how many characters the name of an office has at most.
const saidByLength = 200

// RecordConfirmation writes down what an office outside said about the departure of a person, with its name and the day. The
// same form records it once.
func (s *Store) RecordConfirmation(ctx context.Context, actor record.User, ref string, c Confirmation) error {
	c.SaidBy = strings.TrimSpace(c.SaidBy)
	switch {
	case !slices.Contains(Confirmations(), c.Kind):
		return &record.Refusal{Key: ErrDepartureChoice.Key, Field: "kind"}
	case c.SaidBy == "" || utf8.RuneCountInString(c.SaidBy) > saidByLength:
		return ErrSaidBy
	case c.SaidOn.IsZero() || c.SaidOn.After(record.DayOf(s.db.Now()).Date()):
		return ErrSaidOn
	}
	if _, err := uuid.Parse(c.FormToken); err != nil {
		c.FormToken = uuid.NewString()
	}
	return s.transact(ctx, "record what another office said", func(tx *Store) error {
		u, err := tx.person(ctx, actor, ref)
		if err != nil {
			return err
		}
		d, err := tx.own(ctx, u)
		if err != nil {
			return err
		}
		c.DepartureID, c.RecordedBy, c.RecordedAt = d.ID, actor.ID, tx.db.Now()
		r := tx.db.With(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "form_token"}}, DoNothing: true}).Create(&c)
		if r.Error != nil || r.RowsAffected == 0 {
			return r.Error
		}
		return tx.auditDeparture(ctx, actor, d, "departure_confirmed_by_others")
	})
}

// ErrReportedOn says that a registration abroad has no day, or one that is still to come.
var ErrReportedOn = &record.Refusal{Key: "departure.reported_wrong", Field: "reported_on"}

// RegisteredAbroad keeps that the acting person registered with the mission abroad, which nobody can do for them, with a
// photo of their library where they chose one.
func (s *Store) RegisteredAbroad(ctx context.Context, actor record.User, on time.Time, upload string) error {
	if on.IsZero() || on.After(record.DayOf(s.db.Now()).Date()) {
		return ErrReportedOn
	}
	return s.transact(ctx, "registered abroad", func(tx *Store) error {
		if actor.Role != record.Seeker {
			return record.ErrForbidden
		}
		d, err := tx.own(ctx, actor)
		if err != nil {
			return err
		}
		d.ReportedOn, d.ReportedUploadID = &on, nil
		if upload != "" {
			if d.ReportedUploadID, err = tx.fileOf(ctx, actor, upload); err != nil {
				return err
			}
		}
		d.Version++
		if err := tx.db.With(ctx).Save(&d).Error; err != nil {
			return err
		}
		return tx.auditDeparture(ctx, actor, d, "departure_registered")
	})
}

// CallOff ends a departure that does not take place. Who has left is no longer called off.
func (s *Store) CallOff(ctx context.Context, actor record.User, ref string, version int) error {
	return s.transact(ctx, "call a departure off", func(tx *Store) error {
		u, err := tx.person(ctx, actor, ref)
		if err != nil {
			return err
		}
		d, err := tx.own(ctx, u)
		switch {
		case err != nil:
			return err
		case d.Version != version:
			return models.ErrStale
		case d.Gone():
			return ErrDepartureGone
		}
		now, how := tx.db.Now(), endedCalledOff
		d.OverAt, d.Ended = &now, &how
		d.Version++
		if err := tx.db.With(ctx).Save(&d).Error; err != nil {
			return err
		}
		return tx.auditDeparture(ctx, actor, d, "departure_called_off")
	})
}

package journey

import (
	"context"
	"time"

	"naikkelas/models/record"
)

// The refusals of telling an interest.
var (
	ErrInterestSector     = &record.Refusal{Key: "interest.sector_unknown", Field: "sector"}
	ErrInterestOccupation = &record.Refusal{Key: "interest.occupation_unknown", Field: "occupation"}
	ErrInterestCountry    = &record.Refusal{Key: "interest.country_unknown", Field: "country"}
)

// An Interest is what a person wants, as far as they say so; each may be missing.
type Interest struct {
	UserID         int64 `gorm:"primaryKey"`
	SectorCode     *string
	OccupationCode *string
	CountryCode    *string
	ToldAt         time.Time // first
	ChangedAt      time.Time
}

// OwnInterest is what the acting person said they want; empty while they said nothing.
func (s *Store) OwnInterest(ctx context.Context, actor record.User) (i Interest, err error) {
	err = s.db.With(ctx).Where("user_id = ?", actor.ID).Limit(1).Find(&i).Error
	return i, err
}

// TellInterest keeps what the acting person wants. An occupation brings its sector; saying nothing takes back what was said.
func (s *Store) TellInterest(ctx context.Context, actor record.User, sector, occupation, country string) error {
	if actor.Role != record.Seeker {
		return record.ErrForbidden
	}
	return s.transact(ctx, "tell an interest", func(tx *Store) error {
		if occupation != "" {
			var of string
			if err := tx.db.With(ctx).Table("occupations").Where("code = ?", occupation).Pluck("sector_code", &of).Error; err != nil {
				return err
			}
			if of == "" {
				return ErrInterestOccupation
			}
			sector = of
		}
		if sector == "" && country == "" {
			return tx.db.With(ctx).Delete(&Interest{}, "user_id = ?", actor.ID).Error
		}
		err := tx.db.With(ctx).Exec(`INSERT INTO interests AS i (user_id, sector_code, occupation_code, country_code, told_at, changed_at)
			VALUES (@user, nullif(@sector, ''), nullif(@occupation, ''), nullif(@country, ''), @now, @now)
			ON CONFLICT (user_id) DO UPDATE
			SET sector_code = excluded.sector_code,
				occupation_code = excluded.occupation_code,
				country_code = excluded.country_code,
				changed_at = excluded.changed_at
			WHERE (i.sector_code, i.occupation_code, i.country_code)
				IS DISTINCT FROM (excluded.sector_code, excluded.occupation_code, excluded.country_code)`,
			map[string]any{"user": actor.ID, "sector": sector, "occupation": occupation, "country": country, "now": tx.db.Now()}).Error
		switch {
		case record.Violates(err, "interests_sector_code_fkey"):
			return ErrInterestSector
		case record.Violates(err, "interests_country_code_fkey"):
			return ErrInterestCountry
		}
		return err
	})
}

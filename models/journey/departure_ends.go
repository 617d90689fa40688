package journey

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models/record"
)

// What of a departure ends on a day.
const (
	EndsContract = "contract"
	EndsVisa     = "visa"
	EndsPassport = "passport"
)

// An End is the last day of a contract, a visa or a passport.
type End struct {
	What string
	On   time.Time
}

// Ends lists what of a departure ends, where the day is known.
func (d Departure) Ends() (list []End) {
	for _, e := range []struct {
		what string
		on   *time.Time
	}{{EndsContract, d.ContractTo}, {EndsVisa, d.VisaUntil}, {EndsPassport, d.PassportUntil}} {
		if e.on != nil {
			list = append(list, End{e.what, *e.on})
		}
	}
	return list
}

// EndWarning says that somebody was told of an end so many months before.
type EndWarning struct {
	DepartureID int64
	What        string
	EndsOn      time.Time
	Months      int
	ToldAt      time.Time
}

// TableName is where it is noted.
func (EndWarning) TableName() string { return "departure_warnings" }

// TellEnds tells people six and three months before their contract, visa or passport ends, each once for each day that was
// known. It is a step of a chore.
func (s *Store) TellEnds(ctx context.Context) (more bool, err error) {
	today := record.DayOf(s.db.Now())
	var ids []int64
	err = s.db.With(ctx).Raw(`SELECT d.id
		FROM departures d
		CROSS JOIN LATERAL (VALUES ('contract', d.contract_to), ('visa', d.visa_until), ('passport', d.passport_until)) e (what, ends_on)
		CROSS JOIN LATERAL (SELECT CASE WHEN e.ends_on <= CAST(@three AS date) THEN 3 ELSE 6 END AS months) m
		WHERE d.over_at IS NULL
			AND least(d.contract_to, d.visa_until, d.passport_until) <= @six
			AND e.ends_on BETWEEN @today AND @six
			AND NOT EXISTS (SELECT
				FROM departure_warnings w
				WHERE w.departure_id = d.id
					AND w.what = e.what
					AND w.ends_on = e.ends_on
					AND w.months = m.months)
		GROUP BY d.id
		ORDER BY d.id
		LIMIT @most`, map[string]any{
		"today": today.Date(), "three": today.PlusMonths(3).Date(), "six": today.PlusMonths(6).Date(), "most": askedAtOnce,
	}).Scan(&ids).Error
	for _, id := range ids {
		if err == nil {
			err = s.transact(ctx, "tell of an end", func(tx *Store) error { return tx.tellEnds(ctx, id) })
		}
	}
	return len(ids) == askedAtOnce && err == nil, err
}

// BeginWork notes of people abroad that the day has come from which they work: from then on it counts on their line. It is a step
// of a chore.
func (s *Store) BeginWork(ctx context.Context) (more bool, err error) {
	r := s.db.With(ctx).Exec(`UPDATE departures
		SET at_work = true
		WHERE id IN (SELECT id
			FROM departures
			WHERE NOT at_work
				AND over_at IS NULL
				AND works_from <= ?
			ORDER BY works_from, id
			LIMIT ?
			FOR UPDATE SKIP LOCKED)`, record.DayOf(s.db.Now()).Date(), askedAtOnce)
	return r.RowsAffected == askedAtOnce, r.Error
}

func (s *Store) tellEnds(ctx context.Context, id int64) error {
	var d Departure
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&d, "id = ? AND over_at IS NULL", id).Error
	if missing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	u, err := s.userOf(ctx, d.UserID)
	if err != nil {
		return err
	}
	if u, err = s.mainAccount(ctx, u); err != nil {
		return err
	}
	today := record.DayOf(s.db.Now())
	for _, e := range d.Ends() {
		day := record.DateDay(e.On)
		if today.After(day) || day.After(today.PlusMonths(6)) {
			continue
		}
		months := 6
		if !day.After(today.PlusMonths(3)) {
			months = 3
		}
		if err := s.tellEnd(ctx, u, d, e, months); err != nil {
			return err
		}
	}
	return nil
}

// tellEnd tells of one end once; who is told three months before needs no word of the six any more.
func (s *Store) tellEnd(ctx context.Context, u record.User, d Departure, e End, months int) error {
	w := EndWarning{DepartureID: d.ID, What: e.What, EndsOn: e.On, Months: months, ToldAt: s.db.Now()}
	r := s.db.With(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&w)
	if r.Error != nil || r.RowsAffected == 0 {
		return r.Error
	}
	template := "departure_contract"
	switch e.What {
	case EndsVisa:
		template = "departure_visa"
	case EndsPassport:
		template = "departure_passport"
	}
	when := i18n.Date(i18n.With(ctx, i18n.Lang(u.Language)), e.On)
	dedupe := "departure:" + d.Ref + ":" + e.What + ":" + e.On.Format(time.DateOnly) + ":" + numberText(&months)
	return s.db.Tell(ctx, u, dedupe, template, map[string]string{"Name": u.Name, "When": when, "Path": urls.Departure()})
}

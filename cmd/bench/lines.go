package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/record"
)

const (
	// travellers is how many people are on their way in a full list of stations.
	travellers = 500000
	// mostOfList is how many milliseconds 95 of 100 pages of the list may take, with the counts.
	mostOfList = 50
)

// stations compares a page of people by station, with its counts, when one of a hundred people is there and when all are.
func stations(ctx context.Context, w *world) ([]figure, error) {
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: stdlib.OpenDBFromPool(w.pool)}),
		&gorm.Config{SkipDefaultTransaction: true, Logger: logger.Discard})
	if err != nil {
		return nil, err
	}
	kernel := record.New(db, time.Now, nil, nil)
	store := journey.NewStore(kernel, nil)
	officer, err := models.NewStore(kernel).DemoUser(ctx, "rina@contoh.example")
	if err != nil {
		return nil, err
	}
	var took [2][]time.Duration
	for i, to := range []int{travellers / 100, travellers} {
		if err := w.travel(ctx, i*travellers/100+1, to); err != nil {
			return nil, err
		}
		if took[i], err = lists(ctx, store, officer); err != nil {
			return nil, err
		}
	}
	few, full := took[0], took[1]
	slowest := full[len(full)*95/100]
	return []figure{
		{
			name: fmt.Sprintf("95 of 100 lists of a station, %d people, in ms", travellers), most: mostOfList,
			ratio: float64(slowest.Microseconds()) / 1000, note: fmt.Sprintf("half of them under %v", full[len(full)/2].Round(time.Microsecond)),
		},
		compare(fmt.Sprintf("list of a station, %d people / with 1 %%", travellers), 2, full[len(full)/2], few[len(few)/2]),
	}, nil
}

// lists asks for pages of the list as officers do, by station, by country and deep in it, and says how long each took.
func lists(ctx context.Context, store *journey.Store, officer models.User) ([]time.Duration, error) {
	var took []time.Duration
	for round := range 20 {
		for _, s := range journey.Stations[2:] {
			filter := journey.LineFilter{Station: s, Country: []string{"", "JP"}[round%2]}
			after := ""
			for range 2 {
				start := time.Now()
				if _, err := store.StationCounts(ctx, officer); err != nil {
					return nil, err
				}
				page, err := store.LinesForOfficer(ctx, officer, filter, after)
				if err != nil {
					return nil, err
				}
				took = append(took, time.Since(start))
				after = page.After
			}
		}
	}
	slices.Sort(took)
	return took, nil
}

// travel adds people of whom each is at one of seven stations, in one of five countries. Their lines are written as the
// database would keep them, without asking it for each.
func (w *world) travel(ctx context.Context, from, to int) error {
	tx, err := w.pool.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(ctx) }()
	for _, sql := range []string{
		"ALTER TABLE users DISABLE TRIGGER line_begun",
		fmt.Sprintf(`INSERT INTO users (ref, role, name, username, password_hash, created_at, updated_at)
			SELECT 'AK-T' || n, 'seeker', 'Perantau ' || n, 'perantau' || n, '', now(), now()
			FROM generate_series(%d, %d) n`, from, to),
		"ALTER TABLE users ENABLE TRIGGER line_begun",
		"ALTER TABLE journey_lines DISABLE TRIGGER count_station",
		`INSERT INTO journey_lines (user_id, station, since, country, account_on)
			SELECT id, (ARRAY['identity', 'skill', 'ready', 'away_start', 'working', 'return', 'rise'])[id % 7 + 1],
				date '2026-01-01' + (id % 300)::int, (ARRAY['', 'JP', 'KR', 'TW', 'HK'])[id % 5 + 1], date '2026-01-01'
			FROM users
			WHERE ref LIKE 'AK-T%'
			ON CONFLICT DO NOTHING`,
		"ALTER TABLE journey_lines ENABLE TRIGGER count_station",
		"TRUNCATE station_counts",
		`INSERT INTO station_counts
			SELECT station, country, user_id % 32, count(*)
			FROM journey_lines
			GROUP BY station, country, user_id % 32`,
	} {
		if _, err := tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("%s: %w", sql, err)
		}
	}
	if err := tx.Commit(ctx); err != nil {
		return err
	}
	_, err = w.pool.Exec(ctx, "VACUUM ANALYZE users, journey_lines, station_counts")
	return err
}

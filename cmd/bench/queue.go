package main

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"naikkelas/models"
	"naikkelas/models/record"
)

// waiting is how many files wait in a full queue.
const waiting = 10000

// queue compares a page of the officers' queue when few files wait and when many do.
func queue(ctx context.Context, w *world) ([]figure, error) {
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: stdlib.OpenDBFromPool(w.pool)}),
		&gorm.Config{SkipDefaultTransaction: true, Logger: logger.Discard})
	if err != nil {
		return nil, err
	}
	store := models.NewStore(record.New(db, time.Now, nil, nil))
	officer, err := store.DemoUser(ctx, "rina@contoh.example")
	if err != nil {
		return nil, err
	}
	ask := func() error {
		_, err := store.Queue(ctx, officer, models.QueueFilter{}, "")
		return err
	}
	if err := w.enqueue(ctx, 1, 100); err != nil {
		return nil, err
	}
	few, err := median(60, ask)
	if err != nil {
		return nil, err
	}
	if err := w.enqueue(ctx, 101, waiting); err != nil {
		return nil, err
	}
	full, err := median(60, ask)
	return []figure{compare(fmt.Sprintf("queue with %d files / with 100", waiting), 10, full, few)}, err
}

// enqueue adds people whose applications wait for an officer.
func (w *world) enqueue(ctx context.Context, from, to int) error {
	for _, sql := range []string{
		`INSERT INTO users (ref, role, name, username, password_hash, created_at, updated_at)
			SELECT 'AK-B' || n, 'seeker', 'Pelamar ' || n, 'pelamar' || n, '', now(), now()
			FROM generate_series(%d, %d) n`,
		`INSERT INTO applications (ref, intake_id, seeker_id, state, submitted_at, first_submitted_at, created_at, updated_at)
			SELECT 'NK-B' || n, (SELECT min(id) FROM intakes), u.id, 'submitted', now(), now(), now(), now()
			FROM generate_series(%d, %d) n
			JOIN users u ON u.ref = 'AK-B' || n`,
	} {
		if _, err := w.pool.Exec(ctx, fmt.Sprintf(sql, from, to)); err != nil {
			return err
		}
	}
	_, err := w.pool.Exec(ctx, "ANALYZE users, applications")
	return err
}

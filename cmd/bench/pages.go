package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"
)

// visitors compares a page that is kept for visitors with the same page made for somebody signed in.
func visitors(_ context.Context, w *world) ([]figure, error) {
	made, err := median(60, func() error { return w.get(w.seeker, "/pelatihan") })
	if err != nil {
		return nil, err
	}
	kept, err := median(200, func() error { return w.get(w.visitor, "/pelatihan") })
	if err != nil {
		return nil, err
	}
	start, requests := time.Now(), 2000
	var people sync.WaitGroup
	faults := make(chan error, 20)
	for range 20 {
		people.Go(func() {
			for range requests / 20 {
				if err := w.get(w.visitor, "/pelatihan"); err != nil {
					faults <- err
					return
				}
			}
		})
	}
	people.Wait()
	close(faults)
	rate := float64(requests) / time.Since(start).Seconds()
	return []figure{
		compare("kept page / page made anew", 0.8, kept, made),
		{name: "kept pages a second, 20 visitors", note: fmt.Sprintf("%.0f", rate)},
	}, <-faults
}

// many is how many programmes a large catalogue has: two or three of each institution on the list of
// the whole country.
const many = 4000

// catalogue compares the list of some forty programmes with a large one, and a search in it with its
// first page. The list is ordered by the next deadline, which no index knows, so it grows with the
// catalogue; visitors get it from memory.
func catalogue(ctx context.Context, w *world) ([]figure, error) {
	ask := func() error { return w.get(w.seeker, "/pelatihan") }
	few, err := median(60, ask)
	if err != nil {
		return nil, err
	}
	if err := w.multiply(ctx); err != nil {
		return nil, err
	}
	full, err := median(60, ask)
	if err != nil {
		return nil, err
	}
	words, err := median(30, func() error { return w.get(w.seeker, "/pelatihan?q=las") })
	if err != nil {
		return nil, err
	}
	return []figure{
		compare(fmt.Sprintf("catalogue of %d / of forty", many), 15, full, few),
		compare("search in it / its first page", 8, words, full),
	}, nil
}

// multiply copies the demo programmes and their intakes under new references.
func (w *world) multiply(ctx context.Context) error {
	for _, table := range []struct{ name, special string }{
		{"programmes", "ref, code"}, {"intakes", "ref, programme_id"},
	} {
		var columns string
		err := w.pool.QueryRow(ctx, `SELECT string_agg(quote_ident(column_name), ', ')
			FROM information_schema.columns
			WHERE table_name = $1
				AND is_generated = 'NEVER'
				AND is_identity = 'NO'
				AND column_name <> ALL ($2)`, table.name, strings.Split(table.special, ", ")).Scan(&columns)
		if err != nil {
			return err
		}
		values := fmt.Sprintf(`'PL-' || n || '-' || t.id, t.code || '-' || n, %s
			FROM programmes t, generate_series(1, %d) n
			WHERE t.demo`, qualified(columns), many/40)
		if table.name == "intakes" {
			values = fmt.Sprintf(`'AN-' || p.id || '-' || t.id, p.id, %s
				FROM intakes t
				JOIN programmes o ON o.id = t.programme_id
				JOIN programmes p ON p.code LIKE o.code || '-%%' AND p.ref LIKE 'PL-%%-' || o.id`, qualified(columns))
		}
		insert := fmt.Sprintf("INSERT INTO %s (%s, %s) SELECT %s", table.name, table.special, columns, values)
		if _, err := w.pool.Exec(ctx, insert); err != nil {
			return err
		}
	}
	_, err := w.pool.Exec(ctx, "ANALYZE")
	return err
}

// qualified puts the source table's short name before each column.
func qualified(columns string) string {
	return "t." + strings.ReplaceAll(columns, ", ", ", t.")
}

// ready is an answer that needs the database but no cache. It is asked for in a session of its own, or the
// limit of pages for each would be what is measured.
func (w *world) ready() (time.Duration, error) {
	c, err := w.signIn()
	if err != nil {
		return 0, err
	}
	return median(100, func() error { return w.get(c, "/saya") })
}

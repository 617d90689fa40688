package models

import (
	"errors"
	"slices"
	"testing"
)

// F254: one record on which a chore fails stops neither those after it nor the next round.
func TestF254OneFailingRecordStopsNoOther(t *testing.T) {
	s := newStore(t, noon)
	err := s.sql.Exec(`INSERT INTO users (ref, role, name, email, password_hash, language, created_at, updated_at)
		SELECT 'PK-' || n, 'seeker', 'Orang', n || '@contoh.example', '-', 'id', now(), now()
		FROM generate_series(1, ?) n`, actStep+50).Error
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	var all, got []int64
	s.sql.Raw("SELECT id FROM users ORDER BY id").Scan(&all)
	step := func() (bool, error) {
		got = nil
		return s.act(t.Context(), "test", s.sql.Model(&User{}), func(id int64) error {
			got = append(got, id)
			if id == all[2] {
				return broken
			}
			return nil
		})
	}
	for range 2 {
		if more, err := step(); !more || !errors.Is(err, broken) || !slices.Equal(got, all[:actStep]) {
			t.Errorf("first step: %v, %v, %d records", more, err, len(got))
		}
		if more, err := step(); more || err != nil || !slices.Equal(got, all[actStep:]) {
			t.Errorf("second step: %v, %v, %d records", more, err, len(got))
		}
	}
}

package jobs

import (
	"testing"
	"time"
)

// The chore says that there is more until nothing is left that has outlived its term.
func TestRetentionGoesOnUntilNothingIsLeft(t *testing.T) {
	f := newFixture(t)
	many := "INSERT INTO attempts (key, window_at, count) SELECT int8send(n), ?, 1 FROM generate_series(1, 1500) n"
	err := f.db.Exec(many, time.Now().AddDate(0, 0, -2)).Error
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []bool{true, false} {
		if more, err := f.Store.ApplyRetention(t.Context()); err != nil || more != want {
			t.Errorf("more is %v, %v; want %v", more, err, want)
		}
	}
	var left int64
	if f.db.Table("attempts").Count(&left); left != 0 {
		t.Errorf("%d rows are left", left)
	}
}

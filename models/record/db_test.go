package record_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"

	"naikkelas/internal/i18n"
	"naikkelas/internal/testdb"
	"naikkelas/models/record"
)

// open is for a test that from here on runs beside others.
func open(t *testing.T) *record.DB {
	t.Helper()
	testdb.Beside(t)
	db, _ := testdb.Open(t)
	sqldb, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := river.NewClient[*sql.Tx](riverdatabasesql.New(sqldb), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	return record.New(db, time.Now, nil, jobs)
}

func TestF255TransactionInsideATransactionIsRefused(t *testing.T) {
	db := open(t)
	err := db.Transact(t.Context(), "outer", func(tx *record.DB) error {
		return tx.Transact(t.Context(), "inner", func(*record.DB) error { return nil })
	})
	if err == nil || err.Error() != "outer: inner: a transaction inside a transaction" {
		t.Errorf("nested: %v", err)
	}
}

func TestFailureSaysWhatWasBeingDoneAndARefusalDoesNot(t *testing.T) {
	db := open(t)
	failed := errors.New("disk full")
	err := db.Transact(t.Context(), "submit application", func(*record.DB) error { return failed })
	if !errors.Is(err, failed) || !strings.HasPrefix(err.Error(), "submit application: ") {
		t.Errorf("failure: %v", err)
	}
	no := &record.Refusal{Key: "application.closed"}
	for _, want := range []error{no, record.ErrNotFound, record.ErrForbidden} {
		err := db.Transact(t.Context(), "submit application", func(*record.DB) error { return want })
		if !errors.Is(err, want) || err.Error() != want.Error() {
			t.Errorf("%v became %v", want, err)
		}
	}
}

func TestEnqueueNeedsATransaction(t *testing.T) {
	if err := open(t).Enqueue(t.Context(), record.SendNotice{NoticeID: 1}); err == nil {
		t.Error("a job was added outside a transaction")
	}
}

// Two transactions that lock two rows in opposite order: the database ends one, and it runs again.
func TestF255DeadlockIsTriedAgain(t *testing.T) {
	db := open(t)
	ctx := t.Context()
	err := db.With(ctx).Exec(`INSERT INTO attempts (window_at, key, count)
		VALUES (now(), '\x01', 1), (now(), '\x02', 1)`).Error
	if err != nil {
		t.Fatal(err)
	}
	var both sync.WaitGroup
	both.Add(2)
	runs := [2]int{}
	lockBoth := func(i, first, second int) error {
		return db.Transact(ctx, "lock both", func(tx *record.DB) error {
			runs[i]++
			if err := hit(ctx, tx, first); err != nil {
				return err
			}
			if runs[i] == 1 { // both hold their first row before either asks for its second
				both.Done()
				both.Wait()
			}
			return hit(ctx, tx, second)
		})
	}
	faults := make(chan error, 2)
	go func() { faults <- lockBoth(0, 1, 2) }()
	go func() { faults <- lockBoth(1, 2, 1) }()
	if err := errors.Join(<-faults, <-faults); err != nil {
		t.Fatal(err)
	}
	if runs[0]+runs[1] != 3 {
		t.Errorf("ran %v times, want one of them twice", runs)
	}
	var hits int
	if err := db.With(ctx).Raw("SELECT sum(count) FROM attempts").Scan(&hits).Error; err != nil || hits != 6 {
		t.Errorf("counted %d, %v", hits, err)
	}
}

func hit(ctx context.Context, tx *record.DB, n int) error {
	return tx.With(ctx).Exec(`UPDATE attempts
		SET count = count + 1
		WHERE key = ?`, []byte{byte(n)}).Error
}

func TestDays(t *testing.T) {
	date := func(y, m, d int) record.Day {
		return record.DateDay(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC))
	}
	holiday := map[record.Day]bool{date(2026, 12, 25): true}
	for _, tt := range []struct {
		name      string
		got, want record.Day
	}{
		{"an evening in UTC is the next day in Jakarta", record.DayOf(time.Date(2026, 11, 25, 17, 0, 0, 0, time.UTC)), date(2026, 11, 26)},
		{"six months from the end of August", date(2025, 8, 31).PlusMonths(6), date(2026, 2, 28)},
		{"a leap year", date(2023, 8, 31).PlusMonths(6), date(2024, 2, 29)},
		{"over the end of a year", date(2026, 12, 31).PlusMonths(2), date(2027, 2, 28)},
		{"three working days over a weekend", date(2026, 11, 26).PlusWorking(3, nil), date(2026, 12, 1)},
		{"and over a holiday", date(2026, 12, 24).PlusWorking(1, holiday), date(2026, 12, 28)},
		{"no working day", date(2026, 11, 28).PlusWorking(0, nil), date(2026, 11, 28)},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, tt.got.Date().Format(time.DateOnly), tt.want.Date().Format(time.DateOnly))
		}
	}
	day := date(2026, 11, 30)
	if want := time.Date(2026, 11, 30, 23, 59, 59, 0, i18n.WIB); !day.End().Equal(want) {
		t.Errorf("ends %s", day.End())
	}
	if want := time.Date(2026, 11, 30, 0, 0, 0, 0, i18n.WIB); !day.Start().Equal(want) {
		t.Errorf("starts %s", day.Start())
	}
}

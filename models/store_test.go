package models

import (
	"context"
	"database/sql"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"gorm.io/gorm"

	"naikkelas/internal/i18n"
	"naikkelas/internal/seal"
	"naikkelas/internal/testdb"
	"naikkelas/models/record"
)

// noon is an ordinary Wednesday at noon in Jakarta.
var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, i18n.WIB)

// testStore is a Store over a fresh database with a clock that tests move.
type testStore struct {
	*Store
	sql *gorm.DB
	mu  sync.Mutex
	at  time.Time
}

var testBox = sync.OnceValues(func() (*seal.Box, error) {
	dir, err := testdb.Folder()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "keyset.json")
	if err := seal.Generate(path); err != nil {
		return nil, err
	}
	return seal.Open(path)
})

// newStore is for a test that from here on runs beside others.
func newStore(t testing.TB, at time.Time) *testStore {
	t.Helper()
	testdb.Beside(t)
	db, _ := testdb.Open(t)
	return newStoreOn(t, db, at)
}

func newStoreOn(t testing.TB, db *gorm.DB, at time.Time) *testStore {
	t.Helper()
	box, err := testBox()
	if err != nil {
		t.Fatal(err)
	}
	return newStoreWith(t, db, at, box)
}

func newStoreWith(t testing.TB, db *gorm.DB, at time.Time, box *seal.Box) *testStore {
	t.Helper()
	sqldb, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := river.NewClient[*sql.Tx](riverdatabasesql.New(sqldb), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	s := &testStore{sql: db, at: at}
	s.announceAfter(t, 0)
	s.Store = NewStore(record.New(db, s.clock, box, jobs), slices.Concat(ofAreas(t, db), Personal())...)
	return s
}

// ownTables are the tables of the core that hold something of people.
func ownTables() (own []string) {
	for _, p := range Personal() {
		own = append(own, p.Table)
	}
	return own
}

// ofAreas declares the tables of areas, of which these tests know nothing, as nobody's: closing an account would be
// refused otherwise.
func ofAreas(t testing.TB, db *gorm.DB) (list []record.Personal) {
	t.Helper()
	own := ownTables()
	var tables []struct{ Name, Columns string }
	err := db.Raw(`SELECT table_name AS name, string_agg(column_name, ' ') AS columns
		FROM information_schema.columns
		JOIN information_schema.tables USING (table_schema, table_name)
		WHERE table_schema = 'public'
			AND table_type = 'BASE TABLE'
			AND is_generated = 'NEVER'
			AND table_name NOT IN ?
		GROUP BY table_name`, own).Scan(&tables).Error
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		list = append(list, record.Personal{Table: table.Name, Stays: record.Nameless,
			Columns: []record.Columns{{Names: table.Columns, NotCopied: record.Internal}}})
	}
	return list
}

func (s *testStore) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

// announceAfter sets for how many minutes a decision can be recalled.
func (s *testStore) announceAfter(t testing.TB, minutes int) {
	t.Helper()
	err := s.sql.Exec(`INSERT INTO dated_settings (what, amount, valid_from, why)
		VALUES ('announce_minutes', ?, '2026-01-02', 'test')
		ON CONFLICT (what, valid_from) DO UPDATE
		SET amount = excluded.amount`, minutes).Error
	if err != nil {
		t.Fatal(err)
	}
}

// pass moves the clock.
func (s *testStore) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = s.at.Add(d)
}

// setNow sets the clock.
func (s *testStore) setNow(at time.Time) { s.pass(at.Sub(s.db.Now())) }

// rows counts what a table has.
func (s *testStore) rows(t testing.TB, from string, args ...any) (n int) {
	t.Helper()
	if err := s.sql.Raw("SELECT count(*) FROM "+from, args...).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// all runs the steps of a chore to its end.
func all(t testing.TB, step func(ctx context.Context) (more bool, err error)) {
	t.Helper()
	for more := true; more; {
		var err error
		if more, err = step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// lastLetter opens the newest letter, as the job would.
func (s *testStore) lastLetter(t testing.TB) record.Letter {
	t.Helper()
	var n record.Notice
	if err := s.sql.Order("id DESC").Take(&n).Error; err != nil {
		t.Fatalf("no letter: %v", err)
	}
	l, err := s.NoticeLetter(context.Background(), n.ID)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// addUser makes an open account without the way over codes.
func (s *testStore) addUser(t testing.TB, role Role, name string) User {
	t.Helper()
	email := record.FoldEmail(name + "@contoh.example")
	u := User{Role: role, Name: name, Email: &email, PasswordHash: "-"}
	if role == Staff || role == Owner {
		id := s.addInstitution(t, "LPK "+name).ID
		u.InstitutionID, u.MayEdit, u.MaySelect = &id, role == Staff, role == Staff
	}
	if err := s.createUser(context.Background(), &u, SystemUser); err != nil {
		t.Fatal(err)
	}
	return u
}

func (s *testStore) addInstitution(t testing.TB, name string) Institution {
	t.Helper()
	now := s.db.Now()
	i := Institution{
		Ref: record.NewRef("LB"), Kind: "lpk", Name: name, State: InstitutionVerified, VerifiedAt: &now,
		Version: 1, CreatedAt: now, UpdatedAt: now,
	}
	if err := s.sql.Create(&i).Error; err != nil {
		t.Fatal(err)
	}
	return i
}

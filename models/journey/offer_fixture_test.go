package journey

import (
	"database/sql"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"gorm.io/gorm"

	"naikkelas/internal/i18n"
	"naikkelas/internal/seal"
	"naikkelas/internal/testdb"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/models/record"
)

// A homeStore is a Store over a fresh database with a clock that tests move: Rina and Joko keep reference data, Tari helps
// people in trouble, Lain has no duty, Ani and Budi are seekers.
type homeStore struct {
	*Store
	core                   *models.Store
	kernel                 *record.DB
	sql                    *gorm.DB
	mu                     sync.Mutex
	at                     time.Time
	admin                  record.User
	rina, joko, tari, lain record.User
	ani, budi              record.User
}

var homeBox = sync.OnceValues(func() (*seal.Box, error) {
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

func newHome(t testing.TB) *homeStore {
	t.Helper()
	testdb.Beside(t)
	db, _ := testdb.Open(t)
	sqldb, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	box, err := homeBox()
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := river.NewClient[*sql.Tx](riverdatabasesql.New(sqldb), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	s := &homeStore{sql: db, at: time.Date(2026, 11, 25, 12, 0, 0, 0, i18n.WIB)} // an ordinary Wednesday
	s.kernel = record.New(db, s.clock, box, jobs)
	personal := append(append(Personal(), protection.Personal()...), models.Personal()...)
	s.Store, s.core = NewStore(s.kernel, nil), models.NewStore(s.kernel, personal...)
	s.admin = s.addUser(t, record.Admin, "Admin")
	s.rina = s.addUser(t, record.Officer, "Rina", record.DutyReference)
	s.joko = s.addUser(t, record.Officer, "Joko", record.DutyReference)
	s.tari = s.addUser(t, record.Officer, "Tari", record.DutyProtection)
	s.lain = s.addUser(t, record.Officer, "Lain")
	s.ani, s.budi = s.addUser(t, record.Seeker, "Ani"), s.addUser(t, record.Seeker, "Budi")
	return s
}

func (s *homeStore) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

// pass moves the clock.
func (s *homeStore) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = s.at.Add(d)
}

// days moves the clock by so many days.
func (s *homeStore) days(n int) { s.pass(time.Duration(n) * 24 * time.Hour) }

// addUser makes an account with duties.
func (s *homeStore) addUser(t testing.TB, role record.Role, name string, duties ...record.Duty) record.User {
	t.Helper()
	email := record.FoldEmail(record.NewWord() + "@contoh.example")
	u := record.User{Ref: record.NewRef("OR"), Role: role, Name: name, Email: &email, PasswordHash: "-", Language: "id",
		CreatedAt: s.clock(), UpdatedAt: s.clock()}
	if err := s.sql.Create(&u).Error; err != nil {
		t.Fatal(err)
	}
	for _, duty := range duties {
		if err := s.core.GiveDuty(t.Context(), s.admin, u.Ref, duty, "Surat tugas"); err != nil {
			t.Fatal(err)
		}
	}
	return u
}

// rows counts what a table has.
func (s *homeStore) rows(t testing.TB, from string, args ...any) (n int) {
	t.Helper()
	if err := s.sql.Raw("SELECT count(*) FROM "+from, args...).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

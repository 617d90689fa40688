package protection

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
	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// noon is an ordinary Wednesday at noon in Jakarta.
var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, i18n.WIB)

// A deskStore is a Store over a fresh database, with a clock that tests move and officers: Hana is the head, Rina and
// Joko help people in trouble, Pak Lain does not.
type deskStore struct {
	*Store
	core                   *models.Store
	dated                  *dated.Store
	sql                    *gorm.DB
	mu                     sync.Mutex
	at                     time.Time
	admin                  record.User
	hana, rina, joko, lain record.User
}

var deskBox = sync.OnceValues(func() (*seal.Box, error) {
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

func newDesk(t testing.TB) *deskStore {
	t.Helper()
	testdb.Beside(t)
	db, _ := testdb.Open(t)
	sqldb, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	box, err := deskBox()
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := river.NewClient[*sql.Tx](riverdatabasesql.New(sqldb), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	s := &deskStore{sql: db, at: noon}
	kernel := record.New(db, s.clock, box, jobs)
	s.Store, s.core, s.dated = NewStore(kernel), models.NewStore(kernel), dated.NewStore(kernel, DatedTables()...)
	s.admin = s.addOfficer(t, record.Admin, "Admin")
	s.hana = s.addOfficer(t, record.Officer, "Hana", record.DutyHead)
	s.rina = s.addOfficer(t, record.Officer, "Rina", record.DutyProtection, record.DutyReference)
	s.joko = s.addOfficer(t, record.Officer, "Joko", record.DutyProtection, record.DutyReference)
	s.lain = s.addOfficer(t, record.Officer, "Pak Lain", record.DutyReference, record.DutyInstitutions)
	return s
}

func (s *deskStore) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

// pass moves the clock.
func (s *deskStore) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = s.at.Add(d)
}

// addOfficer makes an account with duties.
func (s *deskStore) addOfficer(t testing.TB, role record.Role, name string, duties ...record.Duty) record.User {
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
func (s *deskStore) rows(t testing.TB, from string, args ...any) (n int) {
	t.Helper()
	if err := s.sql.Raw("SELECT count(*) FROM "+from, args...).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

package journey

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
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
)

// lineNoon is an ordinary Wednesday at noon in Jakarta.
var lineNoon = time.Date(2026, 11, 25, 12, 0, 0, 0, i18n.WIB)

// A lineStore is a Store over a fresh database with two officers, and a clock that moves on by itself.
type lineStore struct {
	*Store
	core     *models.Store
	sql      *gorm.DB
	counter  *testdb.Counter
	moment   atomic.Int64
	made     atomic.Int64
	officers [2]record.User
}

var lineBox = sync.OnceValues(func() (*seal.Box, error) {
	dir, err := testdb.Folder()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "line-keyset.json")
	if err := seal.Generate(path); err != nil && !os.IsExist(err) {
		return nil, err
	}
	return seal.Open(path)
})

func newLines(t testing.TB) *lineStore {
	t.Helper()
	testdb.Beside(t)
	db, _ := testdb.Open(t)
	sqldb, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	box, err := lineBox()
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := river.NewClient[*sql.Tx](riverdatabasesql.New(sqldb), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	counted, counter := testdb.Counting(db)
	s := &lineStore{sql: db, counter: counter}
	kernel := record.New(counted, s.clock, box, jobs)
	s.Store, s.core = NewStore(kernel, nil), models.NewStore(kernel, append(Personal(), models.Personal()...)...)
	s.reference(t)
	for i := range s.officers {
		s.officers[i] = s.person(t, record.Officer)
	}
	return s
}

// reference adds two countries, a sector with an occupation, a kind of certificate and a programme.
func (s *lineStore) reference(t testing.TB) {
	t.Helper()
	for _, query := range []string{
		`INSERT INTO countries VALUES ('JP', 'Jepang', 'Japan', '81', true, false, '', ''),
			('KR', 'Korea Selatan', 'South Korea', '82', true, false, '', '')`,
		"INSERT INTO sectors VALUES ('las', 'Las', 'Welding', '', '', '', 1)",
		"INSERT INTO occupations VALUES ('juru_las', 'las', 'Juru las', 'Welder', '', '', '', '', '', '', '', '{}')",
		`INSERT INTO certificate_types
			SELECT 'uji', 'x', 'Uji', 'Test', '', '', '', '', '', '', '', '', '', '', NULL, '', NULL, false, 1`,
		`INSERT INTO institutions (ref, kind, name, state, created_at, updated_at) VALUES ('LB-1', 'lpk', 'LPK', 'submitted', now(), now())`,
		`INSERT INTO programmes (ref, institution_id, title, state, created_at, updated_at)
			SELECT 'PR-1', id, 'Las', 'draft', now(), now() FROM institutions`,
	} {
		s.do(t, query)
	}
}

// clock is a little later each time it is asked.
func (s *lineStore) clock() time.Time {
	return lineNoon.Add(time.Duration(s.moment.Add(1)) * time.Minute)
}

func (s *lineStore) do(t testing.TB, query string, args ...any) {
	t.Helper()
	if err := s.sql.Exec(query, args...).Error; err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// name is a text that no other row has.
func (s *lineStore) name() string { return fmt.Sprintf("L-%d", s.made.Add(1)) }

func (s *lineStore) person(t testing.TB, role record.Role) (u record.User) {
	t.Helper()
	ref := s.name()
	now := s.clock()
	s.do(t, `INSERT INTO users (ref, role, name, username, password_hash, created_at, updated_at) VALUES (?, ?, 'Orang', ?, 'x', ?, ?)`,
		ref, role, "orang-"+fmt.Sprint(s.made.Load()), now, now)
	if err := s.sql.Take(&u, "ref = ?", ref).Error; err != nil {
		t.Fatal(err)
	}
	return u
}

func (s *lineStore) line(t testing.TB, u record.User) LineNow {
	t.Helper()
	l, err := s.OwnLine(t.Context(), u, "id")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

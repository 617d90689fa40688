package journey

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"gorm.io/gorm"

	"naikkelas/internal/i18n"
	"naikkelas/internal/seal"
	"naikkelas/internal/testdb"
	"naikkelas/models"
	"naikkelas/models/record"
)

// planNoon is an ordinary Wednesday at noon in Jakarta.
var planNoon = time.Date(2026, 11, 25, 12, 0, 0, 0, i18n.WIB)

// A planStore is a Store over a fresh database with somebody who means to leave, an officer, and a clock that tests move.
type planStore struct {
	*Store
	core          *models.Store
	sql           *gorm.DB
	mu            sync.Mutex
	at            time.Time
	suparmi, rina record.User
}

var planBox = sync.OnceValues(func() (*seal.Box, error) {
	dir, err := testdb.Folder()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "plan-keyset.json")
	if err := seal.Generate(path); err != nil && !os.IsExist(err) {
		return nil, err
	}
	return seal.Open(path)
})

func newPlans(t testing.TB) *planStore {
	t.Helper()
	testdb.Beside(t)
	db, _ := testdb.Open(t)
	sqldb, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	box, err := planBox()
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := river.NewClient[*sql.Tx](riverdatabasesql.New(sqldb), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	s := &planStore{sql: db, at: planNoon}
	kernel := record.New(db, s.clock, box, jobs)
	s.Store, s.core = NewStore(kernel, nil), models.NewStore(kernel)
	s.suparmi, s.rina = s.person(t, record.Seeker, "Suparmi"), s.person(t, record.Officer, "Rina")
	s.reference(t)
	return s
}

func (s *planStore) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

// pass moves the clock.
func (s *planStore) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = s.at.Add(d)
}

// days moves the clock by days.
func (s *planStore) days(n int) { s.pass(time.Duration(n) * 24 * time.Hour) }

// person makes an account with an address to which letters go.
func (s *planStore) person(t testing.TB, role record.Role, name string) record.User {
	t.Helper()
	email := record.FoldEmail(record.NewWord() + "@contoh.example")
	u := record.User{Ref: record.NewRef("OR"), Role: role, Name: name, Email: &email, PasswordHash: "-", Language: "id",
		CreatedAt: s.clock(), UpdatedAt: s.clock()}
	if err := s.sql.Create(&u).Error; err != nil {
		t.Fatal(err)
	}
	return u
}

// count counts rows.
func (s *planStore) count(t testing.TB, from string, args ...any) (n int) {
	t.Helper()
	if err := s.sql.Raw("SELECT count(*) FROM "+from, args...).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// letters counts the letters of a template.
func (s *planStore) letters(t testing.TB, template string) int {
	t.Helper()
	return s.count(t, "notices WHERE template = ?", template)
}

// certificate adds a verified certificate.
func (s *planStore) certificate(t testing.TB, u record.User, code string, until *time.Time) (id int64) {
	t.Helper()
	err := s.core.SeedReference(t.Context(), models.ReferenceData{
		CertificateTypes: []models.CertificateType{{Code: code, Category: "competence", Name: models.Text{ID: code, EN: code},
			ValidFromBasis: "issue_date", Position: 1}},
		Sectors: []models.Sector{{Code: "x", Name: models.Text{ID: "x"}, Icon: "x"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.sql.Raw(`INSERT INTO certificates (ref, seeker_id, type_code, state, method, officer_id, decided_at, valid_until, created_at,
			updated_at)
		VALUES (?, ?, ?, 'verified', 'qr', ?, ?, ?, ?, ?)
		RETURNING id`, record.NewRef("SR"), u.ID, code, s.rina.ID, s.clock(), until, s.clock(), s.clock()).Scan(&id).Error
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// upload adds a file to somebody's library.
func (s *planStore) upload(t testing.TB, u record.User) string {
	t.Helper()
	f := models.Upload{Ref: record.NewRef("BK"), OwnerID: u.ID, Purpose: "other", Name: "foto.jpg", MediaType: "image/jpeg", Size: 1,
		SHA256: []byte(uuid.NewString()), BlobKey: uuid.NewString(), State: models.UploadReady, Warnings: record.Codes{},
		HintDays: record.Codes{}, CreatedAt: s.clock()}
	if err := s.sql.Create(&f).Error; err != nil {
		t.Fatal(err)
	}
	return f.Ref
}

// own is Suparmi's list.
func (s *planStore) own(t testing.TB) PlanList {
	t.Helper()
	l, err := s.OwnPlan(t.Context(), s.suparmi)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// item is one line of Suparmi's list.
func (s *planStore) item(t testing.TB, need string) PlanLine {
	t.Helper()
	line, err := s.own(t).Line(need)
	if err != nil {
		t.Fatalf("%s: %v", need, err)
	}
	return line
}

// chore does all steps of a chore.
func (s *planStore) chore(t testing.TB, step func(ctx context.Context) (bool, error)) {
	t.Helper()
	for more := true; more; {
		var err error
		if more, err = step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// exec runs statements.
func (s *planStore) exec(t testing.TB, query string, args ...any) {
	t.Helper()
	if err := s.sql.Exec(query, args...).Error; err != nil {
		t.Fatal(err)
	}
}

// reference adds what ways are chosen of.
func (s *planStore) reference(t testing.TB) {
	t.Helper()
	for code, name := range map[string]string{"KR": "Korea Selatan", "DE": "Jerman"} {
		c := models.Country{Code: code, Name: models.Text{ID: name, EN: name}, Destination: true}
		if err := s.sql.Create(&c).Error; err != nil {
			t.Fatal(err)
		}
	}
	for n, route := range []string{"G_TO_G", "PERSEORANGAN", "RE_ENTRY"} {
		s.exec(t, `INSERT INTO routes (code, name_id, name_en, placed_by_id, placed_by_en, note_id, note_en, proposed_when, source, confidence,
				position, valid_from)
			VALUES (?, ?, ?, '', '', '', '', '', 'x', 'high', ?, '2020-01-01')`, route, route, route, n)
	}
	s.exec(t, `INSERT INTO schemes (code, name_id, name_en, country_code, routes, source, position, valid_from)
		VALUES ('EPS', 'EPS', 'EPS', 'KR', 'G_TO_G', 'x', 1, '2020-01-01')`)
	s.exec(t, `INSERT INTO facts (code, part, question_id, question_en, position, valid_from)
		VALUES ('IMIGRASI_MINTA', 'paper', 'Diminta imigrasi?', 'Asked by immigration?', 1, '2020-01-01')`)
}

// rule makes the needs of everybody, instead of those of before.
func (s *planStore) rule(t testing.TB, needs ...Need) {
	t.Helper()
	s.exec(t, "DELETE FROM document_rules")
	s.exec(t, "DELETE FROM documents")
	s.exec(t, "DELETE FROM lead_times")
	for step, n := range needs {
		s.exec(t, `INSERT INTO documents (code, name_id, name_en, part, health, numbered, certificate_types, all_certificates, language_levels,
				issuer_id, issuer_en, validity_id, validity_en, note_id, note_en, source, confidence, position, valid_from)
			VALUES (?, ?, ?, 'visa', ?, true, ?, ?, ?, 'x', 'x', '', '', '', '', 'x', 'high', ?, '2020-01-01')`, n.Key, n.Key, n.Key, n.Health,
			strings.Join(n.CertificateTypes, "\n"), n.AllCertificates, strings.Join(n.LanguageLevels, "\n"), step)
		condition, grade := "", n.Grade
		if grade == ToAsk {
			condition, grade = n.Ask[0], Required
		}
		for _, route := range []string{"G_TO_G", "PERSEORANGAN", "RE_ENTRY"} {
			s.exec(t, `INSERT INTO document_rules (code, document_code, variant, variant_id, variant_en, route, country_code, scheme, grade,
					condition, why_id, why_en, blocks, step, core, basis_id, basis_en, note_id, note_en, source, confidence, position, valid_from)
				VALUES (?, ?, '', '', '', ?, '', '', ?, ?, '', '', ?, ?, false, '', '', '', '', 'x', 'high', ?, '2020-01-01')`,
				route+n.Key, n.Key, route, grade, condition, strings.Join(n.Blocks, "\n"), step*10, step)
		}
		if n.Lead == nil {
			continue
		}
		s.exec(t, `INSERT INTO lead_times (code, document_code, variant, routes, country_code, scheme, label_id, label_en, days_min, days_max,
				working, where_id, where_en, valid_for_id, valid_for_en, basis_id, basis_en, note_id, note_en, source, confidence, position, valid_from)
			VALUES (?, ?, '', '', '', '', '', '', ?, ?, ?, '', '', '', '', '', '', '', '', 'x', 'high', ?, '2020-01-01')`,
			n.Key, n.Key, n.Lead.DaysMin, n.Lead.DaysMax, n.Lead.Working, step)
	}
}

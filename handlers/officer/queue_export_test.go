package officer_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"

	"naikkelas/handlers"
	"naikkelas/internal/testdb"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
)

// meter is a reader of an export that notes how it arrives.
type meter struct {
	header  http.Header
	status  int
	lines   int
	largest int
	queries []int // of the database, when a part arrived
	counter *testdb.Counter
}

func (m *meter) Header() http.Header { return m.header }

func (m *meter) WriteHeader(status int) { m.status = status }

func (m *meter) Write(b []byte) (int, error) {
	m.lines += bytes.Count(b, []byte("\n"))
	m.largest = max(m.largest, len(b))
	m.queries = append(m.queries, m.counter.Total())
	return len(b), nil
}

// exportedPeople is how many people are exported; make deep does it with fifty thousand.
var exportedPeople = 5000

// An export of any length streams: parts leave while the database is still read, no part is large,
// and no row costs a query of its own (bug report P125).
func TestP125ExportOfManyStreams(t *testing.T) {
	p := testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	officer := p.AddUser(models.Officer, "Rina")
	p.AddSubmitted(p.AddReadySeeker("Suparmi"), p.AddProgramme(nil).Intakes[0])
	const part = 5000 // so many lines of people are kept with the statement that adds them
	for first := 2; first <= exportedPeople; first += part {
		if err := p.DB.Exec(`WITH people AS (
				INSERT INTO users (ref, role, name, username, password_hash, created_at, updated_at)
				SELECT 'AK-U' || n, 'seeker', 'Pelamar ' || n, 'pelamar' || n, '', now(), now()
				FROM generate_series(CAST(@first AS int), least(CAST(@first AS int) + CAST(@part AS int) - 1, CAST(@all AS int))) n
				RETURNING id)
			INSERT INTO applications (ref, intake_id, seeker_id, state, submitted_at, first_submitted_at, created_at, updated_at)
			SELECT 'NK-U' || id, (SELECT min(id) FROM intakes), id, 'submitted', now(), now(), now(), now()
			FROM people`, map[string]any{"first": first, "part": part, "all": exportedPeople}).Error; err != nil {
			t.Fatal(err)
		}
	}
	db, counter := testdb.Counting(p.DB)
	deps := p.Deps
	deps.Store = models.NewStore(record.New(db, p.Clock, deps.Box, nil))
	request := httptest.NewRequest(http.MethodGet, urls.OfficerExport("csv"), nil)
	for _, cookie := range p.As(officer).Cookies {
		request.AddCookie(cookie)
	}
	m := &meter{header: http.Header{}, counter: counter}
	handlers.New(deps).ServeHTTP(m, request)
	if m.status != http.StatusOK || m.lines != exportedPeople+1 {
		t.Fatalf("status %d, %d lines, want a heading and %d", m.status, m.lines, exportedPeople)
	}
	first, last := m.queries[0], m.queries[len(m.queries)-1]
	if parts := exportedPeople / 1000; first > 20 || last > 30+parts || last-first < parts*9/10 {
		t.Errorf("the first part left after %d queries, the last after %d", first, last)
	}
	if m.largest > 64<<10 {
		t.Errorf("a part of %d bytes", m.largest)
	}
}

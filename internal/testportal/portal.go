// Package testportal starts the whole web part over a fresh database for a test, with people, a catalogue and
// browsers that look at its pages. Only tests import it.
package testportal

import (
	"context"
	"database/sql"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"gorm.io/gorm"

	"naikkelas/handlers"
	"naikkelas/handlers/web"
	"naikkelas/internal/forwarded"
	"naikkelas/internal/i18n"
	"naikkelas/internal/mail"
	"naikkelas/internal/notify"
	"naikkelas/internal/outbox"
	"naikkelas/internal/password"
	"naikkelas/internal/seal"
	"naikkelas/internal/testdb"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/protection"
	"naikkelas/models/record"
	"naikkelas/models/record/dated"
	"naikkelas/static"
)

// Noon is an ordinary Wednesday at noon in Jakarta.
var Noon = time.Date(2026, 11, 25, 12, 0, 0, 0, i18n.WIB)

// Portal is the whole web part over a fresh database, with a clock that tests move.
type Portal struct {
	T          testing.TB
	Store      *models.Store
	Dated      *dated.Store
	Protection *protection.Store
	Journey    *journey.Store
	DB         *gorm.DB // what tests look into
	Deps       web.Deps // what the handler was built of
	Handler    http.Handler
	mu         sync.Mutex
	at         time.Time
}

// Box seals for every portal of a test program.
var Box = sync.OnceValues(func() (*seal.Box, error) {
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

// Start builds the portal as serve does, for a test that from here on runs beside others. Options may change its
// parts first.
func Start(t testing.TB, options ...func(*web.Deps)) *Portal {
	t.Helper()
	testdb.Beside(t)
	db, _ := testdb.Open(t)
	return startOn(t, db, options...)
}

// startOn is Start over a database that is there already.
func startOn(t testing.TB, db *gorm.DB, options ...func(*web.Deps)) *Portal {
	t.Helper()
	sqldb, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	box, err := Box()
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := river.NewClient[*sql.Tx](riverdatabasesql.New(sqldb), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	assets, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	p := &Portal{T: t, DB: db, at: Noon}
	p.AnnounceAfter(0)
	kernel := record.New(db, p.Clock, box, jobs)
	p.Store = models.NewStore(kernel, personal()...)
	p.Dated = dated.NewStore(kernel, slices.Concat(models.DatedTables(), protection.DatedTables(), journey.DatedTables())...)
	p.Protection, p.Journey = protection.NewStore(kernel), journey.NewStore(kernel, protection.Raise)
	p.Deps = web.Deps{
		Store: p.Store, Dated: p.Dated, Protection: p.Protection, Journey: p.Journey,
		Log: slog.New(slog.NewJSONHandler(io.Discard, nil)), Assets: assets, Passwords: password.NewHasher(2),
		Mails: outbox.New[mail.Message](p.Clock), Messages: outbox.New[notify.Message](p.Clock),
		Settings: web.Settings{
			BaseURL: "http://127.0.0.1", Operator: "Uji", MailFrom: "Naik Kelas <kabar@contoh.example>", PhoneCodes: true,
			Proxies: forwarded.Loopback(),
		},
	}
	for _, option := range options {
		option(&p.Deps)
	}
	p.Handler = handlers.New(p.Deps)
	return p
}

// personal is what all areas hold of people.
func personal() []record.Personal {
	return slices.Concat(journey.Personal(), protection.Personal(), models.Personal())
}

// Counted has the statements of the portal's pages counted from here on.
func (p *Portal) Counted() *testdb.Counter {
	p.T.Helper()
	db, counter := testdb.Counting(p.DB)
	sqldb, err := db.DB()
	if err != nil {
		p.T.Fatal(err)
	}
	jobs, err := river.NewClient[*sql.Tx](riverdatabasesql.New(sqldb), &river.Config{})
	if err != nil {
		p.T.Fatal(err)
	}
	box, err := Box()
	if err != nil {
		p.T.Fatal(err)
	}
	kernel := record.New(db, p.Clock, box, jobs)
	p.Deps.Store, p.Deps.Protection = models.NewStore(kernel, personal()...), protection.NewStore(kernel)
	p.Deps.Journey = journey.NewStore(kernel, protection.Raise)
	p.Handler = handlers.New(p.Deps)
	return counter
}

// Clock is the portal's time.
func (p *Portal) Clock() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.at
}

// Pass moves the clock.
func (p *Portal) Pass(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at = p.at.Add(d)
}

// AnnounceAfter sets for how many minutes a decision can be recalled; in tests it is announced at once else.
func (p *Portal) AnnounceAfter(minutes int) {
	p.T.Helper()
	err := p.DB.Exec(`INSERT INTO dated_settings (what, amount, valid_from, why)
		VALUES ('announce_minutes', ?, '2026-01-02', 'test')
		ON CONFLICT (what, valid_from) DO UPDATE
		SET amount = excluded.amount`, minutes).Error
	if err != nil {
		p.T.Fatal(err)
	}
}

// LastLetter opens the newest letter, as the job would.
func (p *Portal) LastLetter() record.Letter {
	p.T.Helper()
	var id int64
	if err := p.DB.Raw("SELECT max(id) FROM notices").Scan(&id).Error; err != nil {
		p.T.Fatal(err)
	}
	l, err := p.Store.NoticeLetter(context.Background(), id)
	if err != nil {
		p.T.Fatalf("no letter: %v", err)
	}
	return l
}

// One is the single value that a query gives, as text.
func (p *Portal) One(query string, args ...any) string {
	p.T.Helper()
	var s string
	if err := p.DB.Raw(query, args...).Scan(&s).Error; err != nil {
		p.T.Fatal(err)
	}
	return s
}

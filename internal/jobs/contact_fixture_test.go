package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"gorm.io/gorm"

	"naikkelas/internal/i18n"
	"naikkelas/internal/mail"
	"naikkelas/internal/notify"
	"naikkelas/internal/seal"
	"naikkelas/internal/testdb"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/protection"
	"naikkelas/models/record"
)

const (
	portalName  = "Naik Kelas"
	portalURL   = "https://portal.contoh.id"
	portalOwner = "Disnakertransgi"
)

// A letterbox is both the mailer and the gateway of a test: it keeps what left, and when.
type letterbox struct {
	now  func() time.Time
	down bool
	left []sentLetter
}

type sentLetter struct {
	to, words string // all words that reach the address
	neutral   bool   // the sender's name is left out
	at        time.Time
}

var errDown = errors.New("out of service")

func (b *letterbox) keep(l sentLetter) error {
	if b.down {
		return errDown
	}
	l.at = b.now()
	b.left = append(b.left, l)
	return nil
}

type mailbox struct{ *letterbox }

func (b mailbox) Send(_ context.Context, m mail.Message) error {
	return b.keep(sentLetter{to: m.To, words: m.Subject + m.Text + m.HTML, neutral: m.Neutral})
}

type phonebox struct{ *letterbox }

func (b phonebox) Send(_ context.Context, m notify.Message) error {
	return b.keep(sentLetter{to: m.To, words: m.Text, neutral: m.Neutral})
}

// postOffice is the path of letters with a clock that tests move: the real job, and a queue that is
// worked when the test says so, by the test's clock.
type postOffice struct {
	*letterbox
	db     *gorm.DB
	pool   *pgxpool.Pool
	kernel *record.DB
	deps   Deps
	at     time.Time
	people int
}

// farOff lies after any real clock, so that only letters that are kept on purpose are not due at once.
var farOff = time.Date(2101, 3, 1, 12, 0, 0, 0, i18n.WIB)

func newPostOffice(t *testing.T) *postOffice {
	t.Helper()
	testdb.Beside(t)
	p := &postOffice{at: farOff}
	p.db, p.pool = testdb.Open(t)
	sqldb, err := p.db.DB()
	if err != nil {
		t.Fatal(err)
	}
	keys := filepath.Join(t.TempDir(), "keyset.json")
	if err := seal.Generate(keys); err != nil {
		t.Fatal(err)
	}
	box, err := seal.Open(keys)
	if err != nil {
		t.Fatal(err)
	}
	inserter, err := river.NewClient[*sql.Tx](riverdatabasesql.New(sqldb), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	clock := func() time.Time { return p.at }
	p.letterbox = &letterbox{now: clock}
	p.kernel = record.New(p.db, clock, box, inserter)
	p.deps = Deps{
		Store: models.NewStore(p.kernel), Protection: protection.NewStore(p.kernel),
		Journey: journey.NewStore(p.kernel, protection.Raise), Mailer: mailbox{p.letterbox}, Gateway: phonebox{p.letterbox},
		BaseURL: portalURL, Operator: portalOwner,
	}
	return p
}

// person makes an account with an e-mail address and a phone that may be written to.
func (p *postOffice) person() (models.User, error) {
	p.people++
	u := models.User{Role: models.Seeker}
	err := p.db.Raw(`INSERT INTO users (ref, role, name, email, phone, password_hash, language, created_at, updated_at)
		VALUES (?, 'seeker', 'Suparmi', ?, ?, '-', 'id', now(), now())
		RETURNING *`,
		fmt.Sprintf("AK-%d", p.people), fmt.Sprintf("ani-%d@contoh.example", p.people), fmt.Sprintf("+62812%07d", p.people)).Scan(&u).Error
	if err != nil {
		return u, err
	}
	return u, p.deps.Store.SetConsent(context.Background(), u, "phone_messages", true)
}

func (p *postOffice) tell(u models.User, dedupe string) error {
	return p.kernel.Transact(context.Background(), "tell", func(tx *record.DB) error {
		data := map[string]string{"Ref": "NK-7F3K92QD", "Name": u.Name}
		return tx.Tell(context.Background(), u, dedupe, "application_accepted", data)
	})
}

// work runs the jobs that are due, as River would: what is snoozed or failed stays for later.
func (p *postOffice) work(ctx context.Context) error {
	var due []struct {
		ID     int64
		Notice int64
	}
	err := p.db.Raw(`SELECT id, (args->>'notice_id')::bigint AS notice
		FROM river_job
		WHERE kind = 'send_notice' AND scheduled_at <= ?
		ORDER BY id`, p.at).Scan(&due).Error
	if err != nil {
		return err
	}
	worker := &sendNotice{Deps: p.deps}
	for _, job := range due {
		err := worker.Work(ctx, &river.Job[record.SendNotice]{Args: record.SendNotice{NoticeID: job.Notice}})
		snooze, later := errors.AsType[*river.JobSnoozeError](err)
		switch {
		case err == nil:
			err = p.db.Exec("DELETE FROM river_job WHERE id = ?", job.ID).Error
		case later:
			err = p.db.Exec("UPDATE river_job SET scheduled_at = ? WHERE id = ?", p.at.Add(snooze.Duration), job.ID).Error
		case errors.Is(err, errDown):
			err = p.db.Exec("UPDATE river_job SET scheduled_at = ? WHERE id = ?", p.at.Add(20*time.Minute), job.ID).Error
		}
		if err != nil {
			return err
		}
	}
	return nil
}

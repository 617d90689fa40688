package jobs

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"naikkelas/internal/mail"
	"naikkelas/internal/seal"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/protection"
	"naikkelas/models/record"
)

// hanging takes mail and never gives an answer.
type hanging struct{}

func (hanging) Send(context.Context, mail.Message) error {
	fmt.Println("sending")
	select {}
}

// hang is a process of its own that works the jobs of a database and gets stuck in a letter.
func hang(dsn, keys string) error {
	ctx := context.Background()
	pool, err := pgxpool.New(ctx, dsn)
	if err != nil {
		return err
	}
	sqldb := stdlib.OpenDBFromPool(pool)
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: sqldb}), &gorm.Config{SkipDefaultTransaction: true})
	if err != nil {
		return err
	}
	box, err := seal.Open(keys)
	if err != nil {
		return err
	}
	inserter, err := river.NewClient(riverdatabasesql.New(sqldb), &river.Config{})
	if err != nil {
		return err
	}
	d := Deps{
		Store: models.NewStore(record.New(db, time.Now, box, inserter)), Protection: protection.NewStore(record.New(db, time.Now, box, inserter)),
		Journey: journey.NewStore(record.New(db, time.Now, box, inserter), protection.Raise),
		Mailer:  hanging{}, BaseURL: "http://127.0.0.1", Operator: "Uji",
		Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
	}
	if _, err := Work(ctx, pool, d); err != nil {
		return err
	}
	select {}
}

// collecting takes mail.
type collecting chan mail.Message

func (c collecting) Send(_ context.Context, m mail.Message) error {
	c <- m
	return nil
}

// F139: a process is killed while it sends a letter. Another one sends it within a minute.
func TestF139JobOfAKilledProcessIsTakenUpWithinAMinute(t *testing.T) {
	f := newFixture(t)
	err := f.kernel.Transact(t.Context(), "test", func(tx *record.DB) error {
		letter := record.Letter{Channel: "email", Template: "password_changed", Language: "id", Address: "ani@contoh.example"}
		return tx.SendAnswer(t.Context(), "once", &f.owner.ID, letter)
	})
	if err != nil {
		t.Fatal(err)
	}
	victim := exec.Command(os.Args[0], "hang", f.database.AppDSN, f.keys)
	victim.Stderr = os.Stderr
	said, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = victim.Process.Kill(); _ = victim.Wait() })
	if line, err := bufio.NewReader(said).ReadString('\n'); err != nil || line != "sending\n" {
		rest, _ := io.ReadAll(said)
		t.Fatalf("the process says %q %q, %v", line, rest, err)
	}
	letters := make(collecting, 1)
	d := f.deps()
	d.Mailer, d.BaseURL, d.Operator = letters, "http://127.0.0.1", "Uji"
	stop := f.started(t, d)
	if err := victim.Process.Kill(); err != nil { // SIGKILL: it can say nothing any more
		t.Fatal(err)
	}
	killed := time.Now()
	select {
	case m := <-letters:
		t.Logf("sent %s after the kill, %s", time.Since(killed).Round(time.Second), m.ID)
	case <-time.After(time.Minute):
		t.Fatal("not sent within a minute")
	}
	until(t, f.pool, 10*time.Second, "the job has ended with its second try",
		`SELECT count(*) = 1
			FROM river_job
			WHERE kind = 'send_notice' AND state = 'completed' AND attempt = 2 AND cardinality(errors) = 1`)
	stop()
}

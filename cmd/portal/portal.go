package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"

	"naikkelas/internal/blob"
	"naikkelas/internal/jobs"
	"naikkelas/internal/localpg"
	"naikkelas/internal/mail"
	"naikkelas/internal/notify"
	"naikkelas/internal/ocr"
	"naikkelas/internal/outbox"
	"naikkelas/internal/password"
	"naikkelas/internal/render"
	"naikkelas/internal/seal"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/protection"
	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// portal is everything that serving and working share.
type portal struct {
	config     config
	log        *slog.Logger
	database   *database
	box        *seal.Box
	store      *models.Store
	dated      *dated.Store
	protection *protection.Store
	journey    *journey.Store
	blobs      *blob.Store
	renderer   *render.Renderer
	hasher     *password.Hasher
	metrics    *metrics
	mails      *outbox.Box[mail.Message]   // set in development: where mail goes instead
	messages   *outbox.Box[notify.Message] // set in development: where phone messages go instead
}

// openRunning opens the portal for pages or jobs, until it is told to stop. A portal that others than this
// machine reach does not run over demo accounts.
func openRunning(ctx context.Context, c config) (*portal, error) {
	p, err := openPortal(ctx, c, localpg.Start)
	if err != nil {
		return nil, err
	}
	if err := p.refuseDemoAccounts(ctx); err != nil {
		return nil, errors.Join(err, p.close())
	}
	if err := p.store.SealTold(ctx); err != nil {
		return nil, errors.Join(err, p.close())
	}
	if p.database.cluster != nil {
		err = p.database.cluster.Share()
	}
	if err := errors.Join(err, p.watched(ctx)); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

// refuseDemoAccounts keeps accounts whose password everybody knows away from where others could use them,
// such as those of a trial that became a real installation.
func (p *portal) refuseDemoAccounts(ctx context.Context) error {
	if p.config.development() {
		return nil
	}
	has, err := p.store.HasDemoAccounts(ctx)
	if err != nil || !has {
		return err
	}
	return errors.New("there are demo accounts in the database, whose password everybody knows; they may exist only " + where +
		": begin with an empty database")
}

// openPortal opens the database, the keys and the store.
func openPortal(ctx context.Context, c config, start starter) (*portal, error) {
	p := &portal{config: c, log: newLog(), hasher: password.NewHasher(2)}
	var err error
	if p.database, err = openDatabase(ctx, c, start); err != nil {
		return nil, err
	}
	if p.box, err = openKeys(c); err != nil {
		return nil, errors.Join(err, p.close())
	}
	if p.blobs, err = blob.Open(ctx, c.BlobURL); err != nil {
		return nil, errors.Join(fmt.Errorf("BLOB_URL: %w", err), p.close())
	}
	if p.renderer, err = newRenderer(c); err != nil {
		return nil, errors.Join(err, p.close())
	}
	inserter, err := river.NewClient(riverdatabasesql.New(p.database.sql), &river.Config{Logger: p.log})
	if err != nil {
		return nil, errors.Join(err, p.close())
	}
	kernel := record.New(p.database.gorm, time.Now, p.box, inserter)
	p.store, p.dated = models.NewStore(kernel, personal()...), dated.NewStore(kernel, datedTables()...)
	p.protection, p.journey = protection.NewStore(kernel), journey.NewStore(kernel, protection.Raise)
	p.metrics = newMetrics(p.store, p.database.pool, p.blobs)
	if c.development() {
		p.mails, p.messages = outbox.New[mail.Message](time.Now), outbox.New[notify.Message](time.Now)
	}
	return p, nil
}

func (p *portal) close() error {
	var blobs error
	if p.blobs != nil {
		blobs = p.blobs.Close()
	}
	return errors.Join(blobs, p.database.close())
}

// patience is how long somebody who sent a file waits for it to be looked into, before they hear that many files are
// looked into just now: the browser's script waits a little longer.
const patience = 20 * time.Second

// newRenderer makes the renderer, whose children are this same program.
func newRenderer(c config) (*render.Renderer, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return render.New(render.Options{
		Command: []string{program, renderCommand}, CPU: 20 * time.Second, Longest: 2 * time.Minute, Patience: patience, MaxParallel: 2,
		CacheDir: filepath.Join(c.DataDir, "cache", "pdfium"), Limits: render.DefaultLimits()}), nil
}

// openKeys opens the key set. The portal's own cluster makes one on first use, beside the
// data; anywhere else it must be given.
func openKeys(c config) (*seal.Box, error) {
	place := c.keysPlace()
	if c.Keyset == "" {
		if _, err := os.Stat(place); errors.Is(err, fs.ErrNotExist) {
			if err := seal.Generate(place); err != nil {
				return nil, err
			}
		}
	}
	return seal.Open(place)
}

// startJobs starts the workers; the returned function stops them gently.
func (p *portal) startJobs(ctx context.Context) (stop func(), err error) {
	mailer, gateway, err := p.ways()
	if err != nil {
		return nil, err
	}
	neutral, err := p.neutralWay()
	if err != nil {
		return nil, err
	}
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	words := ocr.Reader{Command: []string{program, ocrCommand}, Timeout: 35 * time.Second}
	scanner, err := p.config.scanner()
	if err != nil {
		return nil, err
	}
	var bounces jobs.Mailbox
	if p.config.BounceURL != "" {
		if bounces, err = mail.NewMailbox(p.config.BounceURL); err != nil {
			return nil, err
		}
	}
	client, err := jobs.Work(ctx, p.database.pool, jobs.Deps{
		Store: p.store, Protection: p.protection, Journey: p.journey, Blobs: p.blobs, Box: p.box,
		Mailer: mailer, Neutral: neutral, Gateway: gateway, Bounces: bounces,
		BaseURL: p.config.BaseURL, Operator: p.config.Operator, Demo: p.config.demo(),
		Renderer: p.renderer, Scanner: scanner, Words: words,
		Log: p.log,
	})
	if err != nil {
		return nil, err
	}
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := client.Stop(ctx); err != nil {
			p.log.Error("stop jobs", "err", err)
		}
	}, nil
}

// ways are the means of reaching people: real ones, or the development's outbox page.
func (p *portal) ways() (jobs.Mailer, jobs.Gateway, error) {
	var mailer jobs.Mailer
	var gateway jobs.Gateway
	if p.mails != nil {
		mailer, gateway = p.mails, p.messages
	}
	if p.config.SMTPURL != "" {
		sender, err := mail.New(p.config.SMTPURL, p.config.sender())
		if err != nil {
			return nil, nil, fmt.Errorf("SMTP_URL: %w", err)
		}
		mailer = sender
	}
	if p.config.NotifyURL != "" {
		client, err := notify.New(p.config.NotifyURL)
		if err != nil {
			return nil, nil, fmt.Errorf("NOTIFY_URL: %w", err)
		}
		gateway = client
	}
	return mailer, gateway, nil
}

// neutralWay is the sender of letters that must not name us, nil where none is set; in development they are shown instead.
func (p *portal) neutralWay() (jobs.Mailer, error) {
	switch {
	case p.config.SMTPURL == "" && p.mails != nil:
		return p.mails, nil
	case p.config.NeutralFrom == "":
		return nil, nil
	}
	sender, err := mail.NewNeutral(p.config.SMTPURL, p.config.NeutralFrom)
	if err != nil {
		return nil, fmt.Errorf("NEUTRAL_FROM: %w", err)
	}
	return sender, nil
}

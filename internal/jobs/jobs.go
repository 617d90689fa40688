// Package jobs does what happens after a transaction has committed: letters, images of
// uploads, deadlines. Each kind may run twice without harm; rules stay in models.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"naikkelas/internal/blob"
	"naikkelas/internal/mail"
	"naikkelas/internal/notify"
	"naikkelas/internal/ocr"
	"naikkelas/internal/receive"
	"naikkelas/internal/render"
	"naikkelas/internal/scan"
	"naikkelas/internal/seal"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/protection"
	"naikkelas/models/record"
)

// Mailer sends one mail.
type Mailer interface {
	Send(ctx context.Context, m mail.Message) error
}

// Gateway sends one message to a phone.
type Gateway interface {
	Send(ctx context.Context, m notify.Message) error
}

// Mailbox is where mail servers write what became of letters, see mail.Mailbox.
type Mailbox interface {
	Reports(ctx context.Context, take func(mail.Report) error) (more bool, err error)
}

// Deps is what the workers need.
type Deps struct {
	Store      *models.Store
	Protection *protection.Store
	Journey    *journey.Store
	Mailer     Mailer
	Neutral    Mailer  // the sender of letters that must not name us; nil where none is set
	Gateway    Gateway // nil when no gateway is set; then no phone notice is ever made
	Bounces    Mailbox // nil when no mailbox is set: then nobody learns of a letter that comes back
	Blobs      *blob.Store
	Box        *seal.Box
	Renderer   *render.Renderer
	Scanner    *scan.Scanner // nil where no scanner is set up
	Words      ocr.Reader
	BaseURL    string
	Operator   string
	Demo       bool // letters say that they are no official ones
	Log        *slog.Logger
}

const (
	// longest is how long a job of any kind may take. Longer work is a chain of jobs, so that a kill costs
	// one step of it.
	longest = 45 * time.Second
	// stepTime is after how long a step that could go on leaves the rest to the next.
	stepTime = 20 * time.Second
	// stuckAfter is how long a job may run before River takes it up, though its process is there.
	stuckAfter = time.Minute
)

// again is what a step returns that did its part: a job with more to do runs again at once, and that
// does not count as another try.
func again(more bool) error {
	if more {
		return river.JobSnooze(0)
	}
	return nil
}

// Work starts the workers over the pool; the client's Stop ends them gently.
func Work(ctx context.Context, pool *pgxpool.Pool, d Deps) (*river.Client[pgx.Tx], error) {
	workers, err := d.workers()
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	process, err := processName()
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	config := &river.Config{
		ID:                   process,
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 4}},
		FetchCooldown:        50 * time.Millisecond,
		FetchPollInterval:    200 * time.Millisecond,
		Workers:              workers,
		Logger:               d.Log,
		JobTimeout:           longest,
		RescueStuckJobsAfter: stuckAfter,
	}
	for _, c := range d.chores() {
		config.PeriodicJobs = append(config.PeriodicJobs, c.periodic())
	}
	client, err := river.NewClient(riverpgxv5.New(pool), config)
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	if err := d.Store.SeeProcess(ctx, process); err != nil { // before it has any job
		return nil, fmt.Errorf("jobs: %w", err)
	}
	if err := client.Start(ctx); err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	go d.stayAlive(context.WithoutCancel(ctx), process, client.Stopped())
	return client, nil
}

// workers has one worker for each kind of job.
func (d Deps) workers() (*river.Workers, error) {
	workers := river.NewWorkers()
	desk := receive.Desk{Store: d.Store, Protection: d.Protection, Blobs: d.Blobs, Box: d.Box, Renderer: d.Renderer, Log: d.Log}
	imports := make(chan struct{}, 1)
	failed := []error{
		add(workers, record.SendNotice{}, &sendNotice{Deps: d}),
		add(workers, models.AnnounceDecision{}, &announceDecision{Deps: d}),
		add(workers, protection.RaiseAlarms{}, &raiseAlarms{Deps: d}),
		add(workers, protection.SendCaseNotice{}, &sendCaseNotice{Deps: d}),
		add(workers, models.TellApplicants{}, &tellApplicants{Deps: d}),
		add(workers, journey.HeedAnswer{}, &heedAnswer{Deps: d}),
		add(workers, journey.TellRuleChange{}, &tellRuleChange{Deps: d}),
		add(workers, models.EndApplications{}, &endApplications{Deps: d}),
		add(workers, models.AnnounceIntake{}, &announceIntake{Deps: d}),
		add(workers, models.PublishProgramme{}, &publishProgramme{Deps: d}),
		add(workers, models.ContinueSelection{}, &continueSelection{Deps: d}),
		add(workers, models.ReadImport{}, &ReadImport{Store: d.Store, Blobs: d.Blobs, Box: d.Box, Turns: imports}),
		add(workers, models.SaveImport{}, &SaveImport{Store: d.Store, Turns: imports}),
		add(workers, models.ContinueRoll{}, &continueRoll{Deps: d}),
		add(workers, models.ReadUpload{}, &readUpload{Deps: d}),
		add(workers, models.FinishPartial{}, &FinishPartial{Desk: desk}),
		add(workers, protection.JoinAttachment{}, &JoinAttachment{Desk: desk}),
		add(workers, protection.CheckAttachment{}, &CheckAttachment{
			Store: d.Protection, Blobs: d.Blobs, Box: d.Box, Renderer: d.Renderer, Scanner: d.Scanner, Log: d.Log,
		}),
		add(workers, models.CheckPaper{}, &CheckPaper{
			Store: d.Store, Blobs: d.Blobs, Box: d.Box, Renderer: d.Renderer, Scanner: d.Scanner, Log: d.Log,
		}),
		add(workers, models.RenderUpload{}, &RenderUpload{
			Store: d.Store, Blobs: d.Blobs, Box: d.Box, Renderer: d.Renderer, Scanner: d.Scanner, Log: d.Log,
		}),
	}
	for _, c := range d.chores() {
		failed = append(failed, add(workers, choreArgs{c.kind}, &doChore{chore: c}))
	}
	return workers, errors.Join(failed...)
}

// add refuses a worker whose jobs may take too long. River takes the kind from the arguments and not from
// their type, because the chores differ in nothing else.
func add[A river.JobArgs](workers *river.Workers, args A, worker river.Worker[A]) error {
	timeout := worker.Timeout(&river.Job[A]{JobRow: &rivertype.JobRow{}, Args: args}) // 0 is the client's
	if timeout < 0 || timeout > longest {
		return fmt.Errorf("a job of the kind %s may take %s, want at most %s", args.Kind(), timeout, longest)
	}
	river.AddWorkerArgs(workers, args, worker)
	return nil
}

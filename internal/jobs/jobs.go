// Package jobs does what happens after a transaction has committed: letters, images of
// uploads, deadlines. Each kind may run twice without harm; rules stay in models.
package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"naikkelas/internal/blob"
	"naikkelas/internal/mail"
	"naikkelas/internal/notify"
	"naikkelas/internal/ocr"
	"naikkelas/internal/render"
	"naikkelas/internal/scan"
	"naikkelas/internal/seal"
	"naikkelas/models"
)

// Mailer sends one mail.
type Mailer interface {
	Send(ctx context.Context, m mail.Message) error
}

// Gateway sends one message to a phone.
type Gateway interface {
	Send(ctx context.Context, m notify.Message) error
}

// Deps is what the workers need.
type Deps struct {
	Store    *models.Store
	Mailer   Mailer
	Gateway  Gateway // nil when no gateway is set; then no phone notice is ever made
	Blobs    *blob.Store
	Box      *seal.Box
	Renderer *render.Renderer
	Scanner  *scan.Scanner // nil where no scanner is set up
	Words    ocr.Reader
	BaseURL  string
	Operator string
	Log      *slog.Logger
}

// stuckAfter is how long a job may run before it counts as one of a dead process. Jobs that may take
// longer say so themselves.
const stuckAfter = 5 * time.Minute

// Work starts the workers over the pool; the client's Stop ends them gently.
func Work(ctx context.Context, pool *pgxpool.Pool, d Deps) (*river.Client[pgx.Tx], error) {
	workers := river.NewWorkers()
	river.AddWorker(workers, &sendNotice{Deps: d})
	river.AddWorker(workers, &sweep{Deps: d})
	river.AddWorker(workers, &readUpload{Deps: d})
	river.AddWorker(workers, &sealAudit{Deps: d})
	river.AddWorker(workers, &RenderUpload{Store: d.Store, Blobs: d.Blobs, Box: d.Box, Renderer: d.Renderer, Scanner: d.Scanner, Log: d.Log})
	river.AddWorker(workers, &sweepBlobs{Deps: d})
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Queues:            map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 4}},
		FetchCooldown:     50 * time.Millisecond,
		FetchPollInterval: 200 * time.Millisecond,
		Workers:           workers,
		Logger:            d.Log,
		// A file whose portal was killed is opened again after this, and not an hour later.
		RescueStuckJobsAfter: stuckAfter,
		PeriodicJobs: []*river.PeriodicJob{
			river.NewPeriodicJob(river.PeriodicInterval(5*time.Minute), func() (river.JobArgs, *river.InsertOpts) { return models.Sweep{}, nil },
				&river.PeriodicJobOpts{RunOnStart: true}),
			river.NewPeriodicJob(river.PeriodicInterval(time.Minute), func() (river.JobArgs, *river.InsertOpts) { return models.SealAudit{}, nil },
				&river.PeriodicJobOpts{RunOnStart: true}),
			river.NewPeriodicJob(river.PeriodicInterval(24*time.Hour), func() (river.JobArgs, *river.InsertOpts) { return models.SweepBlobs{}, nil },
				&river.PeriodicJobOpts{RunOnStart: true}),
		},
	})
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	return client, client.Start(ctx)
}

package jobs

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	"naikkelas/models/record"
)

// beat is how often a process says that it is there, and looks for those that are gone.
const beat = 5 * time.Second

// processName is one that no other process has, on this machine or another.
func processName() (string, error) {
	host, err := os.Hostname()
	if err != nil {
		return "", fmt.Errorf("name this process: %w", err)
	}
	return host + "-" + strconv.Itoa(os.Getpid()) + "-" + record.NewWord(), nil
}

// stayAlive keeps the jobs of this process its own, and takes up those of processes that are gone, until
// the workers have stopped. A database that does not answer for long makes others take up ours; each
// kind may run twice.
func (d Deps) stayAlive(ctx context.Context, process string, stopped <-chan struct{}) {
	tick := time.NewTicker(beat)
	defer tick.Stop()
	for {
		select {
		case <-stopped:
			return
		case <-tick.C:
		}
		d.beat(ctx, process)
	}
}

func (d Deps) beat(ctx context.Context, process string) {
	ctx, cancel := context.WithTimeout(ctx, 2*beat)
	defer cancel()
	if err := d.Store.SeeProcess(ctx, process); err != nil {
		d.Log.WarnContext(ctx, "this process seems gone to others", "err", err)
		return
	}
	n, err := d.Store.TakeUpJobs(ctx)
	if err != nil {
		d.Log.WarnContext(ctx, "jobs of processes that are gone stay where they are", "err", err)
	} else if n > 0 {
		d.Log.InfoContext(ctx, "took up jobs of processes that are gone", "jobs", n)
	}
}

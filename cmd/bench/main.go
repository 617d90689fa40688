// Command bench measures the portal under load against floors of its own run: each figure is a ratio
// of two medians that were measured one after the other on the same machine, so that a slow machine
// changes both. It prints a table and exits 1 when a ratio is out of its bound. Traffic stays on
// 127.0.0.1 and ends after a few minutes.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"
)

// A figure is one measured ratio with what it was made of. Most or least is its bound; zero is none.
type figure struct {
	name  string
	ratio float64
	most  float64
	least float64
	note  string
}

var errSlow = errors.New("a ratio is out of its bound")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	var err error
	if len(os.Args) > 1 && os.Args[1] == floorArgument {
		err = serveFloor(ctx, os.Args[2:])
	} else {
		err = run(ctx)
	}
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	w, err := newWorld(ctx)
	if err != nil {
		return err
	}
	defer w.close()
	slow := false
	// The first is asked of a portal as it is after seeding.
	for _, scenario := range []func(context.Context, *world) ([]figure, error){
		uncached, remembered, visitors, catalogue, queue, stations, spreadsheets, rendering, hostileFiles,
	} {
		figures, err := scenario(ctx, w)
		if err != nil {
			return err
		}
		for _, f := range figures {
			over := f.print()
			slow = slow || over
		}
	}
	if slow {
		return errSlow
	}
	return nil
}

// print writes the figure's line and says whether it is out of its bound.
func (f figure) print() bool {
	slow := f.most > 0 && f.ratio > f.most || f.least > 0 && f.ratio < f.least
	verdict := map[bool]string{true: "TOO SLOW", false: "ok"}[slow]
	switch {
	case f.most > 0:
		fmt.Printf("%-52s %8.2f <= %-4g %-8s %s\n", f.name, f.ratio, f.most, verdict, f.note)
	case f.least > 0:
		fmt.Printf("%-52s %8.2f >= %-4g %-8s %s\n", f.name, f.ratio, f.least, verdict, f.note)
	case f.ratio > 0:
		fmt.Printf("%-52s %8.2f %16s %s\n", f.name, f.ratio, "", f.note)
	default:
		fmt.Printf("%-52s %25s %s\n", f.name, "", f.note)
	}
	return slow
}

// median runs f so many times and gives the median of how long it took.
func median(times int, f func() error) (time.Duration, error) {
	took := make([]time.Duration, times)
	for i := range took {
		start := time.Now()
		if err := f(); err != nil {
			return 0, err
		}
		took[i] = time.Since(start)
	}
	slices.Sort(took)
	return took[times/2], nil
}

// compare makes a figure of two medians.
func compare(name string, most float64, loaded, floor time.Duration) figure {
	note := fmt.Sprintf("%v against %v", loaded.Round(time.Microsecond), floor.Round(time.Microsecond))
	return figure{name: name, ratio: float64(loaded) / float64(floor), most: most, note: note}
}

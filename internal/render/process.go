package render

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"syscall"
	"time"
)

// bounds are how much of the processor a child may use, and how long it may be there.
type bounds struct{ cpu, longest time.Duration }

// run starts a child for a job as soon as one is free, unless waiting ends before, hands over the pages that it sends
// and returns when the child is gone.
func (r *Renderer) run(ctx, waiting context.Context, j job, b bounds, file io.Reader, page func(Page) error) (Info, error) {
	select {
	case r.free <- struct{}{}:
		defer func() { <-r.free }()
	case <-waiting.Done():
		return Info{}, tooBusy(ctx, waiting, waiting.Err())
	}
	input, err := j.input(file)
	if err != nil {
		return Info{}, err
	}
	// The kernel kills the child when this thread ends, so the thread is kept.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()

	bounded, stop := context.WithTimeoutCause(ctx, b.longest, ErrStalled)
	defer stop()
	bounded, cancel := context.WithCancelCause(bounded)
	defer cancel(nil)
	var stderr head
	cmd := command(bounded, r.opts.Command, input, &stderr)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return Info{}, fmt.Errorf("start a child: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return Info{}, fmt.Errorf("start a child: %w", err)
	}
	watched := meter(cmd.Process.Pid).watch(bounded, b.cpu, cancel)
	info, err := receive(stdout, j.Limits.Pages, meter(cmd.Process.Pid).timed(page))
	watched()
	if !errors.Is(err, errNoAnswer) {
		cancel(nil) // nothing more is wanted of the child
	}
	_ = cmd.Wait() // how it ended is told by its state
	switch {
	case !errors.Is(err, errNoAnswer):
		return info, err
	case ctx.Err() != nil:
		return Info{}, ctx.Err()
	case bounded.Err() != nil:
		return Info{}, context.Cause(bounded)
	}
	return Info{}, death(cmd.ProcessState, stderr)
}

// input is what a child reads: the job in one line, then the file, which is small
// enough to have been read before the child starts.
func (j job) input(file io.Reader) (io.Reader, error) {
	input, err := json.Marshal(j)
	if err != nil {
		return nil, fmt.Errorf("describe a job: %w", err)
	}
	input = append(input, '\n')
	if file == nil {
		return bytes.NewReader(input), nil
	}
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	return bytes.NewReader(append(input, data...)), nil
}

// command prepares a child that sees nothing of the portal: no environment, a
// process group of its own that is killed as a whole, and death with the portal.
func command(ctx context.Context, argv []string, stdin io.Reader, stderr io.Writer) *exec.Cmd {
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Env = []string{}
	cmd.Dir = "/"
	cmd.Stdin = stdin
	cmd.Stderr = stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

// errNoAnswer is a child that ended without a last frame.
var errNoAnswer = errors.New("child gave no answer")

// receive reads frames up to the last one. A Failure is what the child found; an
// error of page ends it too.
func receive(stdout io.Reader, pages int, page func(Page) error) (Info, error) {
	for {
		f, p, err := readFrame(stdout)
		switch {
		case errors.Is(err, errFrame):
			return Info{}, fmt.Errorf("%w: %w", ErrCrashed, err)
		case err != nil:
			return Info{}, fmt.Errorf("%w: %w", errNoAnswer, err)
		case f.Done != nil:
			return *f.Done, nil
		case slices.Contains(Failures(), f.Failure):
			return Info{}, f.Failure
		case f.Page == nil, pages == 0, page == nil:
			return Info{}, fmt.Errorf("%w: %w", ErrCrashed, errFrame)
		}
		pages--
		if err := page(p); err != nil {
			return Info{}, err
		}
	}
}

// death says why a child ended that gave no answer. Only trouble that is not the
// file's fault is not a Failure, and worth another try.
func death(state *os.ProcessState, stderr []byte) error {
	status, _ := state.Sys().(syscall.WaitStatus)
	switch {
	case bytes.Contains(stderr, []byte("out of memory")), bytes.Contains(stderr, []byte("cannot allocate memory")):
		return ErrMemory
	case status.Signaled() && status.Signal() == syscall.SIGKILL:
		return ErrMemory // nobody else kills it but the system that runs short
	case bytes.Contains(stderr, []byte(syscall.ENOSPC.Error())):
		return fmt.Errorf("child of render: %s: %w", bytes.TrimSpace(stderr), syscall.ENOSPC)
	case status.Exited() && status.ExitStatus() == exitTrouble:
		return fmt.Errorf("child of render: %s", bytes.TrimSpace(stderr))
	}
	return fmt.Errorf("%w: %v", ErrCrashed, state)
}

// head keeps the beginning of what is written, where a crash names its cause.
type head []byte

// Write never fails.
func (h *head) Write(p []byte) (int, error) {
	const most = 4 << 10
	*h = append(*h, p[:min(len(p), most-len(*h))]...)
	return len(p), nil
}

// Package trial starts the portal as `make build` leaves it, with a cluster and a folder of its own on loopback, for
// programs that try it out and throw it away.
package trial

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// built is the portal's program, seen from the folder of the repository.
const built = "bin/portal"

// The database of the portal's own cluster and the owner of its tables.
const (
	DatabaseName = "naikkelas"
	DatabaseUser = "naikkelas_owner"
)

// Portal is a portal to try out: database, files and process are thrown away at the end.
type Portal struct {
	Program string // absolute: children run elsewhere
	Folder  string // of all that it writes
	Base    string // the address of its pages
	env     []string
	process *exec.Cmd
}

// New finds the program, a folder and a free port; nothing runs yet. Settings stand beside the usual ones.
func New(settings ...string) (p *Portal, err error) {
	p = &Portal{}
	defer func() {
		if err != nil {
			p.Close()
		}
	}()
	if p.Program, err = filepath.Abs(built); err != nil {
		return p, err
	}
	if p.Folder, err = os.MkdirTemp("", "naikkelas-trial-"); err != nil {
		return p, err
	}
	if err := os.Chmod(p.Folder, 0o755); err != nil { // the database's own user walks through it
		return p, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return p, err
	}
	p.Base = "http://" + listener.Addr().String()
	p.env = append(os.Environ(),
		"ADDR="+listener.Addr().String(), "BASE_URL="+p.Base,
		"DATA_DIR="+p.Data(), "BLOB_URL=file://"+filepath.Join(p.Folder, "blobs"),
		"DATABASE_URL=", "MIGRATE_DATABASE_URL=", "KEYSET=", "SMTP_URL=", "DEMO=1",
		"TRUSTED_PROXIES=", "METRICS_ADDR=", "NOTIFY_URL=")
	p.env = append(p.env, settings...)
	return p, listener.Close()
}

// Data is the portal's DATA_DIR.
func (p *Portal) Data() string { return filepath.Join(p.Folder, "data") }

// Command is the portal's program with the settings of this trial and no others.
func (p *Portal) Command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, p.Program, args...)
	cmd.Env = p.env
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 20 * time.Second
	return cmd
}

// Seed makes the cluster, with reference data and demo records.
func (p *Portal) Seed(ctx context.Context) error {
	out, err := p.Command(ctx, "seed", "demo").CombinedOutput()
	if err != nil {
		return fmt.Errorf("portal seed demo: %w: %s", err, out)
	}
	return nil
}

// Serve starts the portal and waits until it answers. What it logs is written to the folder's file log.
func (p *Portal) Serve(ctx context.Context) error {
	log, err := os.Create(p.Log())
	if err != nil {
		return err
	}
	defer log.Close() // the process has its own
	p.process = p.Command(ctx, "serve")
	p.process.Stdout, p.process.Stderr = log, log
	if err := p.process.Start(); err != nil {
		return err
	}
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !p.ready(ctx) {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// Log is the file that the portal's log goes to.
func (p *Portal) Log() string { return filepath.Join(p.Folder, "log") }

func (p *Portal) ready(ctx context.Context) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.Base+"/readyz", nil)
	if err != nil {
		return false
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	return answer.Body.Close() == nil && answer.StatusCode == http.StatusOK
}

// Errors are the last lines of the log that speak of errors, for somebody who looks for what went wrong.
func (p *Portal) Errors(most int) string {
	text, err := os.ReadFile(p.Log())
	if err != nil {
		return err.Error()
	}
	var found []string
	for line := range strings.Lines(string(text)) {
		if strings.Contains(line, `"level":"ERROR"`) {
			found = append(found, line)
		}
	}
	return strings.Join(found[max(0, len(found)-most):], "")
}

// Close ends the process and removes the folder.
func (p *Portal) Close() {
	if p.process != nil && p.process.Process != nil {
		_ = p.process.Process.Signal(syscall.SIGTERM)
		_ = p.process.Wait()
	}
	if p.Folder != "" {
		_ = os.RemoveAll(p.Folder)
	}
}

// Package localpg runs a PostgreSQL cluster of our own from the machine's binaries, so that
// one command gives a working portal. It listens on a unix socket only and dies with us.
package localpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Options say where the cluster lives.
type Options struct {
	Dir     string        // absolute; the data folder is Dir/pg, made on first use
	Fast    bool          // no fsync: for tests, where a crash may lose everything
	Log     io.Writer     // where the server writes its log; nil drops it
	Wait    time.Duration // how long to wait for another portal that is stopping
	Waiting func()        // told once when that begins; nil is nobody
}

// Server is a running cluster: one that we started, or one of another process that Join found.
type Server struct {
	dir       string
	socketDir string
	lock      *os.File // held while we run, so that two starters never meet
	cmd       *exec.Cmd
	done      chan struct{}
	err       error
	stop      sync.Once
}

// The errors that a person can do something about.
var (
	ErrNoBinaries = errors.New("PostgreSQL is not installed: apt-get install postgresql")
	ErrVersion    = errors.New("the data folder belongs to another major version of PostgreSQL")
	ErrNotWhole   = errors.New("the data folder is no whole cluster of PostgreSQL and is left as it is: move it away, or copy it here again")
	ErrInUse      = errors.New("another portal runs on this data folder, or a command of it does: stop that one first")
)

// startLimit is how long a start may take; recovery after a crash counts in.
const startLimit = 60 * time.Second

// Start makes the cluster if there is none, starts it and waits until it answers. It never
// changes a data folder of another version. Another portal on the folder may take o.Wait to stop.
func Start(ctx context.Context, o Options) (*Server, error) {
	return begin(ctx, o, func() *Server { return nil })
}

// Join uses the cluster that a running portal shares, and leaves it running at Stop. Where none
// runs it starts the cluster as Start does.
func Join(ctx context.Context, o Options) (*Server, error) {
	return begin(ctx, o, func() *Server { return shared(ctx, o.Dir) })
}

// begin starts the cluster once nobody else holds it, or gives what running finds meanwhile.
func begin(ctx context.Context, o Options, running func() *Server) (*Server, error) {
	bin, err := findBinaries()
	if err != nil {
		return nil, err
	}
	if !filepath.IsAbs(o.Dir) {
		return nil, fmt.Errorf("localpg: %q is not an absolute path", o.Dir)
	}
	owner, err := clusterOwner()
	if err != nil {
		return nil, err
	}
	if err := prepareDir(o.Dir, owner); err != nil {
		return nil, err
	}
	lock, found, err := takeLock(ctx, o, running)
	if err != nil || found != nil {
		return found, err
	}
	s := &Server{dir: o.Dir, lock: lock, done: make(chan struct{})}
	if err := s.start(ctx, bin, filepath.Join(o.Dir, "pg"), owner, o); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return s, nil
}

// start makes and starts the cluster under the lock.
func (s *Server) start(ctx context.Context, bin, data string, owner *syscall.Credential, o Options) (err error) {
	if err := s.unshare(); err != nil {
		return err // of a portal that was killed
	}
	if err := s.initialise(ctx, bin, data, owner, o); err != nil {
		return err
	}
	if err := awaitGone(ctx, data); err != nil {
		return err
	}
	if s.socketDir, err = socketFolder(o.Dir, owner); err != nil {
		return err
	}
	if err := s.launch(bin, data, owner, o); err != nil {
		return err
	}
	if err := s.await(ctx); err != nil {
		return errors.Join(err, s.Stop())
	}
	return nil
}

// launch starts the server process. The thread that starts it must live as long as it,
// because the death signal is bound to the thread and not to the process.
func (s *Server) launch(bin, data string, owner *syscall.Credential, o Options) error {
	// What a statement was about may be a person: the log names the rule that was broken, never the values.
	args := []string{"-D", data, "-c", "log_error_verbosity=terse", "-c", "log_min_error_statement=panic",
		"-k", s.socketDir, "-c", "listen_addresses=", "-c", "unix_socket_permissions=0777", "-c", "timezone=UTC",
		"-c", "max_connections=200", "-c", "log_timezone=UTC",
		"-c", "jit=off"} // all that is asked is short: compiling it takes longer than asking it
	if o.Fast {
		args = append(args, "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "shared_buffers=64MB",
			"-c", "autovacuum=off", "-c", "max_connections=500")
	}
	s.cmd = exec.Command(filepath.Join(bin, "postgres"), args...)
	s.cmd.Dir = data
	s.cmd.Stdout, s.cmd.Stderr = o.Log, o.Log
	s.cmd.ExtraFiles = []*os.File{s.lock} // held until the last process of the server has ended, however we end
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Credential: owner, Setpgid: true, Pdeathsig: syscall.SIGQUIT}
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer close(s.done)
		err := s.cmd.Start()
		started <- err
		if err == nil {
			s.err = s.cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("localpg: start: %w", err)
	}
	return nil
}

// await returns once the server takes connections.
func (s *Server) await(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		conn, err := pgx.Connect(ctx, s.DSN("postgres", "postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-tick.C:
		case <-s.done:
			return fmt.Errorf("localpg: the server ended while starting, its log says why: %w", s.err)
		case <-ctx.Done():
			return fmt.Errorf("localpg: the server does not answer: %w", err)
		}
	}
}

// DSN is the address of a database for a user; both are plain names of ours.
func (s *Server) DSN(database, user string) string {
	return fmt.Sprintf("host=%s user=%s dbname=%s", s.socketDir, user, database)
}

// SocketDir is the folder of the unix socket, for tools such as pg_dump.
func (s *Server) SocketDir() string { return s.socketDir }

// Done is closed when the server has ended, by Stop or by itself. A server of another process
// never says so.
func (s *Server) Done() <-chan struct{} { return s.done }

// Stop ends the server: open transactions are rolled back, everything committed stays. A server
// of another process runs on.
func (s *Server) Stop() error {
	if s.Joined() {
		return nil
	}
	s.stop.Do(func() {
		_ = s.unshare()
		_ = s.cmd.Process.Signal(syscall.SIGINT)
	})
	select {
	case <-s.done:
		_ = s.lock.Close()
		return nil
	case <-time.After(20 * time.Second):
		return errors.New("localpg: the server does not stop")
	}
}

// Ensure makes the role if it is missing; it may sign in and nothing else.
func (s *Server) Ensure(ctx context.Context, database, owner, app string) error {
	conn, err := pgx.Connect(ctx, s.DSN("postgres", "postgres"))
	if err != nil {
		return fmt.Errorf("localpg: %w", err)
	}
	defer conn.Close(ctx)
	for _, role := range []string{owner, app} {
		q := fmt.Sprintf(`DO $$
			BEGIN
				IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '%s') THEN
					CREATE ROLE %s LOGIN;
				END IF;
			END $$`, role, role)
		if _, err := conn.Exec(ctx, q); err != nil {
			return fmt.Errorf("localpg: role %s: %w", role, err)
		}
	}
	var exists bool
	err = conn.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", database).Scan(&exists)
	if err != nil || exists {
		return err
	}
	_, err = conn.Exec(ctx, fmt.Sprintf("CREATE DATABASE %s OWNER %s", database, owner))
	return err
}

// goneLimit is how long a server that does not hold our lock may take to end.
const goneLimit = 15 * time.Second

// awaitGone waits until no server works on the data that was started by something else than this package.
func awaitGone(ctx context.Context, data string) error {
	ctx, cancel := context.WithTimeout(ctx, goneLimit)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for running(data) {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("localpg: %s: %w", data, ErrInUse)
		}
	}
	return nil
}

// running says whether the process that the data folder's lock file names is alive.
func running(data string) bool {
	b, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	if err != nil {
		return false
	}
	first, _, _ := strings.Cut(string(b), "\n")
	var pid int
	if _, err := fmt.Sscan(first, &pid); err != nil || pid <= 0 {
		return false
	}
	cmdline, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	return err == nil && strings.Contains(string(cmdline), data)
}

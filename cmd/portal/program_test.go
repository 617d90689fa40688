package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"naikkelas/internal/localpg"
)

// asProgram makes the test binary the portal itself, so that it can be started, told to stop and killed.
const asProgram = "PORTAL_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// program is a portal on a DATA_DIR of its own, with its own cluster.
type program struct {
	t    *testing.T
	data string
}

func newProgram(t *testing.T) program {
	t.Helper()
	return program{t, ownFolder(t)}
}

// command is the portal's program with the settings of nothing but its folder and a free address.
func (p program) command(args ...string) (command *exec.Cmd, base string) {
	p.t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		p.t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		p.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	p.t.Cleanup(cancel)
	command = exec.CommandContext(ctx, os.Args[0], args...)
	command.Env = []string{asProgram + "=1", "DATA_DIR=" + p.data, "ADDR=" + address, "DEMO=0", "PATH=" + os.Getenv("PATH")}
	return command, "http://" + address
}

// run runs a command to its end and gives what it printed.
func (p program) run(args ...string) string {
	p.t.Helper()
	command, _ := p.command(args...)
	out, err := command.CombinedOutput()
	if err != nil {
		p.t.Fatalf("portal %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// A service is a `portal serve` that was started.
type service struct {
	*exec.Cmd
	t    *testing.T
	base string
	mu   sync.Mutex
	log  bytes.Buffer // what it wrote to both outputs
	done chan struct{}
}

// serve starts `portal serve`, which is told to stop when the test ends.
func (p program) serve() *service {
	p.t.Helper()
	command, base := p.command("serve")
	s := &service{Cmd: command, t: p.t, base: base, done: make(chan struct{})}
	out, err := command.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	command.Stderr = command.Stdout
	if err := command.Start(); err != nil {
		p.t.Fatal(err)
	}
	go s.read(out)
	p.t.Cleanup(s.stop)
	return s
}

func (s *service) read(out io.Reader) {
	defer close(s.done)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		s.mu.Lock()
		fmt.Fprintln(&s.log, lines.Text())
		s.mu.Unlock()
	}
	_ = s.Wait()
}

func (s *service) said() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.String()
}

// says waits until the service has written something.
func (s *service) says(text string) *service {
	s.t.Helper()
	eventually(s.t, text, func() bool {
		select {
		case <-s.done:
			if !strings.Contains(s.said(), text) {
				s.t.Fatalf("it ended and did not say %q:\n%s", text, s.said())
			}
		default:
		}
		return strings.Contains(s.said(), text)
	})
	return s
}

// answers fails the test unless the service and its database do.
func (s *service) answers() {
	s.t.Helper()
	answer, err := http.Get(s.base + "/readyz")
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		s.t.Errorf("status %d", answer.StatusCode)
	}
}

func (s *service) stop() {
	_ = s.Process.Signal(syscall.SIGTERM)
	<-s.done
}

// eventually waits for a condition.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// postmaster is the number of the process that works on the data, empty when none does.
func (p program) postmaster() string {
	text, _ := os.ReadFile(filepath.Join(p.data, "pg", "postmaster.pid"))
	number, _, _ := strings.Cut(string(text), "\n")
	return number
}

const greeting = "Naik Kelas: "

// F156: a portal that starts waits for one that is stopping on the same data.
func TestF156ServeWaitsForAStoppingOne(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	first := p.serve().says(greeting)
	second := p.serve().says("waiting for it to stop")
	first.answers()
	first.stop()
	second.says(greeting).answers()
}

// F156: it waits 15 s and then says why it does not start; meanwhile commands work beside the one that runs,
// on its cluster, and leave it running.
func TestF147F148F156CommandsWorkBesideARunningPortalAndASecondOneGivesUp(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	first := p.serve().says(greeting)
	began, postmaster := time.Now(), p.postmaster()
	second := p.serve().says("waiting for it to stop")
	copied := filepath.Join(filepath.Dir(p.data), "copy")
	p.checkCommands(copied, func() {
		first.answers()
		if now := p.postmaster(); now != postmaster || now == "" {
			t.Fatalf("the cluster's process is %q, it was %q", now, postmaster)
		}
	})
	if _, err := proveWhole(copied); err != nil {
		t.Error(err)
	}
	kept, err := os.ReadFile(filepath.Join(p.data, "postgres.log"))
	if err != nil || !strings.Contains(string(kept), "users_email") || strings.Contains(string(kept)+first.said(), "rina@uji.example") {
		t.Errorf("the log names a person, or not the rule that was broken (%v):\n%s", err, kept)
	}
	<-second.done
	if second.ProcessState.ExitCode() != 1 || !strings.Contains(second.said(), localpg.ErrInUse.Error()) {
		t.Errorf("it ended with %v:\n%s", second.ProcessState, second.said())
	}
	if took := time.Since(began); took < stopping {
		t.Errorf("it waited %v, want %v", took, stopping)
	}
	first.answers()
}

// The same commands start the cluster where no portal runs, and stop it at their end.
func TestCommandsWorkWithoutARunningPortal(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.checkCommands(filepath.Join(filepath.Dir(p.data), "copy"), func() {
		if now := p.postmaster(); now != "" {
			t.Fatalf("the cluster runs on as %s", now)
		}
	})
}

// checkCommands runs the commands that work beside a running portal, and looks after each.
func (p program) checkCommands(copied string, after func()) {
	p.t.Helper()
	out := p.run("admin", "create-user", "--role", "officer", "--name", "Rina Uji", "--email", "rina@uji.example")
	if !strings.Contains(out, "Rina Uji signs in at") {
		p.t.Errorf("create-user: %s", out)
	}
	after()
	if out := p.run("admin", "audit", "verify"); !strings.Contains(out, "the audit trail is whole") {
		p.t.Errorf("audit verify: %s", out)
	}
	after()
	p.run("backup", copied, "--keys", copied+".keys")
	after()
	command, _ := p.command("admin", "create-user", "--role", "officer", "--name", "Rina Uji", "--email", "rina@uji.example")
	if out, err := command.CombinedOutput(); err == nil {
		p.t.Errorf("the same address twice is no fault: %s", out)
	}
	after()
}

// F156: a portal that was killed while it made its first cluster starts the next time, at once.
func TestF156ServeStartsAfterAKillWhileTheClusterIsMade(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	killed := p.serve()
	half := filepath.Join(p.data, "pg.new")
	eventually(t, "initdb", func() bool {
		_, err := os.Stat(filepath.Join(half, "PG_VERSION"))
		return err == nil
	})
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-killed.done
	if _, err := os.Stat(filepath.Join(p.data, "pg")); err == nil {
		t.Fatal("the cluster was made before the kill")
	}
	p.serve().says(greeting).answers()
	if _, err := os.Stat(half); err == nil {
		t.Error("what was half-made is still there")
	}
}

// F156: a portal that is killed while people use it, and started again at once, has what was written.
func TestF156ServeStartsRightAfterAKill(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	killed := p.serve().says(greeting)
	p.run("admin", "create-user", "--role", "officer", "--name", "Rina Uji", "--email", "rina@uji.example")
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	p.serve().says(greeting).answers()
	command, _ := p.command("admin", "create-user", "--role", "officer", "--name", "Rina Uji", "--email", "rina@uji.example")
	if out, err := command.CombinedOutput(); err == nil {
		t.Errorf("the account is lost: %s", out)
	}
}

package localpg

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// starterFolder makes the test binary a starter that is killed: it starts a cluster in the folder,
// writes a row, says so and waits.
const starterFolder = "LOCALPG_TEST_FOLDER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(starterFolder); dir != "" {
		if err := startAndWait(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

func startAndWait(dir string) error {
	ctx := context.Background()
	s, err := Start(ctx, Options{Dir: dir})
	if err != nil {
		return err
	}
	if _, err := query(ctx, s, "CREATE TABLE kept AS SELECT 'committed' AS word"); err != nil {
		return err
	}
	fmt.Println("ready")
	select {}
}

// query runs a statement and gives the first column of its last row.
func query(ctx context.Context, s *Server, sql string) (text string, err error) {
	conn, err := pgx.Connect(ctx, s.DSN("postgres", "postgres"))
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	rows, err := conn.Query(ctx, sql)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&text); err != nil {
			return "", err
		}
	}
	return text, rows.Err()
}

// folder is one that the server's own user can walk to; t.TempDir is closed to others.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "localpg-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// started starts a cluster that ends with the test.
func started(t *testing.T, dir string) *Server {
	t.Helper()
	s, err := Start(t.Context(), Options{Dir: dir, Fast: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop() })
	return s
}

func TestSecondStartKeepsTheData(t *testing.T) {
	dir := folder(t)
	s := started(t, dir)
	if _, err := query(t.Context(), s, "CREATE TABLE kept AS SELECT 'committed' AS word"); err != nil {
		t.Fatal(err)
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if running(filepath.Join(dir, "pg")) {
		t.Fatal("the server runs on after Stop")
	}
	if word, err := query(t.Context(), started(t, dir), "SELECT word FROM kept"); err != nil || word != "committed" {
		t.Errorf("the second start finds %q, %v", word, err)
	}
}

func TestDataOfAnotherVersionIsLeftAlone(t *testing.T) {
	dir := folder(t)
	if err := started(t, dir).Stop(); err != nil {
		t.Fatal(err)
	}
	version := filepath.Join(dir, "pg", "PG_VERSION")
	if err := os.WriteFile(version, []byte("9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Start(t.Context(), Options{Dir: dir, Fast: true}); !errors.Is(err, ErrVersion) {
		t.Errorf("got %v, want ErrVersion", err)
	}
	if b, err := os.ReadFile(version); err != nil || string(b) != "9\n" {
		t.Errorf("the folder was changed: %q, %v", b, err)
	}
}

func TestOneOfThreeStartersGetsTheFolder(t *testing.T) {
	dir := folder(t)
	servers, faults := make([]*Server, 3), make([]error, 3)
	var starters sync.WaitGroup
	for i := range servers {
		starters.Go(func() { servers[i], faults[i] = Start(t.Context(), Options{Dir: dir, Fast: true}) })
	}
	starters.Wait()
	won := 0
	for i, s := range servers {
		if s != nil {
			won++
			t.Cleanup(func() { _ = s.Stop() })
		} else if !errors.Is(faults[i], ErrInUse) {
			t.Errorf("a loser got %v, want ErrInUse", faults[i])
		}
	}
	if won != 1 {
		t.Errorf("%d starters got the folder", won)
	}
}

func TestServerDiesWithAKilledStarterAndKeepsWhatWasCommitted(t *testing.T) {
	dir := folder(t)
	starter, out := startInChild(t, dir)
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "ready\n" {
		t.Fatalf("the starter says %q, %v", line, err)
	}
	pid, _, _ := strings.Cut(read(t, filepath.Join(dir, "pg", "postmaster.pid")), "\n")
	kill(t, starter)
	if word, err := query(t.Context(), startedAfter(t, dir), "SELECT word FROM kept"); err != nil || word != "committed" {
		t.Errorf("after the kill: %q, %v", word, err)
	}
	if now, _, _ := strings.Cut(read(t, filepath.Join(dir, "pg", "postmaster.pid")), "\n"); now == pid {
		t.Error("the first server was never replaced")
	}
}

// startInChild starts a cluster in a process of its own, which can be killed.
func startInChild(t *testing.T, dir string) (*exec.Cmd, io.Reader) {
	t.Helper()
	starter := exec.Command(os.Args[0])
	starter.Env = append(os.Environ(), starterFolder+"="+dir)
	out, err := starter.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := starter.Start(); err != nil {
		t.Fatal(err)
	}
	return starter, out
}

func kill(t *testing.T, starter *exec.Cmd) {
	t.Helper()
	if err := starter.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = starter.Wait()
}

// startedAfter starts a cluster on a folder that another process is about to leave.
func startedAfter(t *testing.T, dir string) *Server {
	t.Helper()
	s, err := Start(t.Context(), Options{Dir: dir, Fast: true, Wait: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop() })
	return s
}

// F156: a portal that is killed while its first cluster is made leaves something half-made, and for a
// moment children that still write to it. The next start waits for them and makes the cluster anew.
func TestF156ClusterThatWasKilledHalfMadeIsMadeAnew(t *testing.T) {
	dir := folder(t)
	starter, _ := startInChild(t, dir)
	half := filepath.Join(dir, "pg.new")
	until(t, func() bool {
		return isFile(filepath.Join(dir, "pg", "PG_VERSION")) || writerHolds(half, filepath.Join(dir, "portal.lock"))
	})
	kill(t, starter)
	if _, err := os.Stat(filepath.Join(dir, "pg")); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("the cluster was whole before a child of initdb held the lock: %v", err)
	}
	if word, err := query(t.Context(), startedAfter(t, dir), "SELECT 'answers'"); err != nil || word != "answers" {
		t.Errorf("got %q, %v", word, err)
	}
	if _, err := os.Stat(half); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the half-made cluster is still there: %v", err)
	}
}

// writerHolds says whether a child of initdb works in the folder and has the file open. PostgreSQL writes
// the number of such a child with a minus.
func writerHolds(folder, file string) bool {
	text, _ := os.ReadFile(filepath.Join(folder, "postmaster.pid"))
	var child int
	if _, err := fmt.Sscanf(string(text), "-%d\n", &child); err != nil {
		return false
	}
	open, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", child))
	return slices.ContainsFunc(open, func(fd string) bool {
		target, _ := os.Readlink(fd)
		return target == file
	})
}

// until waits for a condition.
func until(t *testing.T, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatal("waited in vain")
		}
	}
}

// F156: what may be somebody's data is never removed, whole or not.
func TestF156FolderThatIsNoWholeClusterIsLeftAlone(t *testing.T) {
	for name, file := range map[string]string{"half copied": "PG_VERSION", "no version": "base/1/112", "something else": "letter.txt"} {
		t.Run(name, func(t *testing.T) {
			dir := folder(t)
			kept := filepath.Join(dir, "pg", file)
			if err := errors.Join(os.MkdirAll(filepath.Dir(kept), 0o700), os.WriteFile(kept, []byte("15\n"), 0o600)); err != nil {
				t.Fatal(err)
			}
			if _, err := Start(t.Context(), Options{Dir: dir, Fast: true}); !errors.Is(err, ErrNotWhole) {
				t.Errorf("got %v, want ErrNotWhole", err)
			}
			if text := read(t, kept); text != "15\n" {
				t.Errorf("the folder was changed: %q", text)
			}
		})
	}
}

// F156: a start waits for a portal that is stopping, and only so long.
func TestF156StartWaitsForAStoppingPortal(t *testing.T) {
	dir := folder(t)
	first := started(t, dir)
	if _, err := Start(t.Context(), Options{Dir: dir, Fast: true, Wait: 100 * time.Millisecond}); !errors.Is(err, ErrInUse) {
		t.Errorf("beside a running one: %v, want ErrInUse", err)
	}
	second, err := Start(t.Context(), Options{Dir: dir, Fast: true, Wait: time.Minute, Waiting: func() { go first.Stop() }})
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Stop(); err != nil {
		t.Error(err)
	}
}

func TestJoinUsesTheSharedClusterAndLeavesItRunning(t *testing.T) {
	dir := folder(t)
	first := started(t, dir)
	if _, err := Join(t.Context(), Options{Dir: dir, Wait: 100 * time.Millisecond}); !errors.Is(err, ErrInUse) {
		t.Errorf("before it is shared: %v, want ErrInUse", err)
	}
	if err := first.Share(); err != nil {
		t.Fatal(err)
	}
	pid := read(t, filepath.Join(dir, "pg", "postmaster.pid"))
	guest, err := Join(t.Context(), Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := query(t.Context(), guest, "CREATE TABLE kept AS SELECT 'by a guest' AS word"); err != nil {
		t.Error(err)
	}
	if err := guest.Stop(); err != nil {
		t.Error(err)
	}
	if word, err := query(t.Context(), first, "SELECT word FROM kept"); err != nil || word != "by a guest" {
		t.Errorf("after the guest: %q, %v", word, err)
	}
	if now := read(t, filepath.Join(dir, "pg", "postmaster.pid")); now != pid {
		t.Errorf("the server was replaced: %s, before %s", now, pid)
	}
}

// A cluster that was shared when its portal ended, in whatever way, is not found any more: Join starts it.
func TestJoinStartsTheClusterWhereNobodyElseDoes(t *testing.T) {
	dir := folder(t)
	first := started(t, dir)
	if err := first.Share(); err != nil {
		t.Fatal(err)
	}
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := first.Share(); err != nil { // as a portal leaves it that was killed
		t.Fatal(err)
	}
	alone, err := Join(t.Context(), Options{Dir: dir, Fast: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := query(t.Context(), alone, "SELECT 'answers'"); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, sharedFile)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the cluster of a command is shared: %v", err)
	}
	if err := alone.Stop(); err != nil {
		t.Error(err)
	}
	if running(filepath.Join(dir, "pg")) {
		t.Error("the server runs on after Stop")
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

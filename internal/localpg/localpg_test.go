package localpg

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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
	starter := exec.Command(os.Args[0])
	starter.Env = append(os.Environ(), starterFolder+"="+dir)
	out, err := starter.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := starter.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || line != "ready\n" {
		t.Fatalf("the starter says %q, %v", line, err)
	}
	pid, _, _ := strings.Cut(read(t, filepath.Join(dir, "pg", "postmaster.pid")), "\n")
	if err := starter.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = starter.Wait()
	if word, err := query(t.Context(), started(t, dir), "SELECT word FROM kept"); err != nil || word != "committed" {
		t.Errorf("after the kill: %q, %v", word, err)
	}
	if now, _, _ := strings.Cut(read(t, filepath.Join(dir, "pg", "postmaster.pid")), "\n"); now == pid {
		t.Error("the first server was never replaced")
	}
}

// An initdb that was killed leaves a folder beside the data, which the next start replaces.
func TestHalfMadeClusterIsMadeAnew(t *testing.T) {
	dir := folder(t)
	half := filepath.Join(dir, "pg.new")
	if err := os.Mkdir(half, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(half, "PG_VERSION"), []byte("15\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if word, err := query(ctx, started(t, dir), "SELECT 'answers'"); err != nil || word != "answers" {
		t.Errorf("got %q, %v", word, err)
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

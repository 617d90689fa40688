// Package e2e goes through the portal as people do: the real program on a database of its
// own, a real browser, real mail and messages to servers of the test.
package e2e

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"naikkelas/internal/seal"
	"naikkelas/internal/testdb"
)

// moduleRoot is the folder of go.mod, from this package's folder.
const moduleRoot = ".."

// program is the built portal.
var program string

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	folder, err := os.MkdirTemp("", "e2e")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	program = filepath.Join(folder, "portal")
	build := exec.Command("go", "build", "-o", program, "./cmd/portal")
	build.Dir, build.Stderr = moduleRoot, os.Stderr
	if err := build.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "build the portal:", err)
		return 1
	}
	return m.Run()
}

// portal is a running portal with demo data, and what it sends.
type portal struct {
	t        *testing.T
	base     string // its address, without a slash at the end
	mails    *mailServer
	messages *gateway
	dsn      string
	settings []string
	command  *exec.Cmd // what serves now
}

// start runs the portal as an operator does on a database of their own: migrate, seed, serve.
func start(t *testing.T) *portal {
	t.Helper()
	database, data := testdb.New(t), t.TempDir()
	keys := filepath.Join(data, "keyset.json")
	if err := seal.Generate(keys); err != nil {
		t.Fatal(err)
	}
	p := &portal{t: t, mails: serveMail(t), messages: serveGateway(t), dsn: database.DSN}
	address := freeAddress(t)
	p.base = "http://" + address
	environment := append(withoutSettings(os.Environ()), "ADDR="+address, "DATA_DIR="+data, "DATABASE_URL="+database.AppDSN, "MIGRATE_DATABASE_URL="+database.DSN,
		"KEYSET="+keys, "SMTP_URL="+p.mails.url, "NOTIFY_URL="+p.messages.url, "DEMO=1", "OPERATOR=Contoh")
	for _, args := range [][]string{{"migrate"}, {"seed", "demo"}} {
		command := exec.Command(program, args...)
		command.Env = environment
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("portal %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	p.settings = environment
	p.serve(environment)
	return p
}

// killed ends the portal as a power cut does, and starts it again on the same data.
func (p *portal) killed() {
	p.t.Helper()
	if err := p.command.Process.Kill(); err != nil {
		p.t.Fatal(err)
	}
	_ = p.command.Wait()
	p.serve(p.settings)
}

// serve starts the program and waits for its greeting.
func (p *portal) serve(environment []string) {
	p.t.Helper()
	command := exec.Command(program, "serve")
	command.Env = environment
	log := &strings.Builder{}
	command.Stderr = log
	out, err := command.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.command = command
	p.t.Cleanup(func() {
		if command.ProcessState != nil {
			return // killed and waited for
		}
		_ = command.Process.Signal(syscall.SIGTERM)
		if err := command.Wait(); err != nil {
			p.t.Errorf("the portal ended with %v", err)
		}
		if p.t.Failed() {
			p.t.Logf("the portal's log:\n%s", tail(log.String()))
		}
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.Contains(lines.Text(), p.base) {
			go func() {
				for lines.Scan() {
				}
			}()
			return
		}
	}
	p.t.Fatalf("the portal did not start:\n%s", tail(log.String()))
}

// tail is the end of a log, where the fault is.
func tail(log string) string {
	const most = 8000
	if len(log) > most {
		return log[len(log)-most:]
	}
	return log
}

// withoutSettings keeps this machine's settings of the portal out of the test.
func withoutSettings(environment []string) []string {
	var out []string
	for _, entry := range environment {
		name, _, _ := strings.Cut(entry, "=")
		switch name {
		case "ADDR", "BASE_URL", "DATABASE_REPLICA_URLS", "BLOB_URL", "CLAMD_ADDR", "METRICS_ADDR":
		default:
			out = append(out, entry)
		}
	}
	return out
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// rows answers a query of one text column, as the schema's owner.
func (p *portal) rows(query string, args ...any) []string {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, p.dsn)
	if err != nil {
		p.t.Fatal(err)
	}
	defer conn.Close(ctx)
	result, err := conn.Query(ctx, query, args...)
	if err != nil {
		p.t.Fatal(err)
	}
	list, err := pgx.CollectRows(result, pgx.RowTo[string])
	if err != nil {
		p.t.Fatal(errors.Join(err, fmt.Errorf("in %s", query)))
	}
	return list
}

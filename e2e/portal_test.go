// Package e2e goes through the portal as people do: the real program with its own database,
// a real browser, real mail and messages to servers of the test.
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
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"naikkelas/internal/localpg"
	"naikkelas/internal/render"
	"naikkelas/internal/testdb"
)

// moduleRoot is the folder of go.mod, from this package's folder.
const moduleRoot = ".."

// program is the built portal, and scratch a folder in memory for what portals keep.
var program, scratch string

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
	if scratch, err = testdb.Folder(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(scratch)
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
	keys     string // the key file
	settings []string
	command  *exec.Cmd // what serves now
}

// seeded is the folder of a portal with demo data, made once. PDFium is compiled in it, as in that of a portal that
// ran before: each portal of a test would otherwise take seconds of both cores for that alone.
var seeded = sync.OnceValues(func() (string, error) {
	data := filepath.Join(scratch, "seeded")
	command := exec.Command(program, "seed", "demo")
	command.Env = append(withoutSettings(os.Environ()), "DATA_DIR="+data)
	if out, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("portal seed demo: %w\n%s", err, out)
	}
	opens := render.New(render.Options{Command: []string{program, "render"}, CPU: patience, Longest: patience, Patience: patience,
		MaxParallel: 1, CacheDir: filepath.Join(data, "cache", "pdfium"), Limits: render.DefaultLimits()})
	return data, opens.Warm(context.Background())
})

// start runs the portal as its first command does, with its own cluster and demo data, in a copy of what was
// seeded. Mail and messages go out.
func start(t *testing.T) *portal {
	t.Helper()
	from, err := seeded()
	if err != nil {
		t.Fatal(err)
	}
	address := freeAddress(t)
	data := filepath.Join(scratch, address)
	t.Cleanup(func() { _ = os.RemoveAll(data) })
	if out, err := exec.Command("cp", "-a", from, data).CombinedOutput(); err != nil { // whoever runs the cluster keeps owning it
		t.Fatalf("copy: %v\n%s", err, out)
	}
	p := &portal{t: t, mails: serveMail(t), messages: serveGateway(t), base: "http://" + address, keys: filepath.Join(data, "keyset.json")}
	p.settings = append(withoutSettings(os.Environ()), "ADDR="+address, "DATA_DIR="+data,
		"SMTP_URL="+p.mails.url, "NOTIFY_URL="+p.messages.url, "OPERATOR=Contoh")
	p.serve(p.settings)
	cluster, err := localpg.Join(t.Context(), localpg.Options{Dir: data})
	if err != nil {
		t.Fatal(err)
	}
	p.dsn = cluster.DSN("naikkelas", "naikkelas_owner")
	p.announcesAtOnce()
	return p
}

// announcesAtOnce leaves no time to recall a decision, so that people of a test see it as soon as it is made.
func (p *portal) announcesAtOnce() {
	p.t.Helper()
	db, err := pgx.Connect(p.t.Context(), p.dsn)
	if err != nil {
		p.t.Fatal(err)
	}
	defer db.Close(p.t.Context())
	_, err = db.Exec(p.t.Context(), `INSERT INTO dated_settings (what, amount, valid_from, why)
		VALUES ('announce_minutes', 0, '2026-01-02', 'test')`)
	if err != nil {
		p.t.Fatal(err)
	}
}

// runs runs a command of the program to its end and gives what it printed.
func (p *portal) runs(args ...string) string {
	p.t.Helper()
	command := exec.Command(program, args...)
	command.Env = p.settings
	out, err := command.CombinedOutput()
	if err != nil {
		p.t.Fatalf("portal %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// killed ends the portal as a power cut does, and starts it again on the same data.
func (p *portal) killed() {
	p.t.Helper()
	p.gone()
	p.serve(p.settings)
}

// gone ends the portal and leaves nobody to answer.
func (p *portal) gone() {
	p.t.Helper()
	if err := p.command.Process.Kill(); err != nil {
		p.t.Fatal(err)
	}
	_ = p.command.Wait()
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
		case "ADDR", "BASE_URL", "DATABASE_URL", "MIGRATE_DATABASE_URL", "DATABASE_REPLICA_URLS", "BLOB_URL", "KEYSET",
			"CLAMD_ADDR", "METRICS_ADDR", "DEMO", "TRUSTED_PROXIES":
		default:
			out = append(out, entry)
		}
	}
	return out
}

// Portals of tests listen below the ports that a machine takes for what it asks of others: one of those may be taken between
// finding and using it.
const firstOutgoing = 32768

var lastPort atomic.Int64

func init() { lastPort.Store(20_000) }

func freeAddress(t *testing.T) string {
	t.Helper()
	for port := lastPort.Add(1); port < firstOutgoing; port = lastPort.Add(1) {
		address := fmt.Sprintf("127.0.0.1:%d", port)
		if listener, err := net.Listen("tcp", address); err == nil {
			_ = listener.Close()
			return address
		}
	}
	t.Fatal("no port is free")
	return ""
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

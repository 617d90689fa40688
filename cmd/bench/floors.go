package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/static"
	"naikkelas/views/ambient"
	"naikkelas/views/public"
)

// leastOfFloor is the part of a floor's rate that the portal must reach with a page that nobody asked for before.
const leastOfFloor = 0.6

// How a rate is measured: so many rounds, in which portal and floor take turns, with so many connections.
const (
	rounds      = 5
	roundTime   = 1500 * time.Millisecond
	connections = 16
)

// statement is what the portal sends to the database for a page.
type statement struct {
	sql  string
	args []any
}

// listening notes the last statement that goes through a pool.
type listening struct{ heard statement }

func (l *listening) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	l.heard = statement{data.SQL, slices.Clone(data.Args)}
	return ctx
}

func (l *listening) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// A floor answers a page of the catalogue with nothing but net/http, pgx and the page's own template, by the
// statement that the portal sends, or with the same bytes from memory.
type floor struct {
	pool      *pgxpool.Pool
	page      public.CataloguePage // with what is the same on all pages
	ambient   ambient.Ambient
	statement statement
}

// newFloor asks the portal's own Store once for a page, and keeps what it sent and what stands around the list.
func newFloor(ctx context.Context, dsn string, query url.Values) (*floor, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	config.MaxConns = connections // nobody waits for one, as in the portal
	pool, err := pgxpool.NewWithConfig(ctx, config.Copy())
	if err != nil {
		return nil, err
	}
	var heard listening
	config.ConnConfig.Tracer = &heard
	watched, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	defer watched.Close()
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: stdlib.OpenDBFromPool(watched)}),
		&gorm.Config{SkipDefaultTransaction: true, Logger: logger.Discard})
	if err != nil {
		return nil, err
	}
	store := models.NewStore(record.New(db, time.Now, nil, nil))
	_, loaded := static.Load()
	f := &floor{pool: pool, page: public.CataloguePage{Query: public.ReadCatalogueQuery(query)}}
	var errs [6]error
	f.page.Sectors, errs[0] = store.SectorCounts(ctx)
	f.page.Regencies, errs[1] = store.CatalogueRegencies(ctx)
	f.page.Levels, errs[2] = store.EducationLevels(ctx)
	hotlines, err := store.Hotlines(ctx)
	errs[3] = err
	_, errs[4] = store.Programmes(ctx, f.page.Query.Filter(), "")
	f.statement = heard.heard
	errs[5] = loaded
	f.ambient = ambient.Ambient{
		Lang: i18n.ID, Path: urls.Programmes(), Query: query.Encode(), Operator: "Instalasi percontohan", Demo: true, Now: time.Now(),
		Hotlines: public.FooterHotlines(ctx, hotlines),
	}
	return f, errors.Join(errs[:]...)
}

// listed is a row of the statement.
type listed struct {
	models.ProgrammeRow
	Total int64
}

// made answers by the statement and the template.
func (f *floor) made(answer http.ResponseWriter, r *http.Request) {
	rows, err := f.pool.Query(r.Context(), f.statement.sql, f.statement.args...)
	if err != nil {
		http.Error(answer, err.Error(), http.StatusInternalServerError)
		return
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[listed])
	if err != nil {
		http.Error(answer, err.Error(), http.StatusInternalServerError)
		return
	}
	page := f.page
	for _, row := range list {
		page.Page.ProgrammeRows, page.Page.Count = append(page.Page.ProgrammeRows, row.ProgrammeRow), row.Total
	}
	var b bytes.Buffer
	if err := public.Catalogue(page).Render(ambient.With(r.Context(), f.ambient), &b); err != nil {
		http.Error(answer, err.Error(), http.StatusInternalServerError)
		return
	}
	answer.Header().Set("Content-Type", "text/html; charset=UTF-8")
	answer.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	_, _ = answer.Write(b.Bytes())
}

// remembering answers with the same bytes each time.
func remembering(kept []byte) http.HandlerFunc {
	return func(answer http.ResponseWriter, _ *http.Request) {
		answer.Header().Set("Content-Type", "text/html; charset=UTF-8")
		answer.Header().Set("Content-Length", strconv.Itoa(len(kept)))
		_, _ = answer.Write(kept)
	}
}

// The first argument of a process that is a floor. It gets time from the machine like the portal's process.
const floorArgument = "floor"

// serveFloor is the process of a floor: of the query in the second argument over the database in the first one, or,
// without them, of the bytes that come in. It says its address and ends with whoever started it.
func serveFloor(ctx context.Context, args []string) error {
	var handle http.HandlerFunc
	if len(args) == 0 {
		kept, err := io.ReadAll(os.Stdin)
		if err != nil {
			return err
		}
		handle = remembering(kept)
	} else {
		query, err := url.ParseQuery(args[1])
		if err != nil {
			return err
		}
		f, err := newFloor(ctx, args[0], query)
		if err != nil {
			return err
		}
		handle = f.made
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println("http://" + listener.Addr().String())
	server := &http.Server{Handler: handle, ReadHeaderTimeout: time.Minute}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// startFloor starts the process of a floor, and gives its address and what ends it.
func startFloor(ctx context.Context, in io.Reader, args ...string) (base string, stop func(), err error) {
	self, err := os.Executable()
	if err != nil {
		return "", nil, err
	}
	cmd := exec.CommandContext(ctx, self, append([]string{floorArgument}, args...)...)
	cmd.Stdin, cmd.Stderr = in, os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	stop = func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		stop()
		return "", nil, fmt.Errorf("floor: %w", err)
	}
	return strings.TrimSpace(line), stop, nil
}

// plainClient takes answers as they are: packing is not what is compared.
func plainClient() *http.Client {
	return &http.Client{Timeout: time.Minute, Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: connections}}
}

// rate asks for addresses with all connections for a round, and says how many came a second.
func (w *world) rate(base string, address func(n int64) string) (float64, error) {
	var asked, came atomic.Int64
	faults := make(chan error, connections)
	end := time.Now().Add(roundTime)
	var people sync.WaitGroup
	client := plainClient()
	defer client.CloseIdleConnections()
	for range connections {
		people.Go(func() {
			for time.Now().Before(end) {
				request, err := http.NewRequest(http.MethodGet, base+address(asked.Add(1)), nil)
				if err == nil {
					err = w.send(client, request)
				}
				if err != nil {
					faults <- err
					return
				}
				came.Add(1)
			}
		})
	}
	people.Wait()
	close(faults)
	return float64(came.Load()) / roundTime.Seconds(), <-faults
}

// against compares the portal's rate with a floor's, in turns, by the round in the middle.
func (w *world) against(name string, least float64, portal func(n int64) string, base string) (figure, error) {
	if err := w.same(base+"/", w.Base+portal(0)); err != nil {
		return figure{}, err
	}
	type round struct{ ratio, portal, floor float64 }
	var measured []round
	for range rounds {
		floored, err := w.rate(base, func(int64) string { return "/" })
		if err != nil {
			return figure{}, err
		}
		answered, err := w.rate(w.Base, portal)
		if err != nil {
			return figure{}, err
		}
		measured = append(measured, round{answered / floored, answered, floored})
	}
	slices.SortFunc(measured, func(a, b round) int { return int((a.ratio - b.ratio) * 1e6) })
	middle := measured[rounds/2]
	note := fmt.Sprintf("%.0f against %.0f a second", middle.portal, middle.floor)
	return figure{name: name, ratio: middle.ratio, least: least, note: note}, nil
}

// neverAsked counts on, so that no address of an uncached page is asked for twice in a run.
var neverAsked atomic.Int64

// uncached compares pages that nobody asked for before, as a visitor asks, with the floor of pgx and the same template.
func uncached(ctx context.Context, w *world) ([]figure, error) {
	var figures []figure
	for _, state := range []string{"new portal", "analyzed"} {
		if state == "analyzed" {
			if _, err := w.pool.Exec(ctx, "ANALYZE"); err != nil {
				return nil, err
			}
		}
		for _, page := range []struct {
			name  string
			query url.Values
		}{{"uncached page", url.Values{}}, {"text search", url.Values{"q": {"las"}}}} {
			base, stop, err := startFloor(ctx, nil, w.dsn, page.query.Encode())
			if err != nil {
				return nil, err
			}
			ask := func(int64) string {
				query := url.Values{"setelah": {"x" + strconv.FormatInt(neverAsked.Add(1), 10)}} // no place in the list: the first page
				for name, values := range page.query {
					query[name] = values
				}
				return urls.Programmes() + "?" + query.Encode()
			}
			got, err := w.against(page.name+" / net/http, pgx, templ, "+state, leastOfFloor, ask, base)
			stop()
			if err != nil {
				return nil, err
			}
			figures = append(figures, got)
		}
	}
	return figures, nil
}

// remembered compares a page that is kept for visitors with the same bytes from memory.
func remembered(ctx context.Context, w *world) ([]figure, error) {
	kept, err := page(w.Base + urls.Programmes())
	if err != nil {
		return nil, err
	}
	base, stop, err := startFloor(ctx, bytes.NewReader(kept))
	if err != nil {
		return nil, err
	}
	defer stop()
	got, err := w.against("kept page / same bytes from memory", 0, func(int64) string { return urls.Programmes() }, base)
	return []figure{got}, err
}

// same refuses to compare pages that are not the same, but for a few links.
func (w *world) same(one, other string) error {
	first, err := page(one)
	if err != nil {
		return err
	}
	second, err := page(other)
	if err != nil {
		return err
	}
	if apart := len(first) - len(second); max(apart, -apart) > len(first)/50 {
		return fmt.Errorf("%s has %d bytes, %s has %d: %w", one, len(first), other, len(second), errAnswer)
	}
	return nil
}

// page reads a page as it is.
func page(address string) ([]byte, error) {
	answer, err := plainClient().Get(address)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	return io.ReadAll(answer.Body)
}

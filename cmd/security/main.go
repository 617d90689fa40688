// Command security tries the portal's own program on loopback: payloads in every query, path, field and file name of
// every role, and the times of answers about known and unknown names. It prints what is open and exits 1 when
// anything is. It is bounded in count and in time, and throws its database and files away.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"naikkelas/handlers"
	"naikkelas/handlers/web"
	"naikkelas/internal/localpg"
	"naikkelas/internal/mail"
	"naikkelas/internal/outbox"
	"naikkelas/internal/password"
	"naikkelas/internal/trial"
	"naikkelas/models"
	"naikkelas/models/record"
)

var (
	lists = flag.String("lists", "", "folder of more payloads: .txt by line, .json as one list")
	most  = flag.Int("most", 60000, "requests in all")
	each  = flag.Int("each", 3, "payloads for each place, besides one of markup")
	seed  = flag.Uint64("seed", 1, "deals the payloads out in another order")
	long  = flag.Duration("for", 30*time.Minute, "the longest time")
)

var errOpen = errors.New("something is open")

func main() {
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "security:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, *long)
	defer cancel()
	list, err := newPayloads(*lists, *seed)
	if err != nil {
		return err
	}
	portal, err := trial.New()
	if err != nil {
		return err
	}
	defer portal.Close()
	if err := portal.Seed(ctx); err != nil {
		return err
	}
	if err := portal.Serve(ctx); err != nil {
		return err
	}
	inside, err := join(ctx, portal)
	if err != nil {
		return err
	}
	routes := handlers.Routes(web.New(web.Deps{Mails: outbox.New[mail.Message](nil)}))
	p := newProber(portal.Base, routes, list)
	p.each, p.most, p.enter = *each, *most, inside.enter
	names, err := inside.names(ctx)
	if err != nil {
		return err
	}
	unknown := 0
	err = p.times(ctx, names, func() string { unknown++; return fmt.Sprintf("tak.ada%04d@contoh.example", unknown) })
	if err == nil {
		err = p.walk(ctx)
	}
	if err != nil {
		return fmt.Errorf("%w\n%s", err, portal.Errors(5))
	}
	return p.report(portal)
}

// report says what was tried and what is open.
func (p *prober) report(portal *trial.Portal) error {
	counted := 0
	for _, n := range p.counted {
		counted += n
	}
	fmt.Printf("%d requests, %d answers that say something, %d pages of refused forms, %d others; %d of %d payloads\n",
		p.sent, counted, p.followed, p.refused, min(p.payloads.nextOther, len(p.payloads.others)), len(p.payloads.others))
	for _, r := range p.routes {
		if p.counted[r.Method+" "+r.Pattern] == 0 {
			p.found["never answered: "+r.Method+" "+r.Pattern] = "no request of anybody says something about it"
		}
	}
	if p.followed == 0 {
		p.found["no page of a refused form"] = "no window of a browser was led to one"
	}
	for _, what := range slices.Sorted(maps.Keys(p.found)) {
		fmt.Printf("OPEN %s\n     %s\n", what, p.found[what])
	}
	if len(p.found) > 0 {
		fmt.Println(portal.Errors(20))
		return errOpen
	}
	fmt.Println("nothing is open")
	return nil
}

// inside is the database of the portal that is tried, to sign people in without using up codes.
type inside struct{ store *models.Store }

func join(ctx context.Context, portal *trial.Portal) (*inside, error) {
	cluster, err := localpg.Join(ctx, localpg.Options{Dir: portal.Data()})
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.New(ctx, cluster.DSN(trial.DatabaseName, trial.DatabaseUser))
	if err != nil {
		return nil, err
	}
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: stdlib.OpenDBFromPool(pool)}),
		&gorm.Config{SkipDefaultTransaction: true, Logger: logger.Discard})
	if err != nil {
		return nil, err
	}
	return &inside{store: models.NewStore(record.New(db, time.Now, nil, nil))}, nil
}

// people are the demo accounts that speak for each role.
var people = map[models.Role]string{
	models.Seeker: "suparmi@contoh.example", models.Staff: "staf@contoh.example", models.Owner: "pemilik@contoh.example",
	models.Officer: "rina@contoh.example", models.Admin: "admin@contoh.example", models.Partner: "mitra@contoh.example",
}

// enter starts a session of a role, from a browser whose name is a payload too.
func (in *inside) enter(ctx context.Context, role models.Role) (string, error) {
	u, err := in.store.DemoUser(ctx, people[role])
	if err != nil {
		return "", fmt.Errorf("%s: %w", people[role], err)
	}
	token, _, err := in.store.StartSession(ctx, models.SessionStart{User: &u, SecondFactor: true, UserAgent: markup[0], Address: "198.18.0.1"})
	return token, err
}

// names gives names of accounts, each once.
func (in *inside) names(ctx context.Context) (func() string, error) {
	hash, err := password.NewHasher(1).Hash(ctx, "sandi yang tidak ditebak")
	if err != nil {
		return nil, err
	}
	var accounts []models.DemoAccount
	for n := range len(questions) * tries * rounds {
		email := fmt.Sprintf("ada%04d@contoh.example", n)
		accounts = append(accounts, models.DemoAccount{
			User: models.User{Role: models.Seeker, Name: fmt.Sprintf("Orang Contoh %d", n), Email: &email, PasswordHash: hash},
		})
	}
	next := 0
	return func() string { next++; return *accounts[next-1].User.Email }, in.store.SeedDemo(ctx, nil, accounts)
}

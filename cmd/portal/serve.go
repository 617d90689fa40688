package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"naikkelas/handlers"
	"naikkelas/handlers/web"
	"naikkelas/internal/pgpool"
	"naikkelas/static"
)

// serve answers requests until it is told to stop, and works jobs unless --no-work is given.
func serve(ctx context.Context, c config, args []string) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	noWork := flags.Bool("no-work", false, "serve pages only; another process works the jobs")
	if err := flags.Parse(args); err != nil {
		return err
	}
	assets, err := static.Load()
	if err != nil {
		return err
	}
	p, err := openRunning(ctx, c)
	if err != nil {
		return err
	}
	defer p.close()
	if c.ownCluster() {
		if err := p.seedAll(ctx); err != nil {
			return err
		}
	}
	if !*noWork {
		stop, err := p.startJobs(ctx)
		if err != nil {
			return err
		}
		defer stop()
	}
	pages := web.NewPageCache()
	handler, err := p.handler(assets, pages)
	if err != nil {
		return err
	}
	go p.watchCatalogue(ctx, pages)
	return p.listen(ctx, handler)
}

func (p *portal) handler(assets *static.Assets, pages *web.PageCache) (http.Handler, error) {
	proxies, err := p.config.proxies()
	if err != nil {
		return nil, err
	}
	return handlers.New(web.Deps{
		Pages: pages, Blobs: p.blobs, Box: p.box, Renderer: p.renderer,
		Store: p.store, Dated: p.dated, Protection: p.protection, Journey: p.journey, Log: p.log, Assets: assets, Passwords: p.hasher,
		Mails: p.mails, Messages: p.messages, Observe: p.metrics.observe,
		GatewaySecret: p.config.NotifyKey,
		Settings: web.Settings{
			BaseURL: p.config.BaseURL, Operator: p.config.Operator, DataContact: p.config.DataContact,
			Production: p.config.production(), Demo: p.config.demo(),
			MailFrom: p.config.mailFrom(), HSTSBelow: p.config.HSTS == hstsBelow,
			PhoneCodes: p.config.NotifyURL != "" || p.messages != nil, Proxies: proxies,
		},
	}), nil
}

// pagePatience is how long a page waits for each answer of the database. People who wait longer have left.
const pagePatience = 10 * time.Second

// listen serves until ctx ends, then lets running requests finish. It also ends when the
// database of our own dies.
func (p *portal) listen(ctx context.Context, handler http.Handler) error {
	listener, err := net.Listen("tcp", p.config.Addr)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler: handler,
		// ReadTimeout is for bodies that nobody reads; web.Pace moves it with each piece of one that somebody does.
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute,
		BaseContext: func(net.Listener) context.Context { return pgpool.Within(context.Background(), pagePatience) },
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	p.greet()
	select {
	case err := <-failed:
		return err
	case <-p.databaseGone():
		return errors.New("the database has ended")
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	return server.Shutdown(ctx)
}

func (p *portal) databaseGone() <-chan struct{} {
	if p.database.cluster == nil {
		return nil
	}
	return p.database.cluster.Done()
}

// greet prints where the portal is, and in development the demo accounts.
func (p *portal) greet() {
	fmt.Fprintf(os.Stdout, "\nNaik Kelas: %s\n", p.config.BaseURL)
	if p.config.demo() {
		fmt.Fprint(os.Stdout, demoAccounts)
	}
	if p.config.development() {
		fmt.Fprintf(os.Stdout, "Mail, messages and sign-in codes: %s/dev/kotak-keluar\n", p.config.BaseURL)
	}
}

// work runs the jobs without serving pages.
func work(ctx context.Context, c config, _ []string) error {
	p, err := openRunning(ctx, c)
	if err != nil {
		return err
	}
	defer p.close()
	stop, err := p.startJobs(ctx)
	if err != nil {
		return err
	}
	defer stop()
	<-ctx.Done()
	return nil
}

// watched follows the key file, shows the metrics where the settings say so, keeps an eye on the store of files, and
// warns of settings that this version knows but does not follow yet.
func (p *portal) watched(ctx context.Context) error {
	go p.box.Follow(ctx, func(err error) { p.log.Error("the key file is not read any more", "err", err) })
	for _, name := range p.config.unheeded() {
		p.log.Warn("this setting does nothing yet", "name", name)
	}
	go p.watchStore(ctx, storeChecks)
	go p.warm(ctx)
	return p.metrics.serve(ctx, p.config.MetricsAddr, func(err error) { p.log.Error("metrics are not shown any more", "err", err) })
}

// warm compiles PDFium into its cache at the start: on a disk without room this is told to whoever starts the portal,
// and not to the first person who sends a PDF.
func (p *portal) warm(ctx context.Context) {
	if err := p.renderer.Warm(ctx); err != nil && ctx.Err() == nil {
		p.log.Error("PDFs cannot be opened: the cache for it could not be made", "err", err)
	}
}

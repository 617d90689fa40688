package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5/multitracer"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"naikkelas/internal/localpg"
	"naikkelas/internal/pgpool"
	"naikkelas/internal/sqltrace"
	"naikkelas/migrations"
)

// The portal's own cluster has one database and two roles: one owns the tables, the other
// runs the portal and may not change them.
const (
	ownDatabase = "naikkelas"
	ownOwner    = "naikkelas_owner"
)

// database is an open database, and the cluster under it when that is our own.
type database struct {
	pool    *pgxpool.Pool
	sql     *sql.DB
	gorm    *gorm.DB
	cluster *localpg.Server
}

// A starter gives our own cluster: localpg.Start for whoever runs alone, localpg.Join for commands that
// work beside a running portal too.
type starter func(context.Context, localpg.Options) (*localpg.Server, error)

// openDatabase opens the database of the settings. Our own cluster is migrated where we start it;
// another must have been migrated before, by `portal migrate` or by the portal that runs it.
func openDatabase(ctx context.Context, c config, start starter) (*database, error) {
	var d database
	if c.ownCluster() {
		if err := d.startCluster(ctx, &c, start); err != nil {
			return nil, err
		}
	}
	if err := d.open(ctx, c.DatabaseURL); err != nil {
		return nil, errors.Join(err, d.close())
	}
	pending, err := migrations.Pending(ctx, d.sql)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read the schema's version: %w", err), d.close())
	}
	if pending && c.ownCluster() {
		return nil, errors.Join(errors.New("the portal that runs is older than this program: start it anew with this one first"), d.close())
	}
	if pending {
		return nil, errors.Join(errors.New("the database is older than this program: run `portal migrate` first"), d.close())
	}
	return &d, nil
}

// startCluster starts our own cluster and brings its schema up to date, unless a running portal shares it.
func (d *database) startCluster(ctx context.Context, c *config, start starter) error {
	if err := d.startEmptyCluster(ctx, c, start); err != nil || d.cluster.Joined() {
		return err
	}
	if err := migrations.Up(ctx, c.MigrateURL); err != nil {
		return errors.Join(err, d.close())
	}
	return nil
}

// stopping is how long another portal on the same data may take to stop.
const stopping = 15 * time.Second

// startEmptyCluster starts our own cluster as it is.
func (d *database) startEmptyCluster(ctx context.Context, c *config, start starter) error {
	logFile, err := os.OpenFile(filepath.Join(c.DataDir, "postgres.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	waiting := func() {
		newLog().Info("another portal holds the data folder; waiting for it to stop", "most", stopping.String())
	}
	if d.cluster, err = start(ctx, localpg.Options{Dir: c.DataDir, Log: logFile, Wait: stopping, Waiting: waiting}); err != nil {
		return err
	}
	if !d.cluster.Joined() {
		if err := d.cluster.Ensure(ctx, ownDatabase, ownOwner, migrations.AppRole); err != nil {
			return errors.Join(err, d.close())
		}
	}
	c.MigrateURL = d.cluster.DSN(ownDatabase, ownOwner)
	c.DatabaseURL = d.cluster.DSN(ownDatabase, migrations.AppRole)
	return nil
}

// open makes one pool for GORM and the jobs. The log names the use case of what is slow or fails.
func (d *database) open(ctx context.Context, dsn string) error {
	cfg, err := pgpool.Config(dsn)
	if err != nil {
		return err
	}
	cfg.ConnConfig.Tracer = multitracer.New(cfg.ConnConfig.Tracer, sqltrace.New(newLog(), "naikkelas/models"))
	if d.pool, err = pgxpool.NewWithConfig(ctx, cfg); err != nil {
		return err
	}
	d.sql = stdlib.OpenDBFromPool(d.pool)
	d.gorm, err = gorm.Open(postgres.New(postgres.Config{Conn: d.sql}), &gorm.Config{SkipDefaultTransaction: true, Logger: logger.Discard})
	return err
}

// close ends the connections and then the cluster.
func (d *database) close() error {
	if d.sql != nil {
		_ = d.sql.Close()
	}
	if d.pool != nil {
		d.pool.Close()
	}
	if d.cluster != nil {
		return d.cluster.Stop()
	}
	return nil
}

// migrate brings the schema of the settings' database up to date.
func migrate(ctx context.Context, c config, _ []string) error {
	if c.ownCluster() {
		d, err := openDatabase(ctx, c, localpg.Start) // starting the own cluster migrates it
		if err != nil {
			return err
		}
		return d.close()
	}
	return migrations.Up(ctx, c.MigrateURL)
}

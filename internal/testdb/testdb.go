// Package testdb gives each test a fresh, migrated PostgreSQL database, cloned from a
// template in some tens of milliseconds.
package testdb

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"naikkelas/internal/localpg"
	"naikkelas/internal/pgpool"
	"naikkelas/migrations"
)

// Variable names the superuser's DSN of a shared server, set by internal/testdb/server.
const Variable = "TEST_DATABASE_URL"

// owner is the role that owns the schema in tests.
const owner = "naikkelas_owner"

// A Database is one test's own.
type Database struct {
	DSN    string // as the schema's owner
	AppDSN string // as the running portal's role
}

// server is the one server of this test binary.
var server = sync.OnceValues(start)

type cluster struct {
	admin    string // superuser's DSN without a database name at its end
	template string
}

// start finds the shared server or starts one of this binary's own, and makes the template.
func start() (cluster, error) {
	ctx := context.Background()
	admin := os.Getenv(Variable)
	if admin == "" {
		dir, err := Folder()
		if err != nil {
			return cluster{}, err
		}
		s, err := localpg.Start(ctx, localpg.Options{Dir: dir, Fast: true})
		if err != nil {
			return cluster{}, err
		}
		// The server dies with this process by its death signal; its folder lies in memory.
		admin = s.DSN("postgres", "postgres")
	}
	c := cluster{admin: admin}
	err := c.prepare(ctx)
	return c, err
}

// Folder makes a folder for a throw-away cluster, in memory where the machine has that.
func Folder() (string, error) {
	root := "/dev/shm"
	if _, err := os.Stat(root); err != nil {
		root = os.TempDir()
	}
	sweep(root)
	dir, err := os.MkdirTemp(root, fmt.Sprintf("naikkelas-%d-", os.Getpid()))
	if err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o755) // MkdirTemp closes it to the server's user
}

// sweep removes the folders of test binaries that are gone.
func sweep(root string) {
	old, _ := filepath.Glob(filepath.Join(root, "naikkelas-*-*"))
	for _, dir := range old {
		var pid int
		if _, err := fmt.Sscanf(filepath.Base(dir), "naikkelas-%d-", &pid); err != nil {
			continue
		}
		if _, err := os.Stat(fmt.Sprintf("/proc/%d", pid)); os.IsNotExist(err) {
			_ = os.RemoveAll(dir)
		}
	}
}

// prepare makes the roles and the migrated template, under a lock of the whole server. The
// template is named after the migrations, so a shared server never serves a stale one.
func (c *cluster) prepare(ctx context.Context) error {
	name, err := templateName()
	if err != nil {
		return err
	}
	c.template = name
	conn, err := pgx.Connect(ctx, c.admin)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock(7421002)"); err != nil {
		return err
	}
	for _, role := range []string{owner, migrations.AppRole} {
		q := fmt.Sprintf(`DO $$
			BEGIN
				IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '%s') THEN
					CREATE ROLE %s LOGIN;
				END IF;
			END $$`, role, role)
		if _, err := conn.Exec(ctx, q); err != nil {
			return err
		}
	}
	var ready bool
	err = conn.QueryRow(ctx, `SELECT EXISTS (
			SELECT 1
			FROM pg_database
			WHERE datname = $1 AND datistemplate)`, name).Scan(&ready)
	if err != nil || ready {
		return err
	}
	if _, err := conn.Exec(ctx, "DROP DATABASE IF EXISTS "+name); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name+" OWNER "+owner); err != nil {
		return err
	}
	if err := migrations.Up(ctx, withDatabase(c.admin, name, owner)); err != nil {
		return err
	}
	_, err = conn.Exec(ctx, "ALTER DATABASE "+name+" IS_TEMPLATE true ALLOW_CONNECTIONS false")
	return err
}

func templateName() (string, error) {
	h := sha256.New()
	list, err := fs.Glob(migrations.Files(), "*.sql")
	if err != nil {
		return "", err
	}
	for _, name := range list {
		b, err := fs.ReadFile(migrations.Files(), name)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s %d\n%s", name, len(b), b)
	}
	return "tpl_" + hex.EncodeToString(h.Sum(nil)[:8]), nil
}

// withDatabase turns the superuser's DSN into one for a database and role: later settings win.
func withDatabase(admin, database, user string) string {
	return fmt.Sprintf("%s dbname=%s user=%s", admin, database, user)
}

// New clones a database for the test; it is dropped when the test ends.
func New(t testing.TB) Database {
	t.Helper()
	c, err := server()
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	var b [6]byte
	rand.Read(b[:])
	name := "t_" + hex.EncodeToString(b[:])
	c.exec(t, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s STRATEGY FILE_COPY OWNER %s", name, c.template, owner))
	t.Cleanup(func() { c.exec(t, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") })
	return Database{DSN: withDatabase(c.admin, name, owner), AppDSN: withDatabase(c.admin, name, migrations.AppRole)}
}

func (c cluster) exec(t testing.TB, q string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.admin)
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, q); err != nil {
		t.Fatalf("test database: %v", err)
	}
}

// Open clones a database and opens it as the running portal would, with its role.
func Open(t testing.TB) (*gorm.DB, *pgxpool.Pool) {
	t.Helper()
	return OpenDSN(t, New(t).AppDSN)
}

// OpenDSN opens a database with the settings of the running portal.
func OpenDSN(t testing.TB, dsn string) (*gorm.DB, *pgxpool.Pool) {
	t.Helper()
	cfg, err := pgpool.Config(dsn)
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	pool, err := pgxpool.NewWithConfig(context.Background(), cfg)
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	t.Cleanup(pool.Close)
	sqldb := stdlib.OpenDBFromPool(pool)
	t.Cleanup(func() { _ = sqldb.Close() })
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: sqldb}), &gorm.Config{SkipDefaultTransaction: true, Logger: logger.Discard})
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	return db, pool
}

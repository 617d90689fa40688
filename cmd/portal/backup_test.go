package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"naikkelas/handlers/web"
	"naikkelas/internal/blob"
	"naikkelas/internal/localpg"
	"naikkelas/internal/seal"
	"naikkelas/internal/testdb"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/static"
)

// newKeys makes the keys of an installation and gives their file.
func newKeys(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys.json")
	if err := seal.Generate(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// settings are those of an installation on a database and store of its own.
func settings(t *testing.T, keys string) config {
	t.Helper()
	d := testdb.New(t)
	demo := true
	return config{
		Addr: "127.0.0.1:0", BaseURL: "http://127.0.0.1", DataDir: t.TempDir(), DatabaseURL: d.AppDSN, MigrateURL: d.DSN,
		BlobURL: "file://" + t.TempDir(), Keyset: keys, SMTPURL: "smtp://127.0.0.1:1", Operator: "Contoh", DemoWanted: &demo,
	}
}

// emptied takes every table out of a database.
func emptied(t *testing.T, c config) config {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), c.MigrateURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), "DROP SCHEMA public CASCADE; CREATE SCHEMA public"); err != nil {
		t.Fatal(err)
	}
	return c
}

// serving opens a portal and gives its pages.
func serving(t *testing.T, c config) (*portal, func(path string) string) {
	t.Helper()
	p, err := openPortal(t.Context(), c, localpg.Start)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.close() })
	assets, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	handler, err := p.handler(assets, web.NewPageCache())
	if err != nil {
		t.Fatal(err)
	}
	return p, func(path string) string {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != http.StatusOK {
			t.Fatalf("%s: status %d", path, w.Code)
		}
		return w.Body.String()
	}
}

// waitingLetters leaves letters that wait, failed and left, with codes and without.
func waitingLetters(t *testing.T, p *portal) {
	t.Helper()
	_, err := p.database.pool.Exec(t.Context(), `INSERT INTO notices (dedupe, channel, template, language, sealed, state, created_at) VALUES
		('a', 'email', 'register_code', 'id', 'x', 'queued', now()),
		('b', 'email', 'application_accepted', 'id', 'x', 'queued', now()),
		('c', 'phone', 'recover_code', 'id', 'x', 'failed', now()),
		('d', 'phone', 'application_fix_expired', 'id', 'x', 'failed', now()),
		('e', 'email', 'password_changed', 'id', NULL, 'handed_over', now())`)
	if err != nil {
		t.Fatal(err)
	}
}

// f138LettersAreHeld checks that a restored portal writes to nobody on its own (F138).
func f138LettersAreHeld(t *testing.T, restored *portal) {
	t.Helper()
	var got string
	err := restored.database.pool.QueryRow(t.Context(), `SELECT
			string_agg(dedupe || ' ' || state || ' ' || (sealed IS NULL)::text, ', ' ORDER BY dedupe)
		FROM notices
		WHERE dedupe IN ('a', 'b', 'c', 'd', 'e')`).Scan(&got)
	const want = "a withheld true, b held false, c withheld true, d held false, e handed_over true"
	if err != nil || got != want {
		t.Errorf("after a restore: %s (%v), want %s", got, err, want)
	}
}

// opensTheFile reads a file of before in the restored store.
func opensTheFile(t *testing.T, restored *portal, key string) {
	t.Helper()
	r, err := restored.blobs.Get(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	plain, err := restored.box.UnsealReader(r, models.OriginalPlace(key))
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(plain); err != nil || string(b) != "isi berkas" {
		t.Errorf("the file reads %q, %v", b, err)
	}
}

func TestF138BackupIsRestoredToTheSamePagesAndWritesToNobody(t *testing.T) {
	ctx, keys := context.Background(), newKeys(t)
	from := settings(t, keys)
	if err := seed(ctx, from, []string{"demo"}); err != nil {
		t.Fatal(err)
	}
	p, page := serving(t, from)
	key := blob.NewKey()
	sealed := p.box.SealReader(strings.NewReader("isi berkas"), models.OriginalPlace(key))
	if err := errors.Join(p.blobs.Put(ctx, key, sealed), sealed.Close()); err != nil {
		t.Fatal(err)
	}
	var programme string
	published := `SELECT ref
		FROM programmes
		WHERE state = 'published'
		ORDER BY id
		LIMIT 1`
	if err := p.database.pool.QueryRow(ctx, published).Scan(&programme); err != nil {
		t.Fatal(err)
	}
	paths := []string{urls.Home(), urls.Programmes(), urls.Programme(programme), urls.Institutions(), urls.Help(), urls.InEnglish(urls.Home())}
	before := map[string]string{}
	for _, path := range paths {
		before[path] = page(path)
	}

	waitingLetters(t, p)

	folder := filepath.Join(t.TempDir(), "cadangan")
	if err := backup(ctx, from, []string{folder}); err != nil {
		t.Fatal(err)
	}
	if err := backup(ctx, from, []string{folder}); err == nil {
		t.Error("a backup was overwritten")
	}
	to := emptied(t, settings(t, keys))
	if err := restore(ctx, to, []string{folder}); err != nil {
		t.Fatal(err)
	}
	if err := restore(ctx, to, []string{folder}); !errors.Is(err, errNotEmpty) {
		t.Errorf("a second restore: %v", err)
	}
	restored, pageAgain := serving(t, to)
	for _, path := range paths {
		if got := pageAgain(path); got != before[path] {
			t.Errorf("%s differs after the restore", path)
		}
	}
	f138LettersAreHeld(t, restored)
	opensTheFile(t, restored, key)
}

func TestDamagedBackupIsRefused(t *testing.T) {
	ctx, keys := context.Background(), newKeys(t)
	from := settings(t, keys)
	folder := filepath.Join(t.TempDir(), "cadangan")
	if err := backup(ctx, from, []string{folder}); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(t.TempDir(), "other.json")
	if err := seal.Generate(other); err != nil {
		t.Fatal(err)
	}
	if err := restore(ctx, emptied(t, settings(t, other)), []string{folder}); err == nil || !strings.Contains(err.Error(), "KEYSET") {
		t.Errorf("with other keys: %v", err)
	}
	dump := filepath.Join(folder, dumpFile)
	content, err := os.ReadFile(dump)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dump, bytes.Replace(content, []byte("PGDMP"), []byte("PGDMQ"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := restore(ctx, emptied(t, settings(t, keys)), []string{folder}); err == nil || !strings.Contains(err.Error(), "not whole") {
		t.Errorf("a damaged dump: %v", err)
	}
}

// A backup opens with its keys alone, and they are not in it: neither a copy of its folder, as for a developer, nor one
// that was lost tells anything. What would put them there is refused, and so is a backup whose keys would be nowhere.
func TestF135BackupHoldsNoKeys(t *testing.T) {
	ctx, keys := context.Background(), newKeys(t)
	from := settings(t, keys)
	place := filepath.Join(t.TempDir(), "cadangan")
	for _, inside := range []string{filepath.Join(place, "kunci.json"), place + "/x/../kunci.json"} {
		if err := backup(ctx, from, []string{place, "--keys", inside}); err == nil || !strings.Contains(err.Error(), "must not lie") {
			t.Errorf("keys at %s: %v", inside, err)
		}
	}
	own := from
	own.Keyset = "" // beside the data, as a portal with its own cluster has them
	if err := backup(ctx, own, []string{place}); err == nil || !strings.Contains(err.Error(), "--keys FILE") {
		t.Errorf("keys nowhere: %v", err)
	}
	elsewhere := filepath.Join(t.TempDir(), "kunci.json")
	if err := backup(ctx, from, []string{place, "--keys", elsewhere}); err != nil {
		t.Fatal(err)
	}
	secret, err := os.ReadFile(keys)
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := os.ReadFile(elsewhere); err != nil || !bytes.Equal(kept, secret) {
		t.Errorf("the keys elsewhere: %v", err)
	}
	err = filepath.WalkDir(place, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte("keyData")) || bytes.Contains(content, secret[:100]) || entry.Name() == keysFile {
			t.Errorf("%s holds keys", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	m, err := proveWhole(place)
	if err != nil {
		t.Fatal(err)
	}
	to := config{DataDir: t.TempDir()}
	if err := restoreKeys(to, m, ""); err == nil || !strings.Contains(err.Error(), "--keys FILE") {
		t.Errorf("restored without keys: %v", err)
	}
	if err := restoreKeys(to, m, newKeys(t)); err == nil || !strings.Contains(err.Error(), "lacks keys") {
		t.Errorf("restored with other keys: %v", err)
	}
	if err := restoreKeys(to, m, elsewhere); err != nil {
		t.Errorf("restored with its keys: %v", err)
	}
	if put, err := os.ReadFile(filepath.Join(to.DataDir, keysFile)); err != nil || !bytes.Equal(put, secret) {
		t.Errorf("the keys are not where the portal looks: %v", err)
	}
	if err := restoreKeys(config{DataDir: to.DataDir, Keyset: keys}, m, ""); err != nil {
		t.Errorf("restored with KEYSET: %v", err)
	}
}

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"

	"naikkelas/internal/blob"
	"naikkelas/internal/localpg"
	"naikkelas/internal/seal"
	"naikkelas/migrations"
)

// restore fills an empty database and an empty store of files from a backup, which is proved whole
// first. Anything that is there already makes it refuse, so that nothing is ever overwritten.
func restore(ctx context.Context, c config, args []string) error {
	place, err := readBackupPlace("restore", args)
	if err != nil {
		return err
	}
	folder := place.folder
	m, err := proveWhole(folder)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	if _, old := m.Files[keysFile]; old && place.keys == "" {
		place.keys = filepath.Join(folder, keysFile)
	}
	if err := restoreKeys(c, m, place.keys); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	var d database
	if c.ownCluster() {
		if err := d.startEmptyCluster(ctx, &c, localpg.Start); err != nil {
			return err
		}
	}
	err = restoreParts(ctx, c, folder)
	if err != nil {
		err = fmt.Errorf("restore: %w", err)
	}
	return errors.Join(err, d.close())
}

func restoreParts(ctx context.Context, c config, folder string) error {
	if err := wantEmptyDatabase(ctx, c.MigrateURL); err != nil {
		return err
	}
	store, err := blob.Open(ctx, c.BlobURL)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.List(ctx, "", func(string, time.Time) error { return errNotEmpty }); err != nil {
		return fmt.Errorf("the store of files: %w", err)
	}
	if err := putBlobs(ctx, store, filepath.Join(folder, blobFolder)); err != nil {
		return err
	}
	err = runTool(ctx, "pg_restore", c.MigrateURL, "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error",
		filepath.Join(folder, dumpFile))
	if err != nil {
		return err
	}
	// Rights of the portal's role, and what is newer than the backup.
	if err := migrations.Up(ctx, c.MigrateURL); err != nil {
		return err
	}
	return migrations.HoldLetters(ctx, c.MigrateURL)
}

// errNotEmpty says that something is there already.
var errNotEmpty = errors.New("not empty")

// proveWhole compares every file of a backup with its manifest.
func proveWhole(folder string) (manifest, error) {
	var m manifest
	text, err := os.ReadFile(filepath.Join(folder, manifestFile))
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, fmt.Errorf("manifest: %w", err)
	}
	got, err := checksums(folder)
	if err != nil {
		return m, err
	}
	if !maps.Equal(got, m.Files) {
		for name, sum := range m.Files {
			if got[name] != sum {
				return m, fmt.Errorf("the backup is not whole: %s is missing or changed", name)
			}
		}
		return m, errors.New("the backup is not whole: there are files that it does not list")
	}
	return m, nil
}

// restoreKeys puts the key set from its file where the portal's own cluster looks for it, or makes sure that the
// settings name one that has all its keys, as after a change of keys: with other keys, or with those
// from before a change, nothing could be read. Without a file the settings must name keys that open the backup.
func restoreKeys(c config, m manifest, file string) error {
	here, err := c.keyset()
	missing := errors.Is(err, fs.ErrNotExist) && c.Keyset == ""
	switch {
	case missing && file == "":
		return errors.New("the backup holds no keys: give the file that they went to with --keys FILE")
	case err != nil && !missing:
		return err
	case file == "":
		return m.opensWith(here, "KEYSET")
	}
	keys, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := m.opensWith(keys, file); err != nil {
		return err
	}
	if missing {
		return os.WriteFile(filepath.Join(c.DataDir, keysFile), keys, 0o600)
	}
	enough, err := seal.Holds(here, keys)
	if err == nil && !enough {
		err = fmt.Errorf("KEYSET lacks keys of the backup: it is another key set or an older one; the backup's own is %s", file)
	}
	return err
}

// opensWith refuses keys with which the backup does not open.
func (m manifest) opensWith(keys []byte, from string) error {
	box, err := seal.Open(string(keys))
	if err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	if m.Probe == nil { // made before there were probes, with its keys
		return nil
	}
	if _, err := box.Unseal(m.Probe, m.probePlace()); err != nil {
		return fmt.Errorf("%s lacks keys of the backup: it is another key set or an older one", from)
	}
	return nil
}

func wantEmptyDatabase(ctx context.Context, dsn string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	var tables int
	if err := conn.QueryRow(ctx, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").Scan(&tables); err != nil {
		return err
	}
	if tables > 0 {
		return fmt.Errorf("the database: %w", errNotEmpty)
	}
	return nil
}

func putBlobs(ctx context.Context, store *blob.Store, folder string) error {
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		key, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		return store.Put(ctx, filepath.ToSlash(key), file)
	})
}

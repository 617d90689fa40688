package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"naikkelas/internal/blob"
	"naikkelas/internal/localpg"
	"naikkelas/internal/seal"
)

// The parts of a backup, a folder. The files of people are in it as they lie in the store: sealed.
const (
	dumpFile     = "database.dump"
	keysFile     = "keyset.json"
	blobFolder   = "blobs"
	manifestFile = "manifest.json"
)

// A manifest lists every file of a backup with its SHA-256, so that a restore proves it whole.
type manifest struct {
	MadeAt time.Time         `json:"made_at"`
	Files  map[string]string `json:"files"`
}

// backup writes database, files and keys into a new folder. It is made under another name and
// renamed when it is whole, so a folder of that name is always a whole backup.
func backup(ctx context.Context, c config, args []string) error {
	if len(args) != 1 {
		return errors.New("usage: portal backup FOLDER")
	}
	target, err := filepath.Abs(args[0])
	if err != nil {
		return err
	}
	if _, err := os.Stat(target); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is there already", args[0])
	}
	p, err := openPortal(ctx, c, localpg.Join)
	if err != nil {
		return err
	}
	defer p.close()
	work, err := os.MkdirTemp(filepath.Dir(target), ".backup-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := p.backupInto(ctx, work); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return os.Rename(work, target)
}

// backupInto writes the parts. The files come after the database: one that is deleted meanwhile is
// only missing from the library of the restored portal, never named by it in vain for long. The keys
// come last: a file may have been sealed with new ones just now.
func (p *portal) backupInto(ctx context.Context, folder string) error {
	if err := dumpDatabase(ctx, p.migrateURL(), filepath.Join(folder, dumpFile)); err != nil {
		return err
	}
	if err := copyBlobs(ctx, p.blobs, filepath.Join(folder, blobFolder)); err != nil {
		return err
	}
	keys, err := p.config.keyset()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, keysFile), keys, 0o600); err != nil {
		return err
	}
	m := manifest{MadeAt: time.Now().UTC()}
	if m.Files, err = checksums(folder); err != nil {
		return err
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, manifestFile), text, 0o600)
}

// migrateURL is the database as its owner sees it.
func (p *portal) migrateURL() string {
	if p.database.cluster != nil {
		return p.database.cluster.DSN(ownDatabase, ownOwner)
	}
	return p.config.MigrateURL
}

// keyset is the key set itself, from where the settings say that it lies.
func (c config) keyset() ([]byte, error) {
	place := c.keysPlace()
	if seal.Inline(place) {
		return []byte(place), nil
	}
	return os.ReadFile(place)
}

func dumpDatabase(ctx context.Context, dsn, file string) error {
	return runTool(ctx, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file="+file, "--dbname="+dsn)
}

// runTool runs one of PostgreSQL's programs; what it complained about is in the error.
func runTool(ctx context.Context, name string, args ...string) error {
	path, err := localpg.Tool(name)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	out, err := exec.CommandContext(ctx, path, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(string(out)))
	}
	return nil
}

func copyBlobs(ctx context.Context, store *blob.Store, folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	return store.List(ctx, "", func(key string, _ time.Time) error {
		r, err := store.Get(ctx, key)
		if errors.Is(err, blob.ErrNotFound) {
			return nil // deleted while we looked
		}
		if err != nil {
			return err
		}
		defer r.Close()
		path := filepath.Join(folder, filepath.FromSlash(key))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		_, err = io.Copy(file, r)
		return errors.Join(err, file.Sync(), file.Close())
	})
}

// checksums are the SHA-256 of all files of a folder, by their path in it. The manifest itself is
// left out.
func checksums(folder string) (map[string]string, error) {
	sums := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil || name == manifestFile {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		h := sha256.New()
		if _, err := io.Copy(h, file); err != nil {
			return err
		}
		sums[filepath.ToSlash(name)] = hex.EncodeToString(h.Sum(nil))
		return nil
	})
	return sums, err
}

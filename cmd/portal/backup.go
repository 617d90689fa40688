package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"naikkelas/internal/blob"
	"naikkelas/internal/localpg"
	"naikkelas/internal/seal"
)

// The parts of a backup, a folder. The files of people are in it as they lie in the store: sealed. The keys are not in
// it: whoever gets the folder opens nothing. keysFile lies in backups of older versions, and beside the data of a portal
// with its own cluster.
const (
	dumpFile     = "database.dump"
	keysFile     = "keyset.json"
	blobFolder   = "blobs"
	manifestFile = "manifest.json"
)

// A manifest lists every file of a backup with its SHA-256, so that a restore proves it whole. Probe is sealed with the
// newest key: keys that open it open the backup.
type manifest struct {
	MadeAt time.Time         `json:"made_at"`
	Files  map[string]string `json:"files"`
	Probe  []byte            `json:"probe,omitempty"`
}

// probePlace is where the probe of a backup is sealed for.
func (m manifest) probePlace() seal.Place {
	return seal.At("backups", m.MadeAt.Format(time.RFC3339Nano), "probe")
}

// A backupPlace is where the parts of a backup are: its folder, and the file of its keys, which is empty where they stay
// where KEYSET says.
type backupPlace struct{ folder, keys string }

// readBackupPlace reads the arguments of backup and restore.
func readBackupPlace(command string, args []string) (backupPlace, error) {
	usage := fmt.Errorf("usage: portal %s FOLDER [--keys FILE]", command)
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return backupPlace{}, usage
	}
	flags := flag.NewFlagSet(command, flag.ContinueOnError)
	keys := flags.String("keys", "", "the file of the keys, outside of the folder")
	if err := flags.Parse(args[1:]); err != nil {
		return backupPlace{}, err
	}
	if flags.NArg() > 0 {
		return backupPlace{}, usage
	}
	folder, err := filepath.Abs(args[0])
	if err != nil || *keys == "" {
		return backupPlace{folder: folder}, err
	}
	file, err := filepath.Abs(*keys)
	return backupPlace{folder: folder, keys: file}, err
}

// apart refuses a backup whose keys would lie in its folder, or nowhere but beside the data that it is to outlive.
func (b backupPlace) apart(c config) error {
	if b.keys == "" {
		if c.Keyset == "" {
			return errors.New("say with --keys FILE where the keys go, on another disk than the folder: " +
				"without them nothing of the backup can be opened, and with them everything")
		}
		return nil
	}
	inside, err := filepath.Rel(b.folder, b.keys)
	if err == nil && inside != ".." && !strings.HasPrefix(inside, ".."+string(filepath.Separator)) {
		return errors.New("--keys: the keys must not lie in the folder of the backup: whoever gets it would open everything")
	}
	if _, err := os.Stat(b.keys); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("--keys: %s is there already", b.keys)
	}
	return nil
}

// backup writes database and files into a new folder, and the keys into a file elsewhere. The folder is made under
// another name and renamed when it is whole, so a folder of that name is always a whole backup.
func backup(ctx context.Context, c config, args []string) error {
	place, err := readBackupPlace("backup", args)
	if err != nil {
		return err
	}
	if _, err := os.Stat(place.folder); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is there already", place.folder)
	}
	if err := place.apart(c); err != nil {
		return err
	}
	p, err := openPortal(ctx, c, localpg.Join)
	if err != nil {
		return err
	}
	defer p.close()
	work, err := os.MkdirTemp(filepath.Dir(place.folder), ".backup-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := p.backupInto(ctx, work, place.keys); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := os.Rename(work, place.folder); err != nil {
		return err
	}
	kept := place.keys
	if kept == "" {
		kept = "where KEYSET says"
	}
	fmt.Fprintf(os.Stdout, "%s holds no keys: nobody opens it without them. They are %s. Keep them apart from it, and keep them.\n",
		place.folder, kept)
	return nil
}

// backupInto writes the parts. The files come after the database: one that is deleted meanwhile is
// only missing from the library of the restored portal, never named by it in vain for long. The keys
// come last: a file may have been sealed with new ones just now.
func (p *portal) backupInto(ctx context.Context, folder, keysAt string) error {
	if err := dumpDatabase(ctx, p.migrateURL(), filepath.Join(folder, dumpFile)); err != nil {
		return err
	}
	if err := copyBlobs(ctx, p.blobs, filepath.Join(folder, blobFolder)); err != nil {
		return err
	}
	m := manifest{MadeAt: time.Now().UTC()}
	keys, err := p.config.keyset()
	if err != nil {
		return err
	}
	box, err := seal.Open(string(keys)) // what is written, whatever the running portal has read
	if err != nil {
		return err
	}
	if m.Probe, err = box.Seal([]byte("probe"), m.probePlace()); err != nil {
		return err
	}
	if keysAt != "" {
		if err := os.WriteFile(keysAt, keys, 0o600); err != nil {
			return err
		}
	}
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
	return runTool(ctx, "pg_dump", dsn, "--format=custom", "--no-owner", "--no-privileges", "--file="+file)
}

// runTool runs one of PostgreSQL's programs on a database; what it complained about is in the error.
func runTool(ctx context.Context, name, dsn string, args ...string) error {
	path, err := localpg.Tool(name)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	command, err := toolCommand(ctx, path, dsn, args)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	out, err := command.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(string(out)))
	}
	return nil
}

// toolCommand is a program of PostgreSQL's on a database. The password goes by the environment, because everybody on
// a machine can read command lines.
func toolCommand(ctx context.Context, path, dsn string, args []string) (*exec.Cmd, error) {
	rest, password, err := withoutPassword(dsn)
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, path, append(args, "--dbname="+rest)...)
	if password != "" {
		command.Env = append(os.Environ(), "PGPASSWORD="+password)
	}
	return command, nil
}

// passwordWord is the password in an address of the form "host=a password=b", quoted or not.
var passwordWord = regexp.MustCompile(`(?:^|\s)password\s*=\s*(?:'(?:[^'\\]|\\.)*'|[^\s']\S*)`)

// withoutPassword takes the password out of a database's address of either form.
func withoutPassword(dsn string) (rest, password string, err error) {
	config, err := pgconn.ParseConfig(dsn)
	if err != nil {
		return "", "", errors.New("the database's address cannot be read") // the library's error repeats it
	}
	if u, err := url.Parse(dsn); err == nil && u.Scheme != "" {
		if u.User != nil {
			u.User = url.User(u.User.Username())
		}
		query := u.Query()
		query.Del("password")
		u.RawQuery = query.Encode()
		return u.String(), config.Password, nil
	}
	return strings.TrimSpace(passwordWord.ReplaceAllString(dsn, "")), config.Password, nil
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

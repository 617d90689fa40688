package localpg

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// findBinaries looks for the folder of initdb and postgres: the newest of Debian's, then PATH.
func findBinaries() (string, error) {
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.SortFunc(dirs, func(a, b string) int { return major(b) - major(a) })
	if path, err := exec.LookPath("postgres"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	for _, dir := range dirs {
		if isFile(filepath.Join(dir, "postgres")) && isFile(filepath.Join(dir, "initdb")) {
			return dir, nil
		}
	}
	return "", ErrNoBinaries
}

// Tool finds one of PostgreSQL's programs, such as pg_dump, beside the server's.
func Tool(name string) (string, error) {
	if dir, err := findBinaries(); err == nil && isFile(filepath.Join(dir, name)) {
		return filepath.Join(dir, name), nil
	}
	return exec.LookPath(name)
}

func major(dir string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(dir)))
	return n
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// clusterOwner is the user that the server runs as when we are root, which PostgreSQL
// refuses to be: postgres, else nobody. It is nil when we are nobody special ourselves.
func clusterOwner() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("localpg: no user to run PostgreSQL as")
}

// prepareDir makes the folder. The server's user must be able to walk down to its data, so a
// closed parent is named here instead of in a confusing message of the server's.
func prepareDir(dir string, owner *syscall.Credential) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("localpg: %w", err)
	}
	if owner == nil {
		return nil
	}
	for parent := dir; parent != "/"; parent = filepath.Dir(parent) {
		info, err := os.Stat(parent)
		if err != nil {
			return fmt.Errorf("localpg: %w", err)
		}
		if info.Mode().Perm()&0o001 == 0 {
			return fmt.Errorf("localpg: %s must be open to walk through (chmod o+x) for the database's user", parent)
		}
	}
	return nil
}

// ownedFolder makes a folder that only the server's user may open.
func ownedFolder(path string, owner *syscall.Credential) error {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return fmt.Errorf("localpg: %w", err)
	}
	if owner == nil {
		return nil
	}
	return os.Chown(path, int(owner.Uid), int(owner.Gid))
}

// socketFolder is where the socket lies: beside the data, or, because the path of a unix
// socket is short, in the temporary folder under a name made from the data's path.
func socketFolder(dir string, owner *syscall.Credential) (string, error) {
	folder := socketPath(dir)
	return folder, ownedFolder(folder, owner)
}

func socketPath(dir string) string {
	folder := filepath.Join(dir, "sock")
	if len(folder) > 80 {
		sum := sha256.Sum256([]byte(dir))
		folder = filepath.Join(os.TempDir(), fmt.Sprintf("naikkelas-%x", sum[:6]))
	}
	return folder
}

// initialise makes the cluster on first use and otherwise looks whether it is whole and of our version.
// It is made beside its place and moved there whole: what a killed process leaves half-made is never
// taken for a cluster, and what may be one is never removed.
func (s *Server) initialise(ctx context.Context, bin, data string, owner *syscall.Credential, o Options) error {
	want, err := serverMajor(ctx, bin)
	if err != nil {
		return err
	}
	there, err := os.ReadDir(data)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("localpg: %w", err)
	}
	if len(there) > 0 {
		return checkCluster(data, want)
	}
	fresh := data + ".new"
	if err := errors.Join(os.RemoveAll(fresh), ownedFolder(fresh, owner)); err != nil {
		return fmt.Errorf("localpg: %w", err)
	}
	if err := s.initdb(ctx, bin, fresh, owner, o); err != nil {
		return err
	}
	if err := errors.Join(os.Rename(fresh, data), syncFolder(o.Dir)); err != nil {
		return fmt.Errorf("localpg: %w", err)
	}
	return nil
}

// checkCluster says what is wrong with a data folder.
func checkCluster(data, want string) error {
	have, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if err == nil {
		_, err = os.Stat(filepath.Join(data, "global", "pg_control"))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("localpg: %s: %w", data, ErrNotWhole)
	}
	if err != nil {
		return fmt.Errorf("localpg: %w", err)
	}
	if got := strings.TrimSpace(string(have)); got != want {
		return fmt.Errorf("localpg: %s is of version %s, the server is %s: %w", data, got, want, ErrVersion)
	}
	return nil
}

// initdb makes a cluster in the folder. It dies with us, and its own children hold the lock until
// they have ended too, so that nobody cleans up what they still write to.
func (s *Server) initdb(ctx context.Context, bin, folder string, owner *syscall.Credential, o Options) error {
	args := []string{"-D", folder, "-U", "postgres", "--auth=trust", "--locale=C.UTF-8", "-E", "UTF8"}
	if o.Fast {
		args = append(args, "--no-sync")
	}
	cmd := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), args...)
	cmd.Dir = "/"
	cmd.ExtraFiles = []*os.File{s.lock}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: owner, Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	runtime.LockOSThread() // the death signal is bound to the thread that starts it
	defer runtime.UnlockOSThread()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("localpg: initdb: %w: %s", err, out)
	}
	return nil
}

// syncFolder makes a rename in the folder last through a power cut: a cluster that people have written
// to must not come back under the name of a half-made one.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// serverMajor reads the major version from "postgres (PostgreSQL) 15.18 (...)".
func serverMajor(ctx context.Context, bin string) (string, error) {
	out, err := exec.CommandContext(ctx, filepath.Join(bin, "postgres"), "--version").Output()
	if err != nil {
		return "", fmt.Errorf("localpg: %w", err)
	}
	_, rest, ok := strings.Cut(string(out), "(PostgreSQL) ")
	if !ok {
		return "", fmt.Errorf("localpg: cannot read the version from %q", out)
	}
	version, _, _ := strings.Cut(rest, ".")
	return version, nil
}

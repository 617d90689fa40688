package localpg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// sharedFile names the folder of the socket while a portal shares its cluster.
const sharedFile = "portal.shared"

// Share lets Join find the cluster from now on: the portal says so when its database is ready.
func (s *Server) Share() error {
	if err := os.WriteFile(filepath.Join(s.dir, sharedFile), []byte(s.socketDir), 0o600); err != nil {
		return fmt.Errorf("localpg: %w", err)
	}
	return nil
}

// Joined says whether the server runs in another process, which shares it.
func (s *Server) Joined() bool { return s.cmd == nil }

func (s *Server) unshare() error {
	if err := os.Remove(filepath.Join(s.dir, sharedFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("localpg: %w", err)
	}
	return nil
}

// shared is the cluster that another process shares, nil when there is none that answers.
func shared(ctx context.Context, dir string) *Server {
	socketDir, err := os.ReadFile(filepath.Join(dir, sharedFile))
	if err != nil {
		return nil
	}
	s := &Server{dir: dir, socketDir: string(socketDir)}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.DSN("postgres", "postgres"))
	if err != nil {
		return nil
	}
	_ = conn.Close(ctx)
	return s
}

// takeLock takes the folder for this process, within o.Wait, unless running finds a server before. The
// server's processes hold the lock too, so it is free when the last of them has ended, however that was.
func takeLock(ctx context.Context, o Options, running func() *Server) (*os.File, *Server, error) {
	f, err := os.OpenFile(filepath.Join(o.Dir, "portal.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("localpg: %w", err)
	}
	limit := time.NewTimer(o.Wait)
	defer limit.Stop()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for told := false; ; {
		if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
			return f, nil, nil
		}
		if s := running(); s != nil {
			return nil, s, f.Close()
		}
		if !told && o.Wait > 0 && o.Waiting != nil {
			o.Waiting()
			told = true
		}
		select {
		case <-tick.C:
		case <-limit.C:
			return nil, nil, errors.Join(fmt.Errorf("localpg: %s: %w", o.Dir, ErrInUse), f.Close())
		case <-ctx.Done():
			return nil, nil, errors.Join(ctx.Err(), f.Close())
		}
	}
}

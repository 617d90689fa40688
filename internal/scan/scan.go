// Package scan asks ClamAV's daemon whether a file carries something harmful. The file travels over
// the daemon's own protocol (INSTREAM), so the daemon needs no access to our disks.
package scan

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// Found is a file in which the daemon found something; its text names that.
type Found string

// Error names what was found.
func (f Found) Error() string { return "scan: found " + string(f) }

// ErrDaemon is an answer that is neither clean nor found: the file counts as not scanned.
var ErrDaemon = errors.New("scan: the daemon gave no verdict")

// Scanner reaches one daemon. It is safe for concurrent use: each file takes a connection of its own.
type Scanner struct {
	network, address string
}

// New takes host:port, or unix:/path of a socket.
func New(address string) (*Scanner, error) {
	if path, ok := strings.CutPrefix(address, "unix:"); ok {
		return &Scanner{"unix", path}, nil
	}
	if _, _, err := net.SplitHostPort(address); err != nil {
		return nil, fmt.Errorf("scan: want host:port or unix:/path: %w", err)
	}
	return &Scanner{"tcp", address}, nil
}

const (
	// patience is how long the daemon may take for one file, less than the job that asks it.
	patience = 40 * time.Second
	// part is how much of a file travels at once.
	part = 64 << 10
	// longestAnswer is more than the daemon ever says.
	longestAnswer = 4 << 10
)

// Scan reads a file to its end. It returns nil only when the daemon says that the file is clean, Found
// when it is not, and another error when there is no verdict or the file cannot be read.
func (s *Scanner) Scan(ctx context.Context, file io.Reader) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, s.network, s.address)
	if err != nil {
		return fmt.Errorf("scan: %w", err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })()
	broken, unreadable := send(conn, file)
	if unreadable != nil {
		return fmt.Errorf("scan: read the file: %w", unreadable)
	}
	// A daemon that had enough says so before it hangs up, so its answer is read whatever became of
	// the sending.
	answer, err := io.ReadAll(io.LimitReader(conn, longestAnswer))
	text := strings.TrimSpace(string(bytes.TrimRight(answer, "\x00")))
	verdict := strings.TrimPrefix(text, "stream: ")
	switch {
	case verdict == "OK":
		return nil
	case strings.HasSuffix(verdict, " FOUND"):
		return Found(strings.TrimSuffix(verdict, " FOUND"))
	}
	return errors.Join(fmt.Errorf("%w: %q", ErrDaemon, text), broken, err)
}

// send writes the file in parts, each after its length; no length ends it. It tells a daemon that
// hung up from a file that cannot be read.
func send(conn net.Conn, file io.Reader) (broken, unreadable error) {
	if _, err := conn.Write([]byte("zINSTREAM\x00")); err != nil {
		return err, nil
	}
	buffer := make([]byte, 4+part)
	for {
		n, err := io.ReadFull(file, buffer[4:])
		binary.BigEndian.PutUint32(buffer, uint32(n))
		if n > 0 {
			if _, err := conn.Write(buffer[:4+n]); err != nil {
				return err, nil
			}
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			_, err := conn.Write([]byte{0, 0, 0, 0})
			return err, nil
		case err != nil:
			return nil, err
		}
	}
}

package scan_test

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"naikkelas/internal/scan"
)

// eicar is the harmless text that every scanner knows. It is put together here, so that no scanner
// takes this source for a find.
func eicar() string {
	return `X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-` + `STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`
}

// clamd is where Debian puts it, outside of most people's PATH.
const clamd = "/usr/sbin/clamd"

// daemon starts the real clamd with one signature of our own, and ends it with the test.
func daemon(t *testing.T) *scan.Scanner {
	t.Helper()
	dir := t.TempDir()
	signatures := filepath.Join(dir, "signatures")
	socket := filepath.Join(dir, "s")
	if len(socket) > 100 {
		socket = filepath.Join(os.TempDir(), fmt.Sprintf("clamd-%d", os.Getpid()))
		t.Cleanup(func() { _ = os.Remove(socket) })
	}
	settings := fmt.Sprintf("DatabaseDirectory %s\nLocalSocket %s\nForeground yes\nStreamMaxLength 1M\nLogFile %s\nTemporaryDirectory %s\n",
		signatures, socket, filepath.Join(dir, "log"), dir)
	for _, err := range []error{
		os.Mkdir(signatures, 0o755),
		os.WriteFile(filepath.Join(signatures, "test.ndb"), []byte("Uji-Contoh:0:*:"+hex.EncodeToString([]byte(eicar()))+"\n"), 0o644),
		os.WriteFile(filepath.Join(dir, "clamd.conf"), []byte(settings), 0o644),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(clamd, "--config-file="+filepath.Join(dir, "clamd.conf"))
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		t.Fatalf("start clamd: %v", err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	t.Cleanup(func() { _ = cmd.Process.Kill(); <-ended })
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for late := time.After(30 * time.Second); ; {
		if conn, err := net.Dial("unix", socket); err == nil {
			_ = conn.Close()
			break
		}
		select {
		case <-tick.C:
		case <-ended:
			t.Fatalf("clamd ended: %s", &log)
		case <-late:
			t.Fatalf("clamd does not answer: %s", &log)
		}
	}
	s, err := scan.New("unix:" + socket)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// pdfOf is a PDF that carries a text in a compressed stream.
func pdfOf(text string) string {
	var stream bytes.Buffer
	w := zlib.NewWriter(&stream)
	_, _ = w.Write([]byte(text)) // into memory
	_ = w.Close()
	return fmt.Sprintf("%%PDF-1.7\n1 0 obj\n<</Type/EmbeddedFile/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n"+
		"2 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 2 0 R>>\n%%%%EOF\n", stream.Len(), &stream)
}

func TestDaemonFindsTheTestTextPlainAndInsideAPDF(t *testing.T) {
	s := daemon(t)
	for name, content := range map[string]string{
		"plain":         eicar(),
		"inside a PDF":  pdfOf(eicar()),
		"behind 300 KB": strings.Repeat("a", 300<<10) + eicar(),
	} {
		err := s.Scan(t.Context(), strings.NewReader(content))
		found, ok := errors.AsType[scan.Found](err)
		if !ok || !strings.HasPrefix(string(found), "Uji-Contoh") {
			t.Errorf("%s: got %v, want it found", name, err)
		}
	}
	for name, content := range map[string]string{"a PDF": pdfOf("ijazah"), "half of it": eicar()[:40], "nothing": ""} {
		if err := s.Scan(t.Context(), strings.NewReader(content)); err != nil {
			t.Errorf("%s: got %v, want clean", name, err)
		}
	}
	if err := s.Scan(t.Context(), strings.NewReader(strings.Repeat("a", 3<<20))); !errors.Is(err, scan.ErrDaemon) {
		t.Errorf("more than the daemon takes: got %v, want no verdict", err)
	}
}

var errStorage = errors.New("storage is away")

func TestTroubleIsNeverAClean(t *testing.T) {
	s := daemon(t)
	if err := s.Scan(t.Context(), io.MultiReader(strings.NewReader("a"), iotest.ErrReader(errStorage))); !errors.Is(err, errStorage) {
		t.Errorf("a file that cannot be read: %v", err)
	}
	gone, err := scan.New("127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	if err := gone.Scan(t.Context(), strings.NewReader("a")); err == nil {
		t.Error("clean, said nobody")
	}
	if _, err := scan.New("clamav"); err == nil {
		t.Error("an address without a port was taken")
	}
}

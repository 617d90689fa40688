package mail_test

import (
	"crypto/tls"
	"encoding/pem"
	"errors"
	"io"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// certificate is valid for 127.0.0.1 and trusted by this test binary.
var certificate tls.Certificate

// TestMain makes the test certificate one of the system's before anything asks for those.
func TestMain(m *testing.M) {
	server := httptest.NewTLSServer(nil)
	certificate = server.TLS.Certificates[0]
	folder, err := os.MkdirTemp("", "mail")
	if err == nil {
		roots := filepath.Join(folder, "roots.pem")
		text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
		err = errors.Join(os.WriteFile(roots, text, 0o600), os.Setenv("SSL_CERT_FILE", roots))
	}
	server.Close()
	code := 1
	if err == nil {
		code = m.Run()
	}
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// received is a mail as it arrived at the server.
type received struct {
	from, to, user string
	notify         []smtp.DSNNotify // of what the server was asked to report
	encrypted      bool
	data           string
}

// server is an SMTP server in this process. It refuses the recipients named in refuse.
type server struct {
	*smtp.Server
	port   string
	refuse map[string]error

	mu    sync.Mutex
	mails []received
}

// serve starts a server that offers STARTTLS when withTLS, or speaks TLS from the
// first byte when implicit.
func serve(t *testing.T, withTLS, implicit bool) *server {
	t.Helper()
	s := &server{refuse: map[string]error{}}
	s.Server = smtp.NewServer(s)
	s.Domain = "127.0.0.1"
	s.AllowInsecureAuth, s.EnableDSN = true, true
	s.ErrorLog = silent{}
	settings := &tls.Config{Certificates: []tls.Certificate{certificate}}
	if withTLS {
		s.TLSConfig = settings
	}
	listener, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	_, s.port, _ = net.SplitHostPort(listener.Addr().String())
	if implicit {
		listener = tls.NewListener(listener, settings)
	}
	go func() { _ = s.Serve(listener) }()
	t.Cleanup(func() { _ = errors.Join(s.Close(), listener.Close()) })
	return s
}

// NewSession begins a dialogue with one client.
func (s *server) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &session{server: s, conn: c}, nil
}

// inbox gives the mails that arrived so far.
func (s *server) inbox() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails
}

type session struct {
	server *server
	conn   *smtp.Conn
	mail   received
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "p@ss:word" {
			return smtp.ErrAuthFailed
		}
		s.mail.user = user
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.mail.from = from
	return nil
}

func (s *session) Rcpt(to string, asked *smtp.RcptOptions) error {
	s.mail.to, s.mail.notify = to, asked.Notify
	return s.server.refuse[to]
}

func (s *session) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.mail.data = string(data)
	_, s.mail.encrypted = s.conn.TLSConnectionState()
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.mails = append(s.server.mails, s.mail)
	return nil
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

type silent struct{}

func (silent) Printf(string, ...any) {}
func (silent) Println(...any)        {}

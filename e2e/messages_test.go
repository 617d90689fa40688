package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// patience is how long one step may take, in the browser or on the way to somebody.
const patience = 20 * time.Second

// sixDigits is a code as people read it out of a message.
var sixDigits = regexp.MustCompile(`\b\d{6}\b`)

// A sent message went to an address with a text.
type sent struct{ to, text string }

// arrivals hands out messages in the order in which they arrive.
type arrivals struct {
	t       *testing.T
	waiting chan sent
}

func newArrivals(t *testing.T) arrivals { return arrivals{t: t, waiting: make(chan sent, 1000)} }

// next waits for the next message to somebody; those to others are passed over.
func (a arrivals) next(to string) string {
	a.t.Helper()
	for deadline := time.After(patience); ; {
		select {
		case m := <-a.waiting:
			if m.to == to {
				return m.text
			}
		case <-deadline:
			a.t.Fatalf("no message to %s", to)
		}
	}
}

// code waits for the next message to somebody and reads its code.
func (a arrivals) code(to string) string {
	a.t.Helper()
	for {
		if code := sixDigits.FindString(a.next(to)); code != "" {
			return code
		}
	}
}

// gateway is the phone messages' gateway.
type gateway struct {
	arrivals
	url string
}

func serveGateway(t *testing.T) *gateway {
	t.Helper()
	g := &gateway{arrivals: newArrivals(t)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var m struct{ To, Text string }
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		g.waiting <- sent{m.To, m.Text}
	}))
	t.Cleanup(server.Close)
	g.url = server.URL
	return g
}

// mailServer takes every mail.
type mailServer struct {
	arrivals
	url string
}

func serveMail(t *testing.T) *mailServer {
	t.Helper()
	m := &mailServer{arrivals: newArrivals(t)}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &mailSession{server: m}, nil }))
	server.Domain = "127.0.0.1"
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	m.url = "smtp://" + listener.Addr().String()
	return m
}

type mailSession struct {
	server *mailServer
	to     []string
}

func (s *mailSession) Reset()                               { s.to = nil }
func (s *mailSession) Logout() error                        { return nil }
func (s *mailSession) Mail(string, *smtp.MailOptions) error { return nil }

func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = append(s.to, to)
	return nil
}

func (s *mailSession) Data(r io.Reader) error {
	text, err := plainText(r)
	if err != nil {
		return err
	}
	for _, to := range s.to {
		s.server.waiting <- sent{to, text}
	}
	return nil
}

// plainText is the text part of a mail.
func plainText(r io.Reader) (string, error) {
	m, err := mail.ReadMessage(r)
	if err != nil {
		return "", err
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return "", err
	}
	if !strings.HasPrefix(kind, "multipart/") {
		return decoded(m.Body, m.Header.Get("Content-Transfer-Encoding"))
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err != nil {
			return "", fmt.Errorf("no text in the mail: %w", err)
		}
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/plain") {
			return decoded(part, part.Header.Get("Content-Transfer-Encoding"))
		}
	}
}

func decoded(r io.Reader, encoding string) (string, error) {
	if strings.EqualFold(encoding, "quoted-printable") {
		r = quotedprintable.NewReader(r)
	}
	b, err := io.ReadAll(r)
	return string(b), err
}

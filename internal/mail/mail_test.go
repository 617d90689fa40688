package mail_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"pgregory.net/rapid"

	"naikkelas/internal/mail"
	"naikkelas/internal/outbox"
)

const from = "Naik Kelas <no-reply@portal.example>"

// verified is a mail as the portal sends it.
var verified = mail.Message{
	To: "siti@contoh.id", ID: "application-7-verified",
	Subject: "Pendaftaran Anda sudah diperiksa — Ma’ruf",
	Text:    "Pendaftaran NK-7F3K92QD sudah diperiksa.\nTerima kasih.",
	HTML:    "<!doctype html><p>Pendaftaran <b>NK-7F3K92QD</b> sudah diperiksa.</p>",
}

func TestMailArrivesAsWritten(t *testing.T) {
	s := serve(t, false, false)
	if err := sender(t, "smtp://127.0.0.1:"+s.port).Send(t.Context(), verified); err != nil {
		t.Fatal(err)
	}
	got := only(t, s)
	if got.from != "no-reply@portal.example" || got.to != verified.To || got.user != "" {
		t.Errorf("envelope %+v", got)
	}
	m := parse(t, got.data)
	for name, want := range map[string]string{
		"To": "<siti@contoh.id>", "From": `"Naik Kelas" <no-reply@portal.example>`,
		"Auto-Submitted": "auto-generated", "User-Agent": "", "X-Mailer": "",
	} {
		if value := m.Header.Get(name); value != want {
			t.Errorf("%s: %q, want %q", name, value, want)
		}
	}
	if subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil || subject != verified.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	if _, err := m.Header.Date(); err != nil {
		t.Errorf("date: %v", err)
	}
	parts := alternatives(t, m)
	if len(parts) != 2 || parts[0] != verified.Text || parts[1] != verified.HTML {
		t.Errorf("parts %q", parts)
	}
}

// A neutral mail does not say by its sender from whom it is, as far as the address lets it.
func TestNeutralMailHasNoSendersName(t *testing.T) {
	s := serve(t, false, false)
	plain := mail.Message{To: "siti@contoh.id", ID: "1", Subject: "Ada kabar", Text: "Silakan masuk.", Neutral: true}
	if err := sender(t, "smtp://127.0.0.1:"+s.port).Send(t.Context(), plain); err != nil {
		t.Fatal(err)
	}
	got := only(t, s)
	if value := parse(t, got.data).Header.Get("From"); value != "<no-reply@portal.example>" || strings.Contains(got.data, "Naik") {
		t.Errorf("from %q in %q", value, got.data)
	}
}

// Word of whether a mail arrived is asked for where it is needed, and of no other mail.
func TestReportIsAskedForWhereItIsNeeded(t *testing.T) {
	for _, report := range []bool{true, false} {
		s := serve(t, false, false)
		m := verified
		m.Report = report
		if err := sender(t, "smtp://127.0.0.1:"+s.port).Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		want := map[bool]string{true: "[FAILURE SUCCESS]", false: "[]"}[report]
		asked := only(t, s).notify
		slices.Sort(asked)
		if got := fmt.Sprint(asked); got != want {
			t.Errorf("report %t: asked for %s", report, got)
		}
	}
}

// A neutral sender is from its own address alone, whatever the URL says, and nothing in the mail names another domain.
func TestNeutralSenderNamesItsOwnAddressAlone(t *testing.T) {
	s := serve(t, false, false)
	neutral, err := mail.NewNeutral("smtp://127.0.0.1:"+s.port+"?from=naik-kelas@portal.example", "kabar@pos.example")
	if err != nil {
		t.Fatal(err)
	}
	m := mail.Message{To: "siti@contoh.id", ID: "1", Subject: "Ada kabar", Text: "Silakan lihat.", Neutral: true}
	if err := neutral.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	got := only(t, s)
	header := parse(t, got.data).Header
	if got.from != "kabar@pos.example" || header.Get("From") != "<kabar@pos.example>" || strings.Contains(got.data, "portal.example") ||
		!strings.HasSuffix(header.Get("Message-ID"), "@pos.example>") {
		t.Errorf("from %s, %s", got.from, got.data)
	}
}

func TestMailWithoutHTML(t *testing.T) {
	s := serve(t, false, false)
	plain := verified
	plain.HTML = ""
	if err := sender(t, "smtp://127.0.0.1:"+s.port).Send(t.Context(), plain); err != nil {
		t.Fatal(err)
	}
	if kind := parse(t, only(t, s).data).Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/plain") {
		t.Errorf("content type %q", kind)
	}
}

// P128: a job that is repeated after a crash must not look like a second mail.
func TestP128RepeatIsRecognisable(t *testing.T) {
	s := serve(t, false, false)
	other := verified
	other.ID = "application-8-verified"
	for _, m := range []mail.Message{verified, verified, other} {
		// A new sender each time, as after a restart.
		if err := sender(t, "smtp://127.0.0.1:"+s.port).Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	var ids []string
	for _, got := range s.inbox() {
		ids = append(ids, parse(t, got.data).Header.Get("Message-Id"))
	}
	if len(ids) != 3 || ids[0] != ids[1] || ids[1] == ids[2] || !strings.HasSuffix(ids[0], "@portal.example>") {
		t.Errorf("Message-IDs %q", ids)
	}
}

func TestEncryption(t *testing.T) {
	tests := []struct {
		name              string
		withTLS, implicit bool
		host, query       string
		arrives, secret   bool
	}{
		{"this machine, nothing said", false, false, "127.0.0.1", "", true, false},
		{"this machine, STARTTLS wanted", true, false, "127.0.0.1", "?tls=starttls", true, true},
		{"this machine, STARTTLS wanted and stripped", false, false, "127.0.0.1", "?tls=starttls", false, false},
		{"TLS from the first byte", false, true, "127.0.0.1", "?tls=tls", true, true},
		{"TLS wanted of a plain server", false, false, "127.0.0.1", "?tls=tls", false, false},
		// 0.0.0.0 reaches this machine, but does not count as it.
		{"elsewhere, nothing said, STARTTLS stripped", false, false, "0.0.0.0", "", false, false},
		{"elsewhere, certificate of another host", true, false, "0.0.0.0", "", false, false},
		{"elsewhere, none wanted", false, false, "0.0.0.0", "?tls=none", true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, tt.withTLS, tt.implicit)
			err := sender(t, "smtp://"+tt.host+":"+s.port+tt.query).Send(t.Context(), verified)
			if arrived := len(s.inbox()) == 1; (err == nil) != tt.arrives || arrived != tt.arrives {
				t.Fatalf("arrived %v, %v", arrived, err)
			}
			if tt.arrives && only(t, s).encrypted != tt.secret {
				t.Errorf("encrypted: %v", !tt.secret)
			}
		})
	}
}

func TestSignIn(t *testing.T) {
	for _, query := range []string{"", "?tls=starttls"} {
		s := serve(t, true, false)
		if err := sender(t, "smtp://portal:p%40ss%3Aword@127.0.0.1:"+s.port+query).Send(t.Context(), verified); err != nil {
			t.Fatal(err)
		}
		if got := only(t, s); got.user != "portal" {
			t.Errorf("signed in as %q", got.user)
		}
		err := sender(t, "smtp://portal:wrong@127.0.0.1:"+s.port+query).Send(t.Context(), verified)
		if err == nil || len(s.inbox()) != 1 || strings.Contains(err.Error(), "wrong") {
			t.Errorf("wrong password: %v", err)
		}
	}
}

func TestFailuresNameNobody(t *testing.T) {
	s := serve(t, false, false)
	s.refuse["gone@contoh.id"] = &smtp.SMTPError{Code: 550, Message: "no such user gone@contoh.id"}
	s.refuse["full@contoh.id"] = &smtp.SMTPError{Code: 452, Message: "full@contoh.id is over quota"}
	for to, permanent := range map[string]bool{"gone@contoh.id": true, "full@contoh.id": false} {
		m := verified
		m.To = to
		err := sender(t, "smtp://127.0.0.1:"+s.port).Send(t.Context(), m)
		failure, ok := errors.AsType[*mail.Failure](err)
		if !ok || failure.Permanent != permanent || !failure.Recipient || failure.Step != "RCPT TO" || failure.Code < 400 {
			t.Fatalf("%s: %#v", to, err)
		}
		if strings.Contains(err.Error(), "contoh") {
			t.Errorf("the error names the person: %v", err)
		}
	}
	if n := len(s.inbox()); n != 0 {
		t.Errorf("%d arrived", n)
	}
}

func TestNoServer(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	nobody := sender(t, "smtp://"+closed.Addr().String())
	err = nobody.Send(t.Context(), verified)
	if _, refused := errors.AsType[*mail.Failure](err); err == nil || refused {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := nobody.Send(ctx, verified); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// refusals are messages that must not leave, wherever they would go.
var refusals = map[string]struct {
	change func(*mail.Message)
	want   error
}{
	"header in the subject":   {func(m *mail.Message) { m.Subject = "Halo\r\nBcc: a@b.id" }, mail.ErrHeader},
	"bare line feed":          {func(m *mail.Message) { m.Subject = "Halo\nBcc: a@b.id" }, mail.ErrHeader},
	"header in the address":   {func(m *mail.Message) { m.To = "a@b.id\r\nBcc: c@d.id" }, mail.ErrHeader},
	"null byte":               {func(m *mail.Message) { m.Subject = "Halo\x00" }, mail.ErrHeader},
	"two addresses":           {func(m *mail.Message) { m.To = "a@b.id, c@d.id" }, mail.ErrAddress},
	"a name and an address":   {func(m *mail.Message) { m.To = "Siti <a@b.id>" }, mail.ErrAddress},
	"command in the address":  {func(m *mail.Message) { m.To = "a@b.id> SIZE=1" }, mail.ErrAddress},
	"no address":              {func(m *mail.Message) { m.To = "" }, mail.ErrAddress},
	"no ID":                   {func(m *mail.Message) { m.ID = "" }, mail.ErrIncomplete},
	"no subject":              {func(m *mail.Message) { m.Subject = " " }, mail.ErrIncomplete},
	"only HTML, nothing else": {func(m *mail.Message) { m.Text = "" }, mail.ErrIncomplete},
}

func TestRefusals(t *testing.T) {
	s := serve(t, false, false)
	box := outbox.New[mail.Message](time.Now)
	for name, tt := range refusals {
		m := verified
		tt.change(&m)
		if err := sender(t, "smtp://127.0.0.1:"+s.port).Send(t.Context(), m); !errors.Is(err, tt.want) {
			t.Errorf("%s: sender: %v, want %v", name, err, tt.want)
		}
		if err := box.Send(t.Context(), m); !errors.Is(err, tt.want) {
			t.Errorf("%s: outbox: %v, want %v", name, err, tt.want)
		}
	}
	if len(s.inbox())+len(box.Messages()) != 0 {
		t.Error("a refused message went out")
	}
}

func TestNewRefuses(t *testing.T) {
	for name, tt := range map[string]struct{ url, from string }{
		"no scheme":                 {"mail.example:25", from},
		"other scheme":              {"http://mail.example", from},
		"no host":                   {"smtp://", from},
		"no URL":                    {"smtp://a:secret%zz@mail.example", from},
		"unknown tls":               {"smtp://mail.example?tls=maybe", from},
		"no port":                   {"smtp://mail.example:0", from},
		"password over the network": {"smtp://a:secret@mail.example?tls=none", from},
		"no sender":                 {"smtp://mail.example", ""},
		"bad sender":                {"smtp://mail.example?from=nobody", from},
	} {
		if _, err := mail.New(tt.url, tt.from); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSenderOfTheURL(t *testing.T) {
	s := serve(t, false, false)
	if err := sender(t, "smtp://127.0.0.1:"+s.port+"?from=loker%40dinas.example").Send(t.Context(), verified); err != nil {
		t.Fatal(err)
	}
	if got := only(t, s); got.from != "loker@dinas.example" {
		t.Errorf("from %q", got.from)
	}
}

// Whatever a person may have typed into a name, the mail has the headers we gave it.
func TestNoSubjectAddsAHeader(t *testing.T) {
	s := serve(t, false, false)
	send := sender(t, "smtp://127.0.0.1:"+s.port)
	rapid.Check(t, func(t *rapid.T) {
		m := verified
		m.Subject = rapid.StringN(1, 120, -1).Draw(t, "subject")
		before := len(s.inbox())
		if err := send.Send(t.Context(), m); errors.Is(err, mail.ErrHeader) || errors.Is(err, mail.ErrIncomplete) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		inbox := s.inbox()
		if len(inbox) != before+1 {
			t.Fatalf("%d mails", len(inbox)-before)
		}
		parsed, err := netmail.ReadMessage(strings.NewReader(inbox[before].data))
		if err != nil {
			t.Fatal(err)
		}
		for name := range parsed.Header {
			switch name {
			case "Auto-Submitted", "Content-Type", "Date", "From", "Message-Id", "Mime-Version", "Subject", "To":
			default:
				t.Fatalf("header %q in %q", name, inbox[before].data)
			}
		}
	})
}

func sender(t *testing.T, url string) *mail.Sender {
	t.Helper()
	s, err := mail.New(url, from)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func only(t *testing.T, s *server) received {
	t.Helper()
	mails := s.inbox()
	if len(mails) != 1 {
		t.Fatalf("%d mails arrived", len(mails))
	}
	return mails[0]
}

func parse(t *testing.T, data string) *netmail.Message {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// alternatives gives the decoded parts of a mail in their order.
func alternatives(t *testing.T, m *netmail.Message) []string {
	t.Helper()
	kind, parameters, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("content type %q, %v", kind, err)
	}
	var parts []string
	for r := multipart.NewReader(m.Body, parameters["boundary"]); ; {
		part, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return parts
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, strings.ReplaceAll(string(text), "\r\n", "\n"))
	}
}

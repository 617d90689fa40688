package mail_test

import (
	"bytes"
	"crypto/tls"
	"errors"
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"naikkelas/internal/mail"
)

// imapUser starts an IMAP server in this process with one mailbox of the user portal, whose password is p@ss:word.
func imapUser(t *testing.T, implicit bool) (user *imapmemserver.User, address string) {
	t.Helper()
	user = imapmemserver.NewUser("portal", "p@ss:word")
	if err := user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	memory := imapmemserver.New()
	memory.AddUser(user)
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return memory.NewSession(), nil, nil
		},
		InsecureAuth: true, Logger: silent{},
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = listener.Addr().String()
	if implicit {
		listener = tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{certificate}})
	}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return user, address
}

type literal struct{ *bytes.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

// lies says how many messages lie in the mailbox.
func lies(t *testing.T, user *imapmemserver.User) uint32 {
	t.Helper()
	status, err := user.Status("INBOX", &imap.StatusOptions{NumMessages: true})
	if err != nil {
		t.Fatal(err)
	}
	return *status.NumMessages
}

// Reports are taken once and deleted, since letters stand in them; what is somebody else's is left for people, and
// what could not be written down comes again.
func TestMailboxGivesEachReportOnce(t *testing.T) {
	for _, scheme := range []string{"imap", "imaps"} {
		user, address := imapUser(t, scheme == "imaps")
		for _, id := range []string{"ours@portal.example", "broken@portal.example", "theirs@other.example"} {
			raw := reportOf("message/rfc822", "Action: failed\nStatus: 5.1.1", strings.ReplaceAll(returned, "abc123@portal.example", id)+"\n\n")
			if _, err := user.Append("INBOX", literal{bytes.NewReader([]byte(raw))}, &imap.AppendOptions{}); err != nil {
				t.Fatal(err)
			}
		}
		answer := []byte("From: siti@contoh.example\r\nSubject: Terima kasih\r\n\r\nHalo\r\n")
		if _, err := user.Append("INBOX", literal{bytes.NewReader(answer)}, &imap.AppendOptions{}); err != nil {
			t.Fatal(err)
		}
		box, err := mail.NewMailbox(scheme + "://portal:p%40ss%3Aword@" + address)
		if err != nil {
			t.Fatal(err)
		}
		away, heard := errors.New("database away"), []string(nil)
		take := func(r mail.Report) error {
			heard = append(heard, r.MessageID)
			switch {
			case strings.HasPrefix(r.MessageID, "theirs"):
				return mail.ErrNotOurs
			case strings.HasPrefix(r.MessageID, "broken"):
				return away
			}
			return nil
		}
		if more, err := box.Reports(t.Context(), take); more || !errors.Is(err, away) || len(heard) != 3 {
			t.Errorf("%s: first look: %q, more %t, %v", scheme, heard, more, err)
		}
		away, heard = nil, nil
		if more, err := box.Reports(t.Context(), take); more || err != nil || !slices.Equal(heard, []string{"broken@portal.example"}) {
			t.Errorf("%s: second look: %q, more %t, %v", scheme, heard, more, err)
		}
		heard = nil
		if more, err := box.Reports(t.Context(), take); more || err != nil || heard != nil || lies(t, user) != 2 {
			t.Errorf("%s: third look: %q, more %t, %v; %d messages left", scheme, heard, more, err, lies(t, user))
		}
	}
}

func TestMailboxThatIsNotThere(t *testing.T) {
	_, address := imapUser(t, false)
	for _, url := range []string{
		"imap://portal:wrong@" + address, "imap://portal:p%40ss%3Aword@" + address + "/Lain", "imap://portal:x@127.0.0.1:1",
	} {
		box, err := mail.NewMailbox(url)
		if err != nil {
			t.Fatal(err)
		}
		_, err = box.Reports(t.Context(), func(mail.Report) error { return nil })
		if err == nil || strings.Contains(err.Error(), "p@ss") || strings.Contains(err.Error(), "wrong@") {
			t.Errorf("%s: %v", url, err)
		}
	}
	for _, url := range []string{"", "pop3://u:p@mail.example", "imaps://mail.example", "imaps://u:p@", "%"} {
		if _, err := mail.NewMailbox(url); err == nil {
			t.Errorf("%q is taken for a mailbox", url)
		}
	}
}

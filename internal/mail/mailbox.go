package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

const (
	// mostReports is how many messages of a mailbox one look takes.
	mostReports = 50
	// mostOfReport is how many bytes of a message are read: the report stands before the letter.
	mostOfReport = 256 << 10
)

// ErrNotOurs means: a report about a letter that this portal did not write.
var ErrNotOurs = errors.New("mail: report about somebody else's letter")

// Mailbox is where mail servers write what became of letters, read by IMAP.
type Mailbox struct {
	secure  bool // TLS from the first byte
	address string
	user    *url.Userinfo
	folder  string
}

// NewMailbox reads the address of a mailbox: imaps://user:password@host[:port][/folder], or imap:// with STARTTLS,
// which only a server on this machine may lack. Without a folder it is INBOX.
func NewMailbox(rawURL string) (*Mailbox, error) {
	u, err := url.Parse(rawURL)
	if err != nil || (u.Scheme != "imap" && u.Scheme != "imaps") || u.Hostname() == "" || u.User == nil {
		return nil, errors.New("want imaps://user:password@host/folder")
	}
	b := &Mailbox{secure: u.Scheme == "imaps", user: u.User, folder: strings.Trim(u.Path, "/")}
	port := u.Port()
	if port == "" {
		port = map[bool]string{true: "993", false: "143"}[b.secure]
	}
	b.address = net.JoinHostPort(u.Hostname(), port)
	if b.folder == "" {
		b.folder = "INBOX"
	}
	return b, nil
}

// Reports takes the unread messages of the mailbox, at most mostReports of them. take hears of each report; one that
// it took is deleted, because the letter stands in it, and one that it fails on stays for the next look. What is no
// report, or ErrNotOurs, is marked as read and left for people. It says whether there is more.
func (b *Mailbox) Reports(ctx context.Context, take func(Report) error) (more bool, err error) {
	client, err := b.dial()
	if err != nil {
		return false, fmt.Errorf("mailbox: %w", err)
	}
	defer client.Close()
	stop := context.AfterFunc(ctx, func() { _ = client.Close() }) // or a silent server would hold the job
	defer stop()
	password, _ := b.user.Password()
	if err := client.Login(b.user.Username(), password).Wait(); err != nil {
		return false, fmt.Errorf("mailbox: sign in: %w", err)
	}
	if _, err := client.Select(b.folder, nil).Wait(); err != nil {
		return false, fmt.Errorf("mailbox: open: %w", err)
	}
	found, err := client.UIDSearch(&imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagSeen, imap.FlagDeleted}}, nil).Wait()
	if err != nil {
		return false, fmt.Errorf("mailbox: search: %w", err)
	}
	unread := found.AllUIDs()
	if more = len(unread) > mostReports; more {
		unread = unread[:mostReports]
	}
	if len(unread) == 0 {
		return false, nil
	}
	return more, b.sort(client, unread, take)
}

// sort reads messages, and marks each by what it is.
func (b *Mailbox) sort(client *imapclient.Client, unread []imap.UID, take func(Report) error) error {
	section := &imap.FetchItemBodySection{Peek: true, Partial: &imap.SectionPartial{Size: mostOfReport}}
	options := &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}}
	messages, err := client.Fetch(imap.UIDSetNum(unread...), options).Collect()
	if err != nil {
		return fmt.Errorf("mailbox: read: %w", err)
	}
	var failed []error
	for _, m := range messages {
		flag := imap.FlagSeen
		if r, ok := ReadReport(m.FindBodySection(section)); ok {
			switch err := take(r); {
			case err == nil:
				flag = imap.FlagDeleted
			case !errors.Is(err, ErrNotOurs):
				failed = append(failed, err)
				continue
			}
		}
		set := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{flag}}
		if err := client.Store(imap.UIDSetNum(m.UID), set, nil).Close(); err != nil {
			return fmt.Errorf("mailbox: mark: %w", err)
		}
	}
	if err := client.Expunge().Close(); err != nil {
		failed = append(failed, fmt.Errorf("mailbox: delete: %w", err))
	}
	return errors.Join(failed...)
}

func (b *Mailbox) dial() (*imapclient.Client, error) {
	host, _, _ := net.SplitHostPort(b.address)
	ip := net.ParseIP(host)
	switch {
	case b.secure:
		return imapclient.DialTLS(b.address, nil)
	case ip != nil && ip.IsLoopback():
		return imapclient.DialInsecure(b.address, nil)
	}
	return imapclient.DialStartTLS(b.address, nil)
}

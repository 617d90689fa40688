package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// timeout bounds connecting, and then sending.
const timeout = 20 * time.Second

// Failure is a mail that the server did not take. Its text names neither the person
// nor what the server said, which often repeats the address: it is kept with the job
// and shown to administrators.
type Failure struct {
	Step      string // what was going on, such as "RCPT TO"
	Code      int    // the server's reply code, 0 when the connection broke
	Permanent bool   // trying again is of no use
	Recipient bool   // it is about this recipient or these words, not about the server or our own address
}

// Error describes the failure without personal data.
func (f *Failure) Error() string {
	return fmt.Sprintf("mail: refused at %s with code %d", f.Step, f.Code)
}

// NewNeutral is New for mail that must not say who writes: it is from the address in the argument alone, which may have no
// name beside it, and nothing of it names another domain.
func NewNeutral(rawURL, from string) (*Sender, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, errors.New("mail server: not an smtp://host URL")
	}
	query := u.Query()
	query.Del("from")
	u.RawQuery = query.Encode()
	return New(u.String(), from)
}

// Sender sends mail through one SMTP server. It is safe for concurrent use.
type Sender struct {
	client    *gomail.Client
	reporting *gomail.Client // asks for a report of what arrived
	from      string
	address   string // in from
	domain    string
}

// New reads smtp://user:password@host:port?tls=none|starttls|tls&from=address. Without
// tls the connection must turn to TLS by STARTTLS, unless the host is this machine.
// Without a port it is 25, 587 or 465, in the order of the tls values. Mail is from the
// address in the URL, else from the argument; both may carry a name: Naik Kelas <a@b.id>.
// Errors do not repeat the URL, which holds the password.
func New(rawURL, from string) (*Sender, error) {
	u, err := url.Parse(rawURL)
	if err != nil || u.Scheme != "smtp" || u.Hostname() == "" {
		return nil, errors.New("mail server: not an smtp://host URL")
	}
	options, err := connection(u)
	if err != nil {
		return nil, err
	}
	if own := u.Query().Get("from"); own != "" {
		from = own
	}
	address, err := netmail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("mail server: sender address: %w", err)
	}
	_, domain, _ := strings.Cut(address.Address, "@")
	options = append(options, gomail.WithTimeout(timeout), gomail.WithHELO(domain))
	client, err := gomail.NewClient(u.Hostname(), options...)
	if err != nil {
		return nil, fmt.Errorf("mail server: %w", err)
	}
	reporting, err := gomail.NewClient(u.Hostname(), append(options, gomail.WithDSNMailReturnType(gomail.DSNMailReturnHeadersOnly),
		gomail.WithDSNRcptNotifyType(gomail.DSNRcptNotifySuccess, gomail.DSNRcptNotifyFailure))...)
	if err != nil {
		return nil, fmt.Errorf("mail server: %w", err)
	}
	return &Sender{client: client, reporting: reporting, from: from, address: address.Address, domain: domain}, nil
}

// connection gives the library's options for how to reach the server and sign in.
func connection(u *url.URL) ([]gomail.Option, error) {
	local := loopback(u.Hostname())
	security := u.Query().Get("tls")
	if security == "" && local {
		security = "none"
	}
	var options []gomail.Option
	port := 587
	switch security {
	case "none":
		port = 25
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	case "", "starttls":
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case "tls":
		port = 465
		options = append(options, gomail.WithSSL())
	default:
		return nil, fmt.Errorf("mail server: tls=%q is none of none, starttls, tls", security)
	}
	if text := u.Port(); text != "" {
		given, err := strconv.Atoi(text)
		if err != nil {
			return nil, fmt.Errorf("mail server: port %q", text)
		}
		port = given
	}
	options = append(options, gomail.WithPort(port))
	if u.User == nil {
		return options, nil
	}
	mechanism := gomail.SMTPAuthAutoDiscover
	if security == "none" {
		if !local {
			return nil, errors.New("mail server: tls=none would send the password readable over the network")
		}
		mechanism = gomail.SMTPAuthPlainNoEnc
	}
	password, _ := u.User.Password()
	return append(options, gomail.WithSMTPAuth(mechanism),
		gomail.WithUsername(u.User.Username()), gomail.WithPassword(password)), nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Send hands m to the server and returns nil once the server took it. It fails with
// ErrIncomplete, ErrAddress or ErrHeader for a message that must not be sent, with a
// *Failure when the server refused it, and otherwise when there was no connection.
func (s *Sender) Send(ctx context.Context, m Message) error {
	if err := m.Check(); err != nil {
		return err
	}
	message, err := s.compose(m)
	if err != nil {
		return err
	}
	client := s.client
	if m.Report {
		client = s.reporting
	}
	err = client.DialAndSendWithContext(ctx, message)
	if message.IsDelivered() {
		return nil // what went wrong while saying goodbye must not send it twice
	}
	if refused, ok := errors.AsType[*gomail.SendError](err); ok {
		return &Failure{
			Step: step(refused.Reason), Code: refused.ErrorCode(),
			Permanent: refused.ErrorCode() >= 500 && !refused.IsTemp(),
			Recipient: refused.Reason == gomail.ErrSMTPRcptTo || refused.Reason == gomail.ErrSMTPDataClose,
		}
	}
	if err != nil {
		return fmt.Errorf("mail server: %w", err) // before any address was named
	}
	return nil
}

func (s *Sender) compose(m Message) (*gomail.Msg, error) {
	message := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	from := s.from
	if m.Neutral {
		from = s.address
	}
	if err := message.From(from); err != nil {
		return nil, fmt.Errorf("mail sender: %w", err)
	}
	if err := message.To(m.To); err != nil {
		return nil, ErrAddress // the library's error repeats the address
	}
	message.Subject(m.Subject)
	message.SetDate()
	message.SetMessageIDWithValue(MessageKey(m.ID) + "@" + s.domain)
	message.SetGenHeader("Auto-Submitted", "auto-generated") // keeps holiday notices away
	message.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		message.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return message, nil
}

// step names the part of the dialogue that failed.
func step(reason gomail.SendErrReason) string {
	switch reason {
	case gomail.ErrSMTPMailFrom:
		return "MAIL FROM"
	case gomail.ErrSMTPRcptTo:
		return "RCPT TO"
	case gomail.ErrSMTPData, gomail.ErrSMTPDataClose, gomail.ErrWriteContent:
		return "DATA"
	default:
		return "the connection"
	}
}

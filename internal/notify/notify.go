// Package notify sends short messages to phones through a gateway for SMS and
// WhatsApp, or keeps them for the page that shows them while developing.
package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// timeout bounds one request from connecting to the end of the answer.
const timeout = 15 * time.Second

// ErrIncomplete means: a message without ID, phone or text, or of no known channel.
var ErrIncomplete = errors.New("notify: message without id, phone, channel or text")

// Channel is the way a message takes to a phone.
type Channel string

// The channels that a gateway knows.
const (
	SMS      Channel = "sms"
	WhatsApp Channel = "whatsapp"
)

// Message is one text to one phone; its JSON is what the gateway receives.
type Message struct {
	ID      string  `json:"id"` // the event; a gateway drops a repeat of it
	To      string  `json:"to"` // E.164, such as +6281234567890
	Channel Channel `json:"channel"`
	Text    string  `json:"text"`
	// Neutral asks the gateway for a sender that does not name the portal: the phone shows it.
	Neutral bool `json:"neutral,omitempty"`
}

// Check says whether m can be sent; ErrIncomplete says that something is missing.
func (m Message) Check() error {
	known := m.Channel == SMS || m.Channel == WhatsApp
	if m.ID == "" || m.To == "" || strings.TrimSpace(m.Text) == "" || !known {
		return ErrIncomplete
	}
	return nil
}

// StatusError is an answer of the gateway other than 2xx. What the gateway wrote is
// left out, because it may repeat the message.
type StatusError struct {
	Status int // of HTTP
}

// Permanent says that the gateway refuses this message, so that another try is of no use: a number that is not in
// service, for one. Signing in, waiting and its own faults are other matters.
func (e *StatusError) Permanent() bool {
	switch e.Status {
	case http.StatusBadRequest, http.StatusNotFound, http.StatusGone, http.StatusUnprocessableEntity:
		return true
	}
	return false
}

// Error names the status only.
func (e *StatusError) Error() string { return fmt.Sprintf("notify: gateway answered %d", e.Status) }

// Gateway posts messages to one URL. It is safe for concurrent use.
type Gateway struct {
	url    string
	client *http.Client
}

// New makes a client for the gateway at an http or https URL; a user and password in
// it are sent as basic authentication. Errors do not repeat the URL, which may hold
// the gateway's secret.
func New(rawURL string) (*Gateway, error) {
	u, err := url.Parse(rawURL)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return nil, errors.New("message gateway: not an http or https URL")
	}
	client := &http.Client{
		Timeout: timeout,
		// A redirect would take the phone number and the code to another host.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &Gateway{url: rawURL, client: client}, nil
}

// Send posts m as JSON and returns nil once the gateway answered 2xx. It fails with
// ErrIncomplete for a message that cannot be sent, with a *StatusError for any other
// answer, and otherwise when there was no answer.
func (g *Gateway) Send(ctx context.Context, m Message) error {
	if err := m.Check(); err != nil {
		return err
	}
	body, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("encode message: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, g.url, bytes.NewReader(body))
	if err != nil {
		return errors.New("message gateway: request cannot be made")
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := g.client.Do(request)
	if err != nil {
		return fmt.Errorf("message gateway: %w", withoutURL(err))
	}
	defer answer.Body.Close()
	_, _ = io.CopyN(io.Discard, answer.Body, 64<<10) // so that the connection can serve again
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return &StatusError{Status: answer.StatusCode}
	}
	return nil
}

// withoutURL takes the URL, with its secret, out of an error of the HTTP client.
func withoutURL(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}

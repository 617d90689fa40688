// Package mail sends messages by SMTP, or keeps them for the page that shows outgoing
// mail while developing.
package mail

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	netmail "net/mail"
	"strings"
	"unicode"
)

// What Send refuses before anything is sent. None holds a part of the message.
var (
	// ErrIncomplete means: no ID, no subject or no text.
	ErrIncomplete = errors.New("mail: message without id, subject or text")
	// ErrAddress means: To is not exactly one bare address.
	ErrAddress = errors.New("mail: not one address")
	// ErrHeader means: a line break or another control character in To or Subject,
	// with which a visitor could add headers of their own.
	ErrHeader = errors.New("mail: control character in a header")
)

// Message is one mail to one person.
type Message struct {
	To      string // one bare address, such as siti@example.id
	Subject string
	Text    string // for programs that show no HTML
	HTML    string // a whole page, or empty
	Neutral bool   // From is the bare address, without the portal's name
	Report  bool   // a server that can is asked to report whether it arrived
	// ID names the event that the mail tells about. A repeated send of the same event
	// carries the same Message-ID, by which mail programs drop the second copy.
	ID string
}

// Check says why m cannot be sent: ErrHeader, ErrIncomplete or ErrAddress.
func (m Message) Check() error {
	if strings.ContainsFunc(m.To+m.Subject, unicode.IsControl) {
		return ErrHeader
	}
	if m.ID == "" || strings.TrimSpace(m.Subject) == "" || strings.TrimSpace(m.Text) == "" {
		return ErrIncomplete
	}
	parsed, err := netmail.ParseAddress(m.To)
	if err != nil || parsed.Address != m.To {
		return ErrAddress
	}
	return nil
}

// MessageKey is the part of a Message-ID before its @, made from the ID of a message. The ID is hashed because it
// may hold anything.
func MessageKey(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:16])
}

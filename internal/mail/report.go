package mail

import (
	"bufio"
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"net/textproto"
	"strings"
)

// Report is what a mail server writes back about one letter (RFC 3464).
type Report struct {
	MessageID string // of the letter, without angle brackets
	Delivered bool   // it lies in the person's mailbox; else it never will
	Status    string // such as 5.1.1 (RFC 3463); empty when the server gave none
}

// Refused says that the address takes nothing, now or later: there is no such mailbox, or it refuses us. A letter
// that a server only gave up on may get through another time.
func (r Report) Refused() bool { return !r.Delivered && strings.HasPrefix(r.Status, "5.") }

// mostParts is how many parts of a report are looked at: the words for people, the report, the letter.
const mostParts = 8

// ReadReport reads a message; ok is false for one that is no final report about a letter, such as a person's answer
// or the word that a server is still trying. A message that was cut off is read as far as it goes.
func ReadReport(raw []byte) (r Report, ok bool) {
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return r, false
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/report" || !strings.EqualFold(params["report-type"], "delivery-status") {
		return r, false
	}
	final := false
	parts := multipart.NewReader(m.Body, params["boundary"])
	for range mostParts {
		part, err := parts.NextPart()
		if err != nil {
			break
		}
		kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		switch kind {
		case "message/delivery-status", "message/global-delivery-status":
			final = r.readStatus(part)
		case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers":
			header, _ := textproto.NewReader(bufio.NewReader(part)).ReadMIMEHeader()
			r.MessageID = strings.Trim(strings.TrimSpace(header.Get("Message-Id")), "<>")
		}
	}
	return r, final && r.MessageID != ""
}

// readStatus reads the groups of fields of a report, of which those of a recipient say what was done; it says
// whether that was final.
func (r *Report) readStatus(part io.Reader) (final bool) {
	groups := textproto.NewReader(bufio.NewReader(part))
	for range mostParts {
		fields, err := groups.ReadMIMEHeader()
		switch strings.ToLower(strings.TrimSpace(fields.Get("Action"))) {
		case "delivered":
			r.Delivered, final = true, true
		case "failed":
			r.Delivered, final = false, true
		}
		if status, _, _ := strings.Cut(strings.TrimSpace(fields.Get("Status")), " "); status != "" {
			r.Status = status
		}
		if err != nil || final {
			return final
		}
	}
	return false
}

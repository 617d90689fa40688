package mail_test

import (
	"fmt"
	"strings"
	"testing"

	"naikkelas/internal/mail"
)

// reportOf is a report in the form in which servers write it.
func reportOf(kind, fields, letter string) string {
	return strings.ReplaceAll(fmt.Sprintf(`From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: no-reply@portal.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b/1"

--b/1
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.

--b/1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Sun, 29 Nov 2026 08:00:00 +0700

%s

--b/1
Content-Type: %s

%s

--b/1--
`, fields, kind, letter), "\n", "\r\n")
}

const returned = "Return-Path: <no-reply@portal.example>\nMessage-ID: <abc123@portal.example>\nSubject: Kode Anda"

func TestReportsOfMailServersAreRead(t *testing.T) {
	failed := "Final-Recipient: rfc822; siti@contoh.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user"
	for name, tt := range map[string]struct {
		raw     string
		want    mail.Report
		refused bool
		ok      bool
	}{
		"no such mailbox": {
			reportOf("message/rfc822", failed, returned+"\n\nKode: 123456"),
			mail.Report{MessageID: "abc123@portal.example", Status: "5.1.1"}, true, true,
		},
		"only the head comes back, folded": {
			reportOf("text/rfc822-headers", strings.ReplaceAll(failed, "failed", "FAILED"), "Message-Id:\n <abc123@portal.example>"),
			mail.Report{MessageID: "abc123@portal.example", Status: "5.1.1"}, true, true,
		},
		"given up after days": {
			reportOf("message/rfc822", "Action: failed\nStatus: 4.4.1 (timed out)", returned+"\n\n"),
			mail.Report{MessageID: "abc123@portal.example", Status: "4.4.1"}, false, true,
		},
		"arrived": {
			reportOf("message/global-headers", "Action: delivered\nStatus: 2.0.0", returned),
			mail.Report{MessageID: "abc123@portal.example", Delivered: true, Status: "2.0.0"}, false, true,
		},
		"the server still tries":    {raw: reportOf("message/rfc822", "Action: delayed\nStatus: 4.4.1", returned+"\n\n")},
		"no letter comes back":      {raw: reportOf("text/plain", failed, "See above.")},
		"an answer of a person":     {raw: "From: siti@contoh.example\r\nSubject: Re: Kode Anda\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n"},
		"cut off before the letter": {raw: reportOf("message/rfc822", failed, returned)[:640]},
		"nothing":                   {},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := mail.ReadReport([]byte(tt.raw))
			if ok != tt.ok || ok && (got != tt.want || got.Refused() != tt.refused) {
				t.Errorf("%+v, %t; want %+v, %t", got, ok, tt.want, tt.ok)
			}
		})
	}
}

func FuzzReadReport(f *testing.F) {
	f.Add([]byte(reportOf("message/rfc822", "Action: failed\nStatus: 5.1.1", returned+"\n\n")))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if r, ok := mail.ReadReport(raw); ok && (r.MessageID == "" || r.Delivered && r.Refused()) {
			t.Errorf("%+v", r)
		}
	})
}

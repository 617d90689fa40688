package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"naikkelas/internal/mail"
	"naikkelas/internal/notify"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/models/record"
)

// A sink takes mail by SMTP and messages to phones by HTTP, and keeps the bytes that left.
type sink struct {
	mu    sync.Mutex
	bytes []string
}

func (s *sink) keep(parts ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bytes = append(s.bytes, strings.Join(parts, "\n"))
}

// NewSession begins a dialogue with one client.
func (s *sink) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &dialogue{sink: s, said: []string{"EHLO " + c.Hostname()}}, nil
}

type dialogue struct {
	*sink
	said []string
}

func (d *dialogue) Mail(from string, _ *smtp.MailOptions) error {
	d.said = append(d.said, "MAIL FROM "+from)
	return nil
}

func (d *dialogue) Rcpt(string, *smtp.RcptOptions) error { return nil }

func (d *dialogue) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	d.keep(append(d.said, string(data))...)
	return err
}

func (d *dialogue) Reset()        {}
func (d *dialogue) Logout() error { return nil }

// ServeHTTP is the gateway for phones.
func (s *sink) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.keep(string(body))
}

// openSink starts a sink and connects the post office to it.
func (p *postOffice) openSink(t *testing.T, neutral string) *sink {
	t.Helper()
	s := &sink{}
	server := smtp.NewServer(s)
	server.Domain = "127.0.0.1"
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(listener) }()
	gateway := httptest.NewServer(s)
	t.Cleanup(func() { gateway.Close(); _ = errors.Join(server.Close(), listener.Close()) })
	smtpURL := "smtp://" + listener.Addr().String() + "?from=kabar@portal.contoh.id"
	if p.deps.Mailer, err = mail.New(smtpURL, portalName+" <x@"+strings.TrimPrefix(portalURL, "https://")+">"); err != nil {
		t.Fatal(err)
	}
	if p.deps.Gateway, err = notify.New(gateway.URL); err != nil {
		t.Fatal(err)
	}
	if neutral != "" {
		if p.deps.Neutral, err = mail.NewNeutral(smtpURL, neutral); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// helper makes an officer who helps people in trouble.
func (p *postOffice) helper(t *testing.T, name string, duties ...record.Duty) record.User {
	t.Helper()
	email := record.FoldEmail(name + "@kantor.example")
	u := record.User{Ref: record.NewRef("OR"), Role: record.Officer, Name: name, Email: &email, PasswordHash: "-", Language: "id",
		CreatedAt: p.at, UpdatedAt: p.at}
	if err := p.db.Create(&u).Error; err != nil {
		t.Fatal(err)
	}
	for _, duty := range duties {
		err := p.db.Exec(`INSERT INTO duties (user_id, duty, given_by, given_at, given_why)
			VALUES (?, ?, ?, ?, '-')`, u.ID, duty, u.ID, p.at).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	return u
}

// caseOf files a case of somebody and has an officer take it and write to them.
func (p *postOffice) caseOf(t *testing.T, officer record.User, language string, r protection.Reach) (token, ref string) {
	t.Helper()
	store := p.deps.Protection
	token, err := store.File(t.Context(), protection.Filing{
		FormToken: uuid.NewString(), Door: protection.DoorAbroad, Danger: protection.DangerNo, Country: "HK", Story: "Gaji ditahan.",
		Reach: r, Language: language, From: "203.0.113.9",
	}, "")
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := store.Receipt(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	press := protection.Press{Ref: receipt.Ref, Version: 1, Form: uuid.NewString()}
	if err := store.Take(t.Context(), officer, press); err != nil {
		t.Fatal(err)
	}
	var person string
	find := p.db.Raw("SELECT ref FROM case_people WHERE case_id = (SELECT id FROM cases WHERE ref = ?)", receipt.Ref)
	if err := find.Scan(&person).Error; err != nil {
		t.Fatal(err)
	}
	press.Version, press.Form = 2, uuid.NewString()
	due := protection.Due{Next: protection.ActorPerson, By: p.at.AddDate(0, 0, 1)}
	if err := store.Answer(t.Context(), officer, press, person, "Paspor Anda sudah ada di KBRI.", due); err != nil {
		t.Fatal(err)
	}
	return token, receipt.Ref
}

// sendNotices runs the jobs of the notices of cases that wait.
func (p *postOffice) sendNotices(t *testing.T) {
	t.Helper()
	var ids []int64
	if err := p.db.Raw("SELECT id FROM case_notices WHERE state = 'waiting' ORDER BY id").Scan(&ids).Error; err != nil {
		t.Fatal(err)
	}
	worker := &sendCaseNotice{Deps: p.deps}
	for _, id := range ids {
		err := worker.Work(t.Context(), &river.Job[protection.SendCaseNotice]{Args: protection.SendCaseNotice{NoticeID: id}})
		if _, snoozed := errors.AsType[*river.JobSnoozeError](err); err != nil && !snoozed && !errors.Is(err, errDown) {
			t.Fatal(err)
		}
	}
}

// readable is all that a mail or a message says, also what is encoded in it.
func readable(t *testing.T, raw string) string {
	t.Helper()
	var m notify.Message
	if json.Unmarshal([]byte(raw), &m) == nil {
		return raw + m.Text
	}
	envelope, data, _ := strings.Cut(raw, "\r\n")
	first, rest, _ := strings.Cut(envelope, "\nMAIL FROM")
	from, header, _ := strings.Cut(rest, "\n")
	out := first + from + "\n"
	letter, err := netmail.ReadMessage(strings.NewReader(header + "\r\n" + data))
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range letter.Header {
		for _, value := range values {
			plain, err := new(mime.WordDecoder).DecodeHeader(value)
			if err != nil {
				t.Fatal(err)
			}
			out += name + ": " + plain + "\n"
		}
	}
	_, params, err := mime.ParseMediaType(letter.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(letter.Body, params["boundary"])
	for {
		part, err := parts.NextPart() // decodes quoted-printable
		if err != nil {
			return raw + out
		}
		text, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		out += string(text)
	}
}

// Where we may not be named no byte that leaves names the portal, the office, the matter or the case: not From, Sender,
// Return-Path, Message-ID, subject, first line or SMS. What else leaves says no more than that there is an answer.
func TestComplaint07NoByteOfANoticeNamesUs(t *testing.T) {
	for _, channel := range []protection.Channel{protection.ChannelSMS, protection.ChannelEmail} {
		for _, language := range []string{"id", "en"} {
			for _, named := range []bool{false, true} {
				t.Run(string(channel)+" "+language+" "+map[bool]string{true: "named", false: "not named"}[named], func(t *testing.T) {
					p := newPostOffice(t)
					s := p.openSink(t, "kabar@pos.example")
					r := protection.Reach{Channel: channel, Address: "+852 5123 4567", Hours: []string{protection.HoursAny},
						MayLeaveMessage: true, MayNameUs: named}
					if channel == protection.ChannelEmail {
						r.Address = "ani@contoh.example"
					}
					_, ref := p.caseOf(t, p.helper(t, "rina", record.DutyProtection), language, r)
					p.sendNotices(t)
					if len(s.bytes) != 1 {
						t.Fatalf("%d left", len(s.bytes))
					}
					says := strings.ToLower(readable(t, s.bytes[0]))
					never := []string{strings.TrimPrefix(ref, "NK-"), ref, "paspor", "kbri", "gaji", "kasus", "case", "polisi", "rina"}
					if !named {
						never = append(never, portalName, "naikkelas", "portal", "contoh.id", portalOwner, "bantuan", "http", "pin", "sender:",
							"user-agent", "x-mailer")
					}
					for _, word := range never {
						if strings.Contains(says, strings.ToLower(word)) {
							t.Errorf("it says %q:\n%s", word, says)
						}
					}
					if named != strings.Contains(says, "/bantuan/kabar") {
						t.Errorf("named %t:\n%s", named, says)
					}
					if channel == protection.ChannelEmail && named == strings.Contains(says, "kabar@pos.example") {
						t.Errorf("named %t, from:\n%s", named, says)
					}
				})
			}
		}
	}
}

// Without a sender that names nobody nothing leaves to who may not hear of us, and an officer is asked.
func TestNoticeWithoutANeutralSenderIsAnOfficers(t *testing.T) {
	for _, channel := range []protection.Channel{protection.ChannelSMS, protection.ChannelEmail} {
		p := newPostOffice(t)
		s := p.openSink(t, "")
		r := protection.Reach{Channel: channel, Address: "+6281255500011", Hours: []string{protection.HoursAny}, MayLeaveMessage: true}
		if channel == protection.ChannelEmail {
			r.Address = "ani@contoh.example"
		}
		p.caseOf(t, p.helper(t, "rina", record.DutyProtection), "id", r)
		p.sendNotices(t)
		var asked int64
		p.db.Raw("SELECT count(*) FROM case_events WHERE kind = 'by_hand' AND next_actor = 'lead' AND detail = 'no_sender'").Scan(&asked)
		if len(s.bytes) != 0 || asked != 1 {
			t.Errorf("%s: %d left, asked %d times", channel, len(s.bytes), asked)
		}
	}
}

// The letters of accounts that must not name us go from the neutral sender as well, and all others from ours.
func TestNeutralLettersOfAccountsGoFromTheNeutralSender(t *testing.T) {
	for _, named := range []bool{true, false} {
		p := newPostOffice(t)
		s := p.openSink(t, "kabar@pos.example")
		u, err := p.person()
		if err != nil {
			t.Fatal(err)
		}
		in := models.ContactInput{Address: *u.Email, Allowed: true, MayLeaveMessage: true, MayNameUs: named}
		if err := errors.Join(p.deps.Store.SetContactRule(t.Context(), u, u.Ref, in), p.tell(u, "a")); err != nil {
			t.Fatal(err)
		}
		p.works(t)
		if len(s.bytes) != 1 {
			t.Fatalf("named %t: %d left", named, len(s.bytes))
		}
		if raw := s.bytes[0]; strings.Contains(raw, "kabar@pos.example") == named || !named && strings.Contains(raw, "contoh.id") {
			t.Errorf("named %t: %v", named, s.bytes)
		}
	}
}

// told is a mailbox with one report in it.
type told mail.Report

func (r told) Reports(_ context.Context, take func(mail.Report) error) (bool, error) {
	return false, take(mail.Report(r))
}

// A mail server's report finds the notice by its Message-ID, that of the gateway by its key.
func TestReportOfANoticeIsTaken(t *testing.T) {
	p := newPostOffice(t)
	s := p.openSink(t, "kabar@pos.example")
	rina := p.helper(t, "rina", record.DutyProtection)
	for _, address := range []string{"ani@contoh.example", "+6281255500011"} {
		r := protection.Reach{Channel: protection.ChannelEmail, Address: address, Hours: []string{protection.HoursAny}, MayLeaveMessage: true}
		if strings.HasPrefix(address, "+") {
			r.Channel = protection.ChannelSMS
		}
		p.caseOf(t, rina, "id", r)
	}
	p.sendNotices(t)
	_, after, _ := strings.Cut(s.bytes[0], "Message-ID: <")
	messageID, _, _ := strings.Cut(after, ">")
	var sent notify.Message
	if err := json.Unmarshal([]byte(s.bytes[1]), &sent); err != nil || messageID == "" {
		t.Fatal(err, s.bytes)
	}
	p.deps.Bounces = told(mail.Report{MessageID: messageID, Delivered: true})
	_, errMail := p.deps.readBounces(t.Context())
	errPhone := p.deps.Protection.ReportNotice(t.Context(), models.NoticeReport{Key: sent.ID, Delivered: true})
	var delivered int64
	p.db.Raw("SELECT count(*) FROM case_notices WHERE state = 'delivered'").Scan(&delivered)
	if err := errors.Join(errMail, errPhone); err != nil || delivered != 2 {
		t.Errorf("%d delivered, %v", delivered, err)
	}
}

// With the mail server down an alarm of somebody in danger stands on the officers' bar within a minute and goes on being
// tried; it leaves the bar when somebody was told.
func TestComplaint02AlarmStandsOnTheBarWhileMailIsDown(t *testing.T) {
	p := newPostOffice(t)
	rina := p.helper(t, "rina", record.DutyProtection)
	hana := p.helper(t, "hana", record.DutyHead)
	r := protection.Reach{Channel: protection.ChannelSMS, Address: "+852 5123 4567", Hours: []string{protection.HoursAny}}
	token, ref := p.caseOf(t, rina, "id", r)
	p.tellAlarms(t) // that it came in
	if err := p.db.Exec("UPDATE cases SET urgency = 'life' WHERE ref = ?", ref).Error; err != nil {
		t.Fatal(err)
	}
	p.down, p.at = true, p.at.Add(10*time.Minute)
	if err := p.deps.Protection.Write(t.Context(), token, uuid.NewString(), "Mereka datang."); err != nil {
		t.Fatal(err)
	}
	p.tellAlarms(t)
	p.at = p.at.Add(time.Minute)
	p.tellAlarms(t)
	for _, u := range []record.User{rina, hana} {
		bar, err := p.deps.Protection.AtDesk(t.Context(), u)
		desk, errDesk := p.deps.Protection.Cases(t.Context(), u, protection.CaseFilter{})
		if err := errors.Join(err, errDesk); err != nil || bar.Waiting != 1 || len(desk.Unheard) != 1 || desk.Unheard[0] != ref {
			t.Errorf("%s: the bar says %d, the desk %v, %v", u.Name, bar.Waiting, desk.Unheard, err)
		}
	}
	p.left, p.down, p.at = nil, false, p.at.Add(20*time.Minute)
	p.tellAlarms(t)
	bar, err := p.deps.Protection.AtDesk(t.Context(), rina)
	if err != nil || bar.Waiting != 0 || len(p.left) != 1 || p.left[0].to != *rina.Email {
		t.Errorf("with mail back the bar says %d, %v left, %v", bar.Waiting, p.left, err)
	}
}

// tellAlarms runs what comes round each minute, and the letters that are due.
func (p *postOffice) tellAlarms(t *testing.T) {
	t.Helper()
	for range 2 {
		if _, err := p.deps.Protection.TellAlarms(t.Context()); err != nil {
			t.Fatal(err)
		}
		p.works(t)
	}
}

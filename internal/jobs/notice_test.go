package jobs

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"naikkelas/internal/mail"
	"naikkelas/internal/notify"
	"naikkelas/models/record"
)

// state is how the newest letter stands, with why.
func (p *postOffice) state(t *testing.T) (state, why string) {
	t.Helper()
	if err := p.db.Raw("SELECT state, error FROM notices ORDER BY id DESC LIMIT 1").Row().Scan(&state, &why); err != nil {
		t.Fatal(err)
	}
	return state, why
}

// answer writes a letter to an address that somebody gave just now.
func (p *postOffice) answer(t *testing.T, dedupe string, l record.Letter) {
	t.Helper()
	err := p.kernel.Transact(t.Context(), "answer", func(tx *record.DB) error { return tx.SendAnswer(t.Context(), dedupe, nil, l) })
	if err != nil {
		t.Fatal(err)
	}
}

func (p *postOffice) works(t *testing.T) {
	t.Helper()
	if err := p.work(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// A letter does not leave after the last moment at which it is of use, however long its way was closed.
func TestF136LetterThatComesTooLateIsDropped(t *testing.T) {
	for name, tt := range map[string]struct {
		until, later time.Duration
		leaves       bool
	}{
		"code after eleven minutes":  {10 * time.Minute, 11 * time.Minute, false},
		"code within its minutes":    {10 * time.Minute, 9 * time.Minute, true},
		"news of three weeks ago":    {0, 21 * 24 * time.Hour, false},
		"news of yesterday":          {0, 24 * time.Hour, true},
		"invitation on its last day": {72 * time.Hour, 71 * time.Hour, true},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPostOffice(t)
			l := record.Letter{Channel: "email", Template: "register_known", Language: "id", Address: "ani@contoh.example"}
			if tt.until > 0 {
				l.Template, l.Data, l.Until = "register_code", map[string]string{"Code": "123456"}, p.at.Add(tt.until)
			}
			p.down = true
			p.answer(t, "late", l)
			p.works(t)
			p.down, p.at = false, p.at.Add(tt.later)
			p.db.Exec("UPDATE river_job SET scheduled_at = ?", p.at) // the next try is now
			p.works(t)
			state, why := p.state(t)
			left := len(p.left) == 1 && state == "handed_over"
			dropped := len(p.left) == 0 && state == "withheld" && why == "late"
			if tt.leaves && !left || !tt.leaves && !dropped {
				t.Errorf("%d letters left, the last is %s %s", len(p.left), state, why)
			}
		})
	}
}

// Of several letters that answer the same question only the last one leaves.
func TestF136OlderLetterFallsWhenANewerOneIsAskedFor(t *testing.T) {
	p := newPostOffice(t)
	p.down = true
	for i, digits := range []string{"111111", "222222", "333333"} {
		p.answer(t, digits, record.Letter{
			Channel: "email", Template: "recover_code", Language: "id", Address: "ani@contoh.example",
			Data: map[string]string{"Code": digits}, Until: p.at.Add(time.Hour), Topic: "code:recover:ani@contoh.example",
		})
		if i < 2 {
			p.works(t)
		}
	}
	p.answer(t, "other", record.Letter{
		Channel: "email", Template: "recover_code", Language: "id", Address: "budi@contoh.example",
		Data: map[string]string{"Code": "444444"}, Until: p.at.Add(time.Hour), Topic: "code:recover:budi@contoh.example",
	})
	p.down, p.at = false, p.at.Add(30*time.Minute)
	p.works(t)
	var replaced int64
	p.db.Raw("SELECT count(*) FROM notices WHERE state = 'withheld' AND error = 'replaced' AND sealed IS NULL").Scan(&replaced)
	if len(p.left) != 2 || replaced != 2 {
		t.Errorf("%d letters left and %d were replaced, want 2 and 2", len(p.left), replaced)
	}
}

// A refuser answers every letter with the same failure.
type refuser struct{ failure error }

func (r refuser) Send(context.Context, mail.Message) error { return r.failure }

// What an address refuses for good is tried once; what may pass by is tried again.
func TestF137RefusedAddressIsNotTriedAgain(t *testing.T) {
	for name, tt := range map[string]struct {
		failure error
		refused bool
	}{
		"550 no such mailbox":        {&mail.Failure{Step: "RCPT TO", Code: 550, Permanent: true, Recipient: true}, true},
		"553 letters it cannot take": {&mail.Failure{Step: "RCPT TO", Code: 553, Permanent: true, Recipient: true}, true},
		"452 mailbox full":           {&mail.Failure{Step: "RCPT TO", Code: 452, Recipient: true}, false},
		"535 our password is wrong":  {&mail.Failure{Step: "the connection", Code: 535, Permanent: true}, false},
		"gateway: not in service":    {&notify.StatusError{Status: http.StatusBadRequest}, true},
		"gateway: too many":          {&notify.StatusError{Status: http.StatusTooManyRequests}, false},
		"gateway: not allowed in":    {&notify.StatusError{Status: http.StatusUnauthorized}, false},
		"gateway: out of order":      {&notify.StatusError{Status: http.StatusServiceUnavailable}, false},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPostOffice(t)
			p.answer(t, "a", record.Letter{Channel: "email", Template: "register_known", Language: "id", Address: "ani@contoh.example"})
			p.deps.Mailer = refuser{tt.failure}
			var id int64
			p.db.Raw("SELECT id FROM notices").Scan(&id)
			worker := &sendNotice{Deps: p.deps}
			err := worker.Work(t.Context(), &river.Job[record.SendNotice]{Args: record.SendNotice{NoticeID: id}})
			cancelled, _ := errors.AsType[*river.JobCancelError](err)
			var marked bool
			p.db.Raw("SELECT refused_at IS NOT NULL FROM notices WHERE state = 'failed'").Scan(&marked)
			if (cancelled != nil) != tt.refused || marked != tt.refused {
				t.Errorf("no other try: %t, marked: %t; want %t", cancelled != nil, marked, tt.refused)
			}
		})
	}
}

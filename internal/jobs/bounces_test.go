package jobs

import (
	"context"
	"errors"
	"strconv"
	"testing"

	"naikkelas/internal/mail"
)

// A postbox gives the reports that lie in it, each until it is taken, as a mailbox does.
type postbox struct {
	reports []mail.Report
	foreign int
}

func (b *postbox) Reports(_ context.Context, take func(mail.Report) error) (bool, error) {
	var left []mail.Report
	var failed []error
	for _, r := range b.reports {
		switch err := take(r); {
		case errors.Is(err, mail.ErrNotOurs):
			b.foreign++
		case err != nil:
			left, failed = append(left, r), append(failed, err)
		}
	}
	b.reports = left
	return false, errors.Join(failed...)
}

// What a mail server reports about a letter that it took becomes known: whether it arrived, and that an address takes
// nothing. What it says twice, or after the letter arrived, changes nothing.
func TestReportsOfMailServersReachTheirLetters(t *testing.T) {
	for name, tt := range map[string]struct {
		reports []mail.Report // about the letter, in order
		want    string        // state and error
		refused bool
	}{
		"nothing is said":        {nil, "handed_over ", false},
		"arrived":                {[]mail.Report{{Delivered: true, Status: "2.0.0"}}, "delivered ", false},
		"no such mailbox":        {[]mail.Report{{Status: "5.1.1"}, {Status: "5.1.1"}}, "failed mail server: not delivered 5.1.1", true},
		"given up":               {[]mail.Report{{Status: "4.4.1"}}, "failed mail server: not delivered 4.4.1", false},
		"given up, then arrived": {[]mail.Report{{Status: "4.4.1"}, {Delivered: true}}, "delivered ", false},
		"a copy comes back":      {[]mail.Report{{Delivered: true}, {Status: "5.1.1"}}, "delivered ", false},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPostOffice(t)
			u, err := p.person()
			if err != nil {
				t.Fatal(err)
			}
			if err := p.tell(u, "a"); err != nil {
				t.Fatal(err)
			}
			p.works(t)
			var id int64
			p.db.Raw("SELECT id FROM notices").Scan(&id)
			name, err := p.deps.Store.MailKey(id)
			if err != nil {
				t.Fatal(err)
			}
			// Who knows the number of a letter cannot name it.
			guessed := mail.MessageKey("notice-"+strconv.FormatInt(id, 10)) + "@portal.contoh.id"
			box := &postbox{reports: []mail.Report{{MessageID: guessed, Status: "5.1.1"}}}
			for _, r := range tt.reports {
				r.MessageID = mail.MessageKey(name) + "@portal.contoh.id"
				box.reports = append(box.reports, r)
			}
			p.deps.Bounces = box
			if more, err := p.deps.readBounces(t.Context()); more || err != nil || len(box.reports) != 0 || box.foreign != 1 {
				t.Errorf("more %t, %v; %d reports left, %d of others", more, err, len(box.reports), box.foreign)
			}
			state, why := p.state(t)
			refused, err := p.deps.Store.AddressRefused(t.Context(), u)
			if err != nil || state+" "+why != tt.want || refused != tt.refused {
				t.Errorf("%q, refused %t (%v); want %q, %t", state+" "+why, refused, err, tt.want, tt.refused)
			}
		})
	}
}

// A chore looks into the mailbox where one is set, and only there.
func TestMailboxIsLookedIntoWhereOneIsSet(t *testing.T) {
	has := func(d Deps) (found bool) {
		for _, c := range d.chores() {
			found = found || c.kind == "read_bounces"
		}
		return found
	}
	p := newPostOffice(t)
	if has(p.deps) {
		t.Error("there is no mailbox to look into")
	}
	p.deps.Bounces = &postbox{}
	if !has(p.deps) {
		t.Error("nobody looks into the mailbox")
	}
}

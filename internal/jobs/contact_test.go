package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"pgregory.net/rapid"

	"naikkelas/internal/blob"
	"naikkelas/internal/i18n"
	"naikkelas/models"
)

// says names what of us, or of the matter, is in the letter.
func (l sentLetter) says() string {
	for _, word := range []string{portalName, portalURL, portalOwner, "NK-7F3K92QD", "Suparmi", "pendaftaran"} {
		if strings.Contains(strings.ToLower(l.words), strings.ToLower(word)) {
			return word
		}
	}
	if !l.neutral {
		return "the sender's name"
	}
	return ""
}

// open says, an hour at a time, whether a clock hour lies in a rule's hours.
func open(in models.ContactInput, hour int) bool {
	if in.FromHour == nil {
		return true
	}
	for h := *in.FromHour; h != *in.ToHour; h = (h + 1) % 24 {
		if h == hour {
			return true
		}
	}
	return false
}

// A life is one person's dealings with the portal, with what they said last about each address.
type life struct {
	*postOffice
	u     models.User
	rules map[string]models.ContactInput
	told  int
}

// check holds what left since it was asked last against the rules of this moment.
func (l *life) check(t *rapid.T) {
	for _, s := range l.left {
		in, ruled := l.rules[s.to]
		isCode := strings.Contains(s.words, "10 menit")
		switch {
		case strings.Contains(s.words, "NK-7F3K92QD") && !slices.Contains(l.addresses(), s.to):
			t.Fatalf("news went to an address of before: %+v", s)
		case !ruled:
			continue
		case !in.MayNameUs && s.says() != "":
			t.Fatalf("names %q where we may not be named: %+v", s.says(), s)
		case !isCode && !(in.Allowed && in.MayLeaveMessage):
			t.Fatalf("a letter where none may come: %+v", s)
		case !isCode && !open(in, s.at.In(i18n.WIB).Hour()):
			t.Fatalf("at %s: %+v", s.at.In(i18n.WIB), s)
		}
	}
	l.left = nil
}

func (l *life) addresses() []string { return []string{*l.u.Email, *l.u.Phone} }

// say makes up a rule.
func (l *life) say(t *rapid.T) {
	in := models.ContactInput{
		Address: rapid.SampledFrom(l.addresses()).Draw(t, "address"), Allowed: rapid.IntRange(0, 3).Draw(t, "allowed") > 0,
		MayNameUs: rapid.Bool().Draw(t, "name us"), MayLeaveMessage: rapid.IntRange(0, 5).Draw(t, "message") > 0,
	}
	if from, to := rapid.IntRange(0, 23).Draw(t, "from"), rapid.IntRange(0, 23).Draw(t, "to"); from != to {
		in.FromHour, in.ToHour = &from, &to
	}
	if err := l.deps.Store.SetContactRule(t.Context(), l.u, l.u.Ref, in); err != nil {
		t.Fatal(err)
	}
	l.rules[in.Address] = in
}

// move gives the person another e-mail address, or one of before.
func (l *life) move(t *rapid.T) {
	to := models.Login{Email: fmt.Sprintf("ani-%d-%d@contoh.example", l.people, rapid.IntRange(0, 2).Draw(t, "new"))}
	if to.Email == *l.u.Email {
		return
	}
	token, err := l.deps.Store.StartChangeAddress(t.Context(), l.u, to)
	if errors.Is(err, models.ErrTooOften) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	var id int64
	l.db.Raw("SELECT max(id) FROM notices").Scan(&id)
	letter, err := l.deps.Store.NoticeLetter(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.deps.Store.ConfirmChangeAddress(t.Context(), l.u, nil, token, letter.Data["Code"]); err != nil {
		t.Fatal(err)
	}
	l.u.Email = &to.Email
}

// ask is somebody, the person or not, who types an address at the portal.
func (l *life) ask(t *rapid.T) {
	login, err := models.ParseLogin(rapid.SampledFrom(l.addresses()).Draw(t, "typed"))
	if err != nil {
		t.Fatal(err)
	}
	if rapid.Bool().Draw(t, "recovers") {
		_, err = l.deps.Store.StartRecovery(t.Context(), login, "id")
	} else {
		_, err = l.deps.Store.Register(t.Context(), models.Registration{Name: "Lain", Login: login, PasswordHash: "-", Language: "id"})
	}
	if err != nil && !errors.Is(err, models.ErrTooOften) {
		t.Fatal(err)
	}
}

// Whatever is said about the addresses, told, asked for and changed in whatever order, while mail works or
// not: no letter names us where we may not be named, and but for codes none comes outside the hours or
// where none may come. In the end none hangs between.
func TestNoLetterLeavesAgainstARule(t *testing.T) {
	p := newPostOffice(t)
	rapid.Check(t, func(t *rapid.T) {
		u, err := p.person()
		if err != nil {
			t.Fatal(err)
		}
		l := &life{postOffice: p, u: u, rules: map[string]models.ContactInput{}}
		p.left, p.down, p.at = nil, false, farOff
		if err := p.db.Exec("DELETE FROM river_job").Error; err != nil { // of a run that failed
			t.Fatal(err)
		}
		work := func(t *rapid.T) {
			if err := p.work(t.Context()); err != nil {
				t.Fatal(err)
			}
			l.check(t)
		}
		t.Repeat(map[string]func(*rapid.T){
			"say": l.say, "move": l.move, "ask": l.ask, "work": work,
			"tell": func(t *rapid.T) {
				l.told++
				if err := p.tell(l.u, fmt.Sprintf("told:%d:%d", p.people, l.told)); err != nil {
					t.Fatal(err)
				}
			},
			"time": func(t *rapid.T) {
				p.at = p.at.Add(time.Duration(rapid.IntRange(1, 14*60).Draw(t, "minutes")) * time.Minute)
				work(t)
			},
			"mail": func(t *rapid.T) { p.down = rapid.Bool().Draw(t, "down") },
		})
		p.down = false
		for range 2 * 24 {
			p.at = p.at.Add(time.Hour)
			work(t)
		}
		var waiting int
		p.db.Raw("SELECT count(*) FROM river_job WHERE kind = 'send_notice'").Scan(&waiting)
		if waiting > 0 {
			t.Fatalf("%d letters neither left nor were withheld", waiting)
		}
	})
}

// untilOneLeft works from minute to minute until a letter left, for a day at most.
func (p *postOffice) untilOneLeft(t *testing.T) {
	t.Helper()
	p.left = nil
	for start := p.at; len(p.left) == 0 && p.at.Sub(start) < 24*time.Hour; {
		if err := p.work(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(p.left) == 0 {
			p.at = p.at.Add(time.Minute)
		}
	}
}

// What leaves is seen by the property above: a letter that names us where it may, at the hour at which it
// may, and a neutral one elsewhere.
func TestLettersLeaveAsTheRuleSays(t *testing.T) {
	p := newPostOffice(t)
	seven, nine := 7, 21
	for name, tt := range map[string]struct {
		hour    int
		in      func(u models.User) *models.ContactInput
		phone   bool
		after   time.Duration // until it left
		neutral bool
	}{
		"no rule at night": {23, func(models.User) *models.ContactInput { return nil }, false, 0, false},
		"hours by day": {12, func(u models.User) *models.ContactInput {
			return &models.ContactInput{Address: *u.Email, Allowed: true, MayNameUs: true, MayLeaveMessage: true, FromHour: &seven, ToHour: &nine}
		}, false, 0, false},
		"hours at night": {23, func(u models.User) *models.ContactInput {
			return &models.ContactInput{Address: *u.Email, Allowed: true, MayNameUs: true, MayLeaveMessage: true, FromHour: &seven, ToHour: &nine}
		}, false, 8 * time.Hour, false},
		"unnamed mail": {12, func(u models.User) *models.ContactInput {
			return &models.ContactInput{Address: *u.Email, Allowed: true, MayLeaveMessage: true}
		}, false, 0, true},
		"unnamed phone": {12, func(u models.User) *models.ContactInput {
			return &models.ContactInput{Address: *u.Phone, Allowed: true, MayLeaveMessage: true}
		}, true, 0, true},
	} {
		u, err := p.person()
		if err != nil {
			t.Fatal(err)
		}
		p.at = time.Date(2101, 3, 1, tt.hour, 0, 0, 0, i18n.WIB).AddDate(0, 0, 2*p.people)
		if tt.phone { // the only way to this person
			if err := p.db.Exec("UPDATE users SET email = NULL WHERE id = ?", u.ID).Error; err != nil {
				t.Fatal(err)
			}
			u.Email = nil
		}
		if in := tt.in(u); in != nil {
			if err := p.deps.Store.SetContactRule(t.Context(), u, u.Ref, *in); err != nil {
				t.Fatal(err)
			}
		}
		if err := p.tell(u, name); err != nil {
			t.Fatal(err)
		}
		start := p.at
		p.untilOneLeft(t)
		if len(p.left) != 1 || p.left[0].at.Sub(start) != tt.after || (p.left[0].says() == "") != tt.neutral {
			t.Errorf("%s: %+v", name, p.left)
		}
		if _, address := u.Channel(); len(p.left) == 1 && p.left[0].to != address {
			t.Errorf("%s: went to %s", name, p.left[0].to)
		}
	}
}

// The real queue puts a letter that it would send too early back until its hour.
func TestQueueKeepsALetterForItsHour(t *testing.T) {
	p := newPostOffice(t)
	p.at = time.Date(2020, 11, 25, 6, 0, 0, 0, i18n.WIB) // seven o'clock of that day is over for the queue
	u, err := p.person()
	if err != nil {
		t.Fatal(err)
	}
	from, to := 7, 12
	in := models.ContactInput{Address: *u.Email, Allowed: true, MayNameUs: true, MayLeaveMessage: true, FromHour: &from, ToHour: &to}
	if err := p.deps.Store.SetContactRule(t.Context(), u, u.Ref, in); err != nil {
		t.Fatal(err)
	}
	if p.deps.Blobs, err = blob.Open(t.Context(), "file://"+t.TempDir()); err != nil {
		t.Fatal(err)
	}
	defer p.deps.Blobs.Close()
	p.deps.Log = slog.New(slog.DiscardHandler)
	client, err := Work(t.Context(), p.pool, p.deps)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := client.Stop(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	}()
	snoozed, cancel := client.Subscribe(river.EventKindJobSnoozed)
	defer cancel()
	if err := p.tell(u, "kept"); err != nil {
		t.Fatal(err)
	}
	select {
	case event := <-snoozed:
		if wait := time.Until(event.Job.ScheduledAt); wait < 59*time.Minute || wait > 61*time.Minute {
			t.Errorf("back in %s, want an hour", wait)
		}
	case <-time.After(time.Minute):
		t.Error("the job was not put back")
	}
	if len(p.left) != 0 {
		t.Errorf("it left: %+v", p.left)
	}
}

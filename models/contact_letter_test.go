package models

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// withPhone gives the account a number, and the consent to messages there.
func (s *testStore) withPhone(t testing.TB, u User, number string, agreed bool) User {
	t.Helper()
	u.Phone = &number
	if err := s.sql.Model(&User{}).Where("id = ?", u.ID).Update("phone", number).Error; err != nil {
		t.Fatal(err)
	}
	if err := s.SetConsent(context.Background(), u, "phone_messages", agreed); err != nil {
		t.Fatal(err)
	}
	return u
}

func (s *testStore) tell(t testing.TB, u User, dedupe string) {
	t.Helper()
	err := s.transact(context.Background(), "tell", func(tx *Store) error {
		return tx.db.Tell(context.Background(), u, dedupe, "application_accepted", map[string]string{"Ref": "NK-1", "Name": u.Name})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// notice is the newest of those that match.
func (s *testStore) notice(t testing.TB, where string, args ...any) record.Notice {
	t.Helper()
	var n record.Notice
	if err := s.sql.Where(where, args...).Order("id DESC").Take(&n).Error; err != nil {
		t.Fatalf("no notice: %v", err)
	}
	return n
}

// Without a rule e-mail always goes, a phone needs its consent, and a code does not.
func TestWithoutARuleAllIsAsEver(t *testing.T) {
	s := newStore(t, time.Date(2026, 11, 25, 3, 0, 0, 0, i18n.WIB))
	ctx := t.Context()
	u := s.addUser(t, Seeker, "ani")
	s.tell(t, u, "a")
	if l := s.lastLetter(t); l.Channel != "email" || l.Address != *u.Email || l.Neutral || l.Data["Ref"] != "NK-1" {
		t.Errorf("e-mail: %+v", l)
	}
	err := s.sql.Exec(`UPDATE users
		SET email = NULL, phone = '+6281234567890'
		WHERE id = ?`, u.ID).Error
	if err != nil {
		t.Fatal(err)
	}
	u.Email = nil
	u = s.withPhone(t, u, "+6281234567890", false)
	s.tell(t, u, "b")
	var told int64
	s.sql.Model(&record.Notice{}).Where("dedupe = 'b'").Count(&told)
	if told != 0 {
		t.Error("a phone was written to without consent")
	}
	if _, err := s.StartRecovery(ctx, loginOf("081234567890"), "id"); err != nil {
		t.Fatal(err)
	}
	if l := s.lastLetter(t); l.Channel != "phone" || l.Neutral || l.Data["Code"] == "" {
		t.Errorf("code: %+v", l)
	}
	u = s.withPhone(t, u, "+6281234567890", true)
	s.tell(t, u, "c")
	if l := s.lastLetter(t); l.Channel != "phone" || l.Address != "+6281234567890" || l.Neutral {
		t.Errorf("phone: %+v", l)
	}
}

func TestRefusedNewsIsWithheldAndTheDeskSeesIt(t *testing.T) {
	s := newStore(t, noon)
	ctx := t.Context()
	u, admin := s.withPhone(t, s.addUser(t, Seeker, "ani"), "+6281234567890", true), s.addUser(t, Admin, "admin")
	in := said(*u.Email)
	in.Allowed = false
	s.setRule(t, u, in)
	s.tell(t, u, "a")
	if n := s.notice(t, "dedupe = 'a'"); n.State != "withheld" || n.Error != "refused" || n.Sealed != nil {
		t.Errorf("refused: %+v", n)
	}
	if _, err := s.WithheldNotices(ctx, u); !errors.Is(err, ErrForbidden) {
		t.Errorf("a seeker reads the list: %v", err)
	}
	list, err := s.WithheldNotices(ctx, admin)
	if err != nil || len(list) != 1 || list[0].Template != "application_accepted" || list[0].Error != "refused" {
		t.Errorf("the desk sees %+v, %v", list, err)
	}
	if failed, err := s.FailedNotices(ctx, admin); err != nil || len(failed) != 0 {
		t.Errorf("among the failed: %+v, %v", failed, err)
	}
	if err := s.RetryNotice(ctx, admin, list[0].ID); !errors.Is(err, ErrStale) {
		t.Errorf("sent again: %v", err)
	}
	var jobs int64
	s.sql.Raw("SELECT count(*) FROM river_job WHERE kind = 'send_notice'").Scan(&jobs)
	if jobs != 0 {
		t.Errorf("%d jobs for a letter that does not leave", jobs)
	}
	in.Allowed, in.MayLeaveMessage = true, false
	s.setRule(t, u, in)
	s.tell(t, u, "b")
	if n := s.notice(t, "dedupe = 'b'"); n.State != "withheld" || n.Error != "no_message" {
		t.Errorf("where nothing may be left: %+v", n)
	}
	s.setRule(t, u, said(*u.Phone)) // now the person said that the phone may be used
	s.tell(t, u, "c")
	if l := s.lastLetter(t); l.Channel != "phone" || l.Address != *u.Phone {
		t.Errorf("to the way that the person named: %+v", l)
	}
	if err := s.SetConsent(ctx, u, "phone_messages", false); err != nil {
		t.Fatal(err)
	}
	s.tell(t, u, "d")
	if n := s.notice(t, "dedupe = 'd'"); n.State != "withheld" || n.Channel != "email" {
		t.Errorf("without the phone's consent: %+v", n)
	}
}

// keptLetter is what becomes of a letter that is kept until the morning.
type keptLetter struct {
	change func(t *testing.T, s *testStore, u User)
	wait   time.Duration // at seven, when the letter was to leave
	state  string        // or the reason, when it is withheld
	to     string
	want   record.Letter
}

// The rule is asked again when a kept letter leaves: for the hours, the words, the consent and the address.
func TestKeptLetterFollowsWhatChangesMeanwhile(t *testing.T) {
	unnamed := func(in ContactInput) ContactInput { in.MayNameUs = false; return in }
	refused := func(in ContactInput) ContactInput { in.Allowed = false; return in }
	for name, tt := range map[string]keptLetter{
		"nothing": {func(*testing.T, *testStore, User) {}, 0, "queued", "ani@contoh.example", record.Letter{}},
		"later hours": {func(t *testing.T, s *testStore, u User) { s.setRule(t, u, said(*u.Email).between(10, 12)) },
			3 * time.Hour, "queued", "", record.Letter{}},
		"no name": {func(t *testing.T, s *testStore, u User) { s.setRule(t, u, unnamed(said(*u.Email))) },
			0, "queued", "ani@contoh.example", record.Letter{Neutral: true}},
		"refusal": {func(t *testing.T, s *testStore, u User) { s.setRule(t, u, refused(said(*u.Email))) },
			0, "refused", "", record.Letter{}},
		"another address": {func(t *testing.T, s *testStore, u User) {
			s.sql.Exec("UPDATE users SET email = 'baru@contoh.example' WHERE id = ?", u.ID)
		}, 0, "queued", "baru@contoh.example", record.Letter{}},
		"another channel": {func(t *testing.T, s *testStore, u User) {
			s.setRule(t, u, refused(said(*u.Email)))
			s.setRule(t, u, unnamed(said(*u.Phone)))
		}, 0, "queued", "+6281234567890", record.Letter{Neutral: true}},
		"no address that may be used": {func(t *testing.T, s *testStore, u User) {
			s.sql.Exec("UPDATE users SET email = NULL WHERE id = ?", u.ID)
			if err := s.SetConsent(context.Background(), u, "phone_messages", false); err != nil {
				t.Fatal(err)
			}
		}, 0, "no_way", "", record.Letter{}},
		"no account": {func(t *testing.T, s *testStore, u User) {
			// A letter that closing did not find.
			s.sql.Exec("UPDATE users SET closed_at = now() WHERE id = ?", u.ID)
		}, 0, "closed", "", record.Letter{}},
	} {
		t.Run(name, tt.leaves)
	}
}

// leaves keeps a letter from the night to the morning, makes the change meanwhile and looks at what leaves.
func (tt keptLetter) leaves(t *testing.T) {
	night := time.Date(2026, 11, 25, 22, 0, 0, 0, i18n.WIB)
	s := newStore(t, night)
	u := s.withPhone(t, s.addUser(t, Seeker, "ani"), "+6281234567890", true)
	s.setRule(t, u, said(*u.Email).between(7, 21))
	s.tell(t, u, "a")
	n := s.notice(t, "dedupe = 'a'")
	var due time.Time
	s.sql.Raw("SELECT scheduled_at FROM river_job WHERE kind = 'send_notice'").Scan(&due)
	if want := night.Add(9 * time.Hour); n.State != "queued" || !due.Equal(want) {
		t.Fatalf("%s until %s, want queued until %s", n.State, due, want)
	}
	if _, err := s.NoticeLetter(t.Context(), n.ID); !waits(err, 9*time.Hour) {
		t.Fatalf("before the hours: %v", err)
	}
	tt.change(t, s, u)
	s.pass(9 * time.Hour)
	l, err := s.NoticeLetter(t.Context(), n.ID)
	n = s.notice(t, "id = ?", n.ID)
	switch {
	case tt.wait > 0:
		if !waits(err, tt.wait) {
			t.Errorf("%v, want a wait of %s", err, tt.wait)
		}
	case tt.to == "":
		if !errors.Is(err, ErrNotFound) || n.State != "withheld" || n.Error != tt.state || n.Sealed != nil {
			t.Errorf("%v, %s %s", err, n.State, n.Error)
		}
	case err != nil || l.Address != tt.to || l.Neutral != tt.want.Neutral || l.Channel != n.Channel || n.State != tt.state:
		t.Errorf("%+v, %v, %+v", l, err, n)
	}
}

func waits(err error, long time.Duration) bool {
	early, ok := errors.AsType[*record.TooEarly](err)
	return ok && early.Wait == long
}

// A code that somebody asks for at this moment comes at any hour and to any address of the account, in
// neutral words where that is the rule; what only says that there is nothing to confirm obeys the rule.
func TestCodesAreNeverKeptButNeutral(t *testing.T) {
	s := newStore(t, noon.Add(10*time.Hour))
	ctx := t.Context()
	u := s.addUser(t, Seeker, "ani")
	in := said(*u.Email).between(7, 21)
	in.MayNameUs = false
	s.setRule(t, u, in)
	recovered := func() record.Letter {
		t.Helper()
		if _, err := s.StartRecovery(ctx, loginOf(*u.Email), "id"); err != nil {
			t.Fatal(err)
		}
		return s.lastLetter(t)
	}
	if l := recovered(); l.Data["Code"] == "" || !l.Neutral {
		t.Errorf("at night: %+v", l)
	}
	// A stranger types the address at the page for new accounts: it is hers, whoever asks.
	again := Registration{Name: "Lain", Login: loginOf(*u.Email), PasswordHash: "x", Language: "id"}
	if _, err := s.Register(ctx, again); err != nil {
		t.Fatal(err)
	}
	if n := s.notice(t, "template = 'register_known'"); n.State != "withheld" || n.Error != "hour" {
		t.Errorf("an answer at night: %+v", n)
	}
	s.pass(12 * time.Hour)
	if _, err := s.Register(ctx, again); err != nil {
		t.Fatal(err)
	}
	if l := s.lastLetter(t); l.Template != "register_known" || !l.Neutral {
		t.Errorf("an answer by day: %+v", l)
	}
	in.Allowed = false
	s.setRule(t, u, in)
	if l := recovered(); l.Data["Code"] == "" || !l.Neutral {
		t.Errorf("a code to a refused address: %+v", l)
	}
	if _, err := s.Register(ctx, again); err != nil {
		t.Fatal(err)
	}
	if n := s.notice(t, "template = 'register_known'"); n.State != "withheld" || n.Error != "refused" {
		t.Errorf("an answer to a refused address: %+v", n)
	}
}

// The old address is warned by its own rule, by both ways of changing it, and not by the new one's.
func TestOldAddressIsWarnedByItsRule(t *testing.T) {
	s := newStore(t, noon)
	ctx := t.Context()
	officer := s.addUser(t, Officer, "rina")
	for name, change := range map[string]func(u User) error{
		"by the person": func(u User) error {
			token, err := s.StartChangeAddress(ctx, u, loginOf("baru-"+*u.Email))
			if err != nil {
				return err
			}
			return s.ConfirmChangeAddress(ctx, u, nil, token, s.lastLetter(t).Data["Code"])
		},
		"at the counter": func(u User) error {
			r := ContactReplacement{Login: loginOf("baru-" + *u.Email), SeenKTP: true, Asked: true, PasswordHash: "x"}
			_, err := s.ReplaceContact(ctx, officer, u.Ref, r)
			return err
		},
	} {
		u := s.addUser(t, Seeker, strings.ReplaceAll(name, " ", "-"))
		in := said(*u.Email)
		in.MayNameUs = false
		s.setRule(t, u, in)
		if err := change(u); err != nil {
			t.Fatal(err)
		}
		if l := s.lastLetter(t); !strings.HasPrefix(l.Template, "address_changed") || l.Address != *u.Email || !l.Neutral {
			t.Errorf("%s: %+v", name, l)
		}
	}
}

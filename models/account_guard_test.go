package models

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"naikkelas/internal/testdb"
)

// from is a request from an address, in a browser that is known or not.
func from(t testing.TB, address, device string) context.Context {
	t.Helper()
	return WithOrigin(t.Context(), Origin{Address: address, Device: device})
}

// guessing tries wrong passwords at names until one is not answered as wrong, at most so often; it says how many were.
func (s *testStore) guessing(ctx context.Context, most int, name func(i int) string) int {
	for i := range most {
		if _, err := s.SignIn(ctx, loginOf(name(i)), matching(false)); !errors.Is(err, ErrSignInWrong) {
			return i
		}
	}
	return most
}

// Limits count by name, by address and by both (F020, F021).
func TestF020F021LimitsCountByNameByAddressAndByBoth(t *testing.T) {
	one := func(name string) func(int) string { return func(int) string { return name } }
	tests := []struct {
		name  string
		guess func(t *testing.T, s *testStore, u User) int
		most  int
	}{
		{"one name from one address", func(t *testing.T, s *testStore, u User) int {
			return s.guessing(from(t, "10.0.0.1", ""), 500, one(*u.Email))
		}, passwordGuard.one.Most},
		{"one name from everywhere", func(t *testing.T, s *testStore, u User) (n int) {
			for i := range 200 {
				n += s.guessing(from(t, fmt.Sprintf("10.0.%d.1", i), ""), 2, one(*u.Email))
			}
			return n
		}, passwordGuard.name.Most},
		{"many names from one address", func(t *testing.T, s *testStore, _ User) int {
			return s.guessing(from(t, "10.0.0.1", ""), 500, func(i int) string { return fmt.Sprintf("orang%d@contoh.id", i) })
		}, passwordGuard.address.Most},
		{"one account by its several names", func(t *testing.T, s *testStore, u User) int {
			u = s.withPhone(t, u, "+6281234567890", false)
			return s.guessing(from(t, "10.0.0.1", ""), 500, func(i int) string { return []string{*u.Email, *u.Phone}[i%2] })
		}, passwordGuard.one.Most},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newStore(t, noon)
			u := s.addUser(t, Seeker, "ani")
			if n := tt.guess(t, s, u); n != tt.most {
				t.Errorf("%d guesses, want %d", n, tt.most)
			}
		})
	}
}

// A device in which the person signed in before is not rested by strangers, wherever they are, and it has a limit
// of its own (F020).
func TestF020KnownDeviceIsNotRestedByStrangers(t *testing.T) {
	s := newStore(t, noon)
	u := s.addUser(t, Seeker, "ani")
	device, err := s.RememberDevice(from(t, "10.0.0.1", ""), u)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 30 { // from everywhere, and from the person's own address
		s.guessing(from(t, fmt.Sprintf("10.0.%d.1", i), ""), 10, func(int) string { return *u.Email })
	}
	_, err = s.SignIn(from(t, "10.0.0.1", ""), loginOf(*u.Email), matching(true))
	if !errors.Is(err, ErrTooOften) {
		t.Errorf("unknown device at a rested address: %v", err)
	}
	if _, args := refusalOf(err); len(args) != 2 || args[0] != "Until" {
		t.Errorf("until when is not said: %v", args)
	}
	if _, err := s.SignIn(from(t, "10.0.0.1", device), loginOf(*u.Email), matching(true)); err != nil {
		t.Errorf("the person's own device: %v", err)
	}
	if n := s.guessing(from(t, "10.9.9.9", device), 50, func(int) string { return *u.Email }); n != passwordGuard.one.Most {
		t.Errorf("%d guesses from a device that is known", n)
	}
	other := s.addUser(t, Seeker, "budi")
	if n := s.guessing(from(t, "10.8.8.8", device), 50, func(int) string { return *other.Email }); n != passwordGuard.one.Most {
		t.Errorf("%d guesses at somebody else from there", n)
	}
}

// Whoever stands at the counter is let in at once, by an officer alone, and the trail says so (F020).
func TestF020OfficerLiftsARest(t *testing.T) {
	s := newStore(t, noon)
	u, officer := s.addUser(t, Seeker, "ani"), s.addUser(t, Officer, "rina")
	ctx := from(t, "10.0.0.1", "")
	s.guessing(ctx, 50, func(int) string { return *u.Email })
	if err := s.LiftRest(ctx, s.addUser(t, Admin, "admin"), u.Ref); !errors.Is(err, ErrForbidden) {
		t.Errorf("an administrator lifts it: %v", err)
	}
	if err := s.LiftRest(ctx, officer, u.Ref); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SignIn(ctx, loginOf(*u.Email), matching(true)); err != nil {
		t.Errorf("after it was lifted: %v", err)
	}
	if n := s.count(t, "SELECT count(*) FROM audit_rows WHERE action = 'rest_lifted' AND person_id = ?", u.ID); n != 1 {
		t.Errorf("%d rows in the trail", n)
	}
}

// Wherever a password is asked for, the tries count together: signing in, changing it, confirming, closing (F019).
func TestF019EveryComparisonCountsTogether(t *testing.T) {
	s, n := newStore(t, noon), 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		u := s.addUser(t, Seeker, fmt.Sprintf("orang%d", n))
		ctx := from(t, fmt.Sprintf("10.0.%d.%d", n/200, n%200), "")
		_, sess, err := s.StartSession(ctx, SessionStart{User: &u})
		if err != nil {
			t.Fatal(err)
		}
		tries := []func() error{
			func() error { _, err := s.SignIn(ctx, loginOf(*u.Email), matching(false)); return err },
			func() error { return s.ChangePassword(ctx, u, matching(false), "new") },
			func() error { return s.CloseAccount(ctx, u, matching(false)) },
			func() error { return s.Confirm(ctx, u, sess, matching(false), "", nil) },
		}
		wrong := 0
		for range 25 {
			if err := rapid.SampledFrom(tries).Draw(rt, "where")(); !errors.Is(err, ErrTooOften) {
				wrong++
			}
		}
		if wrong != passwordGuard.one.Most {
			rt.Fatalf("%d wrong passwords were compared", wrong)
		}
	})
}

// The digits of codes are not guessed over many accounts from one address (F021).
func TestF021DigitsAreNotGuessedOverManyAccounts(t *testing.T) {
	s := newStore(t, noon)
	ctx := from(t, "10.0.0.1", "")
	looked := 0
	for i := range 40 {
		token, err := s.StartRecovery(t.Context(), loginOf(fmt.Sprintf("orang%d@contoh.id", i)), "id")
		if err != nil {
			t.Fatal(err)
		}
		for range codeTries {
			if _, err := s.RecoverPassword(ctx, token, "000000", nil, "x"); errors.Is(err, ErrTooOften) {
				continue
			}
			looked++
		}
	}
	if looked != digitsGuard.address.Most {
		t.Errorf("looked at %d times", looked)
	}
}

// Codes are asked for generously from one address, as behind a carrier, and not without end; messages to phones end
// with the day's number, for known and unknown alike (F021).
func TestF021CodesAndMessagesAreLimited(t *testing.T) {
	s := newStore(t, noon)
	ctx := from(t, "10.0.0.1", "")
	sent := 0
	for i := range codeGuard.address.Most + 20 {
		if _, err := s.StartRecovery(ctx, loginOf(fmt.Sprintf("orang%d@contoh.id", i)), "id"); err == nil {
			sent++
		}
	}
	if sent != codeGuard.address.Most {
		t.Errorf("%d codes for strangers from one address", sent)
	}
	if _, _, err := s.SMSToday(ctx); err != nil {
		t.Fatal(err)
	}
	if err := s.countSMS(ctx, "phone"); err != nil {
		t.Fatal(err)
	}
	today := noon.Truncate(smsLimit.Window)
	if err := s.sql.Exec("UPDATE attempts SET count = ? WHERE window_at = ?", smsLimit.Most, today).Error; err != nil {
		t.Fatal(err)
	}
	u := s.withPhone(t, s.addUser(t, Seeker, "ani"), "+6281234567890", false)
	for _, number := range []string{*u.Phone, "081299998888"} {
		if _, err := s.StartRecovery(from(t, "10.0.0.2", ""), loginOf(number), "id"); !errors.Is(err, ErrSMSFull) {
			t.Errorf("%s: %v", number, err)
		}
	}
	if _, err := s.StartRecovery(from(t, "10.0.0.2", ""), loginOf("ani@contoh.example"), "id"); err != nil {
		t.Errorf("by e-mail: %v", err)
	}
	if n, most, err := s.SMSToday(ctx); err != nil || n <= most {
		t.Errorf("%d of %d, %v", n, most, err)
	}
}

// What the work for a name leaves behind.
const (
	allJobs = "SELECT count(*) FROM river_job"
	allRows = `SELECT (SELECT count(*) FROM notices) + (SELECT count(*) FROM codes) + (SELECT coalesce(sum(count), 0) FROM attempts)
		+ (SELECT count(*) FROM audit_rows)`
)

// Any sequence of starting, asking again, typing and waiting gives the same answers, and costs the same statements,
// jobs and rows, for names with an account and without one (F022, F023).
func TestF022F023KnownAndUnknownNamesLookAndCostTheSame(t *testing.T) {
	testdb.Beside(t)
	db, _ := testdb.Open(t)
	counted, counter := testdb.Counting(db)
	s, n := newStoreOn(t, counted, noon), 0
	s.sql = db
	rapid.Check(t, func(rt *rapid.T) {
		n++
		kind := rapid.SampledFrom([]string{"email", "phone", "username"}).Draw(rt, "kind")
		known, unknown := s.namesOf(t, kind, n)
		language := "id"
		var tokens [2]string
		for i := range rapid.IntRange(1, 9).Draw(rt, "steps") {
			step := rapid.SampledFrom([]string{"start", "resend", "type", "sign in", "wait"}).Draw(rt, "step")
			if step == "wait" {
				s.pass(time.Minute)
				continue
			}
			var answers [2]string
			for j, login := range []Login{known, unknown} {
				ctx := from(t, fmt.Sprintf("10.%d.%d.%d", n/200, n%200, j), "")
				jobs, rows := s.count(t, allJobs), s.count(t, allRows)
				hashes := 0
				var err error
				statements := counter.Count(func() {
					switch step {
					case "start":
						var token string
						if token, err = s.StartRecovery(ctx, login, language); err == nil {
							tokens[j] = token
						}
					case "resend":
						err = s.ResendCode(ctx, tokens[j], language)
					case "type":
						_, err = s.RecoverPassword(ctx, tokens[j], "x", nil, "hash")
					case "sign in":
						_, err = s.SignIn(ctx, login, func(string) (bool, string, error) { hashes++; return false, "", nil })
					}
				})
				jobs = s.count(t, allJobs) - jobs
				rows = s.count(t, allRows) - rows
				answers[j] = fmt.Sprintf("%v, %d hashes, %d statements, %d jobs, %d rows", err, hashes, statements, jobs, rows)
			}
			if answers[0] != answers[1] {
				rt.Fatalf("%s, step %d, %s:\n  known   %s\n  unknown %s", kind, i, step, answers[0], answers[1])
			}
		}
	})
}

// count is the number that a query gives.
func (s *testStore) count(t testing.TB, query string, args ...any) (n int) {
	t.Helper()
	if err := s.sql.Raw(query, args...).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// namesOf are a name of the kind with an account and one without.
func (s *testStore) namesOf(t testing.TB, kind string, n int) (known, unknown Login) {
	t.Helper()
	u := s.addUser(t, Seeker, fmt.Sprintf("orang%d", n))
	switch kind {
	case "phone":
		u = s.withPhone(t, u, fmt.Sprintf("+62812%07d", n), false)
		return Login{Phone: *u.Phone}, Login{Phone: fmt.Sprintf("+62813%07d", n)}
	case "username":
		name := fmt.Sprintf("loket-%d", n)
		if err := s.sql.Exec("UPDATE users SET username = ? WHERE id = ?", name, u.ID).Error; err != nil {
			t.Fatal(err)
		}
		return Login{Username: name}, Login{Username: fmt.Sprintf("lokit-%d", n)}
	}
	return Login{Email: *u.Email}, Login{Email: fmt.Sprintf("lain%d@contoh.id", n)}
}

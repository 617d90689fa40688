package models

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Whatever is refused or fails after the digits were found right, nobody looks behind a code more than five
// times (F017).
func TestF017CodeIsLookedAtFiveTimesWhateverIsRefused(t *testing.T) {
	s := newStore(t, noon)
	answers := []error{ErrRecover, ErrAddressTaken, ErrNotFound, ErrForbidden, errors.New("broken")}
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		token, digits := s.registerWith(t, n)
		looked := 0
		for range rapid.IntRange(1, 12).Draw(rt, "posts") {
			typed, answer := digits, rapid.SampledFrom(answers).Draw(rt, "answer")
			if rapid.Bool().Draw(rt, "wrong digits") {
				typed = "x"
			}
			err := s.withCode(t.Context(), token, forRegister, typed, func(*Store, Code) error { return answer })
			if !errors.Is(err, ErrCodeSpent) {
				looked++
			}
		}
		if looked > codeTries {
			rt.Fatalf("looked at %d times", looked)
		}
	})
}

// registerWith asks for the code of a new account; every address is another one.
func (s *testStore) registerWith(t testing.TB, n int) (token, digits string) {
	t.Helper()
	return s.register(t, "Siti", "siti"+string(rune('a'+n%26))+string(rune('a'+n/26%26))+string(rune('a'+n/676))+"@contoh.id")
}

// Posts that come all at once are counted one by one.
func TestF017PostsAtOnceAreFiveTries(t *testing.T) {
	s := newStore(t, noon)
	token, digits := s.register(t, "Siti", "siti@contoh.id")
	var looked atomic.Int64
	var posts sync.WaitGroup
	for range 20 {
		posts.Go(func() {
			err := s.withCode(t.Context(), token, forRegister, digits, func(*Store, Code) error { return ErrAddressTaken })
			if errors.Is(err, ErrAddressTaken) {
				looked.Add(1)
			} else if !errors.Is(err, ErrCodeSpent) {
				t.Error(err)
			}
		})
	}
	posts.Wait()
	if n := s.rows(t, "audit_rows WHERE action = 'code_wrong'"); n != 0 {
		t.Errorf("%d tries with the right digits are written down as wrong ones", n)
	}
	if got := looked.Load(); got != codeTries {
		t.Errorf("looked at %d times", got)
	}
}

// Who has somebody's old phone number gets the right digits and guesses birth dates: five guesses, and the
// answer does not say which of the two was wrong. The e-mail of the account is told (F017).
func TestF017BirthDateIsNotGuessedWithTheRightCode(t *testing.T) {
	s := newStore(t, noon)
	ctx := t.Context()
	u := s.withPhone(t, s.addUser(t, Seeker, "siti"), "+6281234567890", true)
	birth := time.Date(1999, 3, 12, 0, 0, 0, 0, time.UTC)
	err := s.sql.Exec("INSERT INTO profiles (user_id, birth_date, updated_at) VALUES (?, ?, ?)", u.ID, birth, noon).Error
	if err != nil {
		t.Fatal(err)
	}
	token, err := s.StartRecovery(ctx, loginOf(*u.Phone), "id")
	if err != nil {
		t.Fatal(err)
	}
	digits := s.sentCode(t)
	for day := range 5 {
		guess := birth.AddDate(0, 0, day+1)
		if _, err := s.RecoverPassword(ctx, token, digits, &guess, "new"); !errors.Is(err, ErrRecover) {
			t.Fatalf("guess %d: %v", day, err)
		}
	}
	if _, err := s.RecoverPassword(ctx, token, digits, &birth, "new"); !errors.Is(err, ErrCodeSpent) {
		t.Errorf("the right date after five wrong ones: %v", err)
	}
	if n := s.notice(t, "template = 'recover_tried'"); n.Channel != "email" || n.UserID == nil || *n.UserID != u.ID {
		t.Errorf("told by %s", n.Channel)
	}
}

// sentCode are the digits of the newest letter with a code.
func (s *testStore) sentCode(t testing.TB) string {
	t.Helper()
	n := s.notice(t, "template = 'recover_code'")
	l, err := s.NoticeLetter(t.Context(), n.ID)
	if err != nil {
		t.Fatal(err)
	}
	return l.Data["Code"]
}

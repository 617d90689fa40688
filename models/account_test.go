package models

import (
	"context"
	"errors"
	"testing"
	"time"
)

func matching(right bool) Matcher {
	return func(hash string) (bool, string, error) { return right && hash != "", "", nil }
}

func (s *testStore) register(t testing.TB, name, login string) (token, digits string) {
	t.Helper()
	token, err := s.Register(context.Background(), Registration{Name: name, Login: loginOf(login), PasswordHash: "hash", Language: "id"})
	if err != nil {
		t.Fatalf("register %s: %v", login, err)
	}
	return token, s.lastLetter(t).Data["Code"]
}

func TestRegistrationNeedsTheCode(t *testing.T) {
	s := newStore(t, noon)
	ctx := t.Context()
	token, digits := s.register(t, "Suparmi", "siti@contoh.id")
	if _, err := s.SignIn(ctx, loginOf("siti@contoh.id"), matching(true)); !errors.Is(err, ErrSignInWrong) {
		t.Fatalf("sign in before the code: got %v, want %v", err, ErrSignInWrong)
	}
	u, err := s.ConfirmRegistration(ctx, token, digits)
	if err != nil || u.Name != "Suparmi" || u.Role != Seeker {
		t.Fatalf("confirm: got %+v, %v", u, err)
	}
	if _, err := s.ConfirmRegistration(ctx, token, digits); !errors.Is(err, ErrCodeSpent) {
		t.Errorf("the same code again: got %v, want %v", err, ErrCodeSpent)
	}
	consents, err := s.Consents(ctx, u)
	if err != nil || len(consents) != 1 || consents[0].Kind != "privacy_notice" || consents[0].Version != PrivacyVersion {
		t.Errorf("consents: got %+v, %v", consents, err)
	}
}

// Bug report P059: sign-up and sign-in fold an e-mail address alike.
func TestP059SignInIgnoresCaseOfEmail(t *testing.T) {
	s := newStore(t, noon)
	token, digits := s.register(t, "Siti", "siti@contoh.id")
	if _, err := s.ConfirmRegistration(t.Context(), token, digits); err != nil {
		t.Fatal(err)
	}
	u, err := s.SignIn(t.Context(), loginOf(" Siti@Contoh.ID "), matching(true))
	if err != nil || u.Name != "Siti" {
		t.Errorf("sign in: got %q, %v", u.Name, err)
	}
}

func TestKnownAddressLooksTheSameAndGetsALetter(t *testing.T) {
	s := newStore(t, noon)
	ctx := t.Context()
	token, digits := s.register(t, "Siti", "0812 3456 7890")
	if _, err := s.ConfirmRegistration(ctx, token, digits); err != nil {
		t.Fatal(err)
	}
	again, err := s.Register(ctx, Registration{Name: "Lain", Login: loginOf("+6281234567890"), PasswordHash: "other", Language: "id"})
	if err != nil || again == "" {
		t.Fatalf("second registration: got %q, %v", again, err)
	}
	if l := s.lastLetter(t); l.Template != "register_known" || l.Data["Code"] != "" {
		t.Errorf("letter: got %+v", l)
	}
	if _, err := s.ConfirmRegistration(ctx, again, ""); !errors.Is(err, ErrCodeWrong) {
		t.Errorf("empty code: got %v, want %v", err, ErrCodeWrong)
	}
}

func TestCodeHasFiveTriesAndTenMinutes(t *testing.T) {
	s := newStore(t, noon)
	ctx := t.Context()
	token, digits := s.register(t, "Siti", "siti@contoh.id")
	for range 5 {
		if _, err := s.ConfirmRegistration(ctx, token, "x"); !errors.Is(err, ErrCodeWrong) {
			t.Fatalf("wrong code: got %v, want %v", err, ErrCodeWrong)
		}
	}
	if _, err := s.ConfirmRegistration(ctx, token, digits); !errors.Is(err, ErrCodeSpent) {
		t.Errorf("right code after five wrong ones: got %v, want %v", err, ErrCodeSpent)
	}
	if err := s.ResendCode(ctx, token, "id"); !errors.Is(err, ErrCodeTooSoon) {
		t.Errorf("resend at once: got %v, want %v", err, ErrCodeTooSoon)
	}
	s.pass(time.Minute)
	if err := s.ResendCode(ctx, token, "id"); err != nil {
		t.Fatal(err)
	}
	fresh := s.lastLetter(t).Data["Code"]
	s.pass(10 * time.Minute)
	if _, err := s.ConfirmRegistration(ctx, token, fresh); !errors.Is(err, ErrCodeSpent) {
		t.Errorf("code after ten minutes: got %v, want %v", err, ErrCodeSpent)
	}
}

func TestTenWrongPasswordsRestTheNameOnly(t *testing.T) {
	s := newStore(t, noon)
	ctx := t.Context()
	u := s.addUser(t, Seeker, "ani")
	for range 10 {
		if _, err := s.SignIn(ctx, loginOf(*u.Email), matching(false)); !errors.Is(err, ErrSignInWrong) {
			t.Fatalf("wrong password: got %v", err)
		}
	}
	if _, err := s.SignIn(ctx, loginOf(*u.Email), matching(true)); !errors.Is(err, ErrTooOften) {
		t.Errorf("right password after ten wrong: got %v, want %v", err, ErrTooOften)
	}
	other := s.addUser(t, Seeker, "budi")
	if _, err := s.SignIn(ctx, loginOf(*other.Email), matching(true)); err != nil {
		t.Errorf("another name: %v", err)
	}
	s.pass(16 * time.Minute)
	if _, err := s.SignIn(ctx, loginOf(*u.Email), matching(true)); err != nil {
		t.Errorf("after the rest: %v", err)
	}
}

func TestRecoveryByPhoneAsksTheBirthDateAndEndsSessions(t *testing.T) {
	s := newStore(t, noon)
	ctx := t.Context()
	token, digits := s.register(t, "Siti", "081234567890")
	u, err := s.ConfirmRegistration(ctx, token, digits)
	if err != nil {
		t.Fatal(err)
	}
	birth := time.Date(1999, 3, 12, 0, 0, 0, 0, time.UTC)
	err = s.sql.Exec("INSERT INTO profiles (user_id, birth_date, updated_at) VALUES (?, ?, ?)",
		u.ID, birth, s.db.Now()).Error
	if err != nil {
		t.Fatal(err)
	}
	cookie, _, err := s.StartSession(ctx, SessionStart{User: &u})
	if err != nil {
		t.Fatal(err)
	}
	token, err = s.StartRecovery(ctx, loginOf("0812-3456-7890"), "id")
	if err != nil {
		t.Fatal(err)
	}
	digits = s.lastLetter(t).Data["Code"]
	if _, err := s.RecoverPassword(ctx, token, digits, nil, "new"); err == nil {
		t.Fatal("recovered without the birth date")
	}
	if _, err := s.RecoverPassword(ctx, token, digits, &birth, "new"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.SessionByToken(ctx, cookie); !errors.Is(err, ErrNotFound) {
		t.Errorf("old session: got %v, want not found", err)
	}
}

func TestRecoveryOfAnUnknownNameLooksTheSame(t *testing.T) {
	s := newStore(t, noon)
	for _, login := range []string{"tidakada@contoh.id", "081299998888", "tidak.ada"} {
		token, err := s.StartRecovery(t.Context(), loginOf(login), "id")
		if err != nil || token == "" {
			t.Errorf("%s: got %q, %v", login, token, err)
			continue
		}
		if _, err := s.RecoverPassword(t.Context(), token, "", nil, "x"); !errors.Is(err, ErrRecover) {
			t.Errorf("%s: empty code: got %v, want %v", login, err, ErrRecover)
		}
	}
}

// A revoked session must not come back by the late write of a request that was under way.
func TestRevokedSessionStaysGone(t *testing.T) {
	s := newStore(t, noon)
	ctx := t.Context()
	u := s.addUser(t, Seeker, "ani")
	token, row, err := s.StartSession(ctx, SessionStart{User: &u})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.EndOtherSessions(ctx, u.ID, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveSessionData(ctx, row, SessionData{"a": "b"}); !errors.Is(err, ErrSessionGone) {
		t.Errorf("late write: got %v, want %v", err, ErrSessionGone)
	}
	if _, _, err := s.SessionByToken(ctx, token); !errors.Is(err, ErrNotFound) {
		t.Errorf("session after the late write: got %v, want not found", err)
	}
}

func TestSessionRestsAndEnds(t *testing.T) {
	s := newStore(t, noon)
	ctx := t.Context()
	u := s.addUser(t, Seeker, "ani")
	token, row, err := s.StartSession(ctx, SessionStart{User: &u})
	if err != nil {
		t.Fatal(err)
	}
	s.pass(29 * time.Minute)
	if err := s.TouchSession(ctx, row); err != nil {
		t.Fatal(err)
	}
	s.pass(29 * time.Minute)
	if _, got, err := s.SessionByToken(ctx, token); err != nil || got.ID != u.ID {
		t.Fatalf("used session: got %v, %v", got, err)
	}
	s.pass(2 * time.Minute)
	if _, _, err := s.SessionByToken(ctx, token); !errors.Is(err, ErrNotFound) {
		t.Errorf("rested session: got %v, want not found", err)
	}
	if id, err := s.ExpiredSessionUser(ctx, token); err != nil || id != u.ID {
		t.Errorf("whose it was: got %d, %v", id, err)
	}
}

// loginOf is a sign-in name that a test typed.
func loginOf(text string) Login {
	l, err := ParseLogin(text)
	if err != nil {
		panic(err)
	}
	return l
}

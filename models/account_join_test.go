package models

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"naikkelas/models/record"
)

// A pair are two accounts of one person, of which the second is joined into the first, and two officers.
type joinPair struct {
	*testStore
	into, joined User
	rina, joko   User
	in           Intake
}

func newJoinPair(t *testing.T) joinPair {
	s := newStore(t, noon)
	s.addReference(t)
	inst := s.addInstitution(t, "LPK Contoh")
	p := joinPair{testStore: s, rina: s.addUser(t, Officer, "rina"), joko: s.addUser(t, Officer, "joko")}
	p.into, p.joined = s.addReadySeeker(t, "ani"), s.addReadySeeker(t, "ani-lama")
	p.in = s.addIntake(t, s.addOpenProgramme(t, inst, "Las", nil), nil)
	return p
}

func (p joinPair) ask(t *testing.T) string {
	t.Helper()
	if err := p.AskToJoin(t.Context(), p.rina, JoinAsk{p.joined.Ref, p.into.Ref, "KTP yang sama dilihat."}); err != nil {
		t.Fatal(err)
	}
	return p.text(t, "SELECT ref FROM account_joins ORDER BY id DESC LIMIT 1")
}

// A link is of two officers; what is joined signs in no more and is read through it.
func TestAccountsAreJoinedByTwo(t *testing.T) {
	p := newJoinPair(t)
	ctx := t.Context()
	a := p.addSubmitted(t, p.joined, p.in)
	token, _, err := p.StartSession(ctx, SessionStart{User: &p.joined})
	if err != nil {
		t.Fatal(err)
	}
	ref := p.ask(t)
	if err := p.AskToJoin(ctx, p.rina, JoinAsk{p.joined.Ref, p.into.Ref, "Sekali lagi."}); err != nil {
		t.Errorf("a second press: %v", err)
	}
	if n := p.rows(t, "account_joins"); n != 1 {
		t.Errorf("%d links", n)
	}
	if err := p.AnswerJoin(ctx, p.rina, ref, true); !errors.Is(err, record.ErrJoinOwn) {
		t.Errorf("the same officer agreed: %v", err)
	}
	if _, r, err := p.OwnAndOtherApplications(ctx, p.into); err != nil || len(r) != 0 {
		t.Errorf("a link that waits shows %v (%v)", r, err)
	}
	if err := p.AnswerJoin(ctx, p.joko, ref, true); err != nil {
		t.Fatal(err)
	}
	if _, _, err := p.SessionByToken(ctx, token); !errors.Is(err, ErrNotFound) {
		t.Errorf("who was signed in stays: %v", err)
	}
	if _, _, err := p.StartSession(ctx, SessionStart{User: &p.joined}); !errors.Is(err, ErrJoined) {
		t.Errorf("signs in: %v", err)
	}
	_, r, err := p.OwnAndOtherApplications(ctx, p.into)
	if err != nil || len(r) != 1 || r[0].Ref != a.Ref {
		t.Errorf("read through the link: %v (%v)", r, err)
	}
	if _, r, err := p.OwnAndOtherApplications(ctx, p.joined); err != nil || len(r) != 0 {
		t.Errorf("the link leads both ways: %v (%v)", r, err)
	}
	if owner := p.reload(t, a).SeekerID; owner != p.joined.ID {
		t.Errorf("the application went to %d", owner)
	}
	if _, err := p.StartApplication(ctx, p.into, p.in.Ref); !errors.Is(err, ErrJoinApplied) {
		t.Errorf("a second application to the intake: %v", err)
	}
	if n := p.rows(t, "notices WHERE template = 'accounts_joined'"); n != 2 {
		t.Errorf("%d letters about the link", n)
	}
}

// Undone, everything is as it was.
func TestSeparatedAccountsAreAsBefore(t *testing.T) {
	p := newJoinPair(t)
	ctx := t.Context()
	p.addSubmitted(t, p.joined, p.in)
	ref := p.ask(t)
	if err := p.AnswerJoin(ctx, p.joko, ref, true); err != nil {
		t.Fatal(err)
	}
	if err := p.UndoJoin(ctx, p.rina, ref, ""); !errors.Is(err, record.ErrJoinWhy) {
		t.Errorf("undone without a reason: %v", err)
	}
	if err := p.UndoJoin(ctx, p.rina, ref, "Ternyata saudara kembar."); err != nil {
		t.Fatal(err)
	}
	if err := p.UndoJoin(ctx, p.joko, ref, "Lagi."); !errors.Is(err, record.ErrJoinOver) {
		t.Errorf("undone twice: %v", err)
	}
	if _, _, err := p.StartSession(ctx, SessionStart{User: &p.joined}); err != nil {
		t.Errorf("cannot sign in again: %v", err)
	}
	if _, r, err := p.OwnAndOtherApplications(ctx, p.into); err != nil || len(r) != 0 {
		t.Errorf("still read: %v (%v)", r, err)
	}
}

// What one person cannot have twice is settled first, and named: at asking and again at agreeing.
func TestWhatIsThereTwiceIsSettledFirst(t *testing.T) {
	for name, twice := range map[string]func(t *testing.T, p joinPair) Settling{
		"verified NIKs": func(t *testing.T, p joinPair) Settling {
			if err := p.sql.Exec("UPDATE profiles SET nik_verified = true, nik_masked = 'x' || user_id").Error; err != nil {
				t.Fatal(err)
			}
			return Settling{What: "nik"}
		},
		"one intake": func(t *testing.T, p joinPair) Settling {
			p.addSubmitted(t, p.joined, p.in)
			p.addDraft(t, p.into, p.in)
			return Settling{What: "intake"}
		},
		"running courses": func(t *testing.T, p joinPair) Settling {
			other := p.addIntake(t, p.addOpenProgramme(t, p.addInstitution(t, "BLK Contoh"), "Listrik", nil), nil)
			p.put(t, p.addSubmitted(t, p.joined, p.in), Enrolled, nil)
			p.put(t, p.addSubmitted(t, p.into, other), Enrolled, nil)
			return Settling{What: "course"}
		},
	} {
		for _, when := range []string{"before", "meanwhile"} {
			t.Run(name+" "+when, func(t *testing.T) {
				p := newJoinPair(t)
				var ref string
				if when == "meanwhile" {
					ref = p.ask(t)
				}
				want := twice(t, p)
				var err error
				if when == "before" {
					err = p.AskToJoin(t.Context(), p.rina, JoinAsk{p.joined.Ref, p.into.Ref, "Sama."})
				} else {
					err = p.AnswerJoin(t.Context(), p.joko, ref, true)
				}
				if !errors.Is(err, ErrJoinBlocked) {
					t.Errorf("joined: %v", err)
				}
				pair, err := p.AccountPair(t.Context(), p.joko, p.into.Ref, p.joined.Ref)
				if err != nil || len(pair.Settle) != 1 || pair.Settle[0].What != want.What || pair.Settle[0].First == "" {
					t.Errorf("named: %v (%v)", pair.Settle, err)
				}
				if pair.Newer.User.ID < pair.Older.User.ID {
					t.Error("the older one stands first")
				}
			})
		}
	}
}

// What is joined already counts: two accounts that go into a third cannot both apply to one intake.
func TestJoinedAccountsSettleWithEachOther(t *testing.T) {
	p := newJoinPair(t)
	ctx := t.Context()
	third := p.addReadySeeker(t, "ani-ketiga")
	if err := p.AnswerJoin(ctx, p.joko, p.ask(t), true); err != nil {
		t.Fatal(err)
	}
	p.addSubmitted(t, p.joined, p.in)
	p.addSubmitted(t, third, p.in)
	if err := p.AskToJoin(ctx, p.rina, JoinAsk{third.Ref, p.into.Ref, "Sama."}); !errors.Is(err, ErrJoinBlocked) {
		t.Errorf("joined: %v", err)
	}
}

// Whoever has one account left copies and closes all that is theirs.
func TestJoinedAccountIsCopiedAndClosedWithTheOther(t *testing.T) {
	p := newJoinPair(t)
	ctx := t.Context()
	if err := p.AnswerJoin(ctx, p.joko, p.ask(t), true); err != nil {
		t.Fatal(err)
	}
	parts, err := p.MyData(ctx, p.into)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(parts, func(part record.DataPart) bool { return strings.Contains(string(part.Rows), *p.joined.Email) })
	if i < 0 || !strings.Contains(string(parts[i].Rows), *p.into.Email) {
		t.Error("the copy has one account alone")
	}
	if err := p.CloseAccount(ctx, p.into, matching(true)); err != nil {
		t.Fatal(err)
	}
	if n := p.rows(t, "users WHERE closed_at IS NULL AND id IN (?, ?)", p.into.ID, p.joined.ID); n != 0 {
		t.Errorf("%d accounts are open", n)
	}
}

// A person is joined once, and what is joined is nobody's aim.
func TestJoinsMakeNoChain(t *testing.T) {
	p := newJoinPair(t)
	p.ask(t)
	third := p.addUser(t, Seeker, "ketiga")
	for name, ask := range map[string]JoinAsk{
		"joined again":       {p.joined.Ref, third.Ref, "x"},
		"into what is taken": {third.Ref, p.joined.Ref, "x"},
		"the aim is joined":  {p.into.Ref, third.Ref, "x"},
	} {
		if err := p.AskToJoin(t.Context(), p.joko, ask); !errors.Is(err, ErrJoinChain) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := p.AskToJoin(t.Context(), p.joko, JoinAsk{third.Ref, p.into.Ref, "x"}); err != nil {
		t.Errorf("a third account: %v", err)
	}
	for _, who := range []User{p.into, p.addUser(t, Admin, "admin")} {
		if err := p.AskToJoin(t.Context(), who, JoinAsk{third.Ref, p.into.Ref, "x"}); !errors.Is(err, ErrForbidden) {
			t.Errorf("%s asked: %v", who.Role, err)
		}
		if _, err := p.AccountPair(t.Context(), who, p.joined.Ref, p.into.Ref); !errors.Is(err, ErrForbidden) {
			t.Errorf("%s compared: %v", who.Role, err)
		}
	}
}

// Two officers answer at once, and somebody signs in meanwhile: one answer counts and nobody stays inside.
func TestJoinIsAnsweredOnce(t *testing.T) {
	p := newJoinPair(t)
	ref := p.ask(t)
	var wg sync.WaitGroup
	errs := make([]error, 2)
	for i, officer := range []User{p.joko, p.addUser(t, Officer, "dewi")} {
		wg.Go(func() { errs[i] = p.AnswerJoin(t.Context(), officer, ref, i == 0) })
	}
	for range 5 {
		wg.Go(func() {
			if _, _, err := p.StartSession(t.Context(), SessionStart{User: &p.joined}); err != nil && !errors.Is(err, ErrJoined) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("both or none: %v", errs)
	}
	inside := p.rows(t, "sessions WHERE ended_at IS NULL AND user_id = "+p.text(t, "SELECT joined_id::text FROM account_joins"))
	if errs[0] == nil && inside != 0 {
		t.Errorf("%d sessions are left", inside)
	}
}

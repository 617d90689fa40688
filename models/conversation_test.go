package models

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
)

// toAnswer are the references and due days of what the desk has to answer.
func (s *testStore) toAnswer(t testing.TB, officer User) (list []string) {
	t.Helper()
	page, err := s.ToAnswer(t.Context(), officer, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range page.Items {
		list = append(list, fmt.Sprintf("%s %s %s", c.Subject, c.ApplicationState, c.DueAt.UTC().Format("2006-01-02 15:04")))
	}
	if w, err := s.DeskWaits(t.Context(), officer); err != nil || w.Questions != len(list) {
		t.Errorf("%d are counted (%v), %d listed", w.Questions, err, len(list))
	}
	return list
}

// A question is on the list in whatever state its application is, due three working days after it was asked, and only
// an answer takes it off.
func TestF225QuestionWaitsInEveryState(t *testing.T) {
	rank := map[ApplicationState]*int{Reserve: ptr(1)}
	for _, state := range []ApplicationState{Verified, Invited, Accepted, Reserve, Enrolled, Withdrawn, NotSelected, Dropped, Cancelled} {
		t.Run(string(state), func(t *testing.T) {
			s, u, in := applying(t, nil, nil)
			officer := s.addUser(t, Officer, "rina")
			a := s.addSubmitted(t, u, in)
			s.put(t, a, state, map[string]any{"reserve_rank": rank[state]})
			if err := s.Ask(t.Context(), u, a.Ref, uuid.NewString(), "Kapan mulai?"); err != nil {
				t.Fatal(err)
			}
			want := fmt.Sprintf("application %s 2026-11-30 16:59", state) // asked on Wednesday
			if got := s.toAnswer(t, officer); len(got) != 1 || got[0] != want {
				t.Fatalf("to answer: %q, want %q", got, want)
			}
			if _, err := s.ReviewApplication(t.Context(), officer, a.Ref); err != nil {
				t.Fatal(err)
			}
			if got := s.toAnswer(t, officer); len(got) != 1 {
				t.Errorf("looking at the file took the question off: %q", got)
			}
			v, err := s.OwnApplication(t.Context(), u, a.Ref)
			if err != nil || v.AnswerBy == nil || len(v.Messages) != 1 {
				t.Fatalf("the seeker reads %+v, %v", v.Messages, err)
			}
			reply := Reply{Token: uuid.NewString(), Text: "Senin.", Seen: v.Messages[0].ID}
			if err := s.Answer(t.Context(), officer, a.Ref, reply); err != nil {
				t.Fatal(err)
			}
			if got := s.toAnswer(t, officer); len(got) != 0 {
				t.Errorf("after the answer: %q", got)
			}
		})
	}
}

// One answer ends the wait of every question that its writer had read; one that came meanwhile keeps waiting, from
// when it was asked.
func TestF225AnswerEndsWhatWasRead(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	officer := s.addUser(t, Officer, "rina")
	a := s.addSubmitted(t, u, in)
	ask := func(text string) int64 {
		t.Helper()
		if err := s.Ask(t.Context(), u, a.Ref, uuid.NewString(), text); err != nil {
			t.Fatal(err)
		}
		v, err := s.OwnApplication(t.Context(), u, a.Ref)
		if err != nil {
			t.Fatal(err)
		}
		return lastOf(v.Messages)
	}
	ask("Satu?")
	s.pass(24 * time.Hour)
	seen := ask("Dua?")
	if got := s.toAnswer(t, officer); len(got) != 1 || got[0] != "application submitted 2026-11-30 16:59" {
		t.Fatalf("the clock of the first question: %q", got)
	}
	s.pass(24 * time.Hour)
	late := ask("Tiga?")
	if err := s.Answer(t.Context(), officer, a.Ref, Reply{Token: uuid.NewString(), Text: "Ya, ya.", Seen: seen}); err != nil {
		t.Fatal(err)
	}
	if got := s.toAnswer(t, officer); len(got) != 1 || got[0] != "application submitted 2026-12-02 16:59" {
		t.Fatalf("the third question, asked on Friday: %q", got)
	}
	if err := s.Answer(t.Context(), officer, a.Ref, Reply{Token: uuid.NewString(), Text: "Ya.", Seen: late}); err != nil {
		t.Fatal(err)
	}
	if got := s.toAnswer(t, officer); len(got) != 0 {
		t.Errorf("left: %q", got)
	}
}

// Several first questions at once are one conversation with one clock.
func TestF225FirstQuestionsAtOnceAreOneConversation(t *testing.T) {
	s, _, _ := applying(t, nil, nil)
	officer := s.addUser(t, Officer, "rina")
	lpk := s.addInstitution(t, "LPK Contoh")
	var asking sync.WaitGroup
	for i := range 4 {
		staff := s.addUser(t, Staff, fmt.Sprintf("staf%d", i))
		staff.InstitutionID = &lpk.ID
		asking.Go(func() {
			if err := s.WriteToOfficers(t.Context(), staff, lpk.Ref, uuid.NewString(), "Kapan izin kami dicek?"); err != nil {
				t.Error(err)
			}
		})
	}
	asking.Wait()
	if got := s.toAnswer(t, officer); len(got) != 1 || s.rows(t, "messages") != 4 {
		t.Errorf("%q, %d messages", got, s.rows(t, "messages"))
	}
}

// Everybody who is signed in can write: about themselves, their institution, their application; nobody reads or
// answers what is not theirs.
func TestF225EverybodyWritesAboutTheirOwn(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	officer, other := s.addUser(t, Officer, "rina"), s.addReadySeeker(t, "budi")
	a := s.addSubmitted(t, u, in)
	lpk := s.addInstitution(t, "LPK Contoh")
	owner := s.addUser(t, Owner, "pemilik")
	owner.InstitutionID = &lpk.ID
	for _, w := range []struct {
		who   User
		about string
		want  error
	}{
		{u, a.Ref, nil}, {u, "", nil}, {owner, lpk.Ref, nil}, {officer, "", nil}, {s.addUser(t, Admin, "admin"), "", nil},
		{other, a.Ref, ErrNotFound}, {other, lpk.Ref, ErrNotFound}, {owner, a.Ref, ErrNotFound},
	} {
		if err := s.WriteToOfficers(t.Context(), w.who, w.about, uuid.NewString(), "Halo?"); !errors.Is(err, w.want) {
			t.Errorf("%s about %q: %v, want %v", w.who.Name, w.about, err, w.want)
		}
	}
	if got := s.toAnswer(t, officer); len(got) != 5 {
		t.Fatalf("to answer: %q", got)
	}
	mine, err := s.OwnConversations(t.Context(), officer)
	if err != nil || len(mine) != 1 {
		t.Fatalf("%+v, %v", mine, err)
	}
	reply := Reply{Token: uuid.NewString(), Text: "Ya."}
	if err := s.AnswerConversation(t.Context(), officer, mine[0].Ref, reply); !errors.Is(err, ErrOwnQuestion) {
		t.Errorf("answering oneself: %v", err)
	}
	for _, stranger := range []User{other, owner} {
		_, err := s.OwnConversation(t.Context(), stranger, mine[0].Ref)
		again := s.AskAgain(t.Context(), stranger, mine[0].Ref, uuid.NewString(), "x")
		if !errors.Is(err, ErrNotFound) || !errors.Is(again, ErrNotFound) {
			t.Errorf("%s reads another's: %v, %v", stranger.Name, err, again)
		}
	}
	theirs, err := s.OwnConversations(t.Context(), owner)
	if err != nil || len(theirs) != 1 || theirs[0].InstitutionName != lpk.Name {
		t.Fatalf("%+v, %v", theirs, err)
	}
	if err := s.AnswerConversation(t.Context(), officer, theirs[0].Ref, reply); err != nil {
		t.Fatal(err)
	}
	if l := s.lastLetter(t); l.Template != "conversation_answered" || l.Address != *owner.Email || l.Data["Text"] != "" {
		t.Errorf("letter %+v", l)
	}
}

// Each right of data law has a request with a number, 72 hours and an answer; without an account too, with a way to
// be reached.
func TestF067EachRightHasARequestWithAClock(t *testing.T) {
	s := newStore(t, noon)
	officer := s.addUser(t, Officer, "rina")
	suparmi := s.addUser(t, Seeker, "suparmi")
	for i, right := range DataRights {
		who, r := suparmi, RightRequest{Token: uuid.NewString(), Right: right, Text: "Mohon."}
		if i%2 == 1 {
			who, r.Name, r.Contact = User{}, "Kakak Suparmi", "0811 2222 3333"
		}
		first, err := s.RequestRight(t.Context(), who, r, "203.0.113.1")
		if err != nil {
			t.Fatalf("%s: %v", right, err)
		}
		again, err := s.RequestRight(t.Context(), who, r, "203.0.113.2")
		if err != nil || again.Ref != first.Ref {
			t.Errorf("%s sent twice: %s, %v", right, again.Ref, err)
		}
		got, err := s.RightReceipt(t.Context(), first.Ref)
		if err != nil || got.DueAt == nil || !got.DueAt.Equal(noon.Add(72*time.Hour)) || got.DataRight != right || got.Contact != "" {
			t.Errorf("%s: receipt %+v, %v", right, got, err)
		}
	}
	if got := s.toAnswer(t, officer); len(got) != len(DataRights) {
		t.Fatalf("to answer: %q", got)
	}
	page, err := s.ToAnswer(t.Context(), officer, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range page.Items {
		thread, err := s.ConversationForOfficer(t.Context(), officer, c.Ref)
		if err != nil || len(thread.Messages) != 1 {
			t.Fatalf("%+v, %v", thread, err)
		}
		if err := s.AnswerConversation(t.Context(), officer, c.Ref, Reply{uuid.NewString(), "Sudah.", thread.Last()}); err != nil {
			t.Fatal(err)
		}
		got, err := s.RightReceipt(t.Context(), c.Ref)
		if err != nil || got.DueAt != nil || got.AnsweredAt == nil {
			t.Errorf("answered: %+v, %v", got, err)
		}
	}
	if n := s.rows(t, "notices WHERE template = 'conversation_answered'"); n != 3 {
		t.Errorf("%d letters, want one to each request of the account", n)
	}
}

// What somebody without an account leaves must lead to them, and one place does not fill the list.
func TestF067RequestWithoutAnAccountCanBeAnswered(t *testing.T) {
	s := newStore(t, noon)
	for name, tt := range map[string]struct {
		r    RightRequest
		want error
	}{
		"no right":         {RightRequest{Right: "", Text: "x", Name: "A", Contact: "a@b.id"}, ErrRightUnknown},
		"no name":          {RightRequest{Right: "access", Text: "x", Name: " ", Contact: "a@b.id"}, ErrRightName},
		"a word as a way":  {RightRequest{Right: "objection", Text: "x", Name: "A", Contact: "kakak saya"}, ErrRightContact},
		"nothing written":  {RightRequest{Right: "deletion", Text: " ", Name: "A", Contact: "a@b.id"}, ErrMessageMissing},
		"a number abroad":  {RightRequest{Right: "restriction", Text: "x", Name: "A", Contact: "+852 5123 4567"}, nil},
		"an address by it": {RightRequest{Right: "access", Text: "x", Name: "A", Contact: "surat ke a@b.id"}, nil},
	} {
		tt.r.Token = uuid.NewString()
		if _, err := s.RequestRight(t.Context(), User{}, tt.r, "203.0.113.7"); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	if n := s.rows(t, "conversations"); n != 2 {
		t.Errorf("%d conversations, want only the two that can be answered", n)
	}
	var err error
	for range rightLimit.Most + 1 {
		r := RightRequest{Token: uuid.NewString(), Right: "access", Text: "x", Name: "A", Contact: "a@b.id"}
		_, err = s.RequestRight(t.Context(), User{}, r, "203.0.113.9")
	}
	if !errors.Is(err, ErrRightTooOften) {
		t.Errorf("without end: %v", err)
	}
}

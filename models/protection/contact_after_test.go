package protection

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/models/record"
)

// ended is a case of somebody that Rina closed with an outcome, and the PIN to it.
func (s *deskStore) ended(t testing.TB, f Filing, outcome string) (ref, pin string) {
	t.Helper()
	_, r := s.file(t, f)
	err := s.sql.Exec("UPDATE cases SET sensitive = false WHERE ref = ?", r.Ref).Error
	err = errors.Join(err, s.Take(t.Context(), s.rina, s.now(t, r.Ref)), s.Close(t.Context(), s.rina, s.now(t, r.Ref), outcome, "Selesai."))
	if err != nil {
		t.Fatal(err)
	}
	return r.Ref, r.PIN
}

// asksAfterEnd runs the step that comes round each hour.
func (s *deskStore) asksAfterEnd(t testing.TB) {
	t.Helper()
	if _, err := s.AskAfter(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// enters is a help session behind number and PIN.
func (s *deskStore) enters(t testing.TB, ref, pin string) string {
	t.Helper()
	token, err := s.Enter(t.Context(), ref, pin, "198.51.100.4")
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// Thirty days after the end whoever wrote is asked once; who wants no contact, who is dead and whose case was another one
// are not, nor is the family beside the person themselves.
func TestPersonIsAskedOnceWhetherItHelped(t *testing.T) {
	for name, tt := range map[string]struct {
		change  func(*Filing)
		outcome string
		after   time.Duration
		asked   int
	}{
		"after thirty days":       {nil, "helped", askAfter, 1},
		"hours before":            {nil, "helped", askAfter - 4*time.Hour, 0},
		"unreachable then":        {nil, "unreachable", askAfter, 1},
		"who reported":            {func(f *Filing) { f.Door = DoorNearby }, "partly", askAfter, 1},
		"no contact":              {func(f *Filing) { f.Reach = Reach{Channel: ChannelNone} }, "helped", askAfter, 0},
		"died":                    {nil, "died", askAfter, 0},
		"another case":            {nil, "double", askAfter, 0},
		"no matter":               {nil, "no_matter", askAfter, 0},
		"nobody looked for years": {nil, "helped", askNoMore + time.Hour, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := newDoor(t)
			f := reachable(ChannelSMS, "+852 5123 4567", HoursAny)
			if tt.change != nil {
				tt.change(&f)
			}
			s.ended(t, f, tt.outcome)
			s.pass(tt.after)
			for range 3 {
				s.asksAfterEnd(t)
				s.pass(time.Hour)
			}
			notices := s.rows(t, "case_notices WHERE kind = 'asked'")
			if n := s.rows(t, "case_followups"); n != tt.asked || notices != tt.asked {
				t.Errorf("asked %d times with %d notices, want %d", n, notices, tt.asked)
			}
		})
	}
}

// Who said later that they want no contact is not asked, nor is somebody by a channel that does not leave by itself: that is
// an officer's, in the list of what came after the end.
func TestNobodyIsAskedByAForbiddenChannel(t *testing.T) {
	s := newDoor(t)
	ref, pin := s.ended(t, reachable(ChannelSMS, "+852 5123 4567", HoursAny), "helped")
	if err := s.StopContact(t.Context(), s.enters(t, ref, pin)); err != nil {
		t.Fatal(err)
	}
	byHand, _ := s.ended(t, reachable(ChannelWhatsApp, "+852 5123 4568", HoursAny), "helped")
	s.pass(askAfter)
	s.asksAfterEnd(t)
	if n := s.rows(t, "case_followups WHERE case_id = (SELECT id FROM cases WHERE ref = ?)", ref); n != 0 {
		t.Error("who wants no contact was asked")
	}
	desk, err := s.Cases(t.Context(), s.rina, CaseFilter{Tab: TabAfter})
	if err != nil || len(desk.Rows) != 1 || desk.Rows[0].Ref != byHand || desk.Counts[TabAfter] != 1 {
		t.Fatalf("%+v, %d, %v", desk.Rows, desk.Counts[TabAfter], err)
	}
	if err := s.LogAfter(t.Context(), s.rina, s.now(t, byHand), AfterHelped, "Sudah bekerja lagi."); err != nil {
		t.Fatal(err)
	}
	desk, err = s.Cases(t.Context(), s.rina, CaseFilter{Tab: TabAfter})
	if err != nil || len(desk.Rows) != 0 || s.rows(t, "case_followups WHERE answer = 'helped' AND answered_by = ?", s.rina.ID) != 1 {
		t.Errorf("after the answer: %+v, %v", desk.Rows, err)
	}
}

// Whoever asks for no contact while an officer is to ask them is asked no more, by hand either.
func TestNobodyIsAskedByHandWhoStopped(t *testing.T) {
	for _, state := range []string{NoticeByHand, NoticeFailed} {
		t.Run(state, func(t *testing.T) {
			s := newDoor(t)
			ref, pin := s.ended(t, reachable(ChannelWhatsApp, "+852 5123 4567", HoursAny), "helped")
			s.pass(askAfter)
			s.asksAfterEnd(t)
			if err := s.sql.Exec("UPDATE case_notices SET state = ?", state).Error; err != nil {
				t.Fatal(err)
			}
			listed := func() int {
				desk, err := s.Cases(t.Context(), s.rina, CaseFilter{Tab: TabAfter})
				if err != nil {
					t.Fatal(err)
				}
				return len(desk.Rows)
			}
			before := listed()
			if err := s.StopContact(t.Context(), s.enters(t, ref, pin)); err != nil {
				t.Fatal(err)
			}
			if _, err := s.CaseFor(t.Context(), s.rina, ref, true); err != nil { // she reads that they stopped
				t.Fatal(err)
			}
			if after := listed(); before != 1 || after != 0 {
				t.Errorf("in the list %d, then %d", before, after)
			}
		})
	}
}

// An answer is kept once, what is added is a message, and of who was not helped the desk hears until somebody looked.
func TestAnswerToWhetherItHelped(t *testing.T) {
	for _, tt := range []struct {
		answer, text string
		alarms       int
	}{{AfterHelped, "", 0}, {AfterPartly, "Gaji bulan terakhir belum dibayar.", 1}, {AfterNot, "", 1}} {
		t.Run(tt.answer, func(t *testing.T) {
			s := newDoor(t)
			ref, pin := s.ended(t, reachable(ChannelSMS, "+852 5123 4567", HoursAny), "helped")
			s.pass(askAfter)
			token := s.enters(t, ref, pin)
			if o, err := s.OwnCase(t.Context(), token); err != nil || o.After != nil {
				t.Fatalf("asked before: %+v, %v", o.After, err)
			}
			if err := s.AnswerAfter(t.Context(), token, uuid.NewString(), AfterHelped, ""); !errors.Is(err, record.ErrNotFound) {
				t.Errorf("an answer to nothing: %v", err)
			}
			s.asksAfterEnd(t)
			if err := s.AnswerAfter(t.Context(), token, uuid.NewString(), AfterNone, ""); err == nil {
				t.Error("an officer's answer was taken")
			}
			before := s.rows(t, "case_alarms WHERE reason = 'wrote'")
			form := uuid.NewString()
			for _, answer := range []string{tt.answer, AfterNot} { // the second one changes nothing
				if err := s.AnswerAfter(t.Context(), token, form, answer, tt.text); err != nil {
					t.Fatal(err)
				}
			}
			o, err := s.OwnCase(t.Context(), token)
			if err != nil || o.After.Answered() != tt.answer || o.State != SeenDone || (len(o.Letters) == 1) != (tt.text != "") {
				t.Errorf("%+v, %+v, %v", o.After, o.Letters, err)
			}
			if n := s.rows(t, "case_alarms WHERE reason = 'wrote'"); n-before != tt.alarms {
				t.Errorf("%d alarms", n-before)
			}
			if n := s.rows(t, "case_notices WHERE state = 'waiting'"); n != 0 {
				t.Error("a notice still waits")
			}
			desk, err := s.Cases(t.Context(), s.rina, CaseFilter{Tab: TabAfter})
			if err != nil || len(desk.Rows) != tt.alarms {
				t.Errorf("%d in the list, %v", len(desk.Rows), err)
			}
			if _, err := s.CaseFor(t.Context(), s.rina, ref, true); err != nil {
				t.Fatal(err)
			}
			if desk, err = s.Cases(t.Context(), s.rina, CaseFilter{Tab: TabAfter}); err != nil || len(desk.Rows) != 0 {
				t.Errorf("%d in the list after somebody looked, %v", len(desk.Rows), err)
			}
		})
	}
}

// What somebody adds is kept whatever was answered before: an officer may have written down that nobody was reached while
// they typed, and their own answer stands then; after any other answer the words are a message.
func TestWordsBesideALateAnswerAreKept(t *testing.T) {
	for name, tt := range map[string]struct{ logged, kept string }{
		"nobody reached": {AfterNone, AfterNot}, "told an officer": {AfterHelped, AfterHelped},
	} {
		t.Run(name, func(t *testing.T) {
			s := newDoor(t)
			ref, pin := s.ended(t, reachable(ChannelSMS, "+852 5123 4567", HoursAny), "helped")
			s.pass(askAfter)
			s.asksAfterEnd(t)
			token := s.enters(t, ref, pin)
			if err := s.LogAfter(t.Context(), s.rina, s.now(t, ref), tt.logged, ""); err != nil {
				t.Fatal(err)
			}
			o, err := s.OwnCase(t.Context(), token)
			if err != nil || (o.After.Answered() == "") != (tt.logged == AfterNone) {
				t.Errorf("before: %+v, %v", o.After, err)
			}
			form := uuid.NewString()
			for range 2 {
				if err := s.AnswerAfter(t.Context(), token, form, AfterNot, "Tolong, saya dipukuli lagi."); err != nil {
					t.Fatal(err)
				}
			}
			o, err = s.OwnCase(t.Context(), token)
			if err != nil || len(o.Letters) != 1 || o.After.Answered() != tt.kept {
				t.Errorf("%d messages, %+v, %v", len(o.Letters), o.After, err)
			}
			desk, err := s.Cases(t.Context(), s.rina, CaseFilter{Tab: TabAfter})
			if n := s.rows(t, "case_alarms WHERE reason = 'wrote'"); n != 1 || err != nil || len(desk.Rows) != 1 {
				t.Errorf("%d alarms, %d in the list, %v", n, len(desk.Rows), err)
			}
		})
	}
}

// A case that was opened again asks nothing, and the notice that waits does not leave.
func TestNobodyIsAskedOfAnOpenCase(t *testing.T) {
	s := newDoor(t)
	ref, pin := s.ended(t, reachable(ChannelSMS, "+852 5123 4567", HoursAny), "helped")
	s.pass(askAfter)
	s.asksAfterEnd(t)
	if err := s.Reopen(t.Context(), s.rina, s.now(t, ref), "Menelepon lagi."); err != nil {
		t.Fatal(err)
	}
	_, err := s.DueNotice(t.Context(), s.lastNotice(t).ID, everyWay)
	o, errOwn := s.OwnCase(t.Context(), s.enters(t, ref, pin))
	if !errors.Is(err, record.ErrNotFound) || errOwn != nil || o.After != nil || s.lastNotice(t).Why != "open" {
		t.Errorf("%v, %+v, %v", err, o.After, errOwn)
	}
}

// Answers count when the people are gone.
func TestAnswersStayInFigures(t *testing.T) {
	s := newDoor(t)
	ref, pin := s.ended(t, reachable(ChannelSMS, "+852 5123 4567", HoursAny), "helped")
	s.pass(askAfter)
	s.asksAfterEnd(t)
	if err := s.AnswerAfter(t.Context(), s.enters(t, ref, pin), uuid.NewString(), AfterHelped, "Terima kasih."); err != nil {
		t.Fatal(err)
	}
	s.pass(5 * 366 * 24 * time.Hour)
	if _, err := s.StripCases(t.Context()); err != nil {
		t.Fatal(err)
	}
	people, notices := s.rows(t, "case_people"), s.rows(t, "case_notices")
	if answers := s.rows(t, "case_followups WHERE answer = 'helped' AND person_id IS NULL"); people+notices != 0 || answers != 1 {
		t.Errorf("%d people, %d notices, %d answers", people, notices, answers)
	}
}

// A new PIN is given after a check that is written down, and ends the old one with its open pages.
func TestNewPINEndsTheOldOne(t *testing.T) {
	s := newDoor(t)
	token, r := s.file(t, cry())
	_, other := s.file(t, cry())
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	person := s.subject(t, r.Ref)
	for name, try := range map[string]func() (string, error){
		"no check": func() (string, error) { return s.NewPIN(t.Context(), s.rina, s.now(t, r.Ref), person, "", "Ya.") },
		"no word":  func() (string, error) { return s.NewPIN(t.Context(), s.rina, s.now(t, r.Ref), person, "paper", " ") },
		"somebody of another case": func() (string, error) {
			return s.NewPIN(t.Context(), s.rina, s.now(t, r.Ref), s.subject(t, other.Ref), "paper", "Paspor.")
		},
	} {
		if pin, err := try(); pin != "" || record.RefusalsIn(err) == nil {
			t.Errorf("%s: %q, %v", name, pin, err)
		}
	}
	press := s.now(t, r.Ref)
	pin, err := s.NewPIN(t.Context(), s.rina, press, person, "called_back", "Menyebut nama majikan.")
	if err != nil || len(pin) != len(r.PIN) || pin == r.PIN {
		t.Fatalf("%q, %v", pin, err)
	}
	if again, err := s.NewPIN(t.Context(), s.rina, press, person, "called_back", "Menyebut nama majikan."); again != "" || err != nil {
		t.Errorf("a second press gives %q, %v", again, err)
	}
	if _, err := s.OwnCase(t.Context(), token); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("the pages opened before: %v", err)
	}
	if _, err := s.Enter(t.Context(), r.Ref, r.PIN, "198.51.100.4"); !errors.Is(err, ErrWrongPIN) {
		t.Errorf("the old PIN: %v", err)
	}
	o, err := s.OwnCase(t.Context(), s.enters(t, r.Ref, pin))
	said := err == nil && len(o.Steps) > 0 && o.Steps[0].Kind == EventPINGiven
	if !said || s.rows(t, "case_events WHERE kind = 'pin_given' AND detail = 'called_back' AND text_sealed IS NOT NULL") != 1 {
		t.Errorf("the person reads %+v, %v", o.Steps, err)
	}
	if n := s.rows(t, "case_people WHERE pin_sealed IS NOT NULL AND case_id = (SELECT id FROM cases WHERE ref = ?)", r.Ref); n != 0 {
		t.Error("the new PIN lies where it could be opened")
	}
}

// Of two officers who give a new PIN at once one does, and the other is told that the case has changed.
func TestTwoGiveAPINAtOnce(t *testing.T) {
	s := newDoor(t)
	ref := s.takenByRina(t, cry())
	press, person := s.now(t, ref), s.subject(t, ref)
	results := make(chan error, 2)
	for _, u := range []record.User{s.rina, s.hana} {
		p := press
		p.Form = uuid.NewString()
		go func() {
			_, err := s.NewPIN(context.Background(), u, p, person, "paper", "Paspor.")
			results <- err
		}()
	}
	first, second := <-results, <-results
	if (first == nil) == (second == nil) {
		t.Errorf("%v and %v", first, second)
	}
	if n := s.rows(t, "case_events WHERE kind = 'pin_given'"); n != 1 {
		t.Error(fmt.Sprint(n, " were given"))
	}
}

func logAfterAs(t testing.TB, s *deskStore, u record.User, p Press) error {
	return s.LogAfter(t.Context(), u, p, AfterPartly, "")
}

func newPINAs(t testing.TB, s *deskStore, u record.User, p Press) error {
	_, err := s.NewPIN(t.Context(), u, p, s.subject(t, p.Ref), "paper", "Paspor.")
	return err
}

// askedAfterEnd is a case that ended, of which Rina has to ask by hand whether it helped.
func (s *deskStore) askedAfterEnd(t testing.TB) string {
	t.Helper()
	ref, _ := s.ended(t, reachable(ChannelPhone, "+852 5123 4567", HoursAny), "helped")
	err := s.sql.Exec(`INSERT INTO case_followups (case_id, person_id, asked_at)
		SELECT case_id, id, now()
		FROM case_people
		WHERE case_id = (SELECT id FROM cases WHERE ref = ?)`, ref).Error
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

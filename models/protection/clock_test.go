package protection

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// Whose turn it is, since when and by when, follows from what happened alone.
func TestComplaint08ClockOfACase(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 11, 25, hour, 0, 0, 0, i18n.WIB) }
	by := func(hour int) *time.Time { return new(at(hour)) }
	officer := new(int64(7))
	filed := Event{Kind: EventFiled, At: at(8), NextActor: ActorDuty, DueAt: by(10)}
	for name, tt := range map[string]struct {
		events []Event
		want   Turn
	}{
		"nothing":   {nil, Turn{}},
		"a new one": {[]Event{filed}, Turn{ActorDuty, at(8), by(10)}},
		"written twice: nobody is put back": {
			[]Event{filed, {Kind: EventWrote, At: at(9), NextActor: ActorDuty, DueAt: by(20)}}, Turn{ActorDuty, at(8), by(10)},
		},
		"written again, more urgent": {
			[]Event{filed, {Kind: EventWrote, At: at(8), NextActor: ActorDuty, DueAt: by(9)}}, Turn{ActorDuty, at(8), by(9)},
		},
		"an act of the desk begins a new wait": {
			[]Event{filed, {Kind: "contacted", At: at(9), ActorID: officer, NextActor: ActorPerson, DueAt: by(20)}},
			Turn{ActorPerson, at(9), by(20)},
		},
		"a note says nothing of whose turn it is": {
			[]Event{filed, {Kind: "noted", At: at(9), ActorID: officer}}, Turn{ActorDuty, at(8), by(10)},
		},
		"the person answers": {
			[]Event{filed, {Kind: "contacted", At: at(9), ActorID: officer, NextActor: ActorPerson},
				{Kind: EventWrote, At: at(11), NextActor: ActorLead, DueAt: by(23)}},
			Turn{ActorLead, at(11), by(23)},
		},
		"closed":                        {[]Event{filed, {Kind: EventClosed, At: at(9), ActorID: officer}}, Turn{}},
		"written after it: still ended": {[]Event{filed, {Kind: EventClosed, ActorID: officer}, {Kind: EventWrote, At: at(12)}}, Turn{}},
		"opened again": {
			[]Event{filed, {Kind: EventClosed, ActorID: officer},
				{Kind: "reopened", At: at(15), ActorID: officer, NextActor: ActorLead, DueAt: by(17)}},
			Turn{ActorLead, at(15), by(17)},
		},
	} {
		got := Clock(tt.events)
		if got.Next != tt.want.Next || !got.Since.Equal(tt.want.Since) || (got.Due == nil) != (tt.want.Due == nil) ||
			got.Due != nil && !got.Due.Equal(*tt.want.Due) {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
}

// A message is looked at within the term where life is in danger, else by the end of the next working day.
func TestMessagesAreLookedAtBy(t *testing.T) {
	closed := map[record.Day]bool{record.DayOf(time.Date(2026, 11, 30, 12, 0, 0, 0, i18n.WIB)): true}
	friday := time.Date(2026, 11, 27, 22, 0, 0, 0, i18n.WIB)
	if got := answerBy(friday, UrgencyNormal, 2*time.Hour, closed); !got.Equal(time.Date(2026, 12, 1, 23, 59, 59, 0, i18n.WIB)) {
		t.Errorf("over a week-end and a holiday: %s", got)
	}
	if got := answerBy(friday, UrgencyLife, 2*time.Hour, closed); !got.Equal(friday.Add(2 * time.Hour)) {
		t.Errorf("life in danger: %s", got)
	}
}

// Whatever people at the door do, the case says whose turn it is as its events do.
func TestCaseKeepsWhatItsEventsSay(t *testing.T) {
	s := newDoor(t)
	rapid.Check(t, func(r *rapid.T) {
		f := cry()
		f.Danger = rapid.SampledFrom(append(Dangers(), "")).Draw(r, "danger")
		token, err := s.File(t.Context(), f, "")
		if err != nil {
			r.Fatal(err)
		}
		for range rapid.IntRange(0, 4).Draw(r, "acts") {
			s.pass(time.Duration(rapid.IntRange(0, 25).Draw(r, "minutes")) * time.Minute)
			switch rapid.IntRange(0, 3).Draw(r, "act") {
			case 0:
				err = s.Write(t.Context(), token, uuid.NewString(), "Halo.")
			case 1:
				err = s.StopContact(t.Context(), token)
			case 2:
				err = s.SetReach(t.Context(), token, Reach{Channel: ChannelNone})
			default:
				err = s.TellMore(t.Context(), token, uuid.NewString(), Answers{Name: "Contoh"})
			}
			if err != nil {
				r.Fatal(err)
			}
		}
		var c Case
		var events []Event
		if err := s.sql.Order("id DESC").Take(&c).Error; err != nil {
			r.Fatal(err)
		}
		if err := s.sql.Order("id").Find(&events, "case_id = ?", c.ID).Error; err != nil {
			r.Fatal(err)
		}
		if got, want := c.turn(), Clock(events); got.Next != want.Next || !got.Since.Equal(want.Since) || !got.Due.Equal(*want.Due) {
			r.Errorf("the case says %+v, its events %+v", got, want)
		}
	})
}

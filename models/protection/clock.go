package protection

import (
	"time"

	"naikkelas/models/record"
)

// A Turn is who must act next on a case, since when they are waited for, and by when. The zero one is nobody's.
type Turn struct {
	Next  Actor
	Since time.Time
	Due   *time.Time
}

// Clock says whose turn it is after all that happened: a function of the events alone, in their order. The events of a
// case are folded by it, and the case keeps the result.
func Clock(events []Event) Turn {
	var t Turn
	for _, e := range events {
		t = t.after(e)
	}
	return t
}

// after is the turn once an event has happened. An act of the desk begins a new wait. A word of a person on the case
// makes it the desk's turn, and where it is that already, the wait goes on: nobody is put further back by writing
// twice, nor is the desk given more time.
func (t Turn) after(e Event) Turn {
	switch {
	case e.Kind == EventClosed:
		return Turn{}
	case e.NextActor == ActorNobody:
		return t
	case t.Next.ours() && (e.ActorID == nil || e.byOffice()):
		if e.DueAt != nil && (t.Due == nil || e.DueAt.Before(*t.Due)) {
			t.Due = e.DueAt
		}
		return t
	}
	return Turn{Next: e.NextActor, Since: e.At, Due: e.DueAt}
}

// byOffice says whether the people of an office acted. They never take the turn from the desk: somebody may have cried
// for help meanwhile.
func (e Event) byOffice() bool {
	switch e.Kind {
	case EventPartnerAccepted, EventPartnerRefused, EventPartnerLogged, EventPartnerDone, EventTransferAccepted:
		return true
	}
	return false
}

// ours says whether the desk must act.
func (a Actor) ours() bool { return a == ActorDuty || a == ActorLead || a == ActorHead }

// answerBy is by when the desk looks at what a person wrote: within the term where life is in danger, else by the end
// of the next working day.
func answerBy(at time.Time, u Urgency, life time.Duration, closed map[record.Day]bool) time.Time {
	if u == UrgencyLife {
		return at.Add(life)
	}
	return record.DayOf(at).PlusWorking(1, closed).End()
}

// onto writes the turn into the case.
func (t Turn) onto(c *Case) {
	c.NextActor, c.DueAt, c.WaitingSince = t.Next, t.Due, nil
	if t.Next != ActorNobody {
		c.WaitingSince = &t.Since
	}
}

// turn is whose turn it is on a case.
func (c Case) turn() Turn {
	t := Turn{Next: c.NextActor, Due: c.DueAt}
	if c.WaitingSince != nil {
		t.Since = *c.WaitingSince
	}
	return t
}

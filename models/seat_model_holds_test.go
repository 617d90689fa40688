package models

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"naikkelas/models/record"
)

// holds checks what must hold after a step, and remembers how it stands.
func (m *seatModel) holds(t *testing.T) error {
	t.Helper()
	list, err := m.now()
	if err != nil {
		return err
	}
	if len(list) != len(m.list) {
		return fmt.Errorf("%d applications of %d are left", len(list), len(m.list))
	}
	if err := m.intakesHold(list); err != nil {
		return err
	}
	courses := map[int64]int{}
	for _, a := range list {
		if holdingStates.has(a.State) && m.runs(a.IntakeID) {
			courses[a.SeekerID]++
		}
		if courses[a.SeekerID] > 1 {
			return fmt.Errorf("person %d is in two courses", a.SeekerID)
		}
	}
	if err := m.nobodySkipped(list); err != nil {
		return err
	}
	if err := m.historyHolds(t, list); err != nil {
		return err
	}
	return m.look()
}

// runs says whether a course is not over.
func (m *seatModel) runs(intakeID int64) bool {
	i := slices.IndexFunc(m.intakes, func(in Intake) bool { return in.ID == intakeID })
	return m.clock().Before(record.DateDay(*m.intakes[i].EndsOn).End())
}

// intakesHold counts seats without the functions that give them: of who is accepted, takes part or has finished, and of who
// dropped out and whose seat nobody got.
func (m *seatModel) intakesHold(list []Application) error {
	var rows []struct {
		ID, Quota, ReserveSeats, Promised, Told int
	}
	err := m.sql.Raw(`SELECT n.id, n.quota, n.reserve_seats,
			(SELECT count(*)
				FROM decisions d
				JOIN applications a ON a.id = d.application_id AND `+endedStates.notIn("a.state")+`
				WHERE a.intake_id = n.id
					AND d.arguments->>'What' = 'accepted'
					AND num_nonnulls(d.recalled_at, d.done_at, d.void_at) = 0)
			+ (SELECT count(*) FROM deferrals f WHERE f.intake_id = n.id AND f.ended_at IS NULL) AS promised,
			(SELECT count(*) FROM announcements c WHERE c.intake_id = n.id AND c.done_at IS NOT NULL) AS told
		FROM intakes n
		WHERE n.id IN ?`, m.ids()).Scan(&rows).Error
	if err != nil {
		return err
	}
	for _, in := range rows {
		seats, ranks := 0, []int{}
		for _, a := range list {
			switch {
			case a.IntakeID != int64(in.ID):
				continue
			case slices.Contains([]ApplicationState{Accepted, Enrolled, Completed}, a.State), a.State == Dropped && a.SeatKept:
				seats++
			case a.State == Reserve:
				ranks = append(ranks, *a.ReserveRank)
			}
			if in.Told == 0 && m.began[a.ID] == a.IntakeID && !slices.Contains([]ApplicationState{Attended, Withdrawn, Cancelled}, a.State) {
				return fmt.Errorf("%s is %s before anything was announced", a.Ref, a.State)
			}
		}
		if seats+in.Promised > in.Quota {
			return fmt.Errorf("%d seats taken and %d promised of %d", seats, in.Promised, in.Quota)
		}
		slices.Sort(ranks)
		for i, rank := range ranks {
			if rank != i+1 || rank > in.ReserveSeats {
				return fmt.Errorf("reserves have the ranks %v of %d", ranks, in.ReserveSeats)
			}
		}
	}
	return nil
}

// ids are those of the intakes of this run.
func (m *seatModel) ids() (ids []int64) {
	for _, in := range m.intakes {
		ids = append(ids, in.ID)
	}
	return ids
}

// nobodySkipped looks at whoever was accepted in the last step: everybody who waited before them and still waits was passed
// over for a recorded reason, or the step itself has one.
func (m *seatModel) nobodySkipped(list []Application) error {
	for _, a := range list {
		was := m.before[a.ID]
		if a.State != Accepted || was.State == Accepted && was.IntakeID == a.IntakeID {
			continue
		}
		rank := math.MaxInt
		if was.ReserveRank != nil && was.IntakeID == a.IntakeID {
			rank = *was.ReserveRank
		}
		var note string
		err := m.sql.Raw("SELECT note FROM application_events WHERE application_id = ? AND to_state = 'accepted' ORDER BY id DESC LIMIT 1",
			a.ID).Scan(&note).Error
		if err != nil {
			return err
		}
		for _, other := range list {
			waited := m.before[other.ID]
			ahead := other.IntakeID == a.IntakeID && waited.State == Reserve && *waited.ReserveRank < rank
			if ahead && other.State == Reserve && other.PassedOverAt == nil && note == "" {
				return fmt.Errorf("reserve %s was passed over for %s without a reason", other.Ref, a.Ref)
			}
		}
	}
	return nil
}

// historyHolds says that the steps of each application join, and that the last leads to where it stands.
func (m *seatModel) historyHolds(t *testing.T, list []Application) error {
	t.Helper()
	broken := m.rows(t, `(SELECT e.application_id, e.from_state, e.to_state, a.state,
				lag(e.to_state, 1, 'attended') OVER w AS before,
				lead(e.to_state) OVER w AS after
			FROM application_events e
			JOIN applications a ON a.id = e.application_id
			WHERE a.intake_id IN ?
			WINDOW w AS (PARTITION BY e.application_id ORDER BY e.id)) h
		WHERE h.from_state <> h.before
			OR h.after IS NULL AND h.to_state <> h.state`, m.ids())
	if broken > 0 {
		return fmt.Errorf("%d steps do not join", broken)
	}
	moved := map[int64]bool{}
	var ids []int64
	if err := m.sql.Raw("SELECT DISTINCT application_id FROM application_events WHERE id > ?", m.events).Scan(&ids).Error; err != nil {
		return err
	}
	for _, id := range ids {
		moved[id] = true
	}
	for _, a := range list {
		if was := m.before[a.ID]; a.State != was.State && !moved[a.ID] {
			return fmt.Errorf("application %d went from %s to %s without a step", a.ID, was.State, a.State)
		}
	}
	return nil
}

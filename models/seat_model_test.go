package models

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"naikkelas/models/record"
)

// How many runs of the model are made, each with a seed of its own, and for how long at most; nothing for no end.
var seatRuns, seatTime = 200, 25 * time.Second

// A seatStep is something that happens to one of the applications of the model, or to its intake.
type seatStep struct {
	What   string
	Who    int
	Number int  // hours, seats or people
	Says   bool // with a written reason
}

var seatSteps = []string{
	RecordAccepted, RecordAccepted, RecordReserve, RecordReserve, RecordNotSelected, RecordEnrolled, RecordPassed, RecordDropped,
	RecordExtended, RecordCorrected, "choose", "confirm", "leave", "leave", "time", "lapse", "announce", "announce", "ask and take back",
	"recall", "quota", "cancel", "resume", "end", "fill",
}

// seatScripts are random ways of a few applications through their intakes.
var seatScripts = rapid.SliceOfN(rapid.Custom(func(r *rapid.T) seatStep {
	return seatStep{
		What: rapid.SampledFrom(seatSteps).Draw(r, "what"), Who: rapid.IntRange(0, 1000).Draw(r, "who"),
		Number: rapid.IntRange(1, 200).Draw(r, "number"), Says: rapid.IntRange(0, 3).Draw(r, "says") > 0,
	}
}), 4, 9)

// A seatModel is three intakes of two institutions to which the same people applied, who have been to the tests.
type seatModel struct {
	*testStore
	staff   []User // by intake
	intakes []Intake
	people  []User
	list    []Application
	before  map[int64]Application // by id, as of the step before
	events  int64                 // the last event of the step before
}

// A model of giving seats: whatever is accepted, confirmed, declined, lapsed, left, promoted, taken back and cancelled in
// whatever order over several intakes, after every step no more seats are taken and promised than there are, ranks run from
// one, nobody reads of an outcome before it is announced, nobody
// is in two courses that run, no reserve is passed over without a recorded reason, nobody who is live is left in an
// intake whose cancellation was carried out, and no application or step of its history is lost. Each run has a seed, which a
// failure names.
func TestF076F077F078SeatsHoldInEveryOrder(t *testing.T) {
	m := newSeatModel(t)
	begin, runs := time.Now(), 0
	for ; runs < seatRuns && (seatTime == 0 || time.Since(begin) < seatTime); runs++ {
		script := seatScripts.Example(runs)
		m.begin(t, runs)
		for i, step := range script {
			err := m.does(t, step)
			if err != nil && !record.IsRefusal(err) && !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrStale) {
				t.Fatalf("run %d, step %d of %+v: %v", runs, i, script, err)
			}
			if err := m.holds(t); err != nil {
				t.Fatalf("run %d, step %d of %+v: %v", runs, i, script, err)
			}
		}
	}
	t.Logf("%d runs", runs)
	if least := 25; runs < least {
		t.Errorf("only %d runs in %s", runs, seatTime)
	}
	for _, state := range []ApplicationState{Accepted, Reserve, Withdrawn} {
		if m.rows(t, "application_events WHERE to_state = ?", state) < runs/10 {
			t.Errorf("hardly anybody becomes %s", state)
		}
	}
}

func newSeatModel(t *testing.T) *seatModel {
	t.Helper()
	m := &seatModel{testStore: newStore(t, noon)}
	m.addReference(t)
	m.addReasons(t)
	for i := range 2 {
		institution := m.addInstitution(t, fmt.Sprintf("LPK %d", i))
		in := Intake{ProgrammeID: m.addProgramme(t, institution, nil).ID}
		m.staff, m.intakes = append(m.staff, m.staffFor(t, in)), append(m.intakes, in)
	}
	m.staff, m.intakes = append(m.staff, m.staff[0]), append(m.intakes, m.intakes[0]) // the next intake of the first
	for i := range 4 {
		m.people = append(m.people, m.addUser(t, Seeker, fmt.Sprintf("peserta %d", i)))
	}
	return m
}

// begin puts intakes and applications of an earlier run into the past, and adds new ones.
func (m *seatModel) begin(t *testing.T, run int) {
	t.Helper()
	m.setNow(noon)
	m.announceAfter(t, 10*(run%2))
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(m.sql.Exec(`UPDATE intakes
		SET opens_at = '2019-11-01', closes_at = '2019-12-01', starts_on = '2020-01-01', ends_on = '2020-02-01'
		WHERE ends_on > '2021-01-01'`).Error)
	m.list = nil
	for i, in := range m.intakes {
		m.intakes[i] = m.addIntake(t, Programme{ID: in.ProgrammeID}, func(in *Intake) {
			in.Quota, in.ReserveSeats = 1+(run+i)%3, 1+(run/3+i)%3
		})
		for _, u := range m.people {
			a := Application{
				Ref: record.NewRef("NK"), IntakeID: m.intakes[i].ID, SeekerID: u.ID, State: Attended, SubmittedAt: ptr(m.clock()),
				FirstSubmittedAt: ptr(m.clock()), Version: 1, CreatedAt: m.clock(), UpdatedAt: m.clock(),
			}
			m.list = append(m.list, a)
		}
	}
	must(m.sql.Create(&m.list).Error)
	for _, a := range m.list {
		if run == 0 {
			m.agrees(t, a)
		}
	}
	must(m.look())
}

// look remembers how everything stands before a step.
func (m *seatModel) look() error {
	list, err := m.now()
	m.before = map[int64]Application{}
	for _, a := range list {
		m.before[a.ID] = a
	}
	return errors.Join(err, m.sql.Raw("SELECT coalesce(max(id), 0) FROM application_events").Scan(&m.events).Error)
}

func (m *seatModel) now() (list []Application, err error) {
	ids := make([]int64, len(m.list))
	for i, a := range m.list {
		ids[i] = a.ID
	}
	return list, m.sql.Where("id IN ?", ids).Find(&list).Error
}

// does makes a step; one that the rules refuse changes nothing.
func (m *seatModel) does(t *testing.T, step seatStep) error {
	t.Helper()
	ctx, a := t.Context(), m.list[step.Who%len(m.list)]
	n := slices.IndexFunc(m.intakes, func(in Intake) bool { return in.ID == a.IntakeID })
	in, staff, seeker := m.intakes[n], m.staff[n], m.people[step.Who%len(m.people)]
	text := ""
	if step.Says {
		text = "Alasan."
	}
	var now Intake
	if err := m.sql.Take(&now, "id = ?", in.ID).Error; err != nil {
		return err
	}
	switch step.What {
	case "choose":
		refs := []string{a.Ref}
		for _, other := range m.list[n*len(m.people):][:step.Number%len(m.people)] {
			refs = append(refs, other.Ref)
		}
		act := []string{RecordAccepted, RecordReserve}[step.Number%2]
		_, err := m.Select(ctx, staff, in.Ref, SelectionInput{Token: uuid.NewString(), Act: act, Text: text, Chosen: Chosen{Refs: refs}})
		return err
	case "confirm":
		return m.ConfirmSeat(ctx, seeker, a.Ref)
	case "leave":
		return m.Withdraw(ctx, seeker, a.Ref, "withdraw_x", "")
	case "recall":
		return m.RecallFor(ctx, staff, a.Ref, text)
	case "quota":
		next := now.input()
		next.Quota = 1 + step.Number%5
		return m.SaveIntake(ctx, staff, in.Ref, 0, next, true)
	case "cancel":
		return m.CancelIntake(ctx, staff, in.Ref, now.Version, "Tidak jadi.")
	case "resume":
		return m.ResumeIntake(ctx, staff, in.Ref)
	}
	if done, err := m.passes(t, step, in, staff); done {
		return err
	}
	return m.Record(ctx, staff, a.Ref, Outcome{What: step.What, Reason: step.What + "_x", Text: text, Why: text})
}

// passes lets time pass, and does what happens with it.
func (m *seatModel) passes(t *testing.T, step seatStep, in Intake, staff User) (done bool, err error) {
	t.Helper()
	switch step.What {
	case "time":
		m.pass(time.Duration(step.Number) * time.Hour)
	case "lapse":
		all(t, m.ExpireEnrolments)
	case "fill":
		all(t, m.FillSeats)
	case "announce", "ask and take back":
		check, err := m.CheckAnnouncement(t.Context(), staff, in.Ref)
		if err == nil && check.Open == nil {
			err = m.AskAnnouncement(t.Context(), staff, in.Ref, check.Seen, nil)
		}
		if err == nil && step.What != "announce" {
			err = m.TakeBackAnnouncement(t.Context(), staff, in.Ref)
		}
		if err != nil || step.What != "announce" {
			return true, err
		}
		m.pass(10 * time.Minute)
		all(t, m.AnnounceIntakes)
		all(t, m.AnnounceDue)
	case "end":
		m.pass(takeBack)
		return true, m.endAll(t)
	default:
		return false, nil
	}
	return true, nil
}

// endAll carries out the cancellations whose time has come. Then nobody live is left in their intakes.
func (m *seatModel) endAll(t *testing.T) error {
	t.Helper()
	var ids []int64
	err := m.sql.Raw("SELECT id FROM endings WHERE begins_at <= ? ORDER BY id", m.clock()).Scan(&ids).Error
	if err != nil {
		return err
	}
	for _, id := range ids {
		all(t, func(ctx context.Context) (bool, error) { return m.EndNext(ctx, id) })
	}
	left := "applications a JOIN intakes n ON n.id = a.intake_id WHERE n.id IN ? AND n.state = 'cancelled' AND " + endedStates.notIn("a.state")
	if n := m.rows(t, left, m.ids()); n > 0 {
		return fmt.Errorf("%d are left in a cancelled intake", n)
	}
	return nil
}

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
					AND num_nonnulls(d.recalled_at, d.done_at, d.void_at) = 0) AS promised,
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
			if in.Told == 0 && !slices.Contains([]ApplicationState{Attended, Withdrawn, Cancelled}, a.State) {
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
		if a.State != Accepted || was.State == Accepted {
			continue
		}
		rank := math.MaxInt
		if was.ReserveRank != nil {
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

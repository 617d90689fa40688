package models

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"naikkelas/models/record"
)

// How many runs of the model are made, each with a seed of its own.
var seatRuns = 200

// A seatStep is something that happens to one of the applications of the model, or to its intake.
type seatStep struct {
	What   string
	Who    int
	Number int  // hours, seats or people
	Says   bool // with a written reason
}

var seatSteps = []string{
	RecordAccepted, RecordAccepted, RecordReserve, RecordReserve, RecordNotSelected, RecordEnrolled, RecordPassed, RecordDropped,
	RecordExtended, RecordCorrected, "choose", "confirm", "confirm", "confirm", "leave", "leave", "time", "lapse", "announce",
	"announce", "ask and take back", "recall", "quota", "cancel", "resume", "end", "fill", "defer", "defer", "go", "go", "go", "go",
	"stay", "ask later",
}

// seatScripts are random ways of a few applications through their intakes.
var seatScripts = rapid.SliceOfN(rapid.Custom(func(r *rapid.T) seatStep {
	return seatStep{
		What: rapid.SampledFrom(seatSteps).Draw(r, "what"), Who: rapid.IntRange(0, 1000).Draw(r, "who"),
		Number: rapid.IntRange(1, 200).Draw(r, "number"), Says: rapid.IntRange(0, 3).Draw(r, "says") > 0,
	}
}), 3, 7)

// A seatModel is three intakes of two institutions to which the same people applied, who have been to the tests.
type seatModel struct {
	*testStore
	staff   []User // by intake
	intakes []Intake
	people  []User
	list    []Application
	began   map[int64]int64       // the intake to which each applied, by id
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
	for runs := range seatRuns {
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
	for _, happens := range []string{
		"to_state = 'accepted' AND from_state = 'reserve'", "to_state = 'withdrawn'", "kind = 'confirmed'", "kind = 'defer_offered'",
		"kind = 'defer_moved'",
	} {
		if n := m.rows(t, "application_events WHERE "+happens); n < seatRuns/50 {
			t.Errorf("in %d runs there are only %d steps with %s", seatRuns, n, happens)
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
			if i == 2 && (run+len(m.list))%3 != 0 { // who is free to come from the first of the two
				a.State = Withdrawn
			}
			m.list = append(m.list, a)
		}
	}
	must(m.sql.Create(&m.list).Error)
	m.began = map[int64]int64{}
	for _, a := range m.list {
		m.began[a.ID] = a.IntakeID
	}
	for _, a := range m.list {
		if run == 0 {
			m.agrees(t, a)
		}
	}
	if run%4 != 0 {
		must(m.announced(2 + run%4/3))
	}
	must(m.look())
}

// announced gives each of the first n intakes somebody with a seat, another one in each, and reserves behind them, as if that
// had been announced before.
func (m *seatModel) announced(n int) error {
	for i, in := range m.intakes[:n] {
		for n := range 1 + in.ReserveSeats {
			a := &m.list[i*len(m.people)+(i+n)%len(m.people)]
			set := map[string]any{"state": Accepted, "enrol_by": m.clock().Add(72 * time.Hour)}
			if n > 0 {
				set = map[string]any{"state": Reserve, "reserve_rank": n}
			}
			event := ApplicationEvent{ApplicationID: a.ID, ActorRole: Staff, At: m.clock(), FromState: Attended,
				ToState: set["state"].(ApplicationState)}
			if err := errors.Join(m.sql.Model(a).Updates(set).Error, m.sql.Create(&event).Error); err != nil {
				return err
			}
		}
		done := Announcement{IntakeID: in.ID, AskedAt: m.clock(), AnnouncesAt: m.clock(), DoneAt: ptr(m.clock())}
		if err := m.sql.Create(&done).Error; err != nil {
			return err
		}
	}
	return nil
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
	if done, err := m.defers(t, step); done {
		return err
	}
	if done, err := m.passes(t, step, in, staff); done {
		return err
	}
	return m.Record(ctx, staff, a.Ref, Outcome{What: step.What, Reason: step.What + "_x", Text: text, Why: text})
}

// defers does what happens between the first and the last intake, which are of one programme.
func (m *seatModel) defers(t *testing.T, step seatStep) (done bool, err error) {
	t.Helper()
	n := step.Who % len(m.people)
	a := m.list[n+step.Number%2*2*len(m.people)]
	ctx, seeker, staff := t.Context(), m.people[n], m.staff[0]
	switch step.What {
	case "defer", "go":
		now := m.before[a.ID]
		to := m.intakes[0]
		if now.IntakeID == to.ID {
			to = m.intakes[2]
		}
		err = m.OfferDeferral(ctx, staff, a.Ref, to.Ref, now.Version, "Pindah.")
		if step.What == "go" && (err == nil || record.IsRefusal(err) || errors.Is(err, ErrNotFound)) {
			err = m.ConfirmDeferral(ctx, seeker, a.Ref)
		}
	case "stay":
		err = m.DeclineDeferral(ctx, seeker, a.Ref)
		if step.Says {
			err = m.TakeBackDeferral(ctx, staff, a.Ref, "Tidak jadi.")
		}
	case "ask later":
		err = m.AskDeferral(ctx, seeker, a.Ref, "Sakit.")
	default:
		return false, nil
	}
	return true, err
}

// passes lets time pass, and does what happens with it.
func (m *seatModel) passes(t *testing.T, step seatStep, in Intake, staff User) (done bool, err error) {
	t.Helper()
	switch step.What {
	case "time":
		m.pass(time.Duration(step.Number) * time.Hour)
	case "lapse":
		all(t, m.ExpireEnrolments)
		all(t, m.ExpireDeferrals)
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

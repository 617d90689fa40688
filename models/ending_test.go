package models

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"gorm.io/gorm"

	"naikkelas/models/record"
)

// ends carries the one ending out that was asked for, once its time has come.
func (s *testStore) ends(t *testing.T) {
	t.Helper()
	s.pass(takeBack)
	all(t, func(ctx context.Context) (bool, error) { return s.EndNext(ctx, s.ending(t)) })
}

// ending is the id of the latest ending, from the job that was asked for.
func (s *testStore) ending(t *testing.T) (id int64) {
	t.Helper()
	err := s.sql.Raw(`SELECT (args->>'ending_id')::bigint
		FROM river_job
		WHERE kind = 'end_applications'
		ORDER BY id DESC
		LIMIT 1`).Scan(&id).Error
	if err != nil || id == 0 {
		t.Fatalf("no job that ends: %v", err)
	}
	return id
}

// runningInstitution is staff's programme with an intake, and one that began yesterday.
func runningInstitution(t *testing.T) (s *testStore, staff User, p Programme, coming, running Intake) {
	s = newStore(t, noon)
	s.addReference(t)
	s.addReasons(t)
	staff = s.addUser(t, Staff, "staf")
	p = s.addProgramme(t, Institution{ID: *staff.InstitutionID}, nil)
	coming = s.addIntake(t, p, nil)
	running = s.addIntake(t, p, func(in *Intake) {
		in.OpensAt, in.ClosesAt = ptr(noon.AddDate(0, -1, 0)), ptr(noon.AddDate(0, 0, -3))
		in.StartsOn, in.EndsOn = ptr(record.DayOf(noon).Plus(-1).Date()), ptr(record.DayOf(noon).Plus(30).Date())
	})
	return s, staff, p, coming, running
}

// inEveryState adds one application to an intake for each state of the schema.
func (s *testStore) inEveryState(t *testing.T, in Intake) map[ApplicationState]Application {
	t.Helper()
	list := map[ApplicationState]Application{}
	for _, state := range s.allStates(t) {
		u := s.addUser(t, Seeker, "orang "+record.NewRef("x"))
		a := Application{
			Ref: record.NewRef("NK"), IntakeID: in.ID, SeekerID: u.ID, State: Submitted,
			SubmittedAt: ptr(noon), FirstSubmittedAt: ptr(noon), Version: 1, CreatedAt: noon.Add(-time.Hour), UpdatedAt: noon,
		}
		if err := s.sql.Create(&a).Error; err != nil {
			t.Fatal(err)
		}
		s.agrees(t, a)
		s.becomes(t, a, []ApplicationState{Submitted, state})
		list[state] = s.reload(t, a)
	}
	return list
}

// F073: whatever ends a course leads every live application to a state of its own with one letter, and leaves
// those that had ended alone; participants of a running course go on where the course does.
// causes are what ends a course, and what becomes of whom.
var causes = []struct {
	kind    EndKind
	act     func(s *testStore, staff, officer User, p Programme, in Intake) error
	want    ApplicationState
	running bool // whether the people of the running course end too
}{
	{EndIntakeCancelled, func(s *testStore, staff, _ User, _ Programme, in Intake) error {
		return s.CancelIntake(context.Background(), staff, in.Ref, in.Version, "Instruktur sakit.")
	}, Cancelled, false},
	{EndProgrammeClosed, func(s *testStore, staff, _ User, p Programme, _ Intake) error {
		return s.CloseProgramme(context.Background(), staff, p.Ref, p.Version, "Bengkel dijual.")
	}, Cancelled, false},
	{EndInstitutionSuspended, func(s *testStore, _, officer User, p Programme, _ Intake) error {
		return s.stepTo(officer, p, InstitutionSuspended)
	}, Deferred, false},
	{EndInstitutionRevoked, func(s *testStore, _, officer User, p Programme, _ Intake) error {
		return s.stepTo(officer, p, InstitutionRevoked)
	}, Cancelled, true},
}

func TestF073EveryLiveApplicationEndsWithItsCourse(t *testing.T) {
	for _, tt := range causes {
		t.Run(string(tt.kind), func(t *testing.T) {
			s, staff, p, coming, running := runningInstitution(t)
			ahead, inside := s.inEveryState(t, coming), s.inEveryState(t, running)
			other := s.inEveryState(t, s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK Lain"), nil), nil))
			if err := tt.act(s, staff, s.addUser(t, Officer, "rina"), p, coming); err != nil {
				t.Fatal(err)
			}
			s.ends(t)
			live := int64(0)
			for state, a := range ahead {
				got := s.reload(t, a)
				if state.Live() {
					live++
				}
				if want := map[bool]ApplicationState{true: tt.want, false: state}[state.Live()]; got.State != want {
					t.Errorf("%s became %s, want %s", state, got.State, want)
				}
				if state.Live() && got.ReasonCode != string(tt.kind) {
					t.Errorf("%s ended because of %q", state, got.ReasonCode)
				}
			}
			for state, a := range inside {
				want := state
				if holding := state == Accepted || state == Enrolled; state.Live() &&
					(tt.running || !holding && tt.kind != EndIntakeCancelled) {
					want = tt.want
					live++
				}
				if got := s.reload(t, a); got.State != want {
					t.Errorf("of the running course %s became %s, want %s", state, got.State, want)
				}
			}
			for state, a := range other {
				if got := s.reload(t, a); got.State != state {
					t.Errorf("of another institution %s became %s", state, got.State)
				}
			}
			if letters, people := s.told(t, tt.kind.Letter()); letters != live || people != live {
				t.Errorf("%d letters to %d people, want %d", letters, people, live)
			}
		})
	}
}

// stepTo is an officer's step on the institution of a programme.
func (s *testStore) stepTo(officer User, p Programme, to InstitutionState) error {
	var i Institution
	if err := s.sql.Take(&i, "id = ?", p.InstitutionID).Error; err != nil {
		return err
	}
	return s.DecideInstitution(context.Background(), officer, i.Ref, InstitutionDecision{To: to, Version: i.Version, Note: "Diperiksa."})
}

// F073: from the moment of the cancellation nothing can be done in the intake, by nobody; people may leave.
func TestF073NothingIsDoneInACancelledIntake(t *testing.T) {
	s, staff, _, coming, running := runningInstitution(t)
	for _, in := range []Intake{coming, running} {
		list := s.inEveryState(t, in)
		if err := s.CancelIntake(t.Context(), staff, in.Ref, in.Version, "Batal."); err != nil {
			t.Fatal(err)
		}
		for state, what := range map[ApplicationState]string{
			Verified: RecordAccepted, Attended: RecordReserve, Invited: RecordAttended, Reserve: RecordAccepted, Accepted: RecordEnrolled,
			Enrolled: RecordPassed,
		} {
			err := s.Record(t.Context(), staff, list[state].Ref, Outcome{What: what})
			if !errors.Is(err, ErrCourseOff) {
				t.Errorf("%s of %s: %v", what, state, err)
			}
		}
		s.pass(30 * 24 * time.Hour) // a deadline that passes meanwhile ends nothing else
		all(t, s.ExpireEnrolments)
		all(t, s.ExpireFixes)
		for _, state := range []ApplicationState{Accepted, NeedsFix} {
			if got := s.reload(t, list[state]); got.State != state {
				t.Errorf("%s became %s", state, got.State)
			}
		}
		u, err := s.User(t.Context(), list[Verified].SeekerID)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Withdraw(t.Context(), u, list[Verified].Ref, "withdraw_x", ""); err != nil {
			t.Errorf("leave it: %v", err)
		}
	}
}

// F073: a person whose course does not take place is free for another one, and is offered the open ones.
func TestF073CancelledCourseDoesNotBindAndOffersOthers(t *testing.T) {
	s, staff, p, coming, _ := runningInstitution(t)
	next := s.addIntake(t, p, nil)
	a := s.inEveryState(t, coming)[Enrolled]
	if err := s.CancelIntake(t.Context(), staff, coming.Ref, coming.Version, "Batal."); err != nil {
		t.Fatal(err)
	}
	s.ends(t)
	err := s.transact(t.Context(), "test", func(tx *Store) error {
		return tx.refuseRunningCourse(t.Context(), Application{SeekerID: a.SeekerID})
	})
	if err != nil {
		t.Errorf("another course: %v", err)
	}
	u, err := s.User(t.Context(), a.SeekerID)
	if err != nil {
		t.Fatal(err)
	}
	v, err := s.OwnApplication(t.Context(), u, a.Ref)
	if err != nil || len(v.Others) != 1 || v.Others[0].Ref != next.Ref || !v.Others[0].Same || v.ReasonText != "Batal." {
		t.Errorf("offered %+v, reason %q, %v", v.Others, v.ReasonText, err)
	}
	if in, _, err := s.OwnIntake(t.Context(), staff, coming.Ref); err != nil || in.Taken != 1 { // of who had completed
		t.Errorf("%d seats are taken, %v", in.Taken, err)
	}
}

// F073, F074: until the letters leave the act can be taken back, and then nobody hears of it; afterwards it cannot.
func TestF074CancellationIsTakenBackWhileNobodyIsTold(t *testing.T) {
	s, staff, p, coming, _ := runningInstitution(t)
	list := s.inEveryState(t, coming)
	if err := s.CancelIntake(t.Context(), staff, coming.Ref, coming.Version+1, "Batal."); !errors.Is(err, ErrStale) {
		t.Errorf("a page that was shown for another version: %v", err)
	}
	if err := s.CancelIntake(t.Context(), staff, coming.Ref, coming.Version, " "); !errors.Is(err, ErrEndReason) {
		t.Errorf("without a reason: %v", err)
	}
	if err := s.CancelIntake(t.Context(), staff, coming.Ref, coming.Version, "Batal."); err != nil {
		t.Fatal(err)
	}
	s.pass(takeBack - time.Second)
	if err := s.ResumeIntake(t.Context(), staff, coming.Ref); err != nil {
		t.Fatal(err)
	}
	all(t, func(ctx context.Context) (bool, error) { return s.EndNext(ctx, s.ending(t)) })
	if got := s.reload(t, list[Accepted]); got.State != Accepted {
		t.Errorf("taken back: %s", got.State)
	}
	coming, _ = func() (Intake, error) { var in Intake; return in, s.sql.Take(&in, "id = ?", coming.ID).Error }()
	if err := s.CancelIntake(t.Context(), staff, coming.Ref, coming.Version, "Batal lagi."); err != nil {
		t.Fatal(err)
	}
	s.pass(takeBack)
	if err := s.ResumeIntake(t.Context(), staff, coming.Ref); !errors.Is(err, ErrEndBegun) {
		t.Errorf("too late: %v", err)
	}
	if err := s.CloseProgramme(t.Context(), staff, p.Ref, p.Version, "Ditutup."); err != nil {
		t.Fatal(err)
	}
	if err := s.ReopenProgramme(t.Context(), staff, p.Ref, p.Version+1); err != nil {
		t.Fatal(err)
	}
	var endings int64
	if err := s.sql.Table("endings").Where("kind = 'programme_closed'").Count(&endings).Error; err != nil || endings != 0 {
		t.Errorf("%d endings are left, %v", endings, err)
	}
}

// F252: the request ends at once; all end by steps, the 5,001st too, and whatever breaks off in the middle
// everybody gets one letter.
func TestF252EverybodyOfACancelledIntakeIsLedOnOnce(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	staff := s.addUser(t, Staff, "staf")
	in := s.addIntake(t, s.addProgramme(t, Institution{ID: *staff.InstitutionID}, nil), nil)
	reachable := s.addCrowd(t, in, 1001, "SATU-")
	if err := s.CancelIntake(t.Context(), staff, in.Ref, in.Version, "Batal."); err != nil {
		t.Fatal(err)
	}
	if n, _ := s.told(t, "intake_cancelled"); n != 0 {
		t.Errorf("%d were told within the request", n)
	}
	ctx, crash := context.WithCancel(t.Context())
	written := 0
	err := s.sql.Callback().Create().After("gorm:create").Register("test:crash", func(tx *gorm.DB) {
		if tx.Statement.Table != "notices" {
			return
		}
		if written++; written == 5 { // in the middle of what a step writes
			crash()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	s.pass(takeBack)
	id := s.ending(t)
	for crashed := false; !crashed; {
		more, err := s.EndNext(ctx, id)
		if crashed = err != nil; !crashed && !more {
			t.Fatal("it was over before the crash")
		}
	}
	all(t, func(ctx context.Context) (bool, error) { return s.EndNext(ctx, id) })
	if letters, people := s.told(t, "intake_cancelled"); letters != reachable || people != reachable {
		t.Errorf("%d letters to %d people, want one for each of %d", letters, people, reachable)
	}
	var left int64
	if err := s.sql.Model(&Application{}).Where("state <> 'cancelled'").Count(&left).Error; err != nil || left != 0 {
		t.Errorf("%d applications are left, %v", left, err)
	}
	if more, err := s.EndNext(t.Context(), id); more || err != nil {
		t.Errorf("after the end: %v, %v", more, fmt.Sprint(err))
	}
}

package models

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"naikkelas/models/record"
)

// staffFor is a member of staff of the institution that runs an intake.
func (s *testStore) staffFor(t testing.TB, in Intake) User {
	t.Helper()
	var id int64
	if err := s.sql.Raw("SELECT institution_id FROM programmes WHERE id = ?", in.ProgrammeID).Scan(&id).Error; err != nil {
		t.Fatal(err)
	}
	u := s.addUser(t, Staff, "staf "+record.NewRef("x"))
	if err := s.sql.Model(&User{}).Where("id = ?", u.ID).Update("institution_id", id).Error; err != nil {
		t.Fatal(err)
	}
	u.InstitutionID = &id
	return u
}

// records makes steps for applicants as staff do; none may be refused.
func (s *testStore) records(t testing.TB, staff User, what string, list ...Application) {
	t.Helper()
	for _, a := range list {
		o := Outcome{What: what, Reason: what + "_x", Text: "Alasan lembaga."}
		if err := s.Record(t.Context(), staff, a.Ref, o); err != nil {
			t.Fatalf("%s for a %s: %v", what, s.reload(t, a).State, err)
		}
	}
}

// stand checks where applications stand, reserves with their rank.
func (s *testStore) stand(t testing.TB, list []Application, want ...string) {
	t.Helper()
	for i, a := range list {
		got := s.reload(t, a)
		text := string(got.State)
		if got.ReserveRank != nil {
			text += " " + string(rune('0'+*got.ReserveRank))
		}
		if text != want[i] {
			t.Errorf("application %d is %s, want %s", i, text, want[i])
		}
	}
}

// full is an intake whose seats are taken, with so many reserves.
func full(t *testing.T, quota, reserves int) (s *testStore, in Intake, staff User, list []Application) {
	t.Helper()
	s, in, _ = selecting(t, quota)
	s.addReasons(t)
	staff = s.staffFor(t, in)
	list = s.attended(t, in, quota+reserves)
	s.records(t, staff, RecordAccepted, list[:quota]...)
	s.records(t, staff, RecordReserve, list[quota:]...)
	s.announcesIntake(t, staff, in)
	return s, in, staff, list
}

// F076: a larger quota gives all its seats to reserves at once, and each has a letter and a deadline of their own.
func TestF076LargerQuotaFillsWithReserves(t *testing.T) {
	s, in, staff, list := full(t, 2, 3)
	larger := in.input()
	larger.Quota = 4
	if err := s.SaveIntake(t.Context(), staff, in.Ref, in.Version, larger, false); err != nil {
		t.Fatal(err)
	}
	s.stand(t, list, "accepted", "accepted", "accepted", "accepted", "reserve 1")
	for _, a := range list[2:4] {
		if got := s.reload(t, a); got.EnrolBy == nil || !got.EnrolBy.After(s.db.Now()) {
			t.Errorf("must enrol by %v", got.EnrolBy)
		}
	}
	if letters, people := s.told(t, "application_accepted"); letters != 4 || people != 4 {
		t.Errorf("%d letters to %d people", letters, people)
	}
}

// F076: two people who leave at once free two seats, and two reserves move up.
func TestF076TwoWhoLeaveAtOnceFreeTwoSeats(t *testing.T) {
	s, _, _, list := full(t, 3, 3)
	var group sync.WaitGroup
	errs := make([]error, 2)
	for i, a := range list[:2] {
		u, err := s.User(t.Context(), a.SeekerID)
		if err != nil {
			t.Fatal(err)
		}
		group.Go(func() { errs[i] = s.Withdraw(context.Background(), u, a.Ref, "withdraw_x", "") })
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	s.stand(t, list, "withdrawn", "withdrawn", "accepted", "accepted", "accepted", "reserve 1")
}

// F077: the seat of somebody who completed the course stays taken, and so does that of somebody who dropped out once
// it had begun, until a reserve gets it in its first days.
func TestF077SeatsOfACourseThatBeganStayTaken(t *testing.T) {
	s, in, staff, list := full(t, 2, 2)
	s.records(t, staff, RecordEnrolled, list[:2]...)
	if err := s.Record(t.Context(), staff, list[0].Ref, Outcome{What: RecordPassed}); err == nil {
		t.Error("somebody passed before the course began")
	}
	s.setNow(record.DateDay(*in.StartsOn).Plus(1).Start().Add(9 * time.Hour)) // the second course day
	s.records(t, staff, RecordDropped, list[0])
	s.stand(t, list, "dropped", "enrolled", "accepted", "reserve 1")
	s.records(t, staff, RecordEnrolled, list[2])
	s.setNow(record.DateDay(*in.StartsOn).Plus(20).Start())
	s.records(t, staff, RecordDropped, list[1])
	s.stand(t, list, "dropped", "dropped", "enrolled", "reserve 1")
	if taken, err := s.seatsTaken(t.Context(), in.ID); taken != 2 || err != nil {
		t.Errorf("%d of 2 seats are taken, %v", taken, err)
	}
	if err := s.Record(t.Context(), staff, list[3].Ref, Outcome{What: RecordAccepted}); !errors.Is(err, ErrCourseBegun) {
		t.Errorf("a reserve in the third week: %v", err)
	}
	s.setNow(record.DateDay(*in.EndsOn).Start())
	s.records(t, staff, RecordFailed, list[2])
	if taken, err := s.seatsTaken(t.Context(), in.ID); taken != 2 || err != nil {
		t.Errorf("with a result %d of 2 seats are taken, %v", taken, err)
	}
}

// F078: places in reserve are counted, and whoever stood behind somebody who left moves up.
func TestF078RanksCloseUpAndFreePlacesAreGiven(t *testing.T) {
	s, _, staff, list := full(t, 1, 3)
	u, err := s.User(t.Context(), list[2].SeekerID)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Withdraw(t.Context(), u, list[2].Ref, "withdraw_x", ""); err != nil { // the second of three
		t.Fatal(err)
	}
	s.stand(t, list, "accepted", "reserve 1", "withdrawn", "reserve 2")
	late := s.attended(t, Intake{ID: list[0].IntakeID}, 2)
	s.records(t, staff, RecordReserve, late[0])
	s.stand(t, append(list, late...), "accepted", "reserve 1", "withdrawn", "reserve 2", "reserve 3", "attended")
	if err := s.Record(t.Context(), staff, late[1].Ref, Outcome{What: RecordReserve}); !errors.Is(err, ErrReserveFull) {
		t.Errorf("a fourth reserve: %v", err)
	}
	s.records(t, staff, RecordNotSelected, list[0]) // taken out again
	s.stand(t, append(list, late...), "not_selected", "accepted", "withdrawn", "reserve 1", "reserve 2", "attended")
}

// F079: whoever gets a seat past the reserve list gets it for a reason, which those who were passed over read.
func TestF079PassingTheReserveListNeedsAReason(t *testing.T) {
	s, in, staff, list := full(t, 1, 2)
	busy := s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK Lain"), nil), nil)
	for _, a := range list[1:] { // both reserves are in another course, so a seat stays free
		b := s.attended(t, busy, 1)[0]
		s.sql.Exec("UPDATE applications SET seeker_id = ?, state = 'enrolled' WHERE id = ?", a.SeekerID, b.ID)
	}
	s.records(t, staff, RecordNotSelected, list[0])
	s.stand(t, list, "not_selected", "reserve 1", "reserve 2")
	if letters, people := s.told(t, "application_passed_over"); letters != 2 || people != 2 { // F092
		t.Errorf("%d letters to %d people who were passed over", letters, people)
	}
	other := s.attended(t, in, 1)[0]
	if err := s.Record(t.Context(), staff, other.Ref, Outcome{What: RecordAccepted}); !errors.Is(err, ErrReservesWait) {
		t.Errorf("without a reason: %v", err)
	}
	err := s.Record(t.Context(), staff, other.Ref, Outcome{What: RecordAccepted, Text: "Nilai tes tertinggi."})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list[1:] {
		if got := s.reload(t, a); got.PassedOverAt == nil || got.PassedOverReason != "Nilai tes tertinggi." {
			t.Errorf("passed over at %v for %q", got.PassedOverAt, got.PassedOverReason)
		}
	}
}

// F092: a reserve who is in another course is told once that a seat passed by, the next one gets it, and when the
// other course lets them go a seat that is free finds them without anybody's act.
func TestF092ReserveInAnotherCourseIsToldAndComesLater(t *testing.T) {
	s, _, staff, list := full(t, 1, 1)
	busy := s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK Lain"), nil), nil)
	b := s.attended(t, busy, 1)[0]
	s.sql.Exec("UPDATE applications SET seeker_id = ?, state = 'accepted' WHERE id = ?", list[1].SeekerID, b.ID)
	s.records(t, staff, RecordNotSelected, list[0])
	all(t, s.FillSeats)
	all(t, s.FillSeats)
	s.stand(t, list, "not_selected", "reserve 1")
	if letters, _ := s.told(t, "application_passed_over"); letters != 1 {
		t.Errorf("%d letters say so", letters)
	}
	s.sql.Exec("UPDATE applications SET state = 'withdrawn' WHERE id = ?", b.ID)
	all(t, s.FillSeats)
	s.stand(t, list, "not_selected", "accepted")
}

// F080: who is accepted can always meet the day for enrolling, and nobody is accepted when the course has gone on.
func TestF080EnrolmentDayIsNeverInThePast(t *testing.T) {
	for name, tt := range map[string]struct {
		days  int // from the first course day
		hour  int
		taken bool
	}{
		"weeks before":        {-12, 12, true},
		"on the last evening": {-1, 23, true},
		"on the first day":    {0, 10, true},
		"on the second day":   {1, 23, true},
		"a week later":        {7, 8, false},
	} {
		t.Run(name, func(t *testing.T) {
			s, in, _ := selecting(t, 1)
			staff := s.staffFor(t, in)
			a := s.attended(t, in, 1)[0]
			s.setNow(record.DateDay(*in.StartsOn).Plus(tt.days).Start().Add(time.Duration(tt.hour) * time.Hour))
			err := s.Record(t.Context(), staff, a.Ref, Outcome{What: RecordAccepted})
			if !tt.taken {
				if !errors.Is(err, ErrCourseBegun) {
					t.Errorf("got %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			s.announcesIntake(t, staff, in)
			if by := s.reload(t, a).EnrolBy; by == nil || by.Before(s.db.Now().Add(24*time.Hour-time.Second)) {
				t.Errorf("accepted at %s, to enrol by %v", s.db.Now(), by)
			}
		})
	}
}

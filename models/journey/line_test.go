package journey

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"naikkelas/models/record"
)

// at is a day of the test's year.
func at(month time.Month, day int) string { return fmt.Sprintf("2026-%02d-%02d", month, day) }

func (s *lineStore) is(t *testing.T, u record.User, want Station, since string) LineNow {
	t.Helper()
	l := s.line(t, u)
	if l.Station != want || since != "" && l.Since.Format(time.DateOnly) != since {
		t.Errorf("the line is %s, want %s since %s", inWords(l.Line), want, since)
	}
	s.agree(t)
	return l
}

// A person walks the line, comes back, and sets out again: what was proven stays, the rest begins anew at ready.
func TestLineOfTwoRounds(t *testing.T) {
	s := newLines(t)
	u := s.person(t, record.Seeker)
	if l := s.is(t, u, StationIdentity, at(11, 25)); !l.Untouched() {
		t.Error("a new person is not untouched")
	}
	if err := s.TellInterest(t.Context(), u, "", "juru_las", "JP"); err != nil {
		t.Fatal(err)
	}
	if l := s.is(t, u, StationIdentity, ""); l.CountryName != "Jepang" || l.Untouched() {
		t.Errorf("after telling an interest the line is %+v", l)
	}
	s.do(t, checks, u.ID, s.officers[0].ID, at(3, 1))
	s.is(t, u, StationSkill, at(3, 1))
	s.do(t, verifies, u.ID, s.name(), s.officers[0].ID, at(4, 2), at(4, 1), at(4, 1))
	s.is(t, u, StationReady, at(4, 2))
	plan := `INSERT INTO readiness_plans (ref, user_id, route, country, scheme, occupation, opened_at, needed, done)
		VALUES (?, ?, '', 'KR', '', '', ?, 15, 4)`
	s.do(t, plan, s.name(), u.ID, at(5, 1))
	if l := s.is(t, u, StationReady, at(4, 2)); l.Plan.Needed != 15 || l.Plan.Done != 4 || l.Country != "KR" {
		t.Errorf("the plan is %+v in %q", l.Plan, l.Country)
	}
	s.do(t, "UPDATE readiness_plans SET ready_at = '2026-06-01' WHERE user_id = ?", u.ID)
	s.is(t, u, StationAway, at(6, 1))
	leave := `INSERT INTO departures (ref, user_id, route, country, leaves_on, recorded_by, recorded_at)
		VALUES (?, ?, '', 'KR', '2026-07-03', ?, ?)`
	s.do(t, leave, s.name(), u.ID, u.ID, at(6, 2))
	if l := s.is(t, u, StationAway, ""); l.LeavesOn == nil {
		t.Error("the day of leaving is not known")
	}
	s.do(t, "UPDATE departures SET left_on = '2026-07-03'")
	s.do(t, "UPDATE readiness_plans SET closed_at = '2026-07-03'")
	s.is(t, u, StationWorking, at(7, 3))
	s.do(t, "UPDATE departures SET works_from = '2026-07-10'") // a day that has not come counts for nothing yet
	s.is(t, u, StationWorking, at(7, 3))
	s.do(t, "UPDATE departures SET at_work = true")
	if l := s.is(t, u, StationWorking, at(7, 10)); l.WorkingOn == nil {
		t.Errorf("who is at work is not at work: %s", inWords(l.Line))
	}
	s.do(t, "UPDATE departures SET over_at = '2026-10-01'")
	s.do(t, `INSERT INTO homecomings (ref, user_id, departure_id, returned_on, recorded_by, recorded_at)
		SELECT 'PL-1', user_id, id, '2026-10-01', user_id, '2026-10-01' FROM departures`)
	s.is(t, u, StationRise, at(10, 1))
	s.do(t, "UPDATE homecomings SET rose_on = '2026-11-01'")
	if l := s.is(t, u, StationRise, at(11, 1)); l.RiseOn == nil || l.AwayStartOn == nil {
		t.Errorf("the whole round is not shown: %s", inWords(l.Line))
	}
	s.do(t, "UPDATE homecomings SET closed_at = '2026-11-10'")
	s.do(t, plan, s.name(), u.ID, at(11, 10))
	if l := s.is(t, u, StationReady, at(11, 10)); l.ReturnOn != nil || l.WorkingOn != nil || l.SkillOn == nil || l.IdentityOn == nil {
		t.Errorf("the new round keeps too much or too little: %s", inWords(l.Line))
	}
}

// The line is entered from anywhere: by somebody who is abroad already, who just came back, or who looks at papers first.
func TestLineIsEnteredFromAnywhere(t *testing.T) {
	s := newLines(t)
	abroad, back := s.person(t, record.Seeker), s.person(t, record.Seeker)
	papers, off := s.person(t, record.Seeker), s.person(t, record.Seeker)
	leave := "INSERT INTO departures (ref, user_id, route, country, left_on, recorded_by, recorded_at) VALUES (?, ?, '', 'JP', ?, ?, ?)"
	s.do(t, leave, s.name(), abroad.ID, at(2, 3), abroad.ID, at(11, 25))
	if l := s.is(t, abroad, StationWorking, at(2, 3)); l.ReadyOn != nil || l.IdentityOn != nil || l.Untouched() {
		t.Errorf("a station that was passed over counts as reached: %s", inWords(l.Line))
	}
	s.do(t, "INSERT INTO homecomings (ref, user_id, returned_on, recorded_by, recorded_at) VALUES ('PL-1', ?, '2026-11-20', ?, ?)",
		back.ID, back.ID, at(11, 25))
	s.is(t, back, StationRise, at(11, 20))
	s.do(t, leave, s.name(), back.ID, nil, back.ID, at(11, 26)) // out again before anybody closed the homecoming
	s.is(t, back, StationAway, at(11, 26))
	s.do(t, `INSERT INTO readiness_plans (ref, user_id, route, country, scheme, occupation, opened_at) VALUES ('SP-1', ?, '', '', '', '', ?)`,
		papers.ID, at(11, 25))
	s.is(t, papers, StationReady, at(11, 25))
	s.do(t, leave, s.name(), off.ID, nil, off.ID, at(11, 25))
	s.is(t, off, StationAway, "")
	s.do(t, "UPDATE departures SET over_at = ? WHERE user_id = ?", at(11, 28), off.ID) // called off
	s.is(t, off, StationIdentity, "")
}

// Who is abroad on a day that nobody wrote down does not stand before leaving; work counts once its day has come, and who is at
// work stays there until they come back.
func TestLineOfWhoIsAbroad(t *testing.T) {
	s := newLines(t)
	u := s.person(t, record.Seeker)
	if err := s.BeginDeparture(t.Context(), u, "", "", true); err != nil {
		t.Fatal(err)
	}
	if l := s.is(t, u, StationWorking, at(11, 25)); !l.Abroad || l.AwayStartOn != nil {
		t.Errorf("who is abroad is %s", inWords(l.Line))
	}
	begins := record.DayOf(s.clock()).Plus(2).Date()
	left := record.DayOf(s.clock()).Plus(-1).Date()
	if err := s.SaveDeparture(t.Context(), u, "", 1, DepartureInput{LeftOn: &left, WorksFrom: &begins}); err != nil {
		t.Fatal(err)
	}
	begin := func() {
		t.Helper()
		if _, err := s.BeginWork(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	begin()
	if l := s.is(t, u, StationWorking, at(11, 24)); l.WorkingOn != nil {
		t.Errorf("work counts before its day: %s", inWords(l.Line))
	}
	s.moment.Add(2 * 24 * 60)
	begin()
	if l := s.is(t, u, StationWorking, at(11, 27)); l.WorkingOn == nil {
		t.Errorf("work does not count on its day: %s", inWords(l.Line))
	}
	if err := s.ComeHome(t.Context(), u, NewHomecoming{ReturnedOn: begins}); err != nil {
		t.Fatal(err)
	}
	s.is(t, u, StationRise, at(11, 27))
}

func TestOneLineIsOneRoundTrip(t *testing.T) {
	s := newLines(t)
	u := s.person(t, record.Seeker)
	for what, read := range map[string]func() error{
		"own": func() error { _, err := s.OwnLine(t.Context(), u, "id"); return err },
		"an officer's": func() error {
			_, err := s.LineForOfficer(t.Context(), s.officers[0], u.Ref, "en")
			return err
		},
	} {
		if n := s.counter.Count(func() {
			if err := read(); err != nil {
				t.Error(err)
			}
		}); n != 1 {
			t.Errorf("%s line takes %d statements", what, n)
		}
	}
	if _, err := s.LineForOfficer(t.Context(), s.officers[0], "L-TIDAKADA", "id"); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("the line of nobody: %v", err)
	}
}

// How long a station takes is said by ten people or more, else by what the desk gives itself, with its day.
func TestUsualTimeNeedsTenPeople(t *testing.T) {
	s := newLines(t)
	measured := func(n int) {
		for range n {
			u := s.person(t, record.Seeker)
			s.do(t, `INSERT INTO certificates
					(seeker_id, ref, type_code, state, method, officer_id, submitted_at, decided_at, created_at, updated_at)
				VALUES (?, ?, 'uji', 'verified', 'qr', ?, '2026-11-01', '2026-11-03 20:00', now(), now())`, u.ID, s.name(), s.officers[0].ID)
		}
		for more := true; more; {
			var err error
			if more, err = s.CheckLines(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	u := s.person(t, record.Seeker)
	s.do(t, checks, u.ID, s.officers[0].ID, s.clock())
	measured(9)
	if l := s.line(t, u); l.Usual.Days != 0 || l.Usual.Amount != 3 || l.Usual.Unit != "working_days" || l.Usual.ValidFrom == nil {
		t.Errorf("with nine people: %+v", l.Usual)
	}
	measured(1)
	if l := s.line(t, u); l.Usual.Days != 3 || l.Usual.People != 10 || l.Usual.CountedOn == nil {
		t.Errorf("with ten people: %+v", l.Usual)
	}
	var days int
	if err := s.sql.Raw("SELECT median_days FROM figures_stations WHERE station = 'skill'").Scan(&days).Error; err != nil || days != 3 {
		t.Errorf("the figures say %d: %v", days, err)
	}
}

// What somebody broke by hand is found by night, mended, and stands in the trail; what is right is left alone.
func TestCheckLinesMendsWhatDiffers(t *testing.T) {
	s := newLines(t)
	right, wrong := s.person(t, record.Seeker), s.person(t, record.Seeker)
	gone, closed := s.person(t, record.Seeker), s.person(t, record.Seeker)
	s.do(t, "UPDATE journey_lines SET station = 'rise', rise_on = '2026-01-01' WHERE user_id = ?", wrong.ID)
	s.do(t, "DELETE FROM journey_lines WHERE user_id = ?", gone.ID)
	s.do(t, "INSERT INTO station_counts VALUES ('working', 'JP', 5, 7)")
	s.do(t, "UPDATE users SET closed_at = now() WHERE id = ?", closed.ID)
	s.do(t, "INSERT INTO journey_lines (user_id, station, since, country, account_on) VALUES (?, 'skill', now(), '', now())", closed.ID)
	if more, err := s.CheckLines(t.Context()); err != nil || more {
		t.Fatalf("more %v, %v", more, err)
	}
	s.agree(t)
	var trail []string
	err := s.sql.Raw(`SELECT coalesce(person_id, 0) || ' ' || action || ' ' || detail FROM audit_rows
		WHERE action IN ('line_mended', 'station_counts_mended') ORDER BY id`).Scan(&trail).Error
	if err != nil || len(trail) != 4 {
		t.Fatalf("the trail says %q: %v", trail, err)
	}
	if want := fmt.Sprintf("%d line_mended", wrong.ID); !strings.HasPrefix(trail[0], want) || !strings.Contains(trail[0], "rise_on station") {
		t.Errorf("the trail says %q, want %q with what differed", trail[0], want)
	}
	if strings.Contains(strings.Join(trail, "\n"), fmt.Sprintf("%d line_mended", right.ID)) {
		t.Error("what was right was mended")
	}
	if more, err := s.CheckLines(t.Context()); err != nil || more {
		t.Fatal(err)
	}
	var n int64
	if err := s.sql.Raw("SELECT count(*) FROM audit_rows WHERE action LIKE '%mended'").Scan(&n).Error; err != nil || n != 4 {
		t.Errorf("a second night mended again: %d, %v", n, err)
	}
}

// The list goes on behind its last row, and a station or a country that nobody has is empty.
func TestLinesForOfficerGoOn(t *testing.T) {
	s := newLines(t)
	s.do(t, `INSERT INTO users (ref, role, name, username, password_hash, created_at, updated_at)
		SELECT 'AK-' || n, 'seeker', 'Orang ' || n, 'banyak' || n, '', timestamptz '2026-11-01 12:00+07' - n % 7 * interval '1 day', now()
		FROM generate_series(1, 120) n`)
	seen, after := map[string]bool{}, ""
	for pages := 0; pages == 0 || after != ""; pages++ {
		page, err := s.LinesForOfficer(t.Context(), s.officers[0], LineFilter{Station: StationIdentity}, after)
		if err != nil || pages > 2 {
			t.Fatalf("page %d: %v", pages, err)
		}
		for _, r := range page.Rows {
			if seen[r.Ref] {
				t.Errorf("%s is listed twice", r.Ref)
			}
			seen[r.Ref] = true
		}
		after = page.After
	}
	counts, err := s.StationCounts(t.Context(), s.officers[0])
	if err != nil || len(seen) != 120 || len(counts) != 1 || counts[0].People != 120 {
		t.Errorf("%d listed, counts %+v, %v", len(seen), counts, err)
	}
	page, err := s.LinesForOfficer(t.Context(), s.officers[0], LineFilter{Station: StationIdentity, Country: "JP"}, "")
	if err != nil || len(page.Rows) != 0 {
		t.Errorf("nobody means to go to Japan, and %d are listed: %v", len(page.Rows), err)
	}
	for _, role := range []record.Role{record.Seeker, record.Staff, record.Owner, record.Partner, record.Admin} {
		_, err := s.LinesForOfficer(t.Context(), record.User{Role: role}, LineFilter{}, "")
		_, counted := s.StationCounts(t.Context(), record.User{Role: role})
		_, one := s.LineForOfficer(t.Context(), record.User{Role: role}, "AK-1", "id")
		for _, err := range []error{err, counted, one} {
			if !errors.Is(err, record.ErrForbidden) {
				t.Errorf("%s: %v", role, err)
			}
		}
	}
}

func TestInterestIsWhatExists(t *testing.T) {
	s := newLines(t)
	u := s.person(t, record.Seeker)
	for _, c := range []struct {
		sector, occupation, country string
		want                        error
	}{
		{"las", "", "", nil}, {"tambang", "", "", ErrInterestSector}, {"", "penambang", "", ErrInterestOccupation},
		{"", "", "ZZ", ErrInterestCountry}, {"tambang", "juru_las", "KR", nil},
	} {
		if err := s.TellInterest(t.Context(), u, c.sector, c.occupation, c.country); !errors.Is(err, c.want) {
			t.Errorf("%q %q %q: %v, want %v", c.sector, c.occupation, c.country, err, c.want)
		}
	}
	i, err := s.OwnInterest(t.Context(), u)
	if err != nil || *i.SectorCode != "las" || *i.OccupationCode != "juru_las" || *i.CountryCode != "KR" || !i.ToldAt.Before(i.ChangedAt) {
		t.Errorf("the interest is %+v, %v", i, err)
	}
	if err := s.TellInterest(t.Context(), u, "", "", ""); err != nil {
		t.Fatal(err)
	}
	if l := s.line(t, u); !l.Untouched() {
		t.Errorf("taken back, it still stands on the line: %s", inWords(l.Line))
	}
	if err := s.TellInterest(t.Context(), s.officers[0], "las", "", ""); !errors.Is(err, record.ErrForbidden) {
		t.Errorf("an officer told an interest: %v", err)
	}
}

package models

import (
	"strings"
	"testing"
	"time"

	"naikkelas/internal/testdb"
	"naikkelas/models/record"
)

// reminded runs the chore until it has nothing more to do, and says whom it told what.
func (s *testStore) reminded(t *testing.T) []string {
	t.Helper()
	for more := true; more; {
		var err error
		if more, err = s.RemindApplicants(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	var list []string
	s.sql.Raw("SELECT split_part(dedupe, ':', 2) FROM notices WHERE dedupe LIKE 'reminder:%' ORDER BY id").Scan(&list)
	return list
}

// F143: before each date that ends something there is one reminder, none after it is done, one more where the date
// moves, none of a course that is called off.
func TestF143OneReminderBeforeEachDate(t *testing.T) {
	for name, tt := range map[string]struct {
		state ApplicationState
		set   map[string]any // of the application, the date 20 hours from noon
		in    map[string]any // of the intake
		code  string
	}{
		"draft":     {Draft, nil, map[string]any{"closes_at": noon.Add(20 * time.Hour)}, "draft"},
		"repair":    {NeedsFix, map[string]any{"fix_by": noon.Add(20 * time.Hour)}, nil, "fix"},
		"test":      {Invited, map[string]any{"test_at": noon.Add(20 * time.Hour), "test_place": "Bengkel"}, nil, "test"},
		"enrolment": {Accepted, map[string]any{"enrol_by": noon.Add(20 * time.Hour)}, nil, "enrol"},
		"start":     {Enrolled, nil, map[string]any{"starts_on": record.DayOf(noon).Plus(2).Date()}, "start"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t, noon)
			s.addReference(t)
			in := s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK A"), nil), nil)
			a := s.inEveryState(t, in)[tt.state]
			far := map[string]any{"fix_by": nil, "enrol_by": nil, "test_at": nil}
			must := func(err error) {
				t.Helper()
				if err != nil {
					t.Fatal(err)
				}
			}
			must(s.sql.Model(&Application{}).Where("id <> ?", a.ID).Where("state NOT IN ?", []ApplicationState{NeedsFix, Invited, Accepted}).
				Updates(far).Error)
			must(s.sql.Exec("DELETE FROM application_events WHERE application_id <> ?", a.ID).Error)
			must(s.sql.Exec("DELETE FROM applications WHERE id <> ?", a.ID).Error)
			must(s.sql.Exec(`UPDATE intakes
				SET opens_at = ?, closes_at = ?, test_on = NULL, announce_on = NULL, starts_on = ?, ends_on = ?`,
				noon.Add(-time.Hour), noon.AddDate(0, 0, 20), noon.AddDate(0, 0, 30), noon.AddDate(0, 0, 60)).Error)
			if tt.set != nil {
				must(s.sql.Model(&Application{}).Where("id = ?", a.ID).Updates(tt.set).Error)
			}
			if tt.in != nil {
				if tt.code == "start" {
					must(s.sql.Exec("UPDATE intakes SET opens_at = ?, closes_at = ?", noon.AddDate(0, 0, -9), noon.AddDate(0, 0, -5)).Error)
				}
				must(s.sql.Model(&Intake{}).Where("id = ?", in.ID).Updates(tt.in).Error)
			}
			must(s.sql.Exec("UPDATE intakes SET state = 'cancelled'").Error)
			if got := s.reminded(t); len(got) != 0 {
				t.Errorf("of a course that is called off: %v", got)
			}
			must(s.sql.Exec("UPDATE intakes SET state = 'published'").Error)
			if s.reminded(t); strings.Join(s.reminded(t), " ") != tt.code {
				t.Errorf("reminded of %v, want %s once", s.reminded(t), tt.code)
			}
			if l := s.lastLetter(t); l.Template != "reminder_"+tt.code || l.Data["When"] == "" {
				t.Errorf("the letter is %+v", l)
			}
			must(s.sql.Exec("UPDATE applications SET state = 'withdrawn'").Error)
			must(s.sql.Exec("DELETE FROM notices").Error)
			if got := s.reminded(t); len(got) != 0 {
				t.Errorf("after it is over: %v", got)
			}
		})
	}
}

// Whom was told is left out: the next rounds ask once for each kind and touch nobody. A date that moves is told anew,
// by the same keys as ever.
func TestRemindersWorkNobodyTwice(t *testing.T) {
	testdb.Beside(t)
	db, _ := testdb.Open(t)
	counted, counter := testdb.Counting(db)
	s := newStoreOn(t, counted, noon)
	s.addReference(t)
	in := s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK A"), nil), nil)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.sql.Exec("UPDATE intakes SET starts_on = ?, closes_at = ?, test_on = NULL, announce_on = NULL, ends_on = ?",
		record.DayOf(noon).Plus(2).Date(), noon.Add(20*time.Hour), noon.AddDate(0, 2, 0)).Error)
	round := func() int { return counter.Count(func() { s.reminded(t) }) }
	nobody := round()
	people := s.addCrowd(t, in, 100, "SATU-") // two of them have an address
	must(s.sql.Exec("DELETE FROM applications WHERE seeker_id IN (SELECT id FROM users WHERE email IS NULL)").Error)
	want := int64(0)
	for _, set := range []map[string]any{
		{"state": NeedsFix, "fix_by": noon.Add(20 * time.Hour)},
		{"state": Invited, "test_at": noon.Add(20 * time.Hour), "test_place": "Bengkel"},
		{"state": Accepted, "enrol_by": noon.Add(20*time.Hour + time.Minute)},
		{"state": Enrolled},
		{"state": Invited, "test_at": noon.Add(21 * time.Hour)},
		{"state": Draft},
	} {
		must(s.sql.Model(&Application{}).Where("true").Updates(set).Error)
		want += people
		if first := round(); first <= nobody || int64(len(s.reminded(t))) != want {
			t.Errorf("%v: %d queries, %d reminders, want %d", set, first, len(s.reminded(t)), want)
		}
		if again := round(); again != nobody {
			t.Errorf("%v: %d queries after all were told, %d for nobody", set, again, nobody)
		}
	}
	var key string
	must(s.sql.Raw("SELECT dedupe FROM notices WHERE dedupe LIKE 'reminder:enrol:%' ORDER BY id LIMIT 1").Scan(&key).Error)
	if at := noon.Add(20*time.Hour + time.Minute).UTC().Format(time.RFC3339); !strings.HasSuffix(key, ":"+at) {
		t.Errorf("the key is %s, want one that ends in %s, as of those who were told before", key, at)
	}
}

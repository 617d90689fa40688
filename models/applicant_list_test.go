package models

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/internal/testdb"
	"naikkelas/models/record"
)

// crowded is an intake with many applicants whom officers passed, the names in order.
func crowded(t *testing.T, people int) (s *testStore, in Intake, staff User) {
	t.Helper()
	s, in, _ = selecting(t, 20)
	s.addReasons(t)
	s.addCrowd(t, in, people, "Pendaftar")
	err := s.sql.Exec(`UPDATE applications SET state = 'attended', first_submitted_at = created_at WHERE intake_id = ?`, in.ID).Error
	if err != nil {
		t.Fatal(err)
	}
	err = s.sql.Exec(`INSERT INTO consents (user_id, kind, version, given_at, institution_id)
		SELECT a.seeker_id, ?, '1', now(), p.institution_id
		FROM applications a
		JOIN intakes n ON n.id = a.intake_id
		JOIN programmes p ON p.id = n.programme_id
		WHERE n.id = ?
		ON CONFLICT DO NOTHING`, shareKind, in.ID).Error
	if err != nil {
		t.Fatal(err)
	}
	return s, in, s.staffFor(t, in)
}

// F209: everybody is in the table, however many there are and in whatever order; a page takes as many statements as
// any other.
func TestF209TableOfApplicantsLeavesNobodyOut(t *testing.T) {
	const people = 2600
	s, in, staff := crowded(t, people)
	db, counter := testdb.Counting(s.sql)
	counted := &testStore{Store: NewStore(record.New(db, s.clock, s.db.Box(), nil))}
	for _, order := range []ApplicantQuery{{}, {Sort: "name"}, {Sort: "name", Down: true}, {Sort: "age"}, {Sort: "reserve", Down: true}} {
		seen := map[int64]bool{}
		for {
			var table ApplicantTable
			var err error
			if n := counter.Count(func() { table, err = counted.Applicants(t.Context(), staff, in.Ref, order) }); n > 6 || err != nil {
				t.Fatalf("a page takes %d statements, %v", n, err)
			}
			if table.Found != people || table.Counts["attended"] != people {
				t.Fatalf("found %d, counted %v", table.Found, table.Counts)
			}
			for _, a := range table.Items {
				if seen[a.ID] {
					t.Fatalf("%+v: %s is there twice", order, a.Name)
				}
				seen[a.ID] = true
			}
			if order.Cursor = table.Next; order.Cursor == "" {
				break
			}
		}
		if len(seen) != people {
			t.Errorf("%+v: %d of %d are in the table", order, len(seen), people)
		}
	}
}

// What is asked for is what is listed; what no page of ours sends as a cursor is the first page.
func TestApplicantsAreNarrowedByNameSchoolAndState(t *testing.T) {
	s, in, _ := selecting(t, 20)
	staff := s.staffFor(t, in)
	list := s.attended(t, in, 4)
	for i, name := range []string{"Ani Lestari", "Budi Santoso", "Citra Lestari", "Dewi"} {
		s.sql.Exec("UPDATE users SET name = ? WHERE id = ?", name, list[i].SeekerID)
	}
	s.put(t, list[3], Accepted, nil)
	find := func(q ApplicantQuery) (names []string) {
		table, err := s.Applicants(t.Context(), staff, in.Ref, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range table.Items {
			names = append(names, a.Name)
		}
		if int(table.Found) != len(names) {
			t.Errorf("%+v: %d found, %d listed", q, table.Found, len(names))
		}
		return names
	}
	for name, tt := range map[string]struct {
		q    ApplicantQuery
		want []string
	}{
		"by name":   {ApplicantQuery{Filter: ApplicantFilter{Text: "lestari"}, Sort: "name"}, []string{"Ani Lestari", "Citra Lestari"}},
		"by number": {ApplicantQuery{Filter: ApplicantFilter{Text: list[1].Ref}}, []string{"Budi Santoso"}},
		"by state":  {ApplicantQuery{Filter: ApplicantFilter{List: "accepted"}}, []string{"Dewi"}},
		"by school": {ApplicantQuery{Filter: ApplicantFilter{Education: "D3"}}, nil},
		"no name":   {ApplicantQuery{Filter: ApplicantFilter{Text: "%"}}, nil},
		"down": {
			ApplicantQuery{Sort: "name", Down: true, Filter: ApplicantFilter{List: "attended", Text: "e"}},
			[]string{"Citra Lestari", "Ani Lestari"},
		},
		"forged":       {ApplicantQuery{Sort: "age", Cursor: "bm8.1", Filter: ApplicantFilter{Text: "dewi"}}, []string{"Dewi"}},
		"forged twice": {ApplicantQuery{Sort: "name", Cursor: "AAA.zz", Filter: ApplicantFilter{Text: "dewi"}}, []string{"Dewi"}},
	} {
		if got := find(tt.q); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// An act for many is done for each by the rules of one, goes on where it broke off, and names those for whom it could
// not be done. The same form sent twice is one act.
func TestActForManyIsDoneForEachAndNamesTheRest(t *testing.T) {
	s, in, staff := crowded(t, 250)
	s.sql.Exec("UPDATE applications SET state = 'verified' WHERE intake_id = ?", in.ID)
	s.sql.Exec("UPDATE applications SET state = 'enrolled' WHERE id = (SELECT max(id) FROM applications)")
	input := SelectionInput{
		Token: uuid.NewString(), Act: SelectInvited, At: s.clock().Add(72 * time.Hour), Place: "Bengkel",
		Chosen: Chosen{All: true, Count: 250},
	}
	stale := input
	stale.Chosen.Count = 249
	if _, err := s.Select(t.Context(), staff, in.Ref, stale); !errors.Is(err, ErrStale) {
		t.Errorf("a list that grew meanwhile: %v", err)
	}
	run, err := s.Select(t.Context(), staff, in.Ref, input)
	if err != nil || run.Done != manyStep || run.EndedAt != nil {
		t.Fatalf("at once %d are done, %v", run.Done, err)
	}
	again, err := s.Select(t.Context(), staff, in.Ref, input)
	if err != nil || again.ID != run.ID || s.rows(t, "selection_runs") != 1 {
		t.Errorf("pressed twice: run %d and %d, %v", run.ID, again.ID, err)
	}
	all(t, func(ctx context.Context) (bool, error) { return s.SelectNext(ctx, run.ID) })
	done, _, _, err := s.Selection(t.Context(), staff, in.Ref, run.Ref)
	if err != nil || done.EndedAt == nil || len(done.Failures) != 1 || done.Failures[0].Name == "" || done.Failures[0].Key != ErrNotNow.Key {
		t.Fatalf("it ended as %+v, %v", done.Failures, err)
	}
	if n := s.rows(t, "applications WHERE state = 'invited'"); n != 249 {
		t.Errorf("%d are invited", n)
	}
	if letters, people := s.told(t, "application_invited"); letters != people || people == 0 {
		t.Errorf("%d letters to %d people", letters, people)
	}
}

// Nobody acts for applicants who are not theirs, and a mistake in what is asked leaves no trace.
func TestActForManyIsRefusedAsAWhole(t *testing.T) {
	s, in, staff := crowded(t, 3)
	var refs []string
	s.sql.Raw("SELECT ref FROM applications ORDER BY id").Scan(&refs)
	other := s.staffFor(t, s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK Lain"), nil), nil))
	viewer := staff
	viewer.MaySelect = false
	ask := func(who User, change func(*SelectionInput)) error {
		input := SelectionInput{Token: uuid.NewString(), Act: RecordNotSelected, Reason: "not_selected_x", Chosen: Chosen{Refs: refs}}
		change(&input)
		_, err := s.Select(t.Context(), who, in.Ref, input)
		return err
	}
	for name, tt := range map[string]struct {
		who    User
		change func(*SelectionInput)
		want   error
	}{
		"without the right":   {viewer, func(*SelectionInput) {}, ErrForbidden},
		"another institution": {other, func(*SelectionInput) {}, ErrNotFound},
		"a stranger's number": {staff, func(f *SelectionInput) { f.Chosen.Refs = append([]string{"NK-LAIN0000"}, refs...) }, ErrNotFound},
		"nobody":              {staff, func(f *SelectionInput) { f.Chosen = Chosen{} }, ErrNobodyChosen},
		"an unknown act":      {staff, func(f *SelectionInput) { f.Act = RecordPassed }, ErrOutcome},
		"no reason":           {staff, func(f *SelectionInput) { f.Reason = "" }, ErrOutcomeReason},
		"a test in the past":  {staff, func(f *SelectionInput) { f.Act, f.At, f.Place = SelectInvited, s.clock(), "Bengkel" }, ErrTestPast},
		"a test without a place": {staff, func(f *SelectionInput) {
			f.Act, f.At = SelectInvited, s.clock().Add(time.Hour)
		}, ErrTestPlace},
	} {
		if err := ask(tt.who, tt.change); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	if n := s.rows(t, "selection_runs"); n != 0 {
		t.Errorf("%d acts were kept", n)
	}
}

// A note is the team's: colleagues who select read it, others of the institution and strangers do not, and its person
// gets it in their copy when the outcome is known.
func TestTeamNotesAreTheTeamsAlone(t *testing.T) {
	s, in, _ := selecting(t, 1)
	staff := s.staffFor(t, in)
	a := s.attended(t, in, 1)[0]
	token := uuid.NewString()
	for range 2 {
		if err := s.AddNote(t.Context(), staff, a.Ref, token, " Teliti.\r\nRapi. "); err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.Notes(t.Context(), staff, a.Ref)
	if err != nil || len(list) != 1 || list[0].Body != "Teliti.\nRapi." || list[0].AuthorName != staff.Name {
		t.Fatalf("colleagues read %+v, %v", list, err)
	}
	if got, _, _, err := s.Applicant(t.Context(), staff, a.Ref); err != nil || got.Notes != 1 {
		t.Errorf("the page counts %d, %v", got.Notes, err)
	}
	other := s.staffFor(t, s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK Lain"), nil), nil))
	editor := staff
	editor.MaySelect, editor.MayEdit = false, true
	for name, who := range map[string]struct {
		User
		want error
	}{
		"another institution": {other, ErrNotFound}, "an editor": {editor, ErrForbidden},
		"an officer": {s.addUser(t, Officer, "o"), ErrForbidden},
	} {
		_, err := s.Notes(t.Context(), who.User, a.Ref)
		if added := s.AddNote(t.Context(), who.User, a.Ref, uuid.NewString(), "x"); !errors.Is(err, who.want) || !errors.Is(added, who.want) {
			t.Errorf("%s: reads %v, writes %v", name, err, added)
		}
	}
	if err := s.AddNote(t.Context(), staff, a.Ref, uuid.NewString(), " "); !errors.Is(err, ErrNoteMissing) {
		t.Errorf("nothing: %v", err)
	}
	person, err := s.User(t.Context(), a.SeekerID)
	if err != nil {
		t.Fatal(err)
	}
	copied := func() string {
		parts, err := s.MyData(t.Context(), person)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range parts {
			if part.Name == "application_notes" {
				return string(part.Rows)
			}
		}
		return ""
	}
	if text := copied(); strings.Contains(text, "Teliti") {
		t.Errorf("before the outcome the copy says %s", text)
	}
	s.put(t, a, NotSelected, nil)
	if text := copied(); !strings.Contains(text, "Teliti") {
		t.Errorf("after it the copy says %s", text)
	}
}

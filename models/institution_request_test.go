package models

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"naikkelas/internal/testdb"
	"naikkelas/models/record"
)

// addRequests adds requests in a state that were sent, and decided where the state says so, so long ago.
func (s *testStore) addRequests(t *testing.T, n int, state RequestState, ago time.Duration) {
	t.Helper()
	decided := "NULL"
	if state == RequestRefused {
		decided = "CAST(@at AS timestamptz)"
	}
	err := s.sql.Exec(`INSERT INTO institution_requests
		(ref, form_token, state, language, applicant_name, applicant_email, name, created_at, updated_at, submitted_at, decided_at)
		SELECT @state || '-' || n, gen_random_uuid(), @state, 'id', 'Sari', 's' || n || '@contoh.example', 'LPK ' || n, @at, @at,
			CAST(@at AS timestamptz) + n * interval '1 second', `+decided+`
		FROM generate_series(1, CAST(@n AS int)) n`, map[string]any{"state": string(state), "at": s.db.Now().Add(-ago), "n": n}).Error
	if err != nil {
		t.Fatal(err)
	}
}

// looker is an officer who looks at institutions.
func (s *testStore) looker(t *testing.T) User {
	t.Helper()
	officer := s.addUser(t, Officer, "rina")
	if err := s.GiveDuty(t.Context(), s.addUser(t, Admin, "admin"), officer.Ref, DutyInstitutions, "Uji"); err != nil {
		t.Fatal(err)
	}
	return officer
}

// Lists of requests and of changes go on from page to page, each request once, in as many queries however long they are.
func TestRequestsGoOnFromPageToPageInFewQueries(t *testing.T) {
	s := newStore(t, noon)
	officer := s.looker(t)
	s.addRequests(t, 120, RequestSubmitted, time.Hour)
	db, count := testdb.Counting(s.sql)
	counted := NewStore(record.New(db, s.clock, s.db.Box(), nil))
	var seen []string
	cursor, pages := "", 0
	for pages == 0 || cursor != "" {
		n := count.Count(func() {
			page, err := counted.InstitutionRequests(t.Context(), officer, RequestSubmitted, cursor)
			if err != nil || page.Counts[RequestSubmitted] != 120 {
				t.Fatalf("%v, %v", page.Counts, err)
			}
			for _, r := range page.Items {
				seen = append(seen, r.Name)
			}
			cursor = page.Next
		})
		if pages++; n > 3 {
			t.Errorf("%d queries", n)
		}
	}
	unique := slices.Compact(slices.Sorted(slices.Values(seen)))
	if pages != 3 || len(seen) != 120 || len(unique) != 120 || seen[0] != "LPK 1" {
		t.Errorf("%d pages, %d requests, %d of them once, the first is %s", pages, len(seen), len(unique), seen[0])
	}
	n := count.Count(func() {
		if _, err := counted.RequestForOfficer(t.Context(), officer, "submitted-7"); err != nil {
			t.Error(err)
		}
	})
	if n > 8 {
		t.Errorf("a request takes %d queries", n)
	}
	n = count.Count(func() {
		if _, err := counted.LicenceChanges(t.Context(), officer, ""); err != nil {
			t.Error(err)
		}
	})
	if n > 2 {
		t.Errorf("changes take %d queries", n)
	}
}

// What was never sent goes first, a refusal after a year; what waits for officers stays.
func TestRequestsAreKeptForTheirTerms(t *testing.T) {
	s := newStore(t, noon)
	const day = 24 * time.Hour
	s.addRequests(t, 1, RequestSubmitted, 2000*day)
	s.addRequests(t, 1, RequestRefused, 366*day)
	s.addRequests(t, 1, RequestAsked, 59*day)
	left := func() string {
		t.Helper()
		if _, err := s.ApplyRetention(t.Context()); err != nil {
			t.Fatal(err)
		}
		var states []string
		if err := s.sql.Raw("SELECT state FROM institution_requests ORDER BY state").Scan(&states).Error; err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(states)
	}
	if got := left(); got != "[asked submitted]" {
		t.Errorf("kept are %s", got)
	}
	s.sql.Exec("UPDATE institution_requests SET updated_at = updated_at - interval '2 days' WHERE state = 'asked'")
	if got := left(); got != "[submitted]" {
		t.Errorf("kept are %s", got)
	}
}

// A private institution needs its numbers, a licence and its paper; the city's own centre has none. Whatever is missing is named.
func TestMissingOfARequestFollowsItsKind(t *testing.T) {
	yes, no, city := true, false, "31.74"
	whole := RequestContent{
		Kind: "lpk", Name: "LPK", LicenceData: LicenceData{NIB: "1234567890123", LicenseNo: "1"}, SOPermit: &no, Street: "Jl. 1",
		RegencyCode: &city, ResponsiblePerson: "Budi", ComplaintContact: "0812",
	}
	paper := []PagedPaper{{InstitutionPaper: InstitutionPaper{Kind: PaperLicence, State: UploadReady}}}
	broken := []PagedPaper{{InstitutionPaper: InstitutionPaper{Kind: PaperLicence, State: UploadRefused}}}
	for name, tt := range map[string]struct {
		change func(*RequestContent)
		state  RequestState
		papers []PagedPaper
		want   []string
	}{
		"whole":            {func(*RequestContent) {}, RequestBegun, paper, nil},
		"no paper":         {func(*RequestContent) {}, RequestBegun, nil, []string{PaperLicence}},
		"a refused paper":  {func(*RequestContent) {}, RequestBegun, broken, []string{PaperLicence}},
		"the city's own":   {func(c *RequestContent) { c.Kind, c.NIB, c.LicenseNo = "ppkd", "", "" }, RequestBegun, nil, nil},
		"no number":        {func(c *RequestContent) { c.NIB = "" }, RequestBegun, paper, []string{"nib"}},
		"a permit":         {func(c *RequestContent) { c.SOPermit = &yes }, RequestBegun, paper, []string{"so_permit_no"}},
		"no scope":         {func(c *RequestContent) { c.AccreditationNo = "2" }, RequestBegun, paper, []string{"accreditation_scope"}},
		"asked, no answer": {func(*RequestContent) {}, RequestAsked, paper, []string{"answer"}},
	} {
		r := InstitutionRequest{State: tt.state, RequestContent: whole}
		tt.change(&r.RequestContent)
		if got := r.Missing(tt.papers); !slices.Equal(got, tt.want) {
			t.Errorf("%s: missing %v, want %v", name, got, tt.want)
		}
	}
}

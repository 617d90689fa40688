package models

import (
	"context"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
)

// ApplicantsPageSize is how many applicants one page of an intake's table has.
const ApplicantsPageSize = 50

// The lists of an intake's applicants beside those that are named after a state.
const (
	ApplicantsWaiting = "waiting" // what was recorded of them is not announced yet
	ApplicantsOver    = "over"    // the course is over for them
	ApplicantsLeft    = "left"    // they left, or their course did not take place
)

// ApplicantLists are the lists into which an intake's applicants fall, in the order of what happens; each is in one.
var ApplicantLists = []string{
	string(Verified), string(Invited), string(Attended), ApplicantsWaiting, string(Accepted), string(Reserve), string(NotSelected),
	string(Absent), string(Enrolled), ApplicantsOver, ApplicantsLeft,
}

// applicantList is the SQL of the list in which an applicant is.
var applicantList = `CASE
	WHEN d.id IS NOT NULL AND ` + endedStates.notIn("a.state") + ` THEN '` + ApplicantsWaiting + `'
	WHEN ` + stateList{Completed, Dropped}.in("a.state") + ` THEN '` + ApplicantsOver + `'
	WHEN ` + leftStates.in("a.state") + ` THEN '` + ApplicantsLeft + `'
	ELSE a.state END`

// ApplicantFilter narrows an intake's applicants; empty fields narrow nothing.
type ApplicantFilter struct {
	List      string // one of ApplicantLists
	Text      string // part of the name, or the application's reference
	Education string // the code of a level
	Lowest    string // the lowest total, as a number with a point
}

// Narrows says whether the filter leaves anybody out.
func (f ApplicantFilter) Narrows() bool { return f != ApplicantFilter{} }

// An applicantSort is an order of the table: the SQL of its key, and the type to which a cursor's text is cast.
type applicantSort struct{ code, key, kind string }

// applicantSorts are the orders that can be asked for, the usual first. Rows of the same key stand in the order of ids.
var applicantSorts = []applicantSort{
	{"rank", "-coalesce(sc.total, -1)", "numeric"},
	{"sent", "coalesce(a.first_submitted_at, a.created_at)", "timestamptz"},
	{"name", "f_fold(coalesce(ci.name, u.name))", "text"},
	{"age", "coalesce(ci.birth_date, pr.birth_date, '9999-12-31')", "date"},
	{"reserve", "coalesce(a.reserve_rank, 0)", "int"},
}

// ApplicantSorts are the codes of the orders in which applicants can be listed.
func ApplicantSorts() []string {
	codes := make([]string, len(applicantSorts))
	for i, o := range applicantSorts {
		codes[i] = o.code
	}
	return codes
}

// sortNamed is an order by its code. The usual one is by rank where there are scores, else by when people applied.
func sortNamed(code string, scoring Scoring) applicantSort {
	i := slices.IndexFunc(applicantSorts, func(o applicantSort) bool { return o.code == code })
	switch {
	case i >= 0:
		return applicantSorts[i]
	case scoring.Scored > 0:
		return applicantSorts[0]
	}
	return applicantSorts[1]
}

// ApplicantQuery says what of an intake's table is shown.
type ApplicantQuery struct {
	Filter ApplicantFilter
	Sort   string // one of ApplicantSorts; the usual where it is none of them
	Down   bool   // the other way round
	Cursor string // where the page before ended
}

// ApplicantTable is a page of an intake's applicants.
type ApplicantTable struct {
	Intake    PublicIntake
	Programme Programme
	Scoring   Scoring
	Sort      string // the order in which they are
	Items     []Applicant
	Counts    map[string]int64 // by list
	Found     int64            // how many the filter finds
	Next      string           // the cursor of the next page, empty on the last
}

// All is how many applicants the intake has, whatever the filter.
func (t ApplicantTable) All() (n int64) {
	for _, count := range t.Counts {
		n += count
	}
	return n
}

// Applicants lists the applicants of an intake of the acting staff's institution whom officers passed, a page at a
// time. It takes five queries after the intake's, however many there are.
func (s *Store) Applicants(ctx context.Context, actor User, intakeRef string, q ApplicantQuery) (t ApplicantTable, err error) {
	if !actor.Selects() {
		return t, ErrForbidden
	}
	if t.Intake, t.Programme, err = s.OwnIntake(ctx, actor, intakeRef); err != nil {
		return t, err
	}
	if t.Scoring, err = s.scoringOf(ctx, t.Intake.Intake); err != nil {
		return t, err
	}
	order := sortNamed(q.Sort, t.Scoring)
	t.Sort = order.code
	after, direction := ">", ""
	if q.Down {
		after, direction = "<", " DESC"
	}
	columns := []string{"sc.total", "sc.rank", "coalesce(sc.tied, 0) AS tied", "CAST(" + order.key + " AS text) AS sorted_by"}
	rows := ranked(s.applicants(ctx, actor, columns...), t.Intake.ID)
	rows = filterApplicants(rows, q.Filter).Order(order.key + direction + ", a.id" + direction).Limit(ApplicantsPageSize + 1)
	if key, id, ok := order.readCursor(q.Cursor); ok {
		rows = rows.Where("("+order.key+", a.id) "+after+" (CAST(? AS "+order.kind+"), ?)", key, id)
	}
	if err := rows.Scan(&t.Items).Error; err != nil {
		return t, err
	}
	if len(t.Items) > ApplicantsPageSize {
		t.Items = t.Items[:ApplicantsPageSize]
		last := t.Items[ApplicantsPageSize-1]
		t.Next = base64.RawURLEncoding.EncodeToString([]byte(last.SortedBy)) + "." + strconv.FormatInt(last.ID, 36)
	}
	return t, s.countApplicants(ctx, actor, q.Filter, &t)
}

// readCursor reads where a page ended. What the database could not read as a key is no cursor.
func (o applicantSort) readCursor(cursor string) (key string, id int64, ok bool) {
	first, second, found := strings.Cut(cursor, ".")
	plain, err := base64.RawURLEncoding.DecodeString(first)
	id, err2 := strconv.ParseInt(second, 36, 64)
	if !found || err != nil || err2 != nil {
		return "", 0, false
	}
	key = string(plain)
	switch o.kind {
	case "timestamptz", "date":
		layout := "2006-01-02 15:04:05.999999-07"
		if o.kind == "date" {
			layout = time.DateOnly
		}
		day, err := time.Parse(layout, key)
		return key, id, err == nil && day.Year() > 0 // the database knows no year 0
	case "int":
		_, err = strconv.Atoi(key)
	case "numeric":
		_, err = strconv.ParseFloat(key, 64)
		ok = !strings.ContainsAny(key, "xXpPiInN_") // what Go reads beside numbers
		return key, id, ok && err == nil
	default:
		ok = utf8.ValidString(key) && !strings.ContainsRune(key, 0)
		return key, id, ok
	}
	return key, id, err == nil
}

// ranked narrows rows of applicants to those of an intake, with their totals and ranks as sc.
func ranked(q *gorm.DB, intakeID int64) *gorm.DB {
	return q.Joins("LEFT JOIN "+ranking+" sc ON sc.application_id = a.id", intakeID, intakeID, intakeID).Where("a.intake_id = ?", intakeID)
}

// filterApplicants narrows what ranked selects.
func filterApplicants(q *gorm.DB, f ApplicantFilter) *gorm.DB {
	if f.List != "" {
		q = q.Where(applicantList+" = ?", f.List)
	}
	if f.Education != "" {
		q = q.Where("el.code = ?", f.Education)
	}
	if lowest, err := strconv.ParseFloat(f.Lowest, 64); err == nil {
		q = q.Where("sc.total >= ?", lowest)
	}
	text := strings.TrimSpace(f.Text)
	if text == "" {
		return q
	}
	patterns := namePatterns(text)
	if len(patterns) == 0 {
		return q.Where("false")
	}
	named := make([]string, len(patterns))
	args := []any{typedRef("NK", text)}
	for i, pattern := range patterns {
		named[i] = "f_fold(coalesce(ci.name, u.name)) LIKE ?"
		args = append(args, pattern)
	}
	return q.Where("(a.ref = ? OR "+strings.Join(named, " AND ")+")", args...)
}

// countApplicants adds how many applicants are in each list, and how many the filter finds.
func (s *Store) countApplicants(ctx context.Context, actor User, f ApplicantFilter, t *ApplicantTable) error {
	var rows []struct {
		List string
		N    int64
	}
	err := s.applicantsFrom(ctx, actor).Where("a.intake_id = ?", t.Intake.ID).
		Select(applicantList + " AS list, count(*) AS n").Group(applicantList).Scan(&rows).Error
	if err != nil {
		return err
	}
	t.Counts = make(map[string]int64, len(rows))
	for _, r := range rows {
		t.Counts[r.List] = r.N
	}
	switch only := (ApplicantFilter{List: f.List}); {
	case !f.Narrows():
		t.Found = t.All()
	case f == only:
		t.Found = t.Counts[f.List]
	default:
		err = filterApplicants(ranked(s.applicantsFrom(ctx, actor), t.Intake.ID), f).Count(&t.Found).Error
	}
	return err
}

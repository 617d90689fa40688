package models

import (
	"context"
	"time"

	"naikkelas/models/record"
)

// ApplicantLine is a line of the file of an intake's applicants: what their table shows, never NIK, address or files.
type ApplicantLine struct {
	ID           int64
	SeekerID     int64
	Ref          string
	Name         string
	BirthDate    *time.Time
	Education    Text `gorm:"embedded;embeddedPrefix:education_"`
	Phone        string
	SentAt       time.Time
	State        ApplicationState
	TestAt       *time.Time
	ReserveRank  *int
	Attended     bool // the test
	Enrolled     bool
	CourseResult *string
	Reason       string // why they dropped out
	Pending      string // the outcome that is not announced yet, empty for none
	Assessment   *string
	AssessmentOn *time.Time
	LSP          string
	Number       string   // of the LSP's paper
	Total        *float64 `gorm:"-"`
	Rank         *int     `gorm:"-"`
}

// exportLook is how many applicants of a file are read, and noted as seen, at once.
const exportLook = 2000

// ExportApplicants gives every applicant of an intake of the acting staff's institution whom their table shows, in the order
// of their applications. Each of them can read that they were in a file: it is noted before the line is given. It holds
// one page of them at a time, and the scores of all.
func (s *Store) ExportApplicants(ctx context.Context, actor User, intakeRef string, each func(ApplicantLine) error) error {
	if !actor.Selects() {
		return ErrForbidden
	}
	in, _, err := s.OwnIntake(ctx, actor, intakeRef)
	if err != nil {
		return err
	}
	totals, err := s.totals(ctx, in.ID)
	if err != nil {
		return err
	}
	last := int64(0)
	for {
		list, err := s.applicantLines(ctx, actor, in.ID, last)
		if err != nil || len(list) == 0 {
			return err
		}
		acts := make([]record.Act, len(list))
		for i, a := range list {
			acts[i] = record.Act{Action: "applicants_downloaded", SubjectKind: "application", SubjectID: a.ID, PersonID: a.SeekerID}
		}
		if err := s.db.Audit(ctx, actor, acts...); err != nil {
			return err
		}
		for _, a := range list {
			if t, ok := totals[a.ID]; ok {
				a.Total, a.Rank = &t.Total, &t.Rank
			}
			if err := each(a); err != nil {
				return err
			}
		}
		if len(list) < exportLook {
			return nil
		}
		last = list[len(list)-1].ID
	}
}

// applicantLines is a page of the file, from after an application on.
func (s *Store) applicantLines(ctx context.Context, actor User, intakeID, after int64) (list []ApplicantLine, err error) {
	happened := func(state ApplicationState) string {
		return "EXISTS (SELECT 1 FROM application_events e WHERE e.application_id = a.id AND e.to_state = '" + string(state) + "')"
	}
	err = s.applicantsFrom(ctx, actor).Where("a.intake_id = ? AND a.id > ?", intakeID, after).
		Select(`a.id, a.seeker_id, a.ref, coalesce(ci.name, u.name) AS name, coalesce(ci.birth_date, pr.birth_date) AS birth_date,
			el.name_id AS education_id, el.name_en AS education_en, coalesce(u.phone, '') AS phone,
			coalesce(a.first_submitted_at, a.created_at) AS sent_at, a.state, a.test_at, a.reserve_rank, a.course_result,
			CASE a.state WHEN 'dropped' THEN a.reason_code ELSE '' END AS reason, coalesce(d.arguments->>'What', '') AS pending,
			a.assessment, a.assessment_on, a.assessment_lsp AS lsp, a.assessment_number AS number,
			` + happened(Attended) + " AS attended, " + happened(Enrolled) + " AS enrolled").
		Order("a.id").Limit(exportLook).Scan(&list).Error
	return list, err
}

// total is what somebody reached in all criteria, and where that stands among all.
type total struct {
	ApplicationID int64
	Total         float64
	Rank          int
}

// totals are those of an intake, by application.
func (s *Store) totals(ctx context.Context, intakeID int64) (map[int64]total, error) {
	var list []total
	err := s.db.With(ctx).Raw("SELECT application_id, total, rank FROM "+ranking+" sc", intakeID, intakeID, intakeID).Scan(&list).Error
	totals := make(map[int64]total, len(list))
	for _, t := range list {
		totals[t.ApplicationID] = t
	}
	return totals, err
}

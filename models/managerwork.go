package models

import (
	"context"

	"naikkelas/models/record"
)

// ManagerWork is what waits for an institution's staff, in numbers and programmes.
type ManagerWork struct {
	Drafts, Returned, Submitted, Published int64
	Verified, Attended, Accepted           int64        // applicants to invite or select, to decide, to enrol
	Intakes                                []WorkIntake `gorm:"-"`
}

// WorkIntake is an intake with applicants, the next to start first.
type WorkIntake struct {
	Intake
	Title      string
	Applicants int64
	Taken      int64
}

// Work counts what waits for the acting staff's institution. It takes three queries.
func (s *Store) Work(ctx context.Context, actor User) (ManagerWork, error) {
	var w ManagerWork
	if !actor.Manages() {
		return w, ErrForbidden
	}
	db := s.db.With(ctx)
	err := db.Raw(`SELECT count(*) FILTER (WHERE state = 'draft' AND refusal_code = '') AS drafts,
			count(*) FILTER (WHERE refusal_code <> '' AND (state = 'draft' OR pending_state = 'draft')) AS returned,
			count(*) FILTER (WHERE state = 'submitted' OR pending_state = 'submitted') AS submitted,
			count(*) FILTER (WHERE state = 'published') AS published
		FROM programmes
		WHERE institution_id = ?`, *actor.InstitutionID).Scan(&w).Error
	if err != nil {
		return w, err
	}
	err = db.Raw(`SELECT count(*) FILTER (WHERE a.state = 'verified') AS verified,
			count(*) FILTER (WHERE a.state = 'attended') AS attended,
			count(*) FILTER (WHERE a.state = 'accepted') AS accepted
		FROM applications a
		JOIN intakes n ON n.id = a.intake_id
		JOIN programmes p ON p.id = n.programme_id
		WHERE p.institution_id = ?
			AND a.state IN ('verified', 'attended', 'accepted')`, *actor.InstitutionID).Scan(&w).Error
	if err != nil {
		return w, err
	}
	err = db.Raw(`SELECT n.*, p.title,
			(SELECT count(*)
				FROM applications a
				WHERE a.intake_id = n.id
					AND `+refusedStates.notIn("a.state")+`
					AND `+leftStates.notIn("a.state")+`) AS applicants,
			`+intakeTaken+` AS taken
		FROM intakes n
		JOIN programmes p ON p.id = n.programme_id
		WHERE p.institution_id = ?
			AND n.state = 'published'
			AND n.ends_on >= ?
		ORDER BY n.starts_on, n.id
		LIMIT 30`, *actor.InstitutionID, record.DayOf(s.db.Now()).Date()).Scan(&w.Intakes).Error
	return w, err
}

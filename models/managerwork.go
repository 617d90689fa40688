package models

import (
	"context"
	"time"

	"naikkelas/models/record"
)

// ManagerWork is what waits for an institution's staff, in numbers and programmes.
type ManagerWork struct {
	WorkCounts
	Intakes []WorkIntake
}

// WorkCounts are the numbers of an institution's first page. Each has its list: of programmes (OwnFilter), or of the
// intakes in which the applicants are.
type WorkCounts struct {
	Drafts, Returned, Submitted, Approved, Published int64
	Verified, Attended, Accepted                     int64 // applicants to invite or select, to decide, to enrol
}

// WorkIntake is an intake with applicants, the next to start first.
type WorkIntake struct {
	Intake
	Title      string
	Applicants int64
	Taken      int64
	// Verified, Attended and Accepted are the applicants to invite or select, to decide, and to enrol.
	Verified, Attended, Accepted int64
}

// NextDate is the next day in an intake's life after a moment: its field as on the form, and the moment itself; nil
// when its course is over or no such day is known.
func (in Intake) NextDate(now time.Time) (field string, at *time.Time) {
	end := func(day *time.Time) *time.Time {
		if day == nil {
			return nil
		}
		last := record.DateDay(*day).End()
		return &last
	}
	for _, next := range []struct {
		field    string
		at, past *time.Time
	}{
		{"opens", in.OpensAt, in.OpensAt}, {"closes", in.ClosesAt, in.ClosesAt}, {"test", in.TestOn, end(in.TestOn)},
		{"announce", in.AnnounceOn, end(in.AnnounceOn)}, {"starts", in.StartsOn, end(in.StartsOn)}, {"ends", in.EndsOn, end(in.EndsOn)},
	} {
		if next.at != nil && now.Before(*next.past) {
			return next.field, next.at
		}
	}
	return "", nil
}

// workStates are the states of applicants that an institution's first page counts.
var workStates = stateList{Verified, Attended, Accepted}

// Work counts what waits for the acting staff's institution, and lists its intakes: those that run or will, or with
// one of the states that are counted, those where applicants are in it. It takes two queries.
func (s *Store) Work(ctx context.Context, actor User, state ApplicationState) (ManagerWork, error) {
	var w ManagerWork
	if !actor.Manages() {
		return w, ErrForbidden
	}
	// One statement: a second Scan into the same struct would empty what the first one put there.
	err := s.db.With(ctx).Raw(`SELECT *
		FROM (SELECT count(*) FILTER (WHERE `+ownLists[OwnDraft]+`) AS drafts,
				count(*) FILTER (WHERE `+ownLists[OwnReturned]+`) AS returned,
				count(*) FILTER (WHERE `+ownLists[OwnSubmitted]+`) AS submitted,
				count(*) FILTER (WHERE `+ownLists[OwnApproved]+`) AS approved,
				count(*) FILTER (WHERE `+ownLists[OwnPublished]+`) AS published
			FROM programmes
			WHERE institution_id = ?) own
		CROSS JOIN (SELECT count(*) FILTER (WHERE a.state = 'verified') AS verified,
				count(*) FILTER (WHERE a.state = 'attended') AS attended,
				count(*) FILTER (WHERE a.state = 'accepted') AS accepted
			FROM applications a
			JOIN intakes n ON n.id = a.intake_id
			JOIN programmes p ON p.id = n.programme_id
			WHERE p.institution_id = ?
				AND `+sharedWith("a")+`
				AND `+workStates.in("a.state")+`) applicants`, *actor.InstitutionID, *actor.InstitutionID).Scan(&w.WorkCounts).Error
	if err != nil {
		return w, err
	}
	w.Intakes, err = s.workIntakes(ctx, *actor.InstitutionID, state)
	return w, err
}

func (s *Store) workIntakes(ctx context.Context, institutionID int64, state ApplicationState) (list []WorkIntake, err error) {
	q := s.db.With(ctx).Table("intakes n").Joins("JOIN programmes p ON p.id = n.programme_id").
		Where("p.institution_id = ?", institutionID)
	counted := sharedWith("a") + " AND " + refusedStates.notIn("a.state") + " AND " + leftStates.notIn("a.state")
	if workStates.has(state) {
		counted = sharedWith("a") + " AND " + stateList{state}.in("a.state")
		q = q.Where("EXISTS (SELECT FROM applications a WHERE a.intake_id = n.id AND " + counted + ")")
	} else {
		q = q.Where("n.state = 'published' AND n.ends_on >= ?", record.DayOf(s.db.Now()).Date())
	}
	err = q.Select(`n.*, p.title,
		(SELECT count(*)
			FROM applications a
			WHERE a.intake_id = n.id
				AND ` + counted + `) AS applicants,
		` + intakeTaken + ` AS taken, w.*`).
		Joins(`CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE a.state = 'verified') AS verified,
				count(*) FILTER (WHERE a.state = 'attended') AS attended,
				count(*) FILTER (WHERE a.state = 'accepted') AS accepted
			FROM applications a
			WHERE a.intake_id = n.id
				AND ` + sharedWith("a") + `) w`).
		Order("n.starts_on, n.id").Limit(30).Scan(&list).Error
	return list, err
}

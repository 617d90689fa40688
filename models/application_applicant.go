package models

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"

	"naikkelas/models/record"
)

// The refusals of selecting.
var (
	ErrNobodyChosen  = &Refusal{Key: "applicant.nobody", Field: "applications"}
	ErrTestPast      = &Refusal{Key: "applicant.test_past", Field: "at"}
	ErrTestPlace     = &Refusal{Key: "applicant.test_place", Field: "place"}
	ErrTestLate      = &Refusal{Key: "applicant.test_late", Field: "at"}
	ErrOutcome       = &Refusal{Key: "applicant.outcome", Field: "outcome"}
	ErrOutcomeReason = &Refusal{Key: "applicant.reason", Field: "reason"}
	ErrOutcomeText   = &Refusal{Key: "applicant.text", Field: "text"}
	ErrReservesWait  = &Refusal{Key: "applicant.reserves_wait", Field: "text"}
)

// Applicant is what an institution sees of somebody whom officers passed: never NIK, address or files. Name, birth
// date and schooling are those that officers checked; RecheckSince says that the person has changed some of it.
type Applicant struct {
	Application
	Name         string
	BirthDate    *time.Time
	Education    Text `gorm:"embedded;embeddedPrefix:education_"` // the level's name
	Phone        string
	Certificates record.Codes `gorm:"type:text[]"` // names of verified certificates, in Indonesian
	Lapsed       record.Codes `gorm:"type:text[]"` // names of those that were verified and do not hold today
	LapsedWhy    record.Codes `gorm:"type:text[]"` // why, one for each of Lapsed: suspended, rejected, expired or unconfirmed
	Pending      string       // the outcome that is not announced yet, empty for none
	PendingAt    *time.Time   // when it is announced; nil while it waits for its intake's moment
	Why          string       // why they were accepted out of the order of scores
	Notes        int64        // what colleagues wrote to each other about them
	Total        *float64     // the weighted scores, from 0 to 100; nil until every criterion has one
	Rank         *int         // by total; who has the same stands on the same
	Tied         int          // how many share that rank
	SortedBy     string       // the key of the table's order, as text
}

// Applicant finds one applicant of the acting staff's institution, with what happened since officers passed them.
// What a person and the officers wrote each other before, such as an objection to a refusal, is not the institution's.
func (s *Store) Applicant(ctx context.Context, actor User, ref string) (Applicant, Offer, []ApplicationEvent, error) {
	var a Applicant
	if !actor.Selects() {
		return a, Offer{}, nil, ErrForbidden
	}
	if err := s.applicants(ctx, actor).Where("a.ref = ?", ref).Scan(&a).Error; err != nil {
		return a, Offer{}, nil, err
	}
	if a.ID == 0 {
		return a, Offer{}, nil, gorm.ErrRecordNotFound
	}
	var in Intake
	if err := s.db.With(ctx).Take(&in, "id = ?", a.IntakeID).Error; err != nil {
		return a, Offer{}, nil, err
	}
	o, err := s.offerOf(ctx, in)
	if err != nil {
		return a, o, nil, err
	}
	var events []ApplicationEvent
	err = s.db.With(ctx).Table("application_events e").Select("e.*, coalesce(u.name, '') AS actor_name").
		Joins("LEFT JOIN users u ON u.id = e.actor_id AND u.institution_id = ?", *actor.InstitutionID).
		Where("e.application_id = ? AND e.from_state <> ''", a.ID).
		Where(refusedStates.notIn("e.from_state")).Where(refusedStates.notIn("e.to_state")).
		Order("e.id DESC").Limit(100).Scan(&events).Error
	return a, o, events, err
}

// applicants are whom officers passed and who agree that the institution sees them; somebody who left is shown only
// when they had been passed before. more are further columns.
func (s *Store) applicants(ctx context.Context, actor User, more ...string) *gorm.DB {
	certificates := func(what, lapsed string) string {
		return "ARRAY(SELECT " + what + `
			FROM ` + certificateSnapshots + `
			JOIN certificate_types t ON t.code = k.type_code
			WHERE ac.application_id = a.id
				AND (k.state = 'verified' OR k.taken_away_at IS NOT NULL)
				AND (c.deleted_at IS NULL OR ac.decided IS NOT NULL)
				AND (k.taken_away_at IS NOT NULL
					OR coalesce(k.valid_until < @today, false)
					OR coalesce(k.next_confirmation_due < @today, false)) = ` + lapsed + `
			ORDER BY k.id)`
	}
	name := "coalesce(nullif(k.title, ''), t.name_id)"
	why := `CASE WHEN k.taken_away_as <> '' THEN k.taken_away_as
		WHEN k.valid_until < @today THEN 'expired'
		ELSE 'unconfirmed' END`
	columns := []string{
		"a.*", "coalesce(ci.name, u.name) AS name", "coalesce(ci.birth_date, pr.birth_date) AS birth_date",
		"el.name_id AS education_id", "el.name_en AS education_en",
		"coalesce(u.phone, '') AS phone",
		certificates(name, "false") + " AS certificates",
		certificates(name, "true") + " AS lapsed",
		certificates(why, "true") + " AS lapsed_why", s.withoutCertificate(),
		"coalesce(d.arguments->>'What', '') AS pending", "coalesce(d.announced_at, dn.announces_at) AS pending_at",
		`coalesce((SELECT dw.arguments->>'Why'
			FROM decisions dw
			WHERE dw.application_id = a.id AND dw.act = 'record' AND dw.recalled_at IS NULL AND dw.void_at IS NULL
			ORDER BY dw.id DESC
			LIMIT 1), '') AS why`,
		"(SELECT count(*) FROM application_notes an WHERE an.application_id = a.id) AS notes",
	}
	today := record.DayOf(s.db.Now()).Date().Format(time.DateOnly)
	return s.applicantsFrom(ctx, actor).Select(strings.Join(append(columns, more...), ", "), map[string]any{"today": today})
}

// applicantsFrom are the rows of applicants without their columns.
func (s *Store) applicantsFrom(ctx context.Context, actor User) *gorm.DB {
	return s.db.With(ctx).Table("applications a").
		Joins("JOIN intakes n ON n.id = a.intake_id").
		Joins("JOIN programmes p ON p.id = n.programme_id").
		Joins("JOIN users u ON u.id = a.seeker_id").
		Joins("LEFT JOIN profiles pr ON pr.user_id = u.id").
		Joins("LEFT JOIN application_identities ci ON ci.application_id = a.id AND ci.superseded_at IS NULL").
		Joins("LEFT JOIN education_levels el ON el.code = coalesce(ci.education_code, pr.education_code)").
		Joins("LEFT JOIN decisions d ON d.application_id = a.id AND d.act = 'record' AND "+openDecision).
		Joins("LEFT JOIN announcements dn ON dn.id = d.announcement_id").
		Where("p.institution_id = ? AND "+passedOfficers("a")+" AND "+sharedWith("a"), *actor.InstitutionID)
}

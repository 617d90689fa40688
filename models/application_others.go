package models

import "context"

// othersMost is how many other intakes are offered to somebody whose application ended.
const othersMost = 4

// OtherIntake is an open intake that is offered instead of one that does not take place.
type OtherIntake struct {
	Intake
	Programme   string
	Institution string
	Same        bool // of the same programme
}

// others finds open intakes for somebody whose course does not take place: of the same programme first, then of
// the same field, the next to close first. An intake in which the person has a live application is none.
func (s *Store) others(ctx context.Context, v ApplicationView) ([]OtherIntake, error) {
	if !stoppedStates.has(v.State) {
		return nil, nil
	}
	now := s.db.Now()
	var list []OtherIntake
	err := s.db.With(ctx).Raw(`SELECT n.*, p.title AS programme, l.name AS institution, p.id = @programme AS same
		FROM intakes n
		JOIN programmes p ON p.id = n.programme_id
		JOIN institutions l ON l.id = p.institution_id
		WHERE n.state = 'published'
			AND n.opens_at <= @now
			AND n.closes_at >= @now
			AND p.state = 'published'
			AND l.state = 'verified'
			AND (p.id = @programme OR p.sector_code = @sector)
			AND NOT EXISTS (SELECT 1
				FROM applications a
				WHERE a.intake_id = n.id
					AND a.seeker_id = @seeker
					AND `+endedStates.notIn("a.state")+`)
		ORDER BY p.id = @programme DESC, n.closes_at, n.id
		LIMIT @most`, map[string]any{
		"programme": v.Offer.Programme.ID, "sector": v.Offer.Programme.SectorCode, "seeker": v.SeekerID,
		"now": now, "most": othersMost,
	}).Scan(&list).Error
	return list, err
}

package models

import (
	"context"

	"naikkelas/models/record"
)

// othersMost is how many other intakes are offered to somebody whose application ended.
const othersMost = 4

// OtherIntake is an intake that is offered instead of one that does not take place, closed or is full.
type OtherIntake struct {
	Intake
	Programme   string
	Institution string
	Same        bool // of the same programme
}

// others finds intakes for somebody who cannot go on in theirs: open ones of the same programme first, then of the
// same field, the next to close first. What was never sent moves also to one of the same programme that opens later.
// An intake in which the person has a live application is none.
func (s *Store) others(ctx context.Context, v ApplicationView) ([]OtherIntake, error) {
	now := s.db.Now()
	if !v.OffersOthers(now) {
		return nil, nil
	}
	var list []OtherIntake
	err := s.db.With(ctx).Raw(`SELECT n.*, p.title AS programme, l.name AS institution, p.id = @programme AS same
		FROM intakes n
		JOIN programmes p ON p.id = n.programme_id
		JOIN institutions l ON l.id = p.institution_id
		WHERE n.state = 'published'
			AND (n.opens_at <= @now OR @unsent AND p.id = @programme AND n.opens_at IS NOT NULL)
			AND n.closes_at >= @now
			AND p.state = 'published'
			AND l.state = 'verified'
			AND `+licenceHolds("l.license_expires_on")+`
			AND (p.id = @programme OR p.sector_code = @sector)
			AND NOT EXISTS (SELECT 1
				FROM applications a
				WHERE a.intake_id = n.id
					AND a.seeker_id = @seeker
					AND `+endedStates.notIn("a.state")+`)
		ORDER BY p.id = @programme DESC, n.closes_at, n.id
		LIMIT @most`, map[string]any{
		"programme": v.Offer.Programme.ID, "sector": v.Offer.Programme.SectorCode, "seeker": v.SeekerID,
		"unsent": v.Unsent(), "now": now, "today": record.DayOf(now).Date(), "most": othersMost,
	}).Scan(&list).Error
	return list, err
}

package protection

import (
	"context"
	"time"
)

// OwnStep is something that was done about a case, as the person concerned reads it: what and when, and which office where
// it is about one. Kind is that of its event.
type OwnStep struct {
	Kind   string
	At     time.Time
	Office string
}

// mostSteps is how many steps the page of a case shows.
const mostSteps = 50

// ownSteps are the kinds of event that the person concerned reads on the page of their case: what was done for and with
// them, not what the desk thinks of it.
var ownSteps = []string{
	EventFiled, EventContacted, EventAnswered, EventReferred, EventTransferSent, EventTransferAccepted,
	EventPartnerAccepted, EventPartnerDone, EventConsentOver, EventClosed,
	EventReopened, EventPINGiven,
}

// steps lists what was done about a case, the newest first. Of contacts and letters those with the person themselves count.
// Who reports for somebody else reads that it was received and is done, as the state of the case says too.
func (s *Store) steps(ctx context.Context, p Person, c Case) (list []OwnStep, err error) {
	kinds := ownSteps
	if p.Part != PartSubject {
		kinds = []string{EventFiled}
		if c.Closed() {
			kinds = append(kinds, EventClosed)
		}
	}
	err = s.db.With(ctx).Raw(`SELECT e.kind,
			e.at,
			coalesce(o.name, '') AS office
		FROM case_events e
		LEFT JOIN case_referrals r ON r.case_id = e.case_id AND r.ref = e.detail
		LEFT JOIN case_consents k ON k.case_id = e.case_id AND k.ref = e.detail
		LEFT JOIN partner_offices o ON o.id = coalesce(r.office_id, k.office_id)
		WHERE e.case_id = @case
			AND e.kind IN @kinds
			AND (e.kind NOT IN @own OR e.person_id = @person)
			AND e.reached IS NOT FALSE
			AND (k.id IS NULL OR k.office_id IS NOT NULL)
		ORDER BY e.id DESC
		LIMIT @most`, map[string]any{
		"case": c.ID, "person": p.ID, "kinds": kinds, "own": []string{EventContacted, EventAnswered, EventConsentOver, EventPINGiven},
		"most": mostSteps,
	}).Scan(&list).Error
	return list, err
}

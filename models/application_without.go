package models

import (
	"slices"
	"strings"
	"time"

	"naikkelas/models/record"
)

// withoutCertificate selects of an application a whether it was passed although no certificate that came with it counts
// today: because officers passed it so, or because all of them were taken away or ended since.
func (s *Store) withoutCertificate() string {
	const column = `(a.state = 'verified'
		AND EXISTS (SELECT FROM application_certificates x WHERE x.application_id = a.id)
		AND NOT EXISTS (SELECT
			FROM ` + certificateSnapshots + `
			WHERE ac.application_id = a.id
				AND k.state = 'verified'
				AND k.taken_away_at IS NULL
				AND coalesce(k.valid_until >= date '@today', true)
				AND coalesce(k.next_confirmation_due >= date '@today', true))) AS without_certificate`
	return strings.ReplaceAll(column, "@today", record.DayOf(s.db.Now()).Date().Format(time.DateOnly))
}

// without says the same of an application whose certificates are known.
func (a Application) without(list []Certificate, at time.Time) bool {
	counts := func(c Certificate) bool { return c.Counts(at) }
	return a.State == Verified && len(list) > 0 && !slices.ContainsFunc(list, counts)
}

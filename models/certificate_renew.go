package models

import (
	"context"
	"time"

	"naikkelas/models/record"
)

// Renewable says whether the owner may take the certificate back to change it and send it again:
// it was turned down or suspended, it ends soon, or officers look at it again soon.
func (c Certificate) Renewable(at time.Time) bool {
	soon := record.DayOf(at).Plus(dueDays).Date()
	switch c.State {
	case CertificateRejected, CertificateSuspended:
		return true
	case CertificateVerified:
		return c.Due(at) || c.ValidUntil != nil && !c.ValidUntil.After(soon)
	}
	return false
}

// dueDays is how many days before its day a certificate counts as due for another look.
const dueDays = 30

// Due says whether officers have to look at a verified certificate again within dueDays.
func (c Certificate) Due(at time.Time) bool {
	return c.State == CertificateVerified && c.DueOn != nil && !c.DueOn.After(record.DayOf(at).Plus(dueDays).Date()) && !c.Expired(at)
}

// Unconfirmed says whether the day is past by which the certificate had to be signed again: it then
// proves nothing until an officer has seen a new signature (ISO 9606-1, AWS D1.1; domain.md section 7).
func (c Certificate) Unconfirmed(at time.Time) bool {
	return c.NextConfirmationDue != nil && at.After(record.DateDay(*c.NextConfirmationDue).End())
}

// Counts says whether the certificate proves something today: an officer verified it, it has not ended, and
// its signature is not overdue.
func (c Certificate) Counts(at time.Time) bool {
	return c.State == CertificateVerified && !c.Expired(at) && !c.Unconfirmed(at)
}

// RenewCertificate gives a renewable certificate back to its owner to change. Applications that were
// decided keep it as it was.
func (s *Store) RenewCertificate(ctx context.Context, actor User, ref string) error {
	return s.withCertificate(ctx, actor, ref, func(tx *Store, c Certificate) error {
		if c.Editable() {
			return nil // the second press of the same button
		}
		if !c.Renewable(tx.db.Now()) {
			return &Refusal{Key: "certificate.not_editable"}
		}
		if err := tx.setCertificate(ctx, c, map[string]any{"state": CertificateNeedsFix}); err != nil {
			return err
		}
		_, err := tx.certificateEvent(ctx, actor, c, CertificateEvent{ToState: CertificateNeedsFix})
		return err
	})
}

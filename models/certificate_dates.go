package models

import (
	"context"
	"time"

	"naikkelas/models/record"
)

// firstIssue is the day before which no certificate of somebody who looks for work was issued: an earlier
// year is a slip of the finger.
var firstIssue = time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC)

// The refusals of the days on a certificate, beside ErrConfirmedFuture and ErrConfirmedEarly.
var (
	ErrIssuedFuture = &Refusal{Key: "certificate.issued.future", Field: "issued"}
	ErrIssuedOld    = &Refusal{Key: "certificate.issued.old", Field: "issued"}
	ErrIssuedUnborn = &Refusal{Key: "certificate.issued.unborn", Field: "issued"}
	ErrUntilEarly   = &Refusal{Key: "certificate.until.before_issue", Field: "until"}
)

// CertificateDates says what is wrong with the days of a certificate, all at once, so that a form can show it
// with its other errors. Days that were not given are never wrong.
func (s *Store) CertificateDates(ctx context.Context, owner User, in CertificateInput) ([]*Refusal, error) {
	born, err := s.birthDate(ctx, owner.ID)
	if err != nil {
		return nil, err
	}
	today, issued := record.DayOf(s.db.Now()).Date(), in.IssuedOn
	var wrong []*Refusal
	note := func(is bool, r *Refusal) {
		if is {
			wrong = append(wrong, r)
		}
	}
	note(issued != nil && issued.After(today), ErrIssuedFuture)
	note(issued != nil && issued.Before(firstIssue), ErrIssuedOld)
	note(issued != nil && born != nil && issued.Before(*born), ErrIssuedUnborn)
	note(issued != nil && in.ValidUntil != nil && in.ValidUntil.Before(*issued), ErrUntilEarly)
	note(in.Confirmed != nil && in.Confirmed.After(today), ErrConfirmedFuture)
	note(in.Confirmed != nil && issued != nil && in.Confirmed.Before(*issued), ErrConfirmedEarly)
	return wrong, nil
}

package models

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"naikkelas/models/record"
)

// ErrReadOrder refuses an end before the day of issue.
var ErrReadOrder = &Refusal{Key: "review.read_order", Field: "read_until"}

// ErrReadFuture refuses a day of issue that is still to come.
var ErrReadFuture = &Refusal{Key: "review.read_future", Field: "read_issued"}

// CertificateTyped is what an owner typed of a certificate, as it was when an officer first noted what stands there.
type CertificateTyped struct {
	Number string     `json:"number"`
	Issued *time.Time `json:"issued"`
	Until  *time.Time `json:"until"`
}

// CertificateRead is what an officer reads on a certificate: its number, its day of issue and its last day. Without a printed
// end the one of the type holds. Version is what the officer saw.
type CertificateRead struct {
	Version       int
	Number        string
	Issued, Until *time.Time
}

// ReadCertificate keeps what the acting officer reads on a certificate of any type, beside what its owner typed. It
// counts from now on: an end that is past is an end, and two papers of one number are twins. Reading decides nothing.
func (s *Store) ReadCertificate(ctx context.Context, officer User, ref string, in CertificateRead) error {
	in.Number = strings.TrimSpace(in.Number)
	switch {
	case in.Issued != nil && in.Issued.After(record.DayOf(s.db.Now()).Date()):
		return ErrReadFuture
	case in.Issued != nil && in.Until != nil && in.Until.Before(*in.Issued):
		return ErrReadOrder
	}
	return s.withAnyCertificate(ctx, officer, ref, in.Version, func(tx *Store, c Certificate) error {
		switch {
		case c.State == CertificateChecking && !c.heldBy(officer):
			return ErrTaken
		case c.Editable():
			return ErrCertificateNow // its owner may be in the middle of changing it
		}
		typed := c.Typed
		if typed == nil {
			typed = &CertificateTyped{Number: c.Number, Issued: c.IssuedOn, Until: c.ValidUntil}
		}
		kept, err := json.Marshal(typed)
		if err != nil {
			return err
		}
		var t CertificateType
		if err := tx.db.With(ctx).Where("code = ?", c.TypeCode).Take(&t).Error; err != nil {
			return err
		}
		until, due := t.Lasts(in.Issued, in.Until, c.ConfirmedOn)
		err = tx.setCertificate(ctx, c, map[string]any{
			"number": in.Number, "issued_on": in.Issued, "valid_until": until, "until_printed": until != nil && in.Until != nil,
			"next_confirmation_due": due, "typed": kept, "read_by": officer.ID, "read_at": tx.db.Now(),
		})
		if err != nil {
			return err
		}
		return tx.db.Audit(ctx, officer, record.Act{
			Action: "certificate_read", SubjectKind: "certificate", SubjectID: c.ID, PersonID: c.SeekerID,
		})
	})
}

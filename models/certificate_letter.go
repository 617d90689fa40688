package models

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
)

// tellDecision tells the owner what an officer decided about a certificate that stood as c. One that was
// verified already and is verified again is no news.
func (s *Store) tellDecision(ctx context.Context, c Certificate, to CertificateState, event int64) error {
	if c.State == CertificateVerified && to == CertificateVerified {
		return nil
	}
	owner, err := s.User(ctx, c.SeekerID)
	if err != nil {
		return err
	}
	return s.tellOfCertificate(ctx, owner, c, fmt.Sprintf("certificate_event:%d", event), "certificate_"+string(to), "")
}

// tellOfCertificate writes to the owner about one certificate, named so that they know which. when is a day
// in words, where the letter has one.
func (s *Store) tellOfCertificate(ctx context.Context, owner User, c Certificate, dedupe, template, when string) error {
	var t CertificateType
	if err := s.db.With(ctx).Where("code = ?", c.TypeCode).Take(&t).Error; err != nil {
		return err
	}
	name := letterName(c, t.Name.In(i18n.Lang(owner.Language)))
	return s.db.Tell(ctx, owner, dedupe, template, map[string]string{
		"Name": owner.Name, "Certificate": name, "Ref": c.Ref, "When": when, "Path": urls.Certificate(c.Ref),
	})
}

// letterName is what a letter calls a certificate. Letters pass through many hands, so a title into which
// its owner wrote the certificate's number, or as many digits as a NIK has, gives way to the type's name.
func letterName(c Certificate, typeName string) string {
	digits := 0
	for _, r := range c.Title {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	numbered := c.Number != "" && strings.Contains(strings.ToLower(c.Title), strings.ToLower(c.Number))
	if c.Title == "" || numbered || digits >= 16 {
		return typeName
	}
	return c.Title
}

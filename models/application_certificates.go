package models

import (
	"context"
	"errors"
	"slices"

	"gorm.io/gorm/clause"
)

// chosenCertificates are the certificates that go with an application, locked, in the order of their numbers.
func (s *Store) chosenCertificates(ctx context.Context, a Application) (chosen []Certificate, err error) {
	err = s.db.With(ctx).
		Where("id IN (SELECT certificate_id FROM application_certificates WHERE application_id = ?)", a.ID).
		Where("deleted_at IS NULL").
		Clauses(clause.Locking{Strength: "UPDATE"}).Order("id").Limit(200).Find(&chosen).Error
	return chosen, err
}

// sendCertificates sends those that wait for their owner to send them, with the application that they go with:
// nobody has to send a certificate on its own page first. One that lacks something is refused.
func (s *Store) sendCertificates(ctx context.Context, actor User, chosen []Certificate) error {
	for _, c := range chosen {
		if !c.Editable() {
			continue
		}
		err := s.sendCertificate(ctx, actor, c)
		var lack *Refusal
		if errors.As(err, &lack) {
			return ErrCertificateUnsent
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// certificatesReady wants an answer about certificates, and those that the programme asks for among them.
func certificatesReady(chosen []Certificate, a Application, o Offer) error {
	if len(chosen) == 0 && !a.NoCertificate {
		return ErrCertificateAnswer
	}
	for _, asked := range o.Certificates {
		if !slices.ContainsFunc(chosen, func(c Certificate) bool { return c.TypeCode == asked.Code }) {
			return ErrCertificateAsked
		}
	}
	return nil
}

// CertificateLacks says of the acting person's certificates that are not with the officers what each lacks before
// it can be sent, by its number, as the key of a sentence; one that is whole is not among them.
func (s *Store) CertificateLacks(ctx context.Context, actor User) (map[int64]string, error) {
	return s.certificateLacks(ctx, "c.seeker_id = ? AND c.deleted_at IS NULL AND c.state IN ('draft', 'needs_fix')", actor.ID)
}

func (s *Store) certificateLacks(ctx context.Context, which string, args ...any) (map[int64]string, error) {
	var list []struct {
		ID   int64
		Lack string
	}
	err := s.db.With(ctx).Raw(`SELECT c.id, CASE
				WHEN c.holder_name = '' OR c.issuer = '' OR c.issued_on IS NULL THEN 'certificate.incomplete'
				WHEN count(u.id) = 0 THEN 'certificate.no_file'
				WHEN bool_or(u.state = 'refused') THEN 'certificate.refused_file'
				ELSE ''
			END AS lack
		FROM certificates c
		LEFT JOIN certificate_files f ON f.certificate_id = c.id
		LEFT JOIN uploads u ON u.id = f.upload_id AND u.deleted_at IS NULL
		WHERE `+which+`
		GROUP BY c.id
		LIMIT 200`, args...).Scan(&list).Error
	lacks := map[int64]string{}
	for _, row := range list {
		if row.Lack != "" {
			lacks[row.ID] = row.Lack
		}
	}
	return lacks, err
}

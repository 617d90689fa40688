package models

import (
	"context"
)

// CertificateSnapshot is a certificate of a decided application: Then is what the decision found, Now what it
// has become. Certificates of ApplicationView tell what of it holds: as decided, unless taken away since.
type CertificateSnapshot struct{ Then, Now Certificate }

// snapshotsOf finds by id the certificates on which an application was decided; none before that.
func (s *Store) snapshotsOf(ctx context.Context, a Application) (map[int64]CertificateSnapshot, error) {
	if !a.HasSnapshots() {
		return nil, nil
	}
	var then, now []Certificate
	const from = `
		FROM application_certificates ac
		JOIN certificates c ON c.id = ac.certificate_id
		CROSS JOIN LATERAL jsonb_populate_record(c, ac.decided) k
		WHERE ac.application_id = ?
			AND ac.decided IS NOT NULL
		ORDER BY c.id
		LIMIT 200`
	db := s.db.With(ctx)
	if err := db.Raw("SELECT k.*"+from, a.ID).Scan(&then).Error; err != nil {
		return nil, err
	}
	if err := db.Raw("SELECT c.*"+from, a.ID).Scan(&now).Error; err != nil {
		return nil, err
	}
	kept := make(map[int64]CertificateSnapshot, len(then))
	for i := range min(len(then), len(now)) {
		kept[then[i].ID] = CertificateSnapshot{Then: then[i], Now: now[i]}
	}
	return kept, nil
}

// HasSnapshots says whether the papers that snapshotCertificates kept are those of the application: not before it was
// decided, and not while a contested decision is looked at again.
func (a Application) HasSnapshots() bool {
	return a.State.Decided()
}

// certificateSnapshots are the certificates of applications as k, in the shape of the certificates table: as kept at the
// decision where there was one, with what is a matter of today instead of that day. That is whether officers
// have taken the paper away, and that they verified the same paper again, with its days. A paper stays the same
// where officers read its number or its day otherwise than its owner had typed them. ac, c and d, what was decided
// on, are the rows behind k.
const certificateSnapshots = `application_certificates ac
	JOIN certificates c ON c.id = ac.certificate_id
	CROSS JOIN LATERAL jsonb_populate_record(c, coalesce(ac.decided, '{}')) d
	CROSS JOIN LATERAL jsonb_populate_record(c, coalesce(ac.decided, '{}')
		|| jsonb_build_object('taken_away_at', c.taken_away_at, 'taken_away_as', c.taken_away_as)
		|| CASE WHEN c.state = 'verified'
				AND (c.type_code, c.issuer, c.holder_name, c.level_code)
					IS NOT DISTINCT FROM (d.type_code, d.issuer, d.holder_name, d.level_code)
				AND ((c.number, c.issued_on) IS NOT DISTINCT FROM (d.number, d.issued_on)
					OR ` + typedNow + ` IS NOT DISTINCT FROM ` + typedThen + `)
			THEN jsonb_build_object('state', c.state, 'number', c.number, 'number_key', c.number_key, 'issued_on', c.issued_on,
				'valid_until', c.valid_until, 'until_printed', c.until_printed, 'next_confirmation_due', c.next_confirmation_due)
			ELSE '{}' END) k`

// typedNow and typedThen are number and day of issue as the owner typed them, now and at the decision: what stood in the
// row before officers read the paper, else the row.
const (
	typedNow = `(CASE WHEN jsonb_typeof(c.typed) = 'object' THEN (c.typed->>'number', left(c.typed->>'issued', 10)::date)
		ELSE (c.number, c.issued_on) END)`
	typedThen = `(CASE WHEN jsonb_typeof(ac.decided->'typed') = 'object'
		THEN (ac.decided->'typed'->>'number', left(ac.decided->'typed'->>'issued', 10)::date)
		ELSE (d.number, d.issued_on) END)`
)

// lockCertificates keeps others from deciding or changing an application's certificates until the transaction ends.
func (s *Store) lockCertificates(ctx context.Context, a Application) error {
	var ids []int64
	return s.db.With(ctx).Raw(`SELECT c.id
		FROM certificates c
		JOIN application_certificates ac ON ac.certificate_id = c.id
		WHERE ac.application_id = ?
		ORDER BY c.id
		FOR UPDATE OF c`, a.ID).Scan(&ids).Error
}

// snapshotCertificates copies an application's certificates and the list of their files at the moment of the
// decision. What becomes of them later does not change what was decided on.
func (s *Store) snapshotCertificates(ctx context.Context, a Application) error {
	for _, q := range []string{
		`UPDATE application_certificates ac
			SET decided = to_jsonb(c)
			FROM certificates c
			WHERE c.id = ac.certificate_id
				AND ac.application_id = ?`,
		"DELETE FROM application_certificate_files WHERE application_id = ?",
		`INSERT INTO application_certificate_files (application_id, certificate_id, upload_id, position)
			SELECT ac.application_id, f.certificate_id, f.upload_id, f.position
			FROM application_certificates ac
			JOIN certificate_files f ON f.certificate_id = ac.certificate_id
			WHERE ac.application_id = ?`,
	} {
		if err := s.db.With(ctx).Exec(q, a.ID).Error; err != nil {
			return err
		}
	}
	return nil
}

// applicationCertificates lists the certificates of an application: as they are while it can still be
// decided, and as certificateSnapshots has them once it was. What officers have taken away since shows in the state.
func (s *Store) applicationCertificates(ctx context.Context, a Application) ([]Certificate, error) {
	var list []Certificate
	if !a.HasSnapshots() {
		err := s.db.With(ctx).
			Joins(`JOIN application_certificates ac
				ON ac.certificate_id = certificates.id AND ac.application_id = ?`, a.ID).
			Order("certificates.id").Limit(200).Find(&list).Error
		return list, err
	}
	err := s.db.With(ctx).Raw(`SELECT k.*
		FROM `+certificateSnapshots+`
		WHERE ac.application_id = ?
		ORDER BY k.id
		LIMIT 200`, a.ID).Scan(&list).Error
	for i := range list {
		if list[i].TakenAwayAs != "" {
			list[i].State = list[i].TakenAwayAs
		}
	}
	return list, err
}

// applicationCertificateViews adds files and pages to an application's certificates, of the same day as they.
func (s *Store) applicationCertificateViews(ctx context.Context, v ApplicationView) ([]CertificateView, error) {
	if !v.HasSnapshots() {
		files, err := s.certificateUploads(ctx, certificateIDs(v.Certificates))
		if err != nil {
			return nil, err
		}
		return s.certificateViews(ctx, v.Certificates, files)
	}
	var files []certificateUpload
	err := s.db.With(ctx).Raw(`SELECT u.*, f.certificate_id
		FROM uploads u
		JOIN (
			SELECT certificate_id, upload_id, position
			FROM application_certificate_files
			WHERE application_id = ?
			UNION ALL
			SELECT f.certificate_id, f.upload_id, f.position
			FROM certificate_files f
			JOIN application_certificates ac ON ac.certificate_id = f.certificate_id
				AND ac.application_id = ?
				AND ac.decided IS NULL
		) f ON f.upload_id = u.id
		WHERE u.deleted_at IS NULL
		ORDER BY f.certificate_id, f.position
		LIMIT 500`, v.ID, v.ID).Scan(&files).Error
	if err != nil {
		return nil, err
	}
	return s.certificateViews(ctx, v.Certificates, files)
}

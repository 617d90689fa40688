package models

import "context"

// KeptCertificate is a certificate of a decided application: Then is what the decision found, Now what it
// has become. Certificates of ApplicationView tell what of it holds: as decided, unless taken away since.
type KeptCertificate struct{ Then, Now Certificate }

// keptCertificates finds by id the certificates on which an application was decided; none before that.
func (s *Store) keptCertificates(ctx context.Context, a Application) (map[int64]KeptCertificate, error) {
	if !a.KeepsPapers() {
		return nil, nil
	}
	var then, now []Certificate
	from := " FROM application_certificates ac JOIN certificates c ON c.id = ac.certificate_id CROSS JOIN LATERAL jsonb_populate_record(c, ac.decided) k WHERE ac.application_id = ? AND ac.decided IS NOT NULL ORDER BY c.id LIMIT 200"
	db := s.db.WithContext(ctx)
	if err := db.Raw("SELECT k.*"+from, a.ID).Scan(&then).Error; err != nil {
		return nil, err
	}
	if err := db.Raw("SELECT c.*"+from, a.ID).Scan(&now).Error; err != nil {
		return nil, err
	}
	kept := make(map[int64]KeptCertificate, len(then))
	for i := range min(len(then), len(now)) {
		kept[then[i].ID] = KeptCertificate{Then: then[i], Now: now[i]}
	}
	return kept, nil
}

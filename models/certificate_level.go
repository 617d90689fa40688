package models

import (
	"context"
	"time"

	"naikkelas/models/record"
)

// Lasts works out until when a certificate of the type holds, and by when it must be
// confirmed again. A type without expiry has no end; the paper's own date goes before the
// type's months, because schemes differ (domain.md section 7).
func (t CertificateType) Lasts(issued, printed, confirmed *time.Time) (until, confirm *time.Time) {
	if confirmed == nil {
		confirmed = issued
	}
	if confirmed != nil && t.ConfirmEveryMonths != nil {
		day := record.DateDay(*confirmed).PlusMonths(*t.ConfirmEveryMonths).Date()
		confirm = &day
	}
	switch {
	case !t.HasExpiry:
		return nil, confirm
	case printed != nil:
		return printed, confirm
	case issued != nil && t.ValidityMonths != nil:
		day := record.DateDay(*issued).PlusMonths(*t.ValidityMonths).Date()
		return &day, confirm
	}
	return nil, confirm
}

// certificateLevel finds the level that the input names, or that its score reaches, nil for none.
func (s *Store) certificateLevel(ctx context.Context, in CertificateInput) (*string, error) {
	if in.LevelCode == nil && in.Score == nil {
		return nil, nil
	}
	levels, err := s.CertificateLevels(ctx, in.TypeCode)
	if err != nil {
		return nil, err
	}
	if len(levels) == 0 { // a kind without levels: nobody was asked for one
		return nil, nil
	}
	if in.Score == nil {
		for _, l := range levels {
			if l.Code == *in.LevelCode && l.Score == nil {
				return in.LevelCode, nil
			}
		}
		return nil, &Refusal{Key: "certificate.level.unknown", Field: "level"}
	}
	var reached *string
	known := false
	for _, l := range levels { // the lowest first
		if l.Test != in.Test || l.Score == nil {
			continue
		}
		if *in.Score < *l.ScoreMin || *in.Score > *l.ScoreMax {
			return nil, &Refusal{Key: "certificate.score.range", Field: "score", Args: []any{"Min", *l.ScoreMin, "Max", *l.ScoreMax}}
		}
		known = true
		if *in.Score >= *l.Score {
			reached = &l.Code
		}
	}
	if !known {
		return nil, &Refusal{Key: "certificate.level.unknown", Field: "level"}
	}
	return reached, nil
}

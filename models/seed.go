package models

import (
	"context"
	"fmt"

	"gorm.io/gorm/clause"
)

// ReferenceData is everything that the portal must know before its first visitor.
type ReferenceData struct {
	Sectors           []Sector
	EducationLevels   []EducationLevel
	Provinces         []Province
	Regencies         []Regency
	Districts         []District
	Villages          []Village
	Countries         []Country
	Occupations       []Occupation
	CertificateTypes  []CertificateType
	CertificateLevels []CertificateLevel
	ReasonCodes       []ReasonCode
}

// SeedReference adds the rows that are missing. What is there stays, because officers may
// have edited it; so seeding again is harmless.
func (s *Store) SeedReference(ctx context.Context, d ReferenceData) error {
	return s.transact(ctx, "seed reference", func(tx *Store) error {
		for _, list := range []any{
			d.Sectors, d.EducationLevels, d.Provinces, d.Regencies, d.Districts, d.Villages, d.Countries,
			d.Occupations, d.CertificateTypes, d.CertificateLevels, d.ReasonCodes,
		} {
			err := tx.db.With(ctx).Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(list, 500).Error
			if err != nil {
				return fmt.Errorf("seed %T: %w", list, err)
			}
		}
		return nil
	})
}

// AnalyzeCatalogue has the database count anew what stands in the catalogue, after many rows were added: until then
// it searches as if they were not there.
func (s *Store) AnalyzeCatalogue(ctx context.Context) error {
	if err := s.db.With(ctx).Exec("SELECT analyze_catalogue()").Error; err != nil {
		return fmt.Errorf("analyze the catalogue: %w", err)
	}
	return nil
}

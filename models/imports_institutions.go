package models

import (
	"context"
	"strings"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// InstitutionKey is what makes two institutions of a list the same: name and place.
func InstitutionKey(i Institution) string {
	if i.Name == "" {
		return ""
	}
	place := i.Street
	if i.RegencyCode != nil {
		place = *i.RegencyCode
	}
	return foldTitle(i.Name) + "|" + strings.ToLower(place)
}

// InstitutionMatch is a row of a list beside what is there already: Same is the same institution, Other another one
// that has the same number on the same list.
type InstitutionMatch struct {
	Same  *Institution
	Other *Institution
}

// MatchInstitutions sets each institution of a list beside those that are there: by its number within the list's
// source, else by name and place.
func (s *Store) MatchInstitutions(ctx context.Context, officer User, source string, list []Institution) ([]InstitutionMatch, error) {
	if officer.Role != Officer {
		return nil, ErrForbidden
	}
	var keys, names record.Codes
	for _, i := range list {
		if i.ExternalKey != nil {
			keys = append(keys, *i.ExternalKey)
		}
		names = append(names, foldTitle(i.Name))
	}
	var there []Institution
	err := s.db.With(ctx).Where(`(external_source = ? AND external_key = ANY (?::text[]))
			OR lower(regexp_replace(btrim(name), '\s+', ' ', 'g')) = ANY (?::text[])`, source, keys, names).
		Order("id").Limit(knownMost).Find(&there).Error
	if err != nil {
		return nil, err
	}
	byKey, byName := map[string]*Institution{}, map[string]*Institution{}
	for n := range there {
		i := &there[n]
		if i.ExternalKey != nil && i.ExternalSource == source {
			byKey[*i.ExternalKey] = i
		}
		if byName[InstitutionKey(*i)] == nil {
			byName[InstitutionKey(*i)] = i
		}
	}
	matches := make([]InstitutionMatch, len(list))
	for n, i := range list {
		m := &matches[n]
		if i.ExternalKey != nil {
			if known := byKey[*i.ExternalKey]; known != nil && foldTitle(known.Name) == foldTitle(i.Name) {
				m.Same = known
				continue
			} else if known != nil {
				m.Other = known
			}
		}
		if same := InstitutionKey(i); same != "" {
			m.Same = byName[same]
		}
	}
	return matches, nil
}

// SaveImportedInstitutions adds institutions as submitted: nobody sees them until an officer has
// verified them. same counts those of the list that are there already and stay as they are. What somebody else
// brought in meanwhile is ErrStale, and nothing is saved.
func (s *Store) SaveImportedInstitutions(
	ctx context.Context, officer User, ref, source string, list []Institution, same, refused int,
) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	err := s.transact(ctx, "save import", func(tx *Store) error {
		i, err := tx.lockImport(ctx, officer, ref)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return ErrImportEmpty
		}
		// One list at a time: a second one with the same institutions finds the first one's.
		if err := tx.db.With(ctx).Exec("SELECT pg_advisory_xact_lock(hashtext('imports of institutions'))").Error; err != nil {
			return err
		}
		matches, err := tx.MatchInstitutions(ctx, officer, source, list)
		if err != nil {
			return err
		}
		now := tx.db.Now()
		for n := range list {
			if matches[n].Same != nil || matches[n].Other != nil {
				return ErrStale
			}
			added := &list[n]
			added.ID, added.Ref, added.ExternalSource = 0, record.NewRef("LB"), source
			added.State, added.Version, added.CreatedAt, added.UpdatedAt = InstitutionSubmitted, 1, now, now
		}
		if err := tx.db.With(ctx).Omit(clause.Associations).CreateInBatches(&list, addedAtOnce).Error; err != nil {
			return err
		}
		return tx.closeImport(ctx, officer, i, ImportResult{New: len(list), Same: same}, refused)
	})
	if err != nil {
		return err
	}
	return s.AnalyzeCatalogue(ctx)
}

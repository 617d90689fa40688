package models

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"naikkelas/models/record"
)

// MyData is everything that the portal holds about the person (UU 27/2022 art. 7), all of one moment, for the page.
func (s *Store) MyData(ctx context.Context, actor User) (parts []record.DataPart, err error) {
	err = s.db.Snapshot(ctx, "my data", func(tx *record.DB) error {
		parts, err = s.copyOf(ctx, tx, actor)
		return err
	})
	return parts, err
}

// copyOf copies what is the person's, in their account and in those that are joined into it.
func (s *Store) copyOf(ctx context.Context, tx *record.DB, actor User) (parts []record.DataPart, err error) {
	ids, err := (&Store{db: tx}).joinedInto(ctx, actor)
	if err != nil {
		return nil, err
	}
	slices.Reverse(ids) // their own first
	for _, id := range ids {
		more, err := tx.Copy(ctx, s.personal, id)
		if err != nil {
			return nil, err
		}
		if parts == nil {
			parts = more
			continue
		}
		for i := range parts {
			if parts[i].Rows, err = joined(parts[i].Rows, more[i].Rows); err != nil {
				return nil, err
			}
		}
	}
	return parts, nil
}

// joined is one JSON array of two.
func joined(first, second json.RawMessage) (json.RawMessage, error) {
	var one, two []json.RawMessage
	if err := errors.Join(json.Unmarshal(first, &one), json.Unmarshal(second, &two)); err != nil {
		return nil, err
	}
	return json.Marshal(append(one, two...))
}

// CopyMyData is the same as a copy to take along, and records that it was taken.
func (s *Store) CopyMyData(ctx context.Context, actor User) (parts []record.DataPart, err error) {
	err = s.db.Snapshot(ctx, "copy my data", func(tx *record.DB) error {
		if parts, err = s.copyOf(ctx, tx, actor); err != nil {
			return err
		}
		return tx.Audit(ctx, actor, record.Act{Action: "data_copied", SubjectKind: "user", SubjectID: actor.ID, PersonID: actor.ID})
	})
	return parts, err
}

// DataNames are the names of those codes in a copy that are rows of ours, such as levels of schools, by kind and code:
// education, regency, country, certificate_type, certificate_level and reason.
func (s *Store) DataNames(ctx context.Context) (map[string]Text, error) {
	var list []struct {
		Key  string
		Name Text `gorm:"embedded;embeddedPrefix:name_"`
	}
	err := s.db.With(ctx).Raw(`SELECT 'education.' || code AS key, name_id, name_en
			FROM education_levels
		UNION ALL SELECT 'regency.' || code, name, name
			FROM regencies
		UNION ALL SELECT 'country.' || code, name_id, name_en
			FROM countries
		UNION ALL SELECT 'sector.' || code, name_id, name_en
			FROM sectors
		UNION ALL SELECT 'occupation.' || code, name_id, name_en
			FROM occupations
		UNION ALL SELECT 'certificate_type.' || code, name_id, name_en
			FROM certificate_types
		UNION ALL SELECT 'certificate_level.' || code, name_id, name_en
			FROM certificate_levels
		UNION ALL (SELECT DISTINCT ON (code) 'reason.' || code, text_id, text_en
			FROM reason_codes
			ORDER BY code, valid_from DESC)`).Scan(&list).Error
	names := make(map[string]Text, len(list))
	for _, n := range list {
		names[n.Key] = n.Name
	}
	return names, err
}

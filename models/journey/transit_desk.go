package journey

import (
	"cmp"
	"context"
	"slices"

	"naikkelas/models/record"
)

// A StayRow is an open stay as officers who help people in trouble see it, with how many others wait at the same address
// and with the same agency.
type StayRow struct {
	Stay
	PersonRef  string
	PersonName string
	AtAddress  int
	WithAgency int
}

// mostStays is how many stays the desk shows.
const mostStays = 100

// Stays are the open stays, those at the fullest addresses first. Only who helps people in trouble reads them; that they
// did is written down.
func (s *Store) Stays(ctx context.Context, officer record.User) (list []StayRow, err error) {
	if err := s.mayHelp(ctx, officer); err != nil {
		return nil, err
	}
	err = s.transact(ctx, "read stays", func(tx *Store) error {
		err := tx.db.With(ctx).Raw(`SELECT y.*, u.ref AS person_ref, u.name AS person_name,
				count(*) OVER (PARTITION BY y.address_index) AS at_address,
				count(*) OVER (PARTITION BY y.agency_folded) AS with_agency
			FROM transit_stays y
			JOIN users u ON u.id = coalesce((SELECT t.into_id
				FROM account_joins t
				WHERE t.joined_id = y.user_id AND `+record.JoinStands+`), y.user_id)
			WHERE y.over_at IS NULL
			ORDER BY at_address DESC, y.address_index, y.leaves_on, y.id
			LIMIT ?`, mostStays).Scan(&list).Error
		if err != nil {
			return err
		}
		places := make([]string, len(list))
		acts := make([]record.Act, len(list))
		for i := range list {
			l := &list[i]
			if l.Address, err = tx.opened(l.AddressSealed, "transit_stays", l.ID, "address_sealed"); err != nil {
				return err
			}
			places[i] = foldAddress(l.Address)
			acts[i] = record.Act{Action: "stay_read", SubjectKind: "transit_stay", SubjectID: l.ID, PersonID: l.UserID}
		}
		if len(acts) == 0 {
			return nil
		}
		if err := tx.countAtAddresses(ctx, list, places); err != nil {
			return err
		}
		return tx.db.Audit(ctx, officer, acts...)
	})
	return list, err
}

// countAtAddresses counts who waits at the places of a list under every key of the index, since a stay that was written down
// before the keys changed lies under an older one; the fullest come first.
func (s *Store) countAtAddresses(ctx context.Context, list []StayRow, places []string) error {
	of := map[string]string{}
	var indexes [][]byte
	for _, place := range places {
		for _, index := range s.db.Box().Indexes(place, addressPurpose) {
			of[string(index)] = place
			indexes = append(indexes, index)
		}
	}
	var counts []struct {
		AddressIndex []byte
		People       int
	}
	err := s.db.With(ctx).Model(&Stay{}).Select("address_index, count(*) AS people").
		Where("over_at IS NULL AND address_index IN ?", indexes).Group("address_index").Scan(&counts).Error
	people := map[string]int{}
	for _, c := range counts {
		people[of[string(c.AddressIndex)]] += c.People
	}
	for i := range list {
		list[i].AtAddress = people[places[i]]
	}
	slices.SortStableFunc(list, func(a, b StayRow) int {
		return cmp.Or(cmp.Compare(b.AtAddress, a.AtAddress), cmp.Compare(foldAddress(a.Address), foldAddress(b.Address)))
	})
	return err
}

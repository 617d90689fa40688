package journey

import (
	"context"
	"strings"
	"time"

	"naikkelas/models/record"
)

// linesPage is how many people a page of the list shows.
const linesPage = 50

// A LineFilter says which people an officer lists: those at a station, of one country or of all.
type LineFilter struct {
	Station Station
	Country string
}

// A LineRow is a person in the list.
type LineRow struct {
	Ref     string
	Name    string
	Since   time.Time
	Country string
}

// LinePage is a page of the list; After names its last row when the list goes on.
type LinePage struct {
	Rows  []LineRow
	After string
}

// LinesForOfficer lists the people at a station, those who came last first, after the row that after names.
func (s *Store) LinesForOfficer(ctx context.Context, officer record.User, f LineFilter, after string) (page LinePage, err error) {
	if officer.Role != record.Officer {
		return page, record.ErrForbidden
	}
	q := s.db.With(ctx).Table("journey_lines l").Select("u.ref, u.name, l.since, l.country").
		Joins("JOIN users u ON u.id = l.user_id").Where("l.station = ?", f.Station)
	if f.Country != "" {
		q = q.Where("l.country = ?", f.Country)
	}
	if since, ref, ok := strings.Cut(after, "_"); ok {
		day, err := time.Parse(time.DateOnly, since)
		if err != nil {
			return page, record.ErrNotFound
		}
		q = q.Where("(l.since, l.user_id) < (?::date, (SELECT id FROM users WHERE ref = ?))", day, ref)
	}
	err = q.Order("l.since DESC, l.user_id DESC").Limit(linesPage + 1).Scan(&page.Rows).Error
	if len(page.Rows) > linesPage {
		page.Rows = page.Rows[:linesPage]
		last := page.Rows[linesPage-1]
		page.After = last.Since.Format(time.DateOnly) + "_" + last.Ref
	}
	return page, err
}

// A StationCount is how many people of a country are at a station now.
type StationCount struct {
	Station Station
	Country string
	People  int
}

// StationCounts says how many people are at each station, by country, out of the counters.
func (s *Store) StationCounts(ctx context.Context, officer record.User) (list []StationCount, err error) {
	if officer.Role != record.Officer {
		return nil, record.ErrForbidden
	}
	err = s.db.With(ctx).Raw(`SELECT station, country, sum(people) AS people
		FROM station_counts
		GROUP BY station, country
		HAVING sum(people) <> 0
		ORDER BY station, country`).Scan(&list).Error
	return list, err
}

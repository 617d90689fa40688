package models

import (
	"context"
	"time"
)

// actorUnit is the city whose officer wrote a row, by its column actor_id: what people outside the desk read in the
// place of a name. It is empty for officers of the whole province, and for everybody else.
const actorUnit = `coalesce((SELECT r.name
	FROM users o
	JOIN regencies r ON r.code = o.regency_code
	WHERE o.id = actor_id
		AND o.role = 'officer'), '')`

// nameActors adds to an application's history the names of who took its steps, for the desk.
func (s *Store) nameActors(ctx context.Context, events []ApplicationEvent) error {
	var ids []int64
	for _, e := range events {
		if e.ActorID != nil {
			ids = append(ids, *e.ActorID)
		}
	}
	var people []User
	if len(ids) == 0 {
		return nil
	}
	if err := s.db.With(ctx).Select("id", "name").Where("id IN ?", ids).Limit(len(ids)).Find(&people).Error; err != nil {
		return err
	}
	names := make(map[int64]string, len(people))
	for _, u := range people {
		names[u.ID] = u.Name
	}
	for i, e := range events {
		if e.ActorID != nil {
			events[i].ActorName = names[*e.ActorID]
		}
	}
	return nil
}

// ProgrammeEvent is a step of a listing, with who took it and why.
type ProgrammeEvent struct {
	At         time.Time
	ActorName  string
	FromState  ProgrammeState
	ToState    ProgrammeState
	ReasonCode string
	Note       string
}

// ProgrammeEvents lists the steps of a programme for the desk, newest first, at most fifty.
func (s *Store) ProgrammeEvents(ctx context.Context, officer User, p Programme) (list []ProgrammeEvent, err error) {
	if officer.Role != Officer {
		return nil, ErrForbidden
	}
	err = s.db.With(ctx).Table("programme_events e").
		Select("e.at, coalesce(u.name, '') AS actor_name, e.from_state, e.to_state, e.reason_code, e.note").
		Joins("LEFT JOIN users u ON u.id = e.actor_id").Where("e.programme_id = ?", p.ID).Order("e.id DESC").Limit(50).Scan(&list).Error
	return list, err
}

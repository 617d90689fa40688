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

// actorName is the name of whoever wrote a row, by its column actor_id: for readers of the desk alone.
const actorName = "coalesce((SELECT name FROM users WHERE id = actor_id), '')"

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

package models

import (
	"context"
	"time"
)

// Look is one time that somebody who works here looked at a person's files or numbers. Action is the
// audit trail's; File is the name of the file, empty for the profile. Several pages of one file within
// an hour are one look.
type Look struct {
	At     time.Time
	Name   string
	Action string
	File   string
}

// lookActions are the acts that count as looking at what a person sent.
var lookActions = []string{"upload_page_seen", "upload_downloaded", "nik_revealed", "profile_seen", "person_seen"}

// Looks lists who looked at the acting person's files and numbers, newest first, at most a hundred.
// Their own looks are nobody's business.
func (s *Store) Looks(ctx context.Context, actor User) ([]Look, error) {
	var list []Look
	err := s.db.WithContext(ctx).Raw(`SELECT max(a.at) AS at, coalesce(u.name, '') AS name, a.action, coalesce(f.name, '') AS file
		FROM audit_rows a LEFT JOIN users u ON u.id = a.actor_id LEFT JOIN uploads f ON a.subject_kind = 'upload' AND f.id = a.subject_id
		WHERE a.person_id = ? AND a.actor_id IS DISTINCT FROM ? AND a.action IN ?
		GROUP BY date_trunc('hour', a.at), u.name, a.action, f.name ORDER BY max(a.id) DESC LIMIT 100`, actor.ID, actor.ID, lookActions).Scan(&list).Error
	return list, err
}

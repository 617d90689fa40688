package models

import (
	"context"
	"math"
	"strconv"
	"time"
)

// Look is one time that somebody who works here looked at a person's files or numbers. Action is the
// audit trail's; File is the name of the file, empty for the profile, and Reason why files that were not at the desk
// were opened. One goes on while the same person
// opens the same thing again within lookPause: the pages of a file are one look.
type Look struct {
	ID     int64 // of the first row of the audit trail
	At     time.Time
	Until  time.Time
	Role   Role
	Action string
	File   string
	Reason string
}

// LookPage is a part of the log of looks. After is where the next part begins, empty on the last.
type LookPage struct {
	Looks []Look
	After string
}

// lookActions are the acts that count as looking at what a person sent.
var lookActions = []string{
	"upload_page_seen", "upload_downloaded", "nik_revealed", "profile_seen", "person_seen", "contact_opened",
	"family_opened", "files_opened", "applicants_downloaded",
}

const (
	lookPause    = "10 minutes"
	looksPerPage = 50
)

// Looks lists every look at the acting person's files and numbers, those that began last first, from
// after on. Their own looks are nobody's business. An unknown place in the list is its beginning.
func (s *Store) Looks(ctx context.Context, actor User, after string) (LookPage, error) {
	before, err := strconv.ParseInt(after, 10, 64)
	if err != nil {
		before = math.MaxInt64
	}
	var page LookPage
	err = s.db.With(ctx).Raw(`WITH opened AS (
			SELECT id, at, actor_id, actor_role, action, subject_kind, subject_id,
				at - lag(at) OVER same > ?::interval AS apart
			FROM audit_rows
			WHERE person_id = ?
				AND actor_id IS DISTINCT FROM ?
				AND action IN ?
			WINDOW same AS (PARTITION BY actor_id, action, subject_kind, subject_id ORDER BY id)
		), numbered AS (
			SELECT *, count(*) FILTER (WHERE apart)
				OVER (PARTITION BY actor_id, action, subject_kind, subject_id ORDER BY id) AS look
			FROM opened
		), looks AS (
			SELECT min(id) AS id, min(at) AS at, max(at) AS until, min(actor_role) AS role,
				action, subject_kind, subject_id
			FROM numbered
			GROUP BY actor_id, action, subject_kind, subject_id, look
			HAVING min(id) < ?
			ORDER BY min(id) DESC
			LIMIT ?
		)
		SELECT l.*, coalesce(f.name, '') AS file, coalesce(o.reason, '') AS reason
		FROM looks l
		LEFT JOIN uploads f ON l.subject_kind = 'upload' AND f.id = l.subject_id
		LEFT JOIN file_openings o ON l.subject_kind = 'file_opening' AND o.id = l.subject_id
		ORDER BY l.id DESC`,
		lookPause, actor.ID, actor.ID, lookActions, before, looksPerPage+1).Scan(&page.Looks).Error
	if len(page.Looks) > looksPerPage {
		page.Looks = page.Looks[:looksPerPage]
		page.After = strconv.FormatInt(page.Looks[looksPerPage-1].ID, 10)
	}
	return page, err
}

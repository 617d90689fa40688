package models

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode"

	"gorm.io/gorm"

	"naikkelas/internal/nik"
	"naikkelas/models/record"
)

// queuePageSize is how many files an officer sees at once.
const queuePageSize = 50

// QueueFilter narrows the officers' queue; empty fields narrow nothing. Without a state it is
// what waits for officers: submitted and in review.
type QueueFilter struct {
	State   ApplicationState
	Regency string // of the KTP address
	Sector  string
	Text    string // reference of the application, or part of the name
	Mine    bool   // taken by the acting officer
	Second  bool   // which wait for a second officer, whatever the state
	Recheck bool   // whose person changed what had been checked, whatever the state
}

// QueueItem is a file as a row of the queue.
type QueueItem struct {
	Application
	SeekerName    string
	ProgrammeName string
	IntakeNumber  int
	IntakeSession string
	RegencyName   string // of the KTP address
	AssigneeName  string
	AnswerBy      *time.Time // when the answer to a question of the seeker is due, nil when none waits
	Unanswered    int64      // messages of the seeker that wait for that answer
	AnnouncedAt   *time.Time // when a decision is announced that waits, nil for none
}

// QueuePage is one page of the queue, oldest first; Next is the cursor of the page after.
type QueuePage struct {
	Items   []QueueItem
	Counts  map[ApplicationState]int64
	Second  int64 // how many wait for a second officer
	Recheck int64 // how many officers have to look at again
	Next    string
}

// Queue lists files for officers. It takes two queries.
func (s *Store) Queue(ctx context.Context, officer User, f QueueFilter, cursor string) (QueuePage, error) {
	var page QueuePage
	if officer.Role != Officer {
		return page, ErrForbidden
	}
	q := s.queue(ctx, officer, f).Order("a.first_submitted_at, a.id").Limit(queuePageSize + 1)
	if at, id, ok := readQueueCursor(cursor); ok {
		q = q.Where("(a.first_submitted_at, a.id) > (?, ?)", at, id)
	}
	if err := q.Scan(&page.Items).Error; err != nil {
		return page, err
	}
	if len(page.Items) > queuePageSize {
		page.Items = page.Items[:queuePageSize]
		last := page.Items[queuePageSize-1]
		page.Next = queueCursor(*last.FirstSubmittedAt, last.ID)
	}
	err := s.queueCounts(ctx, &page)
	return page, err
}

func queueCursor(at time.Time, id int64) string {
	return strconv.FormatInt(at.UnixMicro(), 36) + "." + strconv.FormatInt(id, 36)
}

func readQueueCursor(cursor string) (at time.Time, id int64, ok bool) {
	first, second, found := strings.Cut(cursor, ".")
	micro, err1 := strconv.ParseInt(first, 36, 64)
	id, err2 := strconv.ParseInt(second, 36, 64)
	at = time.UnixMicro(micro).UTC()
	return at, id, found && err1 == nil && err2 == nil && at.Year() > 0 && at.Year() < 10000 // more than the database knows
}

// queueOf is every file that was ever sent, without order or bound.
func (s *Store) queueOf(ctx context.Context) *gorm.DB {
	return s.db.With(ctx).Table("applications a").
		Select(`a.*, u.name AS seeker_name, p.title AS programme_name,
			n.number AS intake_number, n.session AS intake_session,
			coalesce(r.name, '') AS regency_name, coalesce(o.name, '') AS assignee_name,
			(SELECT c.due_at
				FROM conversations c
				WHERE c.application_id = a.id) AS answer_by,
			(SELECT count(*)
				FROM conversations c
				JOIN messages m ON m.conversation_id = c.id
				WHERE c.application_id = a.id
					AND NOT m.from_desk
					AND m.created_at >= c.waiting_since) AS unanswered,
			(SELECT d.announced_at
				FROM decisions d
				WHERE d.application_id = a.id
					AND ` + openDecision + `) AS announced_at, ` + s.withoutCertificate()).
		Joins(`JOIN users u ON u.id = a.seeker_id
			JOIN intakes n ON n.id = a.intake_id
			JOIN programmes p ON p.id = n.programme_id
			LEFT JOIN addresses ad ON ad.user_id = a.seeker_id AND ad.kind = 'ktp'
			LEFT JOIN regencies r ON r.code = ad.regency_code
			LEFT JOIN users o ON o.id = a.assignee_id`).
		Where("a.first_submitted_at IS NOT NULL")
}

// queue is the filtered queue without order or bound.
func (s *Store) queue(ctx context.Context, officer User, f QueueFilter) *gorm.DB {
	q := s.queueOf(ctx)
	switch {
	case f.Second:
		q = q.Where(needsSecond)
	case f.Recheck:
		q = q.Where("a.recheck_since IS NOT NULL AND " + endedStates.notIn("a.state"))
	case f.State == "":
		q = q.Where(waitingStates.in("a.state"))
	default:
		q = q.Where("a.state = ?", f.State)
	}
	if f.Regency != "" {
		q = q.Where("ad.regency_code = ?", f.Regency)
	}
	if f.Sector != "" {
		q = q.Where("p.sector_code = ?", f.Sector)
	}
	if f.Mine {
		q = q.Where("a.assignee_id = ?", officer.ID)
	}
	return named(q, f.Text)
}

// named narrows to an application's reference, however it is written, or to people whose name holds every word.
func named(q *gorm.DB, text string) *gorm.DB {
	if text = strings.TrimSpace(text); text == "" {
		return q
	}
	return q.Where(`a.id IN (
			SELECT id
			FROM applications
			WHERE ref = ?
			UNION ALL
			SELECT m.id
			FROM applications m
			WHERE m.seeker_id IN (?))`, typedRef("NK", text), peopleNamed(q, text))
}

// peopleNamed are the ids of the people whose name holds every word of the text.
func peopleNamed(q *gorm.DB, text string) *gorm.DB {
	return nameHolds(q.Session(&gorm.Session{NewDB: true}).Table("users").Select("id"), text)
}

// nameHolds narrows to rows whose name holds every word of the text, in whatever order; a text without words is no
// name.
func nameHolds(q *gorm.DB, text string) *gorm.DB {
	patterns := namePatterns(text)
	if len(patterns) == 0 {
		return q.Where("false")
	}
	for _, pattern := range patterns {
		q = q.Where("f_fold(name) LIKE ?", pattern)
	}
	return q
}

// typedRef is a reference with a prefix as people write it: in small letters, without the prefix or its dash.
func typedRef(prefix, text string) string {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, text)
	return prefix + "-" + strings.TrimPrefix(letters, prefix)
}

// SearchApplications lists files in any state by their reference or the person's name, newest first.
func (s *Store) SearchApplications(ctx context.Context, officer User, text string) ([]QueueItem, error) {
	if officer.Role != Officer {
		return nil, ErrForbidden
	}
	var list []QueueItem
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	err := named(s.queueOf(ctx), text).Order("a.id DESC").Limit(queuePageSize).Scan(&list).Error
	return list, err
}

// queueCounts adds to a page how many files there are of each kind.
func (s *Store) queueCounts(ctx context.Context, page *QueuePage) error {
	var rows []struct {
		State              ApplicationState
		N, Second, Recheck int64
	}
	err := s.db.With(ctx).Raw(`SELECT state, count(*) AS n, count(*) FILTER (WHERE ` + needsSecond + `) AS second,
			count(recheck_since) AS recheck
		FROM applications a
		WHERE first_submitted_at IS NOT NULL
		GROUP BY state`).Scan(&rows).Error
	page.Counts = make(map[ApplicationState]int64, len(rows))
	for _, r := range rows {
		page.Counts[r.State] = r.N
		page.Second += r.Second
		if r.State.Live() {
			page.Recheck += r.Recheck
		}
	}
	return err
}

// exportBatch is how many files one query of an export reads: short statements, however slowly the
// reader takes them.
const exportBatch = 1000

// EachQueued hands over every file of the filtered queue, oldest first, a batch at a time: an export
// of any length takes little memory (bug report P125). It is written down who exported.
func (s *Store) EachQueued(ctx context.Context, officer User, f QueueFilter, each func(QueueItem) error) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	if err := s.db.Audit(ctx, officer, record.Act{Action: "queue_exported", SubjectKind: "user", SubjectID: officer.ID}); err != nil {
		return err
	}
	var last *QueueItem
	for {
		q := s.queue(ctx, officer, f)
		if last != nil {
			q = q.Where("(a.first_submitted_at, a.id) > (?, ?)", last.FirstSubmittedAt, last.ID)
		}
		var batch []QueueItem
		if err := q.Order("a.first_submitted_at, a.id").Limit(exportBatch).Scan(&batch).Error; err != nil {
			return err
		}
		for _, item := range batch {
			if err := each(item); err != nil {
				return err
			}
		}
		if len(batch) < exportBatch {
			return nil
		}
		last = &batch[exportBatch-1]
	}
}

// FindByNIK lists the files of everybody who gave this NIK, newest first. The search is written
// down, without the number.
func (s *Store) FindByNIK(ctx context.Context, officer User, number nik.NIK) ([]QueueItem, error) {
	if officer.Role != Officer {
		return nil, ErrForbidden
	}
	if err := s.db.Audit(ctx, officer, record.Act{Action: "nik_searched", SubjectKind: "user", SubjectID: officer.ID}); err != nil {
		return nil, err
	}
	indexes, err := s.nikIndexes(ctx, number)
	if err != nil {
		return nil, err
	}
	var list []QueueItem
	err = s.queueOf(ctx).Limit(queuePageSize).
		Where("a.seeker_id IN (SELECT user_id FROM profiles p WHERE "+ofNIK("p")+")", indexes, indexes).
		Order("a.id DESC").Scan(&list).Error
	return list, err
}

package models

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// atInstitutions refuses who does not look at institutions.
func (s *Store) atInstitutions(ctx context.Context, officer User) error {
	held, err := s.db.Holds(ctx, officer, DutyInstitutions)
	if err == nil && !held {
		err = ErrForbidden
	}
	return err
}

// ListedRequestStates are the states in which officers see requests; those that were never sent are their writers' alone.
func ListedRequestStates() []RequestState {
	return []RequestState{RequestSubmitted, RequestAsked, RequestVerified, RequestRefused}
}

// RequestList is a page of requests to join. Next is the cursor of the page after, and Counts say how many are in each state.
type RequestList struct {
	Items  []InstitutionRequest
	Next   string
	Counts map[RequestState]int
}

// requestsPage is how many requests a page lists.
const requestsPage = 50

// InstitutionRequests lists the requests in a state, the one that was sent first comes first.
func (s *Store) InstitutionRequests(ctx context.Context, officer User, state RequestState, cursor string) (RequestList, error) {
	page := RequestList{Counts: map[RequestState]int{}}
	if err := s.atInstitutions(ctx, officer); err != nil {
		return page, err
	}
	if !slices.Contains(ListedRequestStates(), state) {
		return page, ErrNotFound
	}
	q := s.db.With(ctx).Where("state = ?", state)
	if at, id, ok := readQueueCursor(cursor); ok {
		q = q.Where("(submitted_at, id) > (?, ?)", at, id)
	}
	if err := q.Order("submitted_at, id").Limit(requestsPage + 1).Find(&page.Items).Error; err != nil {
		return page, err
	}
	if len(page.Items) > requestsPage {
		page.Items = page.Items[:requestsPage]
		last := page.Items[requestsPage-1]
		page.Next = queueCursor(*last.SubmittedAt, last.ID)
	}
	var rows []struct {
		State RequestState
		N     int
	}
	err := s.db.With(ctx).Raw(`SELECT state, count(*) AS n
		FROM institution_requests
		WHERE state <> 'begun'
		GROUP BY state`).Scan(&rows).Error
	for _, r := range rows {
		page.Counts[r.State] = r.N
	}
	return page, err
}

// RequestFile is a request with all that an officer looks at. Checks are the latest of each item; Alike are institutions that
// may be the same, and AlikeRequests other requests that may.
type RequestFile struct {
	InstitutionRequest
	Regency       string
	Papers        []PagedPaper
	Checks        map[string]RequestCheck
	Events        []RequestEvent
	Alike         []Institution
	AlikeRequests []InstitutionRequest
}

// Unchecked names the items about which no officer has found anything yet, and Wrong those that are wrong.
func (f RequestFile) Unchecked() (items []string) {
	for _, item := range RequestItems() {
		if _, found := f.Checks[item]; !found {
			items = append(items, item)
		}
	}
	return items
}

// Wrong names the items that an officer found wrong.
func (f RequestFile) Wrong() (items []string) {
	for _, item := range RequestItems() {
		if f.Checks[item].Finding == FindingWrong {
			items = append(items, item)
		}
	}
	return items
}

// RequestForOfficer finds a request that was sent, with what an officer looks at.
func (s *Store) RequestForOfficer(ctx context.Context, officer User, ref string) (f RequestFile, err error) {
	if err := s.atInstitutions(ctx, officer); err != nil {
		return f, err
	}
	if f.InstitutionRequest, err = s.sentRequest(s.db.With(ctx), ref); err != nil {
		return f, err
	}
	if f.Regency, err = s.RegencyName(ctx, f.RegencyCode); err != nil {
		return f, err
	}
	if f.Papers, err = s.requestPapers(ctx, f.ID); err != nil {
		return f, err
	}
	if f.Checks, err = s.requestChecks(ctx, f.ID); err != nil {
		return f, err
	}
	err = s.db.With(ctx).Table("institution_request_events e").
		Select("e.at, coalesce(u.name, '') AS actor_name, e.from_state, e.to_state, e.note").
		Joins("LEFT JOIN users u ON u.id = e.actor_id").Where("e.request_id = ? AND e.to_state <> 'begun'", f.ID).
		Order("e.id DESC").Limit(50).Scan(&f.Events).Error
	if err != nil {
		return f, err
	}
	return f, s.alikeRequest(ctx, &f)
}

func (s *Store) lockedRequest(ctx context.Context, ref string) (InstitutionRequest, error) {
	return s.sentRequest(s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}), ref)
}

func (s *Store) sentRequest(q *gorm.DB, ref string) (r InstitutionRequest, err error) {
	err = q.Where("ref = ? AND state <> 'begun'", ref).Take(&r).Error
	return r, err
}

func (s *Store) requestChecks(ctx context.Context, id int64) (map[string]RequestCheck, error) {
	var list []RequestCheck
	err := s.db.With(ctx).Raw(`SELECT DISTINCT ON (c.item) c.item, c.finding, c.note, c.at, u.name AS actor_name
		FROM institution_request_checks c
		JOIN users u ON u.id = c.actor_id
		WHERE c.request_id = ?
		ORDER BY c.item, c.id DESC`, id).Scan(&list).Error
	checks := make(map[string]RequestCheck, len(list))
	for _, c := range list {
		checks[c.Item] = c
	}
	return checks, err
}

// alikeMost is how many institutions are shown that may be the one that asks.
const alikeMost = 10

// alikeRequest finds what may be the same institution: the same number, or a name that is nearly the same.
func (s *Store) alikeRequest(ctx context.Context, f *RequestFile) error {
	same := map[string]any{"nib": f.NIB, "vin": f.VIN, "name": f.Name, "id": f.ID, "most": alikeMost}
	err := s.db.With(ctx).Raw(`SELECT *
		FROM institutions
		WHERE id IN (
			SELECT id FROM institutions WHERE nib = @nib AND nib <> ''
			UNION
			SELECT id FROM institutions WHERE vin = @vin AND vin <> ''
			UNION
			SELECT id FROM institutions WHERE f_fold(name) % f_fold(@name) AND similarity(f_fold(name), f_fold(@name)) > 0.6)
		ORDER BY (nib = @nib AND nib <> '') DESC, similarity(f_fold(name), f_fold(@name)) DESC, id
		LIMIT @most`, same).Scan(&f.Alike).Error
	if err != nil {
		return err
	}
	return s.db.With(ctx).Raw(`SELECT *
		FROM institution_requests
		WHERE state IN ('submitted', 'asked')
			AND id <> @id
			AND (nib = @nib AND nib <> '' OR vin = @vin AND vin <> '' OR similarity(f_fold(name), f_fold(@name)) > 0.6)
		ORDER BY submitted_at, id
		LIMIT @most`, same).Scan(&f.AlikeRequests).Error
}

// RequestFinding is what an officer finds about an item.
type RequestFinding struct {
	Item    string
	Finding string
	Note    string
}

// CheckRequest writes down what an officer finds about items of a request that waits for them. What is as it was is not
// written again; an earlier finding stays in the table.
func (s *Store) CheckRequest(ctx context.Context, officer User, ref string, findings []RequestFinding) error {
	if err := s.atInstitutions(ctx, officer); err != nil {
		return err
	}
	return s.transact(ctx, "check institution request", func(tx *Store) error {
		r, err := tx.lockedRequest(ctx, ref)
		if err != nil {
			return err
		}
		if r.State != RequestSubmitted {
			return ErrStale
		}
		before, err := tx.requestChecks(ctx, r.ID)
		if err != nil {
			return err
		}
		var items []string
		for _, f := range findings {
			f.Note = strings.TrimSpace(f.Note)
			was, known := before[f.Item]
			if !slices.Contains(RequestItems(), f.Item) || f.Finding == "" || known && was.Finding == f.Finding && was.Note == f.Note {
				continue
			}
			if f.Finding == FindingWrong && f.Note == "" {
				return &Refusal{Key: "join.check.note_missing", Field: f.Item}
			}
			err := tx.db.With(ctx).Exec(`INSERT INTO institution_request_checks (request_id, item, finding, note, actor_id, at)
				VALUES (?, ?, ?, ?, ?, ?)`, r.ID, f.Item, f.Finding, f.Note, officer.ID, tx.db.Now()).Error
			if err != nil {
				return err
			}
			items = append(items, f.Item)
		}
		if len(items) == 0 {
			return nil
		}
		return tx.db.Audit(ctx, officer, record.Act{
			Action: "institution_request_checked", SubjectKind: "institution_request", SubjectID: r.ID, Detail: map[string]any{"items": items},
		})
	})
}

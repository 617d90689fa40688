package dated

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"naikkelas/models/record"
)

// mostRows is how many rows a list shows; no table of this kind grows with the number of people.
const mostRows = 1000

// says gives the described columns of a row t as an object of JSON.
func (t Table) says() string {
	columns := ""
	for _, c := range t.columns() {
		columns += fmt.Sprintf(", '%s', coalesce(t.%s::text, '')", c, c)
	}
	return "jsonb_build_object(" + columns[2:] + ")"
}

// versions begins a query for versions of rows.
func (t Table) versions() string {
	return "SELECT t.id, t.code, t.position, t.valid_from, t.valid_to, t.checked_on, " + t.says() + " AS says FROM " + t.Name + " t "
}

// order is how rows stand in a list.
func (t Table) order() string {
	if t.Group == "" {
		return "ORDER BY t.position, t.code"
	}
	return "ORDER BY t." + t.Group + ", t.position, t.code"
}

// mayRead lets officers read how rows come about.
func mayRead(actor record.User) error {
	if actor.Role != record.Officer {
		return record.ErrForbidden
	}
	return nil
}

// MayWrite says whether somebody may change rows: officers with the duty of reference data.
func (s *Store) MayWrite(ctx context.Context, actor record.User) (bool, error) {
	return s.db.Holds(ctx, actor, record.DutyReference)
}

func (s *Store) mayWrite(ctx context.Context, actor record.User) error {
	held, err := s.MayWrite(ctx, actor)
	if err == nil && !held {
		return record.ErrForbidden
	}
	return err
}

// mostVersions is how many versions of all rows of a table are read at once.
const mostVersions = 5000

// All reads every version of every row of a table, each row's from its first to its last; with drafts as if every open
// draft were published. Whoever may see what it says asks for it.
func (s *Store) All(ctx context.Context, name string, drafts bool) ([]Version, error) {
	t, err := s.Table(name)
	if err != nil {
		return nil, err
	}
	var list []Version
	err = s.db.With(ctx).Raw(strings.Replace(t.versions(), " AS says FROM", ` AS says, (t.valid_to IS NOT NULL AND EXISTS (SELECT
			FROM dated_changes c
			WHERE c.of_table = ? AND c.code = t.code AND c.state = 'published' AND c.ends AND c.valid_to = t.valid_to)) AS ended
		FROM`, 1)+"ORDER BY t.position, t.code, t.valid_from LIMIT ?", t.Name, mostVersions).Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t.Name, err)
	}
	if drafts {
		return s.overlaid(ctx, t, list)
	}
	return list, nil
}

// AllWith is All as if one draft were published.
func (s *Store) AllWith(ctx context.Context, draft Change) ([]Version, error) {
	list, err := s.All(ctx, draft.OfTable, false)
	if err != nil {
		return nil, err
	}
	return s.laid(draft, list), nil
}

// overlaid lays the open drafts of a table over all its versions.
func (s *Store) overlaid(ctx context.Context, t Table, list []Version) ([]Version, error) {
	open, err := s.open(ctx, t)
	if err != nil {
		return nil, err
	}
	for _, c := range open {
		list = s.laid(c, list)
	}
	return list, nil
}

// laid lays a draft over the versions of a table.
func (s *Store) laid(c Change, list []Version) []Version {
	var own, others []Version
	for _, v := range list {
		if v.Code == c.Code {
			own = append(own, v)
		} else {
			others = append(others, v)
		}
	}
	over, err := c.fromOn(s.Today()).over(own)
	if err != nil { // it cannot be published
		return list
	}
	for i := range over {
		over[i].Ended = over[i].Ended || c.Ends && i == len(over)-1
	}
	return slices.Concat(others, over)
}

// open are the open drafts of a table.
func (s *Store) open(ctx context.Context, t Table) (list []Change, err error) {
	err = s.db.With(ctx).Where("of_table = ? AND state = ?", t.Name, Draft).Order("id").Limit(mostRows).Find(&list).Error
	return list, err
}

// A Name is what a row is called that another row names by its code.
type Name struct {
	Code  string
	Title string
}

// Names lists the rows that a field of the kinds Code and Codes can name.
func (s *Store) Names(ctx context.Context, officer record.User, f Field) (list []Name, err error) {
	if err := mayRead(officer); err != nil {
		return nil, err
	}
	err = s.db.With(ctx).Raw("SELECT code, max("+f.Name+") AS title FROM "+f.Of+" GROUP BY code ORDER BY title, code LIMIT ?", mostRows).
		Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("names of %s: %w", f.Of, err)
	}
	return list, nil
}

// A Row is one row in a list as it is on the list's day, with the draft that waits for it.
type Row struct {
	Version
	Draft bool // as an open draft would have it
}

// AsOf lists the rows of a table as they hold on a day; with drafts as if every open draft were published.
func (s *Store) AsOf(ctx context.Context, officer record.User, t Table, day record.Day, drafts bool) ([]Row, error) {
	if err := mayRead(officer); err != nil {
		return nil, err
	}
	rows, err := s.rowsOn(ctx, t, day)
	if err != nil {
		return nil, err
	}
	if !drafts {
		return rows, nil
	}
	return s.withDrafts(ctx, t, rows, day)
}

// rowsOn are the rows of a table that hold on a day.
func (s *Store) rowsOn(ctx context.Context, t Table, day record.Day) ([]Row, error) {
	var list []Version
	err := s.db.With(ctx).Raw(t.versions()+`WHERE t.valid_from <= ?
			AND (t.valid_to IS NULL OR t.valid_to >= ?) `+t.order()+` LIMIT ?`, day.Date(), day.Date(), mostRows).Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t.Name, err)
	}
	rows := make([]Row, len(list))
	for i, v := range list {
		rows[i] = Row{Version: v}
	}
	return rows, nil
}

// withDrafts lays the open drafts of a table over its rows of a day.
func (s *Store) withDrafts(ctx context.Context, t Table, rows []Row, day record.Day) ([]Row, error) {
	open, err := s.open(ctx, t)
	if err != nil {
		return nil, err
	}
	codes := make([]string, len(open))
	for i, c := range open {
		codes[i] = c.Code
	}
	var list []Version
	err = s.db.With(ctx).Raw(t.versions()+"WHERE t.code IN ? ORDER BY t.code, t.valid_from", append(codes, "")).Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t.Name, err)
	}
	versions := map[string][]Version{}
	for _, v := range list {
		versions[v.Code] = append(versions[v.Code], v)
	}
	for _, c := range open {
		if laid, err := c.fromOn(s.Today()).over(versions[c.Code]); err == nil { // else it cannot be published
			rows = replaced(rows, c.Code, laid, day)
		}
	}
	return rows, nil
}

// replaced puts in the place of a row the one of its versions that holds on a day; one that is new stands last.
func replaced(rows []Row, code string, versions []Version, day record.Day) []Row {
	at := slices.IndexFunc(rows, func(r Row) bool { return r.Code == code })
	now := slices.IndexFunc(versions, func(v Version) bool { return v.HoldsOn(day) })
	switch {
	case now < 0 && at < 0:
	case now < 0:
		rows = slices.Delete(rows, at, at+1)
	case at < 0:
		rows = append(rows, Row{Version: versions[now], Draft: true})
	default:
		rows[at] = Row{Version: versions[now], Draft: versions[now].ID == 0}
	}
	return rows
}

// History is everything about one row: its versions and the changes that were decided, the newest first, the draft
// that is open, and who made sure of it. At most a hundred of each.
type History struct {
	Versions []Version
	Draft    *Change
	Past     []Change
	Checks   []Check
}

// Seen is what whoever reads this has seen of the row.
func (h History) Seen() Seen {
	switch {
	case h.Draft != nil:
		return h.Draft.seen()
	case len(h.Past) > 0:
		return h.Past[0].seen()
	}
	return Seen{}
}

// Newest is the version that was published last, which may hold from a later day on; false where there is none.
func (h History) Newest() (Version, bool) {
	if len(h.Versions) == 0 {
		return Version{}, false
	}
	return h.Versions[0], true
}

// On is the version that holds on a day.
func (h History) On(day record.Day) (Version, bool) {
	for _, v := range h.Versions {
		if v.HoldsOn(day) {
			return v, true
		}
	}
	return Version{}, false
}

// Row reads everything about a row; one that has neither a version nor a change is not found.
func (s *Store) Row(ctx context.Context, officer record.User, t Table, code string) (History, error) {
	var h History
	if err := mayRead(officer); err != nil {
		return h, err
	}
	err := s.db.With(ctx).Raw(t.versions()+"WHERE t.code = ? ORDER BY t.valid_from DESC LIMIT 100", code).Scan(&h.Versions).Error
	if err != nil {
		return h, fmt.Errorf("read %s: %w", t.Name, err)
	}
	var changes []Change
	err = s.db.With(ctx).Table("dated_changes c").
		Select("c.*, coalesce(w.name, '') AS writer, coalesce(d.name, '') AS decider").
		Joins("LEFT JOIN users w ON w.id = c.written_by").Joins("LEFT JOIN users d ON d.id = c.decided_by").
		Where("c.of_table = ? AND c.code = ?", t.Name, code).Order("c.id DESC").Limit(100).Scan(&changes).Error
	if err != nil {
		return h, err
	}
	for _, c := range changes {
		if c.State == Draft {
			h.Draft = &c
		} else {
			h.Past = append(h.Past, c)
		}
	}
	if len(h.Versions) == 0 && len(changes) == 0 {
		return h, record.ErrNotFound
	}
	err = s.db.With(ctx).Table("dated_checks c").Select("u.name AS who, c.checked_at AS at").
		Joins("JOIN users u ON u.id = c.checked_by").
		Where("c.of_table = ? AND c.code = ?", t.Name, code).Order("c.id DESC").Limit(100).Scan(&h.Checks).Error
	return h, err
}

// A Task is a row that waits for somebody: for the one who publishes its draft, or for one who makes sure of it.
type Task struct {
	Table string // its name in addresses
	Code  string
	Says  Values     // what the row, or its draft, says
	Since *time.Time // when the draft was written, or since when nobody made sure of the row; nil for never
	Own   bool       // the reader wrote the draft
}

// Waiting lists the open drafts of all tables, the oldest first, at most two hundred.
func (s *Store) Waiting(ctx context.Context, officer record.User) ([]Task, error) {
	if err := mayRead(officer); err != nil {
		return nil, err
	}
	var open []Change
	if err := s.db.With(ctx).Where("state = ?", Draft).Order("written_at, id").Limit(200).Find(&open).Error; err != nil {
		return nil, err
	}
	var tasks []Task
	for _, c := range open {
		t, err := s.Table(c.OfTable)
		if err != nil {
			continue // a table of another version of the portal
		}
		own := c.WrittenBy != nil && *c.WrittenBy == officer.ID
		tasks = append(tasks, Task{Table: t.Slug, Code: c.Code, Says: c.Says, Since: &c.WrittenAt, Own: own})
	}
	return tasks, nil
}

// Overdue lists the public rows of all tables that nobody made sure of for too long, the longest first, at most two
// hundred of each table. They stay public.
func (s *Store) Overdue(ctx context.Context, officer record.User) ([]Task, error) {
	if err := mayRead(officer); err != nil {
		return nil, err
	}
	var tasks []Task
	today := s.Today()
	for _, t := range s.tables {
		if t.CheckDays == 0 {
			continue
		}
		shown := ""
		if t.hides() {
			shown = "AND t.public"
		}
		var list []Task
		err := s.db.With(ctx).Raw("SELECT ? AS \"table\", t.code, "+t.says()+" AS says, t.checked_on AS since FROM "+t.Name+` t
			WHERE t.valid_from <= ?
				AND (t.valid_to IS NULL OR t.valid_to >= ?)
				`+shown+`
				AND (t.checked_on IS NULL OR t.checked_on < ?)
			ORDER BY t.checked_on NULLS FIRST, t.code
			LIMIT 200`, t.Slug, today.Date(), today.Date(), today.Plus(-t.CheckDays).Date()).Scan(&list).Error
		if err != nil {
			return nil, fmt.Errorf("overdue %s: %w", t.Name, err)
		}
		tasks = append(tasks, list...)
	}
	return tasks, nil
}

// Overdue says whether somebody has to make sure again, by a day, of a version.
func (t Table) Overdue(v Version, today record.Day) bool {
	if t.CheckDays == 0 || !t.Public(v.Says) || !v.HoldsOn(today) {
		return false
	}
	return v.CheckedOn == nil || today.Plus(-t.CheckDays).After(record.DateDay(*v.CheckedOn))
}

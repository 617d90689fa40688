package protection

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
)

// CasesPerPage is how many cases stand on one page of the desk.
const CasesPerPage = 30

// Tab is a part of the desk.
type Tab string

// The parts: what is late, what nobody has taken, what the officer holds or, as the head, must decide, what waits for
// others, all that is open, what ended; and what ended and was written about since.
const (
	TabLate    Tab = "late"
	TabNew     Tab = "new"
	TabMine    Tab = "mine"
	TabWaiting Tab = "waiting"
	TabOpen    Tab = "open"
	TabClosed  Tab = "closed"
	TabAfter   Tab = "after"
)

// TabAll is no part of the desk: a search looks in open and closed cases alike.
const TabAll Tab = "all"

// Tabs lists the parts in the order of the desk.
func Tabs() []Tab { return []Tab{TabLate, TabNew, TabMine, TabWaiting, TabOpen, TabAfter, TabClosed} }

// unreadAfter says of a case c that somebody wrote after it was closed, and that nobody of the desk has answered or
// opened it again.
const unreadAfter = `EXISTS (SELECT
	FROM case_messages m
	WHERE m.case_id = c.id
		AND m.author_id IS NULL
		AND m.read_at IS NULL
		AND m.at > c.closed_at)`

// waitsAfter says of a case c that ended that something of it waits for an officer all the same.
const waitsAfter = "(c.recalled_at IS NOT NULL OR " + unreadAfter + " OR " + asksAfter + ")"

// in is the condition of each part on cases c.
var in = map[Tab]string{
	TabLate: "c.state <> 'closed' AND c.due_at < @now",
	TabNew:  "c.state = 'new'",
	TabMine: `c.state <> 'closed' AND (c.lead_id = @me
		OR @head AND (c.next_actor = 'head' OR EXISTS (SELECT
			FROM case_joins t
			WHERE t.case_id = c.id
				AND t.agreed IS NULL
				AND t.undone_at IS NULL
				AND t.asked_by <> @me)))`,
	TabWaiting: "c.state = 'open' AND c.next_actor IN ('partner', 'person', 'external')",
	TabOpen:    "c.state <> 'closed'",
	TabClosed:  "c.state = 'closed'",
	TabAfter:   "c.state = 'closed' AND " + waitsAfter,
	TabAll:     "true",
}

// CaseFilter narrows the desk. Empty values narrow nothing. Words is what an officer typed to find a case, see foundBy.
type CaseFilter struct {
	Tab     Tab
	Country string
	Kind    string
	Urgency string
	Door    string
	Office  string // reference of a partner's office before which a part of the case lies
	Words   string
	After   string // reference of the last case of the page before
}

// CaseRow is a case in a list. Reach says how whoever writes may be reached, so that nobody opens a case to learn that
// calling is forbidden.
type CaseRow struct {
	Case
	CountryName models.Text `gorm:"embedded;embeddedPrefix:country_name_"`
	LeadName    string
	Kinds       record.Codes `gorm:"type:text[]"`
	Unread      int          // messages that nobody of the desk has read
	Asks        int          // wishes for the case that nobody has answered
	Channel     Channel
	Hours       record.Codes `gorm:"type:text[]"`
	MayNameUs   bool
	StoppedAt   *time.Time
}

// CaseDesk is a page of the desk: the cases, how many there are in each part, and the last one's reference where more
// follow.
type CaseDesk struct {
	Rows   []CaseRow
	Counts map[Tab]int
	More   string
	Head   bool
	OnDuty bool
	Notes  int // shift notes of others that nobody has taken over
	// Unheard are numbers of cases of which an alarm reached nobody.
	Unheard []string
}

// Cases reads a page of the desk by their hour, what is late alone with life first; ended ones the last first. Who is nothing to the desk
// does not find it.
func (s *Store) Cases(ctx context.Context, officer record.User, f CaseFilter) (CaseDesk, error) {
	v, err := s.viewer(ctx, officer)
	if err != nil {
		return CaseDesk{}, err
	}
	d := CaseDesk{Head: v.head, OnDuty: v.onDuty}
	if d.Counts, err = s.countCases(ctx, v); err != nil {
		return d, err
	}
	if d.Unheard, err = s.unheardCases(ctx, v); err != nil {
		return d, err
	}
	err = s.db.With(ctx).Raw("SELECT count(*) FROM case_shift_notes WHERE read_by IS NULL AND written_by <> ?", v.ID).Scan(&d.Notes).Error
	if err != nil {
		return d, err
	}
	if d.Rows, err = s.listCases(ctx, v, f); err != nil {
		return d, err
	}
	if len(d.Rows) > CasesPerPage {
		d.Rows = d.Rows[:CasesPerPage]
		d.More = d.Rows[CasesPerPage-1].Ref
	}
	return d, nil
}

// countCases counts the cases of each part that a viewer may see, by the conditions of the lists.
func (s *Store) countCases(ctx context.Context, v viewer) (map[Tab]int, error) {
	args := v.args()
	args["now"] = s.db.Now()
	var columns []string
	for _, t := range []Tab{TabLate, TabNew, TabMine, TabWaiting, TabOpen, TabAfter} { // ended ones are many, and nobody's work
		columns = append(columns, fmt.Sprintf("count(*) FILTER (WHERE %s) AS %s", in[t], `"`+string(t)+`"`))
	}
	var row struct{ Late, New, Mine, Waiting, Open, After int }
	err := s.db.With(ctx).Raw("SELECT "+strings.Join(columns, ", ")+` FROM cases c WHERE (c.state <> 'closed' OR `+waitsAfter+`) AND `+seen,
		args).Scan(&row).Error
	return map[Tab]int{
		TabLate: row.Late, TabNew: row.New, TabMine: row.Mine, TabWaiting: row.Waiting, TabOpen: row.Open, TabAfter: row.After,
	}, err
}

// order is how the cases c of a part stand, and the condition of those behind the last one of the page before. What is late
// stands with life first, then the oldest.
func (t Tab) order() (order, after string) {
	switch t {
	case TabClosed, TabAfter:
		return "c.closed_at DESC, c.id DESC", "(c.closed_at, c.id) < (SELECT l.closed_at, l.id FROM cases l WHERE l.ref = @after)"
	case TabAll: // a search is one page
		return "c.state = 'closed', c.due_at NULLS LAST, c.closed_at DESC, c.id", "true"
	case TabLate:
		return "c.urgency <> 'life', c.due_at, c.id", `(c.urgency <> 'life', c.due_at, c.id) >
			(SELECT l.urgency <> 'life', l.due_at, l.id FROM cases l WHERE l.ref = @after)`
	}
	return "c.due_at NULLS LAST, c.id",
		`(coalesce(c.due_at, 'infinity'), c.id) > (SELECT coalesce(l.due_at, 'infinity'), l.id FROM cases l WHERE l.ref = @after)`
}

// CaseOffices are the offices of partners, by name, by which the desk can be narrowed.
func (s *Store) CaseOffices(ctx context.Context) (list []models.PartnerOffice, err error) {
	err = s.db.With(ctx).Order("name, id").Limit(200).Find(&list).Error
	return list, err
}

func (s *Store) listCases(ctx context.Context, v viewer, f CaseFilter) ([]CaseRow, error) {
	where, ok := in[f.Tab]
	if !ok {
		where = in[TabOpen]
	}
	args := v.args()
	args["now"], args["most"] = s.db.Now(), CasesPerPage+1
	conditions := []string{"(" + where + ")", seen}
	for name, value := range map[string]string{"country_code": f.Country, "urgency": f.Urgency, "door": f.Door} {
		if value != "" {
			conditions, args[name] = append(conditions, "c."+name+" = @"+name), value
		}
	}
	if f.Kind != "" {
		conditions = append(conditions, "EXISTS (SELECT FROM case_kinds k WHERE k.case_id = c.id AND k.code = @kind)")
		args["kind"] = f.Kind
	}
	if f.Office != "" {
		conditions = append(conditions, `EXISTS (SELECT
			FROM case_referrals r
			JOIN partner_offices o ON o.id = r.office_id
			WHERE r.case_id = c.id
				AND o.ref = @office
				AND r.state IN ('sent', 'accepted'))`)
		args["office"] = f.Office
	}
	if f.Words != "" {
		condition, found := s.foundBy(f.Words)
		conditions = append(conditions, condition)
		maps.Copy(args, found)
	}
	order, after := f.Tab.order()
	if f.After != "" {
		conditions, args["after"] = append(conditions, after), f.After
	}
	var rows []CaseRow
	err := s.db.With(ctx).Raw(`SELECT c.*,
			n.name_id AS country_name_id,
			n.name_en AS country_name_en,
			u.name AS lead_name,
			ARRAY(SELECT k.code FROM case_kinds k WHERE k.case_id = c.id ORDER BY k.code) AS kinds,
			(SELECT count(*) FROM case_messages m WHERE m.case_id = c.id AND m.author_id IS NULL AND m.read_at IS NULL) AS unread,
			(SELECT count(*) FROM case_asks a WHERE a.case_id = c.id AND a.state = 'asked') AS asks,
			p.channel, p.hours, p.may_name_us, p.stopped_at
		FROM cases c
		LEFT JOIN countries n ON n.code = c.country_code
		LEFT JOIN users u ON u.id = c.lead_id
		LEFT JOIN LATERAL (SELECT w.channel, w.hours, w.may_name_us, w.stopped_at
			FROM case_people w
			WHERE w.case_id = c.id
				AND w.pin_index IS NOT NULL
			ORDER BY w.id
			LIMIT 1) p ON true
		WHERE `+strings.Join(conditions, " AND ")+`
		ORDER BY `+order+`
		LIMIT @most`, args).Scan(&rows).Error
	return rows, err
}

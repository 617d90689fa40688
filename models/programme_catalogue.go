package models

import (
	"context"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"naikkelas/models/record"
)

// CataloguePageSize is how many programmes stand on one page of the catalogue.
const CataloguePageSize = 20

// CatalogueSort is an order of the catalogue.
type CatalogueSort string

// The orders: those that close next come first unless something else is asked for. Programmes
// that open later follow, then those without a coming intake.
const (
	SortClosing  CatalogueSort = "closing"
	SortNewest   CatalogueSort = "newest"
	SortCheapest CatalogueSort = "cheapest"
	SortShortest CatalogueSort = "shortest"
)

// ProgrammeRow is a programme as a row of the catalogue, with the intake that matters now: the
// open one that closes first, else the coming one that opens first. Its fields are nil when
// there is neither.
type ProgrammeRow struct {
	ID              int64
	Ref             string
	Title           string
	SectorCode      string
	InstitutionName string
	RegencyName     string
	HoursJP         int `gorm:"column:hours_jp"`
	Days            int
	Funding         string
	CostTotal       int64
	Method          string
	RequiresDKI     bool `gorm:"column:requires_dki"`
	OutcomeTraining bool
	OutcomeBNSP     bool `gorm:"column:outcome_bnsp"`
	OutcomeLanguage string
	Demo            bool
	OpensAt         *time.Time
	ClosesAt        *time.Time
	StartsOn        *time.Time
	Quota           *int
	SortKey         int64
	SeenAt          time.Time // the instant for which the row is true
}

// Window tells where the programme's next intake stands; Closed when there is none.
func (l ProgrammeRow) Window() Window {
	if l.OpensAt == nil {
		return Closed
	}
	return Intake{State: IntakePublished, OpensAt: l.OpensAt, ClosesAt: l.ClosesAt}.Window(l.SeenAt)
}

// CataloguePage is one page of the catalogue. Count is the number of programmes on all its
// pages; Next is the cursor of the page after this one, empty on the last.
type CataloguePage struct {
	ProgrammeRows []ProgrammeRow
	Count         int64
	Next          string
}

// ordering is an order in SQL: the expression whose bigint value is the cursor's key, the
// order itself, and the condition for rows behind a cursor of key and id. The id makes every
// order total, so that equal values never lose or double a row.
type ordering struct{ key, order, after string }

// closingKey orders by open, coming, neither, and in that by instant: the second number is
// larger than the microseconds of any year below 5000.
const closingKey = `CASE WHEN n.id IS NULL THEN 200000000000000000
	WHEN n.opens_at <= @now THEN (extract(epoch FROM n.closes_at) * 1000000)::bigint
	ELSE 100000000000000000 + (extract(epoch FROM n.opens_at) * 1000000)::bigint END`

func (f CatalogueFilter) ordering() ordering {
	switch f.Sort {
	case SortNewest:
		return ordering{"(extract(epoch FROM p.published_at) * 1000000)::bigint", "p.published_at DESC, p.id DESC",
			"(p.published_at, p.id) < (timestamptz 'epoch' + cast(@key AS bigint) * interval '1 microsecond', @id)"}
	case SortCheapest:
		return ordering{"p.cost_total", "p.cost_total, p.id", "(p.cost_total, p.id) > (@key, @id)"}
	case SortShortest:
		return ordering{"p.days::bigint", "p.days, p.id", "(p.days, p.id) > (@key, @id)"}
	}
	return ordering{closingKey, "sort_key, p.id", "(" + closingKey + ", p.id) > (@key, @id)"}
}

// Programmes gives the page of the catalogue behind a cursor; the first one for an empty
// cursor or one that is none of ours. It takes one query, whatever the filter; behind the last page, two.
func (s *Store) Programmes(ctx context.Context, f CatalogueFilter, cursor string) (CataloguePage, error) {
	var page CataloguePage
	var err error
	page.ProgrammeRows, page.Count, err = s.programmeRows(ctx, f, cursor, CataloguePageSize+1)
	if err != nil {
		return page, err
	}
	if len(page.ProgrammeRows) == 0 && cursor != "" {
		if err := s.catalogue(ctx, f).Count(&page.Count).Error; err != nil {
			return page, fmt.Errorf("count programmes: %w", err)
		}
	}
	if len(page.ProgrammeRows) > CataloguePageSize {
		page.ProgrammeRows = page.ProgrammeRows[:CataloguePageSize]
		last := page.ProgrammeRows[CataloguePageSize-1]
		page.Next = catalogueCursor(last.SortKey, last.ID)
	}
	return page, nil
}

// ClosingSoon lists the first few programmes that close or open next.
func (s *Store) ClosingSoon(ctx context.Context, most int) ([]ProgrammeRow, error) {
	list, _, err := s.programmeRows(ctx, CatalogueFilter{Sort: SortClosing}, "", most)
	for i, l := range list {
		if l.OpensAt == nil {
			return list[:i], err
		}
	}
	return list, err
}

// programmeRows lists rows of the catalogue, and says how many there are on all its pages.
func (s *Store) programmeRows(ctx context.Context, f CatalogueFilter, cursor string, most int) ([]ProgrammeRow, int64, error) {
	o := f.ordering()
	names := map[string]any{"now": s.db.Now(), "today": record.DayOf(s.db.Now()).Date()}
	listed := s.catalogue(ctx, f).Select("p.id, i.name AS institution_name, i.license_expires_on, count(*) OVER () AS total")
	q := s.db.With(ctx).Table("(?) c", listed).
		Joins("JOIN programmes p ON p.id = c.id").
		Joins("LEFT JOIN regencies r ON r.code = p.regency_code").
		Joins(`LEFT JOIN LATERAL (
			SELECT id, opens_at, closes_at, starts_on, quota
			FROM intakes
			WHERE programme_id = p.id
				AND state = 'published'
				AND closes_at >= @now
				AND `+licenceHolds("c.license_expires_on")+`
			ORDER BY opens_at > @now, CASE WHEN opens_at <= @now THEN closes_at ELSE opens_at END, id
			LIMIT 1) n ON true`, names).
		Select(`p.id, p.ref, p.title, p.sector_code, p.demo, p.hours_jp, p.days, p.funding, p.cost_total, p.method,
			p.requires_dki, p.outcome_training, p.outcome_bnsp, p.outcome_language,
			c.institution_name, coalesce(r.name, '') AS regency_name, n.opens_at, n.closes_at, n.starts_on, n.quota,
			`+o.key+` AS sort_key, CAST(@now AS timestamptz) AS seen_at, c.total`, names)
	if key, id, ok := readCatalogueCursor(cursor); ok {
		q = q.Where(o.after, map[string]any{"now": s.db.Now(), "key": key, "id": id})
	}
	rows, err := q.Order(o.order).Limit(most).Rows()
	if err != nil {
		return nil, 0, fmt.Errorf("list programmes: %w", err)
	}
	defer rows.Close()
	list, total := make([]ProgrammeRow, 0, most), int64(0)
	for rows.Next() {
		// By hand: finding the field of each column takes as long as asking for them all.
		var l ProgrammeRow
		err := rows.Scan(&l.ID, &l.Ref, &l.Title, &l.SectorCode, &l.Demo, &l.HoursJP, &l.Days, &l.Funding, &l.CostTotal, &l.Method,
			&l.RequiresDKI, &l.OutcomeTraining, &l.OutcomeBNSP, &l.OutcomeLanguage,
			&l.InstitutionName, &l.RegencyName, &l.OpensAt, &l.ClosesAt, &l.StartsOn, &l.Quota, &l.SortKey, &l.SeenAt, &total)
		if err != nil {
			return nil, 0, fmt.Errorf("list programmes: %w", err)
		}
		list = append(list, l)
	}
	if err := rows.Err(); err != nil {
		return nil, 0, fmt.Errorf("list programmes: %w", err)
	}
	return list, total, nil
}

// catalogue is the published programmes of verified institutions that the filter lets
// through. A suspended institution takes nobody, so its programmes are not listed.
func (s *Store) catalogue(ctx context.Context, f CatalogueFilter) *gorm.DB {
	q := s.db.With(ctx).Table("programmes p").
		Joins("JOIN institutions i ON i.id = p.institution_id AND i.state = 'verified'").
		Where("p.state = 'published'")
	q = f.narrow(q, s.db)
	for _, word := range searchWords(f.Text) {
		// Three lists instead of one OR: each of them finds its rows by an index. As an array they are made once,
		// and the word comes as a tsquery, or it would be read anew for each row.
		q = q.Where(`p.id = ANY (ARRAY(
			SELECT id
			FROM programmes
			WHERE search @@ CAST(@word AS tsquery)
			UNION ALL
			SELECT o.id
			FROM programmes o
			JOIN institutions oi ON oi.id = o.institution_id
			WHERE oi.search @@ CAST(@word AS tsquery)
			UNION ALL
			SELECT o.id
			FROM programmes o
			JOIN occupations oo ON oo.code = o.occupation_code
			WHERE oo.search @@ CAST(@word AS tsquery)))`,
			map[string]any{"word": wordQuery(word)})
	}
	return q
}

// Suggestion is another spelling of a text that finds programmes, word by word the nearest
// among the titles; empty when there is none.
func (s *Store) Suggestion(ctx context.Context, text string) (string, error) {
	words := searchWords(text)
	changed := false
	for i, word := range words {
		var near string
		err := s.db.With(ctx).Raw(`SELECT w
			FROM (SELECT DISTINCT regexp_split_to_table(lower(f_unaccent(title)), '[^a-z0-9]+') AS w
				FROM programmes
				WHERE state = 'published') t
			WHERE similarity(w, ?) >= 0.3
			ORDER BY similarity(w, ?) DESC, w
			LIMIT 1`,
			word, word).Scan(&near).Error
		if err != nil {
			return "", fmt.Errorf("suggest another spelling: %w", err)
		}
		if near != "" && near != word {
			words[i], changed = near, true
		}
	}
	if !changed {
		return "", nil
	}
	text = strings.Join(words, " ")
	var n int64
	if err := s.catalogue(ctx, CatalogueFilter{Text: text}).Count(&n).Error; err != nil || n == 0 {
		return "", err
	}
	return text, nil
}

// catalogueCursor names the last row of a page.
func catalogueCursor(key, id int64) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(key, 36) + "." + strconv.FormatInt(id, 36)))
}

func readCatalogueCursor(cursor string) (key, id int64, ok bool) {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return 0, 0, false
	}
	k, i, _ := strings.Cut(string(text), ".")
	key, errKey := strconv.ParseInt(k, 36, 64)
	id, errID := strconv.ParseInt(i, 36, 64)
	return key, id, errKey == nil && errID == nil
}

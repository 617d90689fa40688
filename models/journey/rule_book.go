package journey

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// A Rulebook is every version of every rule, read at once; what it says of a day and of somebody's facts is worked out
// without the database. Who looks at many people reads it once.
type Rulebook struct {
	rows      map[string][]dated.Version // by table
	rules     []rule
	countries map[string]models.Text // that rules name
}

// A rule is a version of a row of document_rules, read.
type rule struct {
	dated.Version
	document, variant      string
	route, country, scheme string
	grade                  string
	condition              Condition
	blocks                 []string
	step                   int
}

// Rules reads the rules as they are published.
func (s *Store) Rules(ctx context.Context) (*Rulebook, error) { return s.rules(ctx, false) }

// rules reads the rules, with drafts as if every open draft were published.
func (s *Store) rules(ctx context.Context, drafts bool) (*Rulebook, error) {
	b := &Rulebook{rows: map[string][]dated.Version{}, countries: map[string]models.Text{}}
	kept := dated.NewStore(s.db, ruleDescriptions()...)
	for _, t := range kept.Tables() {
		list, err := kept.All(ctx, t.Name, drafts)
		if err != nil {
			return nil, err
		}
		b.rows[t.Name] = list
	}
	var countries []struct {
		Code string
		Name models.Text `gorm:"embedded;embeddedPrefix:name_"`
	}
	if err := s.db.With(ctx).Table("countries").Select("code, name_id, name_en").Limit(1000).Find(&countries).Error; err != nil {
		return nil, fmt.Errorf("read countries: %w", err)
	}
	for _, c := range countries {
		b.countries[c.Code] = c.Name
	}
	return b, b.read()
}

// read makes rules of their rows.
func (b *Rulebook) read() error {
	b.rules = make([]rule, 0, len(b.rows[ruleRows]))
	for _, v := range b.rows[ruleRows] {
		r, err := ruleOf(v)
		if err != nil {
			return fmt.Errorf("rule %s: %w", v.Code, err)
		}
		b.rules = append(b.rules, r)
	}
	return nil
}

func ruleOf(v dated.Version) (r rule, err error) {
	says := v.Says
	r = rule{
		Version: v, document: says["document_code"], variant: says["variant"], route: says["route"], country: says["country_code"],
		scheme: says["scheme"], grade: says["grade"], blocks: codesIn(says["blocks"]),
	}
	r.step, _ = strconv.Atoi(says["step"])
	r.condition, err = ParseCondition(says["condition"])
	return r, err
}

// codesIn are the codes of a value, which has one a line.
func codesIn(value string) []string {
	if value == "" {
		return nil
	}
	return strings.Split(value, "\n")
}

// textOf is a sentence in both languages.
func textOf(says dated.Values, stem string) models.Text {
	return models.Text{ID: says[stem+"_id"], EN: says[stem+"_en"]}
}

// on finds the version of a row that holds on a day.
func (b *Rulebook) on(table, code string, day record.Day) (dated.Version, bool) {
	for _, v := range b.rows[table] {
		if v.Code == code && v.HoldsOn(day) {
			return v, true
		}
	}
	return dated.Version{}, false
}

// allOn are the rows of a table that hold on a day, in their order.
func (b *Rulebook) allOn(table string, day record.Day) (list []dated.Version) {
	for _, v := range b.rows[table] {
		if v.HoldsOn(day) {
			list = append(list, v)
		}
	}
	slices.SortStableFunc(list, func(x, y dated.Version) int { return x.Position - y.Position })
	return list
}

// Routes are the ways of leaving on a day.
func (b *Rulebook) Routes(day record.Day) []Entry { return b.entries(routeRows, day) }

// Schemes are the permit systems on a day.
func (b *Rulebook) Schemes(day record.Day) []Entry { return b.entries(schemeRows, day) }

// Documents are the papers on a day.
func (b *Rulebook) Documents(day record.Day) []Entry { return b.entries(documentRows, day) }

func (b *Rulebook) entries(table string, day record.Day) (list []Entry) {
	for _, v := range b.allOn(table, day) {
		list = append(list, Entry{
			Code: v.Code, Name: textOf(v.Says, "name"), Note: textOf(v.Says, "note"), Country: v.Says["country_code"],
			Routes: codesIn(v.Says["routes"]),
		})
	}
	return list
}

// name is how a row of a table is called on a day; its code where nothing is known of it.
func (b *Rulebook) name(table, code string, day record.Day) models.Text {
	if v, ok := b.on(table, code, day); ok {
		return textOf(v.Says, "name")
	}
	return models.Text{ID: code, EN: code}
}

// dayOf is a day that may be missing.
func dayOf(date *time.Time) *record.Day {
	if date == nil {
		return nil
	}
	return new(record.DateDay(*date))
}

// numberOf is a number that may be missing.
func numberOf(value string) *int {
	n, err := strconv.Atoi(value)
	if err != nil {
		return nil
	}
	return &n
}

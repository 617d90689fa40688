package models

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"naikkelas/models/record"
)

// ImportedProgramme is one programme of a spreadsheet. Says are the codes of what the sheet has of its content: nothing
// else of a programme that is there already is changed by it.
type ImportedProgramme struct {
	Code    string
	Content ProgrammeContent
	Says    []string
	Intakes []ImportedIntake
}

// ImportedIntake is one intake of it; Says are the codes of what the sheet has of it, the rest is assumed.
type ImportedIntake struct {
	IntakeInput
	Says []string
}

// SameRun says whether two intakes are one: the same dates, and no two numbers.
func (in ImportedIntake) SameRun(other ImportedIntake) bool {
	return sameTime(in.OpensAt, other.OpensAt) && sameTime(in.ClosesAt, other.ClosesAt) && sameTime(in.StartsOn, other.StartsOn) &&
		sameTime(in.EndsOn, other.EndsOn) && (in.Number == other.Number || in.Number == 0 || other.Number == 0)
}

func sameTime(a, b *time.Time) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}

// ImportOutcome is what saving a row of a spreadsheet would do.
type ImportOutcome string

// The outcomes of a row.
const (
	ImportNew     ImportOutcome = "new"
	ImportChanged ImportOutcome = "changed"
	ImportSame    ImportOutcome = "same"
	ImportLocked  ImportOutcome = "locked" // what is there cannot be changed by a spreadsheet now
)

// ImportMatch is a row beside what the institution has already. Changes are the codes of what would become another.
type ImportMatch struct {
	Outcome ImportOutcome
	Ref     string // of the programme that is there
	Title   string
	Changes []string
	Public  bool   // new intakes would be public at once
	Why     string // of ImportLocked: the last part of imports.locked.<why>

	found   *known
	content ProgrammeContent
	rewrite bool // the content becomes another
	intakes []matchedIntake
}

// matchedIntake is an intake to be added, or one that is there with what it becomes.
type matchedIntake struct {
	there *Intake
	next  IntakeInput
}

// known is a programme of the institution with its parts.
type known struct {
	Programme
	content ProgrammeContent
	intakes []Intake
}

// MatchImported sets each programme of a spreadsheet beside what the acting staff's institution has: by code whatever
// its letter case, else by title and dates.
func (s *Store) MatchImported(ctx context.Context, actor User, list []ImportedProgramme) ([]ImportMatch, error) {
	if !actor.Edits() {
		return nil, ErrForbidden
	}
	programmes, err := s.knownProgrammes(ctx, *actor.InstitutionID)
	if err != nil {
		return nil, err
	}
	byCode, byTitle := map[string]*known{}, map[string][]*known{}
	for _, p := range programmes {
		if p.Code != "" {
			byCode[strings.ToLower(p.Code)] = p
		}
		byTitle[foldTitle(p.Title)] = append(byTitle[foldTitle(p.Title)], p)
	}
	matches := make([]ImportMatch, len(list))
	taken := map[int64]bool{}
	for i, in := range list {
		p := byCode[strings.ToLower(in.Code)]
		if in.Code == "" || p == nil {
			p = sameProgramme(byTitle[foldTitle(in.Content.Title)], in, taken)
		}
		matches[i] = matchOf(in, p)
		if p != nil {
			taken[p.ID] = true
		}
	}
	return matches, nil
}

func foldTitle(title string) string { return strings.Join(strings.Fields(strings.ToLower(title)), " ") }

// sameProgramme finds the programme of the same title that has one of the dates, or has none, or is asked for without
// any. One with another code is another programme.
func sameProgramme(list []*known, in ImportedProgramme, taken map[int64]bool) *known {
	for _, p := range list {
		if taken[p.ID] || in.Code != "" && p.Code != "" {
			continue
		}
		if len(in.Intakes) == 0 || len(p.intakes) == 0 && p.State == ProgrammeDrafted {
			return p
		}
		for _, i := range in.Intakes {
			if slices.ContainsFunc(p.intakes, i.datesOf) {
				return p
			}
		}
	}
	return nil
}

// datesOf says whether an intake that is there is this one by its dates: the start, or without one the closing.
func (in ImportedIntake) datesOf(there Intake) bool {
	switch {
	case in.StartsOn != nil && there.StartsOn != nil:
		return sameTime(in.StartsOn, there.StartsOn)
	case in.ClosesAt != nil && there.ClosesAt != nil:
		return record.DayOf(*in.ClosesAt) == record.DayOf(*there.ClosesAt)
	}
	return in.StartsOn == nil && in.ClosesAt == nil && there.StartsOn == nil && there.ClosesAt == nil
}

// matchOf says what a row would do to a programme that is there, nil for none.
func matchOf(in ImportedProgramme, p *known) ImportMatch {
	if p == nil {
		return ImportMatch{Outcome: ImportNew, content: in.Content}
	}
	m := ImportMatch{Outcome: ImportSame, Ref: p.Ref, Title: p.Title, found: p, content: p.content}
	for _, code := range in.Says {
		before := m.content
		in.give(&m.content, code)
		if !reflect.DeepEqual(before, m.content) {
			m.Changes = append(m.Changes, code)
		}
	}
	if in.Code != "" && p.Code == "" {
		m.Changes = append(m.Changes, "code")
	}
	m.rewrite = len(m.Changes) > 0
	for _, i := range in.Intakes {
		m.intake(i)
	}
	switch {
	case len(m.Changes) == 0:
		return m
	case m.rewrite && !(ProgrammeDraft{Programme: p.Programme}).Editable(), p.State != ProgrammeDrafted && p.State != ProgrammePublished:
		m.Why = "state"
	case len(m.content.Contradictions()) > 0:
		m.Why = "contradiction"
	}
	if m.Outcome = ImportChanged; m.Why != "" {
		m.Outcome = ImportLocked
	}
	return m
}

// intake sets an intake beside those that are there. Public ones are changed by hand, one by one.
func (m *ImportMatch) intake(in ImportedIntake) {
	for n := range m.found.intakes {
		there := &m.found.intakes[n]
		byNumber := slices.Contains(in.Says, "number") && there.Number == in.Number
		if !byNumber && !(in.datesOf(*there) && !slices.Contains(in.Says, "number")) {
			continue
		}
		next := there.input()
		changed := false
		for _, code := range in.Says {
			before := next
			in.give(&next, code)
			if !sameInput(before, next) {
				changed, m.Changes = true, append(m.Changes, code)
			}
		}
		if changed {
			m.intakes = append(m.intakes, matchedIntake{there, next})
			switch {
			case there.State != IntakeDraft:
				m.Why = "intake"
			case next.onto(*there).checkOrder() != nil:
				m.Why = "contradiction"
			}
		}
		return
	}
	next := in.IntakeInput
	if !slices.Contains(in.Says, "number") {
		for _, there := range m.found.intakes {
			next.Number = max(next.Number, there.Number+1)
		}
		for _, other := range m.intakes {
			if other.there == nil {
				next.Number = max(next.Number, other.next.Number+1)
			}
		}
	}
	m.intakes, m.Changes = append(m.intakes, matchedIntake{next: next}), append(m.Changes, "intake")
	if m.Public = m.Public || m.found.State == ProgrammePublished; m.Public {
		if (next.onto(Intake{})).whole() != nil {
			m.Why = "dates"
		}
	}
}

func sameInput(a, b IntakeInput) bool {
	return a.Number == b.Number && a.Selection == b.Selection && a.Quota == b.Quota && a.ReserveSeats == b.ReserveSeats &&
		sameTime(a.OpensAt, b.OpensAt) && sameTime(a.ClosesAt, b.ClosesAt) && sameTime(a.TestOn, b.TestOn) &&
		sameTime(a.AnnounceOn, b.AnnounceOn) && sameTime(a.StartsOn, b.StartsOn) && sameTime(a.EndsOn, b.EndsOn) &&
		a.Session == b.Session && slices.Equal(inWeek(a.ClassDays), inWeek(b.ClassDays)) && a.ClassFrom == b.ClassFrom &&
		a.ClassUntil == b.ClassUntil && a.EnrolDays == b.EnrolDays && a.Place == b.Place
}

// columnFields are the fields of the content whose column has another code.
var columnFields = map[string]string{"training": "outcome_training", "bnsp": "outcome_bnsp"}

// give sets one value of the content as the sheet has it: the field of the column's code. A whole amount leaves several
// lines of the same sum as they are.
func (in ImportedProgramme) give(c *ProgrammeContent, code string) {
	if code == "cost" {
		if in.Content.Total() != c.Total() {
			c.Costs = in.Content.Costs
		}
		return
	}
	field := cmp.Or(columnFields[code], code)
	from, to := reflect.ValueOf(in.Content), reflect.ValueOf(c).Elem()
	for i := range to.NumField() {
		if to.Type().Field(i).Tag.Get("field") == field {
			to.Field(i).Set(from.Field(i))
		}
	}
}

// give sets one value of an intake as the sheet has it. An opening on the same day keeps its hour.
func (in ImportedIntake) give(next *IntakeInput, code string) {
	switch code {
	case "selection":
		next.Selection = in.Selection
	case "opens":
		if next.OpensAt == nil || in.OpensAt == nil || record.DayOf(*next.OpensAt) != record.DayOf(*in.OpensAt) {
			next.OpensAt = in.OpensAt
		}
	case "closes":
		if next.ClosesAt == nil || in.ClosesAt == nil || record.DayOf(*next.ClosesAt) != record.DayOf(*in.ClosesAt) {
			next.ClosesAt = in.ClosesAt
		}
	case "test":
		next.TestOn = in.TestOn
	case "starts":
		next.StartsOn = in.StartsOn
	case "ends":
		next.EndsOn = in.EndsOn
	case "quota":
		next.Quota = in.Quota
	case "reserve":
		next.ReserveSeats = in.ReserveSeats
	case "announce":
		next.AnnounceOn = in.AnnounceOn
	case "session":
		next.Session = in.Session
	case "enrol_days":
		next.EnrolDays = in.EnrolDays
	case "class_days":
		next.ClassDays = in.ClassDays
	case "class_from":
		next.ClassFrom = in.ClassFrom
	case "class_until":
		next.ClassUntil = in.ClassUntil
	case "intake_place":
		next.Place = in.Place
	}
}

// knownMost is the most programmes of one institution that a spreadsheet is set beside.
const knownMost = 20_000

// knownProgrammes loads the programmes of an institution with costs and intakes, drafts before others, newest first.
func (s *Store) knownProgrammes(ctx context.Context, institutionID int64) ([]*known, error) {
	var programmes []Programme
	err := s.db.With(ctx).Where("institution_id = ?", institutionID).Order("(state = 'draft') DESC, id DESC").
		Limit(knownMost).Find(&programmes).Error
	if err != nil {
		return nil, err
	}
	return s.knownOf(ctx, programmes)
}

// knownOf loads the parts of programmes.
func (s *Store) knownOf(ctx context.Context, programmes []Programme) ([]*known, error) {
	list, byID := make([]*known, len(programmes)), map[int64]*known{}
	ids := make([]int64, len(programmes))
	for i, p := range programmes {
		list[i], ids[i] = &known{Programme: p}, p.ID
		byID[p.ID] = list[i]
	}
	costs := map[int64][]ProgrammeCost{}
	for part := range slices.Chunk(ids, 5000) {
		var lines []ProgrammeCost
		err := s.db.With(ctx).Where("programme_id IN ?", part).Order("programme_id, position").Limit(100 * len(part)).Find(&lines).Error
		if err != nil {
			return nil, err
		}
		for _, line := range lines {
			costs[line.ProgrammeID] = append(costs[line.ProgrammeID], line)
		}
		var intakes []Intake
		err = s.db.With(ctx).Where("programme_id IN ? AND state <> ?", part, IntakeCancelled).Order("id").
			Limit(100 * len(part)).Find(&intakes).Error
		if err != nil {
			return nil, err
		}
		for _, in := range intakes {
			byID[in.ProgrammeID].intakes = append(byID[in.ProgrammeID].intakes, in)
		}
	}
	for _, k := range list {
		k.content = contentOf(k.Programme, costs[k.ID])
		if k.PendingState != nil {
			if err := json.Unmarshal(k.Pending, &k.content); err != nil {
				return nil, fmt.Errorf("pending change of programme %d: %w", k.ID, err)
			}
		}
	}
	return list, nil
}

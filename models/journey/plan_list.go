package journey

import (
	"cmp"
	"context"
	"slices"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
)

// A PlanLine is a need of a plan as its list shows it. Start is by when it has to be begun, nil where nobody knows; Uncounted are
// the needs after it whose length nobody knows, so that the true day is earlier. WaitsFor is what has to be over before it,
// AwaitedBy what waits for it. Kept says that no rule names it any more: what was done stays.
type PlanLine struct {
	Need
	Item      Item
	Start     *record.Day
	Uncounted []models.Text
	WaitsFor  []NeedName
	AwaitedBy []NeedName
	Late      bool
	Kept      bool
	Ends      Ending
	Changed   []string // what the rules say otherwise than when the person looked last, see RuleSays.Differs
}

// NeedName is a need by its key and name.
type NeedName struct {
	Key  string
	Name models.Text
}

// PlanList is a plan with its needs in the order in which they matter: what holds up leaving, what can be begun, what waits for
// others, and what is over.
type PlanList struct {
	Plan
	Holding   []PlanLine
	Startable []PlanLine
	Waiting   []PlanLine
	Finished  []PlanLine
	Names     PlanNames
	Questions []Question // what decides about needs, answered or not
	Facts     Facts
	Charges   ChargeRules
	Changes   []ItemChange // of one item
}

// mostHolding is how many needs stand as cards, unless more are late.
const mostHolding = 3

// UnderWay counts what is begun and still needed.
func (l PlanList) UnderWay() (n int) {
	for _, line := range slices.Concat(l.Holding, l.Startable, l.Waiting) {
		if line.Item.State == UnderWay && line.Item.Required {
			n++
		}
	}
	return n
}

// Late counts what should have begun.
func (l PlanList) Late() (n int) {
	for _, line := range l.All() {
		if line.Late {
			n++
		}
	}
	return n
}

// Counts is how many of what has to be ready can be begun and how many wait, and, apart from them, how many are recommended or
// hang on a question.
type Counts struct {
	Startable, Waiting, Recommended, ToAsk int
}

// Counts counts what is not over and not begun.
func (l PlanList) Counts() (c Counts) {
	count := func(lines []PlanLine, into *int) {
		for _, line := range lines {
			switch {
			case line.Item.State == UnderWay || line.Kept:
			case line.Grade == Required:
				*into++
			case line.Grade == Recommended:
				c.Recommended++
			case line.Grade == ToAsk:
				c.ToAsk++
			}
		}
	}
	count(l.Holding, &c.Startable)
	count(l.Startable, &c.Startable)
	count(l.Waiting, &c.Waiting)
	return c
}

// NotNeeded counts what the person does not need.
func (l PlanList) NotNeeded() (n int) {
	for _, line := range l.Finished {
		if line.Item.State == NotNeeded {
			n++
		}
	}
	return n
}

// All are the needs of all parts.
func (l PlanList) All() []PlanLine {
	return slices.Concat(l.Holding, l.Startable, l.Waiting, l.Finished)
}

// Line finds a need by its key.
func (l PlanList) Line(need string) (PlanLine, error) {
	all := l.All()
	if n := slices.IndexFunc(all, func(line PlanLine) bool { return line.Key == need }); n >= 0 {
		return all[n], nil
	}
	return PlanLine{}, record.ErrNotFound
}

// listOf arranges what a settling found.
func listOf(st *settling, facts Facts) PlanList {
	l := PlanList{Plan: st.plan, Facts: facts}
	over := st.over()
	var begin map[string]start
	if st.plan.DepartsOn != nil {
		begin = starts(st.needs, over, record.DateDay(*st.plan.DepartsOn), st.closed)
	}
	for _, i := range st.items {
		line, shown := st.line(i, over, begin)
		switch {
		case !shown:
		case i.over():
			l.Finished = append(l.Finished, line)
		case len(line.WaitsFor) > 0 && i.State == NotYet:
			l.Waiting = append(l.Waiting, line)
		default:
			l.Startable = append(l.Startable, line)
		}
	}
	l.order(st.needs)
	return l
}

// line is an item with what is known of it.
func (st *settling) line(i *Item, over map[string]bool, begin map[string]start) (l PlanLine, shown bool) {
	n, wanted := st.need(i.Need)
	l = PlanLine{Need: n, Item: *i, Kept: !wanted}
	if !wanted {
		l.Key, l.Name, l.Health = i.Need, i.Seen.Name, i.Health
		return l, i.State != NotYet && i.State != NotNeeded
	}
	l.Health, l.Ends = i.Health, endingOf(i, st.plan.DepartsOn, st.today)
	l.Changed = i.Seen.Differs(ruleSaysOf(n))
	for _, other := range st.needs {
		named := NeedName{other.Key, other.called()}
		if over[other.Key] || other.Key == n.Key {
			continue
		}
		if slices.Contains(other.Blocks, n.Key) && other.Grade == Required {
			l.WaitsFor = append(l.WaitsFor, named)
		}
		if slices.Contains(n.Blocks, other.Key) {
			l.AwaitedBy = append(l.AwaitedBy, named)
		}
	}
	if b, ok := begin[n.Key]; ok {
		l.Start = &b.by
		l.Late = i.Required && i.State == NotYet && st.today.After(b.by)
		for _, key := range b.past {
			past, _ := st.need(key)
			l.Uncounted = append(l.Uncounted, past.called())
		}
	}
	l.Late = l.Late || i.State == Expired && i.Required
	return l, true
}

// order puts first what has to be begun first, and takes what holds up leaving out of what can be begun.
func (l *PlanList) order(needs []Need) {
	rank := map[string]int{}
	for n, need := range needs {
		rank[need.Key] = n + 1
	}
	byDay := func(a, b PlanLine) int {
		return cmp.Or(-lastly(a.Late, b.Late), earlierDay(a.Start, b.Start), cmp.Compare(rank[a.Key], rank[b.Key]))
	}
	slices.SortStableFunc(l.Startable, byDay)
	slices.SortStableFunc(l.Waiting, func(a, b PlanLine) int { return cmp.Compare(rank[a.Key], rank[b.Key]) })
	slices.SortStableFunc(l.Finished, func(a, b PlanLine) int {
		return cmp.Or(lastly(a.Item.State == NotNeeded, b.Item.State == NotNeeded), cmp.Compare(rank[a.Key], rank[b.Key]))
	})
	var rest []PlanLine
	for _, line := range l.Startable {
		holds := line.Item.Required && (len(line.AwaitedBy) > 0 || line.Start != nil)
		if line.Late || holds && len(l.Holding) < mostHolding {
			l.Holding = append(l.Holding, line)
		} else {
			rest = append(rest, line)
		}
	}
	l.Startable = rest
}

// lastly orders what is not before what is.
func lastly(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// earlierDay orders days, the unknown ones last.
func earlierDay(a, b *record.Day) int {
	if a == nil || b == nil {
		return lastly(a == nil, b == nil)
	}
	return a.Date().Compare(b.Date())
}

// OwnPlan is the acting person's open plan as its page shows it. What changed since it was counted last, by the rules, by a
// certificate or by the day, is written down first.
func (s *Store) OwnPlan(ctx context.Context, actor record.User) (PlanList, error) {
	if actor.Role != record.Seeker {
		return PlanList{}, record.ErrForbidden
	}
	p, err := s.openPlan(ctx, actor.ID)
	if err != nil {
		return PlanList{}, err
	}
	return s.currentPlan(ctx, p)
}

// NextNeed is what the acting person's list puts first, nil where nothing is left to do or there is no open plan.
func (s *Store) NextNeed(ctx context.Context, actor record.User) (*PlanLine, error) {
	l, err := s.OwnPlan(ctx, actor)
	if err != nil {
		return nil, unlessClosed(err)
	}
	for _, line := range slices.Concat(l.Holding, l.Startable, l.Waiting) {
		if !line.Kept {
			return &line, nil
		}
	}
	return nil, nil //nolint:nilnil // nothing is left to do
}

// currentPlan is a plan in line with today.
func (s *Store) currentPlan(ctx context.Context, p Plan) (PlanList, error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return PlanList{}, err
	}
	st, n, err := s.settlingOf(ctx, rules, p)
	if err != nil {
		return PlanList{}, err
	}
	was := copies(st.items)
	st.settle()
	if st.differs(was, p) {
		err = s.transact(ctx, "count a plan", func(tx *Store) error {
			locked, err := tx.lockPlan(ctx, p.UserID)
			if err != nil {
				return err
			}
			return tx.recountPlan(ctx, record.SystemUser, rules, locked, looksOn)
		})
		if err != nil {
			return PlanList{}, err
		}
		if p, err = s.openPlan(ctx, p.UserID); err != nil {
			return PlanList{}, err
		}
		if st, n, err = s.settlingOf(ctx, rules, p); err != nil {
			return PlanList{}, err
		}
		st.settle()
	}
	for _, i := range st.items {
		if err := s.openItem(i); err != nil {
			return PlanList{}, err
		}
	}
	l := listOf(st, n.facts)
	l.Questions, l.Charges = rules.Questions(st.today, n.facts), rules.Charges(st.today, n.facts)
	l.Names, err = s.namesOf(ctx, rules, p)
	return l, err
}

// differs says whether a settling changed anything of what is written down.
func (st *settling) differs(was map[int64]Item, p Plan) bool {
	if st.plan.Needed != p.Needed || st.plan.Done != p.Done || (st.plan.ReadyAt == nil) != (p.ReadyAt == nil) {
		return true
	}
	return slices.ContainsFunc(st.items, func(i *Item) bool {
		before, there := was[i.ID]
		return !there || !i.same(before)
	})
}

// OwnItem is the acting person's plan, and the line of one need with its history.
func (s *Store) OwnItem(ctx context.Context, actor record.User, need string) (PlanList, PlanLine, error) {
	l, err := s.OwnPlan(ctx, actor)
	if err != nil {
		return l, PlanLine{}, err
	}
	line, err := l.Line(need)
	if err != nil {
		return l, line, err
	}
	l.Changes, err = s.changesOf(ctx, line.Item.ID, actor.ID)
	return l, line, err
}

// PlanForOfficer is a person's open plan for an officer who looks after them. The look is written down.
func (s *Store) PlanForOfficer(ctx context.Context, officer record.User, personRef string) (u record.User, l PlanList, err error) {
	if officer.Role != record.Officer {
		return u, l, record.ErrForbidden
	}
	if u, err = s.seekerNamed(ctx, personRef); err != nil {
		return u, l, err
	}
	p, err := s.openPlan(ctx, u.ID)
	if err != nil {
		return u, l, err
	}
	err = s.db.Audit(ctx, officer,
		record.Act{Action: "readiness_seen", SubjectKind: "readiness_plan", SubjectID: p.ID, PersonID: u.ID})
	if err != nil {
		return u, l, err
	}
	l, err = s.currentPlan(ctx, p)
	return u, l, err
}

// ItemFile is what is shown of an item's file.
type ItemFile struct {
	Ref       string
	Name      string
	DeletedAt *time.Time
}

// FilesOf are the files that prove items, by the number of the item, and the references of certificates that do.
func (s *Store) FilesOf(ctx context.Context, planID int64) (files map[int64]ItemFile, certificates map[int64]string, err error) {
	var rows []struct {
		ID          int64
		File        ItemFile `gorm:"embedded;embeddedPrefix:file_"`
		Certificate string
	}
	err = s.db.With(ctx).Raw(`SELECT i.id,
			coalesce(u.ref, '') AS file_ref,
			coalesce(u.name, '') AS file_name,
			u.deleted_at AS file_deleted_at,
			coalesce(c.ref, '') AS certificate
		FROM readiness_items i
		LEFT JOIN uploads u ON u.id = i.upload_id
		LEFT JOIN certificates c ON c.id = i.certificate_id
		WHERE i.plan_id = ?
			AND (i.upload_id IS NOT NULL OR i.certificate_id IS NOT NULL)
		LIMIT 500`, planID).Scan(&rows).Error
	files, certificates = map[int64]ItemFile{}, map[int64]string{}
	for _, r := range rows {
		if r.File.Ref != "" {
			files[r.ID] = r.File
		}
		if r.Certificate != "" {
			certificates[r.ID] = r.Certificate
		}
	}
	return files, certificates, err
}

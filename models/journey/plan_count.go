package journey

import (
	"context"
	"fmt"
	"slices"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
)

// What recountPlan does with what the person sees of the rules: it stays, or is what they say now.
const (
	looksOn   = false
	looksAnew = true
)

// needed is the list of a plan on a day, the rules and the facts that made it.
type needed struct {
	rules *Rulebook
	list  []Need
	facts Facts
}

// needsBy makes the list of a plan by the rules of today, which were read before.
func (s *Store) needsBy(ctx context.Context, rules *Rulebook, p Plan) (n needed, err error) {
	var answers []planAnswer
	if err := s.db.With(ctx).Where("plan_id = ?", p.ID).Order("fact").Limit(mostItems).Find(&answers).Error; err != nil {
		return n, err
	}
	n.rules = rules
	n.facts = Facts{Route: p.Route, Scheme: p.Scheme, Country: p.Country, Occupation: p.Occupation, Says: map[string]Answer{}}
	for _, a := range answers {
		n.facts.Says[a.Fact] = a.Says
	}
	n.list = rules.Checklist(record.DayOf(s.db.Now()), n.facts)
	return n, nil
}

// proofsOf are the verified certificates that hold today of the person of an account, whichever of their accounts has them.
func (s *Store) proofsOf(ctx context.Context, userID int64) (list []inForce, err error) {
	head := userID
	err = s.db.With(ctx).Raw("SELECT t.into_id FROM account_joins t WHERE t.joined_id = ? AND "+record.JoinStands, userID).Scan(&head).Error
	if err != nil {
		return nil, err
	}
	err = s.db.With(ctx).Raw(`SELECT c.id, c.type_code, coalesce(l.test, '') AS test, coalesce(l.rank, 0) AS rank, c.issued_on,
			c.valid_until
		FROM certificates c
		LEFT JOIN certificate_levels l ON l.code = c.level_code
		WHERE c.seeker_id = ANY `+personIDs+`
			AND c.state = 'verified'
			AND c.deleted_at IS NULL
			AND (c.valid_until IS NULL OR c.valid_until >= @today)
		ORDER BY c.id
		LIMIT 500`, map[string]any{"me": head, "today": record.DayOf(s.db.Now()).Date()}).Scan(&list).Error
	return list, err
}

// levelsOf are the levels of tests that needs ask for.
func (s *Store) levelsOf(ctx context.Context, needs []Need, proofs []inForce) (list []models.CertificateLevel, err error) {
	var codes []string
	for _, n := range needs {
		codes = append(codes, n.LanguageLevels...)
	}
	if len(codes) == 0 || len(proofs) == 0 {
		return nil, nil
	}
	err = s.db.With(ctx).Where("code IN ?", codes).Order("code").Limit(mostItems).Find(&list).Error
	return list, err
}

// settlingOf reads all that decides about the items of a plan. It asks a fixed number of questions.
func (s *Store) settlingOf(ctx context.Context, rules *Rulebook, p Plan) (*settling, needed, error) {
	n, err := s.needsBy(ctx, rules, p)
	if err != nil {
		return nil, n, err
	}
	st := &settling{plan: p, needs: n.list, today: record.DayOf(s.db.Now()), now: s.db.Now()}
	items, err := s.itemsOf(ctx, p.ID)
	if err != nil {
		return nil, n, err
	}
	for _, i := range items {
		st.items = append(st.items, &i)
	}
	if st.proofs, err = s.proofsOf(ctx, p.UserID); err != nil {
		return nil, n, err
	}
	if st.levels, err = s.levelsOf(ctx, n.list, st.proofs); err != nil {
		return nil, n, err
	}
	st.closed, err = models.ClosedDays(ctx, s.db)
	return st, n, err
}

// recountPlan brings a locked plan in line with the rules, the certificates and the day.
func (s *Store) recountPlan(ctx context.Context, actor record.User, rules *Rulebook, p Plan, anew bool) error {
	st, _, err := s.settlingOf(ctx, rules, p)
	if err != nil {
		return err
	}
	was := copies(st.items)
	st.anew = anew
	st.settle()
	return s.keepSettled(ctx, actor, st, was)
}

// copies are the items as they are now.
func copies(items []*Item) map[int64]Item {
	was := map[int64]Item{}
	for _, i := range items {
		was[i.ID] = *i
	}
	return was
}

// keepSettled writes down what a settling changed, and tells the person what does not hold any more.
func (s *Store) keepSettled(ctx context.Context, actor record.User, st *settling, was map[int64]Item) error {
	var fresh []*Item
	for _, i := range st.items {
		switch before, there := was[i.ID]; {
		case !there:
			fresh = append(fresh, i)
		case !i.same(before) || st.anew:
			if err := s.saveItem(ctx, i); err != nil {
				return err
			}
		}
	}
	if len(fresh) > 0 {
		if err := s.db.With(ctx).Create(&fresh).Error; err != nil {
			return err
		}
	}
	if err := s.noteMoves(ctx, actor, st.moves); err != nil {
		return err
	}
	if err := s.tellMoves(ctx, st.plan.ID, st.moves); err != nil {
		return err
	}
	return s.db.With(ctx).Model(&Plan{}).Where("id = ?", st.plan.ID).Updates(map[string]any{
		"needed": st.plan.Needed, "done": st.plan.Done, "ready_at": st.plan.ReadyAt, "counted_at": s.db.Now(),
	}).Error
}

// same says whether a settling left an item as it was.
func (i Item) same(was Item) bool {
	return i.State == was.State && i.Version == was.Version && i.Wanted == was.Wanted && i.Required == was.Required &&
		i.Health == was.Health &&
		i.Proof == was.Proof && sameProof(i.CertificateID, was.CertificateID) && samePlanDay(i.StartBy, was.StartBy) &&
		samePlanDay(i.ExpiresOn, was.ExpiresOn)
}

func sameProof(a, b *int64) bool { return a == b || a != nil && b != nil && *a == *b }

// saveItem writes an item down as it is.
func (s *Store) saveItem(ctx context.Context, i *Item) error {
	return s.db.With(ctx).Model(&Item{}).Where("id = ?", i.ID).Select("*").Omit("id", "plan_id", "need").Updates(i).Error
}

// tellMoves tells a person of each thing that was done and does not hold any more, and of each whose file had to go, once each.
func (s *Store) tellMoves(ctx context.Context, planID int64, moves []move) error {
	lost := slices.DeleteFunc(slices.Clone(moves), func(m move) bool { return m.item.State != Expired && m.what != ItemHealth })
	if len(lost) == 0 {
		return nil
	}
	u, err := s.planReaderOf(ctx, planID)
	for _, m := range lost {
		if err != nil {
			return err
		}
		template := "plan_expired"
		if m.what == ItemHealth {
			template = "plan_health"
		}
		err = s.db.Tell(ctx, u, fmt.Sprintf("%s:%d:%d", template, m.item.ID, m.item.Version), template, planWords(u, ""))
	}
	return err
}

// countedAtOnce is how many plans one step of a chore brings in line.
const countedAtOnce = 50

// ruleRowsOf are the tables from which lists are made.
var ruleRowsOf = []string{documentRows, ruleRows, leadRows}

// CountPlans brings some open plans in line that nobody opened since the day began or since rules were published. more says that
// there are others.
func (s *Store) CountPlans(ctx context.Context) (more bool, err error) {
	since := record.DayOf(s.db.Now()).Start()
	var published []time.Time
	err = s.db.With(ctx).Table("dated_changes").Where("state = 'published' AND of_table IN ?", ruleRowsOf).
		Where("decided_at >= ?", since).Order("decided_at DESC").Limit(1).Pluck("decided_at", &published).Error
	if err != nil {
		return false, err
	}
	if len(published) > 0 {
		since = published[0]
	}
	var people []int64
	err = s.db.With(ctx).Model(&Plan{}).Where("closed_at IS NULL AND (counted_at IS NULL OR counted_at < ?)", since).
		Order("counted_at NULLS FIRST, id").Limit(countedAtOnce).Pluck("user_id", &people).Error
	if err != nil || len(people) == 0 {
		return false, err
	}
	rules, err := s.Rules(ctx)
	for _, id := range people {
		if err == nil {
			err = s.transact(ctx, "count a plan", func(tx *Store) error {
				p, err := tx.lockPlan(ctx, id)
				if noPlan(err) {
					return nil // closed meanwhile
				}
				if err != nil {
					return err
				}
				return tx.recountPlan(ctx, record.SystemUser, rules, p, looksOn)
			})
		}
	}
	return len(people) == countedAtOnce, err
}

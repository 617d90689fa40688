package journey

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"naikkelas/models/record"
)

// paper is one of a made-up list.
func paper(key string, blocks ...string) Need {
	n := Need{Key: key, Document: key, Grade: Required, Blocks: blocks, RuleID: 1}
	n.Name.ID, n.Name.EN = key, key
	return n
}

// lasting says how many days a need takes at the most, of working days where work is set.
func (n Need) lasting(days int, working bool) Need {
	n.Lead = &Lead{DaysMin: &days, DaysMax: &days, Working: working}
	return n
}

// The latest start counts back from the day of leaving through what waits, by working days where they are meant, and says what
// it could not count.
func TestLatestStartCountsBack(t *testing.T) {
	leaves := record.DateDay(time.Date(2027, 4, 5, 0, 0, 0, 0, time.UTC)) // a Monday
	holiday := record.DateDay(time.Date(2027, 3, 31, 0, 0, 0, 0, time.UTC))
	needs := []Need{
		paper("passport", "contract").lasting(4, true), paper("consent", "contract"), paper("contract", "visa"),
		paper("visa", "card").lasting(6, false), paper("card").lasting(1, false), paper("free").lasting(2, true),
	}
	got := starts(needs, map[string]bool{}, leaves, map[record.Day]bool{holiday: true})
	for key, want := range map[string]string{
		"card": "2027-04-04", "visa": "2027-03-29", "passport": "2027-03-23", "free": "2027-04-01",
	} {
		if day := got[key].by.Date().Format(time.DateOnly); day != want {
			t.Errorf("%s has to begin by %s, want %s", key, day, want)
		}
	}
	if _, there := got["consent"]; there {
		t.Error("a paper of unknown length has a latest start")
	}
	if past := got["passport"].past; !slices.Equal(past, []string{"contract"}) {
		t.Errorf("the passport's day leaves out %v", past)
	}
	done := starts(needs, map[string]bool{"visa": true, "card": true}, leaves, nil)
	if day := done["passport"].by.Date().Format(time.DateOnly); day != "2027-03-30" {
		t.Errorf("with the visa there, the passport has to begin by %s", day)
	}
}

// Rules that wait for each other give a list all the same: the count ends.
func TestLatestStartEndsInACircle(t *testing.T) {
	needs := []Need{paper("a", "b").lasting(1, false), paper("b", "c").lasting(1, false), paper("c", "a").lasting(1, false)}
	leaves := record.DateDay(planNoon)
	for key, s := range starts(needs, nil, leaves, nil) {
		if s.by.After(leaves) || leaves.Plus(-3).After(s.by) {
			t.Errorf("%s: %v", key, s.by)
		}
	}
}

// anyNeeds draws a list of needs, with whatever blocks.
func anyNeeds(r *rapid.T) []Need {
	var list []Need
	for n := range rapid.IntRange(0, 7).Draw(r, "needs") {
		if rapid.IntRange(0, 4).Draw(r, "left out") == 0 {
			continue
		}
		of := paper(fmt.Sprintf("n%d", n))
		of.Grade = rapid.SampledFrom([]string{Required, Recommended, ToAsk}).Draw(r, "grade")
		of.Health = n == 3
		for _, b := range rapid.SliceOfN(rapid.IntRange(0, 7), 0, 3).Draw(r, "blocks") {
			of.Blocks = append(of.Blocks, fmt.Sprintf("n%d", b))
		}
		if rapid.Bool().Draw(r, "known") {
			of = of.lasting(rapid.IntRange(0, 90).Draw(r, "days"), rapid.Bool().Draw(r, "working"))
		}
		if n == 1 || n == 2 {
			of.CertificateTypes = []string{"A", "B"}[:n]
		}
		list = append(list, of)
	}
	return list
}

// Whatever rules, certificates and days come, what was done is undone by a move alone, of which the person is told; every need
// stands in the list exactly once; and the counts are those of the list.
func TestDoneNeverRevertsUntold(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		st := &settling{plan: Plan{ID: 1}, today: record.DateDay(planNoon), now: planNoon}
		for range rapid.IntRange(1, 6).Draw(r, "rounds") {
			st.needs, st.moves = anyNeeds(r), nil
			st.today = st.today.Plus(rapid.IntRange(0, 200).Draw(r, "days later"))
			st.proofs = nil
			for id := range rapid.IntRange(0, 3).Draw(r, "certificates") {
				st.proofs = append(st.proofs, inForce{ID: int64(id + 1), TypeCode: rapid.SampledFrom([]string{"A", "B"}).Draw(r, "type")})
			}
			if rapid.Bool().Draw(r, "planned") {
				st.plan.DepartsOn = new(st.today.Plus(rapid.IntRange(0, 300).Draw(r, "ahead")).Date())
			}
			for _, i := range st.items { // the person records something
				if i.State != Done && rapid.IntRange(0, 2).Draw(r, "records") == 0 {
					i.State, i.Proof = Done, ProofOwn
					i.ExpiresOn = new(st.today.Plus(rapid.IntRange(0, 100).Draw(r, "holds")).Date())
				}
			}
			done := map[string]bool{}
			for _, i := range st.items {
				done[i.Need] = i.State == Done
			}
			st.settle()
			checkSettled(r, st, done)
		}
	})
}

func checkSettled(r *rapid.T, st *settling, done map[string]bool) {
	told := map[string]bool{}
	for _, m := range st.moves {
		told[m.item.Need] = true
	}
	needed, ready, seen := 0, 0, map[string]bool{}
	for _, i := range st.items {
		if done[i.Need] && i.State != Done && !told[i.Need] {
			r.Errorf("%s was done, is %s, and nobody is told", i.Need, i.State)
		}
		if seen[i.Need] {
			r.Errorf("%s stands twice", i.Need)
		}
		seen[i.Need] = true
		if i.Health && i.CertificateID != nil {
			r.Errorf("a certificate proves the health item %s", i.Need)
		}
	}
	l := listOf(st, Facts{})
	shown := map[string]int{}
	for _, line := range l.All() {
		shown[line.Key]++
		if line.Item.Wanted && line.Item.Required && line.Item.State != NotNeeded {
			needed++
			if line.Item.State == Done {
				ready++
			}
		}
	}
	for _, n := range st.needs {
		if shown[n.Key] != 1 {
			r.Errorf("%s stands %d times in the list", n.Key, shown[n.Key])
		}
	}
	asks := slices.ContainsFunc(l.All(), func(l PlanLine) bool { return l.Grade == ToAsk && !l.Item.over() })
	if needed != l.Needed || ready != l.Done || (l.ReadyAt != nil) != (needed > 0 && ready == needed && !asks) {
		r.Errorf("counted %d of %d (%v), the list says %d of %d", l.Done, l.Needed, l.ReadyAt, ready, needed)
	}
}

// What holds up leaving stands first, late things before all; what waits says for what.
func TestListPutsFirstWhatHoldsUp(t *testing.T) {
	st := &settling{plan: Plan{ID: 1}, today: record.DateDay(planNoon), now: planNoon, needs: []Need{
		paper("slow", "visa").lasting(60, false), paper("quick", "visa").lasting(1, false), paper("unknown", "visa"), paper("fourth", "visa"),
		paper("visa").lasting(10, false), paper("had", "visa"),
	}}
	st.plan.DepartsOn = new(st.today.Plus(50).Date())
	st.items = []*Item{{Need: "had", State: Done, Proof: ProofOwn}}
	st.settle()
	l := listOf(st, Facts{})
	keys := func(lines []PlanLine) (list []string) {
		for _, line := range lines {
			list = append(list, line.Key)
		}
		return list
	}
	for part, tt := range map[string]struct{ got, want []string }{
		"holding":   {keys(l.Holding), []string{"slow", "quick", "unknown"}},
		"startable": {keys(l.Startable), []string{"fourth"}},
		"waiting":   {keys(l.Waiting), []string{"visa"}},
		"finished":  {keys(l.Finished), []string{"had"}},
	} {
		if !slices.Equal(tt.got, tt.want) {
			t.Errorf("%s: %v, want %v", part, tt.got, tt.want)
		}
	}
	if !l.Holding[0].Late || l.Holding[1].Late || l.Late() != 1 {
		t.Errorf("late: %v %v, %d", l.Holding[0].Late, l.Holding[1].Late, l.Late())
	}
	if w := l.Waiting[0].WaitsFor; len(w) != 4 {
		t.Errorf("the visa waits for %v", w)
	}
}

package disclosure_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"naikkelas/internal/disclosure"
)

type figures = disclosure.Figures

// grid is a publication of a grid whose totals follow from it, and of lists.
func grid(cells [][]int, lists ...[]int) *figures {
	f := &figures{}
	for i, line := range cells {
		f.Rows, f.Grid = append(f.Rows, disclosure.Figure{}), append(f.Grid, nil)
		for j, v := range line {
			if i == 0 {
				f.Columns = append(f.Columns, disclosure.Figure{})
			}
			f.Grid[i] = append(f.Grid[i], disclosure.Figure{Value: v})
			f.Rows[i].Value += v
			f.Columns[j].Value += v
			f.Total.Value += v
		}
	}
	for k, list := range lists {
		f.Lists = append(f.Lists, nil)
		sum := 0
		for _, v := range list {
			f.Lists[k] = append(f.Lists[k], disclosure.Figure{Value: v})
			sum += v
		}
		if len(cells) == 0 && k == 0 {
			f.Total.Value = sum
		}
	}
	return f
}

// A sum is what every reader knows: figures that add up to another one.
type sum struct {
	parts []*disclosure.Figure
	whole *disclosure.Figure
}

func pointers(list []disclosure.Figure) (p []*disclosure.Figure) {
	for i := range list {
		p = append(p, &list[i])
	}
	return p
}

func sumsOf(f *figures) (sums []sum) {
	for i := range f.Grid {
		sums = append(sums, sum{pointers(f.Grid[i]), &f.Rows[i]})
	}
	for j := range f.Columns {
		var column []*disclosure.Figure
		for i := range f.Grid {
			column = append(column, &f.Grid[i][j])
		}
		sums = append(sums, sum{column, &f.Columns[j]})
	}
	if len(f.Grid) > 0 {
		sums = append(sums, sum{pointers(f.Rows), &f.Total}, sum{pointers(f.Columns), &f.Total})
	}
	for k := range f.Lists {
		sums = append(sums, sum{pointers(f.Lists[k]), &f.Total})
	}
	return sums
}

// hiddenOf lists the hidden figures.
func hiddenOf(f *figures) (list []*disclosure.Figure) {
	seen := map[*disclosure.Figure]bool{}
	for _, s := range sumsOf(f) {
		for _, x := range append(s.parts, s.whole) {
			if x.Hidden && !seen[x] {
				seen[x] = true
				list = append(list, x)
			}
		}
	}
	return list
}

// An attack tries everything that hidden figures could be, from one up to most, that lets all sums hold, and remembers the
// range of each.
type attack struct {
	sums      []sum
	hidden    []*disclosure.Figure
	guess     map[*disclosure.Figure]int
	low, high map[*disclosure.Figure]int
	most      int
	tries     int
}

// holds says whether the sums can hold with what is guessed so far.
func (a *attack) holds() bool {
	for _, s := range a.sums {
		low, open := 0, false
		value := func(x *disclosure.Figure) (v int, known bool) {
			if !x.Hidden {
				return x.Value, true
			}
			v, known = a.guess[x]
			return v, known
		}
		for _, x := range s.parts {
			v, known := value(x)
			if !known {
				v, open = 1, true
			}
			low += v
		}
		if whole, known := value(s.whole); known && (low > whole || !open && low != whole) {
			return false
		}
	}
	return true
}

func (a *attack) run(at int) {
	if a.tries++; a.tries > 400_000 {
		return
	}
	if at == len(a.hidden) {
		for _, x := range a.hidden {
			a.low[x], a.high[x] = min(a.low[x], a.guess[x]), max(a.high[x], a.guess[x])
		}
		return
	}
	x := a.hidden[at]
	for v := 1; v <= a.most; v++ {
		a.guess[x] = v
		if a.holds() {
			a.run(at + 1)
		}
	}
	delete(a.guess, x)
}

// told lists the hidden figures that an attack by trying everything can tell, or can tell to be under five.
func told(f *figures) (list []string, whole bool) {
	a := &attack{sums: sumsOf(f), hidden: hiddenOf(f), guess: map[*disclosure.Figure]int{}, low: map[*disclosure.Figure]int{},
		high: map[*disclosure.Figure]int{}}
	for _, x := range a.hidden {
		a.most = max(a.most, x.Value)
		a.low[x] = 1 << 30
	}
	a.most += 6
	a.run(0)
	for _, x := range a.hidden {
		if x.Value > 0 && x.Value < disclosure.Least && a.high[x] < disclosure.Least || a.low[x] == a.high[x] {
			list = append(list, fmt.Sprintf("%d in %d to %d", x.Value, a.low[x], a.high[x]))
		}
	}
	return list, a.tries <= 400_000
}

// solved lists the hidden figures that follow from the sums alone, by elimination.
func solved(f *figures) (list []int) {
	hidden := hiddenOf(f)
	at := map[*disclosure.Figure]int{}
	for i, x := range hidden {
		at[x] = i
	}
	var m [][]*big.Rat
	for _, s := range sumsOf(f) {
		row := make([]*big.Rat, len(hidden))
		for i := range row {
			row[i] = new(big.Rat)
		}
		one := big.NewRat(1, 1)
		for _, x := range s.parts {
			if x.Hidden {
				row[at[x]].Add(row[at[x]], one)
			}
		}
		if s.whole.Hidden {
			row[at[s.whole]].Sub(row[at[s.whole]], one)
		}
		m = append(m, row)
	}
	eliminate(m, len(hidden))
	for _, row := range m {
		only, found := -1, 0
		for c, v := range row {
			if v.Sign() != 0 {
				only, found = c, found+1
			}
		}
		if found == 1 {
			list = append(list, hidden[only].Value)
		}
	}
	return list
}

// eliminate brings rows of sums into the form in which each begins where no other has anything.
func eliminate(m [][]*big.Rat, columns int) {
	lead := 0
	for c := 0; c < columns && lead < len(m); c++ {
		p := lead
		for p < len(m) && m[p][c].Sign() == 0 {
			p++
		}
		if p == len(m) {
			continue
		}
		m[lead], m[p] = m[p], m[lead]
		inv := new(big.Rat).Inv(m[lead][c])
		for k := range m[lead] {
			m[lead][k].Mul(m[lead][k], inv)
		}
		for r := range m {
			if r == lead || m[r][c].Sign() == 0 {
				continue
			}
			by := new(big.Rat).Set(m[r][c])
			for k := range m[r] {
				m[r][k].Sub(m[r][k], new(big.Rat).Mul(by, m[lead][k]))
			}
		}
		lead++
	}
}

// everythingHidden says that nothing of a publication can be seen: then it tells nothing.
func everythingHidden(f *figures) bool {
	for _, s := range sumsOf(f) {
		for _, x := range append(s.parts, s.whole) {
			if !x.Hidden {
				return false
			}
		}
	}
	return true
}

// Whatever the figures, no hidden one follows from the sums, or from trying everything that lets the sums hold; what is
// under five is hidden; and where nothing is, nothing is hidden.
func TestNoHiddenFigureCanBeFoundOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		small := rapid.SampledFrom([]int{0, 0, 1, 2, 3, 4, 5, 6, 8, 12})
		rows, columns := rapid.IntRange(0, 3).Draw(t, "rows"), rapid.IntRange(1, 3).Draw(t, "columns")
		cells := make([][]int, rows)
		total := 0
		for i := range cells {
			cells[i] = rapid.SliceOfN(small, columns, columns).Draw(t, "row")
			for _, v := range cells[i] {
				total += v
			}
		}
		if rows == 0 {
			total = rapid.IntRange(0, 30).Draw(t, "total")
		}
		var lists [][]int
		for range rapid.IntRange(0, 2).Draw(t, "lists") {
			first := rapid.IntRange(0, total).Draw(t, "first")
			second := rapid.IntRange(0, total-first).Draw(t, "second")
			lists = append(lists, []int{first, second, total - first - second})
		}
		f := grid(cells, lists...)
		f.Total.Value = total
		f.Hide(nil)
		least := true
		for _, s := range sumsOf(f) {
			for _, x := range append(s.parts, s.whole) {
				small := x.Value > 0 && x.Value < disclosure.Least
				least = least && !small
				if small && !x.Hidden {
					t.Fatalf("%d can be seen", x.Value)
				}
			}
		}
		if least && len(hiddenOf(f)) > 0 {
			t.Fatalf("%d are hidden for nothing", len(hiddenOf(f)))
		}
		if everythingHidden(f) {
			return
		}
		if found := solved(f); found != nil {
			t.Fatalf("the sums tell %v of %+v", found, f)
		}
		if found, whole := told(f); whole && found != nil {
			t.Fatalf("trying tells %v of %+v", found, f)
		}
	})
}

// A single small figure among large ones is not given away by its total, nor by the total of a list beside it.
func TestTotalsDoNotGiveASmallFigureAway(t *testing.T) {
	for name, f := range map[string]*figures{
		"one in a list":               grid(nil, []int{40, 3, 25}),
		"alone in its row and column": grid([][]int{{30, 1, 20}, {15, 12, 40}, {8, 9, 10}}),
		"in a list beside a grid":     grid([][]int{{30, 20}, {15, 40}}, []int{101, 4}),
		"all small":                   grid([][]int{{1, 2}, {3, 1}}),
		"a total under five":          grid(nil, []int{3, 0, 0}),
		"with zeros about it":         grid([][]int{{2, 0, 0}, {0, 50, 60}, {0, 70, 80}}),
	} {
		f.Hide(nil)
		found, whole := told(f)
		if len(hiddenOf(f)) < 2 || solved(f) != nil && !everythingHidden(f) || whole && found != nil && !everythingHidden(f) {
			t.Errorf("%s: %d are hidden, found %v and %v", name, len(hiddenOf(f)), solved(f), found)
		}
	}
	f := grid([][]int{{30, 11, 20}, {15, 12, 40}})
	f.Hide(nil)
	if n := len(hiddenOf(f)); n != 0 {
		t.Errorf("%d are hidden of large figures", n)
	}
}

// Where one person came or went since the last publication the figure is hidden, and so is what would tell it.
func TestStepSinceLastMonthIsHidden(t *testing.T) {
	before := grid(nil, []int{40, 30, 25})
	before.Hide(nil)
	now := grid(nil, []int{40, 31, 25})
	now.Hide(before)
	if !now.Total.Hidden || !now.Lists[0][1].Hidden {
		t.Errorf("a step of one can be seen: %+v", now)
	}
	far := grid(nil, []int{45, 30, 20})
	far.Hide(before)
	if n := len(hiddenOf(far)); n != 0 {
		t.Errorf("%d are hidden of steps of five", n)
	}
	before.Lists[0][1].Hidden, before.Total.Hidden = true, true
	now = grid(nil, []int{40, 31, 25})
	now.Hide(before)
	if n := len(hiddenOf(now)); n != 0 {
		t.Errorf("%d are hidden though nobody saw them before", n)
	}
}

// Sums that do not hold are a fault of whoever counts: then nothing is shown.
func TestFiguresThatDoNotAddUpAreHidden(t *testing.T) {
	f := grid([][]int{{30, 20}, {15, 40}}, []int{50, 60})
	f.Hide(nil)
	if !everythingHidden(f) {
		t.Errorf("%+v", f)
	}
}

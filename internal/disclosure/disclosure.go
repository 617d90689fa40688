// Package disclosure decides which figures of a publication must be hidden, so that nobody can be made out by them: those
// under five, and whatever would give them away through a sum, or through the difference to what was published before.
// It knows no database and no words: a table in, what to hide out.
package disclosure

// Least is the smallest figure of people that may be seen, beside none at all.
const Least = 5

// A Figure is a number of people, and whether it must be hidden.
type Figure struct {
	Value  int
	Hidden bool
}

// Figures are one publication: a grid with the totals of its rows and columns, and lists, all of which add up to the same
// total. Grid and lists may be empty.
type Figures struct {
	Total   Figure
	Rows    []Figure // totals of the grid
	Columns []Figure
	Grid    [][]Figure
	Lists   [][]Figure
}

// Hide marks what must be hidden. before is what was published of the same figures the last time, with what was hidden
// then; nil where there is nothing that a reader could compare. Where the sums do not hold everything is hidden.
//
// A hidden figure is safe when a reader who knows all sums, and that nobody hides a zero, finds it possible that it is
// five or more, and possible that it is another one than it is.
func (f *Figures) Hide(before *Figures) {
	f.all(func(x *Figure) { x.Hidden = x.Value > 0 && x.Value < Least })
	f.hideSteps(before)
	net, sound := f.net()
	if !sound {
		f.hideAll()
		return
	}
	for {
		at := net.unsafe()
		if at < 0 {
			return
		}
		if !net.cover(at) {
			f.hideAll()
			return
		}
	}
}

// hideSteps hides figures that can be seen and differ from those before, which could be seen as well, by few people.
func (f *Figures) hideSteps(before *Figures) {
	if before == nil {
		return
	}
	var old []Figure
	before.all(func(x *Figure) { old = append(old, *x) })
	i := 0
	f.all(func(x *Figure) {
		if i < len(old) && !old[i].Hidden {
			step := max(x.Value-old[i].Value, old[i].Value-x.Value)
			x.Hidden = x.Hidden || step > 0 && step < Least && x.Value > 0
		}
		i++
	})
}

// all visits every figure, in an order of its own.
func (f *Figures) all(visit func(*Figure)) {
	visit(&f.Total)
	for _, list := range [][]Figure{f.Rows, f.Columns} {
		for i := range list {
			visit(&list[i])
		}
	}
	for _, lists := range [][][]Figure{f.Grid, f.Lists} {
		for _, list := range lists {
			for i := range list {
				visit(&list[i])
			}
		}
	}
}

func (f *Figures) hideAll() { f.all(func(x *Figure) { x.Hidden = true }) }

// net writes the sums as a flow: what comes into a node leaves it. Every figure is an arc, each sum a node. The grid goes
// from its row totals to its rows, on to its columns and their totals, then through the grand total and each list in turn,
// and back to the row totals. sound says that the sums hold.
func (f *Figures) net() (n *network, sound bool) {
	rows, start := len(f.Rows), len(f.Rows)+len(f.Columns)
	sum, end := start+1, start+2
	n = &network{nodes: start + 3}
	if rows == 0 {
		sum = start
	}
	n.add(&f.Total, sum, end)
	for i := range f.Rows {
		n.add(&f.Rows[i], start, i)
	}
	for j := range f.Columns {
		n.add(&f.Columns[j], rows+j, sum)
	}
	for i, line := range f.Grid {
		for j := range line {
			n.add(&line[j], i, rows+j)
		}
	}
	for k, list := range f.Lists {
		to := start // the last list leads back
		if k < len(f.Lists)-1 {
			to = n.nodes
			n.nodes++
		}
		for i := range list {
			n.add(&list[i], end, to)
		}
		end = to
	}
	if len(f.Lists) == 0 {
		n.merge(end, start)
	}
	return n, n.balanced()
}

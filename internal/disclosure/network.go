package disclosure

// An arc is a figure as a flow from one node to another.
type arc struct {
	*Figure
	from, to int
}

// A network holds the sums of a publication. Figures that can be seen are fixed; those that are hidden may be anything
// from one on that lets all sums hold.
type network struct {
	arcs  []arc
	nodes int
}

func (n *network) add(x *Figure, from, to int) { n.arcs = append(n.arcs, arc{x, from, to}) }

// merge makes two nodes one.
func (n *network) merge(a, b int) {
	for i := range n.arcs {
		if n.arcs[i].from == a {
			n.arcs[i].from = b
		}
		if n.arcs[i].to == a {
			n.arcs[i].to = b
		}
	}
}

// balanced says whether all sums hold.
func (n *network) balanced() bool {
	net := make([]int, n.nodes)
	for _, a := range n.arcs {
		if a.Value < 0 {
			return false
		}
		net[a.from] -= a.Value
		net[a.to] += a.Value
	}
	for _, rest := range net {
		if rest != 0 {
			return false
		}
	}
	return true
}

// wide is more than any figure.
const wide = 1 << 40

// slack is how far each arc could be more, or less, than it is.
type slack struct{ more, less []int }

// slackOf is what a reader has to allow for: nothing where a figure can be seen.
func (n *network) slackOf() slack {
	s := slack{make([]int, len(n.arcs)), make([]int, len(n.arcs))}
	for i, a := range n.arcs {
		if a.Hidden {
			s.more[i], s.less[i] = wide, max(a.Value-1, 0)
		}
	}
	return s
}

// unsafe is a hidden figure that a reader can tell, or can tell to be under five; -1 where there is none.
func (n *network) unsafe() int {
	for i, a := range n.arcs {
		if !a.Hidden {
			continue
		}
		most := a.Value + n.push(n.slackOf(), a.to, a.from, i)
		least := a.Value - min(max(a.Value-1, 0), n.push(n.slackOf(), a.from, a.to, i))
		if most < Least || most == least {
			return i
		}
	}
	return -1
}

// cover hides more figures, the smallest that do, so that the figure of one arc could be larger than it can be now. It says
// whether there are any.
func (n *network) cover(at int) bool {
	s := n.slackOf()
	a := n.arcs[at]
	n.push(s, a.to, a.from, at) // what is possible already does not have to be made so
	hidden := false
	for _, step := range n.cheapest(s, a.to, a.from, at) {
		if !n.arcs[step].Hidden {
			n.arcs[step].Hidden, hidden = true, true
		}
	}
	return hidden
}

// push finds how much more can flow from one node to another within the slack, which it uses up, without one arc.
func (n *network) push(s slack, from, to, without int) (total int) {
	if from == to {
		return wide
	}
	for total < wide {
		path := n.search(from, to, func(i int, forward bool) int {
			free := s.less[i]
			if forward {
				free = s.more[i]
			}
			if i == without || free == 0 {
				return -1
			}
			return 1
		})
		if path == nil {
			return total
		}
		most := wide
		for _, p := range path {
			if p.forward {
				most = min(most, s.more[p.arc])
			} else {
				most = min(most, s.less[p.arc])
			}
		}
		for _, p := range path {
			if p.forward {
				s.more[p.arc], s.less[p.arc] = s.more[p.arc]-most, s.less[p.arc]+most
			} else {
				s.more[p.arc], s.less[p.arc] = s.more[p.arc]+most, s.less[p.arc]-most
			}
		}
		total += most
	}
	return total
}

// cheapest is the way from one node to another that hides the smallest figures beside those that are hidden.
func (n *network) cheapest(s slack, from, to, without int) (arcs []int) {
	path := n.search(from, to, func(i int, forward bool) int {
		a := n.arcs[i]
		switch {
		case i == without || a.Value == 0:
			return -1
		case a.Hidden && (forward && s.more[i] > 0 || !forward && s.less[i] > 0):
			return 0
		case a.Hidden, !forward && a.Value == 1:
			return -1
		}
		return a.Value
	})
	for _, p := range path {
		arcs = append(arcs, p.arc)
	}
	return arcs
}

// A move goes along an arc, or against it.
type move struct {
	arc     int
	forward bool
}

// search finds the way of the lowest cost; cost is below zero where there is none. It gives nil where there is no way.
func (n *network) search(from, to int, cost func(arc int, forward bool) int) []move {
	far := make([]int, n.nodes)
	came := make([]move, n.nodes)
	for i := range far {
		far[i] = wide
	}
	far[from] = 0
	for changed := true; changed; {
		changed = false
		for i, a := range n.arcs {
			for _, m := range []move{{i, true}, {i, false}} {
				u, v := a.from, a.to
				if !m.forward {
					u, v = v, u
				}
				c := cost(i, m.forward)
				if c >= 0 && far[u] < wide && far[u]+c < far[v] && v != from {
					far[v], came[v], changed = far[u]+c, m, true
				}
			}
		}
	}
	if far[to] == wide {
		return nil
	}
	var path []move
	for at := to; at != from; {
		m := came[at]
		path = append(path, m)
		if m.forward {
			at = n.arcs[m.arc].from
		} else {
			at = n.arcs[m.arc].to
		}
	}
	return path
}

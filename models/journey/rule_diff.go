package journey

import "slices"

// A Difference is a need that one list has and another has not, or that says something else in both. Was or Is is nil where
// the need is not in that list; Parts names what differs.
type Difference struct {
	Was, Is *Need
	Parts   []string
}

// Need is the need as it is, or as it was where it is gone.
func (d Difference) Need() Need {
	if d.Is != nil {
		return *d.Is
	}
	return *d.Was
}

// Compare says what a list says otherwise than an older one: what was added, what is gone, and what changed for whoever
// reads it. That a source was looked at again is no change.
func Compare(was, is []Need) (list []Difference) {
	for _, n := range is {
		i := slices.IndexFunc(was, func(old Need) bool { return old.Key == n.Key })
		if i < 0 {
			list = append(list, Difference{Is: &n})
		} else if parts := differing(was[i], n); len(parts) > 0 {
			list = append(list, Difference{Was: &was[i], Is: &n, Parts: parts})
		}
	}
	for _, n := range was {
		if !slices.ContainsFunc(is, func(now Need) bool { return now.Key == n.Key }) {
			list = append(list, Difference{Was: &n})
		}
	}
	return list
}

// The parts of a need that people read.
const (
	PartGrade  = "grade"
	PartReason = "because"
	PartBlocks = "blocks"
	PartNote   = "note"
	PartBasis  = "basis"
	PartLead   = "lead"
	PartGap    = "gap"
	PartHealth = "health" // whether a file of it may be kept
	PartWords  = "words"  // its name, who issues it, how long it is valid
)

// differing names the parts in which two versions of a need differ for whoever reads them.
func differing(was, is Need) (parts []string) {
	for _, part := range []struct {
		name string
		same bool
	}{
		{PartGrade, was.Grade == is.Grade && slices.Equal(was.Ask, is.Ask)},
		{PartReason, was.Because == is.Because},
		{PartBlocks, slices.Equal(slices.Sorted(slices.Values(was.Blocks)), slices.Sorted(slices.Values(is.Blocks)))},
		{PartNote, was.Note == is.Note},
		{PartBasis, was.LegalBasis == is.LegalBasis},
		{PartLead, slices.EqualFunc(was.Leads, is.Leads, sameLead)},
		{PartHealth, was.Health == is.Health},
		{PartGap, was.Gap == is.Gap},
		{PartWords, was.Name == is.Name && was.VariantName == is.VariantName && was.Issuer == is.Issuer && was.Validity == is.Validity},
	} {
		if !part.same {
			parts = append(parts, part.name)
		}
	}
	return parts
}

// sameLead compares what people read of how long something takes and what it costs.
func sameLead(a, b Lead) bool {
	return a.Label == b.Label && sameNumber(a.DaysMin, b.DaysMin) && sameNumber(a.DaysMax, b.DaysMax) && a.Working == b.Working &&
		sameNumber(a.CostMin, b.CostMin) && sameNumber(a.CostMax, b.CostMax) && a.Where == b.Where && a.ValidFor == b.ValidFor &&
		a.Note == b.Note
}

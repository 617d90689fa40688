package sheet

// DateColumn looks at a whole column: the order to read it in, what speaks for
// it, and whether the person must be asked.
func DateColumn(cells []Cell) (o Order, evidence DateEvidence, ambiguous bool) {
	for _, c := range cells {
		evidence.Add(c)
	}
	o, ambiguous = evidence.Order()
	return o, evidence, ambiguous
}

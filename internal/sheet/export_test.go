package sheet

import "time"

// DateCell makes a date cell from the day of t, whatever its clock.
func DateCell(t time.Time) Cell {
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return Cell{Kind: KindDate, Text: day.Format(time.DateOnly), Number: serialOf(day), Time: day}
}

// DateColumn looks at a whole column: the order to read it in, what speaks for
// it, and whether the person must be asked.
func DateColumn(cells []Cell) (o Order, evidence DateEvidence, ambiguous bool) {
	for _, c := range cells {
		evidence.Add(c)
	}
	o, ambiguous = evidence.Order()
	return o, evidence, ambiguous
}

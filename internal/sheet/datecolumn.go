package sheet

// DateEvidence counts how the dates of one column are written. Add each cell;
// it stays small however long the column is.
type DateEvidence struct {
	Plain      int // date cells, ISO dates, dates with a month's name, 05/05/2026: no doubt
	DayFirst   int // the first number is above 12, so it is the day
	MonthFirst int // the second number is above 12, so it is the day
	Either     int // both numbers could be the month
	Unreadable int // not a date, or no such day
}

// Add counts one cell; blank ones do not count.
func (e *DateEvidence) Add(c Cell) {
	if c.Blank() {
		return
	}
	first, usual := Date(c, DayFirst)
	second, other := Date(c, MonthFirst)
	numeric := c.Kind == KindText && writtenDate(c.Value()).month == 0
	switch {
	case usual != nil && other != nil:
		e.Unreadable++
	case !numeric, usual == nil && first.Equal(second):
		e.Plain++
	case other != nil:
		e.DayFirst++
	case usual != nil:
		e.MonthFirst++
	default:
		e.Either++
	}
}

// Order is the order to read the column in. ambiguous means that the person must
// be asked, because some rows are dates only with the month first: then Order is
// MonthFirst when no row contradicts it, else Unsure. Without such rows Indonesian
// files are taken day first, which a preview should state when Assumed.
func (e DateEvidence) Order() (o Order, ambiguous bool) {
	switch {
	case e.MonthFirst == 0:
		return DayFirst, false
	case e.DayFirst == 0:
		return MonthFirst, true
	}
	return Unsure, true
}

// Assumed says that the order rests on nothing in the column: some dates could
// be read either way and none proves which.
func (e DateEvidence) Assumed() bool {
	return e.Either > 0 && e.DayFirst == 0 && e.MonthFirst == 0
}

package importsheet

import (
	"naikkelas/internal/sheet"
)

// The answers to how day and month stand.
const (
	dayFirst   = "day"
	monthFirst = "month"
)

// dateOrders looks at every column of dates once: in which order its days and months stand. What nothing in the file
// proves is asked once for the whole file; only where one column proves the day first and another the month, once for
// each column in doubt.
func dateOrders(grids []grid, columns []column, q *questions) map[string]sheet.Order {
	evidence := evidenceOf(grids, columns)
	orders := map[string]sheet.Order{}
	var doubtful []column
	day, month := false, false
	for _, c := range columns {
		e, ok := evidence[c.code]
		if !ok {
			continue
		}
		orders[c.code] = sheet.DayFirst
		day, month = day || e.DayFirst > 0 && e.MonthFirst == 0, month || e.MonthFirst > 0
		if _, ambiguous := e.Order(); ambiguous || e.Assumed() {
			doubtful = append(doubtful, c)
		}
	}
	for _, c := range doubtful {
		name, heading := "order", ""
		if day && month {
			name, heading = "order-"+c.code, c.heading
		}
		switch askOrder(grids, columns, c, Question{Name: name, Kind: "order", Heading: heading}, q) {
		case dayFirst:
			orders[c.code] = sheet.DayFirst
		case monthFirst:
			orders[c.code] = sheet.MonthFirst
		default:
			orders[c.code] = sheet.Unsure
		}
	}
	return orders
}

// evidenceOf counts how the dates of each column are written.
func evidenceOf(grids []grid, columns []column) map[string]*sheet.DateEvidence {
	evidence := map[string]*sheet.DateEvidence{}
	for i, c := range columns {
		if !c.date {
			continue
		}
		for _, g := range grids {
			if g.columns[i] < 0 {
				continue
			}
			if evidence[c.code] == nil {
				evidence[c.code] = &sheet.DateEvidence{}
			}
			for _, row := range g.Rows {
				evidence[c.code].Add(row.Cell(g.columns[i]))
			}
		}
	}
	return evidence
}

// askOrder asks with dates of the column as they stand, and with what each answer makes of the first.
func askOrder(grids []grid, columns []column, c column, next Question, q *questions) string {
	either, one := doubtfulDates(grids, index(columns, c.code))
	answer := dayFirst
	for _, cell := range append(either, one...) {
		next.Options = []Option{{Value: dayFirst, Key: "day_first"}, {Value: monthFirst, Key: "month_first"}}
		for i, order := range []sheet.Order{sheet.DayFirst, sheet.MonthFirst} {
			if day, err := sheet.Date(cell, order); err == nil {
				next.Options[i].Key += "_as"
				next.Options[i].Args = []any{"Written", cell.Value(), "Date", day}
			}
		}
		answer = q.ask(next, cell.Value())
	}
	return answer
}

// doubtfulDates are the cells of a column that the order of day and month makes a difference for: those that are dates
// either way, and those that are one only in one order.
func doubtfulDates(grids []grid, column int) (either, one []sheet.Cell) {
	for _, g := range grids {
		if g.columns[column] < 0 {
			continue
		}
		for _, row := range g.Rows {
			cell := row.Cell(g.columns[column])
			first, usual := sheet.Date(cell, sheet.DayFirst)
			second, other := sheet.Date(cell, sheet.MonthFirst)
			switch {
			case usual != nil && other != nil, usual == nil && other == nil && first.Equal(second):
			case usual == nil && other == nil:
				either = append(either, cell)
			default:
				one = append(one, cell)
			}
		}
	}
	return either, one
}

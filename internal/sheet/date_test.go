package sheet_test

import (
	"testing"
	"time"

	"naikkelas/internal/sheet"
)

func TestP073_DatesAsPeopleWriteThem(t *testing.T) {
	day := time.Date(2026, time.January, 12, 0, 0, 0, 0, time.UTC)
	cells := []sheet.Cell{sheet.DateCell(day), sheet.DateCell(day.Add(9 * time.Hour)), number("46034", 46034), number("46034.4",
		46034.4)}
	for _, text := range []string{
		"12 Januari 2026", "12 Jan 2026", "12-Jan-2026", "Senin, 12 Januari 2026", "12 January 2026", "January 12, 2026", "12jan2026",
		"2026-01-12", "2026/1/12", "2026-01-12T08:30:00Z", "2026-01-12 08:30",
		"12/01/2026", "12-1-2026", "12.01.2026", "12/01/2026 00:00:00", " 12/01/2026\u00a0",
	} {
		cells = append(cells, sheet.TextCell(text))
	}
	for _, c := range cells {
		if got, err := sheet.Date(c, sheet.DayFirst); err != nil || !got.Equal(day) {
			t.Errorf("%q: got %v, %v; want %v", c.Text, got, err, day)
		}
	}
}

func TestDateOrdersAndRefusals(t *testing.T) {
	tests := []struct {
		text  string
		order sheet.Order
		want  string
		bad   sheet.Problem
	}{
		{"12/01/2026", sheet.MonthFirst, "2026-12-01", ""},
		{"1/18/2013", sheet.MonthFirst, "2013-01-18", ""},
		{"1/18/2013", sheet.DayFirst, "", sheet.ProblemDateOrder},
		{"18/1/2013", sheet.MonthFirst, "", sheet.ProblemDateOrder},
		{"18/1/2013", sheet.Unsure, "2013-01-18", ""},
		{"1/18/2013", sheet.Unsure, "2013-01-18", ""},
		{"5/5/2013", sheet.Unsure, "2013-05-05", ""},
		{"12/01/2026", sheet.Unsure, "", sheet.ProblemDateUnclear},
		{"31/02/2026", sheet.DayFirst, "", sheet.ProblemDateNone},
		{"32/13/2026", sheet.Unsure, "", sheet.ProblemDateNone},
		{"31 Februari 1999", sheet.DayFirst, "", sheet.ProblemDateNone},
		{"2026-00-10", sheet.DayFirst, "", sheet.ProblemDateNone},
		{"12/01/0026", sheet.DayFirst, "", sheet.ProblemDateNone},
		{"12/01/026", sheet.DayFirst, "", sheet.ProblemUnreadable},
		{"12/2026 s.d. 20/01/2026", sheet.DayFirst, "", sheet.ProblemUnreadable},
		{"1.250.000", sheet.DayFirst, "", sheet.ProblemUnreadable},
		{"segera", sheet.DayFirst, "", sheet.ProblemUnreadable},
		{"-12/01/2026", sheet.DayFirst, "", sheet.ProblemUnreadable},
		{"–", sheet.DayFirst, "", sheet.ProblemBlank},
	}
	for _, tt := range tests {
		got, err := sheet.Date(sheet.TextCell(tt.text), tt.order)
		shown := ""
		if err == nil {
			shown = got.Format(time.DateOnly)
		}
		if shown != tt.want || problem(err) != tt.bad {
			t.Errorf("%q: got %q, %v; want %q, %q", tt.text, shown, err, tt.want, tt.bad)
		}
	}
	for _, c := range []sheet.Cell{sheet.NumberCell(2026), sheet.NumberCell(500123199005132245), sheet.BoolCell(true)} {
		if _, err := sheet.Date(c, sheet.DayFirst); problem(err) != sheet.ProblemUnreadable {
			t.Errorf("%s: got %v, want unreadable", c.Text, err)
		}
	}
}

func TestDateColumn(t *testing.T) {
	column := func(texts ...string) []sheet.Cell {
		var cells []sheet.Cell
		for _, s := range texts {
			cells = append(cells, sheet.TextCell(s))
		}
		return cells
	}
	tests := []struct {
		name      string
		cells     []sheet.Cell
		order     sheet.Order
		ambiguous bool
		assumed   bool
		evidence  sheet.DateEvidence
	}{
		{"nothing to doubt", column("2026-01-12", "12 Januari 2026", "5/5/2026", ""), sheet.DayFirst, false, false,
			sheet.DateEvidence{Plain: 3}},
		{"day first proved", column("18/01/2013", "1/2/2013"), sheet.DayFirst, false, false, sheet.DateEvidence{DayFirst: 1,
			Either: 1}},
		{"day first assumed", column("1/2/2013", "01-02-2020"), sheet.DayFirst, false, true, sheet.DateEvidence{Either: 2}},
		{"month first", column("1/18/2013", "1/2/2013", "-"), sheet.MonthFirst, true, false, sheet.DateEvidence{MonthFirst: 1,
			Either: 1}},
		{"both", column("1/18/2013", "18/1/2013", "x"), sheet.Unsure, true, false, sheet.DateEvidence{DayFirst: 1, MonthFirst: 1,
			Unreadable: 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			order, evidence, ambiguous := sheet.DateColumn(tt.cells)
			if order != tt.order || ambiguous != tt.ambiguous || evidence != tt.evidence || evidence.Assumed() != tt.assumed {
				t.Errorf("got %d, %+v, ask %v, assumed %v", order, evidence, ambiguous, evidence.Assumed())
			}
		})
	}
}

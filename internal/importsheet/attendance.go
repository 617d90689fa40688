package importsheet

import (
	"strings"
	"time"

	"naikkelas/internal/sheet"
	"naikkelas/models"
	"naikkelas/models/record"
)

// attendanceLetters are the letters and words for how somebody was in class, the one that we write first.
var attendanceLetters = []struct {
	status models.AttendanceStatus
	words  []string
}{
	{models.AttendancePresent, []string{"H", "hadir", "present"}},
	{models.AttendanceLate, []string{"T", "terlambat", "telat", "late"}},
	{models.AttendanceExcused, []string{"I", "izin", "ijin", "sakit", "s", "excused"}},
	{models.AttendanceAbsent, []string{"A", "alpa", "alfa", "tidak hadir", "tanpa izin", "absent"}},
}

// attendanceLegend heads the last column and says what the letters mean.
const attendanceLegend = "Arti: H hadir, T terlambat, I izin, A tidak hadir"

// weekdays stand before a day's date, so that no spreadsheet takes the heading for a date and writes it in its own way.
var weekdays = []string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}

// AttendanceGrid reads and writes the file of a class's attendance: a row for each of the class, a column for each day.
type AttendanceGrid struct {
	days    []record.Day
	columns []column
	letters words
}

// NewAttendanceGrid is the file for these days.
func NewAttendanceGrid(days []record.Day) AttendanceGrid {
	g := AttendanceGrid{days: days, columns: []column{refColumn, nameColumn}}
	for _, l := range attendanceLetters {
		g.letters.add(string(l.status), l.words...)
		g.letters.write(string(l.status), l.words[0])
	}
	for _, d := range days {
		date := d.Date()
		g.columns = append(g.columns, column{
			code: date.Format(time.DateOnly), heading: weekdays[date.Weekday()] + " " + date.Format("02-01-2006"),
			also: []string{date.Format("02-01-2006")},
		})
	}
	return g
}

// Fields are the columns of the file.
func (g AttendanceGrid) Fields() []sheet.Field {
	var fields []sheet.Field
	for _, c := range g.columns {
		fields = append(fields, sheet.Field{Name: c.heading})
	}
	return append(fields, sheet.Field{Name: attendanceLegend})
}

// Row is somebody's line.
func (g AttendanceGrid) Row(l models.AttendanceLine) []sheet.Cell {
	cells := []sheet.Cell{sheet.TextCell(l.Ref), sheet.TextCell(l.Name)}
	for _, d := range g.days {
		letter := ""
		if s := l.Days[d]; s != "" {
			letter = g.letters.written(string(s))
		}
		cells = append(cells, sheet.TextCell(letter))
	}
	return append(cells, sheet.TextCell(""))
}

// An AttendanceRow is what a row of the file says of somebody; an empty cell says nothing.
type AttendanceRow struct {
	Number    int // of the row, as the spreadsheet numbers it
	Ref, Name string
	Days      map[record.Day]models.AttendanceStatus
	Problems  []Problem
}

// SameName says whether the row's name is somebody's, where it has one.
func (r AttendanceRow) SameName(name string) bool { return ClassLine{Name: r.Name}.SameName(name) }

// Read reads a file. A *sheet.Refusal says why it is not read at all.
func (g AttendanceGrid) Read(f File) ([]AttendanceRow, error) {
	o, err := open(f, g.columns, int(models.IntakeRanges["quota"].Max))
	if err != nil {
		return nil, err
	}
	var list []AttendanceRow
	seen, found := map[string]bool{}, false
	for _, t := range o.grids {
		if t.columns[0] < 0 {
			continue
		}
		found = true
		for _, row := range t.Rows {
			r := &reader{columns: g.columns, grid: t, row: row}
			a := g.row(r)
			if a.Ref != "" && seen[a.Ref] {
				r.fail("ref", "twice")
			}
			seen[a.Ref] = true
			a.Problems = r.problems
			list = append(list, a)
		}
	}
	if !found {
		return nil, &sheet.Refusal{Reason: sheet.ReasonHeaderNotFound}
	}
	return list, nil
}

func (g AttendanceGrid) row(r *reader) AttendanceRow {
	a := AttendanceRow{Number: r.row.Number, Name: r.text("name", 200), Days: map[record.Day]models.AttendanceStatus{}}
	if a.Ref = strings.ToUpper(r.text("ref", 40)); a.Ref == "" {
		r.fail("ref", "blank")
	}
	for i, d := range g.days {
		code := g.columns[i+2].code
		word := r.text(code, 40)
		if word == "" {
			continue
		}
		if meant := g.letters.meaning(word); len(meant) == 1 {
			a.Days[d] = models.AttendanceStatus(meant[0])
		} else {
			r.fail(code, "unknown_word")
		}
	}
	return a
}

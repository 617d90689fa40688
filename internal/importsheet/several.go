package importsheet

import (
	"strings"
	"unicode/utf8"

	"naikkelas/internal/sheet"
	"naikkelas/models"
	"naikkelas/models/record"
)

// between is what several things in one cell are written between; lines are read as well.
const between = "; "

// parts are the things that stand in one cell: one a line, or between semicolons.
func parts(text string) (list []string) {
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' || r == ';' }) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// several reads a cell of several words that each mean a code, without one that stands there twice.
func (r *reader) several(code string) record.Codes {
	cell := r.cell(code)
	if cell.Value() == "" {
		return nil
	}
	if cell.Broken() {
		r.fail(code, string(sheet.ProblemFormula))
		return nil
	}
	var codes record.Codes
	for _, part := range parts(cell.Value()) {
		meant, ok := r.meant(code, part)
		if !ok {
			return nil
		}
		if meant != "" && !has(codes, meant) {
			codes = append(codes, meant)
		}
	}
	r.read(code, Value{Text: r.words[code].list(codes)})
	return codes
}

// clock reads a time of day.
func (r *reader) clock(code string) string {
	text := r.cell(code).Value()
	if text == "" {
		return ""
	}
	clock, ok := models.ReadClock(text)
	if !ok {
		r.fail(code, "clock")
		return ""
	}
	r.read(code, Value{Text: clock})
	return clock
}

// list writes codes into one cell, so that reading it gives them again.
func (w words) list(codes []string) string {
	written := make([]string, len(codes))
	for i, code := range codes {
		written[i] = w.written(code)
	}
	return strings.Join(written, between)
}

// costLines reads what a participant pays, for each line what it is for and how much, as in "Seragam: 250.000". Beside the
// whole amount it has to come to the same.
func (r *reader) costLines(code string, whole int64) []models.CostLine {
	cell := r.cell(code)
	value := cell.Value()
	if value == "" {
		return nil
	}
	if cell.Broken() {
		r.fail(code, string(sheet.ProblemFormula))
		return nil
	}
	sums := func(lines []models.CostLine) bool {
		return r.cell("cost").Blank() || (models.ProgrammeContent{Costs: lines}).Total() == whole
	}
	lines, ok := costLinesOf(value, ";")
	if byRow, rows := costLinesOf(value, "\n"); rows && !(ok && sums(lines)) && sums(byRow) {
		lines, ok = byRow, rows
	}
	switch {
	case !ok:
		r.fail(code, "cost_lines")
		return nil
	case !sums(lines):
		r.fail(code, "cost_sum")
		return nil
	}
	r.read(code, Value{Text: costText(lines)})
	return lines
}

// costLinesOf reads lines of costs, one a row, or several that something stands between; where that parts no two of them
// it belongs to what a line is for.
func costLinesOf(text, apart string) (lines []models.CostLine, ok bool) {
	for row := range strings.Lines(text) {
		label := ""
		for part := range strings.SplitSeq(strings.TrimSpace(row), apart) {
			label += part
			if line, ok := costLineOf(label); ok {
				lines, label = append(lines, line), ""
			} else if strings.TrimSpace(label) == "" {
				label = ""
			} else {
				label += apart
			}
		}
		if label != "" {
			return nil, false
		}
	}
	return lines, len(lines) > 0
}

func costLineOf(text string) (line models.CostLine, ok bool) {
	at := strings.LastIndex(text, ":")
	if at < 0 {
		return line, false
	}
	line.Label = strings.Join(strings.Fields(text[:at]), " ")
	amount, err := sheet.Money(sheet.TextCell(text[at+1:]))
	line.Amount = amount
	length := utf8.RuneCountInString(line.Label)
	return line, err == nil && amount <= models.RupiahMost && length > 0 && length <= models.CostLabelMost
}

// costText writes lines of costs, so that reading them gives the same.
func costText(lines []models.CostLine) string {
	written := make([]string, len(lines))
	for i, line := range lines {
		written[i] = line.Label + ": " + sheet.NumberCell(line.Amount).Value()
	}
	return strings.Join(written, "\n")
}

package importsheet

import (
	"strconv"
	"strings"

	"naikkelas/internal/sheet"
)

// An AsideRow is a row that reads like something else than a listing. The person decides: Taken says that they want it
// all the same. Why is the last part of the sentence imports.aside.<why>.
type AsideRow struct {
	Name   string // of the answer
	Sheet  string
	Number int
	Why    string
	Text   string
	Cells  []sheet.Cell
	Taken  bool
}

// noteStarts begin what people write under a table.
var noteStarts = []string{
	"catatan", "keterangan", "mengetahui", "menyetujui", "disetujui", "kepala", "ketua", "direktur", "pimpinan",
	"penanggung jawab", "ttd", "nip", "tanda tangan", "dibuat oleh", "disusun oleh", "diisi oleh", "sumber", "nb", "note",
	"hormat kami", "petunjuk", "jakarta", "mohon",
}

// totals name the row of sums.
var totals = []string{"total", "jumlah", "subtotal", "sub total", "grand total", "total keseluruhan", "jumlah total", "sum"}

// setAside says whether a row is no listing, and why. continues says that a listing stands above, which dates without a
// name belong to.
func (r *reader) setAside(continues bool) (AsideRow, bool) {
	a := AsideRow{
		Name: "take-" + strconv.Itoa(r.grid.at) + "-" + strconv.Itoa(r.row.Number), Sheet: r.grid.Sheet, Number: r.row.Number,
		Why: r.whyAside(continues),
	}
	var parts []string
	for _, c := range r.row.Cells {
		if v := c.Value(); v != "" {
			parts = append(parts, v)
		}
	}
	a.Text = strings.Join(parts, " · ")
	a.Taken = r.answers[a.Name] == "yes"
	return a, a.Why != ""
}

func (r *reader) whyAside(continues bool) string {
	said, intake, unnamed := 0, 0, 0
	for i, c := range r.columns {
		if r.grid.columns[i] >= 0 && r.said(c.code) {
			said++
			if intakeCodes[c.code] {
				intake++
			}
		}
	}
	first := fold(firstText(r.row))
	title := fold(r.cell("title").Value())
	for _, c := range r.row.Cells {
		if !c.Blank() {
			unnamed++
		}
	}
	switch {
	case first == "":
		if said == 0 || title == "" && intake == 0 || unnamed == 1 {
			return "number"
		}
		return ""
	case r.cell("title").Value() == exampleTitle:
		return "example"
	case r.repeatsHeading():
		return "heading"
	case equalsAny(first, totals) && r.cell("code").Blank() && !r.hasDates():
		return "total"
	case said == 0:
		return "outside"
	case said <= 3 && startsAny(first, noteStarts) && !r.hasDates():
		return "note"
	case said == 1 && title != "" && r.wantsMore():
		return "only_name"
	case said == 1 && title == "" && (intake == 0 || !continues):
		return "alone"
	}
	return ""
}

// wantsMore says whether the sheet has more columns than that of names.
func (r *reader) wantsMore() bool {
	n := 0
	for _, at := range r.grid.columns {
		if at >= 0 {
			n++
		}
	}
	return n > 1
}

func (r *reader) hasDates() bool {
	for _, c := range r.columns {
		if c.date && r.grid.columns[index(r.columns, c.code)] >= 0 && r.said(c.code) {
			return true
		}
	}
	return false
}

// repeatsHeading knows a header that is printed again further down.
func (r *reader) repeatsHeading() bool {
	same, filled := 0, 0
	for _, c := range r.grid.Columns {
		v := r.row.Cell(c.Index).Value()
		if v == "" {
			continue
		}
		filled++
		if fold(v) == fold(c.Name) {
			same++
		}
	}
	return filled > 1 && same*2 > filled
}

func equalsAny(text string, list []string) bool { return has(list, text) }

func startsAny(text string, list []string) bool {
	for _, start := range list {
		if text == start || strings.HasPrefix(text, start+" ") {
			return true
		}
	}
	return false
}

// Headings are the file's own columns in their order, for handing rows back.
func (l Layout) Headings() []sheet.Field {
	var fields []sheet.Field
	for _, c := range l.Columns {
		name := c.Name
		if strings.HasPrefix(c.Key, "@") {
			name = ""
		}
		fields = append(fields, sheet.Field{Name: name})
	}
	return fields
}

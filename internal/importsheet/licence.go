package importsheet

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"naikkelas/internal/sheet"
)

// licenceColumns are what is known of somebody on a list of licences.
var licenceColumns = []column{
	{code: "name", heading: "Nama", also: []string{
		"nama p3mi", "nama perusahaan", "perusahaan", "nama lembaga", "nama lpk", "nama so", "p3mi", "company", "company name", "name",
	}},
	{code: "number", heading: "Nomor izin", also: []string{
		"no izin", "nomor sip3mi", "no sip3mi", "sip3mi", "siup", "nomor sk", "no sk", "izin", "license number", "licence number",
	}},
	{code: "state", heading: "Keadaan izin", also: []string{"status", "status izin", "keadaan", "keterangan", "state"}},
	{code: "until", heading: "Berlaku sampai", date: true, also: []string{
		"masa berlaku", "berakhir", "tanggal berakhir", "berlaku hingga", "berlaku s d", "valid until", "expiry",
	}},
	{
		code: "place", heading: "Kota atau alamat",
		also: []string{"alamat", "kota", "kabupaten", "kota kabupaten", "provinsi", "address", "city"},
	},
}

// LicenceColumns are the codes and headings of what a list of licences can say.
func LicenceColumns() (codes, headings []string) { return codesOf(licenceColumns) }

// MostLicences is how many rows one list of licences may hold.
const MostLicences = 5000

// The bounds of what is kept of a file until its rows are taken over.
const (
	licenceWide = 40
	licenceCell = 300
)

// A LicenceTable is the sheet of a file with most of what was looked for, as text. Guess says for each code which column is
// called so. Days that a file holds as days are written 2026-11-30.
type LicenceTable struct {
	Columns []string
	Guess   map[string]int
	Numbers []int // of the rows, as a spreadsheet shows them
	Rows    [][]string
	Days    map[int]string // of columns: which number of a day comes first, "day" or "month"; none where that is unclear
}

// ReadLicences reads a list of licences. A *sheet.Refusal says why it is not read at all.
func ReadLicences(f File) (LicenceTable, error) {
	b, err := sheet.Open(f.Content, f.Size, f.Name, sheet.Options{MaxRows: MostLicences})
	if err != nil {
		return LicenceTable{}, err
	}
	var want [][]string
	for _, c := range licenceColumns {
		want = append(want, append([]string{c.heading}, c.also...))
	}
	tables, err := b.Tables(want)
	if err != nil {
		return LicenceTable{}, err
	}
	best := -1
	for i, t := range tables {
		if t.Reason == "" && (best < 0 || t.Hits > tables[best].Hits) {
			best = i
		}
	}
	switch {
	case best >= 0:
		return licenceTable(tables[best]), nil
	case len(tables) > 0:
		return LicenceTable{}, &sheet.Refusal{Reason: tables[0].Reason}
	}
	return LicenceTable{}, &sheet.Refusal{Reason: sheet.ReasonEmpty}
}

func licenceTable(t sheet.Table) LicenceTable {
	out := LicenceTable{Guess: map[string]int{}, Days: map[int]string{}}
	columns := t.Columns[:min(len(t.Columns), licenceWide)]
	for i, c := range columns {
		name := c.Name
		if name == "" {
			name = c.Letter()
		}
		out.Columns = append(out.Columns, short(name))
		var evidence sheet.DateEvidence
		for _, row := range t.Rows {
			evidence.Add(row.Cell(c.Index))
		}
		switch order, ambiguous := evidence.Order(); {
		case ambiguous:
		case order == sheet.MonthFirst:
			out.Days[i] = "month"
		default:
			out.Days[i] = "day"
		}
	}
	for i, c := range licenceColumns {
		if at := t.Guess[i]; at >= 0 && at < len(columns) {
			out.Guess[c.code] = at
		}
	}
	for _, row := range t.Rows {
		texts := make([]string, len(columns))
		for i, c := range columns {
			texts[i] = cellText(row.Cell(c.Index))
		}
		if slices.ContainsFunc(texts, func(s string) bool { return s != "" }) {
			out.Numbers, out.Rows = append(out.Numbers, row.Number), append(out.Rows, texts)
		}
	}
	return out
}

// cellText is a cell as text; a day is written so that nobody can read it another way.
func cellText(c sheet.Cell) string {
	if c.Kind == sheet.KindDate {
		if day, err := sheet.Date(c, sheet.Unsure); err == nil {
			return day.Format(time.DateOnly)
		}
	}
	return short(c.Value())
}

func short(text string) string {
	letters := []rune(strings.Join(strings.Fields(text), " "))
	return string(letters[:min(len(letters), licenceCell)])
}

// A Licence is one row of a list as it is read. Where State is "other" or Until nil, what was written stands beside it.
type Licence struct {
	Line                int
	Name, Number, Place string
	State, StateSaid    string
	Until               *time.Time
	UntilSaid           string
}

// Licences reads the rows with the columns that were chosen, by code; a row without a name is left out and counted.
func (t LicenceTable) Licences(chosen map[string]int) (list []Licence, nameless int) {
	cell := func(row []string, code string) string {
		if at, ok := chosen[code]; ok && at >= 0 && at < len(row) {
			return row[at]
		}
		return ""
	}
	for i, row := range t.Rows {
		l := Licence{
			Line: t.Numbers[i], Name: cell(row, "name"), Number: cell(row, "number"), Place: cell(row, "place"),
			StateSaid: cell(row, "state"), UntilSaid: cell(row, "until"),
		}
		if !strings.ContainsFunc(l.Name, unicode.IsLetter) {
			nameless++
			continue
		}
		l.State = licenceState(l.StateSaid)
		l.Until = t.day(chosen["until"], l.UntilSaid)
		list = append(list, l)
	}
	return list, nameless
}

// day reads a day; one that can be read two ways is not read.
func (t LicenceTable) day(column int, text string) *time.Time {
	if text == "" {
		return nil
	}
	order := sheet.Unsure
	switch t.Days[column] {
	case "day":
		order = sheet.DayFirst
	case "month":
		order = sheet.MonthFirst
	}
	day, err := sheet.Date(sheet.TextCell(text), order)
	if err != nil {
		return nil
	}
	return &day
}

// licenceWords are what lists write, what ends first: "tidak aktif" is not "aktif".
var licenceWords = []struct {
	state string
	words []string
}{
	{"revoked", []string{"cabut", "revoked"}},
	{"suspended", []string{"beku", "skors", "tunda", "henti", "suspend"}},
	{"ended", []string{
		"tidak aktif", "nonaktif", "non aktif", "tidak berlaku", "habis", "berakhir", "daluwarsa", "daluarsa", "expired", "inactive",
	}},
	{"active", []string{"aktif", "berlaku", "valid", "active"}},
}

// licenceState is the state that a list writes in its own words.
func licenceState(said string) string {
	folded := fold(said)
	if folded == "" {
		return "unsaid"
	}
	for _, w := range licenceWords {
		if slices.ContainsFunc(w.words, func(word string) bool { return strings.Contains(folded, word) }) {
			return w.state
		}
	}
	return "other"
}

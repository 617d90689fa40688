package importsheet

import (
	"strings"

	"naikkelas/internal/sheet"
	"naikkelas/models"
)

// The columns of a file in which something is recorded of a class. Their headings are the same in every language, so
// that a file reads the same whoever made it.
var (
	refColumn  = column{code: "ref", heading: "Nomor pendaftaran", also: []string{"no pendaftaran", "nomor", "registration number"}}
	nameColumn = column{code: "name", heading: "Nama", also: []string{"nama peserta", "nama lengkap", "name"}}
	whatColumn = map[models.ClassAct]column{
		models.ClassEnrol:  {code: "what", heading: "Daftar ulang", also: []string{"hadir", "enrolled"}},
		models.ClassResult: {code: "what", heading: "Hasil pelatihan", also: []string{"hasil", "course result", "result"}},
		models.ClassAssess: {code: "what", heading: "Uji kompetensi", also: []string{"hasil uji", "uji bnsp", "competence test"}},
	}
	reasonColumn = column{code: "reason", heading: "Alasan berhenti", also: []string{"alasan", "reason"}}
	textColumn   = column{code: "text", heading: "Catatan untuk peserta", also: []string{"catatan", "note"}}
	numberColumn = column{code: "number", heading: "Nomor sertifikat LSP", also: []string{"nomor sertifikat", "certificate number"}}
)

// classColumns are those of an act.
func classColumns(act models.ClassAct) []column {
	list := []column{refColumn, nameColumn, whatColumn[act]}
	switch act {
	case models.ClassResult:
		list = append(list, reasonColumn, textColumn)
	case models.ClassAssess:
		list = append(list, numberColumn)
	}
	return list
}

// outcomeWords are the words for what is recorded, the one that we write first.
var outcomeWords = map[models.ClassAct][][]string{
	models.ClassEnrol: {{models.RecordEnrolled, "Hadir", "daftar ulang", "datang", "ya", "masuk", "enrolled"}},
	models.ClassResult: {
		{models.RecordPassed, "Lulus", "l", "passed"},
		{models.RecordFailed, "Belum lulus", "tidak lulus", "gagal", "tl", "bl", "failed"},
		{models.RecordDropped, "Berhenti", "mengundurkan diri", "mundur", "keluar", "drop out", "do", "dropped out", "dropped"},
	},
	models.ClassAssess: {
		{"competent", "Kompeten", "k", "competent"},
		{"not_yet", "Belum kompeten", "tidak kompeten", "bk", "not yet competent"},
		{"scheduled", "Dijadwalkan", "terjadwal", "scheduled"},
	},
}

// ClassWords reads and writes the words of an act's file.
type ClassWords struct {
	act   models.ClassAct
	words map[string]words
}

// NewClassWords knows the words for what an act records, with the reasons for which people drop out.
func NewClassWords(act models.ClassAct, reasons []models.ReasonCode) ClassWords {
	w := ClassWords{act: act, words: map[string]words{}}
	var what, why words
	for _, list := range outcomeWords[act] {
		what.add(list[0], list[1:]...)
		what.write(list[0], list[1])
	}
	for _, r := range reasons {
		why.add(r.Code, r.Text.ID, r.Text.EN, r.Code)
		why.write(r.Code, r.Text.ID)
	}
	w.words["what"], w.words["reason"] = what, why
	return w
}

// Fields are the columns of the file.
func (w ClassWords) Fields() []sheet.Field {
	var fields []sheet.Field
	for _, c := range classColumns(w.act) {
		fields = append(fields, sheet.Field{Name: c.heading})
	}
	return fields
}

// Heading is that of a column, by its code.
func (w ClassWords) Heading(code string) string {
	columns := classColumns(w.act)
	if i := index(columns, code); i >= 0 {
		return columns[i].heading
	}
	return ""
}

// Known are the words that a column takes, by its heading, as we write them.
func (w ClassWords) Known(heading string) string {
	for _, c := range classColumns(w.act) {
		if c.heading == heading {
			return strings.Join(w.words[c.code].ours(), ", ")
		}
	}
	return ""
}

// Row is somebody's line.
func (w ClassWords) Row(r models.ClassRecord) []sheet.Cell {
	says := map[string]string{
		"ref": r.Ref, "name": r.Name, "what": w.words["what"].written(r.What), "reason": w.words["reason"].written(r.Reason),
		"text": r.Text, "number": r.Number,
	}
	var cells []sheet.Cell
	for _, c := range classColumns(w.act) {
		cells = append(cells, sheet.TextCell(says[c.code]))
	}
	return cells
}

// A ClassLine is what a row of the file says of somebody; an empty What says nothing of them.
type ClassLine struct {
	Number             int // of the row, as the spreadsheet numbers it
	Sheet              string
	Ref, Name          string
	What, Reason, Text string
	Paper              string // the number of the LSP's paper
	Problems           []Problem
}

// SameName says whether the row's name is somebody's, where it has one: a column that was sorted alone gives people each
// other's outcomes.
func (l ClassLine) SameName(name string) bool { return l.Name == "" || fold(l.Name) == fold(name) }

// Read reads a file. A *sheet.Refusal says why it is not read at all.
func (w ClassWords) Read(f File) ([]ClassLine, error) {
	columns := classColumns(w.act)
	o, err := open(f, columns, models.ClassAtOnce)
	if err != nil {
		return nil, err
	}
	var list []ClassLine
	seen, found := map[string]bool{}, false
	for _, g := range o.grids {
		if g.columns[0] < 0 {
			continue
		}
		found = true
		for _, row := range g.Rows {
			r := &reader{columns: columns, grid: g, row: row, words: w.words}
			l := w.line(r)
			if l.Ref != "" && seen[l.Ref] {
				r.fail("ref", "twice")
			}
			seen[l.Ref] = true
			l.Problems = r.problems
			list = append(list, l)
		}
	}
	if !found {
		return nil, &sheet.Refusal{Reason: sheet.ReasonHeaderNotFound}
	}
	return list, nil
}

// line reads a row.
func (w ClassWords) line(r *reader) ClassLine {
	l := ClassLine{Number: r.row.Number, Sheet: r.grid.Sheet, Name: r.text("name", 200)}
	if l.Ref = r.text("ref", 40); l.Ref == "" {
		r.fail("ref", "blank")
	}
	l.Ref = strings.ToUpper(l.Ref)
	l.What = w.code(r, "what")
	switch w.act {
	case models.ClassResult:
		l.Reason, l.Text = w.code(r, "reason"), r.text("text", 2000)
	case models.ClassAssess:
		l.Paper = r.text("number", 50)
	}
	return l
}

// code is what a word means; one that is not known, or that means two things, is a problem of the row.
func (w ClassWords) code(r *reader, column string) string {
	word := r.text(column, 200)
	if word == "" {
		return ""
	}
	meant := w.words[column].meaning(word)
	if len(meant) != 1 {
		r.fail(column, "unknown_word")
		return ""
	}
	return meant[0]
}

package importsheet_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"naikkelas/internal/importsheet"
	"naikkelas/internal/sheet"
	"naikkelas/models"
)

var reasons = []models.ReasonCode{
	{Code: "moved", Text: models.Text{ID: "Pindah kota", EN: "Moved away"}},
	{Code: "work", Text: models.Text{ID: "Sudah bekerja", EN: "Found work"}},
}

// classFile writes the file of an act.
func classFile(t interface{ Fatal(...any) }, format string, w importsheet.ClassWords, list []models.ClassRecord) []byte {
	var b bytes.Buffer
	var to sheet.Writer
	var err error
	if format == "xlsx" {
		to, err = sheet.NewXLSX(&b, "kelas", w.Fields())
	} else {
		to, err = sheet.NewCSV(&b, w.Fields(), ';')
	}
	for _, r := range list {
		if err == nil {
			err = to.Write(w.Row(r))
		}
	}
	if err == nil {
		err = to.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What a file of a class says is the same when it is read again, whatever stands in names and notes.
func TestFileOfAClassReadsTheSame(t *testing.T) {
	whats := map[models.ClassAct][]string{
		models.ClassEnrol: {"", "enrolled"}, models.ClassResult: {"", "passed", "failed", "dropped"},
		models.ClassAssess: {"", "competent", "not_yet", "scheduled"},
	}
	rapid.Check(t, func(t *rapid.T) {
		act := rapid.SampledFrom([]models.ClassAct{models.ClassEnrol, models.ClassResult, models.ClassAssess}).Draw(t, "act")
		text := func(label string) string {
			return strings.TrimSpace(rapid.StringOfN(rapid.SampledFrom([]rune("abc ;\"',.é=+@3\n")), 0, 12, -1).Draw(t, label))
		}
		var list []models.ClassRecord
		for n := range rapid.IntRange(1, 5).Draw(t, "people") {
			r := models.ClassRecord{What: rapid.SampledFrom(whats[act]).Draw(t, "what")}
			r.Ref, r.Name = fmt.Sprintf("NK-%04d-AAAA", n), "N"+text("name")
			switch act {
			case models.ClassResult:
				r.Reason, r.Text = rapid.SampledFrom([]string{"", "moved", "work"}).Draw(t, "reason"), text("text")
			case models.ClassAssess:
				r.Number = rapid.SampledFrom([]string{"", "62012 3456 7", "0012"}).Draw(t, "number")
			}
			list = append(list, r)
		}
		words := importsheet.NewClassWords(act, reasons)
		format := rapid.SampledFrom([]string{"csv", "xlsx"}).Draw(t, "format")
		content := classFile(t, format, words, list)
		lines, err := words.Read(file(content, nil))
		if err != nil || len(lines) != len(list) {
			t.Fatalf("%d lines, %v\n%s", len(lines), err, content)
		}
		for i, l := range lines {
			want := list[i]
			if len(l.Problems) > 0 || l.Ref != want.Ref || !l.SameName(want.Name) || l.What != want.What || l.Reason != want.Reason ||
				l.Text != sheet.TextCell(want.Text).Value() || l.Paper != want.Number || l.Number != i+2 {
				t.Fatalf("line %d is %+v, want %+v", i, l, want)
			}
		}
	})
}

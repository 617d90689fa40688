// Command samples runs every file of a folder of samples through the code that people's own files
// go through, prints what became of each, and exits 1 when that is not what is expected.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"naikkelas/internal/importsheet"
	"naikkelas/internal/refdata"
	"naikkelas/internal/render"
	"naikkelas/internal/sheet"
	"naikkelas/models"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == renderCommand {
		os.Exit(render.Main())
	}
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: samples FOLDER")
		os.Exit(2)
	}
	wrong, err := run(context.Background(), os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "samples:", err)
		os.Exit(1)
	}
	if wrong > 0 {
		fmt.Printf("%d differ from what is expected\n", wrong)
		os.Exit(1)
	}
}

// run prints one line a file and counts those that differ from what is expected, or take too long.
func run(ctx context.Context, folder string) (wrong int, err error) {
	lists, err := words()
	if err != nil {
		return 0, err
	}
	documents, err := newDesk()
	if err != nil {
		return 0, err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return 0, err
	}
	for _, entry := range entries {
		if entry.IsDir() {
			continue
		}
		path, began := filepath.Join(folder, entry.Name()), time.Now()
		var got, want string
		if wanted, listing := expectedProgrammes[entry.Name()]; listing {
			want = wanted
			got, err = programmes(path, lists)
		} else if isSheet(entry.Name()) {
			want = expected[entry.Name()]
			got, err = outcome(path, lists)
		} else {
			want = expectedDocuments[entry.Name()]
			got, err = documents.outcome(ctx, path)
		}
		if err != nil {
			return wrong, fmt.Errorf("%s: %w", entry.Name(), err)
		}
		took, mark := time.Since(began), "ok"
		if got != want {
			mark = "DIFFERS, want " + want
		} else if took > longest {
			mark = "TOO SLOW"
		}
		if mark != "ok" {
			wrong++
		}
		fmt.Printf("%-44s %6d ms  %s  %s\n", entry.Name(), took.Milliseconds(), got, mark)
	}
	return wrong, nil
}

// isSheet says whether a file goes to the desk of spreadsheets, by its name as it does there.
func isSheet(name string) bool {
	return slices.Contains([]string{".csv", ".xlsx", ".xlsm", ".xls", ".ods"}, strings.ToLower(filepath.Ext(name)))
}

// outcome is what becomes of one spreadsheet on the mapping page of institutions: refused with its
// reason; read, but with no column that is named like a name, so that a person must choose one; or
// read with the number of rows that would be taken and refused.
func outcome(path string, lists importsheet.Lists) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", err
	}
	read, err := importsheet.ReadInstitutions(importsheet.File{Content: file, Size: info.Size(), Name: info.Name()}, lists)
	if err != nil {
		return refused(err)
	}
	bad := 0
	for _, r := range read.Rows {
		if len(r.Problems) > 0 {
			bad++
		}
	}
	if !slices.ContainsFunc(read.Columns, func(c importsheet.MapColumn) bool { return c.Code == "name" }) {
		return fmt.Sprintf("asked for the column of names, read %d rows", len(read.Rows)), nil
	}
	return fmt.Sprintf("read %d rows, refused %d", len(read.Rows), bad), nil
}

func refused(err error) (string, error) {
	if r, ok := errors.AsType[*sheet.Refusal](err); ok {
		return "refused: " + string(r.Reason), nil
	}
	return "", err
}

// programmes is what becomes of one spreadsheet on the page of an institution's listings.
func programmes(path string, lists importsheet.Lists) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", err
	}
	read, err := importsheet.ReadProgrammes(importsheet.File{Content: file, Size: info.Size(), Name: info.Name()}, lists)
	if err != nil {
		return refused(err)
	}
	bad, waiting := read.Refused()
	intakes := 0
	for _, r := range read.Rows {
		intakes += len(r.Import.Intakes)
	}
	said := fmt.Sprintf("read %d listings with %d intakes", len(read.Rows), intakes)
	for _, part := range []struct {
		what  string
		count int
	}{{"refused", bad}, {"waiting", waiting}, {"questions", importsheet.Open(read.Questions)}, {"set aside", len(read.Aside)},
		{"columns left out", len(read.Dropped())}} {
		if part.count > 0 {
			said += fmt.Sprintf(", %d %s", part.count, part.what)
		}
	}
	return said, nil
}

// words are what words in a list can mean.
func words() (importsheet.Lists, error) {
	var lists importsheet.Lists
	sectors, err := refdata.Sectors()
	if err != nil {
		return lists, err
	}
	for _, s := range sectors {
		lists.Sectors = append(lists.Sectors, models.Sector{Code: s.Code, Name: models.Text{ID: s.Name.ID, EN: s.Name.EN}})
	}
	levels, err := refdata.EducationLevels()
	if err != nil {
		return lists, err
	}
	for _, l := range levels {
		lists.Education = append(lists.Education, models.EducationLevel{Code: l.Code, Name: models.Text{ID: l.Name.ID, EN: l.Name.EN}})
	}
	list, err := refdata.Regencies()
	for _, r := range list {
		name := r.FullName
		if r.Jakarta {
			name = r.Name // as the portal's own list has it
		}
		lists.Regencies = append(lists.Regencies, models.Regency{Code: r.Code, ProvinceCode: r.Province, Name: name, Jakarta: r.Jakarta})
	}
	return lists, err
}

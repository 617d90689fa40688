package importsheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"naikkelas/internal/importsheet"
	"naikkelas/internal/sheet"
)

func readLicences(t *testing.T, content string) (importsheet.LicenceTable, error) {
	t.Helper()
	return importsheet.ReadLicences(importsheet.File{Content: strings.NewReader(content), Size: int64(len(content)), Name: "daftar.csv"})
}

// Columns are found by what lists call them, below titles; what cannot be read stays as it was written, and only a row
// without a name is left out.
func TestListsOfLicencesAreRead(t *testing.T) {
	table, err := readLicences(t, `Daftar P3MI per 2 November 2026;;;;
No;Nama Perusahaan;No SIP3MI;Status Izin;Masa Berlaku
1;PT Maju  Bersama Tbk.;123/2024;Aktif;31/12/2027
2;PT. Arjuna;124/2024;Tidak aktif;13/01/2026
3;CV Baru;;DICABUT 2025;
4;PT Lama;125/2024;masa evaluasi;akhir tahun
5;;126/2024;Aktif;01/02/2027
6;---;;;
`)
	if err != nil {
		t.Fatal(err)
	}
	list, nameless := table.Licences(table.Guess)
	if nameless != 2 || len(list) != 4 {
		t.Fatalf("%d rows, %d left out: %v", len(list), nameless, list)
	}
	for i, want := range []struct{ name, state, until string }{
		{"PT Maju Bersama Tbk.", "active", "2027-12-31"}, {"PT. Arjuna", "ended", "2026-01-13"}, {"CV Baru", "revoked", ""},
		{"PT Lama", "other", ""},
	} {
		until := ""
		if list[i].Until != nil {
			until = list[i].Until.Format(time.DateOnly)
		}
		if l := list[i]; l.Name != want.name || l.State != want.state || until != want.until || l.Line != i+3 {
			t.Errorf("row %d is %+v until %s", i, l, until)
		}
	}
	if list[3].UntilSaid != "akhir tahun" || list[3].StateSaid != "masa evaluasi" {
		t.Errorf("what was written is lost: %+v", list[3])
	}
	if other, _ := table.Licences(map[string]int{"name": 99}); len(other) != 0 {
		t.Errorf("a column that is not there gives %v", other)
	}
}

// Where the month may stand first in some rows and cannot in others, no day is guessed.
func TestUnclearDaysOfLicencesAreNotGuessed(t *testing.T) {
	table, err := readLicences(t, "Nama,Berlaku sampai\nPT A,12/31/2026\nPT B,31/12/2026\nPT C,01/02/2027\n")
	if err != nil {
		t.Fatal(err)
	}
	list, _ := table.Licences(table.Guess)
	if l := list[2]; l.Until != nil || l.UntilSaid != "01/02/2027" {
		t.Errorf("it was guessed: %+v", l)
	}
}

// Files that nobody should open are refused with the reason, and none takes long or holds a part of itself back.
func TestHostileListsOfLicencesAreRefused(t *testing.T) {
	many := "Nama,Status\n" + strings.Repeat("PT A,Aktif\n", importsheet.MostLicences+1)
	for name, content := range map[string]string{
		"nothing": "", "a zip bomb's head": "PK\x03\x04\x14\x00\x00\x00\x08\x00",
		"a PDF": "%PDF-1.7\n%\xe2\xe3\n", "NUL bytes": "Nama,Status\x00\x00\nPT,\x00",
		"an open quote": "Nama,Status\n\"PT A,Aktif\n", "too many rows": many, "no table": "17\n",
		"a script":  "<html><script>alert(1)</script></html>",
		"old Excel": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readLicences(t, content)
			if _, refused := errors.AsType[*sheet.Refusal](err); !refused {
				t.Errorf("it gave %v", err)
			}
		})
	}
	wide := "Nama,Status," + strings.Repeat("x,", 200) + "\n" +
		"=HYPERLINK(\"http://x\")," + strings.Repeat("y", 2000) + strings.Repeat(",", 200) + "\n"
	table, err := readLicences(t, wide)
	if err != nil || len(table.Columns) > 40 || len([]rune(table.Rows[0][1])) > 300 {
		t.Errorf("kept %d columns: %v", len(table.Columns), err)
	}
}

// A cell that holds a day is the day, whatever it looks like.
func TestDaysInCellsOfLicences(t *testing.T) {
	day := time.Date(2027, 3, 4, 0, 0, 0, 0, time.UTC)
	f := excelize.NewFile()
	defer f.Close()
	for cell, value := range map[string]any{"A1": "Nama P3MI", "B1": "Berakhir", "A2": "PT A", "B2": day} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	table, err := importsheet.ReadLicences(importsheet.File{Content: bytes.NewReader(b.Bytes()), Size: int64(b.Len()), Name: "a.xlsx"})
	if err != nil {
		t.Fatal(err)
	}
	if list, _ := table.Licences(table.Guess); len(list) != 1 || list[0].Until == nil || !list[0].Until.Equal(day) {
		t.Errorf("read %s", fmt.Sprint(list))
	}
}

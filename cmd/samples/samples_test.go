package main

import (
	"os"
	"path/filepath"
	"testing"
)

// What becomes of a folder is told file by file, and a difference counts.
func TestRunCountsDifferences(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"utf8_bom.csv": "\ufeffid,name\n",
		"neu.csv":      "Nama lembaga,Kota\nLPK Satu,Kota Bogor\n,Kota Bogor\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	wrong, err := run(t.Context(), folder)
	if err != nil || wrong != 1 {
		t.Errorf("%d differ, %v; want the unknown file only", wrong, err)
	}
	lists, err := words()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := outcome(filepath.Join(folder, "neu.csv"), lists); got != "read 2 rows, refused 1" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

// Every way in which institutions write their lists is read right, asked about, or refused by row or by name.
func TestEveryVariantOfAListIsReadOrRefused(t *testing.T) {
	wrong, err := run(t.Context(), "testdata")
	if err != nil || wrong != 0 {
		t.Errorf("%d differ, %v", wrong, err)
	}
	entries, err := os.ReadDir("testdata")
	if err != nil || len(entries) != len(expectedProgrammes) {
		t.Errorf("%d files, %d are expected, %v", len(entries), len(expectedProgrammes), err)
	}
}

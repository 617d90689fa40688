// Package sheet reads the spreadsheets that people really have, CSV, XLSX and ODS,
// row by row in bounded memory, and writes the first two. It refuses what it cannot read
// by a typed reason, keeps what kind of cell each value came from (so that a
// number that lost its digits is told from text), and turns cells into rupiah,
// dates, numbers and NIK text without guessing.
package sheet

import (
	"io"
)

// Format is the kind of file that was opened.
type Format string

// The formats that Open reads.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
	ODS  Format = "ods"
)

// Options are the limits of one reading and the answers a person gave where the
// file itself left doubt. A zero field means: the default limit, or find out.
type Options struct {
	Encoding  Encoding // CSV only; overrides what was detected
	Separator rune     // CSV only; one of , ; tab |
	Sheet     string   // workbooks only; the name of the sheet to read

	MaxBytes    int64 // size of the file; default 20 MiB
	MaxUnzipped int64 // all parts of a workbook unpacked; default 128 MiB
	MaxRows     int   // rows that hold something; default 50,000
	MaxColumns  int   // columns that hold something; default 256
	MaxCell     int   // characters in one cell; default 32,767, as in Excel
}

// withDefaults fills in the limits that were left zero.
func (o Options) withDefaults() Options {
	if o.MaxBytes == 0 {
		o.MaxBytes = 20 << 20
	}
	if o.MaxUnzipped == 0 {
		o.MaxUnzipped = 128 << 20
	}
	if o.MaxRows == 0 {
		o.MaxRows = 50_000
	}
	if o.MaxColumns == 0 {
		o.MaxColumns = 256
	}
	if o.MaxCell == 0 {
		o.MaxCell = 32_767
	}
	return o
}

// A Book is an opened spreadsheet. It reads from the io.ReaderAt given to Open,
// which must stay readable as long as the Book is used.
type Book struct {
	Name      string   // the file's name as given to Open
	Format    Format   // decided by content, never by name
	Encoding  Encoding // CSV only: detected or chosen
	Guessed   bool     // CSV only: the encoding is a guess that a person should confirm
	Separator rune     // CSV only: detected or chosen
	Sheets    []string // workbooks only: the visible sheets, in their order
	// HiddenSheets are those of a workbook that are not read.
	HiddenSheets []string
	Sheet        string // workbooks only: the sheet that Rows reads

	chosen  bool // Sheet was named in the options, so Tables looks nowhere else
	source  source
	storage *storage
	limits  Options
}

// source is what the formats have in common: every row that holds something,
// in order. sheet is "" for a CSV.
type source interface {
	rows(sheet string, f func(Row) error) error
	layout(sheet string) layout // of a sheet whose rows were read
}

// Open decides by content whether r holds a CSV or a workbook and prepares it
// for reading. size is in bytes; name only tells a .tsv and is kept for display.
// What cannot be read is refused with a *Refusal; other errors are r's own.
func Open(r io.ReaderAt, size int64, name string, o Options) (*Book, error) {
	o = o.withDefaults()
	in := &storage{r: r, size: size}
	b, err := open(in, size, name, o)
	if in.err != nil {
		return nil, in.err
	}
	if err != nil {
		return nil, err
	}
	b.storage = in
	return b, nil
}

// open is Open on a watched storage.
func open(r io.ReaderAt, size int64, name string, o Options) (*Book, error) {
	if size > o.MaxBytes {
		return nil, &Refusal{Reason: ReasonTooLarge}
	}
	if size == 0 {
		return nil, &Refusal{Reason: ReasonEmpty}
	}
	head := make([]byte, min(size, sniffBytes))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, err
	}
	switch sniff(head) {
	case looksZip:
		return openZip(r, size, name, o)
	case looksOLE:
		return nil, refuseOLE(r, size)
	case looksForeign:
		return nil, &Refusal{Reason: ReasonNotASheet}
	}
	return openCSV(r, size, name, head, o)
}

// Rows calls f for each row that holds something, titles and header included.
// It reads the file anew each time. An error of f ends the reading and is
// returned as it is; a file that turns out unreadable gives a *Refusal.
func (b *Book) Rows(f func(Row) error) error {
	return b.rowsOf(b.Sheet, f)
}

// rowsOf reads one sheet within the limit of rows.
func (b *Book) rowsOf(sheet string, f func(Row) error) error {
	seen := 0
	err := b.source.rows(sheet, func(row Row) error {
		if seen++; seen > b.limits.MaxRows {
			return &Refusal{Reason: ReasonTooManyRows, Row: row.Number}
		}
		return f(row)
	})
	if b.storage.err != nil {
		return b.storage.err
	}
	return err
}

// storage remembers that the storage itself failed, so that a broken connection
// is not shown to a person as a broken file.
type storage struct {
	r    io.ReaderAt
	size int64
	err  error
}

// ReadAt reads through. Offsets outside of the file come from damaged zips and
// are not the storage's fault.
func (s *storage) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off >= s.size {
		return 0, io.EOF
	}
	n, err := s.r.ReadAt(p, off)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

package sheet

import "fmt"

// Reason says why a file is not read. Its value is the last part of a message key.
type Reason string

// Every reason that Open, Rows and Tables may give.
const (
	ReasonXLSOld         Reason = "xls_old"          // the binary .xls of Excel 2003 and before
	ReasonMacro          Reason = "macro"            // a workbook that carries macros (.xlsm)
	ReasonLocked         Reason = "locked"           // protected by a password
	ReasonBinary         Reason = "xlsb"             // Excel's binary workbook (.xlsb)
	ReasonNumbers        Reason = "numbers"          // a workbook of Apple's Numbers
	ReasonArchive        Reason = "archive"          // a zip with spreadsheets or other files in it
	ReasonNotASheet      Reason = "not_a_sheet"      // another kind of file
	ReasonDamaged        Reason = "damaged"          // a workbook that is broken or cut off
	ReasonEmpty          Reason = "empty"            // no row of data
	ReasonTooLarge       Reason = "too_large"        // the file, what it unpacks to, or one cell
	ReasonTooManyRows    Reason = "too_many_rows"    // more rows than the limit
	ReasonTooManyColumns Reason = "too_many_columns" // more columns than the limit
	ReasonHeaderNotFound Reason = "header_not_found" // no row with the column names that were wanted
	ReasonEncoding       Reason = "encoding"         // letters that the encoding does not have, or NUL bytes
	ReasonQuote          Reason = "quote"            // a quotation mark that is never closed
)

// Reasons lists every Reason, so that a test can demand a sentence for each.
var Reasons = []Reason{
	ReasonXLSOld, ReasonMacro, ReasonLocked, ReasonBinary, ReasonNumbers, ReasonArchive,
	ReasonNotASheet, ReasonDamaged, ReasonEmpty, ReasonTooLarge, ReasonTooManyRows,
	ReasonTooManyColumns, ReasonHeaderNotFound, ReasonEncoding, ReasonQuote,
}

// A Refusal is a file that is not read, with the place where that was seen.
type Refusal struct {
	Reason Reason
	Row    int    // as the spreadsheet numbers it; 0 when the whole file is meant
	Column int    // first column is 1; 0 when no single column is meant
	Count  int    // rows that were found, where they are too many and were counted
	Found  string // names of columns, where others were wanted
}

// Error names the reason and the place, never what stands in the file.
func (r *Refusal) Error() string {
	if r.Row == 0 {
		return "spreadsheet refused: " + string(r.Reason)
	}
	return fmt.Sprintf("spreadsheet refused: %s (row %d, column %d)", r.Reason, r.Row, r.Column)
}

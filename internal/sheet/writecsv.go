package sheet

import (
	"bufio"
	"io"
	"strings"
)

// CSVWriter writes UTF-8 with byte order mark and CRLF, which Excel and
// LibreOffice open without asking. Numbers are plain digits, dates 2006-01-02.
type CSVWriter struct {
	out       *bufio.Writer
	separator byte
	fields    int
}

// NewCSV starts a CSV with its header. The separator is , or ; (what Excel with
// Indonesian settings expects).
func NewCSV(w io.Writer, fields []Field, separator rune) (*CSVWriter, error) {
	c := &CSVWriter{out: bufio.NewWriter(w), separator: byte(separator), fields: len(fields)}
	if _, err := c.out.WriteString("\ufeff"); err != nil {
		return nil, err
	}
	header := make([]Cell, len(fields))
	for i, f := range fields {
		header[i] = TextCell(f.Name)
	}
	return c, c.Write(header)
}

// Write adds one row.
func (c *CSVWriter) Write(cells []Cell) error {
	for i := range max(c.fields, len(cells)) {
		if i > 0 {
			if err := c.out.WriteByte(c.separator); err != nil {
				return err
			}
		}
		if i >= len(cells) {
			continue
		}
		text := printable(cells[i].Text)
		if cells[i].Kind == KindText {
			text = guardText(text)
		}
		if _, err := c.out.WriteString(quote(text)); err != nil {
			return err
		}
	}
	_, err := c.out.WriteString("\r\n")
	return err
}

// Close writes what is still buffered.
func (c *CSVWriter) Close() error { return c.out.Flush() }

// quote puts quotation marks around a text that has any separator, not only the
// one in use: then no program can cut it, whatever separator it assumes.
func quote(s string) string {
	if s == "" {
		return s
	}
	plain := !strings.ContainsAny(s, separators+"\"\r\n") && strings.TrimSpace(s) == s &&
		!strings.HasPrefix(strings.ToLower(s), "sep=") && !strings.HasPrefix(s, "\ufeff")
	if plain {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}

package sheet

import (
	"fmt"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// XLSXWriter writes one sheet as a stream: header frozen and bold, columns in
// the style of their Field, dates as real dates such as 12 Januari 2026. Text is
// stored as text cells, which no program takes for formulas.
type XLSXWriter struct {
	to     io.Writer
	file   *excelize.File
	stream *excelize.StreamWriter
	fields []Field
	styles []int // per field
	row    int   // last one written
}

// formats are the number formats of the styles; @ is text, 421 Indonesian.
var formats = map[Style]string{StyleText: "@", StyleCount: "0", StyleMoney: "#,##0", StyleDate: "[$-421]d mmmm yyyy"}

// NewXLSX starts a workbook of one sheet with its header.
func NewXLSX(w io.Writer, sheet string, fields []Field) (*XLSXWriter, error) {
	x := &XLSXWriter{to: w, file: excelize.NewFile(), fields: fields}
	if err := x.start(sheet); err != nil {
		_ = x.file.Close() // the first error says more
		return nil, fmt.Errorf("start workbook: %w", err)
	}
	return x, nil
}

// start sets up columns, panes and header.
func (x *XLSXWriter) start(sheet string) error {
	if err := x.file.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	var err error
	if x.stream, err = x.file.NewStreamWriter(sheet); err != nil {
		return err
	}
	for i, f := range x.fields {
		if err := x.column(i+1, f); err != nil {
			return err
		}
	}
	err = x.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return err
	}
	bold, err := x.file.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true},
	})
	if err != nil {
		return err
	}
	header := make([]any, len(x.fields))
	for i, f := range x.fields {
		header[i] = excelize.Cell{StyleID: bold, Value: printable(f.Name)}
	}
	x.row = 1
	return x.stream.SetRow("A1", header)
}

// column sets one column's style and width.
func (x *XLSXWriter) column(number int, f Field) error {
	format := formats[f.Style]
	id, err := x.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return err
	}
	x.styles = append(x.styles, id)
	if err := x.stream.SetColStyle(number, number, id); err != nil {
		return err
	}
	width := f.Width
	if width == 0 {
		width = max(14, min(40, float64(utf8.RuneCountInString(f.Name)+4)))
	}
	return x.stream.SetColWidth(number, number, width)
}

// Write adds one row. A text longer than a cell can hold is an error.
func (x *XLSXWriter) Write(cells []Cell) error {
	x.row++
	values := make([]any, len(cells))
	for i, c := range cells {
		style, id := StyleText, 0
		if i < len(x.fields) {
			style, id = x.fields[i].Style, x.styles[i]
		}
		value := stored(c, style)
		if text, ok := value.(string); ok && len(text) > excelize.TotalCellChars &&
			len(utf16.Encode([]rune(text))) > excelize.TotalCellChars {
			return fmt.Errorf("write row %d, column %d: text longer than a cell", x.row, i+1)
		}
		if value != nil {
			values[i] = excelize.Cell{StyleID: id, Value: value}
		}
	}
	return x.stream.SetRow("A"+strconv.Itoa(x.row), values)
}

// stored is the value that a cell is written as. Numbers in a text column, and
// those with more digits than Excel keeps, become text.
func stored(c Cell, style Style) any {
	switch c.Kind {
	case KindEmpty:
		return nil
	case KindBoolean:
		return c.Number != 0
	case KindDate:
		if style == StyleDate && !c.Time.Before(firstDay) {
			return c.Time
		}
	case KindNumber:
		n, err := strconv.ParseInt(c.Text, 10, 64)
		switch {
		case style == StyleText:
		case err == nil && n > -biggest && n < biggest:
			return n
		case err != nil:
			return c.Number
		}
	}
	return printable(c.Text)
}

// Close completes the workbook and removes its temporary files.
func (x *XLSXWriter) Close() error {
	err := x.stream.Flush()
	if err == nil {
		err = x.file.Write(x.to)
	}
	if closed := x.file.Close(); err == nil {
		err = closed
	}
	return err
}

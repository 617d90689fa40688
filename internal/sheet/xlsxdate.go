package sheet

import (
	"math"
	"strings"
	"time"
)

// lastSerial is the first serial after 31 December 9999, where Excel's calendar ends.
const lastSerial = 2_958_466

// style is how a cell shows its number: as a date or time, or by a mask of digits such as 0000.
type style struct {
	date bool
	mask string
}

// readStyles learns how the cell styles show numbers.
func (s *xlsxSource) readStyles(part string) error {
	var doc struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Styles []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if s.parts[part] == nil {
		return nil
	}
	if err := s.decodePart(part, &doc); err != nil {
		return err
	}
	custom := map[int]style{}
	for _, f := range doc.Formats {
		custom[f.ID] = style{date: isDateCode(f.Code), mask: maskOf(f.Code)}
	}
	for _, x := range doc.Styles {
		st, known := custom[x.Format]
		st.date = st.date || !known && isDateFormat(x.Format)
		s.styles = append(s.styles, st)
	}
	return nil
}

// isDateFormat knows the built-in number formats that show a date or time
// (ECMA-376 part 1, 18.8.30, with those of East Asian versions).
func isDateFormat(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
}

// isDateCode looks for a letter of day, month, year, hour or second in the first
// section of a format code, outside quotes, escapes and brackets; [h] and its
// like are elapsed time.
func isDateCode(code string) bool {
	code = strings.ToLower(code)
	if code == "general" {
		return false
	}
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case ';':
			return false
		case '\\', '_', '*':
			i++
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return false
			}
			i += end + 1
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return false
			}
			if strings.Trim(code[i+1:i+end], "hms") == "" && end > 1 {
				return true
			}
			i += end
		case 'd', 'm', 'y', 'h', 's':
			return true
		}
	}
	return false
}

// dateOf turns a serial into a date. Serial 60 is 29 February 1900, a day that
// Excel invented, and what lies outside of Excel's calendar is no date: a NIK in
// a date-styled cell stays a number.
func dateOf(serial float64, base1904 bool) (time.Time, bool) {
	if serial < 0 || serial >= lastSerial || math.IsNaN(serial) {
		return time.Time{}, false
	}
	base := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	switch days := math.Floor(serial); {
	case base1904:
		base = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	case days == 60:
		return time.Time{}, false
	case days < 60:
		base = base.AddDate(0, 0, 1)
	}
	days, part := math.Modf(serial)
	return base.AddDate(0, 0, int(days)).Add(time.Duration(math.Round(part*86_400)) * time.Second), true
}

// serialOf is the serial of a day in the 1900 system.
func serialOf(day time.Time) float64 {
	base := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	serial := float64(day.Unix()-base.Unix()) / 86_400
	if serial < 61 {
		serial--
	}
	return serial
}

// dateCell makes the cell of a serial, with its clock where it has one.
func dateCell(serial float64, t time.Time, base1904 bool) Cell {
	layout := time.DateTime
	switch {
	case serial < 1:
		layout = time.TimeOnly
	case t.Equal(t.Truncate(24 * time.Hour)):
		layout = time.DateOnly
	}
	return Cell{Kind: KindDate, Text: t.Format(layout), Number: serial, Time: t, base1904: base1904}
}

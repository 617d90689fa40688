package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// odsSource reads the sheets of one OpenDocument workbook (ISO 26300), as LibreOffice writes it. It is our own, because
// what a cell was must not be lost, and the libraries that read it hand out texts.
type odsSource struct {
	archive
	sheets  map[string]int    // name -> its place among the tables of the part
	layouts map[string]layout // by sheet, of those that were read to their end
}

// odsContent is the part that holds everything which is read.
const odsContent = "content.xml"

// isODS says whether the zip says of itself that it is such a workbook.
func (a *archive) isODS() bool {
	if a.parts["mimetype"] == nil || a.parts["[content_types].xml"] != nil {
		return false
	}
	kind, err := a.readPart("mimetype")
	return err == nil && strings.HasPrefix(string(kind), "application/vnd.oasis.opendocument.spreadsheet")
}

// openODS refuses locks and lists the sheets.
func openODS(a archive, name string) (*Book, error) {
	if a.parts["meta-inf/manifest.xml"] != nil {
		manifest, err := a.readPart("meta-inf/manifest.xml")
		if err != nil {
			return nil, err
		}
		if strings.Contains(string(manifest), "encryption-data") {
			return nil, &Refusal{Reason: ReasonLocked}
		}
	}
	src := &odsSource{archive: a, sheets: map[string]int{}, layouts: map[string]layout{}}
	b := &Book{Name: name, Format: ODS, limits: a.limits, source: src}
	if err := src.list(b); err != nil {
		return nil, err
	}
	return b, b.choose()
}

// content begins to read the part that holds everything.
func (s *odsSource) content() (*xml.Decoder, io.Closer, error) {
	f := s.parts[odsContent]
	if f == nil {
		return nil, nil, &Refusal{Reason: ReasonDamaged}
	}
	rc, err := f.Open()
	if err != nil {
		return nil, nil, &Refusal{Reason: ReasonDamaged}
	}
	return newDecoder(rc), rc, nil
}

// list finds the sheets, and which of them are hidden: that is in the style that a sheet names.
func (s *odsSource) list(b *Book) error {
	in, closer, err := s.content()
	if err != nil {
		return err
	}
	defer func() { _ = closer.Close() }() // only read from
	hidden, style, tables := map[string]bool{}, "", 0
	for depth := 0; ; {
		tok, err := in.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return damaged(err, 0)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch odsName(t.Name) {
			case "style:style":
				style = odsAttribute(t, "style:name")
			case "style:table-properties":
				hidden[style] = hidden[style] || odsAttribute(t, "table:display") == "false"
			case "table:table":
				if depth++; depth > 1 { // inside a cell
					continue
				}
				name := odsAttribute(t, "table:name")
				if hidden[odsAttribute(t, "table:style-name")] {
					b.HiddenSheets = append(b.HiddenSheets, name)
				} else if _, twice := s.sheets[name]; !twice {
					s.sheets[name] = tables
					b.Sheets = append(b.Sheets, name)
				}
				tables++
			}
		case xml.EndElement:
			if odsName(t.Name) == "table:table" {
				depth--
			}
		}
	}
}

// odsName is a name with the prefix that every program writes.
func odsName(n xml.Name) string { return n.Space + ":" + n.Local }

func odsAttribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if odsName(a.Name) == name {
			return a.Value
		}
	}
	return ""
}

// repeats is how often an element stands for itself. A number that no sheet can reach is cut: what it repeats is refused
// by the limits of rows and columns before.
func repeats(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(odsAttribute(e, name))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, 1<<20)
}

// layout is what the sheet says beside its cells.
func (s *odsSource) layout(sheet string) layout { return s.layouts[sheet] }

// rows streams one sheet, and learns its layout when it comes to the end.
func (s *odsSource) rows(sheet string, f func(Row) error) error {
	in, closer, err := s.content()
	if err != nil {
		return err
	}
	defer func() { _ = closer.Close() }() // only read from
	st := odsStream{in: in, limits: s.limits}
	if err := st.find(s.sheets[sheet]); err != nil {
		return damaged(err, 0)
	}
	for {
		tok, err := in.RawToken()
		if err != nil {
			return damaged(err, st.number)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch odsName(t.Name) {
			case "table:table-column":
				st.column(t)
			case "table:shapes":
				err = st.skip(t)
			case "table:table-row":
				err = st.emit(t, f)
			}
			if err != nil {
				return err
			}
		case xml.EndElement:
			if odsName(t.Name) == "table:table" {
				s.layouts[sheet] = st.layout
				return nil
			}
		}
	}
}

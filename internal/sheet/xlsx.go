package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// xlsxSource reads the sheets of one workbook. It parses the parts itself
// instead of using excelize's Rows, because that hands out strings only: a NIK
// typed as a number could not be told from one typed as text, nor a date from
// its serial. Nothing but the shared strings is held in memory.
type xlsxSource struct {
	parts    map[string]*zip.File // by lower-case name without leading slash
	sheets   map[string]string    // sheet name -> part
	strings  string               // part of the shared strings, or ""
	shared   []string             // loaded by the first reading
	styles   []style              // by cell style
	base1904 bool
	layouts  map[string]layout // by sheet, of those that were read to their end
	limits   Options
}

// partLimit is the most a part that is read whole may unpack to, in bytes.
const partLimit = 16 << 20

// partsLimit is the most parts a workbook may have.
const partsLimit = 10_000

// openXLSX refuses other zips, macros, locks and bombs, and lists the sheets.
func openXLSX(r io.ReaderAt, size int64, name string, o Options) (*Book, error) {
	src := &xlsxSource{limits: o, layouts: map[string]layout{}}
	if err := src.unzip(r, size); err != nil {
		return nil, err
	}
	b := &Book{Name: name, Format: XLSX, limits: o, source: src}
	if err := src.workbook(b); err != nil {
		return nil, err
	}
	if len(b.Sheets) == 0 {
		return nil, &Refusal{Reason: ReasonEmpty}
	}
	b.Sheet = b.Sheets[0]
	if o.Sheet != "" {
		if _, known := src.sheets[o.Sheet]; !known {
			return nil, &Refusal{Reason: ReasonNotASheet}
		}
		b.Sheet, b.chosen = o.Sheet, true
	}
	return b, nil
}

// unzip reads the list of parts and refuses by it; what the zip is instead of a workbook comes later. The sizes that it declares
// can be believed: archive/zip stops reading a part that turns out larger.
func (s *xlsxSource) unzip(r io.ReaderAt, size int64) error {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return &Refusal{Reason: ReasonDamaged}
	}
	if len(z.File) > partsLimit {
		return &Refusal{Reason: ReasonTooLarge}
	}
	s.parts = make(map[string]*zip.File, len(z.File))
	var total uint64
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return &Refusal{Reason: ReasonLocked}
		}
		if f.UncompressedSize64 > uint64(s.limits.MaxUnzipped) {
			return &Refusal{Reason: ReasonTooLarge}
		}
		total += f.UncompressedSize64
		s.parts[partName(f.Name)] = f
	}
	if total > uint64(s.limits.MaxUnzipped) {
		return &Refusal{Reason: ReasonTooLarge}
	}
	return nil
}

// partName makes names comparable: some programs write backslashes, a leading
// slash or other letter cases.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// relation is one line of a .rels part.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// relations reads the .rels part of a part ("" is the package) with targets made
// part names. External targets, which are addresses on the network, are left out.
func (s *xlsxSource) relations(of string) ([]relation, error) {
	var doc struct {
		Relations []relation `xml:"Relationship"`
	}
	dir, base := path.Split(of)
	if err := s.decodePart(dir+"_rels/"+base+".rels", &doc); err != nil {
		return nil, err
	}
	var inside []relation
	for _, rel := range doc.Relations {
		if rel.Mode == "External" {
			continue
		}
		if !strings.HasPrefix(rel.Target, "/") {
			rel.Target = dir + rel.Target
		}
		rel.Target, rel.Type = partName(rel.Target), path.Base(rel.Type)
		inside = append(inside, rel)
	}
	return inside, nil
}

// workbook finds the sheets, the date base, the styles and the shared strings.
func (s *xlsxSource) workbook(b *Book) error {
	main, err := s.mainPart()
	if err != nil {
		return err
	}
	var doc struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := s.decodePart(main, &doc); err != nil {
		return err
	}
	s.base1904 = doc.Properties.Date1904 == "1" || doc.Properties.Date1904 == "true"
	byID, err := s.related(main)
	if err != nil {
		return err
	}
	s.sheets = map[string]string{}
	for _, sh := range doc.Sheets {
		part, ok := byID[sh.ID]
		switch {
		case !ok || s.parts[part] == nil:
		case sh.State == "" || sh.State == "visible":
			s.sheets[sh.Name] = part
			b.Sheets = append(b.Sheets, sh.Name)
		default:
			b.HiddenSheets = append(b.HiddenSheets, sh.Name)
		}
	}
	return nil
}

// related follows the workbook's relations: it reads the styles, notes the shared
// strings and gives the parts of the sheets by their id.
func (s *xlsxSource) related(main string) (map[string]string, error) {
	rels, err := s.relations(main)
	if err != nil {
		return nil, err
	}
	byID := map[string]string{}
	for _, rel := range rels {
		switch rel.Type {
		case "worksheet":
			byID[rel.ID] = rel.Target
		case "sharedStrings":
			s.strings = rel.Target
		case "styles":
			if err := s.readStyles(rel.Target); err != nil {
				return nil, err
			}
		}
	}
	return byID, nil
}

// readPart unpacks a small part whole; a missing one means the zip is something else.
func (s *xlsxSource) readPart(name string) ([]byte, error) {
	f := s.parts[partName(name)]
	if f == nil {
		return nil, &Refusal{Reason: ReasonDamaged}
	}
	if f.UncompressedSize64 > partLimit {
		return nil, &Refusal{Reason: ReasonTooLarge}
	}
	rc, err := f.Open()
	if err != nil {
		return nil, &Refusal{Reason: ReasonDamaged}
	}
	defer func() { _ = rc.Close() }() // only read from
	data, err := io.ReadAll(rc)
	if err != nil {
		return nil, &Refusal{Reason: ReasonDamaged}
	}
	return data, nil
}

// decodePart reads a small XML part into v.
func (s *xlsxSource) decodePart(name string, v any) error {
	data, err := s.readPart(name)
	if err != nil {
		return err
	}
	if xml.Unmarshal(data, v) != nil {
		return &Refusal{Reason: ReasonDamaged}
	}
	return nil
}

package sheet

import (
	"path"
	"strings"
)

// xlsxSource reads the sheets of one workbook. It parses the parts itself
// instead of using excelize's Rows, because that hands out strings only: a NIK
// typed as a number could not be told from one typed as text, nor a date from
// its serial. Nothing but the shared strings is held in memory.
type xlsxSource struct {
	archive
	sheets   map[string]string // sheet name -> part
	strings  string            // part of the shared strings, or ""
	shared   []string          // loaded by the first reading
	styles   []style           // by cell style
	base1904 bool
	layouts  map[string]layout // by sheet, of those that were read to their end
}

// openXLSX refuses other zips, macros and locks, and lists the sheets.
func openXLSX(a archive, name string) (*Book, error) {
	src := &xlsxSource{archive: a, layouts: map[string]layout{}}
	b := &Book{Name: name, Format: XLSX, limits: a.limits, source: src}
	if err := src.workbook(b); err != nil {
		return nil, err
	}
	return b, b.choose()
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

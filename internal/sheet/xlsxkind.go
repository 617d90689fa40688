package sheet

import (
	"path"
	"strings"
)

// mainPart is the workbook's part. What the zip is instead is said by its own reason.
func (s *xlsxSource) mainPart() (string, error) {
	if s.parts["[content_types].xml"] == nil {
		return "", &Refusal{Reason: s.otherZip()}
	}
	rels, err := s.relations("")
	if err != nil {
		return "", err
	}
	for _, rel := range rels {
		if rel.Type != "officeDocument" {
			continue
		}
		kind, err := s.contentType(rel.Target)
		if err != nil {
			return "", err
		}
		kind = strings.ToLower(kind)
		switch {
		case strings.Contains(kind, "sheet.binary"):
			return "", &Refusal{Reason: ReasonBinary}
		case strings.Contains(kind, "macroenabled"), s.hasMacros(rel.Target):
			return "", &Refusal{Reason: ReasonMacro}
		case strings.HasSuffix(rel.Target, ".xml") && path.Base(path.Dir(rel.Target)) != "word":
			return rel.Target, nil
		}
	}
	return "", &Refusal{Reason: ReasonNotASheet}
}

// hasMacros says whether macros lie beside the workbook's part.
func (s *xlsxSource) hasMacros(main string) bool {
	return s.parts[path.Join(path.Dir(main), "vbaproject.bin")] != nil
}

// contentType is the type of one part: its own, or that of its ending. What the package says of other parts, also of
// such as are not there, does not count: programs list kinds that they do not write.
func (s *xlsxSource) contentType(part string) (string, error) {
	var doc struct {
		Overrides []struct {
			Part string `xml:"PartName,attr"`
			Type string `xml:"ContentType,attr"`
		} `xml:"Override"`
		Defaults []struct {
			Extension string `xml:"Extension,attr"`
			Type      string `xml:"ContentType,attr"`
		} `xml:"Default"`
	}
	if err := s.decodePart("[content_types].xml", &doc); err != nil {
		return "", err
	}
	for _, o := range doc.Overrides {
		if partName(o.Part) == part {
			return o.Type, nil
		}
	}
	for _, d := range doc.Defaults {
		if "."+strings.ToLower(d.Extension) == path.Ext(part) {
			return d.Type, nil
		}
	}
	return "", nil
}

// otherZip says what a zip is that has no list of content types.
func (s *xlsxSource) otherZip() Reason {
	if s.parts["mimetype"] != nil {
		kind, err := s.readPart("mimetype")
		if err == nil && len(kind) > 0 {
			return ReasonNotASheet
		}
	}
	for name := range s.parts {
		if path.Ext(name) == ".iwa" || path.Base(name) == "index.zip" {
			return ReasonNumbers
		}
	}
	for name := range s.parts {
		if strings.HasPrefix(name, "xl/") {
			return ReasonDamaged
		}
	}
	return ReasonArchive
}

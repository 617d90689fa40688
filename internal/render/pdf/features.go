package pdf

import (
	"bytes"
	"encoding/hex"
	"fmt"

	"github.com/klippa-app/go-pdfium/requests"
)

// Features are things in a PDF that a page image cannot carry and that make the
// original risky to open in a viewer.
type Features struct {
	JavaScript    bool `json:"javascript"`
	EmbeddedFiles bool `json:"embedded_files"`
	Launch        bool `json:"launch"` // an action that starts a program
	XFA           bool `json:"xfa"`    // a form that most programs show as "please wait"
	Collection    bool `json:"collection"`
}

// Package says whether the pages are only a cover, and the papers are files inside.
func (f Features) Package() bool { return f.Collection && f.EmbeddedFiles }

// Warnings are the codes of what an officer should know of.
func (f Features) Warnings() []string {
	var list []string
	for _, w := range []struct {
		is   bool
		code string
	}{{f.JavaScript, "javascript"}, {f.EmbeddedFiles, "embedded_files"}, {f.XFA, "xfa"}} {
		if w.is {
			list = append(list, w.code)
		}
	}
	return list
}

// Features looks through the whole file. PDFium writes it out afresh and without
// encryption, so that what was hidden by compression, encryption or an older
// revision is in plain sight; then the names are enough, wherever they stand.
func (d *Document) Features() (Features, error) {
	var plain bytes.Buffer
	if _, err := d.pdfium.FPDF_SaveAsCopy(&requests.FPDF_SaveAsCopy{
		Flags: requests.SaveFlagRemoveSecurity, Document: d.ref, FileWriter: &plain,
	}); err != nil {
		return Features{}, fmt.Errorf("%w: write out afresh: %w", ErrUnreadable, err)
	}
	return featuresOf(plain.Bytes()), nil
}

// featuresOf reads the names that stand outside of strings and streams.
func featuresOf(file []byte) Features {
	var found Features
	for len(file) > 0 {
		switch {
		case file[0] == '(':
			file = afterString(file[1:])
		case file[0] == '/':
			var name string
			name, file = cutName(file[1:])
			found.note(name)
		case bytes.HasPrefix(file, []byte("stream")):
			_, file, _ = bytes.Cut(file, []byte("endstream"))
		default:
			file = file[1:]
		}
	}
	return found
}

// note takes a name of ISO 32000-1, sections 12.6.4, 7.11.4 and 12.3.5.
func (f *Features) note(name string) {
	switch name {
	case "JavaScript", "JS":
		f.JavaScript = true
	case "EmbeddedFile", "EF":
		f.EmbeddedFiles = true
	case "Launch":
		f.Launch = true
	case "XFA":
		f.XFA = true
	case "Collection":
		f.Collection = true
	}
}

// afterString skips the rest of a string, whose brackets pair or are escaped.
func afterString(rest []byte) []byte {
	open := 1
	for i := 0; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			i++
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return rest[i+1:]
			}
		}
	}
	return nil
}

// cutName takes a name, in which any byte may be written as #xx, off the rest.
func cutName(rest []byte) (string, []byte) {
	end := bytes.IndexAny(rest, "\x00\t\n\f\r ()<>[]{}/%")
	if end < 0 {
		end = len(rest)
	}
	raw := rest[:end]
	var name []byte
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) {
			if b, err := hex.DecodeString(string(raw[i+1 : i+3])); err == nil {
				name = append(name, b[0])
				i += 2
				continue
			}
		}
		name = append(name, raw[i])
	}
	return string(name), rest[end:]
}

package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
)

// archive is the zip that a workbook is.
type archive struct {
	parts  map[string]*zip.File // by lower-case name without leading slash
	limits Options
}

// partLimit is the most a part that is read whole may unpack to, in bytes.
const partLimit = 16 << 20

// partsLimit is the most parts a workbook may have.
const partsLimit = 10_000

// openZip refuses bombs and opens the workbook that a zip is.
func openZip(r io.ReaderAt, size int64, name string, o Options) (*Book, error) {
	a := archive{limits: o}
	if err := a.unzip(r, size); err != nil {
		return nil, err
	}
	if a.isODS() {
		return openODS(a, name)
	}
	return openXLSX(a, name)
}

// choose settles which sheet Rows reads: the one that the options name, or the first.
func (b *Book) choose() error {
	if len(b.Sheets) == 0 {
		return &Refusal{Reason: ReasonEmpty}
	}
	b.Sheet = b.Sheets[0]
	if name := b.limits.Sheet; name != "" {
		if !slices.Contains(b.Sheets, name) {
			return &Refusal{Reason: ReasonNotASheet}
		}
		b.Sheet, b.chosen = name, true
	}
	return nil
}

// unzip reads the list of parts and refuses by it; what the zip is instead of a workbook comes later. The sizes that it declares
// can be believed: archive/zip stops reading a part that turns out larger.
func (a *archive) unzip(r io.ReaderAt, size int64) error {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return &Refusal{Reason: ReasonDamaged}
	}
	if len(z.File) > partsLimit {
		return &Refusal{Reason: ReasonTooLarge}
	}
	a.parts = make(map[string]*zip.File, len(z.File))
	var total uint64
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return &Refusal{Reason: ReasonLocked}
		}
		if f.UncompressedSize64 > uint64(a.limits.MaxUnzipped) {
			return &Refusal{Reason: ReasonTooLarge}
		}
		total += f.UncompressedSize64
		a.parts[partName(f.Name)] = f
	}
	if total > uint64(a.limits.MaxUnzipped) {
		return &Refusal{Reason: ReasonTooLarge}
	}
	return nil
}

// partName makes names comparable: some programs write backslashes, a leading
// slash or other letter cases.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// readPart unpacks a small part whole; a missing one means the zip is something else.
func (a *archive) readPart(name string) ([]byte, error) {
	f := a.parts[partName(name)]
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
func (a *archive) decodePart(name string, v any) error {
	data, err := a.readPart(name)
	if err != nil {
		return err
	}
	if xml.Unmarshal(data, v) != nil {
		return &Refusal{Reason: ReasonDamaged}
	}
	return nil
}

package sheet

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf16"
)

// sniffBytes is how much of the beginning decides what a file is.
const sniffBytes = 8 << 10

// looks is the first guess at a file, from its beginning.
type looks int

const (
	looksText    looks = iota
	looksZip           // XLSX, XLSM, ODS, or any other zip
	looksOLE           // old .xls, or an encrypted workbook
	looksForeign       // pictures, PDF, HTML and the like, also when named .xls or .csv
)

// foreign are the beginnings of files that people upload by mistake.
var foreign = []string{
	"%PDF", "\xff\xd8\xff", "\x89PNG", "GIF8", "Rar!", "7z\xbc\xaf", "\x1f\x8b", "BZh", `{\rtf`, "RIFF", "\x09\x08\x10\x00",
}

// sniff tells zip, compound file and foreign content from text.
func sniff(head []byte) looks {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return looksZip
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return looksOLE
	}
	for _, magic := range foreign {
		if bytes.HasPrefix(head, []byte(magic)) {
			return looksForeign
		}
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(text) > 1 && text[0] == '<' && strings.ContainsRune("!?/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
		rune(text[1])) {
		return looksForeign
	}
	if isUTF16(head) == "" && isBinary(head) {
		return looksForeign
	}
	return looksText
}

// isBinary says that text does not look like this: NUL bytes, or more control
// characters than a stray one.
func isBinary(head []byte) bool {
	controls := 0
	for _, b := range head {
		if b == 0 {
			return true
		}
		if b < 0x20 && !bytes.ContainsRune([]byte("\t\n\v\f\r\x1a"), rune(b)) {
			controls++
		}
	}
	return controls*50 > len(head)
}

// refuseOLE tells a workbook under a password from an old .xls: both are
// compound files, and only the first has a stream of this name.
func refuseOLE(r io.ReaderAt, size int64) error {
	var name []byte
	for _, u := range utf16.Encode([]rune("EncryptedPackage")) {
		name = append(name, byte(u), byte(u>>8))
	}
	found, err := contains(io.NewSectionReader(r, 0, size), name)
	if err != nil {
		return err
	}
	if found {
		return &Refusal{Reason: ReasonLocked}
	}
	return &Refusal{Reason: ReasonXLSOld}
}

// contains searches a stream for a short word in pieces.
func contains(r io.Reader, word []byte) (bool, error) {
	buf := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := r.Read(buf[kept:])
		if bytes.Contains(buf[:kept+n], word) {
			return true, nil
		}
		if err == io.EOF {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		tail := buf[max(0, kept+n-len(word)+1) : kept+n]
		kept = copy(buf, tail)
	}
}

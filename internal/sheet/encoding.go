package sheet

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Encoding is how the letters of a CSV are stored.
type Encoding string

// The encodings that are read. Windows1252 is what Excel writes for "CSV" with
// Indonesian settings.
const (
	UTF8        Encoding = "utf-8"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	Windows1252 Encoding = "windows-1252"
)

// Encodings lists what a person can choose from.
var Encodings = []Encoding{UTF8, Windows1252, UTF16LE, UTF16BE}

// marks are the byte order marks and the encoding each proves.
var marks = []struct {
	bytes string
	enc   Encoding
}{
	{"\xef\xbb\xbf", UTF8}, {"\xff\xfe", UTF16LE}, {"\xfe\xff", UTF16BE},
}

// encodingOf finds the encoding of a whole file. guessed is true when nothing in the file proves it and letters, not
// only quotes and dashes, depend on it.
func encodingOf(r io.ReaderAt, size int64, head []byte) (enc Encoding, guessed bool, err error) {
	if enc, _ := mark(head); enc != "" {
		return enc, false, nil
	}
	if enc := isUTF16(head); enc != "" {
		return enc, true, nil
	}
	c, err := countLetters(io.NewSectionReader(r, 0, size))
	switch {
	case err != nil:
		return "", false, err
	case c.invalid == 0:
		return UTF8, false, nil
	case c.letters > c.invalid || c.undefined > 0 || c.touching >= 4 && c.touching*2 > c.invalid:
		// Mostly right UTF-8 is damaged UTF-8, and bytes that windows-1252 does
		// not have are something else, as are words of letters above ASCII alone
		// (Korean, Russian, Thai): reading any of them would garble silently.
		return "", false, &Refusal{Reason: ReasonEncoding}
	}
	return Windows1252, c.accented > 0, nil
}

// mark finds a byte order mark and its length.
func mark(head []byte) (Encoding, int64) {
	for _, m := range marks {
		if bytes.HasPrefix(head, []byte(m.bytes)) {
			return m.enc, int64(len(m.bytes))
		}
	}
	return "", 0
}

// isUTF16 recognises UTF-16 with or without mark: in Latin text one byte of
// each pair is nearly always zero and the other nearly never.
func isUTF16(head []byte) Encoding {
	if enc, _ := mark(head); enc == UTF16LE || enc == UTF16BE {
		return enc
	}
	pairs := len(head) / 2
	if pairs < 2 {
		return ""
	}
	var first, second int
	for i := 0; i+1 < len(head); i += 2 {
		if head[i] == 0 {
			first++
		}
		if head[i+1] == 0 {
			second++
		}
	}
	switch {
	case second*2 > pairs && first*20 < pairs:
		return UTF16LE
	case first*2 > pairs && second*20 < pairs:
		return UTF16BE
	}
	return ""
}

// letterCount is what a file's bytes above ASCII turned out to be.
type letterCount struct {
	letters   int // whole UTF-8 sequences
	invalid   int // bytes outside of any
	undefined int // of those, the five that windows-1252 does not define
	accented  int // of those, letters in windows-1252
	touching  int // of those, above its signs and beside another such byte
	beside    bool
}

// countLetters reads a whole stream and counts.
func countLetters(r io.Reader) (letterCount, error) {
	var c letterCount
	buf := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := r.Read(buf[kept:])
		data := buf[:kept+n]
		for len(data) > 0 && (err != nil || utf8.FullRune(data)) {
			data = data[c.add(data):]
		}
		kept = copy(buf, data)
		if err == io.EOF {
			return c, nil
		}
		if err != nil {
			return c, err
		}
	}
}

// add counts the first letter of data and returns its length.
func (c *letterCount) add(data []byte) int {
	if data[0] < utf8.RuneSelf {
		c.beside = false
		return 1
	}
	r, n := utf8.DecodeRune(data)
	if r != utf8.RuneError || n > 1 {
		c.letters++
		c.beside = false
		return n
	}
	c.invalid++
	if data[0] >= 0xc0 {
		c.accented++
	}
	high := data[0] > 0xa0
	if high && c.beside {
		c.touching++
	}
	c.beside = high
	switch data[0] {
	case 0x81, 0x8d, 0x8f, 0x90, 0x9d:
		c.undefined++
	}
	return 1
}

// decode reads the file as UTF-8 from behind its byte order mark. Bytes that
// are not UTF-8 although that was chosen give encoding.ErrInvalidUTF8.
func decode(r io.ReaderAt, size int64, head []byte, enc Encoding) io.Reader {
	var skip int64
	if found, n := mark(head); found == enc {
		skip = n
	}
	raw := io.NewSectionReader(r, skip, size-skip)
	switch enc {
	case UTF16LE:
		return transform.NewReader(raw, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder())
	case UTF16BE:
		return transform.NewReader(raw, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder())
	case Windows1252:
		return transform.NewReader(raw, charmap.Windows1252.NewDecoder())
	}
	return transform.NewReader(raw, encoding.UTF8Validator)
}

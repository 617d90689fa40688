package pdf

import (
	"slices"
	"sync"
	"unicode"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// fonts are read once to ask which letters they have.
var fonts = sync.OnceValues(func() (list []*sfnt.Font, err error) {
	for _, file := range [][]byte{liberationsansregular.TTF, liberationsansbold.TTF} {
		f, err := sfnt.Parse(file)
		if err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, nil
})

// Lacks names the letters of a text that cannot be printed, each once: those that the fonts do not have, marks that no letter
// takes as one sign with it, and letters that are not Latin, whose order and shapes are not known here.
func Lacks(text string) (letters []string) {
	var signs norm.Iter
	signs.InitString(norm.NFC, text)
	for !signs.Done() {
		sign := string(signs.Next())
		if !prints(sign) && !slices.Contains(letters, sign) {
			letters = append(letters, sign)
		}
	}
	return letters
}

// prints says whether a letter with its marks is one sign that both fonts have.
func prints(sign string) bool {
	runes := []rune(sign)
	if len(runes) != 1 {
		return false
	}
	r := runes[0]
	switch {
	case r == '\n' || r == ' ':
		return true
	case unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Common), r > 0xFFFF, !unicode.IsPrint(r):
		return false
	}
	list, err := fonts()
	if err != nil {
		return false
	}
	var room sfnt.Buffer
	for _, f := range list {
		if i, err := f.GlyphIndex(&room, r); err != nil || i == 0 {
			return false
		}
	}
	return true
}

// Package intext is the gate for text that comes in from outside: what people type, the names of their files, the
// cells of their spreadsheets, and the addresses that they ask for. What it lets through can be stored, shown and
// compared; letters of every script stay as they are.
package intext

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// unnamed is shown for a file whose name has no readable sign.
const unnamed = "-"

// Text makes a text fit to be kept: broken bytes become U+FFFD, control signs and what nobody sees are taken out,
// line ends are \n, and letters are composed (NFC). Direction marks stay where right-to-left letters stand, and
// joiners where they join. Text of Text's own comes back unchanged.
func Text(s string) string {
	if plain(s) {
		return s
	}
	s = strings.ToValidUTF8(s, string(utf8.RuneError))
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s)
	// Taking a sign out may bring letters together that compose, and composing may bring a joiner beside another
	// letter, so the steps are repeated until nothing changes; the second time is the last nearly always.
	for {
		next := norm.NFC.String(visible(s))
		if next == s {
			return s
		}
		s = next
	}
}

// FileName makes the name of a file fit to be shown and offered: Text in one line, without folders, direction marks
// and joiners.
func FileName(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, Text(s))
	s = strings.Join(strings.Fields(path.Base("/"+strings.ReplaceAll(s, `\`, "/"))), " ")
	if s == "" || s == "/" {
		return unnamed
	}
	return norm.NFC.String(s)
}

// Sound says whether a text can be part of an address or name a record: whole UTF-8 without control signs. What is
// not sound names nothing, and is refused instead of mended.
func Sound(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

// plain says quickly that there is nothing to do: ASCII without control signs but tab and line end.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < ' ' && c != '\n' && c != '\t') || c >= 0x7f {
			return false
		}
	}
	return true
}

// unseen are signs that show nothing and order nothing: zero-width spaces, soft hyphens, fillers, tags, signs that
// are none; and those that turn the order of what follows.
var unseen = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x00ad, Hi: 0x00ad, Stride: 1}, {Lo: 0x034f, Hi: 0x034f, Stride: 1}, {Lo: 0x115f, Hi: 0x1160, Stride: 1},
		{Lo: 0x17b4, Hi: 0x17b5, Stride: 1}, {Lo: 0x180e, Hi: 0x180e, Stride: 1}, {Lo: 0x200b, Hi: 0x200b, Stride: 1},
		{Lo: 0x202a, Hi: 0x202e, Stride: 1}, {Lo: 0x2060, Hi: 0x206f, Stride: 1}, {Lo: 0x3164, Hi: 0x3164, Stride: 1},
		{Lo: 0xfeff, Hi: 0xfeff, Stride: 1}, {Lo: 0xffa0, Hi: 0xffa0, Stride: 1}, {Lo: 0xfff0, Hi: 0xfffb, Stride: 1},
	},
	R32:         []unicode.Range32{{Lo: 0xe0000, Hi: 0xe0fff, Stride: 1}},
	LatinOffset: 1,
}

// visible takes out control signs and what nobody sees.
func visible(s string) string {
	turned := strings.ContainsFunc(s, rightToLeft)
	var b strings.Builder
	b.Grow(len(s))
	last := rune(-1)
	for i, r := range s {
		switch {
		case r == '\n' || r == '\t':
		case unicode.IsControl(r), unicode.Is(unseen, r), unicode.Is(unicode.Noncharacter_Code_Point, r):
			continue
		case mark(r) && !turned:
			continue
		case r == joiner || r == nonJoiner:
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			if !joins(last) || !joins(next) {
				continue
			}
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

const (
	nonJoiner = '\u200c'
	joiner    = '\u200d'
)

// mark says whether a sign only says in which direction its neighbours run.
func mark(r rune) bool { return r == '\u200e' || r == '\u200f' || r == '\u061c' }

func rightToLeft(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko) && !mark(r)
}

// joins says whether a joiner beside the sign shows: beside letters of scripts that join, and between parts of one
// picture.
func joins(r rune) bool {
	switch {
	case unicode.Is(unicode.Latin, r), unicode.Is(unicode.Greek, r), unicode.Is(unicode.Cyrillic, r):
		return false
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.So, unicode.Sk) && r >= 0x0590
}

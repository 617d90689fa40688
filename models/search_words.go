package models

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The marks that stand for an apostrophe, and letters of other alphabets that look like Latin ones: as in the
// database's f_fold.
const (
	apostrophes = "'`´‘’‚‛ʻʼʽʾʿˈ′＇"
	lookalikes  = "АВЕКМНОРСТУХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοιν"
	latin       = "ABEKMHOPCTYXIJSaeopcyxijsABEZHIKMNOPTYXaoiv"
)

// folding writes lookalikes in Latin, and letters that have no accent to lose.
var folding = func() *strings.Replacer {
	pairs := []string{"ø", "o", "Ø", "O", "ł", "l", "Ł", "L", "đ", "d", "Đ", "D", "ß", "ss", "æ", "ae", "Æ", "AE", "œ", "oe", "Œ", "OE"}
	for i, r := range []rune(lookalikes) {
		pairs = append(pairs, string(r), latin[i:i+1])
	}
	for _, r := range apostrophes {
		pairs = append(pairs, string(r), "")
	}
	return strings.NewReplacer(pairs...)
}()

// fold writes a text as the database's f_fold does, but for what is no letter or digit: lower case, without accents
// and apostrophes.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(folding.Replace(text)))
}

// NameWords are the words of a name, folded, each once and in their order: names are found by them in any order.
func NameWords(name string) (words []string) {
	for _, word := range strings.FieldsFunc(fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return words
}

// namePatterns are the patterns that a folded name matches when it holds every word of what somebody typed, in
// whatever order.
func namePatterns(text string) []string {
	var patterns []string
	for _, word := range NameWords(text) {
		if patterns = append(patterns, "%"+word+"%"); len(patterns) == maxSearchWords {
			break
		}
	}
	return patterns
}

// Indonesian words change their beginning with a prefix: las becomes mengelas and
// pengelasan, jahit becomes menjahit, tulis becomes menulis. People search with any of these
// forms. So a typed word is taken back to every root it may come from, and each root is
// spelled out in all its forms; the stored text stays as it is written. Roots that are no
// words only add forms that nobody wrote.

const (
	minRoot        = 3 // las, cat, spa
	maxSearchWords = 6
	maxWordLength  = 40
)

// noise are words that say nothing in a catalogue of courses. Among the roots they are
// dropped too: kelas (class) would otherwise be a root of mengelas (to weld).
var noise = map[string]bool{
	"yang": true, "dan": true, "atau": true, "di": true, "ke": true, "dari": true, "untuk": true, "dengan": true,
	"dalam": true, "pada": true, "latih": true, "pelatihan": true, "kursus": true, "kelas": true, "belajar": true,
	"ajar": true, "program": true, "gratis": true,
	"the": true, "and": true, "or": true, "of": true, "in": true, "for": true, "a": true, "to": true,
	"course": true, "courses": true, "class": true, "training": true,
}

// searchWords are the words of a typed text in the form in which the database holds words:
// folded, letters and digits only. Words without meaning and repeated ones are left out.
func searchWords(text string) []string {
	fields := strings.FieldsFunc(fold(text), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	var words []string
	for _, w := range fields {
		if len(w) > maxWordLength || noise[w] || slices.Contains(words, w) {
			continue
		}
		if words = append(words, w); len(words) == maxSearchWords {
			break
		}
	}
	return words
}

// wordQuery is a PostgreSQL text query that finds a word of searchWords in any form. The
// beginning of a longer word finds it too.
func wordQuery(word string) string {
	all := map[string]bool{word: true}
	for root := range roots(word) {
		for _, form := range forms(root) {
			all[form] = true
		}
	}
	list := slices.Sorted(maps.Keys(all))
	if len(word) > minRoot {
		list = append(list, word+":*")
	}
	for _, ending := range []string{"ing", "er"} { // English: welding finds welder
		if stem, ok := strings.CutSuffix(word, ending); ok && len(stem) > minRoot {
			list = append(list, stem+":*")
		}
	}
	return strings.Join(list, "|")
}

// roots are the words that a word may be made of, itself included.
func roots(word string) map[string]bool {
	found := map[string]bool{}
	for _, stem := range withoutEnding(word) {
		for _, root := range withoutBeginning(stem) {
			if len(root) >= minRoot && !noise[root] {
				found[root] = true
			}
		}
	}
	return found
}

func withoutEnding(word string) []string {
	stems := []string{word}
	for _, particle := range []string{"nya", "lah", "kah", "pun"} {
		if stem, ok := strings.CutSuffix(word, particle); ok {
			stems = append(stems, stem)
		}
	}
	for _, stem := range slices.Clone(stems) {
		for _, ending := range []string{"kan", "an", "i"} {
			if bare, ok := strings.CutSuffix(stem, ending); ok {
				stems = append(stems, bare)
			}
		}
	}
	return stems
}

// beginnings are the prefixes that leave the root as it is.
var beginnings = []string{"di", "ter", "ber", "be", "ke", "se", "per", "pe"}

// nasals are the forms of me- and pe- without their first letters, with the letters that
// the root may have lost behind them.
var nasals = []struct{ sound, lost string }{{"ny", "s"}, {"nge", ""}, {"ng", "k"}, {"n", "t"}, {"m", "p"}}

func withoutBeginning(stem string) []string {
	list := []string{stem}
	for _, b := range beginnings {
		if rest, ok := strings.CutPrefix(stem, b); ok {
			list = append(list, rest)
		}
	}
	for _, first := range []string{"me", "pe"} {
		rest, ok := strings.CutPrefix(stem, first)
		if !ok || rest == "" {
			continue
		}
		if strings.ContainsRune("lrwymn", rune(rest[0])) {
			list = append(list, rest) // merawat, pelayan, memasak
		}
		for _, n := range nasals {
			root, ok := strings.CutPrefix(rest, n.sound)
			if !ok || root == "" {
				continue
			}
			list = append(list, root)
			if n.lost != "" && isVowel(root[0]) {
				list = append(list, n.lost+root) // menulis: tulis
			}
		}
	}
	return list
}

// forms spells a root out with its prefixes and endings.
func forms(root string) []string {
	stems := []string{root, "di" + root, "ter" + root, "ber" + root, "per" + root, "pe" + root}
	if root[1:3] == "er" {
		stems = append(stems, "be"+root) // bekerja, beternak
	}
	for _, first := range []string{"me", "pe"} {
		for _, nasal := range nasalised(root) {
			stems = append(stems, first+nasal)
		}
	}
	list := make([]string, 0, 6*len(stems))
	for _, stem := range stems {
		list = append(list, stem, stem+"an", stem+"kan", stem+"i", stem+"nya", stem+"annya")
	}
	return append(list, "ke"+root+"an")
}

// nasalised is a root as it stands behind me- or pe-.
func nasalised(root string) []string {
	first, rest := root[0], root[1:]
	var list []string
	switch {
	case isVowel(first), first == 'g', first == 'h':
		list = []string{"ng" + root}
	case first == 'k':
		list = []string{"ng" + rest, "ng" + root}
	case first == 'p':
		list = []string{"m" + rest, "m" + root}
	case first == 't':
		list = []string{"n" + rest, "n" + root}
	case first == 's':
		list = []string{"ny" + rest, "n" + root}
	case first == 'b', first == 'f', first == 'v':
		list = []string{"m" + root}
	case first == 'd', first == 'c', first == 'j', first == 'z':
		list = []string{"n" + root}
	default:
		list = []string{root}
	}
	if vowels(root) == 1 {
		list = append(list, "nge"+root) // one syllable: mengelas, mengecat
	}
	return list
}

func isVowel(b byte) bool { return strings.IndexByte("aeiou", b) >= 0 }

func vowels(word string) int {
	n := 0
	for i := range len(word) {
		if isVowel(word[i]) {
			n++
		}
	}
	return n
}

package i18n

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A oneWord is what the catalogue says for one thing, and the other words for it that people met before.
type oneWord struct {
	lang  Lang
	say   string
	other *regexp.Regexp
}

// insides are parts of sentences that are no words for people: placeholders, links and sample addresses.
var insides = regexp.MustCompile(`\{\{[^}]*\}\}|https?://\S+|\S+@\S+`)

var oneWords = []oneWord{
	{ID, "nomor HP", regexp.MustCompile(`(?i)\bnomor (ponsel|telepon genggam|handphone|seluler)\b|\bno\. ?hp\b`)},
	{ID, "ponsel, for the device", regexp.MustCompile(`(?i)\b(handphone|gawai|telepon genggam|smartphone)\b|(?i:satu|di|dari) HP\b`)},
	{ID, "e-mail", regexp.MustCompile(`(?i)\b(emails?|surel|surat elektronik)\b`)},
	{ID, "pelindungan", regexp.MustCompile(`(?i)perlindung`)},
	{ID, "berkas", regexp.MustCompile(`(?i)\b(files?|fail)\b`)},
	{ID, "nama akun", regexp.MustCompile(`(?i)\b(nama pengguna|username|user name)\b`)},
	{ID, "buat akun", regexp.MustCompile(`(?i)\b(daftar|mendaftar|mendaftarkan|registrasi|pendaftaran) akun\b|\b[Dd]aftarkan di loket\b`)},
	{ID, "lembaga", regexp.MustCompile(`(?i)\binstitusi\b`)},
	{ID, "cari, of a list", regexp.MustCompile(`^(Terapkan|Tampilkan|Telusuri|Saring)$`)},
	{ID, "lihat, of a page for paper", regexp.MustCompile(`(?i)\bbuka salinan\b`)},
	{ID, "", regexp.MustCompile(`(?i)\S +whatsapp|whatsapp +\S`)}, // nothing is sent that way; alone it labels others' numbers
	{EN, "e-mail", regexp.MustCompile(`(?i)\bemails?\b`)},
	{EN, "create an account", regexp.MustCompile(`(?i)\bsign up\b|\bregister (an account|at the counter|now)\b|^Register$`)},
	{EN, "search, of a list", regexp.MustCompile(`^(Apply|Apply filters|Filter|Show)$`)},
	{EN, "", regexp.MustCompile(`(?i)\S +whatsapp|whatsapp +\S`)},
}

// otherWords finds words for a thing that has another word.
func otherWords(lang Lang, text string) (found []string) {
	plain := insides.ReplaceAllString(text, " ")
	for _, w := range oneWords {
		if w.lang == lang && w.other.MatchString(plain) {
			found = append(found, w.other.FindString(plain)+" (say: "+w.say+")")
		}
	}
	return found
}

// One thing has one word on every page and in every letter.
func TestF185F188F145OneWordForOneThing(t *testing.T) {
	for _, f := range parseFiles(t, locales) {
		for key, forms := range f.messages {
			for _, text := range forms {
				for _, found := range otherWords(f.lang, text) {
					t.Errorf("%s in %s: %s", key, f.lang, found)
				}
			}
		}
	}
	for text, want := range map[string]int{
		"Nomor ponsel Anda": 1, "Tulis email atau no. HP": 2, "Daftar akun": 1, "Lihat {{.File}}": 0, "siti@email.example": 0,
		"Daftar pelatihan": 0, "Terapkan": 1, "Terapkan kolom": 0, "Buka salinan": 1,
	} {
		if found := otherWords(ID, text); len(found) != want {
			t.Errorf("%q: %v, want %d", text, found, want)
		}
	}
}

// applying are the labels that lead into an application; making an account is called something else.
func TestF185ApplyingAndMakingAnAccountHaveWordsOfTheirOwn(t *testing.T) {
	account := []string{"layouts.nav.register", "account.register.title", "public.home.account"}
	applying := []string{"public.programme.apply", "application.start.title"}
	for _, lang := range []Lang{ID, EN} {
		ctx := With(t.Context(), lang)
		var words []string
		for _, key := range account {
			words = append(words, strings.ToLower(T(ctx, key)))
		}
		for _, key := range applying {
			if slices.Contains(words, strings.ToLower(T(ctx, key))) || T(ctx, key) == "Daftar" {
				t.Errorf("%s: %q is the word for making an account too, or says for nothing", key, T(ctx, key))
			}
		}
		if words[0] != words[1] || !strings.HasPrefix(words[2], words[0]) {
			t.Errorf("making an account is called %q", words)
		}
	}
}

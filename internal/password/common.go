package password

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/trustelem/zxcvbn/frequency"
)

// common holds passwords of ten characters and more that people choose first: runs of
// the keyboard, and words of prayer, love, country and this portal with a usual number.
// Shorter ones need no list.
var common = listed(`
	0000000000 1111111111 1122334455 1231231231 123123123123 1234512345 1234567890
	12345678900 12345678901 12345678910 123456789012 0123456789 0987654321 9876543210
	9999999999 8888888888 7777777777 081234567890 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc
	123456789a 123456789q a123456789 q123456789 abc1234567 abcd123456 abcd1234567
	abcde12345 abcdef1234 abcdefghij aaaaaaaaaa asdfghjkl123 asdfghjkl1 asdasdasdasd
	qwerty12345 qwerty123456 qwerty1234 qwertyuiop qwertyuiop123 qweqweqwe123
	zxcvbnm123 poiuytrewq iloveyou123 password01 password10 password12 password123
	password1234 password12345 passw0rd123 p@ssw0rd123 p@ssword123 changeme123 letmein123
	welcome123 superman123 administrator admin12345 admin123456 adminadmin rootroot123
	katasandi1 katasandi12 katasandi123 sandi12345 sandi123456 katakunci123
	rahasia123 rahasia1234 rahasia12345 rahasiaku1 rahasiaku123 rahasiabanget
	bismillah1 bismillah12 bismillah123 bismillah1234 bismillahirrahmanirrahim
	alhamdulillah alhamdulillah1 alhamdulillah123 astaghfirullah subhanallah subhanallah123
	insyaallah insyaallah123 masyaallah masyaallah123 assalamualaikum allahuakbar
	allahuakbar123 lailahaillallah muhammad123 yesuskristus tuhanyesus halleluya123
	sayangku123 sayang1234 sayang12345 sayangkamu akusayangkamu akucintakamu cintaku123
	cintakamu123 kamusayang ibutercinta mamapapa123 keluarga123
	keluargaku semangat123 semangat45 pastibisa123 akupastibisa sukses1234 sukses12345
	indonesia1 indonesia12 indonesia123 indonesia45 indonesia1945 indonesiaraya
	indonesiaku merdeka1945 merdeka123 merdeka17845 garuda1234 pancasila123 pancasila1
	jakarta123 jakarta1234 jakarta2024 jakarta2025 jakarta2026 jakartabarat jakartapusat
	jakartatimur jakartautara jakartaselatan persija1928 persija123 persib1933 persib1234
	naikkelas1 naikkelas12 naikkelas123 naikkelas2025 naikkelas2026
	pelatihan1 pelatihan123 pencarikerja carikerja123 kerjakerja pekerjamigran
	kerjajepang kerjakorea disnaker123 sertifikat123 pendaftaran pendaftaran123
	januari2026 november2026 desember2026
`)

// listed makes a set of the words of a text.
func listed(text string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		set[word] = true
	}
	return set
}

// local are words that people here begin a password with, beside the words that everybody's lists hold.
var local = listed(`
	jakarta bandung surabaya medan bekasi depok bogor tangerang indonesia nusantara merdeka garuda pancasila monas persija persib
	bismillah alhamdulillah assalamualaikum insyaallah subhanallah allahuakbar muhammad yesus tuhan sayang sayangku cinta
	cintaku rindu keluarga ibuku bapakku anakku mamapapa katasandi sandi rahasia rahasiaku masuk sukses semangat
	pelatihan kerja pekerja migran petugas disnaker naikkelas hongkong taiwan malaysia singapura jepang korea saudi
	januari februari maret april mei juni juli agustus september oktober november desember senin selasa rabu kamis jumat sabtu minggu
`)

// known holds the first thirty thousand passwords of everybody's lists.
var known = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, word := range frequency.FrequencyLists["passwords"] {
		set[word] = true
	}
	return set
})

// leastOwn is how many letters of a name, or digits of a number, make a word of one's own.
const leastOwn = 3

// isCommon looks a password up, whatever its capitals and spaces: as a whole, and what is left of it without digits
// and signs before and behind. own are the person's name and addresses.
func isCommon(password string, own []string) bool {
	whole := strings.ToLower(strings.Join(strings.Fields(password), ""))
	core := strings.TrimFunc(whole, func(r rune) bool { return !unicode.IsLetter(r) })
	digits := strings.Map(onlyDigits, whole)
	if common[whole] || known()[whole] || local[core] || len(core) > 0 && known()[core] {
		return true
	}
	for _, word := range ownWords(own) {
		if word == core || word == whole || len(digits) == len(whole) && strings.HasSuffix(digits, word) {
			return true
		}
	}
	return false
}

// ownWords are the words of names and addresses: each, all together, and of a number its digits without the way in.
func ownWords(own []string) []string {
	var words []string
	for _, text := range own {
		text, _, _ = strings.Cut(strings.ToLower(text), "@")
		parts := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if number := strings.TrimLeft(strings.TrimPrefix(strings.Map(onlyDigits, text), "62"), "0"); len(number) >= leastOwn {
			words = append(words, number)
		}
		for _, word := range append(parts, strings.Join(parts, "")) {
			if len(word) >= leastOwn {
				words = append(words, strings.TrimRightFunc(word, unicode.IsDigit))
			}
		}
	}
	return slices.DeleteFunc(words, func(word string) bool { return len(word) < leastOwn })
}

func onlyDigits(r rune) rune {
	if unicode.IsDigit(r) {
		return r
	}
	return -1
}

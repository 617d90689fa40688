package intext

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestF042F050TextLosesWhatIsNoText(t *testing.T) {
	for in, want := range map[string]string{
		"Suparmi binti Slamet":              "Suparmi binti Slamet",
		"a\x00b\x1b[31mc\x7f":               "ab[31mc",
		"dua\r\nbaris\rtiga\u2028empat":     "dua\nbaris\ntiga\nempat",
		"kolom\tdua":                        "kolom\tdua",
		"caf\xe9":                           "caf\ufffd",
		"\xed\xa0\x80":                      "\ufffd",
		"Jose\u0301":                        "José",
		"Rp 1.000\u202e000.5 pR\u202c":      "Rp 1.000000.5 pR",
		"a\u2066b":                          "ab",
		"Jalan\u200b Melati\ufeff":          "Jalan Melati",
		"Si\u200dti":                        "Siti",
		"مرحبا":                             "مرحبا",
		"שלום\u200f!":                       "שלום\u200f!",
		"Siti\u200f":                        "Siti",
		"می\u200cخواهم":                     "می\u200cخواهم",
		"\U0001f469\u200d\U0001f373 masak":  "\U0001f469\u200d\U0001f373 masak",
		"Ma`ruf, Qur’ani, a/l Muthu, 1.5 ²": "Ma`ruf, Qur’ani, a/l Muthu, 1.5 ²",
		"\uffff\U000e0041":                  "",
	} {
		if got := Text(in); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestF051FileNames(t *testing.T) {
	for in, want := range map[string]string{
		"laporan\u2066xslx.csv":         "laporanxslx.csv",
		"KTP\u202egpj.exe":              "KTPgpj.exe",
		"a\x01b.jpg":                    "ab.jpg",
		"foto\nsaya.jpg":                "foto saya.jpg",
		`C:\Users\Siti\ijazah 2020.pdf`: "ijazah 2020.pdf",
		"../../etc/passwd":              "passwd",
		"שלום\u200f.pdf":                "שלום.pdf",
		"\u200b\x00":                    "-",
		"/":                             "-",
		"sertifikat las.pdf":            "sertifikat las.pdf",
	} {
		if got := FileName(in); got != want {
			t.Errorf("FileName(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestF042SoundIsWhatAnAddressMayHold(t *testing.T) {
	for in, want := range map[string]bool{
		"NK-7F3K92QD": true, "": true, "identitas": true, "a\x00": false, "\xc3(": false, "a\nb": false, "\u0085": false, "kota é": true,
	} {
		if got := Sound(in); got != want {
			t.Errorf("Sound(%q) = %v, want %v", in, got, want)
		}
	}
}

// Whatever comes in, what is kept can be stored, is composed, and comes back unchanged.
func FuzzText(f *testing.F) {
	for _, seed := range []string{"a\u0301\u200d\u0302", "\r\n\r", "ش\u200c\u200dش", "e\u200b\u0301", "\xff\xfe", "\u1100\u115f\u1161"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		for name, clean := range map[string]func(string) string{"Text": Text, "FileName": FileName} {
			got := clean(in)
			if !utf8.ValidString(got) || !norm.NFC.IsNormalString(got) {
				t.Fatalf("%s(%q) = %q, not composed UTF-8", name, in, got)
			}
			for _, r := range got {
				if unicode.IsControl(r) && (name == "FileName" || r != '\n' && r != '\t') {
					t.Fatalf("%s(%q) = %q holds %q", name, in, got, r)
				}
			}
			if again := clean(got); again != got {
				t.Fatalf("%s(%q) = %q, and then %q", name, in, got, again)
			}
		}
	})
}

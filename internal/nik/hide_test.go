package nik

import "testing"

func TestF059NumbersInTextAreHidden(t *testing.T) {
	for text, want := range map[string]string{
		"NIK saya 3174014203890001.":         "NIK saya 3174********0001.",
		"3174 0142 0389 0001":                "3174 **** **** 0001",
		"3174.0142.0389.0001, benar":         "3174.****.****.0001, benar",
		"31 74 01-420389-0001":               "31 74 **-******-0001",
		"317401420389\n0001":                 "3174********\n0001",
		"3174014203890001 3174014203890002":  "3174********0001 3174********0002",
		"tahun 2026: 3174014203890001":       "tahun 2026: 3174********0001",
		"٣١٧٤٠١٤٢٠٣٨٩٠٠٠١":                   "٣١٧٤********٠٠٠١",
		"lahir 02-03-1989, telp 08123456789": "lahir 02-03-1989, telp 08123456789",
		"nomor 72201/7543/2025":              "nomor 72201/7543/2025",
		"31740142038900011":                  "31740142038900011", // seventeen
		"":                                   "",
	} {
		got, found := Hide(text)
		if got != want || found != (text != want) {
			t.Errorf("%q became %q (%v), want %q", text, got, found, want)
		}
	}
}

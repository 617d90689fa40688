package intext

import "testing"

// F056: the same rule holds for links to somebody's work.
func TestF056WebHost(t *testing.T) {
	for address, host := range map[string]string{
		"https://lpk.example": "lpk.example", "http://karya.example:8080/a?b#c": "karya.example:8080",
		"https://b\u00fccher.example": "b\u00fccher.example", "https://a-b.c1.example/x@y": "a-b.c1.example",
		"https://a@b.example": "", "https://@b.example": "", "javascript://b.example/%0aalert(1)": "", "//b.example": "",
		"https://b..example": "", "https://-b.example": "", "https://b.example/<x>": "", "https://b.example/ x": "", "": "",
	} {
		if got, ok := WebHost(address); got != host || ok != (host != "") {
			t.Errorf("%q: %q, %v", address, got, ok)
		}
	}
}

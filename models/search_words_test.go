package models

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// finds says whether a typed word reaches a written one.
func finds(typed, written string) bool {
	for _, w := range searchWords(typed) {
		for _, form := range strings.Split(wordQuery(w), "|") {
			if form == written || strings.HasSuffix(form, ":*") && strings.HasPrefix(written, strings.TrimSuffix(form, ":*")) {
				return true
			}
		}
	}
	return false
}

func TestP085FormsOfAWordFindEachOther(t *testing.T) {
	families := [][]string{
		{"las", "pengelasan", "mengelas", "dilas"},
		{"jahit", "menjahit", "penjahit", "jahitan", "penjahitan"},
		{"masak", "memasak", "masakan"},
		{"tulis", "menulis", "penulis", "tulisan"},
		{"sunting", "menyunting", "penyuntingan"},
		{"dingin", "pendingin", "mendinginkan", "pendinginan"},
		{"rawat", "merawat", "perawat", "perawatan"},
		{"rias", "merias", "perias"},
		{"kirim", "mengirim", "pengiriman"},
		{"potong", "memotong", "pemotongan"},
		{"cat", "mengecat", "pengecatan"},
		{"layan", "melayani", "pelayan", "layanan", "pelayanan"},
		{"rancang", "merancang", "perancang"},
		{"kerja", "bekerja", "pekerja", "pekerjaan", "pekerjaannya"},
		{"asuh", "pengasuh", "mengasuh"},
	}
	for _, family := range families {
		for _, typed := range family {
			for _, written := range family {
				if !finds(typed, written) {
					t.Errorf("%s does not find %s", typed, written)
				}
			}
		}
	}
}

func TestWordsThatOnlyLookAlikeStayApart(t *testing.T) {
	for typed, written := range map[string]string{
		"pengelasan": "kelas", "mengelas": "kelas", "las": "laser", "cat": "catur", "menjahit": "jahe",
	} {
		if finds(typed, written) {
			t.Errorf("%s finds %s", typed, written)
		}
	}
}

func TestSearchWordsArePlain(t *testing.T) {
	for typed, want := range map[string][]string{
		"Kelas LAS":                       {"las"},
		"kursus untuk barista":            {"barista"},
		"UI/UX":                           {"ui", "ux"},
		"Pâtisserie, pâtisserie":          {"patisserie"},
		"' | !:* ) las":                   {"las"},
		"welding course":                  {"welding"},
		"  ":                              nil,
		"a1 b2 c3 d4 e5 f6 g7 h8":         {"a1", "b2", "c3", "d4", "e5", "f6"},
		strings.Repeat("x", 300) + " las": {"las"},
	} {
		if got := searchWords(typed); !slices.Equal(got, want) {
			t.Errorf("searchWords(%q) = %q, want %q", typed, got, want)
		}
	}
	if !finds("welding", "welder") {
		t.Error("welding does not find welder")
	}
}

func TestEveryFormLeadsBackToItsRoot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		root := rapid.StringMatching(`[bcdfghjklmnprstvwyz][aeiou][bcdfghjklmnprst]([aeiou][bcdfghjklmnprst])?`).Draw(t, "root")
		if noise[root] {
			t.Skip("a word without meaning")
		}
		for _, form := range forms(root) {
			if noise[form] {
				continue
			}
			if !finds(form, root) {
				t.Fatalf("%s does not find %s", form, root)
			}
		}
	})
}

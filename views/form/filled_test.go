package form

import (
	"maps"
	"testing"
)

func TestFilledNamesValuesAsThePageDoes(t *testing.T) {
	type row struct {
		Name string `form:"name"`
		Born Date   `form:"born"`
	}
	got := Filled(struct {
		Rows  []row  `form:"rows"`
		Text  string `form:"text"`
		Empty string `form:"empty"`
		Other string
	}{[]row{{}, {"Siti", Date{Day: "2", Year: "1989"}}}, " a\r\nb ", "  ", "x"})
	want := map[string]string{"rows[1].name": "Siti", "rows[1].born.day": "2", "rows[1].born.year": "1989", "text": "a\nb"}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

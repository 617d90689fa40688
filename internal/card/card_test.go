package card_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"naikkelas/internal/card"
)

var numbers = []card.Number{
	{Who: "KBRI Contoh", Number: "+81 80-0000-0001", Note: "Dijawab 24 jam."}, {Who: "Halo KP2MI", Number: "08001000"},
}

func drawn(t *testing.T, title string, list []card.Number) []byte {
	t.Helper()
	file, err := card.PNG(title, list)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// A card is small, and another number is another picture.
func TestCardShowsItsNumbers(t *testing.T) {
	file := drawn(t, "Nomor dari Jepang", numbers)
	if len(file) > 40<<10 {
		t.Errorf("%d bytes", len(file))
	}
	if again := drawn(t, "Nomor dari Jepang", numbers); !bytes.Equal(file, again) {
		t.Error("the same card is another picture")
	}
	other := []card.Number{numbers[0], {Who: "Halo KP2MI", Number: "08001001"}}
	if bytes.Equal(file, drawn(t, "Nomor dari Jepang", other)) {
		t.Error("another number is the same picture")
	}
	if one, two := height(t, drawn(t, "Nomor", numbers[:1])), height(t, drawn(t, "Nomor", numbers)); one >= two {
		t.Errorf("one number is %d high, two are %d", one, two)
	}
}

func height(t *testing.T, file []byte) int {
	t.Helper()
	c, err := png.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return c.Height
}

// However long the words are, nothing is written into the margins, and nothing is lost: longer words make a higher card.
func TestLongWordsStayOnTheCard(t *testing.T) {
	long := []card.Number{{
		Who: strings.Repeat("Perwakilan Republik Indonesia ", 8), Number: strings.Repeat("081234567890", 9), Note: "Antananarivo",
	}}
	file := drawn(t, strings.Repeat("Antananarivo", 20), long)
	picture, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	bounds := picture.Bounds()
	for y := range bounds.Dy() {
		for _, x := range []int{0, 10, 30, bounds.Dx() - 30, bounds.Dx() - 10, bounds.Dx() - 1} {
			if r, _, _, _ := picture.At(x, y).RGBA(); r != 0xffff {
				t.Fatalf("something is written at %d, %d", x, y)
			}
		}
	}
	if bounds.Dy() < 3*height(t, drawn(t, "Nomor", numbers[:1])) {
		t.Errorf("%d high: something is lost", bounds.Dy())
	}
}

package record

import (
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// Whatever stands in them, codes come back as they were written.
func TestCodesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		codes := Codes(rapid.SliceOf(rapid.StringMatching(`[^\x00]*`)).Draw(t, "codes"))
		text, err := codes.Value()
		if err != nil {
			t.Fatal(err)
		}
		var back Codes
		if err := back.Scan(text); err != nil || !slices.Equal(back, codes) {
			t.Fatalf("%q came back as %q, %v", codes, back, err)
		}
	})
}

// Many requests write and read codes at once. The race detector, under which this package is tested,
// sees when they share something.
func TestCodesAreSafeForManyAtOnce(t *testing.T) {
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				var back Codes
				text, err := Codes{"a", "b"}.Value()
				if err == nil {
					err = back.Scan(text)
				}
				if err != nil || len(back) != 2 {
					t.Errorf("%q, %v", back, err)
					return
				}
			}
		})
	}
	all.Wait()
}

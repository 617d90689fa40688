package pdf

import "testing"

func FuzzFeaturesOf(f *testing.F) {
	f.Add([]byte("1 0 obj <</S/J#61vaScript/JS(a\\)b(c))>> stream\n/Launch endstream /EF"))
	f.Add([]byte("(("))
	f.Add([]byte("/#"))
	f.Fuzz(func(t *testing.T, file []byte) {
		// A name in front is seen whatever follows it.
		if found := featuresOf(append([]byte("/Launch "), file...)); !found.Launch {
			t.Errorf("%q hides a name before it", file)
		}
	})
}

package picture

import "testing"

func FuzzOrientationOf(f *testing.F) {
	f.Add([]byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00"))
	f.Add([]byte("MM\x00*\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, exif []byte) {
		if o := orientationOf(exif); o < 1 || o > 8 {
			t.Errorf("orientation %d", o)
		}
	})
}

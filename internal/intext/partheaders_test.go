package intext

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// The lines in front of a part lose control signs; what is in the part comes through as it is, also where it looks
// like such lines.
func TestF051LinesInFrontOfAPart(t *testing.T) {
	content := "a\x00b\r\n\r\n--Y\r\nfilename=\"c\x01d\"\r\n" + strings.Repeat("x\x02", 9000) + "\r\n"
	part := func(name string) string {
		return "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n" + content
	}
	sent := part("a\x01\x7f\x00b") + part(strings.Repeat("n\x02", 9000)) + "--X--\r\nrest\x01"
	want := part("ab") + part(strings.Repeat("n", 9000)) + "--X--\r\nrest"
	for name, body := range map[string]io.Reader{"whole": strings.NewReader(sent), "by bytes": iotest.OneByteReader(strings.NewReader(sent))} {
		got, err := io.ReadAll(PartHeaders(body, "X"))
		if err != nil || string(got) != want {
			t.Errorf("%s: %d bytes, want %d: %v", name, len(got), len(want), err)
		}
	}
	broken := PartHeaders(iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(sent))), "X")
	if _, err := io.ReadAll(broken); !errors.Is(err, iotest.ErrTimeout) {
		t.Errorf("a broken connection is told as %v", err)
	}
}

//go:build !race

package web

import (
	"strings"
	"testing"
)

// A writer is used again: what packing leaves behind is hardly more than what is packed (F259). Under the
// race detector a pool forgets at random what it holds, so there is nothing to measure.
func TestF259WritersAreUsedAgain(t *testing.T) {
	body := []byte(strings.Repeat("<p>Pelatihan las dan tata boga di Jakarta</p>", 1500))
	for _, coding := range []string{codingBrotli, codingGzip} {
		result := testing.Benchmark(func(b *testing.B) {
			for b.Loop() {
				if _, err := pack(coding, body); err != nil {
					b.Fatal(err)
				}
			}
		})
		if got := result.AllocedBytesPerOp(); got > int64(4*len(body)) {
			t.Errorf("%s: %d bytes of garbage for a page of %d", coding, got, len(body))
		}
	}
}

package components

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var lines = regexp.MustCompile(`<(p|dd|div|span)\b[^>]*whitespace-pre-line[^>]*>`)

// Text of several lines is what people wrote. Each stands in bdi, which wraps anywhere (F052): a link without a space
// would push the page wider than a phone, and a sign of another script would turn what stands beside it.
func TestF050F052TextsOfPeopleStandInBdi(t *testing.T) {
	checked := 0
	err := filepath.WalkDir("..", func(path string, _ os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".templ") {
			return err
		}
		source, err := os.ReadFile(path)
		text := string(source)
		for _, at := range lines.FindAllStringIndex(text, -1) {
			inside := text[at[1]:min(at[1]+120, len(text))]
			checked++
			if !strings.Contains(inside, `<bdi class="wrap-anywhere">`) && !strings.Contains(inside, "@factValue(") {
				t.Errorf("%s: a text of people without bdi: %.80s", path, text[at[0]:])
			}
		}
		return err
	})
	if err != nil || checked < 15 {
		t.Fatalf("%d texts were found (%v)", checked, err)
	}
}

package picture_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// A build that forgot the tag fails with what is to be done, and nothing without it decodes HEIC.
func TestBuildWithoutTheTagSaysWhatIsMissing(t *testing.T) {
	build := exec.Command("go", "build", ".")
	build.Env = append(os.Environ(), "GOFLAGS=")
	out, err := build.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "build_with_tags_nodynamic_see_README") {
		t.Errorf("got %v:\n%s", err, out)
	}
}

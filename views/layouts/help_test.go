package layouts_test

import (
	"os"
	"regexp"
	"testing"
)

// helpColours are the colours of the help pages' own sheet, by what they are called in the theme.
var helpColours = map[string]string{
	"paper": "base-100", "ground": "base-200", "line": "base-300", "ink": "base-content", "teal": "primary", "deep": "neutral",
	"gold": "secondary", "gold-ink": "secondary-content", "blue": "info", "green": "success", "red": "error",
}

// The help pages have a sheet of their own, with the colours of all others.
func TestHelpPagesHaveTheColoursOfTheTheme(t *testing.T) {
	read := func(path string, colour *regexp.Regexp) map[string]string {
		css, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]string{}
		for _, m := range colour.FindAllStringSubmatch(string(css), -1) {
			if found[m[1]] = m[2]; len(m[2]) == 3 {
				found[m[1]] += m[2]
			}
		}
		return found
	}
	theme := read("../../static/css/tokens.css", regexp.MustCompile(`--color-([a-z0-9-]+):\s*#([0-9a-f]{6});`))
	own := read("../../static/css/help.css", regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{3,6});`))
	for name, token := range helpColours {
		if own[name] == "" || own[name] != theme[token] {
			t.Errorf("--%s is #%s, the theme's %s is #%s", name, own[name], token, theme[token])
		}
	}
}

package components_test

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"testing"
)

// A colour in sRGB, each part from 0 to 1.
type colour [3]float64

var token = regexp.MustCompile(`--color-([a-z0-9-]+):\s*#([0-9a-f]{6});`)

// tokens reads the colours of the theme.
func tokens(t *testing.T) map[string]colour {
	t.Helper()
	css, err := os.ReadFile("../../static/css/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]colour{}
	for _, m := range token.FindAllStringSubmatch(string(css), -1) {
		n, err := strconv.ParseUint(m[2], 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		found[m[1]] = colour{float64(n>>16) / 255, float64(n>>8&255) / 255, float64(n&255) / 255}
	}
	return found
}

// over lays a colour of an opacity over a ground.
func (c colour) over(ground colour, opacity float64) colour {
	var mixed colour
	for i := range c {
		mixed[i] = c[i]*opacity + ground[i]*(1-opacity)
	}
	return mixed
}

// luminance is the relative luminance of WCAG 2.
func (c colour) luminance() float64 {
	var linear colour
	for i, v := range c {
		if linear[i] = v / 12.92; v > 0.04045 {
			linear[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*linear[0] + 0.7152*linear[1] + 0.0722*linear[2]
}

// contrast is the contrast ratio of WCAG 2, from 1 to 21.
func contrast(a, b colour) float64 {
	x, y := a.luminance(), b.luminance()
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

// Least contrasts of WCAG AA: of text (1.4.3), and of what must be made out (1.4.11).
const (
	ofText  = 4.5
	ofShape = 3.0
)

// A pair is a colour as it is used upon a ground, which may be tinted.
type pair struct {
	ink     string
	opacity float64 // of the ink
	tint    string  // laid over the ground; may be empty
	density float64 // of the tint
	ground  string
	least   float64
}

var pairs = []pair{
	{"base-content", 1, "", 0, "base-100", 7},
	{"base-content", 0.75, "", 0, "base-100", ofText},
	{"base-content", 0.75, "", 0, "base-200", ofText},
	{"base-content", 0.65, "", 0, "base-100", ofText},             // examples inside fields
	{"base-content", 0.75, "secondary", 0.12, "base-100", ofText}, // grey text on what must be done
	{"base-content", 0.75, "primary", 0.05, "base-100", ofText},   // hint of a chosen answer
	{"base-content", 0.5, "", 0, "base-100", ofShape},             // edges of fields
	{"base-content", 0.6, "", 0, "base-100", ofShape},             // edges of radios
	{"primary", 1, "", 0, "base-100", ofText},
	{"primary", 1, "", 0, "base-200", ofText},
	{"primary", 1, "primary", 0.1, "base-100", ofText},    // chips
	{"primary", 1, "secondary", 0.12, "base-100", ofText}, // a quiet button on what must be done
	{"primary-content", 1, "", 0, "primary", ofText},
	{"primary-content", 1, "primary-content", 0.1, "primary", ofText},
	{"secondary-content", 1, "", 0, "secondary", ofText},
	{"secondary-content", 1, "secondary", 0.2, "base-100", ofText},
	{"accent-content", 1, "", 0, "accent", ofText},
	{"neutral-content", 1, "", 0, "neutral", ofText},
	{"neutral-content", 0.75, "", 0, "neutral", ofText},
	{"info-content", 1, "", 0, "info", ofText},
	{"success-content", 1, "", 0, "success", ofText},
	{"warning-content", 1, "", 0, "warning", ofText},
	{"error-content", 1, "", 0, "error", ofText},
	{"success", 1, "success", 0.12, "base-100", ofText},
	{"success", 1, "success", 0.12, "base-200", ofText},
	{"info", 1, "info", 0.1, "base-100", ofText},
	{"info", 1, "info", 0.1, "base-200", ofText},
	{"warning", 1, "secondary", 0.25, "base-100", ofText},
	{"warning", 1, "secondary", 0.25, "base-200", ofText},
	{"warning", 1, "", 0, "base-100", ofText},
	{"error", 1, "", 0, "base-100", ofText},
	{"error", 1, "error", 0.1, "base-100", ofText},
	{"error", 1, "error", 0.1, "base-200", ofText},
	{"primary", 1, "", 0, "base-300", ofShape},  // focus on light ground
	{"secondary", 1, "", 0, "primary", ofShape}, // focus on navy-teal
	{"secondary", 1, "", 0, "neutral", ofShape},
}

func TestColoursHaveContrast(t *testing.T) {
	theme := tokens(t)
	for _, p := range pairs {
		ink, ok := theme[p.ink]
		ground, ok2 := theme[p.ground]
		if !ok || !ok2 {
			t.Fatalf("the theme has no %s or no %s", p.ink, p.ground)
		}
		if p.tint != "" {
			ground = theme[p.tint].over(ground, p.density)
		}
		if got := contrast(ink.over(ground, p.opacity), ground); got < p.least {
			t.Errorf("%s/%v on %s/%v over %s: %.2f, want %.1f", p.ink, p.opacity, p.tint, p.density, p.ground, got, p.least)
		}
	}
}

// The rule of the look that marigold is never text on paper rests on this.
func TestContrastIsMeasuredRight(t *testing.T) {
	black, white := colour{}, colour{1, 1, 1}
	if got := contrast(black, white); math.Abs(got-21) > 0.01 {
		t.Errorf("black on white: %.2f", got)
	}
	theme := tokens(t)
	if got := contrast(theme["secondary"], theme["base-100"]); got > ofShape {
		t.Errorf("marigold on paper: %.2f", got)
	}
}

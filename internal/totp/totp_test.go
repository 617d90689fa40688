package totp_test

import (
	"encoding/base32"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/boombuler/barcode/qr"
	"pgregory.net/rapid"

	"naikkelas/internal/totp"
)

// rfcSecret is the key of the test values in RFC 6238, appendix B.
var rfcSecret = base32.StdEncoding.EncodeToString([]byte("12345678901234567890"))

func TestCodesOfTheRFC(t *testing.T) {
	for unix, want := range map[int64]string{
		59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037",
	} {
		now := time.Unix(unix, 0)
		if got, err := totp.Code(rfcSecret, now); got != want || err != nil {
			t.Errorf("at %d: %s, %v; want %s", unix, got, err, want)
		}
		if step, _, ok := totp.Check(rfcSecret, want, now, 0, 0); !ok || step != unix/30 {
			t.Errorf("at %d: step %d, %v", unix, step, ok)
		}
	}
}

func TestCheck(t *testing.T) {
	secret := totp.NewSecret()
	now := time.Unix(1_800_000_015, 0) // the middle of a step
	step := now.Unix() / 30
	tests := []struct {
		name     string
		code     string
		lastStep int64
		want     int64 // 0: refused
	}{
		{"of now", code(t, secret, now), 0, step},
		{"typed in two groups", " " + code(t, secret, now)[:3] + " " + code(t, secret, now)[3:], 0, step},
		{"clock behind", code(t, secret, now.Add(-30*time.Second)), 0, step - 1},
		{"clock ahead", code(t, secret, now.Add(30*time.Second)), 0, step + 1},
		{"too old", code(t, secret, now.Add(-60*time.Second)), 0, 0},
		{"too new", code(t, secret, now.Add(60*time.Second)), 0, 0},
		{"used already", code(t, secret, now), step, 0},
		{"older than the last used", code(t, secret, now.Add(-30*time.Second)), step, 0},
		{"newer than the last used", code(t, secret, now), step - 1, step},
		{"of somebody else", code(t, totp.NewSecret(), now), 0, 0},
		{"nothing", "", 0, 0},
		{"letters", "abcdef", 0, 0},
		{"one digit less", code(t, secret, now)[:5], 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, _, ok := totp.Check(secret, tt.code, now, tt.lastStep, 0); ok && got != tt.want || ok != (tt.want != 0) {
				t.Errorf("step %d, %v; want %d", got, ok, tt.want)
			}
		})
	}
	if _, _, ok := totp.Check("no base32!", "000000", now, 0, 0); ok {
		t.Error("a broken secret lets in")
	}
}

// Whenever a code is used, it is never accepted a second time.
func TestNoCodeWorksTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(rapid.Int64Range(0, 4_000_000_000).Draw(t, "now"), 0)
		used, err := totp.Code(rfcSecret, now)
		if err != nil {
			t.Fatal(err)
		}
		step, _, ok := totp.Check(rfcSecret, used, now, -1, 0)
		if !ok {
			t.Fatal("refused at once")
		}
		later := now.Add(time.Duration(rapid.IntRange(0, 120).Draw(t, "seconds")) * time.Second)
		if again, _, ok := totp.Check(rfcSecret, used, later, step, 0); ok && again <= step {
			t.Fatalf("accepted again as step %d after %d", again, step)
		}
	})
}

func TestNewSecret(t *testing.T) {
	form := regexp.MustCompile(`^[A-Z2-7]{32}$`)
	if a, b := totp.NewSecret(), totp.NewSecret(); a == b || !form.MatchString(a) {
		t.Errorf("%s, %s", a, b)
	}
}

func TestURI(t *testing.T) {
	secret := totp.NewSecret()
	uri, err := totp.URI(secret, "Naik Kelas", "siti@contoh.id")
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/Naik Kelas:siti@contoh.id" {
		t.Errorf("%s, %v", uri, err)
	}
	q := u.Query()
	want := map[string]string{"secret": secret, "issuer": "Naik Kelas", "digits": "6", "period": "30", "algorithm": "SHA1"}
	for name, value := range want {
		if q.Get(name) != value {
			t.Errorf("query %v, %s is not %s", q, name, value)
		}
	}
	if strings.Contains(uri, "+") {
		t.Errorf("some apps show the plus: %s", uri)
	}
	for _, bad := range [][3]string{
		{"", "Naik Kelas", "siti"}, {"no base32!", "Naik Kelas", "siti"}, {secret, "", "siti"}, {secret, "Naik Kelas", ""},
	} {
		if uri, err := totp.URI(bad[0], bad[1], bad[2]); err == nil {
			t.Errorf("%q gives %s", bad, uri)
		}
	}
}

// The squares of the drawing are those of the QR code, no more and no less.
func TestSVG(t *testing.T) {
	uri, err := totp.URI(totp.NewSecret(), "Naik Kelas", "siti@contoh.id")
	if err != nil {
		t.Fatal(err)
	}
	svg, err := totp.SVG(uri, `Kode QR "<masuk>"`)
	if err != nil {
		t.Fatal(err)
	}
	var drawing struct {
		ViewBox string `xml:"viewBox,attr"`
		Role    string `xml:"role,attr"`
		Title   string `xml:"title"`
		Paths   []struct {
			D string `xml:"d,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal(svg, &drawing); err != nil {
		t.Fatal(err)
	}
	code, err := qr.Encode(uri, qr.M, qr.Auto)
	if err != nil {
		t.Fatal(err)
	}
	want := make([][]bool, code.Bounds().Dx()+8) // four white squares on each side
	for y := range want {
		want[y] = make([]bool, len(want))
		for x := range want {
			inside := image.Pt(x-4, y-4).In(code.Bounds())
			want[y][x] = inside && code.At(x-4, y-4) == color.Black
		}
	}
	if drawing.ViewBox != fmt.Sprintf("0 0 %[1]d %[1]d", len(want)) || drawing.Role != "img" || drawing.Title != `Kode QR "<masuk>"` {
		t.Errorf("%s, %s, %s", drawing.ViewBox, drawing.Role, drawing.Title)
	}
	got := make([][]bool, len(want))
	for y := range got {
		got[y] = make([]bool, len(want))
	}
	for _, run := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-\d+z`).FindAllStringSubmatch(drawing.Paths[1].D, -1) {
		x, y, width := number(t, run[1]), number(t, run[2]), number(t, run[3])
		for i := range width {
			got[y][x+i] = true
		}
	}
	if !got[4][4] || got[3][3] {
		t.Error("the corner of the code is not where a camera looks for it")
	}
	if !slices.EqualFunc(got, want, slices.Equal[[]bool]) {
		t.Error("the drawing is another code")
	}
	if strings.Contains(string(svg), "style") || strings.Contains(string(svg), "<masuk>") {
		t.Errorf("not allowed by the page: %s", svg)
	}
	if _, err := totp.SVG(strings.Repeat("x", 5000), "too long"); err == nil {
		t.Error("drew what does not fit")
	}
}

func FuzzCheck(f *testing.F) {
	f.Add(rfcSecret, "287082", int64(59))
	f.Add("", "", int64(-1))
	f.Add("no base32!", "000000", int64(0))
	f.Fuzz(func(t *testing.T, secret, code string, unix int64) {
		step, _, ok := totp.Check(secret, code, time.Unix(unix, 0), 0, 0)
		if ok && (step <= 0 || len(strings.Join(strings.Fields(code), "")) != 6) {
			t.Fatalf("%q accepted as step %d", code, step)
		}
	})
}

func code(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	c, err := totp.Code(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A phone whose clock is wrong gets a hint and not "wrong"; once the difference is known its codes are right, and a
// clock of the portal that was put back does not lock anybody out (F030).
func TestF030ClockOfThePhoneIsOff(t *testing.T) {
	now := time.Unix(1_790_000_000, 0)
	for _, off := range []time.Duration{-65 * time.Second, 4 * time.Minute, -9 * time.Minute} {
		code, err := totp.Code(rfcSecret, now.Add(off))
		if err != nil {
			t.Fatal(err)
		}
		step, drift, ok := totp.Check(rfcSecret, code, now, 0, 0)
		if ok || drift == 0 || step != now.Add(off).Unix()/30 {
			t.Fatalf("%s: %d, %d, %v", off, step, drift, ok)
		}
		if _, _, ok := totp.Check(rfcSecret, code, now, 0, drift); !ok {
			t.Errorf("%s: refused although the difference is known", off)
		}
	}
	far, err := totp.Code(rfcSecret, now.Add(-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if _, drift, ok := totp.Check(rfcSecret, far, now, 0, 0); ok || drift != 0 {
		t.Errorf("an hour off: %d, %v", drift, ok)
	}
	right, err := totp.Code(rfcSecret, now)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, ok := totp.Check(rfcSecret, right, now, now.Unix()/30+1000, 0); !ok {
		t.Error("a last step that cannot have been locks the person out")
	}
	if _, _, ok := totp.Check(rfcSecret, right, now, now.Unix()/30, 0); ok {
		t.Error("a code works twice")
	}
}

package pdf_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"naikkelas/internal/render/pdf"
)

// engine is one for all tests, with compiled code shared by all tests of the machine.
var engine *pdf.Engine

func TestMain(m *testing.M) {
	model.ConfigPath = "disable" // keeps pdfcpu out of the home folder
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	if engine, err = pdf.NewEngine(context.Background(), filepath.Join(dir, "naikkelas-test", "pdfium")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer engine.Close()
	return m.Run()
}

// file writes a PDF of objects, of which the first is the catalogue.
func file(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var table strings.Builder
	for i, object := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	n, start := len(objects)+1, b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n",
		n, &table, n, start)
	return b.Bytes()
}

func stream(content string) string {
	return fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(content), content)
}

// marked has one page, with a red square in its upper left quarter.
func marked(catalogue, page string) []byte {
	return file(
		"<</Type/Catalog/Pages 2 0 R"+catalogue+">>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/Contents 4 0 R"+page+">>",
		stream("1 0 0 rg 0 100 50 100 re f"),
	)
}

const box = "/MediaBox[0 0 100 200]"

// open hands a document to a test and closes it, because an engine has one at a time.
func open(t *testing.T, content []byte, use func(*pdf.Document) error) {
	t.Helper()
	doc, err := engine.Open(content)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(use(doc), doc.Close()); err != nil {
		t.Fatal(err)
	}
}

func draw(t *testing.T, content []byte) (img *image.RGBA) {
	t.Helper()
	open(t, content, func(doc *pdf.Document) (err error) {
		img, err = doc.Draw(0, 200)
		return err
	})
	return img
}

var (
	red   = color.RGBA{R: 255, A: 255}
	white = color.RGBA{R: 255, G: 255, B: 255, A: 255}
)

func TestPagesStandAsTheySay(t *testing.T) {
	for _, test := range []struct {
		name, page string
		size       image.Point
		red, white image.Point
	}{
		{"upright", box, image.Pt(100, 200), image.Pt(25, 50), image.Pt(75, 50)},
		{"a quarter", box + "/Rotate 90", image.Pt(200, 100), image.Pt(150, 25), image.Pt(50, 25)},
		{"upside down", box + "/Rotate 180", image.Pt(100, 200), image.Pt(75, 150), image.Pt(25, 150)},
		{"three quarters", box + "/Rotate -90", image.Pt(200, 100), image.Pt(50, 75), image.Pt(150, 75)},
	} {
		img := draw(t, marked("", test.page))
		if img.Bounds().Size() != test.size {
			t.Errorf("%s: size %v, want %v", test.name, img.Bounds().Size(), test.size)
		}
		if img.At(test.red.X, test.red.Y) != red || img.At(test.white.X, test.white.Y) != white {
			t.Errorf("%s: got %v and %v, want red and white", test.name,
				img.At(test.red.X, test.red.Y), img.At(test.white.X, test.white.Y))
		}
	}
}

func TestPageBoxDoesNotDecideTheMemory(t *testing.T) {
	for _, test := range []struct {
		page string
		size image.Point
	}{
		{"/MediaBox[0 0 2000000000 1000000000]", image.Pt(200, 100)},
		{"/MediaBox[0 0 14400 1]", image.Pt(200, 1)},
		{"/MediaBox[0 0 0.001 0.001]", image.Pt(200, 200)},
		{"/MediaBox[0 0 10 20]/UserUnit 75000", image.Pt(100, 200)},
	} {
		if img := draw(t, marked("", test.page)); img.Bounds().Size() != test.size {
			t.Errorf("%s: size %v, want %v", test.page, img.Bounds().Size(), test.size)
		}
	}
}

func TestTransparentPageIsOnWhite(t *testing.T) {
	img := draw(t, file(
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Group<</S/Transparency/CS/DeviceRGB>>"+
			"/Resources<</ExtGState<</G<</ca 0.5>>>>>>"+box+">>",
		stream("/G gs 1 0 0 rg 0 100 50 100 re f"),
	))
	if got := img.RGBAAt(25, 50); got.R != 255 || got.G < 120 || got.G > 135 || got.A != 255 {
		t.Errorf("half red is %v", got)
	}
	if img.At(75, 50) != white {
		t.Errorf("paper is %v", img.At(75, 50))
	}
}

func TestFormFieldsAreDrawn(t *testing.T) {
	appearance := "<</Type/XObject/Subtype/Form/BBox[0 0 100 100]/Length 28>>\nstream\n1 0 0 rg 0 0 100 100 re f   \nendstream"
	img := draw(t, file(
		"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/Annots[4 0 R]"+box+">>",
		"<</Type/Annot/Subtype/Widget/FT/Tx/T(nama)/V(Suparmi)/Rect[0 100 100 200]/F 4/AP<</N 5 0 R>>>>",
		appearance,
	))
	if img.At(50, 50) != red || img.At(50, 150) != white {
		t.Errorf("field is %v, page is %v", img.At(50, 50), img.At(50, 150))
	}
}

func TestFilesThatDoNotOpen(t *testing.T) {
	for name, content := range map[string][]byte{
		"nothing":  {},
		"text":     []byte("%PDF-1.7\nbukan PDF"),
		"no pages": file("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"),
		"loop of pages": file("<</Type/Catalog/Pages 2 0 R>>",
			"<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"),
		"page that is none": file("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "(halaman)"),
	} {
		doc, err := engine.Open(content)
		if err == nil {
			var pages int
			if pages, err = doc.Pages(); err == nil {
				err = doc.Check(pages)
			}
			doc.Close()
		}
		if !errors.Is(err, pdf.ErrUnreadable) {
			t.Errorf("%s: got %v, want %v", name, err, pdf.ErrUnreadable)
		}
	}
}

// locked encrypts a PDF.
func locked(t *testing.T, content []byte, user, owner string) []byte {
	t.Helper()
	conf := model.NewAESConfiguration(user, owner, 256)
	var b bytes.Buffer
	if err := api.Encrypt(bytes.NewReader(content), &b, conf); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPasswords(t *testing.T) {
	plain := marked("", box)
	if _, err := engine.Open(locked(t, plain, "rahasia", "pemilik")); !errors.Is(err, pdf.ErrLocked) {
		t.Errorf("password to open: got %v, want %v", err, pdf.ErrLocked)
	}
	if img := draw(t, locked(t, plain, "", "pemilik")); img.At(25, 50) != red {
		t.Errorf("password to change: corner is %v", img.At(25, 50))
	}
}

func TestFeatures(t *testing.T) {
	script := marked("", box+"/AA<</O<</S/JavaScript/JS(app.alert\\(1\\))>>>>")
	var compressed bytes.Buffer
	if err := api.Optimize(bytes.NewReader(script), &compressed, model.NewDefaultConfiguration()); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(compressed.Bytes(), []byte("/JavaScript")) {
		t.Fatal("the compressed file shows its names")
	}
	for _, test := range []struct {
		name string
		file []byte
		want pdf.Features
	}{
		{"plain", marked("", box), pdf.Features{}},
		{"words in a title", marked("/Lang(\\(/JavaScript /Launch /EF)", box), pdf.Features{}},
		{"open action", marked("/OpenAction<</S/JavaScript/JS(1)>>", box), pdf.Features{JavaScript: true}},
		{"odd spelling", marked("/OpenAction<</S/J#61vaScript/#4aS(1)>>", box), pdf.Features{JavaScript: true}},
		{"page action", script, pdf.Features{JavaScript: true}},
		{"compressed", compressed.Bytes(), pdf.Features{JavaScript: true}},
		{"encrypted", locked(t, script, "", "pemilik"), pdf.Features{JavaScript: true}},
		{"program", marked("/OpenAction<</S/Launch/F(cmd.exe)>>", box), pdf.Features{Launch: true}},
		{"attachment", marked("/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a)/EF<</F 4 0 R>>>>]>>>>", box),
			pdf.Features{EmbeddedFiles: true}},
	} {
		open(t, test.file, func(doc *pdf.Document) error {
			got, err := doc.Features()
			if got != test.want {
				t.Errorf("%s: got %+v, want %+v", test.name, got, test.want)
			}
			return err
		})
	}
}

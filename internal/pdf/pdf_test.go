package pdf_test

import (
	"bytes"
	"context"
	"flag"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"github.com/tetratelabs/wazero"
	wasm "github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"naikkelas/internal/pdf"
)

// pictures is where papers are drawn to be looked at.
var pictures = flag.String("pictures", "", "folder for pictures of papers")

// mostBytes is how large the file of a paper may be.
const mostBytes = 60 << 10

// link leads to a paper, with a code of the length that codes have.
const link = "https://naikkelas.example/cek/7F3K92QDAB7F3K92QDAB7F3K92"

func paper(change func(*pdf.Paper)) pdf.Paper {
	p := pdf.Paper{
		Lang: "id", Brand: "Naik Kelas", Title: "Surat tamat pelatihan", Over: "Diberikan kepada", Name: "Contoh Suparmi Lestari",
		Under: "yang sudah menyelesaikan dan lulus pelatihan Pengelasan SMAW 3G di LPK Contoh.",
		Facts: []pdf.Fact{
			{"Nomor", "TP-7F3K92QD"}, {"Diterbitkan", "4 Januari 2027"}, {"Waktu pelatihan", "14 Desember 2026 sampai 30 Desember 2026"},
			{"Lama", "240 jam pelajaran (45 menit)"}, {"Lembaga", "LPK Contoh"}, {"Nomor izin lembaga", "503/0001/2026"},
		},
		Units:    "Unit yang dipelajari",
		UnitList: []string{"C.24LAS01.001.1 Menerapkan K3 di tempat kerja", "C.24LAS01.021.1 Mengelas pelat posisi 3G"},
		What:     "Surat tamat pelatihan dari LPK Contoh, dicatat di Naik Kelas; bukan sertifikat kompetensi, tanpa tanda tangan elektronik.",
		Check:    "Pindai kode ini, atau buka alamat di bawah, untuk melihat apakah surat ini masih berlaku.",
		Link:     link, Demo: "Contoh: bukan situs resmi.", At: time.Date(2027, 1, 4, 3, 0, 0, 0, time.UTC),
	}
	if change != nil {
		change(&p)
	}
	return p
}

func drawn(t *testing.T, p pdf.Paper) []byte {
	t.Helper()
	file, err := p.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if len(file) > mostBytes {
		t.Errorf("the file has %d bytes, at most %d are allowed", len(file), mostBytes)
	}
	return file
}

// seen is what PDFium reads and draws of the pages.
func seen(t *testing.T, file []byte) (text string, pages []image.Image) {
	t.Helper()
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = t.TempDir()
	}
	cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(dir, "naikkelas-test", "pdfium"))
	if err != nil {
		t.Fatal(err)
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context: context.Background(), MaxIdle: 1, MaxTotal: 1, FSConfig: wazero.NewFSConfig(),
		RuntimeConfig: wazero.NewRuntimeConfig().WithCompilationCache(cache).
			WithCoreFeatures(wasm.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	reader, err := pool.GetInstance(time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, reader, file)
}

func read(t *testing.T, reader pdfium.Pdfium, file []byte) (text string, pages []image.Image) {
	t.Helper()
	doc, err := reader.OpenDocument(&requests.OpenDocument{File: &file})
	if err != nil {
		t.Fatal(err)
	}
	count, err := reader.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil {
		t.Fatal(err)
	}
	for i := range count.PageCount {
		page := requests.Page{ByIndex: &requests.PageByIndex{Document: doc.Document, Index: i}}
		words, err := reader.GetPageText(&requests.GetPageText{Page: page})
		if err != nil {
			t.Fatal(err)
		}
		text += words.Text + "\n"
		picture, err := reader.RenderPageInDPI(&requests.RenderPageInDPI{Page: page, DPI: 150})
		if err != nil {
			t.Fatal(err)
		}
		var kept bytes.Buffer
		if err := png.Encode(&kept, picture.Result.RenderedImage); err != nil {
			t.Fatal(err)
		}
		picture.Cleanup()
		if *pictures != "" {
			name := filepath.Join(*pictures, strings.ReplaceAll(t.Name(), "/", "-")+"-"+string(rune('1'+i))+".png")
			if err := os.WriteFile(name, kept.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		img, err := png.Decode(&kept)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, img)
	}
	return text, pages
}

// poppler is what pdftotext reads of it.
func poppler(t *testing.T, file []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", path, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("pdftotext: %v: %s", err, out)
	}
	return string(out)
}

func decoded(t *testing.T, page image.Image) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(page)
	if err != nil {
		t.Fatal(err)
	}
	found, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		t.Fatalf("no QR code on the page: %v", err)
	}
	return found.GetText()
}

// Poppler and PDFium read a paper alike, its code leads to its page, its fonts are in it, and the same words make the same file.
func TestPaperIsReadAnywhere(t *testing.T) {
	p := paper(nil)
	file := drawn(t, p)
	if !bytes.Equal(file, drawn(t, p)) {
		t.Error("the same paper is drawn in two ways")
	}
	text, pages := seen(t, file)
	for reader, words := range map[string]string{"PDFium": text, "poppler": poppler(t, file)} {
		for _, want := range []string{
			p.Title, p.Name, "TP-7F3K92QD", "240 jam pelajaran", p.UnitList[1], "bukan sertifikat kompetensi", "7F3K92QDAB",
		} {
			if !strings.Contains(strings.Join(strings.Fields(words), " "), want) {
				t.Errorf("%s does not read %q in %s", reader, want, words)
			}
		}
	}
	if len(pages) != 1 {
		t.Fatalf("%d pages", len(pages))
	}
	if got := decoded(t, pages[0]); got != link {
		t.Errorf("the code leads to %q", got)
	}
	embedded(t, file)
}

// embedded wants the letters of every font in the file.
func embedded(t *testing.T, file []byte) {
	t.Helper()
	model.ConfigPath = "disable" // keeps pdfcpu out of the home folder
	doc, err := api.ReadAndValidate(bytes.NewReader(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	fonts := 0
	for _, entry := range doc.Table {
		d, ok := entry.Object.(types.Dict)
		if !ok || d.Type() == nil || *d.Type() != "FontDescriptor" {
			continue
		}
		if _, found := d.Find("FontFile2"); !found {
			t.Errorf("a font is not in the file: %v", d)
		}
		fonts++
	}
	if fonts != 2 {
		t.Errorf("%d fonts", fonts)
	}
}

// Latin names with marks are read as they are written, and one of many words is broken over lines.
func TestNamesWithMarksAreRead(t *testing.T) {
	for _, name := range []string{
		"Āsa Ćirić Ęłska Ňučová Őrsi Ŗīga Şahin Ţânţar Ūna Ŷ Žižka", "Nguyễn Thị Ạnh Đào", "Ñusta D'Árcy-O’Neill", "Siti Nurʻaini",
		strings.TrimSpace(strings.Repeat("Raden Ajeng Kusumaningrum ", 8)),
	} {
		if lacks := pdf.Lacks(name); len(lacks) > 0 {
			t.Errorf("%s lacks %q", name, lacks)
			continue
		}
		file := drawn(t, paper(func(p *pdf.Paper) { p.Name = name }))
		text, pages := seen(t, file)
		for reader, words := range map[string]string{"PDFium": text, "poppler": poppler(t, file)} {
			if !strings.Contains(strings.Join(strings.Fields(words), " "), name) {
				t.Errorf("%s does not read %q in %s", reader, name, words)
			}
		}
		if got := decoded(t, pages[0]); got != link {
			t.Errorf("%s: the code leads to %q", name, got)
		}
	}
}

// A letter that the fonts lack is named, a mark with its letter, each once.
func TestMissingLettersAreNamed(t *testing.T) {
	for text, want := range map[string][]string{
		"Suparmi Lestari": nil, "Ayu\u0323": nil, "": nil, // composed, ụ is one sign
		"陳 Mei 陳": {"陳"}, "Ахмад": {"А", "х", "м", "а", "д"}, "محمد": {"م", "ح", "د"}, "Budi 😀": {"😀"}, "x\u0302": {"x\u0302"},
		"tab\there": {"\t"},
	} {
		if got := pdf.Lacks(text); !slices.Equal(got, want) {
			t.Errorf("%q lacks %q, want %q", text, got, want)
		}
	}
}

// A course of many units goes on on another page; each page has the code.
func TestManyUnitsGoOnOnAnotherPage(t *testing.T) {
	p := paper(func(p *pdf.Paper) {
		for range 60 {
			p.UnitList = append(p.UnitList, "C.24LAS01.021.1 Mengelas pelat dengan posisi di bawah tangan, mendatar, tegak dan di atas kepala "+
				"menurut gambar kerja")
		}
		p.State = "Surat ini dicabut pada 5 Januari 2027 dan tidak berlaku lagi."
	})
	text, pages := seen(t, drawn(t, p))
	text = strings.Join(strings.Fields(text), " ")
	if len(pages) < 2 || strings.Count(text, "bukan sertifikat kompetensi") != len(pages) || !strings.Contains(text, p.State) {
		t.Errorf("%d pages: %s", len(pages), text)
	}
	for _, page := range pages {
		if got := decoded(t, page); got != link {
			t.Errorf("the code leads to %q", got)
		}
	}
}

// Package pdf draws the paper of a passed course: one page of A4, or more where the course has many units, all of it lines and
// letters with the fonts in it. The same paper is drawn from the same words, byte for byte.
package pdf

import (
	"bytes"
	"fmt"
	"time"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-pdf/fpdf"
	"github.com/boombuler/barcode/qr"
)

// A Fact is a label and what is true of it.
type Fact struct{ Label, Text string }

// Paper is what a paper says, in words that are ready to be printed.
type Paper struct {
	Lang     string
	Brand    string // whose portal it is
	Title    string
	Over     string // before the name
	Name     string
	Under    string // after the name: what was passed, and where
	Facts    []Fact
	Units    string // over the list of units
	UnitList []string
	What     string // what kind of paper this is, and is not
	Check    string // how it is looked up
	Link     string // where, as the code of the QR and in letters
	Demo     string // that this installation is none for real, empty for one that is
	State    string // that the paper holds no more, empty while it does
	At       time.Time
}

const (
	family = "Paper"
	left   = 22.0
	right  = 22.0
	width  = 210 - left - right
	foot   = 60.0 // room at the bottom of each page, for the code and what kind of paper it is
)

// The colours of the portal: its teal, its marigold, ink, and ink for what matters less.
var (
	teal  = [3]int{0x0a, 0x4a, 0x57}
	gold  = [3]int{0xf2, 0xa7, 0x1b}
	ink   = [3]int{0x12, 0x26, 0x2d}
	quiet = [3]int{0x4a, 0x5b, 0x61}
	red   = [3]int{0xa8, 0x26, 0x1c}
)

// sheet is a document on which a paper is drawn.
type sheet struct {
	*fpdf.Fpdf
	paper Paper
}

// Bytes draws the paper.
func (p Paper) Bytes() ([]byte, error) {
	code, err := qrSquares(p.Link)
	if err != nil {
		return nil, fmt.Errorf("draw paper: %w", err)
	}
	d := &sheet{fpdf.New("P", "mm", "A4", ""), p}
	d.SetCatalogSort(true)
	d.SetCreationDate(p.At.UTC())
	d.SetModificationDate(p.At.UTC())
	d.SetProducer(p.Brand, true)
	d.SetTitle(p.Title+", "+p.Name, true)
	d.SetLang(p.Lang)
	d.AddUTF8FontFromBytes(family, "", liberationsansregular.TTF)
	d.AddUTF8FontFromBytes(family, "B", liberationsansbold.TTF)
	d.SetMargins(left, 40, right)
	d.SetCellMargin(0)
	d.SetAutoPageBreak(true, foot)
	d.SetHeaderFunc(d.head)
	d.SetFooterFunc(func() { d.bottom(code) })
	d.AddPage()
	d.body()
	var out bytes.Buffer
	if err := d.Output(&out); err != nil {
		return nil, fmt.Errorf("draw paper: %w", err)
	}
	return out.Bytes(), nil
}

func (d *sheet) letters(style string, size float64, colour [3]int) {
	d.SetFont(family, style, size)
	d.SetTextColor(colour[0], colour[1], colour[2])
}

func (d *sheet) fill(colour [3]int, x, y, w, h float64) {
	d.SetFillColor(colour[0], colour[1], colour[2])
	d.Rect(x, y, w, h, "F")
}

// head is the band with the mark of the portal, and that this is no real paper where it is none.
func (d *sheet) head() {
	d.fill(teal, 0, 0, 210, 24)
	d.fill(gold, 0, 24, 210, 1.6)
	for i, h := range []float64{3.2, 5.6, 8} { // three steps
		d.fill(gold, left+float64(i)*3, 16-h, 2.2, h)
	}
	d.letters("B", 16, [3]int{0xff, 0xff, 0xff})
	d.SetXY(left+12, 7)
	d.CellFormat(width-12, 10, d.paper.Brand, "", 0, "L", false, 0, "")
	if d.paper.Demo != "" {
		d.letters("B", 9, red)
		d.SetXY(left, 28)
		d.CellFormat(width, 5, d.paper.Demo, "", 0, "L", false, 0, "")
	}
	d.SetXY(left, 40)
}

// paragraph writes text over as many lines as it takes, with room after it.
func (d *sheet) paragraph(text string, height, after float64) {
	if text == "" {
		return
	}
	d.SetX(left)
	d.MultiCell(width, height, text, "", "L", false)
	d.Ln(after)
}

func (d *sheet) body() {
	p := d.paper
	d.letters("B", 12, red)
	d.paragraph(p.State, 6, 4)
	d.letters("B", 24, teal)
	d.paragraph(p.Title, 11, 7)
	d.letters("", 11, quiet)
	d.paragraph(p.Over, 6, 2)
	d.letters("B", 26, ink)
	d.paragraph(p.Name, 12, 3)
	d.letters("", 12, ink)
	d.paragraph(p.Under, 6.5, 6)
	d.facts()
	if len(p.UnitList) == 0 {
		return
	}
	d.letters("B", 11, teal)
	d.paragraph(p.Units, 6, 1)
	d.letters("", 10, ink)
	for _, unit := range p.UnitList {
		d.paragraph(unit, 5, 0.6)
	}
}

// facts sets labels over their values, two in a line.
func (d *sheet) facts() {
	const gap = 8.0
	column := (width - gap) / 2
	for i := 0; i < len(d.paper.Facts); i += 2 {
		top, lowest := d.GetY(), 0.0
		for n, f := range d.paper.Facts[i:min(i+2, len(d.paper.Facts))] {
			x := left + float64(n)*(column+gap)
			d.SetXY(x, top)
			d.letters("", 9, quiet)
			d.MultiCell(column, 4.5, f.Label, "", "L", false)
			d.SetX(x)
			d.letters("B", 11, ink)
			d.MultiCell(column, 5.5, f.Text, "", "L", false)
			lowest = max(lowest, d.GetY())
		}
		d.SetXY(left, lowest+3.5)
	}
	d.Ln(2)
}

// bottom is the code by which a paper is looked up, and what kind of paper it is: on each page.
func (d *sheet) bottom(code [][]bool) {
	const size, top = 34.0, 297 - foot + 6
	d.fill(gold, left, top-3, width, 0.5)
	square := size / float64(len(code))
	d.SetFillColor(0, 0, 0)
	for y, row := range code {
		for x := 0; x < len(row); x++ {
			run := x
			for run < len(row) && row[run] {
				run++
			}
			if run > x {
				d.Rect(left+float64(x)*square, top+float64(y)*square, float64(run-x)*square, square, "F")
				x = run
			}
		}
	}
	x := left + size + 6
	write := func(text, style string, height, size float64, colour [3]int) {
		d.letters(style, size, colour)
		d.SetX(x)
		d.MultiCell(210-right-x, height, text, "", "L", false)
		d.Ln(1.5)
	}
	d.SetAutoPageBreak(false, 0)
	d.SetXY(x, top)
	write(d.paper.What, "B", 5, 10, ink)
	write(d.paper.Check, "", 4.6, 9, quiet)
	write(d.paper.Link, "", 4.6, 9, teal)
	d.SetAutoPageBreak(true, foot)
}

// qrSquares are the squares of the code of an address, row by row; dark ones are true.
func qrSquares(link string) ([][]bool, error) {
	code, err := qr.Encode(link, qr.M, qr.Auto)
	if err != nil {
		return nil, err
	}
	side := code.Bounds().Dx()
	rows := make([][]bool, side)
	for y := range rows {
		rows[y] = make([]bool, side)
		for x := range rows[y] {
			r, _, _, _ := code.At(x, y).RGBA()
			rows[y][x] = r == 0
		}
	}
	return rows, nil
}

package e2e

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/chromedp/chromedp"
)

// pictures is where pictures of the main pages go; `make screens` names docs/screens.
var pictures = flag.String("pictures", "", "folder for pictures of the main pages")

// wide is a desk's screen.
const wide = 1280

// picture looks at the page on a wide screen too, and keeps a picture of both, where pictures are
// wanted, under a name and the width.
func (w *person) picture(name string) *person {
	w.t.Helper()
	if w.way != ways[0] {
		return w
	}
	w.keep(name, w.width)
	return w.widened(func() { w.keep(name, wide) })
}

// widened looks at the page on a wide screen, and does what is given there.
func (w *person) widened(there ...func()) *person {
	w.t.Helper()
	w.do("widen", chromedp.EmulateViewport(wide, 800))
	w.check()
	for _, do := range there {
		do()
	}
	w.do("narrow", chromedp.EmulateViewport(w.width, 800))
	return w
}

func (w *person) keep(name string, width int64) {
	w.t.Helper()
	if *pictures == "" {
		return
	}
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	const quality = 50
	jpeg, err := chromedp.Run(ctx, chromedp.FullScreenshot(quality))
	if err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*pictures, fmt.Sprintf("%s-%d.jpg", name, width)), jpeg, 0o644); err != nil {
		w.t.Fatal(err)
	}
}

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

// picture keeps a picture of the page, where pictures are wanted, under a name and the width.
func (w *person) picture(name string) *person {
	w.t.Helper()
	if *pictures == "" || !w.scripts || w.english {
		return w
	}
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*pictures, fmt.Sprintf("%s-%d.png", name, w.width)), png, 0o644); err != nil {
		w.t.Fatal(err)
	}
	return w
}

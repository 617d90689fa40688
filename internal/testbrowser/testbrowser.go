// Package testbrowser says which browser tests drive, and how it is started.
package testbrowser

import (
	"os"
	"slices"

	"github.com/chromedp/chromedp"
)

// Program is Chromium without windows, as `make setup` installs it. The browser with windows draws them even where nobody
// sees them, which doubles what each page costs.
const Program = "chromium-headless-shell"

// Options are how tests start the browser; flags are switched on besides.
func Options(flags ...string) []chromedp.ExecAllocatorOption {
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(Program))
	quiet := []string{"disable-gpu", "disable-quic", "disable-background-networking", "disable-component-update", "disable-sync"}
	for _, flag := range append(quiet, flags...) {
		options = append(options, chromedp.Flag(flag, true))
	}
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium has no sandbox for root
	}
	return options
}

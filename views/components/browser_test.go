package components_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"naikkelas/internal/testbrowser"
)

// patience is how long one step in the browser may take.
const patience = 20 * time.Second

// newBrowser starts one browser for a test; tabs are opened in its context.
func newBrowser(t *testing.T) context.Context {
	t.Helper()
	allocator, stop := chromedp.NewExecAllocator(context.Background(), testbrowser.Options()...)
	t.Cleanup(stop)
	browser, quit := chromedp.NewContext(allocator)
	t.Cleanup(quit)
	if err := chromedp.Do(browser, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	return browser
}

// A tab is a page in the browser, and what the browser complained about on it.
type tab struct {
	t          *testing.T
	ctx        context.Context
	mu         sync.Mutex
	complaints []string
}

// open loads an address in a new tab of the given width.
func open(t *testing.T, browser context.Context, address string, width int64) *tab {
	t.Helper()
	ctx, shut := chromedp.NewContext(browser)
	t.Cleanup(shut)
	b := &tab{t: t, ctx: ctx}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 800)); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, log.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Navigate(address))
	return b
}

func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *log.EventEntryAdded:
		b.complaints = append(b.complaints, e.Entry.Text)
	case *runtime.EventExceptionThrown:
		b.complaints = append(b.complaints, e.ExceptionDetails.Text)
	}
}

func (b *tab) heard() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.complaints)
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// eval returns what an expression is on the page.
func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// want waits until an expression is true.
func (b *tab) want(what, expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression)); err != nil {
		b.t.Errorf("%s: %s: %v", what, expression, err)
	}
}

func TestPagesInABrowser(t *testing.T) {
	server, browser := serve(t), newBrowser(t)
	axe, err := os.ReadFile(filepath.Join(moduleRoot, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range samplePages() {
		for _, width := range []int64{320, 360, 1280} {
			t.Run(fmt.Sprintf("%s at %d", p.name, width), func(t *testing.T) {
				b := open(t, browser, server.URL+"/"+p.name, width)
				if over := eval[int](b, `document.documentElement.scrollWidth - window.innerWidth`); over > 0 {
					t.Errorf("the page is %d pixels too wide", over)
				}
				if width != 320 {
					eval[any](b, string(axe)+"; 0")
					for _, fault := range eval[[]string](b, axeRun) {
						t.Error(fault)
					}
				}
				if heard := b.heard(); len(heard) > 0 {
					t.Errorf("the browser complains: %s", strings.Join(heard, "\n"))
				}
			})
		}
	}
}

// axeRun returns one line for each element that breaks a rule of WCAG 2.2 AA. Menus
// and folded parts are opened first, because axe looks only at what is shown.
const axeRun = `(async () => {
	document.querySelectorAll("details:not([data-menu])").forEach((d) => (d.open = true));
	const result = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
	return result.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.html.slice(0, 200) + " " + (n.any[0]?.message ?? "")));
})()`

// A check that finds nothing looks the same as one that cannot find anything.
func TestFaultsAreFoundInABrowser(t *testing.T) {
	server, browser := serve(t), newBrowser(t)
	axe, err := os.ReadFile(filepath.Join(moduleRoot, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	b := open(t, browser, server.URL+"/home", 1280)
	eval[any](b, `document.querySelector("main").insertAdjacentHTML("beforeend", '<input>' +
		'<p class="btn-secondary" style="color:red">Pudar</p><p class="bg-base-100 text-neutral-content/75">Pudar</p>'); 0`)
	eval[any](b, string(axe)+"; 0")
	faults := strings.Join(eval[[]string](b, axeRun), "\n")
	for _, want := range []string{"label: <input>", "color-contrast: <p"} {
		if !strings.Contains(faults, want) {
			t.Errorf("axe does not find %q among: %s", want, faults)
		}
	}
	if heard := strings.Join(b.heard(), "\n"); !strings.Contains(heard, "inline style") {
		t.Errorf("an inline style is not complained about: %q", heard)
	}
}

func TestScriptsInABrowser(t *testing.T) {
	server, browser := serve(t), newBrowser(t)

	t.Run("errors come first", func(t *testing.T) {
		b := open(t, browser, server.URL+"/components", 360)
		b.want("the summary has the focus", `document.activeElement.hasAttribute("data-error-summary")`)
		b.do(chromedp.Click(`[data-error-summary] a[href="#f-birth"]`))
		b.want("the link leads to the field", `document.activeElement.id === "f-birth"`)
		b.want("its label is in sight", `document.querySelector("fieldset:has(#f-birth) legend").getBoundingClientRect().top >= 0`)
	})
	t.Run("letters are counted", func(t *testing.T) {
		b := open(t, browser, server.URL+"/components", 360)
		b.want("at once", `document.querySelector("#f-motivation-count").textContent === "271 huruf lagi"`)
		eval[any](b, `{ const a = document.querySelector("#f-motivation"); a.value = "é😀".repeat(151); a.dispatchEvent(new Event("input")); 0 }`)
		b.want("as the server counts", `document.querySelector("#f-motivation-count").textContent === "2 huruf terlalu banyak"`)
	})
	t.Run("a password can be looked at", func(t *testing.T) {
		b := open(t, browser, server.URL+"/components", 360)
		b.do(chromedp.Click(`[data-reveal="f-password"]`))
		b.want("shown", `document.querySelector("#f-password").type === "text"`)
		b.do(chromedp.Click(`[data-reveal="f-password"]`))
		b.want("hidden again", `document.querySelector("#f-password").type === "password"`)
	})
	t.Run("a menu closes", func(t *testing.T) {
		b := open(t, browser, server.URL+"/home", 360)
		b.do(chromedp.Click(`header details summary`))
		b.want("open", `document.querySelector("header details").open`)
		b.do(chromedp.KeyEvent(kb.Escape))
		b.want("closed by Escape, with the focus back",
			`!document.querySelector("header details").open && document.activeElement.tagName === "SUMMARY"`)
		b.do(chromedp.Click(`header details summary`), chromedp.Click(`footer p`))
		b.want("closed by a press elsewhere", `!document.querySelector("header details").open`)
	})
	t.Run("a dialog opens and closes", func(t *testing.T) {
		b := open(t, browser, server.URL+"/components", 1280)
		b.do(chromedp.Click(`[data-dialog="withdraw"]`))
		b.want("open, on the same page", `document.querySelector("#withdraw").open && location.pathname === "/components"`)
		b.do(chromedp.Click(`#withdraw [data-close]`))
		b.want("closed", `!document.querySelector("#withdraw").open`)
	})
}

func TestPressesInABrowser(t *testing.T) {
	server, browser := serve(t), newBrowser(t)

	t.Run("a second press sends nothing", func(t *testing.T) {
		b := open(t, browser, server.URL+"/components", 1280)
		sent := eval[[]bool](b, `(() => {
			const form = document.querySelector("form.form");
			const press = () => form.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
			return [press(), press(), form.getAttribute("aria-busy") === "true"];
		})()`)
		if !slices.Equal(sent, []bool{true, false, true}) {
			t.Errorf("first sent, second sent, busy: %v", sent)
		}
	})
	t.Run("the language switch keeps the place", func(t *testing.T) {
		b := open(t, browser, server.URL+"/home#isi", 1280)
		got := eval[string](b, `(() => {
			const link = document.querySelector("footer a[data-language]");
			link.addEventListener("click", (e) => e.preventDefault());
			link.click();
			return link.getAttribute("href");
		})()`)
		if !strings.HasSuffix(got, "#isi") {
			t.Errorf("the switch leads to %q", got)
		}
	})
}

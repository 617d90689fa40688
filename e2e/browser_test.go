package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"naikkelas/internal/testbrowser"
	"naikkelas/internal/urls"
)

// browser is the one browser of this package's tests; every tab has cookies of its own.
var browser = sync.OnceValues(func() (context.Context, error) {
	options := testbrowser.Options("use-fake-device-for-media-stream", "use-fake-ui-for-media-stream")
	options = append(options, chromedp.Flag("autoplay-policy", "no-user-gesture-required")) // tests press play by themselves
	allocator, _ := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ := chromedp.NewContext(allocator)
	return ctx, chromedp.Do(ctx, chromedp.Navigate("about:blank"))
})

// way is how somebody uses the portal.
type way struct {
	name    string
	scripts bool
	english bool
	width   int64
}

// person is one person's browser: a tab with cookies of its own.
type person struct {
	*portal
	way
	t          *testing.T
	ctx        context.Context
	loaded     chan struct{}
	mu         sync.Mutex
	complaints []string
	received   float64 // encoded bytes since the last weighing
}

// person opens a browser window for somebody.
func (p *portal) person(t *testing.T, w way) *person {
	t.Helper()
	parent, err := browser()
	if err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	ctx, shut := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	t.Cleanup(shut)
	who := &person{portal: p, way: w, t: t, ctx: ctx, loaded: make(chan struct{}, 100)}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(w.width, 800)); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, who.hear); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, log.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	if !w.scripts {
		off := emulation.SetScriptExecutionDisabledParams{Value: true}
		if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, off); err != nil {
			t.Fatal(err)
		}
	}
	return who
}

func (w *person) hear(event any) {
	switch e := event.(type) {
	case *page.EventLoadEventFired:
		select {
		case w.loaded <- struct{}{}:
		default:
		}
	case *network.EventLoadingFinished:
		w.mu.Lock()
		w.received += e.EncodedDataLength
		w.mu.Unlock()
	case *log.EventEntryAdded:
		w.complain(e.Entry.Text + " " + e.Entry.URL)
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if of := e.ExceptionDetails.Exception; of != nil {
			text += " " + of.Description
		}
		w.complain(text)
	}
}

// complain notes what the browser found wrong. Answers such as 422 are told as failed loads: they are the
// portal's way of showing a form again. That signing out clears the cache is no fault either.
func (w *person) complain(text string) {
	if strings.Contains(text, "the server responded with a status of 4") || strings.HasPrefix(text, "Clear-Site-Data header") {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.complaints = append(w.complaints, text)
}

// address is a path's address in the person's language.
func (w *person) address(path string) string {
	if w.english {
		path = urls.InEnglish(path)
	}
	return w.base + path
}

func (w *person) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		w.t.Fatalf("%s: %s: %v\n%s", w.way.name, what, err, w.where())
	}
}

// eval returns what an expression is on the page.
func eval[T any](w *person, expression string) T {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		w.t.Fatalf("%s: %s: %v", w.way.name, expression, err)
	}
	return value
}

// where says which page is shown, for a failure's message.
func (w *person) where() string {
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href + "\n" + document.body.innerText.slice(0, 3000)`))
	if err != nil {
		return err.Error()
	}
	return text
}

// visit opens a page of the portal and checks it as every page is checked.
func (w *person) visit(path string) *person {
	w.t.Helper()
	w.leave("open "+path, chromedp.Navigate(w.address(path)))
	return w
}

// leave does what leads to another page, waits until that is loaded, and checks it.
func (w *person) leave(what string, steps ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	for len(w.loaded) > 0 {
		<-w.loaded
	}
	w.do(what, steps...)
	select {
	case <-w.loaded:
	case <-time.After(patience):
		w.t.Fatalf("%s: %s: no page came\n%s", w.way.name, what, w.where())
	}
	w.check()
}

// press follows a link or presses a button that leads to another page.
func (w *person) press(selector string) *person {
	w.t.Helper()
	w.sees(selector)
	w.leave("press "+selector, chromedp.Click(selector))
	return w
}

// fill writes into a field, over what stands there: what is a text at once, as a keyboard's word suggestions do, because
// keys one by one take most of the time of a long form; what has parts, such as a day, key by key.
func (w *person) fill(name, text string) *person {
	w.t.Helper()
	selector := "#f-" + name
	w.sees(selector)
	whole := eval[bool](w, fmt.Sprintf(`((field) => {
		field.value = "";
		field.focus();
		return field.matches("textarea, [type=text], [type=tel], [type=email], [type=search], [type=password], [type=url]");
	})(document.querySelector(%q))`, selector))
	if !whole {
		w.do("fill "+selector, chromedp.SendKeys(selector, text))
		return w
	}
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if _, err := chromedp.Call(ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		w.t.Fatalf("%s: fill %s: %v\n%s", w.way.name, selector, err, w.where())
	}
	return w
}

// choose picks an option of a list, by its value.
func (w *person) choose(name, value string) *person {
	w.t.Helper()
	return w.pick("#f-"+name, value)
}

// pick picks an option of the list that the selector finds.
func (w *person) pick(selector, value string) *person {
	w.t.Helper()
	w.sees(fmt.Sprintf("%s option[value=%q]", selector, value))
	eval[bool](w, fmt.Sprintf(`{
		const list = document.querySelector(%q);
		list.value = %q;
		list.dispatchEvent(new Event("change", {bubbles: true}))
	}`, selector, value))
	return w
}

// tick checks a box or a radio button, by its selector, unless it is checked.
func (w *person) tick(selector string) *person {
	w.t.Helper()
	w.sees(selector)
	if !eval[bool](w, fmt.Sprintf(`document.querySelector(%q).checked`, selector)) {
		w.do("tick "+selector, chromedp.Click(selector))
	}
	return w
}

// attach chooses files in a file field.
func (w *person) attach(name string, files ...string) *person {
	w.t.Helper()
	w.sees("#f-" + name)
	inside := func(selector string) bool {
		return w.scripts && eval[bool](w, fmt.Sprintf(`document.getElementById(%q).closest(%q) !== null`, "f-"+name, selector))
	}
	choose := func() { w.do("attach to "+name, chromedp.SetUploadFiles("#f-"+name, files)) }
	switch {
	case inside("[data-then=reload]"): // the page sends the file and shows itself again
		w.leave("attach to "+name, chromedp.SetUploadFiles("#f-"+name, files))
	case inside("[data-upload]"): // the page sends the file at once
		choose()
		w.await("what was attached to "+name+" arrives", fmt.Sprintf(`((list) =>
			list.children.length >= %d && !list.querySelector("progress")
		)(document.getElementById(%q).closest("[data-upload]").querySelector("[data-upload-list]"))`, len(files), "f-"+name))
	default:
		choose()
	}
	return w
}

// await waits until a condition of the page holds.
func (w *person) await(what, condition string) {
	w.t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for late := time.After(patience); !eval[bool](w, condition); {
		select {
		case <-tick.C:
		case <-late:
			w.t.Fatalf("%s: %s: never\n%s", w.way.name, what, w.where())
		}
	}
}

// sees fails unless the page has the element.
func (w *person) sees(selector string) *person {
	w.t.Helper()
	if !eval[bool](w, fmt.Sprintf(`document.querySelector(%q) !== null`, selector)) {
		w.t.Fatalf("%s: no %s on\n%s", w.way.name, selector, w.where())
	}
	return w
}

// text is what an element says.
func (w *person) text(selector string) string {
	w.t.Helper()
	w.sees(selector)
	return eval[string](w, fmt.Sprintf(`document.querySelector(%q).innerText`, selector))
}

// path is where the person is, without the language.
func (w *person) path() string {
	w.t.Helper()
	path, _ := urls.CutEnglish(eval[string](w, `location.pathname`))
	return path
}

// axeSource is axe-core, as npm brings it.
var axeSource = sync.OnceValues(func() (string, error) {
	b, err := os.ReadFile(filepath.Join(moduleRoot, "node_modules", "axe-core", "axe.min.js"))
	return string(b), err
})

// check looks at a page as every page must be: no fault that axe finds, nothing wider than
// the screen, no complaint of the browser, the right language.
func (w *person) check() {
	w.t.Helper()
	here := w.path()
	language := map[bool]string{false: "id", true: "en"}[w.english]
	if got := eval[string](w, `document.documentElement.lang`); got != language {
		w.t.Errorf("%s: %s: language %q", w.way.name, here, got)
	}
	if over := eval[int](w, `document.documentElement.scrollWidth - window.innerWidth`); over > 0 {
		w.t.Errorf("%s: %s: %s pixels too wide", w.way.name, here, strconv.Itoa(over))
	}
	if w.scripts {
		w.runAxe(here)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, complaint := range w.complaints {
		w.t.Errorf("%s: %s: the browser complains: %s", w.way.name, here, complaint)
	}
	w.complaints = nil
}

// looked are the shapes of pages that axe has looked at in this run, see shape.
var looked sync.Map

// runAxe lets axe look at the page, once for each shape that a page of the run has: journeys meet the same pages again and
// again, and looking takes longer than all that people do on them.
func (w *person) runAxe(here string) {
	w.t.Helper()
	if _, known := looked.LoadOrStore(eval[string](w, shape), true); known {
		return
	}
	source, err := axeSource()
	if err != nil {
		w.t.Fatal(err)
	}
	eval[any](w, source+"; 0")
	for _, fault := range eval[[]string](w, axeRun) {
		w.t.Errorf("%s: %s: %s", w.way.name, here, fault)
	}
}

// shape is all of a page that axe judges by: its elements with their attributes, but for the addresses, numbers, names and values
// of this one, neighbours that are alike once; where there is text and where there is none; the width and the language.
const shape = `(() => {
	const named = ["value", "datetime", "style", "d", "points", "aria-label", "alt", "title", "content"];
	const note = (e) => {
		const parts = [e.tagName];
		for (const a of e.attributes) {
			const plain = named.includes(a.name) || a.name.startsWith("data-");
			parts.push(a.name, plain ? a.value !== "" : a.value.replace(/[A-Z]{1,3}-[0-9A-Z]{8}|[0-9a-f-]{36}|[0-9]+/g, "#"));
		}
		let before = "";
		for (const c of e.childNodes) {
			let is = "";
			if (c.nodeType === Node.ELEMENT_NODE) is = note(c);
			else if (c.nodeType === Node.TEXT_NODE && c.data.trim() !== "") is = "text";
			if (is !== "" && is !== before) parts.push(is);
			before = is || before;
		}
		return parts.join("|") + "/";
	};
	const all = innerWidth + document.documentElement.lang + note(document.documentElement);
	let a = 2166136261, b = 5381;
	for (let i = 0; i < all.length; i++) {
		a = Math.imul(a ^ all.charCodeAt(i), 16777619);
		b = Math.imul(b, 33) ^ all.charCodeAt(i);
	}
	return all.length + ":" + (a >>> 0) + ":" + (b >>> 0);
})()`

// axeRun returns one line for each element that breaks a rule of WCAG 2.2 AA. Folded parts are
// looked at too: axe sees only what is shown, so they are opened for it and shut again. Only what is wrong is worked out
// whole, which takes a third less.
const axeRun = `(async () => {
	const shut = [...document.querySelectorAll("details:not([data-menu]):not([open])")];
	shut.forEach((d) => (d.open = true));
	const result = await axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"],
	});
	shut.forEach((d) => (d.open = false));
	return result.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.html.slice(0, 200) + " " + (n.any[0]?.message ?? "")));
})()`

package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"naikkelas/internal/urls"
)

// What pages may cost over the wire, in bytes of all requests with their headers.
const (
	firstVisit  = 75 << 10
	furtherPage = 15 << 10
)

// weigh opens a page and returns what it cost.
func (w *person) weigh(path string) int64 {
	w.t.Helper()
	w.visit(path)
	w.mu.Lock()
	defer w.mu.Unlock()
	weight := int64(w.received)
	w.received = 0
	return weight
}

// scale starts to count what the browser receives.
func (w *person) scale() *person {
	w.t.Helper()
	if _, err := chromedp.Call(w.ctx, network.Enable, network.EnableParams{}); err != nil {
		w.t.Fatal(err)
	}
	return w
}

func TestPagesAreLight(t *testing.T) {
	t.Parallel()
	p := start(t)
	programme := p.openProgramme()
	phone := way{name: "phone", scripts: true, width: 360}
	for name, path := range map[string]string{
		"home": urls.Home(), "catalogue": urls.Programmes(), "programme": urls.Programme(programme), "sign-in": urls.SignIn(),
	} {
		t.Run(name, func(t *testing.T) {
			cold := p.person(t, phone).scale().weigh(path)
			who := p.person(t, phone).scale()
			who.weigh(urls.Questions())
			warm := who.weigh(path)
			t.Logf("first visit %d bytes, further page %d bytes", cold, warm)
			if cold > firstVisit || cold < 10<<10 {
				t.Errorf("a first visit costs %d bytes, at most %d are allowed", cold, firstVisit)
			}
			if warm > furtherPage || warm == 0 {
				t.Errorf("a further page costs %d bytes, at most %d are allowed", warm, furtherPage)
			}
		})
	}
}

// The page that a seeker comes back to most is as light, signed in.
func TestApplicationStatusIsLight(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, way{name: "phone", scripts: true, width: 360})
	w.signIn("budi@contoh.example", demoPassword).at(urls.Me())
	status := urls.Application(p.applicationOf("budi@contoh.example"))
	w.scale().weigh(urls.Me())
	if _, err := chromedp.Call(w.ctx, network.ClearBrowserCache, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	cold := w.weigh(status)
	w.weigh(urls.Me())
	warm := w.weigh(status)
	t.Logf("first visit %d bytes, further page %d bytes", cold, warm)
	if cold > firstVisit || cold < 10<<10 {
		t.Errorf("a first visit costs %d bytes, at most %d are allowed", cold, firstVisit)
	}
	if warm > furtherPage || warm == 0 {
		t.Errorf("a further page costs %d bytes, at most %d are allowed", warm, furtherPage)
	}
}

// Pages that take files are light too: the part that sends them comes when a file is chosen.
func TestPagesThatTakeFilesAreLight(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, way{name: "phone", scripts: true, width: 360})
	w.register("Suparmi", "0812 3456 7894").at(urls.Me())
	w.scale().weigh(urls.Me())
	for _, path := range []string{urls.NewCertificateOf("BNSP_LSP"), urls.NewCertificate(), urls.ProfileSection("foto-ktp"), urls.Uploads()} {
		weight := w.weigh(path)
		t.Logf("%s: %d bytes", path, weight)
		if weight > furtherPage || weight == 0 {
			t.Errorf("%s costs %d bytes, at most %d are allowed", path, weight, furtherPage)
		}
	}
}

// The pages of the way abroad and back are as light: for an offer, for who passes through, for what is needed, for coming back.
func TestPagesOfTheWayAreLight(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, way{name: "phone", scripts: true, width: 360})
	w.register("Suparmi", "0812 3456 7896").at(urls.Me())
	w.plans().scale().weigh(urls.Me())
	for _, path := range []string{urls.Safety(), urls.Transit(), urls.Readiness(), urls.Homecoming()} {
		weight := w.weigh(path)
		t.Logf("%s: %d bytes", path, weight)
		if weight > furtherPage || weight == 0 {
			t.Errorf("%s costs %d bytes, at most %d are allowed", path, weight, furtherPage)
		}
	}
}

// What a help page may cost a phone that comes for the first time: HTML with style, script, icon and headers.
const firstHelp = 20 << 10

// The help pages are for slow lines: all of one costs little, with what is kept of it for when there is no line.
func TestHelpPagesAreLight(t *testing.T) {
	t.Parallel()
	p := start(t)
	for name, path := range map[string]string{
		"help": urls.Help(), "country": urls.HelpIn("MY"), "form": urls.HelpWriteIn("luar-negeri", "HK"),
	} {
		cold := p.person(t, way{name: "phone", scripts: true, width: 360}).scale().weigh(path)
		t.Logf("%s: first visit %d bytes", name, cold)
		if cold > firstHelp || cold < 4<<10 {
			t.Errorf("%s: a first visit costs %d bytes, at most %d are allowed", name, cold, firstHelp)
		}
	}
}

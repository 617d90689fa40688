package layouts_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/views/ambient"
	"naikkelas/views/form"
	"naikkelas/views/layouts"
)

var content = templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, "<h1>Pengelasan</h1>")
	return err
})

func render(t *testing.T, a ambient.Ambient, c templ.Component) *goquery.Document {
	t.Helper()
	ctx := templ.WithChildren(ambient.With(context.Background(), a), content)
	var page bytes.Buffer
	if err := c.Render(ctx, &page); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(&page)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestTitle(t *testing.T) {
	missing := form.Errors{{Field: "login", Key: "form.required"}}
	tests := []struct {
		name   string
		lang   i18n.Lang
		prefix string
		page   layouts.Page
		want   string
	}{
		{"page", i18n.ID, "", layouts.Page{Title: "Masuk"}, "Masuk - Naik Kelas"},
		{"no title", i18n.ID, "", layouts.Page{}, "Naik Kelas"},
		{"errors", i18n.ID, "", layouts.Page{Title: "Masuk", Errors: missing}, "Kesalahan: Masuk - Naik Kelas"},
		{"errors in English", i18n.EN, "", layouts.Page{Title: "Sign in", Errors: missing}, "Error: Sign in - Naik Kelas"},
		{"prefix of the request", i18n.ID, "layouts.nav.help", layouts.Page{Title: "Masuk"}, "Bantuan: Masuk - Naik Kelas"},
	}
	for _, tt := range tests {
		doc := render(t, ambient.Ambient{Lang: tt.lang, Path: "/masuk", TitlePrefix: tt.prefix}, layouts.Portal(tt.page))
		if got := doc.Find("title").Text(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestHeaderOfAVisitor(t *testing.T) {
	doc := render(t, ambient.Ambient{Lang: i18n.EN, Path: "/pelatihan", Query: "q=las"},
		layouts.Portal(layouts.Page{Active: layouts.NavProgrammes}))
	if lang, _ := doc.Find("html").Attr("lang"); lang != "en" {
		t.Errorf("lang %q", lang)
	}
	header := doc.Find("header")
	if header.Find(`a[href="/en/masuk"]`).Length() != 1 || header.Find("form").Length() != 0 {
		t.Error("a visitor is not offered to sign in, or is offered to sign out")
	}
	if got := header.Find(`[aria-current="page"]`).First().Text(); got != "Training" {
		t.Errorf("current entry %q", got)
	}
	if doc.Find(`footer a[lang="id"][href="/pelatihan?q=las"]`).Length() != 1 {
		t.Error("the language switch does not lead to this page")
	}
	if doc.Find("a").First().AttrOr("href", "") != "#isi" || doc.Find("main#isi h1").Length() != 1 {
		t.Error("the first link does not skip to the content")
	}
}

func TestHeaderOfASeeker(t *testing.T) {
	user := &ambient.User{Name: "Suparmi", Role: "seeker", Home: urls.Me()}
	doc := render(t, ambient.Ambient{Lang: i18n.ID, Path: urls.Uploads(), User: user}, layouts.Portal(layouts.Page{}))
	if got := doc.Find(`header form[method="post"]`).AttrOr("action", ""); got != urls.SignOut() {
		t.Errorf("sign-out is posted to %q", got)
	}
	if doc.Find(`header a[href="/masuk"]`).Length() != 0 || !strings.Contains(doc.Find("header summary").Text(), "Suparmi") {
		t.Error("the header does not say who is signed in")
	}
	if got := strings.TrimSpace(doc.Find(`header .menu-panel [aria-current="page"]`).Text()); got != "Berkas saya" {
		t.Errorf("current entry %q", got)
	}
}

func TestFooter(t *testing.T) {
	hotline := ambient.Hotline{Label: "KP2MI", Phone: "+62 21 2924 4800"}
	doc := render(t, ambient.Ambient{Path: urls.Help(), Operator: "Dinas Contoh", Hotlines: []ambient.Hotline{hotline}},
		layouts.Portal(layouts.Page{}))
	footer := doc.Find("footer")
	if !strings.Contains(footer.Text(), "Dikelola oleh Dinas Contoh.") {
		t.Errorf("the footer does not say who runs the portal: %q", footer.Text())
	}
	if footer.Find(`a[href="tel:+622129244800"]`).Length() != 1 {
		t.Error("the hotline cannot be called")
	}
	doc = render(t, ambient.Ambient{}, layouts.Portal(layouts.Page{}))
	if text := doc.Find("body").Text(); strings.Contains(text, "Contoh") || strings.Contains(text, "Dikelola") {
		t.Errorf("a portal without demo records or operator says: %q", text)
	}
}

// frames are the documents around pages, each with what stands in it.
var frames = map[string]templ.Component{
	"portal": layouts.Portal(layouts.Page{}), "wide": layouts.Portal(layouts.Page{Wide: true}),
	"officer": layouts.Officer(layouts.OfficerPage{}),
	"help":    layouts.Help(layouts.Page{Title: "Informasi"}),
	"paper":   layouts.Plain(layouts.Page{}), "by role": layouts.ByRole(layouts.Page{}),
}

// Whose portal this is, and that a demo is none of the city's, stands in every frame, in both languages.
func TestF192EveryFrameNamesItsOwnerAndADemo(t *testing.T) {
	for name, frame := range frames {
		for _, path := range []string{urls.Home(), urls.Uploads(), urls.Manage(), urls.Admin(), "/tidak-ada"} {
			for lang, want := range map[i18n.Lang][2]string{
				i18n.ID: {"Contoh: bukan situs resmi.", "Dikelola oleh Uji."}, i18n.EN: {"Example: not an official site.", "Run by Uji."},
			} {
				doc := render(t, ambient.Ambient{Lang: lang, Path: path, Operator: "Uji", Demo: true}, frame)
				if !strings.Contains(doc.Find("body > .demo-bar").Text(), want[0]) || !strings.Contains(doc.Find("footer").Text(), want[1]) {
					t.Errorf("%s at %s in %s: %q, %q", name, path, lang, doc.Find(".demo-bar").Text(), doc.Find("footer").Text())
				}
				if real := render(t, ambient.Ambient{Lang: lang, Path: path, Operator: "Uji"}, frame); real.Find(".demo-bar").Length() > 0 {
					t.Errorf("%s at %s: a real portal says that it is a demo", name, path)
				}
			}
		}
	}
}

// Under a task there is one short line: help is a press away, and the numbers stand on pages that are read.
func TestF201ShortFooterUnderTasks(t *testing.T) {
	a := ambient.Ambient{Hotlines: []ambient.Hotline{{Label: "KP2MI", Phone: "0800 1000"}}}
	long := map[string]bool{urls.Home(): true, urls.Programmes(): true, urls.Safety(): true, "/daftar-lain": true}
	for _, path := range []string{
		urls.Home(), urls.Programmes(), urls.Safety(), "/daftar-lain", urls.SignIn(), urls.Register(), urls.Recover(), urls.Me(), urls.Uploads(),
		urls.Sessions(), urls.ManageProgrammes(), urls.Counter(), urls.AdminNotices(),
	} {
		a.Path = path
		footer := render(t, a, layouts.Portal(layouts.Page{})).Find("footer")
		if footer.Length() != 1 || footer.Find(`a[href="/bantuan"]`).Length() != 1 {
			t.Errorf("%s: no way to help in %q", path, footer.Text())
		}
		if numbers := footer.Find(`a[href^="tel:"]`).Length(); (numbers > 0) != long[path] {
			t.Errorf("%s: %d numbers in the footer", path, numbers)
		}
	}
}

// People at work keep the bar of their desk on the pages that everybody has.
func TestF221FrameByRole(t *testing.T) {
	for home, section := range map[string]string{urls.OfficerQueue(): "Petugas", urls.Admin(): "Admin", urls.Manage(): "Lembaga"} {
		user := &ambient.User{Name: "Rina", Role: "any", Home: home}
		doc := render(t, ambient.Ambient{User: user, Path: urls.Account()}, layouts.ByRole(layouts.Page{Title: "Akun"}))
		header := doc.Find("header")
		if !strings.Contains(header.Text(), section) || header.Find(`nav a[href="`+home+`"]`).Length() == 0 {
			t.Errorf("%s: the bar says %q", home, header.Text())
		}
		if header.Find(`a[href="/pekerjaan"]`).Length() > 0 || doc.Find("main h1").Length() != 1 {
			t.Errorf("%s: the page wears the bar of job seekers, or lost its content", home)
		}
	}
	for name, user := range map[string]*ambient.User{"nobody": nil, "seeker": {Name: "Siti", Role: "seeker", Home: urls.Me()}} {
		doc := render(t, ambient.Ambient{User: user, Path: urls.Account()}, layouts.ByRole(layouts.Page{}))
		if doc.Find(`header a[href="/pekerjaan"]`).Length() == 0 {
			t.Errorf("%s does not see the bar of the portal", name)
		}
	}
}

// Making an account and the other language are in the bar of a wide screen, and in the menu of a narrow one.
func TestF178F184BarOfAVisitorLeadsToAnAccountAndTheOtherLanguage(t *testing.T) {
	for lang, words := range map[i18n.Lang][2]string{i18n.ID: {"Buat akun", "English"}, i18n.EN: {"Create account", "Bahasa Indonesia"}} {
		header := render(t, ambient.Ambient{Lang: lang, Path: urls.Help()}, layouts.Portal(layouts.Page{})).Find("header")
		for _, word := range words {
			in, out := 0, 0
			for _, a := range header.Find("a").EachIter() {
				if strings.TrimSpace(a.Text()) != word {
					continue
				}
				if a.Closest("[data-menu]").Length() > 0 {
					in++
				} else {
					out++
				}
			}
			if in != 1 || out != 1 {
				t.Errorf("%s: %q is %d times in the menu and %d times in the bar", lang, word, in, out)
			}
		}
	}
}

// The first message gets the focus and is read for that; only further ones are announced.
func TestFlash(t *testing.T) {
	flash := []ambient.Flash{
		{Kind: "success", Key: "layouts.footer.operator", Args: []any{"Name", "<b>Ani</b>"}}, {Kind: "warning", Key: "layouts.nav.help"},
	}
	for name, frame := range frames {
		if name == "paper" {
			continue // which shows none
		}
		doc := render(t, ambient.Ambient{Flash: flash}, frame)
		if got := doc.Find(`[data-flash] .notice-success`); got.Length() != 1 || !strings.Contains(got.Text(), "oleh <b>Ani</b>.") {
			t.Errorf("%s: flash: %q", name, got.Text())
		}
		if doc.Find(`[data-flash] [role]`).Length() != 0 || doc.Find(`[role="status"]`).Length() != 1 {
			t.Errorf("%s: %d messages are announced beside the one that gets the focus", name, doc.Find(`[role="status"]`).Length())
		}
		if got := doc.Find(`[role="status"]`).Text(); !strings.HasPrefix(strings.TrimSpace(got), "Peringatan:") {
			t.Errorf("%s: a warning begins %q", name, got)
		}
	}
}

func TestBarOfAnOfficer(t *testing.T) {
	page := layouts.OfficerPage{
		Section: "Petugas",
		Nav: []layouts.NavItem{
			{Label: "Antrean", Href: urls.OfficerQueue(), Count: 42, Active: true},
			{Label: "Kasus", Href: "/petugas/kasus"},
		},
		SearchPath: "/petugas/cari", SearchLabel: "Cari nomor, nama, NIK",
	}
	user := &ambient.User{Name: "Rina", Role: "officer", Home: urls.OfficerQueue()}
	doc := render(t, ambient.Ambient{User: user, Path: urls.OfficerQueue()}, layouts.Officer(page))
	if got := strings.Join(strings.Fields(doc.Find(`header nav [aria-current="page"]`).First().Text()), " "); got != "Antrean 42" {
		t.Errorf("current entry %q", got)
	}
	search := doc.Find(`form[role="search"]`)
	if search.AttrOr("method", "") != "post" || search.AttrOr("action", "") != "/petugas/cari" {
		t.Error("the search is not posted")
	}
	if doc.Find("header").Find("nav a").Last().Text() == "Kasus0" {
		t.Error("a count of zero is shown")
	}
}

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
	doc := render(t, ambient.Ambient{Operator: "Dinas Contoh", Demo: true, Hotlines: []ambient.Hotline{hotline}},
		layouts.Portal(layouts.Page{}))
	footer := doc.Find("footer")
	for _, want := range []string{"Dikelola oleh Dinas Contoh.", "Instalasi percontohan"} {
		if !strings.Contains(footer.Text(), want) {
			t.Errorf("the footer lacks %q", want)
		}
	}
	if footer.Find(`a[href="tel:+622129244800"]`).Length() != 1 {
		t.Error("the hotline cannot be called")
	}
	doc = render(t, ambient.Ambient{}, layouts.Portal(layouts.Page{}))
	if text := doc.Find("footer").Text(); strings.Contains(text, "percontohan") || strings.Contains(text, "Dikelola") {
		t.Errorf("the footer of a portal without demo records or operator: %q", text)
	}
}

func TestFlash(t *testing.T) {
	flash := []ambient.Flash{{Kind: "success", Key: "layouts.footer.operator", Args: []any{"Name", "<b>Ani</b>"}}}
	doc := render(t, ambient.Ambient{Flash: flash}, layouts.Portal(layouts.Page{}))
	got := doc.Find(`.notice-success[role="status"]`)
	if got.Length() != 1 || !strings.Contains(got.Text(), "oleh <b>Ani</b>.") {
		t.Errorf("flash: %q", got.Text())
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

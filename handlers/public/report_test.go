package public_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// calls are the numbers that a page leads to, in order.
func calls(page testportal.Page) []string {
	var list []string
	for _, a := range page.Find("main a[href^='tel:'], main a[href^='https://wa.me']").EachIter() {
		href, _ := a.Attr("href")
		list = append(list, href)
	}
	return list
}

// Who tells of somebody in danger reads first whom to call, with numbers that work where that person is.
func TestF158DangerComesFirst(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	c := p.Client()
	values := url.Values{
		"jenis": {models.ReportDanger}, "cerita": {"Adik saya di Kamboja disekap, paspor ditahan."}, "kontak": {"+855 12 345 678"},
	}
	form := c.Get(urls.Report()).Is(http.StatusOK)
	receipt := c.Get(c.Post(urls.Report(), values).Header.Get("Location")).Is(http.StatusOK).
		Has("main", "Laporan ini kami dahulukan").Has("main", "Menunggu dibaca petugas")
	for name, page := range map[string]testportal.Page{"form": form, "receipt": receipt} {
		list := calls(page)
		if len(list) < 3 || !strings.HasPrefix(list[0], "tel:+") || !slices.Contains(list, "tel:110") || !slices.Contains(list, "tel:112") {
			t.Errorf("%s: the calls are %v", name, list)
		}
		text := page.Find("main").Text()
		if at, question := strings.Index(text, "+62"), strings.Index(text, "Apa yang terjadi?"); at < 0 || question >= 0 && question < at {
			t.Errorf("%s: numbers come after the question", name)
		}
	}
	if first, _ := form.Find("input[name=jenis]").First().Attr("value"); first != models.ReportDanger {
		t.Errorf("the first kind is %q", first)
	}
}

// A contact that nobody can call is asked for once more; who has none sends the report all the same.
func TestF158ContactCanBeReachedOrIsSentKnowingly(t *testing.T) {
	for name, tt := range map[string]struct{ kind, contact, problem string }{
		"a word":                   {models.ReportDanger, "kakak", "tidak bisa menghubungi tulisan ini"},
		"a name, another kind":     {models.ReportMoney, "Bu Siti, tetangga", "tidak bisa menghubungi tulisan ini"},
		"too few digits":           {models.ReportWrong, "blok 12 no 34", "tidak bisa menghubungi tulisan ini"},
		"nothing, danger":          {models.ReportDanger, "", "Tanpa nomor HP atau e-mail"},
		"nothing, price":           {models.ReportMoney, "", ""},
		"number abroad":            {models.ReportDanger, "Telegram +855 (0)12-345.678", ""},
		"mail within words":        {models.ReportDanger, "kakak: siti@contoh.example", ""},
		"landline of an institute": {models.ReportOther, "(021) 278 0821", ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := testportal.Start(t).Client()
			values := url.Values{"jenis": {tt.kind}, "cerita": {"Paspornya ditahan di Jakarta."}, "kontak": {tt.contact}}
			answer := c.Post(urls.Report(), values)
			if tt.problem == "" {
				answer.Is(http.StatusSeeOther)
				return
			}
			answer.Is(http.StatusUnprocessableEntity).Has("#f-kontak-error", tt.problem).Has("#f-cerita", "Paspornya ditahan di Jakarta.")
			values.Set("tetap", "ya")
			c.Post(urls.Report(), values).Is(http.StatusSeeOther)
		})
	}
}

// Number and PIN of a danger report come first, in groups for paper; nobody in danger is told of working days, and all are led to
// where they read how far it is.
func TestReceiptOfDangerBeginsWithNumberAndPIN(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	c := p.Client()
	c.Get(urls.Report()).Is(http.StatusOK).Has("main a[href='"+urls.ReportState()+"']", "Sudah melapor?")
	sent := c.Post(urls.Report(), url.Values{
		"jenis": {models.ReportDanger}, "cerita": {"Ada yang dikurung."}, "kontak": {"081234567890"},
	}).Header.Get("Location")
	ref := p.One("SELECT ref FROM reports")
	receipt := c.Get(sent).Is(http.StatusOK).Has("main dl", "LP "+ref[3:7]+" "+ref[7:]).Shows("main p a[href='" + urls.Help() + "']")
	text := receipt.Find("main").Text()
	if pin, call := strings.Index(text, "PIN"), strings.Index(text, "+62"); pin < 0 || call < pin {
		t.Errorf("number and PIN do not come first: %q", text)
	}
	if strings.Contains(text, "hari kerja") {
		t.Errorf("somebody in danger is told of working days: %q", text)
	}
	c.Get(urls.HelpEnter()).Is(http.StatusOK).Has("main a[href='"+urls.ReportState()+"']", "Sudah melapor?")
	c.Post(urls.HelpEnter(), url.Values{"ref": {ref}, "pin": {"ABCD2345"}}).Is(http.StatusUnprocessableEntity).
		Has("#ref-salah", "Ini nomor laporan")
}

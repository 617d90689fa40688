package seeker_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"encoding/base64"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

func TestF044AddressThatDoesNotApplyIsNotRead(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	section := urls.ProfileSection("alamat")
	values := addressValues()
	values.Set("ktp.rt", "RT 05")
	for name, typed := range map[string]string{"rt": "RT nol lima", "rw": "00012", "postal": "134400", "street": strings.Repeat("x", 300)} {
		values.Set("domicile."+name, typed)
	}
	c.Post(section, values).LeadsTo(urls.Profile())
	if got := c.Get(section).Find(`[id="f-ktp.rt"]`).AttrOr("value", ""); got != "005" {
		t.Errorf("RT 05 was kept as %q", got)
	}
	values.Set("same", "no")
	page := c.Post(section, values).Is(http.StatusUnprocessableEntity)
	if got := page.Find(`[id="f-domicile.postal"]`).AttrOr("value", ""); got != "134400" {
		t.Errorf("postcode is shown again as %q", got)
	}
	if n := p.One("SELECT count(*)::text FROM profiles"); n != "1" {
		t.Errorf("%s profiles", n)
	}
}

func TestF050QuestionIsReadInItsOwnOrder(t *testing.T) {
	p, l, _, c := testportal.StartApplicant(t)
	ref := walk(c, l.Intakes[0])
	c.Post(urls.ApplicationCheck(ref), testportal.AllStatements).LeadsTo(urls.ApplicationReceipt(ref))
	c.Post(urls.ApplicationAsk(ref), url.Values{"text": {"Apakah biaya Rp \u202e000.005\u202c\x00 benar?\r\nمرحبا \u2066x"}})
	if got := p.One("SELECT body FROM messages"); got != "Apakah biaya Rp 000.005 benar?\nمرحبا x" {
		t.Errorf("kept as %q", got)
	}
}

func TestF051NoFormIsLostByTheNameOfAFile(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	for name, want := range map[string]string{
		"a\x01b.jpg": "ab.jpg", "KTP\u202egpj.exe.jpg": "KTPgpj.exe.jpg", "\x00\x7f\u200b.jpg": ".jpg", "foto\xffku.jpg": "foto\ufffdku.jpg",
	} {
		file := testportal.Sent(name, "image/jpeg", testportal.Photo(t, 30, 30, uint8(len(name))))
		c.PostFiles(urls.Uploads(), url.Values{}, file).LeadsTo(urls.Uploads())
		if got := p.One("SELECT name FROM uploads ORDER BY id DESC LIMIT 1"); got != want {
			t.Errorf("%q is kept as %q, want %q", name, got, want)
		}
	}
}

func TestF042F051PiecesOfAFileWithAHostileName(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	begin := func(name, purpose string) testportal.Page {
		r := httptest.NewRequest(http.MethodPost, urls.Partials(), nil)
		encode := base64.StdEncoding.EncodeToString
		for header, value := range map[string]string{
			"Tus-Resumable": "1.0.0", "Upload-Length": "10", "Sec-Fetch-Site": "same-origin",
			"Upload-Metadata": "filename " + encode([]byte(name)) + ",purpose " + encode([]byte(purpose)),
		} {
			r.Header.Set(header, value)
		}
		return c.Do(r)
	}
	begin("laporan\u2066gpj\x00.\xed\xa0\x80jpg", "other").Is(http.StatusCreated)
	if got := p.One("SELECT name FROM partial_uploads"); got != "laporangpj.\ufffdjpg" {
		t.Errorf("kept as %q", got)
	}
	begin("foto.jpg", "other\x00").Is(http.StatusUnprocessableEntity)
	begin("", "other").Is(http.StatusUnprocessableEntity)
}

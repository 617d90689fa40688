package partner_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Files are chosen for an office one by one, none beforehand; it hears and sees them, and nothing from when the referral is
// taken back.
func TestFilesAreChosenForAnOfficeOneByOne(t *testing.T) {
	p := testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	rina, mitra := p.AddDesk("Rina", models.DutyProtection), p.AddUser(models.Partner, "Mira")
	ref := p.AddHeldCase(rina)
	desk, office := p.As(rina), p.As(mitra)
	voice := []byte("OggS\x00\x02" + strings.Repeat("\x00", 20) + "\x01\x13OpusHead\x01\x01\x00\x00\x80\xbb\x00\x00\x00\x00\x00")
	for name, content := range map[string][]byte{
		"suara.opus": voice, "lama.amr": []byte("#!AMR\n\x3c"), "pintu.png": testportal.Photo(t, 60, 40, 90),
		"rahasia.png": testportal.Photo(t, 50, 40, 70),
	} {
		form := url.Values{"version": {p.One("SELECT version::text FROM cases WHERE ref = ?", ref)}}
		desk.PostFiles(urls.CaseFiles(ref), form, testportal.Sent(name, "application/octet-stream", content)).LeadsTo(urls.Case(ref))
	}
	p.CheckAttachments()
	page := desk.Get(urls.CaseRefer(ref)).Is(http.StatusOK).Lacks("input[name=files][checked]")
	form := url.Values{"until.day": {"20"}, "until.month": {"12"}, "until.year": {"2026"}, "ask": {"Mohon bantuan."}, "how": {"spoken"}}
	form.Set("office", page.Find("select[name=office] option").Last().AttrOr("value", ""))
	form.Set("person", page.Find("input[name=person]").First().AttrOr("value", ""))
	for _, name := range []string{"version", "token"} {
		form.Set(name, page.Find("main form input[name="+name+"]").Last().AttrOr("value", ""))
	}
	for _, label := range []string{"suara.opus", "lama.amr", "pintu.png"} {
		form.Add("files", page.Find("label:contains('"+label+"') input[name=files]").AttrOr("value", ""))
	}
	desk.Post(urls.CaseRefer(ref), form).LeadsTo(urls.CaseRefer(ref))
	desk.Get(urls.CaseRefer(ref)).Has("main", "3 berkas")
	referral := p.One("SELECT ref FROM case_referrals")
	shown := office.Get(urls.PartnerReferral(referral)).Is(http.StatusOK).Has("main", "suara.opus").Has("main", "pintu.png")
	if strings.Contains(shown.Body, "rahasia") || !strings.Contains(shown.Header.Get("Content-Security-Policy"), "; media-src 'self'") {
		t.Error("the office sees what was not chosen, or may not play what was")
	}
	sound, fetch := shown.Find("audio").AttrOr("src", ""), shown.Find("a[download]").AttrOr("href", "")
	if got := office.Get(sound).Is(http.StatusOK); got.Body != string(voice) {
		t.Errorf("%d bytes", len(got.Body))
	}
	if got := office.Get(fetch).Is(http.StatusOK).Header.Get("Content-Disposition"); !strings.HasSuffix(got, ".amr") {
		t.Errorf("fetched as %q", got)
	}
	view := shown.Find("a[href*='/berkas/']:not([download])").AttrOr("href", "")
	image := office.Get(view).Is(http.StatusOK).Find("main img").AttrOr("src", "")
	office.Get(image).Is(http.StatusOK)
	office.Get(view + "/suara").Is(http.StatusNotFound)
	secret := p.One("SELECT a.ref FROM case_attachments a WHERE id NOT IN (SELECT attachment_id FROM case_referral_files)")
	for _, path := range []string{urls.PartnerFile(referral, secret), urls.PartnerFilePage(referral, secret, "1")} {
		office.Get(path).Is(http.StatusNotFound)
	}
	if err := p.DB.Exec("UPDATE case_referrals SET state = 'withdrawn'").Error; err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{sound, fetch, view, image} {
		office.Get(path).Is(http.StatusNotFound)
	}
}

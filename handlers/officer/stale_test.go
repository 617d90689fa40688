package officer_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// staleSays is the sentence of a page that came too late; it begins with somebody.
func staleSays(t *testing.T, page testportal.Page, who string) {
	t.Helper()
	text := strings.TrimSpace(page.Is(http.StatusConflict).Find("main .notice-error").Text())
	if !strings.Contains(text, who+":") {
		t.Errorf("the page says %q, want it to name %s", text, who)
	}
}

// Whoever decides about a file that a colleague let go of reads who that was; what they typed returns into the form
// once they take it, or take it over.
func TestF240TypedDecisionReturnsIntoItsForm(t *testing.T) {
	p, a, _, rina := reviewed(t)
	joko := p.As(p.AddUser(models.Officer, "Joko"))
	path := urls.OfficerApplication(a.Ref)
	rina.Post(urls.OfficerNext(), url.Values{}).LeadsTo(path)
	joko.Post(urls.OfficerTakeOver(a.Ref), url.Values{"why": {"Rina cuti."}}).LeadsTo(path)
	typed := url.Values{"outcome": {"not_eligible"}, "version": {p.Version(a.Ref)}, "reason": {"not_eligible_x"}, "text": {"KTP lain."}}
	held := rina.Post(urls.OfficerDecide(a.Ref), typed)
	staleSays(t, held, "Joko")
	again := url.Values{"why": {"Saya lanjutkan."}}
	for _, field := range held.Find("form[action$='/ambil-alih'] input[type=hidden]").EachIter() {
		again.Add(field.AttrOr("name", ""), field.AttrOr("value", ""))
	}
	rina.Post(urls.OfficerTakeOver(a.Ref), again).Is(http.StatusOK).Has("#keputusan textarea[name=text]", "KTP lain.").
		Has("#keputusan option[value=not_eligible_x][selected]", "Alasan")
	rina.Post(urls.OfficerRelease(a.Ref), url.Values{}).LeadsTo(path)
	typed.Set("version", p.Version(a.Ref))
	free := joko.Post(urls.OfficerDecide(a.Ref), typed)
	staleSays(t, free, "Rina")
	again = url.Values{}
	for _, field := range free.Find("form[action$='/ambil'] input[type=hidden]").EachIter() {
		again.Add(field.AttrOr("name", ""), field.AttrOr("value", ""))
	}
	joko.Post(urls.OfficerTake(a.Ref), again).Is(http.StatusOK).Has("#keputusan textarea[name=text]", "KTP lain.")
}

// The same of a certificate, which its owner changed, or a colleague let go of.
func TestF240TypedCertificateDecisionReturns(t *testing.T) {
	p, a, _, rina := reviewed(t)
	c := p.AddCertificate(models.User{ID: a.SeekerID, Role: models.Seeker})
	p.DB.Exec("UPDATE certificates SET state = 'submitted', submitted_at = updated_at WHERE ref = ?", c.Ref)
	joko := p.As(p.AddUser(models.Officer, "Joko"))
	joko.Post(urls.OfficerTakeCertificate(c.Ref), url.Values{}).LeadsTo(urls.OfficerCertificate(c.Ref))
	joko.Post(urls.OfficerReleaseCertificate(c.Ref), url.Values{}).LeadsTo(urls.OfficerCertificates())
	joko.Post(urls.OfficerTakeCertificate(c.Ref), url.Values{}).LeadsTo(urls.OfficerCertificate(c.Ref))
	typed := url.Values{"outcome": {"rejected"}, "version": {"1"}, "reason": {"certificate_rejected_x"}, "note": {"Nomor lain."}}
	held := rina.Post(urls.OfficerDecideCertificate(c.Ref), typed)
	staleSays(t, held, "Joko")
	again := url.Values{}
	for _, field := range held.Find("form[action$='/ambil'] input[type=hidden]").EachIter() {
		again.Add(field.AttrOr("name", ""), field.AttrOr("value", ""))
	}
	rina.Post(urls.OfficerTakeCertificate(c.Ref), again).Is(http.StatusOK).Has("#keputusan textarea", "Nomor lain.")
}

package seeker_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Before sending, everything that goes along is there to be read, part by part with who will see it, and each part can
// be changed on its page, which leads back here by Kembali and by saving.
func TestF168CheckShowsAllThatIsSentAndLeadsBack(t *testing.T) {
	p, u, c, ref := applying(t)
	check := urls.ApplicationCheck(ref)
	cert := p.AddCertificateOf(u, models.CertificateInput{
		TypeCode: "TOEFL", HolderName: "Suparmi binti Karto", Issuer: "ETS", Number: "T-77", IssuedOn: new(p.Store.Now().AddDate(-1, 0, 0)),
	})
	c.Post(urls.ApplicationCertificates(ref), url.Values{"certificates": {cert.Ref}}).LeadsTo(urls.ApplicationMotivation(ref))
	c.Post(urls.ApplicationMotivation(ref), url.Values{"motivation": {"Saya ingin jadi juru las."}}).LeadsTo(check)
	jobs := url.Values{
		"rows[0].position": {"Juru masak"}, "rows[0].employer": {"Warung Contoh"}, "rows[0].country": {"KH"}, "rows[0].start": {"2011"},
	}
	c.Post(urls.ProfileSection("pengalaman"), jobs).Is(http.StatusSeeOther)
	c.Post(urls.ProfileSection("kebutuhan"), url.Values{"text": {"Kursi dekat pintu."}, "agreed": {"yes"}}).Is(http.StatusSeeOther)
	p.DB.Exec("UPDATE users SET phone = '+6281234567899' WHERE id = ?", u.ID)

	page := c.Get(check).Is(http.StatusOK)
	for _, want := range []string{
		"3175********", "2 Maret 1989", "0812 3456 7899", "Jl. Melati 1", "RT 001/RW 012", "Di alamat KTP", "SMP", "Juru masak",
		"Warung Contoh", "2011", "0812 0000 0001", "Kursi dekat pintu.", "Suparmi binti Karto", "T-77", "Saya ingin jadi juru las.",
		"Foto KTP", "hanya melihat nama dan umur", "hanya melihat nomor HP", "tidak untuk lembaga", "bila terjadi sesuatu pada Anda",
	} {
		page.Has("main", want)
	}
	page.Lacks("main:contains('3175014203890001')")
	changes := page.Find("main a[href*='dari=periksa']").Map(func(_ int, a *goquery.Selection) string { return a.AttrOr("href", "") })
	if len(changes) < 12 {
		t.Errorf("only %d parts can be changed: %v", len(changes), changes)
	}
	for _, path := range changes {
		if part := c.Get(path).Is(http.StatusOK); part.Find("button[name=leave]").Length() == 0 {
			part.Has("main a[href='"+check+"']", "Kembali")
		}
	}
	back := "?pendaftaran=" + ref + "&dari=periksa"
	c.Post(urls.ProfileSection("identitas")+back, identityValues("birth_place", "Bekasi")).LeadsTo(check)
	c.Post(urls.ProfileSection("pengalaman")+back, jobs).LeadsTo(check)
	c.Post(urls.ApplicationCertificates(ref)+back, url.Values{"certificates": {cert.Ref}}).LeadsTo(check)
	wrong := c.Post(urls.ProfileSection("identitas")+back, identityValues("name", "")).Is(http.StatusUnprocessableEntity)
	if action, _ := wrong.Find("main form").Attr("action"); !strings.HasSuffix(action, "dari=periksa") {
		t.Errorf("after an error the form goes to %q", action)
	}
}

// What lacks is shown as lacking, and what does not apply is not asked about.
func TestF168CheckOfAnIncompleteProfile(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	l := p.AddProgramme(nil)
	c := p.As(p.AddUser(models.Seeker, "Orang Baru"))
	to := c.Post(urls.Apply(l.Intakes[0]), url.Values{}).Is(http.StatusSeeOther).Header.Get("Location")
	c.Get(urls.ApplicationCheck(strings.Split(to, "/")[3])).Is(http.StatusOK).Has("main", "Belum diisi.").Has("main", "Orang Baru").
		Lacks("main a[href*='/wali']").Lacks("main a[href*='/kebutuhan']")
}

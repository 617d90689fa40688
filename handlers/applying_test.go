package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/urls"
	"naikkelas/models"
)

// applying is a portal that takes files, with somebody who has begun an application.
func applying(t *testing.T) (p *testPortal, u models.User, c *client, application string) {
	t.Helper()
	p = newPortal(t, withFiles(t))
	p.addReference()
	p.kinds()
	l := p.addProgramme(nil)
	u = p.addReadySeeker("Suparmi")
	c = p.as(u)
	to := c.post(urls.Apply(l.intakes[0]), url.Values{}).is(http.StatusSeeOther).header.Get("Location")
	return p, u, c, strings.Split(to, "/")[3]
}

// A certificate that is added from an application is chosen there, and leads back to it after it was sent.
func TestNewCertificateLeadsBackToTheApplication(t *testing.T) {
	p, _, c, ref := applying(t)
	step := urls.ApplicationCertificates(ref)
	c.post(step, url.Values{"none": {"1"}}).leadsTo(urls.ApplicationMotivation(ref))
	along := "?pendaftaran=" + ref
	c.get(step).has("a[href='"+urls.NewCertificate()+along+"']", "Unggah").has("a[href='"+urls.NoCertificate()+along+"']", "Belum punya")
	c.get(urls.NoCertificate()+along).has("a[href='"+step+"']", "Kembali")
	kinds := c.get(urls.NewCertificate() + along)
	form, _ := kinds.has("a[href='"+step+"']", "Kembali").Find("a[href*='jenis=SCHOOL']").Attr("href")
	action, _ := c.form(form).is(http.StatusOK).Find("main form[enctype]").Attr("action")
	values := url.Values{"token": {"00000000-0000-4000-8000-00000000000a"}, "type": {"SCHOOL"}, "holder": {"Suparmi"}, "issuer": {"SMK"}, "issued.day": {"1"}, "issued.month": {"3"}, "issued.year": {"2020"}}
	to := c.postFiles(action, values, sentFile{"a.jpg", "image/jpeg", photo(t, 30, 30, 90)}).is(http.StatusSeeOther).header.Get("Location")
	c.get(to).has("main", "Kirim dulu ke petugas, lalu lanjutkan").has("a[href='"+step+"']", "Kembali ke pendaftaran")
	c.post(to+"/kirim", nil).leadsTo(to)
	c.get(to).has("a[href='"+step+"']", "Kembali ke pendaftaran")
	chosen := c.get(step)
	if n := chosen.Find("input[name=certificates][checked]").Length(); n != 1 || chosen.Find("input[name=none][checked]").Length() != 0 {
		t.Errorf("%d certificates are chosen", n)
	}
	// Another's application, or one that is none, is not there to lead back to.
	other := p.as(p.addUser(models.Seeker, "Orang Lain"))
	other.get(urls.NewCertificate()+along).is(http.StatusOK).has("a[href='"+urls.Certificates()+"']", "Kembali").lacks("main a[href*='" + ref + "']")
	other.postFiles(urls.NewCertificate()+along, values, sentFile{"b.jpg", "image/jpeg", photo(t, 30, 30, 91)}).is(http.StatusSeeOther)
	if n := p.one("SELECT count(*)::text FROM application_certificates"); n != "1" {
		t.Errorf("%s certificates are chosen", n)
	}
}

// Changing the profile from an application leads back to it, through errors too.
func TestProfileLeadsBackToTheApplication(t *testing.T) {
	_, _, c, ref := applying(t)
	check := urls.ApplicationCheck(ref)
	along := "?pendaftaran=" + ref
	identity := urls.ProfileSection("identitas") + along
	c.get(check).has("a[href='"+identity+"']", "Ubah")
	action, _ := c.get(identity).is(http.StatusOK).has("a[href='"+urls.Profile()+along+"']", "Kembali").Find("main form").Attr("action")
	wrong := identityValues()
	wrong.Set("name", "")
	action, _ = c.post(action, wrong).is(http.StatusUnprocessableEntity).Find("main form").Attr("action")
	c.post(action, identityValues()).leadsTo(urls.Profile() + along)
	c.get(urls.Profile()+along).has("main", "Anda sedang mengisi pendaftaran").has("a[href='"+check+"']", "Kembali ke pendaftaran").has("a[href='"+identity+"']", "Data diri")
	c.get(urls.Profile()).lacks("a[href='" + check + "']")
}

// Who chooses a certificate and says that they have none is asked which of the two; both stay as chosen. An
// expired one says so where it is chosen, and before the application is sent.
func TestCertificateStepAsksAndWarns(t *testing.T) {
	p, u, c, ref := applying(t)
	step := urls.ApplicationCertificates(ref)
	past := time.Date(2024, 3, 2, 0, 0, 0, 0, time.UTC)
	old, err := p.store.CreateCertificate(t.Context(), u, "00000000-0000-4000-8000-00000000000a", models.CertificateInput{TypeCode: "TOEFL", HolderName: "Suparmi", Issuer: "ETS", IssuedOn: ptr(past.AddDate(-2, 0, 0)), ValidUntil: &past})
	if err != nil {
		t.Fatal(err)
	}
	both := c.post(step, url.Values{"certificates": {old.Ref}, "none": {"1"}}).is(http.StatusUnprocessableEntity)
	both.has("#f-certificates-error", "Saya tidak punya atau belum ada sertifikat").has("[data-error-summary] a[href='#f-certificates']", "Anda memilih sertifikat, dan juga")
	if both.Find("input[name=certificates][checked]").Length() != 1 || both.Find("input[name=none][checked]").Length() != 1 {
		t.Error("what was chosen is gone")
	}
	if n := p.one("SELECT count(*)::text FROM application_certificates"); n != "0" {
		t.Errorf("%s certificates were kept", n)
	}
	both.has("label:has(input[name=certificates])", "masa berlaku habis 2 Maret 2024")
	c.post(step, url.Values{"certificates": {old.Ref}}).leadsTo(urls.ApplicationMotivation(ref))
	c.get(urls.ApplicationCheck(ref)).has("main", "Ada sertifikat yang sudah tidak berlaku").has("main", "TOEFL: masa berlaku habis 2 Maret 2024")
}

// A certificate that is not with the officers is named where it is chosen, before the application is sent, and in
// the refusal, which leads to it.
func TestUnsentCertificateIsNamedInTheApplication(t *testing.T) {
	p, u, c, ref := applying(t)
	step, check := urls.ApplicationCertificates(ref), urls.ApplicationCheck(ref)
	cert, err := p.store.CreateCertificate(t.Context(), u, "00000000-0000-4000-8000-00000000000a", models.CertificateInput{TypeCode: "TOEFL", Title: "TOEFL saya", HolderName: "Suparmi", Issuer: "ETS", IssuedOn: ptr(p.store.Now().AddDate(-1, 0, 0))})
	if err != nil {
		t.Fatal(err)
	}
	for _, state := range []string{"draft", "needs_fix"} {
		p.db.Exec("UPDATE certificates SET state = ?", state)
		c.get(step).has("label:has(input[name=certificates])", "TOEFL saya (belum dikirim ke petugas)")
		c.post(step, url.Values{"certificates": {cert.Ref}}).leadsTo(urls.ApplicationMotivation(ref))
		c.post(urls.ApplicationMotivation(ref), url.Values{"motivation": {"Saya ingin bekerja di sana."}}).leadsTo(check)
		link := "#f-certificates a[href='" + urls.Certificate(cert.Ref) + "']"
		c.get(check).has(link, "TOEFL saya")
		refused := c.post(check, url.Values{"statements": models.Statements}).is(http.StatusUnprocessableEntity)
		refused.has("[data-error-summary] a[href='#f-certificates']", "TOEFL saya").has(link, "TOEFL saya")
	}
	p.db.Exec("UPDATE certificates SET state = 'submitted', submitted_at = updated_at")
	c.get(check).lacks("#f-certificates .notice")
	c.post(check, url.Values{"statements": models.Statements}).is(http.StatusSeeOther)
}

// Who has left their only application has none that runs, and can apply again where it is open.
func TestLeftApplicationOffersAnother(t *testing.T) {
	p, _, c, ref := applying(t)
	p.addReasons()
	reason := p.one("SELECT code FROM reason_codes WHERE kind = 'withdraw' LIMIT 1")
	c.get(urls.Me()).has("main", "Lanjutkan pendaftaran Anda")
	c.post(urls.ApplicationWithdraw(ref), url.Values{"reason": {reason}}).leadsTo(urls.Application(ref))
	c.get(urls.Application(ref)).has("main a[href^='/saya/daftar/']", "Daftar lagi")
	c.get(urls.Me()).has("main", "Profil Anda lengkap. Pilih pelatihan")
	if strings.Contains(c.get(urls.Me()).body, "sedang berjalan") {
		t.Error("an application that was left is under way")
	}
}

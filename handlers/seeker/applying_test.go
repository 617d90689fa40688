package seeker_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// applying is a portal that takes files, with somebody who has begun an application.
func applying(t *testing.T) (p *testportal.Portal, u models.User, c *testportal.Client, application string) {
	t.Helper()
	p = testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	kinds(p)
	l := p.AddProgramme(nil)
	u = p.AddReadySeeker("Suparmi")
	c = p.As(u)
	to := c.Post(urls.Apply(l.Intakes[0]), url.Values{}).Is(http.StatusSeeOther).Header.Get("Location")
	return p, u, c, strings.Split(to, "/")[3]
}

// A certificate that is added from an application is chosen there, and leads back to it after it was sent.
func TestNewCertificateLeadsBackToTheApplication(t *testing.T) {
	p, _, c, ref := applying(t)
	step := urls.ApplicationCertificates(ref)
	c.Post(step, url.Values{"none": {"1"}}).LeadsTo(urls.ApplicationMotivation(ref))
	along := "?pendaftaran=" + ref
	c.Get(step).Has("a[href='"+urls.NewCertificate()+along+"']", "Unggah").Has("a[href='"+urls.NoCertificate()+along+"']", "Belum punya")
	c.Get(urls.NoCertificate()+along).Has("a[href='"+step+"']", "Kembali")
	kinds := c.Get(urls.NewCertificate() + along)
	form, _ := kinds.Has("a[href='"+step+"']", "Kembali").Find("a[href*='jenis=SCHOOL']").Attr("href")
	action, _ := c.Form(form).Is(http.StatusOK).Find("main form[enctype]").Attr("action")
	values := url.Values{
		"token": {"00000000-0000-4000-8000-00000000000a"}, "type": {"SCHOOL"},
		"holder": {"Suparmi"}, "issuer": {"SMK"}, "issued.day": {"1"}, "issued.month": {"3"}, "issued.year": {"2020"},
	}
	to := c.PostFiles(action, values, testportal.Sent("a.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).
		Is(http.StatusSeeOther).Header.Get("Location")
	c.Get(to).Has("main", "ikut dikirim bersamanya").Has("a[href='"+step+"']", "Kembali ke pendaftaran")
	c.Post(to+"/kirim", nil).LeadsTo(to)
	c.Get(to).Has("a[href='"+step+"']", "Kembali ke pendaftaran")
	chosen := c.Get(step)
	if n := chosen.Find("input[name=certificates][checked]").Length(); n != 1 || chosen.Find("input[name=none][checked]").Length() != 0 {
		t.Errorf("%d certificates are chosen", n)
	}
	// Another's application, or one that is none, is not there to lead back to.
	other := p.As(p.AddUser(models.Seeker, "Orang Lain"))
	other.Get(urls.NewCertificate()+along).Is(http.StatusOK).
		Has("a[href='"+urls.Certificates()+"']", "Kembali").Lacks("main a[href*='" + ref + "']")
	other.PostFiles(urls.NewCertificate()+along, values, testportal.Sent("b.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 91))).
		Is(http.StatusSeeOther)
	if n := p.One("SELECT count(*)::text FROM application_certificates"); n != "1" {
		t.Errorf("%s certificates are chosen", n)
	}
}

// Changing the profile from an application leads back to it, through errors too.
func TestProfileLeadsBackToTheApplication(t *testing.T) {
	_, _, c, ref := applying(t)
	check := urls.ApplicationCheck(ref)
	along := "?pendaftaran=" + ref
	identity := urls.ProfileSection("identitas") + along
	c.Get(check).Has("a[href='"+identity+"&dari=periksa']", "Ubah")
	action, _ := c.Get(identity).Is(http.StatusOK).Has("button[name=leave]", "Kembali").Find("main form").Attr("action")
	wrong := identityValues()
	wrong.Set("name", "")
	action, _ = c.Post(action, wrong).Is(http.StatusUnprocessableEntity).Find("main form").Attr("action")
	c.Post(action, identityValues()).LeadsTo(check)
	c.Get(urls.Profile()+along).Has("main", "Anda sedang mengisi pendaftaran").
		Has("a[href='"+check+"']", "Kembali ke pendaftaran").Has("a[href='"+identity+"']", "Data diri")
	c.Get(urls.Profile()).Lacks("a[href='" + check + "']")
}

// Who chooses a certificate and says that they have none is asked which of the two; both stay as chosen. An
// expired one says so where it is chosen, and before the application is sent.
func TestCertificateStepAsksAndWarns(t *testing.T) {
	p, u, c, ref := applying(t)
	step := urls.ApplicationCertificates(ref)
	past := time.Date(2024, 3, 2, 0, 0, 0, 0, time.UTC)
	old := p.AddCertificateOf(u, models.CertificateInput{
		TypeCode: "TOEFL", HolderName: "Suparmi", Issuer: "ETS", IssuedOn: new(past.AddDate(-2, 0, 0)), ValidUntil: &past,
	})
	both := c.Post(step, url.Values{"certificates": {old.Ref}, "none": {"1"}}).Is(http.StatusUnprocessableEntity)
	both.Has("#f-certificates-error", "Saya tidak punya atau belum ada sertifikat").
		Has("[data-error-summary] a[href='#f-certificates']", "Anda memilih sertifikat, dan juga")
	if both.Find("input[name=certificates][checked]").Length() != 1 || both.Find("input[name=none][checked]").Length() != 1 {
		t.Error("what was chosen is gone")
	}
	if n := p.One("SELECT count(*)::text FROM application_certificates"); n != "0" {
		t.Errorf("%s certificates were kept", n)
	}
	both.Has("label:has(input[name=certificates])", "masa berlaku habis 2 Maret 2024")
	c.Post(step, url.Values{"certificates": {old.Ref}}).LeadsTo(urls.ApplicationMotivation(ref))
	c.Get(urls.ApplicationCheck(ref)).
		Has("main", "Ada sertifikat yang sudah tidak berlaku").Has("main", "TOEFL: masa berlaku habis 2 Maret 2024")
}

// Sending an application sends the certificates that go with it, new ones and returned ones; what one lacks is said
// where it is chosen and before sending, with the way to it, and then nothing at all is sent.
func TestF161ApplicationSendsItsCertificates(t *testing.T) {
	p, u, c, ref := applying(t)
	step, check := urls.ApplicationCertificates(ref), urls.ApplicationCheck(ref)
	refs := make([]string, 2)
	for i, title := range []string{"TOEFL saya", "TOEFL lama"} {
		refs[i] = p.AddCertificateOf(u, models.CertificateInput{
			TypeCode: "TOEFL", Title: title, HolderName: "Suparmi", Issuer: "ETS", IssuedOn: new(p.Store.Now().AddDate(-1, 0, 0)),
		}).Ref
	}
	p.DB.Exec("UPDATE certificates SET state = 'needs_fix' WHERE ref = ?", refs[1])
	c.Get(step).Has("label:has(input[name=certificates])", "TOEFL saya (belum dikirim ke petugas)").
		Has(".notice a[href='"+urls.Certificate(refs[0])+"?pendaftaran="+ref+"']", "TOEFL saya").Has(".notice", "TOEFL lama")
	c.Post(step, url.Values{"certificates": refs}).LeadsTo(urls.ApplicationMotivation(ref))
	c.Post(urls.ApplicationMotivation(ref), url.Values{"motivation": {"Saya ingin bekerja di sana."}}).LeadsTo(check)
	file := func(cert string) {
		p.DB.Exec(`INSERT INTO uploads (ref, owner_id, purpose, name, media_type, size, sha256, blob_key, state, created_at)
			VALUES (?, ?, 'certificate', 'a.jpg', 'image/jpeg', 9, ?::text::bytea, ?, 'ready', now())`, "BK-"+cert, u.ID, cert, cert)
		p.DB.Exec(`INSERT INTO certificate_files (certificate_id, upload_id, position)
			SELECT c.id, u.id, 1 FROM certificates c, uploads u WHERE c.ref = ? AND u.blob_key = ?`, cert, cert)
	}
	file(refs[0])
	c.Get(check).Has("#f-certificates .notice-fix a[href^='"+urls.Certificate(refs[1])+"']", "TOEFL lama").
		Has("#f-certificates", "Sertifikat ini ikut dikirim")
	c.Post(check, url.Values{"statements": models.Statements}).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary] a[href='#f-certificates']", "TOEFL lama")
	if n := p.One("SELECT count(*)::text FROM certificates WHERE state = 'submitted'"); n != "0" {
		t.Errorf("%s certificates were sent though the application was not", n)
	}
	file(refs[1])
	c.Get(check).Lacks("#f-certificates .notice-fix")
	c.Post(check, url.Values{"statements": models.Statements}).LeadsTo(urls.ApplicationReceipt(ref))
	if n := p.One("SELECT count(*)::text FROM certificates WHERE state = 'submitted'"); n != "2" {
		t.Errorf("%s certificates were sent", n)
	}
}

// Who has left their only application has none that runs, and can apply again where it is open.
func TestLeftApplicationOffersAnother(t *testing.T) {
	p, _, c, ref := applying(t)
	p.AddReasons()
	reason := p.One("SELECT code FROM reason_codes WHERE kind = 'withdraw' LIMIT 1")
	c.Get(urls.Me()).Has("main", "Lanjutkan pendaftaran Anda")
	c.Post(urls.ApplicationWithdraw(ref), url.Values{"reason": {reason}}).LeadsTo(urls.Application(ref))
	c.Get(urls.Application(ref)).Has("main a[href^='/saya/daftar/']", "Daftar lagi")
	c.Get(urls.Me()).Has("main", "Profil Anda lengkap. Pilih pelatihan")
	if strings.Contains(c.Get(urls.Me()).Body, "sedang berjalan") {
		t.Error("an application that was left is under way")
	}
}

// Bug report P056: whatever course or intake a form names, the address decides, and its round has to be open.
func TestP056FormNamesNoOtherRound(t *testing.T) {
	p, l, _, c := testportal.StartApplicant(t)
	other := p.AddProgramme(func(d *models.DemoProgramme) {
		d.Intakes[0].OpensAt = new(testportal.Noon.Add(24 * time.Hour))
	})
	late := c.Post(urls.Apply(other.Intakes[0]), url.Values{"intake": {l.Intakes[0]}, "programme_id": {l.Programme}})
	if late.Status < http.StatusBadRequest {
		t.Errorf("a round that is not open: status %d", late.Status)
	}
	if n := p.One("SELECT count(*) FROM applications"); n != "0" {
		t.Errorf("%s applications for a round that is not open", n)
	}
	forged := url.Values{"intake": {other.Intakes[0]}, "intake_id": {"2"}, "programme": {other.Programme}, "programme_id": {"2"}}
	if got := c.Post(urls.Apply(l.Intakes[0]), forged); got.Status != http.StatusSeeOther {
		t.Errorf("status %d", got.Status)
	}
	if chosen := p.One("SELECT i.ref FROM applications a JOIN intakes i ON i.id = a.intake_id"); chosen != l.Intakes[0] {
		t.Errorf("the application is for %s, the address said %s", chosen, l.Intakes[0])
	}
}

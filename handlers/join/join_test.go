package join_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// begun begins a request through the page and gives the token of its link.
func begun(t *testing.T, p *testportal.Portal, email string) string {
	t.Helper()
	p.Client().Post(urls.Join(), url.Values{
		"token": {uuid.NewString()}, "called": {"LPK Contoh Maju"}, "name": {"Sari Contoh"}, "email": {email},
	}).LeadsTo(urls.JoinSent())
	l := p.LastLetter()
	if l.Template != "join_begun" || l.Address != email {
		t.Fatalf("the last letter is %s to %s", l.Template, l.Address)
	}
	return strings.TrimPrefix(l.Data["Path"], urls.Join()+"/")
}

// whole is what a private institution tells; changed fields are put over it.
func whole(version string, changed url.Values) url.Values {
	v := url.Values{
		"version": {version}, "kind": {"lpk"}, "name": {"LPK Contoh Maju"}, "nib": {"1234 5678 90123"}, "vin": {"12345678"},
		"license_no": {"IZIN/1/2026"}, "license_ends.day": {"1"}, "license_ends.month": {"2"}, "license_ends.year": {"2030"},
		"accreditation_no": {"LA/2"}, "accreditation_scope": {"Las"}, "so_permit": {"no"}, "street": {"Jl. Contoh 1"}, "regency": {"31.75"},
		"responsible_person": {"Budi Contoh"}, "complaint_contact": {"0812 0000 1111"},
	}
	maps.Copy(v, changed)
	return v
}

func version(p *testportal.Portal) string {
	return p.One("SELECT version::text FROM institution_requests ORDER BY id DESC LIMIT 1")
}

func paper(t *testing.T, token, kind string, shade uint8) *http.Request {
	return testportal.Multipart(t, urls.JoinPapers(token), url.Values{"kind": {kind}}, "paper",
		testportal.Sent("izin.jpg", "image/jpeg", testportal.Photo(t, 40, 40, shade)))
}

// sent is a request that officers have, with its reference.
func sent(t *testing.T, p *testportal.Portal, email string) (token, ref string) {
	t.Helper()
	token = begun(t, p, email)
	c := p.Client()
	c.Post(urls.JoinForm(token), whole("1", nil)).LeadsTo(urls.JoinPapers(token))
	c.Do(paper(t, token, models.PaperLicence, 90)).LeadsTo(urls.JoinPapers(token))
	p.CheckPapers()
	c.Post(urls.JoinCheck(token), url.Values{"version": {version(p)}}).LeadsTo(urls.JoinRequest(token))
	return token, p.One("SELECT ref FROM institution_requests ORDER BY id DESC LIMIT 1")
}

// found are findings about all items.
func found(finding string) url.Values {
	v := url.Values{}
	for i, item := range models.RequestItems() {
		v.Set(fmt.Sprintf("rows[%d].item", i), item)
		v.Set(fmt.Sprintf("rows[%d].finding", i), finding)
	}
	return v
}

// step presses a decision on the page that asks before it.
func step(officer *testportal.Client, ref, to, note string) testportal.Page {
	officer.T.Helper()
	page := officer.Get(urls.JoinStepTo(ref, to)).Is(http.StatusOK).Shows("[data-letter]")
	v, _ := page.Find("main input[name=version]").Attr("value")
	return officer.Post(urls.JoinStep(ref), url.Values{"version": {v}, "to": {to}, "note": {note}})
}

// From the public page to the account of the owner: the request is kept on the way, its papers too, and an officer with the
// duty looks at every item before the institution is there.
func TestInstitutionFromRequestToOwner(t *testing.T) {
	p := testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	officer := p.As(p.AddDesk("Rina", models.DutyInstitutions))
	visitor := p.Client()
	visitor.Get(urls.Institutions()).Is(http.StatusOK).Shows(`main a[href="/lembaga/gabung"]`)
	visitor.Get(urls.SignIn()).Shows(`main a[href="/lembaga/gabung"]`)
	token := begun(t, p, "sari@contoh.example")

	wrong := visitor.Post(urls.JoinForm(token), whole("1", url.Values{"nib": {"123"}})).Is(http.StatusUnprocessableEntity)
	wrong.Has("[data-error-summary]", "NIB terdiri dari 13 angka").Holds("street", "Jl. Contoh 1").Holds("nib", "123")
	visitor.Post(urls.JoinForm(token), whole("1", url.Values{"license_no": {""}})).LeadsTo(urls.JoinPapers(token))
	visitor.Get(urls.JoinCheck(token)).Is(http.StatusOK).Has("main", "Nomor izin").Has("main", "Berkas izin lembaga").Lacks("main form")
	visitor.Post(urls.JoinCheck(token), url.Values{"version": {"2"}}).Is(http.StatusUnprocessableEntity)
	visitor.Post(urls.JoinForm(token), whole("1", nil)).Is(http.StatusConflict).Has("main", "jendela lain").Holds("street", "Jl. Contoh 1")
	visitor.Post(urls.JoinForm(token), whole("2", nil)).LeadsTo(urls.JoinPapers(token))

	visitor.Do(paper(t, token, "gambar", 90)).Is(http.StatusUnprocessableEntity)
	visitor.Post(urls.JoinPapers(token), url.Values{"kind": {"licence"}}).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "Pilih berkasnya dulu")
	for range 2 { // the same paper twice is one
		visitor.Do(paper(t, token, models.PaperLicence, 90)).LeadsTo(urls.JoinPapers(token))
	}
	p.CheckPapers()
	visitor.Get(urls.JoinPapers(token)).Has("main", "izin.jpg").Has("main", "1 halaman")
	visitor.Get(urls.JoinCheck(token)).Has("main", "1234567890123").Shows("main form")
	for range 2 { // so is a second press
		visitor.Post(urls.JoinCheck(token), url.Values{"version": {"4"}}).LeadsTo(urls.JoinRequest(token))
	}
	if l := p.LastLetter(); l.Template != "join_received" || p.One("SELECT count(*)::text FROM notices") != "2" {
		t.Errorf("the applicant has %s and %s letters", l.Template, p.One("SELECT count(*)::text FROM notices"))
	}
	visitor.Get(urls.JoinForm(token)).Is(http.StatusOK).Has("main", "Petugas sedang memeriksa").Lacks("main form")
	visitor.Post(urls.JoinForm(token), whole("5", nil)).Is(http.StatusUnprocessableEntity)

	verifiedByTheList(t, p, officer, visitor, token)
}

// verifiedByTheList is the officers' part: the list, the papers, the findings, and the account that comes with it.
func verifiedByTheList(t *testing.T, p *testportal.Portal, officer, visitor *testportal.Client, token string) {
	t.Helper()
	ref := p.One("SELECT ref FROM institution_requests")
	officer.Get(urls.OfficerInstitutions()).Has("main", "Permohonan bergabung (1)").Has("header nav", "1")
	officer.Get(urls.JoinList()).Is(http.StatusOK).Has("table", "LPK Contoh Maju")
	file := officer.Get(urls.JoinFile(ref)).Is(http.StatusOK).Has("main", "Belum bisa diverifikasi").Has("main", "Sari Contoh")
	image := p.One("SELECT ref FROM institution_papers")
	if file.Find(`main a[href="`+urls.JoinPaper(image)+`"]`).Length() != 1 {
		t.Error("no way to the paper")
	}
	officer.Get(urls.JoinPaper(image)).Is(http.StatusOK).Shows("main img")
	officer.Get(urls.JoinPage(image, "1")).Is(http.StatusOK)
	officer.Get(urls.JoinPage(image, "2")).Is(http.StatusNotFound)
	officer.Get(urls.JoinStepTo(ref, "verified")).Lacks("[data-letter]")
	officer.Post(urls.JoinStep(ref), url.Values{"version": {"5"}, "to": {"verified"}}).Is(http.StatusUnprocessableEntity)
	officer.Post(urls.JoinItems(ref), url.Values{"rows[0].item": {"name"}, "rows[0].finding": {"wrong"}}).
		Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Tulis apa yang salah")
	officer.Post(urls.JoinItems(ref), found(models.FindingOK)).LeadsTo(urls.JoinFile(ref))
	step(officer, ref, "verified", "").LeadsTo(urls.JoinFile(ref))
	officer.Post(urls.JoinStep(ref), url.Values{"version": {"5"}, "to": {"verified"}}).Is(http.StatusConflict)

	institution := p.One("SELECT ref FROM institutions WHERE nib = '1234567890123' AND state = 'verified'")
	visitor.Get(urls.Institution(institution)).Is(http.StatusOK).Has("main", "IZIN/1/2026")
	visitor.Get(urls.JoinRequest(token)).Has("main", "sudah terverifikasi")
	officer.Post(urls.JoinInvite(ref), nil).LeadsTo(urls.JoinFile(ref))
	l := p.LastLetter()
	if l.Template != "invitation" || l.Address != "sari@contoh.example" {
		t.Fatalf("the last letter is %s to %s", l.Template, l.Address)
	}
	owner := p.Client()
	owner.Post(l.Data["Path"], url.Values{"password": {testportal.GoodPassword}})
	if role := p.One("SELECT role FROM users WHERE email = 'sari@contoh.example'"); role != "owner" {
		t.Errorf("the applicant is %s", role)
	}
	officer.Post(urls.JoinInvite(ref), nil).Is(http.StatusUnprocessableEntity)
}

// What officers ask is read by the link, answered there, and comes back to them; a refusal says why and ends it.
func TestAskedRequestComesBackAndRefusedOneEnds(t *testing.T) {
	p := testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	officer := p.As(p.AddDesk("Rina", models.DutyInstitutions))
	token, ref := sent(t, p, "sari@contoh.example")
	step(officer, ref, "asked", " ").Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Tulis pesan")
	step(officer, ref, "asked", "Foto izin kurang jelas.").LeadsTo(urls.JoinFile(ref))
	l := p.LastLetter()
	if l.Template != "join_asked" {
		t.Fatalf("the last letter is %s", l.Template)
	}
	visitor := p.Client()
	visitor.Get(l.Data["Path"]).Is(http.StatusOK).Has(".notice", "Foto izin kurang jelas.")
	visitor.Get(urls.JoinCheck(token)).Has("main", "Jawaban untuk petugas").Lacks("main form")
	officer.Get(urls.JoinList()).Lacks("table")
	officer.Get(urls.JoinListOf("asked")).Has("table", "LPK Contoh Maju")
	old := p.One("SELECT ref FROM institution_papers")
	visitor.Post(urls.JoinPaperGone(token, old), nil).LeadsTo(urls.JoinPapers(token))
	visitor.Post(urls.JoinPaperGone(token, old), nil).LeadsTo(urls.JoinPapers(token))
	visitor.Do(paper(t, token, models.PaperLicence, 200)).LeadsTo(urls.JoinPapers(token))
	visitor.Post(urls.JoinForm(token), whole(version(p), url.Values{"answer": {"Sudah difoto ulang."}})).LeadsTo(urls.JoinPapers(token))
	visitor.Post(urls.JoinCheck(token), url.Values{"version": {version(p)}}).LeadsTo(urls.JoinRequest(token))
	officer.Get(urls.JoinFile(ref)).Has("main", "Sudah difoto ulang.")
	step(officer, ref, "refused", "Izin tidak terdaftar.").LeadsTo(urls.JoinFile(ref))
	if l := p.LastLetter(); l.Template != "join_refused" {
		t.Errorf("the last letter is %s", l.Template)
	}
	visitor.Get(urls.JoinRequest(token)).Has("main", "Permohonan ditolak").Has("main", "Izin tidak terdaftar.")
	visitor.Do(paper(t, token, models.PaperLicence, 10)).Is(http.StatusUnprocessableEntity)
	officer.Post(urls.JoinItems(ref), found(models.FindingOK)).Is(http.StatusConflict)
	if n := p.One("SELECT count(*)::text FROM institutions"); n != "0" {
		t.Errorf("%s institutions", n)
	}
}

// The page says the same whoever an address belongs to; who has an account reads that in the letter alone. Several presses
// are one request, and a place that asks too often waits.
func TestBeginningTellsNobodyWhoHasAnAccount(t *testing.T) {
	p := testportal.Start(t)
	p.AddUser(models.Seeker, "Suparmi")
	form := url.Values{"token": {uuid.NewString()}, "called": {"LPK Contoh"}, "name": {"Suparmi"}, "email": {"suparmi@contoh.example"}}
	p.Client().Post(urls.Join(), form).LeadsTo(urls.JoinSent())
	if l := p.LastLetter(); l.Template != "join_taken" || p.One("SELECT count(*)::text FROM institution_requests") != "0" {
		t.Errorf("the letter is %s", l.Template)
	}
	form.Set("email", "baru@contoh.example")
	form.Set("token", uuid.NewString())
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() { p.Client().Post(urls.Join(), form) })
	}
	all.Wait()
	if n := p.One("SELECT count(*)::text FROM institution_requests"); n != "1" {
		t.Errorf("three presses made %s requests", n)
	}
	bad := p.Client().Post(urls.Join(), url.Values{"email": {"baru"}}).Is(http.StatusUnprocessableEntity)
	bad.Has("[data-error-summary]", "Nama Anda").Holds("email", "baru")
	for i := range 4 {
		form.Set("token", uuid.NewString())
		got := p.Client().Post(urls.Join(), form)
		if i == 3 {
			got.Is(http.StatusTooManyRequests).Has("main", "terlalu sering")
		}
	}
}

// Without the link there is nothing, and with one only its own request.
func TestLinkOpensItsOwnRequestAlone(t *testing.T) {
	p := testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	mine, other := begun(t, p, "sari@contoh.example"), begun(t, p, "joko@contoh.example")
	c := p.Client()
	c.Do(paper(t, other, models.PaperLicence, 90)).LeadsTo(urls.JoinPapers(other))
	theirs := p.One("SELECT ref FROM institution_papers")
	c.Post(urls.JoinPaperGone(mine, theirs), nil).LeadsTo(urls.JoinPapers(mine))
	if n := p.One("SELECT count(*)::text FROM institution_papers"); n != "1" {
		t.Error("a paper of another request went")
	}
	for _, path := range []string{urls.JoinRequest("SALAH"), urls.JoinForm("SALAH"), urls.JoinPapers("SALAH"), urls.JoinCheck("SALAH")} {
		c.Get(path).Is(http.StatusNotFound)
	}
	c.Do(paper(t, "SALAH", models.PaperLicence, 90)).Is(http.StatusNotFound)
	if h := c.Get(urls.JoinRequest(mine)).Header.Get("Referrer-Policy"); h != "no-referrer" {
		t.Errorf("the address goes to other sites: %q", h)
	}
}

// Only officers with the duty see who asks, and how many wait.
func TestRequestsAreForTheDutyAlone(t *testing.T) {
	p := testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	_, ref := sent(t, p, "sari@contoh.example")
	officer := p.As(p.AddUser(models.Officer, "Rina"))
	officer.Get(urls.OfficerInstitutions()).Lacks(`main a[href^="` + urls.JoinList() + `"]`)
	for _, path := range []string{urls.JoinList(), urls.JoinFile(ref), urls.JoinStepTo(ref, "refused")} {
		officer.Get(path).Is(http.StatusForbidden)
	}
	for _, path := range []string{urls.JoinItems(ref), urls.JoinStep(ref), urls.JoinInvite(ref)} {
		officer.Post(path, url.Values{"version": {"4"}, "to": {"refused"}, "note": {"x"}}).Is(http.StatusForbidden)
	}
	duty := p.As(p.AddDesk("Joko", models.DutyInstitutions))
	hidden := begun(t, p, "baru@contoh.example")
	unsent := p.One("SELECT ref FROM institution_requests WHERE state = 'begun'")
	duty.Get(urls.JoinFile(unsent)).Is(http.StatusNotFound)
	duty.Get(urls.JoinListOf("begun")).Is(http.StatusNotFound)
	if hidden == "" {
		t.Error("no link")
	}
}

// Two officers who verify at once make one institution and one invitation.
func TestVerifyingAtOnceMakesOneInstitution(t *testing.T) {
	p := testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	one, two := p.AddDesk("Rina", models.DutyInstitutions), p.AddDesk("Joko", models.DutyInstitutions)
	_, ref := sent(t, p, "sari@contoh.example")
	p.As(one).Post(urls.JoinItems(ref), found(models.FindingOK)).LeadsTo(urls.JoinFile(ref))
	file, err := p.Store.RequestForOfficer(t.Context(), one, ref)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for _, who := range []models.User{one, two, one, two} {
		all.Go(func() {
			_ = p.Store.DecideRequest(t.Context(), who, ref, models.RequestDecision{To: models.RequestVerified, Version: file.Version})
		})
	}
	all.Wait()
	made := p.One(`SELECT (SELECT count(*) FROM institutions) || ' ' || (SELECT count(*) FROM invitations) || ' ' ||
		(SELECT count(*) FROM institution_events WHERE to_state = 'verified')`)
	if made != "1 1 1" {
		t.Errorf("institutions, invitations, steps: %s", made)
	}
}

// What may be the same institution is shown before it is there twice.
func TestOfficerSeesWhatMayBeTheSameInstitution(t *testing.T) {
	p := testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	officer := p.As(p.AddDesk("Rina", models.DutyInstitutions))
	var list []models.Institution
	for i, in := range []models.Institution{{Name: "Nama lain", NIB: "1234567890123"}, {Name: "LPK Contoh Majuu"}, {Name: "PPKD Jauh"}} {
		key := fmt.Sprint("uji-", i)
		in.Kind, in.ExternalKey = "lpk", &key
		list = append(list, in)
	}
	if err := p.Store.SeedInstitutions(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	_, ref := sent(t, p, "sari@contoh.example")
	page := officer.Get(urls.JoinFile(ref)).Has(".notice", "Nama lain").Has(".notice", "LPK Contoh Majuu")
	if strings.Contains(page.Find(".notice").Text(), "PPKD Jauh") {
		t.Error("an institution of another name is shown")
	}
}

// A paper that is no picture is refused at once, with what was chosen kept.
func TestPaperThatIsNoPictureIsRefused(t *testing.T) {
	p := testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	token := begun(t, p, "sari@contoh.example")
	request := func() *http.Request {
		return testportal.Multipart(t, urls.JoinPapers(token), url.Values{"kind": {"accreditation"}}, "paper",
			testportal.Sent("izin.pdf", "application/pdf", []byte("MZ bukan berkas")))
	}
	p.Client().Do(request()).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "izin.pdf").
		Shows(`input[name=kind][value=accreditation][checked]`)
	p.Client().Navigate(request()).Is(http.StatusUnprocessableEntity)
}

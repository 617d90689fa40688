package officer_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// A question about an application that waits for nobody is in the list and in the count of every page of the desk;
// reading it changes nothing, an answer takes it off and is read by who asked.
func TestF225QuestionIsCountedUntilAnswered(t *testing.T) {
	p, a, seeker, officer := reviewed(t)
	if err := p.DB.Exec("UPDATE applications SET state = 'withdrawn' WHERE ref = ?", a.Ref).Error; err != nil {
		t.Fatal(err)
	}
	const bar = "header nav a[href$='/petugas/pertanyaan']"
	officer.Get(urls.Holidays()).Lacks(bar + " span")
	seeker.Post(urls.ApplicationAsk(a.Ref), url.Values{"text": {"Boleh daftar lagi?"}, "token": {uuid.NewString()}}).
		LeadsTo(urls.Application(a.Ref))
	seeker.Get(urls.Application(a.Ref)).Has("#tanya", "Dijawab paling lambat")
	officer.Get(urls.Holidays()).Has(bar+" span", "1")
	list := officer.Get(urls.OfficerQuestions()).Has("tbody", a.Ref).Has("tbody", "Dibatalkan")
	to, _ := list.Find("tbody th a").Attr("href")
	seen, _ := officer.Get(to).Has("main", "Boleh daftar lagi?").Find("input[name=seen]").Attr("value")
	officer.Get(urls.OfficerApplication(a.Ref)).Is(http.StatusOK)
	officer.Get(urls.OfficerQuestions()).Has(bar+" span", "1")
	officer.Post(to, url.Values{"text": {""}, "seen": {seen}}).Is(http.StatusUnprocessableEntity).Has("main", "Boleh daftar lagi?")
	officer.Post(to, url.Values{"text": {"Boleh."}, "seen": {seen}}).LeadsTo(urls.OfficerQuestions())
	officer.Get(urls.OfficerQuestions()).Lacks(bar + " span").Lacks("tbody")
	officer.Get(urls.WithQuery(urls.OfficerQuestions(), "keadaan", "dijawab")).Has("tbody", a.Ref)
	seeker.Get(urls.Application(a.Ref)).Has("#tanya", "Boleh.").Lacks("#tanya .tag, #tanya .tag-plain")
}

// Everybody who is signed in writes at one place and reads the answer there; a work account too.
func TestF225EverybodyHasOnePlaceToWrite(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	seeker := p.As(p.AddUser(models.Seeker, "Suparmi"))
	for name, c := range map[string]*testportal.Client{"Suparmi": seeker, "admin": p.As(p.AddUser(models.Admin, "Admin"))} {
		c.Post(urls.Messages(), url.Values{"text": {"Saya " + name}}).LeadsTo(urls.Messages())
	}
	form := staff.Get(urls.Messages()).Is(http.StatusOK)
	about, _ := form.Find("input[name=about]").Last().Attr("value")
	staff.Post(urls.Messages(), url.Values{"about": {about}, "text": {"Kapan izin dicek?"}}).LeadsTo(urls.Messages())
	page := officer.Get(urls.OfficerQuestions()).Has("tbody", "Lembaga").Has("tbody", "Suparmi")
	if n := page.Find("tbody tr").Length(); n != 3 {
		t.Fatalf("%d questions are listed", n)
	}
	page.Find("tbody th a").Each(func(_ int, row *goquery.Selection) { // what is asked about is there, whoever asked
		officer.Get(row.AttrOr("href", "")).Is(http.StatusOK).Find("main a[href^='/petugas/']").Each(func(_ int, about *goquery.Selection) {
			officer.Get(about.AttrOr("href", "")).Is(http.StatusOK)
		})
	})
	ref := p.One("SELECT ref FROM conversations WHERE institution_id IS NOT NULL")
	officer.Post(urls.OfficerQuestion(ref), url.Values{"text": {"Senin."}, "seen": {p.One("SELECT max(id) FROM messages")}}).
		LeadsTo(urls.OfficerQuestions())
	staff.Get(urls.Messages()).Has("main", "1 jawaban belum dibaca")
	staff.Get(urls.Conversation(ref)).Has("main", "Senin.").Has("main", "Dijawab")
	staff.Get(urls.Messages()).Lacks("main:contains('belum dibaca')")
	seeker.Get(urls.Conversation(ref)).Is(http.StatusNotFound)
}

// Save and next: after a decision the next file within the filter comes by itself, or the queue says that none waits.
func TestF229DecideAndNext(t *testing.T) {
	p, a, _, officer := reviewed(t)
	second := p.AddSubmitted(p.AddReadySeeker("Orang Kedua"), p.One("SELECT ref FROM intakes"))
	elsewhere := url.Values{"kota": {"31.74"}}
	officer.Post(urls.OfficerNext(), elsewhere).LeadsTo(urls.WithQuery(urls.OfficerQueue(), "kota", "31.74"))
	officer.Post(urls.OfficerNext(), url.Values{"kota": {"31.75"}}).LeadsTo(urls.OfficerApplication(a.Ref))
	decide := func(ref string) testportal.Page {
		values := url.Values{"outcome": {"not_eligible"}, "version": {p.Version(ref)}, "reason": {"not_eligible_x"}, "text": {"Maaf."}}
		officer.Post(urls.OfficerWeigh(ref), values).Has("main button[name=next]", "berikutnya")
		values.Set("next", "yes")
		return officer.Post(urls.OfficerDecide(ref), values)
	}
	decide(a.Ref).LeadsTo(urls.OfficerApplication(second.Ref))
	officer.Get(urls.OfficerApplication(second.Ref)).Has("[data-flash]", a.Ref)
	decide(second.Ref).LeadsTo(urls.WithQuery(urls.OfficerQueue(), "kota", "31.75"))
}

// Inside the desk histories name who decided; the seeker reads of which city the officer is, and no name.
func TestF228DeskReadsNamesAndSeekersUnits(t *testing.T) {
	p, a, seeker, officer := reviewed(t)
	p.DB.Exec("UPDATE users SET regency_code = '31.74' WHERE name = 'Rina'")
	city := p.One("SELECT name FROM regencies WHERE code = '31.74'")
	officer.Post(urls.OfficerNext(), url.Values{}).LeadsTo(urls.OfficerApplication(a.Ref))
	officer.Post(urls.OfficerAnswer(a.Ref), url.Values{"message": {"Halo."}}).Is(http.StatusSeeOther)
	officer.Get(urls.OfficerApplication(a.Ref)).Has("main", "Petugas: Rina").Has("#pesan", "Petugas: Rina")
	seeker.Get(urls.Application(a.Ref)).Has("main ol", "Petugas "+city).Has("#tanya", "Petugas "+city).Lacks("main:contains('Rina')")
	seeker.Get(urls.ApplicationPrint(a.Ref)).Has("main", "Petugas "+city).Lacks("main:contains('Rina')")
}

// A listing and an institution name inside the desk who took each step.
func TestF228ListingAndInstitutionNameWhoDecided(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	programme := p.AddProgramme(nil)
	p.DB.Exec(`INSERT INTO programme_events (programme_id, actor_id, at, from_state, to_state, reason_code, note)
		SELECT p.id, u.id, now(), 'submitted', 'published', '', 'Lengkap.'
		FROM programmes p, users u
		WHERE p.ref = ? AND u.role = 'officer'`, programme.Programme)
	p.DB.Exec("UPDATE programmes SET submitted_at = now() WHERE ref = ?", programme.Programme)
	name := p.One("SELECT name FROM users WHERE role = 'officer'")
	officer.Get(urls.OfficerProgramme(programme.Programme)).Has("main ol", "Terbit").Has("main ol", name).Has("main ol", "Lengkap.")
	p.DB.Exec(`INSERT INTO institution_events (institution_id, actor_id, at, from_state, to_state, note)
		SELECT i.id, u.id, now(), 'submitted', 'verified', ''
		FROM institutions i, users u
		WHERE i.ref = ? AND u.role = 'officer'`, programme.Institution)
	officer.Get(urls.OfficerInstitution(programme.Institution)).Has("main ol", name)
}

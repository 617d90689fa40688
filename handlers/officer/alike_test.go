package officer_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/urls"
	"naikkelas/models"
)

// The warning leads to the other account, which stands beside this one with a link to its file; an officer decides with
// what shows it whether it is the same person, and both files say so afterwards. Nobody else may.
func TestF013SamePersonIsComparedAndDecidedInTheFile(t *testing.T) {
	p, a, seeker, officer := reviewed(t)
	other := p.AddReadySeeker("Orang Lain")
	second := p.AddSubmitted(other, p.One("SELECT ref FROM intakes LIMIT 1"))
	p.DB.Exec("UPDATE profiles SET nik_index = (SELECT nik_index FROM profiles WHERE user_id = ?) WHERE user_id = ?", a.SeekerID, other.ID)
	page := officer.Get(urls.OfficerApplication(a.Ref)).Is(http.StatusOK)
	page.Has("main .notice li a[href='#orang-sama']", "Bandingkan")
	page.Has("#orang-sama h3 a[href$='"+urls.OfficerApplication(second.Ref)+"']", "Orang Lain")
	page.Has("#orang-sama dl", "2 Maret 1989").Has("#orang-sama dl", "Jakarta Timur").Has("#orang-sama", "NIK sama")

	page.Has("#orang-sama dl div:nth-child(3) dd.font-semibold", "****") // the two numbers are the same
	page.Lacks("#orang-sama details[open]")

	path := urls.OfficerAlike(a.Ref)
	decide := func(what, why string) url.Values {
		return url.Values{"other": {other.Ref}, "alike": {what}, "alike_why": {why}}
	}
	officer.Post(path, decide("", "Foto sama.")).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "Pilih apakah ini orang yang sama").Has("#orang-sama", "Pilih apakah")
	officer.Post(path, decide("same_person", "")).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "Tulis apa yang menunjukkannya").Has("#orang-sama input[value=same_person][checked]", "")
	officer.Post(path, url.Values{"other": {"tidak-ada"}, "alike": {"same_person"}, "alike_why": {"x"}}).Is(http.StatusNotFound)
	for _, who := range []models.Role{models.Admin, models.Staff} {
		p.As(p.AddUser(who, string(who))).Post(path, decide("same_person", "x")).Is(http.StatusForbidden)
	}
	seeker.Post(path, decide("same_person", "x")).Is(http.StatusForbidden)
	if n := p.One("SELECT count(*)::text FROM desk_events"); n != "0" {
		t.Errorf("%s refused decisions are recorded", n)
	}
	officer.Post(path, decide("same_person", "Foto di kedua KTP sama.")).LeadsTo(urls.OfficerApplication(a.Ref) + "#orang-sama")
	for _, file := range []string{a.Ref, second.Ref} {
		officer.Get(urls.OfficerApplication(file)).Has("#orang-sama", "Orang yang sama · Rina").Has("#orang-sama", "Foto di kedua KTP sama.")
	}
	officer.Get(urls.OfficerApplication(a.Ref)).Has("main", "Diputuskan: orang yang sama dengan akun lain")

	// A page from before the decision decides nothing: it shows what was decided, and asks again with what was typed.
	late := p.As(p.AddUser(models.Officer, "Joko"))
	asked := late.Post(path, decide("other_person", "Kembar.")).Is(http.StatusConflict).Has("#orang-sama", "sejak halaman dibuka").
		Has("#orang-sama", "Orang yang sama · Rina").Shows("#orang-sama details[open] input[value='Kembar.']")
	seen := asked.Find("#orang-sama input[name=alike_seen]").AttrOr("value", "")
	again := decide("other_person", "Kembar.")
	again.Set("alike_seen", seen)
	late.Post(path, again).LeadsTo(urls.OfficerApplication(a.Ref) + "#orang-sama")
	late.Get(urls.OfficerApplication(second.Ref)).Has("#orang-sama", "Orang yang berbeda · Joko")
}

// A number that is verified for somebody names them where it is refused, and says where to compare.
func TestF013TakenNumberNamesAndLeadsOn(t *testing.T) {
	p, a, _, officer := reviewed(t)
	other := p.AddReadySeeker("Siti Rahma")
	p.DB.Exec(`UPDATE profiles SET nik_index = (SELECT nik_index FROM profiles WHERE user_id = ?), nik_verified = true
		WHERE user_id = ?`, a.SeekerID, other.ID)
	officer.Post(urls.OfficerNext(), url.Values{}).LeadsTo(urls.OfficerApplication(a.Ref))
	officer.Post(urls.OfficerCheck(a.Ref), url.Values{"field": {"nik"}}).Is(http.StatusUnprocessableEntity).
		Has("#cek #f-nik-error", "terverifikasi untuk Siti Rahma").Has("#orang-sama h3", "Siti Rahma")
}

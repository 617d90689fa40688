package seeker_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// agreed is the form of somebody who switches check-ins on, each week.
func agreed(more url.Values) url.Values {
	v := url.Values{"channel": {"email"}, "every": {"1"}, "unit": {"week"}, "from_hour": {"8"}, "to_hour": {"21"}, "remind": {"1"},
		"remind_days": {"1"}, "relative_days": {"3"}, "case_days": {"5"}, "word": {"mangga manis"}, "agree": {"1"}}
	for name, values := range more {
		v[name] = values
	}
	return v
}

// standing adds to a form what stood on its page: the check-in that is on.
func standing(p *testportal.Portal, v url.Values) url.Values {
	p.T.Helper()
	v.Set("checkin", p.One("SELECT ref FROM checkins WHERE ended_at IS NULL"))
	v.Set("version", p.One("SELECT version FROM checkins WHERE ended_at IS NULL"))
	return v
}

// abroad is a portal with somebody who is abroad and asked each week.
func abroad(t *testing.T, more url.Values) (*testportal.Portal, models.User, *testportal.Client) {
	t.Helper()
	p := testportal.Start(t)
	p.AddReference()
	u := p.AddUser(models.Seeker, "Suparmi Contoh")
	c := p.As(u)
	c.Post(urls.Departure(), url.Values{"abroad": {"1"}}).LeadsTo(urls.DeparturePart("tujuan"))
	c.Post(urls.MyCheckinSet(), agreed(more)).LeadsTo(urls.MyCheckin())
	return p, u, c
}

// step does what comes round.
func step(t *testing.T, p *testportal.Portal) {
	t.Helper()
	for _, chore := range []func(context.Context) (bool, error){p.Journey.AskCheckins, p.Journey.WatchCheckins} {
		if _, err := chore(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// link is the link of the newest letter.
func link(t *testing.T, p *testportal.Portal) string {
	t.Helper()
	path := p.LastLetter().Data["Path"]
	if !strings.HasPrefix(path, "/kabar/") {
		t.Fatalf("the letter leads to %q", path)
	}
	return path
}

// Nobody is asked anything: each part can be skipped, what is typed stands on the page, in the history, and nowhere in clear.
func TestDepartureIsKeptByItsPerson(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	u := p.AddUser(models.Seeker, "Suparmi Contoh")
	c := p.As(u)
	c.Get(urls.Departure()).Is(http.StatusOK).Has("main", "Saya sudah di luar negeri")
	said := c.Get(urls.WithQuery(urls.Departure(), "luar", "1"))
	filled := said.Find("main form button").First()
	if said.Find("main form").First().Find("[name=abroad]").Length() != 1 || filled.HasClass("btn-line") {
		t.Error("who said that they are abroad is asked the other way round")
	}
	c.Get(urls.DeparturePart("kerja")).Is(http.StatusNotFound)
	c.Post(urls.Departure(), url.Values{}).LeadsTo(urls.DeparturePart("tujuan"))
	c.Get(urls.DeparturePart("tujuan")).Is(http.StatusOK).Has("main a", "Lewati")
	c.Get(urls.Departure()).Has("main a.btn", "Isi Tujuan dan perjalanan").Has("main", "Belum diketahui: Jalan berangkat").
		Lacks("main dd:contains('belum diketahui')").Has("[data-state=off]", "tidak ada yang bertanya")
	version := func() string { return p.One("SELECT version FROM departures WHERE user_id = ?", u.ID) }
	c.Post(urls.DeparturePart("kerja"), url.Values{"version": {version()}, "employer": {"PT Rahasia Contoh"}, "agency": {"P3MI Contoh"},
		"contract_from.day": {"1"}, "contract_from.month": {"2"}, "contract_from.year": {"2026"}}).LeadsTo(urls.DeparturePart("surat"))
	c.Post(urls.DeparturePart("janji"), url.Values{"version": {version()}, "wage": {"17.000"}, "wage_currency": {"hk"}}).
		Is(http.StatusUnprocessableEntity).Has("main", "tiga huruf")
	c.Post(urls.DeparturePart("janji"), url.Values{"version": {version()}, "wage": {"17.000"}, "wage_currency": {"hkd"}, "days_off": {"4"}}).
		LeadsTo(urls.DeparturePart("kenalan"))
	c.Post(urls.DeparturePart("kerja"), url.Values{"version": {"1"}, "employer": {"Lain"}}).Is(http.StatusConflict)
	c.Get(urls.Departure()).Has("main", "PT Rahasia Contoh").Has("main", "HKD 17.000").Has("main details", "Pemberi kerja")
	if p.One("SELECT count(*) FROM departures d WHERE d::text LIKE '%Rahasia%'") != "0" {
		t.Error("an employer lies in clear")
	}
	c.Post(urls.DepartureSaid(), url.Values{"kind": {"visa"}, "said_by": {"KJRI Contoh"}, "said_on.day": {"1"}, "said_on.month": {"11"},
		"said_on.year": {"2026"}}).LeadsTo(urls.Departure())
	c.Get(urls.Departure()).Has("#kata-kantor", "menurut KJRI Contoh, 1 November 2026")
	other := p.As(p.AddUser(models.Seeker, "Orang Lain"))
	if page := other.Get(urls.Departure()); strings.Contains(page.Body, "Rahasia") {
		t.Error("another person reads it")
	}
	c.Post(urls.DepartureOff(), url.Values{"version": {version()}}).LeadsTo(urls.Departure())
	c.Get(urls.Departure()).Has("main", "Saya akan berangkat")
}

// Leaving closes the open plan of readiness, and keeps that it was for this departure.
func TestLeavingClosesThePlan(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	u := p.AddUser(models.Seeker, "Suparmi Contoh")
	c := p.As(u)
	err := p.DB.Exec(`INSERT INTO readiness_plans (ref, user_id, route, country, scheme, occupation, opened_at)
		VALUES ('SB-1', ?, '', '', '', '', ?)`, u.ID, p.Clock()).Error
	if err != nil {
		t.Fatal(err)
	}
	c.Post(urls.Departure(), url.Values{}).LeadsTo(urls.DeparturePart("tujuan"))
	if p.One("SELECT count(*) FROM readiness_plans WHERE closed_at IS NULL") != "1" {
		t.Error("a departure that is only planned closes the plan")
	}
	left := url.Values{"version": {"1"}, "left_on.day": {"20"}, "left_on.month": {"11"}, "left_on.year": {"2026"}}
	c.Post(urls.DeparturePart("tujuan"), left).LeadsTo(urls.DeparturePart("kerja"))
	if p.One("SELECT count(*) FROM readiness_plans r JOIN departures d ON d.plan_id = r.id WHERE r.closed_at IS NOT NULL") != "1" {
		t.Error("who left still prepares")
	}
	c.Get(urls.DepartureOff()).Is(http.StatusNotFound)
}

// Opening the link counts for nothing; the word shows byte for byte what everybody sees who is well, and makes a case.
func TestWordShowsTheWellPageAndMakesACase(t *testing.T) {
	p, u, c := abroad(t, nil)
	c.Get(urls.MyCheckin()).Has("[data-state=on]", "beberapa menit")
	answer := func(note string) (string, http.Header) {
		step(t, p)
		path := link(t, p)
		anyone := p.Client()
		if page := anyone.Get(path).Is(http.StatusOK); strings.Contains(page.Body, u.Name) {
			t.Error("the page names whom it asks")
		}
		if p.One("SELECT count(*) FROM checkin_rounds WHERE closed_at IS NULL") != "1" {
			t.Error("opening the link answered")
		}
		got := anyone.Post(path, url.Values{"answer": {"well"}, "note": {note}}).LeadsTo(urls.CheckinDone())
		p.Pass(7 * 24 * time.Hour)
		return anyone.Get(urls.CheckinDone()).Is(http.StatusOK).Body, got.Header
	}
	calm, header := answer("Semua lancar, cuaca bagus.")
	if p.One("SELECT count(*) FROM cases") != "0" {
		t.Fatal("who is well has a case")
	}
	signal, signalled := answer("Kemarin makan MANGGA, manis sekali.")
	p.Heed()
	if calm != signal || header.Get("Set-Cookie")+signalled.Get("Set-Cookie") != "" || header.Get("Location") != signalled.Get("Location") {
		t.Errorf("the word shows another page: %v, %v", header, signalled)
	}
	if got := p.One("SELECT door || ' ' || urgency FROM cases"); got != "checkin life" {
		t.Errorf("the case is %q", got)
	}
	if p.One("SELECT count(*) FROM case_people WHERE user_id IS NOT NULL") != "0" {
		t.Error("the case is tied to an account that did not ask for it")
	}
	c = p.As(u)
	body := c.Get(urls.MyCheckin()).Is(http.StatusOK).Has("main", "Anda menjawab: baik.").Has("[data-state=on]", "Menyala").Body
	if strings.Contains(body, p.One("SELECT ref FROM cases")) || strings.Contains(body, "kasus dibuat.") {
		t.Error("the person's page tells of the word")
	}
}

// Who asks for help has a case at once and reads number and PIN; who wants advice asks the officers.
func TestHelpAndAdviceFromACheckin(t *testing.T) {
	p, u, _ := abroad(t, url.Values{"ties": {"1"}})
	step(t, p)
	path := link(t, p)
	anyone := p.Client()
	anyone.Post(path, url.Values{}).Is(http.StatusUnprocessableEntity).Has("main", "Pilih satu jawaban")
	anyone.Post(path, url.Values{"answer": {"advice"}, "note": {"Boleh pindah kerja?"}}).
		LeadsTo(urls.WithQuery(urls.CheckinDone(), "saran", "1"))
	if got := p.One("SELECT body FROM messages"); got != "Boleh pindah kerja?" {
		t.Errorf("the officers read %q", got)
	}
	anyone.Post(path, url.Values{"answer": {"help"}, "note": {"Paspor ditahan."}}).LeadsTo(urls.HelpReceipt())
	anyone.Get(urls.HelpReceipt()).Is(http.StatusOK).Has("main h1", "Sudah kami terima")
	if got := p.One("SELECT user_id FROM case_people WHERE part = 'subject'"); got != p.One("SELECT id FROM users WHERE ref = ?", u.Ref) {
		t.Errorf("the case is tied to %q", got)
	}
	p.Client().Get(urls.Checkin("TIDAKADA")).Is(http.StatusNotFound)
}

// A check-in that cannot raise the alarm is never shown as on: without consent to the steps, to messages on the phone, or
// where the contact is gone.
func TestCheckinIsOnOnlyWhereItCanAsk(t *testing.T) {
	p, u, c := abroad(t, nil)
	none := agreed(nil)
	none.Del("agree")
	c.Post(urls.MyCheckinSet(), none).Is(http.StatusUnprocessableEntity).Has("main", "Centang persetujuan").Lacks("input[value*=mangga]")
	c.Post(urls.MyCheckinSet(), standing(p, agreed(url.Values{"channel": {"phone"}}))).Is(http.StatusUnprocessableEntity)
	phoned := p.AddUser(models.Seeker, "Hanya HP")
	if err := p.DB.Exec("UPDATE users SET phone = '+6281234500099' WHERE id = ?", phoned.ID).Error; err != nil {
		t.Fatal(err)
	}
	p.As(phoned).Post(urls.MyCheckinSet(), agreed(url.Values{"channel": {"phone"}})).Is(http.StatusUnprocessableEntity).
		Has("main a[href$='"+urls.Consents()+"']", "Persetujuan")
	c.Post(urls.MyCheckinSet(), standing(p, agreed(url.Values{"relative": {"1"}}))).Is(http.StatusUnprocessableEntity).
		Has("main", "orang yang Anda percaya")
	c.Post(urls.MyCheckinSet(), agreed(url.Values{"remind_days": {"6"}})).Is(http.StatusUnprocessableEntity)
	if err := p.DB.Exec("UPDATE users SET email = 'baru@contoh.example' WHERE id = ?", u.ID).Error; err != nil {
		t.Fatal(err)
	}
	c.Get(urls.MyCheckin()).Has("[data-state=stuck]", "Tidak jalan").Lacks("[data-state=on]")
	step(t, p)
	if p.One("SELECT count(*) FROM checkin_rounds") != "0" || p.LastLetter().Template != "checkin_stuck" {
		t.Error("who changed their contact was asked at another one")
	}
	c.Post(urls.MyCheckinSet(), agreed(nil)).Is(http.StatusConflict) // of a page on which nothing was on
	c.Post(urls.MyCheckinSet(), standing(p, agreed(nil))).LeadsTo(urls.MyCheckin())
	c.Get(urls.MyCheckin()).Has("[data-state=on]", "beberapa menit")
	c.Post(urls.MyCheckinOff(), url.Values{}).LeadsTo(urls.MyCheckin())
	c.Get(urls.MyCheckin()).Has("[data-state=off]", "Mati")
}

// A relative reads what was granted and nothing else; the next request after it was withdrawn finds nothing.
func TestRelativeSeesWhatWasGranted(t *testing.T) {
	p, _, c := abroad(t, nil)
	c.Post(urls.Relatives(), url.Values{"name": {"Sari Contoh"}, "relation": {"kakak"}, "address": {"sari@contoh.example"}, "language": {"id"},
		"sees": {"station"}}).LeadsTo(urls.Relatives())
	named := p.LastLetter()
	if named.Address != "sari@contoh.example" || named.Template != "relative_named" {
		t.Fatalf("told %+v", named)
	}
	path := named.Data["Path"]
	page := c.Get(urls.Relatives()).Is(http.StatusOK).Has("main", "Sari Contoh")
	code := strings.TrimSpace(page.Find("[data-relative] dl dd").Last().Text())
	sari := p.Client()
	sari.Get(path).Is(http.StatusOK).Has("main", "Kode").Lacks("[data-granted]")
	sari.Post(path, url.Values{"code": {"SALAHNYA"}}).Is(http.StatusUnprocessableEntity)
	sari.Post(path, url.Values{"code": {strings.ToLower(code)}}).LeadsTo(path)
	sari.Get(path).Has("[data-granted]", "Sudah berangkat").Lacks("[data-granted] dt:contains('Negara')")
	ref := p.One("SELECT ref FROM relatives")
	stranger := p.As(p.AddUser(models.Seeker, "Orang Lain"))
	stranger.Post(urls.RelativeGrant(ref), url.Values{"version": {"1"}, "sees": {"place"}}).Is(http.StatusNotFound)
	stranger.Post(urls.RelativeWithdraw(ref), url.Values{}).Is(http.StatusNotFound)
	c.Post(urls.RelativeGrant(ref), url.Values{"version": {"1"}, "sees": {"place", "papers"}}).LeadsTo(urls.Relatives())
	sari.Get(path).Has("[data-granted]", "Negara dan kota").Lacks("[data-granted] dt:contains('Sampai di mana')")
	guesser := p.Client()
	for range 5 {
		guesser.Post(path, url.Values{"code": {"TEBAKAN1"}})
	}
	guesser.Post(path, url.Values{"code": {code}}).Is(http.StatusTooManyRequests)
	c.Post(urls.RelativeWithdraw(ref), url.Values{}).LeadsTo(urls.Relatives())
	sari.Get(path).Is(http.StatusNotFound)
}

// Nothing heard: the reminder after a day, the relative after three, who is worried has a case made at once.
func TestSilenceLeadsStepByStepToACase(t *testing.T) {
	p, u, c := abroad(t, nil)
	c.Post(urls.Relatives(), url.Values{"name": {"Sari"}, "address": {"sari@contoh.example"}, "language": {"en"}}).
		LeadsTo(urls.Relatives())
	c.Post(urls.MyCheckinSet(), standing(p, agreed(url.Values{"relative": {"1"}}))).LeadsTo(urls.MyCheckin())
	officer := p.AddDesk("Petugas Pelindung", models.DutyProtection)
	helper := p.As(officer)
	step(t, p)
	helper.Get(urls.OverdueCheckins()).Is(http.StatusOK).Lacks("main li")
	p.Pass(31 * time.Minute)
	step(t, p)
	p.As(u).Get(urls.MyCheckin()).Has("main", "Tidak ada laporan bahwa pesan sampai")
	p.Pass(24 * time.Hour)
	step(t, p)
	if got := p.LastLetter().Template; got != "checkin_remind" {
		t.Errorf("after a day: %s", got)
	}
	helper = p.As(officer)
	helper.Get(urls.OverdueCheckins()).Has("main li", u.Name).Has("main li", "Sudah diingatkan").Has("main li", "1 hari tanpa jawaban").
		Has("main li a[href$='"+urls.CounterPerson(u.Ref)+"']", "Buka data")
	helper.Get(urls.WithQuery(urls.OverdueCheckins(), "urut", "lama")).Has("main a[aria-current]", "Paling lama diam").Has("main li", u.Name)
	p.As(p.AddUser(models.Officer, "Petugas Lain")).Get(urls.OverdueCheckins()).Is(http.StatusForbidden)
	p.Pass(48 * time.Hour)
	step(t, p)
	asked := p.LastLetter()
	if asked.Template != "checkin_relative" || asked.Language != "en" || asked.Address != "sari@contoh.example" {
		t.Fatalf("after three days: %+v", asked)
	}
	path := asked.Data["Path"]
	sari := p.Client()
	c = p.As(u)
	code := strings.TrimSpace(c.Get(urls.Relatives()).Find("[data-relative] dl dd").Last().Text())
	sari.Post(path+"/jawab", url.Values{"answer": {"worried"}}).Is(http.StatusNotFound)
	sari.Post(path, url.Values{"code": {code}}).LeadsTo(path)
	sari.Get(path).Has("main", "Apakah Anda tahu kabarnya")
	sari.Post(path+"/jawab", url.Values{"answer": {"worried"}}).LeadsTo(path)
	if got := p.One("SELECT door || ' ' || urgency FROM cases"); got != "checkin urgent" {
		t.Errorf("the case is %q", got)
	}
	c.Get(urls.MyCheckin()).Has("[data-state=raised]", "kasus sudah dibuat")
	step(t, p)
	p.Pass(10 * 24 * time.Hour)
	step(t, p)
	if p.One("SELECT count(*) FROM cases") != "1" || p.One("SELECT count(*) FROM checkin_rounds") != "1" {
		t.Error("a check-in that rests goes on")
	}
}

// An officer keeps the record for a person who is at the counter, with who told it; others have nothing to do there.
func TestOfficerKeepsADepartureForAPerson(t *testing.T) {
	p, u, c := abroad(t, nil)
	officer := p.As(p.AddUser(models.Officer, "Petugas Loket"))
	officer.Get(urls.CounterPerson(u.Ref)).Has("main a", "Keberangkatan")
	officer.Get(urls.OfficerDeparture(u.Ref)).Is(http.StatusOK).Has("[data-state=on]", "Menyala")
	officer.Get(urls.OfficerDeparturePart(u.Ref, "kerja")).Is(http.StatusOK)
	officer.Post(urls.OfficerDeparturePart(u.Ref, "kerja"), url.Values{"version": {"1"}, "source": {"phone"}, "job": {"Perawat"}}).
		LeadsTo(urls.OfficerDeparturePart(u.Ref, "surat"))
	c.Get(urls.Departure()).Has("main", "Perawat").Has("main details", "Lewat telepon")
	second := p.AddUser(models.Seeker, "Orang Kedua")
	officer.Post(urls.OfficerDeparture(second.Ref), url.Values{"source": {"counter"}, "abroad": {"1"}}).
		LeadsTo(urls.OfficerDeparturePart(second.Ref, "tujuan"))
	if got := p.One("SELECT source FROM departures WHERE user_id = ?", second.ID); got != "counter" {
		t.Errorf("source %q", got)
	}
	officer.Get(urls.OfficerDeparture("NK-TIDAKADA")).Is(http.StatusNotFound)
	if p.One("SELECT count(*) FROM audit_rows WHERE action = 'departure_seen' AND person_id = ?", u.ID) == "0" {
		t.Error("the look was not written down")
	}
}

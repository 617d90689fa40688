package seeker_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// joined is somebody who is asked under an account that is joined into another one of theirs.
func joined(t *testing.T) (*testportal.Portal, models.User, *testportal.Client) {
	t.Helper()
	p, old, c := abroad(t, nil)
	c.Post(urls.Relatives(), url.Values{"name": {"Sari"}, "address": {"sari@contoh.example"}, "language": {"id"}, "sees": {"station"}}).
		LeadsTo(urls.Relatives())
	u := p.AddUser(models.Seeker, "Suparmi Lama")
	p.Join(old, u)
	return p, u, p.As(u)
}

// What was kept under a joined account is read and kept on by the one into which it was joined: the departure, the relatives,
// and the check-in with its open asking.
func TestJoinedAccountIsReadAndKeptOn(t *testing.T) {
	p, u, c := joined(t)
	step(t, p)
	path := link(t, p)
	c.Get(urls.MyCheckin()).Has("[data-state=on]", "Kabar Anda ditunggu sejak").Has("[data-state=on]", "akun Anda yang lain").
		Has("main a[href='"+path+"']", "Jawab sekarang")
	c.Get(urls.Departure()).Has("main", "akun Anda yang lain")
	version := p.One("SELECT version FROM departures")
	c.Post(urls.DeparturePart("tujuan"), url.Values{"version": {version}, "city": {"Kowloon"}}).LeadsTo(urls.DeparturePart("kerja"))
	c.Post(urls.Departure(), url.Values{"abroad": {"1"}}).LeadsTo(urls.DeparturePart("tujuan"))
	if p.One("SELECT count(*) FROM departures") != "1" {
		t.Error("a second departure was begun beside the joined one")
	}
	if p.One("SELECT station FROM journey_lines WHERE user_id = ?", u.ID) != "working" {
		t.Error("the line of the one account does not say that they are abroad")
	}
	ref := p.One("SELECT ref FROM relatives")
	c.Get(urls.Relatives()).Has("[data-relative="+ref+"]", "Sari")
	c.Post(urls.RelativeWithdraw(ref), url.Values{}).LeadsTo(urls.Relatives())
	if p.One("SELECT count(*) FROM relatives WHERE withdrawn_at IS NULL") != "0" {
		t.Error("who was named under the joined account sees it still")
	}
	later(t, p, 2)
	helper := p.As(p.AddDesk("Petugas Pelindung", models.DutyProtection))
	helper.Get(urls.OverdueCheckins()).Has("main li a[href$='"+urls.OfficerDeparture(u.Ref)+"']", u.Name)
	helper.Get(urls.OfficerDeparture(u.Ref)).Has("main", "Kowloon").Has("[data-state=on]", "Menyala")
	stranger := p.As(p.AddUser(models.Seeker, "Orang Lain"))
	stranger.Get(urls.MyCheckin()).Has("[data-state=off]", "Mati")
}

// Pause, off and coming home act on what runs under a joined account, and a new choice ends it: a person has one check-in.
func TestJoinedCheckinIsPausedSwitchedOffAndReplaced(t *testing.T) {
	on := "SELECT count(*) FROM checkins WHERE ended_at IS NULL"
	t.Run("pause", func(t *testing.T) {
		p, _, c := joined(t)
		step(t, p)
		c.Post(urls.MyCheckinQuiet(), url.Values{"from.day": {"25"}, "from.month": {"11"}, "from.year": {"2026"},
			"until.day": {"15"}, "until.month": {"12"}, "until.year": {"2026"}}).LeadsTo(urls.MyCheckin())
		later(t, p, 10)
		if p.One("SELECT count(*) FROM cases") != "0" {
			t.Error("the pause does not hold for the joined account")
		}
	})
	t.Run("off", func(t *testing.T) {
		p, _, c := joined(t)
		step(t, p)
		c.Post(urls.MyCheckinOff(), url.Values{}).LeadsTo(urls.MyCheckin())
		if p.One(on) != "0" || p.One("SELECT count(*) FROM checkin_rounds WHERE closed_at IS NULL") != "0" {
			t.Error("it runs on unseen")
		}
		later(t, p, 10)
		if p.One("SELECT count(*) FROM cases") != "0" {
			t.Error("who switched it off is looked for")
		}
	})
	t.Run("home", func(t *testing.T) {
		p, _, c := joined(t)
		c.Post(urls.HomecomingNeeds(), url.Values{"day.day": {"20"}, "day.month": {"11"}, "day.year": {"2026"}}).Is(http.StatusSeeOther)
		if p.One(on) != "0" || p.One("SELECT count(*) FROM departures WHERE over_at IS NULL") != "0" {
			t.Error("who is home is asked abroad")
		}
	})
	t.Run("replaced", func(t *testing.T) {
		p, u, c := joined(t)
		v := standing(p, agreed(url.Values{"word": {""}}))
		c.Post(urls.MyCheckinSet(), v).Is(http.StatusUnprocessableEntity).Has("#f-word-error", "Ketik lagi")
		v.Set("word", "mangga manis")
		c.Post(urls.MyCheckinSet(), v).LeadsTo(urls.MyCheckin())
		if p.One(on) != "1" || p.One(on+" AND user_id = ?", u.ID) != "1" {
			t.Error("two run beside each other")
		}
	})
}

// Whoever is asked under a joined account has a case of the one account, and reads there what officers answer.
func TestAnswerUnderAJoinedAccountIsOfTheOne(t *testing.T) {
	p, old, _ := abroad(t, url.Values{"ties": {"1"}})
	u := p.AddUser(models.Seeker, "Suparmi Lama")
	p.Join(old, u)
	step(t, p)
	anyone := p.Client()
	anyone.Post(link(t, p), url.Values{"answer": {"advice"}, "note": {"Boleh pindah kerja? Mangga manis."}}).Is(http.StatusSeeOther)
	p.Heed()
	if got := p.One("SELECT user_id FROM case_people WHERE part = 'subject'"); got != p.One("SELECT id::text FROM users WHERE id = ?", u.ID) {
		t.Errorf("the case is tied to %q", got)
	}
	if got := p.One("SELECT person_id FROM conversations"); got != p.One("SELECT id::text FROM users WHERE id = ?", u.ID) {
		t.Errorf("the question is of %q", got)
	}
	c := p.As(u)
	if page := c.Get(urls.MyCheckin()); strings.Contains(page.Body, p.One("SELECT ref FROM cases")) {
		t.Error("the page tells of the word")
	}
}

// What the lists of licences say of the agency that was typed stands beside it, for its person and for officers, with the day
// of the list; who is on none is called nothing. One press takes it to the offer checker.
func TestLicenceOfTheAgencyStandsOnTheDeparture(t *testing.T) {
	p, u, c := abroad(t, nil)
	rina, joko := p.AddUser(models.Officer, "Rina"), p.AddUser(models.Officer, "Joko")
	err := p.DB.Exec(`WITH made AS (
			INSERT INTO licence_lists (ref, kind, source, listed_on, file_name, columns, state, entries, form_token, made_by, made_at,
				decided_by, decided_at)
			VALUES ('IZ-1', 'p3mi', 'KP2MI (contoh)', '2026-11-02', 'daftar.xlsx', '{"name": 0}', 'published', 1, 'uji', ?, ?, ?, ?)
			RETURNING id)
		INSERT INTO licences (list_id, line, name, folded, number, place, state, state_said, valid_said)
		SELECT id, 2, 'PT Contoh Karya', 'contoh karya', '1/2026', 'Jakarta', 'revoked', 'Dicabut', ''
		FROM made`, rina.ID, p.Clock(), joko.ID, p.Clock()).Error
	if err != nil {
		t.Fatal(err)
	}
	typed := func(agency string) {
		t.Helper()
		version := p.One("SELECT version FROM departures")
		c.Post(urls.DeparturePart("kerja"), url.Values{"version": {version}, "agency": {agency}}).LeadsTo(urls.DeparturePart("surat"))
	}
	c.Get(urls.Departure()).Lacks("[data-licence]")
	typed("P.T. Contoh Karia")
	c.Get(urls.Departure()).Has("[data-licence]", "PT Contoh Karya").Has("[data-licence]", "2 November 2026")
	typed("pt. contoh karya")
	c.Get(urls.Departure()).Has("[data-licence]", "izin dicabut").Has("main a[href$='"+urls.Help()+"']", "butuh bantuan")
	p.As(rina).Get(urls.OfficerDeparture(u.Ref)).Has("[data-licence]", "izin dicabut")
	typed("CV Sama Sekali Lain")
	page := c.Get(urls.Departure()).Has("[data-licence]", "tidak ada di daftar").Has("[data-licence]", "2 November 2026")
	if strings.Contains(strings.ToLower(page.Find("[data-licence]").Text()), "ilegal") {
		t.Error("who is not on the list is called illegal")
	}
	form := page.Find("form[action='" + urls.Safety() + "']")
	name, _ := form.Find("[name=nama]").Attr("value")
	c.Post(urls.Safety(), url.Values{"nama": {name}}).LeadsTo(urls.OfferQuestions())
	if p.One("SELECT count(*) FROM offer_checks") != "1" {
		t.Error("the offer was not taken to the checker")
	}
}

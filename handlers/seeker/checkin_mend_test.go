package seeker_test

import (
	"net/url"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// later passes days, looking each day at what is due.
func later(t *testing.T, p *testportal.Portal, days int) {
	t.Helper()
	for range days {
		p.Pass(24 * time.Hour)
		step(t, p)
	}
}

// An answer by an older link ends the asking that is open, and is told to the case that silence made.
func TestAnswerByAnOlderLinkIsHeard(t *testing.T) {
	p, _, _ := abroad(t, nil)
	step(t, p)
	first := link(t, p)
	well := url.Values{"answer": {"well"}}
	p.Client().Post(first, well).LeadsTo(urls.CheckinDone())
	later(t, p, 8)
	if p.One("SELECT count(*) FROM checkin_rounds WHERE closed_at IS NULL") != "1" {
		t.Fatal("nobody was asked again")
	}
	p.Client().Post(first, well).LeadsTo(urls.CheckinDone())
	later(t, p, 5)
	if p.One("SELECT count(*) FROM cases") != "0" {
		t.Error("who answered is looked for")
	}
	later(t, p, 9)
	if p.One("SELECT count(*) FROM cases") != "1" {
		t.Fatal("silence made no case")
	}
	told := p.One("SELECT count(*) FROM case_messages")
	p.Client().Post(first, well).LeadsTo(urls.CheckinDone())
	if p.One("SELECT count(*) FROM case_messages") == told || p.One("SELECT count(*) FROM cases") != "1" {
		t.Error("the case was not told that its person answered")
	}
	if p.One("SELECT count(*) FROM checkin_rounds WHERE answer IS NULL") != "0" {
		t.Error("an asking still waits for an answer")
	}
}

// A pause that begins while an asking is open ends it: nobody is reminded and nobody looked for during it.
func TestPauseEndsAnOpenAsking(t *testing.T) {
	p, _, c := abroad(t, nil)
	step(t, p)
	from, until := p.Clock().AddDate(0, 0, 1), p.Clock().AddDate(0, 0, 20)
	c.Post(urls.MyCheckinQuiet(), url.Values{
		"from.day": {from.Format("2")}, "from.month": {from.Format("1")}, "from.year": {from.Format("2006")},
		"until.day": {until.Format("2")}, "until.month": {until.Format("1")}, "until.year": {until.Format("2006")},
	}).LeadsTo(urls.MyCheckin())
	later(t, p, 10)
	if p.One("SELECT count(*) FROM cases") != "0" ||
		p.One("SELECT count(*) FROM checkin_steps WHERE step NOT IN ('ask', 'other')") != "0" {
		t.Error("a pause does not pause")
	}
}

// Shorter steps hold for the asking that is open, at once.
func TestShorterStepsHoldForTheOpenAsking(t *testing.T) {
	p, u, _ := abroad(t, url.Values{"remind": {""}, "case_days": {"20"}})
	step(t, p)
	later(t, p, 4)
	p.As(u).Post(urls.MyCheckinSet(), agreed(url.Values{"remind": {""}, "case_days": {"2"}})).LeadsTo(urls.MyCheckin())
	step(t, p)
	if p.One("SELECT count(*) FROM cases") != "1" {
		t.Error("the open asking waits for the old day")
	}
}

// Once silence made a case its person can still answer from their own page, and what they change or switch off is told to it.
func TestCaseOfSilenceIsToldWhatItsPersonDoes(t *testing.T) {
	p, u, _ := abroad(t, nil)
	step(t, p)
	later(t, p, 6)
	if p.One("SELECT count(*) FROM cases") != "1" {
		t.Fatal("silence made no case")
	}
	c := p.As(u)
	c.Get(urls.MyCheckin()).Has("[data-state=raised]", "kasus sudah dibuat").Has("main a[href^='/kabar/']", "Jawab sekarang")
	told := p.One("SELECT count(*) FROM case_messages")
	c.Post(urls.MyCheckinOff(), url.Values{}).LeadsTo(urls.MyCheckin())
	if p.One("SELECT count(*) FROM case_messages") == told {
		t.Error("the case was not told that the check-in was switched off")
	}
}

// However many people somebody names, so many letters leave for an address and no more.
func TestNamingRelativesIsLimited(t *testing.T) {
	p, _, c := abroad(t, nil)
	for range 6 {
		c.Post(urls.Relatives(), url.Values{"name": {"Sari"}, "address": {"sari@contoh.example"}, "language": {"id"}})
		if err := p.DB.Exec("UPDATE relatives SET withdrawn_at = granted_at").Error; err != nil {
			t.Fatal(err)
		}
	}
	if got := p.One("SELECT count(*) FROM notices WHERE template = 'relative_named'"); got != "4" {
		t.Errorf("%s letters left for one address", got)
	}
}

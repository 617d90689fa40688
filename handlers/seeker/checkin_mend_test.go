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
	p.Heed()
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
	p.As(u).Post(urls.MyCheckinSet(), standing(p, agreed(url.Values{"remind": {""}, "case_days": {"2"}}))).LeadsTo(urls.MyCheckin())
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

// Whether the word was typed cannot be told from the work that an answer does: with it and without it the request sends the
// same statements, and what follows is a job of its own that is there once the answer is.
func TestWordTakesNoOtherWork(t *testing.T) {
	p, _, _ := abroad(t, nil)
	sent := p.Counted()
	work := func(note string) int {
		t.Helper()
		step(t, p)
		token := strings.TrimPrefix(link(t, p), urls.Checkin(""))
		n := sent.Count(func() {
			if _, err := p.Deps.Journey.AnswerCheckin(t.Context(), token, "well", note); err != nil {
				t.Error(err)
			}
		})
		p.Pass(7 * 24 * time.Hour)
		return n
	}
	calm, signal := work("Semua lancar, cuaca bagus sekali."), work("Kemarin makan mangga, manis sekali.")
	if calm != signal || calm == 0 {
		t.Errorf("%d statements of who is well, %d with the word", calm, signal)
	}
	if p.One("SELECT count(*) FROM cases") != "0" || p.One("SELECT count(*) FROM river_job WHERE kind = 'heed_answer'") != "2" {
		t.Error("the answer leaves no job, or makes the case itself")
	}
	p.Heed()
	p.Heed() // the process died before it could say so
	if p.One("SELECT count(*) FROM cases WHERE urgency = 'life'") != "1" {
		t.Error("the word made no case, or more than one")
	}
}

// A check-in is changed only as it stood on the page; the same form pressed twice changes it once.
func TestCheckinIsChangedAsItStood(t *testing.T) {
	p, u, c := abroad(t, nil)
	version := "SELECT version FROM checkins WHERE ended_at IS NULL"
	v := standing(p, agreed(url.Values{"every": {"2"}}))
	c.Post(urls.MyCheckinSet(), v).LeadsTo(urls.MyCheckin())
	c.Post(urls.MyCheckinSet(), v).LeadsTo(urls.MyCheckin())
	if got := p.One(version); got != "2" {
		t.Errorf("version %s after one change", got)
	}
	v.Set("case_days", "9")
	c.Post(urls.MyCheckinSet(), v).Is(http.StatusConflict)
	c.Post(urls.MyCheckinOff(), url.Values{}).LeadsTo(urls.MyCheckin())
	c.Post(urls.MyCheckinSet(), v).Is(http.StatusConflict)
	if p.One("SELECT count(*) FROM checkins WHERE ended_at IS NULL") != "0" {
		t.Error("a page of before switched it on again")
	}
	p.As(u).Post(urls.MyCheckinSet(), agreed(nil)).LeadsTo(urls.MyCheckin())
}

// What is wrong with a form is said at once, the word too; a step without its number has the usual one.
func TestCheckinFormSaysAllThatIsWrong(t *testing.T) {
	p, _, c := abroad(t, nil)
	v := standing(p, agreed(url.Values{"word": {"a"}, "case_days": {"99"}}))
	v.Del("agree")
	c.Post(urls.MyCheckinSet(), v).Is(http.StatusUnprocessableEntity).Shows("#f-word-error").Shows("#f-agree-error").
		Shows("#f-case_days-error")
	c.Get(urls.MyCheckinSet()).Lacks("#f-relative_days[value='3']")
	c.Post(urls.MyCheckinSet(), standing(p, agreed(url.Values{"remind_days": {""}}))).LeadsTo(urls.MyCheckin())
	if got := p.One("SELECT remind_days FROM checkins"); got != "1" {
		t.Errorf("reminded after %s days", got)
	}
}

// Nobody is written to about somebody whose account was closed, though the letter waits already.
func TestClosingAnAccountDropsLettersToRelatives(t *testing.T) {
	p, u, c := abroad(t, nil)
	c.Post(urls.Relatives(), url.Values{"name": {"Sari"}, "address": {"sari@contoh.example"}, "language": {"id"}}).LeadsTo(urls.Relatives())
	c.Post(urls.MyCheckinSet(), standing(p, agreed(url.Values{"relative": {"1"}}))).LeadsTo(urls.MyCheckin())
	step(t, p)
	later(t, p, 4)
	const waits = "SELECT count(*) FROM notices WHERE user_id IS NULL AND state = 'queued'"
	if p.One(waits) != "2" {
		t.Fatal("the relative was not written to")
	}
	if err := p.Store.CloseAccount(t.Context(), u, func(string) (bool, string, error) { return true, "", nil }); err != nil {
		t.Fatal(err)
	}
	if p.One(waits) != "0" || p.One("SELECT count(*) FROM relatives") != "0" {
		t.Error("a letter about them leaves all the same")
	}
}

// A relative at whose address we may not be named gets a letter without a link: it counts as one that did not arrive.
func TestRelativeWithoutALinkIsShownAsMissing(t *testing.T) {
	p, u, c := abroad(t, nil)
	sari := p.AddUser(models.Seeker, "Sari")
	c.Post(urls.Relatives(), url.Values{"name": {"Sari"}, "address": {string(*sari.Email)}, "language": {"id"}}).LeadsTo(urls.Relatives())
	rule := models.ContactInput{Address: string(*sari.Email), Allowed: true, MayLeaveMessage: true}
	if err := p.Store.SetContactRule(t.Context(), sari, sari.Ref, rule); err != nil {
		t.Fatal(err)
	}
	c.Post(urls.MyCheckinSet(), standing(p, agreed(url.Values{"relative": {"1"}, "case_days": {"20"}}))).LeadsTo(urls.MyCheckin())
	step(t, p)
	later(t, p, 3)
	arrived := p.DB.Exec(`UPDATE notices
		SET state = 'delivered', sent_at = now(), delivered_at = now(), sealed = NULL
		WHERE template = 'checkin_relative'`)
	if err := arrived.Error; err != nil {
		t.Fatal(err)
	}
	later(t, p, 1)
	if p.One("SELECT missing FROM checkin_steps WHERE step = 'relative'") != "true" {
		t.Error("a letter without a link counts as one that arrived")
	}
	p.As(u).Get(urls.MyCheckin()).Has("main", "Tidak ada laporan bahwa pesan sampai")
}

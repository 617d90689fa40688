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

package seeker_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// The box for a question is folded unless a conversation runs or what was typed is wrong; who has an ended application
// reads where else to ask.
func TestF203QuestionBoxIsFoldedUnlessSomebodyTalks(t *testing.T) {
	p, l, u, c := testportal.StartApplicant(t)
	ref := p.AddSubmitted(u, l.Intakes[0]).Ref
	const box, help = "#tanya details", "#tanya a[href='/bantuan']"
	c.Get(urls.Application(ref)).Has(box, "Tulis pertanyaan").Lacks(box + "[open]").Lacks(help)
	c.Post(urls.ApplicationAsk(ref), url.Values{"text": {""}}).Is(http.StatusUnprocessableEntity).Has(box+"[open]", "Pesan Anda")
	p.DB.Exec("UPDATE applications SET state = 'withdrawn' WHERE ref = ?", ref)
	c.Get(urls.Application(ref)).Has(help, "bantuan").Lacks(box + "[open]")
	p.DB.Exec("UPDATE applications SET state = 'submitted' WHERE ref = ?", ref)
	c.Post(urls.ApplicationAsk(ref), url.Values{"text": {"Kapan diperiksa?"}}).LeadsTo(urls.Application(ref))
	c.Get(urls.Application(ref)).Has(box+"[open]", "Pesan Anda")
}

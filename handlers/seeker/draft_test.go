package seeker_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Who presses Kirim after the closing reads when it closed and that the answers are kept, on no form and with no fault
// of theirs; the answers go to the next intake by one press. The first page tells no deadline that has passed.
func TestF171ClosingBetweenTheLastStepAndSending(t *testing.T) {
	for name, tt := range map[string]struct {
		ends  func(p *testportal.Portal, intake string)
		title string
	}{
		"closed": {func(p *testportal.Portal, _ string) { p.Pass(6*24*time.Hour + 13*time.Hour) },
			"Sudah ditutup Senin, 30 November 2026 pukul 23.59 WIB. Isian disimpan"},
		"cancelled": {func(p *testportal.Portal, intake string) {
			p.DB.Exec("UPDATE intakes SET state = 'cancelled' WHERE ref = ?", intake)
		}, "Angkatan ini dibatalkan. Isian disimpan"},
		"suspended": {func(p *testportal.Portal, _ string) { p.DB.Exec("UPDATE programmes SET state = 'closed'") },
			"angkatannya tidak dibuka"},
	} {
		t.Run(name, func(t *testing.T) {
			p, _, u, _ := testportal.StartApplicant(t)
			l := p.AddProgramme(func(d *models.DemoProgramme) {
				next := testportal.OpenIntake(2)
				next.ClosesAt = new(testportal.Noon.AddDate(0, 0, 30))
				next.StartsOn, next.EndsOn = new(testportal.Day(2027, 1, 14)), new(testportal.Day(2027, 1, 30))
				d.Intakes = append(d.Intakes, next)
			})
			c := p.As(u)
			ref := walk(c, l.Intakes[0])
			tt.ends(p, l.Intakes[0])
			c = p.As(u)
			c.Get(urls.Me()).Lacks("main strong").Has("main", "angkatannya sudah ditutup").
				Has("main .tag-plain", "Tidak terkirim")
			c.Post(urls.ApplicationCheck(ref), testportal.AllStatements).LeadsTo(urls.Application(ref))
			page := c.Get(urls.Application(ref)).Is(http.StatusOK).Lacks("[data-error-summary]").
				Has("main", tt.title).Has("body", "Isian Anda disimpan")
			for _, step := range []string{urls.ApplicationCertificates(ref), urls.ApplicationMotivation(ref), urls.ApplicationCheck(ref)} {
				c.Get(step).LeadsTo(urls.Application(ref))
			}
			move := "form[action='" + urls.ApplicationCarry(ref) + "']"
			if name == "suspended" {
				page.Lacks(move)
				return
			}
			page.Has(move, "Pindahkan isian ke sini")
			c.Post(urls.ApplicationCarry(ref), url.Values{"intake": {l.Intakes[1]}}).LeadsTo(urls.Application(ref))
			c.Get(urls.Application(ref)).Has("main", "angkatan 2").Has("main", "Isian dipindahkan ke angkatan lain").Lacks(move)
			c.Get(urls.ApplicationCheck(ref)).Has("main", "Saya ingin jadi juru las.")
			c.Post(urls.ApplicationCheck(ref), testportal.AllStatements).LeadsTo(urls.ApplicationReceipt(ref))
			c.Post(urls.ApplicationCarry(ref), url.Values{"intake": {l.Intakes[0]}}).Is(http.StatusUnprocessableEntity)
		})
	}
}

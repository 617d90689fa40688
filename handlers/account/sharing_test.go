package account_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// The page of consents names each institution, and says before and after withdrawing what follows of it.
func TestF057WithdrawingSaysWhatFollows(t *testing.T) {
	p, l, u, c := testportal.StartApplicant(t)
	c.Get(urls.Consents()).Is(http.StatusOK).Lacks("h3")
	c.Post(urls.Sharing(l.Institution), url.Values{"given": {"yes"}}).Is(http.StatusNotFound)
	p.AddSubmitted(u, l.Intakes[0])
	c.Get(urls.Consents()).Has("main", "Kalau ditarik, lembaga ini tidak melihat data Anda lagi. Lembaga tidak bisa memilih Anda").
		Has("main", "Pendaftaran yang masih berjalan di sini: 1.")
	c.Post(urls.Sharing(l.Institution), url.Values{"given": {"no"}}).LeadsTo(urls.Consents())
	c.Get(urls.Consents()).Has("body", "Lembaga itu tidak melihat data Anda lagi.").Has("main", "Ditarik 25 November 2026")
	c.Post(urls.Sharing(l.Institution), url.Values{"given": {"yes"}}).LeadsTo(urls.Consents())
	c.Get(urls.Consents()).Has("body", "Lembaga itu melihat data Anda lagi.")
	p.As(p.AddUser(models.Seeker, "Orang Lain")).Post(urls.Sharing(l.Institution), url.Values{"given": {"no"}}).Is(http.StatusNotFound)
}

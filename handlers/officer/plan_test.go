package officer_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Officers read a person's list where they see the person, with a look that is written down, and record what others decided; the
// person reads from whom. Nobody else may.
func TestOfficerReadsAPlanAndRecordsDecisions(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	p.AddRules()
	u := p.AddUser(models.Seeker, "Suparmi")
	seeker, officer := p.As(u), p.As(p.AddUser(models.Officer, "Rina"))
	path := urls.OfficerReadiness(u.Ref)
	officer.Get(urls.CounterPerson(u.Ref)).Is(http.StatusOK).Shows(`a[href="` + path + `"]`)
	officer.Get(path).Is(http.StatusOK).Has("main", "belum punya rencana")
	seeker.Post(urls.ReadinessChoose(), url.Values{"route": {"G_TO_G"}, "country": {"KR"}}).LeadsTo(urls.Readiness())
	officer.Get(path).Is(http.StatusOK).Has("main", "0 dari 3 syarat selesai").Has("main", "Surat PASPOR")
	if n := p.One("SELECT count(*)::text FROM audit_rows WHERE action = 'readiness_seen' AND person_id = ?", u.ID); n != "1" {
		t.Errorf("%s looks are written down", n)
	}
	item := urls.OfficerItem(u.Ref, "PASPOR")
	form := url.Values{"state": {"done"}, "source": {"Kantor Imigrasi"}, "on.day": {"20"}, "on.month": {"11"}, "on.year": {"2026"},
		"version": {p.One("SELECT version::text FROM readiness_items WHERE need = 'PASPOR'")}}
	for _, role := range []models.Role{models.Seeker, models.Staff, models.Owner, models.Partner, models.Admin} {
		other := p.As(p.AddUser(role, "Orang "+string(role)))
		other.Get(path).Is(http.StatusForbidden)
		other.Get(item).Is(http.StatusForbidden)
		other.Post(item, form).Is(http.StatusForbidden)
	}
	officer.Get(item).Is(http.StatusOK)
	officer.Post(item, url.Values{"state": {"done"}}).Is(http.StatusUnprocessableEntity).Shows("#f-source-error").Shows("#f-on-error")
	officer.Post(item, form).LeadsTo(path)
	officer.Get(path).Has("main", "Dicatat dari Kantor Imigrasi, 20 November 2026")
	seeker.Get(urls.Readiness()).Has("main", "Dicatat dari Kantor Imigrasi, 20 November 2026")
	if l := p.LastLetter(); l.Template != "plan_others" {
		t.Errorf("told %s", l.Template)
	}
	seeker.Post(urls.ReadinessItem("VISA_KERJA"), url.Values{"state": {"done"},
		"version": {p.One("SELECT version::text FROM readiness_items WHERE need = 'VISA_KERJA'")}}).LeadsTo(urls.ReadinessItem("VISA_KERJA"))
	text := officer.Get(path).Has("main", "Catatannya sendiri").Has("main h2", "Selesai").Find("main").Text()
	if strings.Contains(text, "Anda") {
		t.Errorf("speaks to the person: %s", text)
	}
	officer.Get(urls.OfficerReadiness("OR-TIDAKADA")).Is(http.StatusNotFound)
}

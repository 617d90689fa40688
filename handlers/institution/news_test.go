package institution_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// News of the desk come at once, with the letter of the day, or not at all, as each of the team chose; the letter names all that
// happened, once.
func TestNewsComeAsEachOfTheTeamChose(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	daily, never := sameHouse(p, "Maria Harian"), sameHouse(p, "Tono Tidak")
	daily.Get(urls.ManageNews()).Is(http.StatusOK).Has("main form", "Sekali sehari").Has("main label", "Langsung")
	daily.Post(urls.ManageNews(), url.Values{"programmes": {"often"}}).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Pilih")
	daily.Post(urls.ManageNews(), url.Values{"programmes": {"daily"}, "applicants": {"daily"}}).LeadsTo(urls.ManageNews())
	if n := daily.Get(urls.ManageNews()).Find("input[value=daily][checked]").Length(); n != 2 {
		t.Errorf("%d topics come daily, want both", n)
	}
	never.Post(urls.ManageNews(), url.Values{"programmes": {"none"}}).LeadsTo(urls.ManageNews())
	daily.Get(urls.Account()).Has("main ul", "Kabar yang saya terima")

	publishedProgramme(staff, officer)
	publishedProgramme(staff, officer)
	told := func(template string) string {
		return p.One(`SELECT coalesce(string_agg(u.name, ', ' ORDER BY n.id), '')
			FROM notices n
			JOIN users u ON u.id = n.user_id
			WHERE n.template = ?`, template)
	}
	if got := told("programme_published"); strings.Count(got, ",") != 1 || strings.Contains(got, "Maria") || strings.Contains(got, "Tono") {
		t.Errorf("told at once: %s", got)
	}
	sent := func(want string) {
		t.Helper()
		if _, err := p.Store.SendDigests(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := told("digest"); got != want {
			t.Errorf("letters of the day to %q, want %q", got, want)
		}
	}
	sent("")
	p.Pass(24 * time.Hour)
	sent("Maria Harian")
	if text := p.LastLetter().Data["Change"]; strings.Count(text, "sudah diterbitkan") != 2 {
		t.Errorf("the letter says %q", text)
	}
	p.Pass(24 * time.Hour)
	sent("Maria Harian")
}

// Who chooses another pace gets nothing that was kept for the letter of the day.
func TestNewsThatWaitGoWithTheChoice(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	daily := sameHouse(p, "Maria Harian")
	daily.Post(urls.ManageNews(), url.Values{"programmes": {"daily"}}).LeadsTo(urls.ManageNews())
	publishedProgramme(staff, officer)
	if n := p.One("SELECT count(*)::text FROM digest_lines"); n != "1" {
		t.Fatalf("%s pieces of news wait, want 1", n)
	}
	daily.Post(urls.ManageNews(), url.Values{"programmes": {"once"}}).LeadsTo(urls.ManageNews())
	if n := p.One("SELECT count(*)::text FROM digest_lines") + p.One("SELECT count(*)::text FROM news_choices"); n != "00" {
		t.Errorf("%s rows wait still", n)
	}
}

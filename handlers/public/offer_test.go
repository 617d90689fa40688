package public_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/refdata"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models/record/dated"
)

// withSigns is a portal with the questions of the release.
func withSigns(t *testing.T) *testportal.Portal {
	t.Helper()
	p := testportal.Start(t)
	p.AddReference()
	signs, err := refdata.OfferSigns()
	if err != nil {
		t.Fatal(err)
	}
	var seeds []dated.Seed
	for _, s := range signs {
		seeds = append(seeds, dated.Seed{Code: s.Code, From: testportal.Noon.AddDate(-1, 0, 0), Says: dated.Values{
			"topic": s.Topic, "question_id": s.Question.ID, "question_en": s.Question.EN, "warns": s.Warns, "says_id": s.Says.ID,
			"says_en": s.Says.EN, "rank": s.Rank, "answered_by": s.AnsweredBy, "check_at": s.CheckAt,
			"countries": strings.Join(s.Countries, ";"), "source": s.Checked.Source,
		}})
	}
	if err := p.Dated.Follow(t.Context(), "offer_signs", seeds); err != nil {
		t.Fatal(err)
	}
	return p
}

// The pattern of online scam is found, with why, and leads to a report that says it and to help for the country. Nothing
// of it stands in an address, and after half an hour or at a press it is gone.
func TestOffersAreChecked(t *testing.T) {
	p := withSigns(t)
	c := p.Client()
	form := url.Values{"nama": {"PT Maju Bersama"}, "negara": {"KH"}, "pekerjaan": {"admin chat"}}
	at := c.Post(urls.Safety(), form).Header.Get("Location")
	if at != urls.OfferQuestions() {
		t.Fatalf("led to %q", at)
	}
	page := c.Get(at).Is(http.StatusOK)
	if page.Find("input[name=BELI_JOB]").Length() != 0 || page.Find("input[name=SCAM_GAJI]").Length() != 3 ||
		page.Find("input[name=NEGARA_TERTUTUP], input[name=TANPA_P3MI]").Length() != 0 {
		t.Error("asked about another country, or what is known already")
	}
	at = c.Post(at, url.Values{"SCAM_GAJI": {"yes"}, "SCAM_TIKET": {"yes"}, "VISA_WISATA": {"yes"}, "BELI_JOB": {"yes"}, "FREMD": {"yes"}}).
		Header.Get("Location")
	if at != urls.OfferResult() {
		t.Fatalf("led to %q", at)
	}
	page = c.Get(at).Is(http.StatusOK).Has("h1", "Berhenti dulu").Has("[data-rank=stop]", "Visa wisata").Has("[data-rank=stop]", "Kamboja").
		Has("[data-rank=ask]", "Tiket gratis").Has("main", "Sumber:").Has("main", "PT Maju Bersama").Lacks("main:contains('Menjual lowongan')")
	if help, _ := page.Find("main a.btn-primary").Attr("href"); help != urls.HelpIn("KH") {
		t.Errorf("help is at %q", help)
	}
	report := c.Get(urls.ReportOffer()).Is(http.StatusOK)
	text := report.Find("textarea[name=cerita]").Text()
	if !strings.Contains(text, "PT Maju Bersama") || !strings.Contains(text, "visa wisata") {
		t.Errorf("the report begins with %q", text)
	}
	stranger := p.Client()
	stranger.Get(urls.OfferResult()).Is(http.StatusSeeOther)
	if text := stranger.Get(urls.ReportOffer()).Is(http.StatusOK).Find("textarea[name=cerita]").Text(); text != "" {
		t.Errorf("another browser reads %q", text)
	}
	c.Get(urls.Report()).Is(http.StatusOK).Lacks("textarea:contains('Maju')")
	p.Pass(31 * time.Minute)
	c.Get(urls.OfferResult()).Is(http.StatusSeeOther)
	c.Post(urls.Safety(), form).Is(http.StatusSeeOther)
	c.Post(urls.OfferAgain(), nil).Is(http.StatusSeeOther)
	c.Get(urls.OfferResult()).Is(http.StatusSeeOther)
}

// Saying nothing is another page than finding nothing, and neither says that an offer is safe.
func TestNothingSaidIsNotNothingFound(t *testing.T) {
	p := withSigns(t)
	c := p.Client()
	c.Post(urls.Safety(), url.Values{}).Is(http.StatusSeeOther)
	c.Post(urls.OfferQuestions(), url.Values{}).Is(http.StatusSeeOther)
	unsaid := c.Get(urls.OfferResult()).Is(http.StatusOK).Has("h1", "Belum ada yang bisa diperiksa")
	c.Post(urls.OfferQuestions(), url.Values{"VISA_WISATA": {"no"}}).Is(http.StatusSeeOther)
	none := c.Get(urls.OfferResult()).Is(http.StatusOK).Has("h1", "Belum ada tanda bahaya dari 1 jawaban").Has("main", "belum berarti")
	for name, page := range map[string]testportal.Page{"unsaid": unsaid, "none": none} {
		if page.Find("main .notice-success, main .text-success").Length() != 0 {
			t.Errorf("%s: something is green", name)
		}
		if text := page.Find("main").Text(); strings.Contains(strings.ToLower(text), "tawaran ini aman") {
			t.Errorf("%s says that the offer is safe", name)
		}
	}
	c.Post(urls.Safety(), url.Values{"negara": {"XX"}}).Is(http.StatusUnprocessableEntity)
	c.Post(urls.Safety(), url.Values{"nama": {strings.Repeat("n", 151)}}).Is(http.StatusUnprocessableEntity)
}

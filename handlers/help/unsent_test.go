package help_test

import (
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// typedInto are what a browser sends of the form on a page.
func typedInto(page testportal.Page) url.Values {
	values := url.Values{}
	page.Find("main form input").Each(func(_ int, s *goquery.Selection) {
		kind := s.AttrOr("type", "text")
		if _, checked := s.Attr("checked"); checked || kind != "radio" && kind != "checkbox" {
			values.Add(s.AttrOr("name", ""), s.AttrOr("value", ""))
		}
	})
	return values
}

// Further answers and how to be reached, sent when the pages have closed, wait behind number and PIN with all that was
// typed, also where a part of it cannot be meant and where the PIN is mistyped first.
func TestFormsOutliveTheSession(t *testing.T) {
	d := newDoor(t)
	ref, pin := noted(t, d.sends("keluarga", said()))
	forms := map[string]url.Values{
		urls.HelpMore(): {
			"own_name": {"Rahma"}, "relation": {"Kakak \"ipar\""}, "called": {"Sri"}, "birth_year": {"tahun ular"}, "village": {"Cilacap"},
			"employer": {"Keluarga <Lim>"}, "hope": {"Pulang sebelum Lebaran"},
		},
		urls.HelpReach(): {
			"channel": {"trusted"}, "address": {"Bibi Ani, +62 812 0000"}, "hours": {"morning", "evening"}, "message": {"ya"}, "name_us": {"ya"},
			"others": {"Teman pengajian"},
		},
	}
	for path, typed := range forms {
		d.Pass(31 * time.Minute)
		page := d.who.Post(path, typed).Is(http.StatusUnprocessableEntity).Has("main", "masih ada")
		for _, tried := range []string{"SALAH", pin} {
			values := typedInto(page)
			values.Set("ref", ref)
			values.Set("pin", tried)
			page = d.who.Post(urls.HelpEnter(), values)
		}
		filled := typedInto(page.Is(http.StatusOK).Shows("main form[action='" + path + "']"))
		for name, want := range typed {
			if got := filled[name]; !slices.Equal(got, want) {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if filled.Has("birth_year") {
			filled.Set("birth_year", "1990")
		}
		d.who.Post(path, filled).Is(http.StatusSeeOther)
		d.who.Get(urls.HelpAnswers()).Is(http.StatusOK)
	}
	d.who.Get(urls.HelpReach()).Shows("#f-address[value='Bibi Ani, +62 812 0000']").Shows("input[value=evening][checked]")
	if got := d.One("SELECT count(*)::text FROM case_people WHERE relation LIKE 'Kakak%'"); got != "1" {
		t.Errorf("%s people on the case are told of", got)
	}
}

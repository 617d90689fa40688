package help_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// Nothing is answered beforehand but the country that was chosen and what is forbidden unless it is allowed.
func TestNothingIsAnsweredBeforehand(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	abroad(p)
	for path, country := range map[string]string{urls.HelpWrite("pulang"): "", urls.HelpWriteIn("luar-negeri", "JP"): "Jepang"} {
		page := p.Client().Get(path).Is(http.StatusOK)
		page.Find("main input:not([type=hidden], [type=radio], [type=checkbox]), main textarea").Each(func(_ int, s *goquery.Selection) {
			want := ""
			if s.AttrOr("name", "") == "country" {
				want = country
			}
			if got := s.AttrOr("value", "") + s.Text(); got != want {
				t.Errorf("%s: %s is %q", path, s.AttrOr("name", ""), got)
			}
			if s.AttrOr("required", "none") != "none" || s.AttrOr("autocomplete", "") != "off" && goquery.NodeName(s) == "input" {
				t.Errorf("%s: %s is required, or remembered by the browser", path, s.AttrOr("name", ""))
			}
		})
		var checked []string
		page.Find("main input[checked]").Each(func(_ int, s *goquery.Selection) {
			checked = append(checked, s.AttrOr("name", "")+"="+s.AttrOr("value", "")+" "+strings.TrimSpace(s.Closest("label").Text()))
		})
		if got := strings.Join(checked, ", "); got != "message= Jangan, name_us= Jangan" {
			t.Errorf("%s: answered beforehand: %s", path, got)
		}
		if page.Find("main form button").Length() != 1 || page.Find("main form[method=post] input[name=token]").AttrOr("value", "") == "" {
			t.Errorf("%s: not one button, or no token", path)
		}
	}
	p.Client().Get(urls.HelpWrite("lain")).Is(http.StatusNotFound)
}

// Each door asks about whom it is for, and offers the number that is nearest.
func TestEachDoorAsksAboutWhomItIsFor(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	abroad(p)
	for path, want := range map[string][2]string{
		urls.HelpWrite("luar-negeri"):            {"Apakah Anda dalam bahaya", "tel:+6281200000027"},
		urls.HelpWriteIn("luar-negeri", "JP"):    {"Di mana Anda", "tel:+818000000001"},
		urls.HelpWriteIn("keluarga", "KH"):       {"Di mana keluarga Anda", "tel:+6281200000027"},
		urls.HelpWrite("dekat"):                  {"Apakah orang itu", "tel:110"},
		urls.InEnglish(urls.HelpWrite("pulang")): {"Are you in danger", "tel:110"},
	} {
		page := p.Client().Get(path).Is(http.StatusOK).Has("form", want[0])
		if got := page.Find("form .only").AttrOr("href", ""); got != want[1] {
			t.Errorf("%s: in danger one calls %s", path, got)
		}
	}
}

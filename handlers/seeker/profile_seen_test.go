package seeker_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// Who fills in a part that another phone has changed meanwhile sees what is kept and chooses; their own text stays on
// the page. An error in between does not lose the question, and another part does not raise it.
func TestF170SecondPhoneSeesWhatChangedAndChooses(t *testing.T) {
	_, u, first := testportal.StartFiles(t)
	p := first.Portal
	second := p.As(u)
	for name, tt := range map[string]struct {
		path                string
		others, mine, wrong url.Values
		kept, typed         string
	}{
		"languages": {
			"bahasa", url.Values{"rows[0].language": {"Korea"}, "rows[0].ability": {"basic"}},
			url.Values{"rows[0].language": {"Jepang"}, "rows[0].ability": {"fluent"}}, url.Values{"rows[0].language": {"Jepang"}},
			"Korea", `input[value="Jepang"]`,
		},
		"contacts": {
			"kontak-darurat", contactValues(), contactWith("Paman"), url.Values{"rows[0].name": {"Paman"}}, "Kakak", `input[value="Paman"]`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			page := section(tt.path)
			seen, _ := second.Get(page).Find("input[name=seen]").Attr("value")
			first.Post(page, tt.others).LeadsTo(urls.Profile())
			first.Post(section("pengalaman"), url.Values{"none": {"yes"}}).LeadsTo(urls.Profile())
			tt.wrong.Set("seen", seen)
			again := second.Post(page, tt.wrong).Is(http.StatusUnprocessableEntity).Lacks("#tersimpan")
			seen, _ = again.Find("input[name=seen]").Attr("value")
			tt.mine.Set("seen", seen)
			asked := second.Post(page, tt.mine).Is(http.StatusConflict).
				Has("#tersimpan", tt.kept).
				Has("#tersimpan a[href='"+page+"']", "sudah tersimpan").Has("[data-error-summary]", "ponsel atau jendela lain")
			if asked.Find(tt.typed).Length() == 0 {
				t.Error("what was typed is gone")
			}
			seen, _ = asked.Find("input[name=seen]").Attr("value")
			tt.mine.Set("seen", seen)
			second.Post(page, tt.mine).LeadsTo(urls.Profile())
			if second.Get(page).Find(tt.typed).Length() == 0 {
				t.Error("what was chosen is not kept")
			}
		})
	}
}

func contactWith(name string) url.Values {
	v := contactValues()
	v.Set("rows[0].name", name)
	return v
}

package seeker_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

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
			"kontak-darurat", contactValues(), contactWith("Paman"), url.Values{"rows[0].name": {"Paman"}}, "Ibu", `input[value="Paman"]`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			page := section(tt.path)
			seen, _ := second.Get(page).Find("input[name=seen]").Attr("value")
			first.Post(page, tt.others).LeadsTo(urls.Profile())
			first.Post(section("pengalaman"), url.Values{"none": {"yes"}}).LeadsTo(urls.Profile())
			tt.wrong.Set("seen", seen)
			again := second.Post(page, tt.wrong).Is(http.StatusUnprocessableEntity).Lacks("[data-overtaken]")
			seen, _ = again.Find("input[name=seen]").Attr("value")
			tt.mine.Set("seen", seen)
			asked := second.Post(page, tt.mine).Is(http.StatusConflict).
				Has("[data-overtaken] dd", tt.kept).
				Has("[data-overtaken] a[href='"+page+"']", "keadaan terbaru").Has("[data-error-summary]", "ponsel atau jendela lain")
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

// Every part says field by field what is kept now and what was typed, in the words of its labels and options; what is
// the same in both windows is not listed, and a number that was left empty is no difference.
func TestOvertakenPartComparesFieldByField(t *testing.T) {
	_, u, first := testportal.StartFiles(t)
	second := first.Portal.As(u)
	first.Post(section("identitas"), identityValues()).LeadsTo(section("foto-ktp"))
	rows := func(values ...string) url.Values {
		v := url.Values{}
		for i := 0; i < len(values); i += 2 {
			v.Set(values[i], values[i+1])
		}
		return v
	}
	address := func(street, district string) url.Values {
		v := addressValues()
		v.Set("ktp.street", street)
		v.Set("ktp.district", district)
		return v
	}
	for slug, tt := range map[string]struct {
		others, mine url.Values
		lines        []string // label, kept, typed
	}{
		"bahasa": {
			rows("rows[0].language", "Korea", "rows[0].ability", "basic", "rows[1].language", "Arab", "rows[1].ability", "fluent"),
			rows("rows[0].language", "Korea", "rows[0].ability", "fluent", "more", "yes"),
			[]string{"Bahasa 1, Kemampuan", "Sedikit", "Lancar", "Bahasa 2, Bahasa", "Arab", "kosong", "Bahasa 2, Kemampuan", "Lancar", "kosong"},
		},
		"alamat": {
			address("Jl. Melati 1", "Duren Sawit"), address("Jl. Kenanga 9", "Duren Sawit"),
			[]string{"Alamat di KTP, Jalan dan nomor", "Jl. Melati 1", "Jl. Kenanga 9"},
		},
		"identitas": {
			identityValues("nik", "", "birth_place", "Bogor"), identityValues("nik", "", "birth_place", "Depok", "birth.month", "Maret"),
			[]string{"Tempat lahir", "Bogor", "Depok"},
		},
	} {
		t.Run(slug, func(t *testing.T) {
			if said := overtakes(first, second, slug, tt.others, tt.mine); !slices.Equal(said, tt.lines) {
				t.Errorf("the page says\n%q, want\n%q", said, tt.lines)
			}
		})
	}
}

// overtakes saves a part in one window while it stands in another, and gives what the other one is told: label, what is
// kept, what was typed.
func overtakes(first, second *testportal.Client, slug string, others, mine url.Values) (said []string) {
	first.T.Helper()
	seen := second.Get(section(slug)).Find("input[name=seen]").AttrOr("value", "")
	first.Post(section(slug), others).Is(http.StatusSeeOther)
	mine.Set("seen", seen)
	asked := second.Post(section(slug), mine).Is(http.StatusConflict)
	asked.Find("[data-overtaken] dl > div").Each(func(_ int, row *goquery.Selection) {
		said = append(said, trimmed(row.Find("dt").Text()))
		row.Find("dd bdi").Each(func(_ int, value *goquery.Selection) { said = append(said, trimmed(value.Text())) })
	})
	return said
}

// A number that is typed as it is kept is no difference, however it is written, and neither is another way to write the
// same of anything else; another number is one.
func TestF170SameNumberIsNoDifference(t *testing.T) {
	_, u, first := testportal.StartFiles(t)
	second := first.Portal.As(u)
	kept := func(change ...string) url.Values {
		return identityValues(append([]string{"kk", "3174011203150004", "passport", "C1234521", "birth_place", "Bogor"}, change...)...)
	}
	again := []string{
		"nik", "3175 0142 0389 0001", "kk", "3174.0112.0315.0004", "passport", "c 1234521", "name", " Suparmi ", "birth_place", "Bogor ",
	}
	if said := overtakes(first, second, "identitas", kept(), kept(again...)); len(said) != 0 {
		t.Errorf("the page says %q", said)
	}
	said := overtakes(first, second, "identitas", kept("birth_place", "Depok"), kept(append(again, "kk", "3174011203150005")...))
	if len(said) != 6 || said[0] != "Nomor KK" || strings.Contains(said[1], "31740112") || said[3] != "Tempat lahir" {
		t.Errorf("the page says %q", said)
	}

	school := url.Values{"code": {"SMP"}, "school": {"SMP Contoh"}, "year": {"2004"}}
	same := url.Values{"code": {"SMP"}, "school": {" SMP Contoh "}, "year": {" 2004"}}
	if said := overtakes(first, second, "pendidikan", school, same); len(said) != 0 {
		t.Errorf("the school: %q", said)
	}
}

func trimmed(text string) string { return strings.Join(strings.Fields(text), " ") }

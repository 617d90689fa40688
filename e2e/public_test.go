package e2e

import (
	"testing"

	"naikkelas/internal/urls"
)

// ways are the ways in which the whole story is told: each language, with scripts and without. make deep tells it
// in the other two pairs as well.
var ways = []way{
	{name: "Indonesian with scripts", scripts: true, width: 360},
	{name: "English without scripts", english: true, width: 360},
}

// Every page that anyone may read is without fault, narrow and wide, in both languages.
func TestPagesThatAnyoneReads(t *testing.T) {
	t.Parallel()
	p := start(t)
	programme := p.openProgramme()
	institution := p.rows(`SELECT ref FROM institutions WHERE state = 'verified' ORDER BY id LIMIT 1`)[0]
	for _, w := range ways {
		t.Run(w.name, func(t *testing.T) {
			who := p.person(t, w)
			for _, page := range []struct{ name, path string }{
				{"home", urls.Home()}, {"catalogue", urls.Programmes()},
				{"catalogue-empty", urls.WithQuery(urls.Programmes(), "q", "tidak ada yang begini")},
				{"programme", urls.Programme(programme)}, {"institutions", urls.Institutions()}, {"institution", urls.Institution(institution)},
				{"occupations", urls.Occupations()}, {"help", urls.Help()}, {"questions", urls.Questions()},
				{"safety", urls.Safety()}, {"privacy", urls.Privacy()}, {"help-safely", urls.HelpSafely()}, {"help-country", urls.HelpCountry("HK")},
				{"help-in", urls.HelpIn("HK")}, {"help-form", urls.HelpWriteIn("luar-negeri", "HK")}, {"help-form-near", urls.HelpWrite("dekat")},
				{"help-countries", urls.HelpCountries()}, {"places", urls.Places()},
				{"accessibility", urls.Accessibility()}, {"report", urls.ReportAbout(programme)}, {"register", urls.Register()},
				{"sign-in", urls.SignIn()}, {"recover", urls.Recover()}, {"not-found", "/tidak-ada"},
			} {
				who.visit(page.path).picture(page.name)
			}
		})
	}
}

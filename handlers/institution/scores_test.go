package institution_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// scores posts a page of scores over those that the page shows.
func (c *course) scores(people []string, typed map[string][]string) testportal.Page {
	seen, _ := c.staff.Get(urls.ManageScores(c.intake)).Is(http.StatusOK).Find("input[name=seen]").Attr("value")
	v := url.Values{"seen": {seen}, "people": people}
	for ref, row := range typed {
		for i, text := range row {
			v.Set(models.ScoreField(ref, i+1), text)
		}
	}
	return c.staff.Post(urls.ManageScores(c.intake), v)
}

// criteria sets theory of 50 and practice of 100, which counts twice.
func (c *course) criteria(passMark string) testportal.Page {
	return c.staff.Post(urls.ManageCriteria(c.intake), url.Values{
		"version": {"0"}, "pass_mark": {passMark},
		"criteria[0].name": {"Teori"}, "criteria[0].weight": {"1"}, "criteria[0].best": {"50"},
		"criteria[1].name": {"Praktik"}, "criteria[1].weight": {"2"}, "criteria[1].best": {"100"},
	})
}

// From criteria to ranks: the rule is shown in words, numbers are Indonesian, a wrong one is named at its field and the
// others that were typed stay, ties and who has not passed are named.
func TestScoresAreTypedIntoOneSheetAndRanked(t *testing.T) {
	c := inCourse(t, "attended", "Suparmi", "Tini", "Wati")
	c.criteria("enam").Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Tulis angka").
		Shows("input[name='criteria[1].name'][value=Praktik]")
	c.criteria("50,5").LeadsTo(urls.ManageApplicants(c.intake))
	wrong := c.scores(c.refs, map[string][]string{c.refs[0]: {"40,5", "seratus"}, c.refs[1]: {"60", "80"}})
	wrong.Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Suparmi, Praktik").
		Holds(models.ScoreField(c.refs[0], 1), "40,5").
		Holds(models.ScoreField(c.refs[0], 2), "seratus")
	wrong = c.scores(c.refs, map[string][]string{c.refs[0]: {"40,5", "100"}, c.refs[1]: {"60", "80"}})
	wrong.Is(http.StatusUnprocessableEntity).Shows("#f-"+models.ScoreField(c.refs[1], 1)+"-error").
		Holds(models.ScoreField(c.refs[0], 2), "100")
	c.scores(c.refs, map[string][]string{c.refs[0]: {"50", "74,5"}, c.refs[1]: {"50", "74.5"}, c.refs[2]: {"10", "20"}}).
		LeadsTo(urls.ManageApplicants(c.intake))
	c.staff.Get(urls.ManageApplicants(c.intake)).Has("main", "Praktik bobot 2 (tertinggi 100)").Has("main", "Nilai lulus 50,5").
		Has("form tbody tr:nth-child(2)", "83 · peringkat 1, seri").Has("form tbody tr:nth-child(3)", "20 · peringkat 3, di bawah nilai lulus")
	c.staff.Get(urls.ManageApplicants(c.intake)+"?nilai=82,5").Has("main", "1 sampai 2 dari 2 orang")
	c.staff.Get(urls.ManageCriteria(c.intake)).Has("main", "Sudah ada nilai")
	stale := url.Values{"seen": {"0.0"}, "people": c.refs[:1], models.ScoreField(c.refs[0], 1): {"1"}}
	c.staff.Post(urls.ManageScores(c.intake), stale).Is(http.StatusConflict).Has("main", "Rekan Anda").
		Holds(models.ScoreField(c.refs[0], 1), "1")
}

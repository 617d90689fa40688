package officer

import (
	"net/http"
	"strings"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models/journey"
	"naikkelas/views/mail"
	"naikkelas/views/officer"
)

// ruleRoutes show officers what the rules of getting ready make of somebody.
func (d *desk) ruleRoutes() []web.Route {
	return []web.Route{web.Get(urls.RulesPattern, d.previewRules, web.Officers)}
}

// previewRules answers GET /petugas/aturan: the list of somebody made up as of a day, compared with today.
func (d *desk) previewRules(c web.Context) (err error) {
	ctx, q := c.Request().Context(), c.QueryParams()
	page := officer.RulesPage{Today: d.Dated.Today(), Filter: officer.RulesFilter{
		Route: q.Get("jalur"), Scheme: q.Get("skema"), Country: q.Get("negara"), Occupation: q.Get("pekerjaan"), Day: dayAsked(c),
		Drafts: q.Get("konsep") != "", Says: map[string]journey.Answer{},
	}}
	for name := range q {
		if fact, ok := strings.CutPrefix(name, officer.RuleAnswer); ok {
			page.Filter.Says[fact] = journey.Answer(q.Get(name))
		}
	}
	f := page.Filter
	if page.Preview, err = d.Journey.PreviewRules(ctx, d.CurrentUser(c), page.On(), f.Drafts, f.Facts()); err != nil {
		return err
	}
	if page.Countries, err = d.Store.Countries(ctx); err != nil {
		return err
	}
	if page.Occupations, err = d.Store.Occupations(ctx); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Rules(page))
}

// audienceOf counts whom the draft of a rule concerns, and gives the words that they will read.
func (d *desk) audienceOf(c web.Context, row officer.DatedRow) (*officer.RuleAudience, error) {
	if row.Draft == nil || !journey.Tells(row.Table.Name) {
		return nil, nil //nolint:nilnil // no draft, no audience
	}
	ctx := c.Request().Context()
	a, err := d.Journey.RuleAudience(ctx, d.CurrentUser(c), row.Before(), *row.Draft)
	if err != nil {
		return nil, err
	}
	told := officer.RuleAudience{People: a.People}
	told.Subject, told.Text = mail.Preview(ctx, a.Template, "Change", a.About.In(i18n.Of(ctx)), "When", officer.RuleDay(ctx, a.From))
	return &told, nil
}

// Package journey shows a person's way abroad and back: offers, licences, passing through, coming home.
package journey

import (
	"context"
	"slices"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family offer.topic.* offer.rank.* offer.rank_text.* offer.check_at.*

// OfferStartForm is whose offer it is, for where and for which job.
type OfferStartForm struct {
	Name    string `form:"nama"`
	Country string `form:"negara"`
	Job     string `form:"pekerjaan"`
}

// offerLength is how many letters a name or job has at most.
const offerLength = 150

// Offer is the form as the Store takes it, with what was answered before.
func (f OfferStartForm) Offer(says map[string]string) journey.Offer {
	return journey.Offer{Name: strings.TrimSpace(f.Name), Country: f.Country, Job: strings.TrimSpace(f.Job), Says: says}
}

// OfferStart is the beginning of the checker.
type OfferStart struct {
	Form      OfferStartForm
	Countries []models.Country
	Errors    form.Errors
}

// Check says what is too long. Nothing has to be known.
func (p OfferStart) Check() form.Errors {
	var errs form.Errors
	errs.Add("nama", form.MaxRunes(p.Form.Name, offerLength), "Max", offerLength)
	errs.Add("pekerjaan", form.MaxRunes(p.Form.Job, offerLength), "Max", offerLength)
	if p.Form.Country != "" && !slices.ContainsFunc(p.Countries, func(c models.Country) bool { return c.Code == p.Form.Country }) {
		errs.Add("negara", "form.choose")
	}
	return errs
}

// OfferQuestionsPage asks about an offer.
type OfferQuestionsPage struct {
	Offer     journey.Offer
	Questions []journey.OfferSign
}

// An offerGroup are the questions about one thing.
type offerGroup struct {
	topic string
	signs []journey.OfferSign
}

// groups are the questions by what they are about; topics that are newer than this program come last.
func (p OfferQuestionsPage) groups() []offerGroup {
	var groups []offerGroup
	for _, topic := range journey.OfferTopics() {
		g := offerGroup{topic: topic}
		for _, s := range p.Questions {
			if s.Topic == topic {
				g.signs = append(g.signs, s)
			}
		}
		if g.signs != nil {
			groups = append(groups, g)
		}
	}
	return groups
}

func offerAnswers(ctx context.Context) []components.Option {
	return []components.Option{
		{Value: "yes", Label: i18n.T(ctx, "components.yes")}, {Value: "no", Label: i18n.T(ctx, "components.no")},
		{Value: "unknown", Label: i18n.T(ctx, "offer.unknown")},
	}
}

// OfferResultPage is what was found in an offer.
type OfferResultPage struct {
	Offer   journey.Offer
	Country models.Text
	Result  journey.OfferResult
	Licence journey.LicenceAnswer
	Until   time.Time
}

// ranks are the ranks in which something was found, the gravest first.
func (p OfferResultPage) ranks() (found []string) {
	for _, r := range journey.OfferRanks() {
		if len(p.Result.Findings[r]) > 0 {
			found = append(found, r)
		}
	}
	return found
}

// facts are what was said of the offer.
func (p OfferResultPage) facts(ctx context.Context) (list []components.Fact) {
	for _, f := range []components.Fact{
		{Label: i18n.T(ctx, "offer.name"), Text: p.Offer.Name},
		{Label: i18n.T(ctx, "offer.country"), Text: p.Country.In(i18n.Of(ctx))},
		{Label: i18n.T(ctx, "offer.job"), Text: p.Offer.Job},
	} {
		if f.Text != "" {
			list = append(list, f)
		}
	}
	return list
}

// Lines say what was found as text, for whoever tells the officers.
func (p OfferResultPage) Lines(ctx context.Context) []string {
	lines := []string{i18n.T(ctx, "offer.report_begins")}
	for _, f := range p.facts(ctx) {
		lines = append(lines, f.Label+": "+f.Text)
	}
	if p.Licence.Named() && len(p.Licence.Lists) > 0 && !same(p.Licence) {
		lines = append(lines, "- "+i18n.T(ctx, "licence.not_there"))
	}
	for _, r := range p.ranks() {
		for _, s := range p.Result.Findings[r] {
			lines = append(lines, "- "+s.Question.In(i18n.Of(ctx))+" "+i18n.T(ctx, "offer.warned"))
		}
	}
	return lines
}

// empty says that nothing was answered and no name was given to look for.
func (p OfferResultPage) empty() bool { return p.Result.Empty() && !p.Licence.Named() }

// headline says the gravest that was found, and never that all is well.
func (p OfferResultPage) headline(ctx context.Context) string {
	found := p.ranks()
	switch {
	case p.Result.Empty():
		return i18n.T(ctx, "offer.named_title")
	case len(found) == 0:
		return i18n.T(ctx, "offer.none_title", "Count", p.Result.Answered)
	case p.stops():
		return i18n.T(ctx, "offer.stop_title", "Count", p.count())
	}
	return i18n.T(ctx, "offer.found_title", "Count", p.count())
}

// stops says that something was found for which nobody should go on.
func (p OfferResultPage) stops() bool { return len(p.Result.Findings[journey.RankStop]) > 0 }

// lede says how to take what was found; where nothing was, the notice below does.
func (p OfferResultPage) lede(ctx context.Context) string {
	switch {
	case len(p.ranks()) == 0:
		return ""
	case p.stops():
		return i18n.T(ctx, "offer.stop_lede")
	}
	return i18n.T(ctx, "offer.found_lede")
}

// count is how many signs were found.
func (p OfferResultPage) count() (n int) {
	for _, list := range p.Result.Findings {
		n += len(list)
	}
	return n
}

// source says whence a sign is known and since when, or that nobody found a source.
func source(ctx context.Context, text string, on *time.Time) string {
	switch {
	case text == "":
		return i18n.T(ctx, "offer.no_source")
	case on == nil:
		return i18n.T(ctx, "offer.source", "Source", text)
	}
	return i18n.T(ctx, "offer.source_on", "Source", text, "Day", i18n.Date(ctx, *on))
}

func rankKind(rank string) components.NoticeKind {
	switch rank {
	case journey.RankStop:
		return components.NoticeAlarm
	case journey.RankAsk:
		return components.NoticeWarning
	}
	return components.NoticeInfo
}

// left says until when the answers are kept.
func (p OfferResultPage) left(ctx context.Context) string {
	return i18n.T(ctx, "offer.kept_until", "When", i18n.Near(ctx, ambient.From(ctx).Now, p.Until))
}

// offerHelp are the numbers for the country of an offer, or for everybody where none was named.
func offerHelp(country string) string {
	if country == "" {
		return urls.Help()
	}
	return urls.HelpIn(country)
}

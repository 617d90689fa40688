package public

import (
	"errors"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/journey"
	viewjourney "naikkelas/views/journey"
	"naikkelas/views/public"
)

// offerRoutes check an offer of work abroad, without an account.
func (d *desk) offerRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.SafetyPattern, d.Public(d.safety), web.Anyone),
		web.Post(urls.SafetyPattern, d.beginOffer, web.Anyone),
		web.Get(urls.OfferQuestionsPattern, d.offerQuestions, web.Anyone),
		web.Post(urls.OfferQuestionsPattern, d.answerOffer, web.Anyone),
		web.Get(urls.OfferResultPattern, d.offerResult, web.Anyone),
		web.Post(urls.OfferAgainPattern, d.forgetOffer, web.Anyone),
		web.Get(urls.TransitPattern, d.Public(d.transit, viewjourney.ProvinceParam), web.Anyone),
	}
}

// safety answers GET /aman.
func (d *desk) safety(c web.Context) (templ.Component, error) {
	page, err := d.safetyPage(c, viewjourney.OfferStart{})
	return public.Safety(page), err
}

func (d *desk) safetyPage(c web.Context, start viewjourney.OfferStart) (page public.SafetyPage, err error) {
	ctx := c.Request().Context()
	page.Start = start
	if page.Start.Countries, err = d.countries.Of(d.Portal, func() ([]models.Country, error) { return d.Store.Countries(ctx) }); err != nil {
		return page, err
	}
	page.Hotlines, err = d.knownHotlines(ctx)
	return page, err
}

// offerKey says in a session that it said something of an offer; what, is kept elsewhere and for half an hour.
const offerKey = "offer"

// keepOffer keeps what was said for the session of this browser, which gets one for it.
func (d *desk) keepOffer(c web.Context, o journey.Offer) error {
	if d.SessionRow(c).ID == 0 {
		if err := d.Remember(c, offerKey, "1"); err != nil {
			return err
		}
	}
	return d.Journey.KeepOffer(c.Request().Context(), d.SessionRow(c).ID, o)
}

// beginOffer answers POST /aman: whose offer it is, for which country and job.
func (d *desk) beginOffer(c web.Context) error {
	var start viewjourney.OfferStart
	if err := web.ReadForm(c, &start.Form); err != nil {
		return err
	}
	page, err := d.safetyPage(c, start)
	if err != nil {
		return err
	}
	page.Start.Errors = page.Start.Check()
	again := func(status int) error { return d.Render(c, status, public.Safety(page)) }
	return d.Act(c, web.Form{Errors: &page.Start.Errors, Again: again}, func() (web.Next, error) {
		before, err := d.keptOffer(c)
		if err != nil && !errors.Is(err, models.ErrNotFound) {
			return web.Next{}, err
		}
		return web.To(urls.OfferQuestions()), d.keepOffer(c, start.Form.Offer(before.Says))
	})
}

// keptOffer is what this browser said; after half an hour nothing.
func (d *desk) keptOffer(c web.Context) (journey.Offer, error) {
	o, _, err := d.Journey.KeptOffer(c.Request().Context(), d.SessionRow(c).ID)
	return o, err
}

// offerGone leads whoever said nothing, or said it too long ago, back to the beginning.
func (d *desk) offerGone(c web.Context, err error) error {
	if !errors.Is(err, models.ErrNotFound) {
		return err
	}
	return d.Lead(c, web.Told(urls.Safety(), "info", "offer.gone"))
}

// offerQuestions answers GET /aman/pertanyaan.
func (d *desk) offerQuestions(c web.Context) error {
	o, err := d.keptOffer(c)
	if err != nil {
		return d.offerGone(c, err)
	}
	signs, err := d.Journey.OfferSigns(c.Request().Context())
	if err != nil {
		return err
	}
	page := viewjourney.OfferQuestionsPage{Offer: o, Questions: journey.OfferQuestions(signs, o)}
	return d.Render(c, http.StatusOK, viewjourney.OfferQuestions(page))
}

// answerOffer answers POST /aman/pertanyaan. Whatever is left open stays open: nobody has to know everything.
func (d *desk) answerOffer(c web.Context) error {
	o, err := d.keptOffer(c)
	if err != nil {
		return d.offerGone(c, err)
	}
	signs, err := d.Journey.OfferSigns(c.Request().Context())
	if err != nil {
		return err
	}
	asked := journey.OfferQuestions(signs, o)
	names := make([]string, len(asked))
	for i, s := range asked {
		names[i] = s.Code
	}
	answers, err := web.PostedAnswers(c, names)
	if err != nil {
		return err
	}
	o.Says = map[string]string{}
	for name, says := range answers {
		if says == "yes" || says == "no" || says == "unknown" {
			o.Says[name] = says
		}
	}
	return d.Act(c, web.Form{}, func() (web.Next, error) { return web.To(urls.OfferResult()), d.keepOffer(c, o) })
}

// offerResult answers GET /aman/hasil.
func (d *desk) offerResult(c web.Context) error {
	ctx := c.Request().Context()
	o, until, err := d.Journey.KeptOffer(ctx, d.SessionRow(c).ID)
	if err != nil {
		return d.offerGone(c, err)
	}
	signs, err := d.Journey.OfferSigns(ctx)
	if err != nil {
		return err
	}
	page := viewjourney.OfferResultPage{Offer: o, Result: journey.JudgeOffer(signs, o), Until: until}
	if err := d.lookUp(c, &page); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, viewjourney.OfferResult(page))
}

// lookUp adds what the country is called, and what the lists of licences say of the name.
func (d *desk) lookUp(c web.Context, page *viewjourney.OfferResultPage) (err error) {
	if page.Country, err = d.countryName(c, page.Offer.Country); err != nil {
		return err
	}
	page.Licence, err = d.Journey.FindLicence(c.Request().Context(), page.Offer.Name)
	return err
}

// countryName is what a country is called, empty for none.
func (d *desk) countryName(c web.Context, code string) (models.Text, error) {
	ctx := c.Request().Context()
	list, err := d.countries.Of(d.Portal, func() ([]models.Country, error) { return d.Store.Countries(ctx) })
	for _, country := range list {
		if country.Code == code {
			return country.Name, err
		}
	}
	return models.Text{}, err
}

// forgetOffer answers POST /aman/ulang.
func (d *desk) forgetOffer(c web.Context) error {
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		return web.Said(urls.Safety(), "offer.forgotten"), d.Journey.ForgetOffer(c.Request().Context(), d.SessionRow(c).ID)
	})
}

// offerToReport is what a report about the offer of this browser begins with; nothing where none is kept, or where the
// form was not asked for from there.
func (d *desk) offerToReport(c web.Context) (text, kind string, err error) {
	if c.QueryParam("dari") != "tawaran" {
		return "", "", nil
	}
	ctx := c.Request().Context()
	o, err := d.keptOffer(c)
	if errors.Is(err, models.ErrNotFound) {
		return "", "", nil
	}
	if err != nil {
		return "", "", err
	}
	signs, err := d.Journey.OfferSigns(ctx)
	if err != nil {
		return "", "", err
	}
	page := viewjourney.OfferResultPage{Offer: o, Result: journey.JudgeOffer(signs, o)}
	if err := d.lookUp(c, &page); err != nil {
		return "", "", err
	}
	return strings.Join(page.Lines(ctx), "\n"), models.ReportPlacement, nil
}

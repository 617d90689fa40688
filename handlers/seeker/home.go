package seeker

import (
	"net/http"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/nik"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/record"
	"naikkelas/views/profile"
)

// me answers GET /saya: where the seeker is on their way and what to do next.
func (d *desk) me(c web.Context) error {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	whole, err := d.Store.OwnProfile(ctx, u)
	if err != nil {
		return err
	}
	applications, err := d.Store.OwnApplications(ctx, u)
	if err != nil {
		return err
	}
	certificates, err := d.Store.Certificates(ctx, u)
	if err != nil {
		return err
	}
	line, err := d.Journey.OwnLine(ctx, u, string(i18n.Of(ctx)))
	if err != nil {
		return err
	}
	page := profile.HomePage{
		Line: line, Profile: whole, Sections: d.sectionsOf(whole), Applications: applications, Certificates: certificates,
	}
	if line.Station == journey.StationReady && line.Plan.Needed > 0 {
		if page.Need, err = d.Journey.NextNeed(ctx, u); err != nil {
			return err
		}
	}
	return d.Render(c, http.StatusOK, profile.Home(page))
}

// sectionsOf are the sections of a profile today; an application counts age on its own day.
func (d *desk) sectionsOf(w models.WholeProfile) []models.Section {
	return models.ProfileSections(w, d.today())
}

// profileOverview answers GET /saya/profil.
func (d *desk) profileOverview(c web.Context) error {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	whole, err := d.Store.OwnProfile(ctx, u)
	if err != nil {
		return err
	}
	page := profile.OverviewPage{Profile: whole, Sections: d.sectionsOf(whole)}
	if whole.Profile.NIKMasked != "" {
		if page.Warnings, err = d.ownWarnings(c, whole.Profile); err != nil {
			return err
		}
	}
	return d.Render(c, http.StatusOK, profile.Overview(page))
}

// ownWarnings are the soft doubts about a person's own NIK. They refuse nothing: a NIK keeps its
// mistakes for life, and an officer looks at the card.
func (d *desk) ownWarnings(c web.Context, p models.Profile) ([]string, error) {
	plain, _, _, err := d.Store.OwnNumbers(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return nil, err
	}
	number, err := nik.Parse(plain)
	if err != nil || p.BirthDate == nil || p.Sex == nil {
		return nil, err
	}
	var list []string
	for _, w := range nik.Warnings(number, *p.BirthDate, nik.Sex(*p.Sex), func(string) bool { return true }) {
		list = append(list, string(w))
	}
	return list, nil
}

// today is the day in Jakarta.
func (d *desk) today() time.Time { return record.DayOf(d.Store.Now()).Date() }

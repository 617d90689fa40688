package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/nik"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/views/profile"
)

// me answers GET /saya: where the seeker stands and what to do next.
func (h *Handlers) me(c echo.Context) error {
	ctx, u := c.Request().Context(), h.currentUser(c)
	whole, err := h.Store.OwnProfile(ctx, u)
	if err != nil {
		return err
	}
	applications, err := h.Store.OwnApplications(ctx, u)
	if err != nil {
		return err
	}
	certificates, err := h.Store.Certificates(ctx, u)
	if err != nil {
		return err
	}
	page := profile.HomePage{Profile: whole, Sections: h.sectionsOf(whole), Applications: applications, Certificates: certificates}
	return h.render(c, http.StatusOK, profile.Home(page))
}

// sectionsOf are the sections of a profile today; an application counts age on its own day.
func (h *Handlers) sectionsOf(w models.WholeProfile) []models.Section {
	return models.ProfileSections(w, record.DayOf(h.Store.Now()).Date())
}

// profileOverview answers GET /saya/profil.
func (h *Handlers) profileOverview(c echo.Context) error {
	ctx, u := c.Request().Context(), h.currentUser(c)
	whole, err := h.Store.OwnProfile(ctx, u)
	if err != nil {
		return err
	}
	page := profile.OverviewPage{Profile: whole, Sections: h.sectionsOf(whole)}
	if whole.Profile.NIKMasked != "" {
		if page.Warnings, err = h.ownWarnings(c, whole.Profile); err != nil {
			return err
		}
	}
	return h.render(c, http.StatusOK, profile.Overview(page))
}

// ownWarnings are the soft doubts about a person's own NIK. They refuse nothing: a NIK keeps its
// mistakes for life, and an officer looks at the card.
func (h *Handlers) ownWarnings(c echo.Context, p models.Profile) ([]string, error) {
	plain, _, _, err := h.Store.OwnNumbers(c.Request().Context(), h.currentUser(c))
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

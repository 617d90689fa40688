package handlers

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	viewform "naikkelas/views/form"
	"naikkelas/views/profile"
)

// A profileSection is one page of the profile: show fills it with what is kept, save keeps what
// was sent or shows the page again.
type profileSection struct {
	show func(c echo.Context, w models.WholeProfile) (templ.Component, error)
	save func(c echo.Context, w models.WholeProfile) error
}

// profileSections are the pages by their names in addresses.
func (h *Handlers) profileSections() map[string]profileSection {
	return map[string]profileSection{
		"identitas":      {h.identityForm, h.saveIdentity},
		"foto-ktp":       {h.photoForm, h.savePhoto},
		"alamat":         {h.addressForm, h.saveAddress},
		"pendidikan":     {h.educationForm, h.saveEducation},
		"bahasa":         {h.languagesForm, h.saveLanguages},
		"pengalaman":     {h.jobsForm, h.saveJobs},
		"kontak-darurat": {h.contactsForm, h.saveContacts},
		"wali":           {h.guardianForm, h.saveGuardian},
		"kebutuhan":      {h.needsForm, h.saveNeeds},
	}
}

// showSection answers GET /saya/profil/:section.
func (h *Handlers) showSection(c echo.Context) error {
	section, whole, err := h.section(c)
	if err != nil {
		return err
	}
	page, err := section.show(c, whole)
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, page)
}

// saveSection answers POST /saya/profil/:section.
func (h *Handlers) saveSection(c echo.Context) error {
	section, whole, err := h.section(c)
	if err != nil {
		return err
	}
	return section.save(c, whole)
}

func (h *Handlers) section(c echo.Context) (profileSection, models.WholeProfile, error) {
	section, ok := h.profileSections()[c.Param("section")]
	if !ok {
		return section, models.WholeProfile{}, models.ErrNotFound
	}
	whole, err := h.Store.OwnProfile(c.Request().Context(), h.currentUser(c))
	return section, whole, err
}

// saved leads on after a section was kept.
func (h *Handlers) saved(c echo.Context, path string) error {
	return h.done(c, "profile.saved", ambient.From(c.Request().Context()).Along(path))
}

func (h *Handlers) identityForm(_ echo.Context, w models.WholeProfile) (templ.Component, error) {
	return profile.Identity(profile.IdentityOf(w)), nil
}

func (h *Handlers) saveIdentity(c echo.Context, w models.WholeProfile) error {
	page := profile.IdentityOf(w)
	page.Form = profile.IdentityForm{}
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	if page.Errors = page.Check(); page.Errors.Any() {
		return h.render(c, http.StatusUnprocessableEntity, profile.Identity(page))
	}
	if err := h.Store.SaveIdentity(c.Request().Context(), h.currentUser(c), page.Form.Identity()); err != nil {
		return err
	}
	if !w.HasDocument("ktp") {
		return h.saved(c, urls.ProfileSection("foto-ktp"))
	}
	return h.saved(c, urls.Profile())
}

func (h *Handlers) photoForm(c echo.Context, w models.WholeProfile) (templ.Component, error) {
	unfinished, err := h.Store.UnfinishedPartials(c.Request().Context(), h.currentUser(c), "ktp", "kk")
	if err != nil {
		return nil, err
	}
	documents, err := h.Store.WithPages(c.Request().Context(), w.Documents)
	return profile.Photo(profile.PhotoPage{Documents: documents, Unfinished: unfinished}), err
}

func (h *Handlers) savePhoto(c echo.Context, w models.WholeProfile) error {
	handled, err := h.replaceDocument(c, w, func(documents []models.PagedUpload, errs viewform.Errors) templ.Component {
		return profile.Photo(profile.PhotoPage{Documents: documents, Errors: errs})
	})
	if handled || err != nil {
		return err
	}
	var page profile.PhotoPage
	for _, purpose := range []string{"ktp", "kk"} {
		kept, err := h.receiveFiles(c, purpose, purpose, &page.Errors)
		if err != nil {
			return err
		}
		w.Documents = append(w.Documents, kept...)
	}
	if !page.Errors.Any() && !w.HasDocument("ktp") {
		page.Errors.Add("ktp", "upload.none")
	}
	if !page.Errors.Any() {
		return h.saved(c, urls.ProfileSection("foto-ktp"))
	}
	if page.Documents, err = h.Store.WithPages(c.Request().Context(), w.Documents); err != nil {
		return err
	}
	return h.render(c, http.StatusUnprocessableEntity, profile.Photo(page))
}

func (h *Handlers) addressForm(c echo.Context, w models.WholeProfile) (templ.Component, error) {
	page := profile.AddressPage{Form: profile.AddressOf(w)}
	err := h.fillAddressPage(c, &page)
	return profile.Address(page), err
}

func (h *Handlers) fillAddressPage(c echo.Context, page *profile.AddressPage) (err error) {
	ctx := c.Request().Context()
	if page.Regencies, err = h.Store.Regencies(ctx); err != nil {
		return err
	}
	page.Provinces, err = h.Store.Provinces(ctx)
	return err
}

func (h *Handlers) saveAddress(c echo.Context, _ models.WholeProfile) error {
	var page profile.AddressPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	if err := h.fillAddressPage(c, &page); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	page.CheckRegencies(&page.Errors)
	if page.Errors.Any() {
		return h.render(c, http.StatusUnprocessableEntity, profile.Address(page))
	}
	f := page.Form
	if err := h.Store.SaveAddresses(c.Request().Context(), h.currentUser(c), f.KTP.Address(), f.Same == "yes", f.Domicile.Address()); err != nil {
		return err
	}
	return h.saved(c, urls.Profile())
}

func (h *Handlers) educationForm(c echo.Context, w models.WholeProfile) (templ.Component, error) {
	levels, err := h.Store.EducationLevels(c.Request().Context())
	return profile.Education(profile.EducationPage{Form: profile.EducationOf(w), Levels: levels}), err
}

func (h *Handlers) saveEducation(c echo.Context, _ models.WholeProfile) error {
	var page profile.EducationPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	var err error
	if page.Levels, err = h.Store.EducationLevels(c.Request().Context()); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	page.CheckLevel(&page.Errors)
	if page.Errors.Any() {
		return h.render(c, http.StatusUnprocessableEntity, profile.Education(page))
	}
	if err := h.Store.SaveEducation(c.Request().Context(), h.currentUser(c), page.Form.Education()); err != nil {
		return err
	}
	return h.saved(c, urls.Profile())
}

func (h *Handlers) languagesForm(_ echo.Context, w models.WholeProfile) (templ.Component, error) {
	return profile.Languages(profile.LanguagesPage{Form: profile.LanguagesOf(w)}), nil
}

func (h *Handlers) saveLanguages(c echo.Context, _ models.WholeProfile) error {
	var page profile.LanguagesPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	if page.Errors = page.Form.Check(); page.Errors.Any() {
		return h.render(c, http.StatusUnprocessableEntity, profile.Languages(page))
	}
	if err := h.Store.SaveLanguages(c.Request().Context(), h.currentUser(c), page.Form.Languages()); err != nil {
		return err
	}
	return h.saved(c, moreOr(page.Form.More, c))
}

// moreOr leads back to the page for another row, or to the profile.
func moreOr(more string, c echo.Context) string {
	if more != "" {
		return urls.ProfileSection(c.Param("section"))
	}
	return urls.Profile()
}

func (h *Handlers) jobsForm(c echo.Context, w models.WholeProfile) (templ.Component, error) {
	countries, err := h.Store.Countries(c.Request().Context())
	return profile.Jobs(profile.JobsPage{Form: profile.JobsOf(w), Countries: countries}), err
}

func (h *Handlers) saveJobs(c echo.Context, _ models.WholeProfile) error {
	var page profile.JobsPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	var err error
	if page.Countries, err = h.Store.Countries(c.Request().Context()); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	page.CheckCountries(&page.Errors)
	if page.Errors.Any() {
		return h.render(c, http.StatusUnprocessableEntity, profile.Jobs(page))
	}
	if err := h.Store.SaveExperiences(c.Request().Context(), h.currentUser(c), page.Form.Experiences()); err != nil {
		return err
	}
	return h.saved(c, moreOr(page.Form.More, c))
}

func (h *Handlers) contactsForm(_ echo.Context, w models.WholeProfile) (templ.Component, error) {
	return profile.Contacts(profile.ContactsPage{Form: profile.ContactsOf(w)}), nil
}

func (h *Handlers) saveContacts(c echo.Context, _ models.WholeProfile) error {
	var page profile.ContactsPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	if page.Errors = page.Form.Check(); page.Errors.Any() {
		return h.render(c, http.StatusUnprocessableEntity, profile.Contacts(page))
	}
	if err := h.Store.SaveContacts(c.Request().Context(), h.currentUser(c), page.Form.Contacts()); err != nil {
		return err
	}
	return h.saved(c, urls.Profile())
}

func (h *Handlers) guardianForm(c echo.Context, w models.WholeProfile) (templ.Component, error) {
	documents, err := h.Store.WithPages(c.Request().Context(), w.Documents)
	return profile.Guardian(profile.GuardianPage{Form: profile.GuardianOf(w), Photo: profile.PhotoPage{Documents: documents}}), err
}

func (h *Handlers) saveGuardian(c echo.Context, w models.WholeProfile) error {
	handled, err := h.replaceDocument(c, w, func(documents []models.PagedUpload, errs viewform.Errors) templ.Component {
		return profile.Guardian(profile.GuardianPage{Form: profile.GuardianOf(w), Errors: errs, Photo: profile.PhotoPage{Documents: documents}})
	})
	if handled || err != nil {
		return err
	}
	var page profile.GuardianPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	kept, err := h.receiveFiles(c, "consent", "guardian_consent", &page.Errors)
	if err != nil {
		return err
	}
	w.Documents = append(w.Documents, kept...)
	if !w.HasDocument("guardian_consent") {
		page.Errors.Add("consent", "upload.none")
	}
	if page.Errors.Any() {
		if page.Photo.Documents, err = h.Store.WithPages(c.Request().Context(), w.Documents); err != nil {
			return err
		}
		return h.render(c, http.StatusUnprocessableEntity, profile.Guardian(page))
	}
	if err := h.Store.SaveGuardian(c.Request().Context(), h.currentUser(c), page.Form.Name, page.Form.Relation, page.Form.Phone164()); err != nil {
		return err
	}
	return h.saved(c, urls.ProfileSection("wali"))
}

func (h *Handlers) needsForm(_ echo.Context, w models.WholeProfile) (templ.Component, error) {
	return profile.Needs(profile.NeedsPage{Form: profile.NeedsOf(w)}), nil
}

func (h *Handlers) saveNeeds(c echo.Context, _ models.WholeProfile) error {
	var page profile.NeedsPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	if page.Errors = page.Form.Check(); page.Errors.Any() {
		return h.render(c, http.StatusUnprocessableEntity, profile.Needs(page))
	}
	if err := h.Store.SaveSpecialNeeds(c.Request().Context(), h.currentUser(c), page.Form.Text, page.Form.Agreed != ""); err != nil {
		return err
	}
	return h.saved(c, urls.Profile())
}

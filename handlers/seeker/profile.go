package seeker

import (
	"net/http"

	"github.com/a-h/templ"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	viewform "naikkelas/views/form"
	"naikkelas/views/profile"
)

// A profileSection is one page of the profile: show fills it with what is kept, save keeps what
// was sent or shows the page again.
type profileSection struct {
	show func(c web.Context, w models.WholeProfile) (templ.Component, error)
	save func(c web.Context, w models.WholeProfile) error
	kept func(w models.WholeProfile) any // what stands in its fields at first; nil where nothing is typed
}

// profileSections are the pages by their names in addresses.
func (d *desk) profileSections() map[string]profileSection {
	return map[string]profileSection{
		"identitas":      {d.identityForm, d.saveIdentity, func(w models.WholeProfile) any { return profile.IdentityOf(w).Form }},
		"foto-ktp":       {d.photoForm, d.savePhoto, nil},
		"alamat":         {d.addressForm, d.saveAddress, func(w models.WholeProfile) any { return profile.AddressOf(w) }},
		"pendidikan":     {d.educationForm, d.saveEducation, func(w models.WholeProfile) any { return profile.EducationOf(w) }},
		"bahasa":         {d.languagesForm, d.saveLanguages, func(w models.WholeProfile) any { return profile.LanguagesOf(w) }},
		"pengalaman":     {d.jobsForm, d.saveJobs, func(w models.WholeProfile) any { return profile.JobsOf(w) }},
		"kontak-darurat": {d.contactsForm, d.saveContacts, func(w models.WholeProfile) any { return profile.ContactsOf(w) }},
		"wali":           {d.guardianForm, d.saveGuardian, func(w models.WholeProfile) any { return profile.GuardianOf(w) }},
		"kebutuhan":      {d.needsForm, d.saveNeeds, func(w models.WholeProfile) any { return profile.NeedsOf(w) }},
	}
}

// showSection answers GET /saya/profil/:section.
func (d *desk) showSection(c web.Context) error {
	section, whole, err := d.section(c)
	if err != nil {
		return err
	}
	page, err := section.show(c, whole)
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, page)
}

// saveSection answers POST /saya/profil/:section.
func (d *desk) saveSection(c web.Context) error {
	section, whole, err := d.section(c)
	if err != nil {
		return err
	}
	if handled, err := d.leaveSection(c, section, whole); handled || err != nil {
		return err
	}
	return section.save(c, whole)
}

func (d *desk) section(c web.Context) (profileSection, models.WholeProfile, error) {
	section, ok := d.profileSections()[c.Param("section")]
	if !ok {
		return section, models.WholeProfile{}, models.ErrNotFound
	}
	whole, err := d.Store.OwnProfile(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return section, whole, err
	}
	return section, whole, seeSection(c, whole)
}

// saved leads on after a section was kept: who came from an application to change a whole profile goes back to it,
// who fills one goes on with what is missing.
func (d *desk) saved(c web.Context, before models.WholeProfile, path string) web.Next {
	at := ambient.From(c.Request().Context())
	if at.Leaving {
		return web.Said(at.Leave(), "profile.saved")
	}
	a := at.Applying
	if a != nil && path == urls.Profile() && (a.Checks || before.Complete(d.today())) {
		return web.Said(a.Back(), "profile.saved")
	}
	return web.Said(ambient.From(c.Request().Context()).Along(path), "profile.saved")
}

func (d *desk) identityForm(_ web.Context, w models.WholeProfile) (templ.Component, error) {
	return profile.Identity(profile.IdentityOf(w)), nil
}

func (d *desk) saveIdentity(c web.Context, w models.WholeProfile) error {
	page := profile.IdentityOf(w)
	page.Form = profile.IdentityForm{}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	var err error
	if page.Kept, err = d.Store.KeptNumbers(c.Request().Context(), d.CurrentUser(c), w.Profile); err != nil {
		return err
	}
	if page.Provinces, err = d.Store.Provinces(c.Request().Context()); err != nil {
		return err
	}
	page.Today = d.today()
	page.Check()
	to := urls.Profile()
	if !w.HasDocument("ktp") {
		to = urls.ProfileSection("foto-ktp")
	}
	again := func(status int) error { return d.Render(c, status, profile.Identity(page)) }
	return d.keep(c, page.Form, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return d.saved(c, w, to), d.Store.SaveIdentity(c.Request().Context(), d.CurrentUser(c), page.Form.Identity())
	})
}

func (d *desk) photoForm(c web.Context, w models.WholeProfile) (templ.Component, error) {
	unfinished, err := d.Store.UnfinishedPartials(c.Request().Context(), d.CurrentUser(c), "ktp", "kk")
	if err != nil {
		return nil, err
	}
	documents, err := d.Store.WithPages(c.Request().Context(), w.Documents)
	return profile.Photo(profile.PhotoPage{Documents: documents, Unfinished: unfinished}), err
}

func (d *desk) savePhoto(c web.Context, w models.WholeProfile) error {
	handled, err := d.replaceDocument(c, w, func(documents []models.PagedUpload, errs viewform.Errors) templ.Component {
		return profile.Photo(profile.PhotoPage{Documents: documents, Errors: errs})
	})
	if handled || err != nil {
		return err
	}
	var page profile.PhotoPage
	var files []models.NewUpload
	for _, purpose := range []string{"ktp", "kk"} {
		stored, err := d.storeFiles(c, purpose, purpose, &page.Errors)
		if err != nil {
			return err
		}
		files = append(files, stored...)
	}
	kept, err := d.keepFiles(c, "ktp", files, &page.Errors)
	if err != nil {
		return err
	}
	w.Documents = append(w.Documents, kept...)
	if !page.Errors.Any() && !w.HasDocument("ktp") {
		page.Errors.Add("ktp", "upload.none")
	}
	if page.Documents, err = d.Store.WithPages(c.Request().Context(), w.Documents); err != nil {
		return err
	}
	again := func(status int) error { return d.Render(c, status, profile.Photo(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return d.saved(c, w, urls.ProfileSection("foto-ktp")), nil
	})
}

func (d *desk) addressForm(c web.Context, w models.WholeProfile) (templ.Component, error) {
	page := profile.AddressPage{Form: profile.AddressOf(w)}
	err := d.fillAddressPage(c, &page)
	return profile.Address(page), err
}

func (d *desk) fillAddressPage(c web.Context, page *profile.AddressPage) (err error) {
	ctx := c.Request().Context()
	if page.Regencies, err = d.Store.Regencies(ctx); err != nil {
		return err
	}
	if page.Districts, err = d.Store.Districts(ctx); err != nil {
		return err
	}
	if page.Villages, err = d.Store.Villages(ctx); err != nil {
		return err
	}
	page.Provinces, err = d.Store.Provinces(ctx)
	return err
}

func (d *desk) saveAddress(c web.Context, w models.WholeProfile) error {
	var page profile.AddressPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	if err := d.fillAddressPage(c, &page); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	page.CheckRegencies(&page.Errors)
	page.CheckPlaces(&page.Errors)
	f := page.Form
	again := func(status int) error { return d.Render(c, status, profile.Address(page)) }
	return d.keep(c, page.Form, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ktp, domicile := f.Addresses()
		err := d.Store.SaveAddresses(c.Request().Context(), d.CurrentUser(c), ktp, f.Same == "yes", domicile)
		return d.saved(c, w, urls.Profile()), err
	})
}

func (d *desk) educationForm(c web.Context, w models.WholeProfile) (templ.Component, error) {
	levels, err := d.Store.EducationLevels(c.Request().Context())
	return profile.Education(profile.EducationPage{Form: profile.EducationOf(w), Levels: levels}), err
}

func (d *desk) saveEducation(c web.Context, w models.WholeProfile) error {
	page := profile.EducationPage{Years: profile.YearsOf(w, d.today(), profile.SchoolAge)}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	var err error
	if page.Levels, err = d.Store.EducationLevels(c.Request().Context()); err != nil {
		return err
	}
	page.Errors = page.Check()
	page.CheckLevel(&page.Errors)
	again := func(status int) error { return d.Render(c, status, profile.Education(page)) }
	return d.keep(c, page.Form, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return d.saved(c, w, urls.Profile()), d.Store.SaveEducation(c.Request().Context(), d.CurrentUser(c), page.Form.Education())
	})
}

func (d *desk) languagesForm(_ web.Context, w models.WholeProfile) (templ.Component, error) {
	return profile.Languages(profile.LanguagesPage{Form: profile.LanguagesOf(w)}), nil
}

func (d *desk) saveLanguages(c web.Context, w models.WholeProfile) error {
	var page profile.LanguagesPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	to := moreOr(page.Form.More, c)
	again := func(status int) error { return d.Render(c, status, profile.Languages(page)) }
	return d.keep(c, page.Form, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return d.saved(c, w, to), d.Store.SaveLanguages(c.Request().Context(), d.CurrentUser(c), page.Form.Languages())
	})
}

// moreOr leads back to the page for another row, or to the profile.
func moreOr(more string, c web.Context) string {
	if more != "" {
		return urls.ProfileSection(c.Param("section"))
	}
	return urls.Profile()
}

func (d *desk) jobsForm(c web.Context, w models.WholeProfile) (templ.Component, error) {
	countries, err := d.Store.Countries(c.Request().Context())
	return profile.Jobs(profile.JobsPage{Form: profile.JobsOf(w), Countries: countries}), err
}

func (d *desk) saveJobs(c web.Context, w models.WholeProfile) error {
	page := profile.JobsPage{Years: profile.YearsOf(w, d.today(), profile.WorkAge)}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	var err error
	if page.Countries, err = d.Store.Countries(c.Request().Context()); err != nil {
		return err
	}
	page.Errors = page.Check()
	page.CheckCountries(&page.Errors)
	to := moreOr(page.Form.More, c)
	again := func(status int) error { return d.Render(c, status, profile.Jobs(page)) }
	return d.keep(c, page.Form, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return d.saved(c, w, to), d.Store.SaveExperiences(c.Request().Context(), d.CurrentUser(c), page.Form.Experiences())
	})
}

func (d *desk) contactsForm(_ web.Context, w models.WholeProfile) (templ.Component, error) {
	return profile.Contacts(profile.ContactsPageOf(w, profile.ContactsOf(w))), nil
}

func (d *desk) saveContacts(c web.Context, w models.WholeProfile) error {
	page := profile.ContactsPageOf(w, profile.ContactsForm{})
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Check()
	again := func(status int) error { return d.Render(c, status, profile.Contacts(page)) }
	return d.keep(c, page.Form, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return d.saved(c, w, urls.Profile()), d.Store.SaveContacts(c.Request().Context(), d.CurrentUser(c), page.Form.Contacts())
	})
}

func (d *desk) guardianForm(c web.Context, w models.WholeProfile) (templ.Component, error) {
	documents, err := d.Store.WithPages(c.Request().Context(), w.Documents)
	return profile.Guardian(profile.GuardianPage{Form: profile.GuardianOf(w), Photo: profile.PhotoPage{Documents: documents}}), err
}

func (d *desk) saveGuardian(c web.Context, w models.WholeProfile) error {
	handled, err := d.replaceDocument(c, w, func(documents []models.PagedUpload, errs viewform.Errors) templ.Component {
		return profile.Guardian(profile.GuardianPage{Form: profile.GuardianOf(w), Errors: errs, Photo: profile.PhotoPage{Documents: documents}})
	})
	if handled || err != nil {
		return err
	}
	var page profile.GuardianPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check(w.User)
	kept, err := d.receiveFiles(c, "consent", "guardian_consent", &page.Errors)
	if err != nil {
		return err
	}
	w.Documents = append(w.Documents, kept...)
	if !w.HasDocument("guardian_consent") && !ambient.From(c.Request().Context()).Leaving {
		page.Errors.Add("consent", "upload.none")
	}
	if page.Photo.Documents, err = d.Store.WithPages(c.Request().Context(), w.Documents); err != nil {
		return err
	}
	f := page.Form
	again := func(status int) error { return d.Render(c, status, profile.Guardian(page)) }
	return d.keep(c, page.Form, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Store.SaveGuardian(c.Request().Context(), d.CurrentUser(c), f.Name, f.Relation, f.Phone164())
		return d.saved(c, w, urls.ProfileSection("wali")), err
	})
}

func (d *desk) needsForm(_ web.Context, w models.WholeProfile) (templ.Component, error) {
	return profile.Needs(profile.NeedsPage{Form: profile.NeedsOf(w)}), nil
}

func (d *desk) saveNeeds(c web.Context, w models.WholeProfile) error {
	var page profile.NeedsPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.Render(c, status, profile.Needs(page)) }
	return d.keep(c, page.Form, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Store.SaveSpecialNeeds(c.Request().Context(), d.CurrentUser(c), page.Form.Text, page.Form.Agreed != "")
		return d.saved(c, w, urls.Profile()), err
	})
}

package institution

import (
	"errors"
	"mime/multipart"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/receive"
	"naikkelas/internal/urls"
	"naikkelas/models"
	viewform "naikkelas/views/form"
	"naikkelas/views/manage"
)

// bodyWithPaper is how much a form with one paper may have.
const bodyWithPaper = 21 << 20

// paperField is the field of the file in the form of papers.
const paperField = "paper"

// licenceRoutes are what permits the institution to train, and what its owners propose to change of it.
func (d *desk) licenceRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.ManageLicencePattern, d.licence, web.Managers),
		web.Post(urls.ManageLicencePattern, d.saveLicence, web.Owners),
		web.Get(urls.LicencePapersPattern, d.licencePapers, web.Owners),
		web.Post(urls.LicencePapersPattern, d.addLicencePaper, web.Owners).UpTo(bodyWithPaper),
		web.Post(urls.LicencePaperOffPattern, d.removeLicencePaper, web.Owners),
		web.Post(urls.LicenceSendPattern, d.sendLicence, web.Owners),
	}
}

// fillLicence reads what is kept and what is proposed.
func (d *desk) fillLicence(c web.Context, page *manage.LicencePage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	page.Self = u
	if page.Institution, err = d.Store.OwnInstitution(ctx, u); err != nil {
		return err
	}
	page.Change, page.Papers, err = d.Store.OwnLicenceChange(ctx, u)
	return err
}

// licence answers GET /kelola/lembaga/izin.
func (d *desk) licence(c web.Context) error {
	return d.licencePage(c, http.StatusOK, manage.LicencePage{}, false)
}

func (d *desk) licencePage(c web.Context, status int, page manage.LicencePage, typed bool) error {
	if err := d.fillLicence(c, &page); err != nil {
		return err
	}
	switch {
	case !typed:
		page.Form = manage.LicenceFormOf(page.Institution, page.Change)
	case page.Stale:
		page.Form.Version = page.Change.Version // the next press decides over what is kept now
	}
	return d.Render(c, status, manage.Licence(page))
}

// saveLicence answers POST /kelola/lembaga/izin: what the owner proposes is kept.
func (d *desk) saveLicence(c web.Context) error {
	var page manage.LicencePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.licencePage(c, status, page, true) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		f := page.Form
		err := d.Store.SaveLicenceChange(c.Request().Context(), d.CurrentUser(c), f.Version, f.Data(), f.Note)
		return web.Said(urls.LicencePapers(), "join.saved"), err
	})
}

// licencePapers answers GET /kelola/lembaga/izin/berkas.
func (d *desk) licencePapers(c web.Context) error {
	return d.licencePapersPage(c, http.StatusOK, manage.LicencePage{PaperKind: models.PaperLicence})
}

// licencePapersPage shows the proposal with its papers; where there is none, or it is with the officers, what is kept.
func (d *desk) licencePapersPage(c web.Context, status int, page manage.LicencePage) error {
	if err := d.fillLicence(c, &page); err != nil {
		return err
	}
	if page.Change.Ref == "" || !page.Change.Editable() {
		page.Form = manage.LicenceFormOf(page.Institution, page.Change)
		return d.Render(c, status, manage.Licence(page))
	}
	return d.Render(c, status, manage.LicencePapers(page))
}

// addLicencePaper answers POST /kelola/lembaga/izin/berkas.
func (d *desk) addLicencePaper(c web.Context) error {
	var page manage.LicencePage
	var form struct {
		Kind string `form:"kind"`
	}
	if err := web.ReadForm(c, &form); err != nil {
		return err
	}
	page.PaperKind = form.Kind
	page.Errors.Add("kind", viewform.OneOf(form.Kind, models.PaperKinds()...))
	file, err := d.takePaper(c, &page.Errors)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	if page.Errors.Any() && file.BlobKey != "" {
		d.files().DropUnused(ctx, []models.NewUpload{file}, nil, nil) // it is sent again
	}
	again := func(status int) error { return d.licencePapersPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		kept, err := d.Store.AddChangePaper(ctx, d.CurrentUser(c), form.Kind, file)
		if !kept {
			d.files().DropUnused(ctx, []models.NewUpload{file}, nil, err)
		}
		return web.Said(urls.LicencePapers(), "join.paper.added"), err
	})
}

func (d *desk) files() receive.Desk {
	return receive.Desk{Store: d.Store, Protection: d.Protection, Blobs: d.Blobs, Box: d.Box, Renderer: d.Renderer, Log: d.Log}
}

// takePaper seals the file of the form into the store, or says at its field why not.
func (d *desk) takePaper(c web.Context, errs *viewform.Errors) (file models.NewUpload, err error) {
	ctx := c.Request().Context()
	var sent []*multipart.FileHeader
	if form := c.Request().MultipartForm; form != nil {
		sent = form.File[paperField]
	}
	for _, name := range web.BeyondForm(c, paperField) {
		errs.Add(paperField, "upload.refused.too_large", "Name", name)
	}
	if len(sent) == 0 || sent[0].Filename == "" {
		errs.Add(paperField, "join.paper.missing")
		return file, nil
	}
	file = models.NewUpload{Name: sent[0].Filename, Size: sent[0].Size}
	if err = d.Store.MayBringChangePaper(ctx, d.CurrentUser(c), file.Size); err == nil {
		var opened multipart.File
		if opened, err = sent[0].Open(); err != nil {
			return file, err
		}
		defer opened.Close()
		err = d.files().TakePaper(ctx, &file, opened)
	}
	if key, refused := receive.Refusal(err); refused {
		errs.Add(paperField, key, "Name", file.Name)
		return file, nil
	}
	if r, ok := errors.AsType[*models.Refusal](d.NotStored(c, err, paperField)); ok {
		errs.Add(paperField, r.Key, r.Args...)
		return file, nil
	}
	return file, err
}

// removeLicencePaper answers POST /kelola/lembaga/izin/berkas/:paper/hapus.
func (d *desk) removeLicencePaper(c web.Context) error {
	again := func(status int) error { return d.licencePapersPage(c, status, manage.LicencePage{}) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		err := d.Store.RemoveChangePaper(c.Request().Context(), d.CurrentUser(c), c.Param("paper"))
		return web.Said(urls.LicencePapers(), "join.paper.removed"), err
	})
}

// sendLicence answers POST /kelola/lembaga/izin/kirim: the proposal goes to the officers.
func (d *desk) sendLicence(c web.Context) error {
	page := manage.LicencePage{PaperKind: models.PaperLicence}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.licencePapersPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		err := d.Store.SendLicenceChange(c.Request().Context(), d.CurrentUser(c), page.Form.Version)
		return web.Said(urls.ManageLicence(), "join.licence.sent"), err
	})
}

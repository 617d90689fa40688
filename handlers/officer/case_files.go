package officer

import (
	"errors"
	"mime"
	"mime/multipart"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/filetype"
	"naikkelas/internal/receive"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/views/officer"
)

// caseFiles answers GET /petugas/kasus/:case/berkas.
func (d *desk) caseFiles(c web.Context) error {
	return d.caseFilesPage(c, http.StatusOK, officer.CasePage{})
}

func (d *desk) caseFilesPage(c web.Context, status int, page officer.CasePage) error {
	if err := d.fillCase(c, &page, false); err != nil {
		return err
	}
	return d.Render(c, status, officer.CaseFiles(page))
}

// addCaseFile answers POST /petugas/kasus/:case/berkas: a file that reached the officer in another way.
func (d *desk) addCaseFile(c web.Context) error {
	var page officer.CasePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	file, err := d.takeCaseFile(c, &page)
	if err != nil {
		return err
	}
	ref := c.Param("case")
	again := func(status int) error { return d.caseFilesPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		_, err := d.Protection.AttachAtDesk(c.Request().Context(), d.CurrentUser(c), page.Form.Press(ref), file)
		d.files.DropUnusedAttachments(c.Request().Context(), []protection.NewAttachment{file}, err)
		return web.Said(urls.Case(ref), "attach.added"), err
	})
}

// takeCaseFile seals the file of a form into the store, or says at its field why not.
func (d *desk) takeCaseFile(c web.Context, page *officer.CasePage) (file protection.NewAttachment, err error) {
	const field = "files"
	ctx := c.Request().Context()
	var sent []*multipart.FileHeader
	if form := c.Request().MultipartForm; form != nil {
		sent = form.File[field]
	}
	if len(sent) == 0 || sent[0].Filename == "" {
		page.Errors.Add(field, "attach.missing")
		return file, nil
	}
	if file, err = d.files.TakeSent(ctx, sent[0]); err == nil {
		return file, nil
	}
	if key, refused := receive.AttachmentRefusal(err); refused {
		page.Errors.Add(field, key, "Name", sent[0].Filename)
		return file, nil
	}
	if r, ok := errors.AsType[*models.Refusal](d.NotStored(c, err, field)); ok {
		page.Errors.Add(field, r.Key, r.Args...)
		return file, nil
	}
	return file, err
}

// takeOffForm answers GET /petugas/kasus/:case/berkas/:file/keluarkan: it asks before the file goes.
func (d *desk) takeOffForm(c web.Context) error {
	return d.takeOffPage(c, http.StatusOK, officer.CasePage{})
}

func (d *desk) takeOffPage(c web.Context, status int, page officer.CasePage) error {
	if err := d.fillCase(c, &page, false); err != nil {
		return err
	}
	file, ok := page.Added(c.Param("file"))
	switch {
	case !ok && page.Errors.Any(): // it is gone already
		return d.casePage(c, status, page)
	case !ok:
		return models.ErrNotFound
	}
	return d.Render(c, status, officer.CaseFileTake(page, file))
}

// takeOff answers POST /petugas/kasus/:case/berkas/:file/keluarkan.
func (d *desk) takeOff(c web.Context) error {
	var page officer.CasePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	ref := c.Param("case")
	again := func(status int) error { return d.takeOffPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Protection.TakeOffAtDesk(c.Request().Context(), d.CurrentUser(c), page.Form.Press(ref), c.Param("file"), page.Form.Why)
		return web.Said(urls.Case(ref), "attach.taken"), err
	})
}

// opened is a file of the case, whose look is written down.
func (d *desk) opened(c web.Context, page int) (protection.OpenedAttachment, error) {
	return d.Protection.LookAtAttachment(c.Request().Context(), d.CurrentUser(c), c.Param("case"), c.Param("file"), page)
}

// showCaseFile answers GET /petugas/kasus/:case/berkas/:file.
func (d *desk) showCaseFile(c web.Context) error {
	o, err := d.opened(c, 0)
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.CaseFile(officer.CaseFilePage{Ref: c.Param("case"), File: o}))
}

// caseFilePage answers GET /petugas/kasus/:case/berkas/:file/halaman/:page.
func (d *desk) caseFilePage(c web.Context) error {
	number, ok := web.Number(c.Param("page"))
	if !ok {
		return models.ErrNotFound
	}
	o, err := d.opened(c, number)
	if err != nil {
		return err
	}
	page, err := o.Page(number)
	if err != nil {
		return err
	}
	return d.SendBlob(c, page.ViewKey, protection.AttachmentImagePlace(page.ViewKey), "image/jpeg", "inline")
}

// caseSound answers GET /petugas/kasus/:case/berkas/:file/suara.
func (d *desk) caseSound(c web.Context) error {
	return d.sendSound(c, func(protection.OpenedAttachment) string { return "inline" })
}

// fetchCaseFile answers GET /petugas/kasus/:case/berkas/:file/unduh, for recordings that no browser plays.
func (d *desk) fetchCaseFile(c web.Context) error {
	return d.sendSound(c, func(o protection.OpenedAttachment) string {
		return mime.FormatMediaType("attachment", map[string]string{"filename": o.Ref + filetype.SoundEnding(o.MediaType)})
	})
}

// sendSound hands out a recording. Of pictures and papers only the images of their pages are.
func (d *desk) sendSound(c web.Context, disposition func(protection.OpenedAttachment) string) error {
	o, err := d.opened(c, 0)
	if err != nil {
		return err
	}
	if o.Kind() != protection.KindRecording {
		return models.ErrNotFound
	}
	return d.SendSound(c, o.BlobKey, protection.AttachmentPlace(o.BlobKey), o.MediaType, disposition(o))
}

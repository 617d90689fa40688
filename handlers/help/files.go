package help

import (
	"context"
	"errors"
	"mime"
	"mime/multipart"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/filetype"
	"naikkelas/internal/i18n"
	"naikkelas/internal/intext"
	"naikkelas/internal/receive"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
	viewform "naikkelas/views/form"
	"naikkelas/views/help"
)

// bodyWithFile is how much a form of the help pages may have: what is typed and one file, which without scripts cannot go on
// after a broken line and is small therefore.
const bodyWithFile = help.FileInForm + 256<<10

// filesField is the field of files in forms.
const filesField = "files"

// hasFile says whether a file came with a form that was read.
func hasFile(c web.Context) bool { return len(sentFiles(c)) > 0 }

// sentFiles are the files of a form; a field that was left empty has none.
func sentFiles(c web.Context) (list []*multipart.FileHeader) {
	form := c.Request().MultipartForm
	if form == nil {
		return nil
	}
	for _, header := range form.File[filesField] {
		if header.Filename != "" {
			list = append(list, header)
		}
	}
	return list
}

// takeFiles seals the files of a form into the store and says of the others why they were not taken. Nothing that is wrong
// with them, or with us, keeps the rest of the form from being taken.
func (d *desk) takeFiles(c web.Context) (files []protection.NewAttachment, errs viewform.Errors) {
	for _, header := range sentFiles(c) {
		file, err := d.takeFile(c, header)
		if err == nil {
			files = append(files, file)
			continue
		}
		name := intext.FileName(header.Filename)
		if key, refused := receive.AttachmentRefusal(err); refused {
			errs.Add(filesField, key, "Name", name)
			continue
		}
		if r, ok := errors.AsType[*models.Refusal](d.NotStored(c, err, filesField)); ok {
			errs.Add(filesField, r.Key, r.Args...)
			continue
		}
		d.Logged(c, err)
		errs.Add(filesField, "attach.failed")
	}
	for _, name := range web.BeyondForm(c, filesField) {
		errs.Add(filesField, "attach.form_large", "Name", name)
	}
	return files, errs
}

func (d *desk) takeFile(c web.Context, header *multipart.FileHeader) (in protection.NewAttachment, err error) {
	if header.Size > help.FileInForm {
		return in, &models.Refusal{Key: "attach.form_large", Field: filesField, Args: []any{"Name", header.Filename}}
	}
	return d.files.TakeSentFrom(c.Request().Context(), c.RealIP(), header)
}

// giveForm answers GET /bantuan/jawaban/berkas: what somebody gave, and how more is given.
func (d *desk) giveForm(c web.Context) error { return d.givePage(c, http.StatusOK, help.FilesPage{}) }

func (d *desk) givePage(c web.Context, status int, p help.FilesPage) (err error) {
	if p.Files, err = d.Protection.OwnAttachments(c.Request().Context(), d.token(c)); err != nil {
		return err
	}
	return d.Render(c, status, help.Files(p))
}

// give answers POST /bantuan/jawaban/berkas, with which a browser without scripts sends a file.
func (d *desk) give(c web.Context) error {
	var p help.FilesPage
	if err := web.ReadForm(c, &p.Form); err != nil {
		return err
	}
	if _, err := d.Protection.OwnAttachments(c.Request().Context(), d.token(c)); err != nil {
		return err // nobody is there whose files they would be
	}
	files, errs := d.takeFiles(c)
	if p.Errors = errs; len(files) == 0 && !errs.Any() {
		p.Errors.Add(filesField, "attach.missing")
	}
	if p.Errors.Any() {
		d.files.DropUnusedAttachments(c.Request().Context(), files, nil) // they are sent again with the others
	}
	again := func(status int) error { return d.givePage(c, status, p) }
	return d.Act(c, web.Form{Errors: &p.Errors, Again: again}, func() (web.Next, error) {
		_, err := d.Protection.Attach(c.Request().Context(), d.token(c), files...)
		d.files.DropUnusedAttachments(c.Request().Context(), files, err)
		return web.To(urls.HelpFiles()), err
	})
}

// ownFile answers GET /bantuan/jawaban/berkas/:file: a recording is played, of anything else its first page is shown.
func (d *desk) ownFile(c web.Context) error {
	a, err := d.own(c)
	switch {
	case err != nil:
		return err
	case a.Kind() != protection.KindRecording:
		return d.ownPage(c, func(p protection.AttachmentPage) string { return p.ViewKey })
	}
	disposition := "inline"
	if !a.Plays() {
		disposition = mime.FormatMediaType("attachment", map[string]string{"filename": a.Ref + filetype.SoundEnding(a.MediaType)})
	}
	return d.SendSound(c, a.BlobKey, protection.AttachmentPlace(a.BlobKey), a.MediaType, disposition)
}

func (d *desk) own(c web.Context) (protection.Attachment, error) {
	a, err := d.Protection.OwnAttachment(c.Request().Context(), d.token(c), c.Param("file"))
	if err == nil && a.Ref == "" {
		err = models.ErrNotFound
	}
	return a, err
}

// ownThumb answers GET /bantuan/jawaban/berkas/:file/kecil.
func (d *desk) ownThumb(c web.Context) error {
	return d.ownPage(c, func(p protection.AttachmentPage) string { return p.ThumbKey })
}

func (d *desk) ownPage(c web.Context, key func(protection.AttachmentPage) string) error {
	page, err := d.Protection.OwnAttachmentPage(c.Request().Context(), d.token(c), c.Param("file"), 1)
	if err != nil {
		return err
	}
	return d.SendBlob(c, key(page), protection.AttachmentImagePlace(key(page)), "image/jpeg", "inline")
}

// removeFile answers POST /bantuan/jawaban/berkas/:file/hapus.
func (d *desk) removeFile(c web.Context) error {
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		return web.To(urls.HelpFiles()), d.Protection.RemoveOwn(c.Request().Context(), d.token(c), c.Param("file"))
	})
}

// A giver sends files to their case in pieces: the token of their help session is the permission.
type giver struct {
	d     *desk
	token string
	from  string // the address
}

// Begin begins a file with the name that its sender gives.
func (g giver) Begin(ctx context.Context, name, _ string, size int64) (web.Coming, error) {
	if name != "" { // a file without a name is refused
		name = intext.FileName(name)
	}
	part, err := g.d.Protection.StartAttachment(ctx, g.token, g.from, name, size)
	if r, ok := errors.AsType[*models.Refusal](err); ok {
		return nil, web.RefusedPart(i18n.T(ctx, r.Key, "Name", name))
	}
	return coming{g, part}, err
}

// Coming finds a file of the sender.
func (g giver) Coming(ctx context.Context, ref string) (web.Coming, error) {
	part, err := g.d.Protection.AttachmentPartial(ctx, g.token, ref)
	return coming{g, part}, err
}

// coming is one file on its way to a case.
type coming struct {
	giver
	part protection.AttachmentPartial
}

// Info says how much is there.
func (f coming) Info() web.ComingInfo {
	p := f.part
	return web.ComingInfo{Ref: p.Ref, Name: p.Name, Size: p.Size, Received: p.Received, Arrived: p.AttachmentRef, Refusal: p.Refusal}
}

// Take seals a piece and records it.
func (f coming) Take(ctx context.Context, offset int64, piece []byte) error {
	return f.d.files.TakeAttachmentPart(ctx, f.part, offset, piece)
}

// Drop gives the file up.
func (f coming) Drop(ctx context.Context) error {
	return f.d.files.DropAttachment(ctx, f.token, f.part.Ref)
}

// Finish makes a file of the pieces. Of one that is refused nothing is left but the words, which its sender hears now.
func (f coming) Finish(ctx context.Context) (string, error) {
	ref, err := f.d.files.JoinAttachment(ctx, f.part.ID)
	sentence := ""
	if key, refused := receive.AttachmentRefusal(err); refused {
		sentence = i18n.T(ctx, key, "Name", f.part.Name)
	}
	if r, ok := errors.AsType[*models.Refusal](err); ok {
		sentence = i18n.T(ctx, r.Key, r.Args...)
	}
	if sentence == "" {
		return ref, err
	}
	if err := f.Drop(ctx); err != nil {
		return "", err
	}
	return "", web.RefusedPart(sentence)
}

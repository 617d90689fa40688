package seeker

import (
	"errors"
	"mime"
	"net/http"
	"strings"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/upload"
)

// listUploads answers GET /saya/berkas.
func (d *desk) listUploads(c web.Context) error {
	return d.uploadsPage(c, http.StatusOK, upload.LibraryPage{})
}

func (d *desk) uploadsPage(c web.Context, status int, page upload.LibraryPage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if page.Files, err = d.Store.Uploads(ctx, u); err != nil {
		return err
	}
	ids := make([]int64, len(page.Files))
	for i, f := range page.Files {
		ids[i] = f.ID
	}
	if page.Proves, err = d.Journey.FileUses(ctx, u, ids); err != nil {
		return err
	}
	if page.Deleted, err = d.Store.DeletedUploads(ctx, u); err != nil {
		return err
	}
	if page.Unfinished, err = d.Store.UnfinishedPartials(ctx, u, "other"); err != nil {
		return err
	}
	return d.Render(c, status, upload.Library(page))
}

// addUploads answers POST /saya/berkas.
func (d *desk) addUploads(c web.Context) error {
	var page upload.LibraryPage
	var nothing struct{}
	if err := web.ReadForm(c, &nothing); err != nil {
		return err
	}
	kept, err := d.receiveFiles(c, "files", "other", &page.Errors)
	if err != nil {
		return err
	}
	if len(kept) == 0 && !page.Errors.Any() {
		page.Errors.Add("files", "upload.none")
	}
	again := func(status int) error { return d.uploadsPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return received(kept, urls.Uploads()), nil
	})
}

// showUpload answers GET /saya/berkas/:upload.
func (d *desk) showUpload(c web.Context) error { return d.uploadPage(c, http.StatusOK) }

func (d *desk) uploadPage(c web.Context, status int) error {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	shown, err := d.Store.Upload(ctx, u, c.Param("upload"))
	if err != nil {
		return err
	}
	pages, err := d.Store.UploadPages(ctx, u, shown.Ref)
	if err != nil {
		return err
	}
	page := upload.Page{File: models.LibraryUpload{Upload: shown}, Pages: pages}
	if page.Kept, err = d.Store.UploadKept(ctx, shown); err != nil {
		return err
	}
	certificates, applications, err := d.Store.UploadUses(ctx, []int64{shown.ID})
	if err != nil {
		return err
	}
	page.File.Certificates, page.File.Applications = certificates[shown.ID], applications[shown.ID]
	proves, err := d.Journey.FileUses(ctx, u, []int64{shown.ID})
	if err != nil {
		return err
	}
	page.Proves = proves[shown.ID]
	return d.Render(c, status, upload.File(page))
}

// showUploadPage answers GET /saya/berkas/:upload/halaman/:page: one page as large as the screen, with the way back.
func (d *desk) showUploadPage(c web.Context) error {
	ctx, u, ref := c.Request().Context(), d.CurrentUser(c), c.Param("upload")
	shown, err := d.Store.Upload(ctx, u, ref)
	if err != nil {
		return err
	}
	number, ok := web.Number(c.Param("page"))
	if !ok {
		return models.ErrNotFound
	}
	page, err := d.Store.UploadPage(ctx, u, ref, number)
	if err != nil {
		return err
	}
	back := urls.Upload(ref)
	if to, _, _ := strings.Cut(c.QueryParam("kembali"), "#"); web.IsLocal(to) {
		back = to
	}
	return d.Render(c, http.StatusOK, upload.Sheet(upload.SheetPage{Upload: shown, Page: page, Back: back + "#" + upload.PartID(ref)}))
}

// deleteUpload answers POST /saya/berkas/:upload/hapus.
func (d *desk) deleteUpload(c web.Context) error {
	again := func(status int) error { return d.uploadPage(c, status) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		ref := c.Param("upload")
		next := web.Undoable(urls.Uploads(), "upload.deleted", urls.RestoreUpload(ref), "layouts.undo")
		return next, d.Store.DeleteUpload(c.Request().Context(), d.CurrentUser(c), ref)
	})
}

// restoreUpload answers POST /saya/berkas/:upload/kembalikan.
func (d *desk) restoreUpload(c web.Context) error {
	again := func(status int) error { return d.uploadsPage(c, status, upload.LibraryPage{}) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		return web.Said(urls.Uploads(), "upload.restored"), d.Store.RestoreUpload(c.Request().Context(), d.CurrentUser(c), c.Param("upload"))
	})
}

// looks answers GET /saya/dilihat: who looked at the person's files and numbers.
func (d *desk) looks(c web.Context) error {
	page, err := d.Store.Looks(c.Request().Context(), d.CurrentUser(c), c.QueryParam("sesudah"))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, upload.Looks(page))
}

// Officers look at a person's files through the addresses below, at which the person looks too: there is one
// answer to who may see an image, and one to how it is sent. The files are the seeker's, so it stands here.

// mayLook says who looks at a file's images: its owner, and an officer who has passed the second
// factor. To anybody else, signed in or not, there is no such file.
func (d *desk) mayLook(c web.Context) (models.User, error) {
	u := d.CurrentUser(c)
	switch {
	case u.Role == models.Seeker && !u.MustSetPassword:
		return u, nil
	case u.Role == models.Officer && d.SessionRow(c).SecondFactorAt != nil:
		return u, nil
	}
	return u, models.ErrNotFound
}

// uploadView answers GET /berkas/:upload/halaman/:page, the image of a page.
func (d *desk) uploadView(c web.Context) error {
	return d.pageImage(c, func(p models.UploadPage) string { return p.ViewKey })
}

// uploadThumb answers GET /berkas/:upload/kecil/:page, the small image of a page.
func (d *desk) uploadThumb(c web.Context) error {
	return d.pageImage(c, func(p models.UploadPage) string { return p.ThumbKey })
}

func (d *desk) pageImage(c web.Context, key func(models.UploadPage) string) error {
	u, err := d.mayLook(c)
	if err != nil {
		return err
	}
	number, ok := web.Number(c.Param("page"))
	if !ok {
		return models.ErrNotFound
	}
	find := d.Store.UploadPage
	if u.Role == models.Officer {
		find = d.Store.OpenUploadPage
	}
	page, err := find(c.Request().Context(), u, c.Param("upload"), number)
	if err != nil {
		return d.askWhy(c, err)
	}
	return d.SendBlob(c, key(page), models.ImagePlace(key(page)), "image/jpeg", "inline")
}

// askWhy leads an officer to the form that opens a file that is not at the desk; other errors go on.
func (d *desk) askWhy(c web.Context, err error) error {
	if errors.Is(err, models.ErrNotAtDesk) {
		return d.Lead(c, web.To(urls.OfficerFileFrom(c.Param("upload"), c.Request().URL.Path)))
	}
	return err
}

// uploadOriginal answers GET /berkas/:upload/asli: a download that no browser opens by itself.
func (d *desk) uploadOriginal(c web.Context) error {
	u, err := d.mayLook(c)
	if err != nil {
		return err
	}
	upload, err := d.Store.Original(c.Request().Context(), u, c.Param("upload"))
	if err != nil {
		return d.askWhy(c, err)
	}
	disposition := mime.FormatMediaType("attachment", map[string]string{"filename": upload.Ref + extension(upload.MediaType)})
	return d.SendBlob(c, upload.BlobKey, models.OriginalPlace(upload.BlobKey), upload.MediaType, disposition)
}

// extension is the usual ending of a file of the type; the sender's own name stays out of headers.
func extension(mediaType string) string {
	switch mediaType {
	case "application/pdf":
		return ".pdf"
	case "image/png":
		return ".png"
	}
	return ".jpg"
}

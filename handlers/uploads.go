package handlers

import (
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/seal"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/upload"
)

// listUploads answers GET /saya/berkas.
func (h *Handlers) listUploads(c echo.Context) error {
	return h.uploadsPage(c, http.StatusOK, upload.LibraryPage{})
}

func (h *Handlers) uploadsPage(c echo.Context, status int, page upload.LibraryPage) (err error) {
	ctx, u := c.Request().Context(), h.currentUser(c)
	if page.Files, err = h.Store.Uploads(ctx, u); err != nil {
		return err
	}
	if page.Deleted, err = h.Store.DeletedUploads(ctx, u); err != nil {
		return err
	}
	if page.Unfinished, err = h.Store.UnfinishedPartials(ctx, u, "other"); err != nil {
		return err
	}
	return h.render(c, status, upload.Library(page))
}

// addUploads answers POST /saya/berkas.
func (h *Handlers) addUploads(c echo.Context) error {
	var page upload.LibraryPage
	var nothing struct{}
	if err := readForm(c, &nothing); err != nil {
		return err
	}
	kept, err := h.receiveFiles(c, "files", "other", &page.Errors)
	if err != nil {
		return err
	}
	if len(kept) == 0 && !page.Errors.Any() {
		page.Errors.Add("files", "upload.none")
	}
	if page.Errors.Any() {
		return h.uploadsPage(c, http.StatusUnprocessableEntity, page)
	}
	return h.received(c, kept, urls.Uploads())
}

// showUpload answers GET /saya/berkas/:upload.
func (h *Handlers) showUpload(c echo.Context) error {
	ctx, u := c.Request().Context(), h.currentUser(c)
	shown, err := h.Store.Upload(ctx, u, c.Param("upload"))
	if err != nil {
		return err
	}
	pages, err := h.Store.UploadPages(ctx, u, shown.Ref)
	if err != nil {
		return err
	}
	page := upload.Page{File: models.LibraryUpload{Upload: shown}, Pages: pages}
	if page.Kept, err = h.Store.UploadKept(ctx, shown); err != nil {
		return err
	}
	certificates, applications, err := h.Store.UploadUses(ctx, []int64{shown.ID})
	if err != nil {
		return err
	}
	page.File.Certificates, page.File.Applications = certificates[shown.ID], applications[shown.ID]
	return h.render(c, http.StatusOK, upload.File(page))
}

// showUploadPage answers GET /saya/berkas/:upload/halaman/:page: one page as large as the screen, with the way back.
func (h *Handlers) showUploadPage(c echo.Context) error {
	ctx, u, ref := c.Request().Context(), h.currentUser(c), c.Param("upload")
	shown, err := h.Store.Upload(ctx, u, ref)
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(c.Param("page"))
	if err != nil {
		return models.ErrNotFound
	}
	page, err := h.Store.UploadPage(ctx, u, ref, number)
	if err != nil {
		return err
	}
	back := urls.Upload(ref)
	if to, _, _ := strings.Cut(c.QueryParam("kembali"), "#"); isLocal(to) {
		back = to
	}
	return h.render(c, http.StatusOK, upload.Sheet(upload.SheetPage{Upload: shown, Page: page, Back: back + "#" + upload.PartID(ref)}))
}

// deleteUpload answers POST /saya/berkas/:upload/hapus.
func (h *Handlers) deleteUpload(c echo.Context) error {
	ref := c.Param("upload")
	if err := h.Store.DeleteUpload(c.Request().Context(), h.currentUser(c), ref); err != nil {
		return h.afterAct(c, err, "", urls.Upload(ref))
	}
	return h.undoable(c, "upload.deleted", urls.Uploads(), urls.RestoreUpload(ref), "layouts.undo")
}

// restoreUpload answers POST /saya/berkas/:upload/kembalikan.
func (h *Handlers) restoreUpload(c echo.Context) error {
	return h.afterAct(c, h.Store.RestoreUpload(c.Request().Context(), h.currentUser(c), c.Param("upload")), "upload.restored", urls.Uploads())
}

// looks answers GET /saya/dilihat: who looked at the person's files and numbers.
func (h *Handlers) looks(c echo.Context) error {
	page, err := h.Store.Looks(c.Request().Context(), h.currentUser(c), c.QueryParam("sesudah"))
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, upload.Looks(page))
}

// mayLook says who looks at a file's images: its owner, and an officer who has passed the second
// factor. To anybody else, signed in or not, there is no such file.
func (h *Handlers) mayLook(c echo.Context) (models.User, error) {
	u := h.currentUser(c)
	switch {
	case u.Role == models.Seeker && !u.MustSetPassword:
		return u, nil
	case u.Role == models.Officer && h.sessionRow(c).SecondFactorAt != nil:
		return u, nil
	}
	return u, models.ErrNotFound
}

// uploadView answers GET /berkas/:upload/halaman/:page, the image of a page.
func (h *Handlers) uploadView(c echo.Context) error {
	return h.pageImage(c, func(p models.UploadPage) string { return p.ViewKey })
}

// uploadThumb answers GET /berkas/:upload/kecil/:page, the small image of a page.
func (h *Handlers) uploadThumb(c echo.Context) error {
	return h.pageImage(c, func(p models.UploadPage) string { return p.ThumbKey })
}

func (h *Handlers) pageImage(c echo.Context, key func(models.UploadPage) string) error {
	u, err := h.mayLook(c)
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(c.Param("page"))
	if err != nil {
		return models.ErrNotFound
	}
	find := h.Store.UploadPage
	if u.Role == models.Officer {
		find = h.Store.OpenUploadPage
	}
	page, err := find(c.Request().Context(), u, c.Param("upload"), number)
	if err != nil {
		return err
	}
	return h.sendBlob(c, key(page), models.ImagePlace(key(page)), "image/jpeg", "inline")
}

// uploadOriginal answers GET /berkas/:upload/asli: a download that no browser opens by itself.
func (h *Handlers) uploadOriginal(c echo.Context) error {
	u, err := h.mayLook(c)
	if err != nil {
		return err
	}
	upload, err := h.Store.Original(c.Request().Context(), u, c.Param("upload"))
	if err != nil {
		return err
	}
	disposition := mime.FormatMediaType("attachment", map[string]string{"filename": upload.Ref + extension(upload.MediaType)})
	return h.sendBlob(c, upload.BlobKey, models.OriginalPlace(upload.BlobKey), upload.MediaType, disposition)
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

// sendBlob opens a sealed blob for the person who may have it. Nothing of it is kept on the way:
// phones are shared.
func (h *Handlers) sendBlob(c echo.Context, key string, at seal.Place, mediaType, disposition string) error {
	sealed, err := h.Blobs.Get(c.Request().Context(), key)
	if err != nil {
		return err
	}
	defer sealed.Close()
	plain, err := h.Box.UnsealReader(sealed, at)
	if err != nil {
		return err
	}
	header := c.Response().Header()
	header.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	header.Set("Cache-Control", "private, no-store")
	header.Set("Content-Disposition", disposition)
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set(echo.HeaderContentType, mediaType)
	c.Response().WriteHeader(http.StatusOK)
	_, err = io.Copy(c.Response(), plain)
	return err
}

package seeker

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"mime/multipart"
	"strings"

	"naikkelas/handlers/web"
	"naikkelas/internal/blob"
	"naikkelas/internal/filetype"
	"naikkelas/internal/render"
	"naikkelas/models"
	viewform "naikkelas/views/form"
)

// receiveFiles takes the files of a form's field into the person's library. Those that are
// good are kept whatever becomes of the others; what is wrong with a file is added to errs
// under the field. A field without files gives none.
func (d *desk) receiveFiles(c web.Context, field, purpose string, errs *viewform.Errors) ([]models.Upload, error) {
	form := c.Request().MultipartForm
	if form == nil {
		return nil, nil
	}
	var kept []models.Upload
	for _, header := range form.File[field] {
		if web.StoreAway(c) {
			errs.Add(field, "upload.away") // each file would wait for the store in vain
			break
		}
		u, err := d.receiveFile(c, header, purpose)
		key, refused := fileRefusal(err)
		switch {
		case refused:
			errs.Add(field, key, "Name", header.Filename)
		case err != nil:
			err = d.NotStored(c, err, field)
			r, ok := errors.AsType[*models.Refusal](err)
			if !ok {
				return kept, err
			}
			errs.Add(field, r.Key, r.Args...)
		default:
			kept = append(kept, u)
		}
	}
	return kept, nil
}

// fileRefusal is the sentence for what is wrong with a file itself.
func fileRefusal(err error) (key string, ok bool) {
	//i18n:family upload.refused.*
	if r, ok := errors.AsType[*filetype.Refusal](err); ok {
		return "upload.refused." + string(r.Reason), true
	}
	if f, ok := errors.AsType[render.Failure](err); ok {
		return "upload.refused." + string(f), true
	}
	return "", false
}

// receiveFile takes one file of a form.
func (d *desk) receiveFile(c web.Context, header *multipart.FileHeader, purpose string) (models.Upload, error) {
	if err := d.Store.MaySend(c.Request().Context(), d.CurrentUser(c)); err != nil {
		return models.Upload{}, err
	}
	file, err := header.Open()
	if err != nil {
		return models.Upload{}, err
	}
	defer file.Close()
	in := models.NewUpload{Purpose: purpose, Name: header.Filename, Size: header.Size}
	return d.storeUpload(c.Request().Context(), d.CurrentUser(c), in, file)
}

// storeUpload checks a file, seals it into the blob store and writes its row. Until the row is there, the
// blob is one that the sweeper removes.
func (d *desk) storeUpload(ctx context.Context, owner models.User, in models.NewUpload, file io.ReadSeeker) (models.Upload, error) {
	content, err := d.inspectFile(ctx, &in, file)
	if err != nil {
		return models.Upload{}, err
	}
	sum := sha256.New()
	in.BlobKey = blob.NewKey()
	sealed := d.Box.SealReader(io.TeeReader(content, sum), models.OriginalPlace(in.BlobKey))
	defer sealed.Close()
	if err := d.Blobs.Put(ctx, in.BlobKey, sealed); err != nil {
		return models.Upload{}, err
	}
	in.SHA256 = sum.Sum(nil)
	u, added, err := d.Store.AddUpload(ctx, owner, in)
	if err != nil || !added {
		return u, errors.Join(err, d.Blobs.Delete(ctx, in.BlobKey))
	}
	return u, nil
}

// inspectFile looks into a file: its type by its first bytes here, the rest in a child process. It
// gives what is to be kept, which of some photos is a smaller JPEG.
func (d *desk) inspectFile(ctx context.Context, in *models.NewUpload, file io.ReadSeeker) (io.Reader, error) {
	limits := filetype.DefaultLimits()
	info, err := filetype.Inspect(file, in.Size, limits)
	if err != nil {
		return nil, err
	}
	in.MediaType = info.MediaType
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	if info.MustConvert(limits) {
		small, err := d.Renderer.Convert(ctx, info.MediaType, file)
		if _, broken := errors.AsType[render.Failure](err); broken && info.MediaType == filetype.HEIC {
			return nil, &filetype.Refusal{Reason: filetype.HEVC}
		}
		in.MediaType, in.Size = filetype.JPEG, int64(len(small)) // the name stays the one by which its sender knows it
		return bytes.NewReader(small), err
	}
	if _, err := d.Renderer.Inspect(ctx, info.MediaType, file); err != nil {
		return nil, err
	}
	_, err = file.Seek(0, io.SeekStart)
	return file, err
}

// received leads to a page and says there which files arrived.
func received(kept []models.Upload, path string) web.Next {
	names := make([]string, len(kept))
	for i, u := range kept {
		names[i] = u.Name
	}
	return web.Said(path, "upload.received", "Name", strings.Join(names, ", "))
}

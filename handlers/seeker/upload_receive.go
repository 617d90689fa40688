package seeker

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"mime/multipart"
	"slices"
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
	files, err := d.storeFiles(c, field, purpose, errs)
	if err != nil {
		return nil, err
	}
	return d.keepFiles(c, field, files, errs)
}

// storeFiles seals the good files of a form's field into the blob store and adds to errs what is wrong with the
// others. They are nobody's until one call of the Store writes their rows with all else that the form is for;
// the blobs of those that none takes are removed by the sweeper.
func (d *desk) storeFiles(c web.Context, field, purpose string, errs *viewform.Errors) ([]models.NewUpload, error) {
	form := c.Request().MultipartForm
	if form == nil {
		return nil, nil
	}
	var files []models.NewUpload
	for _, header := range form.File[field] {
		if web.StoreAway(c) {
			errs.Add(field, "upload.away") // each file would wait for the store in vain
			break
		}
		file, err := d.storeFile(c, header, purpose)
		key, refused := fileRefusal(err)
		switch {
		case refused:
			errs.Add(field, key, "Name", header.Filename)
		case err != nil:
			err = d.NotStored(c, err, field)
			r, ok := errors.AsType[*models.Refusal](err)
			if !ok {
				return nil, err
			}
			errs.Add(field, r.Key, r.Args...)
		default:
			files = append(files, file)
		}
	}
	return files, nil
}

// keepFiles writes stored files into the person's library, also for a form that is shown again.
func (d *desk) keepFiles(c web.Context, field string, files []models.NewUpload, errs *viewform.Errors) ([]models.Upload, error) {
	if len(files) == 0 {
		return nil, nil
	}
	ctx := c.Request().Context()
	kept, err := d.Store.AddUploads(ctx, d.CurrentUser(c), files...)
	d.removeUnused(ctx, files, kept, err)
	if r, ok := errors.AsType[*models.Refusal](err); ok {
		errs.Add(field, r.Key, r.Args...)
		return nil, nil
	}
	return kept, err
}

// removeUnused removes the blobs of files that a call of the Store did not take: the same bytes are there already,
// or a rule said no. After a failure nobody knows what was kept. What is left behind is found as an orphan.
func (d *desk) removeUnused(ctx context.Context, files []models.NewUpload, taken []models.Upload, err error) {
	if _, refused := errors.AsType[*models.Refusal](err); err != nil && !refused {
		return
	}
	for _, f := range files {
		if slices.ContainsFunc(taken, func(u models.Upload) bool { return u.BlobKey == f.BlobKey }) {
			continue
		}
		if err := d.Blobs.Delete(ctx, f.BlobKey); err != nil {
			d.Log.WarnContext(ctx, "the blob of a file that was not taken is left", "key", f.BlobKey, "err", err)
		}
	}
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

// storeFile stores one file of a form.
func (d *desk) storeFile(c web.Context, header *multipart.FileHeader, purpose string) (models.NewUpload, error) {
	if err := d.Store.MaySend(c.Request().Context(), d.CurrentUser(c)); err != nil {
		return models.NewUpload{}, err
	}
	file, err := header.Open()
	if err != nil {
		return models.NewUpload{}, err
	}
	defer file.Close()
	in := models.NewUpload{Purpose: purpose, Name: header.Filename, Size: header.Size}
	return in, d.sealUpload(c.Request().Context(), &in, file)
}

// sealUpload checks a file, seals it into the blob store and fills in what was found.
func (d *desk) sealUpload(ctx context.Context, in *models.NewUpload, file io.ReadSeeker) error {
	content, err := d.inspectFile(ctx, in, file)
	if err != nil {
		return err
	}
	sum := sha256.New()
	in.BlobKey = blob.NewKey()
	sealed := d.Box.SealReader(io.TeeReader(content, sum), models.OriginalPlace(in.BlobKey))
	defer sealed.Close()
	if err := d.Blobs.Put(ctx, in.BlobKey, sealed); err != nil {
		return err
	}
	in.SHA256 = sum.Sum(nil)
	return nil
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

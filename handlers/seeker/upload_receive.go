package seeker

import (
	"context"
	"errors"
	"mime/multipart"
	"strings"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/receive"
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
// others, each by its name. They are nobody's until one call of the Store writes their rows with all else that the
// form is for; the blobs of those that none takes are removed by the sweeper.
func (d *desk) storeFiles(c web.Context, field, purpose string, errs *viewform.Errors) ([]models.NewUpload, error) {
	form := c.Request().MultipartForm
	if form == nil {
		return nil, nil
	}
	var files []models.NewUpload
	wrong := faults{beyond: web.BeyondForm(c, field)}
	for _, header := range form.File[field] {
		if wrong.all == nil {
			wrong.all = web.NotTaken(c, field)
		}
		if wrong.all != nil {
			wrong.left = append(wrong.left, header.Filename)
			continue
		}
		file, err := d.storeFile(c, header, purpose)
		if err == nil {
			files = append(files, file)
			continue
		}
		if key, refused := receive.Refusal(err); refused {
			wrong.each = append(wrong.each, i18n.T(c.Request().Context(), key, "Name", header.Filename))
			continue
		}
		var stops bool
		if wrong.all, stops = errors.AsType[*models.Refusal](d.NotStored(c, err, field)); !stops {
			return nil, err
		}
		wrong.left = append(wrong.left, header.Filename)
	}
	wrong.addTo(c.Request().Context(), errs, field)
	return files, nil
}

// faults are what became of the files of a field that were not taken.
type faults struct {
	each   []string        // sentences about files that are wrong
	all    *models.Refusal // why no more files were taken
	left   []string        // the names of those
	beyond []string        // names of files for which the form had no room
}

// addTo says it all in one text at the field, because a field has one.
func (f faults) addTo(ctx context.Context, errs *viewform.Errors, field string) {
	said := f.each
	if len(f.beyond) > 0 {
		said = append(said, i18n.T(ctx, "upload.beyond", "Names", strings.Join(f.beyond, ", "), "Most", i18n.Bytes(ctx, web.BodyFiles)))
	}
	if f.all != nil {
		said = append(said, i18n.T(ctx, f.all.Key, f.all.Args...), i18n.T(ctx, "upload.left", "Names", strings.Join(f.left, ", ")))
	}
	if len(said) > 0 {
		errs.Add(field, "upload.faults", "All", strings.Join(said, " "))
	}
}

// keepFiles writes stored files into the person's library, also for a form that is shown again.
func (d *desk) keepFiles(c web.Context, field string, files []models.NewUpload, errs *viewform.Errors) ([]models.Upload, error) {
	if len(files) == 0 {
		return nil, nil
	}
	ctx := c.Request().Context()
	kept, err := d.Store.AddUploads(ctx, d.CurrentUser(c), files...)
	d.files.DropUnused(ctx, files, kept, err)
	if r, ok := errors.AsType[*models.Refusal](err); ok {
		errs.Add(field, r.Key, r.Args...)
		return nil, nil
	}
	return kept, err
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
	return in, d.files.Take(c.Request().Context(), &in, file)
}

// received leads to a page and says there which files arrived.
func received(kept []models.Upload, path string) web.Next {
	names := make([]string, len(kept))
	for i, u := range kept {
		names[i] = u.Name
	}
	return web.Said(path, "upload.received", "Name", strings.Join(names, ", "))
}

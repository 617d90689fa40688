package web

import (
	"bytes"
	"context"
	"errors"
	"io"

	"naikkelas/internal/blob"
	"naikkelas/internal/importsheet"
	"naikkelas/internal/sheet"
	"naikkelas/models"
	"naikkelas/views/imports"
)

// BodySheet is the largest spreadsheet with its form.
const BodySheet = 6 << 20

// ReceiveSheet takes the spreadsheet of the form's field file, sealed. look gives what cannot be read, which
// refuses it.
func (p *Portal) ReceiveSheet(c Context, look func(content []byte, name string) error) (models.Import, error) {
	var nothing struct{}
	if err := ReadForm(c, &nothing); err != nil {
		return models.Import{}, err
	}
	form := c.Request().MultipartForm
	if form == nil || len(form.File["file"]) == 0 {
		return models.Import{}, &models.Refusal{Key: "imports.none", Field: "file"}
	}
	header := form.File["file"][0]
	file, err := header.Open()
	if err != nil {
		return models.Import{}, err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, BodySheet))
	if err != nil {
		return models.Import{}, err
	}
	err = look(content, header.Filename)
	if r, ok := errors.AsType[*sheet.Refusal](err); ok {
		err = &models.Refusal{Key: "imports.refused." + string(r.Reason), Field: "file", Args: []any{"Row", r.Row}}
	}
	if err != nil {
		return models.Import{}, err
	}
	ctx, key := c.Request().Context(), blob.NewKey()
	sealed := p.Box.SealReader(bytes.NewReader(content), models.OriginalPlace(key))
	defer sealed.Close()
	if err := p.Blobs.Put(ctx, key, sealed); err != nil {
		return models.Import{}, p.NotStored(c, err, "file")
	}
	return p.Store.CreateImport(ctx, p.CurrentUser(c), header.Filename, key)
}

// ImportContent opens the sealed file of an import, at most BodySheet bytes.
func (p *Portal) ImportContent(ctx context.Context, i models.Import) ([]byte, error) {
	sealed, err := p.Blobs.Get(ctx, i.BlobKey)
	if err != nil {
		return nil, err
	}
	defer sealed.Close()
	plain, err := p.Box.UnsealReader(sealed, models.OriginalPlace(i.BlobKey))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(plain, BodySheet))
}

// ImportLists are the lists that the words of a spreadsheet are looked up in.
func (p *Portal) ImportLists(ctx context.Context) (importsheet.Lists, error) {
	var l importsheet.Lists
	var errs [3]error
	l.Sectors, errs[0] = p.Store.Sectors(ctx)
	l.Education, errs[1] = p.Store.EducationLevels(ctx)
	l.Regencies, errs[2] = p.Store.Regencies(ctx)
	return l, errors.Join(errs[:]...)
}

// ImportProblems are what is wrong with a row, for its page.
func ImportProblems(list []importsheet.Problem) []imports.Problem {
	out := make([]imports.Problem, len(list))
	for i, p := range list {
		out[i] = imports.Problem(p)
	}
	return out
}

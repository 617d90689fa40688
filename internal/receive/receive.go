// Package receive takes people's files in: it looks into them, seals them into the store, and puts together those
// that came in pieces. A form, the last piece and a job do the same with a file.
package receive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"

	"naikkelas/internal/blob"
	"naikkelas/internal/filetype"
	"naikkelas/internal/render"
	"naikkelas/internal/seal"
	"naikkelas/models"
	"naikkelas/models/protection"
)

// A Desk is where files are taken in.
type Desk struct {
	Store      *models.Store
	Protection *protection.Store // for files on cases
	Blobs      *blob.Store
	Box        *seal.Box
	Renderer   *render.Renderer
	Log        *slog.Logger
}

// Refusal is the key of the sentence for what is wrong with a file itself, which has its Name; ok is false for any
// other error.
func Refusal(err error) (key string, ok bool) {
	//i18n:family upload.refused.*
	if r, ok := errors.AsType[*filetype.Refusal](err); ok {
		return "upload.refused." + string(r.Reason), true
	}
	if f, ok := errors.AsType[render.Failure](err); ok {
		return "upload.refused." + string(f), true
	}
	return "", false
}

// Take checks a file, seals it into the store and fills in what was found. Its row is the caller's to write.
func (d Desk) Take(ctx context.Context, in *models.NewUpload, file io.ReadSeeker) (err error) {
	return d.takeTo(ctx, in, file, models.OriginalPlace)
}

// TakePaper is Take for a paper of an institution.
func (d Desk) TakePaper(ctx context.Context, in *models.NewUpload, file io.ReadSeeker) (err error) {
	return d.takeTo(ctx, in, file, models.PaperPlace)
}

func (d Desk) takeTo(ctx context.Context, in *models.NewUpload, file io.ReadSeeker, at func(key string) seal.Place) (err error) {
	var content io.Reader
	if content, in.MediaType, in.Size, err = d.inspect(ctx, in.Size, file); err != nil {
		return err
	}
	in.BlobKey, in.SHA256, err = d.put(ctx, content, at)
	return err
}

// put seals what is to be kept into the store, under a new key.
func (d Desk) put(ctx context.Context, content io.Reader, at func(key string) seal.Place) (key string, sha []byte, err error) {
	sum := sha256.New()
	key = blob.NewKey()
	sealed := d.Box.SealReader(io.TeeReader(content, sum), at(key))
	defer sealed.Close()
	if err := d.Blobs.Put(ctx, key, sealed); err != nil {
		return "", nil, err
	}
	return key, sum.Sum(nil), nil
}

// inspect looks into a file of a size: its type by its first bytes here, the rest in a child process. It gives what is to be
// kept, which of some photos is a smaller JPEG, with its type and size.
func (d Desk) inspect(ctx context.Context, size int64, file io.ReadSeeker) (kept io.Reader, mediaType string, keptSize int64, err error) {
	limits := filetype.DefaultLimits()
	info, err := filetype.Inspect(file, size, limits)
	if err != nil {
		return nil, "", size, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, "", size, err
	}
	if info.MustConvert(limits) {
		small, err := d.Renderer.Convert(ctx, info.MediaType, file)
		if _, broken := errors.AsType[render.Failure](err); broken && info.MediaType == filetype.HEIC {
			return nil, "", size, &filetype.Refusal{Reason: filetype.HEVC}
		}
		return bytes.NewReader(small), filetype.JPEG, int64(len(small)), err // the name stays the one by which its sender knows it
	}
	if _, err := d.Renderer.Inspect(ctx, info.MediaType, file); err != nil {
		return nil, "", size, err
	}
	_, err = file.Seek(0, io.SeekStart)
	return file, info.MediaType, size, err
}

// Finish makes a file of the pieces of a person's own that has reached us, and gives its reference. What is wrong
// with the file is a Refusal of this package, and what the library does not take is one of the Store's.
func (d Desk) Finish(ctx context.Context, owner models.User, p models.Partial) (ref string, err error) {
	file := models.NewUpload{Purpose: p.Purpose, Name: p.Name, Size: p.Size}
	if err := d.join(ctx, p, &file); err != nil {
		return "", err
	}
	upload, err := d.Store.FinishPartial(ctx, owner, p.Ref, file)
	d.DropUnused(ctx, []models.NewUpload{file}, []models.Upload{upload}, err)
	return upload.Ref, err
}

// join puts the pieces together, and stores the file.
func (d Desk) join(ctx context.Context, p models.Partial, file *models.NewUpload) error {
	parts, err := d.Store.Parts(ctx, p)
	if err != nil {
		return err
	}
	var whole bytes.Buffer
	for _, part := range parts {
		if err := d.read(ctx, &whole, part.BlobKey, models.PartPlace); err != nil {
			return err
		}
	}
	if int64(whole.Len()) != p.Size {
		return fmt.Errorf("partial upload %d: %d bytes instead of %d", p.ID, whole.Len(), p.Size)
	}
	return d.Take(ctx, file, bytes.NewReader(whole.Bytes()))
}

// read writes one piece out, as it was before it was sealed for its place.
func (d Desk) read(ctx context.Context, into io.Writer, key string, at func(key string) seal.Place) error {
	sealed, err := d.Blobs.Get(ctx, key)
	if err != nil {
		return err
	}
	defer sealed.Close()
	plain, err := d.Box.UnsealReader(sealed, at(key))
	if err != nil {
		return err
	}
	_, err = io.Copy(into, plain)
	return err
}

// TakePart seals a piece that begins at a place and records it. After a failure nobody knows whether it was recorded, and
// only a piece that was refused is removed at once; what is left behind is found as an orphan.
func (d Desk) TakePart(ctx context.Context, owner models.User, p models.Partial, offset int64, piece []byte) error {
	return d.takePart(ctx, piece, models.PartPlace, func(key string) error {
		return d.Store.AddPart(ctx, owner, p, offset, int64(len(piece)), key)
	})
}

func (d Desk) takePart(ctx context.Context, piece []byte, at func(key string) seal.Place, record func(key string) error) error {
	key := blob.NewKey()
	sealed := d.Box.SealReader(bytes.NewReader(piece), at(key))
	defer sealed.Close()
	if err := d.Blobs.Put(ctx, key, sealed); err != nil {
		return err
	}
	err := record(key)
	if _, refused := errors.AsType[*models.Refusal](err); refused {
		return errors.Join(err, d.Blobs.Delete(ctx, key))
	}
	return err
}

// DropUnused removes the blobs of files that a call of the Store did not take: the same bytes are there already,
// or a rule said no. After a failure nobody knows what was kept. What is left behind is found as an orphan.
func (d Desk) DropUnused(ctx context.Context, files []models.NewUpload, taken []models.Upload, err error) {
	if _, refused := errors.AsType[*models.Refusal](err); err != nil && !refused {
		return
	}
	for _, f := range files {
		if !slices.ContainsFunc(taken, func(u models.Upload) bool { return u.BlobKey == f.BlobKey }) {
			d.drop(ctx, []string{f.BlobKey})
		}
	}
}

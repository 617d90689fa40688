package seeker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	tus "github.com/tus/tusd/v2/pkg/handler"
	"golang.org/x/exp/slog"

	"naikkelas/handlers/web"
	"naikkelas/internal/blob"
	"naikkelas/internal/i18n"
	"naikkelas/internal/intext"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
)

// arrivedHeader names the file that became of the pieces, on the answer to the last of them.
const arrivedHeader = "Naik-Kelas-Berkas"

// actorKey finds, in a request's context, who sends pieces.
type actorKey struct{}

func actorOf(ctx context.Context) models.User {
	u, _ := ctx.Value(actorKey{}).(models.User)
	return u
}

// newPartials speaks the tus protocol over the Store: pieces are sealed like whole files, and their
// rows decide what has arrived.
func (d *desk) newPartials() *tus.UnroutedHandler {
	composer := tus.NewStoreComposer()
	store := partialStore{d}
	composer.UseCore(store)
	composer.UseTerminater(store)
	base := urls.Partials() + "/"
	if d.Settings.Production {
		base = d.Settings.BaseURL + base // a proxy speaks http to us
	}
	handler, err := tus.NewUnroutedHandler(tus.Config{
		StoreComposer: composer, BasePath: base, MaxSize: largestFile, DisableDownload: true, DisableConcatenation: true,
		Cors: &tus.CorsConfig{Disable: true}, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), // each request is in our log already
		PreFinishResponseCallback: d.partialArrived,
	})
	if err != nil {
		panic(err) // only these lines can make it fail
	}
	return handler
}

// largestFile is the most bytes that a file may have on its way; what it is decides further.
const largestFile = 20 << 20

// partial hands a request of the protocol on, once it is sure that the file is the person's own.
func (d *desk) partial(serve func(http.ResponseWriter, *http.Request)) web.Handler {
	return func(c web.Context) error {
		ctx, u := c.Request().Context(), d.CurrentUser(c)
		if ref := c.Param("partial"); ref != "" {
			p, err := d.Store.Partial(ctx, u, ref)
			if err != nil {
				return err
			}
			if c.Request().Method == http.MethodHead && p.Received == p.Size && p.UploadRef == "" {
				if p.UploadRef, err = d.arrive(ctx, u, p); err != nil {
					return err
				}
			}
			if p.UploadRef != "" {
				c.Response().Header().Set(arrivedHeader, p.UploadRef)
			}
		}
		c.Response().Before(func() { inLanguage(ctx, c.Response().Header()) })
		r := c.Request().Clone(context.WithValue(ctx, actorKey{}, u))
		r.URL.Path = "/" + c.Param("partial") // the library wants its own part of the path alone
		d.partials.Middleware(http.HandlerFunc(serve)).ServeHTTP(c.Response(), r)
		return nil
	}
}

// inLanguage keeps the language of the page in the address of the pieces, so that whatever is wrong with
// them is said in it.
func inLanguage(ctx context.Context, header http.Header) {
	if place, err := url.Parse(header.Get("Location")); err == nil && place.Path != "" {
		place.Path = ambient.Href(ctx, place.Path)
		header.Set("Location", place.String())
	}
}

// partialArrived makes a whole file of the pieces. What is wrong with it is said in words.
func (d *desk) partialArrived(hook tus.HookEvent) (tus.HTTPResponse, error) {
	ctx := hook.Context
	u := actorOf(ctx)
	p, err := d.Store.Partial(ctx, u, hook.Upload.ID)
	if err != nil {
		return tus.HTTPResponse{}, err
	}
	ref, err := d.finishPartial(ctx, u, p)
	if key, refused := fileRefusal(err); refused {
		return tus.HTTPResponse{}, refusedPart(i18n.T(ctx, key, "Name", p.Name))
	}
	if r, ok := errors.AsType[*models.Refusal](err); ok {
		return tus.HTTPResponse{}, refusedPart(i18n.T(ctx, r.Key, r.Args...))
	}
	return tus.HTTPResponse{Header: tus.HTTPHeader{arrivedHeader: ref}}, d.PartAway(ctx, err)
}

// arrive finishes a file whose last piece came when nobody was left to hear what became of it. One that is
// refused is gone: it is sent once more, and then its sender hears why.
func (d *desk) arrive(ctx context.Context, u models.User, p models.Partial) (string, error) {
	ref, err := d.finishPartial(ctx, u, p)
	_, broken := fileRefusal(err)
	if _, refused := errors.AsType[*models.Refusal](err); refused || broken {
		return "", models.ErrNotFound
	}
	return ref, err
}

// finishPartial makes a file of the pieces; those of a file that is refused are forgotten.
func (d *desk) finishPartial(ctx context.Context, u models.User, p models.Partial) (ref string, err error) {
	file := models.NewUpload{Purpose: p.Purpose, Name: p.Name, Size: p.Size}
	err = d.joinParts(ctx, p, &file)
	if _, broken := fileRefusal(err); broken {
		if dropped := d.Store.DropPartial(ctx, u, p.Ref); dropped != nil {
			return "", dropped
		}
	}
	if err != nil {
		return "", err
	}
	upload, err := d.Store.FinishPartial(ctx, u, p.Ref, file)
	d.removeUnused(ctx, []models.NewUpload{file}, []models.Upload{upload}, err)
	return upload.Ref, err
}

// refusedPart is an answer in words.
func refusedPart(sentence string) error {
	return tus.NewError("ERR_REFUSED", sentence, http.StatusUnprocessableEntity)
}

// joinParts puts the pieces together, at most largestFile, and stores the file.
func (d *desk) joinParts(ctx context.Context, p models.Partial, file *models.NewUpload) error {
	parts, err := d.Store.Parts(ctx, p)
	if err != nil {
		return err
	}
	var whole bytes.Buffer
	for _, part := range parts {
		if err := d.readPart(ctx, &whole, part); err != nil {
			return err
		}
	}
	if int64(whole.Len()) != p.Size {
		return fmt.Errorf("partial upload %d: %d bytes instead of %d", p.ID, whole.Len(), p.Size)
	}
	return d.sealUpload(ctx, file, bytes.NewReader(whole.Bytes()))
}

func (d *desk) readPart(ctx context.Context, into io.Writer, part models.Part) error {
	sealed, err := d.Blobs.Get(ctx, part.BlobKey)
	if err != nil {
		return err
	}
	defer sealed.Close()
	plain, err := d.Box.UnsealReader(sealed, models.PartPlace(part.BlobKey))
	if err != nil {
		return err
	}
	_, err = io.Copy(into, plain)
	return err
}

// partialStore is what the protocol's library keeps files in.
type partialStore struct{ d *desk }

// NewUpload begins a file with the name and purpose that its sender gives.
func (s partialStore) NewUpload(ctx context.Context, info tus.FileInfo) (tus.Upload, error) {
	err := s.d.Store.MaySend(ctx, actorOf(ctx))
	var p models.Partial
	name := info.MetaData["filename"]
	if name != "" { // a file without a name is refused
		name = intext.FileName(name)
	}
	if err == nil {
		p, err = s.d.Store.StartPartial(ctx, actorOf(ctx), info.MetaData["purpose"], name, info.Size)
	}
	if r, ok := errors.AsType[*models.Refusal](err); ok {
		return nil, refusedPart(i18n.T(ctx, r.Key, "Name", name))
	}
	return partialFile{s.d, p}, err
}

// GetUpload finds a file of whoever asks.
func (s partialStore) GetUpload(ctx context.Context, id string) (tus.Upload, error) {
	p, err := s.d.Store.Partial(ctx, actorOf(ctx), id)
	if errors.Is(err, models.ErrNotFound) {
		return nil, tus.ErrNotFound
	}
	return partialFile{s.d, p}, err
}

// AsTerminatableUpload says that files can be given up.
func (s partialStore) AsTerminatableUpload(upload tus.Upload) tus.TerminatableUpload {
	return upload.(partialFile)
}

// partialFile is one file on its way.
type partialFile struct {
	d *desk
	p models.Partial
}

// WriteChunk seals a piece and records it. What came before a connection broke is kept.
func (f partialFile) WriteChunk(ctx context.Context, offset int64, src io.Reader) (int64, error) {
	piece, broken := io.ReadAll(io.LimitReader(src, models.LargestPart))
	if len(piece) == 0 {
		return 0, broken
	}
	key := blob.NewKey()
	sealed := f.d.Box.SealReader(bytes.NewReader(piece), models.PartPlace(key))
	defer sealed.Close()
	if err := f.d.Blobs.Put(ctx, key, sealed); err != nil {
		return 0, f.d.PartAway(ctx, err)
	}
	if err := f.d.Store.AddPart(ctx, actorOf(ctx), f.p, offset, int64(len(piece)), key); err != nil {
		err = errors.Join(err, f.d.Blobs.Delete(ctx, key))
		if errors.Is(err, models.ErrStale) {
			return 0, tus.ErrMismatchOffset
		}
		return 0, f.d.PartAway(ctx, err)
	}
	return int64(len(piece)), nil
}

// GetInfo says how much is there.
func (f partialFile) GetInfo(context.Context) (tus.FileInfo, error) {
	meta := tus.MetaData{"filename": f.p.Name, "purpose": f.p.Purpose}
	return tus.FileInfo{ID: f.p.Ref, Size: f.p.Size, Offset: f.p.Received, MetaData: meta}, nil
}

// GetReader is not offered: nobody downloads pieces.
func (f partialFile) GetReader(context.Context) (io.ReadCloser, error) {
	return nil, tus.ErrNotFound
}

// FinishUpload does nothing: partialArrived does, because it has something to tell.
func (f partialFile) FinishUpload(context.Context) error { return nil }

// Terminate gives the file up.
func (f partialFile) Terminate(ctx context.Context) error {
	return f.d.Store.DropPartial(ctx, actorOf(ctx), f.p.Ref)
}

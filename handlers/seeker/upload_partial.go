package seeker

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"

	tus "github.com/tus/tusd/v2/pkg/handler"
	"golang.org/x/exp/slog"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/intext"
	"naikkelas/internal/receive"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
)

// arrivedHeader names the file that became of the pieces.
const arrivedHeader = "Naik-Kelas-Berkas"

// senderKey finds, in a request's context, who sends pieces.
type senderKey struct{}

// A sender is somebody who sends pieces, by a request with a number.
type sender struct {
	models.User
	request string
}

func senderOf(ctx context.Context) sender {
	s, _ := ctx.Value(senderKey{}).(sender)
	return s
}

// failed is the answer to a piece that was not taken.
func (d *desk) failed(ctx context.Context, err error) error {
	return d.PartFailed(ctx, senderOf(ctx).request, err)
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
		StoreComposer: composer, BasePath: base, MaxSize: web.LargestFile, DisableDownload: true, DisableConcatenation: true,
		Cors:   &tus.CorsConfig{Disable: true},
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), // each request is in our log already, and its failure by desk.failed
	})
	if err != nil {
		panic(err) // only these lines can make it fail
	}
	return handler
}

// partial hands a request of the protocol on, once it is sure that the file is the person's own. Asking how much of
// it is there never waits for work.
func (d *desk) partial(serve func(http.ResponseWriter, *http.Request)) web.Handler {
	return func(c web.Context) error {
		ctx, u := c.Request().Context(), d.CurrentUser(c)
		if ref := c.Param("partial"); ref != "" {
			p, err := d.Store.Partial(ctx, u, ref)
			if err != nil {
				return err
			}
			if p.Refusal != "" && c.Request().Method != http.MethodDelete {
				return models.ErrNotFound // it is sent once more, and then its sender hears why
			}
			if p.UploadRef != "" {
				c.Response().Header().Set(arrivedHeader, p.UploadRef)
			}
		}
		c.Response().Before(func() { inLanguage(ctx, c.Response().Header()) })
		r := c.Request().Clone(context.WithValue(ctx, senderKey{}, sender{u, web.RequestID(c)}))
		r.URL.Path = "/" + c.Param("partial") // the library wants its own part of the path alone
		r.Body = line{r.Body, ctx}
		d.partials.Middleware(http.HandlerFunc(serve)).ServeHTTP(c.Response(), r)
		return nil
	}
}

// A line is how pieces come in. One that breaks off is no failure of ours.
type line struct {
	io.ReadCloser
	ctx context.Context
}

// Read reads on.
func (l line) Read(p []byte) (int, error) {
	n, err := l.ReadCloser.Read(p)
	_, large := errors.AsType[*http.MaxBytesError](err)
	if err != nil && !errors.Is(err, io.EOF) && !large {
		err = tus.NewError("ERR_BROKEN_OFF", i18n.T(l.ctx, "upload.broken_off"), http.StatusBadRequest)
	}
	return n, err
}

// inLanguage keeps the language of the page in the address of the pieces, so that whatever is wrong with
// them is said in it.
func inLanguage(ctx context.Context, header http.Header) {
	if place, err := url.Parse(header.Get("Location")); err == nil && place.Path != "" {
		place.Path = ambient.Href(ctx, place.Path)
		header.Set("Location", place.String())
	}
}

// finishPartial answers POST /saya/unggah/:partial/periksa, with which the sender of a file that has reached us asks for it to
// be looked into, and hears what became of it.
func (d *desk) finishPartial(c web.Context) error {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	p, err := d.Store.Partial(ctx, u, c.Param("partial"))
	if err != nil {
		return err
	}
	ref := p.UploadRef
	switch {
	case p.Refusal != "":
		err = refusedPart(i18n.T(ctx, p.Refusal, "Name", p.Name))
	case !p.Reached():
		err = tus.ErrMismatchOffset
	case ref == "":
		ref, err = d.finish(ctx, u, p)
	}
	if err == nil {
		c.Response().Header().Set(arrivedHeader, ref)
		return c.NoContent(http.StatusNoContent)
	}
	answer, ok := errors.AsType[tus.Error](d.PartFailed(ctx, web.RequestID(c), err))
	if !ok {
		return err
	}
	for name, value := range answer.HTTPResponse.Header {
		c.Response().Header().Set(name, value)
	}
	return c.String(answer.HTTPResponse.StatusCode, answer.HTTPResponse.Body)
}

// finish makes a file of the pieces. Of one that is refused nothing is left but the words, which its sender hears now.
func (d *desk) finish(ctx context.Context, u models.User, p models.Partial) (string, error) {
	ref, err := d.files.Finish(ctx, u, p)
	sentence := ""
	if key, refused := receive.Refusal(err); refused {
		sentence = i18n.T(ctx, key, "Name", p.Name)
	}
	if r, ok := errors.AsType[*models.Refusal](err); ok {
		sentence = i18n.T(ctx, r.Key, r.Args...)
	}
	if sentence == "" {
		return ref, err
	}
	if err := d.Store.DropPartial(ctx, u, p.Ref); err != nil {
		return "", err
	}
	return "", refusedPart(sentence)
}

// refusedPart is an answer in words.
func refusedPart(sentence string) error {
	return tus.NewError("ERR_REFUSED", sentence, http.StatusUnprocessableEntity)
}

// partialStore is what the protocol's library keeps files in.
type partialStore struct{ d *desk }

// NewUpload begins a file with the name and purpose that its sender gives.
func (s partialStore) NewUpload(ctx context.Context, info tus.FileInfo) (tus.Upload, error) {
	u := senderOf(ctx).User
	err := s.d.Store.MaySend(ctx, u)
	var p models.Partial
	name := info.MetaData["filename"]
	if name != "" { // a file without a name is refused
		name = intext.FileName(name)
	}
	if err == nil {
		p, err = s.d.Store.StartPartial(ctx, u, info.MetaData["purpose"], name, info.Size)
	}
	if r, ok := errors.AsType[*models.Refusal](err); ok {
		return nil, refusedPart(i18n.T(ctx, r.Key, slices.Concat(r.Args, []any{"Name", name})...))
	}
	return partialFile{s.d, p}, s.d.failed(ctx, err)
}

// GetUpload finds a file of whoever asks.
func (s partialStore) GetUpload(ctx context.Context, id string) (tus.Upload, error) {
	p, err := s.d.Store.Partial(ctx, senderOf(ctx).User, id)
	return partialFile{s.d, p}, s.d.failed(ctx, err)
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
	err := f.d.files.TakePart(ctx, senderOf(ctx).User, f.p, offset, piece)
	if errors.Is(err, models.ErrStale) {
		return 0, tus.ErrMismatchOffset
	}
	if err != nil {
		return 0, f.d.failed(ctx, err)
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

// FinishUpload does nothing: the file has reached us, and its sender asks for the rest.
func (f partialFile) FinishUpload(context.Context) error { return nil }

// Terminate gives the file up.
func (f partialFile) Terminate(ctx context.Context) error {
	return f.d.failed(ctx, f.d.Store.DropPartial(ctx, senderOf(ctx).User, f.p.Ref))
}

package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"

	tus "github.com/tus/tusd/v2/pkg/handler"
	"golang.org/x/exp/slog"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
)

// arrivedHeader names the file that became of the pieces.
const arrivedHeader = "Naik-Kelas-Berkas"

// ComingInfo is what is known of a file on its way in pieces: Arrived is the reference of the file that it became, Refusal
// the key of the sentence that says why it became none.
type ComingInfo struct {
	Ref, Name, Purpose string
	Size, Received     int64
	Arrived, Refusal   string
}

// A Coming is a file of the sender on its way in pieces. What they must be told in words is a RefusedPart.
type Coming interface {
	Info() ComingInfo
	// Take keeps a piece; models.ErrStale says that the file does not go on there.
	Take(ctx context.Context, offset int64, piece []byte) error
	// Finish looks into the file and gives its reference.
	Finish(ctx context.Context) (ref string, err error)
	Drop(ctx context.Context) error
}

// A Sender is who sends pieces, by what the request says of them. They find files of their own alone.
type Sender interface {
	Begin(ctx context.Context, name, purpose string, size int64) (Coming, error)
	Coming(ctx context.Context, ref string) (Coming, error)
}

// RefusedPart is an answer in words to a file that is not taken.
func RefusedPart(sentence string) error {
	return tus.NewError("ERR_REFUSED", sentence, http.StatusUnprocessableEntity)
}

// Pieces take files in pieces, by the tus protocol: what has arrived goes on after a broken connection.
type Pieces struct {
	portal *Portal
	sender func(Context) Sender
	tus    *tus.UnroutedHandler
}

// NewPieces begins their addresses with base.
func (p *Portal) NewPieces(base string, sender func(Context) Sender) *Pieces {
	s := &Pieces{portal: p, sender: sender}
	composer := tus.NewStoreComposer()
	store := partialStore{s}
	composer.UseCore(store)
	composer.UseTerminater(store)
	base += "/"
	if p.Settings.Production {
		base = p.Settings.BaseURL + base // a proxy speaks http to us
	}
	handler, err := tus.NewUnroutedHandler(tus.Config{
		StoreComposer: composer, BasePath: base, MaxSize: LargestFile, DisableDownload: true, DisableConcatenation: true,
		Cors:   &tus.CorsConfig{Disable: true},
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), // each request is in our log already, and its failure by PartFailed
	})
	if err != nil {
		panic(err) // only these lines can make it fail
	}
	s.tus = handler
	return s
}

// Begin answers the POST that announces a file.
func (s *Pieces) Begin(c Context) error { return s.serve(c, s.tus.PostFile) }

// Ask answers how much of a file is there.
func (s *Pieces) Ask(c Context) error { return s.serve(c, s.tus.HeadFile) }

// Take answers the PATCH that carries a piece.
func (s *Pieces) Take(c Context) error { return s.serve(c, s.tus.PatchFile) }

// Drop answers the DELETE of a file that will not arrive.
func (s *Pieces) Drop(c Context) error { return s.serve(c, s.tus.DelFile) }

// sendingKey finds, in a request's context, who sends pieces.
type sendingKey struct{}

// A sending is somebody who sends pieces, by a request with a number.
type sending struct {
	Sender
	request string
}

// serve hands a request of the protocol on, once it is sure that the file is the sender's own. Asking how much of it is
// there never waits for work.
func (s *Pieces) serve(c Context, serve func(http.ResponseWriter, *http.Request)) error {
	ctx, who := c.Request().Context(), s.sender(c)
	if ref := c.Param("partial"); ref != "" {
		f, err := who.Coming(ctx, ref)
		if err != nil {
			return err
		}
		info := f.Info()
		if info.Refusal != "" && c.Request().Method != http.MethodDelete {
			return models.ErrNotFound // it is sent once more, and then its sender hears why
		}
		if info.Arrived != "" {
			c.Response().Header().Set(arrivedHeader, info.Arrived)
		}
	}
	c.Response().Before(func() { inLanguage(ctx, c.Response().Header()) })
	r := c.Request().Clone(context.WithValue(ctx, sendingKey{}, sending{who, RequestID(c)}))
	r.URL.Path = "/" + c.Param("partial") // the library wants its own part of the path alone
	r.Body = line{r.Body, ctx}
	s.tus.Middleware(http.HandlerFunc(serve)).ServeHTTP(c.Response(), r)
	return nil
}

// Finish answers the POST with which the sender of a file that has reached us asks for it to be looked into, and hears what
// became of it.
func (s *Pieces) Finish(c Context) error {
	ctx := c.Request().Context()
	f, err := s.sender(c).Coming(ctx, c.Param("partial"))
	if err != nil {
		return err
	}
	info := f.Info()
	ref := info.Arrived
	switch {
	case info.Refusal != "":
		err = RefusedPart(i18n.T(ctx, info.Refusal, "Name", info.Name))
	case info.Received < info.Size:
		err = tus.ErrMismatchOffset
	case ref == "":
		ref, err = f.Finish(ctx)
	}
	if err == nil {
		c.Response().Header().Set(arrivedHeader, ref)
		return c.NoContent(http.StatusNoContent)
	}
	answer, ok := errors.AsType[tus.Error](s.portal.PartFailed(ctx, RequestID(c), err))
	if !ok {
		return err
	}
	for name, value := range answer.HTTPResponse.Header {
		c.Response().Header().Set(name, value)
	}
	return c.String(answer.HTTPResponse.StatusCode, answer.HTTPResponse.Body)
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

// partialStore is what the protocol's library keeps files in.
type partialStore struct{ s *Pieces }

func sendingOf(ctx context.Context) sending {
	s, _ := ctx.Value(sendingKey{}).(sending)
	return s
}

// failed is the answer to a piece that was not taken.
func (p partialStore) failed(ctx context.Context, err error) error {
	return p.s.portal.PartFailed(ctx, sendingOf(ctx).request, err)
}

// NewUpload begins a file with the name and purpose that its sender gives.
func (p partialStore) NewUpload(ctx context.Context, info tus.FileInfo) (tus.Upload, error) {
	f, err := sendingOf(ctx).Begin(ctx, info.MetaData["filename"], info.MetaData["purpose"], info.Size)
	return partialFile{p, f}, p.failed(ctx, err)
}

// GetUpload finds a file of whoever asks.
func (p partialStore) GetUpload(ctx context.Context, id string) (tus.Upload, error) {
	f, err := sendingOf(ctx).Coming(ctx, id)
	return partialFile{p, f}, p.failed(ctx, err)
}

// AsTerminatableUpload says that files can be given up.
func (p partialStore) AsTerminatableUpload(upload tus.Upload) tus.TerminatableUpload {
	return upload.(partialFile)
}

// partialFile is one file on its way.
type partialFile struct {
	store partialStore
	f     Coming
}

// WriteChunk keeps a piece. What came before a connection broke is kept.
func (f partialFile) WriteChunk(ctx context.Context, offset int64, src io.Reader) (int64, error) {
	piece, broken := io.ReadAll(io.LimitReader(src, models.LargestPart))
	if len(piece) == 0 {
		return 0, broken
	}
	err := f.f.Take(ctx, offset, piece)
	if errors.Is(err, models.ErrStale) {
		return 0, tus.ErrMismatchOffset
	}
	if err != nil {
		return 0, f.store.failed(ctx, err)
	}
	return int64(len(piece)), nil
}

// GetInfo says how much is there.
func (f partialFile) GetInfo(context.Context) (tus.FileInfo, error) {
	info := f.f.Info()
	meta := tus.MetaData{"filename": info.Name, "purpose": info.Purpose}
	return tus.FileInfo{ID: info.Ref, Size: info.Size, Offset: info.Received, MetaData: meta}, nil
}

// GetReader is not offered: nobody downloads pieces.
func (f partialFile) GetReader(context.Context) (io.ReadCloser, error) {
	return nil, tus.ErrNotFound
}

// FinishUpload does nothing: the file has reached us, and its sender asks for the rest.
func (f partialFile) FinishUpload(context.Context) error { return nil }

// Terminate gives the file up.
func (f partialFile) Terminate(ctx context.Context) error {
	return f.store.failed(ctx, f.f.Drop(ctx))
}

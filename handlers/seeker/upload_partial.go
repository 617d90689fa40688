package seeker

import (
	"context"
	"errors"
	"slices"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/intext"
	"naikkelas/internal/receive"
	"naikkelas/models"
)

// A sender sends files into their library in pieces.
type sender struct {
	d *desk
	u models.User
}

// Begin begins a file with the name and purpose that its sender gives.
func (s sender) Begin(ctx context.Context, name, purpose string, size int64) (web.Coming, error) {
	err := s.d.Store.MaySend(ctx, s.u)
	var p models.Partial
	if name != "" { // a file without a name is refused
		name = intext.FileName(name)
	}
	if err == nil {
		p, err = s.d.Store.StartPartial(ctx, s.u, purpose, name, size)
	}
	if r, ok := errors.AsType[*models.Refusal](err); ok {
		return nil, web.RefusedPart(i18n.T(ctx, r.Key, slices.Concat(r.Args, []any{"Name", name})...))
	}
	return coming{s, p}, err
}

// Coming finds a file of the sender.
func (s sender) Coming(ctx context.Context, ref string) (web.Coming, error) {
	p, err := s.d.Store.Partial(ctx, s.u, ref)
	return coming{s, p}, err
}

// coming is one file on its way into the library.
type coming struct {
	sender
	p models.Partial
}

// Info says how much is there.
func (f coming) Info() web.ComingInfo {
	p := f.p
	return web.ComingInfo{
		Ref: p.Ref, Name: p.Name, Purpose: p.Purpose, Size: p.Size, Received: p.Received, Arrived: p.UploadRef, Refusal: p.Refusal,
	}
}

// Take seals a piece and records it.
func (f coming) Take(ctx context.Context, offset int64, piece []byte) error {
	return f.d.files.TakePart(ctx, f.u, f.p, offset, piece)
}

// Drop gives the file up.
func (f coming) Drop(ctx context.Context) error { return f.d.Store.DropPartial(ctx, f.u, f.p.Ref) }

// Finish makes a file of the pieces. Of one that is refused nothing is left but the words, which its sender hears now.
func (f coming) Finish(ctx context.Context) (string, error) {
	ref, err := f.d.files.Finish(ctx, f.u, f.p)
	sentence := ""
	if key, refused := receive.Refusal(err); refused {
		sentence = i18n.T(ctx, key, "Name", f.p.Name)
	}
	if r, ok := errors.AsType[*models.Refusal](err); ok {
		sentence = i18n.T(ctx, r.Key, r.Args...)
	}
	if sentence == "" {
		return ref, err
	}
	if err := f.Drop(ctx); err != nil {
		return "", err
	}
	return "", web.RefusedPart(sentence)
}

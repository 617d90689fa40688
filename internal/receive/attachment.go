package receive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"slices"

	"naikkelas/internal/filetype"
	"naikkelas/internal/render"
	"naikkelas/models"
	"naikkelas/models/protection"
)

// AttachmentRefusal is Refusal for a file on a case, where recordings are taken too.
func AttachmentRefusal(err error) (key string, ok bool) {
	//i18n:family attach.refused.*
	if r, is := errors.AsType[*filetype.Refusal](err); is {
		switch r.Reason {
		case filetype.TooLarge, filetype.Video, filetype.Text, filetype.Unknown:
			return "attach.refused." + string(r.Reason), true
		}
	}
	return Refusal(err)
}

// TakeSent is TakeAttachment for a file of a form.
func (d Desk) TakeSent(ctx context.Context, header *multipart.FileHeader) (in protection.NewAttachment, err error) {
	file, err := header.Open()
	if err != nil {
		return in, err
	}
	defer file.Close()
	in = protection.NewAttachment{Name: header.Filename, Size: header.Size}
	return in, d.TakeAttachment(ctx, &in, file)
}

// TakeSentFrom is TakeSent for whoever has no account: what comes from one address in an hour is counted.
func (d Desk) TakeSentFrom(ctx context.Context, from string, header *multipart.FileHeader) (in protection.NewAttachment, err error) {
	if err := d.Protection.MayBring(ctx, from, header.Size); err != nil {
		return in, err
	}
	return d.TakeSent(ctx, header)
}

// DropUnusedAttachments removes the blobs of files that a call of the Store did not put onto a case, see DropUnused.
func (d Desk) DropUnusedAttachments(ctx context.Context, files []protection.NewAttachment, err error) {
	if _, refused := errors.AsType[*models.Refusal](err); err != nil && !refused || len(files) == 0 {
		return
	}
	keys := make([]string, len(files))
	for i, f := range files {
		keys[i] = f.BlobKey
	}
	kept, err := d.Protection.KeptAttachments(ctx, keys)
	if err != nil {
		d.Log.WarnContext(ctx, "nobody knows which files were taken", "err", err)
		return
	}
	d.drop(ctx, slices.DeleteFunc(keys, func(key string) bool { return slices.Contains(kept, key) }))
}

// drop removes blobs that nothing names any more; what is left behind is found as an orphan.
func (d Desk) drop(ctx context.Context, keys []string) {
	for _, key := range keys {
		if err := d.Blobs.Delete(ctx, key); err != nil {
			d.Log.WarnContext(ctx, "the blob of a file that was not taken is left", "key", key, "err", err)
		}
	}
}

// TakeAttachment checks a file for a case, seals it into the store and fills in what was found: a recording, or a picture or
// paper as TakePart's files are. Its row is the caller's to write.
func (d Desk) TakeAttachment(ctx context.Context, in *protection.NewAttachment, file io.ReadSeeker) error {
	content, err := d.inspectAttachment(ctx, in, file)
	if err != nil {
		return err
	}
	in.BlobKey, in.SHA256, err = d.put(ctx, content, protection.AttachmentPlace)
	return err
}

func (d Desk) inspectAttachment(ctx context.Context, in *protection.NewAttachment, file io.ReadSeeker) (io.Reader, error) {
	info, err := filetype.Sound(file, in.Size)
	if r, ok := errors.AsType[*filetype.Refusal](err); ok && r.Reason == filetype.Unknown {
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		var content io.Reader
		content, in.MediaType, in.Size, err = d.inspect(ctx, in.Size, file)
		return content, err
	}
	if err != nil {
		return nil, err
	}
	in.MediaType = info.MediaType
	_, err = file.Seek(0, io.SeekStart)
	return file, err
}

// TakeAttachmentPart seals a piece of a file for a case and records it, see TakePart.
func (d Desk) TakeAttachmentPart(ctx context.Context, part protection.AttachmentPartial, offset int64, piece []byte) error {
	return d.takePart(ctx, piece, protection.AttachmentPartPlace, func(key string) error {
		return d.Protection.AddAttachmentPart(ctx, part, offset, int64(len(piece)), key)
	})
}

// JoinAttachment makes a file of the pieces of one that has reached us, and gives its reference. What is wrong with the file
// is an AttachmentRefusal, and what the case does not take is one of the Store's. One at a time does it, for the whole file is
// held in memory: the others get render.ErrBusy.
func (d Desk) JoinAttachment(ctx context.Context, id int64) (ref string, err error) {
	part, err := d.Protection.ClaimAttachmentPartial(ctx, id)
	if errors.Is(err, protection.ErrJoining) {
		return "", render.ErrBusy
	}
	if err != nil || part.AttachmentRef != "" {
		return part.AttachmentRef, err
	}
	if ref, err = d.joinAttachment(ctx, part); err != nil {
		return "", errors.Join(err, d.Protection.ReleaseAttachmentPartial(context.WithoutCancel(ctx), id))
	}
	d.drop(ctx, part.PartKeys)
	return ref, nil
}

// RefuseAttachment keeps for its sender why nothing became of a file that came in pieces, and removes these.
func (d Desk) RefuseAttachment(ctx context.Context, part protection.AttachmentPartial, key string) error {
	err := d.Protection.RefuseAttachmentPartial(ctx, part.ID, key)
	if err == nil {
		d.drop(ctx, part.PartKeys)
	}
	return err
}

// DropAttachment gives up a file of the person of a help session that is on its way, and removes its pieces.
func (d Desk) DropAttachment(ctx context.Context, token, ref string) error {
	pieces, err := d.Protection.DropAttachmentPartial(ctx, token, ref)
	if err == nil {
		d.drop(ctx, pieces)
	}
	return err
}

func (d Desk) joinAttachment(ctx context.Context, part protection.AttachmentPartial) (ref string, err error) {
	var whole bytes.Buffer
	for _, key := range part.PartKeys {
		if err := d.read(ctx, &whole, key, protection.AttachmentPartPlace); err != nil {
			return "", err
		}
	}
	if int64(whole.Len()) != part.Size {
		return "", fmt.Errorf("file %d on its way to a case: %d bytes instead of %d", part.ID, whole.Len(), part.Size)
	}
	file := protection.NewAttachment{Name: part.Name, Size: part.Size}
	if err := d.TakeAttachment(ctx, &file, bytes.NewReader(whole.Bytes())); err != nil {
		return "", err
	}
	a, err := d.Protection.JoinedAttachment(ctx, part.ID, file)
	d.DropUnusedAttachments(ctx, []protection.NewAttachment{file}, err)
	return a.Ref, err
}

package seeker

import (
	"bytes"
	"context"
	"errors"
	"image/jpeg"

	"github.com/kovidgoyal/imaging"

	"naikkelas/handlers/web"
	"naikkelas/internal/blob"
	"naikkelas/internal/render/picture"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/upload"
)

// turnPage answers POST /saya/berkas/:upload/halaman/:page/putar: the page is turned to the right by a
// quarter, in the images that its owner and officers see. The original stays as it came.
func (d *desk) turnPage(c web.Context) error {
	var form struct {
		Back string `form:"back"`
	}
	if err := web.ReadForm(c, &form); err != nil {
		return err
	}
	ref := c.Param("upload")
	number, ok := web.Number(c.Param("page"))
	if !ok {
		return models.ErrNotFound
	}
	back := urls.Upload(ref)
	if web.IsLocal(form.Back) {
		back = form.Back
	}
	again := func(status int) error { return d.uploadPage(c, status) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		return web.SaidAt(back, upload.PartID(ref), "upload.turned"), d.turn(c, ref, number)
	})
}

// turn puts turned images in the place of a page's.
func (d *desk) turn(c web.Context, ref string, number int) error {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	seen, err := d.Store.UploadPage(ctx, u, ref, number)
	if err != nil {
		return err
	}
	turned, err := d.turnedImages(ctx, seen)
	if err != nil {
		return err
	}
	if err := d.Store.TurnPage(ctx, u, ref, seen, turned); err != nil {
		return err
	}
	// What is left behind by a failure here is found as an orphan.
	if err := errors.Join(d.Blobs.Delete(ctx, seen.ViewKey), d.Blobs.Delete(ctx, seen.ThumbKey)); err != nil {
		d.Logged(c, err)
	}
	return nil
}

// turnedImages makes the images of a page anew, from the image that we made ourselves.
func (d *desk) turnedImages(ctx context.Context, page models.UploadPage) (models.UploadPage, error) {
	sealed, err := d.Blobs.Get(ctx, page.ViewKey)
	if err != nil {
		return page, err
	}
	defer sealed.Close()
	plain, err := d.Box.UnsealReader(sealed, models.ImagePlace(page.ViewKey))
	if err != nil {
		return page, err
	}
	img, err := jpeg.Decode(plain)
	if err != nil {
		return page, err
	}
	view, thumbnail, err := picture.Encode(imaging.Rotate270(img))
	if err != nil {
		return page, err
	}
	page.Width, page.Height = page.Height, page.Width
	page.ViewKey, page.ThumbKey = blob.NewKey(), blob.NewKey()
	return page, errors.Join(d.putImage(ctx, page.ViewKey, view), d.putImage(ctx, page.ThumbKey, thumbnail))
}

func (d *desk) putImage(ctx context.Context, key string, image []byte) error {
	r := d.Box.SealReader(bytes.NewReader(image), models.ImagePlace(key))
	defer r.Close()
	return d.Blobs.Put(ctx, key, r)
}

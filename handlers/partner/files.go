package partner

import (
	"mime"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/filetype"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/views/partner"
)

// opened is a file that the office is shown now, whose look is written down.
func (d *desk) opened(c web.Context, page int) (protection.OpenedAttachment, error) {
	return d.Protection.PartnerAttachment(c.Request().Context(), d.CurrentUser(c), c.Param("referral"), c.Param("file"), page)
}

// file answers GET /mitra/:referral/berkas/:file.
func (d *desk) file(c web.Context) error {
	o, err := d.opened(c, 0)
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, partner.File(partner.FilePage{Ref: c.Param("referral"), File: o}))
}

// filePage answers GET /mitra/:referral/berkas/:file/halaman/:page.
func (d *desk) filePage(c web.Context) error {
	number, ok := web.Number(c.Param("page"))
	if !ok {
		return models.ErrNotFound
	}
	o, err := d.opened(c, number)
	if err != nil {
		return err
	}
	page, err := o.Page(number)
	if err != nil {
		return err
	}
	return d.SendBlob(c, page.ViewKey, protection.AttachmentImagePlace(page.ViewKey), "image/jpeg", "inline")
}

// sound answers GET /mitra/:referral/berkas/:file/suara.
func (d *desk) sound(c web.Context) error { return d.sendSound(c, false) }

// fetch answers GET /mitra/:referral/berkas/:file/unduh, for recordings that no browser plays.
func (d *desk) fetch(c web.Context) error { return d.sendSound(c, true) }

// sendSound hands out a recording. Of pictures and papers only the images of their pages are.
func (d *desk) sendSound(c web.Context, download bool) error {
	o, err := d.opened(c, 0)
	if err != nil {
		return err
	}
	if o.Kind() != protection.KindRecording {
		return models.ErrNotFound
	}
	disposition := "inline"
	if download {
		disposition = mime.FormatMediaType("attachment", map[string]string{"filename": o.Ref + filetype.SoundEnding(o.MediaType)})
	}
	return d.SendSound(c, o.BlobKey, protection.AttachmentPlace(o.BlobKey), o.MediaType, disposition)
}

// Package join is where an institution asks to join the portal. Nobody there has an account: the link of a letter is the
// permission to write a request and to follow it.
package join

import (
	"errors"
	"mime/multipart"
	"net/http"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/receive"
	"naikkelas/internal/urls"
	"naikkelas/models"
	viewform "naikkelas/views/form"
	"naikkelas/views/join"
)

// The desk is what the handlers of this package share.
type desk struct {
	*web.Portal
	files receive.Desk
}

// Routes are this desk's part of the access matrix.
func Routes(p *web.Portal) []web.Route {
	d := &desk{Portal: p}
	d.files = receive.Desk{Store: d.Store, Protection: d.Protection, Blobs: d.Blobs, Box: d.Box, Renderer: d.Renderer, Log: d.Log}
	return []web.Route{
		web.Get(urls.JoinPattern, d.beginForm, web.Anyone),
		web.Post(urls.JoinPattern, d.begin, web.Anyone),
		web.Get(urls.JoinSentPattern, d.sent, web.Anyone),
		web.Get(urls.JoinRequestPattern, d.request, web.Anyone),
		web.Get(urls.JoinFormPattern, d.fillForm, web.Anyone),
		web.Post(urls.JoinFormPattern, d.fill, web.Anyone),
		web.Get(urls.JoinPapersPattern, d.papersForm, web.Anyone),
		web.Post(urls.JoinPapersPattern, d.addPaper, web.Anyone).UpTo(bodyWithPaper),
		web.Post(urls.JoinPaperGonePattern, d.removePaper, web.Anyone),
		web.Get(urls.JoinCheckPattern, d.checkForm, web.Anyone),
		web.Post(urls.JoinCheckPattern, d.send, web.Anyone),
	}
}

// bodyWithPaper is how much a form with one paper may have.
const bodyWithPaper = 21 << 20

// paperField is the field of the file in the form of papers.
const paperField = "paper"

// beginForm answers GET /lembaga/gabung.
func (d *desk) beginForm(c web.Context) error {
	return d.Render(c, http.StatusOK, join.Begin(join.BeginPage{Form: join.BeginForm{Token: uuid.NewString()}}))
}

// begin answers POST /lembaga/gabung: a link is mailed, and the answer is the same whoever the address belongs to.
func (d *desk) begin(c web.Context) error {
	var page join.BeginPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Form.Token = web.ValidToken(page.Form.Token)
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.Render(c, status, join.Begin(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ctx, f := c.Request().Context(), page.Form
		return web.To(urls.JoinSent()), d.Store.BeginRequest(ctx, models.NewRequest{
			Token: f.Token, Name: f.Name, Email: f.Email, Phone: f.Phone, Called: f.Called, Language: string(i18n.Of(ctx)), From: c.RealIP(),
		})
	})
}

// sent answers GET /lembaga/gabung/terkirim.
func (d *desk) sent(c web.Context) error { return d.Render(c, http.StatusOK, join.Sent()) }

// page is the request of a link with all that its pages show. The address is a permission and goes to no other site.
func (d *desk) page(c web.Context, page *join.Page) (err error) {
	ctx := c.Request().Context()
	c.Response().Header().Set("Referrer-Policy", "no-referrer")
	page.Token = c.Param("token")
	if page.Request, err = d.Store.JoiningRequest(ctx, page.Token); err != nil {
		return err
	}
	if page.Papers, err = d.Store.RequestPapers(ctx, page.Request); err != nil {
		return err
	}
	if page.Regency, err = d.Store.RegencyName(ctx, page.Request.RegencyCode); err != nil {
		return err
	}
	page.Word, err = d.Store.OfficersWord(ctx, page.Request)
	return err
}

// request answers GET /lembaga/gabung/:token.
func (d *desk) request(c web.Context) error {
	var page join.Page
	if err := d.page(c, &page); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, join.Request(page))
}

// fillForm answers GET /lembaga/gabung/:token/isi.
func (d *desk) fillForm(c web.Context) error { return d.fillPage(c, http.StatusOK, join.Page{}, false) }

// fillPage shows the form, with what was typed or with what is kept. When it is not the applicant's turn it shows where the
// request stands.
func (d *desk) fillPage(c web.Context, status int, page join.Page, typed bool) (err error) {
	ctx := c.Request().Context()
	if err := d.page(c, &page); err != nil {
		return err
	}
	if !page.Request.Editable() {
		return d.Render(c, status, join.Request(page))
	}
	switch {
	case !typed:
		page.Form = join.RequestFormOf(page.Request)
	case page.Stale:
		page.Form.Version = page.Request.Version // the next press decides over what is kept now
	}
	if page.Regencies, err = d.Store.Regencies(ctx); err != nil {
		return err
	}
	if page.Provinces, err = d.Store.Provinces(ctx); err != nil {
		return err
	}
	return d.Render(c, status, join.Fill(page))
}

// fill answers POST /lembaga/gabung/:token/isi: it is kept, whole or not.
func (d *desk) fill(c web.Context) error {
	var page join.Page
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	token := c.Param("token")
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.fillPage(c, status, page, true) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		f := page.Form
		err := d.Store.SaveRequest(c.Request().Context(), token, f.Version, f.ApplicantPhone, f.Content())
		return web.Said(urls.JoinPapers(token), "join.saved"), err
	})
}

// papersForm answers GET /lembaga/gabung/:token/berkas.
func (d *desk) papersForm(c web.Context) error {
	return d.papersPage(c, http.StatusOK, join.Page{PaperKind: models.PaperLicence})
}

func (d *desk) papersPage(c web.Context, status int, page join.Page) error {
	if err := d.page(c, &page); err != nil {
		return err
	}
	if !page.Request.Editable() {
		return d.Render(c, status, join.Request(page))
	}
	return d.Render(c, status, join.Papers(page))
}

// addPaper answers POST /lembaga/gabung/:token/berkas. The link confirmed an e-mail address; nobody else sends files here.
func (d *desk) addPaper(c web.Context) error {
	var page join.Page
	var form struct {
		Kind string `form:"kind"`
	}
	if err := web.ReadForm(c, &form); err != nil {
		return err
	}
	page.PaperKind = form.Kind
	page.Errors.Add("kind", viewform.OneOf(form.Kind, models.PaperKinds()...))
	file, err := d.takePaper(c, &page)
	if err != nil {
		return err
	}
	ctx, token := c.Request().Context(), c.Param("token")
	if page.Errors.Any() && file.BlobKey != "" {
		d.files.DropUnused(ctx, []models.NewUpload{file}, nil, nil) // it is sent again
	}
	again := func(status int) error { return d.papersPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		kept, err := d.Store.AddPaper(ctx, token, form.Kind, file)
		if !kept {
			d.files.DropUnused(ctx, []models.NewUpload{file}, nil, err)
		}
		return web.Said(urls.JoinPapers(token), "join.paper.added"), err
	})
}

// takePaper seals the file of the form into the store, or says at its field why not.
func (d *desk) takePaper(c web.Context, page *join.Page) (file models.NewUpload, err error) {
	ctx := c.Request().Context()
	var sent []*multipart.FileHeader
	if form := c.Request().MultipartForm; form != nil {
		sent = form.File[paperField]
	}
	for _, name := range web.BeyondForm(c, paperField) {
		page.Errors.Add(paperField, "upload.refused.too_large", "Name", name)
	}
	if len(sent) == 0 || sent[0].Filename == "" {
		page.Errors.Add(paperField, "join.paper.missing")
		return file, nil
	}
	file = models.NewUpload{Name: sent[0].Filename, Size: sent[0].Size}
	err = d.Store.MayBringPaper(ctx, c.Param("token"), c.RealIP(), file.Size)
	if err == nil {
		var opened multipart.File
		if opened, err = sent[0].Open(); err != nil {
			return file, err
		}
		defer opened.Close()
		err = d.files.TakePaper(ctx, &file, opened)
	}
	if key, refused := receive.Refusal(err); refused {
		page.Errors.Add(paperField, key, "Name", file.Name)
		return file, nil
	}
	if r, ok := errors.AsType[*models.Refusal](d.NotStored(c, err, paperField)); ok {
		page.Errors.Add(paperField, r.Key, r.Args...)
		return file, nil
	}
	return file, err
}

// removePaper answers POST /lembaga/gabung/:token/berkas/:paper/hapus.
func (d *desk) removePaper(c web.Context) error {
	token := c.Param("token")
	again := func(status int) error { return d.papersPage(c, status, join.Page{}) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		return web.Said(urls.JoinPapers(token), "join.paper.removed"), d.Store.RemovePaper(c.Request().Context(), token, c.Param("paper"))
	})
}

// checkForm answers GET /lembaga/gabung/:token/periksa.
func (d *desk) checkForm(c web.Context) error { return d.checkPage(c, http.StatusOK, join.Page{}) }

func (d *desk) checkPage(c web.Context, status int, page join.Page) error {
	if err := d.page(c, &page); err != nil {
		return err
	}
	if !page.Request.Editable() {
		return d.Render(c, status, join.Request(page))
	}
	return d.Render(c, status, join.Check(page))
}

// send answers POST /lembaga/gabung/:token/periksa: the request goes to the officers, once.
func (d *desk) send(c web.Context) error {
	var page join.Page
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	token := c.Param("token")
	again := func(status int) error { return d.checkPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		return web.Said(urls.JoinRequest(token), "join.sent"), d.Store.SendRequest(c.Request().Context(), token, page.Form.Version)
	})
}

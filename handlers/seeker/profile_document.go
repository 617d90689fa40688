package seeker

import (
	"slices"

	"github.com/a-h/templ"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	viewform "naikkelas/views/form"
	"naikkelas/views/profile"
)

// replaceDocument puts a new photo in the place of a document of the profile, when that is what the form asks
// for; handled says that it has answered. page shows the section again with what is wrong.
func (d *desk) replaceDocument(
	c web.Context, w models.WholeProfile, page func([]models.PagedUpload, viewform.Errors) templ.Component,
) (handled bool, err error) {
	var f profile.ReplacementForm
	if err := web.ReadForm(c, &f); err != nil || f.Replaces == "" {
		return false, err
	}
	i := slices.IndexFunc(w.Documents, func(u models.Upload) bool { return u.Ref == f.Replaces })
	if i < 0 {
		return true, models.ErrNotFound
	}
	old, ctx, u := w.Documents[i], c.Request().Context(), d.CurrentUser(c)
	var errs viewform.Errors
	name := profile.ReplacementField(old.Ref)
	kept, err := d.receiveFiles(c, name, old.Purpose, &errs)
	if err != nil {
		return true, err
	}
	for _, k := range kept {
		f.Uploads = append(f.Uploads, k.Ref)
	}
	if len(f.Uploads) == 0 && !errs.Any() {
		errs.Add(name, "upload.none")
	}
	again := func(status int) error {
		documents, err := d.Store.WithPages(ctx, w.Documents)
		if err != nil {
			return err
		}
		return d.Render(c, status, page(documents, errs))
	}
	return true, d.Act(c, web.Form{Errors: &errs, Again: again}, func() (web.Next, error) {
		next := web.Said(ambient.From(ctx).Along(urls.ProfileSection(c.Param("section"))), "profile.photo.replaced")
		return next, d.Store.ReplaceUpload(ctx, u, old.Ref, f.Uploads[0])
	})
}

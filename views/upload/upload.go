// Package upload shows a person's library of files, and the pages of a file wherever one is
// looked at.
package upload

import (
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/static"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family upload.send.* upload.look.* upload.state.* upload.purpose.* upload.refused.* upload.warning.*

// Accept is what a phone offers for a file field: all that is taken, because a picker greys out the rest. Some
// know HEIC by its ending alone.
const Accept = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif,application/pdf"

// LibraryPage lists the seeker's files. Proves is what each of them proves on their way.
type LibraryPage struct {
	Files   []models.LibraryUpload
	Proves  map[int64][]journey.FileUse
	Deleted []models.Upload // within a day
	// Unfinished are files that did not arrive whole.
	Unfinished []models.Partial
	Errors     form.Errors
}

// Page shows one file with its pages.
type Page struct {
	File  models.LibraryUpload // without Pages
	Pages []models.UploadPage
	Kept  *models.Refusal // why it cannot be deleted, nil when it can
	// Proves is what the file proves on its person's way: without it that stands on their own word.
	Proves []journey.FileUse
}

// SheetPage shows one page of a file by itself.
type SheetPage struct {
	Upload models.Upload
	Page   models.UploadPage
	Back   string // path of the page to go back to
}

// PartID is the id of the part of a page that shows a file.
func PartID(ref string) string { return "berkas-" + ref }

// told are the messages that stand beside the part of the page with the id.
func told(ctx context.Context, id string) []ambient.Flash {
	return slices.DeleteFunc(slices.Clone(ambient.From(ctx).Flash), func(f ambient.Flash) bool { return f.At != id })
}

// FieldProps describes a field that takes files for a purpose of models.UploadPurposes.
type FieldProps struct {
	Name     string
	Label    string
	Hint     string
	Error    string // translated; empty while the files are right
	Purpose  string
	Received []models.Upload
	// Unfinished are files of the purpose that did not arrive whole.
	Unfinished []models.Partial
	Keep       bool // what is typed around the field outlives a browser that the phone ends; never with secret numbers
	Optional   bool
	Library    bool   // a file may be chosen from the library below instead
	Then       string // what the page does when all has arrived by script: "reload", "submit", or wait for its button
}

// attrs are what the script that sends files must know, its words included. A # stands for a name.
func (p FieldProps) attrs(ctx context.Context) templ.Attributes {
	attrs := templ.Attributes{
		"data-upload": ambient.Href(ctx, urls.Partials()), "data-purpose": p.Purpose, "data-client": static.Path("tus.js"),
		"data-empty": i18n.T(ctx, "upload.refused.empty", "Name", "#"),
		"data-large": i18n.T(ctx, "upload.refused.too_large", "Name", "#"),
	}
	if p.Then != "" {
		attrs["data-then"] = p.Then
	}
	if p.Keep {
		attrs["data-keep"] = true
	}
	for _, name := range []string{
		"waiting", "sending", "checking", "stalled", "offline", "paused", "arrived", "failed", "out",
		"reached", "kept", "unsaved", "slow", "pause", "resume", "again", "camera", "choose", "held", "stuck", "restored",
	} {
		attrs["data-"+name] = i18n.T(ctx, "upload.send."+name, "Name", "#")
	}
	return attrs
}

// inputAttrs let the form be sent without a new file where one of the library will do.
func (p FieldProps) inputAttrs() templ.Attributes {
	if p.Library {
		return templ.Attributes{"required": false}
	}
	return nil
}

// hint says what is taken and how much of it, and that a file of the library will do where it will.
func (p FieldProps) hint(ctx context.Context) string {
	most := i18n.T(ctx, "upload.field_most", "Most", models.MostSent, "Bytes", i18n.Bytes(ctx, models.FormBytes))
	if p.Library {
		return p.Hint + " " + most + " " + i18n.T(ctx, "upload.field_or")
	}
	return p.Hint + " " + most
}

// StateTag says whether a file could be opened. Whether its words can be read is for people to see.
func StateTag(ctx context.Context, u models.Upload) components.TagProps {
	kind := components.TagPlain
	if u.State == models.UploadRefused {
		kind = components.TagRefused
	}
	return components.TagProps{Kind: kind, Label: i18n.T(ctx, "upload.state."+string(u.State))}
}

// whereabouts says where a file is that came in pieces: on its way, with us and being looked into, or refused.
func whereabouts(ctx context.Context, p models.Partial) string {
	switch {
	case p.Refusal != "":
		return i18n.T(ctx, p.Refusal, "Name", p.Name)
	case p.Reached():
		return i18n.T(ctx, "upload.reached", "Name", p.Name)
	}
	percent := strconv.FormatInt(min(p.Received*100/max(p.Size, 1), 99), 10)
	return i18n.T(ctx, "upload.unfinished", "Name", p.Name, "Percent", percent)
}

// state is where a file is, as the script knows it.
func state(p models.Partial) string {
	switch {
	case p.Refusal != "":
		return "refused"
	case p.Reached():
		return "checking"
	}
	return "unfinished"
}

// Refusal says why the images of a file could not be made.
func Refusal(ctx context.Context, u models.Upload) string {
	return i18n.T(ctx, "upload.refused."+u.Refusal, "Name", u.Name)
}

// CanChoose says whether Choose has anything to offer.
func CanChoose(library []models.Upload, taken []string) bool { return len(without(library, taken)) > 0 }

// without leaves out files whose references are taken.
func without(files []models.Upload, taken []string) []models.Upload {
	return slices.DeleteFunc(slices.Clone(files), func(u models.Upload) bool { return slices.Contains(taken, u.Ref) })
}

// useTitle is what a certificate or an application is called of which a file is part.
func useTitle(ctx context.Context, use models.UploadUse) string {
	if use.Title != "" {
		return use.Title
	}
	return use.Kind.In(i18n.Of(ctx))
}

// proves says what a file proves on its person's way, and where that stands.
func proves(ctx context.Context, use journey.FileUse) (text, href string) {
	switch {
	case use.Need != "" && use.Open:
		return use.Name.In(i18n.Of(ctx)), urls.ReadinessItem(use.Need)
	case use.Need != "":
		return i18n.T(ctx, "upload.proves.closed", "Name", use.Name.In(i18n.Of(ctx))), ""
	case use.Amount > 0:
		return i18n.T(ctx, "upload.proves.payment", "Amount", i18n.Rupiah(ctx, use.Amount), "Day", i18n.Date(ctx, *use.On)), urls.ReadinessCosts()
	}
	return i18n.T(ctx, "upload.proves.abroad"), urls.Departure()
}

// note is what stands under a file's name: what it is, its size and day.
func note(ctx context.Context, u models.Upload) string {
	return i18n.T(ctx, "upload.purpose."+u.Purpose) + " · " + i18n.Bytes(ctx, u.Size) + " · " + i18n.Date(ctx, u.CreatedAt)
}

// lookWord says what somebody did.
func lookWord(ctx context.Context, l models.Look) string {
	return i18n.T(ctx, "upload.look."+l.Action, "File", l.File)
}

// lookWhen says by whom, and from when until when; a look within one minute has one time.
func lookWhen(ctx context.Context, l models.Look) string {
	//i18n:family application.role.*
	who, from, until := i18n.T(ctx, "application.role."+string(l.Role)), i18n.Instant(ctx, l.At), i18n.Instant(ctx, l.Until)
	switch {
	case from == until:
		return who + " · " + from
	case i18n.Date(ctx, l.At) == i18n.Date(ctx, l.Until):
		return who + " · " + i18n.T(ctx, "upload.looks.span",
			"Date", i18n.DateLong(ctx, l.At), "From", i18n.Clock(ctx, l.At), "Until", i18n.Clock(ctx, l.Until))
	}
	return who + " · " + i18n.T(ctx, "upload.looks.span_days", "From", from, "Until", until)
}

// view is the address of a page's image; the images of a file are the same in every language.
func view(u models.Upload, p models.UploadPage) string {
	return urls.UploadImage(u.Ref, strconv.Itoa(p.Number))
}

func thumb(ref string) string { return urls.UploadThumb(ref, "1") }

// reload asks for the part of the page again while images are being made.
func reload(ctx context.Context, id string) templ.Attributes {
	a := ambient.From(ctx)
	return templ.Attributes{
		"hx-get": ambient.Href(ctx, a.Path), "hx-trigger": "load delay:2s",
		"hx-select": "#" + id, "hx-target": "#" + id, "hx-swap": "outerHTML",
	}
}

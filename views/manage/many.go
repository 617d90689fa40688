package manage

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family manage.many.title.* manage.many.text.* manage.many.do.* manage.many.done.*

// What is done with many programmes at once, as addresses say it.
const (
	ManySubmit = "ajukan"
	ManyDelete = "hapus"
	ManyClose  = "tutup"
)

// manyID is the id of the form to which the ticks of the list belong.
const manyID = "sekaligus"

// ManyForm is the press: programmes, each with the version that was shown.
type ManyForm struct {
	What   string   `form:"apa"`
	Chosen []string `form:"pilih"`
	Reason string   `form:"reason"` // of closing, which people read
}

// Picked are the chosen programmes with their versions; what is none is left out.
func (f ManyForm) Picked() (list []models.PickedProgramme) {
	for _, chosen := range f.Chosen {
		ref, version, _ := strings.Cut(chosen, ".")
		if n, err := strconv.Atoi(version); err == nil {
			list = append(list, models.PickedProgramme{Ref: ref, Version: n})
		}
	}
	return list
}

// Page is the page of those programmes.
func (f ManyForm) Page() ManyPage {
	p := ManyPage{What: manyAct(f.What), Reason: f.Reason}
	for _, picked := range f.Picked() {
		p.Refs = append(p.Refs, picked.Ref)
	}
	return p
}

// ManyPage says what would become of several programmes, or how they stand.
type ManyPage struct {
	What   string // ManySubmit, ManyDelete or ManyClose
	Refs   []string
	All    bool // all within the filter, instead of Refs
	Filter models.OwnFilter
	Drafts []models.ProgrammeDraft
	Ends   models.EndPreview // whom closing touches
	Reason string
	Errors form.Errors
}

func manyAct(what string) string {
	if what == ManyDelete || what == ManyClose {
		return what
	}
	return ManySubmit
}

// ReadMany reads which programmes an address means, and what for.
func ReadMany(q url.Values) ManyPage {
	return ManyPage{
		What: manyAct(q.Get("apa")), Refs: q["pilih"], All: q.Get("semua") != "",
		Filter: models.OwnFilter{List: q.Get("daftar"), Text: q.Get("q")},
	}
}

// Path is the page's own address.
func (p ManyPage) Path() string {
	q := url.Values{"apa": {p.What}, "pilih": p.Refs}
	return urls.ManageMany() + "?" + q.Encode()
}

// Done is the sentence about those with which it was done.
func (p ManyPage) Done() string { return "manage.many.done." + p.What }

// refusal is what keeps a programme from it, nil for nothing.
func (p ManyPage) refusal(d models.ProgrammeDraft) error {
	switch {
	case p.What == ManyDelete:
		return d.RefusesDelete()
	case p.What == ManyClose:
		return d.RefusesClose()
	case d.Programme.Submitted():
		return models.ErrProgrammeState
	}
	return d.RefusesSubmit()
}

// ready are the programmes with which it can be done.
func (p ManyPage) ready() (list []models.ProgrammeDraft) {
	for _, d := range p.Drafts {
		if p.refusal(d) == nil {
			list = append(list, d)
		}
	}
	return list
}

// others are those with which it cannot.
func (p ManyPage) others() []models.ProgrammeDraft {
	return slices.DeleteFunc(slices.Clone(p.Drafts), func(d models.ProgrammeDraft) bool { return p.refusal(d) == nil })
}

// title asks, with the count, or says that there is nothing to do.
func (p ManyPage) title(ctx context.Context) string {
	if n := len(p.ready()); n > 0 {
		return i18n.T(ctx, "manage.many.title."+p.What, "Count", n)
	}
	open := func(d models.ProgrammeDraft) bool { return !d.Programme.Submitted() }
	if len(p.Drafts) > 0 && p.What == ManySubmit && !slices.ContainsFunc(p.Drafts, open) {
		return i18n.T(ctx, "manage.many.already", "Count", len(p.Drafts))
	}
	return i18n.T(ctx, "manage.many.none")
}

// pickOf is a programme with its version, as the form sends it.
func pickOf(p models.Programme) string { return p.Ref + "." + strconv.Itoa(p.Version) }

// allPath leads to what is done with all programmes of a list.
func allPath(f models.OwnFilter, what string) string {
	return urls.WithQuery(urls.ManageMany(), "apa", what, "semua", "ya", "daftar", f.List, "q", f.Text)
}

// tickable says whether anything can be done with a programme among many: a draft is handed over or deleted, a published
// one closed, and both get a next batch.
func tickable(p models.Programme) bool {
	return p.State == models.ProgrammeDrafted || p.State == models.ProgrammePublished
}

// ticks says whether the list has something to tick, for who may.
func (p ProgrammesPage) ticks(ctx context.Context) bool {
	return ambient.Edits(ctx) && slices.ContainsFunc(p.Programmes, tickable)
}

// columns are the heads of the list.
func (p ProgrammesPage) columns(ctx context.Context) []components.Column {
	list := []components.Column{
		{Label: i18n.T(ctx, "manage.col.programme")}, {Label: i18n.T(ctx, "manage.col.number")}, {Label: i18n.T(ctx, "manage.col.state")},
	}
	if p.ticks(ctx) {
		list = slices.Insert(list, 0, components.Column{Label: i18n.T(ctx, "manage.many.pick_column"), Hidden: true})
	}
	return list
}

// draftsOnly is the list's filter, of which only what was not sent yet can be handed over.
func (p ProgrammesPage) draftsOnly() models.OwnFilter {
	f := p.Filter
	if f.List == "" {
		f.List = models.OwnDraft
	}
	return f
}

// button is red where something goes for good.
func (p ManyPage) button() components.ButtonKind {
	if p.What != ManySubmit {
		return components.Danger
	}
	return components.Primary
}

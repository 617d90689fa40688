package officer

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record/dated"
	"naikkelas/views/officer"
)

// datedRoutes are the rows that officers keep for everybody. Every officer reads them; who may write is for the Store.
func (d *desk) datedRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.DatedPattern, d.datedTables, web.Officers),
		web.Get(urls.DatedListPattern, d.datedList, web.Officers),
		web.Get(urls.DatedNewPattern, d.datedForm, web.Officers),
		web.Post(urls.DatedNewPattern, d.saveDated, web.Officers),
		web.Get(urls.DatedRowPattern, d.datedRow, web.Officers),
		web.Get(urls.DatedEditPattern, d.datedForm, web.Officers),
		web.Post(urls.DatedEditPattern, d.saveDated, web.Officers),
		web.Get(urls.DatedEndPattern, d.endDatedForm, web.Officers),
		web.Post(urls.DatedEndPattern, d.endDated, web.Officers),
		web.Post(urls.DatedPublishPattern, d.publishDated, web.Officers),
		web.Get(urls.DatedDropPattern, d.dropDatedForm, web.Officers),
		web.Post(urls.DatedDropPattern, d.dropDated, web.Officers),
		web.Post(urls.DatedConfirmPattern, d.confirmDated, web.Officers),
	}
}

// datedTables answers GET /petugas/acuan: the tables, what waits for a second person, what is to be checked again.
func (d *desk) datedTables(c web.Context) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	page := officer.DatedTablesPage{Tables: d.Dated.Tables()}
	if page.MayWrite, err = d.Dated.MayWrite(ctx, u); err != nil {
		return err
	}
	if page.Waiting, err = d.Dated.Waiting(ctx, u); err != nil {
		return err
	}
	if page.Overdue, err = d.Dated.Overdue(ctx, u); err != nil {
		return err
	}
	if page.Names, err = d.datedNames(c, page.Tables...); err != nil {
		return err
	}
	if page.Holes, err = d.Journey.Holes(ctx, u); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.DatedTables(page))
}

// datedList answers GET /petugas/acuan/:list: a table as it holds on a day.
func (d *desk) datedList(c web.Context) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	var page officer.DatedListPage
	if page.Table, err = d.Dated.Table(c.Param("list")); err != nil {
		return err
	}
	page.Today, page.Filter = d.Dated.Today(), datedFilter(c)
	if page.Names, err = d.datedNames(c, page.Table); err != nil {
		return err
	}
	if page.MayWrite, err = d.Dated.MayWrite(ctx, u); err != nil {
		return err
	}
	if page.Rows, err = d.Dated.AsOf(ctx, u, page.Table, page.On(), page.Filter.Drafts); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.DatedList(page))
}

// datedRow answers GET /petugas/acuan/:list/:row.
func (d *desk) datedRow(c web.Context) error { return d.datedRowPage(c, http.StatusOK) }

func (d *desk) datedRowPage(c web.Context, status int) (err error) {
	page := officer.DatedRowPage{Code: c.Param("row"), Reader: d.CurrentUser(c)}
	if page.DatedRow, err = d.readDated(c); err != nil {
		return err
	}
	if page.Audience, err = d.audienceOf(c, page.DatedRow); err != nil {
		return err
	}
	if page.Draft != nil {
		if page.NewHoles, err = d.Journey.DraftHoles(c.Request().Context(), page.Reader, *page.Draft); err != nil {
			return err
		}
	}
	return d.Render(c, status, officer.Dated(page))
}

// readDated reads a row with what every page of it shows. A row that is not there yet has an empty history.
func (d *desk) readDated(c web.Context) (row officer.DatedRow, err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	row.Today = d.Dated.Today()
	if row.Table, err = d.Dated.Table(c.Param("list")); err != nil {
		return row, err
	}
	if row.MayWrite, err = d.Dated.MayWrite(ctx, u); err != nil {
		return row, err
	}
	if row.Names, err = d.datedNames(c, row.Table); err != nil {
		return row, err
	}
	if code := c.Param("row"); code != "" {
		row.History, err = d.Dated.Row(ctx, u, row.Table, code)
	}
	return row, err
}

// A datedPage is the page of a form for a row: of one that says what the row says, or of one that ends it.
type datedPage struct {
	show func(officer.DatedFormPage) templ.Component
	ends bool
}

var (
	datedEdit = datedPage{show: officer.DatedEdit}
	datedEnd  = datedPage{show: officer.DatedEnd, ends: true}
)

// datedForm answers GET /petugas/acuan/:list/baru and .../:row/ubah, filled with the draft or with what holds.
func (d *desk) datedForm(c web.Context) error { return d.askDated(c, datedEdit) }

// endDatedForm answers GET /petugas/acuan/:list/:row/akhiri.
func (d *desk) endDatedForm(c web.Context) error { return d.askDated(c, datedEnd) }

func (d *desk) askDated(c web.Context, as datedPage) error {
	row, err := d.readDated(c)
	if err != nil {
		return err
	}
	return d.datedFormPage(c, http.StatusOK, officer.DatedFormPage{Form: officer.DatedFormOf(row, web.ValidToken(""))}, as)
}

// datedFormPage shows a form for a row to who may write. Where somebody else was faster the next press decides over what
// they wrote.
func (d *desk) datedFormPage(c web.Context, status int, page officer.DatedFormPage, as datedPage) (err error) {
	page.Code = c.Param("row")
	if page.DatedRow, err = d.readDated(c); err != nil {
		return err
	}
	if !page.MayWrite || page.Table.Fixed && (page.Code == "" || as.ends) {
		return models.ErrForbidden
	}
	if page.Countries, err = d.Store.Countries(c.Request().Context()); err != nil {
		return err
	}
	if page.NamesOf, err = d.namesFor(c, page.Table); err != nil {
		return err
	}
	if page.Stale {
		page.Form.Seen = officer.DatedSeenOf(page.DatedRow)
	}
	return d.Render(c, status, as.show(page))
}

// readDatedForm reads what was typed.
func (d *desk) readDatedForm(c web.Context, page *officer.DatedFormPage) (dated.Table, error) {
	t, err := d.Dated.Table(c.Param("list"))
	if err != nil {
		return t, err
	}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return t, err
	}
	page.Form.Says = web.TypedFields(c, officer.DatedColumns(t))
	for _, f := range t.Fields {
		if f.Kind == dated.Codes {
			page.Form.Says[f.Column] = strings.Join(c.Request().PostForm[f.Column], "\n")
		}
	}
	page.Form.Token = web.ValidToken(page.Form.Token)
	return t, nil
}

// saveDated answers POST /petugas/acuan/:list/baru and .../:row/ubah.
func (d *desk) saveDated(c web.Context) error { return d.keepDated(c, datedEdit) }

// endDated answers POST /petugas/acuan/:list/:row/akhiri.
func (d *desk) endDated(c web.Context) error { return d.keepDated(c, datedEnd) }

// keepDated saves what a form of a page wishes as the row's draft.
func (d *desk) keepDated(c web.Context, as datedPage) error {
	var page officer.DatedFormPage
	t, err := d.readDatedForm(c, &page)
	if err != nil {
		return err
	}
	wish := page.Form.Wish()
	page.Errors = page.Form.Check()
	if as.ends {
		wish.Ends, wish.From = true, d.Dated.Today().Date()
		page.Errors = page.Form.CheckEnd()
	}
	again := func(status int) error { return d.datedFormPage(c, status, page, as) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		code, err := d.Dated.Save(c.Request().Context(), d.CurrentUser(c), t, c.Param("row"), wish)
		return web.Said(urls.DatedRow(t.Slug, code), "dated.saved"), err
	})
}

// publishDated answers POST /petugas/acuan/:list/:row/terbitkan.
func (d *desk) publishDated(c web.Context) error {
	return d.decideDated(c, "dated.published", func(t dated.Table, f officer.DatedActForm) error {
		publish := d.Dated.Publish
		if f.Gap != "" {
			publish = d.Dated.PublishHoles
		}
		return publish(c.Request().Context(), d.CurrentUser(c), t, c.Param("row"), f.Seen.Seen())
	})
}

// dropDatedForm answers GET /petugas/acuan/:list/:row/buang: what is lost, before anything is done.
func (d *desk) dropDatedForm(c web.Context) error {
	row, err := d.readDated(c)
	switch {
	case err != nil:
		return err
	case !row.MayWrite:
		return models.ErrForbidden
	case row.Draft == nil: // it was published or dropped meanwhile
		return d.Redirect(c, urls.DatedRow(row.Table.Slug, c.Param("row")))
	}
	return d.Render(c, http.StatusOK, officer.DatedDrop(officer.DatedRowPage{DatedRow: row, Code: c.Param("row"), Reader: d.CurrentUser(c)}))
}

// dropDated answers POST /petugas/acuan/:list/:row/buang. A row that was never published is gone then.
func (d *desk) dropDated(c web.Context) error {
	return d.decideDated(c, "dated.dropped", func(t dated.Table, f officer.DatedActForm) error {
		return d.Dated.Drop(c.Request().Context(), d.CurrentUser(c), t, c.Param("row"), f.Seen.Seen())
	})
}

// confirmDated answers POST /petugas/acuan/:list/:row/dicek.
func (d *desk) confirmDated(c web.Context) error {
	return d.decideDated(c, "dated.confirmed", func(t dated.Table, f officer.DatedActForm) error {
		return d.Dated.Confirm(c.Request().Context(), d.CurrentUser(c), t, c.Param("row"), int64(f.Holds))
	})
}

// decideDated carries out one act on a row and leads back to it.
func (d *desk) decideDated(c web.Context, said string, act func(dated.Table, officer.DatedActForm) error) error {
	t, err := d.Dated.Table(c.Param("list"))
	if err != nil {
		return err
	}
	var f officer.DatedActForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	again := func(status int) error { return d.datedRowPage(c, status) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		err := act(t, f)
		back := urls.DatedRow(t.Slug, c.Param("row"))
		if f.Alone != "" { // nothing of the row is left
			back = urls.DatedList(t.Slug)
		}
		return web.Said(back, said), err
	})
}

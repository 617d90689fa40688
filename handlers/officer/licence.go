package officer

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"

	"naikkelas/handlers/web"
	"naikkelas/internal/importsheet"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/officer"
)

// licenceRoutes are the lists of licences. Who may bring one in and publish it is for the Store.
func (d *desk) licenceRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.LicencesPattern, d.licences, web.Officers),
		web.Post(urls.LicencesPattern, d.importLicences, web.Officers).UpTo(web.BodySheet),
		web.Get(urls.LicenceListPattern, d.licenceList, web.Officers),
		web.Post(urls.LicenceListPattern, d.mapLicences, web.Officers),
		web.Post(urls.LicenceAskPattern, d.askLicences, web.Officers),
		web.Post(urls.LicencePublishPattern, d.publishLicences, web.Officers),
		web.Post(urls.LicenceDropPattern, d.dropLicences, web.Officers),
	}
}

// licences answers GET /petugas/izin.
func (d *desk) licences(c web.Context) error {
	return d.licencesPage(c, http.StatusOK, officer.LicencesPage{Form: officer.LicenceForm{Token: web.ValidToken("")}})
}

func (d *desk) licencesPage(c web.Context, status int, page officer.LicencesPage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if page.Lists, err = d.Journey.LicenceLists(ctx, u); err != nil {
		return err
	}
	if page.MayKeep, err = d.Journey.MayKeepLicences(ctx, u); err != nil {
		return err
	}
	page.Today = d.Dated.Today()
	return d.Render(c, status, officer.Licences(page))
}

// importLicences answers POST /petugas/izin.
func (d *desk) importLicences(c web.Context) error {
	var page officer.LicencesPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Form.Token = web.ValidToken(page.Form.Token)
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.licencesPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		table, name, err := licenceFile(c)
		if err != nil {
			return web.Next{}, web.SheetRefusal(c.Request().Context(), err, importsheet.MostLicences)
		}
		content, err := json.Marshal(table)
		if err != nil {
			return web.Next{}, err
		}
		day, _ := page.Form.Day.Time()
		l, err := d.Journey.ImportLicences(c.Request().Context(), d.CurrentUser(c), journey.NewLicenceList{
			Kind: page.Form.Kind, Source: page.Form.Source, ListedOn: day, FileName: name, Content: content,
			Columns: table.Guess, Token: page.Form.Token,
		})
		return web.To(urls.LicenceList(l.Ref)), err
	})
}

// licenceFile reads the spreadsheet of a form.
func licenceFile(c web.Context) (table importsheet.LicenceTable, name string, err error) {
	form := c.Request().MultipartForm
	if form == nil || len(form.File["file"]) == 0 {
		return table, "", &models.Refusal{Key: "imports.none", Field: "file"}
	}
	header := form.File["file"][0]
	file, err := header.Open()
	if err != nil {
		return table, "", err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, web.BodySheet))
	if err != nil {
		return table, "", err
	}
	sent := importsheet.File{Content: bytes.NewReader(content), Size: int64(len(content)), Name: header.Filename}
	table, err = importsheet.ReadLicences(sent)
	return table, header.Filename, err
}

// licenceList answers GET /petugas/izin/:list.
func (d *desk) licenceList(c web.Context) error {
	return d.licenceListPage(c, http.StatusOK, officer.LicenceListPage{})
}

func (d *desk) licenceListPage(c web.Context, status int, page officer.LicenceListPage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if page.LicenceListPage, err = d.Journey.LicenceListForOfficer(ctx, u, c.Param("list")); err != nil {
		return err
	}
	if page.MayKeep, err = d.Journey.MayKeepLicences(ctx, u); err != nil {
		return err
	}
	page.Own = page.List.MadeBy == u.ID
	if page.List.State == journey.ListDraft {
		table, err := licenceTable(page.List)
		if err != nil {
			return err
		}
		page.Columns = licenceSamples(table)
		rows, leftOut := licenceRows(table, page.List.Chosen())
		page.Rows, page.Read, page.LeftOut = rows[:min(len(rows), 20)], len(rows), leftOut
		for _, r := range rows {
			if r.ValidUntil == nil && r.ValidSaid != "" {
				page.DaysUnread++
			}
			if r.State == "other" {
				page.StatesUnread++
			}
		}
	}
	return d.Render(c, status, officer.LicenceList(page))
}

// licenceTable is the table of a draft.
func licenceTable(l journey.LicenceList) (t importsheet.LicenceTable, err error) {
	return t, json.Unmarshal(l.Content, &t)
}

// licenceSamples are the columns of a table, each with what stands in its first rows.
func licenceSamples(t importsheet.LicenceTable) (list []officer.LicenceColumn) {
	for i, name := range t.Columns {
		column := officer.LicenceColumn{Name: name}
		for _, row := range t.Rows {
			if row[i] != "" && len(column.Samples) < 2 {
				column.Samples = append(column.Samples, row[i])
			}
		}
		list = append(list, column)
	}
	return list
}

// licenceRows reads a table with the columns that were chosen.
func licenceRows(t importsheet.LicenceTable, chosen map[string]int) (rows []journey.Licence, leftOut int) {
	list, leftOut := t.Licences(chosen)
	for _, l := range list {
		rows = append(rows, journey.Licence{
			Line: l.Line, Name: l.Name, Number: l.Number, Place: l.Place, State: l.State, StateSaid: l.StateSaid,
			ValidUntil: l.Until, ValidSaid: l.UntilSaid,
		})
	}
	return rows, leftOut
}

// mapLicences answers POST /petugas/izin/:list: which column is which.
func (d *desk) mapLicences(c web.Context) error {
	codes, _ := importsheet.LicenceColumns()
	var page officer.LicenceListPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	chosen := map[string]int{}
	for _, code := range codes {
		if at, err := strconv.Atoi(c.Request().PostForm.Get("column." + code)); err == nil && at >= 0 {
			chosen[code] = at
		}
	}
	if _, ok := chosen["name"]; !ok {
		page.Errors.Add("column.name", journey.ErrLicenceName.Key)
	}
	again := func(status int) error { return d.licenceListPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ref := c.Param("list")
		return web.To(urls.LicenceList(ref)), d.Journey.MapLicences(c.Request().Context(), d.CurrentUser(c), ref, page.Form.Version, chosen)
	})
}

// askLicences answers POST /petugas/izin/:list/ajukan: the rows as they were previewed wait for a second officer.
func (d *desk) askLicences(c web.Context) error {
	return d.licenceAct(c, "licence.asked", func(ref string, version int) error {
		ctx, u := c.Request().Context(), d.CurrentUser(c)
		p, err := d.Journey.LicenceListForOfficer(ctx, u, ref)
		if err != nil {
			return err
		}
		if p.List.State != journey.ListDraft {
			return journey.ErrLicenceDecided
		}
		table, err := licenceTable(p.List)
		if err != nil {
			return err
		}
		chosen := p.List.Chosen()
		if _, ok := chosen["name"]; !ok {
			return journey.ErrLicenceName
		}
		rows, leftOut := licenceRows(table, chosen)
		return d.Journey.AskLicences(ctx, u, ref, version, rows, leftOut)
	})
}

// publishLicences answers POST /petugas/izin/:list/terbitkan.
func (d *desk) publishLicences(c web.Context) error {
	return d.licenceAct(c, "licence.published", func(ref string, version int) error {
		return d.Journey.PublishLicences(c.Request().Context(), d.CurrentUser(c), ref, version)
	})
}

// dropLicences answers POST /petugas/izin/:list/buang.
func (d *desk) dropLicences(c web.Context) error {
	return d.licenceAct(c, "licence.dropped", func(ref string, version int) error {
		return d.Journey.DropLicences(c.Request().Context(), d.CurrentUser(c), ref, version)
	})
}

// licenceAct carries out what a button of a list asks for, over the list as it was seen.
func (d *desk) licenceAct(c web.Context, said string, act func(ref string, version int) error) error {
	var page officer.LicenceListPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.licenceListPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return web.Said(urls.Licences(), said), act(c.Param("list"), page.Form.Version)
	})
}

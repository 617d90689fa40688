package officer

import (
	"time"

	"naikkelas/handlers/web"
	"naikkelas/models/record/dated"
	"naikkelas/views/form"
	"naikkelas/views/officer"
)

// namesFor lists what the fields of tables can name, by the table that they name.
func (d *desk) namesFor(c web.Context, tables ...dated.Table) (map[string][]dated.Name, error) {
	names := map[string][]dated.Name{}
	for _, t := range tables {
		for _, f := range t.Fields {
			if f.Of == "" || names[f.Of] != nil {
				continue
			}
			list, err := d.Dated.Names(c.Request().Context(), d.CurrentUser(c), f)
			if err != nil {
				return nil, err
			}
			names[f.Of] = list
		}
	}
	return names, nil
}

// datedNames are how the rows are called that the rows of tables name by their codes.
func (d *desk) datedNames(c web.Context, tables ...dated.Table) (officer.DatedNames, error) {
	named, err := d.namesFor(c, tables...)
	if err != nil {
		return nil, err
	}
	countries, err := d.Store.Countries(c.Request().Context())
	return officer.DatedNamesOf(c.Request().Context(), named, countries), err
}

// datedFilter is what the address of a list asks for.
func datedFilter(c web.Context) officer.DatedFilter {
	return officer.DatedFilter{
		Day: dayAsked(c), Drafts: c.QueryParam("konsep") != "", Route: c.QueryParam("jalur"), Country: c.QueryParam("negara"),
	}
}

// dayAsked is the day that an address names, written 2026-11-30: in one part, or in three as the form sends it.
func dayAsked(c web.Context) string {
	typed := form.Date{Day: c.QueryParam("tanggal.day"), Month: c.QueryParam("tanggal.month"), Year: c.QueryParam("tanggal.year")}
	if day, ok := typed.Time(); ok {
		return day.Format(time.DateOnly)
	}
	return c.QueryParam("tanggal")
}

package models

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// CatalogueFilter narrows the catalogue. Chosen holds, by the name of a filter in CatalogueFilters, what
// was chosen, as it stands in addresses; what is not there narrows nothing, a value that no choice has
// matches nothing.
type CatalogueFilter struct {
	Text        string
	Chosen      map[string]string
	Institution int64
	Sort        CatalogueSort
}

// A FilterRow is one way to narrow the catalogue. Name stands in addresses and forms; a Tick is on with
// any value, another filter has choices. A new filter is a row here, and one with its words in
// views/public; parameters, links, chips and conditions all come from the rows.
type FilterRow struct {
	Name      string
	Tick      bool
	codes     map[string]string // stored codes by those of addresses, where they differ
	condition string            // on the programme p, with @value and @now
}

// CatalogueFilters are the filters in the order in which they stand in addresses.
var CatalogueFilters = []FilterRow{
	{Name: "sektor", condition: "p.sector_code = @value"},
	{Name: "kota", condition: "p.regency_code = @value"},
	{Name: "dana", condition: "p.funding = @value", codes: map[string]string{"mandiri": FundingSelfPaid}},
	{
		Name: "cara", condition: "p.method = @value",
		codes: map[string]string{"tatap-muka": "onsite", "daring": "online", "campuran": "blended"},
	},
	{Name: "pendidikan", condition: `(SELECT rank FROM education_levels WHERE code = p.education_min)
		<= (SELECT rank FROM education_levels WHERE code = @value)`}, // the level that the person has
	{Name: "hasil", condition: "p.outcome_bnsp = (@value = 'bnsp')", codes: map[string]string{"sertifikat": "training"}},
	{Name: "buka", Tick: true, condition: `EXISTS (SELECT 1
		FROM intakes o
		WHERE o.programme_id = p.id
			AND o.state = 'published'
			AND o.opens_at <= @now
			AND o.closes_at >= @now) AND ` + licenceHolds("i.license_expires_on")},
	{Name: "luar_dki", Tick: true, condition: "NOT p.requires_dki"},
}

// Stored is the code in the database of a code in an address: the same, where the filter knows no other.
func (r FilterRow) Stored(code string) string {
	if stored, ok := r.codes[code]; ok {
		return stored
	}
	return code
}

// Code is the code in addresses of a stored one.
func (r FilterRow) Code(stored string) string {
	for code, s := range r.codes {
		if s == stored {
			return code
		}
	}
	return stored
}

// withValues is a condition with its values; it may use none of them.
func withValues(condition string, values map[string]any) clause.NamedExpr {
	return clause.NamedExpr{SQL: condition, Vars: []any{values}}
}

// narrow adds the conditions of what was chosen.
func (f CatalogueFilter) narrow(q *gorm.DB, db *record.DB) *gorm.DB {
	for _, row := range CatalogueFilters {
		if value := f.Chosen[row.Name]; value != "" {
			q = q.Where(withValues(row.condition, map[string]any{
				"value": row.Stored(value), "now": db.Now(), "today": record.DayOf(db.Now()).Date(),
			}))
		}
	}
	if f.Institution != 0 {
		q = q.Where("p.institution_id = ?", f.Institution)
	}
	return q
}

package journey

import (
	"strings"
	"testing"
	"time"

	"naikkelas/internal/refdata"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// ruleDay is a day on which every rule of the release holds.
var ruleDay = record.DateDay(time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC))

// A made is a Rulebook under construction, without a database.
type made struct {
	*Rulebook
	t testing.TB
}

// released are the rules of the release.
func released(t testing.TB) made {
	t.Helper()
	m := made{&Rulebook{rows: map[string][]dated.Version{}, countries: map[string]models.Text{}}, t}
	for _, table := range refdata.RuleTables() {
		rows, err := refdata.RuleRows(table)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			m.add(table, row.Code, row.From, nil, row.Says)
		}
	}
	return m.again()
}

// add puts in a version of a row.
func (m made) add(table, code string, from time.Time, to *time.Time, says map[string]string) {
	m.t.Helper()
	kept := dated.Values{}
	for column, text := range says {
		for _, list := range []string{"blocks", "routes", "certificate_types", "language_levels", "occupations"} {
			if column == list {
				text = strings.ReplaceAll(text, ";", "\n")
			}
		}
		kept[column] = text
	}
	if country := kept["country_code"]; country != "" {
		m.countries[country] = models.Text{ID: "Negara " + country, EN: "Country " + country}
	}
	n := len(m.rows[table]) + 1
	m.rows[table] = append(m.rows[table], dated.Version{
		ID: int64(n), Code: code, Says: kept, ValidFrom: from, ValidTo: to, Position: n, CheckedOn: &from,
	})
}

// again reads the rules after a change.
func (m made) again() made {
	m.t.Helper()
	if err := m.read(); err != nil {
		m.t.Fatal(err)
	}
	return m
}

// version finds the newest version of a row.
func (m made) version(table, code string) *dated.Version {
	m.t.Helper()
	for i := len(m.rows[table]) - 1; i >= 0; i-- {
		if m.rows[table][i].Code == code {
			return &m.rows[table][i]
		}
	}
	m.t.Fatalf("no %s in %s", code, table)
	return nil
}

// keys are the keys of needs, in their order.
func keys(needs []Need) (list []string) {
	for _, n := range needs {
		list = append(list, n.Key)
	}
	return list
}

// needOf finds a need in a list.
func needOf(t testing.TB, needs []Need, key string) Need {
	t.Helper()
	for _, n := range needs {
		if n.Key == key {
			return n
		}
	}
	t.Fatalf("no %s in %v", key, keys(needs))
	return Need{}
}

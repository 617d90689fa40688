package refdata

import (
	"strings"
	"testing"
)

// all loads a file, checks how many rows it has and keys them by code.
func all[T any](t *testing.T, load func() ([]T, error), want int, code func(T) string) map[string]T {
	t.Helper()
	rows, err := load()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != want {
		t.Errorf("%d rows, want %d", len(rows), want)
	}
	byCode := make(map[string]T, len(rows))
	for _, row := range rows {
		byCode[code(row)] = row
	}
	return byCode
}

// refers checks that each code names a row of the other file.
func refers[T any](t *testing.T, from string, rows map[string]T, codes ...string) {
	t.Helper()
	for _, code := range codes {
		if _, ok := rows[code]; !ok {
			t.Errorf("%s refers to %q, which does not exist", from, code)
		}
	}
}

func allCountries(t *testing.T) map[string]Country {
	return all(t, Countries, 249, func(c Country) string { return c.Code })
}

func TestRegionsAreWhole(t *testing.T) {
	provinces := all(t, Provinces, 38, func(p Province) string { return p.Code })
	regencies := all(t, Regencies, 514, func(r Regency) string { return r.Code })
	districts := all(t, Districts, 44, func(d District) string { return d.Code })
	villages := all(t, Villages, 267, func(v Village) string { return v.Code })
	if got := provinces["31"].Name; got != "DKI Jakarta" {
		t.Errorf("province 31 is %q on screen", got)
	}
	kinds := map[RegencyKind]int{}
	for code, r := range regencies {
		kinds[r.Kind]++
		refers(t, code, provinces, r.Province)
		if !strings.HasPrefix(code, r.Province+".") {
			t.Errorf("%s is not in province %s by its code", code, r.Province)
		}
		if r.Jakarta != (r.Province == "31") {
			t.Errorf("%s: jakarta is %t", code, r.Jakarta)
		}
	}
	want := map[RegencyKind]int{Kabupaten: 415, Kota: 93, KabupatenAdministrasi: 1, KotaAdministrasi: 5}
	for kind, n := range want {
		if kinds[kind] != n {
			t.Errorf("%d of kind %s, want %d", kinds[kind], kind, n)
		}
	}
	for code, d := range districts {
		refers(t, code, regencies, d.Regency)
		if !regencies[d.Regency].Jakarta || !strings.HasPrefix(code, d.Regency+".") {
			t.Errorf("%s does not lie in Jakarta's %s", code, d.Regency)
		}
		if d.NIKPrefix != strings.ReplaceAll(code, ".", "") {
			t.Errorf("%s: NIK prefix %s", code, d.NIKPrefix)
		}
	}
	for code, v := range villages {
		refers(t, code, districts, v.District)
		if !strings.HasPrefix(code, v.District+".") {
			t.Errorf("%s is not in district %s by its code", code, v.District)
		}
	}
}

func TestCountriesAreWhole(t *testing.T) {
	destinations, cautions := 0, 0
	alpha3 := map[string]string{}
	for code, c := range allCountries(t) {
		if len(code) != 2 || len(c.Alpha3) != 3 || alpha3[c.Alpha3] != "" {
			t.Errorf("%s: codes are not ISO's: %+v", code, c)
		}
		alpha3[c.Alpha3] = code
		if c.CallingCode != "" && !strings.HasPrefix(c.CallingCode, "+") {
			t.Errorf("%s: calling code %q", code, c.CallingCode)
		}
		if c.Destination {
			destinations++
		}
		if c.Caution {
			cautions++
			if c.Destination || c.Note.Empty() {
				t.Errorf("%s: a caution needs a note and is no common destination", code)
			}
		}
	}
	if destinations != 32 || cautions != 5 {
		t.Errorf("%d destinations and %d cautions", destinations, cautions)
	}
}

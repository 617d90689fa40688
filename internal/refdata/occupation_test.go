package refdata

import (
	"regexp"
	"slices"
	"testing"
)

func allOccupations(t *testing.T) map[string]Occupation {
	return all(t, Occupations, 53, func(o Occupation) string { return o.Code })
}

func allSectors(t *testing.T) map[string]Sector {
	return all(t, Sectors, 3, func(s Sector) string { return s.Code })
}

func allCentres(t *testing.T) map[string]Centre {
	return all(t, Centres, 6, func(c Centre) string { return c.Code })
}

func allEducation(t *testing.T) map[string]EducationLevel {
	return all(t, EducationLevels, 13, func(l EducationLevel) string { return l.Code })
}

func TestOccupationsBelongToSectorsAndCountries(t *testing.T) {
	sectors, countries := allSectors(t), allCountries(t)
	perSector := map[string]int{}
	isco := regexp.MustCompile(`^[1-9]\d{3}$`)
	for code, o := range allOccupations(t) {
		refers(t, code, sectors, o.Sector)
		refers(t, code, countries, o.Destinations...)
		perSector[o.Sector]++
		if !isco.MatchString(o.ISCO08) {
			t.Errorf("%s: ISCO-08 code %q", code, o.ISCO08)
		}
		for _, d := range o.Destinations {
			if countries[d].Caution {
				t.Errorf("%s names %s, which carries a caution, as a destination", code, d)
			}
		}
	}
	if perSector["teknik"] != 24 || perSector["perhotelan"] != 15 || perSector["kreatif"] != 14 {
		t.Errorf("occupations per sector: %v", perSector)
	}
}

// A statement on demand always says when it was made.
func TestDemandIsDated(t *testing.T) {
	year := regexp.MustCompile(`20\d\d`)
	for code, o := range allOccupations(t) {
		if !o.Demand.Empty() && (!year.MatchString(o.Demand.ID) || !year.MatchString(o.Demand.EN)) {
			t.Errorf("%s: demand without a year: %+v", code, o.Demand)
		}
	}
}

func TestEducationIsInOrder(t *testing.T) {
	levels := allEducation(t)
	rows, err := EducationLevels()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(rows, func(a, b EducationLevel) int { return a.Rank - b.Rank }) {
		t.Error("levels are not in the order of their ranks")
	}
	if levels["SMA"].Rank != levels["SMK"].Rank {
		t.Error("SMA and SMK do not meet the same minimum")
	}
}

func TestCentresLieInJakarta(t *testing.T) {
	regencies := all(t, Regencies, 514, func(r Regency) string { return r.Code })
	for code, c := range allCentres(t) {
		refers(t, code, regencies, c.Regency)
		if !regencies[c.Regency].Jakarta {
			t.Errorf("%s is not in Jakarta", code)
		}
		if (c.Address != "") != (code == "PPKD_JT") {
			t.Errorf("%s: address %q; only one address is confirmed", code, c.Address)
		}
	}
}

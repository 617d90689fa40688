package refdata

import (
	"slices"
	"strings"
	"testing"
)

func allProgrammes(t *testing.T) map[string]DemoProgramme {
	return all(t, DemoProgrammes, 42, func(p DemoProgramme) string { return p.Code })
}

func TestDemoInstitutionsShowThatTheyAreInvented(t *testing.T) {
	sectors := allSectors(t)
	regencies := all(t, Regencies, 514, func(r Regency) string { return r.Code })
	for code, i := range all(t, DemoInstitutions, 2, func(i DemoInstitution) string { return i.Code }) {
		refers(t, code, sectors, i.Sector)
		refers(t, code, regencies, i.Regency)
		if i.Marker != "Contoh" || !strings.Contains(i.Name, "Contoh") || !strings.HasSuffix(i.Email, ".example") {
			t.Errorf("%s could be taken for a real institution: %+v", code, i)
		}
	}
}

func TestDemoProgrammesReferToWhatExists(t *testing.T) {
	sectors, occupations, education, countries := allSectors(t), allOccupations(t), allEducation(t), allCountries(t)
	centres := allCentres(t)
	invented := all(t, DemoInstitutions, 2, func(i DemoInstitution) string { return i.Code })
	regencies := all(t, Regencies, 514, func(r Regency) string { return r.Code })
	perSector := map[string]int{}
	for code, p := range allProgrammes(t) {
		perSector[p.Sector]++
		refers(t, code, sectors, p.Sector)
		refers(t, code, occupations, p.Occupation)
		refers(t, code, education, p.EducationMin)
		refers(t, code, countries, p.Destinations...)
		refers(t, code, regencies, p.Regency)
		if _, public := centres[p.Institution]; !public {
			refers(t, code, invented, p.Institution)
		}
		occupation := occupations[p.Occupation]
		if occupation.Sector != p.Sector {
			t.Errorf("%s is of sector %s, its occupation of %s", code, p.Sector, occupation.Sector)
		}
		for _, d := range p.Destinations {
			if !slices.Contains(occupation.Destinations, d) {
				t.Errorf("%s names %s, its occupation does not", code, d)
			}
		}
	}
	if perSector["teknik"] != 18 || perSector["perhotelan"] != 13 || perSector["kreatif"] != 11 {
		t.Errorf("programmes per sector: %v", perSector)
	}
}

func TestDemoProgrammesKeepTheRulesOfProgrammes(t *testing.T) {
	for code, p := range allProgrammes(t) {
		if p.Marker != "Contoh" || strings.Contains(p.Title, "ontoh") {
			t.Errorf("%s: the marker is in its column and not in the title", code)
		}
		if sentences := strings.Count(p.Description, "."); sentences < 2 || sentences > 4 {
			t.Errorf("%s: %d sentences of description", code, sentences)
		}
		if perDay := p.HoursJP / p.Days; p.MinutesPerJP != 45 || perDay < 3 || perDay > 9 {
			t.Errorf("%s: %d JP in %d days", code, p.HoursJP, p.Days)
		}
		if p.AgeMin < 17 || p.AgeMax != 0 && p.AgeMax < p.AgeMin {
			t.Errorf("%s: ages %d to %d", code, p.AgeMin, p.AgeMax)
		}
		if (p.PhysicalNeed == "") != (p.PhysicalReason == "") {
			t.Errorf("%s: a physical need goes with its reason", code)
		}
		if p.BNSPTest != (p.KKNI > 0) {
			t.Errorf("%s: a level goes with a BNSP test", code)
		}
		if !p.TrainingCertificate || len(p.Facilities) == 0 || len(p.Requirements) == 0 || len(p.Prepare) == 0 {
			t.Errorf("%s is incomplete", code)
		}
		if p.Funding != SelfPaid && !p.RequiresDKI {
			t.Errorf("%s is paid by others and open to everybody", code)
		}
	}
}

func TestDemoCostsAddUp(t *testing.T) {
	programmes := allProgrammes(t)
	sums := map[string]int{}
	for code, c := range all(t, DemoCosts, 19, func(c DemoCost) string { return c.Code }) {
		refers(t, code, programmes, c.Programme)
		if c.Amount <= 0 {
			t.Errorf("%s costs %d", code, c.Amount)
		}
		sums[c.Programme] += c.Amount
	}
	paid := 0
	for code, p := range programmes {
		if p.CostTotal != sums[code] {
			t.Errorf("%s costs %d, its lines %d", code, p.CostTotal, sums[code])
		}
		if costs := p.CostTotal > 0; costs != (p.Funding == SelfPaid) || costs != (p.RefundRule != "") {
			t.Errorf("%s: cost %d, funding %s, refund rule %q", code, p.CostTotal, p.Funding, p.RefundRule)
		}
		if p.Funding == SelfPaid {
			paid++
		}
	}
	if paid == 0 {
		t.Error("no self-paid programme to show a cost table")
	}
}

func TestDemoIntakesFollowTheCalendar(t *testing.T) {
	programmes := allProgrammes(t)
	perProgramme := map[string]int{}
	rows, err := DemoIntakes()
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range rows {
		refers(t, in.Code, programmes, in.Programme)
		perProgramme[in.Programme]++
		if in.Number != perProgramme[in.Programme] {
			t.Errorf("%s is intake %d", in.Code, in.Number)
		}
		days := []int{in.OpensIn, in.ClosesIn, in.AnnounceIn, in.StartsIn, in.EndsIn}
		if in.Selection == ByTest {
			days = slices.Insert(days, 2, in.TestIn)
		}
		if !slices.IsSorted(days) {
			t.Errorf("%s: days out of order: %v", in.Code, days)
		}
		if in.EndsIn-in.StartsIn+1 < programmes[in.Programme].Days {
			t.Errorf("%s is too short for its lessons", in.Code)
		}
		if in.Quota < 10 || in.Quota > 20 || in.Reserve < 2 || in.Reserve > 4 {
			t.Errorf("%s: %d seats and %d reserves", in.Code, in.Quota, in.Reserve)
		}
	}
	for code := range programmes {
		if perProgramme[code] < 1 || perProgramme[code] > 3 {
			t.Errorf("%s has %d intakes", code, perProgramme[code])
		}
	}
}

func TestDemoIntakesCoverEveryMoment(t *testing.T) {
	rows, err := DemoIntakes()
	if err != nil {
		t.Fatal(err)
	}
	moments := map[string]func(DemoIntake) bool{
		"not yet open":      func(in DemoIntake) bool { return in.OpensIn > 0 },
		"open":              func(in DemoIntake) bool { return in.OpensIn <= 0 && in.ClosesIn > 2 },
		"closing in 2 days": func(in DemoIntake) bool { return in.ClosesIn == 2 },
		"closed":            func(in DemoIntake) bool { return in.ClosesIn < 0 && in.StartsIn > 0 },
		"running":           func(in DemoIntake) bool { return in.StartsIn <= 0 && in.EndsIn >= 0 },
		"finished":          func(in DemoIntake) bool { return in.EndsIn < 0 },
		"first come, open":  func(in DemoIntake) bool { return in.Selection == FirstCome && in.OpensIn <= 0 && in.ClosesIn >= 0 },
		"evening":           func(in DemoIntake) bool { return in.Session == "malam" },
	}
	for name, fits := range moments {
		if !slices.ContainsFunc(rows, fits) {
			t.Errorf("no intake is %s", name)
		}
	}
}

package journey

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"naikkelas/models"
	"naikkelas/models/record/dated"
)

// random makes a set of rules that may break every promise: papers that wait for each other, rows that overlap, end, or
// name nothing that there is.
func random(t testing.TB, r *rand.Rand) made {
	m := made{&Rulebook{rows: map[string][]dated.Version{}, countries: map[string]models.Text{}}, t}
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	for _, route := range []string{"R1", "R2"} {
		m.add(routeRows, route, ruleDay.Plus(-900).Date(), nil, map[string]string{"name_id": route, "name_en": route})
	}
	for i := range 8 {
		code := fmt.Sprintf("D%d", i)
		m.add(documentRows, code, ruleDay.Plus(-900).Date(), nil, map[string]string{"name_id": code, "name_en": code})
	}
	for i := range 4 + r.IntN(20) {
		from := ruleDay.Plus(r.IntN(60) - 40).Date()
		var to *time.Time
		if r.IntN(3) == 0 {
			to = new(from.AddDate(0, 0, r.IntN(30)))
		}
		says := map[string]string{
			"document_code": fmt.Sprintf("D%d", r.IntN(9)), "route": pick("R1", "R2"), "country_code": pick("", "", "DE"),
			"grade": pick(Required, Recommended, notNeeded), "step": fmt.Sprint(r.IntN(5) * 10), "variant": pick("", "", "1", "2"),
			"blocks": pick("", "D1", "D2;D3", "D4", "D5;D6;D7"), "condition": pick("", "", "A", "bukan(B)", "semua(A, salah_satu(B, negara(DE)))"),
		}
		if says["condition"] != "" {
			says["why_id"], says["why_en"] = "Bila begitu.", "If so."
		}
		if says["country_code"] != "" {
			says["scheme"] = pick("", "S")
		}
		m.add(ruleRows, fmt.Sprintf("X%d", i), from, to, says)
	}
	return m.again()
}

// Whatever the rules are: a list is finite, names each need once and says why it is there; what is named as held up is in
// the list; what is known decides; and where the check of the whole finds no circle, what holds others up stands first.
func TestRandomRulesKeepTheirPromises(t *testing.T) {
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 1))
		m := random(t, r)
		day := ruleDay.Plus(r.IntN(20))
		f := Facts{Route: "R1", Country: []string{"", "DE"}[r.IntN(2)], Scheme: []string{"", "S"}[r.IntN(2)], Says: map[string]Answer{}}
		for _, code := range []string{"A", "B"} {
			if answer := []Answer{"", Yes, No, Unknown}[r.IntN(4)]; answer != "" {
				f.Says[code] = answer
			}
		}
		list := m.Checklist(day, f)
		circles := false
		m.circles(day, func(string, ...any) { circles = true })
		for i, n := range list {
			if slices.Index(keys(list), n.Key) != i {
				t.Fatalf("seed %d: %s twice", seed, n.Key)
			}
			if n.Because.ID == "" || n.Because.EN == "" || n.RuleCode == "" || n.Name.ID == "" {
				t.Fatalf("seed %d: %+v does not say why it is there", seed, n)
			}
			if (n.Grade == ToAsk) != (len(n.Ask) > 0) {
				t.Fatalf("seed %d: %+v asks for nothing", seed, n)
			}
			for _, code := range n.Ask {
				if a := f.Says[code]; a == Yes || a == No || code == AskCountry && f.Country != "" {
					t.Fatalf("seed %d: %s asks for %s, which is known", seed, n.Key, code)
				}
			}
			for _, key := range n.Blocks {
				at := slices.Index(keys(list), key)
				if at < 0 || at < i && !circles {
					t.Fatalf("seed %d: %s holds up %s in %v", seed, n.Key, key, keys(list))
				}
			}
		}
		if again := m.Checklist(day, f); len(Compare(list, again)) > 0 {
			t.Fatalf("seed %d: the same rules make another list", seed)
		}
		for _, h := range m.Holes(day) {
			if h.From == day && h.Code == "" {
				t.Fatalf("seed %d: %+v", seed, h)
			}
		}
	}
}

// Rules that wait for each other are found, whichever papers they are.
func TestCirclesAreFound(t *testing.T) {
	m := released(t)
	for _, code := range []string{"PS_E_PMI", "GG_KR_EPS_E_PMI", "PL_BPJS_TK"} {
		v := m.version(ruleRows, code)
		was := v.Says["blocks"]
		v.Says["blocks"] = "KTP"
		found := m.again().faults(ruleDay)
		if len(found) == 0 || found[0].Key != "rule.fault.circle" {
			t.Errorf("%s: %v", code, found)
		}
		v.Says["blocks"] = was
	}
	if found := m.again().faults(ruleDay); len(found) > 0 {
		t.Errorf("%+v", found[0])
	}
}

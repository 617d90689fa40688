package journey

import (
	"slices"
	"testing"
	"time"

	"naikkelas/models/record"
)

var (
	korea   = Facts{Route: "G_TO_G", Country: "KR", Scheme: "EPS"}
	germany = Facts{Route: "PERSEORANGAN", Country: "DE"}
)

func TestTheRulesOfTheReleaseAreWhole(t *testing.T) {
	m := released(t)
	for _, fault := range m.faults(record.DateDay(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))) {
		t.Error(fault.Key, fault.Args)
	}
	if holes := m.Holes(ruleDay); len(holes) > 0 {
		t.Error(holes)
	}
	for _, table := range ruleDescriptions() {
		for _, v := range m.rows[table.Name] {
			if table.Check != nil {
				if err := table.Check(v.Says); err != nil {
					t.Error(table.Name, v.Code, err)
				}
			}
		}
	}
}

// Every rule of the release is in the list of somebody.
func TestEveryRuleDrivesAList(t *testing.T) {
	m := released(t)
	for _, r := range m.rules {
		f := Facts{Route: r.route, Country: r.country, Scheme: r.scheme}
		found := slices.ContainsFunc(m.Checklist(ruleDay, f), func(n Need) bool { return n.RuleCode == r.Code })
		if !found {
			t.Errorf("%s is in no list of %+v", r.Code, f)
		}
	}
	if len(m.rules) != 177 {
		t.Errorf("%d rules", len(m.rules))
	}
}

func TestPapersOfASchemeStayWithIt(t *testing.T) {
	m := released(t)
	eps, own := keys(m.Checklist(ruleDay, korea)), keys(m.Checklist(ruleDay, germany))
	for _, key := range []string{"EPS_RESULT", "SLC", "CCVI", "PRELIM", "SEHAT.1", "SEHAT.2"} {
		if !slices.Contains(eps, key) {
			t.Errorf("nobody who goes to Korea is asked for %s", key)
		}
		if slices.Contains(own, key) {
			t.Errorf("who goes to Germany alone is asked for %s", key)
		}
	}
	if slices.Contains(eps, "SEHAT") || slices.Contains(eps, "PERJ_KERJA") {
		t.Error(eps)
	}
	if list := m.Checklist(ruleDay, Facts{}); len(list) > 0 {
		t.Error("a list without a route:", keys(list))
	}
}

func TestElevenPapersOfThoseWhoGoAlone(t *testing.T) {
	var core []string
	for _, n := range released(t).Checklist(ruleDay, germany) {
		if n.Core {
			core = append(core, n.Key)
		}
	}
	slices.Sort(core)
	want := []string{
		"BPJS_TK", "IZIN_KELUARGA", "JKN", "PERJ_KERJA", "PERNYATAAN_RISIKO", "PROFIL_PEMBERI_KERJA", "SEHAT", "SERT_KOMPETENSI",
		"STATUS_KAWIN", "SURAT_PANGGILAN", "VISA_KERJA",
	}
	if !slices.Equal(core, want) {
		t.Errorf("got %v", core)
	}
}

func TestTheCloserRuleReplacesTheGeneralOne(t *testing.T) {
	m := released(t)
	list := m.Checklist(ruleDay, Facts{Route: "P_TO_P", Country: "JP", Scheme: "SSW"})
	if n := needOf(t, list, "SERT_KOMPETENSI"); n.Grade != Recommended || n.RuleCode != "PP_JP_SSW_SERT_KOMPETENSI" || len(n.Blocks) > 0 {
		t.Errorf("%+v", n)
	}
	if n := needOf(t, m.Checklist(ruleDay, Facts{Route: "P_TO_P", Country: "JP"}), "SERT_KOMPETENSI"); n.RuleCode != "PP_SERT_KOMPETENSI" {
		t.Errorf("without the scheme: %s", n.RuleCode)
	}
	before, skilled := record.DateDay(time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC)), Facts{Route: "P_TO_P", Country: "JP", Scheme: "SSW"}
	if n := needOf(t, m.Checklist(before, skilled), "KTP"); n.RuleCode != "PP_KTP" {
		t.Errorf("before its first day: %s", n.RuleCode)
	}
	if n := needOf(t, m.Checklist(before.Plus(1), skilled), "KTP"); n.RuleCode != "PP_JP_SSW_KTP" {
		t.Errorf("on its first day: %s", n.RuleCode)
	}
	turkey := needOf(t, m.Checklist(ruleDay, Facts{Route: "P_TO_P", Country: "TR"}), "APOSTILLE")
	if turkey.Grade != Recommended || len(turkey.Ask) > 0 {
		t.Errorf("%+v", turkey)
	}
}

func TestWhatIsNotKnownStaysToBeAsked(t *testing.T) {
	m := released(t)
	f := germany
	n := needOf(t, m.Checklist(ruleDay, f), "SKCK")
	if n.Grade != ToAsk || !slices.Equal(n.Ask, []string{"PEMBERI_KERJA_MINTA_SKCK", "KEDUTAAN_MINTA_SKCK"}) || n.Because.ID == "" {
		t.Errorf("%+v", n)
	}
	f.Says = map[string]Answer{"KEDUTAAN_MINTA_SKCK": Yes, "PENDIDIKAN_DIMINTA": Unknown}
	list := m.Checklist(ruleDay, f)
	if n := needOf(t, list, "SKCK"); n.Grade != Required || len(n.Ask) > 0 {
		t.Errorf("%+v", n)
	}
	if n := needOf(t, list, "IJAZAH"); n.Grade != ToAsk {
		t.Errorf("%+v", n)
	}
	f.Says["PEMBERI_KERJA_MINTA_SKCK"], f.Says["KEDUTAAN_MINTA_SKCK"] = No, No
	if slices.Contains(keys(m.Checklist(ruleDay, f)), "SKCK") {
		t.Error("a paper that nobody asks for is in the list")
	}
	var codes []string
	for _, q := range m.Questions(ruleDay, f) {
		codes = append(codes, q.Code)
	}
	if !slices.Contains(codes, "KEDUTAAN_MINTA_SKCK") || slices.Contains(codes, "SLC_BARU") {
		t.Error("questions:", codes)
	}
}

// What holds others up stands before them, however the rows are ordered.
func TestWhatHoldsUpOthersStandsFirst(t *testing.T) {
	m := released(t)
	slices.Reverse(m.rules)
	for _, f := range []Facts{korea, germany, {Route: "P_TO_P", Country: "JP", Scheme: "SSW"}, {Route: "PELAUT"}} {
		list := m.Checklist(ruleDay, f)
		for i, n := range list {
			for _, key := range n.Blocks {
				if at := slices.Index(keys(list), key); at < i {
					t.Errorf("%s holds up %s and stands behind it", n.Key, key)
				}
			}
		}
	}
}

// A time in which no version of a rule holds is loud: never the general rule behind it.
func TestAGapIsLoud(t *testing.T) {
	m := released(t)
	last := ruleDay.Plus(-10).Date()
	v := m.version(ruleRows, "PP_JP_SSW_SERT_KOMPETENSI")
	v.ValidTo = &last
	m.again()
	f := Facts{Route: "P_TO_P", Country: "JP", Scheme: "SSW"}
	if n := needOf(t, m.Checklist(ruleDay, f), "SERT_KOMPETENSI"); !n.Gap || n.RuleCode != "PP_JP_SSW_SERT_KOMPETENSI" {
		t.Errorf("%+v", n)
	}
	holes := m.Holes(ruleDay)
	if len(holes) != 1 || holes[0].Code != "PP_JP_SSW_SERT_KOMPETENSI" || holes[0].From != ruleDay.Plus(-9) {
		t.Errorf("%+v", holes)
	}
	m.add(ruleRows, "NEU", ruleDay.Plus(5).Date(), nil, v.Says)
	m.again()
	if n := needOf(t, m.Checklist(ruleDay.Plus(5), f), "SERT_KOMPETENSI"); n.Gap || n.RuleCode != "NEU" {
		t.Errorf("after the gap: %+v", n)
	}
	if n := needOf(t, m.Checklist(ruleDay.Plus(4), f), "SERT_KOMPETENSI"); !n.Gap {
		t.Errorf("before the next row: %+v", n)
	}
	// A rule that was ended for good leaves no gap: the general one holds again.
	v = m.version(ruleRows, "PP_JP_SSW_SERT_KOMPETENSI")
	v.Ended = true
	m.again()
	if n := needOf(t, m.Checklist(ruleDay, f), "SERT_KOMPETENSI"); n.Gap || n.RuleCode != "PP_SERT_KOMPETENSI" {
		t.Errorf("after its end: %+v", n)
	}
}

func TestALeadTimeThatNobodyKnowsIsNone(t *testing.T) {
	m := released(t)
	list := m.Checklist(ruleDay, korea)
	if n := needOf(t, list, "SLC"); n.Lead != nil {
		t.Errorf("SLC: %+v", n.Lead)
	}
	ktp := needOf(t, list, "KTP").Lead
	if ktp == nil || ktp.DaysMin != nil || ktp.DaysMax != nil || ktp.CostMax == nil || *ktp.CostMax != 0 {
		t.Errorf("KTP: %+v", ktp)
	}
	if second := needOf(t, list, "SEHAT.2").Lead; second == nil || second.CostMin == nil || *second.CostMin != 850000 {
		t.Errorf("second check-up: %+v", second)
	}
	if first := needOf(t, list, "SEHAT.1").Lead; first == nil || *first.CostMin != 300000 {
		t.Errorf("first check-up: %+v", first)
	}
	passport := needOf(t, list, "PASPOR")
	if len(passport.Leads) != 2 || *passport.Lead.CostMin != 0 || *passport.Lead.CostMax != 950000 || *passport.Lead.DaysMax != 4 {
		t.Errorf("passport: %+v", passport.Lead)
	}
	if visa := needOf(t, m.Checklist(ruleDay, germany), "VISA_KERJA").Lead; visa != nil {
		t.Errorf("the visa of Germany takes as long as that of %+v", visa)
	}
	if bpjs := needOf(t, m.Checklist(ruleDay, germany), "BPJS_TK").Lead; bpjs == nil || *bpjs.CostMin != 108000 {
		t.Errorf("social security: %+v", bpjs)
	}
}

func TestThreeAnswersProposeARoute(t *testing.T) {
	m := released(t)
	for _, c := range []struct {
		place, who, before string
		want               string
	}{
		{"DI_DARAT", "DIURUS_P3MI", "PEMBERI_KERJA_BARU", "P_TO_P"},
		{"DI_DARAT", "DIURUS_PEMERINTAH", "PEMBERI_KERJA_BARU", "G_TO_G"},
		{"DI_DARAT", "DIURUS_KANTOR", "PEMBERI_KERJA_BARU", "UKPS"},
		{"DI_DARAT", "DIURUS_SENDIRI", "PEMBERI_KERJA_BARU", "PERSEORANGAN"},
		{"DI_DARAT", "DIURUS_SENDIRI", "KEMBALI_DARI_CUTI", "RE_ENTRY"},
		{"DI_KAPAL", "DIURUS_P3MI", "PEMBERI_KERJA_BARU", "PELAUT"},
	} {
		says := map[string]Answer{}
		for part, questions := range m.RouteQuestions(ruleDay) {
			for _, q := range questions {
				says[q.Code] = No
				if q.Code == map[string]string{PartPlace: c.place, PartWho: c.who, PartBefore: c.before}[part] {
					says[q.Code] = Yes
				}
			}
		}
		routes, sure := m.Propose(ruleDay, says)
		if !sure || len(routes) != 1 || routes[0].Code != c.want {
			t.Errorf("%+v proposes %v", c, routes)
		}
	}
	if routes, sure := m.Propose(ruleDay, nil); sure || len(routes) < 3 {
		t.Error("who knows nothing gets", routes)
	}
}

func TestChargesHaveNoCeilingWithoutARow(t *testing.T) {
	m := released(t)
	rules := m.Charges(ruleDay, korea)
	if rules.Ceiling != nil || len(rules.List) == 0 || rules.List[0].Kind != ChargeMayNot {
		t.Errorf("%+v", rules)
	}
	for _, c := range rules.List {
		if c.Ceiling != nil || c.Source == "" || c.Name.EN == "" {
			t.Errorf("%+v", c)
		}
	}
	m.add(chargeRows, "BATAS", ruleDay.Plus(-1).Date(), nil, map[string]string{
		"kind": chargeCeiling, "ceiling": "5000000", "routes": "P_TO_P", "country_code": "TW", "name_id": "Batas", "name_en": "Most",
		"source": "Uji",
	})
	taiwan := Facts{Route: "P_TO_P", Country: "TW"}
	if c := m.Charges(ruleDay, taiwan).Ceiling; c == nil || *c.Ceiling != 5000000 {
		t.Errorf("%+v", c)
	}
	if m.Charges(ruleDay, korea).Ceiling != nil || m.Charges(ruleDay.Plus(-2), taiwan).Ceiling != nil {
		t.Error("the ceiling holds for others, or before its day")
	}
}

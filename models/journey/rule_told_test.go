package journey

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// change publishes a row that says something else, looks at whom the draft would concern, and tells them; each step of the telling
// twice.
func (s *ruleStore) change(t *testing.T, table, row string, to map[string]string) (told []int64, audience Audience) {
	t.Helper()
	now := s.says(t, table, row)
	becomes := maps.Clone(now)
	maps.Copy(becomes, to)
	code, seen := s.draft(t, table, row, becomes)
	audience, err := s.RuleAudience(t.Context(), s.joko, now,
		dated.Change{OfTable: table, Code: code, Says: becomes, ValidFrom: s.dated.Today().Date()})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.publish(t, table, code, seen); err != nil {
		t.Fatal(err)
	}
	var tellings []int64
	if err := s.sql.Raw("SELECT id FROM rule_tellings WHERE done_at IS NULL").Scan(&tellings).Error; err != nil {
		t.Fatal(err)
	}
	for _, id := range slices.Concat(tellings, tellings) {
		if _, err := s.TellRuleNext(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	err = s.sql.Raw(`SELECT user_id FROM notices
		WHERE template = ? AND dedupe LIKE ? || ':%'
		ORDER BY user_id`, audience.Template, audience.Template).Scan(&told).Error
	if err != nil {
		t.Fatal(err)
	}
	if err := s.sql.Exec("DELETE FROM notices").Error; err != nil {
		t.Fatal(err)
	}
	return told, audience
}

// Of several people exactly those are told whose list, or page of costs, reads something else by a change of a paper, of how long
// it takes or of what may be charged; before publishing that many are counted.
func TestExactlyThoseConcernedAreToldOfPapersTimesAndCharges(t *testing.T) {
	s := newRules(t)
	asked := s.plan(t, "Suparmi", Facts{Route: "PERSEORANGAN", Country: "DE"}).ID
	korean := s.plan(t, "Budi", korea).ID
	japanese := s.plan(t, "Wati", Facts{Route: "PERSEORANGAN", Country: "JP", Scheme: "SSW", Says: map[string]Answer{
		"KEDUTAAN_MINTA_SKCK": Yes}}).ID
	none := s.plan(t, "Tuti", Facts{Route: "PERSEORANGAN", Country: "DE", Says: map[string]Answer{
		"PEMBERI_KERJA_MINTA_SKCK": No, "KEDUTAAN_MINTA_SKCK": No}}).ID
	undecided := s.plan(t, "Belum tahu", Facts{}).ID
	for _, c := range []struct {
		what, table, row string
		to               map[string]string
		want             []int64
		about            string
	}{
		{"a time", leadRows, "SKCK", map[string]string{"days_min": "2"}, []int64{asked, korean, japanese}, "Surat catatan kepolisian (SKCK)"},
		{"a paper", documentRows, "SKCK", map[string]string{"issuer_id": "Polda", "issuer_en": "Police"}, []int64{asked, korean, japanese}, ""},
		{"health", documentRows, "EPS_RESULT", map[string]string{"health": "true", "certificate_types": "", "language_levels": ""},
			[]int64{korean}, ""},
		{"a charge of one route", chargeRows, "SKCK", map[string]string{"routes": "G_TO_G"}, []int64{asked, japanese, none, undecided}, ""},
		{"a charge", chargeRows, "KESEHATAN", map[string]string{"note_id": "Bayar sendiri.", "note_en": "Pay yourself."},
			[]int64{asked, korean, japanese, none, undecided}, "Pemeriksaan kesehatan dan psikologi di Indonesia"},
		{"a source", leadRows, "SKCK", map[string]string{"source": "Polri 2026", "confidence": "low"}, nil, ""},
	} {
		told, audience := s.change(t, c.table, c.row, c.to)
		slices.Sort(c.want)
		if !slices.Equal(told, c.want) || audience.People != len(c.want) || c.about != "" && audience.About.ID != c.about {
			t.Errorf("%s: told %v, want %v, counted %d, about %q", c.what, told, c.want, audience.People, audience.About.ID)
		}
	}
	if n := s.rows(t, "rule_tellings WHERE told > 0"); n != 5 {
		t.Errorf("%d tellings", n)
	}
}

// rows counts rows.
func (s *ruleStore) rows(t testing.TB, from string) (n int) {
	t.Helper()
	if err := s.sql.Raw("SELECT count(*) FROM " + from).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// A draft that leaves a time without a rule shows which, and is published only by who said yes to that.
func TestAGapWantsAYes(t *testing.T) {
	s := newRules(t)
	kept, err := s.dated.Table(ruleRows)
	if err != nil {
		t.Fatal(err)
	}
	wish := dated.Wish{Why: "Uji", From: s.dated.Today().Date(), To: new(s.dated.Today().Plus(30).Date()),
		Token: "5b4b0f0e-0a43-4d0e-8f0f-1d6a1f0f8a11",
		Says: dated.Values{"document_code": "PASPOR", "route": "UKPS", "country_code": "DE", "grade": Required, "step": "5", "source": "Uji",
			"confidence": "low"}}
	code, err := s.dated.Save(t.Context(), s.rina, kept, "", wish)
	if err != nil {
		t.Fatal(err)
	}
	h, err := s.dated.Row(t.Context(), s.rina, kept, code)
	if err != nil {
		t.Fatal(err)
	}
	holes, err := s.DraftHoles(t.Context(), s.joko, *h.Draft)
	if err != nil || len(holes) != 1 || holes[0].From != s.dated.Today().Plus(31) || holes[0].Name.EN == "" {
		t.Fatalf("%+v: %v", holes, err)
	}
	if err := s.dated.Publish(t.Context(), s.joko, kept, code, h.Seen()); !errors.Is(err, dated.ErrHoles) {
		t.Errorf("unasked: %v", err)
	}
	if n := s.rows(t, "document_rules WHERE code = '"+code+"'"); n != 0 {
		t.Error("is published all the same")
	}
	if err := s.dated.PublishHoles(t.Context(), s.joko, kept, code, h.Seen()); err != nil {
		t.Error(err)
	}
	if _, err := s.DraftHoles(t.Context(), record.User{Role: record.Seeker}, *h.Draft); !errors.Is(err, record.ErrForbidden) {
		t.Errorf("not an officer: %v", err)
	}
	other := s.says(t, ruleRows, "PS_IJAZAH")
	other["note_id"], other["note_en"] = "Hanya bulan ini.", "This month only."
	over := dated.Change{OfTable: ruleRows, Code: "PS_IJAZAH", Says: other, ValidFrom: wish.From, ValidTo: wish.To}
	if holes, err := s.DraftHoles(t.Context(), s.joko, over); err != nil || len(holes) != 0 {
		t.Errorf("what holds again afterwards leaves %+v: %v", holes, err)
	}
}

// A condition that names no question that there is is refused at its field.
func TestAConditionNamesQuestionsThatThereAre(t *testing.T) {
	s := newRules(t)
	kept, err := s.dated.Table(ruleRows)
	if err != nil {
		t.Fatal(err)
	}
	h, err := s.dated.Row(t.Context(), s.rina, kept, "PS_SKCK")
	if err != nil {
		t.Fatal(err)
	}
	says := s.says(t, ruleRows, "PS_SKCK")
	says["condition"] = "semua(KEDUTAAN_MINTA_SKCK, TIDAK_ADA)"
	_, err = s.dated.Save(t.Context(), s.rina, kept, "PS_SKCK",
		dated.Wish{Says: says, From: s.dated.Today().Date(), Why: "Uji", Seen: h.Seen()})
	list := record.RefusalsIn(err)
	if len(list) != 1 || list[0].Key != "dated.unknown" || list[0].Field != "condition" {
		t.Errorf("%v", err)
	}
}

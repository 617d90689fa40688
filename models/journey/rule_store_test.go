package journey

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"gorm.io/gorm"

	"naikkelas/internal/i18n"
	"naikkelas/internal/refdata"
	"naikkelas/internal/seal"
	"naikkelas/internal/testdb"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// A ruleStore is a Store over a database with the rules of the release, and the officers Rina and Joko who keep them.
type ruleStore struct {
	*Store
	core       *models.Store
	dated      *dated.Store
	sql        *gorm.DB
	at         time.Time
	rina, joko record.User
}

var ruleBox = sync.OnceValues(func() (*seal.Box, error) {
	dir, err := testdb.Folder()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "rule-keyset.json")
	if err := seal.Generate(path); err != nil && !os.IsExist(err) {
		return nil, err
	}
	return seal.Open(path)
})

func newRules(t testing.TB) *ruleStore {
	t.Helper()
	testdb.Beside(t)
	db, _ := testdb.Open(t)
	sqldb, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	box, err := ruleBox()
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := river.NewClient[*sql.Tx](riverdatabasesql.New(sqldb), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	s := &ruleStore{sql: db, at: time.Date(2026, 11, 30, 12, 0, 0, 0, i18n.WIB)}
	kernel := record.New(db, func() time.Time { return s.at }, box, jobs)
	s.Store, s.core, s.dated = NewStore(kernel, nil), models.NewStore(kernel), dated.NewStore(kernel, DatedTables()...)
	admin := s.person(t, record.Admin, "Admin")
	s.rina, s.joko = s.person(t, record.Officer, "Rina"), s.person(t, record.Officer, "Joko")
	for _, u := range []record.User{s.rina, s.joko} {
		if err := s.core.GiveDuty(t.Context(), admin, u.Ref, record.DutyReference, "Surat tugas"); err != nil {
			t.Fatal(err)
		}
	}
	s.release(t)
	return s
}

// release brings in countries and the rules of the release.
func (s *ruleStore) release(t testing.TB) {
	t.Helper()
	countries, err := refdata.Countries()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range countries {
		err := s.core.SeedReference(t.Context(), models.ReferenceData{Countries: []models.Country{{
			Code: c.Code, Name: models.Text{ID: c.Name.ID, EN: c.Name.EN}, Note: models.Text{ID: "-", EN: "-"},
		}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, table := range refdata.RuleTables() {
		rows, err := refdata.RuleRows(table)
		if err != nil {
			t.Fatal(err)
		}
		seeds := make([]dated.Seed, len(rows))
		for i, r := range rows {
			seeds[i] = dated.Seed{Code: r.Code, Says: r.Says, From: r.From}
		}
		if err := s.dated.Follow(t.Context(), table, seeds); err != nil {
			t.Fatal(err)
		}
	}
}

func (s *ruleStore) person(t testing.TB, role record.Role, name string) record.User {
	t.Helper()
	email := record.FoldEmail(record.NewWord() + "@contoh.example")
	u := record.User{
		Ref: record.NewRef("RU"), Name: name, Role: role, Language: "id", Email: &email, PasswordHash: "-", CreatedAt: s.at, UpdatedAt: s.at,
	}
	if err := s.sql.Create(&u).Error; err != nil {
		t.Fatal(err)
	}
	return u
}

// plan opens a plan of a new person with answers.
func (s *ruleStore) plan(t testing.TB, name string, f Facts) record.User {
	t.Helper()
	u := s.person(t, record.Seeker, name)
	var id int64
	err := s.sql.Raw(`INSERT INTO readiness_plans (ref, user_id, route, country, scheme, occupation, opened_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)
		RETURNING id`, record.NewRef("RU"), u.ID, f.Route, f.Country, f.Scheme, f.Occupation, s.at.Add(-time.Hour)).Scan(&id).Error
	if err != nil {
		t.Fatal(err)
	}
	for fact, says := range f.Says {
		err := s.sql.Exec("INSERT INTO readiness_answers (plan_id, fact, says, answered_at) VALUES (?, ?, ?, ?)", id, fact, says, s.at).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	return u
}

// draft writes what a row is to say from today on and gives what its reader has seen.
func (s *ruleStore) draft(t testing.TB, table, code string, says dated.Values) (string, dated.Seen) {
	t.Helper()
	kept, err := s.dated.Table(table)
	if err != nil {
		t.Fatal(err)
	}
	w := dated.Wish{Says: says, From: s.dated.Today().Date(), Why: "Aturan baru", Token: uuid.NewString(), Code: says["code"]}
	if code != "" {
		h, err := s.dated.Row(t.Context(), s.rina, kept, code)
		if err != nil {
			t.Fatal(err)
		}
		w.Seen = h.Seen()
	}
	if code, err = s.dated.Save(t.Context(), s.rina, kept, code, w); err != nil {
		t.Fatal(err)
	}
	h, err := s.dated.Row(t.Context(), s.rina, kept, code)
	if err != nil {
		t.Fatal(err)
	}
	return code, h.Seen()
}

// publish publishes a row's draft by the second officer.
func (s *ruleStore) publish(t testing.TB, table, code string, seen dated.Seen) error {
	t.Helper()
	kept, err := s.dated.Table(table)
	if err != nil {
		t.Fatal(err)
	}
	return s.dated.Publish(t.Context(), s.joko, kept, code, seen)
}

// says is what a row says today, to be changed.
func (s *ruleStore) says(t testing.TB, table, code string) dated.Values {
	t.Helper()
	list, err := s.dated.All(t.Context(), table, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range list {
		if v.Code == code && v.HoldsOn(s.dated.Today()) {
			return v.Says
		}
	}
	t.Fatalf("no %s in %s", code, table)
	return nil
}

// Ten people have plans, and exactly the three are told whom the row's own condition concerns, once each.
func TestExactlyThoseConcernedAreToldOfARule(t *testing.T) {
	s := newRules(t)
	alone := Facts{Route: "PERSEORANGAN", Country: "DE"}
	says := func(f Facts, answers map[string]Answer) Facts { f.Says = answers; return f }
	want := []int64{
		s.plan(t, "Suparmi", alone).ID, // has not answered: the paper is asked
		s.plan(t, "Budi", says(alone, map[string]Answer{"KEDUTAAN_MINTA_SKCK": Yes})).ID,
		s.plan(t, "Wati", says(Facts{Route: "PERSEORANGAN", Country: "JP", Scheme: "SSW"}, map[string]Answer{
			"PEMBERI_KERJA_MINTA_SKCK": Yes, "KEDUTAAN_MINTA_SKCK": No})).ID,
	}
	s.plan(t, "Tuti", says(alone, map[string]Answer{"PEMBERI_KERJA_MINTA_SKCK": No, "KEDUTAAN_MINTA_SKCK": No}))
	for _, f := range []Facts{korea, {Route: "P_TO_P", Country: "DE"}, {Route: "UKPS"}, {Route: "PELAUT"}, {}} {
		s.plan(t, "Lain", f)
	}
	gone := s.plan(t, "Sudah pergi", alone)
	if err := s.sql.Exec("UPDATE readiness_plans SET closed_at = opened_at WHERE user_id = ?", gone.ID).Error; err != nil {
		t.Fatal(err)
	}
	now := s.says(t, ruleRows, "PS_SKCK")
	becomes := dated.Values{}
	for column, text := range now {
		becomes[column] = text
	}
	becomes["note_id"], becomes["note_en"] = "Diurus di Polda.", "Get it from the provincial police."
	code, seen := s.draft(t, ruleRows, "PS_SKCK", becomes)
	audience, err := s.RuleAudience(t.Context(), s.joko, now, dated.Change{OfTable: ruleRows, Code: code, Says: becomes,
		ValidFrom: s.dated.Today().Date()})
	if err != nil || audience.People != len(want) {
		t.Errorf("before publishing: %+v, %v", audience, err)
	}
	if err := s.publish(t, ruleRows, code, seen); err != nil {
		t.Fatal(err)
	}
	var telling int64
	if err := s.sql.Raw("SELECT id FROM rule_tellings").Scan(&telling).Error; err != nil {
		t.Fatal(err)
	}
	for range 3 { // a step that runs again tells nobody twice
		if _, err := s.TellRuleNext(t.Context(), telling); err != nil {
			t.Fatal(err)
		}
	}
	var told []int64
	err = s.sql.Raw("SELECT user_id FROM notices WHERE template = 'rule_changed' ORDER BY user_id").Scan(&told).Error
	if err != nil || !slices.Equal(told, want) {
		t.Errorf("told %v, want %v: %v", told, want, err)
	}
	var count int
	if err := s.sql.Raw("SELECT told FROM rule_tellings WHERE done_at IS NOT NULL").Scan(&count).Error; err != nil || count != len(want) {
		t.Errorf("counted %d: %v", count, err)
	}
}

// A draft that breaks the rules among each other is not published, and says why.
func TestWhatBreaksTheRulesIsNotPublished(t *testing.T) {
	s := newRules(t)
	for _, c := range []struct {
		row    string
		change map[string]string
		key    string
	}{
		{"PS_E_PMI", map[string]string{"blocks": "PASPOR"}, "rule.fault.circle"},
		{"PS_SKCK", map[string]string{"condition": "skema(TIDAK_ADA)"}, "rule.fault.unknown"},
		{"PS_SKCK", map[string]string{"country_code": "DE", "scheme": "SSW"}, "rule.fault.scheme"},
		{"PS_SKCK", map[string]string{"document_code": "AK1"}, "rule.fault.twice"},
	} {
		becomes := dated.Values{}
		for column, text := range s.says(t, ruleRows, c.row) {
			becomes[column] = text
		}
		for column, text := range c.change {
			becomes[column] = text
		}
		code, seen := s.draft(t, ruleRows, c.row, becomes)
		err := s.publish(t, ruleRows, code, seen)
		if !errors.Is(err, &record.Refusal{Key: c.key}) {
			t.Errorf("%v: %v, want %s", c.change, err, c.key)
		}
		kept, err := s.dated.Table(ruleRows)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.dated.Drop(t.Context(), s.rina, kept, code, seen); err != nil {
			t.Fatal(err)
		}
	}
}

// A route, a paper, a permit system and a question are added as rows, and somebody has a list of them.
func TestANewWayNeedsNoCode(t *testing.T) {
	s := newRules(t)
	add := func(table string, says dated.Values) {
		t.Helper()
		code, seen := s.draft(t, table, "", says)
		if err := s.publish(t, table, code, seen); err != nil {
			t.Fatal(table, err)
		}
	}
	err := s.sql.Exec(`INSERT INTO countries SELECT (jsonb_populate_record(c, '{"code": "QX", "name_id": "Utopia", "name_en": "Utopia"}')).*
		FROM countries c WHERE c.code = 'DE'`).Error
	if err != nil {
		t.Fatal(err)
	}
	sourced := func(v dated.Values) dated.Values {
		v["source"], v["confidence"] = "Uji", "low"
		return v
	}
	add(factRows, dated.Values{"code": "DI_BULAN", "part": PartPlace, "question_id": "Di bulan", "question_en": "On the moon"})
	add(routeRows, sourced(dated.Values{
		"code": "KILAT", "name_id": "Kilat", "name_en": "Flash", "placed_by_id": "Uji", "placed_by_en": "Test", "proposed_when": "DI_BULAN",
	}))
	add(schemeRows, sourced(dated.Values{
		"code": "LUNA", "name_id": "Izin bulan", "name_en": "Moon permit", "country_code": "QX", "routes": "KILAT",
	}))
	add(documentRows, sourced(dated.Values{
		"code": "HELM", "name_id": "Helm", "name_en": "Helmet", "part": "permit", "issuer_id": "Uji", "issuer_en": "Test",
	}))
	add(ruleRows, sourced(dated.Values{
		"document_code": "HELM", "route": "KILAT", "country_code": "QX", "scheme": "LUNA", "grade": Required, "step": "10", "blocks": "PASPOR",
	}))
	add(ruleRows, sourced(dated.Values{"document_code": "PASPOR", "route": "KILAT", "grade": Required, "step": "5"}))
	today := record.DayOf(s.at)
	list, err := s.Checklist(t.Context(), today, Facts{Route: "KILAT", Country: "QX", Scheme: "LUNA"})
	if err != nil || !slices.Equal(keys(list), []string{"HELM", "PASPOR"}) || list[0].Name.EN != "Helmet" {
		t.Errorf("%v, %v", keys(list), err)
	}
	b, err := s.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if routes, sure := b.Propose(today, map[string]Answer{"DI_BULAN": Yes}); !sure || routes[0].Code != "KILAT" {
		t.Errorf("%v", routes)
	}
}

// A version that only runs out leaves a hole that officers see; ending a row for good leaves none.
func TestHolesAreCounted(t *testing.T) {
	s := newRules(t)
	kept, err := s.dated.Table(ruleRows)
	if err != nil {
		t.Fatal(err)
	}
	end := func(code string, w dated.Wish) {
		t.Helper()
		h, err := s.dated.Row(t.Context(), s.rina, kept, code)
		if err != nil {
			t.Fatal(err)
		}
		w.Seen, w.Why, w.From, w.To = h.Seen(), "Uji", s.dated.Today().Date(), new(s.dated.Today().Date())
		if _, err := s.dated.Save(t.Context(), s.rina, kept, code, w); err != nil {
			t.Fatal(err)
		}
		if h, err = s.dated.Row(t.Context(), s.rina, kept, code); err != nil {
			t.Fatal(err)
		}
		if err := s.publish(t, ruleRows, code, h.Seen()); err != nil {
			t.Fatal(err)
		}
	}
	end("PS_AK1", dated.Wish{Ends: true})
	other := s.says(t, ruleRows, "PS_IJAZAH")
	other["note_id"], other["note_en"] = "Hanya hari ini.", "Today only."
	end("PS_IJAZAH", dated.Wish{Says: other}) // it falls back to the version before: no hole
	if w, err := s.core.DeskWaits(t.Context(), s.rina); err != nil || w.Holes != 0 {
		t.Fatalf("%d holes today: %v", w.Holes, err)
	}
	if err := s.sql.Exec("UPDATE document_rules SET valid_to = ? WHERE code = 'PS_SKCK'", s.dated.Today().Date()).Error; err != nil {
		t.Fatal(err)
	}
	s.at = s.at.AddDate(0, 0, 1)
	w, err := s.core.DeskWaits(t.Context(), s.rina)
	holes, err2 := s.Holes(t.Context(), s.rina)
	if err != nil || err2 != nil || w.Holes != 1 || len(holes) != 1 || holes[0].Code != "PS_SKCK" {
		t.Errorf("%d holes, %+v: %v %v", w.Holes, holes, err, err2)
	}
	list, err := s.Checklist(t.Context(), record.DayOf(s.at), germany)
	if err != nil || !needOf(t, list, "SKCK").Gap || slices.Contains(keys(list), "AK1") {
		t.Errorf("%v, %v", keys(list), err)
	}
}

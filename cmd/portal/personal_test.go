package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"

	"naikkelas/internal/localpg"
	"naikkelas/internal/testdb"
	"naikkelas/models"
	"naikkelas/models/record"
)

// population is a portal with demo records and two people of whom something stands in every table.
func population(t *testing.T) (p *portal, suparmi, budiman filled) {
	t.Helper()
	p, err := openPortal(t.Context(), settings(t, newKeys(t)), localpg.Start)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.close() })
	if err := p.seedAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	return p, fill(t, p, "suparmi7", "00007"), fill(t, p, "budiman9", "00009")
}

// kernel is the portal's database with another clock.
func (p *portal) kernel(t *testing.T, now time.Time) *record.DB {
	t.Helper()
	jobs, err := river.NewClient[*sql.Tx](riverdatabasesql.New(p.database.sql), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	return record.New(p.database.gorm, func() time.Time { return now }, p.box, jobs)
}

func (p *portal) user(t *testing.T, f filled) models.User {
	t.Helper()
	u, err := p.store.User(t.Context(), f.id)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func rightPassword(string) (bool, string, error) { return true, "", nil }

func (p *portal) closeAccount(t *testing.T, f filled) {
	t.Helper()
	err := p.store.CloseAccount(t.Context(), p.user(t, f), rightPassword)
	if err != nil {
		t.Fatal(err)
	}
}

// words finds every word of a person in all tables, with the table's name; bytes are looked into as text.
func (p *portal) words(t *testing.T, f filled) []string {
	t.Helper()
	var tables []string
	err := p.database.gorm.Raw("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").Scan(&tables).Error
	if err != nil {
		t.Fatal(err)
	}
	word := regexp.MustCompile(f.word + `[-_]\w*`)
	hex := regexp.MustCompile(`\\\\x[0-9a-f]+`)
	var found []string
	for _, table := range tables {
		var rows []string
		if err := p.database.gorm.Raw("SELECT t::text FROM " + table + " t").Scan(&rows).Error; err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			row = hex.ReplaceAllStringFunc(row, unhex)
			for _, w := range word.FindAllString(row, -1) {
				found = append(found, table+": "+w)
			}
			for _, number := range []string{f.phone, f.nik, f.kk, f.passport} {
				if strings.Contains(row, number) {
					found = append(found, table+": "+number)
				}
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func unhex(text string) string {
	var b []byte
	if _, err := fmt.Sscanf(strings.TrimPrefix(text, `\\x`), "%x", &b); err != nil {
		return text
	}
	return string(b)
}

// Every column of a table that refers to people says how it is copied and erased, and nothing is declared that
// does not exist.
func TestPersonalIsDeclared(t *testing.T) {
	db, _ := testdb.Open(t)
	gaps, err := record.New(db, time.Now, nil, nil).Gaps(t.Context(), personal())
	if err != nil {
		t.Fatal(err)
	}
	for _, gap := range gaps {
		t.Error(gap)
	}
}

// A table that refers to people, or to a table that does, and a new column of a known one are found; and with
// them no account is closed, because something of the person would stay.
func TestF060UndeclaredColumnIsFoundAndClosesNoAccount(t *testing.T) {
	p, suparmi, _ := population(t)
	owner, _ := testdb.OpenDSN(t, p.config.MigrateURL)
	err := owner.Exec(`CREATE TABLE made_up (id bigint PRIMARY KEY, person_id bigint REFERENCES users, wish text);
		CREATE TABLE made_up_pages (made_up_id bigint REFERENCES made_up, page jsonb);
		CREATE TABLE of_nobody (wish text);
		GRANT SELECT ON made_up, made_up_pages, of_nobody TO naikkelas_app;
		ALTER TABLE profiles ADD COLUMN nickname text;
		ALTER TABLE experiences DROP COLUMN employer`).Error
	if err != nil {
		t.Fatal(err)
	}
	gaps, err := record.New(owner, time.Now, nil, nil).Gaps(t.Context(), personal())
	want := []string{
		"made_up.id is declared by nobody", "made_up.person_id is declared by nobody", "made_up.wish is declared by nobody",
		"made_up_pages.made_up_id is declared by nobody", "made_up_pages.page is declared by nobody",
		"profiles.nickname is declared by nobody", "experiences.employer is declared and does not exist",
	}
	if err != nil || !slices.Equal(gaps, want) {
		t.Errorf("found %q, %v", gaps, err)
	}
	before := p.words(t, suparmi)
	err = p.store.CloseAccount(t.Context(), p.user(t, suparmi), rightPassword)
	if undeclared, ok := errors.AsType[record.Undeclared](err); !ok || len(undeclared) != len(want) {
		t.Errorf("closed: %v", err)
	}
	if after := p.words(t, suparmi); !slices.Equal(before, after) {
		t.Errorf("something was erased: %q became %q", before, after)
	}
}

// Every table in which something can stand of a seeker holds something of the two people, so that the
// tests below look everywhere. What people do at work is no seeker's.
func TestPopulationIsInEveryTable(t *testing.T) {
	p, suparmi, _ := population(t)
	for _, d := range personal() {
		if d.Of == "" || d.Stays == record.AtWork {
			continue
		}
		var rows int64
		query := "SELECT count(*) FROM " + d.Table + " t WHERE " + d.Of
		err := p.database.gorm.Raw(query, map[string]any{"person": suparmi.id}).Scan(&rows).Error
		if err != nil || rows == 0 {
			t.Errorf("%d rows in %s, %v: personal_fill_test.go puts some there", rows, d.Table, err)
		}
	}
}

// notCopied are the columns whose words are not in the copy: hashes, what is sealed on its way, tokens, and
// what speaks of others, and decisions before they are announced.
var notCopied = []string{
	"users_password_hash", "users_totp_secret", "profiles_nik_masked", "uploads_sha256", "sessions_token_hash", "sessions_data",
	"calendar_feeds_token_hash", "course_certificates_code_hash", "course_certificates_code_sealed",
	"offer_checks_answers", "transit_stays_agency_folded",
	"codes_token_hash", "codes_payload", "notices_dedupe", "notices_sealed", "recovery_codes_code_hash", "invitations_token_hash",
	"report_events_note", "import_runs_head", "import_runs_why", "import_rows_imported", "import_rows_matched", "import_rows_shown",
	"decisions_recalled_why",
	"reports_handled_note", "decisions_arguments", "desk_events_note", "devices_token_hash", "contact_changes_token_hash",
	"help_sessions_token_hash", "checkin_rounds_token_hash", "relative_sessions_token_hash", "relatives_token_hash",
	"session_answers_page", "session_answers_path",
}

// The copy has every word of the person that stands anywhere, their numbers opened, and nothing of anybody else.
func TestCopyHasEverythingOfThePersonAndNothingOfOthers(t *testing.T) {
	p, suparmi, budiman := population(t)
	parts, err := p.store.MyData(t.Context(), p.user(t, suparmi))
	if err != nil {
		t.Fatal(err)
	}
	whole, err := json.Marshal(parts)
	if err != nil {
		t.Fatal(err)
	}
	copied := string(whole)
	sealed := []string{suparmi.nik, suparmi.kk, suparmi.passport, suparmi.phone}
	for _, column := range []string{"special_needs", "guardian_name", "guardian_phone"} {
		sealed = append(sealed, suparmi.word+"_profiles_"+column)
	}
	for _, text := range sealed {
		if !strings.Contains(copied, text) {
			t.Errorf("%s is not in the copy", text)
		}
	}
	for _, found := range p.words(t, suparmi) {
		_, word, _ := strings.Cut(found, ": ")
		left := slices.ContainsFunc(notCopied, func(column string) bool { return strings.HasPrefix(word, suparmi.word+"_"+column) })
		if strings.Contains(copied, word) == left {
			t.Errorf("%s, in the copy: %v", found, !left)
		}
	}
	for _, others := range []string{budiman.word, budiman.phone, budiman.nik, budiman.kk, budiman.passport} {
		if strings.Contains(copied, others) {
			t.Errorf("%s is in the copy of another", others)
		}
	}
}

// The copy is of one moment: what others write while it is made is in none of its parts.
func TestCopyIsOfOneMoment(t *testing.T) {
	p, suparmi, _ := population(t)
	db := p.kernel(t, p.store.Now())
	first := models.Personal()[:1] // which has a part, so that the snapshot begins
	err := db.Snapshot(t.Context(), "copy", func(tx *record.DB) error {
		if _, err := tx.Copy(t.Context(), first, suparmi.id); err != nil {
			return err
		}
		if err := p.database.gorm.Exec("UPDATE experiences SET employer = 'meanwhile'").Error; err != nil {
			return err
		}
		parts, err := tx.Copy(t.Context(), personal(), suparmi.id)
		if whole, _ := json.Marshal(parts); strings.Contains(string(whole), "meanwhile") {
			t.Error("the second part is of another moment than the first")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Each term that an area declares has its days, and no row of days is without what it is for.
func TestF066EveryTermHasItsDays(t *testing.T) {
	db, _ := testdb.Open(t)
	var declared, given []string
	for _, d := range personal() {
		for _, term := range d.Terms {
			declared = append(declared, term.What)
		}
	}
	if err := db.Raw("SELECT DISTINCT what FROM retention_terms").Scan(&given).Error; err != nil {
		t.Fatal(err)
	}
	slices.Sort(declared)
	slices.Sort(given)
	if !slices.Equal(declared, given) {
		t.Errorf("declared are %q, days are given for %q", declared, given)
	}
}

// Each kind of consent that the database knows says what its withdrawal erases.
func TestF062EveryConsentSaysWhatItCovers(t *testing.T) {
	db, _ := testdb.Open(t)
	var check string
	err := db.Raw("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'consents_kind_known'").Scan(&check).Error
	if err != nil {
		t.Fatal(err)
	}
	var covered []string
	for _, d := range personal() {
		for _, c := range d.Consents {
			covered = append(covered, c.Kind)
		}
	}
	kinds := regexp.MustCompile(`'(\w+)'`).FindAllStringSubmatch(check, -1)
	if len(kinds) < 4 {
		t.Fatalf("kinds of %s", check)
	}
	for _, kind := range kinds {
		if !slices.Contains(covered, kind[1]) {
			t.Errorf("nothing says what %s covers", kind[1])
		}
	}
}

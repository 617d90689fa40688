package handlers_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/handlers"
	"naikkelas/handlers/web"
	"naikkelas/internal/mail"
	"naikkelas/internal/outbox"
	"naikkelas/internal/seal"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record/dated"
)

// shared are the routes whose reference is nobody's own, each with the reason why another
// person may open it. Every other gated reference must be unknown to other people.
var shared = map[string]string{
	urls.ApplyPattern:            "an intake is public: any seeker may apply to it",
	urls.ProgrammesExportPattern: "the programmes of who asks; the format names nobody",
	urls.ImportTemplatePattern:   "an empty template, the same for everybody",
	urls.ProfileSectionPattern:   "the name of a section, the same for everybody",
}

// accessWorld is a portal with two people of each role: one owns what refs name, the other
// owns nothing.
type accessWorld struct {
	*testportal.Portal
	strangers map[models.Role]models.User
	owners    map[models.Role]models.User
	refs      map[string]string // by the name of a route's parameter
	sent      int
}

func newAccessWorld(t *testing.T, options ...func(*web.Deps)) *accessWorld {
	t.Helper()
	w := &accessWorld{
		Portal:    testportal.Start(t, append(options, testportal.WithFiles(t))...),
		strangers: map[models.Role]models.User{},
		owners:    map[models.Role]models.User{},
		refs:      map[string]string{},
	}
	w.AddReference()
	for _, role := range web.SignedIn {
		w.strangers[role] = w.AddUser(role, "Orang Lain "+string(role))
	}
	programme := w.AddProgramme(nil)
	w.refs["programme"], w.refs["institution"], w.refs["intake"] = programme.Programme, programme.Institution, programme.Intakes[0]
	w.refs["report"] = w.AddReport("")
	w.refs["worker"], w.refs["token"] = w.AddUser(models.Staff, "Staf Tutup").Ref, "TIDAKADA"
	w.addDated()
	w.refs["country"], w.refs["door"], w.refs["list"], w.refs["row"] = "JP", "luar-negeri", "nomor", "A"
	w.refs["duty"] = string(models.DutyReference)
	w.addTeam()
	w.refs["page"], w.refs["section"], w.refs["format"] = "1", "identitas", "csv"
	owner := w.AddReadySeeker("Pemilik Berkas")
	w.As(owner).PostFiles(urls.Uploads(), url.Values{}, testportal.Sent("foto.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).
		LeadsTo(urls.Uploads())
	w.RenderAll()
	uploads, err := w.Store.Uploads(t.Context(), owner)
	if err != nil {
		t.Fatal(err)
	}
	sent := slices.IndexFunc(uploads, func(u models.LibraryUpload) bool { return u.Name == "foto.jpg" })
	w.refs["upload"] = uploads[sent].Ref
	w.refs["certificate"] = w.AddCertificate(owner).Ref
	w.owners[models.Seeker], w.owners[models.Staff] = owner, w.AddUser(models.Staff, "Staf Pemilik")
	staff := w.As(w.owners[models.Staff])
	sheet := testportal.SheetHeader + testportal.SheetRow("A1", "0", "15 Februari 2027")
	w.refs["import"] = staff.PostSheet(urls.Imports(), "daftar.csv", []byte(sheet)).ImportRef()
	w.refs["person"], w.refs["other"] = owner.Ref, w.AddUser(models.Seeker, "Akun Kedua").Ref
	w.refs["followup"], w.refs["join"], w.refs["note"], w.refs["ask"] = "KP-TIDAKADA", "S-TIDAKADA", "CJ-TIDAKADA", "PK-TIDAKADA"
	if err := w.Store.WriteToOfficers(t.Context(), owner, "", uuid.NewString(), "Halo?"); err != nil {
		t.Fatal(err)
	}
	asked, err := w.Store.OwnConversations(t.Context(), owner)
	if err != nil {
		t.Fatal(err)
	}
	w.refs["conversation"] = asked[0].Ref
	partial, err := w.Store.StartPartial(t.Context(), owner, "other", "foto.jpg", 100)
	if err != nil {
		t.Fatal(err)
	}
	w.refs["partial"] = partial.Ref
	w.refs["application"] = w.AddSubmitted(owner, programme.Intakes[0]).Ref
	helper := w.AddDesk("Petugas Pelindung", models.DutyProtection)
	w.refs["referral"] = w.AddReferral(helper, w.AddUser(models.Partner, "Mitra Pemilik"), w.AddHeldCase(helper), "story")
	w.refs["file"], w.refs["item"], w.refs["payment"], w.refs["run"] = "LK-TIDAKADA", "PASPOR", "BY-TIDAKADA", "SR-TIDAKADA"
	w.refs["part"], w.refs["relative"] = "kerja", w.addRelative(owner)
	w.addPaper()
	w.refs["consent"] = w.One("SELECT max(id)::text FROM consents WHERE user_id = ?", owner.ID)
	return w
}

// addTeam adds an institution with an owner, who invited somebody.
func (w *accessWorld) addTeam() {
	w.T.Helper()
	w.refs["notice"], w.refs["roll"] = "999999", "AB-TIDAKADA"
	w.refs["request"], w.refs["paper"], w.refs["change"] = "PB-TIDAKADA", "BL-TIDAKADA", "UI-TIDAKADA"
	owner := w.AddUser(models.Owner, "Pemilik Lembaga")
	w.owners[models.Owner], w.refs["colleague"] = owner, owner.Ref
	err := w.Store.InviteColleague(w.T.Context(), owner, "Dewi", "dewi@contoh.example", models.Rights{Role: models.Staff, Edit: true})
	if err != nil {
		w.T.Fatal(err)
	}
	w.refs["invitation"] = w.One("SELECT ref FROM invitations WHERE email = 'dewi@contoh.example'")
}

// addSession adds a test session to the intake that is named.
func (w *accessWorld) addSession() {
	w.T.Helper()
	w.refs["session"], w.refs["day"] = "TS-UJI", "2026-12-01"
	err := w.DB.Exec(`INSERT INTO test_sessions (ref, intake_id, starts_at, place, capacity, created_at, updated_at)
		SELECT 'TS-UJI', id, now(), 'Bengkel', 10, now(), now()
		FROM intakes
		WHERE ref = ?`, w.refs["intake"]).Error
	if err != nil {
		w.T.Fatal(err)
	}
}

// addPaper adds the paper of a course to the application of the owner, issued by the owning staff.
func (w *accessWorld) addPaper() {
	w.T.Helper()
	w.refs["code"], w.refs["paper"], w.refs["act"] = "TIDAKADA", "TP-UJI", "hasil"
	w.addSession()
	box, err := testportal.Box()
	if err != nil {
		w.T.Fatal(err)
	}
	code, err := box.Seal([]byte("KODE"), seal.At("course_certificates", fmt.Sprintf("%x", "x"), "code_sealed"))
	if err != nil {
		w.T.Fatal(err)
	}
	staff := w.owners[models.Staff]
	err = w.DB.Exec(`INSERT INTO course_certificates (ref, application_id, institution_id, holder_name, programme_title, units, hours_jp,
			minutes_per_jp, starts_on, ends_on, institution_name, institution_licence, state, issued_at, issued_by, end_reason, code_hash,
			code_sealed, version)
		SELECT 'TP-UJI', id, ?, 'Suparmi', 'Las', '', 240, 45, now(), now(), 'LPK', '', 'issued', now(), ?, '', 'x', ?, 1
		FROM applications`, staff.InstitutionID, staff.ID, code).Error
	if err != nil {
		w.T.Fatal(err)
	}
}

// addRelative adds somebody whom a person trusts, and their departure.
func (w *accessWorld) addRelative(owner models.User) string {
	w.T.Helper()
	c := w.As(owner)
	c.Post(urls.Departure(), url.Values{"abroad": {"1"}}).LeadsTo(urls.DeparturePart("tujuan"))
	c.Post(urls.Relatives(), url.Values{"name": {"Sari"}, "address": {"sari@contoh.example"}, "language": {"id"}}).LeadsTo(urls.Relatives())
	return w.One("SELECT ref FROM relatives")
}

// addDated lets an officer keep rows and the roster, on which they stand, and adds a case and a mission in Japan.
func (w *accessWorld) addDated() {
	w.T.Helper()
	boss, officer := w.strangers[models.Admin], w.strangers[models.Officer]
	for _, duty := range []models.Duty{models.DutyReference, models.DutyHead, models.DutyInstitutions} {
		if err := w.Store.GiveDuty(w.T.Context(), boss, officer.Ref, duty, "Uji"); err != nil {
			w.T.Fatal(err)
		}
	}
	w.refs["case"], w.refs["step"] = w.AddCase(nil), "catatan"
	w.refs["shift"] = w.AddShift(officer, 0, time.Hour)
	mission := dated.Seed{Code: "JP", From: testportal.Noon, Says: dated.Values{
		"name": "KBRI Uji", "country_code": "JP", "phone": "+8130000001", "public": "true",
	}}
	if err := w.Dated.Follow(w.T.Context(), "missions", []dated.Seed{mission}); err != nil {
		w.T.Fatal(err)
	}
}

// path fills a pattern with the owner's references.
func (w *accessWorld) path(pattern string) string {
	w.T.Helper()
	segments := strings.Split(pattern, "/")
	for i, segment := range segments {
		name, isParameter := strings.CutPrefix(segment, ":")
		if !isParameter {
			continue
		}
		ref, ok := w.refs[name]
		if !ok {
			w.T.Fatalf("%s: no record of the owner for :%s; add one to newAccessWorld", pattern, name)
		}
		segments[i] = ref
	}
	return strings.Join(segments, "/")
}

// send sends one route's request as a role; the empty role is nobody.
func (w *accessWorld) send(r web.Route, role models.Role) testportal.Page {
	w.T.Helper()
	c := w.Client()
	if role != "" {
		c = w.As(w.strangers[role])
	}
	request := httptest.NewRequest(r.Method, w.path(r.Pattern), nil)
	if r.Method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	// Each request comes from an address of its own, or the limit by address ends the walk.
	w.sent++
	request.Header.Set("X-Forwarded-For", fmt.Sprintf("203.0.113.%d", w.sent%250))
	if r.Method == http.MethodPost && w.sent%2 == 0 {
		return c.Navigate(request)
	}
	return c.Do(request)
}

// allRoutes is the access matrix of a portal in which everything is switched on.
func allRoutes() []web.Route {
	return handlers.Routes(web.New(web.Deps{Mails: outbox.New[mail.Message](nil)}))
}

func TestEveryRouteLetsInTheRolesItNames(t *testing.T) {
	w := newAccessWorld(t)
	for _, r := range allRoutes() {
		for _, role := range append([]models.Role{""}, web.SignedIn...) {
			got := w.send(r, role)
			to := got.Header.Get("Location")
			switch {
			case r.Who == nil || slices.Contains(r.Who, role):
				refused := got.Status == http.StatusForbidden || got.Status == http.StatusTooManyRequests || got.Status >= 500
				if refused || role != "" && strings.HasPrefix(to, urls.SignIn()+"?") {
					t.Errorf("%s %s as %q: status %d to %q, want to be let in", r.Method, r.Pattern, role, got.Status, to)
				}
			case role == "":
				if got.Status != http.StatusSeeOther || !strings.HasPrefix(to, urls.SignIn()) {
					t.Errorf("%s %s signed out: status %d to %q, want sign-in", r.Method, r.Pattern, got.Status, to)
				}
			default:
				if got.Status != http.StatusForbidden {
					t.Errorf("%s %s as %q: status %d, want 403", r.Method, r.Pattern, role, got.Status)
				}
			}
		}
	}
}

// Somebody of an institution comes only where their rights lead: without any they look, with one they do what it says.
func TestEveryRouteAsksForTheRightItNames(t *testing.T) {
	w := newAccessWorld(t)
	staff := w.strangers[models.Staff]
	asked := 0
	for _, rights := range []struct{ edit, choose bool }{{false, false}, {true, false}, {false, true}, {true, true}} {
		err := w.DB.Exec("UPDATE users SET may_edit = ?, may_select = ? WHERE id = ?", rights.edit, rights.choose, staff.ID).Error
		if err != nil {
			t.Fatal(err)
		}
		staff.MayEdit, staff.MaySelect = rights.edit, rights.choose
		for _, r := range allRoutes() {
			if !slices.Contains(r.Who, models.Staff) || len(r.Who) > len(web.Managers) {
				continue
			}
			got, may := w.send(r, models.Staff), r.If == nil || r.If(staff)
			if asked++; (got.Status == http.StatusForbidden) == may {
				t.Errorf("%s %s with %+v: status %d, may %t", r.Method, r.Pattern, rights, got.Status, may)
			}
		}
	}
	if asked < 4*30 {
		t.Errorf("only %d requests", asked)
	}
}

// Somebody else's record is not found, whatever is sent, and nothing changes (design.md
// section 4, Access). Officers and administrators serve everybody.
func TestAnotherPersonsRecordIsNotFound(t *testing.T) {
	w := newAccessWorld(t)
	known := map[string]bool{}
	for _, r := range allRoutes() {
		known[r.Pattern] = true
		if r.Who == nil || !strings.Contains(r.Pattern, "/:") || shared[r.Pattern] != "" {
			continue
		}
		for _, role := range r.Who {
			if role == models.Officer || role == models.Admin {
				continue
			}
			before := w.everyRow()
			if got := w.send(r, role); got.Status != http.StatusNotFound {
				t.Errorf("%s %s as another %s: status %d, want 404", r.Method, r.Pattern, role, got.Status)
			}
			if after := w.everyRow(); after != before {
				t.Errorf("%s %s as another %s changed rows of %v", r.Method, r.Pattern, role, changedTables(before, after))
			}
		}
	}
	for pattern := range shared {
		if !known[pattern] {
			t.Errorf("%s is an exception and no route", pattern)
		}
	}
}

// changedTables names the tables whose fingerprints differ.
func changedTables(before, after string) (tables []string) {
	was := strings.Split(before, "\n")
	for i, print := range strings.Split(after, "\n") {
		if print != was[i] {
			tables = append(tables, strings.Fields(print)[0])
		}
	}
	return tables
}

// everyRow is a fingerprint of each table. Sessions are left out, with what they keep: looking at a page touches one; so is
// the trail of who asked for what is not theirs.
func (w *accessWorld) everyRow() string {
	w.T.Helper()
	var tables []string
	err := w.DB.Raw(`SELECT tablename
		FROM pg_tables
		WHERE schemaname = 'public'
			AND tablename NOT IN ('sessions', 'session_answers', 'goose_db_version')
			AND tablename NOT LIKE 'river%'
		ORDER BY tablename`).Scan(&tables).Error
	if err != nil || len(tables) < 20 {
		w.T.Fatalf("%d tables: %v", len(tables), err)
	}
	parts := make([]string, len(tables))
	for i, table := range tables {
		parts[i] = "SELECT '" + table + " ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS print FROM " + table + " t"
		if table == "audit_rows" {
			parts[i] += " WHERE t.action NOT LIKE '%look_refused'"
		}
	}
	var prints []string
	query := "SELECT string_agg(print, E'\n') FROM (" + strings.Join(parts, " UNION ALL ") + ") all_tables"
	if err := w.DB.Raw(query).Scan(&prints).Error; err != nil {
		w.T.Fatal(err)
	}
	return strings.Join(prints, "\n")
}

package officer_test

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// caseActs are the acts on a case as a direct POST sends them, whole but for the version.
func (d caseDesk) caseActs(ref string) map[string]url.Values {
	due := url.Values{"next": {"lead"}, "due": {"2026-12-01T10:00"}}
	person := d.One("SELECT p.ref FROM case_people p JOIN cases c ON c.id = p.case_id WHERE c.ref = ? AND p.pin_index IS NOT NULL", ref)
	with := func(more url.Values) url.Values {
		form := url.Values{}
		for _, values := range []url.Values{due, more} {
			for name, list := range values {
				form[name] = list
			}
		}
		return form
	}
	return map[string]url.Values{
		urls.Case(ref):                    with(url.Values{"channel": {"phone"}, "reached": {"ya"}, "text": {"Bicara."}}),
		urls.CaseTake(ref):                {},
		urls.CasePeople(ref):              {"part": {"relative"}, "channel": {"none"}},
		urls.CasePerson(ref, person):      {"name": {"Siti"}},
		urls.CaseJoin(ref, person):        {"target": {"akun:" + d.users["joko"].Ref}, "why": {"Cocok."}},
		urls.CaseJoined(ref, "S-1"):       {"person": {person}, "tindakan": {"pisah"}, "why": {"Bukan."}},
		urls.CaseFiles(ref):               {},
		urls.CaseFileTake(ref, "LK-LAIN"): {"why": {"Salah."}},
		urls.CaseRefer(ref):               {"office": {"x"}, "parts": {"story"}, "ask": {"Mohon bantuan."}},
		urls.CaseReveal(ref):              {"person": {person}},
		urls.CaseStep(ref, "ambil-alih"):  {"why": {"Sakit."}},
		urls.CaseStep(ref, "tugaskan"):    {"officer": {d.users["joko"].Ref}, "why": {"Libur."}},
		urls.CaseStep(ref, "catatan"):     {"text": {"Catatan."}},
		urls.CaseStep(ref, "tulis"):       with(url.Values{"person": {person}, "text": {"Halo."}}),
		urls.CaseStep(ref, "nilai"):       {"urgency": {"life"}, "trafficking": {"no"}, "why": {"Menilai."}},
		urls.CaseStep(ref, "tutup"):       {"outcome": {"helped"}, "why": {"Selesai."}},
		urls.CaseStep(ref, "setuju"):      {"agree": {"ya"}},
		urls.CaseStep(ref, "kabar"):       {"after": {"helped"}},
		urls.CaseStep(ref, "pin"):         {"person": {person}, "how": {"paper"}, "why": {"Paspor."}},
		urls.CaseStep(ref, "buka"):        {"why": {"Lagi."}},

		urls.CaseTransfer(ref):               {"kind": {"transfer"}, "office": {"x"}, "parts": {"story"}, "ask": {"Mohon bantuan."}},
		urls.CaseSheetAnswer(ref, "RJ-LAIN"): with(url.Values{"answer": {"accepted"}, "said_by": {"Bu Contoh"}, "source": {"Surat"}}),
		urls.CaseAskAnswer(ref, "MK-LAIN"):   {"tindakan": {"setuju"}},
		urls.CaseHomeStep(ref, "rencana"):    with(url.Values{"kind": {"planned"}}),
		urls.CaseHomeReader(ref, "ST-LAIN"):  {"tindakan": {"tarik"}, "back": {"Ia menarik kata-katanya."}},
	}
}

// rowsOfCases is what stands on all cases, so that a test sees whether anything changed.
func (d caseDesk) rowsOfCases() string {
	return d.One(`SELECT md5(
		(SELECT coalesce(string_agg(c::text, '|' ORDER BY id), '') FROM cases c) ||
		(SELECT coalesce(string_agg(e::text, '|' ORDER BY id), '') FROM case_events e) ||
		(SELECT coalesce(string_agg(m::text, '|' ORDER BY id), '') FROM case_messages m) ||
		(SELECT coalesce(string_agg(k::text, '|' ORDER BY id), '') FROM case_closings k) ||
		(SELECT coalesce(string_agg(p::text, '|' ORDER BY id), '') FROM case_people p) ||
		(SELECT coalesce(string_agg(t::text, '|' ORDER BY id), '') FROM case_team t))`)
}

// Every act by direct POST of everybody to whom it does not belong: who may not see the case does not find it, which is
// written down; who may see it is refused. Nothing changes.
func TestEveryActOnACaseByEveryWrongRole(t *testing.T) {
	d := startCases(t)
	sensitive, open, untaken := d.AddCase(inDanger), d.AddCase(nil), d.AddCase(nil)
	for _, ref := range []string{sensitive, open} {
		d.rina.Post(urls.CaseTake(ref), d.press(d.rina.Get(urls.Case(ref)), nil)).LeadsTo(urls.Case(ref))
	}
	others := map[string]*testportal.Client{
		"an officer without the duty": d.As(d.AddDesk("Lain", models.DutyReference, models.DutyInstitutions)),
		"a colleague":                 d.joko, // not on duty, not on the team
	}
	for who, c := range others {
		for path, form := range d.caseActs(sensitive) {
			d.refused(t, who, c, path, sensitive, form, http.StatusNotFound)
		}
		c.Get(urls.Case(sensitive)).Is(http.StatusNotFound)
	}
	lain := others["an officer without the duty"]
	for path, form := range d.caseActs(open) {
		d.refused(t, "an officer without the duty", lain, path, open, form, http.StatusNotFound)
		if path != urls.CaseReveal(open) {
			d.refused(t, "a colleague", d.joko, path, open, form, http.StatusUnprocessableEntity)
		}
	}
	lain.Get(urls.Cases()).Is(http.StatusNotFound)
	lain.Get(urls.CaseNew()).Is(http.StatusNotFound)
	lain.Post(urls.CaseNew(), url.Values{"danger": {"now"}, "channel": {"none"}}).Is(http.StatusNotFound)
	lain.Post(urls.CaseSearch(), url.Values{"words": {open}}).Is(http.StatusNotFound)
	for path, form := range d.caseActs(untaken) { // on a case that nobody holds there is nothing to do but to take it
		if path != urls.CaseTake(untaken) && path != urls.CaseReveal(untaken) {
			d.refused(t, "who has not taken it", d.joko, path, untaken, form, http.StatusUnprocessableEntity)
		}
	}
	for _, role := range []models.Role{models.Seeker, models.Staff, models.Owner, models.Admin} {
		c := d.As(d.AddUser(role, "Orang "+string(role)))
		for path, form := range d.caseActs(open) {
			d.refused(t, string(role), c, path, open, form, http.StatusForbidden)
		}
	}
	for path, form := range d.caseActs(open) {
		if got := d.Client().Post(path, form); got.Status != http.StatusSeeOther {
			t.Errorf("POST %s of nobody: %d", path, got.Status)
		}
	}
	// Two who may not see the one case, with its page, and one who may not see the other.
	looks := strconv.Itoa(2*(len(d.caseActs(open))+1) + len(d.caseActs(open)))
	if n := d.One("SELECT count(*)::text FROM audit_rows WHERE action = 'case_look_refused'"); n != looks {
		t.Errorf("%s refused looks are written down, want %s", n, looks)
	}
	if n := d.One("SELECT count(*)::text FROM audit_rows WHERE action = 'case_revealed'"); n != "0" {
		t.Errorf("%s numbers were shown", n)
	}
}

// refused sends an act and looks whether it is refused and nothing changes.
func (d caseDesk) refused(t *testing.T, who string, c *testportal.Client, path, ref string, form url.Values, want int) {
	t.Helper()
	form.Set("version", d.One("SELECT version::text FROM cases WHERE ref = ?", ref))
	before := d.rowsOfCases()
	if got := c.Post(path, form); got.Status != want {
		t.Errorf("POST %s of %s: %d, want %d", path, who, got.Status, want)
	}
	if d.rowsOfCases() != before {
		t.Errorf("POST %s of %s changed something", path, who)
	}
}

// A page of the desk takes the same few statements however many cases there are.
func TestCaseDeskTakesFewStatements(t *testing.T) {
	d := startCases(t)
	d.AddCase(nil)
	counter := d.Counted()
	rina := d.As(d.users["rina"])
	rina.Get(urls.Cases()).Is(http.StatusOK)
	few := counter.Count(func() { rina.Get(urls.Cases()).Is(http.StatusOK) })
	for range 40 {
		d.AddCase(inDanger)
	}
	page := rina.Get(urls.Cases())
	if n := page.Find("tbody th[scope=row]").Length(); n != 30 {
		t.Errorf("%d cases on a page", n)
	}
	if n := counter.Count(func() { rina.Get(urls.Cases()).Is(http.StatusOK) }); n != few || n > 18 {
		t.Errorf("%d statements with many cases, %d with one", n, few)
	}
	next := page.Find("a[rel=next], nav a[href*=sesudah]").AttrOr("href", "")
	if n := rina.Get(next).Is(http.StatusOK).Find("tbody th[scope=row]").Length(); n != 11 {
		t.Errorf("%d cases on the second page %s", n, next)
	}
}

package officer_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
)

// A caseDesk is a portal with officers: Rina and Joko help people in trouble, Hana is their head, Rina is on duty.
type caseDesk struct {
	*testportal.Portal
	rina, joko, hana *testportal.Client
	users            map[string]models.User
}

func startCases(t *testing.T, options ...func(*web.Deps)) caseDesk {
	t.Helper()
	p := testportal.Start(t, options...)
	p.AddReference()
	d := caseDesk{Portal: p, users: map[string]models.User{
		"rina": p.AddDesk("Rina", models.DutyProtection), "joko": p.AddDesk("Joko", models.DutyProtection), "hana": p.AddHead("Hana"),
	}}
	p.AddShift(d.users["rina"], -time.Hour, 8*time.Hour)
	d.rina, d.joko, d.hana = p.As(d.users["rina"]), p.As(d.users["joko"]), p.As(d.users["hana"])
	return d
}

// inDanger is somebody in Cambodia who may be written to in the evening only, and must not hear who calls.
func inDanger(f *protection.Filing) {
	f.Danger, f.Country, f.Door = protection.DangerNow, "KH", protection.DoorFamily
	f.Story = "Adik saya dikurung."
	f.Reach = protection.Reach{Channel: protection.ChannelWhatsApp, Address: "+62 812 0000 9911", Hours: []string{protection.HoursEvening}}
}

// press is a form of an act on a case, as its page stands now.
func (d caseDesk) press(page testportal.Page, more url.Values) url.Values {
	form := url.Values{"version": {page.Find("main [name=version]").AttrOr("value", "")}, "token": {uuid.NewString()}}
	for name, values := range more {
		form[name] = values
	}
	return form
}

// do carries out an act on a case over its page.
func (d caseDesk) do(c *testportal.Client, ref, step string, more url.Values) testportal.Page {
	return c.Post(urls.CaseStep(ref, step), d.press(c.Get(urls.CaseStep(ref, step)).Is(http.StatusOK), more))
}

// The desk lists what waits by its hour, says how people may be reached, and shows no number.
func TestCaseDeskListsWhatWaits(t *testing.T) {
	d := startCases(t)
	d.rina.Get(urls.Cases()).Is(http.StatusOK).Has("main", "Tidak ada kasus di sini").Has("main", "Rina sampai")
	normal, danger := d.AddCase(nil), d.AddCase(inDanger)
	d.Pass(3 * time.Hour)
	d.rina, d.joko = d.As(d.users["rina"]), d.As(d.users["joko"]) // who was away for so long signs in again
	page := d.rina.Get(urls.Cases()).Is(http.StatusOK).Has("tbody", "Kamboja").Has("tbody", "Nyawa terancam").Has("tbody", "lewat 1 jam").
		Has("tbody", "Malam, 17–22").Has("tbody", "Jangan sebut kantor").Has("nav [aria-current]", "Kasus")
	if first := page.Find("tbody th[scope=row] a").First().Text(); first != danger {
		t.Errorf("%s stands first, not what is late", first)
	}
	for _, secret := range []string{"9911", "1234 5678", "dikurung"} {
		if strings.Contains(page.Body, secret) {
			t.Errorf("the list shows %s", secret)
		}
	}
	if got := page.Find("header nav [aria-current]").Text(); !strings.Contains(got, "2") {
		t.Errorf("the bar says %q", got)
	}
	d.joko.Get(urls.Cases()).Is(http.StatusOK).Has("tbody", normal).Lacks("tbody a:contains('" + danger + "')")
	for query, want := range map[string]string{
		"bagian=late": danger, "bagian=new&urgensi=normal": normal, "negara=KH": danger, "asal=abroad": normal, "jenis=LAIN": "",
		"bagian=mine": "",
	} {
		page := d.rina.Get(urls.Cases() + "?" + query).Is(http.StatusOK)
		if got := page.Find("tbody th[scope=row] a").Text(); got != want {
			t.Errorf("%s finds %q, want %q", query, got, want)
		}
	}
}

// Cases are found by number and by a whole phone number, which stand in no address of the web; what is not one's own to
// see is not found.
func TestCaseSearch(t *testing.T) {
	d := startCases(t)
	normal, danger := d.AddCase(nil), d.AddCase(inDanger)
	find := func(c *testportal.Client, words string) testportal.Page {
		return c.Post(urls.CaseSearch(), url.Values{"words": {words}})
	}
	find(d.joko, strings.ToLower(normal)).LeadsTo(urls.Case(normal))
	find(d.rina, "081200009911").LeadsTo(urls.Case(danger))
	find(d.joko, "081200009911").Is(http.StatusOK).Has("main", "Tidak ada kasus dengan kata ini").Lacks("tbody")
	find(d.joko, danger).Is(http.StatusOK).Lacks("tbody")
	find(d.joko, "").LeadsTo(urls.Cases())
	d.AddCase(nil)
	find(d.joko, "+81 90 1234 5678").Is(http.StatusOK).Has("tbody", normal)
	d.joko.Get(urls.CaseSearch()).LeadsTo(urls.Cases())
}

// The rules of each person stand above the button, numbers are masked until somebody asks, which is written down.
func TestCaseShowsHowPeopleMayBeReached(t *testing.T) {
	d := startCases(t)
	ref := d.AddCase(inDanger)
	page := d.rina.Get(urls.Case(ref)).Is(http.StatusOK).Has("main", "Giliran: Petugas jaga").Has("main", "Jangan sebut kantor").
		Has("main", "Jangan tinggalkan pesan").Has("main", "belum jam aman").Has("main", "Adik saya dikurung.").Has("main", "Yang mengalami").
		Lacks("form[action='" + urls.CaseReveal(ref) + "']") // nobody of the team
	if strings.Contains(page.Body, "0000 9911") {
		t.Error("the number is shown before anybody asked for it")
	}
	d.rina.Post(urls.CaseTake(ref), d.press(page, nil)).LeadsTo(urls.Case(ref))
	page = d.rina.Get(urls.Case(ref)).Has("main", "Giliran: Rina").Has("form[action='"+urls.CaseReveal(ref)+"'] button", "11")
	person := page.Find("form[action='"+urls.CaseReveal(ref)+"'] [name=person]").AttrOr("value", "")
	d.rina.Post(urls.CaseReveal(ref), url.Values{"person": {person}}).Is(http.StatusOK).Has("main", "+62 812 0000 9911")
	if n := d.One("SELECT count(*)::text FROM audit_rows WHERE action = 'case_revealed'"); n != "1" {
		t.Errorf("%s looks at the number are written down", n)
	}
	d.rina.Post(urls.CaseReveal(ref), url.Values{"person": {"OR-TIDAKADA"}}).Is(http.StatusNotFound)
	silent := d.AddCase(func(f *protection.Filing) { f.Reach = protection.Reach{Channel: protection.ChannelNone} })
	d.rina.Post(urls.CaseTake(silent), d.press(d.rina.Get(urls.Case(silent)), nil)).LeadsTo(urls.Case(silent))
	d.rina.Get(urls.Case(silent)).Has("main", "Jangan dihubungi. Tulis di kasus saja.").Lacks("form[action='"+urls.CaseReveal(silent)+"']").
		Has("main a[href*='/langkah/tulis']", "Tulis pesan")
}

// Nothing is saved without who must act next and by when, and what was typed is not lost.
func TestContactIsLoggedWithTheNextStep(t *testing.T) {
	d := startCases(t)
	ref := d.AddCase(nil)
	d.rina.Post(urls.CaseTake(ref), d.press(d.rina.Get(urls.Case(ref)), nil)).LeadsTo(urls.Case(ref))
	page := d.rina.Get(urls.Case(ref))
	person := page.Find("[name=person] option").Last().AttrOr("value", "")
	half := d.press(page, url.Values{"person": {person}, "channel": {"phone"}, "reached": {"ya"}, "text": {"Majikan menahan gaji."}})
	for field, says := range map[string]string{"next": "Pilih siapa yang harus", "due": "Isi paling lambat kapan"} {
		form := url.Values{"next": {"lead"}, "due": {"2026-11-26T10:00"}}
		form.Del(field)
		for name, values := range half {
			form[name] = values
		}
		d.rina.Post(urls.Case(ref), form).Is(http.StatusUnprocessableEntity).Has("main", says).Has("textarea[name=text]", "Majikan menahan gaji.")
	}
	unsaid := d.press(page, url.Values{"channel": {"phone"}, "text": {"x"}, "next": {"lead"}, "due": {"2026-11-26T10:00"}})
	d.rina.Post(urls.Case(ref), unsaid).Is(http.StatusUnprocessableEntity).Has("main", "Pilih salah satu")
	half.Set("next", "person")
	half.Set("due", "2026-11-26T10:00")
	d.rina.Post(urls.Case(ref), half).LeadsTo(urls.Case(ref))
	d.rina.Post(urls.Case(ref), half).LeadsTo(urls.Case(ref)) // the second press
	page = d.rina.Get(urls.Case(ref)).Has("main", "Giliran: Orang itu sendiri").Has("main", "Kontak terjawab, Telepon").
		Has("main", "berikutnya Orang itu sendiri, besok").Has("main", "Majikan menahan gaji.")
	if n := page.Find("ol li:contains('Kontak terjawab')").Length(); n != 1 {
		t.Errorf("%d contacts", n)
	}
	// A colleague who wrote meanwhile is not written over, and what was typed stays.
	stale := d.press(page, url.Values{"text": {"Lagi."}, "channel": {"visit"}, "reached": {"tidak"}, "next": {"head"},
		"due": {"2026-11-27 09:00"}})
	d.do(d.rina, ref, "catatan", url.Values{"text": {"Telepon KJRI dulu."}}).LeadsTo(urls.Case(ref))
	d.rina.Post(urls.Case(ref), stale).Is(http.StatusConflict).Has("textarea[name=text]", "Lagi.")
}

// A case goes from the door to its end by two officers, and is opened again only with a reason.
func TestCaseFromTakingToClosingByTwo(t *testing.T) {
	d := startCases(t)
	ref := d.AddCase(inDanger)
	d.rina.Post(urls.CaseTake(ref), d.press(d.rina.Get(urls.Case(ref)), nil)).LeadsTo(urls.Case(ref))
	d.do(d.rina, ref, "nilai", url.Values{"urgency": {"urgent"}, "trafficking": {"indicated"}}).Is(http.StatusUnprocessableEntity).
		Has("main", "Tulis alasannya")
	d.do(d.rina, ref, "nilai", url.Values{"urgency": {"urgent"}, "trafficking": {"indicated"}, "why": {"Sudah keluar dari tempat itu."}}).
		LeadsTo(urls.Case(ref))
	page := d.rina.Get(urls.Case(ref)).Has("main", "TPPO terindikasi").Has("main", "Urgensi diubah: Nyawa terancam menjadi Mendesak")
	writer := page.Find("a[href*='orang=']").AttrOr("href", "")
	reader := d.rina.Get(writer).Is(http.StatusOK).Find("[name=person][checked]").AttrOr("value", "")
	d.do(d.rina, ref, "tulis", url.Values{"person": {reader}, "text": {"Adik Anda aman."}, "next": {"lead"}, "due": {"2026-11-26T09:00"}}).
		LeadsTo(urls.Case(ref))
	d.rina.Get(urls.Case(ref)).Has("main", "Adik Anda aman.").Has("main", "Pesan ditulis")
	d.do(d.rina, ref, "tugaskan", url.Values{"officer": {d.users["joko"].Ref}, "why": {"Besok saya libur."}}).LeadsTo(urls.Case(ref))
	d.joko.Get(urls.Case(ref)).Is(http.StatusOK).Has("main", "Giliran: Joko")
	d.do(d.joko, ref, "tutup", url.Values{"outcome": {"returned"}}).Is(http.StatusUnprocessableEntity).Has("main", "petugas lain harus setuju")
	d.do(d.joko, ref, "tutup", url.Values{"outcome": {"returned"}, "why": {"Sudah di rumah."}}).LeadsTo(urls.Case(ref))
	d.joko.Get(urls.Case(ref)).Has(".notice", "Joko minta kasus ini ditutup: Sudah pulang").Lacks("a[href$='/setuju']")
	d.do(d.hana, ref, "setuju", url.Values{"agree": {"tidak"}}).Is(http.StatusUnprocessableEntity).Has("main", "Tulis alasannya")
	d.do(d.hana, ref, "setuju", nil).Is(http.StatusUnprocessableEntity).Has("main", "Pilih salah satu")
	d.do(d.hana, ref, "setuju", url.Values{"agree": {"ya"}}).LeadsTo(urls.Case(ref))
	d.hana.Get(urls.Case(ref)).Has("main", "Ditutup").Lacks("#catat")
	d.hana.Get(urls.Cases()+"?bagian=closed").Has("tbody", ref)
	d.do(d.hana, ref, "buka", nil).Is(http.StatusUnprocessableEntity)
	d.do(d.hana, ref, "buka", url.Values{"why": {"Keluarga menelepon lagi."}}).LeadsTo(urls.Case(ref))
	d.hana.Get(urls.Case(ref)).Has("main", "Giliran: Hana").Has("main", "Dibuka kembali").Has("main", "Keluarga menelepon lagi.")
}

// Who calls or comes gets number and PIN once, however often the form is sent; the officer holds the case at once.
func TestCaseIsOpenedAtTheDesk(t *testing.T) {
	d := startCases(t)
	page := d.joko.Get(urls.CaseNew()).Is(http.StatusOK)
	form := url.Values{"token": {page.Find("main [name=token]").AttrOr("value", "")}, "country": {"XX"}, "channel": {"phone"},
		"whom": {"self"}, "story": {"Contoh: paspor ditahan."}}
	d.joko.Post(urls.CaseNew(), form).Is(http.StatusUnprocessableEntity).Has("main", "Pilih salah satu").Has("textarea", "paspor ditahan")
	form.Set("country", "?")
	d.joko.Post(urls.CaseNew(), form).Is(http.StatusUnprocessableEntity).Has("main", "Tulis nomor atau alamatnya")
	form.Set("address", "0812 0000 7711")
	form.Set("leave_message", "ya")
	first := d.joko.Post(urls.CaseNew(), form).Is(http.StatusOK).Has("main dl", "PIN")
	second := d.joko.Post(urls.CaseNew(), form).Is(http.StatusOK)
	if first.Find("main dl").Text() != second.Find("main dl").Text() || d.One("SELECT count(*)::text FROM cases") != "1" {
		t.Error("the second press opened another case")
	}
	if !strings.Contains(first.Header.Get("Cache-Control"), "no-store") {
		t.Error("the page with the PIN is kept")
	}
	ref := d.One("SELECT ref FROM cases")
	d.joko.Get(urls.Case(ref)).Has("main", "Giliran: Joko").Lacks("main li:contains('Jangan tinggalkan pesan')")
	people := func(more url.Values) testportal.Page {
		return d.joko.Post(urls.CasePeople(ref), d.press(d.joko.Get(urls.CasePeople(ref)).Is(http.StatusOK), more))
	}
	people(url.Values{"part": {"boss"}, "channel": {"none"}}).Is(http.StatusUnprocessableEntity)
	people(url.Values{"part": {"employer"}, "channel": {"none"}, "birth_year": {"dulu"}}).Is(http.StatusUnprocessableEntity).
		Has("main", "empat angka")
	people(url.Values{"part": {"employer"}, "channel": {"none"}, "name": {"Contoh Chan"}, "relation": {"pemilik rumah"}}).
		LeadsTo(urls.Case(ref))
	d.joko.Get(urls.Case(ref)).Has("#orang + div", "Contoh Chan").Has("#orang + div", "Majikan, pemilik rumah").
		Has("#orang + div", "Belum ada cara menghubunginya")
}

// Several cases are assigned from the list, and each says what became of it.
func TestSeveralCasesAreAssignedFromTheList(t *testing.T) {
	d := startCases(t)
	one, two := d.AddCase(nil), d.AddCase(nil)
	d.rina.Post(urls.CaseTake(one), d.press(d.rina.Get(urls.Case(one)), nil)).LeadsTo(urls.Case(one))
	list := d.rina.Get(urls.Cases()).Is(http.StatusOK)
	picked := url.Values{"officer": {d.users["joko"].Ref}, "why": {"Libur."}}
	list.Find("input[name=picked]").Each(func(_ int, s *goquery.Selection) { picked.Add("picked", s.AttrOr("value", "")) })
	if n := len(picked["picked"]); n != 2 {
		t.Fatalf("%d can be ticked", n)
	}
	done := d.rina.Post(urls.CaseAssign(), picked).Is(http.StatusOK).Has("[role=status]", "1 dari 2").Has("[role=status]", one+": ditugaskan")
	done.Has("[role=status]", two)
	again := d.rina.Post(urls.CaseAssign(), picked).Is(http.StatusOK).Has("[role=status]", "0 dari 2")
	again.Has("[role=status]", one)
	empty := d.rina.Post(urls.CaseAssign(), url.Values{"officer": picked["officer"], "why": {"Libur."}}).Is(http.StatusUnprocessableEntity)
	empty.Has("[data-error-summary]", "Centang").Has("#tugaskan input[name=why][value='Libur.']", "")
}

// A shift is handed over on its page, stands on top of the desk of others until one of them takes it over.
func TestShiftIsHandedOverAtTheDesk(t *testing.T) {
	d := startCases(t)
	ref := d.AddCase(nil)
	form := d.rina.Get(urls.ShiftNotes()).Is(http.StatusOK).Has("main", ref)
	note := url.Values{"word": {"Tenang."}, "line_" + ref: {"Telepon jam 20."}, "token": {form.Find("input[name=token]").AttrOr("value", "")}}
	d.rina.Post(urls.ShiftNotes(), note).LeadsTo(urls.ShiftNotes())
	d.rina.Get(urls.Cases()).Is(http.StatusOK).Lacks("main strong:contains('menunggu diterima')")
	d.joko.Get(urls.Cases()).Is(http.StatusOK).Has("main strong", "1 catatan jaga")
	page := d.joko.Get(urls.ShiftNotes()).Is(http.StatusOK).Has("main", "Telepon jam 20.").
		Shows("section[aria-labelledby=serahkan] a[href='" + urls.Case(ref) + "']")
	if first := page.Find("main h2").First().AttrOr("id", ""); first != "catatan-jaga" {
		t.Errorf("%q stands before what was handed over", first)
	}
	action := page.Find("article form").AttrOr("action", "")
	d.joko.Post(action, nil).LeadsTo(urls.Cases())
	d.joko.Get(urls.ShiftNotes()).Is(http.StatusOK).Has("main", "Diterima Joko")
	long := url.Values{"line_" + ref: {strings.Repeat("a", protection.MessageLength+1)}}
	d.rina.Post(urls.ShiftNotes(), long).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "")
}

// A search looks in open and closed cases alike, keeps what was typed, and leads on only where there is one.
func TestSearchFindsClosedCasesBesideOpenOnes(t *testing.T) {
	d := startCases(t)
	ended, open := d.AddCase(nil), d.AddCase(nil)
	find := func(words string) testportal.Page {
		return d.rina.Post(urls.CaseSearch(), url.Values{"words": {words}})
	}
	d.rina.Post(urls.CaseTake(ended), d.press(d.rina.Get(urls.Case(ended)), nil)).LeadsTo(urls.Case(ended))
	d.do(d.rina, ended, "tutup", url.Values{"outcome": {"helped"}, "why": {"Sudah jelas."}}).LeadsTo(urls.Case(ended))
	found := find("+81 90 1234 5678").Is(http.StatusOK).Has("tbody", open).Has("tbody", ended).
		Shows("form[action='" + urls.CaseSearch() + "'] input[name=words][value='+81 90 1234 5678']")
	if rows := found.Find("tbody th[scope=row]").Length(); rows != 2 {
		t.Errorf("%d cases are found", rows)
	}
	find(ended).LeadsTo(urls.Case(ended))
	find("Sumarni").Is(http.StatusOK).Has("main", "Tidak ada kasus dengan kata ini").Shows("input[name=words][value='Sumarni']").Lacks("tbody")
}

// On a phone the filters are folded away, open where one is set.
func TestFiltersOfCasesAreFoldedUntilOneIsSet(t *testing.T) {
	d := startCases(t)
	d.rina.Get(urls.Cases()).Is(http.StatusOK).Shows("details.filters select[name=negara]").Lacks("details.filters[open]")
	d.rina.Get(urls.Cases() + "?negara=KH").Is(http.StatusOK).Shows("details.filters[open]")
}

// The story stands before all else of a case; who is added to it is asked for beside those who are on it.
func TestCaseShowsTheStoryFirstAndLeadsToAnotherPerson(t *testing.T) {
	d := startCases(t)
	ref := d.AddCase(inDanger)
	page := d.rina.Get(urls.Case(ref)).Is(http.StatusOK).Lacks("a[href='" + urls.CasePeople(ref) + "']")
	if first := page.Find("main h2").First().AttrOr("id", ""); first != "cerita" {
		t.Errorf("%q stands first", first)
	}
	d.rina.Post(urls.CaseTake(ref), d.press(page, nil)).LeadsTo(urls.Case(ref))
	d.rina.Get(urls.Case(ref)).Has("section[aria-labelledby=orang] a[href='"+urls.CasePeople(ref)+"']", "Tambah orang")
}

// What somebody wrote last stands open in their card and above the answer, until they are answered.
func TestLastMessageStandsOpenUntilItIsAnswered(t *testing.T) {
	d := startCases(t)
	token, err := d.Protection.File(t.Context(), protection.Filing{FormToken: uuid.NewString(), Door: protection.DoorAbroad,
		Danger: protection.DangerNow, Country: "KH", Language: "id", From: "198.51.100.7",
		Reach: protection.Reach{Channel: protection.ChannelWhatsApp, Address: "+62 812 0000 9911"}}, "")
	if err != nil {
		t.Fatal(err)
	}
	ref := d.One("SELECT ref FROM cases")
	d.rina.Post(urls.CaseTake(ref), d.press(d.rina.Get(urls.Case(ref)), nil)).LeadsTo(urls.Case(ref))
	if err := d.Protection.Write(t.Context(), token, uuid.NewString(), "Mereka datang lagi."); err != nil {
		t.Fatal(err)
	}
	card := "section[aria-labelledby=orang] .border-warning"
	page := d.rina.Get(urls.Case(ref)).Is(http.StatusOK).Has(card, "Mereka datang lagi.").Has(card, "Belum dibaca")
	answer := page.Find("a[href*='/langkah/tulis']").AttrOr("href", "")
	d.rina.Get(answer).Is(http.StatusOK).Has("main .panel-soft", "Mereka datang lagi.").Has("main .panel-soft", "Jangan sebut kantor").
		Lacks("main .panel-soft .tag:contains('Belum dibaca')")
	reader := d.rina.Get(answer).Find("[name=person][checked]").AttrOr("value", "")
	d.do(d.rina, ref, "tulis", url.Values{"person": {reader}, "text": {"Kami datang."}, "next": {"lead"}, "due": {"2026-11-26T09:00"}}).
		LeadsTo(urls.Case(ref))
	d.rina.Get(urls.Case(ref)).Lacks(card).Has("section[aria-labelledby=orang] details", "Mereka datang lagi.")
}

// The search on every page of an officer leads to a case by its number; who has nothing to do with cases finds none.
func TestSearchOfOfficersFindsCases(t *testing.T) {
	d := startCases(t)
	ref := d.AddCase(nil)
	d.rina.Post(urls.OfficerSearch(), url.Values{"q": {strings.ToLower(ref)}}).LeadsTo(urls.Case(ref))
	lain := d.As(d.AddDesk("Lain", models.DutyReference))
	lain.Post(urls.OfficerSearch(), url.Values{"q": {ref}}).LeadsTo(urls.OfficerSearch())
	if page := lain.Get(urls.OfficerSearch()).Is(http.StatusOK); page.Find("main a[href$='"+urls.Case(ref)+"']").Length() != 0 {
		t.Error("somebody without the duty finds a case")
	}
}

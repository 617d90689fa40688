package help_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record/dated"
)

// door is a portal with somebody at its door.
type door struct {
	*testportal.Portal
	who *testportal.Client
}

func newDoor(t *testing.T) door {
	p := testportal.Start(t)
	p.AddReference()
	abroad(p)
	follow(p, "exit_pages", dated.Seed{Code: "exit", Says: dated.Values{"name": "Cuaca", "url": "https://cuaca.example/"}})
	return door{p, p.Client()}
}

// manned puts somebody on duty for the day, and confirms the terms.
func (d door) manned() {
	d.T.Helper()
	officer := d.AddUser(models.Officer, "Rina")
	if err := d.Store.GiveDuty(d.T.Context(), d.AddUser(models.Admin, "Boss"), officer.Ref, models.DutyProtection, "Uji"); err != nil {
		d.T.Fatal(err)
	}
	exec := func(query string, args ...any) {
		if err := d.DB.Exec(query, args...).Error; err != nil {
			d.T.Fatal(err)
		}
	}
	exec(`INSERT INTO duty_shifts (ref, user_id, phone, starts_at, ends_at, set_by, set_at)
		VALUES ('JG-UJI', ?, '+6281200000001', ?, ?, ?, ?)`,
		officer.ID, d.Clock().Add(-time.Hour), d.Clock().Add(20*time.Hour), officer.ID, d.Clock())
	for code, hours := range map[string]string{"life": "2", "other": "24"} {
		follow(d.Portal, "case_terms", dated.Seed{Code: code, Says: dated.Values{
			"name_id": "Uji", "name_en": "Test", "hours": hours, "public": "true",
		}})
	}
}

// said is what somebody in danger in Japan writes, who may be reached at any hour.
func said() url.Values {
	return url.Values{
		"token": {uuid.NewString()}, "danger": {"now"}, "country": {"jepang"}, "where": {"Dekat stasiun"}, "story": {"Paspor saya disimpan."},
		"channel": {"whatsapp"}, "address": {"+81 80 1234 5634"}, "hours": {"any"},
	}
}

// sends fills in the form and gives the receipt.
func (d door) sends(slug string, values url.Values) testportal.Page {
	d.T.Helper()
	d.who.Post(urls.HelpWrite(slug), values).LeadsTo(urls.HelpReceipt())
	return d.who.Get(urls.HelpReceipt()).Is(http.StatusOK)
}

var groups = regexp.MustCompile(`^(NK )?[0-9A-Z]{4} [0-9A-Z]{4}$`)

// noted are number and PIN as somebody writes them down.
func noted(t *testing.T, receipt testportal.Page) (ref, pin string) {
	t.Helper()
	ref, pin = receipt.Find(".code dd").First().Text(), receipt.Find(".code dd").Last().Text()
	if !groups.MatchString(ref) || !groups.MatchString(pin) {
		t.Fatalf("number %q, PIN %q", ref, pin)
	}
	return ref, pin
}

// The form is sent first and answers at once; number and PIN open the answers again, as people type them.
func TestFormAnswersWithNumberAndPIN(t *testing.T) {
	d := newDoor(t)
	d.manned()
	receipt := d.sends("luar-negeri", said())
	receipt.Has("main .lede", "paling lambat hari ini, 14.00 WIB").Has("main", "Itu pukul 16.00 di Jepang").
		Has("main", "Nama kantor tidak disebut. Pesan tidak ditinggalkan.").Has("main", "KBRI Contoh").Shows("main a.btn[data-exit]")
	ref, pin := noted(t, receipt)
	if got := d.One("SELECT country_code || ' ' || door || ' ' || urgency || ' ' || language FROM cases"); got != "JP abroad life id" {
		t.Errorf("the case is %q", got)
	}
	for _, typed := range [][2]string{{ref, pin}, {strings.ToLower(ref), strings.ToLower(strings.ReplaceAll(pin, " ", "-"))}} {
		other := d.Client()
		other.Get(urls.HelpAnswers()).LeadsTo(urls.HelpEnter())
		other.Post(urls.HelpEnter(), url.Values{"ref": {typed[0]}, "pin": {typed[1]}}).LeadsTo(urls.HelpAnswers())
		other.Get(urls.HelpAnswers()).Is(http.StatusOK).Has("main", "Giliran petugas jaga").Has("main", "Anda tidak perlu berbuat apa-apa").
			Has("main", "nomor yang berakhir 34").Lacks("main:contains('1234')")
		other.Get(urls.HelpReceipt()).LeadsTo(urls.HelpEnter())
	}
	d.who.Get(urls.HelpReceipt()).Has(".code", "PIN sudah tidak ditampilkan")
}

// With nobody on duty the numbers come first and no hour is named.
func TestWithNobodyOnDutyTheNumbersComeFirst(t *testing.T) {
	d := newDoor(t)
	for lang, words := range map[string]string{"": "belum ada petugas jaga", "en": "No officer is on duty"} {
		form, receipt := urls.HelpWrite("luar-negeri"), urls.HelpReceipt()
		if lang == "en" {
			form, receipt = urls.InEnglish(form), urls.InEnglish(receipt)
		}
		d.who.Post(form, said()).LeadsTo(receipt)
		page := d.who.Get(receipt).Is(http.StatusOK).Has("main .lede", words)
		if first := page.Find("main section").First(); first.Find("a[href='tel:+818000000001']").Length() != 1 {
			t.Errorf("%s: the first section is %q", lang, first.Text())
		}
		text := page.Find("main").Text()
		filed := page.Find("main .steps .done").Text()
		if hour := regexp.MustCompile(`\d\d[.:]\d\d`).FindString(strings.ReplaceAll(text, filed, "")); hour != "" {
			t.Errorf("%s: an hour is named: %s", lang, hour)
		}
	}
}

// The receipt says nothing that is not sure yet: that it lies on the desk, not that anybody was told, and of what is late
// first that the desk is reminded. Who lost the PIN reads what can be done, with the way to each of it.
func TestWordsPromiseNoMoreThanIsDone(t *testing.T) {
	d := newDoor(t)
	d.manned()
	unnamed := url.Values{"danger": {"no"}, "unknown": {"ya"}, "story": {"Gaji ditahan."}}
	reached := url.Values{"danger": {"no"}, "unknown": {"ya"}, "channel": {"email"}, "address": {"sri@contoh.example"}, "hours": {"day"}}
	for _, values := range []url.Values{unnamed, reached} {
		page := d.sends("pulang", values).Has("main .lede", "sudah masuk ke meja petugas jaga")
		if text := page.Find("main").Text(); strings.Contains(text, "diberi tahu") {
			t.Errorf("somebody was told: %s", text)
		}
		d.who.Get(urls.InEnglish(urls.HelpReceipt())).Has("main .lede", "on the desk of the officer on duty").
			Lacks("main:contains('told.')")
	}
	late := d.sends("luar-negeri", said()).Find(".steps li:last-child").Text()
	reminded, head := strings.Index(late, "Petugas jaga diingatkan"), strings.Index(late, "kepala petugas diberi tahu")
	if reminded < 0 || head < reminded || strings.Contains(late, "langsung") {
		t.Errorf("of what is late: %s", late)
	}
	lost := d.Client().Get(urls.HelpEnter()).Is(http.StatusOK).Has("#hilang ~ .sub", "lalu memberi PIN baru")
	for _, way := range []string{urls.Help(), urls.Places(), urls.Help() + "#tulis"} {
		lost.Shows("#hilang ~ .more a[href='" + way + "']")
	}
}

// What holds a form up stands at its field, and all that was typed with it; whoever is in danger is never held up.
func TestFormThatIsHeldUpKeepsEverything(t *testing.T) {
	d := newDoor(t)
	values := said()
	values.Set("danger", "afraid")
	values.Del("country")
	page := d.who.Post(urls.HelpWrite("keluarga"), values).Is(http.StatusUnprocessableEntity).Has("[data-error-summary] h2", "1 jawaban lagi").
		Has("title", "Informasi: formulir, belum terkirim").Shows("a[href='#f-country']").Shows("#f-country[aria-invalid=true]").
		Shows("#f-address[value='+81 80 1234 5634']").Shows("input[name=danger][value=afraid][checked]").
		Shows("input[name=hours][value=any][checked]").
		Shows("input[name=token][value='" + values.Get("token") + "']")
	if got := page.Find("textarea").Text(); got != "Paspor saya disimpan." {
		t.Errorf("the story is %q", got)
	}
	d.sends("dekat", url.Values{"danger": {"now"}})
	d.sends("dekat", url.Values{"danger": {"now"}, "channel": {"phone"}, "address": {"0"}, "country": {"entah di mana"}})
	if got := d.One("SELECT count(*)::text FROM cases"); got != "2" {
		t.Errorf("%s cases", got)
	}
	d.who.Get(urls.HelpCopy()).Has("main", "entah di mana")
	d.who.Post(urls.HelpWrite("lain"), said()).Is(http.StatusNotFound)
}

// A second press is the same case, and a new form is another one.
func TestSameFormTwiceIsOneCase(t *testing.T) {
	d := newDoor(t)
	values := said()
	first, _ := noted(t, d.sends("luar-negeri", values))
	again, _ := noted(t, d.sends("luar-negeri", values))
	other, _ := noted(t, d.sends("luar-negeri", said()))
	if first != again || first == other {
		t.Errorf("%s, %s, %s", first, again, other)
	}
}

// A form that a phone kept from a day without a line may have no name, or none that is one. The same said twice is one
// case, another story is another one, and so is the same on another day; a refused one comes back with a name.
func TestSameWordsWithoutANameAreOneCase(t *testing.T) {
	d := newDoor(t)
	files := func(token, story string) string {
		d.T.Helper()
		values := url.Values{"danger": {"afraid"}, "unknown": {"ya"}, "story": {story}}
		if token != "" {
			values.Set("token", token)
		}
		ref, _ := noted(t, d.sends("keluarga", values))
		return ref
	}
	first := files("", "Gaji tidak dibayar.")
	if again := files("bukan-uuid", "Gaji tidak dibayar."); again != first {
		t.Errorf("the same twice is %s and %s", first, again)
	}
	if other := files("", "Gaji sudah dibayar sebagian."); other == first {
		t.Error("another story is the same case")
	}
	d.Pass(25 * time.Hour)
	if later := files("", "Gaji tidak dibayar."); later == first {
		t.Error("the same on another day is the same case")
	}
	refused := d.who.Post(urls.HelpWrite("luar-negeri"), url.Values{"unknown": {"ya"}}).Is(http.StatusUnprocessableEntity)
	if uuid.Validate(refused.Find("[name=token]").AttrOr("value", "")) != nil {
		t.Error("a refused form has no name")
	}
}

// Somebody writes, adds, changes how they may be reached, and stops being contacted.
func TestPersonKeepsTheirCaseInHand(t *testing.T) {
	d := newDoor(t)
	d.sends("luar-negeri", said())
	c := d.who
	answers := func() testportal.Page { return c.Get(urls.HelpAnswers()).Is(http.StatusOK) }
	c.Post(urls.HelpMessage(), url.Values{"token": {uuid.NewString()}, "say": {"  "}}).
		Is(http.StatusUnprocessableEntity).Shows("#text-salah")
	message := url.Values{"token": {uuid.NewString()}, "say": {"Saya aman malam ini."}}
	for range 2 {
		c.Post(urls.HelpMessage(), message).LeadsTo(urls.HelpAnswers() + "#surat")
	}
	if n := answers().Find(".said.me").Length(); n != 1 {
		t.Errorf("%d messages", n)
	}
	c.Get(urls.HelpMore()).Is(http.StatusOK).Lacks("#f-relation")
	c.Post(urls.HelpMore(), url.Values{"birth_year": {"tahun ular"}}).Is(http.StatusUnprocessableEntity).Shows("#birth_year-salah")
	c.Post(urls.HelpMore(), url.Values{"token": {uuid.NewString()}, "called": {"Sri"}, "hope": {"Pulang"}}).LeadsTo(urls.HelpAnswers())
	answers().Has("#surat ~ div", "Yang Anda harapkan Pulang") // below what was asked
	c.Get(urls.HelpReach()).Is(http.StatusOK).Shows("#f-address[value='+81 80 1234 5634']").Shows("input[value=whatsapp][checked]")
	c.Post(urls.HelpReach(), url.Values{"channel": {"sms"}}).Is(http.StatusUnprocessableEntity).Shows("#address-salah")
	c.Post(urls.HelpReach(), url.Values{"channel": {"sms"}, "address": {"+8180777788"}, "message": {"ya"}}).
		LeadsTo(urls.HelpAnswers() + "#cara")
	answers().Has("main", "SMS, nomor yang berakhir 88")
	c.Get(urls.HelpStop()).Is(http.StatusOK).Has("main", "tidak dihapus")
	answers().Lacks("main:contains('tidak dihubungi lagi')")
	c.Post(urls.HelpStop(), nil).LeadsTo(urls.HelpAnswers())
	answers().Has("main", "Anda meminta tidak dihubungi lagi.").Lacks("a[href='" + urls.HelpStop() + "']")
	c.Get(urls.HelpCopy()).Has("main", "Paspor saya disimpan.").Has("main", "Dekat stasiun").Has("main", "Jepang").
		Has("main", "Saya aman malam ini.")
}

// Who tells of somebody else sees the state and their own words only.
func TestReporterSeesTheStateAlone(t *testing.T) {
	d := newDoor(t)
	d.sends("keluarga", said())
	d.who.Get(urls.HelpAnswers()).Is(http.StatusOK).Has("main .tag", "Sudah diterima").Has("main", "Demi keamanan orang itu").
		Lacks("#giliran:contains('Giliran')").Lacks("main:contains('Paling lambat')").Lacks("main:contains('Jepang')")
	d.who.Get(urls.HelpMore()).Shows("#f-relation").Shows("#f-own_name")
}

// Wrong numbers and PINs open nothing and say no more than that, and rest after five.
func TestWrongPINOpensNothing(t *testing.T) {
	d := newDoor(t)
	ref, pin := noted(t, d.sends("pulang", said()))
	stranger := d.Client()
	stranger.Post(urls.HelpEnter(), url.Values{}).Is(http.StatusUnprocessableEntity).Shows("#ref-salah").Shows("#pin-salah")
	for range 5 {
		page := stranger.Post(urls.HelpEnter(), url.Values{"ref": {ref}, "pin": {"AAAA AAAA"}}).
			Is(http.StatusUnprocessableEntity).Shows("#pin-salah")
		if strings.Contains(page.Body, "AAAA AAAA") {
			t.Fatal("the PIN stands on the page")
		}
	}
	rested := stranger.Post(urls.HelpEnter(), url.Values{"ref": {ref}, "pin": {pin}}).Is(http.StatusUnprocessableEntity)
	rested.Shows("#pin-salah")
	if len(stranger.Cookies) != 0 {
		t.Errorf("cookies: %v", stranger.Cookies)
	}
	for _, path := range []string{
		urls.HelpAnswers(), urls.HelpReceipt(), urls.HelpMore(), urls.HelpReach(), urls.HelpStop(), urls.HelpCopy(),
	} {
		stranger.Get(path).LeadsTo(urls.HelpEnter())
	}
	stranger.Post(urls.HelpStop(), nil).LeadsTo(urls.HelpEnter())
	for _, path := range []string{urls.HelpMessage(), urls.HelpMore(), urls.HelpReach()} {
		stranger.Post(path, url.Values{"say": {"x"}, "hope": {"x"}, "channel": {"none"}}).
			Is(http.StatusUnprocessableEntity).Shows("#f-pin").Lacks("#surat")
	}
}

// Leaving ends what was begun here on the server too, has the browser forget what it kept of this portal, and tells the
// other page nothing. The cookie of who is signed in stays.
func TestLeavingForgets(t *testing.T) {
	d := newDoor(t)
	d.sends("luar-negeri", said())
	kept := d.who.Cookies["bantuan"]
	if kept == nil || !kept.HttpOnly || kept.MaxAge != 0 || !kept.Expires.IsZero() || kept.SameSite != http.SameSiteLaxMode {
		t.Fatalf("the cookie is %v", kept)
	}
	d.who.Get(urls.HelpLeave()).Is(http.StatusOK).Shows("meta[http-equiv=refresh][content='0;url=" + urls.HelpLeft() + "']").
		Lacks("title:contains('Naik')")
	if d.One("SELECT count(*)::text FROM help_sessions") != "0" {
		t.Error("the help session goes on")
	}
	d.sends("luar-negeri", said())
	got := d.who.Get(urls.HelpLeft()).Is(http.StatusSeeOther)
	for name, want := range map[string]string{
		"Clear-Site-Data": `"cache", "storage"`, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
		"Location": "https://cuaca.example/",
	} {
		if got := got.Header.Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	if d.who.Cookies["bantuan"] != nil || d.One("SELECT count(*)::text FROM help_sessions") != "0" {
		t.Error("the help session goes on")
	}
	d.who.Cookies["bantuan"] = kept
	d.who.Get(urls.HelpAnswers()).LeadsTo(urls.HelpEnter())
	if err := d.DB.Exec("DELETE FROM exit_pages").Error; err != nil {
		t.Fatal(err)
	}
	left := d.Client().Get(urls.InEnglish(urls.HelpLeft())).Is(http.StatusSeeOther)
	if to := left.Header.Get("Location"); to != "https://www.bmkg.go.id/" {
		t.Errorf("without a page of the city's one leaves to %q", to)
	}
}

// Nothing of what was written is kept by a browser, nor told to another site.
func TestWhatWasWrittenIsNotKept(t *testing.T) {
	d := newDoor(t)
	d.sends("luar-negeri", said())
	for _, path := range []string{
		urls.HelpReceipt(), urls.HelpAnswers(), urls.HelpMore(), urls.HelpReach(), urls.HelpStop(), urls.HelpCopy(), urls.HelpEnter(),
	} {
		page := d.who.Get(path).Is(http.StatusOK)
		if got := page.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: Cache-Control %q", path, got)
		}
		if title := page.Find("title").Text(); !strings.HasPrefix(title, "Informasi: ") {
			t.Errorf("%s: title %q", path, title)
		}
		page.Shows("meta[name=robots][content=noindex]").Lacks("title:contains('Naik Kelas')")
	}
}

// A refused form is answered at once: its page is not kept for Back, and nobody gets a session for it.
func TestRefusedFormIsNotKept(t *testing.T) {
	d := newDoor(t)
	r := testportal.FormRequest(urls.HelpWrite("keluarga"), url.Values{"story": {"Paspor adik saya disimpan."}})
	r.Header.Set("Sec-Fetch-Mode", "navigate")
	d.who.Do(r).Is(http.StatusUnprocessableEntity).Has("textarea", "Paspor adik saya disimpan.")
	if len(d.who.Cookies) != 0 || d.One("SELECT count(*)::text FROM session_answers") != "0" {
		t.Errorf("kept with %v", d.who.Cookies)
	}
}

// A message that comes when the pages have closed is not lost: it waits behind number and PIN.
func TestMessageOutlivesTheSession(t *testing.T) {
	d := newDoor(t)
	ref, pin := noted(t, d.sends("luar-negeri", said()))
	d.Pass(31 * time.Minute)
	const text = "Majikan pulang <malam> ini."
	closed := d.who.Post(urls.HelpMessage(), url.Values{"say": {text}}).Is(http.StatusUnprocessableEntity).Has("main", "masih ada")
	values := url.Values{"say": {closed.Find("input[name=say]").AttrOr("value", "")}, "ref": {ref}, "pin": {"SALAH"}}
	d.who.Post(urls.HelpEnter(), values).Is(http.StatusUnprocessableEntity).Shows("input[name=say]")
	values.Set("pin", pin)
	page := d.who.Post(urls.HelpEnter(), values).Is(http.StatusOK)
	if got := page.Find("textarea[name=say]").Text(); got != text {
		t.Errorf("the message is %q", got)
	}
	message := url.Values{"say": {text}, "token": {page.Find("#tulis [name=token]").AttrOr("value", "")}}
	d.who.Post(urls.HelpMessage(), message).LeadsTo(urls.HelpAnswers() + "#surat")
	d.who.Get(urls.HelpAnswers()).Has(".said.me", text)
}

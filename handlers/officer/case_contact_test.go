package officer_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
)

// writeTo has Rina take a case and write to who reads on it.
func (d caseDesk) writeTo(ref string) {
	d.T.Helper()
	d.rina.Post(urls.CaseTake(ref), d.press(d.rina.Get(urls.Case(ref)), nil)).LeadsTo(urls.Case(ref))
	person := d.One("SELECT p.ref FROM case_people p JOIN cases c ON c.id = p.case_id WHERE c.ref = ? AND p.pin_index IS NOT NULL", ref)
	d.do(d.rina, ref, "tulis", url.Values{
		"person": {person}, "text": {"Kami menelepon besok."}, "next": {"person"},
		"due": {d.Clock().Add(24 * time.Hour).Format("2006-01-02T15:04")},
	}).LeadsTo(urls.Case(ref))
}

// Who lost their PIN gets another one after a check, shown once on the page that answers; what is wrong with the form keeps
// what was typed.
func TestNewPINIsShownOnce(t *testing.T) {
	d := startCases(t)
	ref := d.AddHeldCase(d.users["rina"])
	person := d.One("SELECT p.ref FROM case_people p JOIN cases c ON c.id = p.case_id WHERE c.ref = ?", ref)
	step := urls.CaseStep(ref, "pin")
	d.rina.Get(urls.Case(ref)).Is(http.StatusOK).Shows("main a[href='" + step + "']")
	page := d.do(d.rina, ref, "pin", url.Values{"person": {person}, "why": {"Menyebut nama majikan."}}).Is(http.StatusUnprocessableEntity).
		Has("main", "Pilih salah satu").Has("main textarea", "Menyebut nama majikan.")
	form := d.press(page, url.Values{"person": {person}, "how": {"called_back"}, "why": {"Menyebut nama majikan."}})
	page = d.rina.Post(step, form).Is(http.StatusOK).Has("main", "PIN sudah dibuat").Has("main", ref)
	pin := page.Find("main dd").Last().Text()
	if page.Header.Get("Cache-Control") != "no-store" || len(pin) != 8 {
		t.Errorf("the page with PIN %q is %s", pin, page.Header.Get("Cache-Control"))
	}
	d.rina.Post(step, form).LeadsTo(urls.Case(ref)) // a second press shows none
	d.rina.Get(urls.Case(ref)).Has("body", "PIN dari formulir ini sudah ditampilkan")
	d.Client().Post(urls.HelpEnter(), url.Values{"ref": {ref}, "pin": {pin}}).LeadsTo(urls.HelpAnswers())
}

// An officer who asked by hand whether it helped writes the answer down on the ended case.
func TestAnswerAfterTheEndIsWrittenDown(t *testing.T) {
	d := startCases(t)
	ref := d.AddHeldCase(d.users["rina"])
	d.do(d.rina, ref, "tutup", url.Values{"outcome": {"helped"}, "why": {"Sudah pulang."}}).LeadsTo(urls.Case(ref))
	d.rina.Get(urls.CaseStep(ref, "kabar")).Is(http.StatusOK).Lacks("main form[method=post]")
	d.Pass(31 * 24 * time.Hour)
	if _, err := d.Protection.AskAfter(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.rina = d.As(d.users["rina"])
	d.rina.Get(urls.Case(ref)).Is(http.StatusOK).Has("main", "belum dijawab")
	d.do(d.rina, ref, "kabar", url.Values{"text": {"Bertemu di pasar."}}).Is(http.StatusUnprocessableEntity).Has("main", "Pilih salah satu").
		Has("main textarea", "Bertemu di pasar.")
	d.do(d.rina, ref, "kabar", url.Values{"after": {"partly"}}).LeadsTo(urls.Case(ref))
	d.rina.Get(urls.Case(ref)).Is(http.StatusOK).Has("main", "Sebagian saja")
}

// The figures of a month that has ended are tables that say what they count; what must be hidden is said to be.
func TestFiguresOfCasesArePublishedWithCare(t *testing.T) {
	d := startCases(t)
	d.rina.Get(urls.CaseFigures()).Is(http.StatusOK).Has("main", "Belum ada bulan yang selesai")
	d.AddCase(inDanger)
	for range 6 {
		d.AddCase(nil)
	}
	d.Pass(10 * 24 * time.Hour)
	d.rina, d.hana = d.As(d.users["rina"]), d.As(d.users["hana"])
	d.rina.Get(urls.Cases()).Is(http.StatusOK).Shows("main a[href='" + urls.CaseFigures() + "']")
	november := urls.WithQuery(urls.CaseFigures(), "bulan", "2026-11")
	page := d.hana.Get(november).Is(http.StatusOK).Has("main [selected]", "November 2026").Has("tbody", "disembunyikan").
		Has("caption", "per negara dan kegentingan")
	page.Find("main table").Each(func(_ int, table *goquery.Selection) {
		if table.Find("caption").Length() != 1 || table.Find("tbody tr").Length() != table.Find("th[scope=row]").Length() {
			t.Errorf("a table without its words: %s", table.Text())
		}
	})
	page.Find("main tbody td").Each(func(_ int, cell *goquery.Selection) {
		if n, err := strconv.Atoi(strings.TrimSpace(cell.Text())); err == nil && n > 0 && n < 5 {
			t.Errorf("%d can be seen", n)
		}
	})
	d.As(d.AddDesk("Lain", models.DutyReference)).Get(urls.CaseFigures()).Is(http.StatusNotFound)
}

// The page says how somebody was told of a message, and calls nothing sent that nobody reported as delivered.
func TestComplaint12PageSaysWhetherANoticeArrived(t *testing.T) {
	d := startCases(t)
	byHand := d.AddCase(func(f *protection.Filing) {
		f.Reach = protection.Reach{Channel: protection.ChannelWhatsApp, Address: "+81 90 1234 5678", MayLeaveMessage: true}
	})
	d.writeTo(byHand)
	d.rina.Get(urls.Case(byHand)).Is(http.StatusOK).Has("main", "Hubungi sendiri: cara yang ia sebut aman tidak dilayani mesin").
		Has("main", "Giliran: Rina")
	ref := d.AddCase(func(f *protection.Filing) {
		f.Reach = protection.Reach{Channel: protection.ChannelSMS, Address: "+81 90 1234 5678", Hours: []string{protection.HoursAny},
			MayLeaveMessage: true}
	})
	d.writeTo(ref)
	for _, tt := range []struct{ state, why, says string }{
		{"waiting", "", "Pemberitahuan menunggu jam yang aman"}, {"waiting", "carrier", "terus dicoba"},
		{"handed_over", "", "belum ada laporan bahwa sampai"}, {"missing", "no_report", "Tidak ada laporan bahwa pemberitahuan sampai"},
		{"failed", "carrier", "Pemberitahuan tidak sampai"}, {"failed", "late", "tiga hari tidak bisa dikirim"},
		{"failed", "restored", "karena data dipulihkan"}, {"delivered", "", "Pemberitahuan sampai"},
		{"refused", "silent", "ia tidak mau dihubungi"}, {"refused", "address", "alamatnya tidak ada"},
		{"by_hand", "no_sender", "belum ada pengirim tanpa nama"}, {"by_hand", "no_way", "SMS belum dilayani"},
		{"by_hand", "no_message", "pesan tidak boleh ditinggal"}, {"by_hand", "address", "tidak bisa ditulisi"},
		{"by_hand", "hours", "jam yang aman tidak diketahui"}, {"read", "", "sebelum pemberitahuan dikirim"},
		{"reached", "channel", "Sudah dihubungi petugas"},
	} {
		err := d.DB.Exec(`UPDATE case_notices
			SET state = ?, why = ?, handed_at = now(), delivered_at = CASE WHEN ? THEN now() END
			WHERE case_id = (SELECT id FROM cases WHERE ref = ?)`, tt.state, tt.why, tt.state == "delivered", ref).Error
		if err != nil {
			t.Fatal(err)
		}
		d.rina.Get(urls.Case(ref)).Is(http.StatusOK).Has("main", tt.says)
	}
}

package officer_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/uuid"

	"naikkelas/internal/urls"
)

// Who is in danger and skips by what they may be reached is not read as somebody who wants no contact: the number that
// they wrote is there to be used with care, and without one the answer waits. Every page says which it is.
func TestSkippedChannelIsNotARefusalOfContact(t *testing.T) {
	d := startCases(t)
	for name, tt := range map[string]struct{ address, says, officer string }{
		"a number":  {"+62 812 0000 4455", "petugas memakai nomor atau alamat yang Anda tulis, dengan hati-hati", "hubungi dengan hati-hati"},
		"an e-mail": {"sari@contoh.example", "petugas memakai nomor atau alamat yang Anda tulis, dengan hati-hati", "hubungi dengan hati-hati"},
		"nothing":   {"", "Belum Anda pilih. Jawaban menunggu di halaman ini", "tanpa nomor: tulis di kasus saja"},
	} {
		form := url.Values{"token": {uuid.NewString()}, "danger": {"now"}, "address": {tt.address}}
		who := d.Client()
		who.Post(urls.HelpWrite("luar-negeri"), form).LeadsTo(urls.HelpReceipt())
		ref := d.One("SELECT ref FROM cases ORDER BY id DESC LIMIT 1")
		for _, path := range []string{urls.HelpReceipt(), urls.HelpAnswers(), urls.HelpCopy()} {
			who.Get(path).Is(http.StatusOK).Has("main", tt.says).Lacks("main :contains('idak dihubungi')")
		}
		who.Get(urls.HelpReach()).Is(http.StatusOK).Shows("input[name=channel]").Lacks("input[name=channel][checked]")
		d.rina.Get(urls.Cases()).Is(http.StatusOK).Has("tbody", "Belum dikatakan").Lacks("tbody :contains('Jangan dihubungi')")
		d.rina.Post(urls.CaseTake(ref), d.press(d.rina.Get(urls.Case(ref)), nil)).LeadsTo(urls.Case(ref))
		page := d.rina.Get(urls.Case(ref)).Is(http.StatusOK).Has("#orang + div", tt.officer).Lacks("#orang + div :contains('Jangan dihubungi')")
		button := page.Find("form[action='" + urls.CaseReveal(ref) + "']")
		if button.Length() == 1 != (tt.address != "") {
			t.Errorf("%s: %d buttons that show it", name, button.Length())
		}
		if tt.address != "" {
			d.rina.Post(urls.CaseReveal(ref), url.Values{"person": {button.Find("[name=person]").AttrOr("value", "")}}).
				Is(http.StatusOK).Has("#orang + div", tt.address)
		}
	}
}

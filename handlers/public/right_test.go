package public_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/handlers/web"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Somebody without an account asks for a right of data law, sees number and clock, and that it was answered; what they
// wrote and left stands on no page but the desk's.
func TestF067RightIsAskedWithoutAnAccount(t *testing.T) {
	p := testportal.Start(t, func(d *web.Deps) { d.Settings.DataContact = "Ibu Contoh, pdp@contoh.example" })
	visitor, officer := p.Client(), p.As(p.AddUser(models.Officer, "Rina"))
	visitor.Get(urls.Privacy()).Has("main", "pdp@contoh.example").Has("main a[href='/hak-data']", "hak")
	visitor.Get(urls.DataRight()).Has("#penjawab", "Ibu Contoh")
	values := url.Values{"right": {"restriction"}, "text": {"Tunda dulu."}, "name": {"Kakak Suparmi"}, "contact": {"kakak"}}
	visitor.Post(urls.DataRight(), values).Is(http.StatusUnprocessableEntity).Has("#f-contact-error", "nomor telepon")
	values.Set("contact", "+852 5123 4567")
	receipt := visitor.Post(urls.DataRight(), values).Header.Get("Location")
	visitor.Get(receipt).Has("main", "TJ-").Has("main", "membatasi").Has("main", "Dijawab paling lambat").
		Lacks("main:contains('Tunda dulu')").Lacks("main:contains('5123')")
	ref := p.One("SELECT ref FROM conversations")
	officer.Get(urls.OfficerQuestion(ref)).Has("main", "Tunda dulu.").Has("main", "+852 5123 4567").Has("main", "tidak punya akun")
	officer.Post(urls.OfficerQuestion(ref), url.Values{"text": {"Sudah ditunda."}, "seen": {p.One("SELECT max(id) FROM messages")}}).
		LeadsTo(urls.OfficerQuestions())
	page := visitor.Get(receipt).Has("main dt", "Dijawab")
	page.Lacks("main:contains('paling lambat')").Lacks("main:contains('Sudah ditunda')")
}

// Who is signed in leaves no contact, and reads the answer among their messages. A demo names its contact as one.
func TestF067RightOfAnAccount(t *testing.T) {
	p := testportal.Start(t, func(d *web.Deps) { d.Settings.Demo = true })
	seeker := p.As(p.AddUser(models.Seeker, "Suparmi"))
	seeker.Get(urls.DataRight()).Lacks("input[name=contact]").Has("#penjawab", "Contoh").Has("#penjawab", "percobaan")
	for _, right := range models.DataRights {
		seeker.Post(urls.DataRight(), url.Values{"right": {right}, "text": {"Mohon."}}).Is(http.StatusSeeOther)
	}
	if n := seeker.Get(urls.Messages()).Find("main ul.divide-y li").Length(); n != len(models.DataRights) {
		t.Errorf("%d requests stand among the messages", n)
	}
}

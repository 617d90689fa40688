package help_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/models/record"
	"naikkelas/static"
)

// planned has an officer plan how the person of the newest case comes home, with a ticket for tomorrow.
func (d door) planned(kind string) (rina models.User, press func() protection.Press) {
	d.T.Helper()
	rina = d.AddDesk("Rina", models.DutyProtection, models.DutyHead)
	ref := d.One("SELECT ref FROM cases ORDER BY id DESC LIMIT 1")
	press = func() protection.Press {
		var version int
		if err := d.DB.Raw("SELECT version FROM cases WHERE ref = ?", ref).Scan(&version).Error; err != nil {
			d.T.Fatal(err)
		}
		return protection.Press{Ref: ref, Version: version, Form: uuid.NewString()}
	}
	ctx, due := d.T.Context(), protection.Due{Next: protection.ActorLead, By: d.Clock().Add(24 * time.Hour)}
	step := func(kind, state string, at time.Time) error {
		return d.Protection.SaveHomeStep(ctx, rina, press(), protection.HomeStepInput{Kind: kind, State: state, Who: "KJRI Contoh",
			SaidOn: record.DayOf(d.Clock()).Date(), Source: "Surat KJRI", At: at, Place: "TEMPAT " + kind, Number: "GA 857", Due: due})
	}
	for _, do := range []func() error{
		func() error { return d.Protection.Take(ctx, rina, press()) },
		func() error { return d.Protection.PlanHome(ctx, rina, press(), kind, due) },
		func() error { return step(protection.HomeFlight, "booked", d.Clock().Add(24*time.Hour)) },
		func() error {
			if kind == protection.ReturnDeath {
				return nil
			}
			return step(protection.HomeShelter, protection.StepDone, time.Time{})
		},
	} {
		if err := do(); err != nil {
			d.T.Fatal(err)
		}
	}
	return rina, press
}

// The person concerned reads their way home with its source, and what comes next once they are there; titles and address say
// nothing, and the page is kept nowhere.
func TestPersonReadsTheirWayHome(t *testing.T) {
	d := newDoor(t)
	d.sends("luar-negeri", said())
	d.who.Get(urls.HelpAnswers()).Is(http.StatusOK).Lacks("#pulang")
	d.who.Get(urls.HelpHome()).LeadsTo(urls.HelpAnswers())
	rina, press := d.planned(protection.ReturnProblem)
	d.who.Get(urls.HelpAnswers()).Has("#pulang", "Rencana pulang Anda").Shows("a[href='" + urls.HelpHome() + "']")
	page := d.who.Get(urls.HelpHome()).Is(http.StatusOK).Has("main", "GA 857").Has("main", "sumber: Surat KJRI").
		Has("title", "Informasi: jawaban").Has(".steps", "Penampungan: sudah")
	if strings.Contains(page.Body, "TEMPAT shelter") {
		t.Error("the place of a shelter stands on a page")
	}
	if !strings.Contains(page.Header.Get("Cache-Control"), "no-store") {
		t.Error("the page is kept")
	}
	d.who.Get(urls.HelpCopy()).Has("#pulang + .steps", "GA 857").Has("#pulang + .steps", "sumber: Surat KJRI")
	d.who.Get(urls.InEnglish(urls.HelpHome())).Is(http.StatusOK).Has("main h1", "Your way home")
	err := d.Protection.SaveHomeStep(t.Context(), rina, press(), protection.HomeStepInput{Kind: protection.HomeArrival,
		State: protection.StepDone, Ours: true, Who: "Rina", SaidOn: record.DayOf(d.Clock()).Date(), At: d.Clock().Add(-time.Minute),
		Due: protection.Due{Next: protection.ActorLead, By: d.Clock().Add(24 * time.Hour)}})
	if err != nil {
		t.Fatal(err)
	}
	d.who.Get(urls.HelpAnswers()).Has("#pulang", "Kembali di rumah")
	if n := d.weight(urls.HelpHome()) + d.weight(static.Path("help.css")); n > mostText {
		t.Errorf("%d bytes of HTML and style", n)
	}
	d.who.Get(urls.HelpHome()).Shows("main a[href='" + urls.HelpAnswers() + "#tulis']").Shows("main a[href='" + urls.Programmes() + "']")
	d.who.Get(urls.HelpHome()).Has("main h1", "Kembali di rumah").Has("main", "Hak yang belum dibayar").
		Shows("main a[href='" + urls.Places() + "']")
	stranger := d.Client()
	stranger.Get(urls.HelpHome()).LeadsTo(urls.HelpEnter())
}

// Who reports reads nothing of it; a family reads what comes after a death once two officers agreed, in words that name no one
// guilty and promise no day.
func TestFamilyReadsWhatComesAfterADeath(t *testing.T) {
	d := newDoor(t)
	d.sends("keluarga", said())
	rina, press := d.planned(protection.ReturnDeath)
	for _, path := range []string{urls.HelpAnswers(), urls.HelpCopy()} {
		if page := d.who.Get(path).Is(http.StatusOK); strings.Contains(page.Body, "GA 857") || page.Find("#pulang").Length() != 0 {
			t.Errorf("%s tells of it before anybody did", path)
		}
	}
	d.who.Get(urls.HelpHome()).LeadsTo(urls.HelpAnswers())
	hana := d.AddHead("Hana")
	err := d.Protection.ShareHome(t.Context(), rina, press(), protection.HomeShare{How: protection.ConsentOfKin,
		Why: "Kakaknya; sudah ditelepon.", Person: d.One("SELECT ref FROM case_people WHERE part = 'reporter'"),
		Until: d.Clock().Add(48 * time.Hour)})
	if err == nil {
		err = d.Protection.AgreeKin(t.Context(), hana, press(), d.One("SELECT ref FROM case_consents"), true)
	}
	if err != nil {
		t.Fatal(err)
	}
	d.who.Get(urls.HelpAnswers()).Has("#pulang", "Langkah berikut untuk keluarga")
	if n := d.weight(urls.HelpHome()) + d.weight(static.Path("help.css")); n > mostText {
		t.Errorf("%d bytes of HTML and style", n)
	}
	page := d.who.Get(urls.HelpHome()).Is(http.StatusOK).Has("main", "Kami turut berduka").Has("main", "siapa yang menanggung").
		Has("main", "GA 857").Shows("main a[href='" + urls.Help() + "']")
	for _, word := range []string{"mayat", "mati", "meninggal", "korban", "wajib", "ilegal", "disetujui"} {
		for _, said := range strings.Fields(strings.ToLower(page.Find("main").Text())) {
			if strings.Trim(said, ".,") == word {
				t.Errorf("the page says %q", word)
			}
		}
	}
}

package help_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
)

// lent is a case that its person filed here and an officer referred to an office, the parts that were chosen.
func (d door) lent(parts ...string) (office models.User, referral string) {
	d.T.Helper()
	rina, office := d.AddDesk("Rina", models.DutyProtection, models.DutyHead), d.AddUser(models.Partner, "Mira")
	ref := d.One("SELECT ref FROM cases ORDER BY id DESC LIMIT 1")
	if err := d.Protection.Take(d.T.Context(), rina, protection.Press{Ref: ref, Version: 1}); err != nil {
		d.T.Fatal(err)
	}
	return office, d.AddReferral(rina, office, ref, parts...)
}

// The person concerned reads who may read what, and whoever tells of them does not.
func TestPersonReadsWhoReads(t *testing.T) {
	d := newDoor(t)
	d.sends("luar-negeri", said())
	d.who.Get(urls.HelpAnswers()).Has("#pembaca + ul", "Semua yang Anda kirim").Lacks("#pembaca + ul li + li")
	office, _ := d.lent(protection.ShowReach, protection.ShowLog)
	name := d.One("SELECT name FROM partner_offices WHERE id = ?", *office.PartnerOfficeID)
	page := d.who.Get(urls.HelpAnswers()).Is(http.StatusOK).Has("#pembaca + ul > li + li h3", name).
		Has("#pembaca + ul > li + li", "Anda setuju pada 25 November 2026. Berlaku sampai 25 Desember 2026.").
		Shows("#pembaca + ul > li + li a[href^='/bantuan/jawaban/persetujuan/']")
	if got := page.Find("#pembaca + ul .dots li").Map(func(_ int, li *goquery.Selection) string { return li.Text() }); !slices.Equal(got,
		[]string{"Cara menghubungi", "Yang sudah dilakukan"}) {
		t.Errorf("the office reads %q", got)
	}
	d.who.Get(urls.InEnglish(urls.HelpAnswers())).Has("#pembaca + ul > li + li", "How to reach you")
	second := d.AddDesk("Joko", models.DutyProtection)
	without := "UPDATE case_referrals SET consent_id = NULL, agreed_by = ?, agreed_at = sent_at"
	if err := d.DB.Exec(without, second.ID).Error; err != nil {
		t.Fatal(err)
	}
	d.who.Get(urls.HelpAnswers()).Has("#pembaca + ul > li + li", "Bukan dengan persetujuan Anda sendiri").Lacks("#pembaca + ul a")
	family := newDoor(t)
	family.sends("keluarga", said())
	family.lent(protection.ShowStory)
	family.who.Get(urls.HelpAnswers()).Is(http.StatusOK).Lacks("#pembaca")
}

// Taking a consent back is asked about first, then the office is out and the case goes on; somebody else's is not found.
func TestConsentIsWithdrawnOnThePage(t *testing.T) {
	d := newDoor(t)
	d.sends("luar-negeri", said())
	office, referral := d.lent(protection.ShowStory)
	path := d.who.Get(urls.HelpAnswers()).Find("#pembaca + ul a").AttrOr("href", "")
	d.As(office).Get(urls.PartnerReferral(referral)).Is(http.StatusOK)
	page := d.who.Get(path).Is(http.StatusOK).Has("main", "mulai halaman berikutnya").Has("main", "tidak dihapus")
	if got := page.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control %q", got)
	}
	d.As(office).Get(urls.PartnerReferral(referral)).Is(http.StatusOK)
	d.Client().Get(path).LeadsTo(urls.HelpEnter())
	d.Client().Post(path, nil).LeadsTo(urls.HelpEnter())
	for _, slug := range []string{"luar-negeri", "keluarga"} {
		other := door{d.Portal, d.Client()}
		other.sends(slug, said())
		for _, theirs := range []string{path, urls.HelpConsent("ST-TIDAKADA")} {
			other.who.Get(theirs).Is(http.StatusNotFound)
			other.who.Post(theirs, nil).Is(http.StatusNotFound)
		}
	}
	if n := d.One("SELECT count(*)::text FROM case_consents WHERE withdrawn_at IS NOT NULL"); n != "0" {
		t.Fatal("somebody else withdrew it")
	}
	for range 2 {
		d.who.Post(path, nil).LeadsTo(path)
		d.who.Get(path).Is(http.StatusOK).Has("h1", "tidak boleh membaca lagi").Lacks("form[action='" + path + "']")
		d.As(office).Get(urls.PartnerReferral(referral)).Is(http.StatusNotFound)
	}
	d.who.Get(urls.HelpAnswers()).Is(http.StatusOK).Lacks("#pembaca + ul a").Has("main .tag", "Sedang ditangani")
	if n := d.One("SELECT count(*)::text FROM case_events WHERE kind = 'consent_withdrawn'"); n != "1" {
		t.Errorf("the desk heard of it %s times", n)
	}
}

// What was done stands on the page of whom it concerns; whoever tells of them reads that it was received.
func TestReporterReadsNoSteps(t *testing.T) {
	for slug, want := range map[string][]string{
		"luar-negeri": {"Kantor Mira menerima dan ikut membantu", "Diteruskan ke Kantor Mira", "Diterima"}, "keluarga": {"Diterima"},
	} {
		d := newDoor(t)
		d.sends(slug, said())
		office, referral := d.lent(protection.ShowStory)
		press := protection.PartnerPress{Ref: referral, Version: 1, Form: uuid.NewString()}
		if err := d.Protection.AcceptReferral(t.Context(), office, press, d.Clock().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		steps := d.who.Get(urls.HelpAnswers()).Is(http.StatusOK).Has("#langkah summary", "Yang sudah terjadi").Find("#langkah li")
		if steps.Length() != len(want) {
			t.Fatalf("%s: %d steps, want %d", slug, steps.Length(), len(want))
		}
		for i, words := range want {
			if got := strings.TrimSpace(steps.Eq(i).Text()); !strings.HasPrefix(got, words) || !strings.Contains(got, "WIB") {
				t.Errorf("%s: step %d reads %q, want %q and when", slug, i, got, words)
			}
		}
		if words := d.who.Get(urls.InEnglish(urls.HelpAnswers())).Find("#langkah li").Last().Text(); !strings.Contains(words, "Received") {
			t.Errorf("%s: in English %q", slug, words)
		}
	}
}

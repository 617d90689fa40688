package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
)

// invited sends an invitation as an administrator does and gives the path of its link.
func (c *client) invited(role models.Role, email, institution string) string {
	c.t.Helper()
	c.post(urls.AdminInvite(), url.Values{"role": {string(role)}, "name": {"Dewi Contoh"}, "email": {email}, "institution": {institution}}).leadsTo(urls.Admin())
	l := c.lastLetter()
	if l.Template != "invitation" || l.Address != record.FoldEmail(email) {
		c.t.Fatalf("the last letter is %s to %s", l.Template, l.Address)
	}
	return l.Data["Path"]
}

func TestInvitationBecomesAnAccountWithASecondFactor(t *testing.T) {
	p, _, _ := institution(t)
	admin := p.as(p.addUser(models.Admin, "Admin Utama"))
	admin.get(urls.Admin()).is(http.StatusOK).has("table", "Rina").has("table", "(Anda)").has("main", "Tabel hari libur tahun ini kosong")
	admin.get(urls.AdminInvite()).is(http.StatusOK).has("datalist", "")
	bad := admin.post(urls.AdminInvite(), url.Values{"name": {"Dewi"}, "email": {"dewi"}}).is(http.StatusUnprocessableEntity)
	bad.has("[data-error-summary]", "Pilih perannya").has("[data-error-summary]", "alamat email yang lengkap")
	if got := bad.Find("#f-name").AttrOr("value", ""); got != "Dewi" {
		t.Errorf("the name came back as %q", got)
	}
	path := admin.invited(models.Officer, " Dewi@Contoh.ID ", "")
	admin.get(urls.Admin()).has("main", "dewi@contoh.id")

	visitor := p.client()
	visitor.get(path).is(http.StatusOK).has("main", "Dewi Contoh").has("main", "Petugas")
	visitor.post(path, url.Values{"password": {"pendek"}}).is(http.StatusUnprocessableEntity)
	visitor.post(path, url.Values{"password": {goodPassword}}).leadsTo(urls.SecondFactorSetup())
	visitor.get(urls.OfficerQueue()).leadsTo(urls.SecondFactorSetup())
	p.client().get(path).is(http.StatusNotFound)
	p.client().post(path, url.Values{"password": {goodPassword}}).is(http.StatusNotFound)
	if role := p.one("SELECT role FROM users WHERE email = 'dewi@contoh.id' AND NOT must_set_password"); role != "officer" {
		t.Errorf("the account's role is %q", role)
	}
	admin.post(urls.AdminInvite(), url.Values{"role": {"officer"}, "name": {"Dewi"}, "email": {"dewi@contoh.id"}}).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "sudah dipakai")
}

// A mail program or scanner opens links before the person does, as often as it likes (bug report P063).
func TestP063InvitationSurvivesLookersAndRevokesByReplacing(t *testing.T) {
	p, _, _ := institution(t)
	admin := p.as(p.addUser(models.Admin, "Admin Utama"))
	first := admin.invited(models.Officer, "dewi@contoh.id", "")
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodGet} {
		if got := p.client().send(method, first); got.status != http.StatusOK {
			t.Errorf("%s of the link: status %d", method, got.status)
		}
	}
	second := admin.invited(models.Officer, "dewi@contoh.id", "")
	p.client().get(first).is(http.StatusNotFound)
	p.client().get(second).is(http.StatusOK)
	ref := p.one("SELECT ref FROM invitations WHERE revoked_at IS NULL")
	admin.post(urls.AdminRevokeInvite(ref), nil).leadsTo(urls.Admin())
	p.client().get(second).is(http.StatusNotFound)
	admin.post(urls.AdminRevokeInvite(ref), nil).leadsTo(urls.Admin())
	admin.get(urls.Admin()).has(".notice-error", "sudah")
	third := admin.invited(models.Officer, "dewi@contoh.id", "")
	p.pass(8 * 24 * 60 * 60 * 1e9)
	p.client().get(third).is(http.StatusNotFound)
}

func TestStaffAreInvitedToOneInstitution(t *testing.T) {
	p, _, _ := institution(t)
	admin := p.as(p.addUser(models.Admin, "Admin Utama"))
	for _, name := range []string{"", "LPK Tidak Ada"} {
		admin.post(urls.AdminInvite(), url.Values{"role": {"owner"}, "name": {"Dewi"}, "email": {"dewi@contoh.id"}, "institution": {name}}).
			is(http.StatusUnprocessableEntity).has("[data-error-summary]", "tidak ditemukan")
	}
	path := admin.invited(models.Staff, "dewi@contoh.id", "lpk  staf")
	dewi := p.client()
	dewi.post(path, url.Values{"password": {goodPassword}}).leadsTo(urls.Manage())
	dewi.get(urls.Manage()).is(http.StatusOK).has("h1", "LPK Staf")
}

func TestClosedOfficerIsOutAndTheirApplicationsReturn(t *testing.T) {
	p, _, officer := institution(t)
	admin := p.as(p.addUser(models.Admin, "Admin Utama"))
	ref := p.addSubmitted(p.addReadySeeker("Suparmi"), p.addProgramme(nil).intakes[0]).Ref
	officer.post(urls.OfficerTake(ref), url.Values{"version": {p.one("SELECT version::text FROM applications")}}).leadsTo(urls.OfficerApplication(ref))
	worker := p.one("SELECT ref FROM users WHERE name = 'Rina'")
	admin.get(urls.AdminWorker(worker)).is(http.StatusOK).has("h1", "Rina").has("form", "Tutup akun")
	admin.post(urls.AdminWorker(worker), nil).leadsTo(urls.Admin())
	if state := p.one("SELECT state || coalesce(assignee_id::text, '') FROM applications"); state != "submitted" {
		t.Errorf("the file is %s", state)
	}
	officer.get(urls.OfficerQueue()).is(http.StatusSeeOther)
	admin.post(urls.AdminWorker(worker), nil).is(http.StatusNotFound)
	admin.get(urls.AdminWorker(p.one("SELECT ref FROM users WHERE name = 'Suparmi'"))).is(http.StatusNotFound)
	own := p.one("SELECT ref FROM users WHERE name = 'Admin Utama'")
	admin.get(urls.AdminWorker(own)).is(http.StatusOK).lacks("main form")
	admin.post(urls.AdminWorker(own), nil).is(http.StatusForbidden)
}

func TestFailedMessageIsSeenAndSentAgain(t *testing.T) {
	p, _, _ := institution(t)
	admin := p.as(p.addUser(models.Admin, "Admin Utama"))
	admin.get(urls.AdminNotices()).is(http.StatusOK).has("main", "Semua pesan terkirim")
	admin.invited(models.Officer, "dewi@contoh.id", "")
	p.db.Exec("UPDATE notices SET state = 'failed', error = 'mailbox unavailable'")
	admin.get(urls.Admin()).has(".notice-error", "1 pesan tidak terkirim")
	page := admin.get(urls.AdminNotices()).has("table", "mailbox unavailable")
	if strings.Contains(page.body, "dewi@contoh.id") {
		t.Error("the page shows whom the letter was for")
	}
	path := page.Find("tbody form").AttrOr("action", "")
	admin.post(path, nil).leadsTo(urls.AdminNotices())
	if state := p.one("SELECT state FROM notices"); state != "queued" {
		t.Errorf("the letter is %s", state)
	}
	admin.post(path, nil).leadsTo(urls.AdminNotices())
	if n := p.one("SELECT count(*)::text FROM river_job WHERE kind = 'send_notice'"); n != "2" {
		t.Errorf("%s jobs, want the first and one more", n)
	}
}

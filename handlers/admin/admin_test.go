package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
)

// invited sends an invitation as an administrator does and gives the path of its link.
func invited(c *testportal.Client, role models.Role, email, institution string) string {
	c.T.Helper()
	c.Post(urls.AdminInvite(), url.Values{
		"role": {string(role)}, "name": {"Dewi Contoh"}, "email": {email}, "institution": {institution},
	}).LeadsTo(urls.Admin())
	l := c.LastLetter()
	if l.Template != "invitation" || l.Address != record.FoldEmail(email) {
		c.T.Fatalf("the last letter is %s to %s", l.Template, l.Address)
	}
	return l.Data["Path"]
}

func TestInvitationBecomesAnAccountWithASecondFactor(t *testing.T) {
	p, _, _ := testportal.StartInstitution(t)
	admin := p.As(p.AddUser(models.Admin, "Admin Utama"))
	admin.Get(urls.Admin()).Is(http.StatusOK).Has("table", "Rina").Has("table", "(Anda)").Has("main", "Tabel hari libur tahun ini kosong")
	admin.Get(urls.AdminInvite()).Is(http.StatusOK).Shows("datalist")
	bad := admin.Post(urls.AdminInvite(), url.Values{"name": {"Dewi"}, "email": {"dewi"}}).Is(http.StatusUnprocessableEntity)
	bad.Has("[data-error-summary]", "Pilih perannya").Has("[data-error-summary]", "alamat e-mail yang lengkap")
	if got := bad.Find("#f-name").AttrOr("value", ""); got != "Dewi" {
		t.Errorf("the name came back as %q", got)
	}
	path := invited(admin, models.Officer, " Dewi@Contoh.ID ", "")
	admin.Get(urls.Admin()).Has("main", "dewi@contoh.id")

	visitor := p.Client()
	visitor.Get(path).Is(http.StatusOK).Has("main", "Dewi Contoh").Has("main", "Petugas")
	visitor.Post(path, url.Values{"password": {"pendek"}}).Is(http.StatusUnprocessableEntity)
	visitor.Post(path, url.Values{"password": {testportal.GoodPassword}}).LeadsTo(urls.SecondFactorSetup())
	visitor.Get(urls.OfficerQueue()).LeadsTo(urls.SecondFactorSetup())
	p.Client().Get(path).Is(http.StatusGone).Has("main", "sudah dibuat")
	p.Client().Post(path, url.Values{"password": {testportal.GoodPassword}}).Is(http.StatusGone)
	if role := p.One("SELECT role FROM users WHERE email = 'dewi@contoh.id' AND NOT must_set_password"); role != "officer" {
		t.Errorf("the account's role is %q", role)
	}
	admin.Post(urls.AdminInvite(), url.Values{"role": {"officer"}, "name": {"Dewi"}, "email": {"dewi@contoh.id"}}).
		Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "sudah dipakai")
}

// A mail program or scanner opens links before the person does, as often as it likes (bug report P063).
func TestP063InvitationSurvivesLookersAndRevokesByReplacing(t *testing.T) {
	p, _, _ := testportal.StartInstitution(t)
	admin := p.As(p.AddUser(models.Admin, "Admin Utama"))
	first := invited(admin, models.Officer, "dewi@contoh.id", "")
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodGet} {
		if got := p.Client().Send(method, first); got.Status != http.StatusOK {
			t.Errorf("%s of the link: status %d", method, got.Status)
		}
	}
	second := invited(admin, models.Officer, "dewi@contoh.id", "")
	p.Client().Get(first).Is(http.StatusGone).Has("main", "ditarik kembali")
	p.Client().Get(second).Is(http.StatusOK)
	ref := p.One("SELECT ref FROM invitations WHERE revoked_at IS NULL")
	admin.Post(urls.AdminRevokeInvite(ref), nil).LeadsTo(urls.Admin())
	p.Client().Get(second).Is(http.StatusGone)
	admin.Post(urls.AdminRevokeInvite(ref), nil).Is(http.StatusConflict).Has("h1", "Akun kerja").Has(".notice-error", "sudah")
	third := invited(admin, models.Officer, "dewi@contoh.id", "")
	p.Pass(8 * 24 * 60 * 60 * 1e9)
	p.Client().Get(third).Is(http.StatusGone).Has("main", "7 hari")
}

func TestStaffAreInvitedToOneInstitution(t *testing.T) {
	p, _, _ := testportal.StartInstitution(t)
	admin := p.As(p.AddUser(models.Admin, "Admin Utama"))
	for _, name := range []string{"", "LPK Tidak Ada"} {
		admin.Post(urls.AdminInvite(), url.Values{"role": {"owner"}, "name": {"Dewi"}, "email": {"dewi@contoh.id"}, "institution": {name}}).
			Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "tidak ditemukan")
	}
	path := invited(admin, models.Staff, "dewi@contoh.id", "lpk  staf")
	dewi := p.Client()
	dewi.Post(path, url.Values{"password": {testportal.GoodPassword}}).LeadsTo(urls.SecondFactorSetup())
	dewi.SetUpFactor().LeadsTo(urls.RecoveryCodes())
	dewi.Get(urls.Manage()).Is(http.StatusOK).Has("h1", "LPK Staf")
}

func TestClosedOfficerIsOutAndTheirApplicationsReturn(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	admin := p.As(p.AddUser(models.Admin, "Admin Utama"))
	ref := p.AddSubmitted(p.AddReadySeeker("Suparmi"), p.AddProgramme(nil).Intakes[0]).Ref
	version := p.One("SELECT version::text FROM applications")
	officer.Post(urls.OfficerTake(ref), url.Values{"version": {version}}).LeadsTo(urls.OfficerApplication(ref))
	p.AddUser(models.Officer, "Joko") // somebody has to be left
	worker := p.One("SELECT ref FROM users WHERE name = 'Rina'")
	admin.Get(urls.AdminWorker(worker)).Is(http.StatusOK).Has("h1", "Rina").Has("form", "Tutup akun")
	admin.Post(urls.AdminWorker(worker), nil).LeadsTo(urls.Admin())
	if state := p.One("SELECT state || coalesce(assignee_id::text, '') FROM applications"); state != "submitted" {
		t.Errorf("the file is %s", state)
	}
	officer.Get(urls.OfficerQueue()).Is(http.StatusSeeOther)
	admin.Post(urls.AdminWorker(worker), nil).Is(http.StatusNotFound)
	admin.Get(urls.AdminWorker(p.One("SELECT ref FROM users WHERE name = 'Suparmi'"))).Is(http.StatusNotFound)
	own := p.One("SELECT ref FROM users WHERE name = 'Admin Utama'")
	admin.Get(urls.AdminWorker(own)).Is(http.StatusOK).Lacks("main form")
	admin.Post(urls.AdminWorker(own), nil).Is(http.StatusForbidden)
}

// Letters that a restore has held leave when an administrator says so, or never.
func TestF138HeldLettersWaitForAnAdministrator(t *testing.T) {
	for act, tt := range map[string]struct{ state, jobs, said string }{
		"lepas": {"queued", "6", "3 pesan yang ditahan sedang dikirim"},
		"buang": {"withheld", "3", "3 pesan yang ditahan sudah dibuang"},
	} {
		t.Run(act, func(t *testing.T) {
			p, _, officer := testportal.StartInstitution(t)
			admin := p.As(p.AddUser(models.Admin, "Admin Utama"))
			for _, name := range []string{"dewi", "budi", "sari"} {
				invited(admin, models.Officer, name+"@contoh.id", "")
			}
			p.DB.Exec("UPDATE notices SET state = 'held'")
			admin.Get(urls.AdminNotices()).Has("main", "3 pesan ditahan")
			officer.Post(urls.AdminHeldNotices(), url.Values{"tindakan": {act}}).Is(http.StatusForbidden)
			admin.Post(urls.AdminHeldNotices(), url.Values{"tindakan": {act}}).LeadsTo(urls.AdminNotices())
			admin.Get(urls.AdminNotices()).Has("body", tt.said).Lacks("#held")
			if state := p.One("SELECT string_agg(DISTINCT state, ' ') FROM notices"); state != tt.state {
				t.Errorf("the letters are %s", state)
			}
			if n := p.One("SELECT count(*)::text FROM river_job WHERE kind = 'send_notice'"); n != tt.jobs {
				t.Errorf("%s jobs, want %s", n, tt.jobs)
			}
		})
	}
}

func TestFailedMessageIsSeenAndSentAgain(t *testing.T) {
	p, _, _ := testportal.StartInstitution(t)
	admin := p.As(p.AddUser(models.Admin, "Admin Utama"))
	admin.Get(urls.AdminNotices()).Is(http.StatusOK).Has("main", "Tidak ada pesan yang gagal")
	invited(admin, models.Officer, "dewi@contoh.id", "")
	p.DB.Exec("UPDATE notices SET state = 'failed', error = 'mailbox unavailable'")
	admin.Get(urls.Admin()).Has(".notice-error", "1 pesan tidak terkirim")
	page := admin.Get(urls.AdminNotices()).Has("table", "mailbox unavailable")
	if strings.Contains(page.Body, "dewi@contoh.id") {
		t.Error("the page shows whom the letter was for")
	}
	path := page.Find("tbody form").AttrOr("action", "")
	admin.Post(path, nil).LeadsTo(urls.AdminNotices())
	if state := p.One("SELECT state FROM notices"); state != "queued" {
		t.Errorf("the letter is %s", state)
	}
	admin.Post(path, nil).Is(http.StatusConflict).Has(".notice-error", "sudah")
	if n := p.One("SELECT count(*)::text FROM river_job WHERE kind = 'send_notice'"); n != "2" {
		t.Errorf("%s jobs, want the first and one more", n)
	}
}

// A link that was used, taken back or has lapsed says what happened and whom to ask (F036).
func TestF036InvitationThatIsOverSaysWhy(t *testing.T) {
	p, _, _ := testportal.StartInstitution(t)
	admin := p.As(p.AddUser(models.Admin, "Admin Utama"))
	path := invited(admin, models.Officer, "dewi@contoh.id", "")
	p.AddUser(models.Officer, "Dewi")
	if err := p.DB.Exec("UPDATE users SET email = 'dewi@contoh.id' WHERE name = 'Dewi'").Error; err != nil {
		t.Fatal(err)
	}
	p.Client().Post(path, url.Values{"password": {testportal.GoodPassword}}).Is(http.StatusUnprocessableEntity).
		Has("#f-password-error", "sudah dipakai akun lain")
	p.Pass(8 * 24 * time.Hour)
	p.Client().Get(path).Is(http.StatusGone).Has("main", "7 hari").Has("main", "administrator")
	p.Client().Get(urls.Invitation("TIDAKADA")).Is(http.StatusNotFound)
}

// A lost second factor goes on the word of two administrators, with the person present and a reason; sessions end and
// the person is told (F031). Also try: the owner of an institution.
func TestF031LostFactorIsTakenOffByTwo(t *testing.T) {
	p, _, _ := testportal.StartInstitution(t)
	first, second := p.As(p.AddUser(models.Admin, "Admin Satu")), p.As(p.AddUser(models.Admin, "Admin Dua"))
	for _, role := range []models.Role{models.Officer, models.Owner} {
		u := p.AddUser(role, "Lupa "+string(role))
		browser := p.Client()
		browser.SignInAs(*u.Email, testportal.GoodPassword).LeadsTo(urls.SecondFactorSetup())
		browser.SetUpFactor().LeadsTo(urls.RecoveryCodes())
		path := urls.AdminReset(u.Ref)
		first.Post(path, url.Values{"reason": {""}, "present": {"yes"}}).Is(http.StatusUnprocessableEntity).Has("#f-reason-error", "alasan")
		first.Post(path, url.Values{"reason": {"Ponsel dicuri"}}).Is(http.StatusUnprocessableEntity).Has("#f-present-error", "hadir")
		first.Post(path, url.Values{"reason": {"Ponsel dicuri"}, "present": {"yes"}}).LeadsTo(urls.AdminWorker(u.Ref))
		first.Post(path, url.Values{"tindakan": {"setuju"}}).Is(http.StatusUnprocessableEntity)
		browser.Get(urls.Account()).Is(http.StatusOK)
		second.Get(urls.AdminWorker(u.Ref)).Has("main", "Ponsel dicuri")
		second.Post(path, url.Values{"tindakan": {"setuju"}}).LeadsTo(urls.AdminWorker(u.Ref))
		if l := p.LastLetter(); l.Template != "factor_reset" || l.Address != *u.Email {
			t.Errorf("%s told %s", l.Template, l.Address)
		}
		browser.Get(urls.Account()).Is(http.StatusSeeOther)
		p.Client().SignInAs(*u.Email, testportal.GoodPassword).LeadsTo(urls.SecondFactorSetup())
	}
	if _, err := p.Store.ResetFactor(t.Context(), models.SystemUser, "tidak@ada.id"); err == nil {
		t.Error("nobody's factor went")
	}
}

// Whoever sees applicants passes a second factor, staff of an institution too (F032).
func TestF032StaffPassASecondFactor(t *testing.T) {
	p, _, _ := testportal.StartInstitution(t)
	staff := p.AddUser(models.Staff, "Staf Baru")
	c := p.Client()
	c.SignInAs(*staff.Email, testportal.GoodPassword).LeadsTo(urls.SecondFactorSetup())
	c.Get(urls.Manage()).LeadsTo(urls.SecondFactorSetup())
	c.SetUpFactor().LeadsTo(urls.RecoveryCodes())
	c.Get(urls.Manage()).Is(http.StatusOK)
}

package institution_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// joined is a colleague whom an owner invited with rights, signed in through the link of the letter.
func joined(t *testing.T, owner *testportal.Client, p *testportal.Portal, email string, rights ...string) *testportal.Client {
	t.Helper()
	owner.Post(urls.TeamInvite(), url.Values{"name": {"Dewi Contoh"}, "email": {email}, "role": {"staff"}, "rights": rights}).
		LeadsTo(urls.Team())
	l := owner.LastLetter()
	if l.Template != "invitation" || l.Address != email {
		t.Fatalf("the last letter is %s to %s", l.Template, l.Address)
	}
	c := p.Client()
	c.Get(l.Data["Path"]).Is(http.StatusOK).Has("main", "Dewi Contoh")
	c.Post(l.Data["Path"], url.Values{"password": {testportal.GoodPassword}})
	return c
}

// An owner invites somebody who writes programmes and sees no applicants; they need no code of an app.
func TestOwnerInvitesAnEditor(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	owner := p.As(p.AddUser(models.Owner, "Pemilik"))
	owner.Get(urls.TeamInvite()).Is(http.StatusOK)
	bad := owner.Post(urls.TeamInvite(), url.Values{"name": {"Dewi"}, "email": {"dewi"}, "role": {"staff"}}).Is(http.StatusUnprocessableEntity)
	bad.Has("[data-error-summary]", "alamat e-mail yang lengkap").Has("[data-error-summary]", "paling sedikit satu hak")
	dewi := joined(t, owner, p, "dewi@contoh.example", "edit")
	owner.Get(urls.Team()).Is(http.StatusOK).Has("table", "Dewi Contoh").Has("table", "Mengelola pelatihan").Lacks("main section form")

	dewi.Get(urls.Manage()).Is(http.StatusOK).Has("header nav", "Tim")
	dewi.Get(urls.Imports()).Is(http.StatusOK)
	dewi.Get(urls.Team()).Is(http.StatusOK).Has("main", "Penanggung jawab lembaga mengundang").Lacks(`main a[href*="/kelola/tim/orang"]`)
	intake := p.AddProgramme(nil).Intakes[0]
	dewi.Get(urls.ManageApplicants(intake)).Is(http.StatusForbidden)
	dewi.Get(urls.TeamInvite()).Is(http.StatusForbidden)
}

// Who chooses applicants needs the code of an app before they see any, and writes no programmes.
func TestSelectorNeedsASecondFactor(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	owner := p.As(p.AddUser(models.Owner, "Pemilik"))
	dewi := joined(t, owner, p, "dewi@contoh.example", "select")
	dewi.Get(urls.Manage()).LeadsTo(urls.SecondFactorSetup())
	dewi.SetUpFactor().LeadsTo(urls.RecoveryCodes())
	dewi.Get(urls.Manage()).Is(http.StatusOK).Lacks(`header nav a[href="/kelola/unggahan"]`)
	dewi.Get(urls.ManageProgrammes()).Is(http.StatusOK).Lacks("main form[method=post]")
	dewi.Post(urls.ManageProgrammes(), url.Values{"title": {"Las"}}).Is(http.StatusForbidden)
	dewi.Get(urls.ManageInstitution()).Is(http.StatusOK).Lacks("main form")
}

// Rights change with the next sign-in, and their person is told.
func TestChangedRightsHoldFromTheNextSignIn(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	owner := p.As(p.AddUser(models.Owner, "Pemilik"))
	dewi := joined(t, owner, p, "dewi@contoh.example", "edit")
	ref := p.One("SELECT ref FROM users WHERE email = 'dewi@contoh.example'")
	owner.Get(urls.Colleague(ref)).Is(http.StatusOK).Has("h1", "Dewi Contoh").Shows(`input[value="edit"][checked]`)
	owner.Post(urls.Colleague(ref), url.Values{"role": {"staff"}}).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "paling sedikit satu hak")
	owner.Post(urls.Colleague(ref), url.Values{"role": {"staff"}, "rights": {"edit"}, "seen": {"staff edit"}}).LeadsTo(urls.Team())
	dewi.Get(urls.Imports()).Is(http.StatusOK) // nothing changed, so nobody is signed out
	both := url.Values{"role": {"staff"}, "rights": {"edit", "select"}, "seen": {"staff edit"}}
	owner.Post(urls.Colleague(ref), both).LeadsTo(urls.Team())
	dewi.Get(urls.Imports()).Is(http.StatusSeeOther)
	if l := owner.LastLetter(); l.Template != "rights_changed" || l.Data["Name"] != "Dewi Contoh" {
		t.Errorf("the last letter is %s to %s", l.Template, l.Data["Name"])
	}
}

// Of two owners who change the same colleague the second is told, and decides over what holds now.
func TestRightsThatAnotherOwnerChangedAreNotOverwritten(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	boss, partner := p.AddUser(models.Owner, "Pemilik"), p.AddUser(models.Owner, "Pemilik kedua")
	if err := p.DB.Model(&partner).Update("institution_id", boss.InstitutionID).Error; err != nil {
		t.Fatal(err)
	}
	first, second := p.As(boss), p.As(partner)
	joined(t, first, p, "dewi@contoh.example", "edit")
	path := urls.Colleague(p.One("SELECT ref FROM users WHERE email = 'dewi@contoh.example'"))
	first.Get(path).Shows(`input[name="seen"][value="staff edit"]`)
	choose := url.Values{"role": {"staff"}, "rights": {"select"}, "seen": {"staff edit"}}
	second.Post(path, choose).LeadsTo(urls.Team())
	late := url.Values{"role": {"owner"}, "seen": {"staff edit"}}
	first.Post(path, late).Is(http.StatusConflict).Shows(`input[name="seen"][value="staff select"]`).Shows(`input[value="owner"][checked]`)
	if kept := p.One("SELECT role || may_edit || may_select FROM users WHERE email = 'dewi@contoh.example'"); kept != "stafffalsetrue" {
		t.Errorf("the account is %s", kept)
	}
	late.Set("seen", "staff select")
	first.Post(path, late).LeadsTo(urls.Team())
}

// Access ends at once and the person reads of it; of the last owner it does not end.
func TestAccessOfAColleagueEnds(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	boss := p.AddUser(models.Owner, "Pemilik")
	owner := p.As(boss)
	owner.Get(urls.ColleagueEnd(boss.Ref)).Is(http.StatusOK).Has("main", "akun Anda sendiri")
	owner.Post(urls.ColleagueEnd(boss.Ref), nil).Is(http.StatusUnprocessableEntity).Has("main", "penanggung jawab terakhir")
	owner.Post(urls.Colleague(boss.Ref), url.Values{"role": {"staff"}, "rights": {"edit"}, "seen": {"owner"}}).
		Is(http.StatusUnprocessableEntity)
	dewi := joined(t, owner, p, "dewi@contoh.example", "edit")
	ref := p.One("SELECT ref FROM users WHERE email = 'dewi@contoh.example'")
	owner.Get(urls.ColleagueEnd(ref)).Is(http.StatusOK).Has("[data-letter]", "sudah diakhiri")
	owner.Post(urls.ColleagueEnd(ref), nil).LeadsTo(urls.Team())
	if l := owner.LastLetter(); l.Template != "access_ended" || l.Address != "dewi@contoh.example" {
		t.Errorf("the last letter is %s to %s", l.Template, l.Address)
	}
	dewi.Get(urls.Manage()).Is(http.StatusSeeOther)
	owner.Post(urls.ColleagueEnd(ref), nil).Is(http.StatusNotFound)
	owner.Get(urls.Team()).Lacks("table a[href$=\"" + ref + "\"]")
}

// An invitation that did not arrive is sent again with another link, or taken back.
func TestInvitationIsSentAgainAndTakenBack(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	owner := p.As(p.AddUser(models.Owner, "Pemilik"))
	owner.Post(urls.TeamInvite(), url.Values{"name": {"Dewi"}, "email": {"dewi@contoh.example"}, "role": {"owner"}}).LeadsTo(urls.Team())
	first := owner.LastLetter().Data["Path"]
	open := func() string {
		return p.One("SELECT ref FROM invitations WHERE revoked_at IS NULL ORDER BY id DESC LIMIT 1")
	}
	owner.Get(urls.Team()).Has("section", "dewi@contoh.example")
	owner.Post(urls.TeamInviteAgain(open()), nil).LeadsTo(urls.Team())
	second := owner.LastLetter().Data["Path"]
	p.Client().Get(first).Is(http.StatusGone)
	p.Client().Get(second).Is(http.StatusOK)
	ref := open()
	owner.Post(urls.TeamRevoke(ref), nil).LeadsTo(urls.Team())
	p.Client().Get(second).Is(http.StatusGone)
	owner.Post(urls.TeamInviteAgain(ref), nil).Is(http.StatusConflict)
	other := p.As(p.AddUser(models.Owner, "Pemilik Lain"))
	other.Post(urls.TeamRevoke(ref), nil).Is(http.StatusNotFound)
}

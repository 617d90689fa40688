package admin_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// F211: the last owner of an institution and the last officer are replaced before their account is closed; the
// invitation says for whom and what.
func TestF211LastOwnerIsReplacedFirst(t *testing.T) {
	p, _, _ := testportal.StartInstitution(t)
	admin := p.As(p.AddUser(models.Admin, "Admin Utama"))
	owner := p.AddUser(models.Owner, "Pemilik")
	admin.Post(urls.AdminWorker(owner.Ref), nil).Is(http.StatusUnprocessableEntity).Has("body", "penanggung jawab terakhir")
	officer := p.One("SELECT ref FROM users WHERE name = 'Rina'")
	admin.Post(urls.AdminWorker(officer), nil).Is(http.StatusUnprocessableEntity).Has("body", "petugas terakhir")
	staff := p.One("SELECT ref FROM users WHERE name = 'Staf'")
	admin.Post(urls.AdminWorker(staff), nil).LeadsTo(urls.Admin())
	path := invited(admin, models.Owner, "dewi@contoh.example", "LPK Pemilik")
	if task := p.LastLetter().Data["Task"]; !strings.Contains(task, "penanggung jawab LPK Pemilik") {
		t.Errorf("the letter invites to %q", task)
	}
	p.Client().Get(path).Is(http.StatusOK).Has("main", "LPK Pemilik")
	p.DB.Exec(`UPDATE users
		SET role = 'owner', may_edit = false, may_select = false, institution_id = ?
		WHERE ref = ?`, owner.InstitutionID, staff)
	p.DB.Exec("UPDATE users SET closed_at = NULL WHERE ref = ?", staff)
	admin.Post(urls.AdminWorker(owner.Ref), nil).LeadsTo(urls.Admin())
	invited(admin, models.Officer, "joko@contoh.example", "")
	if task := p.LastLetter().Data["Task"]; !strings.Contains(task, "sebagai petugas") {
		t.Errorf("the letter invites to %q", task)
	}
}

// F211: of two administrators who close each other at once, one is left.
func TestF211TwoAdministratorsDoNotCloseEachOther(t *testing.T) {
	p, _, _ := testportal.StartInstitution(t)
	a, b := p.AddUser(models.Admin, "Admin Satu"), p.AddUser(models.Admin, "Admin Dua")
	var wait sync.WaitGroup
	for _, pair := range [][2]models.User{{a, b}, {b, a}} {
		wait.Go(func() { _ = p.Store.CloseWorker(t.Context(), pair[0], pair[1].Ref) })
	}
	wait.Wait()
	if n := p.One("SELECT count(*)::text FROM users WHERE role = 'admin' AND closed_at IS NULL"); n != "1" {
		t.Errorf("%s administrators are left", n)
	}
}

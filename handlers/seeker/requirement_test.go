package seeker_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
)

// Each requirement leads to the part in which it is met, back to the application where one is begun; red is only what
// cannot be met.
func TestF181RequirementLeadsToItsPart(t *testing.T) {
	p, _, u, _ := testportal.StartApplicant(t)
	kinds(p)
	l := p.AddProgramme(func(d *models.DemoProgramme) { d.Programme.RequiredCertificates = record.Codes{"TOEFL"} })
	c := p.As(p.AddUser(models.Seeker, "Orang Baru"))
	page := c.Get(urls.Apply(l.Intakes[0])).Is(http.StatusOK)
	for _, part := range []string{"identitas", "pendidikan", "alamat"} {
		page.Shows("#syarat a[href='" + urls.ProfileSection(part) + "']")
	}
	page.Has("#syarat a[href='"+urls.NewCertificate()+"?jenis=TOEFL']", "TOEFL").Lacks("#syarat .tag-refused")
	young := p.As(u)
	p.DB.Exec("UPDATE profiles SET birth_date = '2009-10-01' WHERE user_id = ?", u.ID)
	page = young.Get(urls.Apply(l.Intakes[0])).Is(http.StatusOK)
	page.Has("#syarat li:has(a[href='"+urls.ProfileSection("wali")+"'])", "Belum diisi").Lacks("#syarat .tag-refused")
	to := young.Post(urls.Apply(l.Intakes[0]), url.Values{}).Is(http.StatusSeeOther).Header.Get("Location")
	young.Get(to).Is(http.StatusOK)
	young.Get(urls.Apply(l.Intakes[0])).Has("#syarat a[href^='"+urls.ProfileSection("wali")+"?pendaftaran=']", "Izin orang tua")
	p.DB.Exec("UPDATE profiles SET birth_date = '1950-10-01' WHERE user_id = ?", u.ID)
	young.Get(urls.Apply(l.Intakes[0])).Has("#syarat .tag-refused", "Belum terpenuhi")
}

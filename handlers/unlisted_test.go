package handlers_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// A code that is on no list is refused at its field, whatever form it comes in and whoever sends it.
func TestCodesThatAreOnNoListAreRefusedAtTheirField(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	u := p.AddReadySeeker("Suparmi")
	seeker := p.As(u)
	draft := strings.Split(staff.Post(urls.ManageProgrammes(), url.Values{"token": {uuid.NewString()}, "title": {"Las"}}).
		Is(http.StatusSeeOther).Header.Get("Location"), "/")[3]
	listed := p.AddProgramme(nil)
	p.DB.Exec("UPDATE programmes SET institution_id = (SELECT institution_id FROM users WHERE name = 'Staf')")
	file := p.AddSubmitted(u, listed.Intakes[0])
	officer.Post(urls.OfficerTake(file.Ref), url.Values{"version": {p.Version(file.Ref)}}).Is(http.StatusSeeOther)
	certificate := p.AddCertificate(u)
	address := url.Values{"ktp.street": {"Jl. Melati 1"}, "ktp.village": {"Duren Sawit"}, "ktp.district": {"Duren Sawit"},
		"ktp.regency": {"31.75"}, "same": {"no"}, "domicile.street": {"Jl. Mawar 2"}, "domicile.village": {"Cakung Barat"},
		"domicile.district": {"Cakung"}, "domicile.regency": {"31.75"}}
	job := url.Values{"rows[0].position": {"Juru las"}, "rows[0].employer": {"CV Baja"}, "rows[0].start": {"2010"}}
	differs := url.Values{"field": {models.CheckKTPAddress}, "differs": {"yes"}}
	for _, form := range []struct {
		who    *testportal.Client
		path   string
		values url.Values
		fields string
	}{
		{staff, urls.ManageEditProgramme(draft), url.Values{"title": {"Las"}},
			"sector occupation education certificate regency funding method destinations"},
		{staff, urls.ManageEditProgramme(listed.Programme), url.Values{"title": {"Las"}},
			"sector occupation education certificate regency funding method destinations"},
		{seeker, urls.ProfileSection("alamat"), address, "ktp.regency domicile.regency"},
		{seeker, urls.ProfileSection("pendidikan"), url.Values{}, "code"},
		{seeker, urls.ProfileSection("pengalaman"), job, "rows[0].country"},
		{seeker, urls.EditCertificate(certificate.Ref), testportal.CertificateValues(), "type destination"},
		{officer, urls.OfficerCheck(file.Ref), differs, "regency"},
	} {
		for field := range strings.FieldsSeq(form.fields) {
			for _, code := range []string{"bukan-kode", "99.99", "ZZ", "'"} {
				values := maps.Clone(form.values)
				values.Set(field, code)
				page := form.who.Post(form.path, values)
				if page.Status != http.StatusUnprocessableEntity {
					t.Errorf("%s, %s=%q: status %d", form.path, field, code, page.Status)
				}
			}
		}
	}
	page := staff.Post(urls.ManageEditProgramme(draft), url.Values{"title": {"Las"}, "sector": {"ternak"}, "destinations": {"JP", "XX"}})
	page.Has("#f-sector-error", "tidak lagi ada di daftar").Has("#f-destinations-error", "daftar")
	differs.Set("regency", "99.99")
	officer.Post(urls.OfficerCheck(file.Ref), differs).Has("#cek", "tidak lagi ada di daftar")
}

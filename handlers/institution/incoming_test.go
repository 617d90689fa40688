package institution_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

func TestF045NumberOutOfRangeIsAnotherVersion(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	ref := publishedProgramme(staff, officer)
	intake := p.One("SELECT ref FROM intakes")
	for _, version := range []string{"2147483648", "-99999999999999999999", "satu", "1.5"} {
		staff.Post(urls.ManageInstitution(), url.Values{"about": {"Kami melatih."}, "version": {version}}).Is(http.StatusConflict)
		staff.Post(urls.ManageCancelIntake(intake), url.Values{"version": {version}, "reason": {"Instruktur sakit."}}).Is(http.StatusConflict)
		officer.Post(urls.OfficerInstitution(p.One("SELECT ref FROM institutions WHERE name = 'LPK Staf'")),
			url.Values{"to": {"suspended"}, "note": {"Alasan."}, "version": {version}}).Is(http.StatusConflict)
	}
	staff.Get(urls.ManageProgramme(ref)).Is(http.StatusOK)
}

func TestF042F051ListWithHostileNameAndCells(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	sheet := testportal.SheetHeader + testportal.SheetRow("A1\u202e\u200b", "0", "15 Februari 2027")
	ref := staff.PostSheet(urls.Imports(), "laporan\u2066xslx\x01.csv", []byte(sheet)).ImportRef()
	staff.Get(urls.Import(ref)).Is(http.StatusOK)
	if got := p.One("SELECT file_name FROM imports"); got != "laporanxslx.csv" {
		t.Errorf("kept as %q", got)
	}
}

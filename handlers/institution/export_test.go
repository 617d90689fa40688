package institution_test

import (
	"net/http"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// What an institution downloads it can upload again, and nothing is another; another institution that takes the file has
// the same programmes then.
func TestDownloadedProgrammesComeBackTheSame(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	save(staff, plan("Las;A1;Teknik;\"Mengelas; pelat\""+dates, ";;;;1 Juni 2027;15 Juni 2027;1 Juli 2027;10 Agustus 2027;12",
		"Boga;;Teknik;=Memasak", "Jahit;;Teknik;Menjahit."+dates))
	staff.Get(urls.ManageProgrammes()).Shows(`a[href="` + urls.ProgrammesExport("xlsx") + `"]`)
	file := staff.Get(urls.ProgrammesExport("csv")).Is(http.StatusOK).Body
	if strings.Count(file, "\n") != 5 {
		t.Fatalf("the file is\n%s", file)
	}
	for name, content := range map[string]string{"daftar.csv": file, "daftar.xlsx": staff.Get(urls.ProgrammesExport("xlsx")).Body} {
		ref := staff.PostSheet(urls.Imports(), name, []byte(content)).ImportRef()
		staff.Get(urls.Import(ref)).Is(http.StatusOK).Has("main", "0 baru, 0 berubah, 3 sama")
	}
	other := p.As(p.AddUser(models.Owner, "Lain"))
	save(other, []byte(file))
	if copied := other.Get(urls.ProgrammesExport("csv")).Body; copied != file {
		t.Errorf("the copy is\n%s\nand was\n%s", copied, file)
	}
	staff.Get(urls.ProgrammesExport("ods")).Is(http.StatusNotFound)
}

package seeker_test

import (
	"net/http"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// Every field for files has a button in the words of the reader's language, which a press leads to the field by.
func TestF133FilesAreChosenByOurOwnButton(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	kind := p.One("SELECT min(code) FROM certificate_types")
	for path, word := range map[string]string{
		section("foto-ktp"): "Ambil atau pilih foto", urls.InEnglish(section("foto-ktp")): "Take or choose a photo",
		urls.NewCertificateOf(kind): "Ambil atau pilih foto", urls.Uploads(): "Ambil atau pilih foto",
	} {
		page := c.Get(path)
		if page.Status == http.StatusSeeOther {
			page = c.Get(page.Header.Get("Location"))
		}
		fields := page.Is(http.StatusOK).Find("main input[type=file]")
		if fields.Length() == 0 {
			t.Errorf("%s has no field for files", path)
		}
		for i := range fields.Length() {
			id, _ := fields.Eq(i).Attr("id")
			page.Has(".file-pick > #"+id+" + label.btn[for="+id+"]:has(svg)", word)
		}
	}
}

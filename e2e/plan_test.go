package e2e

import (
	"testing"

	"naikkelas/internal/urls"
)

// On a small phone without scripts: who goes to Korea by EPS gets the papers of EPS; who goes to Germany alone gets none of them,
// and the eleven of the official list.
func TestReadinessWithoutScripts(t *testing.T) {
	p := start(t)
	w := p.person(t, way{name: "phone", width: 360})
	w.register("Suparmi Contoh", "081290001234").at(urls.Me())
	eps := []string{"EPS_RESULT", "SLC", "CCVI", "PRELIM"}
	eleven := []string{"STATUS_KAWIN", "IZIN_KELUARGA", "SERT_KOMPETENSI", "SURAT_PANGGILAN", "PROFIL_PEMBERI_KERJA", "PERJ_KERJA", "SEHAT",
		"VISA_KERJA", "JKN", "BPJS_TK", "PERNYATAAN_RISIKO"}
	for _, c := range []struct {
		route, country, scheme string
		there, missing         []string
	}{
		{"G_TO_G", "KR", "EPS", eps, []string{"PERNYATAAN_RISIKO"}},
		{"PERSEORANGAN", "DE", "", eleven, eps},
	} {
		w.visit(urls.ReadinessChoose()).tick("input[name=route][value="+c.route+"]").choose("country", c.country).choose("scheme", c.scheme)
		w.press("main form button").at(urls.Readiness()).sees("main h1")
		for _, code := range c.there {
			w.sees(`main a[href^="` + urls.ReadinessItem(code) + `"]`)
		}
		for _, code := range c.missing {
			if eval[bool](w, `document.querySelector('main a[href="`+urls.ReadinessItem(code)+`"]') !== null`) {
				t.Errorf("%s is needed for %s", code, c.country)
			}
		}
	}
	w.visit(urls.ReadinessItem("PASPOR")).visit(urls.ReadinessItem("SEHAT")).visit(urls.ReadinessCosts()).visit(urls.ReadinessAsk())
	w.visit(urls.ReadinessPropose()).visit(urls.ReadinessPrint()).visit(urls.ReadinessCalendar())
}

// plans begins a list for Korea by EPS.
func (w *person) plans() *person {
	w.t.Helper()
	w.visit(urls.ReadinessChoose()).tick("input[name=route][value=G_TO_G]").choose("country", "KR").choose("scheme", "EPS")
	return w.press("main form.form button").at(urls.Readiness())
}

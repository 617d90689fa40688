package refdata

import (
	"maps"
	"slices"
	"testing"
)

func allDocuments(t *testing.T) map[string]Document {
	return all(t, Documents, 36, func(d Document) string { return d.Code })
}

func TestDocumentsReferToWhatExists(t *testing.T) {
	routes := all(t, Routes, 7, func(r Route) string { return r.Code })
	schemes := all(t, Schemes, 2, func(s Scheme) string { return s.Code })
	steps := all(t, Steps, 13, func(s Step) string { return s.Code })
	countries, certificates, levels := allCountries(t), allCertificates(t), allLanguageLevels(t)
	documents := allDocuments(t)
	for code, s := range schemes {
		refers(t, code, countries, s.Country)
		refers(t, code, routes, s.Routes...)
	}
	for code, d := range documents {
		refers(t, code, steps, d.Step)
		refers(t, code, routes, d.Routes...)
		refers(t, code, countries, d.Countries...)
		refers(t, code, documents, d.After...)
		refers(t, code, certificates, d.CertificateTypes...)
		refers(t, code, levels, d.LanguageLevels...)
		if len(d.Routes) == 0 {
			t.Errorf("%s counts on no route", code)
		}
		if d.Scheme != "" {
			refers(t, code, schemes, d.Scheme)
			if !slices.Equal(d.Countries, []string{schemes[d.Scheme].Country}) || !slices.Equal(d.Routes, schemes[d.Scheme].Routes) {
				t.Errorf("%s and its scheme %s differ in country or routes", code, d.Scheme)
			}
		}
		for _, level := range d.LanguageLevels {
			if !slices.Contains(d.CertificateTypes, levels[level].CertificateType) {
				t.Errorf("%s: level %s belongs to no certificate that meets it", code, level)
			}
		}
	}
	for _, code := range []string{"IJAZAH", "BUKU_PELAUT"} {
		if !slices.Contains(documents[code].CertificateTypes, code) {
			t.Errorf("%s is also a certificate and does not refer to its type", code)
		}
	}
}

// Whatever the route, the documents can be got one after another.
func TestDocumentsWaitForEachOtherWithoutACircle(t *testing.T) {
	documents := allDocuments(t)
	done := map[string]bool{}
	for range documents {
		for code, d := range documents {
			if !slices.ContainsFunc(d.After, func(first string) bool { return !done[first] }) {
				done[code] = true
			}
		}
	}
	for code := range documents {
		if !done[code] {
			t.Errorf("%s waits for itself", code)
		}
	}
}

func counting(t *testing.T, route, country, scheme string) []string {
	t.Helper()
	documents := allDocuments(t)
	maps.DeleteFunc(documents, func(_ string, d Document) bool { return !d.Counts(route, country, scheme) })
	return slices.Sorted(maps.Keys(documents))
}

func TestReentryAsksForSevenDocuments(t *testing.T) {
	// The seventh, a photo, stands in the note of SURAT_CUTI; E_PMI is the outcome.
	want := []string{"BPJS_TK", "E_PMI", "PASPOR", "PERJ_KERJA", "SEHAT", "SURAT_CUTI", "VISA_KERJA"}
	if got := counting(t, "RE_ENTRY", "MY", ""); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestIndividualRouteAsksForTheElevenOfTheChecklist(t *testing.T) {
	got := counting(t, "PERSEORANGAN", "AE", "")
	eleven := []string{"STATUS_KAWIN", "IZIN_KELUARGA", "SERT_KOMPETENSI", "SEHAT", "VISA_KERJA", "JKN",
		"SURAT_PANGGILAN", "PROFIL_PEMBERI_KERJA", "PERJ_KERJA", "BPJS_TK", "PERNYATAAN_RISIKO"}
	for _, code := range eleven {
		if !slices.Contains(got, code) {
			t.Errorf("%s is missing", code)
		}
	}
	for _, code := range []string{"PERJ_PENEMPATAN", "SIP2MI", "SURAT_CUTI", "COE", "AK1"} {
		if slices.Contains(got, code) {
			t.Errorf("%s is asked for", code)
		}
	}
}

func TestDocumentsOfASchemeStayWithIt(t *testing.T) {
	korean := []string{"EPS_RESULT", "SLC", "CCVI", "PRELIM"}
	nurse, welder := counting(t, "G_TO_G", "DE", ""), counting(t, "G_TO_G", "KR", "EPS")
	for _, code := range korean {
		if slices.Contains(nurse, code) {
			t.Errorf("a nurse for Germany is asked for %s", code)
		}
		if !slices.Contains(welder, code) {
			t.Errorf("a worker for Korea is not asked for %s", code)
		}
	}
	if engineer := counting(t, "PERSEORANGAN", "JP", ""); slices.Contains(engineer, "SSW_TEST") {
		t.Error("an engineer for Japan without SSW is asked for the SSW test")
	}
}

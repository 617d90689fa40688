package refdata

import "testing"

func allCertificates(t *testing.T) map[string]CertificateType {
	return all(t, CertificateTypes, 34, func(c CertificateType) string { return c.Code })
}

func allLanguageLevels(t *testing.T) map[string]LanguageLevel {
	return all(t, LanguageLevels, 75, func(l LanguageLevel) string { return l.Code })
}

func TestCertificateTypesAreConsistent(t *testing.T) {
	categories := all(t, CertificateCategories, 12, func(c CertificateCategory) string { return c.Code })
	used := map[string]bool{}
	types := allCertificates(t)
	for code, c := range types {
		refers(t, code, categories, c.Category)
		used[c.Category] = true
		if !c.HasExpiry && (c.ValidityMonths > 0 || c.ConfirmEveryMonths > 0) {
			t.Errorf("%s never lapses and yet has a validity", code)
		}
	}
	for code := range categories {
		if !used[code] {
			t.Errorf("no certificate type of category %s", code)
		}
	}
	if types["TOPIK"].ValidFrom != FromAnnouncement {
		t.Error("TOPIK does not count from the announcement")
	}
	if w := types["WELD_ISO9606"]; w.ConfirmEveryMonths != 6 || w.ValidityMonths != 36 {
		t.Errorf("ISO 9606-1 lapses after six months without a signature: %+v", w)
	}
	if types["LPK_TRAINING"].Category == types["BNSP_LSP"].Category {
		t.Error("a training certificate is not a competence certificate")
	}
}

func TestLanguageLevelsBelongToLanguageCertificates(t *testing.T) {
	types := allCertificates(t)
	for code, l := range allLanguageLevels(t) {
		refers(t, code, types, l.CertificateType)
		c := types[l.CertificateType]
		if c.Category != "language" {
			t.Errorf("%s is proved by %s, which is no language certificate", code, l.CertificateType)
		}
		if l.ValidityMonths != c.ValidityMonths {
			t.Errorf("%s is valid %d months, its certificate %d", code, l.ValidityMonths, c.ValidityMonths)
		}
	}
	perTest := map[string]int{}
	rows, err := LanguageLevels()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range rows {
		perTest[l.Test]++
		if l.Rank != perTest[l.Test] {
			t.Errorf("%s has rank %d, want %d", l.Code, l.Rank, perTest[l.Test])
		}
	}
}

func TestCertificateLevelsAreOfOtherKindsThanLanguages(t *testing.T) {
	types := allCertificates(t)
	perType := map[string]int{}
	for code, l := range all(t, CertificateLevels, 47, func(l CertificateLevel) string { return l.Code }) {
		refers(t, code, types, l.CertificateType)
		if types[l.CertificateType].Category == "language" {
			t.Errorf("%s is a language test", code)
		}
		perType[l.CertificateType]++
	}
	if perType["BNSP_LSP"] != 11 || perType["SIO_KEMNAKER"] != 3 {
		t.Errorf("levels per kind: %v", perType)
	}
}

func TestScoresLieInTheirRange(t *testing.T) {
	for code, l := range allLanguageLevels(t) {
		if l.Scored() && (l.Score < l.ScoreMin || l.Score > l.ScoreMax) {
			t.Errorf("%s begins at %d, outside of %d to %d", code, l.Score, l.ScoreMin, l.ScoreMax)
		}
	}
}

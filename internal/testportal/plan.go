package testportal

import (
	"naikkelas/models"
)

// AddRules adds two routes with a short list of papers each: G_TO_G to Korea with a passport, a health paper and a visa that waits
// for both, and PERSEORANGAN with a passport, a paper on which a question hangs, and a certificate of the kind BNSP.
func (p *Portal) AddRules() {
	p.T.Helper()
	p.addCertificateType()
	korea := models.Country{Code: "KR", Name: models.Text{ID: "Korea", EN: "Korea"}}
	if err := p.DB.Where("code = 'KR'").FirstOrCreate(&korea).Error; err != nil {
		p.T.Fatal(err)
	}
	exec := func(query string, args ...any) {
		if err := p.DB.Exec(query, args...).Error; err != nil {
			p.T.Fatal(err)
		}
	}
	for n, route := range []string{"G_TO_G", "PERSEORANGAN"} {
		exec(`INSERT INTO routes (code, name_id, name_en, placed_by_id, placed_by_en, note_id, note_en, proposed_when, source, confidence,
				position, valid_from)
			VALUES (?, ?, ?, '', '', '', '', ?, 'Contoh', 'high', ?, '2020-01-01')`, route, route, route, []string{"NEGARA", "SENDIRI"}[n], n)
	}
	for _, fact := range [][3]string{{"DARAT", "place", "Di darat"}, {"NEGARA", "arranger", "Negara"}, {"SENDIRI", "arranger", "Saya sendiri"},
		{"BARU", "before", "Belum pernah"}, {"DIMINTA", "paper", "Diminta imigrasi?"}} {
		exec(`INSERT INTO facts (code, part, question_id, question_en, position, valid_from)
			VALUES (?, ?, ?, ?, 1, '2020-01-01')`, fact[0], fact[1], fact[2], fact[2])
	}
	paper := func(code, routes, blocks, condition, certificates string, health bool, days any) {
		exec(`INSERT INTO documents (code, name_id, name_en, part, health, numbered, certificate_types, all_certificates, language_levels,
				issuer_id, issuer_en, validity_id, validity_en, note_id, note_en, source, confidence, position, valid_from)
			VALUES (?, ?, ?, 'visa', ?, true, ?, false, '', 'Kantor', 'Office', '', '', '', '', 'Contoh', 'high', 1, '2020-01-01')`,
			code, "Surat "+code, "Paper "+code, health, certificates)
		for _, route := range []string{"G_TO_G", "PERSEORANGAN"} {
			if routes != "" && routes != route {
				continue
			}
			exec(`INSERT INTO document_rules (code, document_code, variant, variant_id, variant_en, route, country_code, scheme, grade, condition,
					why_id, why_en, blocks, step, core, basis_id, basis_en, note_id, note_en, source, confidence, position, valid_from)
				VALUES (?, ?, '', '', '', ?, '', '', 'required', ?, 'Bila diminta', 'When asked', ?, 10, false, 'UU 18/2017', 'Law 18/2017', '',
					'', 'Contoh', 'high', 1, '2020-01-01')`, route+code, code, route, condition, blocks)
		}
		if days != nil {
			exec(`INSERT INTO lead_times (code, document_code, variant, routes, country_code, scheme, label_id, label_en, cost_min, cost_max,
					days_min, days_max, working, where_id, where_en, valid_for_id, valid_for_en, basis_id, basis_en, note_id, note_en, source,
					confidence, position, valid_from)
				VALUES (?, ?, '', '', '', '', '', '', 0, 350000, ?, ?, true, '', '', '', '', '', '', '', '', 'Contoh', 'high', 1, '2020-01-01')`,
				code, code, days, days)
		}
	}
	paper("PASPOR", "", "VISA_KERJA", "", "", false, 4)
	paper("SEHAT", "G_TO_G", "VISA_KERJA", "", "", true, nil)
	paper("VISA_KERJA", "G_TO_G", "", "", "", false, 6)
	paper("AKTA", "PERSEORANGAN", "", "DIMINTA", "", false, nil)
	paper("SERT", "PERSEORANGAN", "", "", "BNSP", false, nil)
}

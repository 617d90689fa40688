package journey

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// certifierRows is the table of the bodies that recognise what somebody can do.
const certifierRows = "certifiers"

// certifierTables describes those bodies (LSP).
func certifierTables() []dated.Table {
	return []dated.Table{{
		Name: certifierRows, Slug: "lsp", Title: "name", Second: true, CheckDays: checkRulesAfter,
		Proves: []string{"occupations", "certificate_types", "where_id"},
		Fields: slices.Concat(
			fieldsOf(
				dated.Field{Column: "name", Kind: dated.Line}, dated.Field{Column: "licence", Kind: dated.Line, Optional: true},
				dated.Field{Column: "occupations", Kind: dated.Codes, Of: "occupations", Name: "name_id"},
				dated.Field{Column: "certificate_types", Kind: dated.Codes, Of: "certificate_types", Name: "name_id"},
			),
			wording("scheme", dated.Line, false), wording("where", dated.Lines, false),
			fieldsOf(sourceField, dated.Field{Column: "public", Kind: dated.Flag}),
		),
	}}
}

// A Certifier is a body that tests and recognises what somebody can do (LSP), as officers noted it.
type Certifier struct {
	Code             string
	Name             string
	Licence          string
	CertificateTypes string
	Scheme           models.Text `gorm:"embedded;embeddedPrefix:scheme_"`
	Where            models.Text `gorm:"embedded;embeddedPrefix:where_"`
	Source           string
	CheckedOn        *time.Time
}

// Gives says whether the body gives a kind of certificate.
func (c Certifier) Gives(kind string) bool {
	return slices.Contains(strings.Split(c.CertificateTypes, "\n"), kind)
}

// certifiers are the bodies of today for an occupation.
func (s *Store) certifiers(ctx context.Context, occupation string) (list []Certifier, err error) {
	today := record.DayOf(s.db.Now()).Date()
	err = s.db.With(ctx).Table(certifierRows).
		Where("public AND valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?)", today, today).
		Where("? = ANY(string_to_array(occupations, E'\\n'))", occupation).Order("name, code").Limit(50).Find(&list).Error
	if err != nil {
		return nil, fmt.Errorf("find certifiers: %w", err)
	}
	return list, nil
}

package journey

import (
	"context"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// The kinds of support: what somebody on their way through may use, and for who came back claims, money, a business, and
// a new start.
const (
	SupportTransit  = "transit"
	SupportClaim    = "claim"
	SupportCapital  = "capital"
	SupportBusiness = "business"
	SupportStart    = "start"
)

// SupportKinds lists the kinds of support.
func SupportKinds() []string {
	return []string{SupportTransit, SupportClaim, SupportCapital, SupportBusiness, SupportStart}
}

// supportTables describes what there is for people who pass through or came back.
func supportTables() []dated.Table {
	return []dated.Table{{
		Name: "support_offers", Slug: "dukungan", Title: "name_id", Group: "kind", Second: true, CheckDays: 180,
		Proves: []string{"says_id", "where_id"},
		Fields: []dated.Field{
			{Column: "kind", Kind: dated.Choice, Choices: SupportKinds()},
			{Column: "name_id", Kind: dated.Line},
			{Column: "name_en", Kind: dated.Line},
			{Column: "says_id", Kind: dated.Lines},
			{Column: "says_en", Kind: dated.Lines},
			{Column: "where_id", Kind: dated.Lines},
			{Column: "where_en", Kind: dated.Lines},
			{Column: "doubt_id", Kind: dated.Lines, Optional: true},
			{Column: "doubt_en", Kind: dated.Lines, Optional: true},
			{Column: "province", Kind: dated.Code, Of: "provinces", Name: "name", Optional: true},
			{Column: "source", Kind: dated.Lines, Optional: true},
			{Column: "public", Kind: dated.Flag},
		},
	}}
}

// A Support is something that is there for people who pass through or came back. Doubt is what is not sure about it.
type Support struct {
	Code      string
	Kind      string
	Name      models.Text `gorm:"embedded;embeddedPrefix:name_"`
	Says      models.Text `gorm:"embedded;embeddedPrefix:says_"`
	Where     models.Text `gorm:"embedded;embeddedPrefix:where_"`
	Doubt     models.Text `gorm:"embedded;embeddedPrefix:doubt_"`
	Province  string
	Source    string
	CheckedOn *time.Time
}

// Support is what there is today of some kinds; of a province or for everybody.
func (s *Store) Support(ctx context.Context, province string, kinds ...string) ([]Support, error) {
	var list []Support
	today := record.DayOf(s.db.Now()).Date()
	err := s.db.With(ctx).Table("support_offers").
		Where("public AND valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?)", today, today).
		Where("kind IN ? AND province IN ('', ?)", kinds, province).Order("position, code").Limit(100).Find(&list).Error
	return list, err
}

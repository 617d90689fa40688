package models

import (
	"context"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// Text is a wording in both languages.
type Text struct {
	ID string
	EN string
}

// In gives the wording in a language; Indonesian when the English one is missing.
func (t Text) In(lang i18n.Lang) string {
	if lang == i18n.EN && t.EN != "" {
		return t.EN
	}
	return t.ID
}

// Sector is one of the portal's fields of work; the list is data and can grow.
type Sector struct {
	Code     string
	Name     Text `gorm:"embedded;embeddedPrefix:name_"`
	About    Text `gorm:"embedded;embeddedPrefix:about_"`
	Icon     string
	Position int
}

// EducationLevel is a level of schooling; levels of equal rank meet the same minimum.
type EducationLevel struct {
	Code string
	Rank int
	Name Text `gorm:"embedded;embeddedPrefix:name_"`
}

// Country is a country with its calling code; Destination marks the usual ones of Indonesian workers.
type Country struct {
	Code        string
	Name        Text `gorm:"embedded;embeddedPrefix:name_"`
	CallingCode string
	Destination bool
	Caution     bool // a warning must stand beside the name
	Note        Text `gorm:"embedded;embeddedPrefix:note_"`
	CheckedOn   *time.Time
}

// Occupation is a job abroad that a training may lead to, without a promise of demand.
type Occupation struct {
	Code         string
	SectorCode   string
	Name         Text         `gorm:"embedded;embeddedPrefix:name_"`
	ISCO08       string       `gorm:"column:isco08"`
	Training     Text         `gorm:"embedded;embeddedPrefix:training_"`
	Demand       Text         `gorm:"embedded;embeddedPrefix:demand_"`
	Note         Text         `gorm:"embedded;embeddedPrefix:note_"`
	Destinations record.Codes `gorm:"type:text[]"`
}

// CertificateType is a kind of certificate with its rules of validity in months (nil for none). One that
// HasExpiry without ValidityMonths may end: only the paper says when, if it does.
type CertificateType struct {
	Code               string
	Category           string
	Name               Text `gorm:"embedded;embeddedPrefix:name_"`
	Issuer             Text `gorm:"embedded;embeddedPrefix:issuer_"`
	LevelHint          Text `gorm:"embedded;embeddedPrefix:level_hint_"`
	NumberHint         Text `gorm:"embedded;embeddedPrefix:number_hint_"`
	Validity           Text `gorm:"embedded;embeddedPrefix:validity_"`
	Verify             Text `gorm:"embedded;embeddedPrefix:verify_"`
	ValidityMonths     *int
	ValidFromBasis     string
	ConfirmEveryMonths *int
	HasExpiry          bool
	Position           int
}

// FromAnnouncement is the ValidFromBasis of a type that counts from the day on which results are announced
// (TOPIK), not from the one on the paper.
const FromAnnouncement = "result_announcement"

// FromTest is the ValidFromBasis of a type that counts from the day of the test.
const FromTest = "test_date"

// CertificateLevel is one level of a kind of certificate, or of one of its tests. Where a test knows only
// scores, Score is the threshold from which the level is reached, and ScoreMin to ScoreMax is what a score
// can be; all three are nil elsewhere. CEFR is approximate, empty where it does not apply.
type CertificateLevel struct {
	Code            string
	CertificateType string
	Test            string
	Level           string
	Rank            int
	Name            Text   `gorm:"embedded;embeddedPrefix:name_"`
	CEFR            string `gorm:"column:cefr"`
	Note            Text   `gorm:"embedded;embeddedPrefix:note_"`
	Score           *int
	ScoreMin        *int
	ScoreMax        *int
}

// Hotline is a help number or address. Kind is phone, whatsapp or web; Dial is the number for
// a link. CheckedOn is the date of its source (show the month only), nil when it was not
// checked again.
type Hotline struct {
	ID        int64
	Code      string
	Name      Text `gorm:"embedded;embeddedPrefix:name_"`
	Kind      string
	Number    string
	Dial      string
	URL       string `gorm:"column:url"`
	Note      Text   `gorm:"embedded;embeddedPrefix:note_"`
	Public    bool
	CheckedOn *time.Time
	Position  int
	ValidFrom time.Time
	ValidTo   *time.Time
}

// ReasonCode is a reason that a decision names, with the text its reader gets and what they
// can do now (Fix). NeedsNote says that it says nothing by itself: the person deciding must add a note.
type ReasonCode struct {
	Kind      string
	Code      string
	Text      Text `gorm:"embedded;embeddedPrefix:text_"`
	Fix       Text `gorm:"embedded;embeddedPrefix:fix_"`
	NeedsNote bool
	Position  int
	ValidFrom time.Time
	ValidTo   *time.Time
}

// Sectors lists the sectors in their order.
func (s *Store) Sectors(ctx context.Context) ([]Sector, error) {
	var list []Sector
	err := s.db.With(ctx).Order("position").Limit(50).Find(&list).Error
	return list, err
}

// EducationLevels lists the levels from none to the highest.
func (s *Store) EducationLevels(ctx context.Context) ([]EducationLevel, error) {
	var list []EducationLevel
	err := s.db.With(ctx).Order("rank, code").Limit(50).Find(&list).Error
	return list, err
}

// Countries lists the countries by Indonesian name, usual destinations first.
func (s *Store) Countries(ctx context.Context) ([]Country, error) {
	var list []Country
	err := s.db.With(ctx).Order("destination DESC, name_id").Limit(300).Find(&list).Error
	return list, err
}

// Destinations lists the countries to which Indonesian workers usually go.
func (s *Store) Destinations(ctx context.Context) ([]Country, error) {
	var list []Country
	err := s.db.With(ctx).Where("destination").Order("name_id").Limit(100).Find(&list).Error
	return list, err
}

// Occupations lists the occupations by sector and Indonesian name.
func (s *Store) Occupations(ctx context.Context) ([]Occupation, error) {
	var list []Occupation
	err := s.db.With(ctx).Order("sector_code, name_id, code").Limit(300).Find(&list).Error
	return list, err
}

// CertificateTypes lists the types in their order.
func (s *Store) CertificateTypes(ctx context.Context) ([]CertificateType, error) {
	var list []CertificateType
	err := s.db.With(ctx).Order("position, code").Limit(200).Find(&list).Error
	return list, err
}

// CertificateLevels lists the levels of a kind of certificate, the lowest first within a test.
func (s *Store) CertificateLevels(ctx context.Context, kind string) ([]CertificateLevel, error) {
	var list []CertificateLevel
	err := s.db.With(ctx).Where("certificate_type = ?", kind).Order("test, rank, code").Limit(200).Find(&list).Error
	return list, err
}

// Hotlines lists the help numbers that are public today.
func (s *Store) Hotlines(ctx context.Context) ([]Hotline, error) {
	var list []Hotline
	today := record.DayOf(s.db.Now()).Date()
	err := s.db.With(ctx).Where("public AND valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?)", today, today).
		Order("position, code").Limit(50).Find(&list).Error
	return list, err
}

// Reasons lists the reasons of one kind that hold today: needs_fix, not_eligible,
// certificate_needs_fix, certificate_rejected, certificate_suspended, withdraw, not_selected, programme_refused, dropped.
func (s *Store) Reasons(ctx context.Context, kind string) ([]ReasonCode, error) {
	var list []ReasonCode
	today := record.DayOf(s.db.Now()).Date()
	err := s.db.With(ctx).Where("kind = ? AND valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?)", kind, today, today).
		Order("position, code").Limit(50).Find(&list).Error
	return list, err
}

// ReasonTexts gives every reason by its code, also those that hold no more: old decisions name them.
func (s *Store) ReasonTexts(ctx context.Context) (map[string]ReasonCode, error) {
	var list []ReasonCode
	err := s.db.With(ctx).Order("valid_from").Limit(1000).Find(&list).Error
	reasons := make(map[string]ReasonCode, len(list))
	for _, r := range list {
		reasons[r.Code] = r
	}
	return reasons, err
}

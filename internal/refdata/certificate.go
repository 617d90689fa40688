package refdata

// CertificateCategory groups certificate types on a screen.
type CertificateCategory struct {
	Code string
	Name Text
}

// CertificateCategories reads the categories in the order screens show them.
func CertificateCategories() ([]CertificateCategory, error) {
	return load("certificate_categories.csv", func(r *record) CertificateCategory {
		return CertificateCategory{Code: r.key("code"), Name: r.words("name")}
	})
}

// ValidFrom says from which day the validity of a certificate counts.
type ValidFrom string

// The days a validity can count from.
const (
	FromIssue        ValidFrom = "issue_date"
	FromAnnouncement ValidFrom = "result_announcement"
	FromTest         ValidFrom = "test_date"
)

// CertificateType is a kind of certificate that a seeker can hand in.
type CertificateType struct {
	Code     string
	Category string // code of its CertificateCategory
	Name     Text
	Issuer   Text
	Scale    Text // the levels or scores it knows
	// HasExpiry says that certificates of this type can lapse.
	HasExpiry bool
	// ValidityMonths is a suggestion for the end date, 0 when there is none or
	// it is not known; the date printed on the certificate counts.
	ValidityMonths int
	ValidFrom      ValidFrom
	// ConfirmEveryMonths is above zero when the certificate lapses unless it is
	// signed or used that often, whatever its end date.
	ConfirmEveryMonths int
	Rule               Text // the validity in words
	Number             Text // a hint on where its number stands; formats are not checked
	HowVerified        Text // how an officer verifies it
	Source             string
	Confidence         Confidence
}

// CertificateTypes reads the certificate types.
func CertificateTypes() ([]CertificateType, error) {
	return load("certificate_types.csv", func(r *record) CertificateType {
		return CertificateType{
			Code:               r.key("code"),
			Category:           r.text("category"),
			Name:               r.words("name"),
			Issuer:             r.words("issuer"),
			Scale:              r.words("scale"),
			HasExpiry:          r.flag("has_expiry"),
			ValidityMonths:     r.someNumber("validity_months"),
			ValidFrom:          oneOf(r, "valid_from", FromIssue, FromAnnouncement, FromTest),
			ConfirmEveryMonths: r.someNumber("confirm_every_months"),
			Rule:               r.words("rule"),
			Number:             r.words("number"),
			HowVerified:        r.words("how_verified"),
			Source:             r.text("source"),
			Confidence:         r.confidence(),
		}
	})
}

// LanguageLevel is a level of a language test, or a threshold in the score of a
// test that knows only scores.
type LanguageLevel struct {
	Code            string
	Language        string // two letters, ISO 639-1
	LanguageName    Text
	Test            string
	CertificateType string // code of the CertificateType that proves it
	Level           string // as the test calls it
	Rank            int    // 1 is the lowest level of its test
	// Score is the threshold of the level where the test knows only scores; they lie
	// from ScoreMin to ScoreMax. All are 0 elsewhere.
	Score, ScoreMin, ScoreMax int
	Name                      Text   // test and level for a screen: "JLPT N4"
	CEFR                      string // approximate, "A2-B1" between two, empty when unknown
	ValidityMonths            int    // 0 when there is none or it is not known
	Note                      Text
	Source                    string
	Confidence                Confidence
}

// LanguageLevels reads the levels, test by test, the lowest first.
func LanguageLevels() ([]LanguageLevel, error) {
	return load("language_levels.csv", func(r *record) LanguageLevel {
		return LanguageLevel{
			Code:            r.key("code"),
			Language:        r.text("language"),
			LanguageName:    r.words("language"),
			Test:            r.text("test"),
			CertificateType: r.text("certificate_type"),
			Level:           r.text("level"),
			Rank:            r.number("rank"),
			Score:           r.someNumber("score"),
			ScoreMin:        r.someNumber("score_min"),
			ScoreMax:        r.someNumber("score_max"),
			Name:            r.words("name"),
			CEFR:            r.optional("cefr"),
			ValidityMonths:  r.someNumber("validity_months"),
			Note:            r.words("note"),
			Source:          r.text("source"),
			Confidence:      r.confidence(),
		}
	})
}

// Scored says whether the test knows only scores.
func (l LanguageLevel) Scored() bool { return l.ScoreMax > 0 }

// CertificateLevel is a level of a kind of certificate that is no language test.
type CertificateLevel struct {
	Code            string
	CertificateType string
	Level           string
	Rank            int // 1 is the lowest
	Name            Text
	Source          string
	Confidence      Confidence
}

// CertificateLevels reads the levels, kind by kind, the lowest first.
func CertificateLevels() ([]CertificateLevel, error) {
	return load("certificate_levels.csv", func(r *record) CertificateLevel {
		return CertificateLevel{
			Code:            r.key("code"),
			CertificateType: r.text("certificate_type"),
			Level:           r.text("level"),
			Rank:            r.number("rank"),
			Name:            r.words("name"),
			Source:          r.text("source"),
			Confidence:      r.confidence(),
		}
	})
}

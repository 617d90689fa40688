package models

import "time"

// Profile is what a seeker says of themselves beyond the account: the NIK, family-card and
// passport numbers are sealed, and only their masked forms are plain. What is told of health and family is sealed too;
// its texts are empty until they were opened.
type Profile struct {
	UserID              int64  `gorm:"primaryKey;autoIncrement:false"`
	Title               string // academic or other title, as on the KTP; optional
	PassportName        string
	NIKSealed           []byte `gorm:"column:nik_sealed"`
	NIKIndex            []byte `gorm:"column:nik_index"`
	NIKMasked           string `gorm:"column:nik_masked"`
	NIKVerified         bool   `gorm:"column:nik_verified"`
	KKSealed            []byte `gorm:"column:kk_sealed"`
	KKMasked            string `gorm:"column:kk_masked"`
	PassportSealed      []byte
	PassportMasked      string
	BirthPlace          string
	BirthDate           *time.Time
	Sex                 *string // L or P, as on the KTP
	DomicileSame        bool
	EducationCode       *string
	EducationSchool     string
	EducationMajor      string
	EducationYear       *int
	EducationName       string // the name on the diploma, when it differs
	NoLanguages         bool
	NoExperience        bool
	SpecialNeedsSealed  []byte
	GuardianNameSealed  []byte
	GuardianPhoneSealed []byte
	SpecialNeeds        string `gorm:"-"` // disability or adjustment in the person's own words; needs the consent special_needs
	GuardianName        string `gorm:"-"`
	GuardianRelation    string
	GuardianPhone       string `gorm:"-"` // E.164
	Version             int
	UpdatedAt           time.Time `gorm:"autoUpdateTime:false"`
}

// AgeOn is the person's age in whole years on a calendar day; 0 without a birth date.
func (p Profile) AgeOn(day time.Time) int { return ageOn(p.BirthDate, day) }

func ageOn(birth *time.Time, day time.Time) int {
	if birth == nil {
		return 0
	}
	age := day.Year() - birth.Year()
	if day.Month() < birth.Month() || day.Month() == birth.Month() && day.Day() < birth.Day() {
		age--
	}
	return age
}

// Address is one of a person's two addresses. Kind is ktp or domicile; RT and RW are three
// digits or empty; village and district are free text outside Jakarta.
type Address struct {
	UserID      int64
	Kind        string
	Street      string
	RT          string `gorm:"column:rt"`
	RW          string `gorm:"column:rw"`
	Village     string
	District    string
	RegencyCode string
	PostalCode  string
}

// KnownLanguage is a language that the person speaks. Ability is basic, conversation or fluent.
type KnownLanguage struct {
	ID       int64
	UserID   int64
	Language string
	Ability  string
}

// Experience is a job that the person had. EndYear is nil while it lasts.
type Experience struct {
	ID          int64
	UserID      int64
	Position    string
	Employer    string
	Country     string
	StartYear   int
	EndYear     *int
	Description string
}

// EmergencyContact is one of two people to be told in trouble. Phone is E.164.
type EmergencyContact struct {
	ID       int64
	UserID   int64
	Position int
	Name     string
	Relation string
	Phone    string
	Address  string
}

// The fields that an officer compares with the KTP.
const (
	CheckNIK        = "nik"
	CheckName       = "name"
	CheckBirthDate  = "birth_date"
	CheckKTPAddress = "ktp_address"
)

// IdentityCheck is what an officer saw on the KTP for one field: checked, or differs with
// the value seen. A change of the field by the seeker supersedes it.
type IdentityCheck struct {
	ID           int64
	UserID       int64
	Field        string
	Outcome      string // checked or differs
	SeenDate     *time.Time
	SeenRegency  *string
	SeenName     string
	SeenSealed   []byte
	SeenIndex    []byte
	SeenMasked   string // of the number on the card
	Typed        string // what the person had typed then
	PassedAs     string // why a difference does not matter, one of DifferenceReasons
	Note         string
	OfficerID    int64
	At           time.Time
	SupersededAt *time.Time
}

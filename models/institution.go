package models

import (
	"context"
	"time"

	"naikkelas/models/record"
)

// InstitutionState is where an institution stands with the officers.
type InstitutionState string

// The states of an institution (design.md section 3).
const (
	InstitutionSubmitted InstitutionState = "submitted"
	InstitutionVerified  InstitutionState = "verified"
	InstitutionSuspended InstitutionState = "suspended"
	InstitutionRevoked   InstitutionState = "revoked"
)

// Institution is a training institution (lembaga pelatihan). Kind is ppkd, ppkpi, blk or
// lpk; dates of permits are nil when unknown. Free text (About) is the institution's own, in
// Indonesian.
type Institution struct {
	ID                     int64
	Ref                    string
	Kind                   string
	Name                   string
	NIB                    string `gorm:"column:nib"`
	VIN                    string `gorm:"column:vin"`
	LicenseNo              string
	LicenseExpiresOn       *time.Time
	AccreditationNo        string
	AccreditationScope     string
	AccreditationExpiresOn *time.Time
	SOPermitNo             string     `gorm:"column:so_permit_no"`
	SOPermitExpiresOn      *time.Time `gorm:"column:so_permit_expires_on"`
	Street                 string
	RegencyCode            *string
	ResponsiblePerson      string
	Phone                  string
	Email                  string
	Website                string
	ComplaintContact       string
	About                  string
	State                  InstitutionState
	VerifiedAt             *time.Time
	Demo                   bool
	ExternalKey            *string // of an imported list, so that a second import changes and does not double
	ExternalSource         string  // the list in which the key counts
	Version                int
	CreatedAt              time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt              time.Time `gorm:"autoUpdateTime:false"`
}

// Public says whether anyone may see the institution: verified, or suspended (then its page
// says so and its programmes take nobody).
func (i Institution) Public() bool {
	return i.State == InstitutionVerified || i.State == InstitutionSuspended
}

// LicenceOver says that the licence has ended, so that nobody new is taken; running classes go on. Where its end is not known,
// nothing is closed.
func (i Institution) LicenceOver(at time.Time) bool {
	return i.LicenseExpiresOn != nil && record.DayOf(at).Date().After(record.DateDay(*i.LicenseExpiresOn).Date())
}

// licenceHolds is the SQL of the contrary, of a date column on the day @today.
func licenceHolds(column string) string {
	return "(" + column + " IS NULL OR " + column + " >= @today)"
}

// PublicInstitution finds an institution that anyone may see. One that was public once is
// ErrGone.
func (s *Store) PublicInstitution(ctx context.Context, ref string) (Institution, error) {
	var i Institution
	if err := s.db.With(ctx).Where("ref = ? AND state <> 'submitted'", ref).Take(&i).Error; err != nil {
		return i, err
	}
	if !i.Public() {
		return i, ErrGone
	}
	return i, nil
}

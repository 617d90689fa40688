package models

import (
	"time"

	"naikkelas/models/record"
)

// CertificateState is where a certificate stands with the officers. Expired is no state but
// a matter of dates, see Certificate.Expired.
type CertificateState string

// The states of a certificate (design.md section 3, domain.md section 7).
const (
	CertificateDraft     CertificateState = "draft"
	CertificateSubmitted CertificateState = "submitted"
	CertificateChecking  CertificateState = "checking"
	CertificateVerified  CertificateState = "verified"
	CertificateNeedsFix  CertificateState = "needs_fix"
	CertificateRejected  CertificateState = "rejected"
	CertificateSuspended CertificateState = "suspended"
)

// Certificate is a paper of a person with what is written on it. ValidUntil is nil when it
// does not expire; NextConfirmationDue is the day by which it needs a signature again, RecheckOn
// the day by which an officer wants to look again. Method says how an officer verified it: qr,
// issuer_site, email or original_seen.
type Certificate struct {
	ID                  int64
	Ref                 string
	SeekerID            int64
	TypeCode            string
	Title               string
	Number              string
	HolderName          string
	Issuer              string
	Level               string  // in words: what stands beside the level, or all of it where there is no list
	LevelCode           *string // of its CertificateLevel
	Test                string  // with Score: which test of the type
	Score               *int
	Link                string // where work can be seen; shown, never fetched
	Destination         *string
	IssuedOn            *time.Time
	ValidUntil          *time.Time
	UntilPrinted        bool       // ValidUntil stands on the paper; otherwise it was worked out from the type
	ConfirmedOn         *time.Time // day of the last regular signature
	NextConfirmationDue *time.Time
	RecheckOn           *time.Time
	DueOn               *time.Time `gorm:"->"` // the earlier of the two days before, kept by the database
	State               CertificateState
	Method              string
	OfficerID           *int64
	SubmittedAt         *time.Time // since when it waits, or waited last, for officers
	DecidedAt           *time.Time
	TakenAwayAt         *time.Time       // since when it is suspended or rejected, until an officer verifies it again
	TakenAwayAs         CertificateState // CertificateSuspended or CertificateRejected with TakenAwayAt, else empty
	ReasonCode          string
	Note                string
	Typed               *CertificateTyped `gorm:"serializer:json"` // what the owner typed, where an officer noted what stands there
	ReadBy              *int64            // the officer who read it
	ReadAt              *time.Time
	FormToken           *string
	Version             int
	CreatedAt           time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt           time.Time `gorm:"autoUpdateTime:false"`
	DeletedAt           *time.Time
}

// Reopened says whether its owner took a sent certificate back to change it, though no officer asked.
func (c Certificate) Reopened() bool { return c.State == CertificateNeedsFix && c.ReasonCode == "" }

// Expired says whether the certificate's last day is past.
func (c Certificate) Expired(at time.Time) bool {
	return c.ValidUntil != nil && at.After(record.DateDay(*c.ValidUntil).End())
}

// CertificateFile ties an upload to a certificate, in order.
type CertificateFile struct {
	CertificateID int64
	UploadID      int64
	Position      int
}

// CertificateEvent is one line of a certificate's history.
type CertificateEvent struct {
	ID            int64
	CertificateID int64
	ActorID       *int64
	At            time.Time
	FromState     CertificateState
	ToState       CertificateState
	Method        string
	ReasonCode    string
	Note          string
	ConfirmedOn   *time.Time // the signature that the officer saw
	RecheckOn     *time.Time // the day by which officers look again
	ActorUnit     string     `gorm:"->;-:migration"` // the city of an officer
}

package models

import (
	"time"
)

// ProgrammeState is where a programme stands.
type ProgrammeState string

// The states of a programme: an officer's approval lies between submitted and published, and where its institution chose a
// moment ahead, approved until that.
const (
	ProgrammeDrafted   ProgrammeState = "draft"
	ProgrammeSubmitted ProgrammeState = "submitted"
	ProgrammeApproved  ProgrammeState = "approved"
	ProgrammePublished ProgrammeState = "published"
	ProgrammeClosed    ProgrammeState = "closed"
	ProgrammeWithdrawn ProgrammeState = "withdrawn"
)

// The sources of a programme's money. Only SelfPaid may cost the participant anything.
const (
	FundingAPBD     = "apbd"
	FundingAPBN     = "apbn"
	FundingCSR      = "csr"
	FundingSelfPaid = "self_paid"
)

// Programme is a training programme as listed (program pelatihan). Money is whole rupiah,
// HoursJP are lesson hours of MinutesPerJP minutes, ages are whole years at the start of an
// intake. Pointers are nil while a draft leaves them open. Free text is the institution's
// own, in Indonesian.
type Programme struct {
	ID               int64
	Ref              string
	InstitutionID    int64
	Code             string // the institution's own, empty or unique within it
	ProgrammeContent `gorm:"embedded"`
	CostTotal        int64 // of the content's costs
	State            ProgrammeState
	Pending          []byte  `gorm:"type:jsonb"` // a change that waits for approval, see ProgrammeContent
	PendingState     *string // draft, submitted or approved
	RefusalCode      string
	RefusalNote      string
	FormToken        *string
	ImportRef        string // of the import that made it; empty for one made by hand
	Demo             bool
	Version          int
	PublishAt        *time.Time // the moment from which it, or its change, is public once approved; nil for at once
	PublishedAt      *time.Time
	SubmittedAt      *time.Time
	CreatedAt        time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt        time.Time `gorm:"autoUpdateTime:false"`
}

// Free says whether the participant pays nothing.
func (p Programme) Free() bool { return p.CostTotal == 0 }

// Submitted says whether it, or its change, lies with the officers.
func (p Programme) Submitted() bool { return p.stands(ProgrammeSubmitted) }

// Scheduled says whether it, or its change, is approved and waits for its moment.
func (p Programme) Scheduled() bool { return p.stands(ProgrammeApproved) }

func (p Programme) stands(st ProgrammeState) bool {
	return p.State == st || p.PendingState != nil && *p.PendingState == string(st)
}

// ProgrammeCost is one line of what a participant pays, in whole rupiah.
type ProgrammeCost struct {
	ID          int64
	ProgrammeID int64
	Position    int
	Label       string
	Amount      int64
}

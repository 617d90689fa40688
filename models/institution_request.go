package models

import (
	"regexp"
	"strings"
	"time"

	"naikkelas/models/record"
)

// RequestState is where an institution's request to join stands.
type RequestState string

// The states of a request. Begun and asked are the applicant's turn, submitted the officers'.
const (
	RequestBegun     RequestState = "begun"
	RequestSubmitted RequestState = "submitted"
	RequestAsked     RequestState = "asked"
	RequestRefused   RequestState = "refused"
	RequestVerified  RequestState = "verified"
)

// InstitutionKinds lists the kinds of institutions; most that ask to join are the first.
func InstitutionKinds() []string { return []string{"lpk", "blk", "ppkd", "ppkpi"} }

// LicenceData is what permits an institution to train, with the ends; a date is nil where it is not known.
type LicenceData struct {
	NIB                    string `gorm:"column:nib" field:"nib"`
	VIN                    string `gorm:"column:vin" field:"vin"`
	LicenseNo              string `field:"license_no"`
	LicenseExpiresOn       *time.Time
	AccreditationNo        string `field:"accreditation_no"`
	AccreditationScope     string `field:"accreditation_scope"`
	AccreditationExpiresOn *time.Time
	SOPermitNo             string     `gorm:"column:so_permit_no" field:"so_permit_no"`
	SOPermitExpiresOn      *time.Time `gorm:"column:so_permit_expires_on"`
}

// RequestContent is what an applicant tells of the institution. SOPermit is nil until it is answered.
type RequestContent struct {
	Kind              string
	Name              string
	LicenceData       `gorm:"embedded"`
	SOPermit          *bool `gorm:"column:so_permit"`
	Street            string
	RegencyCode       *string
	ResponsiblePerson string
	Phone             string
	Email             string
	ComplaintContact  string
	Answer            string // to what officers asked last
}

// InstitutionRequest is an institution's request to join, by somebody without an account. Its links are the permission to
// write and follow it.
type InstitutionRequest struct {
	ID             int64
	Ref            string
	FormToken      string
	State          RequestState
	Version        int
	Language       string
	ApplicantName  string
	ApplicantEmail string
	ApplicantPhone string
	RequestContent `gorm:"embedded"`
	InstitutionID  *int64
	CreatedAt      time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt      time.Time `gorm:"autoUpdateTime:false"`
	SubmittedAt    *time.Time
	DecidedAt      *time.Time
}

// Editable says that it is the applicant's turn.
func (r InstitutionRequest) Editable() bool {
	return r.State == RequestBegun || r.State == RequestAsked
}

// Private says that the law asks a number of business and a licence of the institution: the city's own centres have none.
func (c RequestContent) Private() bool { return c.Kind == "lpk" }

// The kinds of papers of an institution.
const (
	PaperLicence       = "licence"
	PaperAccreditation = "accreditation"
	PaperSOPermit      = "so_permit"
	PaperOther         = "other"
)

// PaperKinds lists the kinds in the order in which they are asked for.
func PaperKinds() []string {
	return []string{PaperLicence, PaperAccreditation, PaperSOPermit, PaperOther}
}

// Missing names the fields that a request needs before it can be sent, in the order of the form; PaperLicence stands for the
// paper of the licence.
func (r InstitutionRequest) Missing(papers []PagedPaper) (fields []string) {
	need := func(field string, there bool) {
		if !there {
			fields = append(fields, field)
		}
	}
	c, lpk := r.RequestContent, r.Private()
	need("kind", c.Kind != "")
	need("name", c.Name != "")
	need("nib", c.NIB != "" || !lpk)
	need("license_no", c.LicenseNo != "" || !lpk)
	need("accreditation_scope", c.AccreditationScope != "" || c.AccreditationNo == "")
	need("so_permit", c.SOPermit != nil)
	need("so_permit_no", c.SOPermit == nil || !*c.SOPermit || c.SOPermitNo != "")
	need("street", c.Street != "")
	need("regency", c.RegencyCode != nil)
	need("responsible_person", c.ResponsiblePerson != "")
	need("complaint_contact", c.ComplaintContact != "")
	need("answer", c.Answer != "" || r.State != RequestAsked)
	licence := false
	for _, p := range papers {
		licence = licence || p.Kind == PaperLicence && p.State != UploadRefused
	}
	need(PaperLicence, licence || !lpk)
	return fields
}

// The refusals of requests to join.
var (
	ErrRequestTooOften = &Refusal{Key: "join.too_often"}
	ErrRequestMissing  = &Refusal{Key: "join.missing"}
	ErrRequestNotTurn  = &Refusal{Key: "join.not_turn"}
	ErrRequestNIB      = &Refusal{Key: "join.nib_wrong", Field: "nib"}
	ErrRequestNote     = &Refusal{Key: "join.note_missing", Field: "note"}
	ErrRequestChecks   = &Refusal{Key: "join.checks_open"}
	ErrRequestTaken    = &Refusal{Key: "join.email_taken"}
)

// How often somebody may ask to join: from one address, and for one e-mail address.
var (
	requestFromLimit = record.Limit{Name: "institution_request", Most: 10, Window: time.Hour}
	requestToLimit   = record.Limit{Name: "institution_request_to", Most: 3, Window: 24 * time.Hour}
)

// nibForm is how a number of business (NIB) looks; vinForm how a VIN usually does.
var (
	nibForm = regexp.MustCompile(`^\d{13}$`)
	vinForm = regexp.MustCompile(`^\d{8,12}$`)
)

// ParseNIB reads a number of business: thirteen digits, however they are grouped. Empty stays empty.
func ParseNIB(text string) (string, error) {
	number := strings.NewReplacer(" ", "", ".", "", "-", "").Replace(strings.TrimSpace(text))
	if number != "" && !nibForm.MatchString(number) {
		return "", ErrRequestNIB
	}
	return number, nil
}

// UsualVIN says whether a VIN looks as such numbers do. No rule says that it must.
func UsualVIN(vin string) bool { return vinForm.MatchString(vin) }

// RequestEvent is a step of a request; ActorName is empty where the applicant took it.
type RequestEvent struct {
	At        time.Time
	ActorName string
	FromState RequestState
	ToState   RequestState
	Note      string
}

// The findings of an officer about an item: it is right, it is wrong, or the institution need not have it.
const (
	FindingOK    = "ok"
	FindingWrong = "wrong"
	FindingNone  = "none"
)

// RequestItems are what an officer looks at before an institution joins, in the order of docs/domain.md section 8.
func RequestItems() []string {
	return []string{"name", "nib", "vin", "licence", "accreditation", "so_permit", "address", "person", "account", "complaint"}
}

// RequestCheck is what an officer found about one item.
type RequestCheck struct {
	Item      string
	Finding   string
	Note      string
	ActorName string
	At        time.Time
}

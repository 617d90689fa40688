package models

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// CourseCertificateState is where the paper of a passed course stands.
type CourseCertificateState string

// The states of such a paper. One that was corrected or withdrawn stays, says so, and never holds again.
const (
	PaperIssued    CourseCertificateState = "issued"
	PaperCorrected CourseCertificateState = "corrected"
	PaperWithdrawn CourseCertificateState = "withdrawn"
)

// CoursePaper is what is printed on the paper of a passed course.
type CoursePaper struct {
	HolderName         string // as officers checked it
	ProgrammeTitle     string
	Units              string // one a line; empty where the programme names none
	HoursJP            int    `gorm:"column:hours_jp"`
	MinutesPerJP       int    `gorm:"column:minutes_per_jp"`
	StartsOn           *time.Time
	EndsOn             *time.Time
	InstitutionName    string
	InstitutionLicence string
}

// CourseCertificate is the paper that an institution issued on this portal for a passed course. It is no certificate of
// competence. What is printed on it never changes: a correction is another paper.
type CourseCertificate struct {
	ID            int64
	Ref           string // its number
	ApplicationID int64
	InstitutionID int64
	ReplacesID    *int64
	CoursePaper   `gorm:"embedded"`
	State         CourseCertificateState
	IssuedAt      time.Time
	IssuedBy      int64
	EndedAt       *time.Time
	EndedBy       *int64
	EndReason     string
	CodeHash      []byte
	CodeSealed    []byte
	Version       int
	ReplacedBy    string `gorm:"->;-:migration"` // number of the paper that took its place
}

// The refusals of papers.
var (
	// ErrPaperEnded says that a paper was corrected or withdrawn already.
	ErrPaperEnded = &Refusal{Key: "class.paper.ended"}
	// ErrPaperSame says that a paper would be printed again as it is.
	ErrPaperSame = &Refusal{Key: "class.paper.same"}
	// ErrPaperReason asks why a paper no longer holds.
	ErrPaperReason = &Refusal{Key: "class.paper.reason", Field: "reason"}
	errPaperName   = &Refusal{Key: "class.paper.no_name"}
	errPaperDates  = &Refusal{Key: "class.paper.no_dates"}
)

// PaperReasonMost is how many letters the reason for ending a paper may have.
const PaperReasonMost = 500

// Lacks names the letters of a text that cannot be printed.
type Lacks func(text string) []string

// erasedName stands where somebody's name was whose account is gone.
const erasedName = "-"

// composed is the paper with each letter and its marks as one sign, which is how fonts have them.
func (p CoursePaper) composed() CoursePaper {
	for _, text := range []*string{&p.HolderName, &p.ProgrammeTitle, &p.Units, &p.InstitutionName, &p.InstitutionLicence} {
		*text = norm.NFC.String(strings.TrimSpace(*text))
	}
	return p
}

// stop is why the paper cannot be issued, nil where nothing stands against it. A letter that cannot be printed stops it: a
// name with a hole is nobody's.
func (p CoursePaper) stop(lacks Lacks) *Refusal {
	if p.HolderName == "" || p.HolderName == erasedName {
		return errPaperName
	}
	if p.StartsOn == nil || p.EndsOn == nil || p.HoursJP <= 0 {
		return errPaperDates
	}
	letters := lacks(strings.Join([]string{p.HolderName, p.ProgrammeTitle, p.Units, p.InstitutionName, p.InstitutionLicence}, "\n"))
	if len(letters) > 0 {
		return &Refusal{Key: "class.paper.letters", Args: []any{"Letters", strings.Join(letters, " ")}}
	}
	return nil
}

// same says whether both print alike.
func (p CoursePaper) same(q CoursePaper) bool { return p.print() == q.print() }

// print is everything that stands on the paper, as one text.
func (p CoursePaper) print() string {
	return fmt.Sprintf("%q %q %q %d %d %v %v %q %q", p.HolderName, p.ProgrammeTitle, p.Units, p.HoursJP, p.MinutesPerJP,
		isoDay(p.StartsOn), isoDay(p.EndsOn), p.InstitutionName, p.InstitutionLicence)
}

func isoDay(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.Format(time.DateOnly)
}

// PaperDraft is a participant who passed, with the paper as it would be printed now.
type PaperDraft struct {
	ApplicationID  int64
	ApplicationRef string
	SeekerID       int64
	CoursePaper    `gorm:"embedded"`
	IssuedRef      string     // of the paper that holds, empty for none
	IssuedAt       *time.Time // of that paper
	EndedRef       string     // of the last paper that holds no more, where none does
	Stop           *Refusal   `gorm:"-"` // why none can be issued
}

// Ready says whether a paper can be issued.
func (d PaperDraft) Ready() bool { return d.IssuedRef == "" && d.Stop == nil }

// PapersSeen stands for what papers would say, so that nobody issues another one than was shown.
func PapersSeen(list []PaperDraft) string {
	sum := sha256.New()
	for _, d := range list {
		fmt.Fprintln(sum, d.ApplicationRef, d.print())
	}
	return fmt.Sprintf("%x", sum.Sum(nil)[:16])
}

// Valid says whether the paper holds.
func (c CourseCertificate) Valid() bool { return c.State == PaperIssued }

// Since is from when on the paper stands where it stands.
func (c CourseCertificate) Since() time.Time {
	if c.EndedAt != nil {
		return *c.EndedAt
	}
	return c.IssuedAt
}

// paperPlace is where the code of a paper is sealed for.
func paperPlace(hash []byte) seal.Place {
	return seal.At("course_certificates", fmt.Sprintf("%x", hash), "code_sealed")
}

// PaperCode is the code that leads anybody to the page of a paper. One whose person is gone has none.
func (s *Store) PaperCode(c CourseCertificate) (string, error) {
	if c.CodeHash == nil {
		return "", ErrNotFound
	}
	code, err := s.db.Box().Unseal(c.CodeSealed, paperPlace(c.CodeHash))
	if err != nil {
		return "", fmt.Errorf("code of course certificate %d: %w", c.ID, err)
	}
	return string(code), nil
}

// newPaper is a paper with a number and a code of its own.
func (s *Store) newPaper(actor User, d PaperDraft, institutionID int64) (CourseCertificate, error) {
	code, hash := record.NewToken()
	sealed, err := s.db.Box().Seal([]byte(code), paperPlace(hash))
	return CourseCertificate{
		Ref: record.NewRef("TP"), ApplicationID: d.ApplicationID, InstitutionID: institutionID, CoursePaper: d.CoursePaper,
		State: PaperIssued, IssuedAt: s.db.Now(), IssuedBy: actor.ID, CodeHash: hash, CodeSealed: sealed, Version: 1,
	}, err
}

package models

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// ErrReportTooOften refuses a report from a place that sent many already.
var ErrReportTooOften = &Refusal{Key: "public.report.too_often"}

// The kinds of report: somebody in danger, held or without a passport that others keep; money asked for that is
// not in the cost table, a promise of a job or a placement, documents kept or forged, wrong facts, anything else.
const (
	ReportDanger    = "danger"
	ReportMoney     = "money"
	ReportPlacement = "placement"
	ReportDocuments = "documents"
	ReportWrong     = "wrong"
	ReportOther     = "other"
)

// ReportKinds lists the kinds in the order in which people choose.
func ReportKinds() []string {
	return []string{ReportDanger, ReportMoney, ReportPlacement, ReportDocuments, ReportWrong, ReportOther}
}

// Report is what somebody told the officers about a programme or an institution. ReporterID is
// nil when they did not sign in; Contact is what they left, often nothing.
type Report struct {
	ID            int64
	Ref           string
	ProgrammeID   *int64
	InstitutionID *int64
	ReporterID    *int64
	Kind          string
	Body          string
	Contact       string
	FormToken     string
	State         string // open or handled
	HandledBy     *int64
	HandledNote   string
	HandledAt     *time.Time
	Became        string    // number of the case that it goes on as
	CreatedAt     time.Time `gorm:"autoCreateTime:false"`
	PINIndex      []byte    `gorm:"column:pin_index"`
	Answer        string    // what the reporter reads by number and PIN
	PIN           string    `gorm:"-"` // of one that was filed just now; it lies nowhere
}

// ReportSubject is what a report is about: at most one of the two is set.
type ReportSubject struct {
	Programme   *Programme
	Institution *Institution
}

// ReportSubject finds the programme or institution of a reference, also one that is no longer
// public; an empty reference is about nothing in particular.
func (s *Store) ReportSubject(ctx context.Context, ref string) (ReportSubject, error) {
	var sub ReportSubject
	if ref == "" {
		return sub, nil
	}
	db := s.db.With(ctx)
	err := db.Where("ref = ? AND published_at IS NOT NULL", ref).Take(&sub.Programme).Error
	if errors.Is(err, ErrNotFound) {
		sub.Programme = nil
		err = db.Where("ref = ? AND state <> 'submitted'", ref).Take(&sub.Institution).Error
	}
	return sub, err
}

// FileReport takes a report, also from somebody who is not signed in (the zero User). address is
// where it came from, only counted. The same form sent again gives the first report.
func (s *Store) FileReport(ctx context.Context, actor User, subject ReportSubject, r Report, address string) (Report, error) {
	allowed, err := s.db.Attempt(ctx, reportLimit, address)
	if err != nil {
		return Report{}, err
	}
	if !allowed {
		return Report{}, ErrReportTooOften
	}
	r.Ref, r.State, r.CreatedAt, r.ReporterID = record.NewRef("LP"), "open", s.db.Now(), actorID(actor)
	r.PIN = s.pinOf(r.FormToken)
	r.PINIndex = s.db.Box().Index(r.PIN, reportPIN(r.Ref))
	if subject.Programme != nil {
		r.ProgrammeID, r.InstitutionID = &subject.Programme.ID, &subject.Programme.InstitutionID
	} else if subject.Institution != nil {
		r.InstitutionID = &subject.Institution.ID
	}
	err = s.transact(ctx, "file report", func(tx *Store) error {
		made := tx.db.With(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "form_token"}}, DoNothing: true}).Create(&r)
		if made.Error != nil {
			return made.Error
		}
		if made.RowsAffected == 0 {
			again := Report{PIN: r.PIN}
			err := tx.db.With(ctx).Where("form_token = ?", r.FormToken).Take(&again).Error
			r = again
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{
			Action: "report_filed", SubjectKind: "report", SubjectID: r.ID, Detail: map[string]any{"kind": r.Kind},
		})
	})
	if err != nil {
		return Report{}, fmt.Errorf("file report: %w", err)
	}
	return r, nil
}

// pinOf is the PIN of what a form sends: the same one however often it is sent, so that whoever loses the first answer reads
// it on the second.
func (s *Store) pinOf(form string) string {
	return record.WordOf(s.db.Box().Index(form, "report:form"))
}

// ReportReceipt finds what its sender may see again: the kind, when it arrived, and whether it was handled and when, or goes on;
// nothing of what was written or answered.
func (s *Store) ReportReceipt(ctx context.Context, ref string) (Report, error) {
	var r Report
	err := s.db.With(ctx).Select("ref, kind, state, created_at, handled_at, became").Where("ref = ?", ref).Take(&r).Error
	return r, err
}

// The refusals at number and PIN of a report.
var (
	ErrReportPIN   = &Refusal{Key: "public.report.pin_wrong", Field: "pin"}
	ErrReportRests = &Refusal{Key: "public.report.pin_rests", Field: "pin"}
)

// reportPINLimit is how many wrong PINs of a report one address may try.
var reportPINLimit = record.Limit{Name: "report_pin", Most: 5, Window: time.Hour}

// reportPIN binds a PIN to the number of its report.
func reportPIN(ref string) string { return "report:pin:" + ref }

// ReportByPIN shows where a report stands and as what it goes on, with its answer but nothing of what was written, to whoever
// knows number and PIN. from is the address of the client: five wrong tries an hour of one number, so that nobody guesses.
func (s *Store) ReportByPIN(ctx context.Context, ref, pin, from string) (Report, error) {
	ref, pin = ReportNumber(ref), record.ReadWord(pin)
	allowed, err := s.db.Attempt(ctx, reportPINLimit, ref+" "+from)
	if err != nil {
		return Report{}, err
	}
	if !allowed {
		return Report{}, ErrReportRests
	}
	var r Report
	err = s.db.With(ctx).Select("ref, kind, state, created_at, handled_at, became, answer").
		Where("ref = ? AND pin_index IN ?", ref, s.db.Box().Indexes(pin, reportPIN(ref))).Take(&r).Error
	if errors.Is(err, ErrNotFound) {
		return r, ErrReportPIN
	}
	if err != nil {
		return r, err
	}
	return r, s.db.Forgive(ctx, reportPINLimit, ref+" "+from)
}

// ReportNumber is the number of a report as it was made, from one that somebody typed off paper.
func ReportNumber(typed string) string {
	word := record.ReadWord(typed)
	return "LP-" + word[max(0, len(word)-8):]
}

// anAddress is a number that can be called, seven digits or more with what people write between them, or an e-mail
// address, anywhere in a text.
var anAddress = regexp.MustCompile(`[0-9](?:[ .()/-]*[0-9]){6}|[^\s@]+@[^\s@]+\.[^\s@]+`)

// CanBeReached says whether a contact that somebody wrote holds a number or an e-mail address. "My brother" is a
// contact that nobody can call.
func CanBeReached(contact string) bool { return anAddress.MatchString(contact) }

package models

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/internal/urls"
)

// The refusals of checking certificates.
var (
	ErrMethodMissing   = &Refusal{Key: "review.method_missing", Field: "method"}
	ErrReturnReason    = &Refusal{Key: "review.return_reason", Field: "reason"}
	ErrCertificateNow  = &Refusal{Key: "review.certificate_not_now"}
	ErrReasonNote      = &Refusal{Key: "review.reason_note", Field: "note"}
	ErrConfirmedFuture = &Refusal{Key: "review.confirmed_future", Field: "confirmed"}
	ErrRecheckPast     = &Refusal{Key: "review.recheck_past", Field: "recheck"}
)

// CertificateMethods are the ways in which an officer verifies a certificate (domain.md section 7).
var CertificateMethods = []string{"qr", "issuer_site", "email", "original_seen"}

// certificateSteps are the decisions that an officer can take from each state. A verified certificate
// can be verified again: that is how it passes its re-verification.
var certificateSteps = map[CertificateState][]CertificateState{
	CertificateSubmitted: {CertificateVerified, CertificateNeedsFix, CertificateRejected},
	CertificateChecking:  {CertificateVerified, CertificateNeedsFix, CertificateRejected},
	CertificateVerified:  {CertificateVerified, CertificateNeedsFix, CertificateRejected, CertificateSuspended},
	CertificateSuspended: {CertificateVerified, CertificateNeedsFix, CertificateRejected},
}

// CanBecome says whether an officer can decide so from here.
func (s CertificateState) CanBecome(to CertificateState) bool {
	return slices.Contains(certificateSteps[s], to)
}

// CertificateReasons are the lists of reasons that belong to a decision, each a kind of ReasonCode.
// A return may also give a reason for a whole file that names a certificate.
var CertificateReasons = map[CertificateState][]string{
	CertificateNeedsFix:  {"certificate_needs_fix", "needs_fix"},
	CertificateRejected:  {"certificate_rejected"},
	CertificateSuspended: {"certificate_suspended"},
}

// CertificateDecision is what an officer decides about a certificate. Method belongs to
// CertificateVerified, Reason to the others. Version is what the officer saw, 0 when it does not matter.
type CertificateDecision struct {
	Outcome   CertificateState
	Version   int
	Method    string
	Confirmed *time.Time // day of the last signature, where the type asks for one every so many months
	Recheck   *time.Time // day by which officers look at it again, nil for none
	Reason    string
	Note      string
}

// TakeCertificate gives a waiting certificate to the acting officer. One that a colleague has is
// taken over: a certificate has no other officer to wait for.
func (s *Store) TakeCertificate(ctx context.Context, officer User, ref string, version int) error {
	return s.withAnyCertificate(ctx, officer, ref, version, func(tx *Store, c Certificate) error {
		if c.State == CertificateChecking && c.heldBy(officer) {
			return nil
		}
		if c.State != CertificateSubmitted && c.State != CertificateChecking {
			return ErrCertificateNow
		}
		if err := tx.setCertificate(ctx, c, map[string]any{"state": CertificateChecking, "officer_id": officer.ID}); err != nil {
			return err
		}
		_, err := tx.certificateEvent(ctx, officer, c, CertificateEvent{ToState: CertificateChecking})
		return err
	})
}

func (c Certificate) heldBy(officer User) bool {
	return c.OfficerID != nil && *c.OfficerID == officer.ID
}

// DecideCertificate records the acting officer's decision and tells the owner that there is one.
// ErrStale says that the certificate changed since the officer saw it, ErrTaken that a colleague has it.
func (s *Store) DecideCertificate(ctx context.Context, officer User, ref string, d CertificateDecision) error {
	return s.withAnyCertificate(ctx, officer, ref, d.Version, func(tx *Store, c Certificate) error {
		event, err := tx.decideCertificate(ctx, officer, c, d)
		if err != nil {
			return err
		}
		owner, err := tx.User(ctx, c.SeekerID)
		if err != nil {
			return err
		}
		return tx.tell(ctx, owner, fmt.Sprintf("certificate_event:%d", event), "certificate_decided", map[string]string{"Name": owner.Name, "Path": urls.Certificate(c.Ref)})
	})
}

// withAnyCertificate runs f over a locked certificate that was sent to officers, whoever owns it.
func (s *Store) withAnyCertificate(ctx context.Context, officer User, ref string, version int, f func(tx *Store, c Certificate) error) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, func(tx *Store) error {
		var c Certificate
		if err := tx.db.WithContext(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where("ref = ? AND deleted_at IS NULL AND state <> ?", ref, CertificateDraft).Take(&c).Error; err != nil {
			return err
		}
		if version != 0 && c.Version != version {
			return ErrStale
		}
		return f(tx, c)
	})
}

// decideCertificate writes the decision about a locked certificate and returns the event's id.
func (s *Store) decideCertificate(ctx context.Context, officer User, c Certificate, d CertificateDecision) (event int64, err error) {
	if !c.State.CanBecome(d.Outcome) {
		return 0, ErrCertificateNow
	}
	if c.State == CertificateChecking && !c.heldBy(officer) {
		return 0, ErrTaken
	}
	d.Note = strings.TrimSpace(d.Note)
	set := map[string]any{"state": d.Outcome, "officer_id": officer.ID, "decided_at": s.now(), "method": d.Method, "reason_code": d.Reason, "note": d.Note}
	if d.Outcome == CertificateVerified {
		set["reason_code"], d.Reason = "", ""
		if !slices.Contains(CertificateMethods, d.Method) {
			return 0, ErrMethodMissing
		}
		if err := s.confirm(ctx, c, d, set); err != nil {
			return 0, err
		}
	} else {
		set["method"], d.Method = "", ""
		reason, err := s.reason(ctx, d.Reason, CertificateReasons[d.Outcome]...)
		if err != nil {
			return 0, err
		}
		if reason == nil {
			return 0, ErrReturnReason
		}
		if reason.NeedsNote && d.Note == "" {
			return 0, ErrReasonNote
		}
	}
	if err := s.setCertificate(ctx, c, set); err != nil {
		return 0, err
	}
	return s.certificateEvent(ctx, officer, c, CertificateEvent{ToState: d.Outcome, Method: d.Method, ReasonCode: d.Reason, Note: d.Note})
}

// confirm sets when officers look at a verified certificate again. The day of the next signature
// moves on by what the type asks for, counted from the one that the officer saw.
func (s *Store) confirm(ctx context.Context, c Certificate, d CertificateDecision, set map[string]any) error {
	if d.Recheck != nil && !d.Recheck.After(Today(s.now())) {
		return ErrRecheckPast
	}
	set["recheck_on"] = d.Recheck
	if d.Confirmed == nil {
		return nil
	}
	if d.Confirmed.After(Today(s.now())) {
		return ErrConfirmedFuture
	}
	var t CertificateType
	if err := s.db.WithContext(ctx).Where("code = ?", c.TypeCode).Take(&t).Error; err != nil {
		return err
	}
	if t.ConfirmEveryMonths != nil {
		set["confirmed_on"], set["next_confirmation_due"] = *d.Confirmed, addMonths(*d.Confirmed, *t.ConfirmEveryMonths)
	}
	return nil
}

// Renewable says whether the owner may take the certificate back to change it and send it again:
// it was turned down or suspended, it ends soon, or officers look at it again soon.
func (c Certificate) Renewable(at time.Time) bool {
	soon := Today(at).AddDate(0, 0, dueDays)
	switch c.State {
	case CertificateRejected, CertificateSuspended:
		return true
	case CertificateVerified:
		return c.Due(at) || c.ValidUntil != nil && !c.ValidUntil.After(soon)
	}
	return false
}

// dueDays is how many days before its day a certificate counts as due for another look.
const dueDays = 30

// Due says whether officers have to look at a verified certificate again within dueDays.
func (c Certificate) Due(at time.Time) bool {
	return c.State == CertificateVerified && c.DueOn != nil && !c.DueOn.After(Today(at).AddDate(0, 0, dueDays)) && !c.Expired(at)
}

// Unconfirmed says whether the day is past by which the certificate had to be signed again: it then
// proves nothing until an officer has seen a new signature (ISO 9606-1, AWS D1.1; domain.md section 7).
func (c Certificate) Unconfirmed(at time.Time) bool {
	return c.NextConfirmationDue != nil && at.After(EndOfDay(*c.NextConfirmationDue))
}

// RenewCertificate gives a renewable certificate back to its owner to change. Applications that were
// decided keep it as it was.
func (s *Store) RenewCertificate(ctx context.Context, actor User, ref string) error {
	return s.withCertificate(ctx, actor, ref, func(tx *Store, c Certificate) error {
		if c.Editable() {
			return nil // the second press of the same button
		}
		if !c.Renewable(tx.now()) {
			return &Refusal{Key: "certificate.not_editable"}
		}
		if err := tx.setCertificate(ctx, c, map[string]any{"state": CertificateNeedsFix}); err != nil {
			return err
		}
		_, err := tx.certificateEvent(ctx, actor, c, CertificateEvent{ToState: CertificateNeedsFix})
		return err
	})
}

// certificateEvent writes a step into the certificate's history and the audit, and returns its id.
// From, actor and time are filled in here.
func (s *Store) certificateEvent(ctx context.Context, actor User, c Certificate, e CertificateEvent) (id int64, err error) {
	e.CertificateID, e.ActorID, e.At, e.FromState = c.ID, &actor.ID, s.now(), c.State
	if err := s.db.WithContext(ctx).Omit("ID").Create(&e).Error; err != nil {
		return 0, err
	}
	return e.ID, s.audit(ctx, actor, act{Action: "certificate_" + string(e.ToState), SubjectKind: "certificate", SubjectID: c.ID, PersonID: c.SeekerID,
		Detail: map[string]any{"from": c.State, "method": e.Method, "reason": e.ReasonCode}})
}

// OfficerCertificate is everything that an officer needs to decide about one certificate.
type OfficerCertificate struct {
	CertificateView
	Profile      WholeProfile
	Documents    []PagedFile          // the owner's papers of identity, to compare with
	Warnings     []string             // see the Warning... constants
	Elsewhere    bool                 // the same paper was handed in on another account
	Applications []ApplicationListing // that rely on it
	Officer      string               // name of who has it, or decided last
	Actors       map[int64]string     // names of the officers in its history
}

// ReviewCertificate loads one certificate for an officer and writes the look down.
func (s *Store) ReviewCertificate(ctx context.Context, officer User, ref string) (OfficerCertificate, error) {
	var o OfficerCertificate
	if officer.Role != Officer {
		return o, ErrForbidden
	}
	db := s.db.WithContext(ctx)
	if err := db.Where("ref = ? AND deleted_at IS NULL AND state <> ?", ref, CertificateDraft).Take(&o.Certificate).Error; err != nil {
		return o, err
	}
	var err error
	if o.Profile, err = s.ProfileForOfficer(ctx, officer, o.SeekerID); err != nil {
		return o, err
	}
	files, err := s.certificateFiles(ctx, []int64{o.ID})
	if err != nil {
		return o, err
	}
	views, err := s.papers(ctx, []Certificate{o.Certificate}, files)
	if err != nil {
		return o, err
	}
	o.CertificateView = views[0]
	if o.Documents, err = s.WithPages(ctx, o.Profile.Documents); err != nil {
		return o, err
	}
	if o.Elsewhere, err = s.handedInElsewhere(ctx, []int64{o.ID}); err != nil {
		return o, err
	}
	o.Warnings = PaperWarnings(views, o.Profile, s.now())
	if o.Elsewhere {
		o.Warnings = append(o.Warnings, WarningElsewhere)
	}
	err = errors.Join(
		db.Where("certificate_id = ?", o.ID).Order("id DESC").Limit(200).Find(&o.Events).Error,
		s.listingsOfApplications(ctx).Joins("JOIN application_certificates ac ON ac.application_id = a.id").Where("ac.certificate_id = ? AND a.first_submitted_at IS NOT NULL", o.ID).
			Order("a.id DESC").Limit(ownApplicationsMost).Scan(&o.Applications).Error,
	)
	if err != nil {
		return o, err
	}
	return o, s.certificateActors(ctx, &o)
}

// certificateActors finds the names of those who worked on it, in one query.
func (s *Store) certificateActors(ctx context.Context, o *OfficerCertificate) error {
	var people []User
	err := s.db.WithContext(ctx).Select("id", "name").Where("id IN (SELECT actor_id FROM certificate_events WHERE certificate_id = ?)", o.ID).Limit(200).Find(&people).Error
	o.Actors = make(map[int64]string, len(people))
	for _, u := range people {
		o.Actors[u.ID] = u.Name
	}
	if o.OfficerID != nil {
		o.Officer = o.Actors[*o.OfficerID]
	}
	return err
}

// A CertificateList is one of the lists of an officer's certificate desk.
type CertificateList string

// The lists: what waits for a decision, verified ones that are due for another look, and suspended ones.
const (
	CertificatesWaiting   CertificateList = "waiting"
	CertificatesDue       CertificateList = "due"
	CertificatesSuspended CertificateList = "suspended"
)

// CertificateLists are the lists in the order in which an officer sees them.
var CertificateLists = []CertificateList{CertificatesWaiting, CertificatesDue, CertificatesSuspended}

// CertificateItem is a certificate as a row of a list. Since is what the list is ordered by.
type CertificateItem struct {
	Certificate
	SeekerName  string
	OfficerName string
	Since       time.Time
}

// CertificateDeskPage is one page of a list; Next is the cursor of the page after.
type CertificateDeskPage struct {
	Items  []CertificateItem
	Counts map[CertificateList]int64
	Next   string
}

// certificateOrder is what each list is made of and ordered by; each has an index of its own.
func (s *Store) certificateOrder(ctx context.Context, list CertificateList) (q *gorm.DB, by string) {
	q = s.db.WithContext(ctx).Table("certificates c").Where("c.deleted_at IS NULL")
	switch list {
	case CertificatesDue:
		today := Today(s.now())
		return q.Where("c.state = 'verified' AND c.due_on <= ? AND (c.valid_until IS NULL OR c.valid_until >= ?)", today.AddDate(0, 0, dueDays), today), "c.due_on"
	case CertificatesSuspended:
		return q.Where("c.state = 'suspended'"), "c.decided_at"
	default:
		return q.Where("c.state IN ('submitted', 'checking')"), "c.updated_at"
	}
}

// CertificateDesk lists certificates for officers, the oldest first. It takes a fixed number of queries.
func (s *Store) CertificateDesk(ctx context.Context, officer User, list CertificateList, cursor string) (CertificateDeskPage, error) {
	page := CertificateDeskPage{Counts: map[CertificateList]int64{}}
	if officer.Role != Officer {
		return page, ErrForbidden
	}
	q, by := s.certificateOrder(ctx, list)
	q = q.Select("c.*, u.name AS seeker_name, coalesce(o.name, '') AS officer_name, " + by + "::timestamptz AS since").
		Joins("JOIN users u ON u.id = c.seeker_id LEFT JOIN users o ON o.id = c.officer_id")
	if at, id, ok := readQueueCursor(cursor); ok {
		var from any = at.UTC()
		if list == CertificatesDue {
			from = at.UTC().Format(time.DateOnly)
		}
		q = q.Where("("+by+", c.id) > (?, ?)", from, id)
	}
	if err := q.Order(by + ", c.id").Limit(queuePageSize + 1).Scan(&page.Items).Error; err != nil {
		return page, err
	}
	if len(page.Items) > queuePageSize {
		page.Items = page.Items[:queuePageSize]
		last := page.Items[queuePageSize-1]
		page.Next = queueCursor(last.Since, last.ID)
	}
	for _, l := range CertificateLists {
		var n int64
		q, _ := s.certificateOrder(ctx, l)
		if err := q.Count(&n).Error; err != nil {
			return page, err
		}
		page.Counts[l] = n
	}
	return page, nil
}

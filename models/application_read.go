package models

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
)

// Fix is one thing that an officer asked to be mended. Target is a section or certificate.
type Fix struct {
	ID             int64
	ApplicationID  int64
	Target         string
	CertificateID  *int64
	CertificateRef string `gorm:"->;-:migration"`
	ReasonCode     string
	Note           string
	CreatedAt      time.Time `gorm:"autoCreateTime:false"`
	ResolvedAt     *time.Time
	Untouched      bool // it was sent again without a change here
	Done           bool `gorm:"-"` // the person changed something there since it was asked for; only for them
}

// TableName is where fixes lie.
func (Fix) TableName() string { return "application_fixes" }

// ApplicationView is an application as its seeker sees it. ReviewBy is the day by which the
// officers mean to have looked at it, nil unless it waits for them.
type ApplicationView struct {
	Application
	Offer        Offer
	Events       []ApplicationEvent
	Messages     []Message
	AnswerBy     *time.Time // when the answer to a question that waits is due, nil when none does
	Certificates []Certificate
	Snapshots    map[int64]CertificateSnapshot // by certificate; where it was decided, and only for the seeker
	Fixes        []Fix                         // open ones
	ReviewBy     *time.Time
	Days         ServiceDays     // what officers give themselves, for pages of the seeker
	Changes      []IntakeChange  // of the intake, since the application was begun
	Others       []OtherIntake   // where the person cannot go on in this one
	LapsesAt     *time.Time      // until when a draft stays one whose intake has closed
	OtherSession *SessionRow     // of somebody who cannot come to their test: the one that is offered instead
	Full         bool            // of a draft: all seats of its intake are given
	Attendance   []OwnAttendance // of a participant, the last day first
	Deferral     *Deferral       // what is open about a later intake, nil for nothing
}

// OwnApplication loads the acting seeker's application with its history. It asks a fixed
// number of questions.
func (s *Store) OwnApplication(ctx context.Context, actor User, ref string) (ApplicationView, error) {
	var v ApplicationView
	if err := s.db.With(ctx).Where("ref = ? AND seeker_id = ?", ref, actor.ID).Take(&v.Application).Error; err != nil {
		return v, err
	}
	if err := s.applicationParts(ctx, &v, Seeker); err != nil {
		return v, err
	}
	err := s.markMended(ctx, &v)
	if err != nil {
		return v, err
	}
	if v.Snapshots, err = s.snapshotsOf(ctx, v.Application); err != nil {
		return v, err
	}
	if v.Changes, err = s.changesSince(ctx, v.Application); err != nil {
		return v, err
	}
	if err := s.draftParts(ctx, &v); err != nil {
		return v, err
	}
	if v.OtherSession, err = s.otherSession(ctx, v.Application); err != nil {
		return v, err
	}
	if attendedStates.has(v.State) {
		if v.Attendance, err = s.ownAttendance(ctx, v.ID); err != nil {
			return v, err
		}
	}
	if v.Deferral, err = s.shownDeferral(ctx, v.Application); err != nil {
		return v, err
	}
	v.Others, err = s.others(ctx, v)
	return v, err
}

// applicationParts adds to an application what stands around it, for a reader: officers read who wrote, everybody else
// reads for which city.
func (s *Store) applicationParts(ctx context.Context, v *ApplicationView, reader Role) error {
	db := s.db.With(ctx)
	var in Intake
	if err := db.Take(&in, "id = ?", v.IntakeID).Error; err != nil {
		return err
	}
	var err error
	if v.Offer, err = s.offerOf(ctx, in); err != nil {
		return err
	}
	columns := "*, " + actorUnit + " AS actor_unit"
	if reader == Officer {
		columns += ", " + actorName + " AS actor_name"
	}
	if err := db.Select(columns).Where("application_id = ?", v.ID).Order("id DESC").Limit(200).Find(&v.Events).Error; err != nil {
		return err
	}
	if err := s.talkOf(ctx, v, reader); err != nil {
		return err
	}
	if v.Certificates, err = s.applicationCertificates(ctx, v.Application); err != nil {
		return err
	}
	v.WithoutCertificate = v.without(v.Certificates, s.db.Now())
	if v.Fixes, err = s.fixes(ctx, v.Application, "f.resolved_at IS NULL"); err != nil {
		return err
	}
	return s.promised(ctx, v, reader)
}

// fixes lists what was asked to be mended on an application, the first first.
func (s *Store) fixes(ctx context.Context, a Application, which string) (list []Fix, err error) {
	err = s.db.With(ctx).Raw(`SELECT f.*, coalesce(c.ref, '') AS certificate_ref
		FROM application_fixes f
		LEFT JOIN certificates c ON c.id = f.certificate_id
		WHERE f.application_id = ?
			AND `+which+`
		ORDER BY f.id
		LIMIT 100`, a.ID).Scan(&list).Error
	return list, err
}

// promised adds by when officers mean to have looked at a file, which the receipt promises, counted from its last
// sending; and for the seeker how long anything else takes.
func (s *Store) promised(ctx context.Context, v *ApplicationView, reader Role) error {
	waits := (v.State == Submitted || v.State == InReview) && v.SubmittedAt != nil
	if !waits && reader == Officer {
		return nil
	}
	times, err := s.serviceTimes(ctx)
	if v.Days = times.days(s.db.Now()); err != nil || !waits {
		return err
	}
	by, err := s.dueBy(ctx, times, ServiceApplication, *v.SubmittedAt)
	v.ReviewBy = &by
	return err
}

// ApplicationRow is an application as a row of the seeker's list.
type ApplicationRow struct {
	Application
	ProgrammeTitle  string
	InstitutionName string
	IntakeNumber    int
	IntakeSession   string
	ClosesAt        *time.Time
	StartsOn        *time.Time
	Closed          bool  // its intake, programme or institution takes nobody, whatever the dates say
	Unread          int64 // messages of officers that the seeker has not read
}

// Shut says of a draft whether it can no longer be sent where it is.
func (l ApplicationRow) Shut(at time.Time) bool {
	return l.State == Draft && (l.Closed || l.ClosesAt != nil && at.After(*l.ClosesAt))
}

const ownApplicationsMost = 100

// OwnApplications lists the acting seeker's applications, newest first, in one query. Nobody
// comes near the bound of 100 by hand.
func (s *Store) OwnApplications(ctx context.Context, actor User) ([]ApplicationRow, error) {
	var list []ApplicationRow
	err := s.applicationRows(ctx).Where("a.seeker_id = ?", actor.ID).Order("a.id DESC").Limit(ownApplicationsMost).Scan(&list).Error
	return list, err
}

// OpenApplication finds an application of the acting seeker that they can still change.
func (s *Store) OpenApplication(ctx context.Context, actor User, ref string) (ApplicationRow, error) {
	var list []ApplicationRow
	err := s.applicationRows(ctx).
		Where("a.seeker_id = ? AND a.ref = ?", actor.ID, ref).
		Where("a.state IN ?", []ApplicationState{Draft, NeedsFix}).
		Limit(1).Scan(&list).Error
	if err != nil || len(list) == 0 {
		return ApplicationRow{}, errors.Join(err, ErrNotFound)
	}
	return list[0], nil
}

func (s *Store) applicationRows(ctx context.Context) *gorm.DB {
	return s.db.With(ctx).Table("applications a").
		Select(`a.*, p.title AS programme_title, l.name AS institution_name,
			n.number AS intake_number, n.session AS intake_session, n.closes_at, n.starts_on,
			n.state <> 'published' OR p.state <> 'published' OR l.state <> 'verified' AS closed,
			(SELECT count(*)
				FROM messages m
				JOIN conversations c ON c.id = m.conversation_id
				WHERE c.application_id = a.id
					AND m.from_desk
					AND m.read_at IS NULL) AS unread, ` + s.withoutCertificate()).
		Joins("JOIN intakes n ON n.id = a.intake_id").
		Joins("JOIN programmes p ON p.id = n.programme_id").
		Joins("JOIN institutions l ON l.id = p.institution_id")
}

package models

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"naikkelas/internal/urls"
	"naikkelas/models/record"
)

// papersPerPage is how many participants of a class are shown, and issued to, at once.
const papersPerPage = 100

// paperDrafts are those who passed, of the acting staff's institution, with what their papers would say today.
func (s *Store) paperDrafts(ctx context.Context, actor User) *gorm.DB {
	return s.db.With(ctx).Table("applications a").
		Select(`a.id AS application_id, a.ref AS application_ref, a.seeker_id, coalesce(ci.name, '') AS holder_name,
			p.title AS programme_title, p.units, coalesce(p.hours_jp, 0) AS hours_jp, p.minutes_per_jp, n.starts_on, n.ends_on,
			l.name AS institution_name, l.license_no AS institution_licence, coalesce(c.ref, '') AS issued_ref, c.issued_at,
			coalesce((SELECT e.ref
				FROM course_certificates e
				WHERE e.application_id = a.id
				ORDER BY e.id DESC
				LIMIT 1), '') AS ended_ref`).
		Joins("JOIN intakes n ON n.id = a.intake_id").
		Joins("JOIN programmes p ON p.id = n.programme_id").
		Joins("JOIN institutions l ON l.id = p.institution_id").
		Joins("LEFT JOIN application_identities ci ON ci.application_id = a.id AND ci.superseded_at IS NULL").
		Joins("LEFT JOIN course_certificates c ON c.application_id = a.id AND c.state = 'issued'").
		Where("p.institution_id = ? AND a.state = 'completed' AND a.course_result = 'passed' AND "+sharedWith("a"), actor.InstitutionID)
}

// settledPapers gives drafts their final letters and what stops them.
func settledPapers(list []PaperDraft, lacks Lacks) []PaperDraft {
	for i := range list {
		list[i].CoursePaper = list[i].composed()
		list[i].Stop = list[i].stop(lacks)
		if list[i].IssuedRef != "" {
			list[i].EndedRef = ""
		}
	}
	return list
}

// PaperDrafts are the participants of a class who passed, in the order of their applications, from after a reference on;
// more says that there are others behind them. It takes two questions after the intake's.
func (s *Store) PaperDrafts(
	ctx context.Context, actor User, intakeRef, after string, lacks Lacks,
) (in PublicIntake, p Programme, list []PaperDraft, more bool, err error) {
	if !actor.Selects() {
		return in, p, nil, false, ErrForbidden
	}
	if in, p, err = s.OwnIntake(ctx, actor, intakeRef); err != nil {
		return in, p, nil, false, err
	}
	q := s.paperDrafts(ctx, actor).Where("a.intake_id = ?", in.ID)
	if after != "" {
		q = q.Where("a.id > coalesce((SELECT b.id FROM applications b WHERE b.ref = ?), 0)", after)
	}
	err = q.Order("a.id").Limit(papersPerPage + 1).Scan(&list).Error
	if more = len(list) > papersPerPage; more {
		list = list[:papersPerPage]
	}
	return in, p, settledPapers(list, lacks), more, err
}

// ChosenPapers are some of those of a class, whoever else passed; one that is not among them is not found.
func (s *Store) ChosenPapers(
	ctx context.Context, actor User, intakeRef string, refs []string, lacks Lacks,
) (in PublicIntake, p Programme, list []PaperDraft, err error) {
	if !actor.Selects() {
		return in, p, nil, ErrForbidden
	}
	if in, p, err = s.OwnIntake(ctx, actor, intakeRef); err != nil {
		return in, p, nil, err
	}
	list, err = s.chosenPapers(ctx, actor, in.ID, refs, lacks)
	return in, p, list, err
}

func (s *Store) chosenPapers(ctx context.Context, actor User, intakeID int64, refs []string, lacks Lacks) (list []PaperDraft, err error) {
	refs = slices.Compact(slices.Sorted(slices.Values(refs)))
	if len(refs) == 0 {
		return nil, ErrNobodyChosen
	}
	if len(refs) > papersPerPage {
		return nil, ErrNotFound // no page of ours offers so many
	}
	err = s.paperDrafts(ctx, actor).Where("a.intake_id = ? AND a.ref IN ?", intakeID, refs).Order("a.id").Scan(&list).Error
	if err == nil && len(list) != len(refs) {
		err = ErrNotFound
	}
	return settledPapers(list, lacks), err
}

// PapersIssued is what became of issuing papers: how many came out, whose were there already, and whom something stops.
type PapersIssued struct {
	Issued, Already, Stopped int
}

// IssuePapers issues papers to chosen participants of a class who passed, all of whom nothing stops. seen is what was shown
// before: papers that would say something else by now are refused as a whole. Sent twice, each comes out once.
func (s *Store) IssuePapers(
	ctx context.Context, actor User, intakeRef string, refs []string, seen string, lacks Lacks,
) (done PapersIssued, err error) {
	if !actor.Selects() {
		return done, ErrForbidden
	}
	err = s.transact(ctx, "issue course certificates", func(tx *Store) error {
		done = PapersIssued{}
		in, _, err := tx.OwnIntake(ctx, actor, intakeRef)
		if err != nil {
			return err
		}
		if _, err := tx.lockIntake(ctx, in.ID); err != nil {
			return err
		}
		if err := tx.refuseHalted(ctx, Application{IntakeID: in.ID}, Completed); err != nil {
			return err
		}
		list, err := tx.chosenPapers(ctx, actor, in.ID, refs, lacks)
		if err != nil {
			return err
		}
		if PapersSeen(list) != seen {
			return ErrStale
		}
		for _, d := range list {
			switch {
			case d.IssuedRef != "":
				done.Already++
			case d.Stop != nil:
				done.Stopped++
			default:
				c, err := tx.issuePaper(ctx, actor, d, nil)
				if err != nil {
					return err
				}
				if err := tx.tellOfPaper(ctx, d.SeekerID, c, "paper_issued"); err != nil {
					return err
				}
				done.Issued++
			}
		}
		return nil
	})
	return done, err
}

// issuePaper issues the paper of a draft, in the place of another one or of none. Who is told is the caller's.
func (s *Store) issuePaper(ctx context.Context, actor User, d PaperDraft, instead *CourseCertificate) (CourseCertificate, error) {
	c, err := s.newPaper(actor, d, *actor.InstitutionID)
	if err != nil {
		return c, err
	}
	if instead != nil {
		c.ReplacesID = &instead.ID
	}
	if err := s.db.With(ctx).Omit("ReplacedBy").Create(&c).Error; err != nil {
		return c, err
	}
	return c, s.db.Audit(ctx, actor, record.Act{
		Action: "course_certificate_issued", SubjectKind: "course_certificate", SubjectID: c.ID, PersonID: d.SeekerID,
	})
}

// tellOfPaper writes to the person of a paper. It is called as the paper calls them.
func (s *Store) tellOfPaper(ctx context.Context, seekerID int64, c CourseCertificate, template string) error {
	seeker, err := s.User(ctx, seekerID)
	if err != nil {
		return err
	}
	return s.db.Tell(ctx, seeker, fmt.Sprintf("course_certificate:%d:%s", c.ID, template), template, map[string]string{
		"Name": c.HolderName, "Programme": c.ProgrammeTitle, "Institution": c.InstitutionName, "Path": urls.Certificates(),
	})
}

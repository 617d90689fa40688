package models

import (
	"context"

	"gorm.io/gorm"

	"naikkelas/models/record"
)

// ownPapersMost is how many papers of one person are shown: nobody passes so many courses.
const ownPapersMost = 100

// replacedBy is the number of the paper that took the place of the one whose row is c.
const replacedBy = `coalesce((SELECT r.ref FROM course_certificates r WHERE r.replaces_id = c.id), '') AS replaced_by`

func (s *Store) papers(ctx context.Context) *gorm.DB {
	return s.db.With(ctx).Table("course_certificates c").Select("c.*, " + replacedBy)
}

func onePaper(q *gorm.DB) (c CourseCertificate, err error) {
	err = q.Limit(1).Scan(&c).Error
	if err == nil && c.ID == 0 {
		err = gorm.ErrRecordNotFound
	}
	return c, err
}

// paperOfInstitution finds a paper that the acting staff's institution issued. It is the institution's own, whatever else its
// person lets it see, until they are gone.
func (s *Store) paperOfInstitution(ctx context.Context, actor User, ref string) (CourseCertificate, error) {
	return onePaper(s.papers(ctx).Where("c.ref = ? AND c.institution_id = ? AND c.code_hash IS NOT NULL", ref, actor.InstitutionID))
}

// InstitutionPaper is a paper of the acting staff's institution, with the reference of its intake and what would be printed
// today, for a correction.
func (s *Store) InstitutionPaper(
	ctx context.Context, actor User, ref string, lacks Lacks,
) (c CourseCertificate, intake string, now *PaperDraft, err error) {
	if !actor.Selects() {
		return c, "", nil, ErrForbidden
	}
	if c, err = s.paperOfInstitution(ctx, actor, ref); err != nil {
		return c, "", nil, err
	}
	err = s.db.With(ctx).Raw(`SELECT n.ref
		FROM applications a
		JOIN intakes n ON n.id = a.intake_id
		WHERE a.id = ?`, c.ApplicationID).Scan(&intake).Error
	if err != nil {
		return c, "", nil, err
	}
	var list []PaperDraft
	err = s.paperDrafts(ctx, actor).Where("a.id = ?", c.ApplicationID).Scan(&list).Error
	if err != nil || len(list) == 0 {
		return c, intake, nil, err
	}
	list = settledPapers(list, lacks)
	return c, intake, &list[0], nil
}

// OwnPapers are the papers of the acting person, the newest first.
func (s *Store) OwnPapers(ctx context.Context, actor User) (list []CourseCertificate, err error) {
	err = s.papers(ctx).Joins("JOIN applications a ON a.id = c.application_id").Where("a.seeker_id = ?", actor.ID).
		Order("c.id DESC").Limit(ownPapersMost).Scan(&list).Error
	return list, err
}

// OwnPaper is one paper of the acting person.
func (s *Store) OwnPaper(ctx context.Context, actor User, ref string) (CourseCertificate, error) {
	return onePaper(s.papers(ctx).Joins("JOIN applications a ON a.id = c.application_id").
		Where("c.ref = ? AND a.seeker_id = ?", ref, actor.ID))
}

// PaperCode is a paper's code as somebody typed it, without what stands between its letters; empty where none is left.
func PaperCode(typed string) string { return record.ReadWord(typed) }

// CheckPaper is the paper to which a code leads, for anybody who has it. Codes that are wrong, that are none and that have
// ended are alike: not found, after the same look.
func (s *Store) CheckPaper(ctx context.Context, code string) (CourseCertificate, error) {
	return onePaper(s.papers(ctx).Where("c.code_hash = ?", record.TokenHash(PaperCode(code))))
}

package models

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// The refusals of reviewing.
var (
	ErrTaken            = &Refusal{Key: "review.taken"}
	ErrNotTaken         = &Refusal{Key: "review.not_taken"}
	ErrOwnDecision      = &Refusal{Key: "review.own_decision"}
	ErrChecksOpen       = &Refusal{Key: "review.checks_open", Field: "outcome"}
	ErrCertificatesOpen = &Refusal{Key: "review.certificates_open", Field: "outcome"}
	ErrUnmet            = &Refusal{Key: "review.unmet", Field: "outcome"}
	ErrFixesMissing     = &Refusal{Key: "review.fixes_missing", Field: "fixes"}
	ErrFixByPast        = &Refusal{Key: "review.fix_by_past", Field: "fix_by"}
	ErrDecisionReason   = &Refusal{Key: "review.reason_missing", Field: "reason"}
	ErrDecisionText     = &Refusal{Key: "review.text_missing", Field: "text"}
)

// fixDays is how many working days a seeker gets to mend something unless the officer chooses.
const fixDays = 3

// OfficerFile is everything that an officer needs to decide about one application.
type OfficerFile struct {
	ApplicationView
	Profile      WholeProfile
	Documents    []CertificateFileView // the KTP and other papers of the person, with pages
	Papers       []CertificateView     // the certificates that go with the application
	Requirements []Requirement
	Warnings     []string  // see the Warning... constants
	Assignee     string    // name of the officer who took it
	DecidedBy    string    // name of who decided last
	FixBy        time.Time // what is proposed when something is to be mended
}

// The warnings about a file, beside those of IdentityWarnings.
const (
	WarningExpired    = "certificate_expired"
	WarningNames      = "names_differ"
	WarningUnreadable = "file_unreadable"
	WarningElsewhere  = "certificate_elsewhere"
)

// ReviewFile loads one file for an officer and writes the look down. A draft is nobody's business.
func (s *Store) ReviewFile(ctx context.Context, officer User, ref string) (OfficerFile, error) {
	var f OfficerFile
	if officer.Role != Officer {
		return f, ErrForbidden
	}
	if err := s.db.WithContext(ctx).Where("ref = ? AND first_submitted_at IS NOT NULL", ref).Take(&f.Application).Error; err != nil {
		return f, err
	}
	if err := s.applicationParts(ctx, &f.ApplicationView); err != nil {
		return f, err
	}
	var err error
	if f.Profile, err = s.ProfileForOfficer(ctx, officer, f.SeekerID); err != nil {
		return f, err
	}
	return f, s.officerParts(ctx, officer, &f)
}

func (s *Store) officerParts(ctx context.Context, officer User, f *OfficerFile) error {
	candidate, err := s.candidateOf(ctx, f.Profile)
	if err != nil {
		return err
	}
	f.Requirements = candidate.Requirements(f.Offer.Terms())
	if f.Documents, err = s.withPages(ctx, f.Profile.Documents); err != nil {
		return err
	}
	if f.Papers, err = s.papers(ctx, f.Certificates); err != nil {
		return err
	}
	if f.Warnings, err = s.IdentityWarnings(ctx, officer, f.SeekerID); err != nil {
		return err
	}
	f.Warnings = append(f.Warnings, f.paperWarnings(s.now())...)
	elsewhere, err := s.handedInElsewhere(ctx, f.Application)
	if err != nil {
		return err
	}
	if elsewhere {
		f.Warnings = append(f.Warnings, WarningElsewhere)
	}
	var names []string
	err = s.db.WithContext(ctx).Raw("SELECT coalesce((SELECT name FROM users WHERE id = ?), '') UNION ALL SELECT coalesce((SELECT name FROM users WHERE id = ?), '')", f.AssigneeID, f.Application.DecidedBy).Scan(&names).Error
	if err != nil {
		return err
	}
	f.Assignee, f.DecidedBy = names[0], names[1]
	f.FixBy, err = s.deadline(ctx, fixDays)
	return err
}

// withPages adds the pages to files, in one query.
func (s *Store) withPages(ctx context.Context, uploads []Upload) ([]CertificateFileView, error) {
	list := make([]CertificateFileView, len(uploads))
	ids := make([]int64, len(uploads))
	for i, u := range uploads {
		list[i].Upload, ids[i] = u, u.ID
	}
	if len(ids) == 0 {
		return list, nil
	}
	var pages []UploadPage
	err := s.db.WithContext(ctx).Where("upload_id IN ?", ids).Order("upload_id, number").Find(&pages).Error
	for _, p := range pages {
		i := slices.Index(ids, p.UploadID)
		list[i].Pages = append(list[i].Pages, p)
	}
	return list, err
}

// papers adds type, files and pages to certificates, in three queries.
func (s *Store) papers(ctx context.Context, certificates []Certificate) ([]CertificateView, error) {
	if len(certificates) == 0 {
		return nil, nil
	}
	db := s.db.WithContext(ctx)
	views, ids, codes := make([]CertificateView, len(certificates)), make([]int64, len(certificates)), make([]string, len(certificates))
	for i, c := range certificates {
		views[i].Certificate, ids[i], codes[i] = c, c.ID, c.TypeCode
	}
	var types []CertificateType
	var files []struct {
		Upload
		CertificateID int64
	}
	err := errors.Join(
		db.Where("code IN ?", codes).Find(&types).Error,
		db.Table("uploads").Select("uploads.*, f.certificate_id").Joins("JOIN certificate_files f ON f.upload_id = uploads.id").
			Where("f.certificate_id IN ? AND uploads.deleted_at IS NULL", ids).Order("f.certificate_id, f.position").Limit(500).Scan(&files).Error,
	)
	if err != nil {
		return nil, err
	}
	uploads := make([]Upload, len(files))
	for i, f := range files {
		uploads[i] = f.Upload
	}
	paged, err := s.withPages(ctx, uploads)
	for i, f := range paged {
		view := &views[slices.Index(ids, files[i].CertificateID)]
		view.Files = append(view.Files, f)
	}
	for i := range views {
		for _, t := range types {
			if t.Code == views[i].TypeCode {
				views[i].Type = t
			}
		}
	}
	return views, err
}

// handedInElsewhere says whether somebody else handed in a certificate of the same number and issuer
// as one that goes with the application. Only officers learn of it.
func (s *Store) handedInElsewhere(ctx context.Context, a Application) (bool, error) {
	var found bool
	err := s.db.WithContext(ctx).Raw(`SELECT EXISTS (SELECT 1 FROM application_certificates ac JOIN certificates c ON c.id = ac.certificate_id AND c.number <> ''
		JOIN certificates o ON lower(o.number) = lower(c.number) AND lower(o.issuer) = lower(c.issuer) AND o.seeker_id <> c.seeker_id AND o.number <> '' AND o.deleted_at IS NULL AND o.state <> 'draft'
		WHERE ac.application_id = ?)`, a.ID).Scan(&found).Error
	return found, err
}

// paperWarnings are doubts about the papers: expired, in another name, unreadable.
func (f OfficerFile) paperWarnings(at time.Time) []string {
	var list []string
	add := func(w string) {
		if !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	for _, c := range f.Papers {
		if c.Expired(at) {
			add(WarningExpired)
		}
		if !SameName(c.HolderName, f.Profile.User.Name) && !SameName(c.HolderName, f.Profile.Profile.PassportName) {
			add(WarningNames)
		}
		for _, file := range c.Files {
			if file.State == UploadRefused {
				add(WarningUnreadable)
			}
		}
	}
	for _, d := range f.Documents {
		if d.State == UploadRefused {
			add(WarningUnreadable)
		}
	}
	return list
}

// SameName compares two names as a person would: case, marks, doubled spaces and common titles
// do not matter.
func SameName(a, b string) bool { return foldName(a) == foldName(b) }

var nameMarks = strings.NewReplacer("'", "", "’", "", "`", "", ".", "", ",", " ", "-", " ")

// nameTitles stand before or after names on papers and are no part of them.
var nameTitles = []string{"h", "hj", "haji", "hajjah", "dr", "drs", "dra", "ir", "st", "sh", "se", "spd", "skom", "amd", "mpd", "mm", "r", "rr"}

func foldName(name string) string {
	words := strings.Fields(nameMarks.Replace(strings.ToLower(name)))
	kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(nameTitles, w) })
	if len(kept) == 0 {
		kept = words
	}
	return strings.Join(kept, " ")
}

// Take gives the file to the acting officer. Taking one's own again changes nothing; one that a
// colleague has is ErrTaken, and a contested one is for another officer than who refused.
func (s *Store) Take(ctx context.Context, officer User, ref string, version int) error {
	return s.withFile(ctx, officer, ref, func(tx *Store, a Application) error {
		switch {
		case a.State == InReview && a.AssigneeID != nil && *a.AssigneeID == officer.ID:
			return nil
		case a.State == InReview:
			return ErrTaken
		case a.ContestedAt != nil && a.DecidedBy != nil && *a.DecidedBy == officer.ID:
			return ErrOwnDecision
		case version != 0 && a.Version != version:
			return ErrStale
		}
		return tx.move(ctx, officer, &a, step{to: InReview, set: map[string]any{"assignee_id": officer.ID}})
	})
}

// Release puts the acting officer's file back into the queue.
func (s *Store) Release(ctx context.Context, officer User, ref string) error {
	return s.withFile(ctx, officer, ref, func(tx *Store, a Application) error {
		if err := a.takenBy(officer); err != nil {
			return err
		}
		return tx.move(ctx, officer, &a, step{to: Submitted, set: map[string]any{"assignee_id": nil}})
	})
}

func (a Application) takenBy(officer User) error {
	if a.State != InReview {
		return ErrNotTaken
	}
	if a.AssigneeID == nil || *a.AssigneeID != officer.ID {
		return ErrTaken
	}
	return nil
}

// withFile runs f over a locked file that was sent to officers, the intake locked before it.
func (s *Store) withFile(ctx context.Context, officer User, ref string, f func(tx *Store, a Application) error) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, func(tx *Store) error {
		var id int64
		if err := tx.db.WithContext(ctx).Model(&Application{}).Select("id").Where("ref = ? AND first_submitted_at IS NOT NULL", ref).Take(&id).Error; err != nil {
			return err
		}
		_, a, err := tx.lockSeat(ctx, id, 0)
		if err != nil {
			return err
		}
		return f(tx, a)
	})
}

package models

import (
	"context"
	"slices"
	"time"

	"naikkelas/models/record"
)

// The places where somebody mends what officers asked for, beside the sections of a profile.
const (
	MendAccount      = "account"
	MendMotivation   = "motivation"
	MendCertificates = "certificates" // which go with the application
	MendCertificate  = "certificate"  // the one that was named
)

// aboutFiles are the reasons that ask for another photo or scan, not for other words.
var aboutFiles = []string{
	"scan_blurred", "scan_cut_off", "page_missing", "file_damaged", "wrong_document", "document_missing",
	"document_expired", "document_of_another", "address_proof_missing", "education_proof_missing",
}

// Places are where what was asked for can be mended; the first is the one to lead to. An officer's own words can
// mean what is written or the photo of it.
func (f Fix) Places() []string {
	file := f.AboutFile()
	switch {
	case f.ReasonCode == "contact_unreachable":
		return []string{MendAccount}
	case f.CertificateID != nil:
		return []string{MendCertificate}
	case f.Target == "certificate", f.Target == SectionEducation && file:
		return []string{MendCertificates}
	case f.Target == "application":
		return []string{MendMotivation, MendCertificates}
	case f.Target == SectionGuardian:
		return []string{SectionGuardian}
	case file:
		return []string{SectionPhoto}
	case f.Target == SectionIdentity:
		return []string{SectionIdentity, SectionPhoto}
	}
	return []string{f.Target}
}

// AboutFile says whether another photo or scan is asked for.
func (f Fix) AboutFile() bool { return slices.Contains(aboutFiles, f.ReasonCode) }

// A saving is when somebody kept something at a place.
type saving struct {
	Place string
	At    time.Time
}

// markMended says of each thing that was asked for whether the person has been at it since. Whether it is right
// now, officers say.
func (s *Store) markMended(ctx context.Context, v *ApplicationView) error {
	if v.State != NeedsFix || len(v.Fixes) == 0 {
		return nil
	}
	var list []saving
	err := s.db.With(ctx).Raw(`SELECT CASE a.action
				WHEN 'address_changed' THEN ?
				WHEN 'upload_added' THEN CASE u.purpose WHEN 'guardian_consent' THEN ? ELSE ? END
				ELSE a.detail->>'section'
			END AS place, max(a.at) AS at
		FROM audit_rows a
		LEFT JOIN uploads u ON u.id = a.subject_id AND a.subject_kind = 'upload'
		WHERE a.person_id = ?
			AND a.actor_id = a.person_id
			AND a.at >= ?
			AND (a.action IN ('profile_saved', 'address_changed')
				OR a.action = 'upload_added' AND u.purpose IN ('ktp', 'kk', 'guardian_consent')
				OR a.action = 'application_filled' AND a.subject_id = ?)
		GROUP BY 1
		LIMIT 50`, MendAccount, SectionGuardian, SectionPhoto, v.SeekerID, v.Fixes[0].CreatedAt, v.ID).Scan(&list).Error
	for i, f := range v.Fixes {
		v.Fixes[i].Done = f.done(list, v.Certificates)
	}
	return err
}

// done says whether the person was at a place of it since, or has sent the certificate again.
func (f Fix) done(list []saving, certificates []Certificate) bool {
	if f.CertificateID != nil && f.Places()[0] == MendCertificate {
		i := slices.IndexFunc(certificates, func(c Certificate) bool { return c.ID == *f.CertificateID })
		return i < 0 || !certificates[i].Editable()
	}
	return slices.ContainsFunc(list, func(d saving) bool {
		return slices.Contains(f.Places(), d.Place) && !d.At.Before(f.CreatedAt)
	})
}

// noteFilled keeps that somebody answered a part of an application.
func (s *Store) noteFilled(ctx context.Context, actor User, a Application, part string) error {
	return s.db.Audit(ctx, actor, record.Act{
		Action: "application_filled", SubjectKind: "application", SubjectID: a.ID, PersonID: a.SeekerID,
		Detail: map[string]any{"section": part},
	})
}

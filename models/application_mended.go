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

// StatementUnchanged is what a person says who sends again though something was asked for that they did not change.
const StatementUnchanged = "unchanged"

// ErrUnchanged asks somebody whether to send again though something that was asked for was not changed.
var ErrUnchanged = &Refusal{Key: "application.unchanged", Field: StatementUnchanged}

// A saving is when somebody last changed something at a place. Subject is the certificate that was changed; File says
// that it was a photo or scan.
type saving struct {
	Place   string
	Subject int64
	File    bool
	At      time.Time
}

// markMended says of each thing that was asked for whether the person has changed something there since. Whether it
// is right now, officers say.
func (s *Store) markMended(ctx context.Context, v *ApplicationView) error {
	if v.State != NeedsFix || len(v.Fixes) == 0 {
		return nil
	}
	var list []saving
	err := s.db.With(ctx).Raw(`SELECT CASE
				WHEN a.action = 'address_changed' THEN @account
				WHEN a.subject_kind = 'certificate' THEN @certificate
				WHEN a.action <> 'upload_added' THEN a.detail->>'section'
				WHEN u.purpose = 'guardian_consent' THEN @guardian
				ELSE @photo
			END AS place,
			CASE WHEN a.subject_kind = 'certificate' THEN a.subject_id ELSE 0 END AS subject,
			a.action IN ('upload_added', 'certificate_file_added', 'certificate_file_removed', 'certificate_file_moved') AS file,
			max(a.at) AS at
		FROM audit_rows a
		LEFT JOIN uploads u ON u.id = a.subject_id AND a.subject_kind = 'upload'
		WHERE a.person_id = @person
			AND a.actor_id = a.person_id
			AND a.at > @since
			AND (a.action = 'address_changed'
				OR a.action = 'profile_saved' AND a.detail->>'changed' IS DISTINCT FROM 'false'
				OR a.action = 'upload_added' AND u.purpose IN ('ktp', 'kk', 'guardian_consent')
				OR a.action = 'certificate_edited'
				OR a.action LIKE 'certificate\_file\_%'
				OR a.action = 'application_filled' AND a.subject_id = @application)
		GROUP BY 1, 2, 3
		LIMIT 200`, map[string]any{
		"account": MendAccount, "certificate": MendCertificate, "guardian": SectionGuardian, "photo": SectionPhoto,
		"person": v.SeekerID, "since": v.Fixes[0].CreatedAt, "application": v.ID,
	}).Scan(&list).Error
	for i, f := range v.Fixes {
		v.Fixes[i].Done = f.done(list, v.Certificates)
	}
	return err
}

// done says whether the person changed something at a place of it since, or has taken the certificate out. Where another
// photo is asked for, only files count.
func (f Fix) done(list []saving, certificates []Certificate) bool {
	certificate := f.CertificateID != nil && f.Places()[0] == MendCertificate
	if certificate && !slices.ContainsFunc(certificates, func(c Certificate) bool { return c.ID == *f.CertificateID }) {
		return true
	}
	return slices.ContainsFunc(list, func(d saving) bool {
		switch {
		case !d.At.After(f.CreatedAt), !slices.Contains(f.Places(), d.Place):
			return false
		case certificate && d.Subject != *f.CertificateID:
			return false
		}
		return d.File || !f.AboutFile() || d.Place == MendCertificates
	})
}

// noteFilled keeps that somebody changed their answer to a part of an application.
func (s *Store) noteFilled(ctx context.Context, actor User, a Application, part string) error {
	return s.db.Audit(ctx, actor, record.Act{
		Action: "application_filled", SubjectKind: "application", SubjectID: a.ID, PersonID: a.SeekerID,
		Detail: map[string]any{"section": part},
	})
}

// resolveFixes ends what was asked for, because the file is sent again. Of what the person did not change they must say
// that they send it all the same, and officers see it.
func (s *Store) resolveFixes(ctx context.Context, a Application, anyway bool) error {
	v := ApplicationView{Application: a}
	var err error
	if v.Fixes, err = s.fixes(ctx, a, "f.resolved_at IS NULL"); err != nil {
		return err
	}
	if v.Certificates, err = s.applicationCertificates(ctx, a); err != nil {
		return err
	}
	if err := s.markMended(ctx, &v); err != nil {
		return err
	}
	for _, f := range v.Fixes {
		if !f.Done && !anyway {
			return ErrUnchanged
		}
		set := map[string]any{"resolved_at": s.db.Now(), "untouched": !f.Done}
		if err := s.db.With(ctx).Model(&Fix{}).Where("id = ?", f.ID).Updates(set).Error; err != nil {
			return err
		}
	}
	return nil
}

// profilePrint is the same for two states of a person's profile in which nothing differs. A number that was typed again
// counts as another, except a NIK, which is compared.
func (s *Store) profilePrint(ctx context.Context, userID int64) (sum string, err error) {
	err = s.db.With(ctx).Raw(`SELECT md5(concat(
			(SELECT name FROM users WHERE id = @user),
			(SELECT to_jsonb(t) - '{nik_sealed,updated_at,version}'::text[] FROM profiles t WHERE user_id = @user),
			(SELECT jsonb_agg(to_jsonb(t) - 'id' ORDER BY t.kind) FROM addresses t WHERE user_id = @user),
			(SELECT jsonb_agg(to_jsonb(t) - 'id' ORDER BY t.id) FROM known_languages t WHERE user_id = @user),
			(SELECT jsonb_agg(to_jsonb(t) - 'id' ORDER BY t.id) FROM experiences t WHERE user_id = @user),
			(SELECT jsonb_agg(to_jsonb(t) - 'id' ORDER BY t.position) FROM emergency_contacts t WHERE user_id = @user)))`,
		map[string]any{"user": userID}).Scan(&sum).Error
	return sum, err
}

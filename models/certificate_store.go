package models

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// editable are the states in which a certificate is its owner's to change.
var editable = []CertificateState{CertificateDraft, CertificateNeedsFix}

// Editable says whether the owner may change the certificate now.
func (c Certificate) Editable() bool {
	return c.State == CertificateDraft || c.State == CertificateNeedsFix
}

// CertificateInput is what the owner types of a certificate. Dates are calendar days at UTC
// midnight; a nil ValidUntil is worked out from the type.
type CertificateInput struct {
	TypeCode    string
	Title       string
	Number      string
	HolderName  string
	Issuer      string
	Level       string  // in words
	LevelCode   *string // of a CertificateLevel of the type, nil for none or where Score says it
	Test        string  // with Score: a test of the type that knows only scores
	Score       *int
	Link        string     // http or https, or empty
	Destination *string    // code of the one country that the scheme is for, nil for any
	IssuedOn    *time.Time // of the result announcement where the type counts from it
	ValidUntil  *time.Time
	Confirmed   *time.Time // of the last regular signature, nil for none since the day of issue
}

// NewCertificate is the form of a certificate as it was sent. Token is the form's own UUID.
type NewCertificate struct {
	Token       string
	Input       CertificateInput
	Files       SentFiles
	Application string // reference of the one that the person is filling in with it, empty for none
}

// CreateCertificate makes a draft with its files, and adds it to the application while that can be changed: all
// or nothing. The same token twice is one certificate, and the first is returned. Where what was typed is
// refused, the files are kept all the same, in the library.
func (s *Store) CreateCertificate(ctx context.Context, actor User, in NewCertificate) (c Certificate, kept []Upload, err error) {
	var refused error
	err = s.transact(ctx, "create certificate", func(tx *Store) error {
		refused = nil
		files, err := tx.takeFiles(ctx, actor, in.Files)
		if err != nil {
			return err
		}
		kept = files
		set, err := tx.certificateColumns(ctx, actor, in.Input)
		if _, no := errors.AsType[*Refusal](err); no {
			refused = err
			return nil
		}
		if err != nil {
			return err
		}
		c, err = tx.makeDraft(ctx, actor, in, set, files)
		return err
	})
	if err != nil {
		return Certificate{}, nil, err
	}
	return c, kept, refused
}

// makeDraft makes the draft, or finds the one that the form has made before.
func (s *Store) makeDraft(ctx context.Context, actor User, in NewCertificate, set map[string]any, files []Upload) (Certificate, error) {
	now := s.db.Now()
	c := Certificate{
		Ref: record.NewRef("SR"), SeekerID: actor.ID, TypeCode: in.Input.TypeCode, State: CertificateDraft, FormToken: &in.Token,
		Version: 1, CreatedAt: now, UpdatedAt: now,
	}
	r := s.db.With(ctx).Omit("ID").Clauses(clause.OnConflict{
		Columns:     []clause.Column{{Name: "seeker_id"}, {Name: "form_token"}},
		TargetWhere: clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "form_token IS NOT NULL"}}},
		DoNothing:   true,
	}).Create(&c)
	if r.Error != nil {
		return c, r.Error
	}
	if r.RowsAffected == 0 {
		return s.CertificateOfForm(ctx, actor, in.Token)
	}
	if err := s.db.With(ctx).Model(&Certificate{}).Where("id = ?", c.ID).Updates(set).Error; err != nil {
		return c, err
	}
	first := c
	first.State = ""
	if _, err := s.certificateEvent(ctx, actor, first, CertificateEvent{ToState: CertificateDraft}); err != nil {
		return c, err
	}
	if err := s.attach(ctx, actor, c, files); err != nil {
		return c, err
	}
	if err := s.addToApplication(ctx, actor, in.Application, c); err != nil {
		return c, err
	}
	return s.CertificateOfForm(ctx, actor, in.Token)
}

// UpdateCertificate changes a draft or a returned certificate.
func (s *Store) UpdateCertificate(ctx context.Context, actor User, ref string, in CertificateInput) error {
	return s.withCertificate(ctx, actor, ref, func(tx *Store, c Certificate) error {
		if !c.Editable() {
			return &Refusal{Key: "certificate.not_editable"}
		}
		set, err := tx.certificateColumns(ctx, actor, in)
		if err != nil {
			return err
		}
		if err := tx.setCertificate(ctx, c, set); err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{
			Action: "certificate_edited", SubjectKind: "certificate", SubjectID: c.ID, PersonID: c.SeekerID,
		})
	})
}

// certificateColumns checks the input against its type and its owner and works out the dates.
func (s *Store) certificateColumns(ctx context.Context, owner User, in CertificateInput) (map[string]any, error) {
	var t CertificateType
	if err := s.db.With(ctx).Where("code = ?", in.TypeCode).Take(&t).Error; errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, &Refusal{Key: "certificate.type.unknown", Field: "type"}
	} else if err != nil {
		return nil, err
	}
	until, confirm := t.Lasts(in.IssuedOn, in.ValidUntil, in.Confirmed)
	days := in
	days.ValidUntil = until
	if wrong, err := s.CertificateDates(ctx, owner, days); err != nil {
		return nil, err
	} else if len(wrong) > 0 {
		return nil, wrong[0]
	}
	level, err := s.certificateLevel(ctx, in)
	if err != nil {
		return nil, err
	}
	if in.Destination != nil {
		var known int64
		if err := s.db.With(ctx).Model(&Country{}).Where("code = ?", *in.Destination).Count(&known).Error; err != nil {
			return nil, err
		}
		if known == 0 {
			return nil, &Refusal{Key: "certificate.destination.unknown", Field: "destination"}
		}
	}
	return map[string]any{
		"type_code": in.TypeCode, "title": in.Title, "number": in.Number, "holder_name": in.HolderName,
		"issuer": in.Issuer, "level": in.Level, "link": in.Link,
		"level_code": level, "test": in.Test, "score": in.Score,
		"destination": in.Destination, "issued_on": in.IssuedOn,
		"valid_until": until, "until_printed": until != nil && in.ValidUntil != nil,
		"confirmed_on": in.Confirmed, "next_confirmation_due": confirm,
		"typed": nil, "read_by": nil, "read_at": nil, // what an officer read of what stood here before
	}, nil
}

// SubmitCertificate hands a draft or a returned certificate to the officers. It needs a
// number, dates, an issuer and at least one file that was not refused.
func (s *Store) SubmitCertificate(ctx context.Context, actor User, ref string) error {
	return s.withCertificate(ctx, actor, ref, func(tx *Store, c Certificate) error {
		if c.State == CertificateSubmitted {
			return nil // the second press of the same button
		}
		if !c.Editable() {
			return &Refusal{Key: "certificate.not_editable"}
		}
		return tx.sendCertificate(ctx, actor, c)
	})
}

// sendCertificate sends a locked certificate that its owner can change.
func (s *Store) sendCertificate(ctx context.Context, actor User, c Certificate) error {
	if err := s.wholeCertificate(ctx, c); err != nil {
		return err
	}
	err := s.setCertificate(ctx, c, map[string]any{
		"state": CertificateSubmitted, "officer_id": nil, "submitted_at": s.db.Now(),
	})
	if err != nil {
		return err
	}
	_, err = s.certificateEvent(ctx, actor, c, CertificateEvent{ToState: CertificateSubmitted})
	return err
}

// wholeCertificate says what a certificate lacks that officers need: name, issuer, day, and files that
// were not refused.
func (s *Store) wholeCertificate(ctx context.Context, c Certificate) error {
	lacks, err := s.certificateLacks(ctx, "c.id = ?", c.ID)
	if err != nil {
		return err
	}
	switch lack := lacks[c.ID]; lack {
	case "":
		return nil
	case "certificate.incomplete":
		return &Refusal{Key: lack}
	default:
		return &Refusal{Key: lack, Field: "files"}
	}
}

// ErrCertificateHeld says that an officer has the certificate, or the file of an application with it, just now.
var ErrCertificateHeld = &Refusal{Key: "certificate.held"}

// Retractable says whether its owner can take the certificate back: it waits, and no officer works on it.
func (v CertificateView) Retractable() bool {
	return v.State == CertificateSubmitted && !slices.ContainsFunc(v.Applications, func(a ApplicationRow) bool { return a.State == InReview })
}

// TakeBackCertificate gives a certificate that waits for officers back to its owner, to mend and to send again.
// SubmittedAt keeps since when it waited. What an officer had asked before is answered and no longer stands
// above it; why one was taken away stays.
func (s *Store) TakeBackCertificate(ctx context.Context, actor User, ref string) error {
	return s.withCertificate(ctx, actor, ref, func(tx *Store, c Certificate) error {
		if c.Editable() {
			return nil // the second press of the same button
		}
		list, err := tx.applicationsOn(ctx, c)
		if err != nil {
			return err
		}
		if c.State == CertificateChecking || slices.ContainsFunc(list, func(a Application) bool { return a.State == InReview }) {
			return ErrCertificateHeld
		}
		if c.State != CertificateSubmitted {
			return &Refusal{Key: "certificate.not_editable"}
		}
		set := map[string]any{"state": CertificateNeedsFix}
		if c.TakenAwayAt == nil {
			set["reason_code"], set["note"] = "", ""
		}
		if err := tx.setCertificate(ctx, c, set); err != nil {
			return err
		}
		_, err = tx.certificateEvent(ctx, actor, c, CertificateEvent{ToState: CertificateNeedsFix})
		return err
	})
}

// withCertificate runs f over the acting person's locked certificate.
func (s *Store) withCertificate(ctx context.Context, actor User, ref string, f func(tx *Store, c Certificate) error) error {
	return s.transact(ctx, "change certificate", func(tx *Store) error {
		var c Certificate
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).
			Where("ref = ? AND seeker_id = ? AND deleted_at IS NULL", ref, actor.ID).Take(&c).Error
		if err != nil {
			return err
		}
		return f(tx, c)
	})
}

func (s *Store) setCertificate(ctx context.Context, c Certificate, set map[string]any) error {
	set["updated_at"], set["version"] = s.db.Now(), gorm.Expr("version + 1")
	return record.Changed(s.db.With(ctx).Model(&Certificate{}).Where("id = ?", c.ID).Updates(set), ErrNotFound)
}

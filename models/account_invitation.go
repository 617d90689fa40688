package models

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models/record"
)

// The refusals of invitations.
var (
	ErrInvitationRole  = &Refusal{Key: "admin.invite.role_wrong", Field: "role"}
	ErrInvitationEmail = &Refusal{Key: "admin.invite.email_wrong", Field: "email"}
	ErrInvitationTaken = &Refusal{Key: "admin.invite.taken", Field: "email"}
	ErrInvitationPlace = &Refusal{Key: "admin.invite.institution_wrong", Field: "institution"}
)

// invitationTime is how long an invitation can be accepted.
const invitationTime = 7 * 24 * time.Hour

// Invitation asks somebody to work here. Its link is itself the permission to accept it: 128 random
// bits, of which the database holds the hash.
type Invitation struct {
	ID              int64
	Ref             string
	TokenHash       []byte
	Role            Role
	Name            string
	Email           string
	InstitutionID   *int64
	PartnerOfficeID *int64
	MayEdit         bool // of staff, as User has it
	MaySelect       bool // likewise
	RegencyCode     *string
	InvitedBy       *int64
	ExpiresAt       time.Time
	AcceptedAt      *time.Time
	RevokedAt       *time.Time
	CreatedAt       time.Time `gorm:"autoCreateTime:false"`
	Institution     string    `gorm:"-"` // the name of the institution or partner office, where the role is one of it
}

//i18n:family account.invitation.task.*

// Task says in words what the invited person is to do, and for whom.
func (i Invitation) Task(ctx context.Context) string {
	return i18n.T(ctx, "account.invitation.task."+string(i.Role), "Institution", i.Institution)
}

// InvitationInput is whom an administrator invites. Institution is the reference or the exact name of
// an institution, of staff and owners; of partners it is the name of their office, and OfficeKind the kind of one that
// is new.
type InvitationInput struct {
	Role        Role
	Name        string
	Email       string
	Institution string
	OfficeKind  string
}

// InviteUser mails somebody a link to an account of the role. Inviting the same address again revokes
// the earlier link.
func (s *Store) InviteUser(ctx context.Context, admin User, in InvitationInput) error {
	if admin.Role != Admin {
		return ErrForbidden
	}
	email, err := ParseEmail(in.Email)
	if err != nil || strings.TrimSpace(in.Name) == "" {
		return ErrInvitationEmail
	}
	staff := in.Role == Staff // what they may do, an owner of theirs narrows
	i := Invitation{Role: in.Role, Name: strings.TrimSpace(in.Name), Email: email, MayEdit: staff, MaySelect: staff}
	return s.transact(ctx, "invite user", func(tx *Store) error {
		i.InvitedBy = &admin.ID
		if err := tx.invitationPlace(ctx, in, &i); err != nil {
			return err
		}
		return tx.invite(ctx, admin, i)
	})
}

// invite mails the link of an invitation whose role, name, address and place are known.
func (s *Store) invite(ctx context.Context, actor User, i Invitation) error {
	now := s.db.Now()
	token, hash := record.NewToken()
	i.Ref, i.TokenHash, i.InvitedBy, i.ExpiresAt, i.CreatedAt = record.NewRef("UN"), hash, &actor.ID, now.Add(invitationTime), now
	if _, err := s.userByLogin(ctx, Login{Email: i.Email}); !errors.Is(err, ErrNotFound) {
		return cmp.Or(err, error(ErrInvitationTaken))
	}
	err := s.db.With(ctx).Model(&Invitation{}).
		Where("email = ? AND accepted_at IS NULL AND revoked_at IS NULL", i.Email).
		Update("revoked_at", now).Error
	if err != nil {
		return err
	}
	if err := s.db.With(ctx).Create(&i).Error; err != nil {
		return err
	}
	err = s.db.Audit(ctx, actor, record.Act{
		Action: "user_invited", SubjectKind: "invitation", SubjectID: i.ID, Detail: map[string]any{"role": i.Role},
	})
	if err != nil {
		return err
	}
	return s.db.SendInvitation(ctx, fmt.Sprintf("invitation:%d", i.ID), record.Letter{
		Channel: "email", Template: "invitation", Language: "id", Address: i.Email, Until: i.ExpiresAt, Topic: i.topic(),
		Data: map[string]string{"Name": i.Name, "Task": i.Task(i18n.With(ctx, i18n.ID)), "Path": urls.Invitation(token)},
	})
}

// topic is what the letters to an address have in common: only the last invitation counts.
func (i Invitation) topic() string { return "invitation:" + i.Email }

// invitationPlace finds the institution of staff and owners, and the office of partners; others have none.
func (s *Store) invitationPlace(ctx context.Context, in InvitationInput, i *Invitation) error {
	switch in.Role {
	case Officer, Admin:
		return nil
	case Partner:
		office, err := s.partnerOffice(ctx, i.InvitedBy, in.OfficeKind, in.Institution)
		if err == nil {
			i.PartnerOfficeID, i.Institution = &office.ID, office.Name
		}
		return err
	case Staff, Owner:
		var found []Institution
		name := strings.Join(strings.Fields(in.Institution), " ")
		err := s.db.With(ctx).Select("id, name").
			Where("(ref = ? OR lower(name) = lower(?)) AND state <> 'revoked'", name, name).
			Limit(2).Find(&found).Error
		if err != nil {
			return err
		}
		if len(found) != 1 {
			return ErrInvitationPlace
		}
		i.InstitutionID, i.Institution = &found[0].ID, found[0].Name
		return nil
	}
	return ErrInvitationRole
}

// Over says why an invitation can be accepted no more; empty while it can.
func (i Invitation) Over(now time.Time) string {
	switch {
	case i.AcceptedAt != nil:
		return "used"
	case i.RevokedAt != nil:
		return "revoked"
	case !now.Before(i.ExpiresAt):
		return "lapsed"
	}
	return ""
}

// InvitationByToken finds an invitation, also one that is over. Looking uses nothing up, so a mail
// scanner does no harm (bug report P063).
func (s *Store) InvitationByToken(ctx context.Context, token string) (Invitation, error) {
	var i Invitation
	err := s.db.With(ctx).Take(&i, "token_hash = ?", record.TokenHash(token)).Error
	if err == nil && i.InstitutionID != nil {
		err = s.db.With(ctx).Model(&Institution{}).Where("id = ?", *i.InstitutionID).Limit(1).Pluck("name", &i.Institution).Error
	}
	if err == nil && i.PartnerOfficeID != nil {
		err = s.db.With(ctx).Model(&PartnerOffice{}).Where("id = ?", *i.PartnerOfficeID).Limit(1).Pluck("name", &i.Institution).Error
	}
	return i, err
}

// ErrInvitationOver refuses a link that was used, was taken back or has lapsed.
var ErrInvitationOver = &Refusal{Key: "account.invitation.over"}

// AcceptInvitation makes the account with the password that the person chose.
func (s *Store) AcceptInvitation(ctx context.Context, token, passwordHash, language string) (User, error) {
	var u User
	err := s.transact(ctx, "accept invitation", func(tx *Store) error {
		var i Invitation
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&i, "token_hash = ?", record.TokenHash(token)).Error
		if err != nil {
			return err
		}
		if i.Over(tx.db.Now()) != "" {
			return ErrInvitationOver
		}
		u = User{
			Role: i.Role, Name: i.Name, Email: &i.Email, PasswordHash: passwordHash, Language: language,
			InstitutionID: i.InstitutionID, PartnerOfficeID: i.PartnerOfficeID, RegencyCode: i.RegencyCode,
			MayEdit: i.MayEdit, MaySelect: i.MaySelect,
		}
		err = tx.createUser(ctx, &u, u)
		if errors.Is(err, ErrAddressTaken) {
			return &Refusal{Key: "account.invitation.taken", Field: "password"}
		}
		if err != nil {
			return err
		}
		return tx.db.With(ctx).Model(&Invitation{}).Where("id = ?", i.ID).Update("accepted_at", tx.db.Now()).Error
	})
	return u, err
}

// OpenInvitations lists the invitations that can still be accepted, newest first, at most a hundred.
func (s *Store) OpenInvitations(ctx context.Context, admin User) ([]Invitation, error) {
	if admin.Role != Admin {
		return nil, ErrForbidden
	}
	var list []Invitation
	err := s.db.With(ctx).Where("accepted_at IS NULL AND revoked_at IS NULL AND expires_at > ?", s.db.Now()).
		Order("created_at DESC, id DESC").Limit(100).Find(&list).Error
	return list, err
}

// RevokeInvitation takes an invitation back; its link leads nowhere then.
func (s *Store) RevokeInvitation(ctx context.Context, admin User, ref string) error {
	if admin.Role != Admin {
		return ErrForbidden
	}
	return s.transact(ctx, "revoke invitation", func(tx *Store) error {
		var i Invitation
		if err := tx.db.With(ctx).Select("id, email").Take(&i, "ref = ?", ref).Error; err != nil {
			return err
		}
		return tx.revoke(ctx, admin, i)
	})
}

// revoke takes an open invitation back. ErrStale says that it is open no more.
func (s *Store) revoke(ctx context.Context, actor User, i Invitation) error {
	r := s.db.With(ctx).Model(&Invitation{}).
		Where("id = ? AND accepted_at IS NULL AND revoked_at IS NULL", i.ID).
		Update("revoked_at", s.db.Now())
	if err := record.Changed(r, ErrStale); err != nil {
		return err
	}
	if err := s.db.DropLetters(ctx, i.topic()); err != nil {
		return err
	}
	return s.db.Audit(ctx, actor, record.Act{Action: "invitation_revoked", SubjectKind: "invitation", SubjectID: i.ID})
}

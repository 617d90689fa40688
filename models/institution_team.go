package models

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"naikkelas/models/record"
)

// The refusals of a team.
var (
	ErrTeamRole   = &Refusal{Key: "manage.team.role_wrong", Field: "role"}
	ErrTeamRights = &Refusal{Key: "manage.team.rights_none", Field: "rights"}
)

// Rights are what somebody may do at an institution's desk. Owners may everything; of staff Edit and Select say it, and
// one of them at least.
type Rights struct {
	Role   Role
	Edit   bool
	Select bool
}

// Seen names the rights, so that a form can say what its writer saw: those of the role, then "edit" and "select".
func (r Rights) Seen() string {
	words := []string{string(r.Role)}
	if r.Edit {
		words = append(words, "edit")
	}
	if r.Select {
		words = append(words, "select")
	}
	return strings.Join(words, " ")
}

// Rights are what the colleague may do now.
func (c Colleague) Rights() Rights { return Rights{Role: c.Role, Edit: c.MayEdit, Select: c.MaySelect} }

// Settled gives the rights as they are kept, or what is wrong with them.
func (r Rights) Settled() (Rights, error) {
	switch {
	case r.Role == Owner:
		return Rights{Role: Owner}, nil
	case r.Role != Staff:
		return r, ErrTeamRole
	case !r.Edit && !r.Select:
		return r, ErrTeamRights
	}
	return r, nil
}

// A Colleague is somebody with an account at the acting person's institution. LastSeenAt is nil for who never signed in.
type Colleague struct {
	User
	LastSeenAt *time.Time
}

// teamMost is how many people of an institution are listed.
const teamMost = 200

// Team lists who works at the acting person's institution, owners first and then by name.
func (s *Store) Team(ctx context.Context, actor User) ([]Colleague, error) {
	if !actor.Manages() {
		return nil, ErrForbidden
	}
	var list []Colleague
	err := s.colleagues(ctx, actor).Order("u.role, lower(u.name), u.id").Limit(teamMost).Scan(&list).Error
	return list, err
}

// Colleague finds one of them.
func (s *Store) Colleague(ctx context.Context, actor User, ref string) (Colleague, error) {
	var c Colleague
	if !actor.Owns() {
		return c, ErrForbidden
	}
	err := s.colleagues(ctx, actor).Where("u.ref = ?", ref).Take(&c).Error
	return c, err
}

// letterTo are the people of an institution to whom its letters go: open accounts that are not locked, those with the roles.
func (s *Store) letterTo(ctx context.Context, institutionID int64, roles ...Role) (list []User, err error) {
	err = s.db.With(ctx).Where("institution_id = ? AND role IN ? AND closed_at IS NULL AND locked_at IS NULL", institutionID, roles).
		Order("id").Limit(teamMost).Find(&list).Error
	return list, err
}

func (s *Store) colleagues(ctx context.Context, actor User) *gorm.DB {
	return s.db.With(ctx).Table("users u").
		Select("u.*, (SELECT max(d.last_seen_at) FROM devices d WHERE d.user_id = u.id) AS last_seen_at").
		Where("u.institution_id = ? AND u.closed_at IS NULL", *actor.InstitutionID)
}

// TeamInvitations lists the invitations of the acting owner's institution that can still be accepted, newest first.
func (s *Store) TeamInvitations(ctx context.Context, actor User) ([]Invitation, error) {
	if !actor.Owns() {
		return nil, ErrForbidden
	}
	var list []Invitation
	err := s.db.With(ctx).
		Where("institution_id = ? AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > ?", *actor.InstitutionID, s.db.Now()).
		Order("created_at DESC, id DESC").Limit(teamMost).Find(&list).Error
	return list, err
}

// InviteColleague mails somebody a link to an account at the acting owner's institution. Inviting the same address again
// revokes the earlier link.
func (s *Store) InviteColleague(ctx context.Context, actor User, name, address string, r Rights) error {
	if !actor.Owns() {
		return ErrForbidden
	}
	email, err := ParseEmail(address)
	if name = strings.TrimSpace(name); err != nil || name == "" {
		return ErrInvitationEmail
	}
	if r, err = r.Settled(); err != nil {
		return err
	}
	return s.transact(ctx, "invite colleague", func(tx *Store) error {
		in, err := tx.OwnInstitution(ctx, actor)
		if err != nil {
			return err
		}
		return tx.invite(ctx, actor, Invitation{
			Role: r.Role, Name: name, Email: email, InstitutionID: &in.ID, Institution: in.Name, MayEdit: r.Edit, MaySelect: r.Select,
		})
	})
}

// teamInvitation finds an invitation of the acting owner's institution.
func (s *Store) teamInvitation(ctx context.Context, actor User, ref string) (Invitation, error) {
	var i Invitation
	if !actor.Owns() {
		return i, ErrForbidden
	}
	err := s.db.With(ctx).Take(&i, "ref = ? AND institution_id = ?", ref, *actor.InstitutionID).Error
	return i, err
}

// RevokeColleague takes an invitation of the acting owner's institution back.
func (s *Store) RevokeColleague(ctx context.Context, actor User, ref string) error {
	return s.transact(ctx, "revoke invitation", func(tx *Store) error {
		i, err := tx.teamInvitation(ctx, actor, ref)
		if err != nil {
			return err
		}
		return tx.revoke(ctx, actor, i)
	})
}

// InviteAgain mails the invitation once more, with a new link; the earlier one leads nowhere then.
func (s *Store) InviteAgain(ctx context.Context, actor User, ref string) error {
	i, err := s.teamInvitation(ctx, actor, ref)
	if err != nil {
		return err
	}
	if i.AcceptedAt != nil || i.RevokedAt != nil {
		return ErrStale
	}
	return s.InviteColleague(ctx, actor, i.Name, i.Email, Rights{i.Role, i.MayEdit, i.MaySelect})
}

// ChangeRights gives a colleague of the acting owner other rights. They are signed out everywhere, so that what they may
// holds from their next sign-in, and told. The last owner stays one. seen are the rights that the owner saw (Rights.Seen):
// where another owner has changed them since, ErrStale.
func (s *Store) ChangeRights(ctx context.Context, actor User, ref, seen string, r Rights) error {
	r, err := r.Settled()
	if err != nil {
		return err
	}
	return s.transact(ctx, "change rights", func(tx *Store) error {
		c, err := tx.lockColleague(ctx, actor, ref)
		if err != nil {
			return err
		}
		if c.Rights().Seen() != seen {
			return ErrStale
		}
		if c.Rights() == r {
			return nil
		}
		return tx.changeRights(ctx, actor, c, r)
	})
}

// lockColleague finds a colleague of the acting owner for an act: one act on the owners of the portal after the other
// (refuseLast takes the same lock), so that what is read here still holds when it is changed.
func (s *Store) lockColleague(ctx context.Context, actor User, ref string) (Colleague, error) {
	if err := s.lockWorkers(ctx); err != nil {
		return Colleague{}, err
	}
	return s.Colleague(ctx, actor, ref)
}

func (s *Store) changeRights(ctx context.Context, actor User, c Colleague, r Rights) error {
	if c.Role == Owner && r.Role != Owner {
		if err := s.refuseLast(ctx, Worker{User: c.User}); err != nil {
			return err
		}
	}
	now := s.db.Now()
	changed := s.db.With(ctx).Model(&User{}).Where("id = ? AND closed_at IS NULL", c.ID).
		Updates(map[string]any{"role": r.Role, "may_edit": r.Edit, "may_select": r.Select, "updated_at": now})
	if err := record.Changed(changed, ErrNotFound); err != nil {
		return err
	}
	if err := s.EndOtherSessions(ctx, c.ID, nil); err != nil {
		return err
	}
	err := s.db.Audit(ctx, actor, record.Act{
		Action: "rights_changed", SubjectKind: "user", SubjectID: c.ID, PersonID: c.ID,
		Detail: map[string]any{"role": r.Role, "edit": r.Edit, "select": r.Select},
	})
	if err != nil {
		return err
	}
	key := fmt.Sprintf("rights_changed:%d:%d", c.ID, now.UnixMicro())
	return s.db.Tell(ctx, c.User, key, "rights_changed", map[string]string{"Name": c.Name})
}

// EndAccess closes the account of a colleague of the acting owner, or the owner's own, unless it is the last owner's.
// What they did stays, with their name; they read of it where they were reached.
func (s *Store) EndAccess(ctx context.Context, actor User, ref string) error {
	return s.transact(ctx, "end access", func(tx *Store) error {
		c, err := tx.lockColleague(ctx, actor, ref)
		if err != nil {
			return err
		}
		if err := tx.closeWork(ctx, actor, Worker{User: c.User}, "access_ended"); err != nil {
			return err
		}
		channel, address := c.Channel()
		if channel == "" {
			return nil
		}
		return tx.db.SendInvitation(ctx, fmt.Sprintf("access_ended:%d", c.ID), record.Letter{
			Channel: channel, Template: "access_ended", Language: c.Language, Address: address, Data: map[string]string{"Name": c.Name},
		})
	})
}

package models

import (
	"context"
	"errors"
	"slices"
	"strings"

	"naikkelas/models/record"
)

// requestSteps are what officers may make of a request that waits for them.
var requestSteps = []RequestState{RequestVerified, RequestAsked, RequestRefused}

// RequestDecision is what an officer makes of a request. Version is the one that they saw. Note is what the applicant reads: what is
// asked, or why it is refused.
type RequestDecision struct {
	To      RequestState
	Version int
	Note    string
}

// DecideRequest verifies a request, asks for more, or refuses it, and writes to the applicant. Verifying makes the institution
// and invites its owner, in the same transaction, and only once every item was looked at and none is wrong.
func (s *Store) DecideRequest(ctx context.Context, officer User, ref string, d RequestDecision) (err error) {
	if err := s.atInstitutions(ctx, officer); err != nil {
		return err
	}
	d.Note = strings.TrimSpace(d.Note)
	return s.transact(ctx, "decide institution request", func(tx *Store) error {
		r, err := tx.lockedRequest(ctx, ref)
		switch {
		case err != nil:
			return err
		case r.Version != d.Version || r.State != RequestSubmitted:
			return ErrStale
		case !slices.Contains(requestSteps, d.To):
			return ErrNotNow
		case d.To != RequestVerified && d.Note == "":
			return ErrRequestNote
		}
		from, now := r.State, tx.db.Now()
		r.State, r.Version = d.To, r.Version+1
		set := map[string]any{"state": r.State, "version": r.Version, "updated_at": now}
		if d.To == RequestAsked {
			set["answer"] = ""
		} else {
			set["decided_at"] = now
		}
		if d.To == RequestVerified {
			made, err := tx.joinInstitution(ctx, officer, r, d.Note)
			if err != nil {
				return err
			}
			set["institution_id"] = made.ID
		}
		if err := tx.db.With(ctx).Model(&InstitutionRequest{}).Where("id = ?", r.ID).Updates(set).Error; err != nil {
			return err
		}
		if err := tx.requestStepped(ctx, officer, r, from, d.Note); err != nil {
			return err
		}
		return tx.tellApplicant(ctx, r, RequestLetter(d.To))
	})
}

// RequestLetter is the template of the letter that a step of officers sends.
func RequestLetter(to RequestState) string { return "join_" + string(to) }

// joinInstitution makes the institution of a locked request, verifies it, and invites its owner.
func (s *Store) joinInstitution(ctx context.Context, officer User, r InstitutionRequest, note string) (Institution, error) {
	checks, err := s.requestChecks(ctx, r.ID)
	if err != nil {
		return Institution{}, err
	}
	file := RequestFile{Checks: checks}
	if len(file.Unchecked())+len(file.Wrong()) > 0 {
		return Institution{}, ErrRequestChecks
	}
	now, c := s.db.Now(), r.RequestContent
	i := Institution{
		Ref: record.NewRef("LB"), Kind: c.Kind, Name: c.Name, NIB: c.NIB, VIN: c.VIN, LicenseNo: c.LicenseNo,
		LicenseExpiresOn: c.LicenseExpiresOn, AccreditationNo: c.AccreditationNo, AccreditationScope: c.AccreditationScope,
		AccreditationExpiresOn: c.AccreditationExpiresOn, SOPermitNo: c.SOPermitNo, SOPermitExpiresOn: c.SOPermitExpiresOn,
		Street: c.Street, RegencyCode: c.RegencyCode, ResponsiblePerson: c.ResponsiblePerson, Phone: c.Phone, Email: c.Email,
		ComplaintContact: c.ComplaintContact, State: InstitutionSubmitted, Version: 1, CreatedAt: now, UpdatedAt: now,
	}
	if err := s.db.With(ctx).Omit("ID").Create(&i).Error; err != nil {
		return i, err
	}
	if err := s.stepInstitution(ctx, officer, i, InstitutionDecision{To: InstitutionVerified, Note: note}); err != nil {
		return i, err
	}
	return i, s.inviteRequester(ctx, officer, r, i)
}

func (s *Store) inviteRequester(ctx context.Context, officer User, r InstitutionRequest, i Institution) error {
	err := s.invite(ctx, officer, Invitation{
		Role: Owner, Name: r.ApplicantName, Email: r.ApplicantEmail, InstitutionID: &i.ID, Institution: i.Name,
	})
	if errors.Is(err, ErrInvitationTaken) {
		return ErrRequestTaken
	}
	return err
}

// InviteRequester mails the invitation to the owner's account of a verified request once more; the earlier link ends.
func (s *Store) InviteRequester(ctx context.Context, officer User, ref string) error {
	if err := s.atInstitutions(ctx, officer); err != nil {
		return err
	}
	return s.transact(ctx, "invite requester", func(tx *Store) error {
		r, err := tx.lockedRequest(ctx, ref)
		if err != nil {
			return err
		}
		if r.State != RequestVerified {
			return ErrStale
		}
		var i Institution
		if err := tx.db.With(ctx).Take(&i, "id = ?", *r.InstitutionID).Error; err != nil {
			return err
		}
		return tx.inviteRequester(ctx, officer, r, i)
	})
}

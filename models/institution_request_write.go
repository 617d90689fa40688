package models

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/internal/urls"
	"naikkelas/models/record"
)

// NewRequest is how a request begins: who asks, and for which institution.
type NewRequest struct {
	Token    string // of the form: several presses make one request
	Name     string // of the person
	Email    string
	Phone    string
	Called   string // the institution
	Language string
	From     string // the address of the device, only counted
}

// BeginRequest writes down that somebody wants to bring an institution in, and mails the link with which they go on. Whoever
// has an account under the address reads that in the letter alone: what the page says is the same.
func (s *Store) BeginRequest(ctx context.Context, n NewRequest) error {
	email, err := ParseEmail(n.Email)
	if err != nil {
		return err
	}
	known, err := s.requestOfForm(ctx, n.Token)
	if err != nil || known {
		return err
	}
	for _, l := range []struct {
		limit record.Limit
		who   string
	}{{requestFromLimit, n.From}, {requestToLimit, email}} {
		allowed, err := s.db.Attempt(ctx, l.limit, l.who)
		if err != nil {
			return err
		}
		if !allowed {
			return ErrRequestTooOften
		}
	}
	return s.transact(ctx, "begin institution request", func(tx *Store) error {
		_, err := tx.userByLogin(ctx, Login{Email: email})
		if err == nil {
			return tx.db.SendInvitation(ctx, "join_taken:"+n.Token, record.Letter{
				Channel: "email", Template: "join_taken", Language: n.Language, Address: email,
				Data: map[string]string{"Name": n.Name, "Path": urls.Join()},
			})
		}
		if !errors.Is(err, ErrNotFound) {
			return err
		}
		now := tx.db.Now()
		r := InstitutionRequest{
			Ref: record.NewRef("PB"), FormToken: n.Token, State: RequestBegun, Version: 1, Language: n.Language,
			ApplicantName: strings.TrimSpace(n.Name), ApplicantEmail: email, ApplicantPhone: strings.TrimSpace(n.Phone),
			RequestContent: RequestContent{Name: strings.TrimSpace(n.Called)}, CreatedAt: now, UpdatedAt: now,
		}
		made := tx.db.With(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "form_token"}}, DoNothing: true}).Create(&r)
		if made.Error != nil || made.RowsAffected == 0 {
			return made.Error // another press of the same form was faster
		}
		if err := tx.requestStepped(ctx, User{}, r, "", ""); err != nil {
			return err
		}
		return tx.tellApplicant(ctx, r, "join_begun")
	})
}

func (s *Store) requestOfForm(ctx context.Context, token string) (bool, error) {
	var n int64
	err := s.db.With(ctx).Model(&InstitutionRequest{}).Where("form_token = ?", token).Count(&n).Error
	return n > 0, err
}

// tellApplicant mails the applicant, with a link of the letter's own.
func (s *Store) tellApplicant(ctx context.Context, r InstitutionRequest, template string) error {
	token, hash := record.NewToken()
	err := s.db.With(ctx).Exec(`INSERT INTO institution_request_links (request_id, token_hash, created_at)
		VALUES (?, ?, ?)`, r.ID, hash, s.db.Now()).Error
	if err != nil {
		return err
	}
	return s.db.SendInvitation(ctx, fmt.Sprintf("%s:%d:%d", template, r.ID, r.Version), record.Letter{
		Channel: "email", Template: template, Language: r.Language, Address: r.ApplicantEmail,
		Data: map[string]string{"Name": r.ApplicantName, "Institution": r.Name, "Path": urls.JoinRequest(token)},
	})
}

// requestStepped writes a step of a request into its history and the trail. The zero User is the applicant.
func (s *Store) requestStepped(ctx context.Context, actor User, r InstitutionRequest, from RequestState, note string) error {
	err := s.db.With(ctx).Exec(`INSERT INTO institution_request_events (request_id, actor_id, at, from_state, to_state, note)
		VALUES (?, ?, ?, ?, ?, ?)`, r.ID, actorID(actor), s.db.Now(), from, r.State, note).Error
	if err != nil {
		return err
	}
	if actor.ID == 0 {
		actor = SystemUser
	}
	return s.db.Audit(ctx, actor, record.Act{
		Action: "institution_request_" + string(r.State), SubjectKind: "institution_request", SubjectID: r.ID,
	})
}

// ofLink narrows to the request of a link.
func ofLink(q *gorm.DB, token string) *gorm.DB {
	return q.Where("id = (SELECT request_id FROM institution_request_links WHERE token_hash = ?)", record.TokenHash(token))
}

// JoiningRequest finds the request of a link.
func (s *Store) JoiningRequest(ctx context.Context, token string) (r InstitutionRequest, err error) {
	err = ofLink(s.db.With(ctx), token).Take(&r).Error
	return r, err
}

// OfficersWord is what officers wrote at the last step of a request that they took: what they ask, or why they refuse.
func (s *Store) OfficersWord(ctx context.Context, r InstitutionRequest) (note string, err error) {
	err = s.db.With(ctx).Raw(`SELECT note
		FROM institution_request_events
		WHERE request_id = ?
			AND actor_id IS NOT NULL
		ORDER BY id DESC
		LIMIT 1`, r.ID).Scan(&note).Error
	return note, err
}

// lockRequest locks the request of a link on which it is the applicant's turn.
func (s *Store) lockRequest(ctx context.Context, token string) (r InstitutionRequest, err error) {
	err = ofLink(s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}), token).Take(&r).Error
	return r, err
}

// SaveRequest keeps what an applicant wrote, whole or not. version is the one that they saw.
func (s *Store) SaveRequest(ctx context.Context, token string, version int, phone string, c RequestContent) error {
	if err := s.knownRegency(ctx, &c); err != nil {
		return err
	}
	return s.transact(ctx, "save institution request", func(tx *Store) error {
		r, err := tx.lockRequest(ctx, token)
		switch {
		case err != nil:
			return err
		case !r.Editable():
			return ErrRequestNotTurn
		case r.Version != version:
			return ErrStale
		}
		r.RequestContent, r.ApplicantPhone = c, phone
		r.Version, r.UpdatedAt = r.Version+1, tx.db.Now()
		return tx.db.With(ctx).Omit("created_at").Select("*").Where("id = ?", r.ID).Updates(&r).Error
	})
}

// knownRegency forgets a code of no regency, which no form of ours sends.
func (s *Store) knownRegency(ctx context.Context, c *RequestContent) error {
	if c.RegencyCode == nil {
		return nil
	}
	name, err := s.RegencyName(ctx, c.RegencyCode)
	if errors.Is(err, ErrNotFound) || err == nil && name == "" {
		c.RegencyCode, err = nil, nil
	}
	return err
}

// SendRequest hands a request to the officers; sending it twice does it once.
func (s *Store) SendRequest(ctx context.Context, token string, version int) error {
	return s.transact(ctx, "send institution request", func(tx *Store) error {
		r, err := tx.lockRequest(ctx, token)
		switch {
		case err != nil:
			return err
		case r.State == RequestSubmitted:
			return nil // the other press of the same button
		case !r.Editable():
			return ErrRequestNotTurn
		case r.Version != version:
			return ErrStale
		}
		papers, err := tx.requestPapers(ctx, r.ID)
		if err != nil {
			return err
		}
		if len(r.Missing(papers)) > 0 {
			return ErrRequestMissing
		}
		from, now := r.State, tx.db.Now()
		r.State, r.Version, r.UpdatedAt, r.SubmittedAt = RequestSubmitted, r.Version+1, now, cmp.Or(r.SubmittedAt, &now)
		err = tx.db.With(ctx).Model(&InstitutionRequest{}).Where("id = ?", r.ID).Updates(map[string]any{
			"state": r.State, "version": r.Version, "updated_at": now, "submitted_at": r.SubmittedAt,
		}).Error
		if err != nil {
			return err
		}
		if err := tx.requestStepped(ctx, User{}, r, from, r.Answer); err != nil {
			return err
		}
		return tx.tellApplicant(ctx, r, "join_received")
	})
}

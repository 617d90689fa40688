package models

import (
	"context"

	"naikkelas/models/record"
)

// WaitingJoin is a link that waits for a second officer, as a row of their list.
type WaitingJoin struct {
	AccountJoin
	JoinedRef  string
	JoinedName string
	IntoRef    string
	IntoName   string
	AskedName  string
}

// WaitingJoins lists the links that wait, the oldest first.
func (s *Store) WaitingJoins(ctx context.Context, officer User) (list []WaitingJoin, err error) {
	if officer.Role != Officer {
		return nil, ErrForbidden
	}
	err = s.db.With(ctx).Raw(`SELECT t.*,
			b.ref AS joined_ref,
			b.name AS joined_name,
			a.ref AS into_ref,
			a.name AS into_name,
			o.name AS asked_name
		FROM account_joins t
		JOIN users b ON b.id = t.joined_id
		JOIN users a ON a.id = t.into_id
		JOIN users o ON o.id = t.asked_by
		WHERE t.agreed IS NULL
			AND t.undone_at IS NULL
		ORDER BY t.id
		LIMIT 100`).Scan(&list).Error
	return list, err
}

// JoinedRecords are what accounts have that are joined into one: read by its person, changed by nobody there.
type JoinedRecords struct {
	Applications []ApplicationRow
	Certificates []Certificate
}

// joinedInto are the ids of the acting person's accounts: those that are joined into theirs, and theirs at last.
func (s *Store) joinedInto(ctx context.Context, actor User) ([]int64, error) {
	var ids []int64
	err := s.db.With(ctx).Table("account_joins t").Where(record.JoinStands).Where("t.into_id = ?", actor.ID).Order("t.id").Limit(20).
		Pluck("joined_id", &ids).Error
	return append(ids, actor.ID), err
}

// OtherCertificates lists the certificates of accounts that are joined into the acting person's, the newest first.
func (s *Store) OtherCertificates(ctx context.Context, actor User) (list []Certificate, err error) {
	err = s.db.With(ctx).Where(`seeker_id IN (SELECT t.joined_id
				FROM account_joins t
				WHERE t.into_id = ?
					AND `+record.JoinStands+`)
			AND `+shownElsewhere, actor.ID).Order("id DESC").Limit(200).Find(&list).Error
	return list, err
}

// shownElsewhere is the condition on certificates that are read through a link.
const shownElsewhere = "deleted_at IS NULL AND state <> 'draft'"

// notElsewhere refuses an application to an intake to which the person has a live one in a joined account.
func (s *Store) notElsewhere(ctx context.Context, actor User, intakeID int64) error {
	var n int64
	err := s.db.With(ctx).Table("account_joins t").Where(record.JoinStands).Where("t.into_id = ?", actor.ID).
		Joins("JOIN applications a ON a.seeker_id = t.joined_id AND a.intake_id = ? AND "+endedStates.notIn("a.state"), intakeID).
		Limit(1).Count(&n).Error
	if err == nil && n > 0 {
		err = ErrJoinApplied
	}
	return err
}

// OwnAndOtherApplications lists the acting seeker's applications and the sent ones of accounts that are joined into theirs,
// the newest first, in one query.
func (s *Store) OwnAndOtherApplications(ctx context.Context, actor User) (own, other []ApplicationRow, err error) {
	var rows []ApplicationRow
	err = s.applicationRows(ctx).Where(`a.seeker_id = @me
			OR a.first_submitted_at IS NOT NULL AND a.seeker_id IN (SELECT t.joined_id
				FROM account_joins t
				WHERE t.into_id = @me
					AND `+record.JoinStands+`)`, map[string]any{"me": actor.ID}).
		Order("a.id DESC").Limit(2 * ownApplicationsMost).Scan(&rows).Error
	for _, r := range rows {
		if r.SeekerID == actor.ID {
			own = append(own, r)
		} else {
			other = append(other, r)
		}
	}
	return own, other, err
}

// recordsOf lists the sent applications and the certificates of some accounts, the newest first.
func (s *Store) recordsOf(ctx context.Context, ids []int64) (r JoinedRecords, err error) {
	err = s.applicationRows(ctx).Where("a.seeker_id IN ? AND a.first_submitted_at IS NOT NULL", ids).Order("a.id DESC").
		Limit(ownApplicationsMost).Scan(&r.Applications).Error
	if err != nil {
		return r, err
	}
	err = s.db.With(ctx).Where("seeker_id IN ? AND "+shownElsewhere, ids).Order("id DESC").Limit(200).
		Find(&r.Certificates).Error
	return r, err
}

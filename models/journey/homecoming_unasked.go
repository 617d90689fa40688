package journey

import (
	"context"

	"gorm.io/gorm/clause"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/record"
)

// homeUnasked ends the check-ins of somebody who is back, under whichever of their accounts: who is home is not looked for
// abroad. A case that silence made is told.
func (s *Store) homeUnasked(ctx context.Context, u record.User) error {
	var list []Checkin
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where("ended_at IS NULL").Where(`user_id = @me
		OR user_id IN (SELECT t.joined_id FROM account_joins t WHERE t.into_id = @me AND `+record.JoinStands+`)`,
		map[string]any{"me": u.ID}).Order("id").Find(&list).Error
	for _, c := range list {
		if err == nil {
			err = s.endCheckin(ctx, u, c)
		}
	}
	return err
}

// endCheckin ends one of them, with its open asking and the letters of it that wait.
func (s *Store) endCheckin(ctx context.Context, u record.User, c Checkin) error {
	if err := s.tellCase(ctx, u, c); err != nil {
		return err
	}
	err := s.db.With(ctx).Model(&c).Updates(map[string]any{"ended_at": s.db.Now(), "version": c.Version + 1}).Error
	if err != nil {
		return err
	}
	if err := s.stopRound(ctx, c); err != nil {
		return err
	}
	return s.auditCheckin(ctx, u, c, "checkin_off")
}

// tellCase puts it to the case that silence made, where there is one, that the person is back.
func (s *Store) tellCase(ctx context.Context, u record.User, c Checkin) error {
	if c.RaisedAt == nil {
		return nil
	}
	var r Round
	err := s.db.With(ctx).Where("checkin_id = ? AND case_ref IS NOT NULL AND answer IS NULL", c.ID).Order("id DESC").Limit(1).Find(&r).Error
	if err != nil || r.ID == 0 {
		return err
	}
	_, err = s.raiseFor(ctx, u, c, r, models.TroubleSilent, "", i18n.T(i18n.With(ctx, i18n.ID), "homecoming.case"))
	return err
}

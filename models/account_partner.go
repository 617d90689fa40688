package models

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// PartnerOffice is an office of others to which cases are referred.
type PartnerOffice struct {
	ID        int64
	Ref       string
	Kind      string
	Name      string
	CreatedBy *int64
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
}

// PartnerKinds lists the kinds of such offices: BP3MI or KP2MI, a mission or the ministry, social services, the unit for
// women and children, another province, somebody else.
func PartnerKinds() []string {
	return []string{"bp3mi", "mission", "social", "women", "province", "other"}
}

// The refusals of partner offices.
var (
	ErrPartnerOffice = &Refusal{Key: "admin.invite.office_missing", Field: "institution"}
	ErrPartnerKind   = &Refusal{Key: "admin.invite.office_kind_missing", Field: "office_kind"}
)

// partnerOffice finds the office of a name, or makes it: its kind must be known then.
func (s *Store) partnerOffice(ctx context.Context, by *int64, kind, name string) (PartnerOffice, error) {
	name = strings.Join(strings.Fields(name), " ")
	if n := utf8.RuneCountInString(name); n < 3 || n > 150 {
		return PartnerOffice{}, ErrPartnerOffice
	}
	find := func() (found []PartnerOffice, err error) {
		err = s.db.With(ctx).Where("lower(name) = lower(?)", name).Limit(1).Find(&found).Error
		return found, err
	}
	found, err := find()
	if err != nil || len(found) == 1 {
		return append(found, PartnerOffice{})[0], err
	}
	if !slices.Contains(PartnerKinds(), kind) {
		return PartnerOffice{}, ErrPartnerKind
	}
	o := PartnerOffice{Ref: record.NewRef("MT"), Kind: kind, Name: name, CreatedBy: by, CreatedAt: s.db.Now()}
	r := s.db.With(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&o)
	if r.Error != nil || r.RowsAffected == 1 {
		return o, r.Error
	}
	found, err = find() // another administrator made it at the same moment
	return append(found, PartnerOffice{})[0], err
}

// PartnerOfficeOf is the office of a partner.
func (s *Store) PartnerOfficeOf(ctx context.Context, partner User) (o PartnerOffice, err error) {
	if partner.Role != Partner || partner.PartnerOfficeID == nil {
		return o, ErrForbidden
	}
	err = s.db.With(ctx).Take(&o, *partner.PartnerOfficeID).Error
	return o, err
}

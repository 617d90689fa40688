package protection

import (
	"context"

	"naikkelas/models/record"
)

// RefusedOffice writes down that somebody of an office asked for what was referred to another one, so that looking around leaves
// a trace. A number that nothing has leaves none, nor one of their own office that ended.
func (s *Store) RefusedOffice(ctx context.Context, partner record.User, ref string) error {
	of, err := office(partner)
	if err != nil {
		return nil //nolint:nilerr // who has no office finds nothing anyway
	}
	var r Referral
	err = s.db.With(ctx).Where("ref = ? AND office_id <> ?", ref, of).Take(&r).Error
	if missing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.transact(ctx, "note a refused look of an office", func(tx *Store) error {
		return tx.db.Audit(ctx, partner, record.Act{
			Action: "referral_look_refused", SubjectKind: "case", SubjectID: r.CaseID, Detail: map[string]any{"referral": r.Ref},
		})
	})
}

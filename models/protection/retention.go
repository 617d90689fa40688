package protection

import (
	"context"
	"fmt"

	"naikkelas/models/record"
)

// caseClosed is the term for which a closed case keeps what was said on it.
const caseClosed = "case_closed"

// strippedAtOnce is how many closed cases one step looks at.
const strippedAtOnce = 50

// stripped are the tables of what was said on a case, those before which others lie first.
var stripped = []string{
	"case_return_steps",
	"case_returns",
	"case_shift_lines",
	"case_attachments",
	"case_notices",
	"case_joins",
	"case_asks",
	"case_referrals",
	"case_consents",
	"case_closings",
	"case_messages",
	"case_events",
	"case_people",
}

// StripCases takes out of cases that were closed long enough ago who they were about and what was said; what counts in
// figures stays: door, country, urgency, kinds, times and the outcome. It is a step of a chore.
func (s *Store) StripCases(ctx context.Context) (more bool, err error) {
	before, err := s.db.KeptSince(ctx, caseClosed)
	if err != nil {
		return false, err
	}
	err = s.transact(ctx, "strip closed cases", func(tx *Store) error {
		var ids []int64
		err := tx.db.With(ctx).Raw(`SELECT id
			FROM cases
			WHERE closed_at < ?
				AND stripped_at IS NULL
			ORDER BY closed_at, id
			LIMIT ?
			FOR UPDATE SKIP LOCKED`, before, strippedAtOnce).Scan(&ids).Error
		if err != nil || len(ids) == 0 {
			return err
		}
		more = len(ids) == strippedAtOnce
		return tx.strip(ctx, ids)
	})
	return more, err
}

func (s *Store) strip(ctx context.Context, ids []int64) error {
	for _, table := range stripped {
		if err := s.db.With(ctx).Exec("DELETE FROM "+table+" WHERE case_id IN ?", ids).Error; err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	err := s.db.With(ctx).Exec(`UPDATE cases
		SET place_sealed = NULL,
			story_sealed = NULL,
			stripped_at = ?
		WHERE id IN ?`, s.db.Now(), ids).Error
	if err != nil {
		return err
	}
	acts := make([]record.Act, len(ids))
	for i, id := range ids {
		acts[i] = record.Act{Action: "case_stripped", SubjectKind: "case", SubjectID: id}
	}
	return s.db.Audit(ctx, record.SystemUser, acts...)
}

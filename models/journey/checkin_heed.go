package journey

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
)

// HeedAnswer does what an answer to a check-in asks for besides its row: it raises the case of the word, or tells the case of
// silence (that of the asking SilentID) that its person was heard of. Each answer of who does not openly ask for help puts one
// into its transaction and does nothing else that depends on the word, so that whoever watches the page load learns nothing
// from the time that it takes; and no process that dies loses it.
type HeedAnswer struct {
	RoundID  int64 `json:"round_id"`
	SilentID int64 `json:"silent_id"`
}

// Kind names the job.
func (HeedAnswer) Kind() string { return "heed_answer" }

// Heed does it; again it does nothing more.
func (s *Store) Heed(ctx context.Context, a HeedAnswer) error {
	return s.transact(ctx, "heed an answer", func(tx *Store) error {
		c, r, err := tx.lockedRound(ctx, "id = ?", a.RoundID)
		if missing(err) {
			return nil // the account was closed
		}
		if err != nil {
			return err
		}
		if r.Signal {
			out, err := tx.raiseFor(ctx, c, r, models.TroubleSignal, "", "")
			if err != nil {
				return err
			}
			return tx.db.With(ctx).Model(&r).Update("case_ref", out.Ref).Error
		}
		if a.SilentID == 0 {
			return nil
		}
		var silent Round
		if err := tx.db.With(ctx).Take(&silent, a.SilentID).Error; err != nil {
			return err
		}
		late := i18n.T(i18n.With(ctx, i18n.ID), "checkin.case.late")
		_, err = tx.raiseFor(ctx, c, silent, models.TroubleSilent, "", late)
		return err
	})
}

// isWord says whether the word that the person chose stands in a text. All that is typed is hashed, whether there is a word
// or not, so that an answer with it takes no other time.
func (s *Store) isWord(c Checkin, text string) (is bool) {
	words := strings.Fields(foldWord(text))
	words = words[:min(len(words), 200)]
	for from := range words {
		for n := 1; n <= WordsMost && from+n <= len(words); n++ {
			for _, index := range s.db.Box().Indexes(strings.Join(words[from:from+n], " "), wordPurpose(c)) {
				is = is || len(c.WordIndex) > 0 && string(index) == string(c.WordIndex)
			}
		}
	}
	return is
}

package protection

import (
	"context"
	"slices"

	"naikkelas/models/record"
)

// PINChecks lists how an officer makes sure that whoever asks for a new PIN is the person on the case: called back at the
// number that stands there, shown a paper, knew what only they can know, or in another way that is written down.
func PINChecks() []string { return []string{"called_back", "paper", "answers", "other"} }

// NewPIN gives somebody on a case a PIN, who lost theirs or never had one because others wrote for them, after an officer has
// made sure who they are and says how. An old one ends at once, with every help session of theirs. It is shown this once: a
// second press of the same form gives none. An employer or agent gets none.
func (s *Store) NewPIN(ctx context.Context, officer record.User, p Press, person, how, why string) (pin string, err error) {
	if why, err = inWords(why, ErrWhyMissing); err != nil {
		return "", err
	}
	if !slices.Contains(PINChecks(), how) {
		return "", &record.Refusal{Key: ErrChoice.Key, Field: "how"}
	}
	err = s.press(ctx, officer, ActPIN, p, func(tx *Store, v viewer, c *Case) error {
		of, err := tx.chosenOn(ctx, *c, person)
		if err != nil {
			return err
		}
		if !of.Part.MayRead() {
			return &record.Refusal{Key: ErrChoice.Key, Field: "person"}
		}
		pin = record.NewWord()
		err = tx.db.With(ctx).Model(&of).Updates(map[string]any{
			"pin_index": tx.db.Box().Index(pin, pinPurpose(*c)), "pin_sealed": nil, "pin_until": nil,
		}).Error
		if err != nil {
			return err
		}
		if err := tx.db.With(ctx).Where("person_id = ?", of.ID).Delete(&HelpSession{}).Error; err != nil {
			return err
		}
		return tx.did(ctx, v, c, p, Event{Kind: EventPINGiven, PersonID: &of.ID, Detail: how}, why)
	})
	if err != nil {
		return "", err // the old one goes on
	}
	return pin, nil
}

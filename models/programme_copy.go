package models

import "context"

// copyMark is what the title of a copy ends with until somebody names it.
const copyMark = " (salinan)"

// CopyProgramme makes a draft that says everything that a programme of the acting person's institution says, with the
// change of it that is being written. It has no code; with intakes it has the last batch of it, whose dates are open. The
// same token makes one.
func (s *Store) CopyProgramme(ctx context.Context, actor User, token, ref string, intakes bool) (Programme, error) {
	d, err := s.OwnProgramme(ctx, actor, ref)
	if err != nil {
		return Programme{}, err
	}
	content := d.Content
	content.Title = cut(content.Title, ProgrammeTextMost["title"]-len(copyMark)) + copyMark
	last := map[int64][]rolledIntake{}
	if intakes {
		if last, err = s.lastIntakes(ctx, []Programme{d.Programme}); err != nil {
			return Programme{}, err
		}
	}
	return s.createProgramme(ctx, actor, token, content, func(tx *Store, p Programme) error {
		if err := tx.replaceCosts(ctx, p.ID, content.Costs); err != nil {
			return err
		}
		for _, in := range last[d.Programme.ID] {
			next := in.input()
			next.Number, next.OpensAt, next.ClosesAt, next.TestOn = 1, nil, nil, nil
			next.AnnounceOn, next.StartsOn, next.EndsOn = nil, nil, nil
			if _, err := tx.addIntake(ctx, actor, p, next); err != nil {
				return err
			}
		}
		return nil
	})
}

package models

import "context"

// exportPage is how many programmes are read at once for a file.
const exportPage = 500

// ExportProgrammes gives every programme of the acting person's institution with its intakes that were not called off, as
// a spreadsheet of ours says them: with a change that waits as it would be. It holds a page of them at a time.
func (s *Store) ExportProgrammes(ctx context.Context, actor User, each func(ImportedProgramme) error) error {
	if !actor.Manages() {
		return ErrForbidden
	}
	last := int64(0)
	for {
		var programmes []Programme
		err := s.db.With(ctx).Where("institution_id = ? AND id > ?", *actor.InstitutionID, last).
			Order("id").Limit(exportPage).Find(&programmes).Error
		if err != nil {
			return err
		}
		list, err := s.knownOf(ctx, programmes)
		if err != nil {
			return err
		}
		for _, k := range list {
			p := ImportedProgramme{Code: k.Code, Content: k.content}
			for _, in := range k.intakes {
				p.Intakes = append(p.Intakes, ImportedIntake{IntakeInput: in.input()})
			}
			if err := each(p); err != nil {
				return err
			}
		}
		if len(programmes) < exportPage {
			return nil
		}
		last = programmes[len(programmes)-1].ID
	}
}

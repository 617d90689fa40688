package models

import (
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"
)

// ManyMost is how many programmes one press changes at most.
const ManyMost = 100

// ErrNonePicked refuses a press without a programme.
var ErrNonePicked = &Refusal{Key: "manage.many.pick"}

// OwnProgrammeRefs are the references of the programmes that OwnProgrammes lists, ManyMost of them at most.
func (s *Store) OwnProgrammeRefs(ctx context.Context, actor User, f OwnFilter) ([]string, error) {
	if !actor.Manages() {
		return nil, ErrForbidden
	}
	var refs []string
	err := s.ownProgrammes(ctx, actor, f).Model(&Programme{}).Order("id DESC").Limit(ManyMost).Pluck("ref", &refs).Error
	return refs, err
}

// ManyProgrammes are some programmes of the acting person's institution as they stand, by title, with what keeps each from
// being published. Whatever is no programme of theirs is left out; of more than ManyMost only the first are given.
func (s *Store) ManyProgrammes(ctx context.Context, actor User, refs []string) ([]ProgrammeDraft, error) {
	if !actor.Edits() {
		return nil, ErrForbidden
	}
	refs = slices.Clone(refs[:min(len(refs), ManyMost)])
	var programmes []Programme
	err := s.db.With(ctx).Where("institution_id = ? AND ref IN ?", *actor.InstitutionID, refs).
		Order("title, id").Limit(ManyMost).Find(&programmes).Error
	if err != nil {
		return nil, err
	}
	of, err := s.OwnInstitution(ctx, actor)
	if err != nil {
		return nil, err
	}
	parts, err := s.knownOf(ctx, programmes)
	if err != nil {
		return nil, err
	}
	list := make([]ProgrammeDraft, len(parts))
	for i, k := range parts {
		list[i] = ProgrammeDraft{
			Programme: k.Programme, Content: k.content, Institution: of,
			Faults: PublicationFaults(k.content, k.intakes, of.State, s.db.Now()),
		}
	}
	return list, nil
}

// A PickedProgramme is one that somebody chose among many, with the version that they saw.
type PickedProgramme struct {
	Ref     string
	Version int
}

// SubmitMany hands several programmes to the officers, each by itself as SubmitProgramme does and to be public as soon as it
// is approved. It gives how many were, and the refusals of the others.
func (s *Store) SubmitMany(ctx context.Context, actor User, picked []PickedProgramme) (done int, refused []error, err error) {
	return many(picked, func(p PickedProgramme) error { return s.SubmitProgramme(ctx, actor, p.Ref, p.Version, nil) })
}

// DeleteMany deletes several drafts, each by itself as DeleteProgramme does.
func (s *Store) DeleteMany(ctx context.Context, actor User, picked []PickedProgramme) (done int, refused []error, err error) {
	return many(picked, func(p PickedProgramme) error { return s.DeleteProgramme(ctx, actor, p.Ref, p.Version) })
}

// CloseManyPreview says whom it would touch to close those of some programmes that can be closed.
func (s *Store) CloseManyPreview(ctx context.Context, actor User, refs []string) (EndPreview, error) {
	if !actor.Edits() {
		return EndPreview{}, ErrForbidden
	}
	return previewOf(EndProgrammeClosed, func(kind EndKind) *gorm.DB {
		return s.endedBy(ctx, kind).Where("p.institution_id = ? AND p.ref IN ? AND p.state = ?",
			*actor.InstitutionID, append([]string{""}, refs[:min(len(refs), ManyMost)]...), ProgrammePublished)
	})
}

// CloseMany closes several published programmes for one reason, each by itself as CloseProgramme does.
func (s *Store) CloseMany(ctx context.Context, actor User, picked []PickedProgramme, reason string) (
	done int, refused []error, err error,
) {
	if reason, err = endReason(reason); err != nil {
		return 0, nil, err
	}
	return many(picked, func(p PickedProgramme) error { return s.CloseProgramme(ctx, actor, p.Ref, p.Version, reason) })
}

// many acts on each of some programmes; one that refuses stops no other.
func many(picked []PickedProgramme, act func(PickedProgramme) error) (done int, refused []error, err error) {
	for _, p := range picked[:min(len(picked), ManyMost)] {
		err := act(p)
		if _, ok := errors.AsType[*Refusal](err); ok || errors.Is(err, ErrNotFound) {
			refused = append(refused, err)
			continue
		}
		if err != nil {
			return done, refused, err
		}
		done++
	}
	return done, refused, nil
}

package models

import "context"

// ErrOvertaken refuses to save a part of the profile over what another device or window has kept meanwhile.
var ErrOvertaken = &Refusal{Key: "profile.overtaken.error"}

type seenKey struct{}

// WithSeen lets a part of the profile be saved only while the profile is as who fills it in has seen it. It travels
// beside the request because every part has a save of its own, and all ask for it at one place: under the lock of the
// profile's row, where nobody can be faster any more.
func WithSeen(ctx context.Context, same func(WholeProfile) bool) context.Context {
	return context.WithValue(ctx, seenKey{}, same)
}

// stillSeen is ErrOvertaken where the locked profile is not as WithSeen wants it.
func (s *Store) stillSeen(ctx context.Context, actor User) error {
	same, ok := ctx.Value(seenKey{}).(func(WholeProfile) bool)
	if !ok {
		return nil
	}
	w, err := s.OwnProfile(ctx, actor)
	if err == nil && !same(w) {
		return ErrOvertaken
	}
	return err
}

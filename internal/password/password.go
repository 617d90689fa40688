// Package password hashes passwords with argon2id and refuses those that are too
// short, too long or known to everybody. Any characters may be in a password, and all
// of them count: nothing is cut off.
package password

import (
	"context"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"
)

// The length of a password in characters (Unicode code points), for hints and messages.
const (
	MinLength = 10
	MaxLength = 200
)

// What Check refuses.
var (
	// ErrShort means: fewer than MinLength characters.
	ErrShort = errors.New("password: too short")
	// ErrLong means: more than MaxLength characters.
	ErrLong = errors.New("password: too long")
	// ErrCommon means: one of the first passwords that anybody would try.
	ErrCommon = errors.New("password: too common")
)

// cost is the least that OWASP asks of argon2id: 19 MiB, two passes, one lane.
var cost = argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// Check says whether a password may be chosen by somebody with these names and addresses; it returns ErrShort,
// ErrLong or ErrCommon as they are.
func Check(password string, own ...string) error {
	password = normal(password)
	switch length := utf8.RuneCountInString(password); {
	case length < MinLength:
		return ErrShort
	case length > MaxLength:
		return ErrLong
	case isCommon(password, own):
		return ErrCommon
	}
	return nil
}

// normal gives a password one spelling: phones and computers encode the same accented
// letter in different ways.
func normal(password string) string { return norm.NFC.String(password) }

// Hasher hashes and compares passwords, a few at a time, since each takes 19 MiB: a
// crowd at the sign-in page waits instead of filling the memory. It is safe for
// concurrent use.
type Hasher struct{ queue queue }

// NewHasher makes a Hasher that works on at most so many passwords at once; that many
// is at least one.
func NewHasher(atOnce int) *Hasher { return &Hasher{queue: queue{free: max(atOnce, 1)}} }

// Hash makes the hash to store of a password that Check allows. It fails with the
// error of Check, with ErrBusy, or when ctx ends while it waits for its turn.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	if err := Check(password); err != nil {
		return "", err
	}
	leave, err := h.queue.enter(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	hash, err := argon2id.CreateHash(normal(password), &cost)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

// Matches says whether the password is the one of the hash. It fails when the hash is
// none, or when ctx ends while it waits for its turn.
func (h *Hasher) Matches(ctx context.Context, password, hash string) (bool, error) {
	leave, err := h.queue.enter(ctx)
	if err != nil {
		return false, err
	}
	defer leave()
	same, err := argon2id.ComparePasswordAndHash(normal(password), hash)
	if err != nil {
		return false, fmt.Errorf("compare password: %w", err)
	}
	return same, nil
}

// Waste takes as long as Matches. Call it when there is no account, or none with a
// password, so that the time of the answer does not tell. It fails when ctx ends while
// it waits for its turn.
func (h *Hasher) Waste(ctx context.Context, password string) error {
	leave, err := h.queue.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	if _, err := argon2id.CreateHash(normal(password), &cost); err != nil {
		return fmt.Errorf("waste a hash: %w", err)
	}
	return nil
}

// Renew makes a new hash of a password that Matches found right, when its hash was made with other parameters than
// today's; empty when there is nothing to renew. The rule for new passwords is not asked.
func (h *Hasher) Renew(ctx context.Context, password, hash string) (string, error) {
	params, _, _, err := argon2id.DecodeHash(hash)
	if err != nil {
		return "", fmt.Errorf("renew password: %w", err)
	}
	if *params == cost {
		return "", nil
	}
	leave, err := h.queue.enter(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	again, err := argon2id.CreateHash(normal(password), &cost)
	if err != nil {
		return "", fmt.Errorf("renew password: %w", err)
	}
	return again, nil
}

package password_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/alexedwards/argon2id"

	"naikkelas/internal/password"
)

func TestCheck(t *testing.T) {
	tests := []struct {
		name, password string
		want           error
	}{
		{"nothing", "", password.ErrShort},
		{"nine letters", "kuda lari", password.ErrShort},
		{"ten letters", "kuda laut!", nil},
		{"nine emoji are many bytes but few characters", strings.Repeat("🐎", 9), password.ErrShort},
		{"ten emoji", strings.Repeat("🐎", 10), nil},
		{"two hundred", strings.Repeat("kuda laut ", 20), nil},
		{"two hundred and one", strings.Repeat("kuda laut ", 20) + "!", password.ErrLong},
		{"a marked letter counts once, however it is encoded", strings.Repeat("e\u0301", 9), password.ErrShort},
		{"keyboard", "qwertyuiop", password.ErrCommon},
		{"digits", "1234567890", password.ErrCommon},
		{"prayer", "bismillah123", password.ErrCommon},
		{"capitals do not help", "BisMillah123", password.ErrCommon},
		{"spaces do not help", "bismillah 123", password.ErrCommon},
		{"longer than the common one", "bismillah123 kuda", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := password.Check(tt.password); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func TestHashMatchesOnlyItsPassword(t *testing.T) {
	h := password.NewHasher(2)
	hash := hashed(t, h, "kuda laut biru")
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash %s", hash)
	}
	if hash == hashed(t, h, "kuda laut biru") {
		t.Error("two people with one password have one hash")
	}
	for tried, want := range map[string]bool{
		"kuda laut biru": true, "kuda laut biru ": false, "Kuda laut biru": false, "kuda laut bir": false, "": false,
	} {
		if got, err := h.Matches(t.Context(), tried, hash); got != want || err != nil {
			t.Errorf("%q: %v, %v", tried, got, err)
		}
	}
}

// A phone and a computer may encode the same letters differently.
func TestSameLettersOnAnotherDevice(t *testing.T) {
	h := password.NewHasher(1)
	hash := hashed(t, h, "kaf\u00e9 di pojok")
	if same, err := h.Matches(t.Context(), "kafe\u0301 di pojok", hash); !same || err != nil {
		t.Errorf("%v, %v", same, err)
	}
}

// Over 72 bytes other hashes store nothing, or ignore the end; 19 emoji are enough.
func TestP065LongPasswords(t *testing.T) {
	h := password.NewHasher(1)
	for _, long := range []string{strings.Repeat("abcdefgh", 10), strings.Repeat("🛠", 19), strings.Repeat("👷🏽", 100)} {
		hash := hashed(t, h, long)
		if same, err := h.Matches(t.Context(), long, hash); !same || err != nil {
			t.Errorf("%d bytes: %v, %v", len(long), same, err)
		}
		other := long[:len(long)-4] + "zzzz"
		if same, err := h.Matches(t.Context(), other, hash); same || err != nil {
			t.Errorf("%d bytes, another end: %v, %v", len(long), same, err)
		}
	}
}

func TestHashRefusesWhatCheckRefuses(t *testing.T) {
	h := password.NewHasher(1)
	for tried, want := range map[string]error{
		"pendek": password.ErrShort, strings.Repeat("x", 201): password.ErrLong, "Password123": password.ErrCommon,
	} {
		if hash, err := h.Hash(t.Context(), tried); hash != "" || !errors.Is(err, want) {
			t.Errorf("%q, %v; want %v", hash, err, want)
		}
	}
}

func TestBrokenHashIsAnError(t *testing.T) {
	h := password.NewHasher(1)
	for _, hash := range []string{"", "kuda", "$2a$10$abcdefghijklmnopqrstuv", "$argon2i$v=19$m=19456,t=2,p=1$c2FsdA$a2V5"} {
		if same, err := h.Matches(t.Context(), "kuda laut biru", hash); same || err == nil {
			t.Errorf("%q: %v, %v", hash, same, err)
		}
	}
}

// The work for an unknown account must not be told from that for a known one. Both are
// measured in turn, and the least of several is compared, so that a busy machine does
// not decide; a Waste that wastes nothing is a thousand times quicker.
func TestWasteTakesAsLongAsMatches(t *testing.T) {
	h := password.NewHasher(1)
	hash := hashed(t, h, "kuda laut biru")
	matches, waste := time.Hour, time.Hour
	for range 5 {
		start := time.Now()
		if _, err := h.Matches(t.Context(), "kuda laut hijau", hash); err != nil {
			t.Fatal(err)
		}
		matches = min(matches, time.Since(start))
		start = time.Now()
		if err := h.Waste(t.Context(), "kuda laut hijau"); err != nil {
			t.Fatal(err)
		}
		waste = min(waste, time.Since(start))
	}
	if waste < matches/3 || waste > matches*3 {
		t.Errorf("Waste %v, Matches %v", waste, matches)
	}
}

func TestNoMoreThanAllowedAtOnce(t *testing.T) {
	hash := hashed(t, password.NewHasher(1), "kuda laut biru")
	synctest.Test(t, func(t *testing.T) {
		h := password.NewHasher(1)
		leave := password.Occupy(h)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 3)
		go func() { _, err := h.Hash(ctx, "kuda laut biru"); done <- err }()
		go func() { _, err := h.Matches(ctx, "kuda laut biru", hash); done <- err }()
		go func() { done <- h.Waste(ctx, "kuda laut biru") }()
		synctest.Wait() // until all three are done or cannot go on
		if len(done) > 0 {
			t.Fatalf("one did not wait for its turn: %v", <-done)
		}
		cancel()
		for range 3 {
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Errorf("after giving up: %v", err)
			}
		}
		leave()
		if same, err := h.Matches(t.Context(), "kuda laut biru", hash); !same || err != nil {
			t.Errorf("after the place is free: %v, %v", same, err)
		}
	})
}

// A shorter word in the list would be dead weight: ErrShort comes before it.
func TestEveryListedPasswordIsRefusedAsCommon(t *testing.T) {
	for _, word := range password.Common() {
		if err := password.Check(word); !errors.Is(err, password.ErrCommon) {
			t.Errorf("%q: %v", word, err)
		}
	}
}

func TestEveryLengthIsJudgedByCharacters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letter := rapid.SampledFrom([]string{"x", "é", "字", "🐎"}).Draw(t, "letter")
		length := rapid.IntRange(0, 300).Draw(t, "length")
		var want error
		switch {
		case length < password.MinLength:
			want = password.ErrShort
		case length > password.MaxLength:
			want = password.ErrLong
		}
		if err := password.Check(strings.Repeat(letter, length)); !errors.Is(err, want) {
			t.Fatalf("%d of %s: %v, want %v", length, letter, err, want)
		}
	})
}

func FuzzCheck(f *testing.F) {
	f.Add("bismillah 123")
	f.Add("\xff\xfe broken utf-8")
	f.Fuzz(func(t *testing.T, p string) {
		err := password.Check(p)
		if again := password.Check(p); !errors.Is(again, err) {
			t.Fatalf("%v, then %v", err, again)
		}
	})
}

func hashed(t *testing.T, h *password.Hasher, p string) string {
	t.Helper()
	hash, err := h.Hash(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

// Tens of thousands of common passwords are refused, local words with a year too, and the person's own name and
// number (F038).
func TestF038CommonAndOwnWordsAreRefused(t *testing.T) {
	own := []string{"Siti Nurhaliza", "siti.nurhaliza@contoh.id", "+6281234567890"}
	for _, word := range []string{
		"Jakarta2026", "JAKARTA-1234", "2026Bismillah!", "dragon123456", "Surabaya!!!", "Nurhaliza1234", "sitinurhaliza", "siti1234567!",
		"081234567890", "6281234567890", "81234567890", "superman1999",
	} {
		if err := password.Check(word, own...); !errors.Is(err, password.ErrCommon) {
			t.Errorf("%q: %v", word, err)
		}
	}
	for _, word := range []string{"kuda laut biru", "sandi yang panjang", "Siti makan nasi", "Jakarta hujan deras", "7781234599887766"} {
		if err := password.Check(word, own...); err != nil {
			t.Errorf("%q: %v", word, err)
		}
	}
	if n := password.Known(); n < 20_000 {
		t.Errorf("%d common passwords", n)
	}
}

// A hash that was made with other parameters than today's is made anew when its password was right (F038).
func TestF038OldHashIsRenewed(t *testing.T) {
	h := password.NewHasher(1)
	weak := argon2id.Params{Memory: 8 * 1024, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	old, err := argon2id.CreateHash("kuda laut biru", &weak)
	if err != nil {
		t.Fatal(err)
	}
	again, err := h.Renew(t.Context(), "kuda laut biru", old)
	if err != nil || again == "" {
		t.Fatalf("%q, %v", again, err)
	}
	if right, err := h.Matches(t.Context(), "kuda laut biru", again); !right || err != nil {
		t.Errorf("the new hash: %v, %v", right, err)
	}
	if more, err := h.Renew(t.Context(), "kuda laut biru", again); more != "" || err != nil {
		t.Errorf("renewed for nothing: %q, %v", more, err)
	}
}

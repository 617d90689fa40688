package record

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// crockford is base32 without the letters that people mistake (I, L, O, U).
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// NewRef makes a reference for people to read out, such as NK-7F3K92QD (40 random bits).
// A reference names a record, it is never a permission.
func NewRef(prefix string) string {
	return prefix + "-" + NewWord()
}

// NewWord makes eight characters that nobody guesses soon: 40 random bits.
func NewWord() string {
	var b [5]byte
	rand.Read(b[:])
	return crockford.EncodeToString(b[:])
}

// ReadWord gives a typed number or PIN the form in which it was made: people write O for 0, I or L for 1, in any case, with
// signs between.
func ReadWord(typed string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'O':
			return '0'
		case r == 'I' || r == 'L':
			return '1'
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z':
			return r
		}
		return -1
	}, strings.ToUpper(typed))
}

// WordOf is such a word of the first five bytes of a keyed hash: who has the key makes the same one again.
func WordOf(hash []byte) string { return crockford.EncodeToString(hash[:5]) }

// NewToken makes a link or cookie that is itself a permission: 128 random bits, and the
// hash under which the database knows it.
func NewToken() (token string, hash []byte) {
	var b [16]byte
	rand.Read(b[:])
	token = crockford.EncodeToString(b[:])
	return token, TokenHash(token)
}

// TokenHash is under what the database knows a token.
func TokenHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

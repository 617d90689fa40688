package totp

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"strings"
)

const (
	recoveryCodes = 10
	recoverySize  = 10 // bytes: 80 bits, sixteen characters
)

// crockford has no I, L, O and U, which people mistake for other characters.
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// NewRecoveryCodes makes ten random codes such as 7F3K-92QD-0WXY-8RTM, each for one
// sign-in without the app. Show them once and store only their hashes.
func NewRecoveryCodes() []string {
	codes := make([]string, recoveryCodes)
	for i := range codes {
		var random [recoverySize]byte
		_, _ = rand.Read(random[:]) // never fails, see crypto/rand
		c := crockford.EncodeToString(random[:])
		codes[i] = c[:4] + "-" + c[4:8] + "-" + c[8:12] + "-" + c[12:]
	}
	return codes
}

// HashRecoveryCode gives the hash to store. A quick one is enough: 80 random bits
// cannot be tried out, other than a password.
func HashRecoveryCode(code string) []byte {
	sum := sha256.Sum256([]byte(misread.Replace(strings.ToUpper(code))))
	return sum[:]
}

// misread undoes what happens on the way from paper: separators, and the characters
// that the codes do not have.
var misread = strings.NewReplacer("-", "", " ", "", "\t", "", "\u00a0", "", "–", "", "O", "0", "I", "1", "L", "1")

// MatchRecoveryCode finds the stored hash of a code as a person types it and gives its
// index. Delete that hash in the same transaction as the sign-in: a code works once.
func MatchRecoveryCode(code string, hashes [][]byte) (index int, ok bool) {
	typed := HashRecoveryCode(code)
	for i, stored := range hashes {
		if subtle.ConstantTimeCompare(typed, stored) == 1 {
			index, ok = i, true
		}
	}
	return index, ok
}

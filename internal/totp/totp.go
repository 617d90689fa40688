// Package totp checks the six-digit codes of authenticator apps (RFC 6238: SHA-1,
// 30 seconds).
package totp

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"html"
	"image/color"
	"strings"
	"time"
	"unicode"

	"github.com/boombuler/barcode/qr"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

const (
	period     = 30 // seconds of one step
	skew       = 1  // steps that a clock may be off, either way
	secretSize = 20 // bytes; RFC 4226 recommends 160 bits
)

var noPadding = base32.StdEncoding.WithPadding(base32.NoPadding)

// options are what every authenticator app assumes.
var options = totp.ValidateOpts{Period: period, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// NewSecret makes a random secret in base32, as people type it where no camera helps.
func NewSecret() string {
	var random [secretSize]byte
	_, _ = rand.Read(random[:]) // never fails, see crypto/rand
	return noPadding.EncodeToString(random[:])
}

// URI gives the otpauth:// address that tells an app the secret, the issuer and the
// account to show. It fails when one of them is empty or the secret is no base32.
func URI(secret, issuer, account string) (string, error) {
	raw, err := noPadding.DecodeString(secret)
	if err != nil || len(raw) == 0 {
		return "", fmt.Errorf("totp address: bad secret")
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: account, Secret: raw})
	if err != nil {
		return "", fmt.Errorf("totp address: %w", err)
	}
	return key.URL(), nil
}

// quiet is the white around a code, in squares, that cameras need to find it.
const quiet = 4

// SVG draws the address as a QR code: black squares on white with the quiet zone
// around, one unit per square, so that the page decides about the size. The title is
// what a screen reader says.
func SVG(uri, title string) ([]byte, error) {
	code, err := qr.Encode(uri, qr.M, qr.Auto)
	if err != nil {
		return nil, fmt.Errorf("draw QR code: %w", err)
	}
	side := code.Bounds().Dx()
	var path strings.Builder
	for y := range side {
		for x := 0; x < side; x++ {
			start := x
			for x < side && code.At(x, y) == color.Black {
				x++
			}
			if x > start {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", start+quiet, y+quiet, x-start, x-start)
			}
		}
	}
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[1]d" role="img" shape-rendering="crispEdges">`+
		`<title>%[2]s</title><path fill="#fff" d="M0 0h%[1]dv%[1]dH0z"/><path fill="#000" d="%[3]s"/></svg>`,
		side+2*quiet, html.EscapeString(title), path.String()), nil
}

// search is how many steps away from now a code is looked for, to tell somebody that a clock is wrong.
const search = 20

// Check says whether the code is right at the time now, one step of 30 seconds either
// way, and newer than lastStep, the step of the last code that this account used (0 for
// none). offset is by how many steps the app's clock is known to be ahead. Store the returned step in the same
// transaction as the sign-in: that is what makes a code work once. A code that is not right and would be so at most
// ten minutes from now gives its step too, with by how many steps it is off. A last step that lies so far
// ahead that it cannot have been (a clock was put back) counts no more, but for itself. Spaces in the code are ignored.
func Check(secret, code string, now time.Time, lastStep, offset int64) (step, drift int64, ok bool) {
	typed := strings.Map(dropSpace, code)
	current := now.Unix()/period + offset
	ahead := lastStep > current+search
	for s := current - search; s <= current+search; s++ {
		want, err := at(secret, s)
		if err != nil {
			return 0, 0, false
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(typed)) != 1 {
			continue
		}
		off := s - current
		switch {
		case off < -skew || off > skew:
			if !ok {
				step, drift = s, off+offset
			}
		case s > lastStep || ahead:
			step, drift, ok = s, 0, true
		}
	}
	return step, drift, ok
}

// Code gives the code of the time now, for the page that helps to sign in while
// developing. It fails when the secret is no base32.
func Code(secret string, now time.Time) (string, error) {
	return at(secret, now.Unix()/period)
}

// at gives the code of one step.
func at(secret string, step int64) (string, error) {
	code, err := totp.GenerateCodeCustom(secret, time.Unix(step*period, 0), options)
	if err != nil {
		return "", fmt.Errorf("totp code: %w", err)
	}
	return code, nil
}

func dropSpace(r rune) rune {
	if unicode.IsSpace(r) {
		return -1
	}
	return r
}

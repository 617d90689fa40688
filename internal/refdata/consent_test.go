package refdata

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"testing"
)

// agreedWords are the sums over the words of each version that people may have agreed to.
var agreedWords = map[string]string{
	"2026-11": "9b67adf7d2d0488bab7d694a1310b1a6d871c6cbe932ddae03e933422623ba50",
}

// The words of a version never change: other words are another version, with a sum of its own here (F068).
func TestF068WordsOfAVersionNeverChange(t *testing.T) {
	texts, err := ConsentTexts()
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]hash.Hash{}
	for _, text := range texts {
		if sums[text.Version] == nil {
			sums[text.Version] = sha256.New()
		}
		fmt.Fprintf(sums[text.Version], "%s\n%s\n%s\n", text.Kind, text.Text.In("id"), text.Text.In("en"))
	}
	for version, sum := range sums {
		if got := fmt.Sprintf("%x", sum.Sum(nil)); got != agreedWords[version] {
			t.Errorf("the words of version %s are others than people agreed to: %s", version, got)
		}
	}
	for version := range agreedWords {
		if sums[version] == nil {
			t.Errorf("the words of version %s are gone", version)
		}
	}
}

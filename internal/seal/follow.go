package seal

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/tink-crypto/tink-go/v2/keyset"
)

// ReadWithin is how soon a running process has read a file that got new keys.
const ReadWithin = 10 * time.Second

// errLost says that a file lacks keys that were in it before.
var errLost = errors.New("key set: the file lacks keys that it held; the ones that were read before stay in use")

// Follow reads the file again whenever it has changed, until ctx ends. What is wrong with a new
// file is told once for each such file; the keys that were read before stay in use.
func (b *Box) Follow(ctx context.Context, wrong func(error)) {
	if b.path == "" {
		return
	}
	tick := time.NewTicker(ReadWithin / 3)
	defer tick.Stop()
	told := ""
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		_, err := b.Reread()
		switch {
		case err == nil:
			told = ""
		case err.Error() != told:
			told = err.Error()
			wrong(err)
		}
	}
}

// Reread reads the file and says whether there were other keys in it. It never takes a file that
// lacks a key which this Box holds: something may be sealed with it.
func (b *Box) Reread() (changed bool, err error) {
	if b.path == "" {
		return false, nil
	}
	b.reading.Lock()
	defer b.reading.Unlock()
	text, err := readText(b.path)
	if err != nil {
		return false, err
	}
	before := b.now.Load()
	if sha256.Sum256(text) == before.sum {
		return false, nil
	}
	set, err := open(text)
	if err != nil {
		return false, err
	}
	if !set.keys.hold(before.keys) {
		return false, errLost
	}
	b.now.Store(set)
	return true, nil
}

// reread is for whoever has met a key that this Box does not hold. Another reader may have been
// faster, so the keys count as changed when they are others than those in use before.
func (b *Box) reread() bool {
	before := b.now.Load()
	_, err := b.Reread()
	return err == nil && b.now.Load() != before
}

// hold says whether every key of other is among these.
func (k keys) hold(other keys) bool {
	for kind, handle := range other.all() {
		for i := range handle.Len() {
			entry, err := handle.Entry(i)
			if err != nil || !holds(k.all()[kind], entry) {
				return false
			}
		}
	}
	return true
}

// holds says whether a key set has this very key.
func holds(handle *keyset.Handle, want *keyset.Entry) bool {
	for i := range handle.Len() {
		have, err := handle.Entry(i)
		if err == nil && have.KeyID() == want.KeyID() {
			return have.KeyStatus() == keyset.Enabled && have.Key().Equal(want.Key())
		}
	}
	return false
}

// Holds says whether a key set, given as its text, has every key of another one: whoever has it can
// open everything that the other one opens.
func Holds(text, other []byte) (bool, error) {
	have, err := decode(text)
	if err != nil {
		return false, err
	}
	want, err := decode(other)
	if err != nil {
		return false, fmt.Errorf("the other %w", err)
	}
	return have.hold(want), nil
}

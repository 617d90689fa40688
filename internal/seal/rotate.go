package seal

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
	"github.com/tink-crypto/tink-go/v2/streamingaead"
)

// AddKeys is the first half of changing the keys in a file: each kind gets a new key, which opens
// from then on but does not seal yet, so that no process meets what it cannot open. It says false
// when new keys wait there already, because somebody was interrupted between the halves.
func AddKeys(path string) (added bool, err error) {
	err = change(path, func(k keys) (keys, error) {
		waiting, err := k.waiting()
		if err != nil || waiting {
			return k, err
		}
		added = true
		for _, part := range []struct {
			handle   **keyset.Handle
			template *tinkpb.KeyTemplate
		}{
			{&k.values, aead.AES256GCMKeyTemplate()},
			{&k.files, streamingaead.AES256GCMHKDF4KBKeyTemplate()},
			{&k.index, prf.HMACSHA256PRFKeyTemplate()},
		} {
			manager := keyset.NewManagerFromHandle(*part.handle)
			if _, err := manager.Add(part.template); err != nil {
				return k, err
			}
			if *part.handle, err = manager.Handle(); err != nil {
				return k, err
			}
		}
		return k, nil
	})
	if err != nil {
		return false, fmt.Errorf("add keys: %w", err)
	}
	return added, nil
}

// UseKeys is the second half: the newest key of each kind becomes the primary one, which seals. The
// older ones stay and open what they sealed. Call it when every process has read what AddKeys wrote:
// ReadWithin later.
func UseKeys(path string) error {
	err := change(path, func(k keys) (keys, error) {
		for _, handle := range []**keyset.Handle{&k.values, &k.files, &k.index} {
			ids, _, err := idsOf(*handle)
			if err != nil {
				return k, err
			}
			manager := keyset.NewManagerFromHandle(*handle)
			if err := manager.SetPrimary(ids[len(ids)-1]); err != nil {
				return k, err
			}
			if *handle, err = manager.Handle(); err != nil {
				return k, err
			}
		}
		return k, nil
	})
	if err != nil {
		return fmt.Errorf("use new keys: %w", err)
	}
	return nil
}

// waiting says whether there are new keys that do not seal yet.
func (k keys) waiting() (bool, error) {
	ids, primary, err := idsOf(k.values)
	return err == nil && ids[len(ids)-1] != primary, err
}

// change writes a key file anew. It is made beside the file and moved over it, so that a crash leaves
// the old keys or the new ones, and belongs to whom the file belonged. One process at a time changes
// the keys of a folder.
func change(path string, f func(keys) (keys, error)) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := syscall.Flock(int(folder.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return fmt.Errorf("somebody else changes these keys now: %w", err)
	}
	before, err := readText(path)
	if err != nil {
		return err
	}
	old, err := decode(before)
	if err != nil {
		return err
	}
	changed, err := f(old)
	if err != nil {
		return err
	}
	text, err := changed.encode()
	if err != nil || bytes.Equal(bytes.TrimSpace(text), bytes.TrimSpace(before)) {
		return err
	}
	return replace(path, text)
}

// replace puts a text in the place of a file, for the same owner with the same rights.
func replace(path string, text []byte) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	next := path + ".new"
	if err := os.Remove(next); err != nil && !errors.Is(err, os.ErrNotExist) { // of somebody who was interrupted
		return err
	}
	if err := writeNew(next, text); err != nil {
		return err
	}
	err = os.Chmod(next, info.Mode().Perm())
	if owner, ok := info.Sys().(*syscall.Stat_t); ok && err == nil {
		err = os.Chown(next, int(owner.Uid), int(owner.Gid))
	}
	if err == nil {
		err = os.Rename(next, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(next))
	}
	return syncFolder(path)
}

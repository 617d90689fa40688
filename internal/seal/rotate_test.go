package seal_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"naikkelas/internal/seal"
)

// rotate gives a file new keys that seal at once.
func rotate(t *testing.T, path string) {
	t.Helper()
	if added, err := seal.AddKeys(path); err != nil || !added {
		t.Fatalf("added %v, %v", added, err)
	}
	if err := seal.UseKeys(path); err != nil {
		t.Fatal(err)
	}
}

// samples is a value, a stream and an index of one Box.
type samples struct{ value, stream, index []byte }

func sampled(t *testing.T, box *seal.Box) samples {
	t.Helper()
	value, err := box.Seal([]byte("value"), here)
	if err != nil {
		t.Fatal(err)
	}
	stream, err := io.ReadAll(box.SealReader(strings.NewReader("file"), here))
	if err != nil {
		t.Fatal(err)
	}
	return samples{value: value, stream: stream, index: box.Index("v", "p")}
}

// opens says which samples a Box knows.
func (s samples) opens(box *seal.Box) (value, stream, index bool) {
	plain, err := box.Unseal(s.value, here)
	text, streamErr := unseal(box, s.stream, here)
	known := slices.ContainsFunc(box.Indexes("v", "p"), func(i []byte) bool { return bytes.Equal(i, s.index) })
	return err == nil && string(plain) == "value", streamErr == nil && string(text) == "file", known
}

func (s samples) wantOpen(t *testing.T, box *seal.Box, want bool) {
	t.Helper()
	if value, stream, index := s.opens(box); value != want || stream != want || index != want {
		t.Errorf("value %v, stream %v, index %v, want all %v", value, stream, index, want)
	}
}

func TestNewKeysOpenBeforeTheySeal(t *testing.T) {
	path := newKeyFile(t)
	first := contents(t, path)
	old := sampled(t, open(t, path))
	if added, err := seal.AddKeys(path); err != nil || !added {
		t.Fatalf("added %v, %v", added, err)
	}
	between := contents(t, path)
	sampled(t, open(t, path)).wantOpen(t, open(t, first), true) // the old ones seal still

	if added, err := seal.AddKeys(path); err != nil || added || contents(t, path) != between {
		t.Errorf("adding again, as after an interruption: added %v, %v", added, err)
	}
	if err := seal.UseKeys(path); err != nil {
		t.Fatal(err)
	}
	box := open(t, path)
	newer := sampled(t, box)
	newer.wantOpen(t, open(t, first), false)
	newer.wantOpen(t, open(t, between), true)
	old.wantOpen(t, box, true)
	if bytes.Equal(old.index, newer.index) || !bytes.Equal(newer.index, box.Indexes("v", "p")[0]) {
		t.Error("the index is not under the new key")
	}
	after := contents(t, path)
	if err := seal.UseKeys(path); err != nil || contents(t, path) != after {
		t.Errorf("using them again changed the file, %v", err)
	}
}

func TestIndexUnderAKey(t *testing.T) {
	path := newKeyFile(t)
	before := open(t, path)
	rotate(t, path)
	box := open(t, path)
	for key, want := range map[int64][]byte{box.Oldest(seal.Indexes): before.Index("v", "p"), box.Primary(seal.Indexes): box.Index("v", "p")} {
		if got, err := box.IndexUnder(key, "v", "p"); err != nil || !bytes.Equal(got, want) {
			t.Errorf("under %d: another index, %v", key, err)
		}
	}
	if _, err := box.IndexUnder(1, "v", "p"); !errors.Is(err, seal.ErrNoKey) {
		t.Errorf("under an unknown key: %v", err)
	}
	for _, kind := range []seal.Kind{seal.Values, seal.Files, seal.Indexes} {
		if age, err := box.Age(kind, box.Primary(kind)); err != nil || age != 1 || box.Oldest(kind) != before.Primary(kind) {
			t.Errorf("kind %v: age %d, %v", kind, age, err)
		}
	}
}

// Whoever meets a key that it does not hold looks into the file at once.
func TestUnknownKeyIsLookedForInTheFile(t *testing.T) {
	for name, use := range map[string]func(box *seal.Box, s samples, key int64) error{
		"value":  func(box *seal.Box, s samples, _ int64) error { _, err := box.Unseal(s.value, here); return err },
		"stream": func(box *seal.Box, s samples, _ int64) error { _, err := unseal(box, s.stream, here); return err },
		"index":  func(box *seal.Box, _ samples, key int64) error { _, err := box.IndexUnder(key, "v", "p"); return err },
	} {
		t.Run(name, func(t *testing.T) {
			path := newKeyFile(t)
			running := open(t, path)
			rotate(t, path)
			other := open(t, path)
			if err := use(running, sampled(t, other), other.Primary(seal.Indexes)); err != nil {
				t.Error(err)
			}
			if running.Primary(seal.Values) != other.Primary(seal.Values) {
				t.Error("it does not seal with the new key")
			}
		})
	}
}

func TestRunningBoxFollowsTheFile(t *testing.T) {
	path := newKeyFile(t)
	synctest.Test(t, func(t *testing.T) {
		box := open(t, path)
		ctx, cancel := context.WithCancel(t.Context())
		var faults []error
		go box.Follow(ctx, func(err error) { faults = append(faults, err) })
		rotate(t, path)
		<-time.After(seal.ReadWithin)
		if box.Primary(seal.Values) != open(t, path).Primary(seal.Values) {
			t.Error("the new keys were not read in time")
		}
		good := contents(t, path)
		for name, text := range map[string]string{"half a file": good[:len(good)/2], "other keys": contents(t, newKeyFile(t))} {
			faults = nil
			write(t, path, text)
			<-time.After(3 * seal.ReadWithin)
			if len(faults) != 1 {
				t.Errorf("%s: told %d times: %v", name, len(faults), faults)
			}
			sampled(t, box).wantOpen(t, open(t, good), true)
		}
		write(t, path, good)
		rotate(t, path)
		<-time.After(seal.ReadWithin)
		if box.Primary(seal.Values) != open(t, path).Primary(seal.Values) {
			t.Error("after a broken file the next good one was not read")
		}
		cancel()
		synctest.Wait()
	})
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestInlineKeysDoNotChange(t *testing.T) {
	box := open(t, contents(t, newKeyFile(t)))
	if changed, err := box.Reread(); err != nil || changed {
		t.Errorf("%v, %v", changed, err)
	}
	box.Follow(t.Context(), func(err error) { t.Error(err) }) // returns at once
}

// Many seal and open while the keys change under them: nothing is ever unreadable.
func TestKeysChangeUnderUse(t *testing.T) {
	path := newKeyFile(t)
	boxes := []*seal.Box{open(t, path), open(t, path)}
	done := make(chan struct{})
	var users sync.WaitGroup
	for i := range 4 {
		users.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				sampled(t, boxes[i%2]).wantOpen(t, boxes[(i+1)%2], true)
			}
		})
	}
	readAll := func() {
		for _, box := range boxes {
			if _, err := box.Reread(); err != nil {
				t.Error(err)
			}
		}
	}
	for range 5 {
		if _, err := seal.AddKeys(path); err != nil {
			t.Error(err)
		}
		readAll()
		if err := seal.UseKeys(path); err != nil {
			t.Error(err)
		}
		readAll()
	}
	close(done)
	users.Wait()
}

func TestResealing(t *testing.T) {
	path := newKeyFile(t)
	old := open(t, path)
	value := sampled(t, old).value
	if !bytes.HasPrefix(value, old.Mark()) || old.Older(value) {
		t.Error("a value of the only key counts as older")
	}
	rotate(t, path)
	box := open(t, path)
	if bytes.HasPrefix(value, box.Mark()) || !box.Older(value) {
		t.Error("a value of the old key does not count as older")
	}
	for name, text := range map[string][]byte{"of other keys": sampled(t, newBox(t)).value, "nothing": nil, "text": []byte("text")} {
		if box.Older(text) {
			t.Errorf("%s counts as sealed", name)
		}
	}
	again, err := box.Reseal(value, here)
	if err != nil || !bytes.HasPrefix(again, box.Mark()) || box.Older(again) {
		t.Fatalf("sealed again: %v", err)
	}
	if plain, err := box.Unseal(again, here); err != nil || string(plain) != "value" {
		t.Errorf("opened %q, %v", plain, err)
	}
	if _, err := box.Reseal(value, seal.At("elsewhere", "7", "nik")); !errors.Is(err, seal.ErrUnseal) {
		t.Errorf("at another place: %v", err)
	}
}

func TestResealingStreams(t *testing.T) {
	path := newKeyFile(t)
	first := contents(t, path)
	old := open(t, first)
	rotate(t, path)
	box := open(t, path)
	for _, size := range []int{0, 1, 4000, 4096, 5000, 1 << 20} {
		plain := bytes.Repeat([]byte("naik kelas "), size/11+1)[:size]
		sealed, err := io.ReadAll(old.SealReader(bytes.NewReader(plain), here))
		if err != nil {
			t.Fatal(err)
		}
		r, err := box.ResealReader(bytes.NewReader(sealed), here)
		if err != nil || r == nil {
			t.Fatalf("%d bytes: %v, %v", size, r, err)
		}
		again, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if opened, err := unseal(box, again, here); err != nil || !bytes.Equal(opened, plain) {
			t.Errorf("%d bytes: opened %d, %v", size, len(opened), err)
		}
		if _, err := unseal(old, again, here); !errors.Is(err, seal.ErrUnseal) {
			t.Errorf("%d bytes: the old key opens it: %v", size, err)
		}
		if r, err := box.ResealReader(bytes.NewReader(again), here); err != nil || r != nil {
			t.Errorf("%d bytes: sealed with the newest key already, but %v, %v", size, r, err)
		}
		if cut, err := box.ResealReader(bytes.NewReader(sealed[:len(sealed)-1]), here); err == nil {
			if _, err := io.ReadAll(cut); !errors.Is(err, seal.ErrUnseal) {
				t.Errorf("%d bytes, cut short: %v", size, err)
			}
		}
	}
}

func TestKeyFileKeepsItsPlaceAndRights(t *testing.T) {
	path := newKeyFile(t)
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "keyset.json")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	write(t, path+".new", "of somebody who was interrupted")
	rotate(t, link)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode().Type() != os.ModeSymlink {
		t.Errorf("the link became %v, %v", info.Mode(), err)
	}
	if left, _ := filepath.Glob(path + "?*"); left != nil {
		t.Errorf("left behind: %v", left)
	}
}

func TestOneProcessChangesTheKeys(t *testing.T) {
	path := newKeyFile(t)
	before := contents(t, path)
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	if err := syscall.Flock(int(folder.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.AddKeys(path); err == nil || contents(t, path) != before {
		t.Errorf("while another process changes them: %v", err)
	}
}

func TestHolds(t *testing.T) {
	path := newKeyFile(t)
	first := contents(t, path)
	rotate(t, path)
	rotated, other := contents(t, path), contents(t, newKeyFile(t))
	for name, tt := range map[string]struct {
		text, other string
		want        bool
	}{
		"the same": {first, first, true}, "newer": {rotated, first, true}, "older": {first, rotated, false}, "other": {other, first, false},
	} {
		if got, err := seal.Holds([]byte(tt.text), []byte(tt.other)); err != nil || got != tt.want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	if _, err := seal.Holds([]byte(first), []byte("nothing")); err == nil {
		t.Error("no key set at all")
	}
}

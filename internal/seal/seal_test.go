package seal_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"naikkelas/internal/seal"
)

var here = seal.At("seekers", int64(7), "nik")

// elsewhere is every way in which a place can differ from here.
var elsewhere = map[string]seal.Place{
	"other row":             seal.At("seekers", int64(8), "nik"),
	"other table":           seal.At("staff", int64(7), "nik"),
	"other column":          seal.At("seekers", int64(7), "kk"),
	"parts slid over":       seal.At(`seekers":"7`, "", "nik"),
	"colon inside the name": seal.At("seekers:7", "nik", ""),
}

func TestMovedCiphertextDoesNotOpen(t *testing.T) {
	box := newBox(t)
	sealed, err := box.Seal([]byte("3174051208950003"), here)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := box.Unseal(sealed, seal.At("seekers", "7", "nik")); err != nil || string(plain) != "3174051208950003" {
		t.Errorf("at its place: %q, %v", plain, err)
	}
	for name, place := range elsewhere {
		if plain, err := box.Unseal(sealed, place); !errors.Is(err, seal.ErrUnseal) || plain != nil {
			t.Errorf("%s: %q, %v", name, plain, err)
		}
	}
}

func TestAlteredCiphertextDoesNotOpen(t *testing.T) {
	box := newBox(t)
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		sealed, err := box.Seal(plain, here)
		if err != nil {
			t.Fatal(err)
		}
		if len(plain) > 8 && bytes.Contains(sealed, plain) {
			t.Fatal("sealed text shows the plain one")
		}
		if opened, err := box.Unseal(sealed, here); err != nil || !bytes.Equal(opened, plain) {
			t.Fatalf("opened as %v, %v", opened, err)
		}
		altered := bytes.Clone(sealed)
		altered[rapid.IntRange(0, len(altered)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if _, err := box.Unseal(altered, here); !errors.Is(err, seal.ErrUnseal) {
			t.Fatalf("altered: %v", err)
		}
	})
}

func TestSealingTwiceDiffers(t *testing.T) {
	box := newBox(t)
	first, err1 := box.Seal([]byte("x"), here)
	second, err2 := box.Seal([]byte("x"), here)
	if err := errors.Join(err1, err2); err != nil || bytes.Equal(first, second) {
		t.Errorf("equal ciphertexts tell that two people have the same number (%v)", err)
	}
}

func TestStreams(t *testing.T) {
	box := newBox(t)
	for _, size := range []int{0, 1, 4095, 4096, 4097, 1 << 20} {
		plain := bytes.Repeat([]byte("naik kelas "), size/11+1)[:size]
		var sealed bytes.Buffer
		w, err := box.SealWriter(&sealed, here)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(plain); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if opened, err := unseal(box, sealed.Bytes(), here); err != nil || !bytes.Equal(opened, plain) {
			t.Errorf("%d bytes: opened %d, %v", size, len(opened), err)
		}
		for name, place := range elsewhere {
			if opened, err := unseal(box, sealed.Bytes(), place); !errors.Is(err, seal.ErrUnseal) || len(opened) > 0 {
				t.Errorf("%d bytes, %s: %d bytes, %v", size, name, len(opened), err)
			}
		}
		for _, cut := range []int{1, 16, sealed.Len() / 2, sealed.Len()} {
			if _, err := unseal(box, sealed.Bytes()[:sealed.Len()-cut], here); !errors.Is(err, seal.ErrUnseal) {
				t.Errorf("%d bytes without the last %d: %v", size, cut, err)
			}
		}
	}
}

func TestSealReader(t *testing.T) {
	box := newBox(t)
	plain := strings.Repeat("isi berkas ", 10_000)
	sealed, err := io.ReadAll(box.SealReader(strings.NewReader(plain), here))
	if err != nil {
		t.Fatal(err)
	}
	if opened, err := unseal(box, sealed, here); err != nil || string(opened) != plain {
		t.Errorf("opened %d bytes, %v", len(opened), err)
	}

	broken := errors.New("connection lost")
	if _, err := io.ReadAll(box.SealReader(iotest.ErrReader(broken), here)); !errors.Is(err, broken) {
		t.Errorf("broken input: %v", err)
	}
	half := box.SealReader(strings.NewReader(plain), here)
	if err := half.Close(); err != nil {
		t.Errorf("closing early: %v", err)
	}
	if _, err := half.Read(make([]byte, 1)); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("reading on: %v", err)
	}
}

func TestBrokenSourceIsNotABrokenSeal(t *testing.T) {
	broken := errors.New("connection lost")
	r, err := newBox(t).UnsealReader(iotest.ErrReader(broken), here)
	if err == nil {
		_, err = io.ReadAll(r)
	}
	if !errors.Is(err, broken) || errors.Is(err, seal.ErrUnseal) {
		t.Errorf("got %v, want %v", err, broken)
	}
}

func TestIndex(t *testing.T) {
	path := newKeyFile(t)
	box, again, other := open(t, path), open(t, path), newBox(t)
	index := box.Index("3174051208950003", "nik")
	if len(index) != 32 || !bytes.Equal(index, again.Index("3174051208950003", "nik")) {
		t.Error("the same value gives another index")
	}
	for name, different := range map[string][]byte{
		"value":   box.Index("3174051208950004", "nik"),
		"purpose": box.Index("3174051208950003", "kk"),
		"key":     other.Index("3174051208950003", "nik"),
		"split":   box.Index("51208950003", "nik31740"),
	} {
		if bytes.Equal(index, different) {
			t.Errorf("another %s gives the same index", name)
		}
	}
}

func TestGenerate(t *testing.T) {
	path := newKeyFile(t)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	before := contents(t, path)
	if err := seal.Generate(path); !errors.Is(err, os.ErrExist) {
		t.Errorf("over an existing file: %v", err)
	}
	if contents(t, path) != before {
		t.Error("the existing keys were replaced")
	}
	if err := seal.Generate(filepath.Join(t.TempDir(), "no", "folder.json")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without its folder: %v", err)
	}
}

func TestOpenInline(t *testing.T) {
	path := newKeyFile(t)
	sealed, err := open(t, path).Seal([]byte("x"), here)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, "\n "+contents(t, path)).Unseal(sealed, here); err != nil {
		t.Errorf("same keys given as text: %v", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	good := contents(t, newKeyFile(t))
	for name, text := range map[string]string{
		"no JSON":      "{" + good[20:],
		"nothing":      "{}",
		"part missing": strings.Replace(good, `"prf"`, `"prg"`, 1),
		"wrong kind":   strings.NewReplacer(`"prf"`, `"aead"`, `"aead"`, `"prf"`).Replace(good),
	} {
		_, err := seal.Open(text)
		if err == nil {
			t.Errorf("%s: opened", name)
		} else if strings.Contains(err.Error(), "primaryKeyId") || strings.Contains(err.Error(), "value") {
			t.Errorf("%s: the error shows the keys: %v", name, err)
		}
	}
	if _, err := seal.Open(filepath.Join(t.TempDir(), "absent.json")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("absent file: %v", err)
	}
}

func FuzzUnseal(f *testing.F) {
	path := filepath.Join(f.TempDir(), "keys.json")
	if err := seal.Generate(path); err != nil {
		f.Fatal(err)
	}
	box, err := seal.Open(path)
	if err != nil {
		f.Fatal(err)
	}
	sealed, err := box.Seal([]byte("plain"), here)
	if err != nil {
		f.Fatal(err)
	}
	stream, err := io.ReadAll(box.SealReader(strings.NewReader("plain"), here))
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte{})
	f.Add(sealed)
	f.Add(stream)
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := box.Unseal(data, here); err == nil && !bytes.Equal(data, sealed) {
			t.Fatal("a forged value opened")
		}
		if _, err := unseal(box, data, here); err == nil && !bytes.Equal(data, stream) {
			t.Fatal("a forged stream opened")
		}
	})
}

func unseal(box *seal.Box, sealed []byte, at seal.Place) ([]byte, error) {
	r, err := box.UnsealReader(bytes.NewReader(sealed), at)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func newKeyFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys.json")
	if err := seal.Generate(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func newBox(t *testing.T) *seal.Box {
	t.Helper()
	return open(t, newKeyFile(t))
}

func open(t *testing.T, pathOrInline string) *seal.Box {
	t.Helper()
	box, err := seal.Open(pathOrInline)
	if err != nil {
		t.Fatal(err)
	}
	return box
}

func contents(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

package seal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/streamingaead"
)

// keys are the three Tink key sets of a portal. They are kept in clear text, because
// the file or the setting that holds them is itself the secret kept apart from the
// database; wrapping them would only move the question to the next key.
type keys struct {
	values, files, index *keyset.Handle
}

// all are the key sets by their kind.
func (k keys) all() [3]*keyset.Handle {
	return [3]*keyset.Handle{Values: k.values, Files: k.files, Indexes: k.index}
}

// keyFile is the JSON form of keys; each part is a Tink key set in Tink's own JSON.
type keyFile struct {
	AEAD      json.RawMessage `json:"aead"`
	Streaming json.RawMessage `json:"streaming"`
	PRF       json.RawMessage `json:"prf"`
}

// Generate writes a new key set into a new file that only its owner can read. It
// fails when the file exists: replacing keys would make everything sealed unreadable.
func Generate(path string) error {
	made, err := newKeys()
	if err != nil {
		return fmt.Errorf("generate key set: %w", err)
	}
	text, err := made.encode()
	if err != nil {
		return fmt.Errorf("generate key set: %w", err)
	}
	if err := writeNew(path, text); err != nil {
		return fmt.Errorf("generate key set: %w", err)
	}
	return nil
}

func newKeys() (keys, error) {
	values, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return keys{}, err
	}
	files, err := keyset.NewHandle(streamingaead.AES256GCMHKDF4KBKeyTemplate())
	if err != nil {
		return keys{}, err
	}
	index, err := keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate())
	if err != nil {
		return keys{}, err
	}
	return keys{values: values, files: files, index: index}, nil
}

// Inline says whether the place of a key set is the key set itself and not the path of a file.
func Inline(pathOrInline string) bool { return strings.HasPrefix(strings.TrimSpace(pathOrInline), "{") }

// readText reads the text of a key set from where it lies.
func readText(pathOrInline string) ([]byte, error) {
	if Inline(pathOrInline) {
		return []byte(pathOrInline), nil
	}
	text, err := os.ReadFile(pathOrInline)
	if err != nil {
		return nil, fmt.Errorf("key set: %w", err)
	}
	return text, nil
}

// decode never puts a part of the text into an error: it is the keys themselves.
func decode(text []byte) (keys, error) {
	var file keyFile
	if err := json.Unmarshal(text, &file); err != nil {
		return keys{}, errors.New("key set: not JSON")
	}
	var read keys
	for _, part := range []struct {
		name string
		text json.RawMessage
		into **keyset.Handle
	}{
		{"aead", file.AEAD, &read.values},
		{"streaming", file.Streaming, &read.files},
		{"prf", file.PRF, &read.index},
	} {
		handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(part.text)))
		if err != nil {
			return keys{}, fmt.Errorf("key set: part %q is missing or broken", part.name)
		}
		*part.into = handle
	}
	return read, nil
}

func (k keys) encode() ([]byte, error) {
	var file keyFile
	for _, part := range []struct {
		handle *keyset.Handle
		into   *json.RawMessage
	}{{k.values, &file.AEAD}, {k.files, &file.Streaming}, {k.index, &file.PRF}} {
		var text bytes.Buffer
		if err := insecurecleartextkeyset.Write(part.handle, keyset.NewJSONWriter(&text)); err != nil {
			return nil, err
		}
		*part.into = text.Bytes()
	}
	return json.MarshalIndent(file, "", "  ")
}

// writeNew writes a file that must not exist yet and waits until it is on the disk.
func writeNew(path string, text []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(append(text, '\n'))
	err = errors.Join(err, file.Sync(), file.Close())
	if err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return syncFolder(path)
}

// syncFolder makes the name of a file outlive a loss of power.
func syncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

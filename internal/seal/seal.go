// Package seal encrypts what the portal knows about people before it reaches the
// database or the blob store. A sealed value opens only at the place it was sealed
// for, so a ciphertext moved to another row, column or file is refused. A keyed
// index finds equal values without opening them.
package seal

import (
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/streamingaead"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// ErrUnseal means that something sealed does not open: altered, cut short, moved from
// another place, or sealed with a key that this key set does not hold.
var ErrUnseal = errors.New("seal: does not open")

// indexSize is the number of bytes of an index.
const indexSize = 32

// Place is where a sealed value lives: the table, the row and the column.
type Place struct {
	table, id, column string
}

// At names a place. The row must be known before sealing: by its id or by a reference
// that never changes.
func At[ID int64 | string](table string, id ID, column string) Place {
	return Place{table: table, id: fmt.Sprint(id), column: column}
}

// bound is the place as associated data; quotes keep any two places different.
func (p Place) bound() []byte {
	return fmt.Appendf(nil, "%q:%q:%q", p.table, p.id, p.column)
}

// Box seals and unseals with the keys of one key set. It is safe for concurrent use.
type Box struct {
	values tink.AEAD
	files  tink.StreamingAEAD
	index  *prf.Set
}

// Open reads a key set from a file, or from the text itself when that starts with "{".
func Open(pathOrInline string) (*Box, error) {
	keys, err := readKeys(pathOrInline)
	if err != nil {
		return nil, err
	}
	values, err := aead.New(keys.values)
	if err != nil {
		return nil, fmt.Errorf("key set aead: %w", err)
	}
	files, err := streamingaead.New(keys.files)
	if err != nil {
		return nil, fmt.Errorf("key set streaming: %w", err)
	}
	index, err := prf.NewPRFSet(keys.index)
	if err != nil {
		return nil, fmt.Errorf("key set prf: %w", err)
	}
	if _, err := index.ComputePrimaryPRF(nil, indexSize); err != nil {
		return nil, fmt.Errorf("key set prf: %w", err)
	}
	return &Box{values: values, files: files, index: index}, nil
}

// Seal encrypts a value for its place.
func (b *Box) Seal(plain []byte, at Place) ([]byte, error) {
	sealed, err := b.values.Encrypt(plain, at.bound())
	if err != nil {
		return nil, fmt.Errorf("seal %s.%s: %w", at.table, at.column, err)
	}
	return sealed, nil
}

// Unseal decrypts a value at its place. It fails with ErrUnseal at any other one.
func (b *Box) Unseal(sealed []byte, at Place) ([]byte, error) {
	plain, err := b.values.Decrypt(sealed, at.bound())
	if err != nil {
		return nil, fmt.Errorf("unseal %s.%s: %w", at.table, at.column, ErrUnseal)
	}
	return plain, nil
}

// Index gives 32 bytes that are equal exactly when value and purpose are, for a unique
// or searched column beside a sealed one. Without the key nobody can try out values.
// The purpose ("nik", "passport") keeps the columns from being compared with each
// other. Bring the value to one form first: "3174 ..." and "3174..." differ here.
func (b *Box) Index(value, purpose string) []byte {
	sum, err := b.index.ComputePrimaryPRF([]byte(strconv.Quote(purpose)+value), indexSize)
	if err != nil {
		panic(err) // Open proved that this size works, and nothing else can fail
	}
	return sum
}

// SealWriter encrypts what is written to it into w. The sealed stream is whole only
// after Close, which does not close w.
func (b *Box) SealWriter(w io.Writer, at Place) (io.WriteCloser, error) {
	sealing, err := b.files.NewEncryptingWriter(w, at.bound())
	if err != nil {
		return nil, fmt.Errorf("seal stream for %s.%s: %w", at.table, at.column, err)
	}
	return sealing, nil
}

// SealReader gives the sealed form of what r holds, for stores that read their input.
// It must be read to its end or closed. It does not close r.
func (b *Box) SealReader(r io.Reader, at Place) io.ReadCloser {
	sealed, w := io.Pipe()
	go func() {
		sealing, err := b.SealWriter(w, at)
		if err == nil {
			_, err = io.Copy(sealing, r)
		}
		if err == nil {
			err = sealing.Close()
		}
		w.CloseWithError(err) // nil is the end of the stream
	}()
	return sealed
}

// UnsealReader decrypts a sealed stream. Whatever Read hands out is genuine so far,
// but only io.EOF says that nothing is missing at the end; any fault is ErrUnseal.
func (b *Box) UnsealReader(r io.Reader, at Place) (io.Reader, error) {
	source := &sourceReader{r: r}
	opened, err := b.files.NewDecryptingReader(source, at.bound())
	if err != nil {
		return nil, fmt.Errorf("unseal stream of %s.%s: %w", at.table, at.column, ErrUnseal)
	}
	return &unsealReader{opened: opened, source: source, at: at}, nil
}

// sourceReader remembers why reading the sealed bytes failed: the library would call
// a broken connection a wrong key.
type sourceReader struct {
	r   io.Reader
	err error
}

func (s *sourceReader) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

type unsealReader struct {
	opened io.Reader
	source *sourceReader
	at     Place
}

func (u *unsealReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil // the library would take it for a try at the first bytes
	}
	n, err := u.opened.Read(p)
	switch {
	case err == nil || err == io.EOF:
		return n, err
	case u.source.err != nil:
		return n, fmt.Errorf("unseal stream of %s.%s: %w", u.at.table, u.at.column, u.source.err)
	default:
		return n, fmt.Errorf("unseal stream of %s.%s: %w", u.at.table, u.at.column, ErrUnseal)
	}
}

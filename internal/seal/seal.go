// Package seal encrypts what the portal knows about people before it reaches the
// database or the blob store. A sealed value opens only at the place it was sealed
// for, so a ciphertext moved to another row, column or file is refused. A keyed
// index finds equal values without opening them.
package seal

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
)

var (
	// ErrUnseal means that something sealed does not open: altered, cut short, moved from
	// another place, or sealed with a key that this key set does not hold.
	ErrUnseal = errors.New("seal: does not open")
	// ErrNoKey means that a key is asked for by an id that this key set does not hold.
	ErrNoKey = errors.New("seal: no such key")
)

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

// Box seals with the primary keys of a key set and opens with all of its keys. One that was opened
// from a file follows the file when that gets new keys. It is safe for concurrent use.
type Box struct {
	path    string // of the file; empty where the keys were given as text
	now     atomic.Pointer[opened]
	reading sync.Mutex // one at a time looks at the file
}

// Open reads a key set from a file, or from the text itself when that starts with "{".
func Open(pathOrInline string) (*Box, error) {
	text, err := readText(pathOrInline)
	if err != nil {
		return nil, err
	}
	set, err := open(text)
	if err != nil {
		return nil, err
	}
	b := &Box{}
	if !Inline(pathOrInline) {
		b.path = pathOrInline
	}
	b.now.Store(set)
	return b, nil
}

// Seal encrypts a value for its place.
func (b *Box) Seal(plain []byte, at Place) ([]byte, error) {
	sealed, err := b.now.Load().values.Encrypt(plain, at.bound())
	if err != nil {
		return nil, fmt.Errorf("seal %s.%s: %w", at.table, at.column, err)
	}
	return sealed, nil
}

// Unseal decrypts a value at its place. It fails with ErrUnseal at any other one.
func (b *Box) Unseal(sealed []byte, at Place) ([]byte, error) {
	set := b.now.Load()
	plain, err := set.values.Decrypt(sealed, at.bound())
	if err != nil && !set.sealed(sealed) && b.reread() {
		plain, err = b.now.Load().values.Decrypt(sealed, at.bound())
	}
	if err != nil {
		return nil, fmt.Errorf("unseal %s.%s: %w", at.table, at.column, ErrUnseal)
	}
	return plain, nil
}

// Reseal gives the same value sealed with the primary key, for the same place.
func (b *Box) Reseal(sealed []byte, at Place) ([]byte, error) {
	plain, err := b.Unseal(sealed, at)
	if err != nil {
		return nil, err
	}
	return b.Seal(plain, at)
}

// Mark is what every value that the primary key sealed begins with, so that a query finds the
// others.
func (b *Box) Mark() []byte { return bytes.Clone(b.now.Load().mark) }

// Older says whether something is a value that an older key of this key set sealed.
func (b *Box) Older(sealed []byte) bool {
	set := b.now.Load()
	return set.sealed(sealed) && !bytes.HasPrefix(sealed, set.mark)
}

// Index gives 32 bytes that are equal exactly when value and purpose are, for a unique
// or searched column beside a sealed one. Without the key nobody can try out values.
// The purpose ("nik", "passport") keeps the columns from being compared with each
// other. Bring the value to one form first: "3174 ..." and "3174..." differ here.
//
// Another primary key gives another index: whoever keeps one for long either compares it with
// all Indexes or keeps the id of its key and asks for IndexUnder.
func (b *Box) Index(value, purpose string) []byte {
	set := b.now.Load()
	return set.under(set.index.PrimaryID, value, purpose)
}

// Indexes are the index under each key of the key set, the one of the primary key first.
func (b *Box) Indexes(value, purpose string) [][]byte {
	set := b.now.Load()
	list := [][]byte{set.under(set.index.PrimaryID, value, purpose)}
	for id := range set.index.PRFs {
		if id != set.index.PrimaryID {
			list = append(list, set.under(id, value, purpose))
		}
	}
	return list
}

// IndexUnder is the index under the key of an id. A key that the file does not hold either is
// ErrNoKey.
func (b *Box) IndexUnder(key int64, value, purpose string) ([]byte, error) {
	if _, err := b.Age(Indexes, key); err != nil {
		return nil, err
	}
	return b.now.Load().under(uint32(key), value, purpose), nil
}

// under computes an index with a key that is there.
func (o *opened) under(key uint32, value, purpose string) []byte {
	sum, err := o.index.PRFs[key].ComputePRF([]byte(strconv.Quote(purpose)+value), indexSize)
	if err != nil {
		panic(err) // open proved that this size works, and nothing else can fail
	}
	return sum
}

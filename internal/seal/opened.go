package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/streamingaead"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Kind is one of the kinds of keys in a key set.
type Kind int

// The kinds of keys: for values in columns, for files, and for indexes.
const (
	Values Kind = iota
	Files
	Indexes
)

// opened is a key set as it was read: what a Box works with until the file changes.
type opened struct {
	keys        keys
	sum         [sha256.Size]byte // of the text that it was read from
	values      tink.AEAD
	mark        []byte // what values sealed with the primary key begin with
	files       tink.StreamingAEAD
	primaryFile tink.StreamingAEAD // opens what the primary key sealed, and nothing else
	index       *prf.Set
	ids         [3][]uint32 // of each kind, in the order in which they were added
	primary     [3]uint32   // of each kind
}

// markOf is what Tink begins a value with: its form, and the id of the key.
func markOf(id uint32) []byte { return binary.BigEndian.AppendUint32([]byte{1}, id) }

func open(text []byte) (*opened, error) {
	read, err := decode(text)
	if err != nil {
		return nil, err
	}
	o := &opened{keys: read, sum: sha256.Sum256(text)}
	if o.values, err = aead.New(read.values); err != nil {
		return nil, fmt.Errorf("key set aead: %w", err)
	}
	if o.files, err = streamingaead.New(read.files); err != nil {
		return nil, fmt.Errorf("key set streaming: %w", err)
	}
	primary, err := primaryAlone(read.files)
	if err != nil {
		return nil, fmt.Errorf("key set streaming: %w", err)
	}
	if o.primaryFile, err = streamingaead.New(primary); err != nil {
		return nil, fmt.Errorf("key set streaming: %w", err)
	}
	if o.index, err = prf.NewPRFSet(read.index); err != nil {
		return nil, fmt.Errorf("key set prf: %w", err)
	}
	for _, f := range o.index.PRFs {
		if _, err := f.ComputePRF(nil, indexSize); err != nil {
			return nil, fmt.Errorf("key set prf: %w", err)
		}
	}
	for kind, handle := range read.all() {
		if o.ids[kind], o.primary[kind], err = idsOf(handle); err != nil {
			return nil, fmt.Errorf("key set: %w", err)
		}
	}
	o.mark = markOf(o.primary[Values])
	if sample, err := o.values.Encrypt(nil, nil); err != nil || !bytes.HasPrefix(sample, o.mark) {
		return nil, errors.New("key set aead: its values do not say which key sealed them")
	}
	return o, nil
}

// sealed says whether a value begins as one that a key of this key set sealed.
func (o *opened) sealed(value []byte) bool {
	return slices.ContainsFunc(o.ids[Values], func(id uint32) bool { return bytes.HasPrefix(value, markOf(id)) })
}

// Primary is the id of the key of a kind that seals. Ids are no secrets.
func (b *Box) Primary(k Kind) int64 { return int64(b.now.Load().primary[k]) }

// Oldest is the id of the first key of a kind that the key set ever had.
func (b *Box) Oldest(k Kind) int64 { return int64(b.now.Load().ids[k][0]) }

// Age says how many keys of the kind were there before the one of an id. A key that the file does
// not hold either is ErrNoKey.
func (b *Box) Age(k Kind, id int64) (int, error) {
	find := func() int {
		return slices.IndexFunc(b.now.Load().ids[k], func(have uint32) bool { return int64(have) == id })
	}
	at := find()
	if at < 0 && b.reread() {
		at = find()
	}
	if at < 0 {
		return 0, fmt.Errorf("key %d: %w", id, ErrNoKey)
	}
	return at, nil
}

// idsOf are the ids of a key set's keys in their order, and which of them is the primary one.
func idsOf(handle *keyset.Handle) (ids []uint32, primary uint32, err error) {
	for i := range handle.Len() {
		entry, err := handle.Entry(i)
		if err != nil {
			return nil, 0, err
		}
		if entry.KeyStatus() == keyset.Enabled {
			ids = append(ids, entry.KeyID())
		}
		if entry.IsPrimary() {
			primary = entry.KeyID()
		}
	}
	return ids, primary, nil
}

// primaryAlone is the key set without the other keys that work.
func primaryAlone(handle *keyset.Handle) (*keyset.Handle, error) {
	ids, primary, err := idsOf(handle)
	if err != nil {
		return nil, err
	}
	manager := keyset.NewManagerFromHandle(handle)
	for _, id := range ids {
		if id == primary {
			continue
		}
		if err := manager.Delete(id); err != nil {
			return nil, err
		}
	}
	return manager.Handle()
}

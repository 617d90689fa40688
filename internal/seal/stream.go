package seal

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// SealWriter encrypts what is written to it into w. The sealed stream is whole only
// after Close, which does not close w.
func (b *Box) SealWriter(w io.Writer, at Place) (io.WriteCloser, error) {
	sealing, err := b.now.Load().files.NewEncryptingWriter(w, at.bound())
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
	source := &sourceReader{r: r, head: &bytes.Buffer{}}
	opened, err := b.now.Load().files.NewDecryptingReader(source, at.bound())
	if err != nil {
		return nil, fmt.Errorf("unseal stream of %s.%s: %w", at.table, at.column, ErrUnseal)
	}
	return &unsealReader{box: b, opened: opened, source: source, at: at}, nil
}

// headSize is how much of a stream shows which key sealed it: its first segment, and the byte after
// that which tells it from the last one.
const headSize = 4096 + 1

// ResealReader gives a sealed stream sealed again with the primary key. It is nil for a stream that
// this key sealed already, of which only the head is read. What it gives must be read to its end or
// closed; it does not close r.
func (b *Box) ResealReader(r io.Reader, at Place) (io.ReadCloser, error) {
	whole := bufio.NewReaderSize(r, headSize)
	head, err := whole.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reseal stream of %s.%s: %w", at.table, at.column, err)
	}
	if b.now.Load().newest(head, at) {
		return nil, nil
	}
	plain, err := b.UnsealReader(whole, at)
	if err != nil {
		return nil, err
	}
	return b.SealReader(plain, at), nil
}

// newest says whether the primary key sealed the stream of this head.
func (o *opened) newest(head []byte, at Place) bool {
	r, err := o.primaryFile.NewDecryptingReader(bytes.NewReader(head), at.bound())
	if err != nil {
		return false
	}
	_, err = r.Read(make([]byte, 1))
	return err == nil || errors.Is(err, io.EOF)
}

// sourceReader remembers why reading the sealed bytes failed: the library would call
// a broken connection a wrong key. It keeps what was read until the first part opened.
type sourceReader struct {
	r    io.Reader
	head *bytes.Buffer
	err  error
}

func (s *sourceReader) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	if s.head != nil {
		s.head.Write(p[:n])
	}
	return n, err
}

type unsealReader struct {
	box    *Box
	opened io.Reader
	source *sourceReader
	at     Place
}

func (u *unsealReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil // the library would take it for a try at the first bytes
	}
	n, err := u.opened.Read(p)
	if head := u.source.head; head != nil {
		u.source.head = nil
		if err != nil && !errors.Is(err, io.EOF) && u.source.err == nil && u.box.reread() {
			n, err = u.again(head, p)
		}
	}
	switch {
	case err == nil || errors.Is(err, io.EOF):
		return n, err
	case u.source.err != nil:
		return n, fmt.Errorf("unseal stream of %s.%s: %w", u.at.table, u.at.column, u.source.err)
	default:
		return n, fmt.Errorf("unseal stream of %s.%s: %w", u.at.table, u.at.column, ErrUnseal)
	}
}

// again begins anew with keys that were read meanwhile; head is what was read of the stream so far.
func (u *unsealReader) again(head *bytes.Buffer, p []byte) (int, error) {
	opened, err := u.box.now.Load().files.NewDecryptingReader(io.MultiReader(head, u.source), u.at.bound())
	if err != nil {
		return 0, err
	}
	u.opened = opened
	return opened.Read(p)
}

package web

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/url"
)

const (
	// LargestFile is the most bytes of one file; what it is decides further.
	LargestFile = 20 << 20
	// bodyHard is where a form with files is cut off. Up to there it is read to its end, however little of it can be
	// kept, so that its sender hears which file was too much and finds all else as it was.
	bodyHard = 4 * BodyFiles
	// textHard is how much of what was typed is kept of a form that cannot be read to its end.
	textHard = 2 * bodySmall
)

// roomKey finds, in a request's context, how many bytes of files its route keeps.
type roomKey struct{}

func withRoom(ctx context.Context, room int64) context.Context {
	return context.WithValue(ctx, roomKey{}, room)
}

func roomOf(ctx context.Context) int64 {
	room, _ := ctx.Value(roomKey{}).(int64)
	return room
}

// A slimmer passes a multipart form on without what is too much of it. A file that is larger than any may be is cut
// behind its limit, so that its size says what is wrong with it; one for which the form has no room left is beyond.
type slimmer struct {
	in     *multipart.Reader
	out    *multipart.Writer
	end    *io.PipeWriter
	whole  bool  // nobody has stopped reading yet
	most   int64 // bytes of one file
	left   int64 // bytes for all files
	seen   map[string]int
	beyond map[string][]int // by field: which of its files, from 0
	typed  url.Values       // what is not a file
	text   int64            // bytes left for it
	done   chan struct{}
}

// slim begins to pass a form on. The reader ends as the form does; stop waits for what is left of the form, for what
// was typed behind its files.
func slim(body io.Reader, boundary string, room int64) (s *slimmer, form io.Reader, stop func(), err error) {
	r, w := io.Pipe()
	s = &slimmer{
		in: multipart.NewReader(body, boundary), out: multipart.NewWriter(w), end: w, whole: true, done: make(chan struct{}),
		most: min(LargestFile, room) + 1, left: room + 1,
		seen: map[string]int{}, beyond: map[string][]int{}, typed: url.Values{}, text: textHard,
	}
	if err := s.out.SetBoundary(boundary); err != nil {
		return nil, nil, nil, err
	}
	go s.run()
	return s, r, func() { _ = r.Close(); <-s.done }, nil
}

func (s *slimmer) run() {
	defer close(s.done)
	for {
		part, err := s.in.NextRawPart()
		if errors.Is(err, io.EOF) {
			_ = s.end.CloseWithError(s.out.Close())
			return
		}
		if err == nil {
			err = s.pass(part)
		}
		if err != nil {
			_ = s.end.CloseWithError(err)
			return
		}
	}
}

// pass hands one part on, or reads it to its end where nobody takes it any more.
func (s *slimmer) pass(part *multipart.Part) error {
	w := io.Discard
	if s.whole {
		into, err := s.out.CreatePart(part.Header)
		if w = into; err != nil {
			s.whole, w = false, io.Discard
		}
	}
	if part.FileName() == "" {
		return s.passText(w, part)
	}
	number := s.seen[part.FormName()]
	s.seen[part.FormName()]++
	n, err := s.copy(w, io.LimitReader(part, min(s.most, s.left)))
	s.left -= n
	if err != nil {
		return err
	}
	if s.left == 0 && n < s.most {
		s.beyond[part.FormName()] = append(s.beyond[part.FormName()], number)
	}
	_, err = io.Copy(io.Discard, part)
	return err
}

// passText keeps what was typed, for who cannot have the whole form.
func (s *slimmer) passText(w io.Writer, part *multipart.Part) error {
	kept := &head{most: s.text}
	if _, err := s.copy(w, io.TeeReader(part, kept)); err != nil {
		return err
	}
	s.text -= int64(len(kept.text))
	s.typed.Add(part.FormName(), string(kept.text))
	return nil
}

// copy reads to the end; only the form itself can fail. A writer that does is not written to any more.
func (s *slimmer) copy(w io.Writer, from io.Reader) (n int64, err error) {
	part := make([]byte, 32<<10)
	for {
		read, err := from.Read(part)
		n += int64(read)
		if s.whole {
			if _, failed := w.Write(part[:read]); failed != nil {
				s.whole = false
			}
		}
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}

// head keeps the beginning of what is written.
type head struct {
	text []byte
	most int64
}

// Write never fails.
func (h *head) Write(p []byte) (int, error) {
	room := h.most - int64(len(h.text))
	h.text = append(h.text, p[:max(0, min(int64(len(p)), room))]...)
	return len(p), nil
}

// takeBeyond takes the files out of a form for which it has no room, and gives their names by field.
func (s *slimmer) takeBeyond(form *multipart.Form) map[string][]string {
	names := map[string][]string{}
	for field, numbers := range s.beyond {
		var kept []*multipart.FileHeader
		for i, file := range form.File[field] {
			if len(numbers) > 0 && numbers[0] == i {
				numbers = numbers[1:]
				names[field] = append(names[field], file.Filename)
				continue
			}
			kept = append(kept, file)
		}
		form.File[field] = kept
	}
	return names
}

// beyondKey finds in a request the names of files for which its form had no room, by field.
const beyondKey = "files beyond the form"

// BeyondForm names the files of a field that were too much for the form as a whole, and are not among its files.
func BeyondForm(c Context, field string) []string {
	names, _ := c.Get(beyondKey).(map[string][]string)
	return names[field]
}

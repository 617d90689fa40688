package models

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"naikkelas/internal/testdb"
)

// whole is a file all of whose pieces are there.
func (s *testStore) whole(t testing.TB, u User, name string) Partial {
	t.Helper()
	p, err := s.StartPartial(t.Context(), u, "certificate", name, 4)
	if err == nil {
		err = s.AddPart(t.Context(), u, p, 0, 4, "part/"+p.Ref)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A file that came in pieces is in the library exactly when its pieces are forgotten, wherever the portal is killed.
func TestPiecesBecomeAFileAtOnce(t *testing.T) {
	s := newStore(t, noon)
	u := s.addUser(t, Seeker, "ani")
	p, file := s.whole(t, u, "ijazah.jpg"), newFile("certificate", "ijazah", "k/1")
	for _, table := range []string{"uploads", "partial_uploads", "partial_upload_parts"} {
		mend := testdb.Broken(t, s.sql, table)
		if _, err := s.FinishPartial(t.Context(), u, p.Ref, file); err == nil {
			t.Errorf("with %s broken it was finished", table)
		}
		mend()
		if uploads, parts := s.rows(t, "uploads"), s.rows(t, "partial_upload_parts"); uploads != 0 || parts != 1 {
			t.Errorf("%s broken: %d files, %d pieces", table, uploads, parts)
		}
	}
	if _, err := s.FinishPartial(t.Context(), s.addUser(t, Seeker, "budi"), p.Ref, file); !errors.Is(err, ErrNotFound) {
		t.Errorf("another's: %v", err)
	}
	kept, err := s.FinishPartial(t.Context(), u, p.Ref, file)
	if err != nil || kept.BlobKey != "k/1" || s.rows(t, "partial_upload_parts") != 0 {
		t.Fatalf("finished: %+v, %v", kept, err)
	}
	// Whoever did not hear of it finishes it again, also with bytes that another program made of the same photo.
	again, err := s.FinishPartial(t.Context(), u, p.Ref, newFile("certificate", "lain", "k/2"))
	if err != nil || again.Ref != kept.Ref || s.rows(t, "uploads") != 1 {
		t.Errorf("finished again: %+v, %v", again, err)
	}
	if p, err := s.Partial(t.Context(), u, p.Ref); err != nil || p.UploadRef != kept.Ref {
		t.Errorf("asked for: %+v, %v", p, err)
	}
}

// Whoever asks for a whole file while its last piece is still being answered gets the same one.
func TestPiecesBecomeOneFile(t *testing.T) {
	s := newStore(t, noon)
	u := s.addUser(t, Seeker, "ani")
	p := s.whole(t, u, "ijazah.jpg")
	refs, errs := make([]string, 5), make([]error, 5)
	var wg sync.WaitGroup
	for i := range refs {
		wg.Go(func() {
			kept, err := s.FinishPartial(t.Context(), u, p.Ref, newFile("certificate", fmt.Sprint("ijazah", i), fmt.Sprint("k/", i)))
			refs[i], errs[i] = kept.Ref, err
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	if n := s.rows(t, "uploads"); n != 1 || len(slices.Compact(refs)) != 1 {
		t.Errorf("%d files: %v", n, refs)
	}
}

// What the library does not take stays with its reason for whoever sent it, without its pieces, and is nothing on its
// way any more.
func TestF124RefusedPiecesAreForgotten(t *testing.T) {
	s := newStore(t, noon)
	u := s.addUser(t, Seeker, "ani")
	p := s.whole(t, u, "ijazah.jpg")
	s.fill(t, u, 0)
	full := &Refusal{Key: "upload.too_many"}
	if _, err := s.FinishPartial(t.Context(), u, p.Ref, newFile("certificate", "ijazah", "k/1")); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	if found, owner, err := s.ReachedPartial(t.Context(), p.ID); err != nil || found.Ref != p.Ref || owner.ID != u.ID {
		t.Errorf("what is left to do: %+v, %v", found, err)
	}
	if err := s.RefusePartial(t.Context(), p.ID, full.Key); err != nil {
		t.Fatal(err)
	}
	if n := s.rows(t, "partial_upload_parts"); n != 0 {
		t.Errorf("%d pieces are left of it", n)
	}
	list, err := s.UnfinishedPartials(t.Context(), u, "certificate")
	if err != nil || len(list) != 1 || list[0].Refusal != full.Key {
		t.Errorf("told to its sender: %+v, %v", list, err)
	}
	if _, _, err := s.ReachedPartial(t.Context(), p.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("what is left to do: %v", err)
	}
}

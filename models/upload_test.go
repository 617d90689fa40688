package models

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"naikkelas/models/record"
)

func newFile(purpose, content, key string) NewUpload {
	sum := sha256.Sum256([]byte(content))
	return NewUpload{
		Purpose: purpose, Name: content + ".pdf", MediaType: "application/pdf",
		Size: int64(len(content)), SHA256: sum[:], BlobKey: key,
	}
}

func (s *testStore) addUpload(t testing.TB, u User, content string) Upload {
	t.Helper()
	kept, err := s.AddUploads(t.Context(), u, newFile("certificate", content, "k/"+u.Ref+content))
	if err != nil {
		t.Fatal(err)
	}
	return kept[0]
}

func TestSameBytesInParallelAreOneUpload(t *testing.T) {
	s := newStore(t, noon)
	u := s.addUser(t, Seeker, "ani")
	var wg sync.WaitGroup
	refs, fresh, errs := make([]string, 5), make([]bool, 5), make([]error, 5)
	for i := range refs {
		wg.Go(func() {
			key := fmt.Sprintf("k/%d", i)
			kept, err := s.AddUploads(t.Context(), u, newFile("certificate", "ijazah", key))
			if errs[i] = err; err == nil {
				refs[i], fresh[i] = kept[0].Ref, kept[0].BlobKey == key
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	n := 0
	for i := range refs {
		if fresh[i] {
			n++
		}
		if refs[i] != refs[0] {
			t.Errorf("two references: %v", refs)
		}
	}
	var jobs int64
	s.sql.Raw("SELECT count(*) FROM river_job WHERE kind = 'render_upload'").Scan(&jobs)
	if n != 1 || jobs != 1 {
		t.Errorf("%d uploads, %d jobs, want 1 and 1", n, jobs)
	}
}

// finish gives a waiting file one page, as the job does.
func (s *testStore) finish(t *testing.T, up Upload) {
	t.Helper()
	page := UploadPage{UploadID: up.ID, Number: 1, ViewKey: "v", ThumbKey: "t", Width: 1, Height: 1}
	if err := errors.Join(s.AddUploadPage(t.Context(), page), s.FinishUpload(t.Context(), up.ID, nil)); err != nil {
		t.Fatal(err)
	}
}

func TestAnotherPersonsUploadIsNotFound(t *testing.T) {
	s := newStore(t, noon)
	ani, budi := s.addUser(t, Seeker, "ani"), s.addUser(t, Seeker, "budi")
	up := s.addUpload(t, ani, "ijazah")
	s.finish(t, up)
	if p, err := s.UploadPage(t.Context(), ani, up.Ref, 1); err != nil || p.ViewKey != "v" {
		t.Errorf("own page: %+v %v", p, err)
	}
	_, err1 := s.Upload(t.Context(), budi, up.Ref)
	_, err2 := s.UploadPage(t.Context(), budi, up.Ref, 1)
	err3 := s.DeleteUpload(t.Context(), budi, up.Ref)
	for _, err := range []error{err1, err2, err3} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("got %v, want not found", err)
		}
	}
}

func TestOfficerLookAtPageIsRecorded(t *testing.T) {
	s := newStore(t, noon)
	ani, officer := s.addUser(t, Seeker, "ani"), s.addUser(t, Officer, "petugas")
	up := s.addUpload(t, ani, "ijazah")
	s.finish(t, up)
	if _, err := s.OpenUploadPage(t.Context(), ani, up.Ref, 1); !errors.Is(err, ErrForbidden) {
		t.Errorf("a seeker: %v", err)
	}
	if err := s.OpenFiles(t.Context(), officer, up.Ref, "Ditanyakan di loket."); err != nil {
		t.Fatal(err)
	}
	if _, err := s.OpenUploadPage(t.Context(), officer, up.Ref, 2); !errors.Is(err, ErrNotFound) {
		t.Errorf("no such page: %v", err)
	}
	if _, err := s.OpenUploadPage(t.Context(), officer, up.Ref, 1); err != nil {
		t.Fatal(err)
	}
	var rows int64
	s.sql.Model(&record.AuditRow{}).Where("action = 'upload_page_seen' AND person_id = ?", ani.ID).Count(&rows)
	if rows != 1 {
		t.Errorf("%d rows, want 1", rows)
	}
}

func TestDeletedUploadLeavesTheLibraryAndIsSwept(t *testing.T) {
	s := newStore(t, noon)
	u := s.addUser(t, Seeker, "ani")
	up := s.addUpload(t, u, "ijazah")
	s.finish(t, up)
	if err := s.DeleteUpload(t.Context(), u, up.Ref); err != nil {
		t.Fatal(err)
	}
	if list, err := s.Uploads(t.Context(), u); err != nil || len(list) != 0 {
		t.Errorf("%v %v", list, err)
	}
	if dead, err := s.DeadUploads(t.Context()); err != nil || len(dead) != 0 {
		t.Fatalf("while it can be taken back: %+v %v", dead, err)
	}
	s.pass(UndoTime + time.Second)
	dead, err := s.DeadUploads(t.Context())
	if err != nil || len(dead) != 1 || len(dead[0].Keys) != 3 {
		t.Fatalf("%+v %v", dead, err)
	}
	if err := s.ForgetUpload(t.Context(), dead[0].ID); err != nil {
		t.Fatal(err)
	}
	if unknown, err := s.UnknownBlobs(t.Context(), []string{"v"}); err != nil || len(unknown) != 1 {
		t.Errorf("known %v, %v", unknown, err)
	}
	if again := s.addUpload(t, u, "ijazah"); again.Ref == up.Ref {
		t.Error("the deleted file came back")
	}
}

// Somebody who sends files without end is told to wait; others are not, nor they themselves later.
func TestSendingIsLimitedPerPerson(t *testing.T) {
	s := newStore(t, noon)
	u, other := s.addUser(t, Seeker, "ani"), s.addUser(t, Seeker, "budi")
	for i := range uploadLimit.Most {
		if err := s.MaySend(t.Context(), u); err != nil {
			t.Fatalf("file %d: %v", i+1, err)
		}
	}
	if err := s.MaySend(t.Context(), u); !errors.Is(err, ErrTooFast) {
		t.Errorf("one more: %v", err)
	}
	if err := s.MaySend(t.Context(), other); err != nil {
		t.Errorf("another person: %v", err)
	}
	s.pass(uploadLimit.Window)
	if err := s.MaySend(t.Context(), u); err != nil {
		t.Errorf("later: %v", err)
	}
	if err := s.MaySend(t.Context(), s.addUser(t, Officer, "rina")); !errors.Is(err, ErrForbidden) {
		t.Errorf("an officer: %v", err)
	}
}

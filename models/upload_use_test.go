package models

import (
	"errors"
	"testing"
)

// documents are the identity documents of a person that are in use.
func (s *testStore) documents(t *testing.T, u User) []Upload {
	t.Helper()
	w, err := s.OwnProfile(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	return w.Documents
}

// addPhoto sends a photo of a person's KTP.
func (s *testStore) addPhoto(t *testing.T, u User, name string) Upload {
	t.Helper()
	kept, err := s.AddUploads(t.Context(), u, newFile("ktp", name, "ktp/"+name+u.Ref))
	if err != nil {
		t.Fatal(err)
	}
	return kept[0]
}

// A wrong photo of a KTP is replaced while officers have an application: the new one is used, the old one stays
// for them. Where nobody relies on it, it goes.
func TestDocumentIsReplaced(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	officer := s.addUser(t, Officer, "rina")
	first := s.documents(t, u)[0]
	second := s.addPhoto(t, u, "second")
	if err := s.ReplaceUpload(t.Context(), u, first.Ref, second.Ref); err != nil {
		t.Fatal(err)
	}
	if list := s.documents(t, u); len(list) != 1 || list[0].Ref != second.Ref {
		t.Errorf("the documents are %+v", list)
	}
	if _, err := s.Upload(t.Context(), u, first.Ref); !errors.Is(err, ErrNotFound) {
		t.Errorf("nobody relied on the first, and it stays: %v", err)
	}
	a := s.take(t, officer, s.addSubmitted(t, u, in))
	third := s.addPhoto(t, u, "third")
	if err := s.ReplaceUpload(t.Context(), u, second.Ref, third.Ref); err != nil {
		t.Fatal(err)
	}
	if list := s.documents(t, u); len(list) != 1 || list[0].Ref != third.Ref {
		t.Errorf("the documents are %+v", list)
	}
	kept, err := s.Upload(t.Context(), u, second.Ref)
	if err != nil || kept.ReplacedAt == nil {
		t.Fatalf("the old one is gone: %v", err)
	}
	s.finish(t, second)
	if _, err := s.OpenUploadPage(t.Context(), officer, second.Ref, 1); err != nil {
		t.Errorf("officers cannot open the old one: %v", err)
	}
	if why, err := s.UploadKept(t.Context(), third); err != nil || why != ErrUploadIdentity {
		t.Errorf("the photo that is used may be deleted: %v, %v", why, err)
	}
	_, applications, err := s.UploadUses(t.Context(), []int64{third.ID})
	if uses := applications[third.ID]; err != nil || len(uses) != 1 || uses[0].Ref != a.Ref {
		t.Errorf("the application is not named: %v, %v", applications, err)
	}
	again := s.addPhoto(t, u, "second")
	if again.Ref != second.Ref || again.ReplacedAt != nil || len(s.documents(t, u)) != 2 {
		t.Errorf("sent again it is no document: %+v", again)
	}
}

// Another's document is not found, nor one for another purpose.
func TestDocumentIsReplacedByOnesOwnOfItsPurpose(t *testing.T) {
	s, u, _ := applying(t, nil, nil)
	document := s.documents(t, u)[0]
	other := s.addUser(t, Seeker, "lain")
	certificate := s.addUpload(t, u, "certificate")
	for what, err := range map[string]error{
		"another's":       s.ReplaceUpload(t.Context(), other, document.Ref, s.addUpload(t, other, "x").Ref),
		"by another's":    s.ReplaceUpload(t.Context(), u, document.Ref, s.addUpload(t, other, "y").Ref),
		"another purpose": s.ReplaceUpload(t.Context(), u, document.Ref, certificate.Ref),
	} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

package models

import (
	"errors"
	"testing"
)

// A wrong photo of a KTP is replaced while officers have an application: the new one is used, the old one stays
// for them. Where nobody relies on it, it goes. Another's is not found, nor one for another purpose.
func TestDocumentIsReplaced(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	officer := s.addUser(t, Officer, "rina")
	documents := func() []Upload {
		t.Helper()
		w, err := s.OwnProfile(t.Context(), u)
		if err != nil {
			t.Fatal(err)
		}
		return w.Documents
	}
	photo := func(name string) Upload {
		t.Helper()
		up, _, err := s.AddUpload(t.Context(), u, newFile("ktp", name, "ktp/"+name+u.Ref))
		if err != nil {
			t.Fatal(err)
		}
		return up
	}
	first := documents()[0]
	second := photo("second")
	if err := s.ReplaceUpload(t.Context(), u, first.Ref, second.Ref); err != nil {
		t.Fatal(err)
	}
	if list := documents(); len(list) != 1 || list[0].Ref != second.Ref {
		t.Errorf("the documents are %+v", list)
	}
	if _, err := s.Upload(t.Context(), u, first.Ref); !errors.Is(err, ErrNotFound) {
		t.Errorf("nobody relied on the first, and it stays: %v", err)
	}
	a := s.take(t, officer, s.addSubmitted(t, u, in))
	third := photo("third")
	if err := s.ReplaceUpload(t.Context(), u, second.Ref, third.Ref); err != nil {
		t.Fatal(err)
	}
	if list := documents(); len(list) != 1 || list[0].Ref != third.Ref {
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
	if _, applications, err := s.UploadUses(t.Context(), []int64{third.ID}); err != nil || len(applications[third.ID]) != 1 || applications[third.ID][0].Ref != a.Ref {
		t.Errorf("the application is not named: %v, %v", applications, err)
	}
	other := s.addUser(t, Seeker, "lain")
	certificate := s.addUpload(t, u, "certificate")
	for what, err := range map[string]error{
		"another's":       s.ReplaceUpload(t.Context(), other, third.Ref, s.addUpload(t, other, "x").Ref),
		"by another's":    s.ReplaceUpload(t.Context(), u, third.Ref, s.addUpload(t, other, "y").Ref),
		"another purpose": s.ReplaceUpload(t.Context(), u, third.Ref, certificate.Ref),
	} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if again := photo("second"); again.Ref != second.Ref || again.ReplacedAt != nil || len(documents()) != 2 {
		t.Errorf("sent again it is no document: %+v", again)
	}
}

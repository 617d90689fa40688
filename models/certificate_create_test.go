package models

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"naikkelas/internal/testdb"
)

// has compares how many uploads, certificates with their first event, files of certificates and chosen certificates there are.
func (s *testStore) has(t testing.TB, uploads, certificates, files, chosen int) {
	t.Helper()
	for what, want := range map[string]int{
		"uploads": uploads, "certificates": certificates, "certificate_events": certificates,
		"certificate_files": files, "application_certificates": chosen,
	} {
		if n := s.rows(t, what); n != want {
			t.Errorf("%d %s, want %d", n, what, want)
		}
	}
}

// fill puts files into somebody's library until it takes only so many more.
func (s *testStore) fill(t testing.TB, u User, left int) {
	t.Helper()
	there := s.rows(t, "uploads WHERE owner_id = ? AND deleted_at IS NULL", u.ID)
	err := s.sql.Exec(`INSERT INTO uploads (ref, owner_id, purpose, name, media_type, size, sha256, blob_key, state, created_at)
		SELECT 'BK-' || n, ?, 'other', 'a', 'image/png', 1, sha256(n::text::bytea), 'full/' || n, 'waiting', now()
		FROM generate_series(1, ?::int) n`, u.ID, mostUploads-there-left).Error
	if err != nil {
		t.Fatal(err)
	}
}

// sending is somebody with an application to fill in, a file in the library, and a form that adds a photo to both.
func sending(t *testing.T) (s *testStore, u User, a Application, form NewCertificate) {
	t.Helper()
	s, u, in := applying(t, nil, nil)
	s.addCertificateType(t)
	form.Token, form.Input = formToken, CertificateInput{TypeCode: "BNSP", HolderName: "Suparmi", Issuer: "LSP", IssuedOn: date(2026, 1, 31)}
	form.Files.Library = []string{s.addUpload(t, u, "lama").Ref}
	form.Files.New = []NewUpload{newFile("certificate", "depan", "k/depan"), newFile("certificate", "belakang", "k/belakang")}
	a = s.addDraft(t, u, in)
	form.Application = a.Ref
	return s, u, a, form
}

// Wherever the portal is killed, the form of a certificate has made nothing, and sent again it makes all of it.
func TestF250CertificateIsMadeWholeOrNotAtAll(t *testing.T) {
	for _, table := range []string{
		"uploads", "river_job", "certificates", "certificate_events", "certificate_files",
		"application_certificates", "applications", "audit_rows",
	} {
		t.Run(table, func(t *testing.T) {
			s, u, a, form := sending(t)
			before := s.rows(t, "uploads")
			mend := testdb.Broken(t, s.sql, table)
			if _, kept, err := s.CreateCertificate(t.Context(), u, form); err == nil || len(kept) > 0 {
				t.Fatalf("with %s broken it was made: %v, %v", table, kept, err)
			}
			s.has(t, before, 0, 0, 0)
			mend()
			c, kept, err := s.CreateCertificate(t.Context(), u, form)
			if err != nil || len(kept) != 3 {
				t.Fatalf("sent again: %+v, %v", kept, err)
			}
			v, err := s.Certificate(t.Context(), u, c.Ref)
			if err != nil || len(v.Events) != 1 || v.Issuer != "LSP" {
				t.Fatalf("made of it: %+v, %v", v, err)
			}
			if f := v.Files; len(f) != 3 || f[0].Ref != form.Files.Library[0] || f[2].BlobKey != "k/belakang" {
				t.Errorf("its files: %+v", f)
			}
			if awaited := v.Awaited(); awaited == nil || awaited.Ref != a.Ref || s.reload(t, a).NoCertificate {
				t.Errorf("the application has it: %+v", awaited)
			}
		})
	}
}

// Five presses are one certificate with each file once, chosen once for the application.
func TestPressesOfACertificateAreOne(t *testing.T) {
	s, u, _, form := sending(t)
	before := s.rows(t, "uploads")
	var wg sync.WaitGroup
	made, errs := make([]Certificate, 5), make([]error, 5)
	for i := range made {
		press := form
		press.Files.New = nil
		for _, f := range form.Files.New {
			f.BlobKey += fmt.Sprint(i)
			press.Files.New = append(press.Files.New, f)
		}
		wg.Go(func() { made[i], _, errs[i] = s.CreateCertificate(t.Context(), u, press) })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	for _, c := range made {
		if c.Ref != made[0].Ref {
			t.Errorf("two certificates: %s and %s", c.Ref, made[0].Ref)
		}
	}
	s.has(t, before+2, 1, 3, 1)
}

// What was typed is refused without the files: they are in the library for the next try. A file or an application
// of somebody else refuses all.
func TestRefusedCertificateKeepsItsFiles(t *testing.T) {
	s, u, _, form := sending(t)
	other := s.addUser(t, Seeker, "orang lain")
	before := s.rows(t, "uploads")
	for name, change := range map[string]func(*NewCertificate){
		"another's file":        func(f *NewCertificate) { f.Files.Library = []string{s.addUpload(t, other, "asing").Ref} },
		"another's application": func(f *NewCertificate) { f.Application = "NK-00000000" },
	} {
		f := form
		change(&f)
		if _, _, err := s.CreateCertificate(t.Context(), u, f); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
		if n := s.rows(t, "uploads WHERE owner_id = ?", u.ID); n != before || s.rows(t, "certificates") != 0 {
			t.Errorf("%s: %d files, want %d", name, n, before)
		}
	}
	wrong := form
	wrong.Input.TypeCode = "TIDAK"
	_, kept, err := s.CreateCertificate(t.Context(), u, wrong)
	if !errors.Is(err, &Refusal{Key: "certificate.type.unknown"}) || len(kept) != 3 || s.rows(t, "certificates") != 0 {
		t.Fatalf("kept %+v, %v", kept, err)
	}
	again := form
	again.Files = SentFiles{}
	for _, k := range kept {
		again.Files.Library = append(again.Files.Library, k.Ref)
	}
	if _, _, err := s.CreateCertificate(t.Context(), u, again); err != nil || s.rows(t, "certificate_files") != 3 {
		t.Errorf("sent again: %v", err)
	}
}

// An application that was sent meanwhile stays as it was sent; the certificate is made all the same.
func TestCertificateForAnApplicationThatWasSent(t *testing.T) {
	s, u, a, form := sending(t)
	if _, err := s.SubmitApplication(t.Context(), u, a.Ref, Statements); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.CreateCertificate(t.Context(), u, form); err != nil {
		t.Fatal(err)
	}
	if s.rows(t, "application_certificates") != 0 || !s.reload(t, a).NoCertificate {
		t.Error("it was added to what officers have")
	}
}

// Files are added to a certificate all or none: not with another's among them, and not with more than a library takes.
func TestUploadsAreAttachedAllOrNone(t *testing.T) {
	s, u, _, form := sending(t)
	c, err := s.draft(t.Context(), u, formToken, form.Input)
	if err != nil {
		t.Fatal(err)
	}
	before := s.rows(t, "uploads WHERE owner_id = ?", u.ID)
	none := func(what string, err, want error) {
		t.Helper()
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", what, err, want)
		}
		if files, n := s.rows(t, "certificate_files"), s.rows(t, "uploads WHERE owner_id = ?", u.ID); files != 0 || n != before {
			t.Errorf("%s: %d files attached, %d in the library", what, files, n)
		}
	}
	foreign := s.addUpload(t, s.addUser(t, Seeker, "orang lain"), "asing").Ref
	_, err = s.AttachUploads(t.Context(), u, c.Ref, SentFiles{Library: []string{form.Files.Library[0], foreign}, New: form.Files.New})
	none("another's", err, ErrNotFound)
	s.fill(t, u, 1)
	before = mostUploads - 1
	_, err = s.AttachUploads(t.Context(), u, c.Ref, form.Files)
	none("one too many", err, &Refusal{Key: "upload.too_many"})
	form.Files.New = form.Files.New[:1]
	list, err := s.AttachUploads(t.Context(), u, c.Ref, form.Files)
	if err != nil || len(list) != 2 || s.rows(t, "certificate_files") != 2 {
		t.Errorf("attached %+v, %v", list, err)
	}
	if err := s.SubmitCertificate(t.Context(), u, c.Ref); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AttachUploads(t.Context(), u, c.Ref, form.Files); !errors.Is(err, &Refusal{Key: "certificate.not_editable"}) {
		t.Errorf("to one that was sent: %v", err)
	}
}

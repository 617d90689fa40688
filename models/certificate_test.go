package models

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"naikkelas/models/record"
)

const formToken = "6b1f3b0e-7f55-4a6c-9f0a-0d3f6f0e2c11"

func day(y int, m time.Month, d int) *time.Time {
	at := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return &at
}

func TestCertificateValidity(t *testing.T) {
	expires := CertificateType{HasExpiry: true, ValidityMonths: ptr(36)}
	short := CertificateType{HasExpiry: true, ValidityMonths: ptr(6)}
	signed := CertificateType{HasExpiry: true, ValidityMonths: ptr(36), ConfirmEveryMonths: ptr(6)}
	for _, tt := range []struct {
		name                     string
		kind                     CertificateType
		issued, paper, confirmed *time.Time
		until, confirm           *time.Time
	}{
		{"months of the type", expires, day(2025, 1, 31), nil, nil, day(2028, 1, 31), nil},
		{"short month", short, day(2025, 8, 31), nil, nil, day(2026, 2, 28), nil},
		{"the paper says otherwise", expires, day(2025, 1, 1), day(2030, 1, 1), nil, day(2030, 1, 1), nil},
		{"no expiry", CertificateType{}, day(2025, 1, 1), day(2030, 1, 1), nil, nil, nil},
		{"signature every six months", signed, day(2026, 1, 15), nil, nil, day(2029, 1, 15), day(2026, 7, 15)},
		{"signed again", signed, day(2026, 1, 15), nil, day(2026, 7, 1), day(2029, 1, 15), day(2027, 1, 1)},
		{"no date yet", expires, nil, nil, nil, nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			until, confirm := tt.kind.Lasts(tt.issued, tt.paper, tt.confirmed)
			for _, pair := range [][2]*time.Time{{until, tt.until}, {confirm, tt.confirm}} {
				if (pair[0] == nil) != (pair[1] == nil) || pair[0] != nil && !pair[0].Equal(*pair[1]) {
					t.Errorf("got %v, want %v", pair[0], pair[1])
				}
			}
		})
	}
}

func (s *testStore) addCertificateType(t testing.TB) {
	t.Helper()
	err := s.SeedReference(t.Context(), ReferenceData{
		CertificateTypes: []CertificateType{{
			Code: "BNSP", Category: "competence", Name: Text{ID: "Sertifikat BNSP", EN: "BNSP certificate"},
			ValidityMonths: ptr(36), ValidFromBasis: "issue_date", HasExpiry: true, Position: 1,
		}},
		Sectors: []Sector{{Code: "x", Name: Text{ID: "x"}, Icon: "x"}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// draft makes a certificate of a form without files.
func (s *testStore) draft(ctx context.Context, u User, token string, in CertificateInput) (Certificate, error) {
	c, _, err := s.CreateCertificate(ctx, u, NewCertificate{Token: token, Input: in})
	return c, err
}

func TestCertificateIsMadeOnceAndSubmittedWithAnUpload(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	s.addCertificateType(t)
	u, other := s.addUser(t, Seeker, "ani"), s.addUser(t, Seeker, "budi")
	in := CertificateInput{TypeCode: "BNSP", HolderName: "Ani", Issuer: "LSP Las", Number: "1/2025", IssuedOn: day(2025, 1, 31)}
	var wg sync.WaitGroup
	made, errs := make([]Certificate, 5), make([]error, 5)
	for i := range made {
		wg.Go(func() { made[i], errs[i] = s.draft(t.Context(), u, formToken, in) })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	c := made[0]
	if list, err := s.Certificates(t.Context(), u); err != nil || len(list) != 1 || !list[0].ValidUntil.Equal(*day(2028, 1, 31)) {
		t.Fatalf("%+v %v", list, err)
	}
	if err := s.SubmitCertificate(t.Context(), u, c.Ref); !errors.Is(err, &Refusal{Key: "certificate.no_file"}) {
		t.Errorf("without a file: %v", err)
	}
	if err := s.AttachUpload(t.Context(), u, c.Ref, s.addUpload(t, other, "asing").Ref); !errors.Is(err, ErrNotFound) {
		t.Errorf("another person's file: %v", err)
	}
	up := s.addUpload(t, u, "ijazah")
	if err := errors.Join(s.AttachUpload(t.Context(), u, c.Ref, up.Ref), s.SubmitCertificate(t.Context(), u, c.Ref)); err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteUpload(t.Context(), u, up.Ref); !errors.Is(err, ErrUploadSent) {
		t.Errorf("file of a submitted certificate: %v", err)
	}
	if err := s.UpdateCertificate(t.Context(), u, c.Ref, in); !errors.Is(err, &Refusal{Key: "certificate.not_editable"}) {
		t.Errorf("edit after submitting: %v", err)
	}
	if _, err := s.Certificate(t.Context(), other, c.Ref); !errors.Is(err, ErrNotFound) {
		t.Errorf("another person: %v", err)
	}
	v, err := s.Certificate(t.Context(), u, c.Ref)
	if err != nil || v.State != CertificateSubmitted || len(v.Files) != 1 || len(v.Events) != 2 {
		t.Errorf("%+v %v", v, err)
	}
	candidate, err := s.candidate(t, u)
	if err != nil || len(candidate.CertificateTypes) != 1 {
		t.Errorf("%+v %v", candidate, err)
	}
}

func TestCertificateDatesAreRefusedInWords(t *testing.T) {
	s := newStore(t, noon)
	s.addCertificateType(t)
	u := s.addUser(t, Seeker, "ani")
	err := s.sql.Exec(`INSERT INTO profiles (user_id, birth_date, updated_at)
		VALUES (?, '1989-03-02', now())`, u.ID).Error
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		in   CertificateInput
		want string
	}{
		{CertificateInput{TypeCode: "TIDAK"}, "certificate.type.unknown"},
		{CertificateInput{TypeCode: "BNSP", IssuedOn: day(2026, 11, 26)}, "certificate.issued.future"},
		{CertificateInput{TypeCode: "BNSP", IssuedOn: day(1900, 3, 1)}, "certificate.issued.old"},
		{CertificateInput{TypeCode: "BNSP", IssuedOn: day(1989, 3, 1)}, "certificate.issued.unborn"},
		{CertificateInput{TypeCode: "BNSP", IssuedOn: day(2025, 1, 2), Confirmed: day(2025, 1, 1)}, "review.confirmed_early"},
		{CertificateInput{TypeCode: "BNSP", IssuedOn: day(2025, 1, 2), ValidUntil: day(2025, 1, 1)}, "certificate.until.before_issue"},
	} {
		if _, err := s.draft(t.Context(), u, formToken, tt.in); !errors.Is(err, &Refusal{Key: tt.want}) {
			t.Errorf("got %v, want %s", err, tt.want)
		}
	}
}

// addLevels is a type with a level that its owner chooses, and one whose level follows from a score.
func (s *testStore) addLevels(t *testing.T) {
	t.Helper()
	scored := func(code, test string, from int) CertificateLevel {
		return CertificateLevel{
			Code: code, CertificateType: "TOEFL", Test: test, Level: code, Rank: from,
			Name: Text{ID: code, EN: code}, CEFR: "B1",
			Score: ptr(from), ScoreMin: ptr(0), ScoreMax: ptr(120),
		}
	}
	n4 := CertificateLevel{
		Code: "JLPT-N4", CertificateType: "JLPT", Test: "JLPT", Level: "N4", Rank: 2,
		Name: Text{ID: "JLPT N4", EN: "JLPT N4"},
	}
	err := s.SeedReference(t.Context(), ReferenceData{
		CertificateTypes: []CertificateType{
			{Code: "JLPT", Category: "language", Name: Text{ID: "JLPT", EN: "JLPT"}},
			{Code: "TOEFL", Category: "language", Name: Text{ID: "TOEFL", EN: "TOEFL"}},
		},
		CertificateLevels: []CertificateLevel{n4, scored("iBT-42", "iBT", 42), scored("iBT-72", "iBT", 72)},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A level belongs to its type; a score reaches the highest level whose threshold it has.
func TestCertificateLevels(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	u := s.addUser(t, Seeker, "ani")
	s.addLevels(t)
	unknown, outside := &Refusal{Key: "certificate.level.unknown"}, &Refusal{Key: "certificate.score.range"}
	tests := []struct {
		what string
		in   CertificateInput
		want string
		err  error
	}{
		{"a level of the type", CertificateInput{TypeCode: "JLPT", LevelCode: ptr("JLPT-N4")}, "JLPT-N4", nil},
		{"none", CertificateInput{TypeCode: "JLPT"}, "", nil},
		{"a level of another type", CertificateInput{TypeCode: "TOEFL", LevelCode: ptr("JLPT-N4")}, "", unknown},
		{"a threshold chosen as a level", CertificateInput{TypeCode: "TOEFL", LevelCode: ptr("iBT-42")}, "", unknown},
		{"below the lowest", CertificateInput{TypeCode: "TOEFL", Test: "iBT", Score: ptr(41)}, "", nil},
		{"on a threshold", CertificateInput{TypeCode: "TOEFL", Test: "iBT", Score: ptr(42)}, "iBT-42", nil},
		{"between", CertificateInput{TypeCode: "TOEFL", Test: "iBT", Score: ptr(71)}, "iBT-42", nil},
		{"the highest", CertificateInput{TypeCode: "TOEFL", Test: "iBT", Score: ptr(120)}, "iBT-72", nil},
		{"too high", CertificateInput{TypeCode: "TOEFL", Test: "iBT", Score: ptr(121)}, "", outside},
		{"an unknown test", CertificateInput{TypeCode: "TOEFL", Test: "ITP", Score: ptr(100)}, "", unknown},
		{"a score of a type without", CertificateInput{TypeCode: "JLPT", Test: "JLPT", Score: ptr(100)}, "", unknown},
	}
	for i, tt := range tests {
		c, err := s.draft(t.Context(), u, fmt.Sprintf("00000000-0000-4000-8000-%012d", i), tt.in)
		if !errors.Is(err, tt.err) && (err != nil || tt.err != nil) {
			t.Errorf("%s: %v", tt.what, err)
			continue
		}
		if tt.err != nil {
			continue
		}
		v, err := s.Certificate(t.Context(), u, c.Ref)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if v.Reached != nil {
			got = v.Reached.Code
		}
		if got != tt.want {
			t.Errorf("%s: level %q, want %q", tt.what, got, tt.want)
		}
	}
	err := s.sql.Exec("UPDATE certificates SET level_code = 'iBT-42' WHERE type_code = 'JLPT'").Error
	if !record.Violates(err, "certificates_level_of_type") {
		t.Errorf("the database takes a level of another type: %v", err)
	}
}

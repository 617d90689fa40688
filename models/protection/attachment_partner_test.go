package protection

import (
	"errors"
	"testing"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
)

// lent is a case with three files of which one lies before an office, with its reference and that of one that does not.
func (s *deskStore) lent(t testing.TB) (token string, office record.User, referral, shown, hidden string) {
	t.Helper()
	f := cry()
	token, r := s.file(t, f)
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	kept, err := s.Attach(t.Context(), token, recording("satu"), recording("dua"))
	if err != nil {
		t.Fatal(err)
	}
	s.checked(t)
	office = s.partner(t, "BP3MI Contoh")
	in := s.input(t, r.Ref, office)
	in.Files = []string{kept[0].Ref}
	if err := s.Refer(t.Context(), s.rina, s.now(t, r.Ref), in); err != nil {
		t.Fatal(err)
	}
	return token, office, s.referred(t).Ref, kept[0].Ref, kept[1].Ref
}

// An office hears the files that were chosen for it and no others, while it may see the case; each look is written down.
func TestOfficeHearsChosenFilesAlone(t *testing.T) {
	s := newDoor(t)
	_, office, referral, shown, hidden := s.lent(t)
	hears := func(u record.User, file string) error {
		_, err := s.PartnerAttachment(t.Context(), u, referral, file, 0)
		return err
	}
	d, err := s.PartnerCase(t.Context(), office, referral)
	if err != nil || len(d.Files) != 1 || d.Files[0].Ref != shown || d.Files[0].Name != "satu.m4a" || len(d.People) != 0 || d.Story != "" {
		t.Fatalf("%+v, %v", d, err)
	}
	if err := hears(office, shown); err != nil {
		t.Fatal(err)
	}
	for who, err := range map[string]error{
		"what was not chosen": hears(office, hidden), "another office": hears(s.partner(t, "KBRI Contoh"), shown),
		"an officer": hears(s.rina, shown), "nobody": hears(record.User{}, shown),
	} {
		if !errors.Is(err, record.ErrNotFound) {
			t.Errorf("%s: %v", who, err)
		}
	}
	if n := s.rows(t, "audit_rows WHERE action = 'referral_file_seen' AND actor_id = ?", office.ID); n != 1 {
		t.Errorf("%d looks are written down", n)
	}
	own, err := s.Referrals(t.Context(), s.rina, d.CaseRef)
	if err != nil || own.Referrals[0].Files != 1 || len(own.Files) != 2 {
		t.Errorf("the desk reads %d lent of %d, %v", own.Referrals[0].Files, len(own.Files), err)
	}
}

// A withdrawn consent, a referral that is taken back, its end and a file that its giver took away each end what an office
// hears at its next request.
func TestOfficeHearsNothingAfterTheEnd(t *testing.T) {
	for name, end := range map[string]func(s *deskStore, token, ref, referral, file string) error{
		"consent": func(s *deskStore, token, _, _, _ string) error {
			o, err := s.OwnCase(t.Context(), token)
			if err != nil {
				return err
			}
			if len(o.Readers) != 1 || o.Readers[0].Files != 1 {
				t.Errorf("the person reads %+v", o.Readers)
			}
			return s.WithdrawConsent(t.Context(), token, o.Readers[0].Consent)
		},
		"taken back": func(s *deskStore, _, ref, referral, _ string) error {
			return s.WithdrawReferral(t.Context(), s.rina, s.now(t, ref), referral, "Salah kantor.")
		},
		"its day": func(s *deskStore, _, _, _, _ string) error {
			s.pass(31 * 24 * time.Hour)
			return nil
		},
		"the file": func(s *deskStore, token, _, _, file string) error { return s.RemoveOwn(t.Context(), token, file) },
	} {
		s := newDoor(t)
		token, office, referral, shown, _ := s.lent(t)
		var ref string
		if err := s.sql.Raw("SELECT ref FROM cases").Scan(&ref).Error; err != nil {
			t.Fatal(err)
		}
		if err := end(s, token, ref, referral, shown); err != nil {
			t.Fatal(name, err)
		}
		if _, err := s.PartnerAttachment(t.Context(), office, referral, shown, 0); !errors.Is(err, record.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A file of another case, one that nobody has looked into, and one that is gone are put before no office.
func TestOnlyGoodFilesOfTheCaseAreReferred(t *testing.T) {
	s := newDoor(t)
	token, r := s.file(t, cry())
	other, _ := s.file(t, cry())
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	foreign, err := s.Attach(t.Context(), other, recording("lain"))
	if err != nil {
		t.Fatal(err)
	}
	s.checked(t)
	waiting, err := s.Attach(t.Context(), token, recording("baru"))
	if err != nil {
		t.Fatal(err)
	}
	office := s.partner(t, "BP3MI Contoh")
	for name, file := range map[string]string{"another case": foreign[0].Ref, "waiting": waiting[0].Ref, "gone": "LK-TIDAKADA"} {
		in := s.input(t, r.Ref, office, ShowStory)
		in.Files = []string{file}
		if err := s.Refer(t.Context(), s.rina, s.now(t, r.Ref), in); !errors.Is(err, ErrReferFile) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := s.rows(t, "case_referrals"); n != 0 {
		t.Errorf("%d referrals", n)
	}
	in := s.input(t, r.Ref, office)
	if err := s.Refer(t.Context(), s.rina, s.now(t, r.Ref), in); !errors.Is(err, ErrNoParts) && !errors.Is(err, models.ErrStale) {
		t.Errorf("neither parts nor files: %v", err)
	}
}

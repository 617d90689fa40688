package protection

import (
	"errors"
	"testing"
	"time"

	"naikkelas/models/record"
)

// No sheet goes to an office whose people read here, however its name is typed: it is not before them without their knowing.
func TestNoSheetForAnOfficeWithAccounts(t *testing.T) {
	s := newDoor(t)
	s.partner(t, "Dinas Contoh Jawa Tengah")
	ref := s.takenByRina(t, cry())
	in := s.onPaper(t, ref, KindTransfer, ShowStory)
	in.OfficeName = " dinas CONTOH jawa tengah"
	if err := s.Transfer(t.Context(), s.rina, s.now(t, ref), in); !errors.Is(err, ErrOfficeReads) {
		t.Errorf("%v", err)
	}
	if n := s.rows(t, "case_referrals"); n != 0 {
		t.Errorf("%d were sent", n)
	}
}

// What went on paper stays on paper when somebody of that office gets an account: our officers answer for it.
func TestSheetStaysOnPaperOnceTheOfficeHasAccounts(t *testing.T) {
	s := newDoor(t)
	ref := s.takenByRina(t, cry())
	in := s.onPaper(t, ref, KindTransfer, ShowStory)
	in.Person, in.How, in.WithoutConsent, in.Why = "", "", true, "Tidak bisa dihubungi."
	if err := s.Transfer(t.Context(), s.rina, s.now(t, ref), in); err != nil {
		t.Fatal(err)
	}
	mitra := s.partner(t, in.OfficeName)
	told := s.rows(t, "notices WHERE dedupe LIKE 'referral:%'")
	if err := s.AgreeReferral(t.Context(), s.hana, s.now(t, ref), s.referred(t).Ref, true); err != nil {
		t.Fatal(err)
	}
	p := s.referred(t)
	if n := s.rows(t, "notices WHERE dedupe LIKE 'referral:%'"); n != told {
		t.Errorf("%d letters tell of it", n-told)
	}
	if list, err := s.PartnerList(t.Context(), mitra); err != nil || len(list) != 0 {
		t.Errorf("it stands in their list: %+v, %v", list, err)
	}
	if _, err := s.PartnerCase(t.Context(), mitra, p.Ref); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("they read it: %v", err)
	}
	if err := s.AcceptTransfer(t.Context(), mitra, p, "Andi", s.clock().Add(time.Hour)); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("they accept it: %v", err)
	}
	answer := SheetAnswer{State: ReferralAccepted, SaidBy: "Bu Contoh", Source: "Surat", Leads: "Pak Contoh", Due: s.due(ActorPartner)}
	if err := s.RecordAnswer(t.Context(), s.rina, s.now(t, ref), p.Ref, answer); err != nil || s.caseRow(t, ref).OfficeID == nil {
		t.Errorf("answered for on paper: %v", err)
	}
}

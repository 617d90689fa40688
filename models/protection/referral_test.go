package protection

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"naikkelas/models"
	"naikkelas/models/record"
)

// partner adds somebody of an office.
func (s *deskStore) partner(t testing.TB, office string) record.User {
	t.Helper()
	email := record.FoldEmail(record.NewWord() + "@contoh.example")
	err := s.core.SeedDemo(t.Context(), nil, []models.DemoAccount{{
		User: record.User{Role: record.Partner, Name: "Mitra " + office, Email: &email, PasswordHash: "-"}, Office: office, OfficeKind: "bp3mi",
	}})
	var u record.User
	if err == nil {
		err = s.sql.Take(&u, "email = ?", email).Error
	}
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (s *deskStore) officeRef(t testing.TB, u record.User) string {
	t.Helper()
	o, err := s.core.PartnerOfficeOf(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	return o.Ref
}

func (s *deskStore) subject(t testing.TB, ref string) string {
	t.Helper()
	var p Person
	if err := s.sql.Take(&p, "part = 'subject' AND case_id = (SELECT id FROM cases WHERE ref = ?)", ref).Error; err != nil {
		t.Fatal(err)
	}
	return p.Ref
}

// input refers the parts with the consent of the person concerned.
func (s *deskStore) input(t testing.TB, ref string, u record.User, parts ...string) ReferralInput {
	t.Helper()
	return ReferralInput{Office: s.officeRef(t, u), Parts: parts, Ask: "Mohon paspor pengganti.", Until: s.clock().Add(30 * 24 * time.Hour),
		Person: s.subject(t, ref), How: "spoken"}
}

// referred is the newest referral, as its page shows it.
func (s *deskStore) referred(t testing.TB) PartnerPress {
	t.Helper()
	var r Referral
	if err := s.sql.Order("id DESC").Take(&r).Error; err != nil {
		t.Fatal(err)
	}
	return PartnerPress{Ref: r.Ref, Version: r.Version, Form: uuid.NewString()}
}

// A whole way: referred with consent, accepted, logged, finished; then the desk acts and the office sees nothing.
func TestReferralFromSendingToItsEnd(t *testing.T) {
	s := newDoor(t)
	bp3mi, other := s.partner(t, "BP3MI Contoh"), s.partner(t, "Dinas Sosial Contoh")
	ref := s.takenByRina(t, cry())
	if err := s.Refer(t.Context(), s.rina, s.now(t, ref), s.input(t, ref, bp3mi, ShowWho, ShowStory)); err != nil {
		t.Fatal(err)
	}
	told, all := s.rows(t, "notices WHERE template = 'referral' AND user_id = ?", bp3mi.ID), s.rows(t, "notices WHERE template = 'referral'")
	if told != 1 || all != 1 {
		t.Errorf("the people of the office were told %d times, all %d", told, all)
	}
	p := s.referred(t)
	d, err := s.PartnerCase(t.Context(), bp3mi, p.Ref)
	if err != nil || d.Story == "" || len(d.People) != 1 || d.People[0].Reach != nil || len(d.Events) != 0 || d.Ask == "" {
		t.Errorf("%+v, %v", d, err)
	}
	if _, err := s.PartnerCase(t.Context(), other, p.Ref); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("another office: %v", err)
	}
	if err := s.AcceptReferral(t.Context(), bp3mi, p, s.clock().Add(-time.Hour)); !errors.Is(err, ErrDuePast) {
		t.Errorf("accepted until yesterday: %v", err)
	}
	steps := []func(PartnerPress) error{
		func(p PartnerPress) error {
			return s.AcceptReferral(t.Context(), bp3mi, p, s.clock().Add(48*time.Hour))
		},
		func(p PartnerPress) error {
			return s.LogOutcome(t.Context(), bp3mi, p, "SPLP terbit.", Due{ActorExternal, s.clock().Add(72 * time.Hour)})
		},
		func(p PartnerPress) error { return s.FinishReferral(t.Context(), bp3mi, p, "Sudah terbang.") },
	}
	for n, step := range steps {
		p := s.referred(t)
		for press := range 2 { // the second press does nothing
			if err := step(p); err != nil && (press == 0 || !errors.Is(err, record.ErrNotFound)) {
				t.Fatalf("step %d, press %d: %v", n, press, err)
			}
		}
	}
	if n := s.rows(t, "case_events WHERE kind IN ('partner_accepted', 'partner_logged', 'partner_done')"); n != 3 {
		t.Errorf("%d events", n)
	}
	if _, err := s.PartnerCase(t.Context(), bp3mi, p.Ref); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("after its end: %v", err)
	}
	c, err := s.CaseFor(t.Context(), s.rina, ref, true)
	if err != nil || c.NextActor != ActorLead || c.DueAt == nil {
		t.Errorf("%+v, %v", c.Case, err)
	}
	list, err := s.PartnerList(t.Context(), bp3mi)
	if err != nil || len(list) != 1 || list[0].Lives || list[0].State != ReferralDone {
		t.Errorf("%+v, %v", list, err)
	}
}

// Two people of an office press accept at once: one wins, the other hears that it changed.
func TestTwoAcceptAtOnce(t *testing.T) {
	s := newDoor(t)
	one := s.partner(t, "BP3MI Contoh")
	two := s.partner(t, "BP3MI Contoh")
	ref := s.takenByRina(t, cry())
	if err := s.Refer(t.Context(), s.rina, s.now(t, ref), s.input(t, ref, one, ShowStory)); err != nil {
		t.Fatal(err)
	}
	p := s.referred(t)
	results := make([]error, 2)
	var all sync.WaitGroup
	for i, u := range []record.User{one, two} {
		all.Go(func() {
			results[i] = s.AcceptReferral(t.Context(), u, PartnerPress{p.Ref, p.Version, uuid.NewString()}, s.clock().Add(time.Hour))
		})
	}
	all.Wait()
	if (results[0] == nil) == (results[1] == nil) || !errors.Is(errors.Join(results...), models.ErrStale) {
		t.Errorf("%v", results)
	}
}

// Without consent a second officer has to agree to the reason, and who referred it cannot.
func TestComplaint04ReferralWithoutConsentNeedsASecondOfficer(t *testing.T) {
	s := newDoor(t)
	bp3mi := s.partner(t, "BP3MI Contoh")
	ref := s.takenByRina(t, cry())
	in := s.input(t, ref, bp3mi, ShowStory)
	in.Person, in.How, in.WithoutConsent = "", "", true
	if err := s.Refer(t.Context(), s.rina, s.now(t, ref), in); err == nil {
		t.Error("a referral without consent and without a reason was taken")
	}
	in.Why = "Tidak bisa dihubungi, nyawa terancam."
	if err := s.Refer(t.Context(), s.rina, s.now(t, ref), in); err != nil {
		t.Fatal(err)
	}
	p := s.referred(t)
	if list, err := s.PartnerList(t.Context(), bp3mi); err != nil || len(list) != 0 {
		t.Errorf("the office sees what was only proposed: %v, %v", list, err)
	}
	if err := s.AgreeReferral(t.Context(), s.rina, s.now(t, ref), p.Ref, true); !errors.Is(err, ErrNotYours) {
		t.Errorf("by who referred it: %v", err)
	}
	if err := s.AgreeReferral(t.Context(), s.joko, s.now(t, ref), p.Ref, true); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PartnerCase(t.Context(), bp3mi, p.Ref); err != nil {
		t.Errorf("after two agreed: %v", err)
	}
}

// A consent that is withdrawn on the page of the case ends what the office sees at its next press, and the desk hears.
func TestWithdrawnConsentEndsAccess(t *testing.T) {
	s := newDoor(t)
	bp3mi := s.partner(t, "BP3MI Contoh")
	f := cry()
	token, r := s.file(t, f)
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	if err := s.Refer(t.Context(), s.rina, s.now(t, r.Ref), s.input(t, r.Ref, bp3mi, ShowStory)); err != nil {
		t.Fatal(err)
	}
	p := s.referred(t)
	o, err := s.OwnCase(t.Context(), token)
	if err != nil || len(o.Readers) != 1 || o.Readers[0].Office != "BP3MI Contoh" || o.Readers[0].Consent == "" {
		t.Fatalf("%+v, %v", o.Readers, err)
	}
	other, _ := s.file(t, cry())
	if err := s.WithdrawConsent(t.Context(), other, o.Readers[0].Consent); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("by somebody else: %v", err)
	}
	for range 2 {
		if err := s.WithdrawConsent(t.Context(), token, o.Readers[0].Consent); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.AcceptReferral(t.Context(), bp3mi, p, s.clock().Add(time.Hour)); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("the office accepts: %v", err)
	}
	c, err := s.CaseFor(t.Context(), s.rina, r.Ref, true)
	if err != nil || c.NextActor != ActorLead || c.Events[0].Kind != EventConsentOver {
		t.Errorf("%+v, %v", c.Case, err)
	}
}

// Over offices, parts, consents, states and time nobody of an office reads what was not chosen for it, and nothing at
// all without a right.
func TestComplaint05OfficesReadWhatWasChosenAndNothingElse(t *testing.T) {
	s := newDoor(t)
	offices := []record.User{s.partner(t, "BP3MI Contoh"), s.partner(t, "Perwakilan Contoh"), s.partner(t, "UPT Contoh")}
	rapid.Check(t, func(r *rapid.T) {
		token, receipt := s.file(t, cry())
		answers := Answers{Name: "NAMA-RAHASIA", Village: "DESA-RAHASIA"}
		spoke := Contact{Person: s.subject(t, receipt.Ref), Channel: "phone", Text: "LOG-RAHASIA", Due: s.due(ActorLead)}
		err := errors.Join(s.TellMore(t.Context(), token, uuid.NewString(), answers), s.Take(t.Context(), s.rina, s.now(t, receipt.Ref)),
			s.Note(t.Context(), s.rina, s.now(t, receipt.Ref), "CATATAN-RAHASIA"),
			s.LogContact(t.Context(), s.rina, s.now(t, receipt.Ref), spoke),
			s.PlanHome(t.Context(), s.rina, s.now(t, receipt.Ref), ReturnProblem, s.due(ActorLead)),
			s.SaveHomeStep(t.Context(), s.rina, s.now(t, receipt.Ref), s.flies("RENCANA-RAHASIA")),
			s.SaveHomeStep(t.Context(), s.rina, s.now(t, receipt.Ref), s.step(HomePapers, "underway", "SURAT-RAHASIA")))
		if err != nil {
			r.Fatal(err)
		}
		parts := rapid.SliceOfNDistinct(rapid.SampledFrom(Shown()), 1, 4, rapid.ID).Draw(r, "parts")
		to := rapid.IntRange(0, 2).Draw(r, "office")
		over := TransferInput{ReferralInput: s.input(t, receipt.Ref, offices[to], parts...)}
		over.Kind = rapid.SampledFrom([]string{KindRefer, KindTransfer}).Draw(r, "kind")
		over.Keeps = rapid.SampledFrom([]string{KeepsOn, KeepsEnds}).Draw(r, "keeps")
		if err := s.Transfer(t.Context(), s.rina, s.now(t, receipt.Ref), over); err != nil {
			r.Fatal(err)
		}
		p := s.referred(t)
		lives := true
		switch rapid.IntRange(0, 5).Draw(r, "then") {
		case 5:
			if over.Kind == KindTransfer {
				err = s.AcceptTransfer(t.Context(), offices[to], p, "Andi", s.clock().Add(time.Hour))
			}
		case 1:
			lives, err = false, s.WithdrawReferral(t.Context(), s.rina, s.now(t, receipt.Ref), p.Ref, "Salah kantor.")
		case 2:
			lives = false
			s.pass(31 * 24 * time.Hour)
		case 3:
			lives, err = false, s.RefuseReferral(t.Context(), offices[to], p, "not_ours", "")
		case 4:
			o, ownErr := s.OwnCase(t.Context(), token)
			err = errors.Join(ownErr, s.WithdrawConsent(t.Context(), token, o.Readers[0].Consent))
			lives = false
		}
		if err != nil {
			r.Fatal(err)
		}
		for i, u := range append(slices.Clone(offices), s.rina, s.admin, record.User{}) {
			says, err := s.shownTo(t, u, p.Ref)
			if (err == nil) != (lives && i == to) {
				r.Fatalf("office %d of %d, lives %v: %v", i, to, lives, err)
			}
			for secret, part := range secretsOfACase {
				if strings.Contains(says, secret) != (err == nil && slices.Contains(parts, part)) {
					r.Errorf("office %d, parts %v: %s is shown: %v", i, parts, secret, strings.Contains(says, secret))
				}
			}
		}
	})
}

// secretsOfACase are words of the case below, by the part that shows them.
var secretsOfACase = map[string]string{
	"NAMA-RAHASIA": ShowWho, "DESA-RAHASIA": ShowWho, "5550 1234": ShowReach, "Paspor saya": ShowStory,
	"Contoh HK":       ShowStory, // the country, which stands in the list too
	"RENCANA-RAHASIA": ShowPlan, "SURAT-RAHASIA": ShowPapers, "LOG-RAHASIA": ShowLog, "CATATAN-RAHASIA": "nobody's",
}

// shownTo is all that page and list of an office say of a referral.
func (s *deskStore) shownTo(t testing.TB, u record.User, ref string) (says string, err error) {
	t.Helper()
	d, err := s.PartnerCase(t.Context(), u, ref)
	says = fmt.Sprintf("%+v", d)
	list, _ := s.PartnerList(t.Context(), u) // of who is no partner it is empty
	for _, row := range list {
		if row.Ref == ref {
			says += fmt.Sprintf("%+v", row)
		}
	}
	for _, person := range d.People {
		if person.Reach != nil {
			says += person.Reach.Address
		}
	}
	return says, err
}

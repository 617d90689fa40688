package protection

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// contacted writes down that Rina spoke with somebody on a case.
func (s *deskStore) contacted(t testing.TB, ref, person, text string) {
	t.Helper()
	in := Contact{Person: person, Channel: "phone", Reached: true, Text: text, Due: s.due(ActorLead)}
	if err := s.LogContact(t.Context(), s.rina, s.now(t, ref), in); err != nil {
		t.Fatal(err)
	}
}

// Neither on its page nor on paper does an office read what the desk spoke about with who reported, or with an employer.
func TestLogShowsAnOfficeContactsWithWhomItHappensTo(t *testing.T) {
	s := newDoor(t)
	f := cry()
	f.Door = DoorFamily
	ref := s.takenByRina(t, f)
	boss := NewPerson{Part: PartEmployer, Name: "Contoh Majikan"}
	if err := s.AddPerson(t.Context(), s.rina, s.now(t, ref), boss); err != nil {
		t.Fatal(err)
	}
	var employer Person
	if err := s.sql.Take(&employer, "part = ?", PartEmployer).Error; err != nil {
		t.Fatal(err)
	}
	s.contacted(t, ref, s.subject(t, ref), "KATA-KORBAN")
	s.contacted(t, ref, s.reporter(t, ref), "RAHASIA-PELAPOR")
	s.contacted(t, ref, employer.Ref, "RAHASIA-MAJIKAN")
	s.contacted(t, ref, "", "RAHASIA-ORANG-LAIN")
	bp3mi := s.partner(t, "BP3MI Contoh")
	if err := s.Refer(t.Context(), s.rina, s.now(t, ref), s.input(t, ref, bp3mi, ShowLog)); err != nil {
		t.Fatal(err)
	}
	page, err := s.PartnerCase(t.Context(), bp3mi, s.referred(t).Ref)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Transfer(t.Context(), s.rina, s.now(t, ref), s.onPaper(t, ref, KindRefer, ShowLog)); err != nil {
		t.Fatal(err)
	}
	sheet, err := s.Sheet(t.Context(), s.rina, ref, s.referred(t).Ref)
	if err != nil {
		t.Fatal(err)
	}
	for name, d := range map[string]PartnerCase{"page": page, "sheet": sheet} {
		if says := fmt.Sprintf("%+v", d.Events); !strings.Contains(says, "KATA-KORBAN") || strings.Contains(says, "RAHASIA") {
			t.Errorf("the %s says %s", name, says)
		}
	}
}

// Where a shelter is, whose it is and who said so goes to no office, by whatever parts and way.
func TestNoOfficeReadsWhereAShelterIs(t *testing.T) {
	s := newDoor(t)
	token, r := s.file(t, cry())
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	s.plans(t, r.Ref, ReturnProblem)
	shelter := s.step(HomeShelter, StepDone, "RAHASIA-YAYASAN")
	shelter.Place, shelter.Number, shelter.Source = "RAHASIA-JALAN 7", "RAHASIA-KAMAR", "RAHASIA-PENGURUS"
	bp3mi := s.partner(t, "BP3MI Contoh")
	err := errors.Join(s.SaveHomeStep(t.Context(), s.rina, s.now(t, r.Ref), shelter),
		s.SaveHomeStep(t.Context(), s.rina, s.now(t, r.Ref), s.flies("KJRI")),
		s.Refer(t.Context(), s.rina, s.now(t, r.Ref), s.input(t, r.Ref, bp3mi, Shown()...)))
	if err != nil {
		t.Fatal(err)
	}
	page, err := s.PartnerCase(t.Context(), bp3mi, s.referred(t).Ref)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Transfer(t.Context(), s.rina, s.now(t, r.Ref), s.onPaper(t, r.Ref, KindTransfer, Shown()...)); err != nil {
		t.Fatal(err)
	}
	sheet, err := s.Sheet(t.Context(), s.rina, r.Ref, s.referred(t).Ref)
	if err != nil {
		t.Fatal(err)
	}
	for name, says := range map[string]string{
		"office": fmt.Sprintf("%+v", page.Home), "sheet": fmt.Sprintf("%+v", sheet.Home), "person": s.readsOfHome(t, token),
	} {
		if strings.Contains(says, "RAHASIA") || !strings.Contains(says, "GA 857") || !strings.Contains(says, HomeShelter) {
			t.Errorf("%s: %s", name, says)
		}
	}
	d, err := s.CaseFor(t.Context(), s.rina, r.Ref, false)
	if err != nil {
		t.Fatal(err)
	}
	if step, _ := d.Home.Step(HomeShelter); step.Place == "" || step.Who == "" || step.Source == "" {
		t.Errorf("the desk reads %+v", step)
	}
}

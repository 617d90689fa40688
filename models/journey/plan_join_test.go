package journey

import (
	"errors"
	"testing"

	"github.com/google/uuid"

	"naikkelas/models/record"
)

// join links an account to Suparmi's by two officers.
func (s *planStore) join(t testing.TB, u record.User) {
	t.Helper()
	s.exec(t, `INSERT INTO account_joins (ref, joined_id, into_id, asked_by, asked_at, why, undone_why, agreed, answered_by, answered_at)
		VALUES (?, ?, ?, ?, now(), '-', '', true, ?, now())`,
		record.NewRef("GA"), u.ID, s.suparmi.ID, s.rina.ID, s.person(t, record.Officer, "Joko").ID)
}

// A plan that was kept under an account that is joined into one's own is read and acted on as if it were of it: by its person, by
// officers, by the calendar and by the line. Letters go to the account under which it is read, and separated it is as before.
func TestPlanOfAJoinedAccount(t *testing.T) {
	s := newPlans(t)
	s.rule(t, koreaNeeds()...)
	old := s.person(t, record.Seeker, "Suparmi lama")
	if err := s.Choose(t.Context(), old, Way{Route: "G_TO_G", Country: "KR"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.OwnPlan(t.Context(), s.suparmi); !errors.Is(err, record.ErrNotFound) {
		t.Fatalf("before they are joined: %v", err)
	}
	s.join(t, old)
	file := s.upload(t, old)
	in := ItemInput{State: Done, On: dayAt(s.clock()), Expires: dayAt(s.clock().AddDate(0, 0, 5)), Upload: file,
		Version: s.item(t, "PASPOR").Item.Version}
	if err := s.Record(t.Context(), s.suparmi, "PASPOR", in); err != nil {
		t.Fatal(err)
	}
	if err := s.Choose(t.Context(), s.suparmi, Way{Route: "PERSEORANGAN", Country: "DE"}); err != nil {
		t.Fatal(err)
	}
	if err := s.PlanDeparture(t.Context(), s.suparmi, dayAt(s.clock().AddDate(0, 6, 0))); err != nil {
		t.Fatal(err)
	}
	if n := s.count(t, "readiness_plans"); n != 1 || s.own(t).UserID != old.ID || s.own(t).Country != "DE" {
		t.Errorf("%d plans, %+v", n, s.own(t).Plan)
	}
	l, line, err := s.OwnItem(t.Context(), s.suparmi, "PASPOR")
	if err != nil || line.Item.Proof != ProofFile || len(l.Changes) != 1 || !l.Changes[0].Own {
		t.Errorf("%+v %+v: %v", line.Item, l.Changes, err)
	}
	if _, list, err := s.PlanForOfficer(t.Context(), s.rina, s.suparmi.Ref); err != nil || list.ID != l.ID {
		t.Errorf("for an officer: %v", err)
	}
	if now, err := s.OwnLine(t.Context(), s.suparmi, "id"); err != nil || now.Plan.Needed != 4 || now.Plan.DepartsOn == nil {
		t.Errorf("on the line: %+v, %v", now.Plan, err)
	}
	token, err := s.MakeCalendar(t.Context(), s.suparmi)
	if days, _, err2 := s.Calendar(t.Context(), token); err != nil || err2 != nil || len(days) == 0 {
		t.Errorf("in the calendar: %v %v %v", days, err, err2)
	}
	s.days(6)
	if line := s.item(t, "PASPOR"); line.Item.State != Expired {
		t.Errorf("%+v", line.Item)
	}
	if n := s.count(t, "notices WHERE template = 'plan_expired' AND user_id = ?", s.suparmi.ID); n != 1 {
		t.Errorf("%d letters to the account that reads it", n)
	}
	s.exec(t, "UPDATE account_joins SET undone_at = now(), undone_by = asked_by, undone_why = 'Keliru'")
	if _, err := s.OwnPlan(t.Context(), s.suparmi); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("separated: %v", err)
	}
	if l, err := s.OwnPlan(t.Context(), old); err != nil || l.Country != "DE" {
		t.Errorf("separated: %+v, %v", l.Plan, err)
	}
}

// A plan of one's own stands before that of a joined account, whose letters stay its own until it is the one that is read.
func TestOwnPlanStandsBeforeAJoinedOne(t *testing.T) {
	s := planned(t, koreaNeeds()...)
	old := s.person(t, record.Seeker, "Suparmi lama")
	if err := s.Choose(t.Context(), old, Way{Route: "PERSEORANGAN", Country: "DE"}); err != nil {
		t.Fatal(err)
	}
	s.join(t, old)
	joined, err := s.OwnPlan(t.Context(), old)
	if err != nil || s.own(t).UserID != s.suparmi.ID {
		t.Fatalf("%+v: %v", s.own(t).Plan, err)
	}
	reader := func() int64 {
		t.Helper()
		u, err := s.planReaderOf(t.Context(), joined.ID)
		if err != nil {
			t.Fatal(err)
		}
		return u.ID
	}
	if reader() != old.ID {
		t.Error("letters about a plan that is not shown go to who reads another one")
	}
	if err := s.ClosePlan(t.Context(), s.suparmi, s.own(t).Version); err != nil {
		t.Fatal(err)
	}
	if s.own(t).ID != joined.ID || reader() != s.suparmi.ID {
		t.Error("the plan of the joined account is not read once it is the only one")
	}
}

// What was paid stays to be read after the plan was closed, more can be written down, and what was written down by mistake goes.
func TestPaymentsOutliveTheirPlan(t *testing.T) {
	s := newPlans(t)
	s.rule(t, koreaNeeds()...)
	if _, err := s.Costs(t.Context(), s.suparmi); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("without a plan: %v", err)
	}
	pay := func(amount int64) {
		t.Helper()
		err := s.AddPayment(t.Context(), s.suparmi, PaymentInput{Token: uuid.NewString(), Payee: "Calo", Purpose: "Biaya",
			PaidOn: *dayAt(s.clock()), Amount: amount})
		if err != nil {
			t.Fatal(err)
		}
	}
	old := s.person(t, record.Seeker, "Suparmi lama")
	if err := s.Choose(t.Context(), old, Way{Route: "G_TO_G", Country: "KR"}); err != nil {
		t.Fatal(err)
	}
	s.join(t, old)
	pay(100)
	if err := s.ClosePlan(t.Context(), s.suparmi, s.own(t).Version); err != nil {
		t.Fatal(err)
	}
	pay(20)
	c, err := s.Costs(t.Context(), s.suparmi)
	if err != nil || c.Open || c.Sum != 120 || len(c.Now) != 2 || c.Now[0].Payee != "Calo" || c.Names.Country.ID != "Korea Selatan" {
		t.Fatalf("%+v: %v", c, err)
	}
	if err := s.Choose(t.Context(), s.suparmi, Way{Route: "PERSEORANGAN", Country: "DE"}); err != nil {
		t.Fatal(err)
	}
	pay(3)
	if c, err = s.Costs(t.Context(), s.suparmi); err != nil || !c.Open || c.Sum != 3 || c.Spent != 120 || len(c.Before) != 2 {
		t.Fatalf("%+v: %v", c, err)
	}
	if err := s.RemovePayment(t.Context(), s.suparmi, c.Before[0].Ref); err != nil {
		t.Fatal(err)
	}
	if c, err = s.Costs(t.Context(), s.suparmi); err != nil || len(c.Before) != 1 {
		t.Errorf("%+v: %v", c, err)
	}
}

// A file that goes from the library leaves what it proved done by its person's own word, with a line in the history, and no link to
// nothing; what it proves is known before.
func TestDeletedFileProvesNothing(t *testing.T) {
	s := planned(t, koreaNeeds()...)
	file := s.upload(t, s.suparmi)
	in := ItemInput{State: Done, On: dayAt(s.clock()), Number: "X1", Upload: file, Version: s.item(t, "PASPOR").Item.Version}
	if err := s.Record(t.Context(), s.suparmi, "PASPOR", in); err != nil {
		t.Fatal(err)
	}
	err := s.AddPayment(t.Context(), s.suparmi, PaymentInput{Token: uuid.NewString(), Payee: "Imigrasi", Purpose: "Paspor",
		PaidOn: *dayAt(s.clock()), Amount: 350_000, Upload: file})
	if err != nil {
		t.Fatal(err)
	}
	u, err := s.core.Upload(t.Context(), s.suparmi, file)
	if err != nil {
		t.Fatal(err)
	}
	uses, err := s.FileUses(t.Context(), s.suparmi, []int64{u.ID})
	if list := uses[u.ID]; err != nil || len(list) != 2 || list[0].Name.ID != "PASPOR" || !list[0].Open || list[1].Amount != 350_000 {
		t.Fatalf("%+v: %v", uses, err)
	}
	if uses, err := s.FileUses(t.Context(), s.person(t, record.Seeker, "Budi"), []int64{u.ID}); err != nil || len(uses) != 0 {
		t.Errorf("another person reads %+v: %v", uses, err)
	}
	if err := s.core.DeleteUpload(t.Context(), s.suparmi, file); err != nil {
		t.Fatal(err)
	}
	l, line, err := s.OwnItem(t.Context(), s.suparmi, "PASPOR")
	if err != nil || line.Item.State != Done || line.Item.Proof != ProofOwn || line.Item.UploadID != nil || line.Item.Number != "X1" {
		t.Errorf("%+v: %v", line.Item, err)
	}
	if c := l.Changes[0]; c.What != itemFileGone || !c.Own || c.Was != Done || c.Becomes != Done {
		t.Errorf("%+v", c)
	}
	if c, err := s.Costs(t.Context(), s.suparmi); err != nil || c.Now[0].UploadRef != "" {
		t.Errorf("%+v: %v", c.Now, err)
	}
	s.backFromTheBin(t, file)
}

// backFromTheBin takes the file back into the library: it proves again what nothing else was said of meanwhile.
func (s *planStore) backFromTheBin(t *testing.T, file string) {
	t.Helper()
	if err := s.core.RestoreUpload(t.Context(), s.suparmi, file); err != nil {
		t.Fatal(err)
	}
	l, line, err := s.OwnItem(t.Context(), s.suparmi, "PASPOR")
	if err != nil || line.Item.Proof != ProofFile || line.Item.UploadID == nil || l.Changes[0].What != itemFileBack {
		t.Errorf("%+v, %+v: %v", line.Item, l.Changes[0], err)
	}
	if c, err := s.Costs(t.Context(), s.suparmi); err != nil || c.Now[0].UploadRef != file {
		t.Errorf("%+v: %v", c.Now, err)
	}
	if err := s.core.DeleteUpload(t.Context(), s.suparmi, file); err != nil {
		t.Fatal(err)
	}
	in := ItemInput{State: UnderWay, Version: s.item(t, "PASPOR").Item.Version}
	if err := s.Record(t.Context(), s.suparmi, "PASPOR", in); err != nil {
		t.Fatal(err)
	}
	if err := s.core.RestoreUpload(t.Context(), s.suparmi, file); err != nil {
		t.Fatal(err)
	}
	if i := s.item(t, "PASPOR").Item; i.State != UnderWay || i.UploadID != nil {
		t.Errorf("what was said meanwhile is %+v", i)
	}
}

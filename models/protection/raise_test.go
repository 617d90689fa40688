package protection

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/models"
	"naikkelas/models/record"
)

// trouble is that of somebody in Hong Kong of whom nothing was heard.
func (s *deskStore) trouble(t testing.TB, why string) models.Trouble {
	t.Helper()
	u := record.User{
		Ref: record.NewRef("OR"), Role: record.Seeker, Name: "Suparmi", Language: "id", CreatedAt: s.at,
		Email: new(uuid.NewString() + "@contoh.example"),
	}
	if err := s.sql.Create(&u).Error; err != nil {
		t.Fatal(err)
	}
	from, to := 18, 22
	return models.Trouble{
		Form: uuid.NewString(), Why: why, Person: u, Country: "HK", Place: "Dekat stasiun Contoh", Story: "Tidak ada kabar.",
		Way:       record.Way{Channel: "phone", Address: "+85255501234"},
		Rule:      record.ContactRule{Allowed: true, MayLeaveMessage: true, FromHour: &from, ToHour: &to},
		Relatives: []models.TrustedPerson{{Name: "Sari", Relation: "kakak", Way: record.Way{Channel: "phone", Address: "+6281255500011"}}},
	}
}

func (s *deskStore) raise(t testing.TB, in models.Trouble) (models.Raised, Case, []Person) {
	t.Helper()
	var out models.Raised
	err := s.Store.db.Transact(t.Context(), "test", func(db *record.DB) (err error) {
		out, err = Raise(t.Context(), db, in)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var c Case
	var people []Person
	if err := s.sql.Take(&c, "ref = ?", out.Ref).Error; err != nil {
		t.Fatal(err)
	}
	if err := s.sql.Order("id").Find(&people, "case_id = ?", c.ID).Error; err != nil {
		t.Fatal(err)
	}
	return out, c, people
}

// A case of somebody of whom nothing was heard has the clock and the alarm of the door and the person's own word on how to
// reach them; it is nobody's account's, and raised twice it is one.
func TestRaisedCaseIsAsFromTheDoor(t *testing.T) {
	s := newDoor(t)
	in := s.trouble(t, models.TroubleSilent)
	out, c, people := s.raise(t, in)
	if out.Token != "" || c.Door != DoorCheckin || c.Urgency != UrgencyUrgent || c.State != CaseNew || c.NextActor != ActorDuty ||
		c.DueAt == nil || c.DueAt.After(s.at.Add(24*time.Hour)) {
		t.Errorf("raised %+v: %+v", out, c)
	}
	if len(people) != 2 || people[0].Part != PartSubject || people[0].UserID != nil || people[1].Part != PartRelative {
		t.Fatalf("people %+v", people)
	}
	r, err := s.reachOf(people[0])
	// From six to ten in the evening in Jakarta it is from seven to eleven there: no part of the day is allowed whole.
	if err != nil || r.Channel != ChannelSMS || r.Address != "+85255501234" || len(r.Hours) != 0 || !r.MayLeaveMessage || r.MayNameUs {
		t.Errorf("reached by %+v, %v", r, err)
	}
	name, err := s.opened(people[1].NameSealed, "case_people", people[1].ID, "name_sealed")
	if err != nil || name != "Sari" {
		t.Errorf("the relative is %q, %v", name, err)
	}
	var alarms, sessions int64
	s.sql.Model(&Alarm{}).Where("case_id = ?", c.ID).Count(&alarms)
	s.sql.Model(&HelpSession{}).Count(&sessions)
	if alarms != 1 || sessions != 0 {
		t.Errorf("%d alarms, %d help sessions", alarms, sessions)
	}
	again, _, people := s.raise(t, in)
	if again.Ref != out.Ref || len(people) != 2 {
		t.Errorf("raised again: %+v with %d people", again, len(people))
	}
}

// Who openly asks for help may read number and PIN; a sign that nobody near may see opens nothing where it was given, leaves
// no message, and is about a life. An account is tied where that was agreed to.
func TestRaisedCaseByHelpAndBySignal(t *testing.T) {
	s := newDoor(t)
	out, c, _ := s.raise(t, s.trouble(t, models.TroubleHelp))
	if r, err := s.Receipt(t.Context(), out.Token); err != nil || r.Ref != c.Ref || r.PIN == "" {
		t.Errorf("the receipt of who asked for help: %+v, %v", r, err)
	}
	in := s.trouble(t, models.TroubleSignal)
	in.Ties = true
	out, c, people := s.raise(t, in)
	r, err := s.reachOf(people[0])
	if err != nil || out.Token != "" || c.Urgency != UrgencyLife || !c.Sensitive || r.MayLeaveMessage || r.Channel != ChannelUnsaid ||
		people[0].UserID == nil || *people[0].UserID != in.Person.ID {
		t.Errorf("by a sign: %+v %+v %+v, %v", out, c, r, err)
	}
}

// The hours that somebody allowed on the portal's clock become the parts of the day where they are.
func TestHoursOfARuleBecomeThoseOfThePlace(t *testing.T) {
	from, to := 4, 20
	rule := record.ContactRule{Allowed: true, MayLeaveMessage: true, FromHour: &from, ToHour: &to}
	w := record.Way{Channel: "email", Address: "ani@contoh.example"}
	got := reachBy(w, rule, zoneOf("HK"), noon)
	if len(got.Hours) != 2 || got.Hours[0] != HoursMorning || got.Hours[1] != HoursDay || got.Channel != ChannelEmail {
		t.Errorf("hours %v by %s", got.Hours, got.Channel)
	}
	if unknown := reachBy(w, rule, nil, noon); len(unknown.Hours) != 0 {
		t.Errorf("hours %v at an unknown clock", unknown.Hours)
	}
	rule.FromHour, rule.ToHour, rule.Allowed = nil, nil, false
	if got := reachBy(w, rule, nil, noon); got.Channel != ChannelUnsaid || got.MayLeaveMessage || got.Hours[0] != HoursAny {
		t.Errorf("where nobody may be reached: %+v", got)
	}
}

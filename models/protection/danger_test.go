package protection

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/models/record"
)

// inDanger is a form of somebody who is in danger now.
func inDanger(door Door) Filing {
	f := cry()
	f.Door, f.Danger = door, DangerNow
	return f
}

// A second press at any door leads back to who wrote, with their PIN and their rights, and no one else's.
func TestSecondPressAtEachDoorIsTheSamePerson(t *testing.T) {
	s := newDoor(t)
	for _, door := range Doors() {
		f := cry()
		f.Door = door
		first, one := s.file(t, f)
		second, two := s.file(t, f)
		a, errA := s.OwnCase(t.Context(), first)
		b, errB := s.OwnCase(t.Context(), second)
		same := one.PIN != "" && one.PIN == two.PIN && a.Part == b.Part && b.ForOthers == door.ForOthers()
		if err := errors.Join(errA, errB); err != nil || !same {
			t.Errorf("%s: PIN %q and %q, %s and %s, %v", door, one.PIN, two.PIN, a.Part, b.Part, err)
		}
	}
}

// Who writes a number and skips by what they may be reached has not said that nobody may call.
func TestSkippedChannelIsNoRefusal(t *testing.T) {
	s := newDoor(t)
	f := inDanger(DoorAbroad)
	f.Reach = Reach{Address: "+852 5550 9999"}
	_, r := s.file(t, f)
	s.goesOnDuty(t, s.rina, 8)
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	d, err := s.CaseFor(t.Context(), s.rina, r.Ref, false)
	if err != nil || d.People[0].Silent() || d.People[0].Channel != ChannelUnsaid {
		t.Fatalf("%+v, %v", d.People, err)
	}
	if address, err := s.Reveal(t.Context(), s.rina, r.Ref, d.People[0].Ref); err != nil || address != "+852 5550 9999" {
		t.Errorf("%q, %v", address, err)
	}
}

// Where somebody wants no contact the head alone sees the address.
func TestAddressOfWhoWantsNoContact(t *testing.T) {
	s := newDoor(t)
	token, r := s.file(t, cry())
	err := errors.Join(s.Take(t.Context(), s.rina, s.now(t, r.Ref)), s.StopContact(t.Context(), token))
	if err != nil {
		t.Fatal(err)
	}
	person := s.subject(t, r.Ref)
	if _, err := s.Reveal(t.Context(), s.rina, r.Ref, person); !errors.Is(err, ErrSilent) {
		t.Errorf("the lead: %v", err)
	}
	if _, err := s.Reveal(t.Context(), s.hana, r.Ref, person); err != nil {
		t.Errorf("the head: %v", err)
	}
}

// An office that acts after the person has cried for help does not take the turn from the desk, nor give it more time.
func TestOfficeDoesNotPutACryOff(t *testing.T) {
	s := newDoor(t)
	bp3mi := s.partner(t, "BP3MI Contoh")
	token, r := s.file(t, inDanger(DoorAbroad))
	s.goesOnDuty(t, s.rina, 8)
	err := errors.Join(s.Take(t.Context(), s.rina, s.now(t, r.Ref)),
		s.Refer(t.Context(), s.rina, s.now(t, r.Ref), s.input(t, r.Ref, bp3mi, ShowStory)),
		s.Write(t.Context(), token, uuid.NewString(), "Tolong sekarang."))
	if err != nil {
		t.Fatal(err)
	}
	var before, after Case
	if err := s.sql.Take(&before, "ref = ?", r.Ref).Error; err != nil {
		t.Fatal(err)
	}
	if err := s.AcceptReferral(t.Context(), bp3mi, s.referred(t), s.clock().Add(20*24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := s.sql.Take(&after, "ref = ?", r.Ref).Error; err != nil {
		t.Fatal(err)
	}
	if after.NextActor != ActorLead || !after.DueAt.Equal(*before.DueAt) {
		t.Errorf("%s by %s, before %s", after.NextActor, after.DueAt, before.DueAt)
	}
}

// A word of somebody in danger alarms who holds the case, and one that comes after the end alarms as well.
func TestWordsThatCannotWaitAlarm(t *testing.T) {
	s := newDoor(t)
	s.goesOnDuty(t, s.rina, 4)
	token, r := s.file(t, inDanger(DoorAbroad))
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	s.alarms(t)
	s.pass(5 * time.Hour) // Rina's shift is over, Joko's begins
	s.goesOnDuty(t, s.joko, 8)
	s.file(t, cry())
	s.alarms(t)
	token2, err := s.Enter(t.Context(), r.Ref, r.PIN, "198.51.100.4")
	if err != nil {
		t.Fatal(token, err)
	}
	before := len(s.told(t))
	if err := s.Write(t.Context(), token2, uuid.NewString(), "Mereka datang."); err != nil {
		t.Fatal(err)
	}
	s.pass(6 * time.Minute)
	s.alarms(t)
	if got := s.told(t)[before:]; said(got) != "[Rina email]" {
		t.Errorf("told %v", got)
	}
}

// What is late and seen by its team alone comes to who holds it and to the head at once.
func TestLateSensitiveCaseComesToTheHead(t *testing.T) {
	s := newDoor(t)
	s.goesOnDuty(t, s.rina, 20)
	_, r := s.file(t, inDanger(DoorAbroad))
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	s.alarms(t)
	before := len(s.told(t))
	s.pass(2*time.Hour + time.Minute)
	s.alarms(t)
	if got := s.told(t)[before:]; said(got) != "[Rina email Hana email]" {
		t.Errorf("told %v", got)
	}
}

// An officer's own hours do not hold an alarm back; where their rule withholds it, the head hears in their place.
func TestAlarmsReachSomebodyWhateverTheirRules(t *testing.T) {
	s := newDoor(t)
	from, to := 8, 9 // it is noon
	way := record.Way{Channel: "email", Address: *s.rina.Email}
	rule := record.DefaultContactRule()
	rule.UserID, rule.SetBy, rule.FromHour, rule.ToHour = s.rina.ID, s.rina.ID, &from, &to
	if err := s.db.PutContactRule(t.Context(), way, rule); err != nil {
		t.Fatal(err)
	}
	s.goesOnDuty(t, s.rina, 8)
	s.file(t, cry())
	s.alarms(t)
	const waiting = `notices n
		JOIN river_job j ON j.args ->> 'notice_id' = n.id::text
		WHERE n.template = 'case_alarm'
			AND j.scheduled_at > ?`
	if n := s.rows(t, waiting, s.clock().Add(time.Minute)); n != 0 {
		t.Errorf("%d alarms wait for an hour", n)
	}
	for _, w := range []record.Way{way, {Channel: "phone", Address: "+6281255501234"}} {
		rule.Allowed = false
		if err := s.db.PutContactRule(t.Context(), w, rule); err != nil {
			t.Fatal(err)
		}
	}
	s.pass(10 * time.Minute)
	s.file(t, cry())
	s.alarms(t)
	s.hand(t)
	if got := s.told(t); got[len(got)-1] != "Hana email" || s.rows(t, "case_alarms WHERE told_at IS NULL") != 0 {
		t.Errorf("told %v", got)
	}
}

// Life in danger waits for no shift, and a case whose urgency rises to life is due within its term, with an alarm.
func TestLifeWaitsForNoShift(t *testing.T) {
	s := newDoor(t)
	later := NewShift{Officer: s.rina.Ref, Phone: "+6281255501234", StartsAt: s.clock().Add(20 * 24 * time.Hour),
		EndsAt: s.clock().Add(20*24*time.Hour + 8*time.Hour), Token: uuid.NewString()}
	if err := s.AddShift(t.Context(), s.hana, later); err != nil {
		t.Fatal(err)
	}
	s.file(t, inDanger(DoorAbroad))
	if n := s.rows(t, "cases WHERE due_at = ?", s.clock().Add(2*time.Hour)); n != 1 {
		t.Errorf("a case of life waits for the next shift")
	}
	ref := s.takenByRina(t, cry())
	j := Judgement{Urgency: UrgencyLife, Trafficking: TraffickingNotAssessed, Why: "Disekap."}
	if err := s.Judge(t.Context(), s.rina, s.now(t, ref), j); err != nil {
		t.Fatal(err)
	}
	if n := s.rows(t, "cases WHERE ref = ? AND due_at <= ? AND next_actor = 'lead'", ref, s.clock().Add(2*time.Hour)); n != 1 {
		t.Error("a case that became urgent has its old hour")
	}
	if n := s.rows(t, "case_alarms WHERE reason = 'urgent' AND level = 'lead'"); n != 1 {
		t.Errorf("%d alarms", n)
	}
}

// A late case does not become punctual by changing hands.
func TestLateCaseStaysLate(t *testing.T) {
	s := newDoor(t)
	ref := s.takenByRina(t, cry())
	s.pass(30 * time.Hour)
	if err := s.Assign(t.Context(), s.rina, s.now(t, ref), s.joko.Ref, "Berbahasa Kanton."); err != nil {
		t.Fatal(err)
	}
	if n := s.rows(t, "cases WHERE due_at < ?", s.clock()); n != 1 {
		t.Error("it is on time now")
	}
}

// Two people at one address who only press that they are in danger are two, though their old phones name no form.
func TestTwoCriesWithoutWordsAreTwoCases(t *testing.T) {
	s := newDoor(t)
	f := Filing{Door: DoorNearby, Danger: DangerNow, Language: "id", From: "203.0.113.7"}
	_, one := s.file(t, f)
	_, two := s.file(t, f)
	if one.Ref == two.Ref || one.PIN == two.PIN {
		t.Errorf("both are %s", one.Ref)
	}
}

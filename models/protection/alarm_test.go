package protection

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/models/record"
)

// alarms runs the two steps that come round each minute.
func (s *deskStore) alarms(t testing.TB) {
	t.Helper()
	for _, step := range []func(context.Context) (bool, error){s.AlarmOfLate, s.TellAlarms} {
		for more := true; more; {
			var err error
			if more, err = step(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// hand marks the letters that wait as handed over, as the job would, and has the alarms look.
func (s *deskStore) hand(t testing.TB) {
	t.Helper()
	err := s.sql.Exec("UPDATE notices SET state = 'handed_over', sent_at = ?, sealed = NULL WHERE state = 'queued'", s.clock()).Error
	if err != nil {
		t.Fatal(err)
	}
	s.alarms(t)
}

// told lists who was written to, in order.
func (s *deskStore) told(t testing.TB) (list []string) {
	t.Helper()
	err := s.sql.Raw(`SELECT u.name || ' ' || n.channel
		FROM notices n
		JOIN users u ON u.id = n.user_id
		WHERE n.template = 'case_alarm'
		ORDER BY n.id`).Scan(&list).Error
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func (s *deskStore) goesOnDuty(t testing.TB, u record.User, hours int) {
	t.Helper()
	err := s.AddShift(t.Context(), s.hana, NewShift{Officer: u.Ref, Phone: "+6281255501234", StartsAt: s.clock(),
		EndsAt: s.clock().Add(time.Duration(hours) * time.Hour), Token: uuid.NewString()})
	if err != nil {
		t.Fatal(err)
	}
}

func said(list []string) string { return fmt.Sprint(list) }

// Who is on duty hears of a new case at once, at the phone of the shift, and the head only of what stays late.
func TestComplaint17OfficerOnDutyIsAlarmedThenTheHead(t *testing.T) {
	s := newDoor(t)
	s.goesOnDuty(t, s.rina, 12)
	f := cry()
	f.Danger = DangerNow
	s.file(t, f)
	s.alarms(t)
	want := "[Rina phone Rina email]"
	if got := said(s.told(t)); got != want {
		t.Fatalf("told %s", got)
	}
	s.pass(119 * time.Minute) // the term of a case of life
	s.alarms(t)
	if got := said(s.told(t)); got != want {
		t.Errorf("before its hour: %s", got)
	}
	s.pass(2 * time.Minute)
	s.alarms(t)
	want = "[Rina phone Rina email Rina phone Rina email]"
	if got := said(s.told(t)); got != want {
		t.Errorf("after its hour: %s", got)
	}
	for range 40 { // each once, however often the steps run
		s.pass(time.Minute)
		s.alarms(t)
	}
	want = "[Rina phone Rina email Rina phone Rina email Hana email]"
	if got := said(s.told(t)); got != want {
		t.Errorf("half an hour later: %s", got)
	}
}

// With nobody on duty the head is alarmed at once.
func TestHeadIsAlarmedWhileNobodyIsOnDuty(t *testing.T) {
	s := newDoor(t)
	s.file(t, cry())
	s.alarms(t)
	if got := said(s.told(t)); got != "[Hana email]" {
		t.Errorf("told %s", got)
	}
}

// Many forms are one alarm in five minutes, with a count, and none is forgotten.
func TestAlarmsAreCountedTogether(t *testing.T) {
	s := newDoor(t)
	s.goesOnDuty(t, s.rina, 12)
	s.file(t, cry())
	s.alarms(t)
	for range 7 {
		s.file(t, cry())
		s.pass(10 * time.Second)
		s.alarms(t)
	}
	if got := len(s.told(t)); got != 2 {
		t.Errorf("%d letters within five minutes", got)
	}
	s.pass(5 * time.Minute)
	s.alarms(t)
	if got := len(s.told(t)); got != 4 {
		t.Errorf("%d letters after five minutes", got)
	}
	if n := s.rows(t, "case_alarms WHERE tried_at IS NULL"); n != 0 {
		t.Errorf("%d alarms were told to nobody", n)
	}
	var sealed record.Notice
	if err := s.sql.Order("id DESC").Take(&sealed).Error; err != nil {
		t.Fatal(err)
	}
	l, err := s.core.NoticeLetter(t.Context(), sealed.ID)
	if err != nil || l.Data["Waiting"] != "7" {
		t.Errorf("the letter counts %q, %v", l.Data["Waiting"], err)
	}
}

// With neither an officer nor a head the alarm waits, and is told once there is somebody; a step that dies tells nobody
// and loses nothing.
func TestComplaint18AlarmsWaitForSomebody(t *testing.T) {
	s := newDoor(t)
	if err := s.core.EndDuty(t.Context(), s.admin, s.hana.Ref, record.DutyHead, "Pindah"); err != nil {
		t.Fatal(err)
	}
	s.file(t, cry())
	s.alarms(t)
	if n := s.rows(t, "case_alarms WHERE told_at IS NULL"); n != 1 || len(s.told(t)) != 0 {
		t.Fatalf("%d wait, told %v", n, s.told(t))
	}
	if err := s.core.GiveDuty(t.Context(), s.admin, s.joko.Ref, record.DutyHead, "Surat tugas"); err != nil {
		t.Fatal(err)
	}
	dead, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.TellAlarms(dead); err == nil {
		t.Fatal("a step that was cut off ended well")
	}
	s.alarms(t)
	if got := said(s.told(t)); got != "[Joko email]" {
		t.Errorf("told %s", got)
	}
}

// Over ninety days each hour that is missed alarms each level once.
func TestComplaint09AlarmsOverNinetyDays(t *testing.T) {
	s := newDoor(t)
	s.goesOnDuty(t, s.rina, 24)
	token, _ := s.file(t, cry())
	s.alarms(t)
	if err := s.Write(t.Context(), token, uuid.NewString(), "Masih di sini."); err != nil {
		t.Fatal(err)
	}
	for range 90 * 2 {
		s.pass(12 * time.Hour)
		s.alarms(t)
		s.hand(t)
	}
	for level, want := range map[string]int{LevelDuty: 2, LevelHead: 1} { // filed and late; late
		if n := s.rows(t, "case_alarms WHERE level = ? AND told_at IS NOT NULL", level); n != want {
			t.Errorf("%s: %d alarms, want %d", level, n, want)
		}
	}
	if n := s.rows(t, "cases WHERE due_at < ? AND state = 'new'", s.clock()); n != 1 {
		t.Errorf("a late case vanished")
	}
}

// An alarm counts as told when a letter about it was handed over. While letters are on their way no others are written;
// where none can reach anybody any more, others are, to the heads as well, and each once.
func TestComplaint02AlarmIsToldWhenItIsHandedOver(t *testing.T) {
	const again = "[Rina phone Rina email Rina phone Rina email Hana email]"
	for name, tt := range map[string]struct {
		becomes string // of the first letters
		later   time.Duration
		told    string
	}{
		"on their way":                  {"state = 'failed', error = 'x'", time.Hour, "[Rina phone Rina email]"},
		"refused for good":              {"state = 'failed', refused_at = now()", time.Minute, again},
		"came back":                     {"state = 'failed', sent_at = now()", time.Minute, again},
		"could not leave for six hours": {"state = 'failed', error = 'x'", 7 * time.Hour, again},
		"held after a restore":          {"state = 'held'", time.Minute, again},
	} {
		t.Run(name, func(t *testing.T) {
			s := newDoor(t)
			s.goesOnDuty(t, s.rina, 12)
			s.file(t, cry())
			s.alarms(t)
			if err := s.sql.Exec("UPDATE notices SET " + tt.becomes).Error; err != nil {
				t.Fatal(err)
			}
			s.pass(tt.later)
			for range 3 {
				s.alarms(t)
			}
			if got := said(s.told(t)); got != tt.told {
				t.Errorf("told %s, want %s", got, tt.told)
			}
			if n := s.rows(t, "case_alarms WHERE told_at IS NOT NULL"); n != 0 {
				t.Errorf("%d count as told", n)
			}
			s.hand(t)
			if n := s.rows(t, "case_alarms WHERE told_at IS NULL"); (n == 0) != (tt.told != "[Rina phone Rina email]") {
				t.Errorf("%d wait after the letters left", n)
			}
			before := len(s.told(t))
			for range 30 {
				s.pass(time.Minute)
				s.alarms(t)
			}
			if after := len(s.told(t)); after != before {
				t.Errorf("%d letters more", after-before)
			}
		})
	}
}

// Each wish alarms, though the hour of the case stays the same: a closing that was refused and then a referral, two who ask
// for a case, a danger that passed and came back.
func TestEachWishAlarms(t *testing.T) {
	s := newDoor(t)
	f := cry()
	f.Danger = DangerNow
	ref := s.takenByRina(t, f)
	due := s.caseRow(t, ref).DueAt
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		s.pass(time.Second)
	}
	alarmed := func(want int, which string) {
		t.Helper()
		if n := s.rows(t, "case_alarms WHERE "+which); n != want {
			t.Errorf("%d alarms with %s, want %d", n, which, want)
		}
	}
	do(s.Close(t.Context(), s.rina, s.now(t, ref), "returned", "Sudah di rumah."))
	do(s.AnswerClosing(t.Context(), s.hana, s.now(t, ref), false, "Belum dihubungi."))
	in := s.input(t, ref, s.partner(t, "Dinas Contoh"), ShowStory)
	in.Person, in.How, in.WithoutConsent, in.Why = "", "", true, "Tidak bisa ditanya."
	do(s.Refer(t.Context(), s.rina, s.now(t, ref), in))
	alarmed(2, "reason = 'second' AND level = 'head'")
	for _, u := range []Urgency{UrgencyNormal, UrgencyLife, UrgencyNormal, UrgencyLife} {
		do(s.Judge(t.Context(), s.rina, s.now(t, ref), Judgement{Urgency: u, Trafficking: TraffickingNotAssessed, Why: "Kata tetangga."}))
	}
	alarmed(2, "reason = 'urgent'")
	if err := s.sql.Exec("UPDATE cases SET sensitive = false").Error; err != nil {
		t.Fatal(err)
	}
	a := s.askedFor(t, s.joko, ref)
	do(nil)
	do(s.AskFor(t.Context(), s.hana, s.now(t, ref), "Saya di dekatnya."))
	desk, err := s.Cases(t.Context(), s.rina, CaseFilter{Tab: TabMine})
	if err != nil || len(desk.Rows) != 1 || desk.Rows[0].Asks != 2 {
		t.Errorf("%+v, %v", desk.Rows, err)
	}
	do(s.AnswerAsk(t.Context(), s.rina, s.now(t, ref), a.Ref, false, "still_working"))
	s.askedFor(t, s.joko, ref)
	alarmed(3, "reason = 'second' AND level = 'lead'")
	if c := s.caseRow(t, ref); !c.DueAt.Equal(*due) {
		t.Errorf("the hour moved from %s to %s", due, c.DueAt)
	}
}

// After its term a closed case keeps what counts, and nothing of anybody.
func TestClosedCasesAreStripped(t *testing.T) {
	s := newDoor(t)
	token, _ := s.file(t, cry())
	if err := s.Write(t.Context(), token, uuid.NewString(), "Terima kasih."); err != nil {
		t.Fatal(err)
	}
	s.file(t, cry())
	err := s.sql.Exec(`UPDATE cases
		SET state = 'closed', closed_at = ?, outcome = 'helped', next_actor = '', waiting_since = NULL, due_at = NULL
		WHERE id = (SELECT min(id) FROM cases)`, s.clock()).Error
	if err != nil {
		t.Fatal(err)
	}
	strip := func() {
		t.Helper()
		if _, err := s.StripCases(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	s.pass(1824 * 24 * time.Hour)
	strip()
	if n := s.rows(t, "case_people"); n != 2 {
		t.Errorf("before its term: %d people", n)
	}
	s.pass(2 * 24 * time.Hour)
	strip()
	if people, messages, left := s.rows(t, "case_people"), s.rows(t, "case_messages"),
		s.rows(t, "cases WHERE story_sealed IS NOT NULL OR stripped_at IS NULL"); people != 1 || messages != 0 || left != 1 {
		t.Errorf("%d people, %d messages, %d cases with a story", people, messages, left)
	}
}

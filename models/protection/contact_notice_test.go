package protection

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
)

var everyWay = Ways{Phones: true, Neutral: true}

// reachable is a form of somebody in Hong Kong, where it is an hour later than in Jakarta, who may be told by a channel.
func reachable(channel Channel, address string, hours ...string) Filing {
	f := cry()
	f.Reach = Reach{Channel: channel, Address: address, Hours: hours, MayLeaveMessage: true, MayNameUs: true}
	return f
}

// answered is a case that Rina holds and on which she has written to whoever wrote.
func (s *deskStore) answered(t testing.TB, f Filing) (token, ref string) {
	t.Helper()
	token, r := s.file(t, f)
	err := errors.Join(s.Take(t.Context(), s.rina, s.now(t, r.Ref)), s.writes(t, r.Ref))
	if err != nil {
		t.Fatal(err)
	}
	return token, r.Ref
}

// writes has Rina write to who reads on the case.
func (s *deskStore) writes(t testing.TB, ref string) error {
	t.Helper()
	var p Person
	if err := s.sql.Order("id").Take(&p, "pin_index IS NOT NULL AND case_id = (SELECT id FROM cases WHERE ref = ?)", ref).Error; err != nil {
		t.Fatal(err)
	}
	return s.Answer(t.Context(), s.rina, s.now(t, ref), p.Ref, "Kami menelepon besok.", s.due(ActorPerson))
}

// lastNotice is the newest notice of all cases.
func (s *deskStore) lastNotice(t testing.TB) (n Notice) {
	t.Helper()
	if err := s.sql.Order("id DESC").Take(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// asks runs the step that comes round each minute.
func (s *deskStore) asks(t testing.TB) {
	t.Helper()
	if _, err := s.AskForNotices(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// A notice leaves by itself only by SMS or e-mail, where a message may be left, in hours that are known to be safe and by
// the clock of the place; what may not leave is an officer's to do, and who wants no contact is left alone.
func TestComplaint07NoticeKeepsThePersonsWord(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*Filing)
		state  string
		why    string
		wait   time.Duration // from noon in Jakarta, one o'clock there
	}{
		"SMS at any hour": {nil, NoticeWaiting, "", 0},
		"e-mail by day": {func(f *Filing) {
			f.Reach = reachable(ChannelEmail, "ani@contoh.example", HoursDay).Reach
		}, NoticeWaiting, "", 0},
		"in the evening there":  {func(f *Filing) { f.Reach.Hours = []string{HoursEvening} }, NoticeWaiting, "", 4 * time.Hour},
		"in the morning there":  {func(f *Filing) { f.Reach.Hours = []string{HoursMorning} }, NoticeWaiting, "", 17 * time.Hour},
		"hours unsaid":          {func(f *Filing) { f.Reach.Hours = nil }, NoticeByHand, "hours", 0},
		"clock unknown":         {func(f *Filing) { f.Reach.Hours, f.Door = []string{HoursDay}, DoorFamily }, NoticeByHand, "hours", 0},
		"WhatsApp":              {func(f *Filing) { f.Reach.Channel = ChannelWhatsApp }, NoticeByHand, "channel", 0},
		"telephone":             {func(f *Filing) { f.Reach.Channel = ChannelPhone }, NoticeByHand, "channel", 0},
		"over somebody trusted": {func(f *Filing) { f.Reach.Channel, f.Reach.Address = ChannelTrusted, "Bu Nur" }, NoticeByHand, "channel", 0},
		"way unsaid":            {func(f *Filing) { f.Reach.Channel = "" }, NoticeByHand, "channel", 0},
		"nothing may be left":   {func(f *Filing) { f.Reach.MayLeaveMessage = false }, NoticeByHand, "no_message", 0},
		"no address to write to": {func(f *Filing) {
			f.Reach.Channel, f.Reach.Address = ChannelEmail, "ani di pasar"
		}, NoticeByHand, "address", 0},
		"no number":               {func(f *Filing) { f.Reach.Address = "tetangga" }, NoticeByHand, "address", 0},
		"nobody may":              {func(f *Filing) { f.Reach = Reach{Channel: ChannelNone} }, NoticeRefused, "silent", 0},
		"no address, way unsaid":  {func(f *Filing) { f.Reach = Reach{} }, NoticeRefused, "address", 0},
		"not named, SMS, any day": {func(f *Filing) { f.Reach.MayNameUs = false }, NoticeWaiting, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := newDoor(t)
			f := reachable(ChannelSMS, "+852 5123 4567", HoursAny)
			if tt.change != nil {
				tt.change(&f)
			}
			_, ref := s.answered(t, f)
			n := s.lastNotice(t)
			if n.State != tt.state || n.Why != tt.why || !n.DueAt.Equal(noon.Add(tt.wait)) {
				t.Errorf("%s %q at %s, want %s %q at %s", n.State, n.Why, n.DueAt, tt.state, tt.why, noon.Add(tt.wait))
			}
			wantJob := 0
			if tt.state == NoticeWaiting {
				wantJob = 1
			}
			if got := s.rows(t, "river_job WHERE kind = 'send_case_notice'"); got != wantJob {
				t.Errorf("%d jobs send it", got)
			}
			wantNext := ActorPerson
			if tt.state == NoticeByHand {
				wantNext = ActorLead // and not the person, as the officer wrote: nobody has told them
			}
			if got := s.rows(t, "cases WHERE ref = ? AND next_actor = ?", ref, wantNext); got != 1 {
				t.Errorf("it is not the turn of %s", wantNext)
			}
		})
	}
}

// The word that counts is that of the moment at which a notice leaves.
func TestNoticeAsksAgainWhenItLeaves(t *testing.T) {
	never := func(*testing.T, *deskStore, string) error { return nil }
	for name, tt := range map[string]struct {
		meanwhile func(t *testing.T, s *deskStore, token string) error
		ways      Ways
		state     string
		why       string
	}{
		"nothing changed": {never, everyWay, NoticeWaiting, ""},
		"they want no contact": {func(t *testing.T, s *deskStore, token string) error {
			return s.StopContact(t.Context(), token)
		}, everyWay, NoticeRefused, "silent"},
		"another channel is safe": {func(t *testing.T, s *deskStore, token string) error {
			return s.SetReach(t.Context(), token, Reach{Channel: ChannelPhone, Address: "+852 5123 4567", Hours: []string{HoursAny}})
		}, everyWay, NoticeByHand, "channel"},
		"they read it": {func(t *testing.T, s *deskStore, token string) error {
			_, err := s.OwnCase(t.Context(), token)
			return err
		}, everyWay, NoticeRead, ""},
		"no phones here": {never, Ways{Neutral: true}, NoticeByHand, "no_way"},
		"nobody may be named": {func(t *testing.T, s *deskStore, token string) error {
			r := reachable(ChannelSMS, "+852 5123 4567", HoursAny).Reach
			r.MayNameUs = false
			return s.SetReach(t.Context(), token, r)
		}, Ways{Phones: true}, NoticeByHand, "no_sender"},
		"days passed": {func(_ *testing.T, s *deskStore, _ string) error {
			s.pass(noticeUseful + time.Minute)
			return nil
		}, everyWay, NoticeFailed, "late"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newDoor(t)
			token, _ := s.answered(t, reachable(ChannelSMS, "+852 5123 4567", HoursAny))
			if err := tt.meanwhile(t, s, token); err != nil {
				t.Fatal(err)
			}
			l, err := s.DueNotice(t.Context(), s.lastNotice(t).ID, tt.ways)
			leaves := tt.state == NoticeWaiting
			if n := s.lastNotice(t); n.State != tt.state || n.Why != tt.why || leaves != (err == nil) || leaves != (l.Address != "") {
				t.Errorf("%s %q, %+v, %v", n.State, n.Why, l, err)
			}
			if asked := s.rows(t, "case_events WHERE kind = 'by_hand'"); (asked == 1) != (tt.state == NoticeByHand) {
				t.Errorf("%d times an officer is asked", asked)
			}
		})
	}
}

// Outside the hours a notice waits, however often it is tried, and it is nobody's fault meanwhile.
func TestNoticeWaitsForTheHoursOfThePlace(t *testing.T) {
	s := newDoor(t)
	s.answered(t, reachable(ChannelSMS, "+852 5123 4567", HoursEvening)) // from four in the afternoon in Jakarta
	for range 3 {
		_, err := s.DueNotice(t.Context(), s.lastNotice(t).ID, everyWay)
		early, ok := errors.AsType[*record.TooEarly](err)
		if !ok || !s.clock().Add(early.Wait).Equal(noon.Add(4*time.Hour)) {
			t.Fatalf("%v at %s", err, s.clock())
		}
		s.pass(time.Hour)
		s.asks(t)
	}
	s.pass(time.Hour)
	if _, err := s.DueNotice(t.Context(), s.lastNotice(t).ID, everyWay); err != nil {
		t.Error(err)
	}
	if n := s.rows(t, "case_events WHERE kind = 'notice_missing'"); n != 0 {
		t.Errorf("%d times it counted as missing while it waited", n)
	}
}

// Several messages before a notice leaves are one notice; a new one comes after it left.
func TestMessagesTogetherAreOneNotice(t *testing.T) {
	s := newDoor(t)
	_, ref := s.answered(t, reachable(ChannelSMS, "+852 5123 4567", HoursEvening))
	if err := s.writes(t, ref); err != nil {
		t.Fatal(err)
	}
	if n := s.rows(t, "case_notices"); n != 1 {
		t.Errorf("%d notices", n)
	}
	err := errors.Join(s.MarkNotice(t.Context(), s.lastNotice(t).ID, "", nil, false), s.writes(t, ref))
	if n := s.rows(t, "case_notices"); n != 2 || err != nil {
		t.Errorf("%d notices, %v", n, err)
	}
}

// What nobody reported as delivered within half an hour counts as not delivered, and an officer hears of it, once; a
// report that comes later mends it.
func TestComplaint02NoticeWithoutReportReachesAnOfficer(t *testing.T) {
	s := newDoor(t)
	_, ref := s.answered(t, reachable(ChannelSMS, "+852 5123 4567", HoursAny))
	n := s.lastNotice(t)
	if err := s.MarkNotice(t.Context(), n.ID, "", nil, false); err != nil {
		t.Fatal(err)
	}
	s.pass(reportWithin - time.Second)
	s.asks(t)
	if got := s.lastNotice(t).State; got != NoticeHanded {
		t.Fatalf("it is %s before its time", got)
	}
	s.pass(2 * time.Second)
	for range 5 {
		s.asks(t)
		s.pass(time.Minute)
	}
	asked := s.rows(t, "case_events WHERE kind = 'notice_missing' AND next_actor = 'lead' AND due_at IS NOT NULL")
	turn := s.rows(t, "cases WHERE ref = ? AND next_actor = 'lead' AND due_at > ?", ref, s.clock())
	if got := s.lastNotice(t).State; got != NoticeMissing || asked != 1 || turn != 1 {
		t.Fatalf("%s, asked %d times, %d", got, asked, turn)
	}
	for range 2 {
		if err := s.ReportNotice(t.Context(), models.NoticeReport{Key: n.Key, Delivered: true}); err != nil {
			t.Fatal(err)
		}
	}
	s.asks(t)
	if got := s.lastNotice(t); got.State != NoticeDelivered || got.DeliveredAt == nil {
		t.Errorf("after the report it is %s", got.State)
	}
	if n := s.rows(t, "case_events WHERE kind = 'notice_arrived'"); n != 1 {
		t.Errorf("%d times it arrived", n)
	}
}

// What its carrier refuses, or cannot take for half an hour, is an officer's matter as well; what goes on being tried may
// still arrive.
func TestNoticeThatCannotLeaveReachesAnOfficer(t *testing.T) {
	broken := errors.New("out of service")
	for _, refused := range []bool{true, false} {
		t.Run(fmt.Sprint("refused ", refused), func(t *testing.T) {
			s := newDoor(t)
			s.answered(t, reachable(ChannelEmail, "ani@contoh.example", HoursAny))
			n := s.lastNotice(t)
			if err := s.MarkNotice(t.Context(), n.ID, "x", broken, refused); err != nil {
				t.Fatal(err)
			}
			s.asks(t)
			if got := s.rows(t, "case_events WHERE kind = 'notice_missing'"); (got == 1) != refused {
				t.Errorf("%d times at once", got)
			}
			s.pass(reportWithin)
			s.asks(t)
			if got := s.rows(t, "case_events WHERE kind = 'notice_missing'"); got != 1 {
				t.Errorf("%d times after half an hour", got)
			}
			err := s.MarkNotice(t.Context(), n.ID, "x", nil, false)
			if got := s.lastNotice(t).State; err != nil || refused != (got == NoticeFailed) || !refused && got != NoticeHanded {
				t.Errorf("it is %s, %v", got, err)
			}
		})
	}
}

// An officer who reaches somebody has done what no notice could; one who tried in vain has not.
func TestReachingByHandIsDone(t *testing.T) {
	s := newDoor(t)
	_, ref := s.answered(t, reachable(ChannelWhatsApp, "+852 5123 4567", HoursAny))
	for _, reached := range []bool{false, true} {
		err := s.LogContact(t.Context(), s.rina, s.now(t, ref), Contact{
			Person: s.subject(t, ref), Channel: "whatsapp", Reached: reached, Text: "Ditelepon.", Due: s.due(ActorPerson),
		})
		if got := s.lastNotice(t).State; err != nil || (got == NoticeReached) != reached {
			t.Errorf("reached %t: %s, %v", reached, got, err)
		}
	}
}

// handsTo checks the newest notice, and how often an officer was asked to reach somebody.
func (s *deskStore) handsTo(t testing.TB, state string, asked int) {
	t.Helper()
	if n := s.lastNotice(t); n.State != state {
		t.Errorf("the notice is %s %s, want %s", n.State, n.Why, state)
	}
	if n := s.rows(t, "case_events WHERE kind = 'by_hand'"); n != asked {
		t.Errorf("an officer was asked %d times, want %d", n, asked)
	}
}

// Each word that nothing tells of by itself is the officer's turn, not the first one alone; what the person read, or wants to
// hear nothing of, is nobody's.
func TestEachWordByHandIsAskedFor(t *testing.T) {
	for _, read := range []bool{false, true} {
		t.Run(fmt.Sprint("read ", read), func(t *testing.T) {
			s := newDoor(t)
			token, ref := s.answered(t, reachable(ChannelWhatsApp, "+852 5123 4567", HoursAny))
			s.handsTo(t, NoticeByHand, 1)
			if read {
				if _, err := s.OwnCase(t.Context(), token); err != nil {
					t.Fatal(err)
				}
				s.handsTo(t, NoticeRead, 1)
			}
			s.pass(time.Minute)
			if err := s.writes(t, ref); err != nil {
				t.Fatal(err)
			}
			s.handsTo(t, NoticeByHand, 2)
			if n := s.rows(t, "cases WHERE ref = ? AND next_actor = 'lead'", ref); n != 1 {
				t.Error("the second word waits for nobody")
			}
			if err := s.StopContact(t.Context(), token); err != nil {
				t.Fatal(err)
			}
			s.handsTo(t, NoticeRefused, 2)
		})
	}
}

// Another word on how somebody is reached counts for what an officer was to tell them by hand.
func TestNewReachTakesOverWhatWasByHand(t *testing.T) {
	for name, tt := range map[string]struct {
		reach Reach
		state string
		asked int
	}{
		"by itself":   {reachable(ChannelSMS, "+852 5123 4567", HoursAny).Reach, NoticeWaiting, 1},
		"by hand too": {reachable(ChannelPhone, "+852 5123 4567", HoursAny).Reach, NoticeByHand, 2},
		"no contact":  {Reach{Channel: ChannelNone}, NoticeRefused, 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := newDoor(t)
			token, _ := s.answered(t, reachable(ChannelWhatsApp, "+852 5123 4567", HoursAny))
			if err := s.SetReach(t.Context(), token, tt.reach); err != nil {
				t.Fatal(err)
			}
			s.handsTo(t, tt.state, tt.asked)
			if n := s.lastNotice(t); n.Channel != tt.reach.Channel {
				t.Errorf("by %s", n.Channel)
			}
			if _, err := s.DueNotice(t.Context(), s.lastNotice(t).ID, everyWay); (err == nil) != (tt.state == NoticeWaiting) {
				t.Errorf("leaving: %v", err)
			}
		})
	}
}

// A process that dies while it sends loses nothing and tells nobody twice that it knows of.
func TestNoticeSurvivesAProcessThatDies(t *testing.T) {
	s := newDoor(t)
	s.answered(t, reachable(ChannelSMS, "+852 5123 4567", HoursAny))
	dead, cancel := context.WithCancel(t.Context())
	cancel()
	id := s.lastNotice(t).ID
	_, errDue := s.DueNotice(dead, id, everyWay)
	errMark := s.MarkNotice(dead, id, "", nil, false)
	if errDue == nil || errMark == nil || s.lastNotice(t).State != NoticeWaiting {
		t.Fatalf("%v, %v, %s", errDue, errMark, s.lastNotice(t).State)
	}
	if _, err := s.DueNotice(t.Context(), id, everyWay); err != nil {
		t.Error(err)
	}
}

// A notice whose tries are over does not keep those of later messages from leaving.
func TestNoticeOfLongAgoMakesRoom(t *testing.T) {
	s := newDoor(t)
	_, ref := s.answered(t, reachable(ChannelEmail, "ani@contoh.example", HoursAny))
	for range 4 { // mail is down for four days
		if err := s.MarkNotice(t.Context(), s.lastNotice(t).ID, "x", errors.New("out of service"), false); err != nil {
			t.Fatal(err)
		}
		s.pass(24 * time.Hour)
		s.asks(t)
	}
	if n := s.lastNotice(t); n.State != NoticeFailed || n.Why != "late" {
		t.Errorf("it is %s %s", n.State, n.Why)
	}
	if n := s.rows(t, "case_events WHERE kind = 'notice_missing'"); n != 1 {
		t.Errorf("an officer was asked %d times", n)
	}
	if err := s.writes(t, ref); err != nil {
		t.Fatal(err)
	}
	if n := s.rows(t, "case_notices WHERE state = 'waiting'"); n != 1 {
		t.Errorf("%d notices tell of the next message", n)
	}
}

package protection

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/models"
	"naikkelas/models/record"
)

// cry is a form of somebody who is afraid in Hong Kong.
func cry() Filing {
	return Filing{
		FormToken: uuid.NewString(), Door: DoorAbroad, Danger: DangerAfraid, Country: "HK", Place: "Dekat stasiun Contoh",
		Story: "Paspor saya disimpan majikan.", Language: "id", From: "203.0.113.7",
		Reach: Reach{Channel: ChannelWhatsApp, Address: "+852 5550 1234", Hours: []string{HoursEvening}, OthersAnswer: "Sari, teman"},
	}
}

func (s *deskStore) file(t testing.TB, f Filing) (token string, r Receipt) {
	t.Helper()
	token, err := s.File(t.Context(), f, "")
	if err != nil {
		t.Fatal(err)
	}
	if r, err = s.Receipt(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	return token, r
}

// newDoor is a desk whose reference data knows some countries.
func newDoor(t testing.TB) *deskStore {
	t.Helper()
	s := newDesk(t)
	for _, c := range []string{"HK", "MY", "KH", "AU"} {
		country := models.Country{Code: c, Name: models.Text{ID: "Contoh " + c, EN: "Sample " + c}}
		if err := s.sql.Create(&country).Error; err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// What was said at the door comes back to who said it, behind number and PIN as they write them down, and to nobody else.
func TestNumberAndPINOpenOnesOwnWords(t *testing.T) {
	s := newDoor(t)
	_, r := s.file(t, cry())
	for _, tt := range []struct{ ref, pin string }{
		{r.Ref, r.PIN},
		{strings.ToLower(strings.TrimPrefix(r.Ref, "NK-")), strings.ToLower(r.PIN[:4] + " " + r.PIN[4:])},
		{strings.ReplaceAll(r.Ref, "-", " "), strings.NewReplacer("0", "o", "1", "l").Replace(r.PIN)},
	} {
		token, err := s.Enter(t.Context(), tt.ref, tt.pin, "198.51.100.1")
		if err != nil {
			t.Fatalf("%q %q: %v", tt.ref, tt.pin, err)
		}
		o, err := s.OwnCase(t.Context(), token)
		if err != nil || o.Story != "Paspor saya disimpan majikan." || o.Place != "Dekat stasiun Contoh" || o.Reach.Address != "+852 5550 1234" {
			t.Errorf("%q: %+v, %v", tt.ref, o, err)
		}
		if _, err := s.Receipt(t.Context(), token); !errors.Is(err, record.ErrNotFound) {
			t.Errorf("whoever enters by PIN sees the receipt: %v", err)
		}
	}
	_, other := s.file(t, cry())
	if _, err := s.Enter(t.Context(), r.Ref, other.PIN, "198.51.100.1"); !errors.Is(err, ErrWrongPIN) {
		t.Errorf("the PIN of another case: %v", err)
	}
}

// A PIN that was used is shown no more, and one that nobody used neither after its hour.
func TestReceiptShowsThePINForAnHourAtMost(t *testing.T) {
	s := newDoor(t)
	token, r := s.file(t, cry())
	if len(r.PIN) != 8 {
		t.Fatalf("the PIN is %q", r.PIN)
	}
	again, err := s.Receipt(t.Context(), token)
	if err != nil || again.PIN != r.PIN {
		t.Errorf("the receipt once more, as after a broken line: %+v, %v", again, err)
	}
	if _, err := s.Enter(t.Context(), r.Ref, r.PIN, "198.51.100.1"); err != nil {
		t.Fatal(err)
	}
	if used, err := s.Receipt(t.Context(), token); err != nil || used.PIN != "" {
		t.Errorf("after it was used: %q, %v", used.PIN, err)
	}
	late, _ := s.file(t, cry())
	for range 4 { // the session goes on as long as it is used
		s.pass(20 * time.Minute)
		if r, err = s.Receipt(t.Context(), late); err != nil {
			t.Fatal(err)
		}
	}
	if r.PIN != "" {
		t.Errorf("after an hour and more: %q", r.PIN)
	}
	if _, err := s.RestPINs(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := s.rows(t, "case_people WHERE pin_sealed IS NOT NULL"); n != 0 {
		t.Errorf("%d PINs lie there still", n)
	}
}

// Five wrong PINs from one address rest the number there for an hour; from another address it opens.
func TestWrongPINsRestTheNumberThere(t *testing.T) {
	s := newDoor(t)
	_, r := s.file(t, cry())
	enter := func(pin, from string) error {
		_, err := s.Enter(t.Context(), r.Ref, pin, from)
		return err
	}
	for n := range 5 {
		if err := enter("00000000", "198.51.100.1"); !errors.Is(err, ErrWrongPIN) {
			t.Fatalf("try %d: %v", n, err)
		}
		s.pass(time.Minute)
	}
	if err := enter(r.PIN, "198.51.100.1"); !errors.Is(err, ErrPINRested) {
		t.Errorf("the sixth: %v", err)
	}
	if err := enter(r.PIN, "198.51.100.2"); err != nil {
		t.Errorf("from elsewhere: %v", err)
	}
	s.pass(54 * time.Minute)
	if err := enter(r.PIN, "198.51.100.1"); !errors.Is(err, ErrPINRested) {
		t.Errorf("before the hour is over: %v", err)
	}
	s.pass(2 * time.Minute)
	if err := enter(r.PIN, "198.51.100.1"); err != nil {
		t.Errorf("after it: %v", err)
	}
}

// Many tries at once are counted like one after the other, and a number that does not exist rests like one that does.
func TestWrongPINsAtOnceAreCounted(t *testing.T) {
	s := newDoor(t)
	_, r := s.file(t, cry())
	for _, ref := range []string{r.Ref, "NK-00000000"} {
		var wrong, rested int
		var mu sync.Mutex
		var all sync.WaitGroup
		for n := range 20 {
			all.Go(func() {
				_, err := s.Enter(t.Context(), ref, fmt.Sprintf("%08d", n), "198.51.100.9")
				mu.Lock()
				defer mu.Unlock()
				switch {
				case errors.Is(err, ErrWrongPIN):
					wrong++
				case errors.Is(err, ErrPINRested):
					rested++
				default:
					t.Errorf("%v", err)
				}
			})
		}
		all.Wait()
		if wrong != 5 || rested != 15 {
			t.Errorf("%s: %d wrong, %d rested", ref, wrong, rested)
		}
	}
}

// Two presses are one case, at once and one after the other; a form without a name of its own is known by what it says.
func TestComplaint15SecondPressMakesNoSecondCase(t *testing.T) {
	for name, token := range map[string]string{"named": uuid.NewString(), "unnamed": "", "a name that is none": "'; --"} {
		t.Run(name, func(t *testing.T) {
			s := newDoor(t)
			f := cry()
			f.FormToken = token
			var all sync.WaitGroup
			for range 4 {
				all.Go(func() {
					if _, err := s.File(t.Context(), f, ""); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			_, first := s.file(t, f)
			if n := s.rows(t, "cases"); n != 1 || first.PIN == "" {
				t.Errorf("%d cases, PIN %q", n, first.PIN)
			}
			other := cry()
			other.Story = "Hal lain."
			s.file(t, other)
			if n := s.rows(t, "cases"); n != 2 {
				t.Errorf("another form: %d cases", n)
			}
		})
	}
}

// Nobody in danger is turned away for what is missing; who is not is asked for the country, and for something at all.
func TestWhatTheFormAsksFor(t *testing.T) {
	s := newDoor(t)
	long := strings.Repeat("ä", StoryLength+1)
	for name, tt := range map[string]struct {
		f    Filing
		want error
	}{
		"danger alone":                 {Filing{Danger: DangerNow}, nil},
		"danger, a number that is odd": {Filing{Danger: DangerNow, Reach: Reach{Channel: ChannelPhone, Address: "tanya Sari"}}, nil},
		"danger, a channel alone":      {Filing{Danger: DangerNow, Reach: Reach{Channel: ChannelSMS}}, nil},
		"nothing":                      {Filing{}, ErrCountryUnsaid},
		"no country":                   {Filing{Danger: DangerNo, Story: "Gaji dipotong."}, ErrCountryUnsaid},
		"does not know the country":    {Filing{Danger: DangerNo, CountryUnknown: true, Story: "Gaji dipotong."}, nil},
		"a place instead of a country": {Filing{Danger: DangerAfraid, Place: "Kapal di laut"}, nil},
		"country alone":                {Filing{Danger: DangerAfraid, Country: "MY"}, ErrNothingSaid},
		"a number alone":               {Filing{Country: "MY", Reach: Reach{Channel: ChannelPhone, Address: "+60 12"}}, nil},
		"a channel without a number":   {Filing{Country: "MY", Story: "Gaji.", Reach: Reach{Channel: ChannelPhone}}, ErrNoAddress},
		"nobody may call":              {Filing{Country: "MY", Story: "Gaji.", Reach: Reach{Channel: ChannelNone}}, nil},
		"too long, in danger too":      {Filing{Danger: DangerNow, Story: long}, ErrTooLong},
	} {
		tt.f.Door, tt.f.Language, tt.f.From = DoorAbroad, "id", "203.0.113.7"
		if _, err := s.File(t.Context(), tt.f, ""); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}

// Whoever reports for somebody else reads how far it is, and their own words; nothing of the person concerned.
func TestReporterSeesStateAndOwnWordsOnly(t *testing.T) {
	s := newDoor(t)
	f := cry()
	f.Door = DoorFamily
	token, _ := s.file(t, f)
	if err := s.Write(t.Context(), token, uuid.NewString(), "Adik saya belum menelepon."); err != nil {
		t.Fatal(err)
	}
	if err := s.TellMore(t.Context(), token, uuid.NewString(), Answers{Name: "Contoh Sari", BirthYear: 1998, OwnName: "Contoh Budi",
		Relation: "kakak"}); err != nil {
		t.Fatal(err)
	}
	o, err := s.OwnCase(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	if !o.ForOthers || o.State != SeenReceived || o.Next != ActorNobody || o.Due != nil || len(o.Letters) != 1 {
		t.Errorf("%+v", o)
	}
	var subject, reporter Person
	if err := errors.Join(s.sql.Take(&subject, "part = 'subject'").Error, s.sql.Take(&reporter, "part = 'reporter'").Error); err != nil {
		t.Fatal(err)
	}
	name, err := s.opened(subject.NameSealed, people, subject.ID, "name_sealed")
	if err != nil || name != "Contoh Sari" || subject.BirthYear == nil || *subject.BirthYear != 1998 || subject.PINIndex != nil {
		t.Errorf("whom it happens to: %q, %+v, %v", name, subject, err)
	}
	if reporter.Relation != "kakak" || reporter.BirthYear != nil {
		t.Errorf("who reports: %+v", reporter)
	}
}

// Nothing that people said stands in the database in clear, nor does a PIN.
func TestNothingSaidAtTheDoorLiesInClear(t *testing.T) {
	s := newDoor(t)
	token, r := s.file(t, cry())
	if err := s.Write(t.Context(), token, uuid.NewString(), "Saya di kamar belakang."); err != nil {
		t.Fatal(err)
	}
	a := Answers{Name: "Contoh Sari", Village: "Desa Contoh", Hope: "Ingin pulang."}
	if err := s.TellMore(t.Context(), token, uuid.NewString(), a); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{
		"cases", "case_people", "case_events", "case_messages", "help_sessions", "case_alarms", "audit_rows", "attempts",
	} {
		var rows []string
		if err := s.sql.Raw("SELECT to_jsonb(t)::text FROM " + table + " t").Scan(&rows).Error; err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, secret := range []string{
				"Paspor", "stasiun", "5550 1234", "55501234", "Sari", "Desa", "pulang", "kamar", "203.0.113", r.PIN, token,
			} {
				if strings.Contains(row, secret) {
					t.Errorf("%s: %q stands in %s", table, secret, row)
				}
			}
		}
	}
}

// A help session ends thirty minutes after the last press, and four hours after the first.
func TestHelpSessionEnds(t *testing.T) {
	s := newDoor(t)
	token, _ := s.file(t, cry())
	s.pass(29 * time.Minute)
	if _, err := s.OwnCase(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	s.pass(31 * time.Minute)
	if _, err := s.OwnCase(t.Context(), token); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("after thirty minutes without a press: %v", err)
	}
	token, _ = s.file(t, cry())
	for range 11 {
		s.pass(20 * time.Minute)
		if _, err := s.OwnCase(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
	s.pass(21 * time.Minute)
	if err := s.Write(t.Context(), token, "", "x"); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("after four hours: %v", err)
	}
	token, _ = s.file(t, cry())
	if err := s.EndHelpSession(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	if err := s.StopContact(t.Context(), token); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("after leaving: %v", err)
	}
}

// A new form from the same browser ends the session of the one before: nobody writes into somebody else's case.
func TestNextFormIsAnotherCase(t *testing.T) {
	s := newDoor(t)
	first, _ := s.file(t, cry())
	second, err := s.File(t.Context(), cry(), first)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.OwnCase(t.Context(), first); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("the first session: %v", err)
	}
	if o, err := s.OwnCase(t.Context(), second); err != nil || s.rows(t, "cases") != 2 || len(o.Letters) != 0 {
		t.Errorf("%+v, %v", o, err)
	}
}

// Above ten forms an hour from one address further ones are taken too, and marked.
func TestManyFormsFromOneAddressAreTakenAndMarked(t *testing.T) {
	s := newDoor(t)
	for range 12 {
		s.file(t, cry())
	}
	if all, marked := s.rows(t, "cases"), s.rows(t, "cases WHERE from_many"); all != 12 || marked != 2 {
		t.Errorf("%d cases, %d of them marked", all, marked)
	}
}

// "Do not contact me any more" is kept and can be taken back by a new word; the case goes on.
func TestStopContact(t *testing.T) {
	s := newDoor(t)
	token, _ := s.file(t, cry())
	for range 2 {
		if err := s.StopContact(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
	o, err := s.OwnCase(t.Context(), token)
	if err != nil || o.StoppedAt == nil || s.rows(t, "case_events WHERE kind = 'stopped'") != 1 {
		t.Errorf("%+v, %v", o, err)
	}
	if err := s.SetReach(t.Context(), token, Reach{Channel: ChannelEmail}); !errors.Is(err, ErrNoAddress) {
		t.Errorf("a channel without an address: %v", err)
	}
	mail := Reach{Channel: ChannelEmail, Address: " sari@contoh.example ", MayLeaveMessage: true}
	if err := s.SetReach(t.Context(), token, mail); err != nil {
		t.Fatal(err)
	}
	o, err = s.OwnCase(t.Context(), token)
	if err != nil || o.StoppedAt != nil || o.Reach.Address != "sari@contoh.example" || o.Reach.MayNameUs {
		t.Errorf("%+v, %v", o, err)
	}
}

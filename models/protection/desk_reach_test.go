package protection

import (
	"testing"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// Safe hours are by the clock of whoever is reached: a mother in Jakarta who tells of her daughter in Arabia is not called
// in the night, nor promised it.
func TestHoursAreThoseOfWhoIsReached(t *testing.T) {
	at := time.Date(2026, 11, 25, 23, 0, 0, 0, i18n.WIB) // seven in the evening in Riyadh
	for name, c := range map[string]struct {
		tells            bool
		country, address string
		opens            time.Time
		known            bool
	}{
		"herself abroad":            {false, "SA", "+966 50 123 4567", at, true},
		"herself, a number of home": {false, "SA", "0812 3456 7890", at, true},
		"her mother at home":        {true, "SA", "0812 3456 7890", time.Date(2026, 11, 26, 17, 0, 0, 0, i18n.WIB), true},
		"a neighbour somewhere":     {true, "SA", "+966 50 123 4567", at, false},
		"a mother by e-mail":        {true, "SA", "ibu@contoh.example", at, false},
		"a country of many clocks":  {false, "US", "+1 212 555 0100", at, false},
	} {
		p := DeskPerson{Person: Person{Channel: ChannelPhone, Hours: record.Codes{HoursEvening}}, Zone: clockOf(c.tells, c.country, c.address)}
		opens, known := p.Opens(at)
		if known != c.known || !opens.Equal(c.opens) {
			t.Errorf("%s: from %v (%v), want %v (%v)", name, opens.In(i18n.WIB), known, c.opens, c.known)
		}
	}
	anyHour := DeskPerson{Person: Person{Channel: ChannelPhone, Hours: record.Codes{HoursAny}}}
	if opens, known := anyHour.Opens(at); !known || !opens.Equal(at) || anyHour.Silent() || anyHour.Reads() {
		t.Errorf("at any hour: %v, %v", opens, known)
	}
	stopped := DeskPerson{Person: Person{Channel: ChannelPhone, StoppedAt: &at, PINIndex: []byte("x")}}
	if !stopped.Silent() || !stopped.Reads() || !(DeskPerson{Person: Person{Channel: ChannelNone}}).Silent() {
		t.Error("somebody is contacted who does not want it")
	}
}

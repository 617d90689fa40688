package protection

import (
	"testing"
	"time"

	"naikkelas/internal/i18n"
)

// The hour that is named at the door is one at which somebody is on duty and which the person called safe.
func TestHourThatIsNamed(t *testing.T) {
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, i18n.WIB) }
	shift := func(from, to time.Time) Shift { return Shift{StartsAt: from, EndsAt: to} }
	hk := zoneOf("HK") // an hour ahead of Jakarta
	day := []Shift{shift(at(25, 8, 0), at(25, 20, 0)), shift(at(25, 20, 0), at(26, 8, 0))}
	for name, tt := range map[string]struct {
		at     time.Time
		shifts []Shift
		safe   *safeTimes
		want   time.Time
		named  bool
	}{
		"any hour":                          {at(25, 12, 0), day, safeHours([]string{HoursAny}, nil), at(25, 14, 0), true},
		"over a change of shift":            {at(25, 19, 0), day, safeHours([]string{HoursAny}, nil), at(25, 21, 0), true},
		"nobody after the shift":            {at(25, 19, 0), day[:1], safeHours([]string{HoursAny}, nil), time.Time{}, false},
		"nobody on duty":                    {at(25, 7, 0), day, safeHours([]string{HoursAny}, nil), time.Time{}, false},
		"evening, from noon":                {at(25, 12, 0), day, safeHours([]string{HoursEvening}, hk), at(25, 18, 0), true},
		"evening, in the evening":           {at(25, 18, 0), day, safeHours([]string{HoursEvening}, hk), at(25, 20, 0), true},
		"evening, nearly over":              {at(25, 20, 30), day, safeHours([]string{HoursEvening}, hk), at(25, 21, 0), true},
		"evening, too late":                 {at(25, 21, 30), day, safeHours([]string{HoursEvening}, hk), time.Time{}, false},
		"hours in a country with many":      {at(25, 12, 0), day, safeHours([]string{HoursEvening}, zoneOf("AU")), time.Time{}, false},
		"nothing said about hours":          {at(25, 12, 0), day, safeHours(nil, hk), time.Time{}, false},
		"morning and day join at their end": {at(25, 9, 0), day, safeHours([]string{HoursMorning, HoursDay}, hk), at(25, 11, 0), true},
	} {
		got, named := namedHour(tt.at, 2*time.Hour, tt.shifts, tt.safe)
		if named != tt.named || named && !got.Equal(tt.want) {
			t.Errorf("%s: %s %v, want %s %v", name, got.In(i18n.WIB), named, tt.want.In(i18n.WIB), tt.named)
		}
	}
}

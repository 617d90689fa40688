package protection

import (
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // a machine may have no zones of its own

	"naikkelas/internal/i18n"
	"naikkelas/internal/phone"
)

// The hours of the day behind each word, by the clock of the place.
var hoursOfDay = map[string][2]int{HoursMorning: {6, 11}, HoursDay: {11, 17}, HoursEvening: {17, 22}}

// safeTimes are the hours at which somebody may be reached, by the clock of the place where they are. A zero zone is
// any hour.
type safeTimes struct {
	zone *time.Location // nil for any hour
	open [24]bool
}

// safeHours reads what somebody said; nobody who said nothing is taken to allow every hour, and where the clock of the
// place is not known nothing can be said: then it is nil.
func safeHours(words []string, zone *time.Location) *safeTimes {
	if slices.Contains(words, HoursAny) {
		return &safeTimes{}
	}
	if zone == nil || len(words) == 0 {
		return nil
	}
	t := &safeTimes{zone: zone}
	for _, w := range words {
		for h := hoursOfDay[w][0]; h < hoursOfDay[w][1]; h++ {
			t.open[h] = true
		}
	}
	return t
}

// opens is the first safe instant from at on.
func (t *safeTimes) opens(at time.Time) time.Time {
	if t.zone == nil || t.open[at.In(t.zone).Hour()] {
		return at
	}
	return t.next(at, true)
}

// closes is the end of the safe hours in which at lies, nil where there is none.
func (t *safeTimes) closes(at time.Time) *time.Time {
	if t.zone == nil {
		return nil
	}
	end := t.next(at, false)
	return &end
}

// next is the first full hour after at that is open, or is not.
func (t *safeTimes) next(at time.Time, open bool) time.Time {
	local := at.In(t.zone)
	hour := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), 0, 0, 0, t.zone)
	for range 48 {
		hour = hour.Add(time.Hour)
		if t.open[hour.In(t.zone).Hour()] == open {
			return hour
		}
	}
	return at
}

// Zone is the clock of a country, nil where it has several or is not known.
func Zone(country string) *time.Location { return zoneOf(country) }

// clockOf is the clock of whoever is reached at an address: that of the country for whom it happens to. Who tells of
// somebody else is elsewhere: at home where their number is, and nobody knows where without one.
func clockOf(tells bool, country, address string) *time.Location {
	if !tells {
		return zoneOf(country)
	}
	if number, err := phone.Parse(address); err == nil && strings.HasPrefix(number, "+62") {
		return zoneOf("ID")
	}
	return nil
}

func zoneOf(country string) *time.Location {
	if country == "ID" {
		return i18n.WIB // most of those who come back or pass through are in the west
	}
	name, known := zones[country]
	if !known {
		return nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return zone
}

// zones are the clocks of the countries to which people go and that have one only.
var zones = map[string]string{
	"AE": "Asia/Dubai", "AT": "Europe/Vienna", "BE": "Europe/Brussels", "BH": "Asia/Bahrain", "BN": "Asia/Brunei",
	"CH": "Europe/Zurich", "CN": "Asia/Shanghai", "CZ": "Europe/Prague", "DE": "Europe/Berlin", "DK": "Europe/Copenhagen",
	"EG": "Africa/Cairo", "FI": "Europe/Helsinki", "FR": "Europe/Paris", "GB": "Europe/London", "GR": "Europe/Athens",
	"HK": "Asia/Hong_Kong", "HU": "Europe/Budapest", "IE": "Europe/Dublin", "IN": "Asia/Kolkata", "IQ": "Asia/Baghdad",
	"IR": "Asia/Tehran", "IT": "Europe/Rome", "JO": "Asia/Amman", "JP": "Asia/Tokyo", "KH": "Asia/Phnom_Penh",
	"KR": "Asia/Seoul", "KW": "Asia/Kuwait", "LA": "Asia/Vientiane", "LB": "Asia/Beirut", "LY": "Africa/Tripoli",
	"MM": "Asia/Yangon", "MO": "Asia/Macau", "MV": "Indian/Maldives", "MY": "Asia/Kuala_Lumpur", "NL": "Europe/Amsterdam",
	"NO": "Europe/Oslo", "OM": "Asia/Muscat", "PH": "Asia/Manila", "PK": "Asia/Karachi", "PL": "Europe/Warsaw",
	"QA": "Asia/Qatar", "RO": "Europe/Bucharest", "SA": "Asia/Riyadh", "SE": "Europe/Stockholm", "SG": "Asia/Singapore",
	"SK": "Europe/Bratislava", "SY": "Asia/Damascus", "TH": "Asia/Bangkok", "TL": "Asia/Dili", "TR": "Europe/Istanbul",
	"TW": "Asia/Taipei", "VN": "Asia/Ho_Chi_Minh", "YE": "Asia/Aden", "ZA": "Africa/Johannesburg",
}

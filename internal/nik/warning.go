package nik

import "time"

// Warning is something about a NIK that an officer should look at. It never refuses:
// the number stays for life even where the date or the sex in it is wrong.
type Warning string

// The warnings, in the order in which Warnings gives them.
const (
	// UnknownRegion means: nobody knows the first six digits (an old code, or a typing error).
	UnknownRegion Warning = "unknown_region"
	// ImpossibleDate means: the calendar has no such day, such as 30 February.
	ImpossibleDate Warning = "impossible_date"
	// OtherBirthDate means: the date in the number is not the date of birth given.
	OtherBirthDate Warning = "other_birth_date"
	// OtherSex means: the sex in the number is not the sex given.
	OtherSex Warning = "other_sex"
)

// Warnings compares n with what the person said. A zero birth, an empty sex and a nil
// known mean not known and are not compared; of birth only the calendar day counts.
// The function known is asked about the six digits of NIK.Region. An impossible date
// is not also reported as another birth date. The zero NIK has no warnings.
func Warnings(n NIK, birth time.Time, sex Sex, known func(region string) bool) []Warning {
	if n.IsZero() {
		return nil
	}
	var found []Warning
	if known != nil && !known(n.Region()) {
		found = append(found, UnknownRegion)
	}
	day, month, year2 := n.Birth()
	switch {
	case !onCalendar(day, month, year2):
		found = append(found, ImpossibleDate)
	case birth.IsZero():
	case day != birth.Day() || month != birth.Month() || year2 != birth.Year()%100:
		found = append(found, OtherBirthDate)
	}
	if sex != "" && sex != n.Sex() {
		found = append(found, OtherSex)
	}
	return found
}

// onCalendar says whether the day exists in the year of either century that a living
// person can be born in; 29 February 00 exists in 2000 though not in 1900.
func onCalendar(day int, month time.Month, year2 int) bool {
	for _, century := range []int{1900, 2000} {
		date := time.Date(century+year2, month, day, 0, 0, 0, 0, time.UTC)
		if date.Day() == day && date.Month() == month {
			return true
		}
	}
	return false
}

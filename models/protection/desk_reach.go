package protection

import "time"

// Silent says that the person wants no contact: they said so, or named no way. What is written waits behind number and
// PIN.
func (p DeskPerson) Silent() bool { return p.silent() }

// Opens is the first instant from at on at which the person may be reached, at itself when it is now. known is false
// where the clock of the place, or the hours, are not known.
func (p DeskPerson) Opens(at time.Time) (opens time.Time, known bool) {
	safe := safeHours(p.Hours, p.Zone)
	if safe == nil {
		return at, false
	}
	return safe.opens(at), true
}

// Reads says whether the person can read what is written to them, behind number and PIN.
func (p DeskPerson) Reads() bool { return p.PINIndex != nil }

package profile

import (
	"regexp"
	"strings"
)

// People write RT and RW as they say them, and both into one field as on the KTP: 05, RT 05, RT.005/RW.03, 05/03.
var (
	oneRT   = regexp.MustCompile(`^(?i:rt)?[ .:]*([0-9]{1,3})$`)
	oneRW   = regexp.MustCompile(`^(?i:rw)?[ .:]*([0-9]{1,3})$`)
	bothOne = regexp.MustCompile(`^(?i:rt)?[ .:]*([0-9]{1,3})(?:[ ]*[/,-][ ]*(?i:rw)?|[ ]+(?i:rw))[ .:]*([0-9]{1,3})$`)
)

// blocks reads RT and RW as on the KTP, 001; somebody abroad or in a village may have none. What cannot be read is
// not ok, and empty.
func (f AddressFields) blocks() (rt, rw string, okRT, okRW bool) {
	textRT, textRW := strings.TrimSpace(f.RT), strings.TrimSpace(f.RW)
	for _, text := range []string{textRT, textRW} {
		// Both stand in one field: the other is empty, or says the same.
		if both := bothOne.FindStringSubmatch(text); both != nil {
			rt, rw = padded(both[1]), padded(both[2])
			okRT = text == textRT || textRT == "" || rt == oneBlock(oneRT, textRT)
			okRW = text == textRW || textRW == "" || rw == oneBlock(oneRW, textRW)
			return rt, rw, okRT, okRW
		}
	}
	rt, rw = oneBlock(oneRT, textRT), oneBlock(oneRW, textRW)
	return rt, rw, rt != "" || textRT == "", rw != "" || textRW == ""
}

func oneBlock(form *regexp.Regexp, text string) string {
	if found := form.FindStringSubmatch(text); found != nil {
		return padded(found[1])
	}
	return ""
}

// padded writes one to three digits as three.
func padded(digits string) string { return strings.Repeat("0", 3-len(digits)) + digits }

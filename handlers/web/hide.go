package web

import (
	"net/url"
	"slices"
	"strings"

	"naikkelas/internal/nik"
	"naikkelas/views/ambient"
)

// freeFields are the names of fields in which people write in their own words. What else may be a number of sixteen
// digits has a field of its own, where it is sealed.
var freeFields = []string{
	"text", "note", "message", "motivation", "cerita", "reason", "about", "name", "place", "description", "others_answer", "why",
}

// hiddenKey says in the context of a request that a number was hidden.
const hiddenKey = "number_hidden"

// hideNumbers puts stars over numbers of sixteen digits in what people wrote in their own words, and says so on the
// page that follows: nobody needs a whole number there, and it would lie in clear.
func hideNumbers(c Context, sent url.Values) {
	for name, values := range sent {
		if !slices.Contains(freeFields, name[strings.LastIndexByte(name, '.')+1:]) {
			continue
		}
		for i, value := range values {
			hidden, found := nik.Hide(value)
			if !found {
				continue
			}
			values[i] = hidden
			if c.Get(hiddenKey) == nil {
				c.Set(hiddenKey, true)
				sayNow(c, numberHidden())
			}
		}
	}
}

func numberHidden() ambient.Flash {
	return ambient.Flash{Kind: "fix", Key: "form.number_hidden"}
}

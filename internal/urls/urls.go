// Package urls spells the path of every page once. Each page has a constant with
// the router's pattern and, under the same name, a function that fills it:
//
//	const ProgrammePattern = "/pelatihan/:programme"
//	func Programme(ref string) string { return fill(ProgrammePattern, ref) }
//
// There is one file per area. Paths are Indonesian; English pages have the same
// paths behind the prefix /en, which InEnglish adds and CutEnglish removes.
package urls

import (
	"net/url"
	"strings"
)

// english is the prefix of English pages.
const english = "/en"

// InEnglish returns the English address of a path of ours, which may carry a
// query or a fragment. Anything that is not such a path (another site's address,
// a fragment alone) is returned as it is.
func InEnglish(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
		return path
	}
	if rest := path[1:]; rest == "" || rest[0] == '?' || rest[0] == '#' {
		return english + rest
	}
	return english + path
}

// CutEnglish returns a request's path without the English prefix, and whether it
// had one.
func CutEnglish(path string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(path, english)
	switch {
	case ok && rest == "":
		return "/", true
	case ok && rest[0] == '/':
		return rest, true
	}
	return path, false
}

// WithQuery adds a query made of name/value pairs to a path. Pairs with an empty
// value are left out, so that an unused filter does not lengthen the address.
func WithQuery(path string, pairs ...string) string {
	var query strings.Builder
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		if query.Len() > 0 {
			query.WriteByte('&')
		}
		query.WriteString(url.QueryEscape(pairs[i]) + "=" + url.QueryEscape(pairs[i+1]))
	}
	if query.Len() == 0 {
		return path
	}
	return path + "?" + query.String()
}

// fill puts the values into the pattern's parameters, in order.
func fill(pattern string, values ...string) string {
	segments := strings.Split(pattern, "/")
	for i, segment := range segments {
		if strings.HasPrefix(segment, ":") && len(values) > 0 {
			segments[i], values = url.PathEscape(values[0]), values[1:]
		}
	}
	return strings.Join(segments, "/")
}

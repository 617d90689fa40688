package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// foundRows is how many rows the list of faults has that were found in use; they are numbered from F001. A row's test
// has its id in the name.
const foundRows = 263

// foundWithoutTest are the rows that no test is named after, by what mends them.
var foundWithoutTest = map[string]string{
	"the officers' desk in depth": "F134 F230 F232 F233 F235 F236 F237 F238 F239 F242 F243 F244 F245 F246 F247 F248 F249",
	"help cases":                  "F162 F190 F198 F234",
	"the catalogue at any size":   "F164 F165 F186 F199 F200 F263",
	"the line of readiness":       "F167 F182",
}

// Every fault that was found in use has a test, or stands on the list of those without one, never on both.
func TestEveryFaultFoundInUseHasATestOrIsListed(t *testing.T) {
	tested := testsNaming(t, `F\d{3}`)
	listed := map[string]string{}
	for by, ids := range foundWithoutTest {
		for id := range strings.FieldsSeq(ids) {
			listed[id] = by
		}
	}
	var known []string
	for n := range foundRows {
		id := fmt.Sprintf("F%03d", n+1)
		known = append(known, id)
		switch by, open := listed[id]; {
		case tested[id] == "" && !open:
			t.Errorf("%s has no test and is not listed", id)
		case tested[id] != "" && open:
			t.Errorf("%s has %s: take it off the list (%s)", id, tested[id], by)
		}
	}
	for id := range tested {
		if !slices.Contains(known, id) {
			t.Errorf("%s is named after %s, which is no row", tested[id], id)
		}
	}
}

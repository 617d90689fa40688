package record_test

import (
	"slices"
	"strings"
	"testing"

	"naikkelas/models/record"
)

// What contradicts itself in a declaration is found like what is missing. The columns are those of a real table.
func TestContradictionsOfADeclarationAreFound(t *testing.T) {
	sound := record.Personal{Table: "attempts", Of: "t.count = @person", Part: "tries", Goes: record.AllRows, Columns: []record.Columns{
		{Names: "window_at count"}, {Names: "key owner", NotCopied: record.Hash},
	}}
	other := sound
	other.Table, other.Part, other.Columns = "consents", "consents", []record.Columns{{Names: "id user_id kind version given_at withdrawn_at"}}
	tests := map[string]struct {
		change func(*record.Personal)
		want   string
	}{
		"sound":            {func(*record.Personal) {}, ""},
		"twice":            {func(p *record.Personal) { p.Table = "consents" }, "consents is declared twice"},
		"the same part":    {func(p *record.Personal) { p.Part = "consents" }, "attempts shares a part of the copy with another table"},
		"nobody's":         {func(p *record.Personal) { p.Of = "" }, "attempts is nobody's, and yet copied or erased"},
		"everybody's":      {func(p *record.Personal) { p.Of = "true" }, "attempts belongs to everybody"},
		"stays":            {func(p *record.Personal) { p.Goes = "" }, "attempts stays without a reason"},
		"stays and goes":   {func(p *record.Personal) { p.Stays = record.Counted }, "attempts stays although it goes"},
		"copies nowhere":   {func(p *record.Personal) { p.Part = "" }, "attempts has no part of the copy for window_at count"},
		"copies what not":  {func(p *record.Personal) { p.Columns[1].As = "a" }, "attempts says how it copies what it does not copy: key owner"},
		"two as one":       {func(p *record.Personal) { p.Columns[0].As = "a" }, "attempts copies several columns as one: window_at count"},
		"changes and goes": {func(p *record.Personal) { p.Columns[0].Becomes = "0" }, "attempts changes what it deletes: window_at count"},
		"one name for two": {
			func(p *record.Personal) { p.Columns[1] = record.Columns{Names: "key owner", As: "count"} },
			"attempts copies twice under the name count",
		},
		"copies nothing":    {func(p *record.Personal) { p.Columns[0].NotCopied = record.Internal }, "attempts copies no column"},
		"column is missing": {func(p *record.Personal) { p.Columns[0].Names = "count" }, "attempts.window_at is declared by nobody"},
		"column is no more": {func(p *record.Personal) { p.Columns[1].Names += " lock" }, "attempts.lock is declared and does not exist"},
	}
	db := open(t)
	for name, tt := range tests {
		p := sound
		p.Columns = slices.Clone(sound.Columns)
		tt.change(&p)
		gaps, err := db.Gaps(t.Context(), []record.Personal{other, p})
		if err != nil {
			t.Fatal(err)
		}
		// The tables of the core are declared by the core.
		gaps = slices.DeleteFunc(gaps, func(gap string) bool {
			return !strings.HasPrefix(gap, "attempts") && !strings.Contains(gap, "declared twice")
		})
		if tt.want == "" && len(gaps) > 0 || tt.want != "" && !slices.Contains(gaps, tt.want) {
			t.Errorf("%s: found %q, want %q", name, gaps, tt.want)
		}
	}
}

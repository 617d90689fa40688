package journey

import "naikkelas/models/record"

// personalRules is how far the telling of a changed rule has come; whom it told stands in their letters.
var personalRules = []record.Personal{{
	Table: "rule_tellings", Stays: record.Nameless,
	Columns: []record.Columns{
		{Names: "id of_table change_id code was becomes starts_on at told_to told done_at", NotCopied: record.Internal},
	},
}}

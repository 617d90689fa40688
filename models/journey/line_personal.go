package journey

import "naikkelas/models/record"

// personalLine is what a person wants, and where they are on their way. Both go with the account; the database takes the
// line out once more by itself, because a closed account has none.
var personalLine = []record.Personal{
	{
		Table: "journey_lines", Of: "t.user_id = @person", Part: "journey", Order: "t.user_id", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "station since country interest_on account_on identity_on skill_on ready_on away_start_on working_on return_on rise_on"},
			{Names: "user_id", NotCopied: record.Internal},
		},
	},
	{
		Table: "interests", Of: "t.user_id = @person", Part: "interests", Order: "t.user_id", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "sector_code occupation_code country_code told_at changed_at"},
			{Names: "user_id", NotCopied: record.Internal},
		},
	},
}

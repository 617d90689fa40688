package protection

import "naikkelas/models/record"

// personalRoster is who was on duty when, and at which phone. The phone goes with the account.
var personalRoster = []record.Personal{{
	Table: "duty_shifts", Of: "t.user_id = @person", Part: "duty_shifts", Stays: record.AtWork,
	Columns: []record.Columns{
		{Names: "starts_at ends_at"},
		{Names: "phone", Becomes: "'+620000000'"},
		{Names: "changed_why", NotCopied: record.OfOthers},
		{Names: "set_by changed_by", NotCopied: record.OtherPerson},
		{Names: "id ref user_id planned_end form_token set_at changed_at removed_at", NotCopied: record.Internal},
	},
	Terms: []record.Term{{What: "duty_shift", Since: "t.ends_at"}},
}}

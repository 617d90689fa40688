package journey

import "naikkelas/models/record"

// personalOffer is what browsers said about an offer. It goes after half an hour, whoever said it.
var personalOffer = []record.Personal{{
	Table: "offer_checks", Of: "t.session_id IN (SELECT id FROM sessions WHERE user_id = @person)", Goes: record.AllRows,
	Columns: []record.Columns{
		{Names: "answers", NotCopied: record.Underway},
		{Names: "session_id ends_at", NotCopied: record.Internal},
	},
}}

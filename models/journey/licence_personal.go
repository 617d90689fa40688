package journey

import "naikkelas/models/record"

// personalLicence is who brought lists of licences in. The lists are of companies and institutions.
var personalLicence = []record.Personal{
	{
		Table: "licence_lists", Of: "@person IN (t.made_by, t.decided_by)", Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: "content", NotCopied: record.OfOthers},
			{Names: "made_by decided_by", NotCopied: record.OtherPerson},
			{
				Names:     "id ref kind source listed_on file_name columns state entries left_out form_token made_at decided_at version",
				NotCopied: record.Internal,
			},
		},
	},
	{
		Table: "licences", Stays: record.Nameless,
		Columns: []record.Columns{{
			Names:     "id list_id line name folded number place state state_said valid_until valid_said",
			NotCopied: record.OfOthers,
		}},
	},
}

package journey

import "naikkelas/models/record"

// personalTransit is where somebody waits for their departure.
var personalTransit = []record.Personal{{
	Table: "transit_stays", Of: "t.user_id = @person", Part: "transit_stays", Goes: record.AllRows, Seals: "address_sealed",
	Columns: []record.Columns{
		{Names: "agency since leaves_on told_at over_at recorded_at"},
		{Names: "address_sealed", As: "address", Sealed: true},
		{Names: "address_index", NotCopied: record.Hash},
		{Names: "agency_folded", NotCopied: record.SaidAlready},
		{Names: "recorded_by", NotCopied: record.OtherPerson},
		{Names: "id ref user_id version", NotCopied: record.Internal},
	},
	Terms: []record.Term{{What: "transit_stay", Since: "t.over_at"}},
}}

package journey

import "naikkelas/models/record"

// personalHome is that somebody came back, what they need and wish, and how they are.
var personalHome = []record.Personal{
	{
		Table: "homecoming_followups", Of: "t.homecoming_id IN (SELECT id FROM homecomings WHERE user_id = @person)",
		Part: "homecoming_followups", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "months asked_at answer answered_at looked_at"},
			{Names: "looked_by", NotCopied: record.OtherPerson},
			{Names: "id ref homecoming_id", NotCopied: record.Internal},
		},
	},
	{
		Table: "homecomings", Of: "t.user_id = @person", Part: "homecomings", Goes: record.AllRows, Seals: "skills_sealed",
		Columns: []record.Columns{
			{Names: "returned_on rose_on rose_by recorded_at closed_at needs wishes occupation years asked_since"},
			{Names: "skills_sealed", As: "skills", Sealed: true},
			{Names: "recorded_by", NotCopied: record.OtherPerson},
			{Names: "id ref user_id departure_id version", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "homecoming", Since: "coalesce(t.closed_at, t.recorded_at)"}},
	},
}

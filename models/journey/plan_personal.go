package journey

import "naikkelas/models/record"

// planOf says of a row of a plan whether it is the person's.
const planOf = "t.plan_id IN (SELECT p.id FROM readiness_plans p WHERE p.user_id = @person)"

// itemIs says of a change whether it is the person's.
const itemIs = `t.item_id IN (SELECT i.id
	FROM readiness_items i
	JOIN readiness_plans p ON p.id = i.plan_id
	WHERE p.user_id = @person)`

// personalPlans is what people mean to do before they leave, how far they are and what they paid.
var personalPlans = []record.Personal{
	{
		Table: "readiness_changes", Of: itemIs, Part: "readiness_changes", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "at what was becomes on_date expires_on"},
			{Names: "actor_id", NotCopied: record.OtherPerson},
			{Names: "id item_id upload_id", NotCopied: record.Internal},
		},
	},
	{
		Table: "readiness_items", Of: planOf, Part: "readiness_items", Goes: record.AllRows,
		Seals: "number_sealed clinic_sealed reason_sealed source_sealed",
		Columns: []record.Columns{
			{Names: "need state proof on_date expires_on source_on start_by recorded_at"},
			{Names: "number_sealed", As: "number", Sealed: true},
			{Names: "clinic_sealed", As: "clinic", Sealed: true},
			{Names: "reason_sealed", As: "reason", Sealed: true},
			{Names: "source_sealed", As: "source", Sealed: true},
			{Names: "upload_id", As: "file", Read: "(SELECT u.ref FROM uploads u WHERE u.id = t.upload_id)"},
			{Names: "certificate_id", As: "certificate", Read: "(SELECT c.ref FROM certificates c WHERE c.id = t.certificate_id)"},
			{Names: "recorded_by", NotCopied: record.OtherPerson},
			{Names: "id plan_id wanted required health seen seen_on near_told late_told end_told end_told_days version", NotCopied: record.Internal},
		},
	},
	{
		Table: "readiness_answers", Of: planOf, Part: "readiness_answers", Order: "t.plan_id, t.fact", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "fact says answered_at"},
			{Names: "plan_id", NotCopied: record.Internal},
		},
	},
	{
		Table: "readiness_payments", Of: planOf, Part: "readiness_payments", Goes: record.AllRows,
		Seals: "payee_sealed purpose_sealed",
		Columns: []record.Columns{
			{Names: "ref paid_on amount recorded_at removed_at"},
			{Names: "payee_sealed", As: "payee", Sealed: true},
			{Names: "purpose_sealed", As: "purpose", Sealed: true},
			{Names: "upload_id", As: "receipt", Read: "(SELECT u.ref FROM uploads u WHERE u.id = t.upload_id)"},
			{Names: "id plan_id form_token", NotCopied: record.Internal},
		},
	},
	{
		Table: "readiness_plans", Of: "t.user_id = @person", Part: "readiness_plans", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "ref route country scheme occupation departs_on needed done ready_at opened_at closed_at"},
			{Names: "id user_id version counted_at", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "readiness_plan", Since: "t.closed_at"}},
	},
	{
		Table: "calendar_feeds", Of: "t.user_id = @person", Part: "calendar", Order: "t.user_id", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "made_at"},
			{Names: "token_hash", NotCopied: record.Hash},
			{Names: "user_id", NotCopied: record.Internal},
		},
	},
}

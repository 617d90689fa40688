package protection

import "naikkelas/models/record"

// personalCases is what cases hold of people. What people said at the door is theirs by number and PIN, and by no
// account: the case page gives the copy, and a closed account cuts only the tie. Of officers it says who did what.
var personalCases = []record.Personal{
	{
		Table: "help_sessions", Of: ofTied("t.person_id"), Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "token_hash", NotCopied: record.Hash},
			{Names: "id person_id filed seen_at ends_at", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "help_session", Since: "t.ends_at"}},
	},
	{
		Table: "pin_tries", Stays: record.Nameless,
		Columns: []record.Columns{
			{Names: "key", NotCopied: record.Hash},
			{Names: "id at", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "pin_try", Since: "t.at"}},
	},
	{
		Table: "case_alarms", Stays: record.Nameless,
		Columns: []record.Columns{
			{Names: "reason level", NotCopied: record.OfOthers},
			{Names: "id case_id due_at at told_at tried_at tries letters", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "case_alarm", Since: "t.at"}},
	},
	{
		Table: "case_shift_notes", Of: "@person IN (t.written_by, t.read_by)", Stays: record.AtWork, Seals: "word_sealed",
		Columns: []record.Columns{
			{Names: "word_sealed", NotCopied: record.OfOthers},
			{Names: "id ref form_token written_by written_at read_by read_at", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "shift_note", Since: "t.written_at"}},
	},
	{
		Table: "case_shift_lines", Stays: record.Nameless, Seals: "line_sealed",
		Columns: []record.Columns{
			{Names: "line_sealed why next_actor", NotCopied: record.OfOthers},
			{Names: "id note_id case_id due_at", NotCopied: record.Internal},
		},
	},
	{
		Table: "case_kinds", Of: "t.set_by = @person", Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: "code", NotCopied: record.OfOthers},
			{Names: "case_id set_by set_at", NotCopied: record.Internal},
		},
	},
	{
		Table: "case_team", Of: "t.user_id = @person OR t.added_by = @person", Stays: record.AtWork,
		Columns: []record.Columns{{Names: "id case_id user_id added_by added_at ended_at", NotCopied: record.Internal}},
	},
	{
		Table: "case_closings", Of: "t.asked_by = @person OR t.answered_by = @person", Stays: record.AtWork, Seals: "why_sealed",
		Columns: []record.Columns{
			{Names: "outcome why_sealed agreed", NotCopied: record.OfOthers},
			{Names: "id case_id asked_by asked_at answered_by answered_at", NotCopied: record.Internal},
		},
	},
	{
		Table: "case_referrals", Of: "@person IN (t.sent_by, t.agreed_by, t.answered_by, t.lead_id)", Stays: record.AtWork,
		Seals: "ask_sealed why_sealed leads_sealed said_by_sealed source_sealed",
		Columns: []record.Columns{
			{Names: "ask_sealed why_sealed leads_sealed said_by_sealed source_sealed parts state reason", NotCopied: record.OfOthers},
			{Names: "kind ends by_sheet", NotCopied: record.Internal},
			{Names: `id ref case_id office_id consent_id until lead_id sent_by sent_at agreed_by agreed_at answered_by answered_at version`,
				NotCopied: record.Internal},
		},
	},
	{
		Table: "case_asks", Of: "@person IN (t.asked_by, t.answered_by)", Stays: record.AtWork, Seals: "why_sealed",
		Columns: []record.Columns{
			{Names: "why_sealed state reason", NotCopied: record.OfOthers},
			{Names: "id ref case_id asked_by office_id asked_at answered_by answered_at", NotCopied: record.Internal},
		},
	},
	{
		Table: "case_consents", Of: "@person IN (t.recorded_by, t.agreed_by)", Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: "how version until given_at withdrawn_at", NotCopied: record.BehindPIN},
			{Names: "id ref case_id person_id office_id reader_id recorded_by agreed_by agreed_at", NotCopied: record.Internal},
		},
	},
	{
		Table: "case_returns", Of: "@person IN (t.planned_by, t.handed_by)", Stays: record.AtWork,
		Seals: "receiver_sealed relation_sealed place_sealed witness_sealed why_sealed",
		Columns: []record.Columns{
			{Names: "receiver_sealed relation_sealed place_sealed witness_sealed why_sealed kind handed_to", NotCopied: record.BehindPIN},
			{Names: "id case_id planned_by planned_at handed_at handed_by", NotCopied: record.Internal},
		},
	},
	{
		Table: "case_return_steps", Of: "t.set_by = @person", Stays: record.AtWork, Seals: "who_sealed place_sealed number_sealed source_sealed",
		Columns: []record.Columns{
			{Names: "who_sealed place_sealed number_sealed source_sealed kind state ours choice said_on at", NotCopied: record.BehindPIN},
			{Names: "id case_id set_by set_at", NotCopied: record.Internal},
		},
	},
	{
		Table: "case_followups", Of: ofTied("t.person_id") + " OR t.answered_by = @person", Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: "answer answered_at", NotCopied: record.BehindPIN},
			{Names: "id case_id person_id asked_at answered_by looked_at", NotCopied: record.Internal},
		},
	},
	{
		Table: "case_notices", Of: ofTied("t.person_id"), Stays: record.TieCut,
		Columns: []record.Columns{
			{Names: "kind channel state why", NotCopied: record.BehindPIN},
			{Names: "id key case_id person_id created_at due_at handed_at delivered_at asked_at message_id", NotCopied: record.Internal},
		},
	},
	{
		Table: "case_messages", Of: "t.author_id = @person", Stays: record.AtWork, Seals: "body_sealed",
		Columns: []record.Columns{
			{Names: "body_sealed", NotCopied: record.BehindPIN},
			{Names: "id case_id person_id author_id at read_at form_token", NotCopied: record.Internal},
		},
	},
	{
		Table: "case_events", Of: "t.actor_id = @person", Stays: record.AtWork, Seals: "text_sealed",
		Columns: []record.Columns{
			{Names: "text_sealed kind channel detail next_actor", NotCopied: record.OfOthers},
			{Names: "id case_id at actor_id person_id reached due_at form_token", NotCopied: record.Internal},
		},
	},
	{
		Table: "case_joins", Of: "@person IN (t.user_id, t.asked_by, t.answered_by, t.undone_by)", Goes: "t.user_id = @person",
		Stays: record.AtWork, Seals: "why_sealed",
		Columns: []record.Columns{
			{Names: "why_sealed agreed", NotCopied: record.OfOthers},
			{Names: "id ref case_id person_id user_id other_id asked_by asked_at answered_by answered_at undone_by undone_at",
				NotCopied: record.Internal},
		},
	},
	{
		Table: "case_name_words", Of: ofTied("t.person_id"), Stays: record.TieCut,
		Columns: []record.Columns{
			{Names: "word_index", NotCopied: record.Hash},
			{Names: "id person_id", NotCopied: record.Internal},
		},
	},
	{
		Table: "case_people", Of: "t.user_id = @person", Stays: record.TieCut,
		Seals: "name_sealed village_sealed pin_sealed address_sealed others_sealed passport_sealed nik_sealed",
		Columns: []record.Columns{
			{Names: "user_id", NotCopied: record.Internal, Becomes: "NULL"},
			{Names: "part relation birth_year channel hours may_leave_message may_name_us stopped_at created_at",
				NotCopied: record.BehindPIN},
			{Names: "name_sealed village_sealed address_sealed others_sealed passport_sealed nik_sealed", NotCopied: record.BehindPIN},
			{Names: "pin_index address_index mother_index passport_index nik_index", NotCopied: record.Hash},
			{Names: "pin_sealed pin_until", NotCopied: record.Underway},
			{Names: "id ref case_id", NotCopied: record.Internal},
		},
	},
	{
		Table: "case_referral_files", Stays: record.Nameless,
		Columns: []record.Columns{{Names: "referral_id attachment_id", NotCopied: record.Internal}},
	},
	{
		Table: "case_attachment_pages", Stays: record.Nameless,
		Blobs: &record.Blobs{Columns: "view_key thumb_key", Place: AttachmentImagePlace},
		Columns: []record.Columns{
			{Names: "view_key thumb_key", NotCopied: record.StorageKey},
			{Names: "id attachment_id number width height drawn_ms blank", NotCopied: record.Internal},
		},
	},
	{
		Table: "case_attachment_partials", Of: ofTied("t.person_id"), Stays: record.GoesLater, Seals: "name_sealed",
		Blobs: &record.Blobs{Columns: "part_keys", Lists: true, Place: AttachmentPartPlace},
		Columns: []record.Columns{
			{Names: "name_sealed size received", NotCopied: record.Underway},
			{Names: "part_keys", NotCopied: record.StorageKey},
			{Names: "id ref person_id attachment_ref refusal created_at joining_at", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "case_attachment_partial", Since: "t.created_at"}},
	},
	{
		Table: "case_attachments", Of: "t.added_by = @person", Stays: record.AtWork, Seals: "name_sealed",
		Blobs: &record.Blobs{Columns: "blob_key", Place: AttachmentPlace},
		Columns: []record.Columns{
			{Names: "name_sealed media_type size warnings refusal", NotCopied: record.BehindPIN},
			{Names: "sha256", NotCopied: record.Hash},
			{Names: "blob_key", NotCopied: record.StorageKey},
			{Names: "id ref case_id person_id added_by state created_at scanned_at", NotCopied: record.Internal},
		},
	},
	{
		Table: "cases", Of: "t.lead_id = @person", Stays: record.AtWork, Seals: "place_sealed story_sealed",
		Columns: []record.Columns{
			{Names: "place_sealed story_sealed danger outcome", NotCopied: record.BehindPIN},
			{Names: `ref form_token state door urgency sensitive country_code language from_many trafficking involves_child life_once next_actor`,
				NotCopied: record.OfOthers},
			{Names: `id lead_id office_id version waiting_since due_at promised_at created_at contacted_at closed_at recalled_at
				stripped_at`,
				NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: caseClosed, Since: "t.closed_at", When: "t.stripped_at IS NULL", Step: true}},
	},
}

// ofTied says whether a person on a case is tied to the account.
func ofTied(column string) string {
	return column + " IN (SELECT p.id FROM case_people p WHERE p.user_id = @person)"
}

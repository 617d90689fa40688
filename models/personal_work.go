package models

import "naikkelas/models/record"

// ofOwnImport are rows that hang on a spreadsheet of the person's.
const ofOwnImport = "t.import_id IN (SELECT i.id FROM imports i WHERE i.owner_id = @person)"

// personalAtWork is what people do at work, or about others: reports, spreadsheets, what became of listings.
var personalAtWork = []record.Personal{
	{
		Table: "report_events", Of: "t.report_id IN (SELECT r.id FROM reports r WHERE r.reporter_id = @person)", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "note what", NotCopied: record.OfOthers},
			{Names: "actor_id", NotCopied: record.OtherPerson},
			{Names: "id report_id at", NotCopied: record.Internal},
		},
	},
	{
		// That something was reported, and what about, stays; who reported it, and in which words, does not.
		Table: "reports", Of: "t.reporter_id = @person", Part: "reports", Stays: record.Counted,
		Columns: []record.Columns{
			{Names: "programme_id", As: "programme",
				Read: "(SELECT p.title FROM programmes p WHERE p.id = t.programme_id)"},
			{Names: "institution_id", As: "institution",
				Read: "(SELECT i.name FROM institutions i WHERE i.id = t.institution_id)"},
			{Names: "ref kind state handled_at created_at"},
			{Names: "answer", Becomes: "''"},
			{Names: "pin_index", NotCopied: record.Hash, Becomes: "NULL"},
			{Names: "body", Becomes: "'-'"},
			{Names: "contact", Becomes: "''"},
			{Names: "handled_note became", NotCopied: record.OfOthers, Becomes: "''"},
			{Names: "handled_by", NotCopied: record.OtherPerson},
			{Names: "id reporter_id form_token", NotCopied: record.Internal},
		},
	},
	{
		Table: "imports", Of: ofOwner, Part: "imports", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "ref kind file_name mapping state good bad saved result created_at updated_at"},
			{Names: "blob_key", NotCopied: record.StorageKey},
			{Names: "id owner_id institution_id", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "import", Since: "t.updated_at"}},
	},
	{
		// Both go with their import.
		Table: "import_runs", Of: ofOwnImport, Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "head why", NotCopied: record.OfOthers},
			{Names: "import_id phase turn good_only rows done asks aside updated_at", NotCopied: record.Internal},
		},
	},
	{
		Table: "import_rows", Of: ofOwnImport, Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "imported matched shown outcome", NotCopied: record.OfOthers},
			{Names: "import_id position", NotCopied: record.Internal},
		},
	},
	{
		Table: "announcements", Of: "t.asked_by = @person OR t.taken_back_by = @person", Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: "id intake_id asked_by asked_at announces_at taken_back_at taken_back_by done_at", NotCopied: record.Internal},
		},
	},
	{
		Table: "test_sessions", Of: "t.created_by = @person OR t.cancelled_by = @person OR t.door_by = @person", Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: "cancel_reason", NotCopied: record.OfOthers},
			{Names: "id ref intake_id starts_at place room capacity last_number version created_by created_at", NotCopied: record.Internal},
			{Names: "updated_at cancelled_at cancelled_by door_at door_by door_token", NotCopied: record.Internal},
		},
	},
	{
		Table: "class_days", Of: "t.changed_by = @person", Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: "id intake_id day held recorded version changed_at changed_by", NotCopied: record.Internal},
		},
	},
	{
		Table: "selection_runs", Of: "t.actor_id = @person", Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: "act arguments targets failures", NotCopied: record.OfOthers},
			{Names: "id ref intake_id actor_id at done ended_at form_token", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "selection_run", Since: "t.at"}},
	},
	{
		Table: "intake_rolls", Of: "t.actor_id = @person", Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: "intakes results", NotCopied: record.OfOthers},
			{Names: "id ref institution_id actor_id at ended_at form_token", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "intake_roll", Since: "t.at"}},
	},
	{
		Table: "programme_events", Of: "t.actor_id = @person", Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: "note from_state to_state reason_code", NotCopied: record.OfOthers},
			{Names: "id programme_id actor_id at", NotCopied: record.Internal},
		},
	},
	{
		Table: "partner_offices", Of: "t.created_by = @person", Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: "ref kind name", NotCopied: record.OfOthers},
			{Names: "id created_by created_at", NotCopied: record.Internal},
		},
	},
	{
		Table: "dated_changes", Of: "t.written_by = @person OR t.decided_by = @person", Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: "of_table code says why state", NotCopied: record.OfOthers},
			{Names: "id ends valid_from valid_to version checked form_token written_by written_at decided_by decided_at",
				NotCopied: record.Internal},
		},
	},
	{
		Table: "dated_checks", Of: "t.checked_by = @person", Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: "of_table code", NotCopied: record.OfOthers},
			{Names: "id checked_by checked_at", NotCopied: record.Internal},
		},
	},
	{
		Table: "endings", Of: "t.actor_id = @person", Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: "reason kind", NotCopied: record.OfOthers},
			{Names: "id intake_id programme_id institution_id actor_id at begins_at", NotCopied: record.Internal},
		},
	},
	{
		Table: "institution_events", Of: "t.actor_id = @person", Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: "note from_state to_state", NotCopied: record.OfOthers},
			{Names: "id institution_id actor_id at", NotCopied: record.Internal},
		},
	},
}

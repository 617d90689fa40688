package models

import "naikkelas/models/record"

// personalProfile is what seekers say of themselves, and what officers saw on their KTP.
var personalProfile = []record.Personal{
	{
		Table: "profiles", Of: ofUser, Part: "profile", Order: "t.user_id", SealedBy: "user_id", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "title passport_name birth_place birth_date sex domicile_same nik_verified"},
			{Names: "education_code education_school education_major education_year education_name"},
			{Names: "no_languages no_experience guardian_relation updated_at"},
			{Names: "special_needs_sealed", As: "special_needs", Sealed: true},
			{Names: "guardian_name_sealed", As: "guardian_name", Sealed: true},
			{Names: "guardian_phone_sealed", As: "guardian_phone", Sealed: true},
			{Names: "special_needs guardian_name guardian_phone", NotCopied: record.Moved},
			{Names: "nik_sealed", As: "nik", Sealed: true},
			{Names: "kk_sealed", As: "kk", Sealed: true},
			{Names: "passport_sealed", As: "passport", Sealed: true},
			{Names: "nik_masked kk_masked passport_masked", NotCopied: record.SaidAlready},
			{Names: "nik_index nik_index_next", NotCopied: record.Hash},
			{Names: "user_id version", NotCopied: record.Internal},
		},
		Consents: []record.Covered{
			{Kind: "special_needs", Column: "special_needs_sealed", Becomes: "NULL"},
			{Kind: "special_needs", Column: "special_needs", Becomes: "''"},
		},
	},
	{
		Table: "addresses", Of: ofUser, Part: "addresses", Order: "t.kind", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "kind street rt rw village district regency_code postal_code"},
			{Names: "user_id", NotCopied: record.Internal},
		},
	},
	{
		Table: "known_languages", Of: ofUser, Part: "languages", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "language ability"},
			{Names: "id user_id", NotCopied: record.Internal},
		},
	},
	{
		Table: "experiences", Of: ofUser, Part: "experiences", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "position employer country start_year end_year description"},
			{Names: "id user_id", NotCopied: record.Internal},
		},
	},
	{
		Table: "emergency_contacts", Of: ofUser, Part: "emergency_contacts", Order: "t.position", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "position name relation phone address"},
			{Names: "id user_id", NotCopied: record.Internal},
		},
	},
	{
		Table: "profile_changes", Of: ofUser, Part: "profile_changes", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "field was becomes at"},
			{Names: "id user_id", NotCopied: record.Internal},
		},
	},
	{
		Table: "identity_checks", Of: ofUser, Part: "identity_checks", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "field outcome typed seen_date seen_regency seen_name passed_as note at superseded_at"},
			{Names: "seen_sealed", As: "seen_number", Sealed: true},
			{Names: "seen_index", NotCopied: record.Hash},
			{Names: "seen_masked", NotCopied: record.SaidAlready},
			{Names: "officer_id", NotCopied: record.OtherPerson},
			{Names: "id user_id", NotCopied: record.Internal},
		},
	},
}

// personalUploads are the files that people send.
var personalUploads = []record.Personal{
	{
		// That and when somebody's files were opened stays; why, in the officer's words, does not.
		Table: "file_openings", Of: "t.person_id = @person", Part: "file_openings", Stays: record.Counted,
		Columns: []record.Columns{
			{Names: "opened_at ends_at"},
			{Names: "reason", Becomes: "'-'"},
			{Names: "officer_id", NotCopied: record.OtherPerson},
			{Names: "id person_id", NotCopied: record.Internal},
		},
	},
	{
		Table: "partial_upload_parts", Goes: record.AllRows,
		Of:      "t.partial_id IN (SELECT id FROM partial_uploads WHERE owner_id = @person)",
		Columns: []record.Columns{{Names: "partial_id start blob_key", NotCopied: record.StorageKey}},
	},
	{
		Table: "partial_uploads", Of: ofOwner, Part: "partial_files", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "ref purpose name size received upload_ref refusal created_at"},
			{Names: "id owner_id", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "partial_upload", Since: "t.created_at"}},
	},
	{
		Table: "upload_pages", Of: ofUpload, Stays: record.GoesLater,
		Columns: []record.Columns{
			{Names: "view_key thumb_key", NotCopied: record.StorageKey},
			{Names: "upload_id number width height drawn_ms blank", NotCopied: record.Internal},
		},
	},
	{
		// The blobs of a deleted file are removed first, then its row.
		Table: "uploads", Of: ofOwner, Part: "files", Stays: record.GoesLater,
		Columns: []record.Columns{
			{Names: "ref purpose media_type size state refusal warnings created_at scanned_at replaced_at restored_at"},
			{Names: "name", Becomes: "'-'"},
			{Names: "hint_name hint_number", Becomes: "''"},
			{Names: "hint_days", Becomes: "'{}'"},
			{Names: "deleted_at", Becomes: "coalesce(t.deleted_at, @now)"},
			{Names: "sha256", NotCopied: record.Hash, Becomes: "''"},
			{Names: "blob_key", NotCopied: record.StorageKey},
			{Names: "id owner_id", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "deleted_upload", Since: "t.deleted_at", Step: true}},
	},
}
